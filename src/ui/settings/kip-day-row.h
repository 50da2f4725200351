/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-calendar-spec.h"

G_BEGIN_DECLS

/* One weekday with its hours.
 *
 * Signals:
 * "changed" (), "refused" (const char *sentence): as of KipHoursEditor.
 * "copied" (): these hours for every day that has any. */
#define KIP_TYPE_DAY_ROW (kip_day_row_get_type ())
G_DECLARE_FINAL_TYPE (KipDayRow, kip_day_row, KIP, DAY_ROW, GtkListBoxRow)

GtkWidget    *kip_day_row_new (const char *day);
void          kip_day_row_show (KipDayRow    *row,
                                const GArray *hours);
const GArray *kip_day_row_get_hours (KipDayRow *row);

G_END_DECLS
