/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A heat map. */
#include "kip-chart-lay.h"

void
kip_lay_heat (KipChartLayout *layout,
              PangoLayout    *pango)
{
  const KipChart *chart = layout->chart;
  guint rows = chart->series->len, columns = chart->categories->len;
  double left = 0, line = layout->theme.size, cell_w, cell_h;

  layout->scale = (KipChartScale) { MAX (kip_chart_largest (chart), 1), 1, 1 };
  for (guint s = 0; s < rows; s++)
    {
      double width;

      kip_lay_measure (pango, &layout->theme, ((KipChartSeries *) chart->series->pdata[s])->label, FALSE, &width, &line);
      left = MAX (left, width);
    }
  left += KIP_LAY_GAP;
  layout->plot = (KipRect) { left, 0, MAX (layout->width - left, 10), MAX (layout->height - line - KIP_LAY_GAP, 10) };
  cell_w = layout->plot.width / MAX (columns, 1);
  cell_h = layout->plot.height / MAX (rows, 1);
  for (guint s = 0; s < rows; s++)
    {
      const KipChartSeries *series = chart->series->pdata[s];
      KipLabel *label = kip_lay_add_label (layout, pango, series->label);

      label->x = left - KIP_LAY_GAP - label->width;
      label->y = s * cell_h + (cell_h - label->height) / 2;
      for (guint i = 0; i < MIN (series->points->len, columns); i++)
        {
          KipRect cell = { left + i * cell_w, s *cell_h, cell_w - 1, cell_h - 1 };

          kip_lay_add_shape (layout, s, i, cell, cell);
        }
    }
  kip_lay_add_categories (layout, pango);
}
