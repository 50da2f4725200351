/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-bits.h"
#include "kip-list.h"

G_BEGIN_DECLS

/* By what a list is sorted, and what it is made of for that.  Private to kip-list. */

/* A column, and for ids the order of the names that they stand for. */
typedef struct
{
  const char *column; /* (nullable) NULL: no further order */
  GPtrArray *(*list)(KipOffice *office); /* (nullable) things in order; their first member is the id */
  gboolean    has_likes; /* many tickets share a value: those by what is due */
} KipSortColumn;

/* The order that is asked for: at most two keys. */
typedef struct
{
  KipQueryField fields[2];
  gboolean      descending[2];
  KipSortColumn    columns[2];
  GHashTable   *ranks[2]; /* (owned) (nullable) id → rank */
} KipListOrder;

void kip_list_order_init (KipListOrder         *order,
                          const KipListRequest *request);
void kip_list_order_clear (KipListOrder *order);

/* The number by which a ticket is sorted that has in @column what @order->columns[i]
 * says.  What is empty comes last, whatever the direction. */
gint64 kip_list_order_key (KipListOrder *order,
                           guint         i,
                           KipRows      *rows,
                           int           column);

/* ---- kip-list-whole.c ---- */

/* Every ticket that counts, or those of them whose slot is in @among (nullable), as an
 * index has them in order.  NULL without an error: none has this order. */
GArray *kip_list_whole (KipDb         *db,
                        KipListOrder  *order,
                        const KipBits *among,
                        GError       **error);

/* ---- kip-list-first.c ---- */

/* How the list of every ticket that counts begins: @n of them.  NULL without an error:
 * no index has this order, or there are not so many. */
GArray *kip_list_first (KipDb              *db,
                        const KipListOrder *order,
                        guint               n,
                        GError            **error);

G_END_DECLS
