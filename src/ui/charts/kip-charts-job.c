/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-charts-job.h"

#include "kip-clock.h"
#include "kip-outlook.h"
#include "kip-report.h"
#include "kip-store-each.h"

typedef struct
{
  KipChartsQuestion question; /* (owned) its query */
  KipFactCache *cache;        /* (owned) */
  GArray       *changed;      /* (owned) of KipId */
  char         *path;         /* (owned) (nullable) of a report */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  kip_query_unref (job->question.query);
  kip_fact_cache_unref (job->cache);
  g_array_unref (job->changed);
  g_free (job->path);
  g_free (job);
}

void
kip_charts_answer_free (KipChartsAnswer *answer)
{
  g_clear_pointer (&answer->tiles, g_ptr_array_unref);
  g_clear_pointer (&answer->charts, g_ptr_array_unref);
  g_free (answer->outlook);
  g_free (answer->outlook_query);
  g_free (answer);
}

static KipInstant
how_far_back (KipStore                *store,
              const KipChartsQuestion *question)
{
  g_autoptr (GTimeZone) zone = kip_office_zone (store);

  return kip_range_shift (&question->range, -1, zone).from;
}

static void
fill_outlook (KipChartsAnswer *answer,
              const KipStudy  *study)
{
  g_autoptr (KipOutlook) outlook = kip_outlook_new (study);

  answer->outlook = kip_outlook_sentence (outlook, study);
  answer->outlook_query = g_steal_pointer (&outlook->query);
}

static KipStudy *
study_new (KipStore     *store,
           const Job    *job,
           KipFactTable *table,
           GCancellable *cancellable,
           GError      **error)
{
  const KipChartsQuestion *question = &job->question;
  g_autoptr (GTimeZone) zone = kip_office_zone (store);
  KipInstant now = kip_clock_now ();
  KipLedger *ledger = kip_fact_cache_get_ledger (job->cache, zone, now);

  return kip_study_new (store, table, ledger, question->query, &question->range, question->elapsed, now, cancellable, error);
}

static KipChartsAnswer *
answer_question (KipStore     *store,
                 const Job    *job,
                 KipFactTable *table,
                 GCancellable *cancellable,
                 GError      **error)
{
  const KipChartsQuestion *question = &job->question;
  g_autoptr (KipChartsAnswer) answer = g_new0 (KipChartsAnswer, 1);
  g_autoptr (KipStudy) study = study_new (store, job, table, cancellable, error);

  if (study == NULL)
    return NULL;
  answer->whole = kip_fact_cache_get_since (job->cache) == KIP_INSTANT_NONE;
  study->is_partial = !answer->whole;
  if (!kip_board_make_all (study, question->by, question->compare, cancellable, &answer->tiles, &answer->charts))
    {
      g_cancellable_set_error_if_cancelled (cancellable, error);
      return NULL;
    }
  fill_outlook (answer, study);
  return g_steal_pointer (&answer);
}

static void
ask_thread (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  Job *job = data;
  KipFactTable *table;
  KipChartsAnswer *answer = NULL;
  GError *error = NULL;

  table = kip_fact_cache_hold (job->cache, source, how_far_back (source, &job->question), job->changed, job->question.everything,
                               cancellable, &error);
  if (table != NULL)
    {
      answer = answer_question (source, job, table, cancellable, &error);
      kip_fact_cache_release (job->cache);
    }
  if (answer != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify) kip_charts_answer_free);
  else
    g_task_return_error (task, error);
}

static Job *
job_new (const KipChartsQuestion *question,
         KipFactCache            *cache,
         const GArray            *changed)
{
  Job *job = g_new0 (Job, 1);

  job->question = *question;
  job->question.query = kip_query_ref (question->query);
  job->cache = kip_fact_cache_ref (cache);
  job->changed = g_array_new (FALSE, FALSE, sizeof (KipId));
  if (changed != NULL)
    g_array_append_vals (job->changed, changed->data, changed->len);
  return job;
}

void
kip_charts_ask_async (KipStore                *store,
                      const KipChartsQuestion *question,
                      KipFactCache            *cache,
                      const GArray            *changed,
                      GCancellable            *cancellable,
                      GAsyncReadyCallback      callback,
                      gpointer                 data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, data);

  g_task_set_source_tag (task, kip_charts_ask_async);
  g_task_set_task_data (task, job_new (question, cache, changed), job_free);
  kip_store_run (store, task, ask_thread);
}

KipChartsAnswer *
kip_charts_ask_finish (KipStore     *store,
                       GAsyncResult *result,
                       GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- all that ever was ---- */

static void
widen_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  g_autoptr (GTimeZone) zone = kip_office_zone (source);
  GError *error = NULL;

  if (kip_fact_cache_widen (data, source, zone, kip_clock_now (), cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
kip_charts_widen_async (KipStore           *store,
                        KipFactCache       *cache,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, data);

  g_task_set_source_tag (task, kip_charts_widen_async);
  g_task_set_task_data (task, kip_fact_cache_ref (cache), (GDestroyNotify) kip_fact_cache_unref);
  kip_store_run (store, task, widen_thread);
}

gboolean
kip_charts_widen_finish (KipStore     *store,
                         GAsyncResult *result,
                         GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- the report ---- */

static gboolean
write_report (KipStore     *store,
              const Job    *job,
              KipFactTable *table,
              GCancellable *cancellable,
              GError      **error)
{
  g_autoptr (KipStudy) study = study_new (store, job, table, cancellable, error);
  g_autoptr (GPtrArray) sheets = study != NULL ? kip_report_new (study, store, cancellable, error) : NULL;

  return sheets != NULL && kip_chart_sheets_save_pdf (sheets, job->path, error);
}

static void
report_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  const Job *job = data;
  GError *error = NULL;
  gboolean ok = FALSE;
  KipFactTable *table = kip_fact_cache_hold (job->cache, source, KIP_INSTANT_NONE, job->changed, FALSE, cancellable, &error);

  if (table != NULL)
    {
      ok = write_report (source, job, table, cancellable, &error);
      kip_fact_cache_release (job->cache);
    }
  if (ok)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
kip_charts_report_async (KipStore                *store,
                         const KipChartsQuestion *question,
                         KipFactCache            *cache,
                         const char              *path,
                         GCancellable            *cancellable,
                         GAsyncReadyCallback      callback,
                         gpointer                 data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, data);
  Job *job = job_new (question, cache, NULL);

  job->path = g_strdup (path);
  g_task_set_source_tag (task, kip_charts_report_async);
  g_task_set_task_data (task, job, job_free);
  kip_store_run (store, task, report_thread);
}

gboolean
kip_charts_report_finish (KipStore     *store,
                          GAsyncResult *result,
                          GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
