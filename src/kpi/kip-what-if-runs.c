/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The runs of the queue: each gives every ticket a difference, and the office its shares. */

#include "kip-what-if-crew.h"

#include <math.h>

#include "kip-parallel.h"

#define SEED 0x6b6970
#define MOST_WEIGHT 8

/* By how many working seconds a ticket would have been taken up and resolved later. */
typedef struct
{
  gint64 start;
  gint64 finish;
  gint64 least; /* its own work: nothing is resolved sooner */
} Moved;

/* Sums of what a team's queue does in the runs. */
typedef struct
{
  gint64 wait_before, wait_after;
  guint  n_kept, n_took;
} CrewSum;

typedef struct
{
  KipWhatIf    *what_if;
  const GArray *after;    /* of KipWhatIfAfter */
  GPtrArray    *crews;    /* of KipCrew */
  KipCrewTime   time;
  gint         *n_flips;  /* (atomic) a case and clock each */
  KipWhatIfSums plain[KIP_WHAT_IF_RUNS];
  KipWhatIfSums weighted[KIP_WHAT_IF_RUNS];
  CrewSum      *crew_sums; /* a crew and run each */
} Runs;

/* ---- one team in one run ---- */

static void
tell_moved (const KipCrew     *crew,
            const KipQueueJob *before,
            const KipQueueJob *after,
            Moved             *moved)
{
  for (guint i = 0; i < crew->jobs->len; i++)
    {
      Moved *mine = &moved[g_array_index (crew->jobs, KipCrewJob, i).index];

      mine->start = (after[i].start - after[i].arrival) - (before[i].start - before[i].arrival);
      mine->finish = (after[i].finish - after[i].arrival) - (before[i].finish - before[i].arrival);
      mine->least = after[i].service;
    }
}

static void
sum_crew (const KipCrew     *crew,
          const KipQueueJob *before,
          const KipQueueJob *after,
          CrewSum           *sum)
{
  sum->wait_before = kip_crew_mean_wait (crew, before);
  sum->wait_after = kip_crew_mean_wait (crew, after);
  for (guint i = 0; i < crew->jobs->len; i++)
    {
      const KipCrewJob *job = &g_array_index (crew->jobs, KipCrewJob, i);

      if (job->took_past < 0)
        continue;
      sum->n_took++;
      sum->n_kept += before[i].finish - before[i].arrival <= job->target;
    }
}

static void
run_crew (Runs  *runs,
          guint  index,
          guint  run,
          Moved *moved)
{
  const KipCrew *crew = g_ptr_array_index (runs->crews, index);
  const guint32 seed[] = { SEED, run, index };
  g_autoptr (GRand) rand = g_rand_new_with_seed_array (seed, G_N_ELEMENTS (seed));
  g_autofree gint64 *work = g_new (gint64, crew->jobs->len);
  g_autofree KipQueueJob *before = g_new (KipQueueJob, crew->jobs->len);
  g_autofree KipQueueJob *after = g_new (KipQueueJob, crew->jobs->len);

  kip_crew_draw (crew, rand, work);
  kip_crew_run (crew, FALSE, crew->scale, work, before);
  kip_crew_run (crew, TRUE, crew->scale, work, after);
  tell_moved (crew, before, after, moved);
  sum_crew (crew, before, after, &runs->crew_sums[index * KIP_WHAT_IF_RUNS + run]);
}

/* ---- one run ---- */

KipWhatIfClock
kip_what_if_clock_moved (const KipWhatIfClock *told,
                         gint64                moved,
                         gint64                least)
{
  KipWhatIfClock then = *told;

  if (moved == 0 || told->stopped == KIP_INSTANT_NONE || told->by_hand || told->on_line || told->target == 0)
    return then;
  then.used = MAX (told->used + moved, MIN (told->used, least));
  if (then.used == told->used)
    return then;
  then.verdict = then.used <= told->target ? KIP_OUTCOME_KEPT : KIP_OUTCOME_BROKEN;
  then.n_kept = then.verdict == KIP_OUTCOME_KEPT ? told->n : 0;
  return then;
}

static KipWhatIfClock
clock_in_run (const Runs  *runs,
              guint        index,
              guint        clock,
              const Moved *moved)
{
  const KipWhatIfClock *told = &g_array_index (runs->after, KipWhatIfAfter, index).clocks[clock];

  if (clock == KIP_CLOCK_RESPONSE)
    return kip_what_if_clock_moved (told, moved->start, 0);
  if (clock == KIP_CLOCK_RESOLUTION)
    return kip_what_if_clock_moved (told, moved->finish, moved->least);
  return *told;
}

/* Poisson with mean 1, by inversion. */
static double
draw_weight (GRand *rand)
{
  double u = g_rand_double (rand), p = exp (-1), sum = p;
  int k = 0;

  while (u > sum && k < MOST_WEIGHT)
    {
      p /= ++k;
      sum += p;
    }
  return k;
}

static void
sum_run (Runs        *runs,
         guint        run,
         const Moved *moved)
{
  const GArray *cases = runs->what_if->past->cases;
  const guint32 seed[] = { SEED, run, G_MAXUINT32 };
  g_autoptr (GRand) rand = g_rand_new_with_seed_array (seed, G_N_ELEMENTS (seed));

  for (guint i = 0; i < cases->len; i++)
    {
      const KipWhatIfCase *each = &g_array_index (cases, KipWhatIfCase, i);
      double weight = draw_weight (rand);

      for (guint clock = 0; clock < KIP_N_CLOCKS; clock++)
        {
          KipWhatIfClock then = clock_in_run (runs, i, clock, &moved[i]);

          kip_what_if_sums_add (&runs->plain[run], each->ticket->priority, clock, &then, 1);
          kip_what_if_sums_add (&runs->weighted[run], each->ticket->priority, clock, &then, weight);
          if (kip_what_if_flips (&each->clocks[clock], &then))
            g_atomic_int_inc (&runs->n_flips[i * KIP_N_CLOCKS + clock]);
        }
    }
}

static void
run_piece (guint    from,
           guint    to,
           gpointer data)
{
  Runs *runs = data;

  for (guint run = from; run < to; run++)
    {
      g_autofree Moved *moved = g_new0 (Moved, MAX (runs->what_if->past->cases->len, 1));

      for (guint i = 0; i < runs->crews->len; i++)
        run_crew (runs, i, run, moved);
      sum_run (runs, run, moved);
    }
}

/* ---- of all runs ---- */

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
finish_share (const Runs *runs,
              guint       clock,
              guint       row)
{
  KipWhatIfShare *share = &runs->what_if->after[clock][row];
  double shares[KIP_WHAT_IF_RUNS], kept = 0, n = 0;
  guint known = 0;

  for (guint run = 0; run < KIP_WHAT_IF_RUNS; run++)
    {
      const KipWhatIfSums *weighted = &runs->weighted[run];

      kept += runs->plain[run].kept[clock][row];
      n += runs->plain[run].n[clock][row];
      if (weighted->n[clock][row] > 0)
        shares[known++] = 100 * weighted->kept[clock][row] / weighted->n[clock][row];
    }
  share->kept = kept / KIP_WHAT_IF_RUNS;
  share->share = n > 0 ? 100 * kept / n : NAN;
  if (known == 0)
    return;
  qsort (shares, known, sizeof (double), compare_doubles);
  share->low = MIN (shares[(known - 1) / 10], share->share);
  share->high = MAX (shares[known - 1 - (known - 1) / 10], share->share);
}

static void
finish_crew (Runs *runs,
             guint index)
{
  KipCrew *crew = g_ptr_array_index (runs->crews, index);
  KipWhatIfTeam *team = &crew->result;
  guint n_took = 0, n_kept = 0, n_past = 0, n_kept_past = 0;

  for (guint run = 0; run < KIP_WHAT_IF_RUNS; run++)
    {
      const CrewSum *sum = &runs->crew_sums[index * KIP_WHAT_IF_RUNS + run];

      team->wait_before += sum->wait_before;
      team->wait_after += sum->wait_after;
      n_took += sum->n_took;
      n_kept += sum->n_kept;
    }
  team->wait_before /= KIP_WHAT_IF_RUNS;
  team->wait_after /= KIP_WHAT_IF_RUNS;
  for (guint i = 0; i < crew->jobs->len; i++)
    {
      const KipCrewJob *job = &g_array_index (crew->jobs, KipCrewJob, i);

      n_past += job->took_past >= 0;
      n_kept_past += job->took_past >= 0 && job->kept_past;
    }
  if (n_past > 0)
    team->share_past = 100.0 * n_kept_past / n_past;
  if (n_took > 0)
    team->share_before = 100.0 * n_kept / n_took;
  g_array_append_val (runs->what_if->teams, *team);
}

static void
finish (Runs  *runs,
        float *chances)
{
  for (guint clock = 0; clock < KIP_N_CLOCKS; clock++)
    for (guint row = 0; row <= KIP_N_PRIORITIES; row++)
      finish_share (runs, clock, row);
  for (guint i = 0; i < runs->crews->len; i++)
    finish_crew (runs, i);
  for (guint i = 0; i < runs->what_if->past->cases->len * KIP_N_CLOCKS; i++)
    chances[i] = (float) runs->n_flips[i] / KIP_WHAT_IF_RUNS;
}

gboolean
kip_what_if_simulate (KipWhatIf    *what_if,
                      GArray       *after,
                      float        *chances,
                      GCancellable *cancellable)
{
  g_autofree Runs *runs = g_new0 (Runs, 1);
  g_autofree gint *n_flips = g_new0 (gint, (gsize) MAX (what_if->past->cases->len, 1) * KIP_N_CLOCKS);
  g_autoptr (GPtrArray) crews = NULL;
  g_autofree CrewSum *crew_sums = NULL;

  runs->what_if = what_if;
  runs->after = after;
  runs->n_flips = n_flips;
  kip_crew_time_init (&runs->time, what_if);
  crews = kip_crews_new (what_if, after, &runs->time, cancellable);
  if (crews == NULL)
    return FALSE;
  crew_sums = g_new0 (CrewSum, MAX (crews->len, 1) * KIP_WHAT_IF_RUNS);
  runs->crews = crews;
  runs->crew_sums = crew_sums;
  if (!kip_parallel (KIP_WHAT_IF_RUNS, 1, run_piece, runs, cancellable))
    return FALSE;
  finish (runs, chances);
  return TRUE;
}
