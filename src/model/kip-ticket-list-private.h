/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-list-edits.h"
#include "kip-row-cache.h"
#include "kip-ticket-item-private.h"
#include "kip-ticket-list.h"

G_BEGIN_DECLS

/* Rows are fetched by so many. */
#define KIP_PAGE 128

/* Offered at once: what a window shows and a little more, fewer than GTK would make
 * widgets for. */
#define KIP_FIRST_OFFER 40
#define KIP_MORE_OFFER 4

struct _KipTicketList
{
  GObject       parent_instance;

  KipStore     *store;     /* (owned) */
  KipQuery     *query;     /* (owned) (nullable) what was asked last, with sort and descending */
  KipSort       sort;
  gboolean      descending;

  GArray       *ids;       /* (owned) of KipId: the last answer */
  gboolean      partial;   /* ids is only how it begins: the rest is on its way */
  guint         offered;   /* so many of them are in the model */
  GHashTable   *places;    /* (owned) position → KipTicketItem (weak) */
  guint         first, last; /* positions in sight */

  gboolean      query_put; /* something was asked */
  guint         generation; /* of the store's data: counts its changes */
  GCancellable *asking;    /* (owned) (nullable) while a question is under way */
  gboolean      fresh;     /* it is another than that of ids */
  gboolean      asks_all_later; /* once its beginning is shown */
  gboolean      ask_again; /* something changed while it was under way */
  gboolean      all_changed;
  GHashTable   *changed;   /* (owned) set of ids (owned) that changed since ids were put in place */

  KipRowCache  *cache;     /* (owned) */
  GHashTable   *pages;     /* (owned) set of pages wanted */
  GCancellable *fetching;  /* (owned) ends with the list */
  guint         all_source, fetch_source, offer_source, tell_source, sight_source;
};

/* Fetches @ids (of KipId, taken) into the cache, then calls @then. */
typedef void (*KipTicketListFunc) (KipTicketList *self);
void kip_ticket_list_fetch (KipTicketList    *self,
                            GArray           *ids,
                            GCancellable     *cancellable,
                            KipTicketListFunc then);

/* Gives each item that has not the row of the cache that one, and tells its watchers. */
void kip_ticket_list_refill (KipTicketList *self);

/* kip-ticket-list-items.c: what stands where, who is told when, what is offered */
KipId          kip_ticket_list_id_at (KipTicketList *self,
                                      guint          position);
KipTicketItem *kip_ticket_list_item_at (KipTicketList *self,
                                        guint          position); /* (nullable) */
void           kip_ticket_list_move_items (KipTicketList     *self,
                                           const KipListEdit *edit);
void           kip_ticket_list_detach_items (KipTicketList *self);
void           kip_ticket_list_tell_in_sight (KipTicketList *self);
void           kip_ticket_list_tell_later (KipTicketList *self);
void           kip_ticket_list_offer_rest_later (KipTicketList *self);

/* kip-ticket-list-ask.c: questions and answers.  The store's "changed". */
void kip_ticket_list_changed (KipTicketList *self,
                              GArray        *changes);

G_END_DECLS
