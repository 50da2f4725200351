/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-window-private.h"

#include <glib/gi18n-lib.h>

static void
undo (GtkWidget  *widget,
      const char *name,
      GVariant   *parameter)
{
  KipWindow *self = KIP_WINDOW (widget);

  if (self->session != NULL)
    kip_session_undo (self->session);
}

static void
redo (GtkWidget  *widget,
      const char *name,
      GVariant   *parameter)
{
  KipWindow *self = KIP_WINDOW (widget);

  if (self->session != NULL)
    kip_session_redo (self->session);
}

static void
close_window (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  gtk_window_close (GTK_WINDOW (widget));
}

static void
new_ticket (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
}

void
kip_window_install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.undo", NULL, undo);
  gtk_widget_class_install_action (klass, "win.redo", NULL, redo);
  gtk_widget_class_install_action (klass, "win.close", NULL, close_window);
  gtk_widget_class_install_action (klass, "win.new-ticket", NULL, new_ticket);

  gtk_widget_class_add_binding_action (klass, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.redo", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_y, GDK_CONTROL_MASK, "win.redo", NULL);
}

void
kip_window_update_actions (KipWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean open = self->session != NULL;

  gtk_widget_action_set_enabled (widget, "win.new-ticket", open);
  gtk_widget_action_set_enabled (widget, "win.undo", open && *kip_session_get_undo_label (self->session) != '\0');
  gtk_widget_action_set_enabled (widget, "win.redo", open && *kip_session_get_redo_label (self->session) != '\0');
}
