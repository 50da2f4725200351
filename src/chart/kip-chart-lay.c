/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-chart-lay.h"

#include <math.h>

#define SMALL_PRINT 9.0  /* up to this size text is for paper, which has no pixels */

void
kip_lay_measure (PangoLayout         *pango,
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

KipLabel *
kip_lay_add_label (KipChartLayout *layout,
                   PangoLayout    *pango,
                   const char     *text)
{
  KipLabel label = { .text = g_strdup (text), .meaning = -1 };

  kip_lay_measure (pango, &layout->theme, text, FALSE, &label.width, &label.height);
  g_array_append_val (layout->labels, label);
  return &g_array_index (layout->labels, KipLabel, layout->labels->len - 1);
}

void
kip_lay_keep_inside (KipChartLayout *layout,
                     KipLabel       *label)
{
  label->x = CLAMP (label->x, 0, MAX (layout->width - label->width, 0));
  label->y = CLAMP (label->y, 0, MAX (layout->height - label->height, 0));
}

double
kip_lay_value_y (const KipChartLayout *layout,
                 double                value)
{
  return layout->plot.y + layout->plot.height * (1 - kip_chart_scale_fraction (&layout->scale, value));
}

void
kip_lay_add_shape (KipChartLayout *layout,
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
      shape.low_y = kip_lay_value_y (layout, point->low);
      shape.high_y = kip_lay_value_y (layout, point->high);
    }
  g_array_append_val (layout->shapes, shape);
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

      kip_lay_measure (pango, &layout->theme, g_ptr_array_index (names, i), FALSE, &width, &height);
      widest = MAX (widest, width);
    }
  return (guint) MAX (ceil ((widest + 2 * KIP_LAY_GAP) / MAX (band, 1)), 1);
}

/* Every first, second, third … label. */
void
kip_lay_add_categories (KipChartLayout *layout,
                        PangoLayout    *pango)
{
  const GPtrArray *names = layout->chart->categories;
  double band = layout->plot.width / MAX (names->len, 1);
  guint step = label_step (layout, pango, band);

  for (guint i = 0; i < names->len; i += step)
    {
      double middle = layout->plot.x + band * (i + 0.5);
      KipLabel *label = kip_lay_add_label (layout, pango, g_ptr_array_index (names, i));

      label->x = middle - label->width / 2;
      label->y = layout->plot.y + layout->plot.height + KIP_LAY_GAP;
      kip_lay_keep_inside (layout, label);
    }
}
