/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Questions to the past of a large office, all of it: reading it once, then a replay
 * under another target and another calendar, a simulated crew, a suggestion.  The yardstick
 * is the clocks of the same tickets one after the other, as a rebuild computes them.  --check fails when a
 * replay takes more than a second for 100,000. */

#include <string.h>
#include <time.h>

#include "big-office.h"
#include "kip-what-if.h"

#define ROUNDS 3
#define GOAL_MS_PER_100000 1000.0

static double
since (gint64 began)
{
  return (double) (g_get_monotonic_time () - began) / 1e3;
}

/* Of all threads: others may use the machine, too. */
static double
cpu_ms (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double) time.tv_sec * 1000 + (double) time.tv_nsec / 1e6;
}

static KipWhatIfPast *
read_past (KipStore *store)
{
  KipInstant now = big_office_now ();
  KipRange range = { now - 731 * KIP_MS_PER_DAY, now };
  g_autoptr (GError) error = NULL;
  gint64 began = g_get_monotonic_time ();
  double worked = cpu_ms ();
  KipWhatIfPast *past = kip_what_if_past_load (store, NULL, &range, now, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_print ("BENCH\twhat if: the past of %u tickets read, by %u threads\t%.0f ms (%.0f ms of a core)\t-\t-\n", past->cases->len,
           MIN (g_get_num_processors (), 4), since (began), cpu_ms () - worked);
  return past;
}

static void
yardstick (KipWhatIfPast *past)
{
  gint64 began = g_get_monotonic_time ();
  KipClock clocks[KIP_N_CLOCKS];

  for (guint i = 0; i < past->cases->len; i++)
    kip_ticket_clocks (g_array_index (past->cases, KipWhatIfCase, i).ticket, past->agreements, clocks);
  g_print ("BENCH\twhat if: the clocks of the same tickets, one after the other\t%.0f ms\t-\t-\n", since (began));
}

/* @goal: ms; 0: none.  TRUE: it is kept. */
static gboolean
measure (const char            *name,
         KipWhatIfPast         *past,
         const KipWhatIfChange *change,
         double                 goal)
{
  g_autoptr (KipScenario) scenario = kip_scenario_new ();
  g_autofree char *bound = goal > 0 ? g_strdup_printf ("<= %.0f ms", goal) : g_strdup ("-");
  double best = G_MAXDOUBLE;
  guint n_flips = 0;

  kip_scenario_put (scenario, change);
  for (guint i = 0; i < ROUNDS; i++)
    {
      gint64 began = g_get_monotonic_time ();
      g_autoptr (KipWhatIf) what_if = kip_what_if_run (past, scenario, NULL, NULL);

      best = MIN (best, since (began));
      n_flips = what_if->flips->len;
    }
  g_print ("BENCH\twhat if: %s, %u promises judged otherwise\t%.0f ms\t%s\t%s\n", name, n_flips, best, bound,
           goal == 0 ? "-" : best <= goal ? "ok" : "missed");
  return goal == 0 || best <= goal;
}

static void
measure_suggestion (KipWhatIfPast *past)
{
  gint64 began = g_get_monotonic_time ();
  g_autoptr (GArray) suggestions = kip_what_if_suggest (past, NULL, 90, NULL);

  g_print ("BENCH\twhat if: targets suggested\t%.0f ms\t-\t-\n", since (began));
}

static KipId
busiest_team (KipWhatIfPast *past)
{
  KipOffice *office = past->office;
  GPtrArray *teams = kip_office_get_teams (office);

  return teams->len > 0 ? ((KipTeam *) g_ptr_array_index (teams, 0))->id : KIP_ID_NONE;
}

int
main (int    argc,
      char **argv)
{
  guint n = argc > 2 && strcmp (argv[1], "--tickets") == 0 ? (guint) g_ascii_strtoull (argv[2], NULL, 10) : 100000;
  KipStore *store = big_office_open (n);
  g_autoptr (KipWhatIfPast) past = read_past (store);
  GPtrArray *policies = kip_agreements_get_policies (past->agreements);
  KipWhatIfChange target = { KIP_WHAT_IF_TARGET, ((KipPolicy *) g_ptr_array_index (policies, policies->len - 1))->id, 3,
                             KIP_CLOCK_RESOLUTION, 8 * 3600 };
  KipWhatIfChange saturday = { .kind = KIP_WHAT_IF_HOURS, .id = kip_office_get_calendar (past->office), .weekday = 5,
                               .hours = (char *) "08:00-12:00" };
  KipWhatIfChange agents = { .kind = KIP_WHAT_IF_AGENTS, .id = busiest_team (past), .agents = 1 };
  double goal = GOAL_MS_PER_100000 * past->cases->len / 100000;
  gboolean ok;

  yardstick (past);
  ok = measure ("another target", past, &target, goal);
  ok &= measure ("another calendar", past, &saturday, goal);
  measure ("another crew", past, &agents, 0);
  measure_suggestion (past);
  kip_store_close (store);
  g_object_unref (store);
  if (argc > 3 && strcmp (argv[3], "--check") == 0 && !ok)
    {
      g_printerr ("a replay takes longer than %.0f ms for 100,000 tickets\n", GOAL_MS_PER_100000);
      return 1;
    }
  return 0;
}
