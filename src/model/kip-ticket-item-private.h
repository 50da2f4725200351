/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-ticket-item.h"
#include "kip-ticket-list.h"

G_BEGIN_DECLS

struct _KipTicketItem
{
  GObject        parent_instance;
  KipTicketList *list;     /* (weak) (nullable) NULL once the place is gone */
  GArray        *watchers; /* (owned) (nullable) */
  KipTicketRow  *row;      /* (owned) (nullable) */
  KipId          id;
  guint          position;
  gboolean       stale;    /* its watchers were not told yet */
};

KipTicketItem *kip_ticket_item_new (KipTicketList *list,
                                    guint          position,
                                    KipId          id,
                                    KipTicketRow  *row); /* (nullable) */

/* The place is gone. */
void kip_ticket_item_detach (KipTicketItem *self);

/* Another ticket, or a newer row; tells nobody. */
void kip_ticket_item_set (KipTicketItem *self,
                          KipId          id,
                          KipTicketRow  *row); /* (nullable) */
void kip_ticket_item_tell (KipTicketItem *self);

/* What an item asks of its list. */
void kip_ticket_list_want (KipTicketList *list,
                           KipTicketItem *item);
void kip_ticket_list_forget (KipTicketList *list,
                             KipTicketItem *item);

G_END_DECLS
