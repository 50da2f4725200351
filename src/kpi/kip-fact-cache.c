/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-fact-cache.h"

#include "kip-facts.h"

struct _KipFactCache
{
  gatomicrefcount refs;
  GMutex        lock;  /* whoever holds it */
  KipFactTable *table; /* (owned) (nullable) (mutex lock) */
  KipInstant    since; /* (mutex lock) */
  KipLedger    *ledger; /* (owned) (nullable) of the table (mutex lock) */
};

KipFactCache *
kip_fact_cache_new (void)
{
  KipFactCache *cache = g_new0 (KipFactCache, 1);

  g_atomic_ref_count_init (&cache->refs);
  g_mutex_init (&cache->lock);
  return cache;
}

KipFactCache *
kip_fact_cache_ref (KipFactCache *cache)
{
  g_atomic_ref_count_inc (&cache->refs);
  return cache;
}

static void
forget (KipFactCache *cache)
{
  g_clear_pointer (&cache->ledger, kip_ledger_free);
  g_clear_pointer (&cache->table, kip_fact_table_unref);
}

void
kip_fact_cache_unref (KipFactCache *cache)
{
  if (!g_atomic_ref_count_dec (&cache->refs))
    return;
  forget (cache);
  g_mutex_clear (&cache->lock);
  g_free (cache);
}

/* What is there stays until the new table is whole. */
static gboolean
load (KipFactCache *cache,
      KipStore     *store,
      KipInstant    since,
      GCancellable *cancellable,
      GError      **error)
{
  KipFactTable *table = kip_store_facts (store, since, NULL, cancellable, error);

  if (table == NULL)
    return FALSE;
  forget (cache);
  cache->table = table;
  cache->since = since;
  return TRUE;
}

static void
leave_ledger (const KipFactTable *table,
              guint               row,
              gpointer            data)
{
  KipFactCache *cache = data;

  if (cache->ledger != NULL)
    kip_ledger_leave (cache->ledger, row);
}

static gboolean
refresh (KipFactCache *cache,
         KipStore     *store,
         const GArray *changed,
         GCancellable *cancellable,
         GError      **error)
{
  g_autoptr (KipFactTable) news = NULL;

  if (changed == NULL || changed->len == 0)
    return TRUE;
  news = kip_store_facts (store, KIP_INSTANT_NONE, changed, cancellable, error);
  if (news == NULL)
    return FALSE;
  kip_fact_table_renew (cache->table, changed, news, leave_ledger, cache);
  for (guint i = cache->table->n - news->n; cache->ledger != NULL && i < cache->table->n; i++)
    kip_ledger_join (cache->ledger, i);
  return TRUE;
}

KipFactTable *
kip_fact_cache_hold (KipFactCache *cache,
                     KipStore     *store,
                     KipInstant    since,
                     const GArray *changed,
                     gboolean      everything,
                     GCancellable *cancellable,
                     GError      **error)
{
  gboolean ok;

  g_mutex_lock (&cache->lock);
  if (everything)
    forget (cache);
  if (cache->table == NULL || since < cache->since)
    ok = load (cache, store, since, cancellable, error);
  else
    ok = refresh (cache, store, changed, cancellable, error);
  if (ok)
    return cache->table;
  g_mutex_unlock (&cache->lock);
  return NULL;
}

void
kip_fact_cache_release (KipFactCache *cache)
{
  g_mutex_unlock (&cache->lock);
}

KipInstant
kip_fact_cache_get_since (KipFactCache *cache)
{
  return cache->since;
}

KipLedger *
kip_fact_cache_get_ledger (KipFactCache *cache,
                           GTimeZone    *zone,
                           KipInstant    now)
{
  if (cache->ledger != NULL && !kip_ledger_fits (cache->ledger, zone, now))
    g_clear_pointer (&cache->ledger, kip_ledger_free);
  if (cache->ledger == NULL)
    cache->ledger = kip_ledger_new (cache->table, zone, now, NULL);
  return cache->ledger;
}
