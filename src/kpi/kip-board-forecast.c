/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Two weeks back and two weeks ahead. */

#include "kip-board-private.h"
#include "kip-outlook.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static void
add_day_name (KipChart       *chart,
              const KipStudy *study,
              const KipRange *span)
{
  KipFigure figure = { .span = *span };
  g_autofree char *name = kip_study_group_name (study, KIP_BY_DAY, &figure);

  kip_chart_add_category (chart, name);
}

/* The whole days before today, one after the other; a series has a point for every category. */
static void
add_past (KipChart       *chart,
          const KipStudy *study,
          KipMeasure      measure,
          const KipRange *range,
          KipChartSeries *series)
{
  KipScope scope = study->scope;
  g_autoptr (GArray) figures = NULL;

  scope.range = *range;
  figures = kip_measure_compute (measure, &scope, KIP_BY_DAY);
  for (guint i = 0; i < figures->len; i++)
    {
      const KipFigure *figure = &g_array_index (figures, KipFigure, i);

      if (series->points->len == chart->categories->len)
        add_day_name (chart, study, &figure->span);
      kip_chart_series_add (series, figure->value, figure->n, figure->query);
      if (figure->query != NULL && !figure->exact)
        kip_chart_series_say_roughly (series);
    }
}

static void
add_ahead (KipChart          *chart,
           const KipStudy    *study,
           const KipForecast *forecast,
           KipChartSeries    *arrivals,
           KipChartSeries    *open)
{
  guint n_past = chart->categories->len;

  for (guint i = 0; i < n_past; i++)
    {
      kip_chart_series_add (arrivals, NAN, 0, NULL);
      kip_chart_series_add (open, NAN, 0, NULL);
    }
  for (guint i = 0; i < forecast->days->len; i++)
    {
      const KipForecastDay *day = &g_array_index (forecast->days, KipForecastDay, i);

      add_day_name (chart, study, &day->span);
      kip_chart_series_add_forecast (arrivals, day->arrivals, day->arrivals_low, day->arrivals_high);
      kip_chart_series_add_forecast (open, day->open, day->open_low, day->open_high);
    }
}

static void
fill (KipChart          *chart,
      const KipStudy    *study,
      const KipForecast *forecast)
{
  KipRange past = { 0, kip_day_start (study->scope.now, study->zone) };
  KipChartSeries *series[4];

  past.from = kip_range_last_days (KIP_FORECAST_AHEAD + 1, study->scope.now, study->zone).from;
  series[0] = kip_chart_add_series (chart, _("Received"), KIP_MEANING_ARRIVED, KIP_MARK_STACK);
  series[1] = kip_chart_add_series (chart, _("Expected"), KIP_MEANING_ARRIVED, KIP_MARK_STACK);
  series[2] = kip_chart_add_series (chart, _("Open"), KIP_MEANING_OPEN, KIP_MARK_LINE);
  series[3] = kip_chart_add_series (chart, _("Open, expected"), KIP_MEANING_OPEN, KIP_MARK_LINE);
  series[1]->is_forecast = series[3]->is_forecast = TRUE;
  add_past (chart, study, KIP_MEASURE_RECEIVED, &past, series[0]);
  add_past (chart, study, KIP_MEASURE_OPEN, &past, series[2]);
  add_ahead (chart, study, forecast, series[1], series[3]);
}

KipChart *
kip_board_forecast (const KipStudy *study)
{
  KipChart *chart = kip_board_begin (KIP_BOARD_FORECAST, KIP_CHART_COLUMNS, KIP_UNIT_COUNT);
  const KipForecast *forecast = kip_study_get_forecast (study);
  g_autofree char *basis = NULL;
  char *why_not;

  if (forecast == NULL)
    {
      g_free (chart->empty);
      chart->empty = g_strdup (_("Reading what happened before…"));
      return chart;
    }
  why_not = kip_forecast_why_not (forecast);
  basis = g_strdup_printf (ngettext ("from %u day", "from %u days", forecast->n_days), forecast->n_days);
  if (why_not != NULL)
    {
      g_free (chart->empty);
      chart->empty = why_not;
    }
  else
    fill (chart, study, forecast);
  kip_board_note (chart, forecast->n_tickets, basis);
  return chart;
}
