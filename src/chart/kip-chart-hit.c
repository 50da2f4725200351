/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the pointer or an arrow key finds. */
#include "kip-chart-layout.h"

#include <math.h>

static gboolean
contains (const KipRect *rect,
          double         x,
          double         y)
{
  return x >= rect->x && x < rect->x + rect->width && y >= rect->y && y < rect->y + rect->height;
}

int
kip_chart_layout_hit (const KipChartLayout *layout,
                      double                x,
                      double                y)
{
  for (guint i = layout->shapes->len; i > 0; i--)
    if (contains (&g_array_index (layout->shapes, KipShape, i - 1).area, x, y))
      return (int) i - 1;
  for (guint i = layout->shapes->len; i > 0; i--)
    if (contains (&g_array_index (layout->shapes, KipShape, i - 1).hit, x, y))
      return (int) i - 1;
  return -1;
}

static void
middle_of (const KipShape *shape,
           double         *x,
           double         *y)
{
  *x = shape->area.x + shape->area.width / 2;
  *y = shape->area.y + shape->area.height / 2;
}

/* How far @to is from @from in @direction; INFINITY where it is not that way. */
static double
distance (const KipShape   *from,
          const KipShape   *to,
          KipChartDirection direction)
{
  double x0, y0, x1, y1, along, across;

  middle_of (from, &x0, &y0);
  middle_of (to, &x1, &y1);
  switch (direction)
    {
    case KIP_CHART_LEFT:
      along = x0 - x1;
      across = y1 - y0;
      break;
    case KIP_CHART_RIGHT:
      along = x1 - x0;
      across = y1 - y0;
      break;
    case KIP_CHART_UP:
      along = y0 - y1;
      across = x1 - x0;
      break;
    case KIP_CHART_DOWN:
    default:
      along = y1 - y0;
      across = x1 - x0;
      break;
    }
  return along > 0.5 ? along + 3 * fabs (across) : INFINITY;
}

int
kip_chart_layout_move (const KipChartLayout *layout,
                       int                   from,
                       KipChartDirection     direction)
{
  const KipShape *start;
  double best = INFINITY;
  int found = from;

  if (from < 0 || from >= (int) layout->shapes->len)
    return layout->shapes->len > 0 ? 0 : -1;
  start = &g_array_index (layout->shapes, KipShape, from);
  for (guint i = 0; i < layout->shapes->len; i++)
    {
      double d = distance (start, &g_array_index (layout->shapes, KipShape, i), direction);

      if (d < best)
        {
          best = d;
          found = (int) i;
        }
    }
  return found;
}
