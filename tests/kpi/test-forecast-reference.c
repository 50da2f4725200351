/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The forecast beside what kip-forecast.h says in words, done slowly: every number is
 * counted anew from all tickets, and days are told by a calendar of our own. */

#include "desk-fixtures.h"
#include "kip-forecast.h"

#include <math.h>
#include <stdlib.h>

#define FORECASTS 40
#define MOST_DAYS (400 + KIP_FORECAST_AHEAD)
#define EPSILON 1e-6

/* ---- the slow way ---- */

typedef struct
{
  const KipFactTable *table;
  KipInstant now, first, today; /* midnights of the first day of history and of today */
  int   n;                      /* days of history */
  int   kinds[MOST_DAYS], off[MOST_DAYS];
  guint came[MOST_DAYS], open[MOST_DAYS]; /* received on a day, open at its beginning */
} Office;

static KipInstant
midnight (const Office *office,
          int           day)
{
  return office->first + day * KIP_MS_PER_DAY;
}

/* The calendar of the fixtures: Mon–Fri 8–12 and 13–17, three holidays. */
static gint64
work_until (KipInstant midnight_of_day,
            KipInstant at)
{
  static const char *const holidays[] = { "2026-04-27 00:00", "2026-04-30 00:00", "2026-05-01 00:00" };
  static const int opens[] = { 8, 13 }, closes[] = { 12, 17 };
  gint64 weekday = ((midnight_of_day + 7 * KIP_MS_PER_HOUR) / KIP_MS_PER_DAY + 3) % 7, sum = 0;

  for (guint i = 0; i < G_N_ELEMENTS (holidays); i++)
    if (fixture_instant (holidays[i]) == midnight_of_day)
      return 0;
  for (guint i = 0; weekday < 5 && i < G_N_ELEMENTS (opens); i++)
    sum += CLAMP (at - midnight_of_day - opens[i] * KIP_MS_PER_HOUR, 0, (closes[i] - opens[i]) * KIP_MS_PER_HOUR);
  return sum;
}

static guint
count_received (const KipFactTable *table,
                KipInstant          from,
                KipInstant          to)
{
  guint n = 0;

  for (guint i = 0; i < table->n; i++)
    n += table->received[i] >= from && table->received[i] < to;
  return n;
}

static guint
count_open (const KipFactTable *table,
            KipInstant          at)
{
  guint n = 0;

  for (guint i = 0; i < table->n; i++)
    {
      gboolean open = table->received[i] < at;

      for (guint r = table->first_resolution[i]; r < table->first_resolution[i] + table->n_resolutions[i]; r++)
        {
          const KipFactResolution *resolution = &g_array_index (table->resolutions, KipFactResolution, r);

          if (resolution->at < at)
            open = resolution->reopened != KIP_INSTANT_NONE && resolution->reopened < at;
        }
      n += open;
    }
  return n;
}

static void
find_kinds (Office *office)
{
  int n_days = office->n + KIP_FORECAST_AHEAD, off_days[7] = { 0 }, days[7] = { 0 };

  for (int i = 0; i < n_days; i++)
    {
      int weekday = (int) (((midnight (office, i) + 7 * KIP_MS_PER_HOUR) / KIP_MS_PER_DAY + 3) % 7);

      office->off[i] = work_until (midnight (office, i), midnight (office, i + 1)) == 0;
      office->kinds[i] = weekday;
      days[weekday]++;
      off_days[weekday] += office->off[i];
    }
  for (int i = 0; i < n_days; i++)
    {
      gboolean usually_off = 2 * off_days[office->kinds[i]] > days[office->kinds[i]];

      if (office->off[i] && !usually_off)
        office->kinds[i] = 7;
      else if (!office->off[i] && usually_off)
        office->kinds[i] = 8;
    }
}

static void
look_back (Office             *office,
           const KipFactTable *table,
           KipInstant          now,
           KipInstant          today)
{
  KipInstant earliest = G_MAXINT64;

  for (guint i = 0; i < table->n; i++)
    earliest = MIN (earliest, table->received[i]);
  *office = (Office) { table, now, today, today };
  while (office->first > earliest)
    office->first -= KIP_MS_PER_DAY;
  office->n = (int) ((today - office->first) / KIP_MS_PER_DAY);
  g_assert_cmpint (office->n + KIP_FORECAST_AHEAD, <, MOST_DAYS);
  for (int i = 0; i <= office->n; i++)
    {
      office->came[i] = count_received (table, midnight (office, i), MIN (midnight (office, i + 1), now));
      office->open[i] = count_open (table, midnight (office, i));
    }
  find_kinds (office);
}

/* What a day brings, and how many more are open after it, as known when day @before began. */
static void
expect (const Office *office,
        int           day,
        int           before,
        double       *came,
        double       *more)
{
  int same[8], n = 0, days = MIN (before, 56);
  double sum = 0, net = 0, largest = 0, second = 0;

  for (int pass = 0; pass < 2 && n < 3; pass++)
    {
      n = 0;
      for (int i = before - 1; i >= 0 && n < 8; i--)
        if (pass == 0 ? office->kinds[i] == office->kinds[day] : office->off[i] == office->off[day])
          same[n++] = i;
    }
  for (int i = 0; i < n; i++)
    {
      double each = office->came[same[i]];

      sum += each;
      net += (double) office->open[same[i] + 1] - office->open[same[i]];
      second = each > largest ? largest : MAX (second, each);
      largest = MAX (largest, each);
    }
  if (n > 1 && largest > 2 * second + 3)
    sum += 2 * second + 3 - largest;
  *came = n > 0 ? sum / n : 0;
  *more = (n > 0 ? net / n : 0) - 0.5 * ((double) office->open[before] - office->open[before - days]) / days;
}

/* ---- errors ---- */

typedef struct
{
  double *errors; /* (owned) */
  int     n;
} Errors;

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
band (Errors *errors,
      double  n_new,
      double *low,
      double *high)
{
  int rank = (int) ceil (MIN (1, 0.9 * (n_new + 1) / n_new) * errors->n);

  *low = *high = 0;
  if (errors->n == 0)
    return;
  rank = CLAMP (rank, 1, errors->n);
  qsort (errors->errors, (gsize) errors->n, sizeof (double), compare);
  *high = MAX (errors->errors[rank - 1], 0);
  *low = MIN (errors->errors[errors->n - rank], 0);
}

/* Of arrivals of days like @off, or (-1) of the open ones @ahead days later. */
static Errors
try_all (const Office *office,
         int           off,
         int           ahead,
         int          *n_trials)
{
  Errors errors = { g_new (double, 365 * KIP_FORECAST_AHEAD + 1), 0 };

  *n_trials = 0;
  for (int from = MAX (28, office->n - 365); from < office->n; from++, (*n_trials)++)
    {
      double open = office->open[from];

      for (int i = 0; i < KIP_FORECAST_AHEAD && from + i < office->n; i++)
        {
          double came, more;

          expect (office, from + i, from, &came, &more);
          open = MAX (open + more, 0);
          if (off == office->off[from + i])
            errors.errors[errors.n++] = (office->came[from + i] - came) / sqrt (MAX (came, 1));
          else if (off < 0 && i == ahead)
            errors.errors[errors.n++] = office->open[from + i + 1] - open;
        }
    }
  return errors;
}

/* ---- beside each other ---- */

/* Whole tickets of @exact; what lies between two of them may be either. */
static void
assert_rounded (double got,
                double exact,
                double least)
{
  g_assert_cmpfloat (got, >=, least);
  if (exact > least)
    g_assert_cmpfloat (fabs (got - exact), <=, 0.5 + EPSILON);
  else
    g_assert_cmpfloat (got - least, <=, 0.5 + EPSILON);
}

static void
compare_arrivals (const Office         *office,
                  const KipForecastDay *day,
                  double                came,
                  double                part)
{
  double low, high, scale = sqrt (MAX (came, 1)) * sqrt (part);
  int n_trials;
  Errors errors = try_all (office, day->is_off, 0, &n_trials);

  band (&errors, n_trials, &low, &high);
  g_assert_cmpfloat_with_epsilon (day->arrivals, day->arrived + part * came, EPSILON);
  assert_rounded (day->arrivals_low, day->arrivals + low * scale, day->arrived);
  assert_rounded (day->arrivals_high, day->arrivals + high * scale, day->arrived);
  g_free (errors.errors);
}

static void
compare_open (const Office      *office,
              const KipForecast *forecast,
              int                ahead,
              double             part)
{
  const KipForecastDay *day = &g_array_index (forecast->days, KipForecastDay, ahead);
  const KipForecastDay *before = ahead > 0 ? day - 1 : NULL;
  double low, high;
  int n_trials;
  Errors errors = try_all (office, -1, ahead, &n_trials);

  band (&errors, n_trials / (ahead + 1.0), &low, &high);
  low *= sqrt (part);
  high *= sqrt (part);
  if (before != NULL)
    {
      low = MIN (low, before->open_low - before->open + 0.5);
      high = MAX (high, before->open_high - before->open - 0.5);
    }
  assert_rounded (day->open_low, day->open + low, 0);
  assert_rounded (day->open_high, day->open + high, 0);
  g_free (errors.errors);
}

static double
part_of_today (const Office *office)
{
  KipInstant end = office->today + KIP_MS_PER_DAY;
  gint64 whole = work_until (office->today, end);

  if (whole == 0)
    return (double) (end - office->now) / (double) KIP_MS_PER_DAY;
  return (double) (whole - work_until (office->today, office->now)) / (double) whole;
}

static void
compare_all (const Office      *office,
             const KipForecast *forecast)
{
  double open = count_open (office->table, office->now);

  g_assert_cmpuint (forecast->n_days, ==, (guint) office->n);
  g_assert_cmpuint (forecast->n_tickets, ==, count_received (office->table, office->first, office->today));
  for (int ahead = 0; ahead < (int) forecast->days->len; ahead++)
    {
      const KipForecastDay *day = &g_array_index (forecast->days, KipForecastDay, ahead);
      double part = ahead == 0 ? part_of_today (office) : 1, came, more;

      expect (office, office->n + ahead, office->n, &came, &more);
      open = MAX (open + part * more, 0);
      g_assert_cmpint (day->is_off, ==, office->off[office->n + ahead]);
      g_assert_cmpuint (day->arrived, ==, ahead == 0 ? office->came[office->n] : 0);
      g_assert_cmpfloat_with_epsilon (day->open, open, EPSILON);
      compare_arrivals (office, day, came, part);
      compare_open (office, forecast, ahead, part);
    }
}

/* ---- random offices ---- */

/* Some come back, some are not resolved. */
static void
add_ticket (KipFactTable *table,
            GRand        *rand,
            KipInstant    received,
            KipInstant    now)
{
  KipFact fact;
  KipInstant at = received;

  kip_fact_init (&fact);
  fact.received = received;
  fact.id = table->n + 1;
  fact.number = KIP_TICKET_NUMBER (1, table->n + 1);
  fact.resolutions = g_array_new (FALSE, FALSE, sizeof (KipFactResolution));
  for (gboolean open = TRUE; open;)
    {
      KipFactResolution resolution = { at + g_rand_int_range (rand, 1, 4 * 24 * 60) * KIP_MS_PER_MINUTE, KIP_INSTANT_NONE, 1, 0 };

      open = g_rand_int_range (rand, 0, 8) == 0;
      if (resolution.at >= now)
        break;
      at = resolution.at + g_rand_int_range (rand, 1, 2 * 24 * 60) * KIP_MS_PER_MINUTE;
      open = open && at < now;
      resolution.reopened = open ? at : KIP_INSTANT_NONE;
      g_array_append_val (fact.resolutions, resolution);
    }
  kip_fact_table_add (table, &fact);
  g_array_unref (fact.resolutions);
}

static KipFactTable *
random_table (GRand     *rand,
              KipInstant begin,
              KipInstant now)
{
  KipFactTable *table = kip_fact_table_new ();
  int most = g_rand_int_range (rand, 1, 9);

  for (KipInstant day = begin; day < now; day += KIP_MS_PER_DAY)
    {
      int n = g_rand_int_range (rand, 0, most + 1) * (g_rand_int_range (rand, 0, 40) == 0 ? 6 : 1);

      for (int i = 0; i < n; i++)
        {
          KipInstant at = day + g_rand_int_range (rand, 0, 24 * 60) * KIP_MS_PER_MINUTE;

          if (at < now)
            add_ticket (table, rand, at, now);
        }
    }
  return table;
}

/* FALSE: of too little nothing was forecast. */
static gboolean
try_office (GRand         *rand,
            KipAgreements *agreements,
            GTimeZone     *zone)
{
  KipInstant today = fixture_instant ("2026-04-20 00:00") + g_rand_int_range (rand, 0, 16) * KIP_MS_PER_DAY;
  KipInstant now = today + g_rand_int_range (rand, 0, 24 * 60) * KIP_MS_PER_MINUTE;
  g_autoptr (KipFactTable) table = random_table (rand, today - g_rand_int_range (rand, 40, 200) * KIP_MS_PER_DAY, now);
  KipScope scope = { .table = table, .now = now, .zone = zone };
  g_autoptr (KipForecast) forecast = kip_forecast_new (&scope, kip_agreements_get_office_calendar (agreements));
  g_autofree Office *office = g_new (Office, 1);

  look_back (office, table, now, today);
  compare_all (office, forecast);
  return forecast->days->len > 0;
}

static void
test_agrees (void)
{
  const char *set = g_getenv ("KIP_SEED");
  guint32 seed = set != NULL ? (guint32) strtoul (set, NULL, 10) : g_random_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (KipAgreements) agreements = desk_usual_agreements ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Ho_Chi_Minh");

  g_test_message ("KIP_SEED=%u", seed);
  for (guint n = 0; n < FORECASTS;)
    n += try_office (rand, agreements, zone);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forecast-reference/agrees", test_agrees);
  return g_test_run ();
}
