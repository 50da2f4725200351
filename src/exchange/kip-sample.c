/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sample.h"

#include "kip-clock.h"
#include "kip-goal.h"
#include "kip-progress-relay.h"
#include "kip-sample-private.h"

#include <string.h>

#define SEED 20260306
#define DAYS_BACK 92
#define USUAL_TICKETS 362
#define CHANGES_A_CHUNK 400
#define MINUTE G_GINT64_CONSTANT (60)
#define HOUR (60 * MINUTE)

/* ---- the office ---- */

static const KipPolicySpec *
default_policy (KipSample *sample)
{
  GPtrArray *policies = kip_agreements_get_policies (sample->agreements);
  const KipPolicy *last = policies->len > 0 ? policies->pdata[policies->len - 1] : NULL;

  if (last == NULL)
    return sample->own_policy = kip_policy_spec_new_default ();
  return last->spec;
}

static void
sample_init (KipSample *sample,
             KipStore  *store)
{
  KipOffice *office;

  sample->store = store;
  sample->names = kip_import_names_new (store);
  office = kip_import_names_get_office (sample->names);
  sample->words = kip_sample_words (kip_office_get_language (office));
  sample->agreements = kip_store_dup_agreements (store);
  sample->calendar = kip_agreements_get_office_calendar (sample->agreements);
  sample->policy = default_policy (sample);
  sample->rand = g_rand_new_with_seed (SEED);
  sample->now = kip_clock_now ();
  sample->start = sample->now - DAYS_BACK * KIP_MS_PER_DAY;
  sample->batch = kip_store_new_id (store);
  sample->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_change_free);
  sample->me = kip_store_get_me (store);
  sample->people = g_array_new (FALSE, FALSE, sizeof (KipId));
  sample->agents = g_array_new (FALSE, FALSE, sizeof (KipId));
  for (guint i = 0; i < KIP_SAMPLE_N_GEAR; i++)
    sample->gear[i] = g_array_new (FALSE, FALSE, sizeof (KipId));
}

static void
sample_clear (KipSample *sample)
{
  kip_import_names_free (sample->names);
  kip_agreements_unref (sample->agreements);
  g_clear_pointer (&sample->own_policy, kip_policy_spec_free);
  g_rand_free (sample->rand);
  g_ptr_array_unref (sample->changes);
  g_array_unref (sample->people);
  g_array_unref (sample->agents);
  for (guint i = 0; i < KIP_SAMPLE_N_GEAR; i++)
    g_array_unref (sample->gear[i]);
}

static void
add_people (KipSample *sample)
{
  g_array_append_val (sample->agents, sample->me);
  for (guint i = 0; i < sample->words->n_people; i++)
    {
      const KipSamplePerson *person = &sample->words->people[i];
      g_autofree char *mail = g_strconcat (person->mail, "@", sample->words->mail_domain, NULL);
      KipImportPerson more = { mail, person->phone, person->department, person->vip, person->weight == 0 };
      KipId id = kip_import_names_person (sample->names, person->name, &more, sample->start);

      g_array_append_val (sample->people, id);
      if (person->weight == 0)
        g_array_append_val (sample->agents, id);
    }
}

static void
add_gear (KipSample *sample)
{
  GPtrArray *teams = kip_office_get_teams (kip_import_names_get_office (sample->names));

  for (guint kind = 0; kind < KIP_SAMPLE_N_GEAR; kind++)
    for (guint i = 0; sample->words->gear[kind] != NULL && sample->words->gear[kind][i] != NULL; i++)
      {
        KipId id = kip_import_names_asset (sample->names, sample->words->gear[kind][i], sample->start);

        g_array_append_val (sample->gear[kind], id);
      }
  if (teams->len > 0)
    sample->desk = ((KipTeam *) teams->pdata[0])->id;
  for (guint i = 0; i < G_N_ELEMENTS (sample->teams); i++)
    sample->teams[i] = kip_import_names_team (sample->names, sample->words->teams[i], sample->start);
  for (guint i = 0; i < sample->words->n_issues; i++)
    kip_import_names_category (sample->names, sample->words->issues[i].category, sample->start);
}

static void
join_team (KipChange *change,
           KipId      agent,
           KipId      team)
{
  if (team != KIP_ID_NONE)
    kip_change_add (change, KIP_KIND_PERSON, agent, KIP_FIELD_TEAMS, kip_value_int ((gint64) team));
}

/* All sit at the desk, as whoever began the office does; each of the others is of a team of
 * specialists, too. */
static void
add_members (KipSample *sample,
             KipChange *change)
{
  for (guint i = 1; i < sample->agents->len; i++)
    {
      KipId agent = g_array_index (sample->agents, KipId, i);

      join_team (change, agent, sample->desk);
      join_team (change, agent, sample->teams[i % G_N_ELEMENTS (sample->teams)]);
    }
}

/* A working afternoon without power, three weeks ago. */
static void
add_outage (KipSample *sample,
            KipChange *change)
{
  KipId id = kip_store_new_id (sample->store);
  KipInstant start = kip_calendar_subtract (sample->calendar, sample->now, 15 * 8 * HOUR);

  kip_change_set_text (change, KIP_KIND_OUTAGE, id, KIP_FIELD_NAME, sample->words->outage);
  kip_change_set_text (change, KIP_KIND_OUTAGE, id, KIP_FIELD_OUTAGE_REASON, sample->words->outage);
  kip_change_set_int (change, KIP_KIND_OUTAGE, id, KIP_FIELD_OUTAGE_START, start);
  kip_change_set_int (change, KIP_KIND_OUTAGE, id, KIP_FIELD_OUTAGE_END,
                      kip_calendar_add (sample->calendar, start, 2 * HOUR));
}

/* Two promises of the house, as shares of tickets in a month: one within reach, one to work on. */
static void
add_goals (KipSample *sample,
           KipChange *change)
{
  static const struct { const char *measure; gint64 percent; } goals[] = { { "sla-response", 90 }, { "csat", 80 } };

  for (gsize i = 0; i < G_N_ELEMENTS (goals); i++)
    {
      KipId id = kip_store_new_id (sample->store);
      KipGoalVersion version = { .from = KIP_INSTANT_NONE, .until = KIP_INSTANT_NONE, .direction = KIP_GOAL_AT_LEAST,
                                 .amount = goals[i].percent * KIP_GOAL_SCALE, .period = KIP_GOAL_MONTH,
                                 .why = sample->words->goals[i] };

      kip_change_set_text (change, KIP_KIND_GOAL, id, KIP_FIELD_GOAL_MEASURE, goals[i].measure);
      kip_change_entry (change, KIP_KIND_GOAL, id, KIP_FIELD_GOAL_VERSION, kip_goal_version_to_value (&version));
    }
}

static void
add_office (KipSample *sample)
{
  KipChange *change = kip_sample_change (sample, sample->me, "settings", sample->start);

  kip_import_names_set_change (sample->names, change);
  add_people (sample);
  add_gear (sample);
  add_members (sample, change);
  add_outage (sample, change);
  add_goals (sample, change);
  kip_import_names_set_change (sample->names, NULL);
}

/* ---- three months ---- */

/* Mondays and mornings are busier. */
static gboolean
is_likely (KipSample *sample,
           KipInstant at)
{
  g_autoptr (GDateTime) local = kip_instant_to_local (at, kip_calendar_get_zone (sample->calendar));
  int hour = g_date_time_get_hour (local);
  guint percent = hour < 10 ? 100 : hour < 12 ? 80 : hour < 15 ? 88 : 58;

  if (g_date_time_get_day_of_week (local) != 1)
    percent = percent * 4 / 5;
  return kip_sample_chance (sample, percent);
}

static KipInstant
pick_received (KipSample *sample)
{
  gint64 total = kip_calendar_between (sample->calendar, sample->start, sample->now);
  KipInstant at;

  do
    at = kip_calendar_add (sample->calendar, sample->start,
                           (gint64) kip_sample_roll (sample, (guint) MAX (total - 30 * MINUTE, 1)) + 1);
  while (!is_likely (sample, at));
  /* One in twenty writes in the evening. */
  if (kip_sample_chance (sample, 5))
    {
      KipInstant evening = kip_calendar_next_close (sample->calendar, at)
                           + (90 + (gint64) kip_sample_roll (sample, 200)) * KIP_MS_PER_MINUTE;

      at = evening < sample->now && !kip_calendar_is_open (sample->calendar, evening) ? evening : at;
    }
  return at;
}

static gboolean
is_rare (const KipSampleIssue *issue)
{
  return issue->weight == 1;
}

static void
add_usual (KipSample *sample)
{
  for (guint i = 0; i < USUAL_TICKETS; i++)
    kip_sample_tell (sample, NULL, pick_received (sample), KIP_SAMPLE_USUAL, FALSE);
  kip_sample_tell_outage (sample, kip_sample_pick_issue (sample, is_rare),
                          kip_calendar_subtract (sample->calendar, sample->now, 36 * 8 * HOUR));
  kip_sample_tell_outage (sample, kip_sample_pick_issue (sample, is_rare),
                          kip_calendar_subtract (sample->calendar, sample->now, 9 * 8 * HOUR));
}

/* ---- today ---- */

static gboolean
is_ordinary (const KipSampleIssue *issue)
{
  return issue->weight > 1 && issue->urgency > 1;
}

static gboolean
has_question (const KipSampleIssue *issue)
{
  return issue->question != NULL && issue->weight > 1;
}

static gboolean
has_supplier (const KipSampleIssue *issue)
{
  return issue->supplier != NULL && issue->weight > 1;
}

static gboolean
has_plan (const KipSampleIssue *issue)
{
  return issue->plan != NULL;
}

/* A ticket whose promise has @left working seconds to go; negative: it is late. */
static void
add_due (KipSample   *sample,
         KipClockKind clock,
         gint64       left,
         gboolean     mine)
{
  const KipSampleIssue *issue = kip_sample_pick_issue (sample, is_ordinary);
  gint64 target = kip_sample_target (sample, issue, clock);

  kip_sample_tell (sample, issue, kip_calendar_subtract (sample->calendar, sample->now, target - left),
                   clock == KIP_CLOCK_RESPONSE ? KIP_SAMPLE_UNTOUCHED : KIP_SAMPLE_IN_WORK, mine);
}

static void
add_paused (KipSample    *sample,
            gboolean   ( *wanted ) (const KipSampleIssue *issue),
            KipSampleEnd  end,
            guint         n)
{
  for (guint i = 0; i < n; i++)
    kip_sample_tell (sample, kip_sample_pick_issue (sample, wanted),
                     kip_calendar_subtract (sample->calendar, sample->now, (8 + (gint64) kip_sample_roll (sample, 30)) * HOUR),
                     end, i % 3 == 0);
}

static void
add_today (KipSample *sample)
{
  static const struct { KipClockKind clock; gint64 minutes; gboolean mine; } due[] = {
    { KIP_CLOCK_RESOLUTION, 12, TRUE }, { KIP_CLOCK_RESOLUTION, 26, FALSE }, { KIP_CLOCK_RESOLUTION, 41, TRUE },
    { KIP_CLOCK_RESOLUTION, 55, FALSE }, { KIP_CLOCK_RESPONSE, 9, FALSE }, { KIP_CLOCK_RESPONSE, 22, FALSE },
    { KIP_CLOCK_RESOLUTION, -35, FALSE }, { KIP_CLOCK_RESOLUTION, -200, TRUE }, { KIP_CLOCK_RESOLUTION, -540, FALSE },
    { KIP_CLOCK_RESPONSE, -25, FALSE }, { KIP_CLOCK_RESOLUTION, 150, TRUE }, { KIP_CLOCK_RESOLUTION, 310, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (due); i++)
    add_due (sample, due[i].clock, due[i].minutes * MINUTE, due[i].mine);
  add_paused (sample, has_question, KIP_SAMPLE_WAITING, 5);
  add_paused (sample, has_supplier, KIP_SAMPLE_ORDERED, 4);
  add_paused (sample, has_plan, KIP_SAMPLE_PLANNED, 3);
  for (guint i = 0; i < 3; i++)
    kip_sample_tell (sample, kip_sample_pick_issue (sample, is_ordinary),
                     kip_calendar_subtract (sample->calendar, sample->now, (5 + (gint64) i) * HOUR),
                     KIP_SAMPLE_UNANSWERED, i == 1);
  for (guint i = 0; i < 4; i++)
    kip_sample_tell (sample, NULL, kip_calendar_subtract (sample->calendar, sample->now, (4 + 17 * (gint64) i) * MINUTE),
                     KIP_SAMPLE_UNTOUCHED, FALSE);
}

/* ---- writing ---- */

static int
compare_changes (gconstpointer a,
                 gconstpointer b)
{
  const KipChange *x = *(KipChange *const *) a, *y = *(KipChange *const *) b;

  return x->stamp->at < y->stamp->at ? -1 : x->stamp->at > y->stamp->at;
}

/* As the months brought them: numbers rise, the log reads like a diary. */
static gboolean
append (KipSample    *sample,
        KipProgress   progress,
        gpointer      data,
        GCancellable *cancellable,
        GError      **error)
{
  guint n = sample->changes->len;

  g_ptr_array_sort (sample->changes, compare_changes);
  for (guint done = 0; done < n;)
    {
      g_autoptr (GPtrArray) chunk = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_change_free);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      for (guint i = 0; i < CHANGES_A_CHUNK && sample->changes->len > 0; i++)
        g_ptr_array_add (chunk, g_ptr_array_steal_index (sample->changes, 0));
      done += chunk->len;
      if (!kip_store_append_many (sample->store, g_steal_pointer (&chunk), error))
        return FALSE;
      if (progress != NULL)
        progress ((double) done / n, data);
    }
  return TRUE;
}

gboolean
kip_sample_fill (KipStore     *store,
                 KipProgress   progress,
                 gpointer      data,
                 GCancellable *cancellable,
                 GError      **error)
{
  KipSample sample = { 0 };
  gboolean ok;

  sample_init (&sample, store);
  add_office (&sample);
  add_usual (&sample);
  add_today (&sample);
  ok = append (&sample, progress, data, cancellable, error);
  sample_clear (&sample);
  return ok;
}

/* ---- in a thread ---- */

static void
fill_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GError *error = NULL;

  if (kip_sample_fill (source, kip_progress_relay_tell, data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
kip_sample_fill_async (KipStore           *store,
                       KipProgress         progress,
                       gpointer            progress_data,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, data);

  g_task_set_source_tag (task, kip_sample_fill_async);
  g_task_set_task_data (task, kip_progress_relay_new (progress, progress_data), (GDestroyNotify) kip_progress_relay_unref);
  g_task_run_in_thread (task, fill_thread);
}

gboolean
kip_sample_fill_finish (KipStore     *store,
                        GAsyncResult *result,
                        GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
