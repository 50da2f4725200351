/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-chart-layout.h"

G_BEGIN_DECLS

/* One chart in a window.  The pointer finds its marks and says them in a tooltip; the
 * arrow keys go from mark to mark, Enter and a click open a mark's tickets.  Each mark
 * that is not empty is an accessible child of its own with what it says as its name.
 *
 * Limits: at least 200 × 200 pixels are asked for, it grows with its room.
 *
 * Signals:
 * "told" (const char *): the mark that the keyboard or the pointer is on says this; NULL: none.
 * "open-query" (const char *): the tickets of a mark are asked for. */
#define KIP_TYPE_CHART_VIEW (kip_chart_view_get_type ())
G_DECLARE_FINAL_TYPE (KipChartView, kip_chart_view, KIP, CHART_VIEW, GtkWidget)

GtkWidget *kip_chart_view_new (void);

/* Keeps the mark that has the focus, if there is still one like it. */
void      kip_chart_view_set_chart (KipChartView *self,
                                    KipChart     *chart); /* (nullable) */
KipChart *kip_chart_view_get_chart (KipChartView *self);

/* Whether some of @widget, or of a little around it, can be seen in the window that it is scrolled in. */
gboolean kip_chart_view_is_in_sight (GtkWidget *widget);

/* How charts look now: dark or light, high contrast, large text. */
void kip_chart_theme_of_widget (GtkWidget     *widget,
                                KipChartTheme *theme);

G_END_DECLS
