/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-conflicts.h"

#include "kip-clock.h"
#include "kip-format.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _KipConflicts
{
  KipCaseWidget parent_instance;
  GtkWidget    *box;
};

G_DEFINE_FINAL_TYPE (KipConflicts, kip_conflicts, KIP_TYPE_CASE_WIDGET)

/* What a click on "Keep" chooses. */
typedef struct
{
  KipCase  *kase;  /* (owned) */
  KipId     ticket;
  KipField  field;
  KipValue *value; /* (owned) */
} Pick;

static void
pick_free (Pick *pick)
{
  g_object_unref (pick->kase);
  kip_value_unref (pick->value);
  g_free (pick);
}

static void
pick_free_notify (gpointer  data,
                  GClosure *closure)
{
  pick_free (data);
}

static void
keep_cb (GtkButton *button,
         Pick      *pick)
{
  g_autofree char *label = g_strdup_printf (_("%s chosen"), kip_format_field (KIP_KIND_TICKET, pick->field));

  kip_case_do (pick->kase,
               kip_command_pick (kip_case_get_store (pick->kase), KIP_KIND_TICKET, pick->ticket, pick->field,
                                 pick->value),
               label);
}

/* ---- rows ---- */

static GtkWidget *
new_keep_button (KipConflicts   *self,
                 const KipEvent *event)
{
  KipCase *kase = kip_case_widget_get_case (KIP_CASE_WIDGET (self));
  GtkWidget *button = gtk_button_new_with_label (_("Keep"));
  Pick *pick = g_new0 (Pick, 1);

  pick->kase = g_object_ref (kase);
  pick->ticket = event->entity;
  pick->field = event->field;
  pick->value = event->value != NULL ? kip_value_ref (event->value) : kip_value_none ();
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_data (button, "clicked", G_CALLBACK (keep_cb), pick, pick_free_notify, 0);
  return button;
}

static char *
format_writer (KipConflicts   *self,
               const KipEvent *event)
{
  KipOffice *office = kip_case_widget_get_office (KIP_CASE_WIDGET (self));
  g_autofree char *name = kip_format_person (office, event->stamp->author, "Kip");
  g_autofree char *when = kip_format_when (event->stamp->at, kip_clock_now (), NULL);

  /* Translators: who wrote a value, and when */
  return g_strdup_printf (_("%s, %s"), name, when);
}

static GtkWidget *
new_value_row (KipConflicts   *self,
               const KipEvent *event)
{
  const KipWords *words = kip_case_get_words (kip_case_widget_get_case (KIP_CASE_WIDGET (self)));
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *keep = new_keep_button (self, event);
  g_autofree char *value = kip_format_value (words, KIP_KIND_TICKET, event->field, event->value);
  g_autofree char *writer = format_writer (self, event);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), *value != '\0' ? value : _("(empty)"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), writer);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), keep);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), keep);
  return row;
}

/* Writes with equal values are one choice. */
static gboolean
is_said_before (GPtrArray *writes,
                guint      index)
{
  const KipEvent *event = g_ptr_array_index (writes, index);

  for (guint i = 0; i < index; i++)
    if (kip_value_equal (((const KipEvent *) g_ptr_array_index (writes, i))->value, event->value))
      return TRUE;
  return FALSE;
}

static GtkWidget *
new_list (KipConflicts *self,
          GPtrArray    *writes)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  for (guint i = 0; i < writes->len; i++)
    if (!is_said_before (writes, i))
      gtk_list_box_append (GTK_LIST_BOX (list), new_value_row (self, g_ptr_array_index (writes, i)));
  return list;
}

static void
add_conflict (KipConflicts *self,
              KipField      field,
              GPtrArray    *writes)
{
  g_autofree char *text = g_strdup_printf (_("%s: changed by two people at once. Which one is right?"),
                                           kip_format_field (KIP_KIND_TICKET, field));
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name ("kip-conflict-symbolic");
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (icon, "warning");
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (head), icon);
  gtk_box_append (GTK_BOX (head), label);
  gtk_box_append (GTK_BOX (self->box), head);
  gtk_box_append (GTK_BOX (self->box), new_list (self, writes));
}

static void
clear (KipConflicts *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
}

static void
kip_conflicts_update (KipCaseWidget *widget,
                      KipTicket     *ticket)
{
  KipConflicts *self = KIP_CONFLICTS (widget);
  const KipFieldInfo *fields;
  guint n;

  clear (self);
  gtk_widget_set_visible (GTK_WIDGET (self), ticket != NULL && ticket->conflict);
  if (ticket == NULL || !ticket->conflict)
    return;
  fields = kip_schema_all (&n);
  for (guint i = 0; i < n; i++)
    if ((fields[i].kind == KIP_KIND_TICKET || fields[i].kind == 0) && fields[i].shape == KIP_SHAPE_REGISTER &&
        kip_entity_has_conflict (ticket->entity, fields[i].field))
      add_conflict (self, fields[i].field, kip_entity_get_writes (ticket->entity, fields[i].field));
}

static void
kip_conflicts_class_init (KipConflictsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  KIP_CASE_WIDGET_CLASS (klass)->update = kip_conflicts_update;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-conflicts.ui");
  gtk_widget_class_bind_template_child (widget_class, KipConflicts, box);
}

static void
kip_conflicts_init (KipConflicts *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
