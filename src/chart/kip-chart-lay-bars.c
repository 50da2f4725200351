/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Bars downwards. */
#include "kip-chart-lay.h"

#include <math.h>

/* "34", or in a Pareto chart with the share of the total up to here: "34 · 56 %". */
static char *
bar_words (const KipChart       *chart,
           const KipChartSeries *series,
           guint                 index)
{
  g_autofree char *value = kip_chart_format_point (series, index);
  g_autofree char *share = NULL;
  double total = 0, so_far = 0;

  for (guint i = 0; i < series->points->len; i++)
    {
      double each = g_array_index (series->points, KipChartPoint, i).value;

      if (isnan (each))
        continue;
      total += each;
      so_far += i <= index ? each : 0;
    }
  if (!chart->cumulative || total <= 0)
    return g_steal_pointer (&value);
  share = kip_chart_format_value (KIP_UNIT_PERCENT, 100 * so_far / total);
  return g_strdup_printf ("%s · %s", value, share);
}

static void
lay_bar_row (KipChartLayout *layout,
             PangoLayout    *pango,
             guint           index,
             double          left,
             double          right,
             double          step)
{
  const KipChartSeries *series = g_ptr_array_index (layout->chart->series, 0);
  const KipChartPoint *point = &g_array_index (series->points, KipChartPoint, index);
  double y = index * step, thick = MIN (step * 0.7, 22);
  double width = (right - left) * kip_chart_scale_fraction (&layout->scale, isnan (point->value) ? 0 : point->value);
  g_autofree char *value = bar_words (layout->chart, series, index);
  KipLabel *name = kip_lay_add_label (layout, pango, g_ptr_array_index (layout->chart->categories, index));
  KipRect area = { left, y + (step - thick) / 2, width, thick };
  KipRect hit = { 0, y, layout->width, step };
  KipLabel *figure;

  name->width = MIN (name->width, left - KIP_LAY_GAP);
  name->x = left - KIP_LAY_GAP - name->width;
  name->y = y + (step - name->height) / 2;
  figure = kip_lay_add_label (layout, pango, value);
  figure->x = left + width + KIP_LAY_GAP;
  figure->y = y + (step - figure->height) / 2;
  kip_lay_keep_inside (layout, figure);
  kip_lay_add_shape (layout, 0, index, area, hit);
}

void
kip_lay_bars (KipChartLayout *layout,
              PangoLayout    *pango)
{
  const KipChart *chart = layout->chart;
  guint n = chart->series->len > 0 ? MIN (chart->categories->len, ((KipChartSeries *) chart->series->pdata[0])->points->len) : 0;
  double left = 0, height = 0, step;

  kip_chart_scale_init (&layout->scale, chart->unit, kip_chart_largest (chart), 4);
  for (guint i = 0; i < n; i++)
    {
      double width;

      kip_lay_measure (pango, &layout->theme, g_ptr_array_index (chart->categories, i), FALSE, &width, &height);
      left = MAX (left, width);
    }
  left = MIN (left, layout->width * 0.4) + KIP_LAY_GAP;
  n = MIN (n, (guint) MAX (layout->height / (height + KIP_LAY_BETWEEN_BARS), 1));
  step = MIN (layout->height / MAX (n, 1), 34);
  layout->plot = (KipRect) { left, 0, MAX (layout->width - left - layout->theme.size * 5, 10), step *n };
  for (guint i = 0; i < n; i++)
    lay_bar_row (layout, pango, i, left, left + layout->plot.width, step);
}
