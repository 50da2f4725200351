/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Deadlines a second on one core: a Vietnamese calendar with lunch, public holidays
 * and shifts over 1990–2110, beside a plain walk over a table of five days of eight
 * hours without any of that.  Prints "name value unit"; --check fails below 10 million. */

#include <string.h>

#include "kip-calendar.h"

#define QUESTIONS (1 << 20)
#define ROUNDS 8
#define GOAL 10e6

typedef struct
{
  KipInstant start;
  gint64     seconds;
} Question;

static KipCalendar *
vietnamese_calendar (void)
{
  g_autoptr (KipCalendarSpec) spec = kip_calendar_spec_new_vietnam ();
  g_autoptr (GArray) morning = kip_hours_parse ("08:00-12:00", NULL);
  g_autoptr (GArray) nothing = kip_hours_parse ("", NULL);

  for (int year = 1990; year <= 2110; year++)
    {
      kip_calendar_spec_add_shift (spec, kip_day_from_ymd (year, 1, 2), nothing, NULL);
      kip_calendar_spec_add_shift (spec, kip_day_from_ymd (year, 1, 11), morning, NULL);
      kip_calendar_spec_add_shift (spec, kip_day_from_ymd (year, 12, 24), morning, NULL);
    }
  return kip_calendar_new (spec);
}

/* Starts anywhere in @years years from @first_year on, targets from 5 minutes to 10 days. */
static Question *
make_questions (int first_year,
                int years)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261120);
  Question *questions = g_new (Question, QUESTIONS);
  gint64 base = kip_day_from_ymd (first_year, 1, 1) * KIP_MS_PER_DAY;

  for (guint i = 0; i < QUESTIONS; i++)
    {
      questions[i].start = base + (gint64) (g_rand_double (rand) * years * 365 * 86400) * 1000;
      questions[i].seconds = g_rand_int_range (rand, 5, 60 * 80) * 60;
    }
  return questions;
}

/* The yardstick: 09:00–17:00 UTC from Monday to Friday, stepping day by day. */
static gint64
walk_table (gint64 start,
            gint64 seconds)
{
  static const int opens[7] = { 9, 9, 9, 9, 9, 24, 24 };
  static const int closes[7] = { 17, 17, 17, 17, 17, 24, 24 };
  gint64 second = start / 1000;
  gint64 day = second / 86400;
  gint64 at = second % 86400;

  for (;; day++, at = 0)
    {
      int weekday = (int) ((day + 3) % 7);
      gint64 from = MAX (at, opens[weekday] * 3600);
      gint64 left = closes[weekday] * 3600 - from;

      if (left >= seconds)
        return (day * 86400 + from + seconds) * 1000;
      if (left > 0)
        seconds -= left;
    }
}

typedef gint64 (*Answer) (KipCalendar    *calendar,
                          const Question *question);

static gint64
by_calendar (KipCalendar    *calendar,
             const Question *question)
{
  return kip_calendar_add (calendar, question->start, question->seconds);
}

static gint64
by_table (KipCalendar    *calendar,
          const Question *question)
{
  return walk_table (question->start, question->seconds);
}

/* Best of some rounds, in answers a second. */
static double
measure (const char     *name,
         gboolean        is_bound,
         Answer          answer,
         KipCalendar    *calendar,
         const Question *questions)
{
  double best = 0;
  gint64 sum = 0;

  for (int round = 0; round < ROUNDS; round++)
    {
      gint64 began = g_get_monotonic_time ();

      for (guint i = 0; i < QUESTIONS; i++)
        sum += answer (calendar, &questions[i]);
      best = MAX (best, QUESTIONS * 1e6 / (double) MAX (1, g_get_monotonic_time () - began));
    }
  /* The sum is told so that nothing of it is left out by the compiler. */
  g_print ("BENCH\t%s\t%.1f million a second (sum %" G_GINT64_FORMAT ")\t%s\t%s\n", name, best / 1e6, sum,
           is_bound ? ">= 10 million" : "-", !is_bound ? "-" : best >= GOAL ? "ok" : "missed");
  return best;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (KipCalendar) calendar = vietnamese_calendar ();
  g_autofree Question *near = make_questions (2025, 3);
  g_autofree Question *wide = make_questions (1990, 120);
  gint64 began = g_get_monotonic_time ();
  double rate, wide_rate;

  kip_calendar_between (calendar, wide[0].start, kip_day_from_ymd (2110, 12, 31) * KIP_MS_PER_DAY);
  kip_calendar_between (calendar, kip_day_from_ymd (1990, 1, 1) * KIP_MS_PER_DAY, wide[0].start);
  g_print ("BENCH\tcompiling a Vietnamese calendar, 120 years\t%.1f ms\t-\t-\n", (double) (g_get_monotonic_time () - began) / 1000);
  measure ("deadlines by a plain table of 8 x 5", FALSE, by_table, NULL, near);
  rate = measure ("deadlines over a Vietnamese calendar, three years", TRUE, by_calendar, calendar, near);
  wide_rate = measure ("deadlines over a Vietnamese calendar, 120 years", TRUE, by_calendar, calendar, wide);
  if (argc > 1 && strcmp (argv[1], "--check") == 0 && MIN (rate, wide_rate) < GOAL)
    {
      g_printerr ("fewer than %.0f million deadlines a second\n", GOAL / 1e6);
      return 1;
    }
  return 0;
}
