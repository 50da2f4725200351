/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-review-job.h"

#include "kip-clock.h"
#include "kip-store-each.h"

static void
figures_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  const KipReviewQuestion *question = data;
  g_autoptr (KipFactTable) table = NULL;
  g_autoptr (KipStudy) study = NULL;
  GError *error = NULL;

  table = kip_facts_load (source, cancellable, &error);
  if (table != NULL)
    study = kip_study_new (source, table, NULL, NULL, &question->range, question->elapsed, kip_clock_now (), cancellable, &error);
  if (study == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, kip_review_figures (study, question->team, question->agent), (GDestroyNotify) g_array_unref);
}

void
kip_review_figures_async (KipStore                *store,
                          const KipReviewQuestion *question,
                          GCancellable            *cancellable,
                          GAsyncReadyCallback      callback,
                          gpointer                 data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, data);

  g_task_set_source_tag (task, kip_review_figures_async);
  g_task_set_task_data (task, g_memdup2 (question, sizeof *question), g_free);
  kip_store_run (store, task, figures_thread);
}

GArray *
kip_review_figures_finish (GAsyncResult *result,
                           GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
