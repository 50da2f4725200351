/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-radar-model.h"

G_BEGIN_DECLS

/* The radar's time line: from now on to the right, working hours shaded, a dot for
 * each promise that falls due, stacked where several fall together; mine above the
 * line of days, the team's below it.
 *
 *   value → fraction  (at − from) / (to − from)
 *   fraction → pixel  left to right, right to left where text runs so
 *   hit test          the nearest dot within its own size
 *
 * Left and Right go from dot to dot, Home and End to the first and last, Enter
 * opens.  A dot tells number, subject and instant in its tooltip and to screen
 * readers.
 *
 * Signal "opened" (guint64 ticket) */
#define KIP_TYPE_RADAR_CHART (kip_radar_chart_get_type ())
G_DECLARE_FINAL_TYPE (KipRadarChart, kip_radar_chart, KIP, RADAR_CHART, GtkWidget)

/* @model, @calendar: (nullable) */
void kip_radar_chart_set_model (KipRadarChart *self,
                                KipRadarModel *model,
                                KipCalendar   *calendar);

/* "A-214 Printer — resolution, due today 16:20".  (transfer full) */
char *kip_radar_mark_words (const KipRadarMark *mark);

G_END_DECLS
