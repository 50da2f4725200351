/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-calendar.h"

G_BEGIN_DECLS

/* Mon–Fri 08:00–12:00 and 13:00–17:00. */
#define OFFICE_HOURS "08:00-12:00,13:00-17:00"
#define OFFICE_WEEK                                                     \
  "mon=" OFFICE_HOURS ";tue=" OFFICE_HOURS ";wed=" OFFICE_HOURS ";thu=" OFFICE_HOURS ";fri=" OFFICE_HOURS

/* All texts as in kip-calendar-spec.h; NULL means none.  A mistake ends the test. */
KipCalendarSpec *fixture_spec (const char *zone,
                               const char *weekly,
                               const char *holidays,
                               const char *shifts,
                               const char *breaks);
KipCalendar *fixture_calendar (const char *zone,
                               const char *weekly,
                               const char *holidays,
                               const char *shifts,
                               const char *breaks);

/* The office week in Asia/Ho_Chi_Minh with holidays on 27 and 30 April and 1 May 2026. */
KipCalendar *fixture_vn8 (void);

/* "2026-03-06 16:30", in Hanoi time unless it says otherwise; "" is KIP_INSTANT_NONE. */
KipInstant fixture_instant (const char *text);

/* Like g_assert_cmpint on instants, but says them in Hanoi time. */
#define assert_instant(what, got, expected) \
  fixture_assert_instant (what, got, expected, __FILE__, __LINE__)
void fixture_assert_instant (const char *what,
                             KipInstant  got,
                             const char *expected,
                             const char *file,
                             int         line);

G_END_DECLS
