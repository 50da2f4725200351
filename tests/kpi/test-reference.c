/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Random offices: every measure in every grouping against the slow reference. */

#include "kip-study.h"
#include "kip-verdict.h"
#include "kpi-reference.h"

#include <math.h>
#include <stdlib.h>

#define OFFICES 1000
#define DAYS 80

typedef struct
{
  GRand     *rand;
  KipInstant epoch;
} Luck;

static int
below (Luck *luck,
       int   n)
{
  return g_rand_int_range (luck->rand, 0, n);
}

static KipInstant
some_time (Luck *luck,
           int   days)
{
  /* Often on the hour, so that instants meet and touch the ends of days. */
  return below (luck, 3) == 0 ? below (luck, days) * KIP_MS_PER_DAY
                              : below (luck, days * 24) * KIP_MS_PER_HOUR + below (luck, 2) * below (luck, 3600000);
}

static KipFactClock
some_clock (Luck      *luck,
            KipInstant from)
{
  KipFactClock clock = { (KipClockState) below (luck, 5), FALSE, KIP_INSTANT_NONE, KIP_INSTANT_NONE, 0, 0 };

  if (clock.state == KIP_CLOCK_PAUSED)
    clock.was_late = below (luck, 2);
  if (clock.state == KIP_CLOCK_MET || clock.state == KIP_CLOCK_MISSED)
    clock.stopped = from + some_time (luck, 9);
  if (clock.state == KIP_CLOCK_MISSED || clock.was_late || (clock.state == KIP_CLOCK_RUNNING && below (luck, 2)))
    clock.breached = from + some_time (luck, 9);
  clock.n_met = (guint) below (luck, 3);
  clock.n_missed = (guint) below (luck, 2);
  return clock;
}

static void
add_resolutions (Luck    *luck,
                 KipFact *fact)
{
  KipInstant at = fact->received;

  for (int left = below (luck, 4); left > 0; left--)
    {
      KipFactResolution resolution = { at + some_time (luck, 5), KIP_INSTANT_NONE, (KipId) below (luck, 4), below (luck, 6) };

      if (left > 1 || below (luck, 4) == 0)
        resolution.reopened = resolution.at + (below (luck, 4) == 0 ? 7 * KIP_MS_PER_DAY : some_time (luck, 12));
      g_array_append_val (fact->resolutions, resolution);
      if (resolution.reopened == KIP_INSTANT_NONE)
        break;
      at = resolution.reopened;
    }
}

/* What the state was follows from the resolutions. */
static void
add_phases (KipFact *fact)
{
  KipFactPhase phase = { fact->received, KIP_PHASE_OPEN, 0 };

  g_array_append_val (fact->phases, phase);
  for (guint i = 0; i < fact->resolutions->len; i++)
    {
      const KipFactResolution *resolution = &g_array_index (fact->resolutions, KipFactResolution, i);

      phase = (KipFactPhase) { resolution->at, KIP_PHASE_RESOLVED, 0 };
      g_array_append_val (fact->phases, phase);
      phase = (KipFactPhase) { resolution->reopened, KIP_PHASE_OPEN, 0 };
      if (resolution->reopened != KIP_INSTANT_NONE)
        g_array_append_val (fact->phases, phase);
    }
}

static void
add_pauses (Luck    *luck,
            KipFact *fact)
{
  for (int left = below (luck, 3); left > 0; left--)
    {
      KipFactPause pause = { (KipId) below (luck, 4), below (luck, 5), below (luck, 9999), below (luck, 99999) };

      g_array_append_val (fact->pauses, pause);
    }
  for (KipId by = 1; by < 4; by++)
    {
      KipFactTouch touch = { by, fact->received + some_time (luck, 9) };

      if (below (luck, 2))
        g_array_append_val (fact->touches, touch);
    }
}

static void
add_ticket (Luck         *luck,
            KipFactTable *table)
{
  KipFact fact;

  kip_fact_init (&fact);
  fact.id = table->n + 1;
  fact.number = (gint64) table->n + 1;
  fact.requester = (KipId) below (luck, 4);
  fact.asset = (KipId) below (luck, 3);
  fact.category = (KipId) below (luck, 4);
  fact.team = (KipId) below (luck, 3);
  fact.assignee = (KipId) below (luck, 4);
  fact.priority = (guint8) (1 + below (luck, 4));
  fact.received = luck->epoch + some_time (luck, DAYS);
  fact.on_line = below (luck, 5) == 0;
  if (below (luck, 4) != 0)
    fact.responded = fact.received + some_time (luck, 3);
  fact.responder = (KipId) below (luck, 4);
  fact.response_work = below (luck, 50000);
  fact.response_elapsed = below (luck, 90000);
  fact.first_work = below (luck, 50000);
  fact.first_elapsed = below (luck, 90000);
  fact.full_work = below (luck, 50000);
  fact.full_elapsed = below (luck, 90000);
  fact.total_work = below (luck, 3) * 40000;
  fact.total_elapsed = below (luck, 90000);
  fact.n_answers = (guint16) below (luck, 3);
  fact.n_assignees = (guint16) below (luck, 3);
  fact.n_teams = (guint16) below (luck, 3);
  fact.n_handovers = (guint16) below (luck, 3);
  fact.n_moves = (guint16) below (luck, 2);
  fact.response = some_clock (luck, fact.received);
  fact.update = some_clock (luck, fact.received);
  fact.resolution = some_clock (luck, fact.received);
  fact.phases = g_array_new (FALSE, FALSE, sizeof (KipFactPhase));
  fact.resolutions = g_array_new (FALSE, FALSE, sizeof (KipFactResolution));
  fact.pauses = g_array_new (FALSE, FALSE, sizeof (KipFactPause));
  fact.touches = g_array_new (FALSE, FALSE, sizeof (KipFactTouch));
  add_resolutions (luck, &fact);
  add_phases (&fact);
  add_pauses (luck, &fact);
  kip_fact_table_add (table, &fact);
  g_array_unref (fact.phases);
  g_array_unref (fact.resolutions);
  g_array_unref (fact.pauses);
  g_array_unref (fact.touches);
}

/* ---- comparing ---- */

static gboolean
is_backlog (KipMeasure measure)
{
  return measure == KIP_MEASURE_BACKLOG_DAYS || measure == KIP_MEASURE_BACKLOG_RATE;
}

/* Backlog of one span, day by day. */
static Reference
reference_backlog (KipMeasure      measure,
                   const KipScope *scope,
                   KipBy           by,
                   KipId           key,
                   const KipRange *span)
{
  g_autoptr (GArray) days = kip_range_cut (span, KIP_BY_DAY, scope->zone);
  guint received = reference_figure (KIP_MEASURE_RECEIVED, scope, by, key, span).n;
  Reference reference = { NAN, 0 };
  double open = 0, n_days = 0;

  if (span->from > scope->now)
    {
      reference.n = by >= KIP_BY_AGENT ? received : 0;
      return reference;
    }
  if (measure == KIP_MEASURE_BACKLOG_RATE)
    {
      reference.n = reference_open (scope, by, key, span->from) + received;
      reference.value = reference.n > 0 ? 100.0 * reference_open (scope, by, key, span->to) / reference.n : NAN;
      return reference;
    }
  for (guint i = 1; i < days->len && g_array_index (days, KipInstant, i - 1) <= scope->now; i++, n_days++)
    open += reference_open (scope, by, key, g_array_index (days, KipInstant, i));
  reference.n = received;
  reference.value = received > 0 ? open / received : NAN;
  return reference;
}

static Reference
reference_of (KipMeasure      measure,
              const KipScope *scope,
              KipBy           by,
              KipId           key,
              const KipRange *span)
{
  if (is_backlog (measure))
    return reference_backlog (measure, scope, by, key, span);
  /* What has not come yet is not open. */
  if (measure == KIP_MEASURE_OPEN && by < KIP_BY_AGENT && span->from > scope->now)
    return (Reference) { NAN, 0 }
  ;
  return reference_figure (measure, scope, by, key, span);
}

static void
compare_figure (KipMeasure       measure,
                const KipScope  *scope,
                KipBy            by,
                const KipFigure *figure)
{
  Reference reference = reference_of (measure, scope, by, figure->key, &figure->span);
  const char *key = kip_measure_info (measure)->key;

  if (figure->n != reference.n || isnan (figure->value) != isnan (reference.value)
      || (!isnan (figure->value) && fabs (figure->value - reference.value) > 1e-6))
    g_error ("%s by %d, key %d: %g of %u, should be %g of %u", key, by, (int) figure->key, figure->value, figure->n,
             reference.value, reference.n);
}

/* No group is missing: the keys are few. */
static void
check_groups (KipMeasure      measure,
              const KipScope *scope,
              KipBy           by,
              const GArray   *figures)
{
  for (KipId key = 0; key < 5 && by >= KIP_BY_AGENT; key++)
    {
      Reference reference = reference_of (measure, scope, by, key, &scope->range);
      gboolean found = FALSE;

      for (guint i = 0; i < figures->len; i++)
        found |= g_array_index (figures, KipFigure, i).key == key;
      g_assert_true (found || reference.n == 0);
    }
}

static void
compare_office (const KipScope *scope)
{
  for (guint m = 0; m < KIP_N_MEASURES; m++)
    for (KipBy by = KIP_BY_NOTHING; by <= KIP_BY_PRIORITY; by++)
      {
        g_autoptr (GArray) figures = kip_measure_compute ((KipMeasure) m, scope, by);

        for (guint i = 0; i < figures->len; i++)
          compare_figure ((KipMeasure) m, scope, by, &g_array_index (figures, KipFigure, i));
        check_groups ((KipMeasure) m, scope, by, figures);
      }
}

/* ---- the same figures by other ways ---- */

static void
assert_same (const GArray *ours,
             const GArray *theirs)
{
  g_assert_cmpuint (ours->len, ==, theirs->len);
  for (guint i = 0; i < ours->len; i++)
    {
      const KipFigure *a = &g_array_index (ours, KipFigure, i), *b = &g_array_index (theirs, KipFigure, i);

      g_assert_cmpuint (a->n, ==, b->n);
      g_assert_cmpuint (a->hits, ==, b->hits);
      g_assert_cmpuint (a->key, ==, b->key);
      g_assert_true ((isnan (a->value) && isnan (b->value)) || fabs (a->value - b->value) < 1e-9);
      g_assert_cmpstr (a->query, ==, b->query);
      g_assert_cmpstr (a->hit_query, ==, b->hit_query);
      g_assert_cmpstr (a->miss_query, ==, b->miss_query);
    }
}

/* What tiles and charts share is what each would have computed. */
static void
compare_book (const KipScope *scope,
              KipBy           by)
{
  KipFigureBook *book = kip_figure_book_new (scope);
  KipScope then = *scope;

  then.range = kip_range_shift (&scope->range, -1, scope->zone);
  kip_figure_book_expect (book, by, TRUE);
  for (guint m = 0; m < KIP_N_MEASURES; m++)
    for (guint i = 0; i < 4; i++)
      {
        KipBy each = i % 2 == 0 ? by : KIP_BY_NOTHING;
        g_autoptr (GArray) ours = kip_figure_book_get (book, scope, (KipMeasure) m, each, i >= 2);
        g_autoptr (GArray) theirs = kip_measure_compute ((KipMeasure) m, i >= 2 ? &then : scope, each);

        assert_same (ours, theirs);
      }
  kip_figure_book_free (book);
}

/* ---- targets ---- */

/* A week or month, so many before that of @now. */
static KipRange
reference_period (KipGoalPeriod period,
                  int           before,
                  KipInstant    now,
                  GTimeZone    *zone)
{
  g_autoptr (GDateTime) local = kip_instant_to_local (now, zone);
  int year = g_date_time_get_year (local), month = g_date_time_get_month (local), day = g_date_time_get_day_of_month (local);
  gboolean is_month = period == KIP_GOAL_MONTH;
  g_autoptr (GDateTime) today = g_date_time_new (zone, year, month, is_month ? 1 : day, 0, 0, 0);
  int monday = 1 - g_date_time_get_day_of_week (local);
  g_autoptr (GDateTime) from = is_month ? g_date_time_add_months (today, -before) : g_date_time_add_days (today, monday - 7 * before);
  g_autoptr (GDateTime) to = is_month ? g_date_time_add_months (from, 1) : g_date_time_add_days (from, 7);

  return (KipRange) { kip_instant_from_date_time (from), kip_instant_from_date_time (to) };
}

/* How many of the last six periods would have met it: each counted by itself. */
static void
compare_goal (Luck           *luck,
              const KipScope *scope,
              KipMeasure      measure)
{
  KipStudy study = { .scope = *scope, .zone = scope->zone };
  KipGoalPeriod period = below (luck, 2) ? KIP_GOAL_WEEK : KIP_GOAL_MONTH;
  KipBy by = below (luck, 3) == 0 ? KIP_BY_AGENT : below (luck, 2) ? KIP_BY_TEAM : KIP_BY_NOTHING;
  KipId key = by == KIP_BY_NOTHING ? KIP_ID_NONE : (KipId) (1 + below (luck, 2));
  KipGoalDirection direction = below (luck, 2) ? KIP_GOAL_AT_LEAST : KIP_GOAL_AT_MOST;
  double target = below (luck, 100);
  g_autoptr (GArray) past = kip_goal_past (&study, measure, by == KIP_BY_TEAM ? key : KIP_ID_NONE,
                                           by == KIP_BY_AGENT ? key : KIP_ID_NONE, period, scope->elapsed, 6);
  guint measured, met, all = 0, good = 0;

  kip_goal_count_met (past, direction, (gint64) (target * 1000), &measured, &met);
  for (int before = 1; before <= 6; before++)
    {
      KipRange span = reference_period (period, before, scope->now, scope->zone);
      KipInstant first = scope->now;
      Reference figure = reference_of (measure, scope, by, key, &span);
      gboolean is_count = kip_measure_info (measure)->unit == KIP_UNIT_COUNT && isnan (figure.value) && figure.n == 0;
      double value = is_count ? 0 : figure.value;

      for (guint i = 0; i < scope->table->n; i++)
        if (scope->mask == NULL || scope->mask[i])
          first = MIN (first, scope->table->received[i]);
      if (span.to <= first || isnan (value))
        continue;
      all++;
      good += direction == KIP_GOAL_AT_LEAST ? value >= target - 1e-9 : value <= target + 1e-9;
    }
  g_assert_cmpuint (measured, ==, all);
  g_assert_cmpuint (met, ==, good);
}

/* ---- tickets that change ---- */

static void
leave (const KipFactTable *table,
       guint               row,
       gpointer            data)
{
  kip_ledger_leave (data, row);
}

/* Figures of a ledger that was kept up to date are those of one that is made anew; asked
 * twice, as sums are kept. */
static void
compare_ledger (const KipScope *scope,
                KipLedger      *ledger)
{
  g_autoptr (KipLedger) fresh = kip_ledger_new (scope->table, scope->zone, scope->now, &scope->range);
  KipScope kept = *scope, anew = *scope;

  kept.ledger = ledger;
  anew.ledger = fresh;
  kip_scope_prepare (&kept);
  kip_scope_prepare (&anew);
  for (guint m = 0; m < KIP_N_MEASURES; m++)
    for (KipBy by = KIP_BY_NOTHING; by <= KIP_BY_PRIORITY; by++)
      {
        g_autoptr (GArray) ours = kip_measure_compute ((KipMeasure) m, &kept, by);
        g_autoptr (GArray) theirs = kip_measure_compute ((KipMeasure) m, &anew, by);

        assert_same (ours, theirs);
      }
  kip_scope_clear (&kept);
  kip_scope_clear (&anew);
}

/* Tickets change, leave and come, between questions. */
static void
change_ledger (Luck           *luck,
               KipFactTable   *table,
               const KipScope *scope)
{
  g_autoptr (KipLedger) ledger = kip_ledger_new (table, scope->zone, scope->now, NULL);
  g_autoptr (KipFactTable) news = kip_fact_table_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (KipId));
  KipScope all = *scope;

  all.mask = NULL;
  compare_ledger (&all, ledger);
  for (int i = below (luck, 5); i > 0; i--)
    {
      KipId id = (KipId) (1 + below (luck, 30));

      g_array_append_val (ids, id);
      add_ticket (luck, news);
      news->id[news->n - 1] = id;
    }
  kip_fact_table_renew (table, ids, news, leave, ledger);
  for (guint i = table->n - news->n; i < table->n; i++)
    kip_ledger_join (ledger, i);
  if (kip_ledger_fits (ledger, scope->zone, scope->now))
    compare_ledger (&all, ledger);
}

static void
try_office (guint32 seed)
{
  static const char *const zones[] = { "Asia/Ho_Chi_Minh", "Europe/Berlin", "America/New_York" };
  static const KipId easy[] = { 1, 3 };
  Luck luck = { g_rand_new_with_seed (seed), 0 };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zones[seed % G_N_ELEMENTS (zones)]);
  g_autoptr (KipFactTable) table = kip_fact_table_new ();
  g_autoptr (GHashTable) first_contact = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autofree guint8 *mask = NULL;
  g_autoptr (KipLedger) ledger = NULL;
  KipScope scope = { .table = table, .zone = zone, .first_contact = first_contact };
  int n;

  luck.epoch = kip_day_start (G_GINT64_CONSTANT (1772300000000), zone); /* late in February 2026 */
  n = below (&luck, 30);
  for (int i = 0; i < n; i++)
    add_ticket (&luck, table);
  mask = g_new0 (guint8, table->n + 1);
  for (guint i = 0; i < table->n; i++)
    mask[i] = below (&luck, 5) != 0;
  scope.mask = below (&luck, 2) ? mask : NULL;
  scope.elapsed = below (&luck, 2);
  scope.range.from = kip_day_start (luck.epoch + below (&luck, DAYS) * KIP_MS_PER_DAY, zone);
  scope.range.to = kip_day_start (scope.range.from + (1 + below (&luck, 50)) * KIP_MS_PER_DAY + 12 * KIP_MS_PER_HOUR, zone);
  scope.now = luck.epoch + some_time (&luck, DAYS + 10);
  for (guint i = 0; i < G_N_ELEMENTS (easy); i++)
    g_hash_table_add (first_contact, (gpointer) &easy[i]);
  if (seed % 16 > 0) /* as a study does; without one, each figure makes its own */
    {
      scope.ledger = ledger = kip_ledger_new (table, zone, scope.now, NULL);
      kip_scope_prepare (&scope);
    }
  compare_office (&scope);
  compare_book (&scope, (KipBy) (KIP_BY_DAY + seed % 3));
  for (guint m = 0; m < KIP_N_MEASURES; m++)
    compare_goal (&luck, &scope, (KipMeasure) m);
  kip_scope_clear (&scope);
  change_ledger (&luck, table, &scope);
  g_rand_free (luck.rand);
}

static void
test_random (void)
{
  const char *given = g_getenv ("KIP_SEED");
  guint32 first = given != NULL ? (guint32) strtoul (given, NULL, 10) : g_random_int ();
  guint n = given != NULL ? 1 : OFFICES;

  g_test_message ("seeds %u to %u; KIP_SEED tries one", first, first + n - 1);
  for (guint i = 0; i < n; i++)
    {
      g_test_message ("seed %u", first + i);
      try_office (first + i);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kpi/reference", test_random);
  return g_test_run ();
}
