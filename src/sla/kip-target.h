/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define KIP_WORKING_DAY_SECONDS (8 * 3600)

/* Reads a target as a person types it: "4h", "1 h 30 min", "90m", "1:30", "2 working
 * days", "1 working day (8 h)", "1 day 24x7"; in Vietnamese "4 giờ 30 phút", "2 ngày làm
 * việc", "1 ngày 24×7"; "" and "0" for none.  A working day is 8 hours, a 24×7 day 24.  A bare
 * "1 day" is refused, for nobody can tell which is meant.  KIP_ERROR_INVALID with a sentence
 * for the form. */
gboolean kip_target_parse (const char *text,
                           gint64     *seconds,
                           GError    **error);

/* "4 h 30 min"; from a whole number of working days on "2 working days (16 h)";
 * "" for none.  kip_target_parse() reads it back.  (transfer full) */
char *kip_target_to_text (gint64 seconds);

/* A duration of working time for lists: "0:41", "12:05" hours and minutes, with a
 * minus sign when negative; seconds are cut off.  (transfer full) */
char *kip_working_time_to_text (gint64 seconds);

G_END_DECLS
