/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <pango/pangocairo.h>

#include "kip-chart-scale.h"
#include "kip-chart-theme.h"

G_BEGIN_DECLS

/* Where everything of a chart stands in a rectangle of so many pixels.  Computed
 * once per size, then drawn and searched: the hit test asks the same shapes that
 * are drawn.
 *
 * Limits: at least 120 × 80 pixels; labels that would touch are left out, every
 * second, third …; a label never leaves the rectangle. */

typedef struct
{
  double x, y, width, height;
} KipRect;

/* A mark: what is drawn, and the larger area in which the pointer finds it. */
typedef struct
{
  guint   series, index;
  KipRect area; /* of a column, bar or cell; of a line: a square around the point */
  KipRect hit;
  double  low_y, high_y; /* of a forecast: its band; NAN: none */
} KipShape;

typedef struct
{
  char  *text;  /* (owned) */
  double x, y;  /* of its left upper corner */
  double width, height;
  gboolean strong;
  gboolean pale;  /* of a ghost */
  int    meaning; /* colour of a direct label; −1: the dim text colour */
} KipLabel;

typedef struct
{
  const KipChart *chart;  /* (owned) */
  KipChartTheme theme;
  double  width, height;
  KipRect plot;
  KipChartScale scale;
  GArray *shapes;  /* (owned) of KipShape, series by series, left to right */
  GArray *labels;  /* (owned) of KipLabel */
} KipChartLayout;

/* How high a chart is to be so that all of it can be read in the size of @theme. */
double kip_chart_get_height (const KipChart      *chart,
                             const KipChartTheme *theme);

KipChartLayout *kip_chart_layout_new (KipChart            *chart,
                                      const KipChartTheme *theme,
                                      double               width,
                                      double               height);
void kip_chart_layout_free (KipChartLayout *layout);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipChartLayout, kip_chart_layout_free)

/* The shape at a point; −1: none.  The drawn area wins over larger hit areas. */
int kip_chart_layout_hit (const KipChartLayout *layout,
                          double                x,
                          double                y);

/* The next shape in a direction for the arrow keys; @from −1: the first. */
typedef enum
{
  KIP_CHART_LEFT,
  KIP_CHART_RIGHT,
  KIP_CHART_UP,
  KIP_CHART_DOWN
} KipChartDirection;

int kip_chart_layout_move (const KipChartLayout *layout,
                           int                   from,
                           KipChartDirection     direction);

/* Draws; @focus and @hover: shapes to mark, or −1. */
void kip_chart_draw (const KipChartLayout *layout,
                     cairo_t              *cr,
                     int                   focus,
                     int                   hover);

G_END_DECLS
