/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sla-fixtures.h"

KipCalendarSpec *
fixture_spec (const char *zone,
              const char *weekly,
              const char *holidays,
              const char *shifts,
              const char *breaks)
{
  KipCalendarSpec *spec = kip_calendar_spec_new (zone);
  GError *error = NULL;

  kip_calendar_spec_set_weekly (spec, weekly, &error);
  g_assert_no_error (error);
  kip_calendar_spec_set_holidays (spec, holidays != NULL ? holidays : "", &error);
  g_assert_no_error (error);
  kip_calendar_spec_set_shifts (spec, shifts != NULL ? shifts : "", &error);
  g_assert_no_error (error);
  kip_calendar_spec_set_breaks (spec, breaks != NULL ? breaks : "", &error);
  g_assert_no_error (error);
  return spec;
}

KipCalendar *
fixture_calendar (const char *zone,
                  const char *weekly,
                  const char *holidays,
                  const char *shifts,
                  const char *breaks)
{
  g_autoptr (KipCalendarSpec) spec = fixture_spec (zone, weekly, holidays, shifts, breaks);

  return kip_calendar_new (spec);
}

KipCalendar *
fixture_vn8 (void)
{
  return fixture_calendar ("Asia/Ho_Chi_Minh", OFFICE_WEEK, "2026-04-27|2026-04-30|2026-05-01",
                           NULL, NULL);
}

KipInstant
fixture_instant (const char *text)
{
  static GTimeZone *hanoi = NULL;
  KipInstant instant = KIP_INSTANT_NONE;

  if (hanoi == NULL)
    hanoi = g_time_zone_new_identifier ("Asia/Ho_Chi_Minh");
  if (*text != '\0' && !kip_instant_parse (text, hanoi, &instant))
    g_error ("not an instant: %s", text);
  return instant;
}

static char *
in_hanoi (KipInstant instant)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Ho_Chi_Minh");
  g_autoptr (GDateTime) local = NULL;

  if (instant == KIP_INSTANT_NONE)
    return g_strdup ("none");
  local = kip_instant_to_local (instant, zone);
  return g_date_time_format (local, "%a %Y-%m-%d %H:%M:%S");
}

void
fixture_assert_instant (const char *what,
                        KipInstant  got,
                        const char *expected,
                        const char *file,
                        int         line)
{
  KipInstant wanted = fixture_instant (expected);
  g_autofree char *got_text = in_hanoi (got);
  g_autofree char *wanted_text = in_hanoi (wanted);

  if (got != wanted)
    g_error ("%s:%d: %s: got %s, expected %s", file, line, what, got_text, wanted_text);
}
