/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-calendar.h"
#include "kip-history.h"
#include "kip-measure.h"

G_BEGIN_DECLS

/* What the next two weeks will bring, from what the same kind of day brought before.
 *
 * Kinds of day: each weekday as it usually is, a day off that is usually worked, and
 * a day worked that is usually off.  Expected is the mean of the last eight days of
 * the kind (a seasonal moving average; a single day counts as no more than twice the
 * next largest and three).  What stays open changes by what came less what was
 * resolved, but half of the trend is taken back: a backlog seldom grows for ever
 * (damped trend: Gardner and McKenzie, Management Science 31, 1985).
 *
 * The band holds 8 of 10 outcomes.  It assumes no distribution: the same forecast is
 * made from every day of the past year with what was known then, and its errors are
 * sorted (Williams and Goodman, "A simple method for the construction of empirical
 * confidence limits for economic forecasts", J. Amer. Statist. Assoc. 66, 1971).
 * Errors of arrivals are taken in units of the root of what was expected, as counts
 * scatter, and pooled over days worked and days off; those of the open ones by how
 * many days ahead.  Trials less than that apart share days and count as one, and the
 * fewer there are the wider the band (for n of them, the share 0.9 (n + 1) ÷ n of the
 * errors on either side).
 *
 * With less than eight weeks of history, or less than KIP_FORECAST_FEW tickets in it,
 * nothing is forecast. */
#define KIP_FORECAST_AHEAD 14
#define KIP_FORECAST_LEAST_DAYS 56
#define KIP_FORECAST_FEW 30

typedef struct
{
  KipRange span;          /* a local day; the first is today */
  gboolean is_off;        /* without working time */
  guint    arrived;       /* of today's arrivals: came already */
  double   arrivals, arrivals_low, arrivals_high;
  double   open, open_low, open_high;             /* at its end */
} KipForecastDay;

typedef struct
{
  guint   n_days;    /* whole days of history, at most two years */
  guint   n_tickets; /* received in them */
  guint   n_trials;  /* earlier days that it was made from, to know its errors */
  GArray *days;      /* (owned) of KipForecastDay, KIP_FORECAST_AHEAD of them; empty: too little is known */
} KipForecast;

/* Of the tickets of @scope (its range does not matter), from its now.  (transfer full) */
KipForecast *kip_forecast_new (const KipScope *scope,
                               KipCalendar    *calendar);
void         kip_forecast_free (KipForecast *forecast);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipForecast, kip_forecast_free)

/* How many of the expected arrivals come before @until.  NAN: nothing is forecast. */
double kip_forecast_until (const KipForecast *forecast,
                           KipCalendar       *calendar,
                           KipInstant         now,
                           KipInstant         until);

G_END_DECLS
