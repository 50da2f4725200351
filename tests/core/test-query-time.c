/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>

#include "kip-query-time.h"

/* Friday 20 November 2026, 16:30 in Vietnam, the ISO week 47. */
#define NOW "2026-11-20T16:30:00+07:00"

typedef struct
{
  const char *zone;
  const char *now;
  const char *text;
  KipQueryDirection direction;
  const char *from, *to;
} SpanCase;

#define VN "Asia/Ho_Chi_Minh"

static const SpanCase span_cases[] = {
  { VN, NOW, "now", KIP_QUERY_PAST, NOW, "2026-11-20T16:30:00.001+07:00" },
  { VN, NOW, "today", KIP_QUERY_PAST, "2026-11-20T00:00+07:00", "2026-11-21T00:00+07:00" },
  { VN, NOW, "yesterday", KIP_QUERY_PAST, "2026-11-19T00:00+07:00", "2026-11-20T00:00+07:00" },
  { VN, NOW, "tomorrow", KIP_QUERY_FUTURE, "2026-11-21T00:00+07:00", "2026-11-22T00:00+07:00" },
  { VN, NOW, "this-week", KIP_QUERY_PAST, "2026-11-16T00:00+07:00", "2026-11-23T00:00+07:00" },
  { VN, NOW, "week", KIP_QUERY_PAST, "2026-11-16T00:00+07:00", "2026-11-23T00:00+07:00" },
  { VN, NOW, "last week", KIP_QUERY_PAST, "2026-11-09T00:00+07:00", "2026-11-16T00:00+07:00" },
  { VN, NOW, "next-week", KIP_QUERY_FUTURE, "2026-11-23T00:00+07:00", "2026-11-30T00:00+07:00" },
  { VN, NOW, "this-month", KIP_QUERY_PAST, "2026-11-01T00:00+07:00", "2026-12-01T00:00+07:00" },
  { VN, NOW, "last-month", KIP_QUERY_PAST, "2026-10-01T00:00+07:00", "2026-11-01T00:00+07:00" },
  { VN, NOW, "next-month", KIP_QUERY_FUTURE, "2026-12-01T00:00+07:00", "2027-01-01T00:00+07:00" },
  { VN, NOW, "this-quarter", KIP_QUERY_PAST, "2026-10-01T00:00+07:00", "2027-01-01T00:00+07:00" },
  { VN, NOW, "last-quarter", KIP_QUERY_PAST, "2026-07-01T00:00+07:00", "2026-10-01T00:00+07:00" },
  { VN, NOW, "next-quarter", KIP_QUERY_FUTURE, "2027-01-01T00:00+07:00", "2027-04-01T00:00+07:00" },
  { VN, NOW, "this-year", KIP_QUERY_PAST, "2026-01-01T00:00+07:00", "2027-01-01T00:00+07:00" },
  { VN, NOW, "last-year", KIP_QUERY_PAST, "2025-01-01T00:00+07:00", "2026-01-01T00:00+07:00" },
  { VN, NOW, "next-year", KIP_QUERY_FUTURE, "2027-01-01T00:00+07:00", "2028-01-01T00:00+07:00" },

  /* the turn of the year */
  { VN, "2026-01-01T00:00:00+07:00", "yesterday", KIP_QUERY_PAST, "2025-12-31T00:00+07:00", "2026-01-01T00:00+07:00" },
  { VN, "2026-01-31T10:00:00+07:00", "last-month", KIP_QUERY_PAST, "2025-12-01T00:00+07:00", "2026-01-01T00:00+07:00" },
  { VN, "2026-01-31T10:00:00+07:00", "next-month", KIP_QUERY_FUTURE, "2026-02-01T00:00+07:00", "2026-03-01T00:00+07:00" },
  { VN, "2026-02-10T10:00:00+07:00", "last-quarter", KIP_QUERY_PAST, "2025-10-01T00:00+07:00", "2026-01-01T00:00+07:00" },
  { VN, "2026-01-02T10:00:00+07:00", "last-week", KIP_QUERY_PAST, "2025-12-22T00:00+07:00", "2025-12-29T00:00+07:00" },
  /* a local day begins while it is still yesterday in UTC */
  { VN, "2026-11-19T23:30:00Z", "today", KIP_QUERY_PAST, "2026-11-20T00:00+07:00", "2026-11-21T00:00+07:00" },

  /* days of the week: the nearest, today included */
  { VN, NOW, "friday", KIP_QUERY_PAST, "2026-11-20T00:00+07:00", "2026-11-21T00:00+07:00" },
  { VN, NOW, "friday", KIP_QUERY_FUTURE, "2026-11-20T00:00+07:00", "2026-11-21T00:00+07:00" },
  { VN, NOW, "monday", KIP_QUERY_PAST, "2026-11-16T00:00+07:00", "2026-11-17T00:00+07:00" },
  { VN, NOW, "thứ hai", KIP_QUERY_FUTURE, "2026-11-23T00:00+07:00", "2026-11-24T00:00+07:00" },
  { VN, NOW, "sunday", KIP_QUERY_PAST, "2026-11-15T00:00+07:00", "2026-11-16T00:00+07:00" },
  { VN, NOW, "chủ nhật", KIP_QUERY_FUTURE, "2026-11-22T00:00+07:00", "2026-11-23T00:00+07:00" },
  { VN, NOW, "saturday", KIP_QUERY_PAST, "2026-11-14T00:00+07:00", "2026-11-15T00:00+07:00" },

  /* dates */
  { VN, NOW, "2026", KIP_QUERY_PAST, "2026-01-01T00:00+07:00", "2027-01-01T00:00+07:00" },
  { VN, NOW, "2026-Q4", KIP_QUERY_PAST, "2026-10-01T00:00+07:00", "2027-01-01T00:00+07:00" },
  { VN, NOW, "2026-10", KIP_QUERY_PAST, "2026-10-01T00:00+07:00", "2026-11-01T00:00+07:00" },
  { VN, NOW, "10/2026", KIP_QUERY_PAST, "2026-10-01T00:00+07:00", "2026-11-01T00:00+07:00" },
  { VN, NOW, "2026-W47", KIP_QUERY_PAST, "2026-11-16T00:00+07:00", "2026-11-23T00:00+07:00" },
  { VN, NOW, "2026-w53", KIP_QUERY_PAST, "2026-12-28T00:00+07:00", "2027-01-04T00:00+07:00" },
  { VN, NOW, "2027-W1", KIP_QUERY_PAST, "2027-01-04T00:00+07:00", "2027-01-11T00:00+07:00" },
  { VN, NOW, "2026-10-31", KIP_QUERY_PAST, "2026-10-31T00:00+07:00", "2026-11-01T00:00+07:00" },
  { VN, NOW, "31/10/2026", KIP_QUERY_PAST, "2026-10-31T00:00+07:00", "2026-11-01T00:00+07:00" },
  { VN, NOW, "31-10-2026", KIP_QUERY_PAST, "2026-10-31T00:00+07:00", "2026-11-01T00:00+07:00" },
  { VN, NOW, "1/9/2026", KIP_QUERY_PAST, "2026-09-01T00:00+07:00", "2026-09-02T00:00+07:00" },
  { VN, NOW, "31/10", KIP_QUERY_PAST, "2026-10-31T00:00+07:00", "2026-11-01T00:00+07:00" },
  { VN, NOW, "31/10", KIP_QUERY_FUTURE, "2027-10-31T00:00+07:00", "2027-11-01T00:00+07:00" },
  { VN, NOW, "20/11", KIP_QUERY_PAST, "2026-11-20T00:00+07:00", "2026-11-21T00:00+07:00" },
  { VN, NOW, "20/11", KIP_QUERY_FUTURE, "2026-11-20T00:00+07:00", "2026-11-21T00:00+07:00" },
  { VN, NOW, "25/12", KIP_QUERY_PAST, "2025-12-25T00:00+07:00", "2025-12-26T00:00+07:00" },
  { VN, NOW, "29/2", KIP_QUERY_PAST, "2024-02-29T00:00+07:00", "2024-03-01T00:00+07:00" },
  { VN, NOW, "29/2", KIP_QUERY_FUTURE, "2028-02-29T00:00+07:00", "2028-03-01T00:00+07:00" },
  { VN, NOW, "2026-11-20T08:05", KIP_QUERY_PAST, "2026-11-20T08:05+07:00", "2026-11-20T08:06+07:00" },
  { VN, NOW, "2026-11-20 08:05", KIP_QUERY_PAST, "2026-11-20T08:05+07:00", "2026-11-20T08:06+07:00" },
  { VN, NOW, "8:05", KIP_QUERY_PAST, "2026-11-20T08:05+07:00", "2026-11-20T08:06+07:00" },

  /* points */
  { VN, NOW, "2h", KIP_QUERY_PAST, "2026-11-20T14:30+07:00", "2026-11-20T14:30:00.001+07:00" },
  { VN, NOW, "2h", KIP_QUERY_FUTURE, "2026-11-20T18:30+07:00", "2026-11-20T18:30:00.001+07:00" },
  { VN, NOW, "+1w", KIP_QUERY_PAST, "2026-11-27T16:30+07:00", "2026-11-27T16:30:00.001+07:00" },
  { VN, NOW, "-90m", KIP_QUERY_FUTURE, "2026-11-20T15:00+07:00", "2026-11-20T15:00:00.001+07:00" },

  /* summer time: days of 23 and 25 hours */
  { "Europe/Berlin", "2026-03-29T12:00:00+02:00", "today", KIP_QUERY_PAST, "2026-03-29T00:00+01:00", "2026-03-30T00:00+02:00" },
  { "Europe/Berlin", "2026-10-25T12:00:00+01:00", "today", KIP_QUERY_PAST, "2026-10-25T00:00+02:00", "2026-10-26T00:00+01:00" },
  /* a zone whose clocks went forward at midnight: the day began at one */
  { "America/Sao_Paulo", "2018-11-04T12:00:00-02:00", "today", KIP_QUERY_PAST, "2018-11-04T01:00-02:00", "2018-11-05T00:00-02:00" },
};

static KipInstant
instant (const char *iso)
{
  KipInstant at = 0;

  g_assert_true (kip_instant_parse (iso, NULL, &at));
  return at;
}

static void
test_spans (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (span_cases); i++)
    {
      const SpanCase *c = &span_cases[i];
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (c->zone);
      KipInstant from = 0, to = 0;
      g_autofree char *from_iso = NULL;
      g_autofree char *to_iso = NULL;
      g_autofree char *wanted_from = kip_instant_to_iso (instant (c->from));
      g_autofree char *wanted_to = kip_instant_to_iso (instant (c->to));

      g_test_message ("%s, %d", c->text, c->direction);
      g_assert_nonnull (zone);
      g_assert_true (kip_query_resolve_time (c->text, c->direction, instant (c->now), zone, &from, &to));
      from_iso = kip_instant_to_iso (from);
      to_iso = kip_instant_to_iso (to);
      g_assert_cmpstr (from_iso, ==, wanted_from);
      g_assert_cmpstr (to_iso, ==, wanted_to);
    }
}

static const char *const no_times[] = {
  "", " ", "-", "+", "x", "2026-13", "2026-00", "2026-02-30", "2026-11-31", "0/1", "32/1", "30/2", "1/13", "2026-W54",
  "2025-W53", "2026-W0", "2026-Q5", "2026-Q0", "1899", "2200", "12026", "24:00", "12:60", "12:", ":30",
  "2026-11-20T", "2026-11-20T24:00", "2", "20", "202", "2x", "2h3", "h", "2hh", "--2h", "+-2h", "2 h x",
  "99999999999999999999h", "9999999w", "20.11.2026", "todayy", "last", "week-last", "none", "any", "２h",
};

static void
test_no_times (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  for (gsize i = 0; i < G_N_ELEMENTS (no_times); i++)
    {
      KipInstant from = 1, to = 2;

      g_test_message ("%s", no_times[i]);
      g_assert_false (kip_query_resolve_time (no_times[i], KIP_QUERY_PAST, 0, utc, &from, &to));
      g_assert_cmpint (from, ==, 1);
      g_assert_cmpint (to, ==, 2);
    }
}

typedef struct
{
  const char *text;
  const char *canonical;
} PrintCase;

static const PrintCase print_cases[] = {
  { "TODAY", "today" }, { "hôm nay", "today" }, { "homnay", "today" }, { "tuần trước", "last-week" }, { "t2", "monday" },
  { "Thứ 2", "monday" }, { "cn", "sunday" }, { "năm", "this-year" }, { "2026-1", "2026-01" }, { "1/1/2026", "2026-01-01" },
  { "2026/1/2", "2026-01-02" }, { "05/06", "5/6" }, { "2026-w7", "2026-W07" }, { "2026-q1", "2026-Q1" }, { "8:5", "08:05" },
  { "7d", "1w" }, { "36h", "1d12h" }, { "90 phút", "1h30m" }, { "2 giờ", "2h" }, { "1h 30m", "1h30m" }, { "+24h", "+1d" },
  { "-60s", "-1m" }, { "0h", "0m" }, { "+0m", "+0m" }, { "45 giây", "45s" }, { "1 tuần 2 ngày", "1w2d" },
};

static void
test_print (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (print_cases); i++)
    {
      KipQueryTime time, again;
      g_autofree char *text = NULL;

      g_test_message ("%s", print_cases[i].text);
      g_assert_true (kip_query_time_parse (print_cases[i].text, &time));
      text = kip_query_time_print (&time);
      g_assert_cmpstr (text, ==, print_cases[i].canonical);
      g_assert_true (kip_query_time_parse (text, &again));
      g_assert_true (kip_query_time_equal (&time, &again));
    }
}

/* Words for days join without a gap, whatever the day: the end of yesterday is the
 * beginning of today, and every week holds its Monday. */
static void
test_days_join (void)
{
  static const char *const zones[] = { VN, "Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "UTC" };
  static const char *const chains[][3] = {
    { "yesterday", "today", "tomorrow" }, { "last-week", "this-week", "next-week" },
    { "last-month", "this-month", "next-month" }, { "last-quarter", "this-quarter", "next-quarter" },
    { "last-year", "this-year", "next-year" },
  };
  guint32 seed = g_random_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (int round = 0; round < 400; round++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zones[g_rand_int_range (rand, 0, G_N_ELEMENTS (zones))]);
      KipInstant now = (KipInstant) g_rand_int (rand) * KIP_MS_PER_SECOND; /* 1970 … 2106 */

      for (gsize i = 0; i < G_N_ELEMENTS (chains); i++)
        {
          KipInstant from[3], to[3];

          for (int j = 0; j < 3; j++)
            g_assert_true (kip_query_resolve_time (chains[i][j], KIP_QUERY_PAST, now, zone, &from[j], &to[j]));
          g_assert_cmpint (to[0], ==, from[1]);
          g_assert_cmpint (to[1], ==, from[2]);
          g_assert_cmpint (from[1], <=, now);
          g_assert_cmpint (now, <, to[1]);
        }
    }
}

/* An instant that no calendar knows must not stop anything. */
static void
test_far_away (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (VN);
  const KipInstant instants[] = { G_MININT64, G_MAXINT64, KIP_INSTANT_NONE + 1, 0 };
  const char *const texts[] = { "today", "2h", "next-year", "29/2", "monday", "2199", "1900" };

  for (gsize i = 0; i < G_N_ELEMENTS (instants); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (texts); j++)
      {
        KipInstant from, to;

        g_assert_true (kip_query_resolve_time (texts[j], KIP_QUERY_FUTURE, instants[i], zone, &from, &to));
        g_assert_cmpint (from, <, to);
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query-time/spans", test_spans);
  g_test_add_func ("/query-time/no-times", test_no_times);
  g_test_add_func ("/query-time/print", test_print);
  g_test_add_func ("/query-time/days-join", test_days_join);
  g_test_add_func ("/query-time/far-away", test_far_away);
  return g_test_run ();
}
