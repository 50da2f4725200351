/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-desk.h"

#include "kip-config.h"
#include "kip-ticket-view.h"

#include <gio/gio.h>

struct _KipDesk
{
  GtkWidget   parent_instance;

  GSettings  *settings; /* (owned) */
  KipSession *session;  /* (owned) (nullable) */

  GtkPaned   *outer;
  GtkPaned   *inner;
  GtkWidget  *sidebar_box;
  GtkWidget  *list_box;
  KipTicketView *tickets;
  GtkWidget  *ticket_box;
};

G_DEFINE_FINAL_TYPE (KipDesk, kip_desk, GTK_TYPE_WIDGET)

static void
kip_desk_dispose (GObject *object)
{
  KipDesk *self = KIP_DESK (object);

  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_pointer ((GtkWidget **) &self->outer, gtk_widget_unparent);
  G_OBJECT_CLASS (kip_desk_parent_class)->dispose (object);
}

static void
kip_desk_class_init (KipDeskClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_desk_dispose;

  g_type_ensure (KIP_TYPE_TICKET_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-desk.ui");
  gtk_widget_class_bind_template_child (widget_class, KipDesk, outer);
  gtk_widget_class_bind_template_child (widget_class, KipDesk, inner);
  gtk_widget_class_bind_template_child (widget_class, KipDesk, sidebar_box);
  gtk_widget_class_bind_template_child (widget_class, KipDesk, list_box);
  gtk_widget_class_bind_template_child (widget_class, KipDesk, tickets);
  gtk_widget_class_bind_template_child (widget_class, KipDesk, ticket_box);
}

static void
kip_desk_init (KipDesk *self)
{
  self->settings = g_settings_new (APP_ID);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_paned_set_position (self->outer, g_settings_get_int (self->settings, "sidebar-width"));
  gtk_paned_set_position (self->inner, g_settings_get_int (self->settings, "list-width"));
}

/* ---- public ---- */

void
kip_desk_set_session (KipDesk    *self,
                      KipSession *session)
{
  g_return_if_fail (KIP_IS_DESK (self));

  g_set_object (&self->session, session);
  kip_ticket_view_set_store (self->tickets, session != NULL ? kip_session_get_store (session) : NULL);
  kip_ticket_view_ask (self->tickets, NULL);
}

void
kip_desk_show_ticket (KipDesk *self,
                      KipId    ticket)
{
  g_return_if_fail (KIP_IS_DESK (self));
}

void
kip_desk_save_state (KipDesk *self)
{
  g_return_if_fail (KIP_IS_DESK (self));

  g_settings_set_int (self->settings, "sidebar-width", MAX (120, gtk_paned_get_position (self->outer)));
  g_settings_set_int (self->settings, "list-width", MAX (240, gtk_paned_get_position (self->inner)));
}
