/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-instant.h"
#include "kip-schema.h"
#include "kip-ticket-clocks.h"

G_BEGIN_DECLS

/* Times, durations and clocks in the words of the person's language: the list,
 * the editor, notifications and kipctl say the same thing the same way.  Weekday
 * and month names come from the translation, not from the system's locale, so
 * that a sentence is never half in another language.  24-hour clock throughout.
 *
 * Threads: any.  Texts are (transfer full) unless "Static".  Where a time zone
 * is asked, NULL is this machine's. */

/* ---- instants; KIP_INSTANT_NONE gives "" ---- */

char *kip_format_time (KipInstant at,
                       GTimeZone *zone); /* "16:20" */
char *kip_format_date (KipInstant at,
                       GTimeZone *zone); /* "6 Mar 2026" */
char *kip_format_instant (KipInstant at,
                          GTimeZone *zone); /* "Fri 6 Mar 2026, 16:20" */

/* Relative when near: "just now", "5 min ago", "in 41 min", "today 16:20",
 * "yesterday 16:20", "tomorrow 16:20", "Mon 16:20" up to six days away, "6 Mar
 * 16:20" in the year of @now, else "6 Mar 2025". */
char *kip_format_when (KipInstant at,
                       KipInstant now,
                       GTimeZone *zone);

/* The day alone, as a heading: "Today", "Yesterday", "Tomorrow", "Friday 6 March", and
 * with the year when it is not that of @now. */
char *kip_format_day (KipInstant at,
                      KipInstant now,
                      GTimeZone *zone);

/* Static; @day 1 Monday … 7 Sunday, @month 1 … 12, as in GDateTime. */
const char *kip_format_weekday (int day);
const char *kip_format_weekday_short (int day);
const char *kip_format_month (int month);
const char *kip_format_month_short (int month);

/* ---- durations in whole seconds; cut, never rounded up ---- */

char *kip_format_duration (gint64 seconds); /* "under 1 min", "41 min", "2 h", "2 h 5 min" */
char *kip_format_working (gint64 seconds);  /* "5 h working" */
char *kip_format_elapsed (gint64 seconds);  /* real time: as a duration, from two days on "3 days" */
char *kip_format_countdown (gint64 seconds); /* hours and minutes: "0:41", "26:05", "−2:05" */

/* Reads what a person types for a duration: "1:30", "90" (minutes), "90m",
 * "1h30", "1 h 30 min", "1.5h", "1,5 h", and "giờ", "phút", "g", "p".  FALSE and
 * @ret_seconds untouched when it is none, or zero, or above 1000 h. */
gboolean kip_parse_duration (const char *text,
                             gint64     *ret_seconds);

/* Reads a time of day "16:20", "1620", "9", "9h30": minutes since midnight. */
gboolean kip_parse_time_of_day (const char *text,
                                int        *ret_minutes);

/* Reads a date "6/3/2026", "6.3.26", "6-3" (of @now's year), "2026-03-06"; the
 * day first but for ISO.  FALSE: no such date. */
gboolean kip_parse_date (const char *text,
                         KipInstant  now,
                         GTimeZone  *zone,
                         int        *ret_year,
                         int        *ret_month,
                         int        *ret_day);

/* ---- clocks ---- */

/* How a state should look: a word and an icon always go with the colour. */
typedef enum
{
  KIP_TONE_OFF,     /* no promise: dimmed */
  KIP_TONE_CALM,    /* running, time enough */
  KIP_TONE_WARNING, /* three quarters used, or more */
  KIP_TONE_LATE,    /* broken */
  KIP_TONE_PAUSED,
  KIP_TONE_MET
} KipTone;

/* "First response", "Next update", "Resolution".  Static. */
const char *kip_format_clock_name (KipClockKind kind);

KipTone kip_clock_tone (const KipClock        *clock,
                        const KipClockReading *reading);

/* "41 min left", "late by 2 h", "paused · supplier", "paused · supplier, late by
 * 2 h", "met in 0:12", "answered at once", "missed by 0:30", "no promise".  @pause:
 * what the ticket waits for; a clock that an outage pauses says so instead. */
char *kip_format_clock (const KipClock        *clock,
                        const KipClockReading *reading,
                        KipPause               pause);

/* The same for a narrow column: "0:41", "−2:00", "supplier", "0:12", "". */
char *kip_format_clock_short (const KipClock        *clock,
                              const KipClockReading *reading,
                              KipPause               pause);

/* "requester", "supplier", "scheduled", "other", and "outage" for none.  Static. */
const char *kip_format_pause (KipPause pause);

G_END_DECLS
