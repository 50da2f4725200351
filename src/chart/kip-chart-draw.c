/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-chart-layout.h"

#include <math.h>

#define PALE 0.4 /* the period before, and what is only expected */
#define BAND 0.18

static void
set_color (cairo_t        *cr,
           const KipColor *color)
{
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha);
}

static void
draw_label (const KipChartLayout *layout,
            cairo_t              *cr,
            const KipLabel       *label)
{
  g_autoptr (PangoLayout) pango = pango_cairo_create_layout (cr);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string (layout->theme.font);

  pango_font_description_set_absolute_size (font, layout->theme.size * PANGO_SCALE);
  pango_font_description_set_weight (font, label->strong ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  /* Small print is for paper, which has no pixels. */
  pango_context_set_round_glyph_positions (pango_layout_get_context (pango), layout->theme.size > 9);
  pango_layout_set_font_description (pango, font);
  pango_layout_set_text (pango, label->text, -1);
  pango_layout_set_width (pango, (int) ceil (label->width + 1) * PANGO_SCALE);
  pango_layout_set_ellipsize (pango, PANGO_ELLIPSIZE_END);
  if (label->meaning >= 0)
    {
      KipColor color = layout->theme.meanings[label->meaning];
      double side = layout->theme.size * 2 / 3;

      color.alpha = label->pale ? PALE : 1;
      set_color (cr, &color);
      cairo_rectangle (cr, label->x - layout->theme.size, label->y + (label->height - side) / 2, side, side);
      cairo_fill (cr);
    }
  set_color (cr, label->meaning >= 0 ? &layout->theme.text : &layout->theme.dim);
  cairo_move_to (cr, label->x, label->y);
  pango_cairo_show_layout (cr, pango);
}

/* On whole pixels, so that a hairline is one. */
static void
draw_hairline (cairo_t *cr,
               double   x0,
               double   x1,
               double   y)
{
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, x0, floor (y) + 0.5);
  cairo_line_to (cr, x1, floor (y) + 0.5);
  cairo_stroke (cr);
}

static void
draw_grid (const KipChartLayout *layout,
           cairo_t              *cr)
{
  const KipRect *plot = &layout->plot;

  set_color (cr, &layout->theme.grid);
  for (guint i = 0; i <= layout->scale.n; i++)
    draw_hairline (cr, plot->x, plot->x + plot->width, plot->y + plot->height * (1 - (double) i / layout->scale.n));
}

static const KipChartSeries *
series_of (const KipChartLayout *layout,
           const KipShape       *shape)
{
  return g_ptr_array_index (layout->chart->series, shape->series);
}

static gboolean
is_line (const KipChartSeries *series)
{
  return series->mark == KIP_MARK_LINE || series->mark == KIP_MARK_GHOST;
}

static gboolean
is_target (const KipChartSeries *series)
{
  return series->mark == KIP_MARK_TARGET;
}

/* A cell's depth says its value; the least that is not zero is still seen. */
static double
heat_alpha (const KipChartLayout *layout,
            const KipShape       *shape)
{
  double value = g_array_index (series_of (layout, shape)->points, KipChartPoint, shape->index).value;

  if (isnan (value) || value <= 0)
    return 0.04;
  return 0.15 + 0.85 * kip_chart_scale_fraction (&layout->scale, value);
}

static void
draw_area (const KipChartLayout *layout,
           cairo_t              *cr,
           const KipShape       *shape,
           gboolean              lit)
{
  KipColor color = layout->theme.meanings[series_of (layout, shape)->meaning];

  if (layout->chart->kind == KIP_CHART_HEAT)
    color.alpha = heat_alpha (layout, shape);
  else if (series_of (layout, shape)->is_forecast)
    color.alpha = lit ? 0.55 : PALE;
  else if (lit)
    color.alpha = 0.8;
  set_color (cr, &color);
  cairo_rectangle (cr, shape->area.x, shape->area.y, shape->area.width, shape->area.height);
  cairo_fill (cr);
}

/* ---- forecasts ---- */

static double
middle_x (const KipShape *shape)
{
  return shape->area.x + shape->area.width / 2;
}

static gboolean
is_next (const KipShape *before,
         const KipShape *shape)
{
  return before != NULL && before->series == shape->series && before->index + 1 == shape->index;
}

static void
fill_between (cairo_t        *cr,
              const KipShape *before,
              const KipShape *shape)
{
  cairo_move_to (cr, middle_x (before), before->high_y);
  cairo_line_to (cr, middle_x (shape), shape->high_y);
  cairo_line_to (cr, middle_x (shape), shape->low_y);
  cairo_line_to (cr, middle_x (before), before->low_y);
  cairo_fill (cr);
}

static void
draw_whisker (cairo_t        *cr,
              const KipShape *shape,
              double          width)
{
  cairo_set_line_width (cr, width);
  cairo_move_to (cr, middle_x (shape), shape->low_y);
  cairo_line_to (cr, middle_x (shape), shape->high_y);
  cairo_stroke (cr);
}

/* Around a line; a column gets a whisker. */
static void
draw_bands (const KipChartLayout *layout,
            cairo_t              *cr)
{
  const KipShape *before = NULL;

  for (guint i = 0; i < layout->shapes->len; i++)
    {
      const KipShape *shape = &g_array_index (layout->shapes, KipShape, i);
      gboolean line = is_line (series_of (layout, shape));
      KipColor color = layout->theme.meanings[series_of (layout, shape)->meaning];

      if (isnan (shape->low_y))
        continue;
      color.alpha = line ? BAND : 1;
      set_color (cr, &color);
      if (!line)
        draw_whisker (cr, shape, MAX (layout->theme.size / 8, 0.5));
      else if (is_next (before, shape))
        fill_between (cr, before, shape);
      before = shape;
    }
}

/* A point that missed its target has a diamond around it. */
static void
draw_miss (const KipChartLayout *layout,
           cairo_t              *cr,
           const KipShape       *shape)
{
  double x = middle_x (shape), y = shape->area.y + shape->area.height / 2, arm = layout->theme.size / 2;

  if (g_array_index (series_of (layout, shape)->points, KipChartPoint, shape->index).verdict != KIP_CHART_MISSED)
    return;
  set_color (cr, &layout->theme.meanings[KIP_MEANING_BROKEN]);
  cairo_set_line_width (cr, MAX (layout->theme.size / 8, 0.5));
  cairo_move_to (cr, x, y - arm);
  cairo_line_to (cr, x + arm, y);
  cairo_line_to (cr, x, y + arm);
  cairo_line_to (cr, x - arm, y);
  cairo_close_path (cr);
  cairo_stroke (cr);
}

static void
draw_lines (const KipChartLayout *layout,
            cairo_t              *cr)
{
  const double dashes[] = { layout->theme.size / 3, layout->theme.size / 4 };
  const KipShape *last = NULL;

  for (guint i = 0; i < layout->shapes->len; i++)
    {
      const KipShape *shape = &g_array_index (layout->shapes, KipShape, i);
      const KipChartSeries *series = series_of (layout, shape);
      KipColor color = layout->theme.meanings[series->meaning];

      if (layout->chart->kind != KIP_CHART_COLUMNS || !is_line (series))
        continue;
      color.alpha = series->mark == KIP_MARK_GHOST ? PALE : 1;
      set_color (cr, &color);
      cairo_set_line_width (cr, layout->theme.size / 6);
      /* A category without a value leaves a hole in the line. */
      if (is_next (last, shape))
        {
          cairo_set_dash (cr, dashes, series->is_forecast ? G_N_ELEMENTS (dashes) : 0, 0);
          cairo_move_to (cr, middle_x (last), last->area.y + last->area.height / 2);
          cairo_line_to (cr, middle_x (shape), shape->area.y + shape->area.height / 2);
          cairo_stroke (cr);
          cairo_set_dash (cr, NULL, 0, 0);
        }
      cairo_arc (cr, middle_x (shape), shape->area.y + shape->area.height / 2,
                 layout->theme.size / 5, 0, 2 * G_PI);
      cairo_fill (cr);
      draw_miss (layout, cr, shape);
      last = shape;
    }
}

/* A line for each category; where it stays the same they are one. */
static void
draw_targets (const KipChartLayout *layout,
              cairo_t              *cr)
{
  static const double dashes[] = { 4, 3 };

  set_color (cr, &layout->theme.text);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  for (guint i = 0; i < layout->shapes->len; i++)
    {
      const KipShape *shape = &g_array_index (layout->shapes, KipShape, i);

      if (is_target (series_of (layout, shape)))
        draw_hairline (cr, shape->area.x, shape->area.x + shape->area.width, shape->area.y + shape->area.height / 2);
    }
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
draw_ring (const KipChartLayout *layout,
           cairo_t              *cr,
           int                   index)
{
  const KipShape *shape;

  if (index < 0 || index >= (int) layout->shapes->len)
    return;
  shape = &g_array_index (layout->shapes, KipShape, index);
  set_color (cr, &layout->theme.accent);
  cairo_set_line_width (cr, 2);
  cairo_rectangle (cr, shape->area.x - 2, shape->area.y - 2, shape->area.width + 4, shape->area.height + 4);
  cairo_stroke (cr);
}

void
kip_chart_draw (const KipChartLayout *layout,
                cairo_t              *cr,
                int                   focus,
                int                   hover)
{
  if (layout->chart->kind == KIP_CHART_COLUMNS)
    draw_grid (layout, cr);
  for (guint i = 0; i < layout->shapes->len; i++)
    {
      const KipShape *shape = &g_array_index (layout->shapes, KipShape, i);

      if (layout->chart->kind != KIP_CHART_COLUMNS
          || (!is_line (series_of (layout, shape)) && !is_target (series_of (layout, shape))))
        draw_area (layout, cr, shape, (int) i == hover);
    }
  draw_bands (layout, cr);
  draw_lines (layout, cr);
  draw_targets (layout, cr);
  for (guint i = 0; i < layout->labels->len; i++)
    draw_label (layout, cr, &g_array_index (layout->labels, KipLabel, i));
  draw_ring (layout, cr, focus);
}
