/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-ticket-window.h"

#include "kip-ticket-keys.h"
#include "kip-ticket-pane.h"
#include "kip-toast.h"

#include <glib/gi18n-lib.h>

struct _KipTicketWindow
{
  AdwApplicationWindow parent_instance;
  AdwWindowTitle      *window_title;
  AdwToastOverlay     *toasts;
  KipTicketPane       *pane;
  KipSession          *session; /* (owned) */
};

G_DEFINE_FINAL_TYPE (KipTicketWindow, kip_ticket_window, ADW_TYPE_APPLICATION_WINDOW)

static void
open_ticket_cb (KipTicketWindow *self,
                guint64          ticket)
{
  kip_ticket_pane_set_ticket (self->pane, ticket);
}

static void
case_changed_cb (KipTicketWindow *self)
{
  KipTicket *ticket = kip_case_get_ticket (kip_ticket_pane_get_case (self->pane));
  g_autofree char *number = ticket != NULL ? kip_ticket_number_format (ticket->number) : g_strdup ("");
  g_autofree char *title = NULL;

  if (ticket == NULL)
    return;
  title = g_strdup_printf ("%s  %s", number, ticket->subject);
  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_window_title_set_title (self->window_title, number);
  adw_window_title_set_subtitle (self->window_title, ticket->subject);
}

/* ---- actions ---- */

static void
undo (GtkWidget  *widget,
      const char *name,
      GVariant   *parameter)
{
  kip_session_undo (KIP_TICKET_WINDOW (widget)->session);
}

static void
redo (GtkWidget  *widget,
      const char *name,
      GVariant   *parameter)
{
  kip_session_redo (KIP_TICKET_WINDOW (widget)->session);
}

/* ---- object ---- */

static void
kip_ticket_window_dispose (GObject *object)
{
  g_clear_object (&KIP_TICKET_WINDOW (object)->session);
  G_OBJECT_CLASS (kip_ticket_window_parent_class)->dispose (object);
}

static void
kip_ticket_window_class_init (KipTicketWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_ticket_window_dispose;

  g_type_ensure (KIP_TYPE_TICKET_PANE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-ticket-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KipTicketWindow, window_title);
  gtk_widget_class_bind_template_child (widget_class, KipTicketWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, KipTicketWindow, pane);
  gtk_widget_class_bind_template_callback (widget_class, open_ticket_cb);

  gtk_widget_class_install_action (widget_class, "win.undo", NULL, undo);
  gtk_widget_class_install_action (widget_class, "win.redo", NULL, redo);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.redo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}

static void
kip_ticket_window_init (KipTicketWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kip_ticket_keys_add (GTK_WIDGET (self->pane));
}

static KipTicketWindow *
find_window (GtkApplication *application,
             KipId           ticket)
{
  for (GList *l = application != NULL ? gtk_application_get_windows (application) : NULL; l != NULL; l = l->next)
    if (KIP_IS_TICKET_WINDOW (l->data) && kip_ticket_pane_get_ticket (KIP_TICKET_WINDOW (l->data)->pane) == ticket)
      return l->data;
  return NULL;
}

static void
set_session (KipTicketWindow *self,
             KipSession      *session)
{
  self->session = g_object_ref (session);
  kip_ticket_pane_set_session (self->pane, session);
  g_signal_connect_object (kip_ticket_pane_get_case (self->pane), "changed", G_CALLBACK (case_changed_cb), self,
                           G_CONNECT_SWAPPED);
  kip_toasts_watch (self->toasts, session, FALSE);
}

void
kip_ticket_window_present (GtkWindow  *parent,
                           KipSession *session,
                           KipId       ticket)
{
  GtkApplication *application = parent != NULL ? gtk_window_get_application (parent) : NULL;
  KipTicketWindow *self = find_window (application, ticket);

  if (self == NULL)
    {
      self = g_object_new (KIP_TYPE_TICKET_WINDOW, "application", application, NULL);
      set_session (self, session);
      kip_ticket_pane_set_ticket (self->pane, ticket);
    }
  gtk_window_present (GTK_WINDOW (self));
}
