/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-format.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* ---- names ---- */

static const char *const weekdays[] = {
  N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday")
};
static const char *const weekdays_short[] = {
  NC_ ("weekday", "Mon"), NC_ ("weekday", "Tue"), NC_ ("weekday", "Wed"), NC_ ("weekday", "Thu"),
  NC_ ("weekday", "Fri"), NC_ ("weekday", "Sat"), NC_ ("weekday", "Sun")
};
static const char *const months[] = {
  NC_ ("month", "January"), NC_ ("month", "February"), NC_ ("month", "March"), NC_ ("month", "April"),
  NC_ ("month", "May"), NC_ ("month", "June"), NC_ ("month", "July"), NC_ ("month", "August"),
  NC_ ("month", "September"), NC_ ("month", "October"), NC_ ("month", "November"), NC_ ("month", "December")
};
static const char *const months_short[] = {
  NC_ ("short month", "Jan"), NC_ ("short month", "Feb"), NC_ ("short month", "Mar"), NC_ ("short month", "Apr"),
  NC_ ("short month", "May"), NC_ ("short month", "Jun"), NC_ ("short month", "Jul"), NC_ ("short month", "Aug"),
  NC_ ("short month", "Sep"), NC_ ("short month", "Oct"), NC_ ("short month", "Nov"), NC_ ("short month", "Dec")
};

const char *
kip_format_weekday (int day)
{
  g_return_val_if_fail (day >= 1 && day <= 7, "");
  return _(weekdays[day - 1]);
}

const char *
kip_format_weekday_short (int day)
{
  g_return_val_if_fail (day >= 1 && day <= 7, "");
  return g_dpgettext2 (GETTEXT_PACKAGE, "weekday", weekdays_short[day - 1]);
}

const char *
kip_format_month (int month)
{
  g_return_val_if_fail (month >= 1 && month <= 12, "");
  return g_dpgettext2 (GETTEXT_PACKAGE, "month", months[month - 1]);
}

const char *
kip_format_month_short (int month)
{
  g_return_val_if_fail (month >= 1 && month <= 12, "");
  return g_dpgettext2 (GETTEXT_PACKAGE, "short month", months_short[month - 1]);
}

/* ---- instants ---- */

/* The name that a directive of a date pattern stands for; NULL: not a name. */
static const char *
name_for (GDateTime *local,
          char       directive)
{
  switch (directive)
    {
    case 'a':
      return kip_format_weekday_short (g_date_time_get_day_of_week (local));
    case 'A':
      return kip_format_weekday (g_date_time_get_day_of_week (local));
    case 'b':
      return kip_format_month_short (g_date_time_get_month (local));
    case 'B':
      return kip_format_month (g_date_time_get_month (local));
    default:
      return NULL;
    }
}

/* g_date_time_format() with the names of our own translation. */
static char *
format_local (GDateTime  *local,
              const char *pattern)
{
  g_autoptr (GString) named = g_string_new (NULL);

  for (const char *p = pattern; *p != '\0'; p++)
    {
      const char *name = *p == '%' ? name_for (local, p[1]) : NULL;

      if (name != NULL)
        g_string_append (named, name);
      else
        g_string_append_len (named, p, *p == '%' && p[1] != '\0' ? 2 : 1);
      p += *p == '%' && p[1] != '\0';
    }
  return g_date_time_format (local, named->str);
}

static char *
format_at (KipInstant  at,
           GTimeZone  *zone,
           const char *pattern)
{
  g_autoptr (GTimeZone) here = zone != NULL ? g_time_zone_ref (zone) : g_time_zone_new_local ();
  g_autoptr (GDateTime) local = NULL;

  if (at == KIP_INSTANT_NONE)
    return g_strdup ("");
  local = kip_instant_to_local (at, here);
  return local != NULL ? format_local (local, pattern) : g_strdup ("");
}

char *
kip_format_time (KipInstant at,
                 GTimeZone *zone)
{
  return format_at (at, zone, "%H:%M");
}

char *
kip_format_date (KipInstant at,
                 GTimeZone *zone)
{
  /* Translators: a date as for g_date_time_format(): %-d day, %b short month name, %m month number, %Y year */
  return format_at (at, zone, _("%-d %b %Y"));
}

char *
kip_format_instant (KipInstant at,
                    GTimeZone *zone)
{
  /* Translators: a date and time: %a short weekday, %-d day, %b short month name, %m month number */
  return format_at (at, zone, _("%a %-d %b %Y, %H:%M"));
}

/* Days from 1 January of year 1, for telling how many midnights lie between. */
static gint64
day_number (GDateTime *local)
{
  GDate date;

  g_date_set_dmy (&date, (GDateDay) g_date_time_get_day_of_month (local),
                  (GDateMonth) g_date_time_get_month (local), (GDateYear) g_date_time_get_year (local));
  return g_date_get_julian (&date);
}

/* Below an hour: minutes; NULL when it is further away. */
static char *
format_near (gint64 distance)
{
  int minutes = (int) (ABS (distance) / KIP_MS_PER_MINUTE);

  if (ABS (distance) < KIP_MS_PER_MINUTE)
    return g_strdup (_("just now"));
  if (minutes >= 60)
    return NULL;
  if (distance < 0)
    return g_strdup_printf (ngettext ("%d min ago", "%d min ago", (gulong) minutes), minutes);
  return g_strdup_printf (ngettext ("in %d min", "in %d min", (gulong) minutes), minutes);
}

static const char *
when_pattern (GDateTime *local,
              GDateTime *today)
{
  gint64 days = day_number (local) - day_number (today);

  if (days == 0)
    return _("today %H:%M");
  if (days == -1)
    return _("yesterday %H:%M");
  if (days == 1)
    return _("tomorrow %H:%M");
  if (ABS (days) <= 6)
    return _("%a %H:%M");
  if (g_date_time_get_year (local) == g_date_time_get_year (today))
    return _("%-d %b %H:%M");
  return _("%-d %b %Y");
}

char *
kip_format_when (KipInstant at,
                 KipInstant now,
                 GTimeZone *zone)
{
  g_autoptr (GTimeZone) here = zone != NULL ? g_time_zone_ref (zone) : g_time_zone_new_local ();
  g_autoptr (GDateTime) local = NULL;
  g_autoptr (GDateTime) today = NULL;
  char *near;

  if (at == KIP_INSTANT_NONE)
    return g_strdup ("");
  near = format_near (at - now);
  if (near != NULL)
    return near;
  local = kip_instant_to_local (at, here);
  today = kip_instant_to_local (now, here);
  if (local == NULL || today == NULL)
    return g_strdup ("");
  return format_local (local, when_pattern (local, today));
}

static const char *
day_pattern (GDateTime *local,
             GDateTime *today)
{
  gint64 days = day_number (local) - day_number (today);

  if (days == 0)
    return _("today");
  if (days == -1)
    return _("yesterday");
  if (days == 1)
    return _("tomorrow");
  if (g_date_time_get_year (local) == g_date_time_get_year (today))
    return _("%A %-d %B");
  return _("%A %-d %B %Y");
}

/* As a line of its own begins. */
static char *
capitalise (const char *text)
{
  const char *rest = *text != '\0' ? g_utf8_next_char (text) : text;
  g_autofree char *first = g_utf8_strup (text, (gssize) (rest - text));

  return g_strconcat (first, rest, NULL);
}

char *
kip_format_day (KipInstant at,
                KipInstant now,
                GTimeZone *zone)
{
  g_autoptr (GTimeZone) here = zone != NULL ? g_time_zone_ref (zone) : g_time_zone_new_local ();
  g_autoptr (GDateTime) local = NULL;
  g_autoptr (GDateTime) today = NULL;
  g_autofree char *text = NULL;

  if (at == KIP_INSTANT_NONE)
    return g_strdup ("");
  local = kip_instant_to_local (at, here);
  today = kip_instant_to_local (now, here);
  if (local == NULL || today == NULL)
    return g_strdup ("");
  text = format_local (local, day_pattern (local, today));
  return capitalise (text);
}

/* ---- durations ---- */

char *
kip_format_duration (gint64 seconds)
{
  gint64 minutes = ABS (seconds) / 60;

  if (minutes == 0)
    return g_strdup (_("under 1 min"));
  if (minutes < 60)
    return g_strdup_printf (ngettext ("%d min", "%d min", (gulong) minutes), (int) minutes);
  if (minutes % 60 == 0)
    return g_strdup_printf (ngettext ("%d h", "%d h", (gulong) (minutes / 60)), (int) (minutes / 60));
  /* Translators: hours and minutes, "2 h 5 min" */
  return g_strdup_printf (_("%d h %d min"), (int) (minutes / 60), (int) (minutes % 60));
}

char *
kip_format_working (gint64 seconds)
{
  g_autofree char *duration = kip_format_duration (seconds);

  /* Translators: a duration of working time, "5 h working" */
  return g_strdup_printf (_("%s working"), duration);
}

char *
kip_format_elapsed (gint64 seconds)
{
  gint64 days = ABS (seconds) / (24 * 60 * 60);

  if (days < 2)
    return kip_format_duration (seconds);
  return g_strdup_printf (ngettext ("%d day", "%d days", (gulong) days), (int) days);
}

char *
kip_format_countdown (gint64 seconds)
{
  gint64 minutes = ABS (seconds) / 60;
  const char *sign = seconds < 0 && minutes > 0 ? "−" : "";

  return g_strdup_printf ("%s%d:%02d", sign, (int) (minutes / 60), (int) (minutes % 60));
}

/* ---- clocks ---- */

const char *
kip_format_clock_name (KipClockKind kind)
{
  switch (kind)
    {
    case KIP_CLOCK_RESPONSE:
      return _("First response");
    case KIP_CLOCK_UPDATE:
      return _("Next update");
    case KIP_CLOCK_RESOLUTION:
      return _("Resolution");
    default:
      return "";
    }
}

const char *
kip_format_pause (KipPause pause)
{
  switch (pause)
    {
    case KIP_PAUSE_REQUESTER:
      return C_ ("waits for", "requester");
    case KIP_PAUSE_SUPPLIER:
      return C_ ("waits for", "supplier");
    case KIP_PAUSE_SCHEDULED:
      return C_ ("waits for", "scheduled");
    case KIP_PAUSE_OTHER:
      return C_ ("waits for", "other");
    case KIP_PAUSE_NONE:
    default:
      return C_ ("waits for", "outage");
    }
}

/* A running clock of a policy without a target promises nothing. */
static gboolean
is_promise (const KipClock *clock)
{
  return clock->state != KIP_CLOCK_OFF && (clock->target > 0 || clock->by_hand);
}

KipTone
kip_clock_tone (const KipClock        *clock,
                const KipClockReading *reading)
{
  if (!is_promise (clock))
    return KIP_TONE_OFF;
  if (clock->state == KIP_CLOCK_MET)
    return KIP_TONE_MET;
  if (clock->state == KIP_CLOCK_MISSED || reading->late)
    return KIP_TONE_LATE;
  if (clock->state == KIP_CLOCK_PAUSED)
    return KIP_TONE_PAUSED;
  return reading->fraction >= 0.75 ? KIP_TONE_WARNING : KIP_TONE_CALM;
}

static char *
format_late (gint64 overrun)
{
  g_autofree char *duration = kip_format_duration (overrun);

  return g_strdup_printf (_("late by %s"), duration);
}

static char *
format_running (const KipClockReading *reading)
{
  g_autofree char *duration = kip_format_duration (reading->remaining);

  if (reading->late)
    return format_late (reading->remaining);
  return g_strdup_printf (_("%s left"), duration);
}

/* An outage is said before what the ticket waits for: nobody can do anything about it. */
static const char *
pause_word (const KipClock *clock,
            KipPause        pause)
{
  return kip_format_pause (clock->outage ? KIP_PAUSE_NONE : pause);
}

static char *
format_paused (const KipClock        *clock,
               const KipClockReading *reading,
               KipPause               pause)
{
  g_autofree char *late = reading->late ? format_late (reading->remaining) : NULL;
  const char *word = pause_word (clock, pause);

  if (late != NULL)
    /* Translators: what the ticket waits for, and "late by 2 h" */
    return g_strdup_printf (_("paused · %s, %s"), word, late);
  return g_strdup_printf (_("paused · %s"), word);
}

static char *
format_stopped (const KipClock        *clock,
                const KipClockReading *reading)
{
  gboolean met = clock->state == KIP_CLOCK_MET;
  g_autofree char *time = NULL;

  if (met && clock->on_line)
    return g_strdup (_("answered at once"));
  time = kip_format_countdown (met ? reading->used : ABS (reading->remaining));

  return g_strdup_printf (met ? _("met in %s") : _("missed by %s"), time);
}

char *
kip_format_clock (const KipClock        *clock,
                  const KipClockReading *reading,
                  KipPause               pause)
{
  if (!is_promise (clock))
    return g_strdup (_("no promise"));
  if (clock->state == KIP_CLOCK_RUNNING)
    return format_running (reading);
  if (clock->state == KIP_CLOCK_PAUSED)
    return format_paused (clock, reading, pause);
  return format_stopped (clock, reading);
}

char *
kip_format_clock_short (const KipClock        *clock,
                        const KipClockReading *reading,
                        KipPause               pause)
{
  if (!is_promise (clock))
    return g_strdup ("");
  if (clock->state == KIP_CLOCK_RUNNING)
    return kip_format_countdown (reading->remaining);
  if (clock->state == KIP_CLOCK_PAUSED)
    return g_strdup (pause_word (clock, pause));
  return kip_format_countdown (clock->state == KIP_CLOCK_MET ? reading->used : reading->remaining);
}
