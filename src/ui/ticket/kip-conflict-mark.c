/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-conflict-mark.h"

#include "kip-conflict-group.h"
#include "kip-format.h"

#include <glib/gi18n-lib.h>

struct _KipConflictMark
{
  KipCaseWidget  parent_instance;
  GtkMenuButton *button;
  GtkWidget     *box; /* in the popover */
  KipField       field;
};

G_DEFINE_FINAL_TYPE (KipConflictMark, kip_conflict_mark, KIP_TYPE_CASE_WIDGET)

enum
{
  PROP_0,
  PROP_FIELD,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static gboolean
stands_for (KipConflictMark *self,
            KipField         field)
{
  if (self->field == KIP_FIELD_PRIORITY && (field == KIP_FIELD_IMPACT || field == KIP_FIELD_URGENCY))
    return TRUE;
  return field == self->field;
}

static void
clear (KipConflictMark *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
}

/* "Priority: High (Lan, 5 min ago) or Low (An, 8 min ago)" */
static char *
describe (KipCase           *kase,
          KipTicket         *ticket,
          const KipConflict *conflict)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < conflict->claims->len; i++)
    {
      const KipEvent *claim = g_ptr_array_index (conflict->claims, i);
      g_autofree char *value = kip_conflict_format_value (kase, claim);
      g_autofree char *excerpt = g_utf8_substring (value, 0, MIN (g_utf8_strlen (value, -1), 60));
      g_autofree char *writer = kip_conflict_format_writer (kase, ticket, claim);

      g_string_append_printf (text, "%s%s: %s", i > 0 ? "\n" : "", writer, excerpt);
    }
  return g_string_free (text, FALSE);
}

static void
say (KipConflictMark *self,
     const char      *text)
{
  g_autofree char *spoken = g_strdup_printf (_("%s: two values to choose from"), kip_format_field (KIP_KIND_TICKET, self->field));

  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static void
kip_conflict_mark_update (KipCaseWidget *widget,
                          KipTicket     *ticket)
{
  KipConflictMark *self = KIP_CONFLICT_MARK (widget);
  g_autoptr (GPtrArray) conflicts = ticket != NULL && ticket->conflict ? kip_conflict_list (ticket->entity) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  clear (self);
  for (guint i = 0; conflicts != NULL && i < conflicts->len; i++)
    {
      const KipConflict *conflict = g_ptr_array_index (conflicts, i);
      g_autofree char *words = NULL;

      if (!stands_for (self, conflict->field))
        continue;
      words = describe (kip_case_widget_get_case (widget), ticket, conflict);
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", words);
      gtk_box_append (GTK_BOX (self->box), kip_conflict_group_new (kip_case_widget_get_case (widget), ticket, conflict));
    }
  if (text->len == 0)
    gtk_menu_button_popdown (self->button);
  else
    say (self, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self), text->len > 0);
}

static void
kip_conflict_mark_set_property (GObject      *object,
                                guint         id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  if (id == PROP_FIELD)
    KIP_CONFLICT_MARK (object)->field = (KipField) g_value_get_int (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kip_conflict_mark_class_init (KipConflictMarkClass *klass)
{
  G_OBJECT_CLASS (klass)->set_property = kip_conflict_mark_set_property;
  KIP_CASE_WIDGET_CLASS (klass)->update = kip_conflict_mark_update;

  props[PROP_FIELD] = g_param_spec_int ("field", NULL, NULL, 0, G_MAXINT, 0, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
}

static void
kip_conflict_mark_init (KipConflictMark *self)
{
  GtkWidget *popover = gtk_popover_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_size_request (self->box, 300, -1);
  gtk_widget_set_margin_top (self->box, 6);
  gtk_widget_set_margin_bottom (self->box, 6);
  gtk_widget_set_margin_start (self->box, 6);
  gtk_widget_set_margin_end (self->box, 6);
  gtk_popover_set_child (GTK_POPOVER (popover), self->box);
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->button, "kip-conflict-symbolic");
  gtk_menu_button_set_popover (self->button, popover);
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "warning");
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  gtk_widget_set_parent (GTK_WIDGET (self->button), GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
kip_conflict_mark_new (KipField field)
{
  return g_object_new (KIP_TYPE_CONFLICT_MARK, "field", (int) field, NULL);
}
