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
GtkWidget *kip_chart_table_new (gboolean bars);

/* Rows that say the same stay as they are, the others are replaced where they stand. */
void kip_chart_table_set_chart (GtkWidget *table,
                                KipChart  *chart);

G_END_DECLS
