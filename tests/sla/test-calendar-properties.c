/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Laws of working-time arithmetic on random calendars, and a second, plain way to
 * count: minute by minute, asking GDateTime what the local time is.  The seed is
 * printed; KIP_SEED repeats a run. */

#include <stdlib.h>

#include "sla-fixtures.h"

#define CALENDARS 60
#define PROBES 200
#define WALK_DAYS 16
#define WALK_MINUTES (WALK_DAYS * 24 * 60)

static GRand *dice;

static KipHours
random_hours (int from,
              int width)
{
  KipHours h;

  h.from = (gint16) (from + g_rand_int_range (dice, 0, width / 2));
  h.to = (gint16) (h.from + g_rand_int_range (dice, 5, width - (h.from - from) + 1));
  return h;
}

/* Up to three stretches within the day; now and then one over midnight, or all day. */
static GArray *
random_day (void)
{
  GArray *hours = g_array_new (FALSE, FALSE, sizeof (KipHours));
  int kind = g_rand_int_range (dice, 0, 12);
  KipHours h;

  if (kind == 0)
    return hours;
  if (kind == 1)
    {
      h = (KipHours) { 0, 24 * 60 };
      g_array_append_val (hours, h);
      return hours;
    }
  for (int part = 0; part < g_rand_int_range (dice, 1, 4); part++)
    {
      h = random_hours (5 * 60 + part * 300, 300);
      g_array_append_val (hours, h);
    }
  if (kind == 2)
    {
      h = (KipHours) { 22 * 60, (gint16) (24 * 60 + g_rand_int_range (dice, 1, 120)) };
      g_array_append_val (hours, h);
    }
  return hours;
}

static KipCalendarSpec *
random_spec (const char *zone,
             KipDay      around)
{
  KipCalendarSpec *spec = kip_calendar_spec_new (zone);

  for (guint i = 0; i < 7; i++)
    if (g_rand_int_range (dice, 0, 4) > 0)
      {
        g_autoptr (GArray) hours = random_day ();
        g_array_append_vals (spec->weekly[i], hours->data, hours->len);
      }
  for (int i = g_rand_int_range (dice, 0, 5); i > 0; i--)
    {
      KipDay day = around + g_rand_int_range (dice, 0, WALK_DAYS);
      g_ptr_array_add (spec->holidays, kip_holiday_new (KIP_HOLIDAY_DATES, day, day + g_rand_int_range (dice, 0, 3), NULL));
    }
  for (int i = g_rand_int_range (dice, 0, 4); i > 0; i--)
    {
      g_autoptr (GArray) hours = random_day ();
      kip_calendar_spec_add_shift (spec, around + g_rand_int_range (dice, 0, WALK_DAYS), hours, NULL);
    }
  for (int i = g_rand_int_range (dice, 0, 3); i > 0; i--)
    {
      g_autoptr (GArray) hours = random_day ();
      kip_calendar_spec_add_break (spec, around + g_rand_int_range (dice, 0, WALK_DAYS), hours, NULL);
    }
  return spec;
}

/* ---- the second way ---- */

static gboolean
hours_hold (const GArray *hours,
            int           minute)
{
  for (guint i = 0; i < hours->len; i++)
    {
      const KipHours *h = &g_array_index (hours, KipHours, i);
      if (minute >= h->from && minute < h->to)
        return TRUE;
    }
  return FALSE;
}

static const GArray *
hours_of (const KipCalendarSpec *spec,
          KipDay                 day)
{
  const GArray *hours = spec->weekly[kip_day_weekday (day)];

  for (guint i = 0; i < spec->shifts->len; i++)
    {
      const KipDatedHours *shift = g_ptr_array_index (spec->shifts, i);
      if (shift->day == day)
        hours = shift->hours;
    }
  return hours;
}

static gboolean
is_holiday (const KipCalendarSpec *spec,
            KipDay                 day)
{
  for (guint i = 0; i < spec->holidays->len; i++)
    if (kip_holiday_covers (g_ptr_array_index (spec->holidays, i), day))
      return TRUE;
  return FALSE;
}

static gboolean
day_works (const KipCalendarSpec *spec,
           KipDay                 day,
           int                    minute)
{
  return !is_holiday (spec, day) && hours_hold (hours_of (spec, day), minute);
}

static gboolean
on_break (const KipCalendarSpec *spec,
          KipDay                 day,
          int                    minute)
{
  for (guint i = 0; i < spec->breaks->len; i++)
    {
      const KipDatedHours *dated = g_ptr_array_index (spec->breaks, i);
      if (hours_hold (dated->hours, minute + (day - dated->day) * 24 * 60))
        return TRUE;
    }
  return FALSE;
}

static gboolean
walked_open (const KipCalendarSpec *spec,
             GTimeZone             *zone,
             KipInstant             at)
{
  g_autoptr (GDateTime) local = kip_instant_to_local (at, zone);
  KipDay day = kip_day_from_ymd (g_date_time_get_year (local), g_date_time_get_month (local),
                                 g_date_time_get_day_of_month (local));
  int minute = g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local);

  return (day_works (spec, day, minute) || day_works (spec, day - 1, minute + 24 * 60))
         && !on_break (spec, day, minute);
}

static KipInstant
walked_add (const guint8 *open,
            KipInstant    origin,
            KipInstant    start,
            gint64        seconds)
{
  gint64 left = seconds * KIP_MS_PER_SECOND;

  for (gint64 at = start; at < origin + WALK_MINUTES * KIP_MS_PER_MINUTE;)
    {
      gint64 minute = (at - origin) / KIP_MS_PER_MINUTE;
      gint64 next = origin + (minute + 1) * KIP_MS_PER_MINUTE;

      if (open[minute] && left <= next - at)
        return at + left;
      left -= open[minute] ? next - at : 0;
      at = next;
    }
  return KIP_INSTANT_NONE;
}

static gint64
walked_between (const guint8 *open,
                KipInstant    origin,
                KipInstant    a,
                KipInstant    b)
{
  gint64 sum = 0;

  for (gint64 at = a; at < b;)
    {
      gint64 minute = (at - origin) / KIP_MS_PER_MINUTE;
      gint64 next = MIN (b, origin + (minute + 1) * KIP_MS_PER_MINUTE);

      sum += open[minute] ? next - at : 0;
      at = next;
    }
  return sum / KIP_MS_PER_SECOND;
}

/* The days 2026-03-22 … 04-06 hold the change of clocks in Europe; no stretch but
 * a whole day touches the hour that is skipped (02:00), for there the two ways differ
 * by what "02:30" means. */
static void
compare_ways (const char *zone_name)
{
  KipDay first = kip_day_from_ymd (2026, 3, 22);
  g_autoptr (KipCalendarSpec) spec = random_spec (zone_name, first);
  g_autoptr (KipCalendar) calendar = kip_calendar_new (spec);
  KipInstant origin = first * KIP_MS_PER_DAY;
  g_autofree guint8 *open = g_new (guint8, WALK_MINUTES);

  for (int i = 0; i < WALK_MINUTES; i++)
    {
      KipInstant at = origin + i * KIP_MS_PER_MINUTE;
      open[i] = walked_open (spec, kip_calendar_get_zone (calendar), at);
      g_assert_cmpint (kip_calendar_is_open (calendar, at), ==, open[i]);
    }
  for (int i = 0; i < PROBES; i++)
    {
      KipInstant start = origin + g_rand_int_range (dice, 0, WALK_MINUTES * 60) * KIP_MS_PER_SECOND;
      KipInstant end = origin + g_rand_int_range (dice, 0, WALK_MINUTES * 60) * KIP_MS_PER_SECOND;
      gint64 seconds = g_rand_int_range (dice, 1, 200000);
      KipInstant walked = walked_add (open, origin, start, seconds);

      if (walked != KIP_INSTANT_NONE)
        g_assert_cmpint (kip_calendar_add (calendar, start, seconds), ==, walked);
      g_assert_cmpint (kip_calendar_between (calendar, start, end), ==,
                       walked_between (open, origin, start, end));
    }
}

static void
test_second_way (void)
{
  for (int i = 0; i < CALENDARS; i++)
    compare_ways (i % 2 == 0 ? "Asia/Ho_Chi_Minh" : "Europe/Berlin");
}

/* ---- laws ---- */

static KipInstant
random_instant (void)
{
  return kip_day_from_ymd (g_rand_int_range (dice, 1995, 2100), 1, 1) * KIP_MS_PER_DAY
         + g_rand_double_range (dice, 0, 366) * KIP_MS_PER_DAY;
}

static void
check_laws (KipCalendar *calendar)
{
  KipInstant start = random_instant ();
  gint64 seconds = g_rand_int_range (dice, 1, 500000);
  KipInstant end = kip_calendar_add (calendar, start, seconds);
  KipInstant middle, later;

  if (end == KIP_INSTANT_NONE)
    return;
  /* What was added is between, and not a millisecond less was enough. */
  g_assert_cmpint (kip_calendar_distance (calendar, start, end), ==, seconds);
  g_assert_cmpint (kip_calendar_add (calendar, start, seconds + 1), >, end);
  g_assert_true (kip_calendar_is_open (calendar, end - 1));
  /* Back again: to the start, or over closed time before it. */
  g_assert_cmpint (kip_calendar_subtract (calendar, end, seconds), >=, start);
  g_assert_cmpint (kip_calendar_between (calendar, start, kip_calendar_subtract (calendar, end, seconds)), ==, 0);
  /* It adds up, and it grows. */
  middle = start + (end - start) / 3;
  g_assert_cmpint (kip_calendar_between (calendar, start, middle)
                   + kip_calendar_between (calendar, middle, end), ==, seconds);
  later = start + g_rand_int_range (dice, 0, 1000000);
  g_assert_cmpint (kip_calendar_add (calendar, later, seconds), >=, end);
  g_assert_cmpint (kip_calendar_distance (calendar, end, start), ==, -seconds);
  /* Two steps reach as far as one. */
  g_assert_cmpint (kip_calendar_add (calendar, kip_calendar_add (calendar, start, seconds / 2 + 1), seconds), ==,
                   kip_calendar_add (calendar, start, seconds / 2 + 1 + seconds));
}

static void
test_laws (void)
{
  static const char *const zones[] = {
    "Asia/Ho_Chi_Minh", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC",
  };

  for (int i = 0; i < CALENDARS; i++)
    {
      g_autoptr (KipCalendarSpec) spec = random_spec (zones[i % G_N_ELEMENTS (zones)], kip_day_from_ymd (2026, 3, 22));
      g_autoptr (KipCalendar) calendar = kip_calendar_new (spec);

      if (i % 3 == 0)
        kip_calendar_spec_add_public_holidays (spec);
      for (int j = 0; j < PROBES; j++)
        check_laws (calendar);
    }
}

/* Stretches follow each other without a hole, and the open ones are the periods. */
static void
test_stretches (void)
{
  for (int i = 0; i < CALENDARS; i++)
    {
      g_autoptr (KipCalendarSpec) spec = random_spec (i % 2 == 0 ? "Asia/Ho_Chi_Minh" : "Europe/Berlin", kip_day_from_ymd (2026, 3, 22));
      g_autoptr (KipCalendar) calendar = kip_calendar_new (spec);
      KipInstant from = kip_day_from_ymd (2026, 3, 22) * KIP_MS_PER_DAY;
      KipInstant until = from + WALK_DAYS * KIP_MS_PER_DAY;
      gint64 open = 0;
      KipStretch stretch;

      for (KipInstant at = from; kip_calendar_next_stretch (calendar, at, until, &stretch); at = stretch.end)
        {
          g_assert_cmpint (stretch.start, ==, at);
          g_assert_cmpint (stretch.end, >, stretch.start);
          g_assert_cmpint (stretch.closed == KIP_OPEN, ==, kip_calendar_is_open (calendar, at));
          g_assert_cmpint (kip_calendar_between (calendar, at, stretch.end), ==,
                           stretch.closed == KIP_OPEN ? (stretch.end - at) / KIP_MS_PER_SECOND : 0);
          open += stretch.closed == KIP_OPEN ? stretch.end - at : 0;
        }
      g_assert_cmpint (open / KIP_MS_PER_SECOND, ==, kip_calendar_between (calendar, from, until));
    }
}

/* ---- threads ---- */

static gpointer
ask_at_random (gpointer data)
{
  KipCalendar *calendar = data;
  g_autoptr (GRand) rand = g_rand_new_with_seed (GPOINTER_TO_UINT (data) & 0xffff);

  for (int i = 0; i < 2000; i++)
    {
      KipInstant start = kip_day_from_ymd (g_rand_int_range (rand, 1910, 2190), 3, 9) * KIP_MS_PER_DAY;
      KipInstant end = kip_calendar_add (calendar, start, 36000);

      g_assert_cmpint (kip_calendar_between (calendar, start, end), ==, 36000);
    }
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (KipCalendar) calendar = fixture_vn8 ();
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("ask", ask_at_random, calendar);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int    argc,
      char **argv)
{
  const char *given = g_getenv ("KIP_SEED");
  guint32 seed = given != NULL ? (guint32) strtoul (given, NULL, 10) : g_random_int ();
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_message ("seed %u", seed);
  dice = g_rand_new_with_seed (seed);
  g_test_add_func ("/calendar-properties/second-way", test_second_way);
  g_test_add_func ("/calendar-properties/laws", test_laws);
  g_test_add_func ("/calendar-properties/stretches", test_stretches);
  g_test_add_func ("/calendar-properties/threads", test_threads);
  status = g_test_run ();
  g_rand_free (dice);
  return status;
}
