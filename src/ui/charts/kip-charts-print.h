/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-chart-sheet.h"

G_BEGIN_DECLS

/* Asks for a printer with the desktop's own dialog and prints @sheet (taken) on one page. */
gboolean kip_charts_print (GtkWindow     *parent,
                           KipChartSheet *sheet,
                           GError       **error);

G_END_DECLS
