/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-session.h"

G_BEGIN_DECLS

/* The manager's window: figures at the top, charts below, one range and one filter
 * for all.  What it shows is computed in a thread and follows the store; a figure or
 * a mark opens its tickets in the main window (app.show-query).
 *
 * Actions: charts.compare and charts.elapsed (toggles), charts.by (day, week, month or
 * auto), charts.print, charts.save-page, charts.search, charts.what-if. */
#define KIP_TYPE_CHARTS_WINDOW (kip_charts_window_get_type ())
G_DECLARE_FINAL_TYPE (KipChartsWindow, kip_charts_window, KIP, CHARTS_WINDOW, AdwWindow)

/* The one window of the program, made when there is none. */
void kip_charts_window_present (GtkApplication *application,
                                KipSession     *session);

/* Before the office is closed. */
void kip_charts_window_close (GtkApplication *application);

G_END_DECLS
