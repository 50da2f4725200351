/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-ticket-list.h"
#include "kip-ticket-selection.h"

G_BEGIN_DECLS

/* The list of tickets: columns that sort by a click on their header, are shown or
 * hidden from its menu and moved by dragging; all of it remembered in GSettings.
 * Countdowns follow the clock.
 *
 * Signals:
 * "sort-changed" (): the person asks for another order: kip_ticket_view_get_sort().
 * "selection-changed" ()
 * "activated" (KipId as guint64, gboolean own_window): Enter or double click; with
 *   Ctrl the ticket is wanted in a window of its own.
 * "delete" (): the selected tickets are to go.
 * "answered" (gboolean fresh): as the list's. */
#define KIP_TYPE_TICKET_VIEW (kip_ticket_view_get_type ())
G_DECLARE_FINAL_TYPE (KipTicketView, kip_ticket_view, KIP, TICKET_VIEW, GtkWidget)

/* @store: (nullable) */
void kip_ticket_view_set_store (KipTicketView *self,
                                KipStore      *store);

/* What the list is sorted by, unless the query says otherwise. */
KipSort kip_ticket_view_get_sort (KipTicketView *self,
                                  gboolean      *descending);

/* Shows what @query (nullable: all) selects. */
void kip_ticket_view_ask (KipTicketView  *self,
                          const KipQuery *query);

/* NULL without a store. Borrowed. */
KipTicketList      *kip_ticket_view_get_list (KipTicketView *self);
KipTicketSelection *kip_ticket_view_get_selection (KipTicketView *self);

/* Selects @id alone and scrolls there if it is in the list; FALSE when it is not. */
gboolean kip_ticket_view_select (KipTicketView *self,
                                 KipId          id);

/* Selects the ticket @steps after (before, if negative) the selected one. */
void kip_ticket_view_move (KipTicketView *self,
                           int            steps);

void kip_ticket_view_save_state (KipTicketView *self);

G_END_DECLS
