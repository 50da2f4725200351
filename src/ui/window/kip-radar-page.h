/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-session.h"

G_BEGIN_DECLS

/* The radar: what breaks next if nobody does anything, as one sentence, a time
 * line and a list by day.
 *
 * Signal "opened" (guint64 ticket) */
#define KIP_TYPE_RADAR_PAGE (kip_radar_page_get_type ())
G_DECLARE_FINAL_TYPE (KipRadarPage, kip_radar_page, KIP, RADAR_PAGE, GtkWidget)

/* @session: (nullable) */
void kip_radar_page_set_session (KipRadarPage *self,
                                 KipSession   *session);

G_END_DECLS
