/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-chart-scale.h"

#include <math.h>

static double
count_step (double wanted)
{
  double power = pow (10, floor (log10 (MAX (wanted, 1))));

  for (guint i = 0; i < 3; i++)
    {
      static const double multiples[] = { 1, 2, 5 };

      if (multiples[i] * power >= wanted)
        return multiples[i] * power;
    }
  return 10 * power;
}

static double
duration_step (double wanted)
{
  static const double hours[] = { 0.25, 0.5, 1, 2, 4, 8, 16, 24, 48 };

  for (guint i = 0; i < G_N_ELEMENTS (hours); i++)
    if (hours[i] * 3600 >= wanted)
      return hours[i] * 3600;
  return ceil (wanted / (40 * 3600.0)) * 40 * 3600;
}

static double
step_for (KipUnit unit,
          double  wanted)
{
  switch (unit)
    {
    case KIP_UNIT_PERCENT:
      return wanted <= 25 ? 25 : count_step (wanted);
    case KIP_UNIT_DURATION:
      return duration_step (wanted);
    case KIP_UNIT_SCORE:
      return 1;
    case KIP_UNIT_COUNT:
    default:
      return count_step (wanted);
    }
}

void
kip_chart_scale_init (KipChartScale *scale,
                      KipUnit        unit,
                      double         largest,
                      guint          most)
{
  if (unit == KIP_UNIT_PERCENT)
    largest = MAX (largest, 100);
  if (unit == KIP_UNIT_SCORE)
    largest = 5;
  if (!(largest > 0))
    largest = 1;
  scale->step = step_for (unit, largest / MAX (most, 1));
  scale->n = (guint) MAX (ceil (largest / scale->step - 1e-9), 1);
  scale->top = scale->step * scale->n;
}

static double
stack_at (const KipChart *chart,
          guint           index)
{
  double sum = 0;

  for (guint i = 0; i < chart->series->len; i++)
    {
      const KipChartSeries *series = g_ptr_array_index (chart->series, i);

      if (series->mark == KIP_MARK_STACK && index < series->points->len)
        {
          double value = g_array_index (series->points, KipChartPoint, index).value;

          sum += isnan (value) ? 0 : value;
        }
    }
  return sum;
}

double
kip_chart_largest (const KipChart *chart)
{
  double largest = 0;

  for (guint i = 0; i < chart->categories->len && chart->kind == KIP_CHART_COLUMNS; i++)
    largest = MAX (largest, stack_at (chart, i));
  /* Bars show the first series; the others are for the table. */
  for (guint i = 0; i < chart->series->len && (i == 0 || chart->kind != KIP_CHART_BARS); i++)
    {
      const KipChartSeries *series = g_ptr_array_index (chart->series, i);

      for (guint j = 0; j < series->points->len; j++)
        {
          double value = g_array_index (series->points, KipChartPoint, j).value;

          double high = g_array_index (series->points, KipChartPoint, j).high;

          if (!isnan (value))
            largest = MAX (largest, isnan (high) ? value : high);
        }
    }
  return largest;
}
