/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-calendar-edit.h"

#include "kip-error.h"

static GArray *
hours_of (const char *text)
{
  g_autoptr (GError) error = NULL;
  GArray *hours = kip_hours_parse (text, &error);

  g_assert_no_error (error);
  return hours;
}

static void
assert_hours (const GArray *hours,
              const char   *expected)
{
  g_autofree char *text = kip_hours_to_text (hours);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_times (void)
{
  static const struct
  {
    const char *typed;
    int         minutes; /* -1: refused */
  } cases[] = {
    { "8", 480 }, { "08:30", 510 }, { " 8h30 ", 510 }, { "1730", 1050 }, { "24:00", 1440 }, { "24", 1440 },
    { "0:00", 0 }, { "24:01", -1 }, { "25", -1 }, { "8:60", -1 }, { "noon", -1 }, { "", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      int minutes = -1;

      g_test_message ("%s", cases[i].typed);
      kip_hours_parse_time (cases[i].typed, &minutes);
      g_assert_cmpint (minutes, ==, cases[i].minutes);
    }
}

static void
test_format_time (void)
{
  static const struct
  {
    int         minutes;
    const char *text;
  } cases[] = { { 0, "00:00" }, { 510, "08:30" }, { 1440, "24:00" }, { 1440 + 240, "04:00" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = kip_hours_format_time (cases[i].minutes);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* What a person gets at each press of "Add hours". */
static void
test_add_next (void)
{
  static const char *const steps[] = {
    "08:00-12:00",
    "08:00-12:00,13:00-17:00",
    "08:00-12:00,13:00-17:00,18:00-19:00",
    "08:00-12:00,13:00-17:00,18:00-19:00,20:00-21:00",
    "08:00-12:00,13:00-17:00,18:00-19:00,20:00-21:00,22:00-23:00",
  };
  g_autoptr (GArray) hours = hours_of ("");
  g_autoptr (GArray) late = hours_of ("07:00-14:00");
  g_autoptr (GArray) night = hours_of ("22:00-06:00");

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_assert_true (kip_hours_add_next (hours));
      assert_hours (hours, steps[i]);
    }
  g_assert_false (kip_hours_add_next (hours));
  g_assert_true (kip_hours_add_next (late));
  assert_hours (late, "07:00-14:00,15:00-16:00");
  g_assert_false (kip_hours_add_next (night));
}

static void
test_set (void)
{
  static const struct
  {
    const char *before;
    guint       index;
    int         from, to;
    const char *after; /* NULL: refused */
  } cases[] = {
    { "08:00-12:00,13:00-17:00", 0, 7 * 60, 11 * 60, "07:00-11:00,13:00-17:00" },
    { "08:00-12:00,13:00-17:00", 0, 8 * 60, 13 * 60, "08:00-13:00,13:00-17:00" },
    { "08:00-12:00,13:00-17:00", 0, 8 * 60, 13 * 60 + 1, NULL },
    { "08:00-12:00,13:00-17:00", 0, 18 * 60, 20 * 60, "13:00-17:00,18:00-20:00" },
    { "08:00-12:00", 0, 22 * 60, 4 * 60, "22:00-04:00" },
    { "08:00-12:00", 0, 0, 1440, "00:00-24:00" },
    { "08:00-12:00", 0, 1440, 60, NULL },
    { "08:00-12:00", 0, -1, 60, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) hours = hours_of (cases[i].before);
      g_autoptr (GError) error = NULL;
      gboolean ok = kip_hours_set (hours, cases[i].index, cases[i].from, cases[i].to, &error);

      g_test_message ("case %u", i);
      g_assert_cmpint (ok, ==, cases[i].after != NULL);
      if (!ok)
        g_assert_error (error, KIP_ERROR, KIP_ERROR_INVALID);
      assert_hours (hours, cases[i].after != NULL ? cases[i].after : cases[i].before);
    }
}

static void
test_copy_day (void)
{
  g_autoptr (KipCalendarSpec) spec = kip_calendar_spec_new (NULL);
  g_autofree char *weekly = NULL;

  g_assert_true (kip_calendar_spec_set_weekly (spec, "mon=07:30-11:30;tue=08:00-12:00;sat=08:00-12:00", NULL));
  kip_calendar_spec_copy_day (spec, 0);
  weekly = kip_calendar_spec_dup_weekly (spec);
  g_assert_cmpstr (weekly, ==, "mon=07:30-11:30;tue=07:30-11:30;sat=07:30-11:30");
  g_assert_cmpint (kip_calendar_spec_week_minutes (spec), ==, 12 * 60);
}

static void
test_public (void)
{
  g_autoptr (KipCalendarSpec) spec = kip_calendar_spec_new_vietnam ();
  g_autoptr (KipCalendarSpec) before = kip_calendar_spec_copy (spec);
  guint n;
  const KipPublicHoliday *holidays = kip_public_holidays (&n);
  guint all = spec->holidays->len;

  g_assert_cmpuint (all, ==, n);
  g_assert_true (kip_calendar_spec_has_public (spec, &holidays[0]));
  kip_calendar_spec_set_public (spec, &holidays[0], FALSE);
  g_assert_false (kip_calendar_spec_has_public (spec, &holidays[0]));
  g_assert_cmpuint (spec->holidays->len, ==, all - 1);
  g_assert_false (kip_calendar_spec_equal (spec, before));
  kip_calendar_spec_set_public (spec, &holidays[0], TRUE);
  kip_calendar_spec_set_public (spec, &holidays[0], TRUE);
  g_assert_cmpuint (spec->holidays->len, ==, all);
  g_assert_true (kip_holiday_is_public (&holidays[n - 1].rule));
}

/* The second shift of a date takes the place of the first. */
static void
test_shifts (void)
{
  g_autoptr (KipCalendarSpec) spec = kip_calendar_spec_new_vietnam ();
  g_autoptr (GArray) none = hours_of ("");
  g_autoptr (GArray) morning = hours_of ("08:00-12:00");
  g_autofree char *shifts = NULL;

  kip_calendar_spec_put_shift (spec, kip_day_from_ymd (2026, 1, 10), morning, NULL);
  kip_calendar_spec_put_shift (spec, kip_day_from_ymd (2026, 1, 2), none, "Bridge day");
  kip_calendar_spec_put_shift (spec, kip_day_from_ymd (2026, 1, 10), morning, "Make-up day");
  shifts = kip_calendar_spec_dup_shifts (spec);
  g_assert_cmpstr (shifts, ==, "2026-01-02= Bridge day|2026-01-10=08:00-12:00 Make-up day");
}

static void
test_describe (void)
{
  static const struct
  {
    const char *rule, *words;
  } cases[] = {
    { "2026-04-27", "Mon 27 April 2026" },
    { "2026-04-27..2026-04-29", "Mon 27 April 2026 to Wed 29 April 2026" },
    { "*-12-25", "Every year on 25 December" },
    { "*-12-31..*-01-02", "Every year from 31 December to 2 January" },
    { "tet:0", "By the moon: day 1 of Tết" },
    { "tet:-1..3", "By the moon: the eve of Tết to day 4 of Tết" },
    { "tet:-2..-1", "By the moon: 2 days before Tết to the eve of Tết" },
    { "lunar:03-10", "By the moon: day 10 of lunar month 3" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (KipHoliday) holiday = kip_holiday_parse (cases[i].rule, NULL);
      g_autofree char *words = kip_holiday_describe (holiday);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

/* The 22nd of November 2026, noon. */
#define NOW G_GINT64_CONSTANT (1795348800000)

static void
test_holiday_typed (void)
{
  static const struct
  {
    KipHolidayKind kind;
    const char    *first, *last, *rule; /* NULL: refused */
  } cases[] = {
    { KIP_HOLIDAY_DATES, "30/4/2027", "", "2027-04-30 X" },
    { KIP_HOLIDAY_DATES, "24/12", "2/1/2027", "2026-12-24..2027-01-02 X" },
    { KIP_HOLIDAY_DATES, "2/1/2027", "24/12/2026", NULL },
    { KIP_HOLIDAY_DATES, "31/2/2027", "", NULL },
    { KIP_HOLIDAY_DATES, "", "", NULL },
    { KIP_HOLIDAY_YEARLY, "25/12", "", "*-12-25 X" },
    { KIP_HOLIDAY_YEARLY, "31/12", "2/1", "*-12-31..*-01-02 X" },
    { KIP_HOLIDAY_YEARLY, "29/2", "", "*-02-29 X" },
    { KIP_HOLIDAY_YEARLY, "30/2", "", NULL },
    { KIP_HOLIDAY_YEARLY, "25", "", NULL },
    { KIP_HOLIDAY_LUNAR, "15/8", "", "lunar:08-15 X" },
    { KIP_HOLIDAY_LUNAR, "31/8", "", NULL },
    { KIP_HOLIDAY_LUNAR, "16/8", "15/8", NULL },
    { KIP_HOLIDAY_TET, "-2", "4", "tet:-2..4 X" },
    { KIP_HOLIDAY_TET, "40", "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KipHoliday) holiday = kip_holiday_from_typed (cases[i].kind, cases[i].first, cases[i].last, "X",
                                                               NOW, &error);
      g_autofree char *rule = holiday != NULL ? kip_holiday_to_text (holiday) : NULL;

      g_test_message ("case %u", i);
      g_assert_cmpstr (rule, ==, cases[i].rule);
      g_assert_cmpint (holiday == NULL, ==, error != NULL);
    }
}

static char *
year_of (const KipCalendarSpec *spec,
         KipDay                 from,
         guint                  n_days)
{
  g_autoptr (GArray) days = kip_calendar_spec_special_days (spec, from, n_days);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < days->len; i++)
    {
      const KipSpecialDay *day = &g_array_index (days, KipSpecialDay, i);
      g_autofree char *first = kip_day_to_text (day->first);
      g_autofree char *last = kip_day_to_text (day->last);

      g_string_append_printf (out, "%s..%s %d %s%s\n", first, last, day->special, day->name,
                              day->no_effect ? " (idle)" : "");
    }
  return g_string_free (out, FALSE);
}

/* Holidays that began before the first day, the turn of the year, a swapped Saturday. */
static void
test_special_days (void)
{
  g_autoptr (KipCalendarSpec) spec = kip_calendar_spec_new ("Asia/Ho_Chi_Minh");
  g_autofree char *year = NULL;
  KipDay from = kip_day_from_ymd (2026, 1, 1);

  g_assert_true (kip_calendar_spec_set_weekly (spec, "mon=08:00-12:00;tue=08:00-12:00;fri=08:00-12:00", NULL));
  g_assert_true (kip_calendar_spec_set_holidays (spec, "*-12-31..*-01-02 Turn|2026-01-03 Nothing|2026-01-06 Feast", NULL));
  g_assert_true (kip_calendar_spec_set_shifts (spec, "2026-01-10=08:00-10:00 Make-up|2026-01-09= Off|2026-01-06=08:00-10:00|2027-05-05=", NULL));
  year = year_of (spec, from, 365);
  g_assert_cmpstr (year, ==,
                   "2025-12-31..2026-01-02 0 Turn\n"
                   "2026-01-03..2026-01-03 0 Nothing (idle)\n"
                   "2026-01-06..2026-01-06 0 Feast\n"
                   "2026-01-06..2026-01-06 2  (idle)\n"
                   "2026-01-09..2026-01-09 1 Off\n"
                   "2026-01-10..2026-01-10 2 Make-up\n"
                   "2026-12-31..2027-01-02 0 Turn\n");
  /* Jan 5, 10 of Mon 5, Tue 6 (feast), Fri 9 (off), Sat 10 (worked), Mon 12. */
  g_assert_cmpuint (kip_calendar_spec_working_days (spec, from, 12), ==, 3);
}

/* Tết of 2026 is on 17 February; the Hùng Kings' day on 26 April. */
static void
test_vietnamese_year (void)
{
  g_autoptr (KipCalendarSpec) spec = kip_calendar_spec_new_vietnam ();
  g_autoptr (GArray) days = kip_calendar_spec_special_days (spec, kip_day_from_ymd (2026, 1, 1), 365);
  static const char *const expected[] = {
    "2026-01-01", "2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20", "2026-04-26",
    "2026-04-30", "2026-05-01", "2026-09-01", "2026-09-02",
  };

  g_assert_cmpuint (days->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < days->len; i++)
    {
      g_autofree char *first = kip_day_to_text (g_array_index (days, KipSpecialDay, i).first);

      g_assert_cmpstr (first, ==, expected[i]);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calendar-edit/times", test_times);
  g_test_add_func ("/calendar-edit/format-time", test_format_time);
  g_test_add_func ("/calendar-edit/add-next", test_add_next);
  g_test_add_func ("/calendar-edit/set", test_set);
  g_test_add_func ("/calendar-edit/copy-day", test_copy_day);
  g_test_add_func ("/calendar-edit/public", test_public);
  g_test_add_func ("/calendar-edit/shifts", test_shifts);
  g_test_add_func ("/calendar-edit/describe", test_describe);
  g_test_add_func ("/calendar-edit/holiday-typed", test_holiday_typed);
  g_test_add_func ("/calendar-edit/special-days", test_special_days);
  g_test_add_func ("/calendar-edit/vietnamese-year", test_vietnamese_year);
  return g_test_run ();
}
