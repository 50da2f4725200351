/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-format.h"

#include <string.h>

#define MINUTE 60
#define HOUR 3600
#define NOW "2026-03-06T16:30:00+07:00" /* a Friday */

static GTimeZone *saigon;

static KipInstant
instant (const char *iso)
{
  KipInstant at = KIP_INSTANT_NONE;

  g_assert_true (*iso == '\0' || kip_instant_parse (iso, saigon, &at));
  return at;
}

static void
test_instants (void)
{
  static const struct
  {
    const char *at, *time, *date, *whole;
  } cases[] = {
    { "2026-03-06T16:20:00+07:00", "16:20", "6 Mar 2026", "Fri 6 Mar 2026, 16:20" },
    { "2026-03-06T18:59:59Z", "01:59", "7 Mar 2026", "Sat 7 Mar 2026, 01:59" },
    { "2000-02-29T00:00:00+07:00", "00:00", "29 Feb 2000", "Tue 29 Feb 2000, 00:00" },
    { "", "", "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *time = kip_format_time (instant (cases[i].at), saigon);
      g_autofree char *date = kip_format_date (instant (cases[i].at), saigon);
      g_autofree char *whole = kip_format_instant (instant (cases[i].at), saigon);

      g_assert_cmpstr (time, ==, cases[i].time);
      g_assert_cmpstr (date, ==, cases[i].date);
      g_assert_cmpstr (whole, ==, cases[i].whole);
    }
}

static void
test_when (void)
{
  static const struct
  {
    const char *at, *expected;
  } cases[] = {
    { "2026-03-06T16:30:00+07:00", "just now" },
    { "2026-03-06T16:29:01+07:00", "just now" },
    { "2026-03-06T16:30:59+07:00", "just now" },
    { "2026-03-06T16:29:00+07:00", "1 min ago" },
    { "2026-03-06T15:30:01+07:00", "59 min ago" },
    { "2026-03-06T15:30:00+07:00", "today 15:30" },
    { "2026-03-06T17:11:00+07:00", "in 41 min" },
    { "2026-03-06T00:00:00+07:00", "today 00:00" },
    { "2026-03-06T23:59:00+07:00", "today 23:59" },
    { "2026-03-05T16:20:00+07:00", "yesterday 16:20" },
    { "2026-03-07T08:00:00+07:00", "tomorrow 08:00" },
    { "2026-03-09T11:30:00+07:00", "Mon 11:30" },
    { "2026-02-28T09:05:00+07:00", "Sat 09:05" },
    { "2026-02-27T09:05:00+07:00", "27 Feb 09:05" },
    { "2026-03-13T09:05:00+07:00", "13 Mar 09:05" },
    { "2025-03-06T16:30:00+07:00", "6 Mar 2025" },
    { "2027-01-04T09:00:00+07:00", "4 Jan 2027" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *got = kip_format_when (instant (cases[i].at), instant (NOW), saigon);

      g_assert_cmpstr (got, ==, cases[i].expected);
    }
}

static void
test_day (void)
{
  static const struct
  {
    const char *at, *expected;
  } cases[] = {
    { "2026-03-06T00:00:00+07:00", "Today" },
    { "2026-03-05T23:59:59+07:00", "Yesterday" },
    { "2026-03-07T00:00:00+07:00", "Tomorrow" },
    { "2026-03-03T12:00:00+07:00", "Tuesday 3 March" },
    { "2025-12-31T12:00:00+07:00", "Wednesday 31 December 2025" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *got = kip_format_day (instant (cases[i].at), instant (NOW), saigon);

      g_assert_cmpstr (got, ==, cases[i].expected);
    }
}

static void
test_durations (void)
{
  static const struct
  {
    gint64      seconds;
    const char *duration, *countdown, *elapsed;
  } cases[] = {
    { 0, "under 1 min", "0:00", "under 1 min" },
    { 59, "under 1 min", "0:00", "under 1 min" },
    { MINUTE, "1 min", "0:01", "1 min" },
    { 41 * MINUTE + 59, "41 min", "0:41", "41 min" },
    { HOUR, "1 h", "1:00", "1 h" },
    { 2 * HOUR + 5 * MINUTE, "2 h 5 min", "2:05", "2 h 5 min" },
    { 26 * HOUR, "26 h", "26:00", "26 h" },
    { 48 * HOUR - 1, "47 h 59 min", "47:59", "47 h 59 min" },
    { 48 * HOUR, "48 h", "48:00", "2 days" },
    { -(2 * HOUR + 5 * MINUTE), "2 h 5 min", "−2:05", "2 h 5 min" },
    { -30, "under 1 min", "0:00", "under 1 min" },
  };
  g_autofree char *working = kip_format_working (5 * HOUR);

  g_assert_cmpstr (working, ==, "5 h working");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *duration = kip_format_duration (cases[i].seconds);
      g_autofree char *countdown = kip_format_countdown (cases[i].seconds);
      g_autofree char *elapsed = kip_format_elapsed (cases[i].seconds);

      g_assert_cmpstr (duration, ==, cases[i].duration);
      g_assert_cmpstr (countdown, ==, cases[i].countdown);
      g_assert_cmpstr (elapsed, ==, cases[i].elapsed);
    }
}

static void
test_parse_duration (void)
{
  static const struct
  {
    const char *text;
    gint64      seconds; /* 0: refused */
  } cases[] = {
    { "90", 90 * MINUTE }, { "1:30", 90 * MINUTE }, { "0:05", 5 * MINUTE }, { "1:30 h", 90 * MINUTE },
    { "90m", 90 * MINUTE }, { "45 min", 45 * MINUTE }, { "1h30", 90 * MINUTE }, { "1 h 30 min", 90 * MINUTE },
    { "2h", 2 * HOUR }, { "1.5h", 90 * MINUTE }, { "1,5 giờ", 90 * MINUTE }, { "0.25 h", 15 * MINUTE },
    { "1 giờ 5 phút", 65 * MINUTE }, { "1g30", 90 * MINUTE }, { "20p", 20 * MINUTE }, { "  7  ", 7 * MINUTE },
    { "1000:00", 1000 * HOUR },
    { "", 0 }, { "0", 0 }, { "-5", 0 }, { "1:75", 0 }, { "1:", 0 }, { "abc", 0 }, { "30 1h", 0 },
    { "1h 1h", 0 }, { "1001:00", 0 }, { "999999999999", 0 }, { "1.", 0 }, { "5 days", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 seconds = -7;
      gboolean ok = kip_parse_duration (cases[i].text, &seconds);

      g_assert_cmpint (seconds, ==, cases[i].seconds > 0 ? cases[i].seconds : -7);
      g_assert_true (ok == (cases[i].seconds > 0));
    }
}

static void
test_parse_time (void)
{
  static const struct
  {
    const char *text;
    int         minutes; /* -1: refused */
  } cases[] = {
    { "16:20", 980 }, { "1620", 980 }, { "9", 540 }, { "9:30", 570 }, { "9h30", 570 }, { "9g", 540 },
    { "0:00", 0 }, { "23:59", 1439 }, { "8.15", 495 },
    { "24:00", -1 }, { "12:60", -1 }, { "", -1 }, { "noon", -1 }, { "123", -1 }, { "9:30x", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      int minutes = -1;

      kip_parse_time_of_day (cases[i].text, &minutes);
      g_assert_cmpint (minutes, ==, cases[i].minutes);
    }
}

static void
test_parse_date (void)
{
  static const struct
  {
    const char *text;
    int         year, month, day; /* year 0: refused */
  } cases[] = {
    { "6/3/2026", 2026, 3, 6 }, { "6.3.26", 2026, 3, 6 }, { "6-3", 2026, 3, 6 }, { "2026-03-06", 2026, 3, 6 },
    { "29/2/2028", 2028, 2, 29 },
    { "29/2/2026", 0, 0, 0 }, { "32/1/2026", 0, 0, 0 }, { "1/13/2026", 0, 0, 0 }, { "6", 0, 0, 0 }, { "", 0, 0, 0 },
    { "6/3/2026/1", 0, 0, 0 }, { "soon", 0, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      int year = 0, month = 0, day = 0;

      kip_parse_date (cases[i].text, instant (NOW), saigon, &year, &month, &day);
      g_assert_cmpint (year, ==, cases[i].year);
      g_assert_cmpint (month, ==, cases[i].month);
      g_assert_cmpint (day, ==, cases[i].day);
    }
}

static void
test_clocks (void)
{
  static const struct
  {
    KipClockState state;
    KipPause      pause;
    gint64        target, used, remaining;
    gboolean      late, by_hand, outage, on_line;
    const char   *words, *brief;
    KipTone       tone;
  } cases[] = {
    { KIP_CLOCK_OFF, 0, 0, 0, 0, FALSE, FALSE, FALSE, FALSE, "no promise", "", KIP_TONE_OFF },
    { KIP_CLOCK_RUNNING, 0, 0, 50, 0, FALSE, FALSE, FALSE, FALSE, "no promise", "", KIP_TONE_OFF },
    { KIP_CLOCK_RUNNING, 0, 4 * HOUR, 199 * MINUTE, 41 * MINUTE, FALSE, FALSE, FALSE, FALSE, "41 min left", "0:41", KIP_TONE_WARNING },
    { KIP_CLOCK_RUNNING, 0, 4 * HOUR, HOUR, 3 * HOUR, FALSE, FALSE, FALSE, FALSE, "3 h left", "3:00", KIP_TONE_CALM },
    { KIP_CLOCK_RUNNING, 0, 4 * HOUR, 3 * HOUR, HOUR, FALSE, FALSE, FALSE, FALSE, "1 h left", "1:00", KIP_TONE_WARNING },
    { KIP_CLOCK_RUNNING, 0, 4 * HOUR, 4 * HOUR, 0, FALSE, FALSE, FALSE, FALSE, "under 1 min left", "0:00", KIP_TONE_WARNING },
    { KIP_CLOCK_RUNNING, 0, 4 * HOUR, 6 * HOUR, -2 * HOUR, TRUE, FALSE, FALSE, FALSE, "late by 2 h", "−2:00", KIP_TONE_LATE },
    { KIP_CLOCK_RUNNING, 0, 0, 0, HOUR, FALSE, TRUE, FALSE, FALSE, "1 h left", "1:00", KIP_TONE_CALM },
    { KIP_CLOCK_PAUSED, KIP_PAUSE_SUPPLIER, 4 * HOUR, HOUR, 3 * HOUR, FALSE, FALSE, FALSE, FALSE,
      "paused · supplier", "supplier", KIP_TONE_PAUSED },
    { KIP_CLOCK_PAUSED, KIP_PAUSE_NONE, 4 * HOUR, HOUR, 3 * HOUR, FALSE, FALSE, FALSE, FALSE,
      "paused · outage", "outage", KIP_TONE_PAUSED },
    { KIP_CLOCK_PAUSED, KIP_PAUSE_SUPPLIER, 4 * HOUR, HOUR, 3 * HOUR, FALSE, FALSE, TRUE, FALSE,
      "paused · outage", "outage", KIP_TONE_PAUSED },
    { KIP_CLOCK_MET, 0, HOUR, 0, HOUR, FALSE, FALSE, FALSE, TRUE, "answered at once", "0:00", KIP_TONE_MET },
    { KIP_CLOCK_PAUSED, KIP_PAUSE_REQUESTER, 4 * HOUR, 6 * HOUR, -2 * HOUR, TRUE, FALSE, FALSE, FALSE,
      "paused · requester, late by 2 h", "requester", KIP_TONE_LATE },
    { KIP_CLOCK_MET, 0, HOUR, 12 * MINUTE, 48 * MINUTE, FALSE, FALSE, FALSE, FALSE, "met in 0:12", "0:12", KIP_TONE_MET },
    { KIP_CLOCK_MISSED, 0, HOUR, 90 * MINUTE, -30 * MINUTE, TRUE, FALSE, FALSE, FALSE, "missed by 0:30", "−0:30", KIP_TONE_LATE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KipClock clock = { .state = cases[i].state, .target = cases[i].target, .by_hand = cases[i].by_hand,
                         .outage = cases[i].outage, .on_line = cases[i].on_line };
      KipClockReading reading = {
        .late = cases[i].late, .used = cases[i].used, .remaining = cases[i].remaining,
        .fraction = cases[i].target > 0 ? (double) cases[i].used / (double) cases[i].target : 0
      };
      g_autofree char *words = kip_format_clock (&clock, &reading, cases[i].pause);
      g_autofree char *brief = kip_format_clock_short (&clock, &reading, cases[i].pause);

      g_assert_cmpstr (words, ==, cases[i].words);
      g_assert_cmpstr (brief, ==, cases[i].brief);
      g_assert_cmpint (kip_clock_tone (&clock, &reading), ==, cases[i].tone);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  saigon = g_time_zone_new_identifier ("Asia/Ho_Chi_Minh");
  g_test_add_func ("/format/instants", test_instants);
  g_test_add_func ("/format/when", test_when);
  g_test_add_func ("/format/day", test_day);
  g_test_add_func ("/format/durations", test_durations);
  g_test_add_func ("/format/parse-duration", test_parse_duration);
  g_test_add_func ("/format/parse-time", test_parse_time);
  g_test_add_func ("/format/parse-date", test_parse_date);
  g_test_add_func ("/format/clocks", test_clocks);
  return g_test_run ();
}
