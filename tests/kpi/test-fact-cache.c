/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is kept between questions is what reading everything anew would give, whatever
 * happens while it is read; and the ledger is that of the table. */

#include "kip-clock.h"
#include "kip-fact-cache.h"
#include "kip-facts.h"
#include "kip-measure.h"
#include "store-fixture.h"

#define N_TICKETS 60
#define N_EDITS 40

static GTimeZone *
office_zone (KipStore *store)
{
  g_autoptr (KipAgreements) agreements = kip_store_dup_agreements (store);

  return g_time_zone_ref (kip_calendar_get_zone (kip_agreements_get_office_calendar (agreements)));
}

/* One a day, the last one today; every third is resolved. */
static GArray *
add_tickets (KipStore *store)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (KipId));

  for (gint64 i = 0; i < N_TICKETS; i++)
    {
      KipId id = add_ticket (store, "Printer", kip_clock_now () - (N_TICKETS - i) * KIP_MS_PER_DAY);

      if (i % 3 == 0)
        set_status (store, id, "resolved");
      g_array_append_val (ids, id);
    }
  return ids;
}

static guint
find_row (const KipFactTable *table,
          KipId               id)
{
  guint row = 0;

  while (row < table->n && table->id[row] != id)
    row++;
  g_assert_cmpuint (row, <, table->n);
  return row;
}

static void
assert_same_counts (const KipLedger *ledger,
                    const KipLedger *fresh)
{
  g_autoptr (KipLedgerCounts) a = kip_ledger_counts_new (ledger, NULL);
  g_autoptr (KipLedgerCounts) b = kip_ledger_counts_new (fresh, NULL);

  g_assert_cmpuint (kip_ledger_n_days (ledger), ==, kip_ledger_n_days (fresh));
  for (guint day = 0; day < kip_ledger_n_days (ledger); day++)
    {
      g_assert_cmpuint (a->arrivals[day], ==, b->arrivals[day]);
      g_assert_cmpint (a->net[day], ==, b->net[day]);
    }
}

/* @changed: to be read again first. */
static void
assert_is_current (KipFactCache *cache,
                   KipStore     *store,
                   const GArray *changed)
{
  g_autoptr (GTimeZone) zone = office_zone (store);
  g_autoptr (KipFactTable) all = kip_store_facts (store, KIP_INSTANT_NONE, NULL, NULL, NULL);
  g_autoptr (KipLedger) fresh = kip_ledger_new (all, zone, kip_clock_now (), NULL);
  KipFactTable *table = kip_fact_cache_hold (cache, store, KIP_INSTANT_NONE, changed, FALSE, NULL, NULL);

  g_assert_nonnull (table);
  g_assert_cmpuint (table->n, ==, all->n);
  for (guint i = 0; i < all->n; i++)
    {
      guint row = find_row (table, all->id[i]);

      g_assert_cmpint (table->received[row], ==, all->received[i]);
      g_assert_cmpuint (table->priority[row], ==, all->priority[i]);
      g_assert_cmpuint (table->n_phases[row], ==, all->n_phases[i]);
      g_assert_cmpint (table->last[row], ==, all->last[i]);
    }
  assert_same_counts (kip_fact_cache_get_ledger (cache, zone, kip_clock_now ()), fresh);
  kip_fact_cache_release (cache);
}

static KipInstant
get_since (KipFactCache *cache,
           KipStore     *store,
           KipInstant    since,
           gboolean      everything)
{
  KipInstant got;

  g_assert_nonnull (kip_fact_cache_hold (cache, store, since, NULL, everything, NULL, NULL));
  got = kip_fact_cache_get_since (cache);
  kip_fact_cache_release (cache);
  return got;
}

static gboolean
widen (KipFactCache *cache,
       KipStore     *store)
{
  g_autoptr (GTimeZone) zone = office_zone (store);

  return kip_fact_cache_widen (cache, store, zone, kip_clock_now (), NULL, NULL);
}

static void
test_widen (void)
{
  Fixture fixture;
  g_autoptr (KipFactCache) cache = kip_fact_cache_new ();
  g_autoptr (GArray) ids = NULL;
  KipInstant week;

  fixture_init (&fixture);
  ids = add_tickets (fixture.store);
  week = kip_clock_now () - 7 * KIP_MS_PER_DAY;
  g_assert_cmpint (get_since (cache, fixture.store, week, FALSE), ==, week);
  g_assert_true (widen (cache, fixture.store));
  g_assert_cmpint (get_since (cache, fixture.store, week, FALSE), ==, KIP_INSTANT_NONE);
  assert_is_current (cache, fixture.store, NULL);
  /* What has to be read again is read as far back as it was. */
  g_assert_cmpint (get_since (cache, fixture.store, week, TRUE), ==, KIP_INSTANT_NONE);
  fixture_clear (&fixture);
}

typedef struct
{
  KipFactCache *cache;
  KipStore     *store;
  gint          n_done;
} Widening;

static gpointer
widen_again_and_again (gpointer data)
{
  Widening *widening = data;

  while (g_atomic_int_get (&widening->n_done) == 0)
    if (!widen (widening->cache, widening->store))
      return GINT_TO_POINTER (FALSE);
  return GINT_TO_POINTER (TRUE);
}

/* Edits are asked for while all is read, and none of them is lost. */
static void
test_edits_meanwhile (void)
{
  Fixture fixture;
  g_autoptr (KipFactCache) cache = kip_fact_cache_new ();
  g_autoptr (GArray) ids = NULL;
  Widening widening = { cache, NULL, 0 };
  GThread *thread;

  fixture_init (&fixture);
  ids = add_tickets (fixture.store);
  widening.store = fixture.store;
  thread = g_thread_new ("widening", widen_again_and_again, &widening);
  for (guint i = 0; i < N_EDITS; i++)
    {
      g_autoptr (GArray) changed = g_array_new (FALSE, FALSE, sizeof (KipId));
      KipId id = g_array_index (ids, KipId, i * 7 % N_TICKETS);

      set_int (fixture.store, id, KIP_FIELD_URGENCY, 1 + i % 3);
      g_array_append_val (changed, id);
      g_assert_nonnull (kip_fact_cache_hold (cache, fixture.store, kip_clock_now (), changed, i % 10 == 9, NULL, NULL));
      kip_fact_cache_release (cache);
    }
  g_atomic_int_set (&widening.n_done, 1);
  g_assert_true (GPOINTER_TO_INT (g_thread_join (thread)));
  assert_is_current (cache, fixture.store, NULL);
  fixture_clear (&fixture);
}

static void
test_cancelled (void)
{
  Fixture fixture;
  g_autoptr (KipFactCache) cache = kip_fact_cache_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GError) error = NULL;

  fixture_init (&fixture);
  ids = add_tickets (fixture.store);
  zone = office_zone (fixture.store);
  g_cancellable_cancel (cancellable);
  g_assert_false (kip_fact_cache_widen (cache, fixture.store, zone, kip_clock_now (), cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_is_current (cache, fixture.store, NULL);
  fixture_clear (&fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fact-cache/widen", test_widen);
  g_test_add_func ("/fact-cache/edits-meanwhile", test_edits_meanwhile);
  g_test_add_func ("/fact-cache/cancelled", test_cancelled);
  return g_test_run ();
}
