/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-save-bar.h"

#include <glib/gi18n-lib.h>

struct _KipSaveBar
{
  GtkWidget parent_instance;

  GtkActionBar *bar;
  GtkWidget    *icon;
  GtkLabel     *message;
  GtkWidget    *button;
  gboolean      is_plain;
};

G_DEFINE_FINAL_TYPE (KipSaveBar, kip_save_bar, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_SAVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
clicked_cb (KipSaveBar *self)
{
  g_signal_emit (self, signals[SIGNAL_SAVE], 0);
}

static void
kip_save_bar_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (kip_save_bar_parent_class)->dispose (object);
}

static void
kip_save_bar_class_init (KipSaveBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_save_bar_dispose;
  signals[SIGNAL_SAVE] = g_signal_new ("save", KIP_TYPE_SAVE_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-save-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, KipSaveBar, bar);
  gtk_widget_class_bind_template_child (widget_class, KipSaveBar, icon);
  gtk_widget_class_bind_template_child (widget_class, KipSaveBar, message);
  gtk_widget_class_bind_template_child (widget_class, KipSaveBar, button);
}

static void
kip_save_bar_init (KipSaveBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (clicked_cb), self);
}

void
kip_save_bar_show (KipSaveBar *self,
                   gboolean    unsaved,
                   const char *problem)
{
  const char *usual = self->is_plain ? _("Not saved yet.") : _("Not saved yet. First you see which deadlines move.");
  const char *message = problem != NULL ? problem : usual;

  gtk_label_set_text (self->message, message);
  gtk_widget_set_visible (self->icon, problem != NULL);
  gtk_widget_set_sensitive (self->button, problem == NULL);
  gtk_action_bar_set_revealed (self->bar, unsaved || problem != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, message, -1);
}

void
kip_save_bar_set_plain (KipSaveBar *self)
{
  self->is_plain = TRUE;
  gtk_button_set_label (GTK_BUTTON (self->button), _("_Save"));
  gtk_button_set_use_underline (GTK_BUTTON (self->button), TRUE);
}
