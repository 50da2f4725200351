/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The queue against hand-worked days, Lindley's recursion and Erlang's formula; and
 * that more hands, or less work, never make anybody wait longer. */

#include "kip-queue-sim.h"

#include <math.h>
#include <string.h>

#define LAST G_MAXINT64

/* ---- by hand ---- */

static void
test_one_server (void)
{
  /* One agent.  At 0 comes 10 of work due at 100; at 4 comes 3 due at 20: it goes first, from
   * 4 to 7; the first goes on from 7 with 6 left, until 13.  At 5 comes 2 due at 200: 13 to 15. */
  KipQueueJob jobs[] = { { 0, 100, 10, 0, 0 }, { 4, 20, 3, 0, 0 }, { 5, 200, 2, 0, 0 } };

  kip_queue_simulate (jobs, 3, 1);
  g_assert_cmpint (jobs[0].start, ==, 0);
  g_assert_cmpint (jobs[0].finish, ==, 13);
  g_assert_cmpint (jobs[1].start, ==, 4);
  g_assert_cmpint (jobs[1].finish, ==, 7);
  g_assert_cmpint (jobs[2].start, ==, 13);
  g_assert_cmpint (jobs[2].finish, ==, 15);
}

static void
test_two_servers (void)
{
  /* Two agents, three at once with the same due: the first two are taken, the third when
   * the shorter is done, at 3.  After a pause without work one comes at 50. */
  KipQueueJob jobs[] = { { 0, LAST, 5, 0, 0 }, { 0, LAST, 3, 0, 0 }, { 0, LAST, 4, 0, 0 }, { 50, LAST, 1, 0, 0 } };

  kip_queue_simulate (jobs, 4, 2);
  g_assert_cmpint (jobs[0].finish, ==, 5);
  g_assert_cmpint (jobs[1].finish, ==, 3);
  g_assert_cmpint (jobs[2].start, ==, 3);
  g_assert_cmpint (jobs[2].finish, ==, 7);
  g_assert_cmpint (jobs[3].start, ==, 50);
  g_assert_cmpint (jobs[3].finish, ==, 51);
}

static void
test_nobody (void)
{
  KipQueueJob job = { 7, 0, 0, 0, 0 };

  kip_queue_simulate (&job, 0, 1);
  kip_queue_simulate (&job, 1, 0); /* somebody is there after all, and nothing takes no time */
  g_assert_cmpint (job.start, ==, 7);
  g_assert_cmpint (job.finish, ==, 8);
}

/* ---- against recursions and formulas ---- */

static gint64
exponential (GRand *rand,
             double mean)
{
  gint64 drawn = (gint64) (-mean * log (1 - g_rand_double (rand)) + 0.5);

  return MAX (drawn, 1);
}

static void
fill (GRand       *rand,
      KipQueueJob *jobs,
      guint        n,
      double       between,
      double       work)
{
  gint64 at = 0;

  for (guint i = 0; i < n; i++)
    {
      at += exponential (rand, between) - (g_rand_int_range (rand, 0, 3) == 0);
      jobs[i] = (KipQueueJob) { at, at, exponential (rand, work), 0, 0 };
    }
}

static void
test_lindley (void)
{
  enum { N = 5000 };
  g_autofree KipQueueJob *jobs = g_new (KipQueueJob, N);
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261122);
  gint64 wait = 0;

  fill (rand, jobs, N, 100, 80);
  kip_queue_simulate (jobs, N, 1);
  for (guint i = 0; i < N; i++)
    {
      if (i > 0)
        wait = MAX (0, wait + jobs[i - 1].service - (jobs[i].arrival - jobs[i - 1].arrival));
      g_assert_cmpint (jobs[i].start - jobs[i].arrival, ==, wait);
      g_assert_cmpint (jobs[i].finish - jobs[i].start, ==, jobs[i].service);
    }
}

/* Erlang's C: the mean wait in M/M/c is C (c, a) · s ÷ (c − a), with a = arrivals × service s,
 *   C = (aᶜ ÷ c!) · c ÷ (c − a) ÷ (∑ k < c: aᵏ ÷ k!  +  (aᶜ ÷ c!) · c ÷ (c − a)). */
static double
erlang_wait (guint  servers,
             double load,
             double service)
{
  double term = 1, sum = 0, all;

  for (guint k = 0; k < servers; k++)
    {
      sum += term;
      term *= load / (k + 1);
    }
  all = term * servers / (servers - load);
  return all / (sum + all) * service / (servers - load);
}

static void
test_erlang (void)
{
  enum { N = 400000 };
  g_autofree KipQueueJob *jobs = g_new (KipQueueJob, N);

  for (guint servers = 1; servers <= 4; servers += 3)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (7 + servers);
      double between = 10000, service = 0.7 * between * servers, mean = 0, expected;

      fill (rand, jobs, N, between, service);
      kip_queue_simulate (jobs, N, servers);
      for (guint i = 0; i < N; i++)
        mean += (double) (jobs[i].start - jobs[i].arrival) / N;
      expected = erlang_wait (servers, service / between, service);
      g_test_message ("%u servers: %.0f simulated, %.0f by Erlang", servers, mean, expected);
      g_assert_cmpfloat (fabs (mean / expected - 1), <, 0.05);
    }
}

/* ---- nobody is worse off ---- */

static void
random_jobs (GRand       *rand,
             KipQueueJob *jobs,
             guint        n)
{
  gint64 at = 0;

  for (guint i = 0; i < n; i++)
    {
      at += g_rand_int_range (rand, 0, 3) == 0 ? 0 : g_rand_int_range (rand, 0, 40);
      jobs[i] = (KipQueueJob) { at, g_rand_int_range (rand, 0, 4) == 0 ? LAST : at + g_rand_int_range (rand, 0, 300),
                                g_rand_int_range (rand, 1, 120), 0, 0 };
    }
}

static void
test_more_hands (void)
{
  enum { N = 200 };
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint office = 0; office < 300; office++)
    {
      KipQueueJob jobs[N], more[N], less[N];
      guint servers = (guint) g_rand_int_range (rand, 1, 7);

      random_jobs (rand, jobs, N);
      for (guint i = 0; i < N; i++)
        {
          more[i] = less[i] = jobs[i];
          less[i].service = g_rand_int_range (rand, 1, (gint32) jobs[i].service + 1);
        }
      kip_queue_simulate (jobs, N, servers);
      kip_queue_simulate (more, N, servers + 1);
      kip_queue_simulate (less, N, servers);
      for (guint i = 0; i < N; i++)
        {
          g_assert_cmpint (more[i].start, <=, jobs[i].start);
          g_assert_cmpint (more[i].finish, <=, jobs[i].finish);
          g_assert_cmpint (less[i].start, <=, jobs[i].start);
          g_assert_cmpint (less[i].finish, <=, jobs[i].finish);
        }
    }
}

/* ---- second by second ---- */

/* The same rule said plainly: in every second those c of the present that are due first. */
static void
simulate_slowly (KipQueueJob *jobs,
                 guint        n,
                 guint        servers)
{
  g_autofree gint64 *left = g_new (gint64, n);
  guint done = 0;

  for (guint i = 0; i < n; i++)
    {
      left[i] = jobs[i].service;
      jobs[i].start = -1;
    }
  for (gint64 now = 0; done < n; now++)
    {
      g_autofree gboolean *taken = g_new0 (gboolean, n);

      for (guint hand = 0; hand < servers; hand++)
        {
          guint best = n;

          for (guint i = 0; i < n; i++)
            if (!taken[i] && left[i] > 0 && jobs[i].arrival <= now && (best == n || jobs[i].due < jobs[best].due))
              best = i;
          if (best == n)
            break;
          taken[best] = TRUE;
          if (jobs[best].start < 0)
            jobs[best].start = now;
          if (--left[best] > 0)
            continue;
          jobs[best].finish = now + 1;
          done++;
        }
    }
}

static void
test_slow_reference (void)
{
  enum { N = 40 };
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint office = 0; office < 200; office++)
    {
      KipQueueJob jobs[N], slow[N];
      guint servers = (guint) g_rand_int_range (rand, 1, 5);

      random_jobs (rand, jobs, N);
      memcpy (slow, jobs, sizeof jobs);
      kip_queue_simulate (jobs, N, servers);
      simulate_slowly (slow, N, servers);
      for (guint i = 0; i < N; i++)
        {
          g_assert_cmpint (jobs[i].start, ==, slow[i].start);
          g_assert_cmpint (jobs[i].finish, ==, slow[i].finish);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/queue/one-server", test_one_server);
  g_test_add_func ("/queue/two-servers", test_two_servers);
  g_test_add_func ("/queue/nobody", test_nobody);
  g_test_add_func ("/queue/lindley", test_lindley);
  g_test_add_func ("/queue/erlang", test_erlang);
  g_test_add_func ("/queue/more-hands", test_more_hands);
  g_test_add_func ("/queue/slow-reference", test_slow_reference);
  return g_test_run ();
}
