/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The work of teams, as it was and scaled so that a queue explains the past. */

#include "kip-what-if-crew.h"

#include <math.h>

/* Handling time that nobody logged is between these. */
#define LEAST_WORK 300
#define MOST_WORK (8 * 3600)

/* A wait beyond this is not the queue's doing. */
#define LONGEST_WAIT (40 * 3600)

/* Logged work counts as measured from this share of the tickets on. */
#define MEASURED_PERCENT 20
#define FEW_KNOWN 10

#define UNSCALED 1000
#define MOST_SCALED 8000
#define FULLEST 0.97
#define HALVINGS 12
#define SEED 0x6b6970

/* ---- time ---- */

void
kip_crew_time_init (KipCrewTime     *time,
                    const KipWhatIf *what_if)
{
  time->before = kip_agreements_get_office_calendar (what_if->past->agreements);
  time->after = what_if->scenario->people_follow ? kip_agreements_get_office_calendar (what_if->agreements) : time->before;
  time->origin = what_if->past->range.from;
}

/* ---- jobs ---- */

static KipInstant
resolved_since (const KipTicket *ticket)
{
  KipInstant since = KIP_INSTANT_NONE;

  for (guint i = ticket->statuses->len; i > 0; i--)
    {
      const KipStatusSpan *span = &g_array_index (ticket->statuses, KipStatusSpan, i - 1);

      if (kip_phase_is_open (span->phase))
        break;
      since = MAX (span->at, ticket->received);
    }
  return since;
}

static gint64
due_of (const KipWhatIfClock *clock,
        const KipTicket      *ticket,
        KipCalendar          *calendar)
{
  KipInstant due = clock->by_hand ? clock->due : KIP_INSTANT_NONE;

  if (!clock->by_hand && clock->target > 0)
    due = kip_calendar_add (calendar, ticket->received, clock->target);
  return due != KIP_INSTANT_NONE ? due : G_MAXINT64;
}

/* From the first response to the resolution, pauses left out, where they are known. */
static gint64
handling_time (const KipWhatIfCase *each,
               KipInstant           resolved,
               KipCalendar         *calendar)
{
  const KipWhatIfClock *response = &each->clocks[KIP_CLOCK_RESPONSE];
  const KipWhatIfClock *resolution = &each->clocks[KIP_CLOCK_RESOLUTION];
  gint64 whole = resolution->used >= 0 ? resolution->used : kip_calendar_between (calendar, each->ticket->received, resolved);
  gint64 until = response->stopped != KIP_INSTANT_NONE && response->used > 0 ? response->used : 0;

  return CLAMP (whole - MIN (until, whole), LEAST_WORK, MOST_WORK);
}

static void
fill_past (KipCrewJob          *job,
           const KipWhatIfCase *each,
           const KipWhatIfPast *past)
{
  const KipWhatIfClock *response = &each->clocks[KIP_CLOCK_RESPONSE];
  const KipWhatIfClock *resolution = &each->clocks[KIP_CLOCK_RESOLUTION];

  job->wait_past = job->took_past = -1;
  if (each->ticket->received < past->range.from)
    return;
  if (!each->ticket->on_line && response->stopped != KIP_INSTANT_NONE)
    job->wait_past = MIN (response->used, LONGEST_WAIT);
  if (resolution->stopped == KIP_INSTANT_NONE || resolution->target == 0 || resolution->by_hand)
    return;
  job->took_past = resolution->used;
  job->target = resolution->target;
  job->kept_past = resolution->verdict == KIP_OUTCOME_KEPT;
}

static gboolean
job_init (KipCrewJob           *job,
          const KipWhatIf      *what_if,
          const KipWhatIfAfter *after,
          guint                 index,
          const KipCrewTime    *time)
{
  const KipWhatIfCase *each = &g_array_index (what_if->past->cases, KipWhatIfCase, index);
  const KipWhatIfClock *clock = &each->clocks[KIP_CLOCK_RESOLUTION];
  KipInstant resolved = resolved_since (each->ticket);
  KipInstant arrival = MAX (each->ticket->received, time->origin);

  if ((resolved != KIP_INSTANT_NONE && resolved < time->origin) || each->ticket->received >= what_if->past->range.to)
    return FALSE;
  *job = (KipCrewJob) { .index = index, .priority = CLAMP (each->ticket->priority, 1, KIP_N_PRIORITIES) };
  job->arrival_before = kip_calendar_between (time->before, time->origin, arrival);
  job->arrival_after = kip_calendar_between (time->after, time->origin, arrival);
  job->due_before = due_of (clock, each->ticket, time->before);
  job->due_after = due_of (&after->clocks[KIP_CLOCK_RESOLUTION], each->ticket, time->after);
  job->work = each->worked;
  fill_past (job, each, what_if->past);
  return TRUE;
}

static int
compare_jobs (gconstpointer a,
              gconstpointer b)
{
  const KipCrewJob *x = a, *y = b;

  if (x->arrival_before != y->arrival_before)
    return x->arrival_before < y->arrival_before ? -1 : 1;
  if (x->arrival_after != y->arrival_after)
    return x->arrival_after < y->arrival_after ? -1 : 1;
  return (x->index > y->index) - (x->index < y->index);
}

/* ---- what is known of the work ---- */

static void
learn (KipCrew *crew,
       int      priority,
       gint64   work)
{
  g_array_append_val (crew->known[0], work);
  g_array_append_val (crew->known[priority], work);
}

static void
learn_work (KipCrew             *crew,
            const KipWhatIfPast *past,
            const KipCrewTime   *time)
{
  guint n_logged = 0;

  for (guint i = 0; i < crew->jobs->len; i++)
    n_logged += g_array_index (crew->jobs, KipCrewJob, i).work > 0;
  crew->result.measured = n_logged > 0 && n_logged * 100 >= crew->jobs->len * MEASURED_PERCENT;
  for (guint i = 0; i < crew->jobs->len; i++)
    {
      KipCrewJob *job = &g_array_index (crew->jobs, KipCrewJob, i);
      const KipWhatIfCase *each = &g_array_index (past->cases, KipWhatIfCase, job->index);
      KipInstant resolved = resolved_since (each->ticket);

      if (!crew->result.measured)
        job->work = resolved != KIP_INSTANT_NONE ? handling_time (each, resolved, time->before) : 0;
      if (job->work > 0)
        learn (crew, job->priority, job->work);
    }
}

void
kip_crew_draw (const KipCrew *crew,
               GRand         *rand,
               gint64        *work)
{
  for (guint i = 0; i < crew->jobs->len; i++)
    {
      const KipCrewJob *job = &g_array_index (crew->jobs, KipCrewJob, i);
      const GArray *known = crew->known[crew->known[job->priority]->len >= FEW_KNOWN ? job->priority : 0];

      if (job->work > 0)
        work[i] = job->work;
      else if (known->len > 0)
        work[i] = g_array_index (known, gint64, g_rand_int_range (rand, 0, (gint32) known->len));
      else
        work[i] = LEAST_WORK;
    }
}

/* ---- a run ---- */

void
kip_crew_run (const KipCrew *crew,
              gboolean       after,
              int            scale,
              const gint64  *work,
              KipQueueJob   *jobs)
{
  for (guint i = 0; i < crew->jobs->len; i++)
    {
      const KipCrewJob *job = &g_array_index (crew->jobs, KipCrewJob, i);

      jobs[i].arrival = after ? job->arrival_after : job->arrival_before;
      jobs[i].due = after ? job->due_after : job->due_before;
      jobs[i].service = MAX (work[i] * scale / UNSCALED, 1);
    }
  kip_queue_simulate (jobs, crew->jobs->len, after ? crew->result.agents_after : crew->result.agents_before);
}

gint64
kip_crew_mean_wait (const KipCrew     *crew,
                    const KipQueueJob *jobs)
{
  gint64 sum = 0;
  guint n = 0;

  for (guint i = 0; i < crew->jobs->len; i++)
    {
      const KipCrewJob *job = &g_array_index (crew->jobs, KipCrewJob, i);

      if (job->wait_past < 0)
        continue;
      sum += jobs != NULL ? MIN (jobs[i].start - jobs[i].arrival, LONGEST_WAIT) : job->wait_past;
      n++;
    }
  return n > 0 ? sum / n : -1;
}

/* ---- calibration ---- */

static gint64
wait_at (const KipCrew *crew,
         int            scale,
         const gint64  *work,
         KipQueueJob   *jobs)
{
  kip_crew_run (crew, FALSE, scale, work, jobs);
  return kip_crew_mean_wait (crew, jobs);
}

/* The largest scale at which the simulated wait is no longer than the past one: it rises
 * with the scale. */
static int
halve (const KipCrew *crew,
       int            most,
       const gint64  *work,
       KipQueueJob   *jobs)
{
  int low = 1, high = most;

  if (wait_at (crew, most, work, jobs) <= crew->result.wait_past)
    return most;
  for (int i = 0; i < HALVINGS && high - low > 1; i++)
    {
      int middle = (low + high) / 2;

      if (wait_at (crew, middle, work, jobs) <= crew->result.wait_past)
        low = middle;
      else
        high = middle;
    }
  return low;
}

static double
load_of (const KipCrew *crew,
         const gint64  *work,
         guint          agents,
         gint64         open)
{
  double sum = 0;

  for (guint i = 0; i < crew->jobs->len; i++)
    sum += (double) work[i];
  return open > 0 ? sum * crew->scale / UNSCALED / ((double) open * agents) : NAN;
}

static void
calibrate (KipCrew             *crew,
           const KipWhatIfPast *past,
           const KipCrewTime   *time)
{
  guint n = crew->jobs->len;
  KipInstant end = MIN (past->range.to, past->now);
  gint64 open_before = kip_calendar_between (time->before, time->origin, end);
  gint64 open_after = kip_calendar_between (time->after, time->origin, end);
  g_autofree gint64 *work = g_new (gint64, n);
  g_autofree KipQueueJob *jobs = g_new (KipQueueJob, n);
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  double fullest;

  kip_crew_draw (crew, rand, work);
  crew->scale = UNSCALED;
  crew->result.wait_past = kip_crew_mean_wait (crew, NULL);
  fullest = UNSCALED * FULLEST / load_of (crew, work, crew->result.agents_before, open_before);
  if (crew->result.measured)
    fullest = UNSCALED;
  if (crew->result.wait_past >= 0 && !isnan (fullest))
    crew->scale = halve (crew, (int) CLAMP (fullest, 1, MOST_SCALED), work, jobs);
  crew->result.factor = crew->scale / (double) UNSCALED;
  crew->result.load_before = load_of (crew, work, crew->result.agents_before, open_before);
  crew->result.load_after = load_of (crew, work, crew->result.agents_after, open_after);
}

/* ---- teams ---- */

static guint
count_resolvers (const KipCrew       *crew,
                 const KipWhatIfPast *past)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < crew->jobs->len; i++)
    {
      KipWhatIfCase *each = &g_array_index (past->cases, KipWhatIfCase, g_array_index (crew->jobs, KipCrewJob, i).index);

      if (each->resolver != KIP_ID_NONE)
        g_hash_table_add (seen, &each->resolver);
    }
  return g_hash_table_size (seen);
}

static void
crew_free (gpointer data)
{
  KipCrew *crew = data;

  g_array_unref (crew->jobs);
  for (guint i = 0; i <= KIP_N_PRIORITIES; i++)
    g_array_unref (crew->known[i]);
  g_free (crew);
}

static KipCrew *
crew_new (KipId team)
{
  KipCrew *crew = g_new0 (KipCrew, 1);

  crew->result.team = team;
  crew->result.share_past = crew->result.share_before = NAN;
  crew->jobs = g_array_new (FALSE, FALSE, sizeof (KipCrewJob));
  for (guint i = 0; i <= KIP_N_PRIORITIES; i++)
    crew->known[i] = g_array_new (FALSE, FALSE, sizeof (gint64));
  return crew;
}

static void
finish_crew (KipCrew           *crew,
             const KipWhatIf   *what_if,
             const KipCrewTime *time)
{
  guint members = kip_team_count_agents (what_if->past->office, crew->result.team);
  int after;

  g_array_sort (crew->jobs, compare_jobs);
  if (members == 0)
    members = MAX (count_resolvers (crew, what_if->past), 1);
  after = (int) members + kip_scenario_get_agents (what_if->scenario, crew->result.team);
  crew->result.n = crew->jobs->len;
  crew->result.agents_before = members;
  crew->result.agents_after = (guint) MAX (after, 1);
  learn_work (crew, what_if->past, time);
  calibrate (crew, what_if->past, time);
}

/* One whose people or hours change. */
static KipCrew *
find_crew (GPtrArray       *crews,
           const KipWhatIf *what_if,
           KipId            team)
{
  for (guint i = 0; i < crews->len; i++)
    if (((KipCrew *) g_ptr_array_index (crews, i))->result.team == team)
      return g_ptr_array_index (crews, i);
  if (!what_if->scenario->people_follow && kip_scenario_get_agents (what_if->scenario, team) == 0)
    return NULL;
  g_ptr_array_add (crews, crew_new (team));
  return g_ptr_array_index (crews, crews->len - 1);
}

GPtrArray *
kip_crews_new (const KipWhatIf   *what_if,
               const GArray      *after,
               const KipCrewTime *time,
               GCancellable      *cancellable)
{
  g_autoptr (GPtrArray) crews = g_ptr_array_new_with_free_func (crew_free);
  const GArray *cases = what_if->past->cases;

  for (guint i = 0; i < cases->len; i++)
    {
      KipCrew *crew = find_crew (crews, what_if, g_array_index (cases, KipWhatIfCase, i).ticket->team);
      KipCrewJob job;

      if (crew != NULL && job_init (&job, what_if, &g_array_index (after, KipWhatIfAfter, i), i, time))
        g_array_append_val (crew->jobs, job);
    }
  for (guint i = 0; i < crews->len && !g_cancellable_is_cancelled (cancellable); i++)
    finish_crew (g_ptr_array_index (crews, i), what_if, time);
  return g_cancellable_is_cancelled (cancellable) ? NULL : g_steal_pointer (&crews);
}
