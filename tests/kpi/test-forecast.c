/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The forecast: a week that repeats is repeated, a holiday is foreseen, little is
 * known of thin data; and in random offices the band holds what it promises. */

#include "desk-fixtures.h"
#include "kip-forecast.h"
#include "kip-outlook.h"

#include <math.h>
#include <stdlib.h>

/* Mon–Fri 8–12 and 13–17, holidays 27 and 30 April and 1 May 2026. */
#define HISTORY_FROM "2025-10-06 00:00"

typedef struct
{
  KipFactTable *table;
  GTimeZone    *zone;
  KipAgreements *agreements;
  KipScope      scope;
} Office;

static void
office_init (Office     *office,
             const char *now)
{
  office->table = kip_fact_table_new ();
  office->zone = g_time_zone_new_identifier ("Asia/Ho_Chi_Minh");
  office->agreements = desk_usual_agreements ();
  office->scope = (KipScope) { .table = office->table, .now = fixture_instant (now), .zone = office->zone };
}

static void
office_clear (Office *office)
{
  kip_fact_table_unref (office->table);
  g_time_zone_unref (office->zone);
  kip_agreements_unref (office->agreements);
}

static KipForecast *
look (Office *office)
{
  return kip_forecast_new (&office->scope, kip_agreements_get_office_calendar (office->agreements));
}

/* @stays: how long it is open, in ms; −1: still is. */
static void
add_ticket (Office    *office,
            KipInstant received,
            gint64     stays)
{
  KipFact fact;
  KipFactResolution resolution = { received + stays, KIP_INSTANT_NONE, 1, 0 };

  kip_fact_init (&fact);
  fact.received = received;
  fact.id = office->table->n + 1;
  fact.number = KIP_TICKET_NUMBER (1, office->table->n + 1);
  fact.resolutions = g_array_new (FALSE, FALSE, sizeof (KipFactResolution));
  if (stays >= 0)
    g_array_append_val (fact.resolutions, resolution);
  kip_fact_table_add (office->table, &fact);
  g_array_unref (fact.resolutions);
}

static const KipForecastDay *
day_at (const KipForecast *forecast,
        guint              i)
{
  return &g_array_index (forecast->days, KipForecastDay, i);
}

static int
weekday_of (KipInstant at)
{
  return (int) (((at + 7 * KIP_MS_PER_HOUR) / KIP_MS_PER_DAY + 3) % 7);
}

/* Mon 9, Tue 8 … Fri 5, at 9:00, each open for an hour; nothing at weekends. */
static void
add_regular_days (Office     *office,
                  const char *from,
                  const char *to)
{
  for (KipInstant day = fixture_instant (from); day < fixture_instant (to); day += KIP_MS_PER_DAY)
    for (int i = weekday_of (day); i < 9 && weekday_of (day) < 5; i++)
      add_ticket (office, day + 9 * KIP_MS_PER_HOUR, KIP_MS_PER_HOUR);
}

/* Wed 18 Mar at midnight: what was always so goes on, with hardly any band. */
static void
test_repeats (void)
{
  static const int expected[KIP_FORECAST_AHEAD] = { 7, 6, 5, 0, 0, 9, 8, 7, 6, 5, 0, 0, 9, 8 };
  Office office;
  g_autoptr (KipForecast) forecast = NULL;

  office_init (&office, "2026-03-18 00:00");
  add_regular_days (&office, HISTORY_FROM, "2026-03-18 00:00");
  forecast = look (&office);
  g_assert_cmpuint (forecast->days->len, ==, KIP_FORECAST_AHEAD);
  g_assert_cmpuint (forecast->n_days, ==, 163);
  g_assert_cmpuint (forecast->n_trials, ==, 163 - 28);
  for (guint i = 0; i < KIP_FORECAST_AHEAD; i++)
    {
      const KipForecastDay *day = day_at (forecast, i);

      g_assert_cmpfloat_with_epsilon (day->arrivals, expected[i], 1e-9);
      g_assert_cmpfloat (day->arrivals_low, ==, expected[i]);
      g_assert_cmpfloat (day->arrivals_high, ==, expected[i]);
      g_assert_cmpfloat_with_epsilon (day->open, 0, 1e-9);
      g_assert_cmpint (day->is_off, ==, expected[i] == 0);
    }
  office_clear (&office);
}

/* Fri 24 Apr: Mon 27 Apr is a holiday.  The only one known, 1 Jan … none here, so it
 * is taken for any day off: nothing comes.  Tue is a Tuesday again. */
static void
test_holiday (void)
{
  Office office;
  g_autoptr (KipForecast) forecast = NULL;

  office_init (&office, "2026-04-24 00:00");
  add_regular_days (&office, HISTORY_FROM, "2026-04-24 00:00");
  forecast = look (&office);
  g_assert_cmpfloat_with_epsilon (day_at (forecast, 0)->arrivals, 5, 1e-9);
  g_assert_true (day_at (forecast, 3)->is_off);
  g_assert_cmpfloat_with_epsilon (day_at (forecast, 3)->arrivals, 0, 1e-9);
  g_assert_cmpfloat_with_epsilon (day_at (forecast, 4)->arrivals, 8, 1e-9);
  g_assert_true (day_at (forecast, 6)->is_off);
  g_assert_true (day_at (forecast, 7)->is_off);
  office_clear (&office);
}

/* Wed 18 Mar, 13:00: half of the working day is over and all seven have come.
 * 3 ½ more: a Wednesday brings 7.  Until Thu 9:00 an eighth of Thursday's 6 more. */
static void
test_in_the_day (void)
{
  Office office;
  g_autoptr (KipForecast) forecast = NULL;
  KipCalendar *calendar;

  office_init (&office, "2026-03-18 13:00");
  add_regular_days (&office, HISTORY_FROM, "2026-03-19 00:00");
  forecast = look (&office);
  calendar = kip_agreements_get_office_calendar (office.agreements);
  g_assert_cmpuint (day_at (forecast, 0)->arrived, ==, 7);
  g_assert_cmpfloat_with_epsilon (day_at (forecast, 0)->arrivals, 10.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (kip_forecast_until (forecast, calendar, office.scope.now, fixture_instant ("2026-03-19 09:00")),
                                  3.5 + 6 / 8.0, 1e-9);
  office_clear (&office);
}

/* One day of a hundred tickets is no new habit: eight Wednesdays of 7 but for one of
 * 107, which counts as 2 × 7 + 3. */
static void
test_burst (void)
{
  Office office;
  g_autoptr (KipForecast) forecast = NULL;

  office_init (&office, "2026-03-18 00:00");
  add_regular_days (&office, HISTORY_FROM, "2026-03-18 00:00");
  for (int i = 0; i < 100; i++)
    add_ticket (&office, fixture_instant ("2026-02-25 10:00"), KIP_MS_PER_HOUR);
  forecast = look (&office);
  g_assert_cmpfloat_with_epsilon (day_at (forecast, 0)->arrivals, (7 * 7 + 17) / 8.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (day_at (forecast, 1)->arrivals, 6, 1e-9);
  office_clear (&office);
}

/* Two more stay open every Monday: 2 a week, half of which is expected to go on. */
static void
test_trend (void)
{
  Office office;
  g_autoptr (KipForecast) forecast = NULL;
  KipInstant begin = fixture_instant (HISTORY_FROM), now = fixture_instant ("2026-03-16 00:00");

  office_init (&office, "2026-03-16 00:00");
  add_regular_days (&office, HISTORY_FROM, "2026-03-16 00:00");
  for (KipInstant day = begin; day < now; day += 7 * KIP_MS_PER_DAY)
    {
      add_ticket (&office, day, -1);
      add_ticket (&office, day, -1);
    }
  forecast = look (&office);
  g_assert_cmpfloat_with_epsilon (day_at (forecast, 13)->open - 46, 2, 1e-9);
  g_assert_cmpfloat (day_at (forecast, 13)->open_low, <=, 48);
  g_assert_cmpfloat (day_at (forecast, 13)->open_high, >=, 50);
  office_clear (&office);
}

static void
test_thin (void)
{
  static const struct
  {
    const char *from;
    guint       every; /* one ticket so many days */
    gboolean    enough;
  } cases[] = {
    { "2026-03-17 09:00", 1, FALSE },
    { "2026-01-22 09:00", 1, FALSE }, /* 55 days */
    { "2026-01-21 09:00", 1, TRUE },
    { "2026-01-21 09:00", 2, FALSE }, /* 28 tickets */
    { HISTORY_FROM, 9, FALSE },       /* 19 tickets */
    { HISTORY_FROM, 5, TRUE },        /* 33 */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Office office;
      g_autoptr (KipForecast) forecast = NULL;
      g_autofree char *why_not = NULL;

      office_init (&office, "2026-03-18 08:00");
      for (KipInstant at = fixture_instant (cases[i].from); at < office.scope.now; at += cases[i].every * KIP_MS_PER_DAY)
        add_ticket (&office, at, KIP_MS_PER_HOUR);
      forecast = look (&office);
      why_not = kip_forecast_why_not (forecast);
      g_test_message ("case %u: %u tickets in %u days: %s", i, forecast->n_tickets, forecast->n_days, why_not);
      g_assert_cmpuint (forecast->days->len, ==, cases[i].enough ? KIP_FORECAST_AHEAD : 0);
      g_assert_cmpint (why_not == NULL, ==, cases[i].enough);
      office_clear (&office);
    }
}

static void
test_nothing (void)
{
  Office office;
  g_autoptr (KipForecast) forecast = NULL;

  office_init (&office, "2026-03-18 08:00");
  forecast = look (&office);
  g_assert_cmpuint (forecast->days->len, ==, 0);
  g_assert_cmpuint (forecast->n_days, ==, 0);
  office_clear (&office);
}

/* ---- random offices ---- */

#define OFFICES 60

/* Knuth's way: how many exponential waits fit into one unit of time. */
static guint
poisson (GRand *rand,
         double mean)
{
  double product = 1;
  guint n = 0;

  while (mean > 0 && (product *= g_rand_double (rand)) > exp (-mean))
    n++;
  return n;
}

/* A level, a week of its own, days on which all goes wrong, and a slow drift. */
static void
add_random_days (Office    *office,
                 GRand     *rand,
                 KipInstant begin,
                 KipInstant end)
{
  KipCalendar *calendar = kip_agreements_get_office_calendar (office->agreements);
  double level = g_rand_double_range (rand, 1, 40), drift = g_rand_double_range (rand, -0.001, 0.001), week[7];

  for (guint i = 0; i < 7; i++)
    week[i] = g_rand_double_range (rand, 0.5, 1.5);
  for (KipInstant day = begin; day < end; day += KIP_MS_PER_DAY)
    {
      gboolean works = kip_calendar_between (calendar, day, day + KIP_MS_PER_DAY) > 0;
      double mean = level * (works ? week[weekday_of (day)] : 0.05);

      level *= 1 + drift;
      if (g_rand_int_range (rand, 0, 60) == 0)
        mean *= 3;
      for (guint n = poisson (rand, mean); n > 0; n--)
        {
          KipInstant at = day + g_rand_int_range (rand, 8 * 60, 17 * 60) * KIP_MS_PER_MINUTE;

          add_ticket (office, at, (gint64) (-log (1 - g_rand_double (rand)) * 2 * (double) KIP_MS_PER_DAY));
        }
    }
}

static guint
count_arrivals (const Office   *office,
                const KipRange *span)
{
  guint n = 0;

  for (guint i = 0; i < office->table->n; i++)
    n += office->table->received[i] >= span->from && office->table->received[i] < span->to;
  return n;
}

static guint
count_open (const Office *office,
            KipInstant    at)
{
  guint n = 0;

  for (guint i = 0; i < office->table->n; i++)
    n += office->table->received[i] < at
         && g_array_index (office->table->resolutions, KipFactResolution, office->table->first_resolution[i]).at >= at;
  return n;
}

typedef struct
{
  guint  n, arrivals_in, open_in;
  double widths, arrivals; /* summed */
} Coverage;

static void
try_office (GRand    *rand,
            Coverage *coverage)
{
  Office office;
  g_autoptr (KipForecast) forecast = NULL;
  KipInstant now = fixture_instant ("2026-04-20 00:00");
  KipInstant begin = now - g_rand_int_range (rand, 70, 400) * KIP_MS_PER_DAY;

  office_init (&office, "2026-04-20 00:00");
  add_random_days (&office, rand, begin, now + 15 * KIP_MS_PER_DAY);
  forecast = look (&office);
  for (guint i = 0; i < forecast->days->len; i++)
    {
      const KipForecastDay *day = day_at (forecast, i);
      guint arrivals = count_arrivals (&office, &day->span), open = count_open (&office, day->span.to);

      coverage->n++;
      coverage->arrivals_in += arrivals >= day->arrivals_low && arrivals <= day->arrivals_high;
      coverage->open_in += open >= day->open_low && open <= day->open_high;
      coverage->widths += day->arrivals_high - day->arrivals_low;
      coverage->arrivals += arrivals;
      /* The band is of whole tickets, what is expected is not. */
      g_assert_cmpfloat (day->arrivals_low, <=, day->arrivals + 0.5);
      g_assert_cmpfloat (day->arrivals_high, >=, day->arrivals - 0.5);
      g_assert_cmpfloat (day->open_low, <=, day->open + 0.5);
      g_assert_cmpfloat (day->open_high, >=, day->open - 0.5);
    }
  office_clear (&office);
}

/* 8 of 10 are promised.  60 offices of 14 days, of which the open ones of an office
 * hang together: three standard deviations of 60 are 0.15. */
static void
test_coverage (void)
{
  const char *set = g_getenv ("KIP_SEED");
  guint32 seed = set != NULL ? (guint32) strtoul (set, NULL, 10) : g_random_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  Coverage coverage = { 0 };
  double arrivals, open;

  g_test_message ("KIP_SEED=%u", seed);
  for (guint i = 0; i < OFFICES; i++)
    try_office (rand, &coverage);
  g_assert_cmpuint (coverage.n, >=, OFFICES / 2 * KIP_FORECAST_AHEAD);
  arrivals = (double) coverage.arrivals_in / coverage.n;
  open = (double) coverage.open_in / coverage.n;
  g_test_message ("%u days: arrivals in the band %.3f, open %.3f; mean width %.1f of %.1f arrivals", coverage.n, arrivals, open,
                  coverage.widths / coverage.n, coverage.arrivals / coverage.n);
  g_assert_cmpfloat (arrivals, >=, 0.75);
  g_assert_cmpfloat (arrivals, <=, 0.95);
  g_assert_cmpfloat (open, >=, 0.65);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forecast/repeats", test_repeats);
  g_test_add_func ("/forecast/holiday", test_holiday);
  g_test_add_func ("/forecast/in-the-day", test_in_the_day);
  g_test_add_func ("/forecast/burst", test_burst);
  g_test_add_func ("/forecast/trend", test_trend);
  g_test_add_func ("/forecast/thin", test_thin);
  g_test_add_func ("/forecast/nothing", test_nothing);
  g_test_add_func ("/forecast/coverage", test_coverage);
  return g_test_run ();
}
