/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-format.h"

#include "kip-text.h"

#include <string.h>

#define MAX_SECONDS (1000 * 60 * 60)

/* Reads at most @max_digits digits; FALSE without any. */
static gboolean
take_number (const char **p,
             guint        max_digits,
             int         *ret_number)
{
  guint n = 0;
  int number = 0;

  while (n < max_digits && g_ascii_isdigit ((*p)[n]))
    number = number * 10 + ((*p)[n++] - '0');
  if (n == 0 || g_ascii_isdigit ((*p)[n]))
    return FALSE;
  *p += n;
  *ret_number = number;
  return TRUE;
}

static gboolean
take_char (const char **p,
           const char  *any_of)
{
  if (**p == '\0' || strchr (any_of, **p) == NULL)
    return FALSE;
  (*p)++;
  return TRUE;
}

static void
skip_space (const char **p)
{
  while (**p == ' ')
    (*p)++;
}

/* A word of folded letters; its seconds, or 0 when it is no unit. */
static int
take_unit (const char **p)
{
  static const struct
  {
    const char *word;
    int         seconds;
  } units[] = {
    { "hours", 3600 }, { "hour", 3600 }, { "gio", 3600 }, { "h", 3600 }, { "g", 3600 },
    { "minutes", 60 }, { "minute", 60 }, { "phut", 60 }, { "min", 60 }, { "m", 60 }, { "p", 60 }
  };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_has_prefix (*p, units[i].word))
      {
        *p += strlen (units[i].word);
        return units[i].seconds;
      }
  return 0;
}

/* "1:30" */
static gboolean
parse_colon (const char *p,
             gint64     *ret_seconds)
{
  int hours, minutes;

  if (!take_number (&p, 4, &hours) || !take_char (&p, ":") || !take_number (&p, 2, &minutes))
    return FALSE;
  skip_space (&p);
  if (*p == 'h')
    p++;
  *ret_seconds = hours * 3600 + minutes * 60;
  return *p == '\0' && minutes < 60;
}

/* Tenths and hundredths after a comma or point, as seconds of @unit. */
static gboolean
take_fraction (const char **p,
               int         *ret_hundredths)
{
  const char *start = *p;
  int digits;

  *ret_hundredths = 0;
  if (!take_char (p, ".,"))
    return TRUE;
  start = *p;
  if (!take_number (p, 2, &digits))
    return FALSE;
  *ret_hundredths = *p - start == 1 ? digits * 10 : digits;
  return TRUE;
}

/* "1h30", "1 h 30 min", "1,5 h", "90": numbers with units, falling; a number
 * without a unit is minutes. */
static gboolean
parse_units (const char *p,
             gint64     *ret_seconds)
{
  gint64 seconds = 0;
  int last = G_MAXINT;

  while (*p != '\0')
    {
      int number, hundredths, unit;

      if (!take_number (&p, 5, &number) || !take_fraction (&p, &hundredths))
        return FALSE;
      skip_space (&p);
      unit = *p != '\0' ? take_unit (&p) : 60;
      skip_space (&p);
      if (unit == 0 || unit >= last)
        return FALSE;
      seconds += (gint64) number * unit + (gint64) hundredths * unit / 100;
      last = unit;
    }
  *ret_seconds = seconds;
  return TRUE;
}

gboolean
kip_parse_duration (const char *text,
                    gint64     *ret_seconds)
{
  g_autofree char *folded = kip_text_fold (text);
  gint64 seconds = 0;

  if (!parse_colon (folded, &seconds) && !parse_units (folded, &seconds))
    return FALSE;
  if (seconds <= 0 || seconds > MAX_SECONDS)
    return FALSE;
  *ret_seconds = seconds;
  return TRUE;
}

gboolean
kip_parse_time_of_day (const char *text,
                       int        *ret_minutes)
{
  g_autofree char *folded = kip_text_fold (text);
  const char *p = folded;
  int hour = 0, minute = 0;

  if (strlen (p) == 4 && strspn (p, "0123456789") == 4)
    {
      take_number (&p, 4, &hour);
      minute = hour % 100;
      hour /= 100;
    }
  else if (!take_number (&p, 2, &hour))
    return FALSE;
  else if (take_char (&p, ":h.g") && *p != '\0' && !take_number (&p, 2, &minute))
    return FALSE;
  if (*p != '\0' || hour > 23 || minute > 59)
    return FALSE;
  *ret_minutes = hour * 60 + minute;
  return TRUE;
}

static int
year_of (KipInstant now,
         GTimeZone *zone)
{
  g_autoptr (GTimeZone) here = zone != NULL ? g_time_zone_ref (zone) : g_time_zone_new_local ();
  g_autoptr (GDateTime) local = kip_instant_to_local (now, here);

  return local != NULL ? g_date_time_get_year (local) : 1970;
}

/* Up to three numbers parted by / . or -; how many there were, 0: something else. */
static int
take_date_parts (const char *p,
                 int        *parts)
{
  int n = 0;

  do
    if (!take_number (&p, 4, &parts[n++]))
      return 0;
  while (n < 3 && take_char (&p, "/.-"));
  return *p == '\0' ? n : 0;
}

gboolean
kip_parse_date (const char *text,
                KipInstant  now,
                GTimeZone  *zone,
                int        *ret_year,
                int        *ret_month,
                int        *ret_day)
{
  g_autofree char *folded = kip_text_fold (text);
  int parts[3] = { 0 };
  int n = take_date_parts (folded, parts);
  gboolean iso = n == 3 && parts[0] > 31;
  int day = iso ? parts[2] : parts[0];
  int year = n == 3 ? (iso ? parts[0] : parts[2]) : year_of (now, zone);

  if (year < 100)
    year += 2000;
  if (n < 2 || !g_date_valid_dmy ((GDateDay) MIN (day, 99), (GDateMonth) parts[1], (GDateYear) year))
    return FALSE;
  *ret_year = year;
  *ret_month = parts[1];
  *ret_day = day;
  return TRUE;
}
