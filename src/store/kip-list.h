/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-bits.h"
#include "kip-db.h"
#include "kip-office.h"
#include "kip-query-plan.h"
#include "kip-store.h"

G_BEGIN_DECLS

typedef struct
{
  const KipQueryPlan *plan;
  KipOffice *office;     /* whose names the order goes by */
  KipSort    sort;       /* unless the query says */
  gboolean   descending;
  guint      limit;      /* of a search by words, the newest; 0: all */
} KipListRequest;

/* (transfer full) GArray of KipId */
GArray *kip_list_run (KipDb                *db,
                      const KipListRequest *request,
                      GError              **error);

/* How the list begins: @n of its ids; NULL without an error: not known without reading
 * all, or there are not so many.  (transfer full) GArray of KipId */
GArray *kip_list_run_first (KipDb                *db,
                            const KipListRequest *request,
                            guint                 n,
                            GError              **error);

/* The same without an order, by slot.  (transfer full) */
KipBits *kip_list_select (KipDb                *db,
                          const KipListRequest *request,
                          GError              **error);

gboolean kip_list_count (KipDb                *db,
                         const KipListRequest *request,
                         guint                *count,
                         GError              **error);

/* ---- kip-order.c ---- */

/* A ticket with what it is sorted by: first, second, then id. */
typedef struct
{
  gint64 keys[2];
  KipId  id;
} KipOrdered;

void kip_order (GArray *items); /* of KipOrdered */

G_END_DECLS
