/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-chart-layout.h"

#include <math.h>

#define GAP 6.0          /* between a label and what it names */
#define LINE_HIT 9.0     /* half the side of a point's square */
#define SMALL_PRINT 9.0  /* up to this size text is for paper, which has no pixels */
#define MOST_COLUMN 36.0 /* a column is never wider */

/* ---- measuring ---- */

static PangoLayout *
measure_new (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  PangoLayout *pango = pango_layout_new (context);

  g_object_unref (context);
  return pango;
}

static void
measure (PangoLayout         *pango,
         const KipChartTheme *theme,
         const char          *text,
         gboolean             strong,
         double              *width,
         double              *height)
{
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string (theme->font);
  int w, h;

  pango_font_description_set_absolute_size (font, theme->size * PANGO_SCALE);
  pango_font_description_set_weight (font, strong ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_context_set_round_glyph_positions (pango_layout_get_context (pango), theme->size > SMALL_PRINT);
  pango_layout_context_changed (pango);
  pango_layout_set_font_description (pango, font);
  pango_layout_set_text (pango, text, -1);
  pango_layout_get_pixel_size (pango, &w, &h);
  /* Letters on paper are a little wider than on the screen where they were measured. */
  *width = theme->size > SMALL_PRINT ? w : w * 1.05 + 1;
  *height = h;
}

static KipLabel *
add_label (KipChartLayout *layout,
           PangoLayout    *pango,
           const char     *text)
{
  KipLabel label = { .text = g_strdup (text), .meaning = -1 };

  measure (pango, &layout->theme, text, FALSE, &label.width, &label.height);
  g_array_append_val (layout->labels, label);
  return &g_array_index (layout->labels, KipLabel, layout->labels->len - 1);
}

static void
keep_inside (KipChartLayout *layout,
             KipLabel       *label)
{
  label->x = CLAMP (label->x, 0, MAX (layout->width - label->width, 0));
  label->y = CLAMP (label->y, 0, MAX (layout->height - label->height, 0));
}

/* ---- the axes of columns ---- */

static double
value_y (const KipChartLayout *layout,
         double                value)
{
  return layout->plot.y + layout->plot.height * (1 - kip_chart_scale_fraction (&layout->scale, value));
}

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

      measure (pango, &layout->theme, text, FALSE, &width, line);
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
      KipLabel *label = add_label (layout, pango, text);

      label->x = layout->plot.x - GAP - label->width;
      label->y = value_y (layout, value) - label->height / 2;
      keep_inside (layout, label);
    }
}

/* How many categories go to a label, so that none touches the next. */
static guint
label_step (KipChartLayout *layout,
            PangoLayout    *pango,
            double          band)
{
  const GPtrArray *names = layout->chart->categories;
  double widest = 0;

  for (guint i = 0; i < names->len; i++)
    {
      double width, height;

      measure (pango, &layout->theme, g_ptr_array_index (names, i), FALSE, &width, &height);
      widest = MAX (widest, width);
    }
  return (guint) MAX (ceil ((widest + 2 * GAP) / MAX (band, 1)), 1);
}

/* Every first, second, third … label. */
static void
add_category_labels (KipChartLayout *layout,
                     PangoLayout    *pango)
{
  const GPtrArray *names = layout->chart->categories;
  double band = layout->plot.width / MAX (names->len, 1);
  guint step = label_step (layout, pango, band);

  for (guint i = 0; i < names->len; i += step)
    {
      double middle = layout->plot.x + band * (i + 0.5);
      KipLabel *label = add_label (layout, pango, g_ptr_array_index (names, i));

      label->x = middle - label->width / 2;
      label->y = layout->plot.y + layout->plot.height + GAP;
      keep_inside (layout, label);
    }
}

/* ---- marks of columns ---- */

static guint
count_marks (const KipChart *chart,
             KipMark         mark)
{
  guint n = 0;

  for (guint i = 0; i < chart->series->len; i++)
    n += ((KipChartSeries *) g_ptr_array_index (chart->series, i))->mark == mark;
  return n;
}

static void
add_shape (KipChartLayout *layout,
           guint           series,
           guint           index,
           KipRect         area,
           KipRect         hit)
{
  KipShape shape = { series, index, area, hit, NAN, NAN };
  const GArray *points = ((KipChartSeries *) g_ptr_array_index (layout->chart->series, series))->points;
  const KipChartPoint *point = &g_array_index (points, KipChartPoint, index);

  if (layout->chart->kind == KIP_CHART_COLUMNS && !isnan (point->low) && !isnan (point->high))
    {
      shape.low_y = value_y (layout, point->low);
      shape.high_y = value_y (layout, point->high);
    }
  g_array_append_val (layout->shapes, shape);
}

static KipRect
line_point (const KipChartLayout *layout,
            double                middle,
            double                value)
{
  double y = value_y (layout, value);
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
  double y0 = value_y (layout, below), y1 = value_y (layout, below + value);
  KipRect area = { x, y1, width, y0 - y1 };
  KipRect hit = area;

  if (hit.height < 2 * LINE_HIT && below == 0)
    {
      hit.y = y0 - 2 * LINE_HIT;
      hit.height = 2 * LINE_HIT;
    }
  add_shape (layout, series, index, area, hit);
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
  double y = value_y (layout, value);

  add_shape (layout, series, index, (KipRect) { x, y - 1, band, 2 }, (KipRect) { x, y - 3, band, 6 });
}

static void
add_columns (KipChartLayout *layout)
{
  const KipChart *chart = layout->chart;
  guint n = chart->categories->len;
  guint sides = MAX (count_marks (chart, KIP_MARK_SIDE), 1);
  double band = layout->plot.width / MAX (n, 1);
  double width = MIN (band * 0.72, MOST_COLUMN * sides);
  g_autofree double *stacked = g_new0 (double, n + 1);
  guint side = 0;

  for (guint s = 0; s < chart->series->len; s++)
    {
      const KipChartSeries *series = g_ptr_array_index (chart->series, s);

      for (guint i = 0; i < MIN (series->points->len, n); i++)
        {
          double value = g_array_index (series->points, KipChartPoint, i).value;
          double middle = layout->plot.x + band * (i + 0.5);
          KipRect rect;

          if (isnan (value))
            continue;
          if (series->mark == KIP_MARK_STACK)
            {
              add_column (layout, s, i, middle - width / 2, width, stacked[i], value);
              stacked[i] += value;
            }
          else if (series->mark == KIP_MARK_TARGET)
            add_target (layout, s, i, middle - band / 2, band, value);
          else if (series->mark == KIP_MARK_SIDE)
            add_column (layout, s, i, middle - width / 2 + side * width / sides, width / sides, 0, value);
          else
            {
              rect = line_point (layout, middle, value);
              add_shape (layout, s, i, rect, rect);
            }
        }
      side += series->mark == KIP_MARK_SIDE;
    }
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
  return value_y (layout, g_array_index (series->points, KipChartPoint, i - 1).value);
}

/* Its word stands behind those of the other series, where nothing is drawn; where
 * there is no room, on the line.  Gives where the next one begins. */
static double
add_target_label (KipChartLayout       *layout,
                  PangoLayout          *pango,
                  const KipChartSeries *series,
                  double                x)
{
  g_autofree char *text = g_strconcat ("– – ", series->label, NULL);
  KipLabel *label = add_label (layout, pango, text);

  label->x = x + GAP;
  label->y = 0;
  if (label->x + label->width <= layout->width)
    return label->x + label->width + 2 * GAP;
  label->x = layout->plot.x + layout->plot.width - label->width;
  label->y = target_y (layout, series) - label->height - 1;
  keep_inside (layout, label);
  return x;
}

static void
add_series_labels (KipChartLayout *layout,
                   PangoLayout    *pango)
{
  double x = layout->plot.x;

  if (layout->chart->series->len < 2)
    return;
  for (guint s = 0; s < layout->chart->series->len; s++)
    {
      const KipChartSeries *series = g_ptr_array_index (layout->chart->series, s);
      KipLabel *label;

      if (series->mark == KIP_MARK_TARGET)
        {
          x = add_target_label (layout, pango, series, x);
          continue;
        }
      label = add_label (layout, pango, series->label);
      label->meaning = (int) series->meaning;
      label->strong = TRUE;
      label->pale = series->mark == KIP_MARK_GHOST || series->is_forecast;
      measure (pango, &layout->theme, series->label, TRUE, &label->width, &label->height);
      label->x = x + layout->theme.size + GAP;
      label->y = 0;
      x = label->x + label->width + 2 * GAP;
    }
}

static void
lay_columns (KipChartLayout *layout,
             PangoLayout    *pango)
{
  double line = layout->theme.size, left;
  double head = layout->chart->series->len > 1 ? layout->theme.size * 2 : layout->theme.size;

  kip_chart_scale_init (&layout->scale, layout->chart->unit, kip_chart_largest (layout->chart),
                        (guint) CLAMP (layout->height / 60, 2, 6));
  left = widest_tick (layout, pango, &line) + GAP;
  layout->plot = (KipRect) { left, head, MAX (layout->width - left - GAP, 10),
                             MAX (layout->height - head - line - 2 * GAP, 10) };
  add_value_labels (layout, pango);
  add_category_labels (layout, pango);
  add_series_labels (layout, pango);
  add_columns (layout);
}

/* ---- bars downwards ---- */

#define BETWEEN_BARS 4

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
  KipLabel *name = add_label (layout, pango, g_ptr_array_index (layout->chart->categories, index));
  KipRect area = { left, y + (step - thick) / 2, width, thick };
  KipRect hit = { 0, y, layout->width, step };
  KipLabel *figure;

  name->width = MIN (name->width, left - GAP);
  name->x = left - GAP - name->width;
  name->y = y + (step - name->height) / 2;
  figure = add_label (layout, pango, value);
  figure->x = left + width + GAP;
  figure->y = y + (step - figure->height) / 2;
  keep_inside (layout, figure);
  add_shape (layout, 0, index, area, hit);
}

static void
lay_bars (KipChartLayout *layout,
          PangoLayout    *pango)
{
  const KipChart *chart = layout->chart;
  guint n = chart->series->len > 0 ? MIN (chart->categories->len, ((KipChartSeries *) chart->series->pdata[0])->points->len) : 0;
  double left = 0, height = 0, step;

  kip_chart_scale_init (&layout->scale, chart->unit, kip_chart_largest (chart), 4);
  for (guint i = 0; i < n; i++)
    {
      double width;

      measure (pango, &layout->theme, g_ptr_array_index (chart->categories, i), FALSE, &width, &height);
      left = MAX (left, width);
    }
  left = MIN (left, layout->width * 0.4) + GAP;
  n = MIN (n, (guint) MAX (layout->height / (height + BETWEEN_BARS), 1));
  step = MIN (layout->height / MAX (n, 1), 34);
  layout->plot = (KipRect) { left, 0, MAX (layout->width - left - layout->theme.size * 5, 10), step *n };
  for (guint i = 0; i < n; i++)
    lay_bar_row (layout, pango, i, left, left + layout->plot.width, step);
}

/* ---- heat map ---- */

static void
lay_heat (KipChartLayout *layout,
          PangoLayout    *pango)
{
  const KipChart *chart = layout->chart;
  guint rows = chart->series->len, columns = chart->categories->len;
  double left = 0, line = layout->theme.size, cell_w, cell_h;

  layout->scale = (KipChartScale) { MAX (kip_chart_largest (chart), 1), 1, 1 };
  for (guint s = 0; s < rows; s++)
    {
      double width;

      measure (pango, &layout->theme, ((KipChartSeries *) chart->series->pdata[s])->label, FALSE, &width, &line);
      left = MAX (left, width);
    }
  left += GAP;
  layout->plot = (KipRect) { left, 0, MAX (layout->width - left, 10), MAX (layout->height - line - GAP, 10) };
  cell_w = layout->plot.width / MAX (columns, 1);
  cell_h = layout->plot.height / MAX (rows, 1);
  for (guint s = 0; s < rows; s++)
    {
      const KipChartSeries *series = chart->series->pdata[s];
      KipLabel *label = add_label (layout, pango, series->label);

      label->x = left - GAP - label->width;
      label->y = s * cell_h + (cell_h - label->height) / 2;
      for (guint i = 0; i < MIN (series->points->len, columns); i++)
        {
          KipRect cell = { left + i * cell_w, s *cell_h, cell_w - 1, cell_h - 1 };

          add_shape (layout, s, i, cell, cell);
        }
    }
  add_category_labels (layout, pango);
}

/* ---- public ---- */

static void
label_clear (gpointer data)
{
  g_clear_pointer (&((KipLabel *) data)->text, g_free);
}

#define USUAL_HEIGHT 17 /* times the size of its text */
#define LINE_HEIGHT 1.42

double
kip_chart_get_height (const KipChart      *chart,
                      const KipChartTheme *theme)
{
  double usual = USUAL_HEIGHT * theme->size;

  if (chart == NULL || chart->kind != KIP_CHART_BARS)
    return usual;
  return MAX (usual, chart->categories->len * (LINE_HEIGHT * theme->size + BETWEEN_BARS));
}

KipChartLayout *
kip_chart_layout_new (KipChart            *chart,
                      const KipChartTheme *theme,
                      double               width,
                      double               height)
{
  KipChartLayout *layout = g_new0 (KipChartLayout, 1);
  g_autoptr (PangoLayout) pango = measure_new ();

  layout->chart = kip_chart_ref (chart);
  layout->theme = *theme;
  layout->width = MAX (width, 120);
  layout->height = MAX (height, 80);
  layout->shapes = g_array_new (FALSE, FALSE, sizeof (KipShape));
  layout->labels = g_array_new (FALSE, FALSE, sizeof (KipLabel));
  g_array_set_clear_func (layout->labels, label_clear);
  if (chart->kind == KIP_CHART_COLUMNS)
    lay_columns (layout, pango);
  else if (chart->kind == KIP_CHART_BARS)
    lay_bars (layout, pango);
  else
    lay_heat (layout, pango);
  return layout;
}

void
kip_chart_layout_free (KipChartLayout *layout)
{
  kip_chart_unref ((KipChart *) layout->chart);
  g_array_unref (layout->shapes);
  g_array_unref (layout->labels);
  g_free (layout);
}

/* ---- finding ---- */

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
