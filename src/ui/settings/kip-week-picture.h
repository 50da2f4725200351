/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-calendar-spec.h"

G_BEGIN_DECLS

/* A week of working time, drawn small: a line for each day, from midnight to midnight.
 *
 *        0     6     12    18    24
 *   Mon        ▆▆▆▆  ▆▆▆▆
 *   Tue        ▆▆▆▆  ▆▆▆▆
 *
 * Geometry: an instant is a fraction of the day, a fraction a place between the labels
 * and the right edge.  It takes no input; a screen reader hears the hours of each day. */
#define KIP_TYPE_WEEK_PICTURE (kip_week_picture_get_type ())
G_DECLARE_FINAL_TYPE (KipWeekPicture, kip_week_picture, KIP, WEEK_PICTURE, GtkWidget)

GtkWidget *kip_week_picture_new (void);
void       kip_week_picture_show (KipWeekPicture        *picture,
                                  const KipCalendarSpec *spec);

G_END_DECLS
