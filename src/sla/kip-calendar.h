/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-calendar-spec.h"

G_BEGIN_DECLS

/* Working time as arithmetic.  A calendar is immutable and reference counted; it is
 * compiled on demand, for the years that are asked about, to sorted UTC stretches
 * with the working time before each, so a deadline costs two look-ups.  Threads: any.
 *
 * Instants are UTC ms, durations whole seconds of working time, counted in elapsed
 * seconds.  Stretches are half-open.  Beyond the years 1900–2199, and for a calendar
 * without working time, there is no deadline: KIP_INSTANT_NONE. */
typedef struct _KipCalendar KipCalendar;

/* Copies @spec.  Anything is accepted here (kip_calendar_spec_check() is for saving):
 * an unknown zone counts as UTC. */
KipCalendar *kip_calendar_new (const KipCalendarSpec *spec);
KipCalendar *kip_calendar_ref (KipCalendar *calendar);
void         kip_calendar_unref (KipCalendar *calendar);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipCalendar, kip_calendar_unref)

const KipCalendarSpec *kip_calendar_get_spec (KipCalendar *calendar);
GTimeZone             *kip_calendar_get_zone (KipCalendar *calendar); /* borrowed */

/* The earliest instant at which @seconds of working time have passed since @start:
 * the end of the morning, not the beginning of the afternoon.  0 gives @start. */
KipInstant kip_calendar_add (KipCalendar *calendar,
                             KipInstant   start,
                             gint64       seconds);

/* The latest instant from which @seconds of working time pass until @end. */
KipInstant kip_calendar_subtract (KipCalendar *calendar,
                                  KipInstant   end,
                                  gint64       seconds);

/* Working seconds from @a to @b; 0 when @b is not after @a.  It adds up: between
 * (a, b) + between (b, c) = between (a, c) for a ≤ b ≤ c, whatever the milliseconds. */
gint64 kip_calendar_between (KipCalendar *calendar,
                             KipInstant   a,
                             KipInstant   b);

/* The same, negative when @b is before @a: how far away a deadline is, or how late. */
gint64 kip_calendar_distance (KipCalendar *calendar,
                              KipInstant   a,
                              KipInstant   b);

/* The same in milliseconds, for sums of many parts: only the sum is cut to seconds. */
KipInstant kip_calendar_add_ms (KipCalendar *calendar,
                                KipInstant   start,
                                gint64       ms);
gint64     kip_calendar_between_ms (KipCalendar *calendar,
                                    KipInstant   a,
                                    KipInstant   b);

gboolean kip_calendar_is_open (KipCalendar *calendar,
                               KipInstant   at);

/* Each KIP_INSTANT_NONE when there is none.  Touching stretches count as one.
 *   next_open   @at when open, else the next opening
 *   next_start  the next opening strictly after @at
 *   next_close  the end of the stretch that @at is in, else of the next one
 *   prev_close  @at when the moment before it was open, else the last closing */
KipInstant kip_calendar_next_open (KipCalendar *calendar,
                                   KipInstant   at);
KipInstant kip_calendar_next_start (KipCalendar *calendar,
                                    KipInstant   at);
KipInstant kip_calendar_next_close (KipCalendar *calendar,
                                    KipInstant   at);
KipInstant kip_calendar_prev_close (KipCalendar *calendar,
                                    KipInstant   at);

/* The first stretch of working time within [from, until), cut to it.  To go over
 * all: call again from @end.  FALSE: no more. */
gboolean kip_calendar_next_period (KipCalendar *calendar,
                                   KipInstant   from,
                                   KipInstant   until,
                                   KipInstant  *start,
                                   KipInstant  *end);

typedef enum
{
  KIP_OPEN = 0,
  KIP_CLOSED_NIGHT,   /* outside the hours of the day */
  KIP_CLOSED_LUNCH,   /* between the hours of one day */
  KIP_CLOSED_WEEKDAY, /* a day of the week without hours: a weekend */
  KIP_CLOSED_HOLIDAY,
  KIP_CLOSED_SHIFT,   /* a dated day off */
  KIP_CLOSED_BREAK    /* a dated break */
} KipClosed;

typedef struct
{
  KipInstant  start;
  KipInstant  end;    /* exclusive */
  KipClosed   closed; /* KIP_OPEN: working time */
  const char *name;   /* (nullable) of the holiday, shift or break; borrowed from the calendar */
} KipStretch;

/* What @from is in, and until when, at most @until: for explaining a deadline and
 * for shading a time line.  The nights before and after closed days belong to them.
 * FALSE when @from is not before @until. */
gboolean kip_calendar_next_stretch (KipCalendar *calendar,
                                    KipInstant   from,
                                    KipInstant   until,
                                    KipStretch  *stretch);

/* "night", "weekend", "lunch break", or the name: in the language of the interface. */
const char *kip_stretch_get_reason (const KipStretch *stretch);

/* The local date of @at in the calendar's zone. */
KipDay kip_calendar_local_day (KipCalendar *calendar,
                               KipInstant   at);

/* Local midnight at the start of @day. */
KipInstant kip_calendar_day_start (KipCalendar *calendar,
                                   KipDay       day);

G_END_DECLS
