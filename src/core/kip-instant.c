/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-instant.h"

#include <string.h>

KipInstant
kip_instant_from_date_time (GDateTime *when)
{
  return g_date_time_to_unix (when) * KIP_MS_PER_SECOND
         + g_date_time_get_microsecond (when) / 1000;
}

#define FIRST_COUNTABLE (-G_GINT64_CONSTANT (2208988800) * KIP_MS_PER_SECOND) /* 1900-01-01T00:00:00Z */
#define END_COUNTABLE (G_GINT64_CONSTANT (7258118400) * KIP_MS_PER_SECOND)    /* 2200-01-01T00:00:00Z */

gboolean
kip_instant_is_countable (KipInstant instant)
{
  return instant >= FIRST_COUNTABLE && instant < END_COUNTABLE;
}

/* "2026-11-20T16:30" lacks the seconds that g_date_time_new_from_iso8601 insists on. */
static char *
with_seconds (const char *text)
{
  const char *t = strpbrk (text, "Tt ");
  const char *first, *rest;

  if (t == NULL)
    return g_strconcat (text, "T00:00:00", NULL);
  first = strchr (t, ':');
  if (first == NULL)
    return g_strdup (text);
  rest = first + 1 + strspn (first + 1, "0123456789");
  if (*rest == ':')
    return g_strdup (text);
  return g_strdup_printf ("%.*s:00%s", (int) (rest - text), text, rest);
}

gboolean
kip_instant_parse (const char *text,
                   GTimeZone  *fallback,
                   KipInstant *out)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *stripped = NULL;
  g_autofree char *whole = NULL;
  g_autoptr (GDateTime) when = NULL;

  if (text == NULL)
    return FALSE;
  stripped = g_strstrip (g_strdup (text));
  whole = with_seconds (stripped);
  g_strdelimit (whole, " ", 'T');
  when = g_date_time_new_from_iso8601 (whole, fallback != NULL ? fallback : utc);
  if (when == NULL)
    return FALSE;
  *out = kip_instant_from_date_time (when);
  return TRUE;
}

char *
kip_instant_to_iso (KipInstant instant)
{
  gint64 seconds = instant / KIP_MS_PER_SECOND;
  int ms = (int) (instant % KIP_MS_PER_SECOND);
  g_autoptr (GDateTime) when = NULL;
  g_autofree char *head = NULL;

  if (ms < 0)
    {
      ms += 1000;
      seconds -= 1;
    }
  when = g_date_time_new_from_unix_utc (seconds);
  if (when == NULL)
    return g_strdup ("");
  head = g_date_time_format (when, "%Y-%m-%dT%H:%M:%S");
  if (ms == 0)
    return g_strconcat (head, "Z", NULL);
  return g_strdup_printf ("%s.%03dZ", head, ms);
}

GDateTime *
kip_instant_to_local (KipInstant instant,
                      GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = NULL;
  gint64 seconds = instant / KIP_MS_PER_SECOND;
  gint64 ms = instant % KIP_MS_PER_SECOND;

  if (ms < 0)
    {
      ms += 1000;
      seconds -= 1;
    }
  utc = g_date_time_new_from_unix_utc (seconds);
  if (utc == NULL)
    return NULL;
  if (ms != 0)
    {
      g_autoptr (GDateTime) fine = g_date_time_add (utc, ms * 1000);
      return g_date_time_to_timezone (fine, zone);
    }
  return g_date_time_to_timezone (utc, zone);
}
