/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-suggest-row.h"

#include "kip-choice-row.h"

#include <string.h>

struct _KipSuggestRow
{
  AdwEntryRow         parent_instance;
  GtkPopover         *popover;
  GListStore         *store;     /* (owned) of KipChoiceItem */
  GtkSingleSelection *selection; /* (owned) */
  KipSuggestFunc      func;      /* (nullable) */
  gpointer            data;
  KipId               id;
  char               *chosen;    /* (owned) (nullable) the text that was picked */
  gboolean            silent;    /* the text is being set by us */
  gboolean            goes_on;   /* Enter takes a choice and is not used up by that */
};

G_DEFINE_FINAL_TYPE (KipSuggestRow, kip_suggest_row, ADW_TYPE_ENTRY_ROW)

enum
{
  SIGNAL_PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
has_focus (KipSuggestRow *self)
{
  return (gtk_widget_get_state_flags (GTK_WIDGET (self)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

static void
refill (KipSuggestRow *self,
        const char    *text)
{
  g_autoptr (GPtrArray) choices = self->func != NULL && *text != '\0' ? self->func (text, self->data) : NULL;
  guint old = g_list_model_get_n_items (G_LIST_MODEL (self->store));

  g_list_store_splice (self->store, 0, old, choices != NULL ? choices->pdata : NULL,
                       choices != NULL ? choices->len : 0);
  gtk_single_selection_set_selected (self->selection, 0);
}

static void
show_choices (KipSuggestRow *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->store)) == 0 || !has_focus (self))
    {
      gtk_popover_popdown (self->popover);
      return;
    }
  gtk_widget_set_size_request (GTK_WIDGET (self->popover), MIN (gtk_widget_get_width (GTK_WIDGET (self)), 480), -1);
  gtk_popover_popup (self->popover);
}

static void
changed_cb (KipSuggestRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self));

  if (self->silent || g_strcmp0 (text, self->chosen) == 0)
    return;
  self->id = KIP_ID_NONE;
  g_clear_pointer (&self->chosen, g_free);
  refill (self, text);
  show_choices (self);
}

void
kip_suggest_row_set_choice (KipSuggestRow *self,
                            KipId          id,
                            const char    *text)
{
  g_return_if_fail (KIP_IS_SUGGEST_ROW (self));

  self->id = id;
  g_free (self->chosen);
  self->chosen = g_strdup (text);
  self->silent = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self), text);
  gtk_editable_set_position (GTK_EDITABLE (self), -1);
  self->silent = FALSE;
  gtk_popover_popdown (self->popover);
}

static gboolean
take (KipSuggestRow *self,
      guint          position)
{
  g_autoptr (KipChoiceItem) item = g_list_model_get_item (G_LIST_MODEL (self->store), position);

  if (item == NULL)
    return FALSE;
  kip_suggest_row_set_choice (self, kip_choice_item_get_id (item), kip_choice_item_get_text (item));
  g_list_store_remove_all (self->store);
  g_signal_emit (self, signals[SIGNAL_PICKED], 0, item);
  return TRUE;
}

gboolean
kip_suggest_row_accept (KipSuggestRow *self)
{
  g_return_val_if_fail (KIP_IS_SUGGEST_ROW (self), FALSE);

  return take (self, gtk_single_selection_get_selected (self->selection));
}

static void
move_selection (KipSuggestRow *self,
                int            step)
{
  int n = (int) g_list_model_get_n_items (G_LIST_MODEL (self->store));
  int position = (int) gtk_single_selection_get_selected (self->selection) + step;

  if (n > 0)
    gtk_single_selection_set_selected (self->selection, (guint) ((position + n) % n));
}

static gboolean
is_open (KipSuggestRow *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->popover));
}

/* Down opens the choices again after Escape. */
static gboolean
open_by_key (KipSuggestRow *self)
{
  refill (self, gtk_editable_get_text (GTK_EDITABLE (self)));
  show_choices (self);
  return GDK_EVENT_STOP;
}

/* Whoever heard of the choice may have moved on already: a Tab must not go one further. */
static gboolean
has_left (KipSuggestRow *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  return focus != NULL && !gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
}

static gboolean
key_cb (KipSuggestRow  *self,
        guint           key,
        guint           code,
        GdkModifierType state)
{
  if (!is_open (self))
    return key == GDK_KEY_Down ? open_by_key (self) : GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      move_selection (self, 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      move_selection (self, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      kip_suggest_row_accept (self);
      return self->goes_on || (state & GDK_CONTROL_MASK) != 0 ? GDK_EVENT_PROPAGATE : GDK_EVENT_STOP;
    case GDK_KEY_Tab:
      kip_suggest_row_accept (self);
      return has_left (self) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
    case GDK_KEY_Escape:
      gtk_popover_popdown (self->popover);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
leave_cb (KipSuggestRow *self)
{
  gtk_popover_popdown (self->popover);
}

static void
list_activate_cb (KipSuggestRow *self,
                  guint          position)
{
  take (self, position);
}

static void
kip_suggest_row_dispose (GObject *object)
{
  KipSuggestRow *self = KIP_SUGGEST_ROW (object);

  g_clear_pointer ((GtkWidget **) &self->popover, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->store);
  g_clear_pointer (&self->chosen, g_free);
  G_OBJECT_CLASS (kip_suggest_row_parent_class)->dispose (object);
}

static void
kip_suggest_row_class_init (KipSuggestRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kip_suggest_row_dispose;

  signals[SIGNAL_PICKED] = g_signal_new ("picked", KIP_TYPE_SUGGEST_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, KIP_TYPE_CHOICE_ITEM);
}

static GtkWidget *
build_list (KipSuggestRow *self)
{
  GtkWidget *list = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)),
                                       kip_choice_row_factory_new ());

  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (list), TRUE);
  gtk_widget_set_can_focus (list, FALSE);
  gtk_widget_add_css_class (list, "kip-picker-list");
  g_signal_connect_swapped (list, "activate", G_CALLBACK (list_activate_cb), self);
  return list;
}

static void
build_popover (KipSuggestRow *self)
{
  self->popover = GTK_POPOVER (gtk_popover_new ());
  gtk_popover_set_autohide (self->popover, FALSE);
  gtk_popover_set_has_arrow (self->popover, FALSE);
  gtk_popover_set_position (self->popover, GTK_POS_BOTTOM);
  gtk_widget_set_halign (GTK_WIDGET (self->popover), GTK_ALIGN_START);
  gtk_popover_set_child (self->popover, build_list (self));
  gtk_widget_set_parent (GTK_WIDGET (self->popover), GTK_WIDGET (self));
}

static void
kip_suggest_row_init (KipSuggestRow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->store = g_list_store_new (KIP_TYPE_CHOICE_ITEM);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->store)));
  build_popover (self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  g_signal_connect (self, "changed", G_CALLBACK (changed_cb), NULL);
}

GtkWidget *
kip_suggest_row_new (void)
{
  return g_object_new (KIP_TYPE_SUGGEST_ROW, NULL);
}

void
kip_suggest_row_set_source (KipSuggestRow *self,
                            KipSuggestFunc func,
                            gpointer       data)
{
  g_return_if_fail (KIP_IS_SUGGEST_ROW (self));

  self->func = func;
  self->data = data;
}

void
kip_suggest_row_set_enter_goes_on (KipSuggestRow *self,
                                   gboolean       goes_on)
{
  g_return_if_fail (KIP_IS_SUGGEST_ROW (self));

  self->goes_on = goes_on;
}

KipId
kip_suggest_row_get_id (KipSuggestRow *self)
{
  g_return_val_if_fail (KIP_IS_SUGGEST_ROW (self), KIP_ID_NONE);

  return self->id;
}
