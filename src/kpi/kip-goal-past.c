/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the past would have met: so that nobody sets a target out of reach unknowingly. */

#include "kip-tally.h"
#include "kip-verdict.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* ---- periods ---- */

static KipInstant
local_midnight (GTimeZone *zone,
                int        year,
                int        month,
                int        day)
{
  g_autoptr (GDateTime) when = g_date_time_new (zone, year, month, day, 0, 0, 0);

  return kip_instant_from_date_time (when);
}

static KipRange
month_around (GDateTime *local,
              GTimeZone *zone)
{
  g_autoptr (GDateTime) next = g_date_time_add_months (local, 1);

  return (KipRange) { local_midnight (zone, g_date_time_get_year (local), g_date_time_get_month (local), 1),
                      local_midnight (zone, g_date_time_get_year (next), g_date_time_get_month (next), 1) };
}

static KipInstant
days_from (GDateTime *local,
           GTimeZone *zone,
           int        days)
{
  g_autoptr (GDateTime) day = g_date_time_add_days (local, days);
  int year, month, of_month;

  g_date_time_get_ymd (day, &year, &month, &of_month);
  return local_midnight (zone, year, month, of_month);
}

KipRange
kip_goal_period_around (KipGoalPeriod period,
                        KipInstant    at,
                        GTimeZone    *zone)
{
  g_autoptr (GDateTime) local = kip_instant_to_local (at, zone);
  int weekday = g_date_time_get_day_of_week (local);

  if (period == KIP_GOAL_MONTH)
    return month_around (local, zone);
  return (KipRange) { days_from (local, zone, 1 - weekday), days_from (local, zone, 8 - weekday) };
}

/* ---- figures ---- */

static KipInstant
first_received (const KipScope *scope)
{
  KipInstant first = scope->now;

  for (guint i = 0; i < scope->table->n; i++)
    if (scope->mask == NULL || scope->mask[i])
      first = MIN (first, scope->table->received[i]);
  return first;
}

/* The figure of @key among those of its group; nothing measured where it is not there. */
static KipFigure
take_figure (GArray         *figures,
             KipId           key,
             KipUnit         unit,
             const KipRange *span)
{
  KipFigure none = { .key = key, .span = *span, .value = unit == KIP_UNIT_COUNT ? 0 : NAN };

  for (guint i = 0; i < figures->len; i++)
    {
      KipFigure *figure = &g_array_index (figures, KipFigure, i);

      if (figure->key == key)
        {
          none = *figure;
          figure->query = figure->hit_query = figure->miss_query = NULL;
          break;
        }
    }
  return none;
}

KipFigure
kip_study_figure_of (const KipStudy *study,
                     const KipScope *scope,
                     KipMeasure      measure,
                     KipId           team,
                     KipId           agent)
{
  KipBy by = agent != KIP_ID_NONE ? KIP_BY_AGENT : team != KIP_ID_NONE ? KIP_BY_TEAM : KIP_BY_NOTHING;
  g_autoptr (GArray) figures = kip_measure_compute (measure, scope, by);
  KipId key = agent != KIP_ID_NONE ? agent : team;

  if (by == KIP_BY_NOTHING)
    key = g_array_index (figures, KipFigure, 0).key;
  return take_figure (figures, key, kip_measure_info (measure)->unit, &scope->range);
}

GArray *
kip_goal_past (const KipStudy *study,
               KipMeasure      measure,
               KipId           team,
               KipId           agent,
               KipGoalPeriod   period,
               gboolean        elapsed,
               guint           count)
{
  KipScope scope = study->scope;
  KipRange current = kip_goal_period_around (period, scope.now, study->zone);
  KipInstant first = first_received (&scope);
  GArray *past = kip_figures_new ();

  scope.elapsed = elapsed;
  for (guint i = count; i > 0; i--)
    {
      KipFigure figure;

      scope.range = kip_range_shift (&current, -(int) i, study->zone);
      if (scope.range.to <= first)
        continue;
      figure = kip_study_figure_of (study, &scope, measure, team, agent);
      g_array_append_val (past, figure);
    }
  return past;
}

void
kip_goal_count_met (const GArray    *past,
                    KipGoalDirection direction,
                    gint64           amount,
                    guint           *measured,
                    guint           *met)
{
  *measured = *met = 0;
  for (guint i = 0; i < past->len; i++)
    {
      KipGoalVerdict verdict = kip_goal_judge (direction, kip_goal_amount_to_value (amount),
                                               g_array_index (past, KipFigure, i).value);

      *measured += verdict != KIP_GOAL_UNKNOWN;
      *met += verdict == KIP_GOAL_MET;
    }
}

char *
kip_goal_past_words (KipGoalPeriod period,
                     guint         measured,
                     guint         met)
{
  if (measured == 0)
    return g_strdup (_("There is nothing to measure in the past, so nobody can tell whether it is within reach."));
  if (period == KIP_GOAL_WEEK)
    return g_strdup_printf (ngettext ("%u of the last %u week with figures would have met it.",
                                      "%u of the last %u weeks with figures would have met it.", measured), met, measured);
  return g_strdup_printf (ngettext ("%u of the last %u month with figures would have met it.",
                                    "%u of the last %u months with figures would have met it.", measured), met, measured);
}
