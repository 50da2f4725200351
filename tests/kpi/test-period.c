/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-measure.h"
#include "sla-fixtures.h"

static GTimeZone *
hanoi (void)
{
  return g_time_zone_new_identifier ("Asia/Ho_Chi_Minh");
}

static KipRange
range_of (const char *from,
          const char *to)
{
  g_autofree char *a = g_strconcat (from, " 00:00", NULL);
  g_autofree char *b = g_strconcat (to, " 00:00", NULL);
  KipRange range = { fixture_instant (a), fixture_instant (b) };

  return range;
}

static void
test_cut (void)
{
  static const struct
  {
    const char *from, *to;
    KipBy       by;
    guint       bins;
    const char *second; /* where the second bin begins */
  } cases[] = {
    { "2026-03-02", "2026-03-09", KIP_BY_DAY, 7, "2026-03-03 00:00" },
    { "2026-03-02", "2026-03-09", KIP_BY_WEEK, 1, "2026-03-09 00:00" },
    { "2026-03-04", "2026-03-18", KIP_BY_WEEK, 3, "2026-03-09 00:00" },
    { "2026-01-31", "2026-04-01", KIP_BY_MONTH, 3, "2026-02-01 00:00" },
    { "2024-02-28", "2024-03-01", KIP_BY_DAY, 2, "2024-02-29 00:00" },
    { "2026-03-04", "2026-05-18", KIP_BY_NOTHING, 1, "2026-05-18 00:00" },
  };
  g_autoptr (GTimeZone) zone = hanoi ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KipRange range = range_of (cases[i].from, cases[i].to);
      g_autoptr (GArray) cuts = kip_range_cut (&range, cases[i].by, zone);

      g_test_message ("case %u", i);
      g_assert_cmpuint (cuts->len, ==, cases[i].bins + 1);
      assert_instant ("second", g_array_index (cuts, KipInstant, 1), cases[i].second);
      g_assert_cmpint (kip_range_find (cuts, range.from), ==, 0);
      g_assert_cmpint (kip_range_find (cuts, range.from - 1), ==, -1);
      g_assert_cmpint (kip_range_find (cuts, range.to), ==, -1);
      g_assert_cmpint (kip_range_find (cuts, range.to - 1), ==, (int) cases[i].bins - 1);
    }
}

/* The days of a clock change have 23 and 25 hours and are one day each. */
static void
test_summer_time (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  KipRange spring = { fixture_instant ("2026-03-28 06:00"), fixture_instant ("2026-03-31 05:00") };
  g_autoptr (GArray) cuts = kip_range_cut (&spring, KIP_BY_DAY, zone);

  g_assert_cmpuint (cuts->len, ==, 4);
  g_assert_cmpint (g_array_index (cuts, KipInstant, 2) - g_array_index (cuts, KipInstant, 1), ==, 23 * KIP_MS_PER_HOUR);
  g_assert_cmpint (kip_range_count_days (&spring, zone), ==, 3);
}

static void
test_shift (void)
{
  static const struct
  {
    const char *from, *to;
    int         steps;
    const char *new_from, *new_to;
  } cases[] = {
    { "2026-03-01", "2026-04-01", -1, "2026-02-01 00:00", "2026-03-01 00:00" },
    { "2026-01-01", "2026-04-01", -1, "2025-10-01 00:00", "2026-01-01 00:00" },
    { "2026-01-01", "2026-04-01", 2, "2026-07-01 00:00", "2026-10-01 00:00" },
    { "2026-03-02", "2026-03-09", -1, "2026-02-23 00:00", "2026-03-02 00:00" },
    { "2026-03-02", "2026-03-09", 1, "2026-03-09 00:00", "2026-03-16 00:00" },
  };
  g_autoptr (GTimeZone) zone = hanoi ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KipRange range = range_of (cases[i].from, cases[i].to);
      KipRange shifted = kip_range_shift (&range, cases[i].steps, zone);

      g_test_message ("case %u", i);
      assert_instant ("from", shifted.from, cases[i].new_from);
      assert_instant ("to", shifted.to, cases[i].new_to);
    }
}

static void
test_last_days (void)
{
  g_autoptr (GTimeZone) zone = hanoi ();
  KipRange week = kip_range_last_days (7, fixture_instant ("2026-03-06 17:00"), zone);

  assert_instant ("from", week.from, "2026-02-28 00:00");
  assert_instant ("to", week.to, "2026-03-07 00:00");
  g_assert_cmpint (kip_range_choose_by (&week, zone), ==, KIP_BY_DAY);
}

static void
test_percentiles (void)
{
  static const struct
  {
    int    n;
    gint64 values[10];
    int    percent;
    double expected;
  } cases[] = {
    { 1, { 7 }, 50, 7 },
    { 2, { 9, 4 }, 50, 6.5 },
    { 3, { 9, 1, 4 }, 50, 4 },
    { 4, { 8, 8, 1, 8 }, 50, 8 },
    { 1, { 7 }, 90, 7 },
    { 10, { 10, 9, 8, 7, 6, 5, 4, 3, 2, 1 }, 90, 9 },   /* rank 9 of 10 */
    { 9, { 9, 8, 7, 6, 5, 4, 3, 2, 1 }, 90, 9 },        /* rank ⌈8.1⌉ = 9 */
    { 5, { 5, 5, 5, 5, 5 }, 90, 5 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (gint64));

      g_array_append_vals (values, cases[i].values, (guint) cases[i].n);
      g_test_message ("case %u", i);
      g_assert_cmpfloat (kip_percentile (values, cases[i].percent), ==, cases[i].expected);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kpi/period/cut", test_cut);
  g_test_add_func ("/kpi/period/summer-time", test_summer_time);
  g_test_add_func ("/kpi/period/shift", test_shift);
  g_test_add_func ("/kpi/period/last-days", test_last_days);
  g_test_add_func ("/kpi/percentiles", test_percentiles);
  return g_test_run ();
}
