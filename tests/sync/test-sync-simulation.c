/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sim-office.h"

/* Days of offices on bad shares.  KIP_SEED: where to begin, to see a found one again; KIP_SIM_SEEDS: how
 * many, instead of as many as fit into the time; KIP_SIM_BRIEF: how many brief ones; KIP_SIM_LONG: a million
 * events in one office, too ("build-aux/test long"); KIP_SIM_CLONES: in each folders are copied and put back. */
#define TIME_MS 20000

/* So many brief ones each time; fewer where each step is watched. */
#ifdef __SANITIZE_ADDRESS__
#define BRIEF_SEEDS 150
#define COPIED_SEEDS 20
#else
#define BRIEF_SEEDS 10000
#define COPIED_SEEDS 500
#endif

/* Seeds that found something once. */
static const guint64 kept[] = { 4, 9, 27, 1075, 1134, 2194, 3069, 3193, 20000, 223002649, 3443636159 };
static const guint64 kept_brief[] = { 710, 100270, 7018938, 5001197, 5002124 };

typedef struct
{
  guint64 n, rounds, changes, events, crashes, recreated, compacted, damaged;
  gint64  slowest, slowest_equal;
  guint64 slowest_seed;
} Sum;

static void
live_once (guint64  seed,
           SimScale scale,
           Sum     *sum)
{
  SimOffice office;

  sim_office_init (&office, seed, scale);
  sim_office_live (&office);
  sum->n++;
  sum->rounds += office.n_rounds;
  sum->changes += office.n_changes;
  sum->events += office.n_events;
  sum->crashes += office.n_crashes;
  sum->recreated += office.n_recreated;
  sum->compacted += office.n_compacted;
  sum->damaged += office.n_damaged;
  sum->slowest_equal = MAX (sum->slowest_equal, office.equal_after);
  if (office.healed_after > sum->slowest)
    {
      sum->slowest = office.healed_after;
      sum->slowest_seed = seed;
    }
  sim_office_clear (&office);
}

static void
tell (const Sum *sum)
{
  g_test_message ("%" G_GUINT64_FORMAT " days, %" G_GUINT64_FORMAT " rounds, %" G_GUINT64_FORMAT " change-sets, %" G_GUINT64_FORMAT " events, %"
                  G_GUINT64_FORMAT " restarts, %" G_GUINT64_FORMAT " files made again, %" G_GUINT64_FORMAT " made smaller, %" G_GUINT64_FORMAT " damaged places;"
                  " all equal within %" G_GINT64_FORMAT " minutes, all files whole within %" G_GINT64_FORMAT " (seed %" G_GUINT64_FORMAT ")",
                  sum->n, sum->rounds, sum->changes, sum->events, sum->crashes, sum->recreated, sum->compacted, sum->damaged,
                  sum->slowest_equal / SIM_MINUTE, sum->slowest / SIM_MINUTE, sum->slowest_seed);
}

static void
test_kept (void)
{
  Sum sum = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    live_once (kept[i], SIM_DAY, &sum);
  for (guint i = 0; i < G_N_ELEMENTS (kept_brief); i++)
    live_once (kept_brief[i], SIM_BRIEF, &sum);
  tell (&sum);
}

static guint64
get_number (const char *variable,
            guint64     otherwise)
{
  const char *text = g_getenv (variable);

  return text != NULL ? g_ascii_strtoull (text, NULL, 10) : otherwise;
}

/* Brief days in which folders are copied and put back; every fourth seed is one. */
static void
test_copied (void)
{
  guint64 n = get_number ("KIP_SIM_BRIEF", COPIED_SEEDS);
  Sum sum = { 0 };

  for (guint64 i = 0; i < n; i++)
    live_once (4 * i + 3, SIM_BRIEF, &sum);
  tell (&sum);
}

static guint64
get_seed (void)
{
  return get_number ("KIP_SEED", SIM_SEEDS_DRAWN + g_random_int ());
}

static void
test_random (void)
{
  guint64 seed = get_seed ();
  guint64 n = get_number ("KIP_SIM_SEEDS", 0);
  gint64 end = g_get_monotonic_time () + TIME_MS * G_GINT64_CONSTANT (1000);
  Sum sum = { 0 };

  g_test_message ("KIP_SEED=%" G_GUINT64_FORMAT, seed);
  while (n > 0 ? sum.n < n : g_get_monotonic_time () < end)
    live_once (seed++, SIM_DAY, &sum);
  tell (&sum);
}

/* The wait for a whole file is a matter of virtual time: the count is what is promised, on any machine. */
static void
test_brief (void)
{
  guint64 seed = get_seed ();
  guint64 n = get_number ("KIP_SIM_BRIEF", BRIEF_SEEDS);
  Sum sum = { 0 };

  g_test_message ("KIP_SEED=%" G_GUINT64_FORMAT, seed);
  for (guint64 i = 0; i < n; i++)
    live_once (seed + i, SIM_BRIEF, &sum);
  tell (&sum);
}

static void
test_long (void)
{
  guint64 seed = get_seed ();
  Sum sum = { 0 };

  g_test_message ("KIP_SEED=%" G_GUINT64_FORMAT, seed);
  live_once (seed, SIM_LONG, &sum);
  tell (&sum);
  g_assert_cmpuint (sum.events, >=, SIM_MANY);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync-simulation/kept", test_kept);
  g_test_add_func ("/sync-simulation/copied", test_copied);
  g_test_add_func ("/sync-simulation/random", test_random);
  g_test_add_func ("/sync-simulation/brief", test_brief);
  if (g_getenv ("KIP_SIM_LONG") != NULL)
    g_test_add_func ("/sync-simulation/long", test_long);
  return g_test_run ();
}
