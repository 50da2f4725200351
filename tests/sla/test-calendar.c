/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Deadlines by tables of expected values. */

#include "kip-error.h"
#include "sla-fixtures.h"

#define ALWAYS                                                                 \
  "mon=00:00-24:00;tue=00:00-24:00;wed=00:00-24:00;thu=00:00-24:00;"           \
  "fri=00:00-24:00;sat=00:00-24:00;sun=00:00-24:00"

typedef struct
{
  const char *what;
  const char *zone;     /* NULL: Asia/Ho_Chi_Minh */
  const char *weekly;   /* NULL: the office week */
  const char *holidays; /* NULL: 27 and 30 April, 1 May 2026 */
  const char *shifts;
  const char *start;
  gint64      seconds;
  const char *expected;
} AddCase;

#define H(n) ((gint64) ((n) * 3600))

static const AddCase add_cases[] = {
  { "over a weekend", 0, 0, 0, 0, "2026-03-06 16:30", H (4), "2026-03-09 11:30" },
  { "over lunch", 0, 0, 0, 0, "2026-03-09 11:30", H (1), "2026-03-09 13:30" },
  { "at lunch", 0, 0, 0, 0, "2026-03-09 12:00", H (1), "2026-03-09 14:00" },
  { "at closing", 0, 0, 0, 0, "2026-03-09 17:00", H (1), "2026-03-10 09:00" },
  { "earliest, morning", 0, 0, 0, 0, "2026-03-09 08:00", H (4), "2026-03-09 12:00" },
  { "earliest, day", 0, 0, 0, 0, "2026-03-09 08:00", H (8), "2026-03-09 17:00" },
  { "on Sunday", 0, 0, 0, 0, "2026-03-08 10:00", H (1), "2026-03-09 09:00" },
  { "holidays and weekend", 0, 0, 0, 0, "2026-04-29 16:00", H (8), "2026-05-04 16:00" },
  { "nothing to do", 0, 0, 0, 0, "2026-03-08 10:00", 0, "2026-03-08 10:00" },
  { "always, to midnight and past", 0, ALWAYS, "", 0, "2026-03-09 20:00", H (8), "2026-03-10 04:00" },
  { "Tuesday only", 0, "tue=" OFFICE_HOURS, "", 0, "2026-03-11 09:00", H (16), "2026-03-24 17:00" },
  { "yearly over New Year", 0, 0, "*-12-31..*-01-02", 0, "2026-12-30 16:00", H (2), "2027-01-04 09:00" },
  { "swapped Saturday", 0, 0, "", "2026-01-02=|2026-01-10=" OFFICE_HOURS, "2026-01-09 16:00", H (8), "2026-01-10 16:00" },
  { "swapped day off", 0, 0, "", "2026-01-02=|2026-01-10=" OFFICE_HOURS, "2026-01-01 16:00", H (2), "2026-01-05 09:00" },
  { "holiday beats shift", 0, 0, "2026-01-10", "2026-01-10=" OFFICE_HOURS, "2026-01-09 16:00", H (8), "2026-01-12 16:00" },
  { "clocks go forward", "Europe/Berlin", ALWAYS, "", 0, "2026-03-28 22:00+01:00", H (8), "2026-03-29 07:00+02:00" },
  { "clocks go back", "Europe/Berlin", ALWAYS, "", 0, "2026-10-24 22:00+02:00", H (8), "2026-10-25 05:00+01:00" },
  { "seconds", 0, 0, 0, 0, "2026-03-09 08:00:59", 15 * 60, "2026-03-09 08:15:59" },
  { "75 % of 4 h", 0, 0, 0, 0, "2026-03-06 16:00", H (3), "2026-03-09 10:00" },
  { "100 % of 4 h", 0, 0, 0, 0, "2026-03-06 16:00", H (4), "2026-03-09 11:00" },
  { "a working day of 8 h", 0, 0, 0, 0, "2026-03-09 10:00", H (8), "2026-03-10 10:00" },
  { "no working time", 0, "", "", 0, "2026-03-09 10:00", H (1), "" },
  { "every day a holiday", 0, 0, "*-01-01..*-12-31", 0, "2026-03-09 10:00", H (1), "" },
  { "one worked day, in the past", 0, "", "", "2020-01-06=" OFFICE_HOURS, "2026-03-09 10:00", H (1), "" },
  { "one worked day, far ahead", 0, "", "", "2150-01-05=08:00-12:00", "2026-03-09 10:00", H (1), "2150-01-05 09:00" },
  { "night shift", 0, "mon=22:30-04:00", "", 0, "2026-03-09 23:00", H (4), "2026-03-10 03:00" },
  { "night shift, to its end", 0, "mon=22:30-04:00", "", 0, "2026-03-10 03:00", H (2), "2026-03-16 23:30" },
  { "night shift of a holiday", 0, "mon=22:00-04:00", "2026-03-09", 0, "2026-03-09 12:00", H (1), "2026-03-16 23:00" },
  { "night shift into a holiday", 0, "mon=22:00-04:00", "2026-03-10", 0, "2026-03-09 23:00", H (2), "2026-03-10 01:00" },
  { "night shift into a morning", 0, "mon=20:00-09:00;tue=08:00-10:00", "", 0, "2026-03-09 20:00", H (14), "2026-03-10 10:00" },
  { "opening that does not exist", "Europe/Berlin", "sun=02:30-05:00", "", 0, "2026-03-29 00:00+01:00", H (1), "2026-03-29 04:30+02:00" },
  { "closing that does not exist", "Europe/Berlin", "sun=01:00-02:30", "", 0, "2026-03-29 00:00+01:00", 5400, "2026-03-29 03:30+02:00" },
  { "stretch that does not exist", "Europe/Berlin", "sun=02:00-03:00,06:00-07:00", "", 0, "2026-03-29 00:00+01:00", H (1), "2026-03-29 07:00+02:00" },
  { "opening that comes twice", "Europe/Berlin", "sun=02:30-05:00", "", 0, "2026-10-25 00:00+02:00", H (1), "2026-10-25 02:30+01:00" },
  { "closing that comes twice", "Europe/Berlin", "sun=01:00-02:30,06:00-07:00", "", 0, "2026-10-25 00:00+02:00", H (2), "2026-10-25 06:30+01:00" },
  { "beyond our years", 0, 0, 0, 0, "2190-01-01 10:00", H (24000), "" },
};

static KipCalendar *
calendar_of (const char *zone,
             const char *weekly,
             const char *holidays,
             const char *shifts)
{
  return fixture_calendar (zone != NULL ? zone : "Asia/Ho_Chi_Minh",
                           weekly != NULL ? weekly : OFFICE_WEEK,
                           holidays != NULL ? holidays : "2026-04-27|2026-04-30|2026-05-01",
                           shifts, NULL);
}

static void
test_add (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (add_cases); i++)
    {
      const AddCase *c = &add_cases[i];
      g_autoptr (KipCalendar) calendar = calendar_of (c->zone, c->weekly, c->holidays, c->shifts);

      assert_instant (c->what, kip_calendar_add (calendar, fixture_instant (c->start), c->seconds),
                      c->expected);
    }
}

typedef struct
{
  const char *what;
  const char *a;
  const char *b;
  gint64      seconds;
} BetweenCase;

static const BetweenCase between_cases[] = {
  { "a pause without working time", "2026-03-09 17:30", "2026-03-10 07:30", 0 },
  { "a pause over holidays", "2026-04-29 14:00", "2026-05-04 10:00", H (5) },
  { "Sunday", "2026-03-08 10:00", "2026-03-09 08:00", 0 },
  { "a lunch", "2026-03-09 11:30", "2026-03-09 13:30", H (1) },
  { "the same instant", "2026-03-09 11:30", "2026-03-09 11:30", 0 },
  { "reversed", "2026-03-09 13:30", "2026-03-09 11:30", 0 },
  { "a year", "2025-01-01 00:00", "2026-01-01 00:00", H (8 * 261) },
  { "half a second", "2026-03-09 09:00:00.500", "2026-03-09 09:00:01.000", 1 },
  { "the other half", "2026-03-09 09:00:00.000", "2026-03-09 09:00:00.500", 0 },
};

static void
test_between (void)
{
  g_autoptr (KipCalendar) calendar = fixture_vn8 ();

  for (guint i = 0; i < G_N_ELEMENTS (between_cases); i++)
    {
      const BetweenCase *c = &between_cases[i];
      KipInstant a = fixture_instant (c->a);
      KipInstant b = fixture_instant (c->b);

      g_test_message ("%s", c->what);
      g_assert_cmpint (kip_calendar_between (calendar, a, b), ==, c->seconds);
      if (a <= b)
        g_assert_cmpint (kip_calendar_distance (calendar, b, a), ==, -c->seconds);
    }
}

static void
test_subtract (void)
{
  g_autoptr (KipCalendar) calendar = fixture_vn8 ();

  assert_instant ("into Friday", kip_calendar_subtract (calendar, fixture_instant ("2026-03-09 11:30"), H (4)), "2026-03-06 16:30");
  assert_instant ("to an opening", kip_calendar_subtract (calendar, fixture_instant ("2026-03-09 17:00"), H (8)), "2026-03-09 08:00");
  assert_instant ("latest instant", kip_calendar_subtract (calendar, fixture_instant ("2026-03-09 14:00"), H (1)), "2026-03-09 13:00");
  assert_instant ("before our years", kip_calendar_subtract (calendar, fixture_instant ("1903-01-05 14:00"), H (20000)), "");
}

typedef KipInstant (*Edge) (KipCalendar *calendar,
                            KipInstant   at);

static const struct
{
  const char *what;
  Edge        edge;
  const char *weekly;
  const char *at;
  const char *expected;
} edge_cases[] = {
  { "next_open while open", kip_calendar_next_open, OFFICE_WEEK, "2026-03-09 09:00", "2026-03-09 09:00" },
  { "next_open at closing", kip_calendar_next_open, OFFICE_WEEK, "2026-03-06 17:00", "2026-03-09 08:00" },
  { "next_open never", kip_calendar_next_open, "", "2026-03-06 17:00", "" },
  { "next_start while open", kip_calendar_next_start, OFFICE_WEEK, "2026-03-09 09:00", "2026-03-09 13:00" },
  { "next_start at opening", kip_calendar_next_start, OFFICE_WEEK, "2026-03-09 13:00", "2026-03-10 08:00" },
  { "next_start of touching", kip_calendar_next_start, "mon=08:00-24:00;tue=00:00-09:00", "2026-03-09 09:00", "2026-03-16 08:00" },
  { "next_close while open", kip_calendar_next_close, OFFICE_WEEK, "2026-03-09 09:00", "2026-03-09 12:00" },
  { "next_close at closing", kip_calendar_next_close, OFFICE_WEEK, "2026-03-09 12:00", "2026-03-09 17:00" },
  { "next_close of touching", kip_calendar_next_close, "mon=08:00-24:00;tue=00:00-09:00", "2026-03-09 09:00", "2026-03-10 09:00" },
  { "next_close never", kip_calendar_next_close, ALWAYS, "2026-03-09 12:00", "" },
  { "prev_close while open", kip_calendar_prev_close, OFFICE_WEEK, "2026-03-09 09:00", "2026-03-09 09:00" },
  { "prev_close at opening", kip_calendar_prev_close, OFFICE_WEEK, "2026-03-09 08:00", "2026-03-06 17:00" },
  { "prev_close at closing", kip_calendar_prev_close, OFFICE_WEEK, "2026-03-09 17:00", "2026-03-09 17:00" },
  { "prev_close never", kip_calendar_prev_close, "", "2026-03-09 17:00", "" },
};

static void
test_edges (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (edge_cases); i++)
    {
      g_autoptr (KipCalendar) calendar = calendar_of (NULL, edge_cases[i].weekly, "", NULL);

      assert_instant (edge_cases[i].what,
                      edge_cases[i].edge (calendar, fixture_instant (edge_cases[i].at)),
                      edge_cases[i].expected);
    }
}

static void
test_periods (void)
{
  g_autoptr (KipCalendar) office = fixture_vn8 ();
  g_autoptr (KipCalendar) always = calendar_of (NULL, ALWAYS, "", NULL);
  KipInstant until = fixture_instant ("2026-03-10 10:00");
  KipInstant start, end;
  static const char *const expected[][2] = {
    { "2026-03-09 09:30", "2026-03-09 12:00" },
    { "2026-03-09 13:00", "2026-03-09 17:00" },
    { "2026-03-10 08:00", "2026-03-10 10:00" },
  };

  end = fixture_instant ("2026-03-09 09:30");
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_assert_true (kip_calendar_next_period (office, end, until, &start, &end));
      assert_instant ("start", start, expected[i][0]);
      assert_instant ("end", end, expected[i][1]);
    }
  g_assert_false (kip_calendar_next_period (office, end, until, &start, &end));
  g_assert_true (kip_calendar_next_period (always, fixture_instant ("2026-03-09 09:30"),
                                           fixture_instant ("2036-03-09 09:30"), &start, &end));
  assert_instant ("ten years without a gap", end, "2036-03-09 09:30");
}

typedef struct
{
  KipClosed   closed;
  const char *name;
  const char *end;
} StretchCase;

static void
check_stretches (KipCalendar       *calendar,
                 const char        *from,
                 const char        *until,
                 const StretchCase *expected,
                 guint              n)
{
  KipInstant at = fixture_instant (from);
  KipStretch stretch;

  for (guint i = 0; i < n; i++)
    {
      g_assert_true (kip_calendar_next_stretch (calendar, at, fixture_instant (until), &stretch));
      g_assert_cmpint (stretch.start, ==, at);
      assert_instant ("end of stretch", stretch.end, expected[i].end);
      g_assert_cmpint (stretch.closed, ==, expected[i].closed);
      g_assert_cmpstr (stretch.name, ==, expected[i].name);
      g_assert_nonnull (kip_stretch_get_reason (&stretch));
      at = stretch.end;
    }
  g_assert_false (kip_calendar_next_stretch (calendar, at, fixture_instant (until), &stretch));
}

static void
test_stretches (void)
{
  g_autoptr (KipCalendar) calendar = fixture_calendar (
    "Asia/Ho_Chi_Minh", OFFICE_WEEK, "2026-04-30 Victory|2026-05-01 Labour",
    "2026-05-05= Stocktaking", "2026-05-06=09:00-10:00 Fire drill");
  static const StretchCase expected[] = {
    { KIP_OPEN, NULL, "2026-04-29 12:00" },
    { KIP_CLOSED_LUNCH, NULL, "2026-04-29 13:00" },
    { KIP_OPEN, NULL, "2026-04-29 17:00" },
    { KIP_CLOSED_HOLIDAY, "Victory", "2026-05-01 00:00" },
    { KIP_CLOSED_HOLIDAY, "Labour", "2026-05-02 00:00" },
    { KIP_CLOSED_WEEKDAY, NULL, "2026-05-04 08:00" },
    { KIP_OPEN, NULL, "2026-05-04 12:00" },
    { KIP_CLOSED_LUNCH, NULL, "2026-05-04 13:00" },
    { KIP_OPEN, NULL, "2026-05-04 17:00" },
    { KIP_CLOSED_SHIFT, "Stocktaking", "2026-05-06 08:00" },
    { KIP_OPEN, NULL, "2026-05-06 09:00" },
    { KIP_CLOSED_BREAK, "Fire drill", "2026-05-06 10:00" },
    { KIP_OPEN, NULL, "2026-05-06 12:00" },
    { KIP_CLOSED_LUNCH, NULL, "2026-05-06 13:00" },
    { KIP_OPEN, NULL, "2026-05-06 17:00" },
    { KIP_CLOSED_NIGHT, NULL, "2026-05-07 08:00" },
    { KIP_OPEN, NULL, "2026-05-07 08:30" },
  };

  check_stretches (calendar, "2026-04-29 08:00", "2026-05-07 08:30", expected, G_N_ELEMENTS (expected));
}

static void
test_local_days (void)
{
  g_autoptr (KipCalendar) calendar = fixture_vn8 ();
  KipDay day = kip_calendar_local_day (calendar, fixture_instant ("2026-03-09 00:00"));

  g_assert_cmpint (day, ==, kip_day_from_ymd (2026, 3, 9));
  g_assert_cmpint (kip_calendar_local_day (calendar, fixture_instant ("2026-03-08 23:59:59.999")), ==, day - 1);
  assert_instant ("midnight", kip_calendar_day_start (calendar, day), "2026-03-09 00:00");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calendar/add", test_add);
  g_test_add_func ("/calendar/between", test_between);
  g_test_add_func ("/calendar/subtract", test_subtract);
  g_test_add_func ("/calendar/edges", test_edges);
  g_test_add_func ("/calendar/periods", test_periods);
  g_test_add_func ("/calendar/stretches", test_stretches);
  g_test_add_func ("/calendar/local-days", test_local_days);
  return g_test_run ();
}
