/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-chart-lay.h"

#define USUAL_HEIGHT 17 /* times the size of its text */
#define LINE_HEIGHT 1.42

static PangoLayout *
measure_new (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  PangoLayout *pango = pango_layout_new (context);

  g_object_unref (context);
  return pango;
}

static void
label_clear (gpointer data)
{
  g_clear_pointer (&((KipLabel *) data)->text, g_free);
}

double
kip_chart_get_height (const KipChart      *chart,
                      const KipChartTheme *theme)
{
  double usual = USUAL_HEIGHT * theme->size;

  if (chart == NULL || chart->kind != KIP_CHART_BARS)
    return usual;
  return MAX (usual, chart->categories->len * (LINE_HEIGHT * theme->size + KIP_LAY_BETWEEN_BARS));
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
    kip_lay_columns (layout, pango);
  else if (chart->kind == KIP_CHART_BARS)
    kip_lay_bars (layout, pango);
  else
    kip_lay_heat (layout, pango);
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
