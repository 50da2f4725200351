/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "kip-store.h"

G_BEGIN_DECLS

/* A place in a KipTicketList as a view sees it: cheap to make, for GTK asks for
 * many more than it shows.  It knows which ticket stands there; the ticket's row
 * is fetched when somebody first asks, and those who watch are told when it
 * comes and whenever it is another. */
#define KIP_TYPE_TICKET_ITEM (kip_ticket_item_get_type ())
G_DECLARE_FINAL_TYPE (KipTicketItem, kip_ticket_item, KIP, TICKET_ITEM, GObject)

typedef void (*KipTicketItemFunc) (KipTicketItem *item,
                                   gpointer       data);

/* KIP_ID_NONE once the place is gone. */
KipId kip_ticket_item_get_id (KipTicketItem *self);

/* G_MAXUINT once the place is gone. */
guint kip_ticket_item_get_position (KipTicketItem *self);

/* NULL until it was fetched, which asking for it sets going. Borrowed. */
KipTicketRow *kip_ticket_item_get_row (KipTicketItem *self);

/* Calls @func whenever the ticket or its row is another.  @data names the watcher. */
void kip_ticket_item_watch (KipTicketItem    *self,
                            KipTicketItemFunc func,
                            gpointer          data);
void kip_ticket_item_unwatch (KipTicketItem *self,
                              gpointer       data);

G_END_DECLS
