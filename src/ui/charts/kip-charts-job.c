/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-charts-job.h"

#include "kip-clock.h"
#include "kip-outlook.h"
#include "kip-store-each.h"

typedef struct
{
  KipChartsQuestion question; /* (owned) its query */
  KipFactTable *table;        /* (owned) (nullable) */
  GArray       *changed;      /* (owned) (nullable) */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  kip_query_unref (job->question.query);
  g_clear_pointer (&job->table, kip_fact_table_unref);
  g_clear_pointer (&job->changed, g_array_unref);
  g_free (job);
}

void
kip_charts_answer_free (KipChartsAnswer *answer)
{
  g_clear_pointer (&answer->table, kip_fact_table_unref);
  g_clear_pointer (&answer->tiles, g_ptr_array_unref);
  g_clear_pointer (&answer->charts, g_ptr_array_unref);
  g_free (answer->outlook);
  g_free (answer->outlook_query);
  g_free (answer);
}

static KipFactTable *
facts_for (KipStore     *store,
           const Job    *job,
           GCancellable *cancellable,
           GError      **error)
{
  if (job->table == NULL)
    return kip_facts_load (store, cancellable, error);
  if (job->changed == NULL || job->changed->len == 0)
    return kip_fact_table_ref (job->table);
  return kip_facts_refresh (store, job->table, job->changed, cancellable, error);
}

static void
fill_outlook (KipChartsAnswer *answer,
              const KipStudy  *study)
{
  g_autoptr (KipOutlook) outlook = kip_outlook_new (study);

  answer->outlook = kip_outlook_sentence (outlook, study);
  answer->outlook_query = g_steal_pointer (&outlook->query);
}

static void
fill (KipChartsAnswer         *answer,
      const KipStudy          *study,
      const KipChartsQuestion *question,
      GCancellable            *cancellable)
{
  fill_outlook (answer, study);
  answer->tiles = kip_board_tiles (study, question->by);
  answer->charts = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_chart_unref);
  for (guint i = 0; i < KIP_N_BOARD_CHARTS && !g_cancellable_is_cancelled (cancellable); i++)
    g_ptr_array_add (answer->charts, kip_board_make (study, (KipBoardChart) i, question->by, question->compare));
}

static void
ask_thread (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  Job *job = data;
  g_autoptr (KipChartsAnswer) answer = g_new0 (KipChartsAnswer, 1);
  g_autoptr (KipStudy) study = NULL;
  GError *error = NULL;

  answer->table = facts_for (source, job, cancellable, &error);
  if (answer->table != NULL)
    study = kip_study_new (source, answer->table, job->question.query, &job->question.range, job->question.elapsed,
                           kip_clock_now (), cancellable, &error);
  if (study == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  fill (answer, study, &job->question, cancellable);
  g_task_return_pointer (task, g_steal_pointer (&answer), (GDestroyNotify) kip_charts_answer_free);
}

void
kip_charts_ask_async (KipStore                *store,
                      const KipChartsQuestion *question,
                      KipFactTable            *table,
                      const GArray            *changed,
                      GCancellable            *cancellable,
                      GAsyncReadyCallback      callback,
                      gpointer                 data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, data);
  Job *job = g_new0 (Job, 1);

  job->question = *question;
  job->question.query = kip_query_ref (question->query);
  job->table = table != NULL ? kip_fact_table_ref (table) : NULL;
  if (changed != NULL)
    {
      job->changed = g_array_sized_new (FALSE, FALSE, sizeof (KipId), changed->len);
      g_array_append_vals (job->changed, changed->data, changed->len);
    }
  g_task_set_source_tag (task, kip_charts_ask_async);
  g_task_set_task_data (task, job, job_free);
  kip_store_run (store, task, ask_thread);
}

KipChartsAnswer *
kip_charts_ask_finish (KipStore     *store,
                       GAsyncResult *result,
                       GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
