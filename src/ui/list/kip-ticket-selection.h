/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-ticket-list.h"

G_BEGIN_DECLS

/* Which tickets of a list are selected:
 *
 *   KipTicketList (ids in order) ─▶ KipTicketSelection (a set of ids) ─▶ GtkColumnView
 *
 * A set of ids, or all but a set of ids: selecting everything costs nothing, and
 * a selection stays with its tickets while they move.  Another question to the
 * list unselects everything.
 *
 * Signal "changed" (): other tickets are selected, or other ones are left. */
#define KIP_TYPE_TICKET_SELECTION (kip_ticket_selection_get_type ())
G_DECLARE_FINAL_TYPE (KipTicketSelection, kip_ticket_selection, KIP, TICKET_SELECTION, GObject)

KipTicketSelection *kip_ticket_selection_new (KipTicketList *list);

guint kip_ticket_selection_get_size (KipTicketSelection *self);

/* The one selected ticket; KIP_ID_NONE when there are none or several. */
KipId kip_ticket_selection_get_single (KipTicketSelection *self);

/* In the order of the list.  (transfer full) GArray of KipId */
GArray *kip_ticket_selection_dup_ids (KipTicketSelection *self);

gboolean kip_ticket_selection_contains (KipTicketSelection *self,
                                        KipId               id);

/* Selects @id alone, in the list or not; KIP_ID_NONE: nothing. */
void kip_ticket_selection_set_single (KipTicketSelection *self,
                                      KipId               id);

G_END_DECLS
