/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-ledger.h"
#include "kip-store.h"

G_BEGIN_DECLS

/* Facts that are kept between questions and brought up to date: of the tickets that
 * can count from some instant on, and further back when asked.  Reference counted;
 * threads: any, one at a time holds it. */
typedef struct _KipFactCache KipFactCache;

KipFactCache *kip_fact_cache_new (void);
KipFactCache *kip_fact_cache_ref (KipFactCache *cache);
void          kip_fact_cache_unref (KipFactCache *cache);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipFactCache, kip_fact_cache_unref)

/* Waits until nobody else holds it and reads what is missing.  @since: how far back,
 * KIP_INSTANT_NONE for everything; @changed: (nullable) of KipId, to be read again;
 * @everything: forget what was read before.  Borrowed, not to be changed, until
 * kip_fact_cache_release(); NULL: @error, and nothing is to be released. */
KipFactTable *kip_fact_cache_hold (KipFactCache *cache,
                                   KipStore     *store,
                                   KipInstant    since,
                                   const GArray *changed,
                                   gboolean      everything,
                                   GCancellable *cancellable,
                                   GError      **error);
void          kip_fact_cache_release (KipFactCache *cache);

/* Reads all that ever was beside what is there, which others may hold meanwhile; then it
 * takes that place, with what was read anew in between.  Waits for the disk.  FALSE:
 * @error. */
gboolean kip_fact_cache_widen (KipFactCache *cache,
                               KipStore     *store,
                               GTimeZone    *zone,
                               KipInstant    now,
                               GCancellable *cancellable,
                               GError      **error);

/* While it is held: the ledger of the table.  Borrowed. */
KipLedger *kip_fact_cache_get_ledger (KipFactCache *cache,
                                      GTimeZone    *zone,
                                      KipInstant    now);

/* While it is held: how far back the table reaches. */
KipInstant kip_fact_cache_get_since (KipFactCache *cache);

G_END_DECLS
