/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-importer.h"

#include "kip-progress-relay.h"

/* The importer in a thread of its own. */

typedef struct
{
  GFile            *file;    /* (owned) (nullable) */
  KipImportMap     *map;     /* (owned) (nullable) */
  KipProgressRelay *relay;   /* (owned) (nullable) */
  guint             max_tickets;
  guint64           batch;
  KipImportReport  *report;  /* (owned) (nullable) of the preview */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_object (&job->file);
  g_clear_pointer (&job->map, kip_import_map_free);
  g_clear_pointer (&job->relay, kip_progress_relay_unref);
  g_clear_pointer (&job->report, kip_import_report_free);
  g_free (job);
}

static void
start (KipStore           *store,
       Job                *job, /* taken */
       GTaskThreadFunc     run,
       gpointer            tag,
       GCancellable       *cancellable,
       GAsyncReadyCallback callback,
       gpointer            data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, data);

  g_task_set_source_tag (task, tag);
  /* Stopping early is not failing: the report of what went in is wanted. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run);
}

static Job *
job_new (GFile        *file,
         KipImportMap *map)
{
  Job *job = g_new0 (Job, 1);

  job->file = g_object_ref (file);
  job->map = kip_import_map_copy (map);
  return job;
}

static void
run_thread (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  KipImportReport *report = kip_importer_run (source, job->file, job->map, kip_progress_relay_tell, job->relay,
                                              cancellable, &error);

  if (report != NULL)
    g_task_return_pointer (task, report, (GDestroyNotify) kip_import_report_free);
  else
    g_task_return_error (task, error);
}

void
kip_importer_run_async (KipStore           *store,
                        GFile              *file,
                        KipImportMap       *map,
                        KipProgress         progress,
                        gpointer            progress_data,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            data)
{
  Job *job = job_new (file, map);

  job->relay = kip_progress_relay_new (progress, progress_data);
  start (store, job, run_thread, kip_importer_run_async, cancellable, callback, data);
}

KipImportReport *
kip_importer_run_finish (KipStore     *store,
                         GAsyncResult *result,
                         GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
preview_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  GPtrArray *previews = kip_importer_preview (source, job->file, job->map, job->max_tickets, &job->report,
                                              cancellable, &error);

  if (previews != NULL)
    g_task_return_pointer (task, previews, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
kip_importer_preview_async (KipStore           *store,
                            GFile              *file,
                            KipImportMap       *map,
                            guint               max_tickets,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            data)
{
  Job *job = job_new (file, map);

  job->max_tickets = max_tickets;
  start (store, job, preview_thread, kip_importer_preview_async, cancellable, callback, data);
}

GPtrArray *
kip_importer_preview_finish (KipStore         *store,
                             GAsyncResult     *result,
                             KipImportReport **report,
                             GError          **error)
{
  Job *job;

  g_return_val_if_fail (g_task_is_valid (result, store), NULL);
  job = g_task_get_task_data (G_TASK (result));
  if (report != NULL)
    *report = g_steal_pointer (&job->report);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
undo_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;

  if (kip_importer_undo (source, job->batch, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
kip_importer_undo_async (KipStore           *store,
                         guint64             batch,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            data)
{
  Job *job = g_new0 (Job, 1);

  job->batch = batch;
  start (store, job, undo_thread, kip_importer_undo_async, cancellable, callback, data);
}

gboolean
kip_importer_undo_finish (KipStore     *store,
                          GAsyncResult *result,
                          GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
