/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-forecast.h"

#include <math.h>
#include <stdlib.h>

#define MOST_TRIALS 365
#define FIRST_FIT 28    /* days of history before the first trial */
#define SAME 8          /* days of a kind that are averaged */
#define LEAST_SAME 3    /* of a rare kind; else it is taken for any day worked, or off */
#define TREND_DAYS 56
#define DAMPED 0.5
#define OUTSIDE 0.1     /* on either side of the band */

enum
{
  /* 0–6: a weekday as it usually is */
  KIND_OFF = 7,  /* usually worked */
  KIND_WORKED,   /* usually off */
  N_KINDS
};

/* History and the days ahead, one after the other. */
typedef struct
{
  guint   n;        /* whole days of history; n … n + KIP_FORECAST_AHEAD − 1 lie ahead */
  GArray *cuts;     /* (owned) of KipInstant: midnights, one more than days */
  guint8 *kinds;    /* (owned) */
  guint8 *off;      /* (owned) */
  guint  *arrivals; /* (owned) of history and today so far */
  GArray *open;     /* (owned) of guint: at each cut up to the n-th, and now */
} Past;

static void
past_clear (Past *past)
{
  g_clear_pointer (&past->cuts, g_array_unref);
  g_clear_pointer (&past->open, g_array_unref);
  g_free (past->kinds);
  g_free (past->off);
  g_free (past->arrivals);
}

/* ---- days ---- */

static KipInstant
cut (const Past *past,
     guint       day)
{
  return g_array_index (past->cuts, KipInstant, day);
}

static void
make_days (Past             *past,
           const KipScope   *scope,
           const KipHistory *history)
{
  KipRange ahead = { history->today, kip_range_last_days (1, scope->now, scope->zone).to };

  ahead = kip_range_shift (&ahead, KIP_FORECAST_AHEAD - 1, scope->zone);
  ahead.from = g_array_index (history->cuts, KipInstant, 0);
  past->cuts = kip_range_cut (&ahead, KIP_BY_DAY, scope->zone);
  past->n = history->n;
}

/* A weekday is usually what most of its days are. */
static void
find_kinds (Past        *past,
            KipCalendar *calendar)
{
  guint days = past->cuts->len - 1;
  int usually_off[7] = { 0 };

  past->kinds = g_new0 (guint8, days);
  past->off = g_new0 (guint8, days);
  for (guint i = 0; i < days; i++)
    {
      int weekday = kip_day_weekday (kip_calendar_local_day (calendar, cut (past, i)));

      past->off[i] = kip_calendar_between (calendar, cut (past, i), cut (past, i + 1)) == 0;
      past->kinds[i] = (guint8) weekday;
      usually_off[weekday] += past->off[i] ? 1 : -1;
    }
  for (guint i = 0; i < days; i++)
    if (past->off[i] != (usually_off[past->kinds[i]] > 0))
      past->kinds[i] = past->off[i] ? KIND_OFF : KIND_WORKED;
}

static gboolean
is_today (const KipScope *scope,
          KipInstant      today,
          KipInstant      at)
{
  return at >= today && at < scope->now;
}

/* Of the part of today that has passed. */
static void
count_today (const KipScope *scope,
             KipInstant      today,
             guint          *arrived,
             guint          *open)
{
  const KipFactTable *table = scope->table;
  g_autoptr (GArray) living = kip_scope_living (scope, today);

  for (guint l = 0; l < living->len; l++)
    {
      guint i = g_array_index (living, guint, l);

      *arrived += is_today (scope, today, table->received[i]);
      *open += is_today (scope, today, table->received[i]);
      for (guint r = table->first_resolution[i]; r < KIP_FACT_END (table, resolutions, first_resolution, i); r++)
        {
          const KipFactResolution *resolution = &g_array_index (table->resolutions, KipFactResolution, r);

          *open -= is_today (scope, today, resolution->at);
          *open += is_today (scope, today, resolution->reopened);
        }
    }
}

static void
count_days (Past             *past,
            const KipScope   *scope,
            const KipHistory *history)
{
  guint open = 0;

  past->arrivals = g_new0 (guint, past->cuts->len);
  past->open = g_array_sized_new (FALSE, FALSE, sizeof (guint), past->n + 2);
  for (guint i = 0; i <= past->n; i++)
    {
      open += (guint) history->steps[i];
      g_array_append_val (past->open, open);
      if (i < past->n)
        past->arrivals[i] = history->arrivals[i];
    }
  count_today (scope, history->today, &past->arrivals[past->n], &open);
  g_array_append_val (past->open, open);
}

/* ---- what a day brings ---- */

/* The days before @before that say what @day will be like, the latest first. */
static guint
find_same (const Past *past,
           guint       day,
           guint       before,
           guint      *same)
{
  guint n = 0;

  for (guint i = before; i > 0 && n < SAME; i--)
    if (past->kinds[i - 1] == past->kinds[day])
      same[n++] = i - 1;
  if (n >= LEAST_SAME)
    return n;
  n = 0;
  for (guint i = before; i > 0 && n < SAME; i--)
    if (past->off[i - 1] == past->off[day])
      same[n++] = i - 1;
  return n;
}

static double
mean_arrivals (const Past  *past,
               const guint *same,
               guint        n)
{
  guint largest = 0, second = 0;
  double sum = 0;

  for (guint i = 0; i < n; i++)
    {
      guint each = past->arrivals[same[i]];

      sum += each;
      second = MAX (second, MIN (largest, each));
      largest = MAX (largest, each);
    }
  if (n > 1 && largest > 2 * second + 3)
    sum -= largest - (2 * second + 3);
  return n > 0 ? sum / n : 0;
}

static double
net_of (const Past *past,
        guint       day)
{
  return (double) g_array_index (past->open, guint, day + 1) - g_array_index (past->open, guint, day);
}

static double
mean_net (const Past  *past,
          const guint *same,
          guint        n)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += net_of (past, same[i]);
  return n > 0 ? sum / n : 0;
}

static double
trend (const Past *past,
       guint       before)
{
  guint days = MIN (before, TREND_DAYS);

  return days > 0 ? ((double) g_array_index (past->open, guint, before) - g_array_index (past->open, guint, before - days)) / days : 0;
}

/* A day as seen from the beginning of day @before. */
static void
expect (const Past *past,
        guint       day,
        guint       before,
        double     *arrivals,
        double     *net)
{
  guint same[SAME];
  guint n = find_same (past, day, before, same);

  *arrivals = mean_arrivals (past, same, n);
  *net = mean_net (past, same, n) - (1 - DAMPED) * trend (past, before);
}

/* ---- its errors ---- */

typedef struct
{
  GArray *arrivals[2];                /* (owned) of double: of days worked, and off */
  GArray *open[KIP_FORECAST_AHEAD];   /* (owned) of double */
  guint   n_trials;
} Errors;

static void
errors_init (Errors *errors)
{
  for (guint i = 0; i < 2; i++)
    errors->arrivals[i] = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < KIP_FORECAST_AHEAD; i++)
    errors->open[i] = g_array_new (FALSE, FALSE, sizeof (double));
  errors->n_trials = 0;
}

static void
errors_clear (Errors *errors)
{
  for (guint i = 0; i < 2; i++)
    g_array_unref (errors->arrivals[i]);
  for (guint i = 0; i < KIP_FORECAST_AHEAD; i++)
    g_array_unref (errors->open[i]);
}

static double
spread (double expected)
{
  return sqrt (MAX (expected, 1));
}

static void
try_from (const Past *past,
          guint       from,
          Errors     *errors)
{
  double open = g_array_index (past->open, guint, from);

  for (guint ahead = 0; ahead < KIP_FORECAST_AHEAD && from + ahead < past->n; ahead++)
    {
      guint day = from + ahead;
      double arrivals, net, error;

      expect (past, day, from, &arrivals, &net);
      open = MAX (open + net, 0);
      error = (past->arrivals[day] - arrivals) / spread (arrivals);
      g_array_append_val (errors->arrivals[past->off[day]], error);
      error = g_array_index (past->open, guint, day + 1) - open;
      g_array_append_val (errors->open[ahead], error);
    }
  errors->n_trials++;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
try_all (const Past *past,
         Errors     *errors)
{
  guint first = MAX (FIRST_FIT, past->n > MOST_TRIALS ? past->n - MOST_TRIALS : 0);

  for (guint from = first; from < past->n; from++)
    try_from (past, from, errors);
  for (guint i = 0; i < 2; i++)
    g_array_sort (errors->arrivals[i], compare_doubles);
  for (guint i = 0; i < KIP_FORECAST_AHEAD; i++)
    g_array_sort (errors->open[i], compare_doubles);
}

/* Below what so much of the sorted @errors lie; of few that count as new, further out. */
static void
find_band (const GArray *errors,
           double        n_new,
           double       *low,
           double       *high)
{
  double inside = MIN (1, (1 - OUTSIDE) * (n_new + 1) / MAX (n_new, 1));
  guint n = errors->len, rank;

  *low = *high = 0;
  if (n == 0)
    return;
  rank = (guint) CLAMP (ceil (inside * n), 1, n);
  *high = g_array_index (errors, double, rank - 1);
  *low = g_array_index (errors, double, n - rank);
}

/* ---- the days ahead ---- */

/* How much of a day lies between two instants, by its working time if it has any. */
static double
share_of_day (KipCalendar    *calendar,
              const KipRange *day,
              KipInstant      from,
              KipInstant      to)
{
  gint64 whole = kip_calendar_between (calendar, day->from, day->to);

  from = CLAMP (from, day->from, day->to);
  to = CLAMP (to, from, day->to);
  if (whole > 0)
    return (double) kip_calendar_between (calendar, from, to) / (double) whole;
  return (double) (to - from) / (double) (day->to - day->from);
}

/* @part: how much of it is still to come. */
static void
fill_arrivals (KipForecastDay *day,
               const Errors   *errors,
               double          expected,
               double          part)
{
  double low, high, scale = spread (expected) * sqrt (part);

  find_band (errors->arrivals[day->is_off], errors->n_trials, &low, &high);
  day->arrivals = day->arrived + part * expected;
  day->arrivals_low = MAX (round (day->arrivals + MIN (low, 0) * scale), day->arrived);
  day->arrivals_high = MAX (round (day->arrivals + MAX (high, 0) * scale), day->arrived);
}

/* A band further ahead is never narrower. */
static void
fill_open (KipForecastDay       *day,
           const KipForecastDay *before,
           const GArray         *errors,
           double                n_new,
           double                part)
{
  double low, high;

  find_band (errors, n_new, &low, &high);
  low = MIN (low, 0) * sqrt (part);
  high = MAX (high, 0) * sqrt (part);
  if (before != NULL)
    {
      low = MIN (low, before->open_low - before->open + 0.5);
      high = MAX (high, before->open_high - before->open - 0.5);
    }
  day->open_low = MAX (round (day->open + low), 0);
  day->open_high = round (day->open + high);
}

static void
look_ahead (KipForecast    *forecast,
            const Past     *past,
            const KipScope *scope,
            KipCalendar    *calendar,
            const Errors   *errors)
{
  double open = g_array_index (past->open, guint, past->n + 1);

  for (guint ahead = 0; ahead < KIP_FORECAST_AHEAD; ahead++)
    {
      guint i = past->n + ahead;
      KipForecastDay day = { { cut (past, i), cut (past, i + 1) }, past->off[i], past->arrivals[i] };
      const KipForecastDay *before = ahead > 0 ? &g_array_index (forecast->days, KipForecastDay, ahead - 1) : NULL;
      double part = ahead > 0 ? 1 : share_of_day (calendar, &day.span, scope->now, day.span.to);
      double arrivals, net;

      expect (past, i, past->n, &arrivals, &net);
      fill_arrivals (&day, errors, arrivals, part);
      open = MAX (open + part * net, 0);
      day.open = open;
      fill_open (&day, before, errors->open[ahead], errors->n_trials / (ahead + 1.0), part);
      g_array_append_val (forecast->days, day);
    }
}

KipForecast *
kip_forecast_new (const KipScope *scope,
                  KipCalendar    *calendar)
{
  KipForecast *forecast = g_new0 (KipForecast, 1);
  g_autoptr (KipHistory) history = kip_history_new (scope);
  Past past = { 0 };
  Errors errors;

  forecast->days = g_array_new (FALSE, FALSE, sizeof (KipForecastDay));
  make_days (&past, scope, history);
  find_kinds (&past, calendar);
  count_days (&past, scope, history);
  forecast->n_days = past.n;
  for (guint i = 0; i < past.n; i++)
    forecast->n_tickets += past.arrivals[i];
  if (past.n >= KIP_FORECAST_LEAST_DAYS && forecast->n_tickets >= KIP_FORECAST_FEW)
    {
      errors_init (&errors);
      try_all (&past, &errors);
      forecast->n_trials = errors.n_trials;
      look_ahead (forecast, &past, scope, calendar, &errors);
      errors_clear (&errors);
    }
  past_clear (&past);
  return forecast;
}

void
kip_forecast_free (KipForecast *forecast)
{
  g_array_unref (forecast->days);
  g_free (forecast);
}

double
kip_forecast_until (const KipForecast *forecast,
                    KipCalendar       *calendar,
                    KipInstant         now,
                    KipInstant         until)
{
  double sum = 0;

  if (forecast->days->len == 0)
    return NAN;
  for (guint i = 0; i < forecast->days->len; i++)
    {
      const KipForecastDay *day = &g_array_index (forecast->days, KipForecastDay, i);
      double ahead = share_of_day (calendar, &day->span, now, day->span.to);

      if (day->span.from < until && ahead > 0)
        sum += (day->arrivals - day->arrived) * share_of_day (calendar, &day->span, now, until) / ahead;
    }
  return sum;
}
