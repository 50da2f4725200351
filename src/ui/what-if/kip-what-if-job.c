/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-what-if-job.h"

#include "kip-clock.h"
#include "kip-store-each.h"

/* ---- how far it is ---- */

KipWhatIfMeter *
kip_what_if_meter_new (void)
{
  KipWhatIfMeter *meter = g_new0 (KipWhatIfMeter, 1);

  g_atomic_ref_count_init (&meter->refs);
  return meter;
}

static KipWhatIfMeter *
meter_ref (KipWhatIfMeter *meter)
{
  g_atomic_ref_count_inc (&meter->refs);
  return meter;
}

void
kip_what_if_meter_unref (KipWhatIfMeter *meter)
{
  if (g_atomic_ref_count_dec (&meter->refs))
    g_free (meter);
}

static void
progress_cb (double   fraction,
             gpointer data)
{
  g_atomic_int_set (&((KipWhatIfMeter *) data)->permille, (gint) (fraction * 1000));
}

/* ---- questions ---- */

typedef struct
{
  KipWhatIfPast  *past;     /* (owned) (nullable) */
  GArray         *changed;  /* (owned) (nullable) of KipId */
  KipQuery       *query;    /* (owned) (nullable) */
  KipRange        range;
  KipScenario    *scenario; /* (owned) */
  KipWhatIfMeter *meter;    /* (owned) (nullable) */
  int             percent;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->past, kip_what_if_past_unref);
  g_clear_pointer (&job->changed, g_array_unref);
  g_clear_pointer (&job->query, kip_query_unref);
  g_clear_pointer (&job->meter, kip_what_if_meter_unref);
  kip_scenario_free (job->scenario);
  g_free (job);
}

static KipWhatIfPast *
read_past (KipStore     *store,
           Job          *job,
           GCancellable *cancellable,
           GError      **error)
{
  if (job->past != NULL)
    return kip_what_if_past_refresh (store, job->past, job->query, job->changed, cancellable, error);
  return kip_what_if_past_load (store, job->query, &job->range, kip_clock_now (), progress_cb, job->meter, cancellable, error);
}

static void
ask_thread (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  g_autoptr (KipWhatIfPast) past = read_past (source, job, cancellable, &error);
  KipWhatIf *what_if = past != NULL ? kip_what_if_run (past, job->scenario, cancellable, &error) : NULL;

  if (what_if != NULL)
    g_task_return_pointer (task, what_if, (GDestroyNotify) kip_what_if_free);
  else
    g_task_return_error (task, error);
}

void
kip_what_if_ask_async (KipStore           *store,
                       KipWhatIfPast      *past,
                       const GArray       *changed,
                       const KipQuery     *query,
                       const KipRange     *range,
                       const KipScenario  *scenario,
                       KipWhatIfMeter     *meter,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, data);
  Job *job = g_new0 (Job, 1);

  job->past = past != NULL ? kip_what_if_past_ref (past) : NULL;
  job->changed = g_array_copy ((GArray *) changed);
  job->query = query != NULL ? kip_query_ref ((KipQuery *) query) : NULL;
  job->range = *range;
  job->scenario = kip_scenario_copy (scenario);
  job->meter = meter_ref (meter);
  g_task_set_source_tag (task, kip_what_if_ask_async);
  g_task_set_task_data (task, job, job_free);
  kip_store_run (store, task, ask_thread);
}

KipWhatIf *
kip_what_if_ask_finish (KipStore     *store,
                        GAsyncResult *result,
                        GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
suggest_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Job *job = data;

  g_task_return_pointer (task, kip_what_if_suggest (job->past, job->scenario, job->percent, cancellable),
                         (GDestroyNotify) g_array_unref);
}

void
kip_what_if_suggest_async (KipStore           *store,
                           KipWhatIfPast      *past,
                           const KipScenario  *scenario,
                           int                 percent,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, data);
  Job *job = g_new0 (Job, 1);

  job->past = kip_what_if_past_ref (past);
  job->scenario = kip_scenario_copy (scenario);
  job->percent = percent;
  g_task_set_source_tag (task, kip_what_if_suggest_async);
  g_task_set_task_data (task, job, job_free);
  kip_store_run (store, task, suggest_thread);
}

GArray *
kip_what_if_suggest_finish (KipStore     *store,
                            GAsyncResult *result,
                            GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
