/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Columns, lines and what stands on their axes. */
#include "kip-chart-lay.h"

#include <math.h>

#define LINE_HIT 9.0     /* half the side of a point's square */
#define MOST_COLUMN 36.0 /* a column is never wider */

/* ---- the axes ---- */

static double
widest_tick (KipChartLayout *layout,
             PangoLayout    *pango,
             double         *line)
{
  double widest = 0;

  for (guint i = 0; i <= layout->scale.n; i++)
    {
      g_autofree char *text = kip_chart_format_value (layout->chart->unit, layout->scale.step * i);
      double width;

      kip_lay_measure (pango, &layout->theme, text, FALSE, &width, line);
      widest = MAX (widest, width);
    }
  return widest;
}

static void
add_value_labels (KipChartLayout *layout,
                  PangoLayout    *pango)
{
  for (guint i = 0; i <= layout->scale.n; i++)
    {
      double value = layout->scale.step * i;
      g_autofree char *text = kip_chart_format_value (layout->chart->unit, value);
      KipLabel *label = kip_lay_add_label (layout, pango, text);

      label->x = layout->plot.x - KIP_LAY_GAP - label->width;
      label->y = kip_lay_value_y (layout, value) - label->height / 2;
      kip_lay_keep_inside (layout, label);
    }
}

/* ---- marks ---- */

static guint
count_marks (const KipChart *chart,
             KipMark         mark)
{
  guint n = 0;

  for (guint i = 0; i < chart->series->len; i++)
    n += ((KipChartSeries *) g_ptr_array_index (chart->series, i))->mark == mark;
  return n;
}

static KipRect
line_point (const KipChartLayout *layout,
            double                middle,
            double                value)
{
  double y = kip_lay_value_y (layout, value);
  KipRect rect = { middle - LINE_HIT, y - LINE_HIT, 2 * LINE_HIT, 2 * LINE_HIT };

  return rect;
}

/* A column from @below up; its hit area is the whole height of its band's share. */
static void
add_column (KipChartLayout *layout,
            guint           series,
            guint           index,
            double          x,
            double          width,
            double          below,
            double          value)
{
  double y0 = kip_lay_value_y (layout, below), y1 = kip_lay_value_y (layout, below + value);
  KipRect area = { x, y1, width, y0 - y1 };
  KipRect hit = area;

  if (hit.height < 2 * LINE_HIT && below == 0)
    {
      hit.y = y0 - 2 * LINE_HIT;
      hit.height = 2 * LINE_HIT;
    }
  kip_lay_add_shape (layout, series, index, area, hit);
}

/* Across the whole category, so that equal ones make one line. */
static void
add_target (KipChartLayout *layout,
            guint           series,
            guint           index,
            double          x,
            double          band,
            double          value)
{
  double y = kip_lay_value_y (layout, value);

  kip_lay_add_shape (layout, series, index, (KipRect) { x, y - 1, band, 2 }, (KipRect) { x, y - 3, band, 6 });
}

/* Where the columns of a chart stand, as they are added. */
typedef struct
{
  guint   n, sides;    /* categories; series side by side */
  guint   side;        /* the next of them */
  double  band, width; /* of a category; of what stands in it */
  double *stacked;     /* (owned) by category */
} Columns;

static void
add_point (KipChartLayout *layout,
           Columns        *columns,
           guint           s,
           guint           i,
           double          value)
{
  const KipChartSeries *series = g_ptr_array_index (layout->chart->series, s);
  double middle = layout->plot.x + columns->band * (i + 0.5), left = middle - columns->width / 2;
  KipRect rect;

  switch (series->mark)
    {
    case KIP_MARK_STACK:
      add_column (layout, s, i, left, columns->width, columns->stacked[i], value);
      columns->stacked[i] += value;
      break;
    case KIP_MARK_TARGET:
      add_target (layout, s, i, middle - columns->band / 2, columns->band, value);
      break;
    case KIP_MARK_SIDE:
      add_column (layout, s, i, left + columns->side * columns->width / columns->sides, columns->width / columns->sides, 0, value);
      break;
    default:
      rect = line_point (layout, middle, value);
      kip_lay_add_shape (layout, s, i, rect, rect);
    }
}

static void
add_series (KipChartLayout *layout,
            Columns        *columns,
            guint           s)
{
  const KipChartSeries *series = g_ptr_array_index (layout->chart->series, s);

  for (guint i = 0; i < MIN (series->points->len, columns->n); i++)
    {
      double value = g_array_index (series->points, KipChartPoint, i).value;

      if (!isnan (value))
        add_point (layout, columns, s, i, value);
    }
  columns->side += series->mark == KIP_MARK_SIDE;
}

static void
add_columns (KipChartLayout *layout)
{
  const KipChart *chart = layout->chart;
  Columns columns = { .n = chart->categories->len, .sides = MAX (count_marks (chart, KIP_MARK_SIDE), 1) };

  columns.band = layout->plot.width / MAX (columns.n, 1);
  columns.width = MIN (columns.band * 0.72, MOST_COLUMN * columns.sides);
  columns.stacked = g_new0 (double, columns.n + 1);
  for (guint s = 0; s < chart->series->len; s++)
    add_series (layout, &columns, s);
  g_free (columns.stacked);
}

/* ---- direct labels instead of a legend ---- */

/* Where its last line is. */
static double
target_y (const KipChartLayout *layout,
          const KipChartSeries *series)
{
  guint i = series->points->len;

  while (i > 1 && isnan (g_array_index (series->points, KipChartPoint, i - 1).value))
    i--;
  return kip_lay_value_y (layout, g_array_index (series->points, KipChartPoint, i - 1).value);
}

/* Where the next label is to stand: in as many rows as the width asks for. */
typedef struct
{
  double x, y;
} Place;

/* Its word stands behind those of the other series, where nothing is drawn; where
 * there is no room, on the line.  Gives where the next one begins. */
static double
add_target_label (KipChartLayout       *layout,
                  PangoLayout          *pango,
                  const KipChartSeries *series,
                  Place                 place)
{
  g_autofree char *text = g_strconcat ("– – ", series->label, NULL);
  KipLabel *label = kip_lay_add_label (layout, pango, text);

  label->x = place.x + KIP_LAY_GAP;
  label->y = place.y;
  if (label->x + label->width <= layout->width)
    return label->x + label->width + 2 * KIP_LAY_GAP;
  label->x = layout->plot.x + layout->plot.width - label->width;
  label->y = target_y (layout, series) - label->height - 1;
  kip_lay_keep_inside (layout, label);
  return place.x;
}

static void
add_series_label (KipChartLayout       *layout,
                  PangoLayout          *pango,
                  const KipChartSeries *series,
                  double                left,
                  Place                *place)
{
  KipLabel *label = kip_lay_add_label (layout, pango, series->label);
  double mark = layout->theme.size + KIP_LAY_GAP;

  label->meaning = (int) series->meaning;
  label->strong = TRUE;
  label->pale = series->mark == KIP_MARK_GHOST || series->is_forecast;
  kip_lay_measure (pango, &layout->theme, series->label, TRUE, &label->width, &label->height);
  if (place->x > left && place->x + mark + label->width > layout->width && place->y < layout->height / 4)
    *place = (Place) { left, place->y + label->height + KIP_LAY_GAP / 2 }
  ;
  label->x = place->x + mark;
  label->y = place->y;
  place->x = label->x + label->width + 2 * KIP_LAY_GAP;
}

/* Gives the end of the last row. */
static Place
add_series_labels (KipChartLayout *layout,
                   PangoLayout    *pango,
                   double          left)
{
  Place place = { left, 0 };

  for (guint s = 0; s < layout->chart->series->len && layout->chart->series->len > 1; s++)
    {
      const KipChartSeries *series = g_ptr_array_index (layout->chart->series, s);

      if (series->mark != KIP_MARK_TARGET)
        add_series_label (layout, pango, series, left, &place);
    }
  return place;
}

static void
add_target_labels (KipChartLayout *layout,
                   PangoLayout    *pango,
                   Place           place)
{
  for (guint s = 0; s < layout->chart->series->len; s++)
    {
      const KipChartSeries *series = g_ptr_array_index (layout->chart->series, s);

      if (series->mark == KIP_MARK_TARGET)
        place.x = add_target_label (layout, pango, series, place);
    }
}

void
kip_lay_columns (KipChartLayout *layout,
                 PangoLayout    *pango)
{
  double line = layout->theme.size, left, head;
  Place place;

  kip_chart_scale_init (&layout->scale, layout->chart->unit, kip_chart_largest (layout->chart),
                        (guint) CLAMP (layout->height / 60, 2, 6));
  left = widest_tick (layout, pango, &line) + KIP_LAY_GAP;
  place = add_series_labels (layout, pango, left);
  head = place.y + (layout->chart->series->len > 1 ? layout->theme.size * 2 : layout->theme.size);
  layout->plot = (KipRect) { left, head, MAX (layout->width - left - KIP_LAY_GAP, 10),
                             MAX (layout->height - head - line - 2 * KIP_LAY_GAP, 10) };
  add_value_labels (layout, pango);
  kip_lay_add_categories (layout, pango);
  add_target_labels (layout, pango, place);
  add_columns (layout);
}
