/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-conflict-group.h"

#include "kip-clock.h"
#include "kip-conflict-text.h"
#include "kip-format.h"

#include <glib/gi18n-lib.h>

struct _KipConflictGroup
{
  AdwBin     parent_instance;
  KipCase   *kase;   /* (owned) */
  KipId      ticket;
  KipField   field;
  GPtrArray *values; /* (owned) of KipValue, as they are numbered */
};

G_DEFINE_FINAL_TYPE (KipConflictGroup, kip_conflict_group, ADW_TYPE_BIN)

/* ---- words ---- */

char *
kip_conflict_format_writer (KipCase        *kase,
                            KipTicket      *ticket,
                            const KipEvent *claim)
{
  const KipStamp *stamp = kip_conflict_origin (ticket->entity, claim)->stamp;
  g_autofree char *name = kip_format_person (kip_case_get_office (kase), stamp->author, "Kip");
  g_autofree char *when = kip_format_when (stamp->at, kip_clock_now (), NULL);

  /* Translators: who wrote a value, and when */
  return g_strdup_printf (_("%s, %s"), name, when);
}

char *
kip_conflict_format_value (KipCase        *kase,
                           const KipEvent *claim)
{
  g_autofree char *value = kip_format_value (kip_case_get_words (kase), KIP_KIND_TICKET, claim->field, claim->value);

  return *value != '\0' ? g_steal_pointer (&value) : g_strdup (_("(empty)"));
}

/* ---- choosing ---- */

static void
pick (KipConflictGroup *self,
      guint             n)
{
  g_autofree char *label = g_strdup_printf (_("%s chosen"), kip_format_field (KIP_KIND_TICKET, self->field));

  if (n < self->values->len)
    kip_case_do (self->kase,
                 kip_command_pick (kip_case_get_store (self->kase), KIP_KIND_TICKET, self->ticket, self->field,
                                   g_ptr_array_index (self->values, n)),
                 label);
}

static void
keep_cb (GtkButton        *button,
         KipConflictGroup *self)
{
  pick (self, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "kip-number")));
}

static gboolean
key_cb (GtkWidget *widget,
        GVariant  *args,
        gpointer   data)
{
  KipConflictGroup *self = KIP_CONFLICT_GROUP (widget);
  guint n = GPOINTER_TO_UINT (data);

  if (n >= self->values->len)
    return FALSE;
  pick (self, n);
  return TRUE;
}

static void
add_keys (KipConflictGroup *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < MIN (self->values->len, 9); i++)
    {
      GtkShortcutTrigger *trigger = gtk_alternative_trigger_new (gtk_keyval_trigger_new (GDK_KEY_1 + i, 0),
                                                                 gtk_keyval_trigger_new (GDK_KEY_KP_1 + i, 0));
      GtkShortcutAction *action = gtk_callback_action_new (key_cb, GUINT_TO_POINTER (i), NULL);

      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), gtk_shortcut_new (trigger, action));
    }
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

/* ---- rows ---- */

static GtkWidget *
new_keep_button (KipConflictGroup *self,
                 guint             number,
                 const char       *value,
                 const char       *writer)
{
  GtkWidget *button = gtk_button_new_with_label (_("Keep"));
  g_autofree char *tip = g_strdup_printf (_("Keep this one (key %u)"), number + 1);
  /* Translators: the value of a field, then who wrote it and when */
  g_autofree char *spoken = g_strdup_printf (_("Keep “%s” of %s"), value, writer);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data (G_OBJECT (button), "kip-number", GUINT_TO_POINTER (number));
  g_signal_connect_object (button, "clicked", G_CALLBACK (keep_cb), self, 0);
  return button;
}

static GtkWidget *
new_number (guint number)
{
  g_autofree char *text = g_strdup_printf ("%u", number + 1);
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "numeric");
  return label;
}

static GtkWidget *
new_value_row (KipConflictGroup *self,
               KipTicket        *ticket,
               guint             number,
               const KipEvent   *claim)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *value = kip_conflict_format_value (self->kase, claim);
  g_autofree char *writer = kip_conflict_format_writer (self->kase, ticket, claim);
  GtkWidget *keep = new_keep_button (self, number, value, writer);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), value);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 4);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), writer);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), new_number (number));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), keep);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), keep);
  return row;
}

static GtkWidget *
new_list (KipConflictGroup  *self,
          KipTicket         *ticket,
          const KipConflict *conflict)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  for (guint i = 0; i < conflict->claims->len; i++)
    {
      const KipEvent *claim = g_ptr_array_index (conflict->claims, i);

      g_ptr_array_add (self->values, claim->value != NULL ? kip_value_ref (claim->value) : kip_value_none ());
      gtk_list_box_append (GTK_LIST_BOX (list), new_value_row (self, ticket, i, claim));
    }
  return list;
}

static GtkWidget *
new_head (const char *text)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name ("kip-conflict-symbolic");
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_add_css_class (icon, "warning");
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (head), icon);
  gtk_box_append (GTK_BOX (head), label);
  return head;
}

/* ---- object ---- */

static void
kip_conflict_group_finalize (GObject *object)
{
  KipConflictGroup *self = KIP_CONFLICT_GROUP (object);

  g_clear_object (&self->kase);
  g_ptr_array_unref (self->values);
  G_OBJECT_CLASS (kip_conflict_group_parent_class)->finalize (object);
}

static void
kip_conflict_group_class_init (KipConflictGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kip_conflict_group_finalize;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
kip_conflict_group_init (KipConflictGroup *self)
{
  self->values = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_value_unref);
}

GtkWidget *
kip_conflict_group_new (KipCase           *kase,
                        KipTicket         *ticket,
                        const KipConflict *conflict)
{
  KipConflictGroup *self = g_object_new (KIP_TYPE_CONFLICT_GROUP, NULL);
  GtkWidget *text = kip_conflict_text_new (kase, ticket, conflict);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *question = g_strdup_printf (text != NULL ? _("%s: which words are right?") : _("%s: which one is right?"),
                                               kip_format_field (KIP_KIND_TICKET, conflict->field));

  self->kase = g_object_ref (kase);
  self->ticket = ticket->id;
  self->field = conflict->field;
  gtk_box_append (GTK_BOX (box), new_head (question));
  gtk_box_append (GTK_BOX (box), text != NULL ? text : new_list (self, ticket, conflict));
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, question, -1);
  add_keys (self);
  return GTK_WIDGET (self);
}
