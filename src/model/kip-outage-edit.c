/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-outage-edit.h"

#include <glib/gi18n-lib.h>

#include "kip-calendar-edit.h"
#include "kip-error.h"
#include "kip-format.h"

static KipInstant
instant_of (KipDay day,
            int    minutes)
{
  g_autoptr (GDateTime) midnight = NULL;
  int year, month, of_month;

  kip_day_to_ymd (day, &year, &month, &of_month);
  midnight = g_date_time_new_local (year, month, of_month, minutes / 60 % 24, minutes % 60, 0);
  return kip_instant_from_date_time (midnight) + (minutes == KIP_MINUTES_PER_DAY ? KIP_MS_PER_DAY : 0);
}

static gboolean
parse_time (const char *text,
            int        *minutes,
            GError    **error)
{
  if (kip_hours_parse_time (text, minutes))
    return TRUE;
  g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID, _("“%s” is not a time of day. Write it as 16:30."), text);
  return FALSE;
}

static gboolean
is_empty (const char *text)
{
  g_autofree char *typed = g_strstrip (g_strdup (text));

  return *typed == '\0';
}

gboolean
kip_outage_times_from_typed (const char *start_day,
                             const char *start_time,
                             const char *end_day,
                             const char *end_time,
                             KipInstant  now,
                             KipInstant *start,
                             KipInstant *end,
                             GError    **error)
{
  KipInstant from, to = KIP_INSTANT_NONE;
  KipDay first, last;
  int minutes;

  if (!kip_day_from_typed (start_day, now, &first, error) || !parse_time (start_time, &minutes, error))
    return FALSE;
  from = instant_of (first, minutes);
  last = first;
  if (!is_empty (end_day) || !is_empty (end_time))
    {
      if ((!is_empty (end_day) && !kip_day_from_typed (end_day, now, &last, error))
          || !parse_time (end_time, &minutes, error))
        return FALSE;
      to = instant_of (last, minutes);
      if (to <= from)
        {
          g_set_error_literal (error, KIP_ERROR, KIP_ERROR_INVALID,
                               _("The end is not after the start. Correct one of them."));
          return FALSE;
        }
    }
  *start = from;
  *end = to;
  return TRUE;
}

void
kip_instant_to_typed (KipInstant at,
                      char     **day,
                      char     **time)
{
  g_autoptr (GTimeZone) here = g_time_zone_new_local ();
  g_autoptr (GDateTime) local = at != KIP_INSTANT_NONE ? kip_instant_to_local (at, here) : NULL;

  *day = local != NULL ? g_date_time_format (local, "%-d/%-m/%Y") : g_strdup ("");
  *time = local != NULL ? g_date_time_format (local, "%H:%M") : g_strdup ("");
}
