/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-chart-sheet.h"

G_BEGIN_DECLS

/* What a page is written with. */
typedef struct
{
  cairo_t      *cr;
  KipChartTheme theme;
  gboolean      dry; /* measure only */
} KipPen;

/* Up to @lines lines of @width, in points; the height they take. */
double kip_pen_write (const KipPen   *pen,
                      const char     *text, /* (nullable) */
                      double          x,
                      double          y,
                      double          width,
                      double          size,
                      gboolean        strong,
                      const KipColor *color,
                      int             lines);

/* ---- kip-chart-pen-table.c: the height it takes ---- */
double kip_pen_draw_table (const KipPen        *pen,
                           const KipSheetTable *table,
                           double               x,
                           double               y,
                           double               width);
double kip_pen_draw_note (const KipPen       *pen,
                          const KipSheetNote *note,
                          double              x,
                          double              y,
                          double              width);

G_END_DECLS
