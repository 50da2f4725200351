/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-chart.h"

G_BEGIN_DECLS

/* The numbers of a chart as a table: a row a category, a column a series.  A cell
 * with tickets behind it is a button that activates app.show-query with them.
 * @bars: the first column has a small bar beside each number. */
GtkWidget *kip_chart_table_new (KipChart *chart,
                                gboolean  bars);

G_END_DECLS
