/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Definitions: text, value, what may be saved; holidays and the moon. */

#include "kip-cbor.h"
#include "kip-error.h"
#include "kip-lunar.h"
#include "sla-fixtures.h"

static const char *const good_weeks[][2] = {
  { "", "" },
  { "mon=08:00-12:00,13:00-17:00", "mon=08:00-12:00,13:00-17:00" },
  { " mon = 13:00-17:00 , 08:00-12:00 ; ", "mon=08:00-12:00,13:00-17:00" },
  { "sun=00:00-24:00;tue=22:30-04:00", "tue=22:30-04:00;sun=00:00-24:00" },
  { "mon=08:00-12:00;MON=13:00-17:00", "mon=08:00-12:00,13:00-17:00" },
  { "wed=08:00-08:00", "wed=08:00-08:00" },
};

static const char *const bad_weeks[] = {
  "monday=08:00-12:00", "mon", "mon=8-12", "mon=08:00", "mon=08:60-09:00", "mon=24:00-25:00",
  "mon=08:00-24:01", "mon=-1:00-09:00", "mon=08:00-12:00x", "mon=08:00–12:00",
};

static void
test_weekly (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good_weeks); i++)
    {
      g_autoptr (KipCalendarSpec) spec = fixture_spec (NULL, good_weeks[i][0], NULL, NULL, NULL);
      g_autofree char *text = kip_calendar_spec_dup_weekly (spec);

      g_assert_cmpstr (text, ==, good_weeks[i][1]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad_weeks); i++)
    {
      g_autoptr (KipCalendarSpec) spec = fixture_spec (NULL, OFFICE_WEEK, NULL, NULL, NULL);
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      g_test_message ("%s", bad_weeks[i]);
      g_assert_false (kip_calendar_spec_set_weekly (spec, bad_weeks[i], &error));
      g_assert_error (error, KIP_ERROR, KIP_ERROR_INVALID);
      text = kip_calendar_spec_dup_weekly (spec);
      g_assert_cmpstr (text, ==, OFFICE_WEEK);
    }
}

static const char *const good_holidays[] = {
  "2026-04-30", "2026-04-27..2026-04-29", "*-12-25", "*-12-31..*-01-02", "*-02-29",
  "tet:-1..3", "tet:0 Tết", "lunar:03-10@2007..", "vn-national@2021..2030",
  "*-05-06@..2010 Founders' day", "2026-04-30@2026.. A name with = and .. in it",
};

static const char *const bad_holidays[] = {
  "x", "2026-02-30", "2026-04-30..2026-04-29", "*-13-01", "*-02-30", "tet:", "tet:99", "tet:3..1",
  "lunar:13-01", "lunar:03-31", "*-05-06@now", "2026-04-30..", "2026-4-30", "vn-nationals",
};

static void
test_holidays (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good_holidays); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KipHoliday) holiday = kip_holiday_parse (good_holidays[i], &error);
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      text = kip_holiday_to_text (holiday);
      g_assert_cmpstr (text, ==, good_holidays[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad_holidays); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KipHoliday) holiday = kip_holiday_parse (bad_holidays[i], &error);

      g_test_message ("%s", bad_holidays[i]);
      g_assert_null (holiday);
      g_assert_error (error, KIP_ERROR, KIP_ERROR_INVALID);
    }
}

static const struct
{
  const char *holiday;
  const char *date;
  gboolean    covered;
} cover_cases[] = {
  { "2026-04-27..2026-04-29", "2026-04-26", FALSE },
  { "2026-04-27..2026-04-29", "2026-04-29", TRUE },
  { "2025-12-31..2027-01-01", "2026-07-01", TRUE },
  { "*-12-31..*-01-02", "2026-12-31", TRUE },
  { "*-12-31..*-01-02", "2027-01-02", TRUE },
  { "*-12-31..*-01-02", "2027-01-03", FALSE },
  { "*-12-31..*-01-02@2027..", "2027-01-02", FALSE },
  { "*-02-29", "2028-02-29", TRUE },
  { "*-02-29", "2027-02-28", FALSE },
  { "*-02-29", "2027-03-01", FALSE },
  { "*-02-27..*-02-29", "2027-02-28", TRUE },
  { "*-02-27..*-02-29", "2027-03-01", FALSE },
  { "tet:-1..3", "2026-02-16", TRUE },
  { "tet:-1..3", "2026-02-20", TRUE },
  { "tet:-1..3", "2026-02-21", FALSE },
  { "tet:0", "2030-02-02", TRUE },  /* 3 February in Beijing */
  { "tet:0", "2007-02-17", TRUE },  /* 18 February in Beijing */
  { "tet:0", "1999-02-16", FALSE }, /* before the table */
  { "lunar:03-10", "2026-04-26", TRUE },
  { "lunar:12-23", "2026-02-10", TRUE },  /* kitchen gods: of the lunar year 2025 */
  { "lunar:12-23", "2025-01-22", TRUE },
  { "vn-national", "2026-09-01", TRUE },
  { "vn-national", "2026-09-03", FALSE },
  { "vn-national", "2027-09-03", TRUE },
};

static void
test_covers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cover_cases); i++)
    {
      g_autoptr (KipHoliday) holiday = kip_holiday_parse (cover_cases[i].holiday, NULL);
      KipDay day;

      g_test_message ("%s on %s", cover_cases[i].holiday, cover_cases[i].date);
      g_assert_true (kip_day_parse (cover_cases[i].date, &day));
      g_assert_cmpint (kip_holiday_covers (holiday, day), ==, cover_cases[i].covered);
    }
}

static void
test_public_holidays (void)
{
  g_autoptr (KipCalendarSpec) spec = kip_calendar_spec_new_vietnam ();
  g_autoptr (KipCalendar) calendar = kip_calendar_new (spec);
  KipStretch stretch;
  guint n;

  kip_public_holidays (&n);
  g_assert_cmpuint (n, ==, 11);
  g_assert_true (kip_calendar_spec_check (spec, NULL));
  /* Friday 13 February 2026 17:00 is the last before Tết: weekend, then Monday the eve … Friday. */
  assert_instant ("over Tết", kip_calendar_add (calendar, fixture_instant ("2026-02-13 16:00"), 7200),
                  "2026-02-23 09:00");
  g_assert_true (kip_calendar_next_stretch (calendar, fixture_instant ("2026-02-17 10:00"),
                                            fixture_instant ("2026-03-01 00:00"), &stretch));
  g_assert_cmpstr (stretch.name, ==, "Lunar New Year day 1");
  assert_instant ("one name, one stretch", stretch.end, "2026-02-18 00:00");
  g_assert_cmpint (kip_calendar_between (calendar, fixture_instant ("2026-01-01 00:00"), fixture_instant ("2027-01-01 00:00")),
                   ==, 8 * 3600 * (261 - 10));
}

static const struct
{
  const char *date;
  int         year, month, day;
  gboolean    leap;
} lunar_cases[] = {
  { "2000-02-05", 2000, 1, 1, FALSE },
  { "2026-02-17", 2026, 1, 1, FALSE },
  { "2026-02-16", 2025, 12, 29, FALSE },
  { "2025-07-25", 2025, 6, 1, TRUE },
  { "2033-12-22", 2033, 11, 1, TRUE },
  { "2033-11-22", 2033, 11, 1, FALSE },
  { "2050-04-01", 2050, 3, 10, FALSE },
};

static void
test_lunar (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (lunar_cases); i++)
    {
      KipDay date;
      int year, month, day;
      gboolean leap;

      g_test_message ("%s", lunar_cases[i].date);
      g_assert_true (kip_day_parse (lunar_cases[i].date, &date));
      g_assert_true (kip_lunar_from_day (date, &year, &month, &leap, &day));
      g_assert_cmpint (year, ==, lunar_cases[i].year);
      g_assert_cmpint (month, ==, lunar_cases[i].month);
      g_assert_cmpint (day, ==, lunar_cases[i].day);
      g_assert_cmpint (leap, ==, lunar_cases[i].leap);
      if (!leap)
        g_assert_cmpint (kip_lunar_to_day (year, month, day), ==, date);
    }
}

/* Every day from Tết 2000 to the end of the lunar year 2100 has one lunar date,
 * and months follow each other without a hole. */
static void
test_lunar_whole (void)
{
  int year, month, day, leap, last_day = 0;
  KipDay end = kip_lunar_tet (2100) + 354;

  for (KipDay d = kip_lunar_tet (2000); d < end; d++)
    {
      g_assert_true (kip_lunar_from_day (d, &year, &month, &leap, &day));
      g_assert_true (day == last_day + 1 || (day == 1 && (last_day == 29 || last_day == 30)));
      g_assert_true (day != 1 || month != 1 || leap || kip_lunar_tet (year) == d);
      last_day = day;
    }
  g_assert_false (kip_lunar_from_day (kip_lunar_tet (2000) - 1, &year, &month, &leap, &day));
  g_assert_cmpint (kip_lunar_tet (1999), ==, KIP_DAY_NONE);
  g_assert_cmpint (kip_lunar_tet (2101), ==, KIP_DAY_NONE);
  g_assert_cmpint (kip_lunar_to_day (2026, 1, 31), ==, KIP_DAY_NONE);
}

static void
test_days (void)
{
  int year, month, day;

  g_assert_cmpint (kip_day_from_ymd (1970, 1, 1), ==, 0);
  g_assert_cmpint (kip_day_from_ymd (2000, 3, 1), ==, 11017);
  g_assert_cmpint (kip_day_weekday (kip_day_from_ymd (2026, 3, 9)), ==, 0);
  g_assert_cmpint (kip_day_weekday (kip_day_from_ymd (1900, 1, 7)), ==, 6);
  for (KipDay d = kip_day_from_ymd (1, 1, 1); d < kip_day_from_ymd (2401, 1, 1); d++)
    {
      g_autoptr (GDate) date = NULL;

      kip_day_to_ymd (d, &year, &month, &day);
      g_assert_cmpint (kip_day_from_ymd (year, month, day), ==, d);
      if (d % 97 != 0)
        continue;
      date = g_date_new_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year);
      g_assert_cmpint (g_date_get_weekday (date), ==, kip_day_weekday (d) + 1);
    }
}

static void
test_value (void)
{
  g_autoptr (KipCalendarSpec) spec = kip_calendar_spec_new_vietnam ();
  g_autoptr (KipCalendarSpec) back = NULL;
  g_autoptr (KipValue) value = NULL;
  g_autoptr (KipValue) again = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *weekly = NULL;
  g_autofree char *holidays = NULL;
  g_autofree char *shifts = NULL;
  g_autofree char *breaks = NULL;

  g_assert_true (kip_calendar_spec_set_shifts (spec, "2026-01-02= Swapped|2026-01-10=" OFFICE_HOURS, NULL));
  g_assert_true (kip_calendar_spec_set_breaks (spec, "2026-01-12=09:00-09:30", NULL));
  value = kip_calendar_spec_to_value (spec);
  kip_cbor_put_value (bytes, value);
  g_assert_cmpuint (bytes->len, <, 400);
  back = kip_calendar_spec_from_value (value);
  again = kip_calendar_spec_to_value (back);
  g_assert_true (kip_value_equal (value, again));
  weekly = kip_calendar_spec_dup_weekly (back);
  holidays = kip_calendar_spec_dup_holidays (back);
  shifts = kip_calendar_spec_dup_shifts (back);
  breaks = kip_calendar_spec_dup_breaks (back);
  g_assert_cmpstr (weekly, ==, OFFICE_WEEK);
  g_assert_cmpstr (holidays, ==,
                   "*-01-01|tet:-1|tet:0|tet:1|tet:2|tet:3@2013..|lunar:03-10@2007..|"
                   "*-04-30|*-05-01|*-09-02|vn-national@2021..");
  g_assert_cmpstr (shifts, ==, "2026-01-02= Swapped|2026-01-10=" OFFICE_HOURS);
  g_assert_cmpstr (breaks, ==, "2026-01-12=09:00-09:30");
}

static void
test_strange_value (void)
{
  g_autoptr (KipValue) nothing = kip_value_none ();
  g_autoptr (KipValue) wrong = kip_value_map ();
  g_autoptr (KipCalendarSpec) empty = kip_calendar_spec_from_value (nothing);
  g_autoptr (KipCalendarSpec) odd = NULL;
  KipValue *list = kip_value_list ();
  g_autofree char *weekly = NULL;

  kip_value_append (list, kip_value_int (-5));
  kip_value_append (list, kip_value_int (G_MAXINT64));
  kip_value_put (wrong, 2, list);
  kip_value_put (wrong, 3, kip_value_text ("holidays"));
  kip_value_put (wrong, 4, kip_value_int (7));
  odd = kip_calendar_spec_from_value (wrong);
  weekly = kip_calendar_spec_dup_weekly (odd);
  g_assert_cmpstr (weekly, ==, "");
  g_assert_cmpstr (empty->zone, ==, "UTC");
}

static const struct
{
  const char *what;
  const char *zone;
  const char *weekly;
  const char *holidays;
  gboolean    good;
} check_cases[] = {
  { "an office", "Asia/Ho_Chi_Minh", OFFICE_WEEK, "vn", TRUE },
  { "no hours", "Asia/Ho_Chi_Minh", "", "", FALSE },
  { "only holidays", "Asia/Ho_Chi_Minh", OFFICE_WEEK, "*-01-01..*-12-31", FALSE },
  { "no such zone", "Asia/Atlantis", OFFICE_WEEK, "", FALSE },
  { "overlap", "Asia/Ho_Chi_Minh", "mon=08:00-12:00,11:00-17:00", "", FALSE },
  { "night shift", "Asia/Ho_Chi_Minh", "mon=22:00-06:00", "", TRUE },
};

static void
test_check (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (check_cases); i++)
    {
      g_autoptr (KipCalendarSpec) spec = fixture_spec (check_cases[i].zone, check_cases[i].weekly,
                                                       check_cases[i].holidays, NULL, NULL);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", check_cases[i].what);
      g_assert_cmpint (kip_calendar_spec_check (spec, &error), ==, check_cases[i].good);
      if (!check_cases[i].good)
        g_assert_error (error, KIP_ERROR, KIP_ERROR_INVALID);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calendar-spec/weekly", test_weekly);
  g_test_add_func ("/calendar-spec/holidays", test_holidays);
  g_test_add_func ("/calendar-spec/covers", test_covers);
  g_test_add_func ("/calendar-spec/public-holidays", test_public_holidays);
  g_test_add_func ("/calendar-spec/lunar", test_lunar);
  g_test_add_func ("/calendar-spec/lunar-whole", test_lunar_whole);
  g_test_add_func ("/calendar-spec/days", test_days);
  g_test_add_func ("/calendar-spec/value", test_value);
  g_test_add_func ("/calendar-spec/strange-value", test_strange_value);
  g_test_add_func ("/calendar-spec/check", test_check);
  return g_test_run ();
}
