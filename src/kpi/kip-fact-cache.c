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
  GArray       *renewed; /* (owned) (nullable) of KipId: read again while another table is being read (mutex lock) */
  guint         n_forgotten; /* times that what was read before was not to be trusted (mutex lock) */
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
  g_clear_pointer (&cache->renewed, g_array_unref);
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
  if (data != NULL)
    kip_ledger_leave (data, row);
}

/* @ledger: (nullable) of @table. */
static gboolean
renew (KipFactTable *table,
       KipLedger    *ledger,
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
  kip_fact_table_renew (table, changed, news, leave_ledger, ledger);
  for (guint i = table->n - news->n; ledger != NULL && i < table->n; i++)
    kip_ledger_join (ledger, i);
  return TRUE;
}

static void
note_renewed (KipFactCache *cache,
              const GArray *changed)
{
  if (cache->renewed != NULL && changed != NULL)
    g_array_append_vals (cache->renewed, changed->data, changed->len);
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
    {
      /* As far back as before: what was shown stays. */
      since = cache->table != NULL ? MIN (since, cache->since) : since;
      forget (cache);
      cache->n_forgotten++;
    }
  if (cache->table == NULL || since < cache->since)
    ok = load (cache, store, since, cancellable, error);
  else
    ok = renew (cache->table, cache->ledger, store, changed, cancellable, error);
  if (ok)
    {
      note_renewed (cache, changed);
      return cache->table;
    }
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

/* ---- all that ever was ---- */

typedef struct
{
  KipFactTable *table;  /* (owned) (nullable) */
  KipLedger    *ledger; /* (owned) (nullable) of it */
  guint         n_forgotten; /* when it was begun */
} Wide;

static void
wide_begin (Wide         *wide,
            KipFactCache *cache)
{
  g_mutex_lock (&cache->lock);
  wide->n_forgotten = cache->n_forgotten;
  g_clear_pointer (&cache->renewed, g_array_unref);
  cache->renewed = g_array_new (FALSE, FALSE, sizeof (KipId));
  g_mutex_unlock (&cache->lock);
}

static void
wide_end (Wide         *wide,
          KipFactCache *cache)
{
  g_mutex_lock (&cache->lock);
  g_clear_pointer (&cache->renewed, g_array_unref);
  g_mutex_unlock (&cache->lock);
  g_clear_pointer (&wide->ledger, kip_ledger_free);
  g_clear_pointer (&wide->table, kip_fact_table_unref);
}

/* FALSE: it is not to be trusted any more, or (@error) cannot be brought up to date. */
static gboolean
wide_take_place (Wide         *wide,
                 KipFactCache *cache,
                 KipStore     *store,
                 GCancellable *cancellable,
                 GError      **error)
{
  gboolean ok;

  g_mutex_lock (&cache->lock);
  ok = wide->n_forgotten == cache->n_forgotten && renew (wide->table, wide->ledger, store, cache->renewed, cancellable, error);
  if (ok)
    {
      forget (cache);
      cache->table = g_steal_pointer (&wide->table);
      cache->ledger = g_steal_pointer (&wide->ledger);
      cache->since = KIP_INSTANT_NONE;
    }
  g_mutex_unlock (&cache->lock);
  return ok;
}

gboolean
kip_fact_cache_widen (KipFactCache *cache,
                      KipStore     *store,
                      GTimeZone    *zone,
                      KipInstant    now,
                      GCancellable *cancellable,
                      GError      **error)
{
  GError *problem = NULL;
  gboolean is_wide = FALSE;
  Wide wide = { NULL };

  while (!is_wide && problem == NULL)
    {
      wide_begin (&wide, cache);
      wide.table = kip_store_facts (store, KIP_INSTANT_NONE, NULL, cancellable, &problem);
      if (wide.table != NULL)
        {
          wide.ledger = kip_ledger_new (wide.table, zone, now, NULL);
          is_wide = wide_take_place (&wide, cache, store, cancellable, &problem);
        }
      wide_end (&wide, cache);
    }
  if (problem != NULL)
    g_propagate_error (error, problem);
  return is_wide;
}
