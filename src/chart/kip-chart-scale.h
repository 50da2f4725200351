/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-chart.h"

G_BEGIN_DECLS

/* From value to fraction of the axis; the third step, to pixels, is the layout's. */
typedef struct
{
  double top;    /* value at the end of the axis; the beginning is 0 */
  double step;   /* between two grid lines */
  guint  n;      /* grid lines above 0 */
} KipChartScale;

/* The scale that shows every value up to @largest with at most @most grid lines:
 * counts in steps of 1, 2 or 5 times a power of ten, percentages to 100 at least,
 * durations in steps that clocks know (15 min, 1 h, 8 h). */
void kip_chart_scale_init (KipChartScale *scale,
                           KipUnit        unit,
                           double         largest,
                           guint          most);

/* The largest value that the axis of @chart must show, stacks summed, targets included. */
double kip_chart_largest (const KipChart *chart);

static inline double
kip_chart_scale_fraction (const KipChartScale *scale,
                          double               value)
{
  return CLAMP (value / scale->top, 0.0, 1.0);
}

G_END_DECLS
