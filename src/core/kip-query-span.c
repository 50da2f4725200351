/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-query-time.h"

/* What resolving needs: today, as a date of @zone. */
typedef struct
{
  KipQueryDirection direction;
  KipInstant now;
  GTimeZone *zone;
  GDate      today;
} Scene;

/* Some zones have no midnight on the day that their clocks go forward: GLib then
 * gives the first instant of that day. */
static KipInstant
local_instant (const Scene *scene,
               const GDate *date,
               int          hour,
               int          minute)
{
  g_autoptr (GDateTime) when = g_date_time_new (scene->zone, g_date_get_year (date), (int) g_date_get_month (date),
                                                g_date_get_day (date), hour, minute, 0);

  return when != NULL ? kip_instant_from_date_time (when) : scene->now;
}

static void
days (const Scene *scene,
      const GDate *first,
      guint        n,
      KipInstant  *from,
      KipInstant  *to)
{
  GDate end = *first;

  g_date_add_days (&end, n);
  *from = local_instant (scene, first, 0, 0);
  *to = local_instant (scene, &end, 0, 0);
}

static void
months (const Scene *scene,
        int          year,
        int          month,
        guint        n,
        KipInstant  *from,
        KipInstant  *to)
{
  GDate first, end;

  year += (month + 11) / 12 - 1; /* month may be 0 or 13 … */
  month = (month + 11) % 12 + 1;
  g_date_set_dmy (&first, 1, (GDateMonth) month, (GDateYear) year);
  end = first;
  g_date_add_months (&end, n);
  *from = local_instant (scene, &first, 0, 0);
  *to = local_instant (scene, &end, 0, 0);
}

static void
shifted_days (const Scene *scene,
              int          shift,
              guint        n,
              KipInstant  *from,
              KipInstant  *to)
{
  GDate first = scene->today;

  if (shift >= 0)
    g_date_add_days (&first, (guint) shift);
  else
    g_date_subtract_days (&first, (guint) -shift);
  days (scene, &first, n, from, to);
}

static void
weekday (const Scene *scene,
         int          day,
         KipInstant  *from,
         KipInstant  *to)
{
  int today = (int) g_date_get_weekday (&scene->today);
  int shift = scene->direction == KIP_QUERY_FUTURE ? (day - today + 7) % 7 : -((today - day + 7) % 7);

  shifted_days (scene, shift, 1, from, to);
}

static void
moment (const Scene   *scene,
        KipQueryMoment which,
        KipInstant    *from,
        KipInstant    *to)
{
  int year = g_date_get_year (&scene->today);
  int month = (int) g_date_get_month (&scene->today);
  int quarter = (month - 1) / 3 * 3 + 1;
  int monday = 1 - (int) g_date_get_weekday (&scene->today);

  if (which == KIP_QUERY_NOW)
    {
      *from = scene->now;
      *to = scene->now + 1;
    }
  else if (which <= KIP_QUERY_TOMORROW)
    shifted_days (scene, which == KIP_QUERY_TODAY ? 0 : which == KIP_QUERY_TOMORROW ? 1 : -1, 1, from, to);
  else if (which <= KIP_QUERY_NEXT_WEEK)
    shifted_days (scene, monday + (which == KIP_QUERY_THIS_WEEK ? 0 : which == KIP_QUERY_NEXT_WEEK ? 7 : -7), 7, from, to);
  else if (which <= KIP_QUERY_NEXT_MONTH)
    months (scene, year, month + (which == KIP_QUERY_THIS_MONTH ? 0 : which == KIP_QUERY_NEXT_MONTH ? 1 : -1), 1, from, to);
  else if (which <= KIP_QUERY_NEXT_QUARTER)
    months (scene, year, quarter + (which == KIP_QUERY_THIS_QUARTER ? 0 : which == KIP_QUERY_NEXT_QUARTER ? 3 : -3), 3, from, to);
  else if (which <= KIP_QUERY_NEXT_YEAR)
    months (scene, year + (which == KIP_QUERY_THIS_YEAR ? 0 : which == KIP_QUERY_NEXT_YEAR ? 1 : -1), 1, 12, from, to);
  else
    weekday (scene, (int) which - KIP_QUERY_MONDAY + 1, from, to);
}

/* 31/10: the nearest one that there is in the direction; 29/2 may be years away. */
static void
day_of_some_year (const Scene        *scene,
                  const KipQueryTime *time,
                  KipInstant         *from,
                  KipInstant         *to)
{
  int step = scene->direction == KIP_QUERY_FUTURE ? 1 : -1;
  int year = g_date_get_year (&scene->today);
  GDate date = scene->today;

  for (int tries = 0; tries < 10; tries++, year += step)
    {
      if (!g_date_valid_dmy ((GDateDay) time->day, (GDateMonth) time->part, (GDateYear) year))
        continue;
      g_date_set_dmy (&date, (GDateDay) time->day, (GDateMonth) time->part, (GDateYear) year);
      if (g_date_compare (&date, &scene->today) * step >= 0)
        break;
    }
  days (scene, &date, 1, from, to);
}

/* 4 January is always in the first ISO week. */
static void
iso_week (const Scene        *scene,
          const KipQueryTime *time,
          KipInstant         *from,
          KipInstant         *to)
{
  GDate monday;

  g_date_set_dmy (&monday, 4, G_DATE_JANUARY, (GDateYear) time->year);
  g_date_subtract_days (&monday, (guint) g_date_get_weekday (&monday) - 1);
  g_date_add_days (&monday, (guint) (time->part - 1) * 7);
  days (scene, &monday, 7, from, to);
}

static void
minute (const Scene *scene,
        const GDate *date,
        int          hour,
        int          past,
        KipInstant  *from,
        KipInstant  *to)
{
  *from = local_instant (scene, date, hour, past);
  *to = *from + KIP_MS_PER_MINUTE;
}

static void
point (const Scene *scene,
       gint64       seconds,
       KipInstant  *from,
       KipInstant  *to)
{
  *from = scene->now + seconds * KIP_MS_PER_SECOND;
  *to = *from + 1;
}

static void
scene_init (Scene            *scene,
            KipQueryDirection direction,
            KipInstant        now,
            GTimeZone        *zone)
{
  g_autoptr (GDateTime) local = NULL;

  /* Dates exist for the years 1 to 9999: far enough from both ends. */
  scene->now = CLAMP (now, -KIP_MS_PER_DAY * 365 * 1900, KIP_MS_PER_DAY * 365 * 8000);
  scene->direction = direction;
  scene->zone = zone;
  local = kip_instant_to_local (scene->now, zone);
  g_date_set_dmy (&scene->today, (GDateDay) g_date_time_get_day_of_month (local),
                  (GDateMonth) g_date_time_get_month (local), (GDateYear) g_date_time_get_year (local));
}

void
kip_query_time_resolve (const KipQueryTime *time,
                        KipQueryDirection   direction,
                        KipInstant          now,
                        GTimeZone          *zone,
                        KipInstant         *from,
                        KipInstant         *to)
{
  Scene scene;
  GDate date;

  scene_init (&scene, direction, now, zone);
  date = scene.today;
  if (time->day > 0 && time->year > 0)
    g_date_set_dmy (&date, (GDateDay) time->day, (GDateMonth) time->part, (GDateYear) time->year);
  switch (time->kind)
    {
    case KIP_QUERY_TIME_MOMENT:
      moment (&scene, time->moment, from, to);
      break;
    case KIP_QUERY_TIME_YEAR:
      months (&scene, time->year, 1, 12, from, to);
      break;
    case KIP_QUERY_TIME_QUARTER:
      months (&scene, time->year, time->part * 3 - 2, 3, from, to);
      break;
    case KIP_QUERY_TIME_MONTH:
      months (&scene, time->year, time->part, 1, from, to);
      break;
    case KIP_QUERY_TIME_WEEK:
      iso_week (&scene, time, from, to);
      break;
    case KIP_QUERY_TIME_DAY:
      if (time->year == 0)
        day_of_some_year (&scene, time, from, to);
      else
        days (&scene, &date, 1, from, to);
      break;
    case KIP_QUERY_TIME_MINUTE:
    case KIP_QUERY_TIME_CLOCK:
      minute (&scene, &date, time->hour, time->minute, from, to);
      break;
    case KIP_QUERY_TIME_DURATION:
      point (&scene, direction == KIP_QUERY_FUTURE ? time->seconds : -time->seconds, from, to);
      break;
    case KIP_QUERY_TIME_OFFSET:
    default:
      point (&scene, time->seconds, from, to);
      break;
    }
}

gboolean
kip_query_resolve_time (const char       *text,
                        KipQueryDirection direction,
                        KipInstant        now,
                        GTimeZone        *zone,
                        KipInstant       *from,
                        KipInstant       *to)
{
  KipQueryTime time;

  if (!kip_query_time_parse (text, &time))
    return FALSE;
  kip_query_time_resolve (&time, direction, now, zone, from, to);
  return TRUE;
}
