/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-notice.h"

struct _KipNotice
{
  GtkWidget  parent_instance;
  GtkWidget *box;
  GtkWidget *label;
  GtkWidget *button;
};

G_DEFINE_FINAL_TYPE (KipNotice, kip_notice, GTK_TYPE_WIDGET)

static void
kip_notice_dispose (GObject *object)
{
  KipNotice *self = KIP_NOTICE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (kip_notice_parent_class)->dispose (object);
}

static void
kip_notice_class_init (KipNoticeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kip_notice_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
kip_notice_init (KipNotice *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->label = gtk_label_new (NULL);
  self->button = gtk_button_new ();
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_widget_set_hexpand (self->label, TRUE);
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->button, FALSE);
  gtk_button_set_use_underline (GTK_BUTTON (self->button), TRUE);
  gtk_widget_add_css_class (self->box, "kip-notice-bar");
  gtk_box_append (GTK_BOX (self->box), self->label);
  gtk_box_append (GTK_BOX (self->box), self->button);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* ---- public ---- */

GtkWidget *
kip_notice_new (const char *style_class)
{
  KipNotice *self = g_object_new (KIP_TYPE_NOTICE, NULL);

  gtk_widget_add_css_class (GTK_WIDGET (self), style_class);
  return GTK_WIDGET (self);
}

void
kip_notice_say (KipNotice  *self,
                const char *text)
{
  g_return_if_fail (KIP_IS_NOTICE (self));

  if (text != NULL)
    gtk_label_set_text (GTK_LABEL (self->label), text);
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
}

void
kip_notice_offer (KipNotice  *self,
                  const char *label,
                  const char *action)
{
  g_return_if_fail (KIP_IS_NOTICE (self));

  gtk_widget_set_visible (self->button, label != NULL);
  if (label == NULL)
    return;
  gtk_button_set_label (GTK_BUTTON (self->button), label);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (self->button), action);
}
