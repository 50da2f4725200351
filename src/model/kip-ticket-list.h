/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-ticket-item.h"

G_BEGIN_DECLS

/* The tickets that a query selects, in order, as a GListModel of KipTicketItem.
 *
 *   kip_store_list_async()   ids of all of them          ── an array, nothing else
 *     └ kip_store_rows_async()   pages of 128 rows       ── those somebody looks at
 *         └ KipTicketItem            places in the list  ── those GTK has widgets for
 *
 * Another question (ask) keeps the items that there are and lets them stand for
 * other tickets, telling first those in the window; only the length changes for
 * the model.  A commit that touches the list asks the same question again, and
 * what moved, came or went is told as the few edits that it is.  The newest
 * question wins; the old one is interrupted.
 *
 * A long answer is offered a screenful first and the rest a moment later, so the
 * first rows are painted before GTK has made its two hundred.  get_n_items() says
 * what is offered, kip_ticket_list_get_total() how many there are.  When that is
 * none, whoever shows the list hides it: the items stay for the next answer, and
 * stand for KIP_ID_NONE.
 *
 * Signals:
 * "answered" (gboolean fresh): ids were put in place; @fresh when it was another
 *   question than before.  Emitted after items-changed.  Of a very long list the
 *   beginning may come first (kip_ticket_list_is_partial()), the rest not @fresh.
 * "failed" (GError): the question could not be answered; the list stays as it was. */
#define KIP_TYPE_TICKET_LIST (kip_ticket_list_get_type ())
G_DECLARE_FINAL_TYPE (KipTicketList, kip_ticket_list, KIP, TICKET_LIST, GObject)

KipTicketList *kip_ticket_list_new (KipStore *store);

KipStore *kip_ticket_list_get_store (KipTicketList *self);

/* Asks for the tickets of @query (nullable: all), at once even if the same. */
void kip_ticket_list_ask (KipTicketList  *self,
                          const KipQuery *query,
                          KipSort         sort,
                          gboolean        descending);

/* Asks the same again: time has passed. */
void kip_ticket_list_refresh (KipTicketList *self);

/* TRUE from the first question on until it is answered. */
gboolean kip_ticket_list_is_waiting (KipTicketList *self);

/* What was asked last. Borrowed, nullable. */
const KipQuery *kip_ticket_list_get_query (KipTicketList *self);

/* TRUE while only the beginning of the answer is known. */
gboolean kip_ticket_list_is_partial (KipTicketList *self);

guint kip_ticket_list_get_total (KipTicketList *self);

/* All ids in order, also those not offered yet; @n is their number. Borrowed until
 * the next answer. */
const KipId *kip_ticket_list_get_ids (KipTicketList *self,
                                      guint         *n);
KipId        kip_ticket_list_get_id (KipTicketList *self,
                                     guint          position); /* NONE beyond the end */

/* Where @id stands; G_MAXUINT when it is not there. */
guint kip_ticket_list_find (KipTicketList *self,
                            KipId          id);

/* The row of a ticket if it is at hand. Borrowed, nullable. */
KipTicketRow *kip_ticket_list_peek_row (KipTicketList *self,
                                        KipId          id);

/* Which places are in sight: told first of all changes. */
void kip_ticket_list_set_window (KipTicketList *self,
                                 guint          first,
                                 guint          last);

/* Offers everything now. */
void kip_ticket_list_offer_all (KipTicketList *self);

/* Tells the items of @ids (of KipId) that they look different: a draft was begun, an excerpt found. */
void kip_ticket_list_tell (KipTicketList *self,
                           GArray        *ids);

/* Tells all items that they look different: names of the office changed, or time passed. */
void kip_ticket_list_tell_all (KipTicketList *self);

G_END_DECLS
