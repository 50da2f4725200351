/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-picker.h"

#include "kip-choice-row.h"
#include "kip-text.h"

#include <string.h>

/* GListStore → GtkFilterListModel → GtkSingleSelection */
struct _KipPicker
{
  GtkPopover          parent_instance;
  GtkSearchEntry     *search;
  GtkStack           *stack;
  GtkListView        *list;
  GListStore         *store;     /* (owned) of KipChoiceItem */
  GtkCustomFilter    *filter;    /* (owned) */
  GtkSingleSelection *selection; /* (owned) */
  char               *needle;    /* (owned) what was typed, folded */
  char               *new_format; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (KipPicker, kip_picker, GTK_TYPE_POPOVER)

enum
{
  SIGNAL_FILL,
  SIGNAL_PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
matches (gpointer item,
         gpointer data)
{
  KipPicker *self = data;

  return kip_choice_item_is_unknown (item) || kip_text_matches (kip_choice_item_get_folded (item), self->needle);
}

static gboolean
is_called (KipPicker  *self,
           const char *folded)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->store)); i++)
    {
      g_autoptr (KipChoiceItem) item = g_list_model_get_item (G_LIST_MODEL (self->store), i);
      g_autofree char *title = kip_text_fold (kip_choice_item_get_title (item));

      if (!kip_choice_item_is_unknown (item) && strcmp (title, folded) == 0)
        return TRUE;
    }
  return FALSE;
}

/* @format with @text for its %s. */
static char *
put_text (const char *format,
          const char *text)
{
  g_auto (GStrv) parts = g_strsplit (format, "%s", 2);

  return g_strconcat (parts[0], text, parts[1], NULL);
}

/* The last choice may be the one for a text that is not known. */
static void
update_unknown (KipPicker *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->store));
  g_autoptr (KipChoiceItem) last = n > 0 ? g_list_model_get_item (G_LIST_MODEL (self->store), n - 1) : NULL;
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->search));

  if (last != NULL && kip_choice_item_is_unknown (last))
    g_list_store_remove (self->store, n - 1);
  if (self->new_format != NULL && *self->needle != '\0' && !is_called (self, self->needle))
    {
      g_autofree char *title = put_text (self->new_format, typed);
      g_autoptr (KipChoiceItem) item = kip_choice_item_new_unknown (typed, title);

      g_list_store_append (self->store, item);
    }
}

static void
update_stack (KipPicker *self)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0;

  gtk_stack_set_visible_child_name (self->stack, any ? "list" : "nothing");
}

static void
search_changed_cb (KipPicker *self)
{
  g_free (self->needle);
  self->needle = kip_text_fold (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  update_unknown (self);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  gtk_single_selection_set_selected (self->selection, 0);
  update_stack (self);
}

static void
pick (KipPicker *self,
      guint      position)
{
  g_autoptr (KipChoiceItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (item == NULL)
    return;
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SIGNAL_PICKED], 0, item);
}

static void
search_activate_cb (KipPicker *self)
{
  pick (self, gtk_single_selection_get_selected (self->selection));
}

static void
search_stop_cb (KipPicker *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
list_activate_cb (KipPicker *self,
                  guint      position)
{
  pick (self, position);
}

static void
move_selection (KipPicker *self,
                int        step)
{
  int n = (int) g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  int position = (int) gtk_single_selection_get_selected (self->selection) + step;

  if (n == 0)
    return;
  position = CLAMP (position, 0, n - 1);
  gtk_single_selection_set_selected (self->selection, (guint) position);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", (guint) position);
}

static gboolean
search_key_cb (GtkEventControllerKey *controller,
               guint                  key,
               guint                  code,
               GdkModifierType        state,
               gpointer               data)
{
  KipPicker *self = KIP_PICKER (gtk_widget_get_ancestor (
                                  gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller)),
                                  KIP_TYPE_PICKER));

  if (key == GDK_KEY_Down || key == GDK_KEY_KP_Down)
    move_selection (self, 1);
  else if (key == GDK_KEY_Up || key == GDK_KEY_KP_Up)
    move_selection (self, -1);
  else if (key == GDK_KEY_Page_Down)
    move_selection (self, 8);
  else if (key == GDK_KEY_Page_Up)
    move_selection (self, -8);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static void
kip_picker_map (GtkWidget *widget)
{
  KipPicker *self = KIP_PICKER (widget);

  g_list_store_remove_all (self->store);
  g_signal_emit (self, signals[SIGNAL_FILL], 0, self->store);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  search_changed_cb (self);
  GTK_WIDGET_CLASS (kip_picker_parent_class)->map (widget);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
kip_picker_dispose (GObject *object)
{
  KipPicker *self = KIP_PICKER (object);

  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->filter);
  g_clear_object (&self->store);
  g_clear_pointer (&self->needle, g_free);
  g_clear_pointer (&self->new_format, g_free);
  G_OBJECT_CLASS (kip_picker_parent_class)->dispose (object);
}

static void
kip_picker_class_init (KipPickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_picker_dispose;
  widget_class->map = kip_picker_map;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, KipPicker, search);
  gtk_widget_class_bind_template_child (widget_class, KipPicker, stack);
  gtk_widget_class_bind_template_child (widget_class, KipPicker, list);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, list_activate_cb);

  signals[SIGNAL_FILL] = g_signal_new ("fill", KIP_TYPE_PICKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_LIST_STORE);
  signals[SIGNAL_PICKED] = g_signal_new ("picked", KIP_TYPE_PICKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, KIP_TYPE_CHOICE_ITEM);
}

static void
kip_picker_init (KipPicker *self)
{
  g_autoptr (GtkListItemFactory) factory = kip_choice_row_factory_new ();
  GtkFilterListModel *filtered;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->needle = g_strdup ("");
  self->store = g_list_store_new (KIP_TYPE_CHOICE_ITEM);
  self->filter = gtk_custom_filter_new (matches, self, NULL);
  filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->store)),
                                        g_object_ref (GTK_FILTER (self->filter)));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (filtered));
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
}

GtkWidget *
kip_picker_new (void)
{
  return g_object_new (KIP_TYPE_PICKER, NULL);
}

void
kip_picker_set_new_format (KipPicker  *self,
                           const char *format)
{
  g_return_if_fail (KIP_IS_PICKER (self));

  g_free (self->new_format);
  self->new_format = g_strdup (format);
}
