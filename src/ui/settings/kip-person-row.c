/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-person-row.h"

#include <glib/gi18n-lib.h>

struct _KipPersonRow
{
  GtkWidget parent_instance;

  GtkLabel  *name;
  GtkWidget *vip;
  GtkLabel  *reach;
  GtkLabel  *role;
};

G_DEFINE_FINAL_TYPE (KipPersonRow, kip_person_row, GTK_TYPE_WIDGET)

static void
kip_person_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (kip_person_row_parent_class)->dispose (object);
}

static void
kip_person_row_class_init (KipPersonRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_person_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-person-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KipPersonRow, name);
  gtk_widget_class_bind_template_child (widget_class, KipPersonRow, vip);
  gtk_widget_class_bind_template_child (widget_class, KipPersonRow, reach);
  gtk_widget_class_bind_template_child (widget_class, KipPersonRow, role);
}

static void
kip_person_row_init (KipPersonRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
kip_person_row_new (void)
{
  return g_object_new (KIP_TYPE_PERSON_ROW, NULL);
}

static void
show_reach (KipPersonRow    *self,
            const KipPerson *person)
{
  const char *parts[] = { person->department, person->phone, person->mail };
  g_autoptr (GString) reach = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL)
      g_string_append_printf (reach, "%s%s", reach->len > 0 ? " · " : "", parts[i]);
  gtk_label_set_text (self->reach, reach->str);
  gtk_widget_set_visible (GTK_WIDGET (self->reach), reach->len > 0);
}

/* Most people only ask: their role goes without saying. */
static const char *
role_of (const KipPerson *person)
{
  const KipChoice *role = kip_choice_find (kip_schema_roles (), person->role);

  if (person->deleted)
    return _("archived");
  return role != NULL && person->role != KIP_ROLE_REQUESTER ? _(role->label) : "";
}

void
kip_person_row_show (KipPersonRow    *self,
                     const KipPerson *person)
{
  gtk_label_set_text (self->name, *person->name != '\0' ? person->name : _("Without a name"));
  gtk_widget_set_visible (self->vip, person->vip);
  gtk_label_set_text (self->role, role_of (person));
  gtk_widget_set_opacity (GTK_WIDGET (self->name), person->deleted ? 0.6 : 1.0);
  show_reach (self, person);
}
