/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-desk-private.h"

#include "kip-find.h"
#include "kip-ticket-keys.h"

/* ---- the ticket ---- */

static void
pane_opens_cb (KipDesk *self,
               guint64  id)
{
  kip_desk_show_ticket (self, id);
}

/* Made when first needed: the list comes first. */
static void
ensure_pane (KipDesk *self)
{
  if (self->pane != NULL)
    return;
  self->pane = KIP_TICKET_PANE (kip_ticket_pane_new (self->session));
  g_signal_connect_object (self->pane, "open-ticket", G_CALLBACK (pane_opens_cb), self, G_CONNECT_SWAPPED);
  kip_ticket_keys_add (GTK_WIDGET (self->pane));
  gtk_stack_add_named (self->ticket_stack, GTK_WIDGET (self->pane), "ticket");
}

/* Passing over many rows with the arrow keys reads the last one only. */
static gboolean
show_ticket_cb (gpointer data)
{
  KipDesk *self = data;

  self->ticket_source = 0;
  if (self->session == NULL)
    return G_SOURCE_REMOVE;
  if (self->ticket != KIP_ID_NONE)
    {
      ensure_pane (self);
      kip_ticket_pane_set_ticket (self->pane, self->ticket);
    }
  gtk_stack_set_visible_child_name (self->ticket_stack, self->ticket != KIP_ID_NONE ? "ticket" : "none");
  return G_SOURCE_REMOVE;
}

void
kip_desk_set_ticket (KipDesk *self,
                     KipId    ticket)
{
  if (self->ticket == ticket)
    return;
  self->ticket = ticket;
  if (self->ticket_source == 0)
    self->ticket_source = g_idle_add (show_ticket_cb, self);
}

static void
flush_ticket (KipDesk *self)
{
  if (self->ticket_source == 0)
    return;
  g_clear_handle_id (&self->ticket_source, g_source_remove);
  show_ticket_cb (self);
}

void
kip_desk_selection_changed (KipDesk *self)
{
  KipTicketSelection *selection = kip_ticket_view_get_selection (self->tickets);
  KipId id = selection != NULL ? kip_ticket_selection_get_single (selection) : KIP_ID_NONE;

  if (id != KIP_ID_NONE)
    kip_desk_set_ticket (self, id);
  if (selection != NULL && self->bulk == NULL && kip_ticket_selection_get_size (selection) > 1)
    kip_desk_ensure_bulk (self);
}

void
kip_desk_activated (KipDesk *self,
                    guint64  id,
                    gboolean own_window)
{
  kip_desk_set_ticket (self, id);
  if (self->search != NULL && kip_desk_is_searching (self))
    kip_search_entry_remember (self->search);
  if (own_window)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.open-window", NULL);
      return;
    }
  kip_desk_show_ticket_side (self, TRUE);
  flush_ticket (self);
  if (self->pane != NULL)
    kip_ticket_pane_focus_reply (self->pane);
}

/* Made when several tickets are selected for the first time. */
void
kip_desk_ensure_bulk (KipDesk *self)
{
  if (self->bulk != NULL || self->session == NULL)
    return;
  self->bulk = g_object_new (KIP_TYPE_BULK_BAR, NULL);
  gtk_box_append (self->page, GTK_WIDGET (self->bulk));
  kip_bulk_bar_set_selection (self->bulk, self->session, kip_ticket_view_get_list (self->tickets),
                              kip_ticket_view_get_selection (self->tickets));
}

void
kip_desk_delete (KipDesk *self)
{
  kip_desk_ensure_bulk (self);
  if (self->bulk != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self->bulk), "bulk.delete", NULL);
}

static void
radar_opens_cb (KipDesk *self,
                guint64  id)
{
  kip_desk_show_ticket (self, id);
}

void
kip_desk_ensure_radar (KipDesk *self)
{
  if (self->radar != NULL)
    return;
  self->radar = g_object_new (KIP_TYPE_RADAR_PAGE, NULL);
  g_signal_connect_object (self->radar, "opened", G_CALLBACK (radar_opens_cb), self, G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->middle, GTK_WIDGET (self->radar), "radar");
  kip_radar_page_set_session (self->radar, self->session);
}

/* ---- starting ---- */

static void
found_last_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (KipDesk) self = data;
  KipId id = kip_find_number_finish (KIP_STORE (source), result, NULL);

  if (id != KIP_ID_NONE && self->ticket == KIP_ID_NONE && self->session != NULL)
    kip_desk_set_ticket (self, id);
}

/* The ticket that was open when the window was closed. */
void
kip_desk_find_last_ticket (KipDesk *self)
{
  g_autofree char *number = g_settings_get_string (self->settings, "last-ticket");

  if (*number == '\0')
    return;
  self->finding = g_cancellable_new ();
  kip_find_number_async (kip_session_get_store (self->session), number, self->finding, found_last_cb, g_object_ref (self));
}

void
kip_desk_save_last_ticket (KipDesk *self)
{
  KipTicketList *list = kip_ticket_view_get_list (self->tickets);
  KipTicketRow *row = NULL;
  g_autofree char *number = NULL;

  if (list == NULL)
    return;
  if (self->ticket != KIP_ID_NONE)
    row = kip_ticket_list_peek_row (list, self->ticket);
  if (row != NULL)
    number = kip_ticket_number_format (row->number);
  if (row != NULL || self->ticket == KIP_ID_NONE)
    g_settings_set_string (self->settings, "last-ticket", number != NULL ? number : "");
}

/* ---- public ---- */

void
kip_desk_show_ticket (KipDesk *self,
                      KipId    ticket)
{
  g_return_if_fail (KIP_IS_DESK (self));

  self->sought = !kip_ticket_view_select (self->tickets, ticket);
  kip_desk_set_ticket (self, ticket);
  kip_desk_show_ticket_side (self, TRUE);
}

KipId
kip_desk_get_ticket (KipDesk *self)
{
  g_return_val_if_fail (KIP_IS_DESK (self), KIP_ID_NONE);

  return self->ticket;
}
