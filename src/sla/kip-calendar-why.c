/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Why a calendar is closed: what an explanation of a deadline says. */

#include "kip-config.h"

#include "kip-calendar-private.h"

#include <glib/gi18n-lib.h>

#include "kip-zone.h"

#define SECONDS_PER_DAY G_GINT64_CONSTANT (86400)

typedef struct
{
  KipClosed   closed;
  const char *name;
} Reason;

static Reason
reason (KipClosed   closed,
        const char *name)
{
  Reason r = { closed, name };

  return r;
}

/* Local seconds since 1970-01-01 00:00 local. */
static gint64
local_seconds (KipCalendar *calendar,
               KipInstant   at)
{
  gint64 utc = at / KIP_MS_PER_SECOND - (at % KIP_MS_PER_SECOND < 0 ? 1 : 0);
  int interval = g_time_zone_find_interval (calendar->zone, G_TIME_TYPE_UNIVERSAL, utc);

  return utc + (interval < 0 ? 0 : g_time_zone_get_offset (calendar->zone, interval));
}

KipDay
kip_calendar_local_day (KipCalendar *calendar,
                        KipInstant   at)
{
  gint64 local = local_seconds (calendar, at);
  gint64 day = local / SECONDS_PER_DAY - (local % SECONDS_PER_DAY < 0 ? 1 : 0);

  return (KipDay) CLAMP (day, G_MININT32 / 2, G_MAXINT32 / 2);
}

KipInstant
kip_calendar_day_start (KipCalendar *calendar,
                        KipDay       day)
{
  KipZone zone;
  gint64 utc;

  kip_zone_init (&zone, calendar->zone, day, day);
  utc = kip_zone_to_utc (&zone, day * SECONDS_PER_DAY);
  kip_zone_clear (&zone);
  return utc * KIP_MS_PER_SECOND;
}

static const KipDatedHours *
dated_on (GPtrArray *list,
          KipDay     day)
{
  for (guint i = list->len; i > 0; i--)
    {
      const KipDatedHours *dated = g_ptr_array_index (list, i - 1);

      if (dated->day == day)
        return dated;
    }
  return NULL;
}

/* Why nobody works on @day at all; KIP_OPEN when somebody does. */
static Reason
whole_day (const KipCalendarSpec *spec,
           KipDay                 day)
{
  const KipDatedHours *shift = dated_on (spec->shifts, day);

  for (guint i = 0; i < spec->holidays->len; i++)
    {
      const KipHoliday *holiday = g_ptr_array_index (spec->holidays, i);

      if (kip_holiday_covers (holiday, day))
        return reason (KIP_CLOSED_HOLIDAY, kip_holiday_get_name (holiday, day));
    }
  if (shift != NULL)
    return shift->hours->len == 0 ? reason (KIP_CLOSED_SHIFT, shift->name) : reason (KIP_OPEN, NULL);
  if (spec->weekly[kip_day_weekday (day)]->len == 0)
    return reason (KIP_CLOSED_WEEKDAY, NULL);
  return reason (KIP_OPEN, NULL);
}

static gboolean
hours_hold (const GArray *hours,
            int           minute)
{
  for (guint i = 0; i < hours->len; i++)
    {
      const KipHours *h = &g_array_index (hours, KipHours, i);

      if (minute >= h->from && minute < h->to)
        return TRUE;
    }
  return FALSE;
}

/* Why a day on which somebody works is closed at @minute. */
static Reason
part_of_day (const KipCalendarSpec *spec,
             KipDay                 day,
             int                    minute)
{
  const KipDatedHours *pause = dated_on (spec->breaks, day);
  const KipDatedHours *shift = dated_on (spec->shifts, day);
  const GArray *hours = shift != NULL ? shift->hours : spec->weekly[kip_day_weekday (day)];

  if (pause != NULL && hours_hold (pause->hours, minute))
    return reason (KIP_CLOSED_BREAK, pause->name);
  if (hours->len > 0 && minute >= g_array_index (hours, KipHours, 0).from
      && minute < g_array_index (hours, KipHours, hours->len - 1).to)
    return reason (KIP_CLOSED_LUNCH, NULL);
  return reason (KIP_CLOSED_NIGHT, NULL);
}

static gboolean
same_reason (Reason a,
             Reason b)
{
  return a.closed == b.closed && g_strcmp0 (a.name, b.name) == 0;
}

/* The stretch from @stretch->start to at most @until, all of it closed.  Whole days
 * closed for one reason make one stretch with the nights around them. */
static void
explain_closed (KipCalendar *calendar,
                KipInstant   until,
                KipStretch  *stretch)
{
  const KipCalendarSpec *spec = calendar->spec;
  KipDay day = kip_calendar_local_day (calendar, stretch->start);
  KipDay last = kip_calendar_local_day (calendar, until - 1);
  Reason why = whole_day (spec, day);

  if (why.closed == KIP_OPEN && day < last)
    {
      why = whole_day (spec, day + 1);
      day += why.closed != KIP_OPEN ? 1 : 0;
    }
  if (why.closed == KIP_OPEN)
    why = part_of_day (spec, day,
                       (int) (local_seconds (calendar, stretch->start) - day * SECONDS_PER_DAY) / 60);
  else
    while (day < last && same_reason (why, whole_day (spec, day + 1)))
      day++;
  stretch->closed = why.closed;
  stretch->name = why.name;
  stretch->end = until;
  for (KipDay next = day + 1; next <= last; next++)
    if (whole_day (spec, next).closed != KIP_OPEN)
      {
        stretch->end = kip_calendar_day_start (calendar, next);
        return;
      }
}

/* Before and after the years that we know everything is closed, in one stretch; else
 * the stretch ends with those years at the latest. */
static gboolean
beyond_our_years (KipInstant  until,
                  KipStretch *stretch)
{
  KipInstant first = kip_day_from_ymd (KIP_CALENDAR_FIRST_YEAR, 1, 2) * KIP_MS_PER_DAY;
  KipInstant last = kip_day_from_ymd (KIP_CALENDAR_LAST_YEAR, 12, 30) * KIP_MS_PER_DAY;

  stretch->end = stretch->start < first ? MIN (until, first) : stretch->start < last ? MIN (until, last) : until;
  if (stretch->start >= first && stretch->start < last)
    return FALSE;
  stretch->closed = KIP_CLOSED_NIGHT;
  return TRUE;
}

gboolean
kip_calendar_next_stretch (KipCalendar *calendar,
                           KipInstant   from,
                           KipInstant   until,
                           KipStretch  *stretch)
{
  KipInstant start, end;

  if (from >= until)
    return FALSE;
  *stretch = (KipStretch) { from, until, KIP_OPEN, NULL };
  if (beyond_our_years (until, stretch))
    return TRUE;
  until = stretch->end;
  if (kip_calendar_is_open (calendar, from))
    {
      if (kip_calendar_next_period (calendar, from, until, &start, &end))
        stretch->end = end;
      return TRUE;
    }
  start = kip_calendar_next_open (calendar, from);
  explain_closed (calendar, start == KIP_INSTANT_NONE ? until : MIN (start, until), stretch);
  return TRUE;
}

const char *
kip_stretch_get_reason (const KipStretch *stretch)
{
  if (stretch->name != NULL)
    return stretch->name;
  switch (stretch->closed)
    {
    case KIP_OPEN:
      return _("working time");
    case KIP_CLOSED_LUNCH:
      return _("midday break");
    case KIP_CLOSED_WEEKDAY:
      return _("weekend");
    case KIP_CLOSED_HOLIDAY:
      return _("holiday");
    case KIP_CLOSED_SHIFT:
      return _("day off");
    case KIP_CLOSED_BREAK:
      return _("break");
    case KIP_CLOSED_NIGHT:
    default:
      return _("night");
    }
}
