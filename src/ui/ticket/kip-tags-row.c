/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-tags-row.h"

#include "kip-wrap-layout.h"

#include <glib/gi18n-lib.h>

struct _KipTagsRow
{
  KipCaseWidget parent_instance;
  GtkBox       *box;
  GtkEntry     *entry;
};

G_DEFINE_FINAL_TYPE (KipTagsRow, kip_tags_row, KIP_TYPE_CASE_WIDGET)

static void
change_tag (KipTagsRow *self,
            const char *tag,
            gboolean    add)
{
  KipCaseWidget *widget = KIP_CASE_WIDGET (self);
  KipTicket *ticket = kip_case_widget_get_ticket (widget);

  if (ticket != NULL)
    kip_case_widget_do (widget, kip_command_tag (kip_case_widget_get_store (widget), &ticket->id, 1, tag, add), "");
}

static void
add_cb (KipTagsRow *self)
{
  g_autofree char *tag = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  if (*tag == '\0')
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  change_tag (self, tag, TRUE);
}

static void
remove_cb (KipTagsRow *self,
           GtkWidget  *button)
{
  change_tag (self, g_object_get_data (G_OBJECT (button), "tag"), FALSE);
}

static GtkWidget *
new_chip (KipTagsRow *self,
          const char *tag)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label = gtk_label_new (tag);
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  g_autofree char *spoken = g_strdup_printf (_("Remove the tag %s"), tag);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_add_css_class (chip, "kip-chip");
  g_object_set_data_full (G_OBJECT (button), "tag", g_strdup (tag), g_free);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (remove_cb), self);
  gtk_box_append (GTK_BOX (chip), label);
  gtk_box_append (GTK_BOX (chip), button);
  return chip;
}

static void
clear (KipTagsRow *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != GTK_WIDGET (self->entry))
    gtk_box_remove (self->box, child);
}

static void
kip_tags_row_update (KipCaseWidget *widget,
                     KipTicket     *ticket)
{
  KipTagsRow *self = KIP_TAGS_ROW (widget);

  clear (self);
  for (guint i = ticket != NULL ? ticket->tags->len : 0; i > 0; i--)
    gtk_box_prepend (self->box, new_chip (self, g_ptr_array_index (ticket->tags, i - 1)));
}

static void
kip_tags_row_class_init (KipTagsRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  KIP_CASE_WIDGET_CLASS (klass)->update = kip_tags_row_update;

  g_type_ensure (KIP_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-tags-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KipTagsRow, box);
  gtk_widget_class_bind_template_child (widget_class, KipTagsRow, entry);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
}

static void
kip_tags_row_init (KipTagsRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
