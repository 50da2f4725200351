/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-chart-layout.h"

G_BEGIN_DECLS

/* What the layouts of the kinds of charts have in common; only they include it. */

#define KIP_LAY_GAP 6.0        /* between a label and what it names */
#define KIP_LAY_BETWEEN_BARS 4

void kip_lay_measure (PangoLayout         *pango,
                      const KipChartTheme *theme,
                      const char          *text,
                      gboolean             strong,
                      double              *width,
                      double              *height);

/* Measured, its place still to be said.  Valid until the next one is added. */
KipLabel *kip_lay_add_label (KipChartLayout *layout,
                             PangoLayout    *pango,
                             const char     *text);
void kip_lay_keep_inside (KipChartLayout *layout,
                          KipLabel       *label);

/* How far down @value stands in the plot. */
double kip_lay_value_y (const KipChartLayout *layout,
                        double                value);

void kip_lay_add_shape (KipChartLayout *layout,
                        guint           series,
                        guint           index,
                        KipRect         area,
                        KipRect         hit);

/* Below the plot, every first, second, third … label. */
void kip_lay_add_categories (KipChartLayout *layout,
                             PangoLayout    *pango);

/* The kinds. */
void kip_lay_columns (KipChartLayout *layout,
                      PangoLayout    *pango);
void kip_lay_bars (KipChartLayout *layout,
                   PangoLayout    *pango);
void kip_lay_heat (KipChartLayout *layout,
                   PangoLayout    *pango);

G_END_DECLS
