/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What others ask of the writer, from any thread. */

#include "kip-writer-private.h"

#include "kip-background.h"
#include "kip-error.h"

#include <glib/gi18n-lib.h>

/* Tickets that may be waiting to be indexed before a search goes without them. */
#define SOON 200

static KipWriterJob *
job_new (KipWriteFunc   write,
         KipBookFunc    run,
         gpointer       data,
         GDestroyNotify destroy,
         GTask         *task)
{
  KipWriterJob *job = g_new0 (KipWriterJob, 1);

  job->write = write;
  job->run = run;
  job->data = data;
  job->destroy = destroy;
  job->task = task;
  return job;
}

/* Into the queue, unless the last job is in it already: then it fails here and now. */
static void
hand_in (KipWriter    *writer,
         KipWriterJob *job)
{
  gboolean is_last = job->write == NULL && job->run == NULL;
  gboolean is_write = job->write != NULL; /* once pushed, it may be gone */
  gboolean open;

  g_mutex_lock (&writer->mutex);
  open = !writer->is_closed;
  if (open)
    g_async_queue_push (writer->queue, job);
  if (open && is_write)
    g_cancellable_cancel (writer->way);
  writer->is_closed = writer->is_closed || is_last;
  g_mutex_unlock (&writer->mutex);
  if (open)
    return;
  g_set_error_literal (&job->error, KIP_ERROR, KIP_ERROR_BUSY,
                       _("The office was closed meanwhile. Nothing was changed."));
  kip_writer_finish_job (writer, job);
}

static void
begin_waiting (KipWriter    *writer,
               KipWriterJob *job)
{
  g_assert (g_thread_self () != writer->thread);
  job->is_waited_for = TRUE;
  hand_in (writer, job);
}

static gboolean
end_waiting (KipWriter    *writer,
             KipWriterJob *job,
             GError      **error)
{
  gboolean ok;

  g_mutex_lock (&writer->mutex);
  while (!job->is_done)
    g_cond_wait (&writer->done, &writer->mutex);
  g_mutex_unlock (&writer->mutex);
  ok = job->error == NULL;
  if (!ok)
    g_propagate_error (error, g_steal_pointer (&job->error));
  kip_writer_job_free (job);
  return ok;
}

static gboolean
wait_for (KipWriter    *writer,
          KipWriterJob *job,
          GError      **error)
{
  begin_waiting (writer, job);
  return end_waiting (writer, job, error);
}

gboolean
kip_writer_write (KipWriter   *writer,
                  KipWriteFunc func,
                  gpointer     data,
                  GError     **error)
{
  return wait_for (writer, job_new (func, NULL, data, NULL, NULL), error);
}

KipWriting *
kip_writer_begin_alone (KipWriter   *writer,
                        KipWriteFunc func,
                        gpointer     data)
{
  KipWriterJob *job = job_new (func, NULL, data, NULL, NULL);

  job->is_alone = TRUE;
  begin_waiting (writer, job);
  return (KipWriting *) job;
}

gboolean
kip_writer_end (KipWriter  *writer,
                KipWriting *writing,
                GError    **error)
{
  return end_waiting (writer, (KipWriterJob *) writing, error);
}

gboolean
kip_writer_run (KipWriter  *writer,
                KipBookFunc func,
                gpointer    data,
                GError    **error)
{
  return wait_for (writer, job_new (NULL, func, data, NULL, NULL), error);
}

void
kip_writer_write_async (KipWriter     *writer,
                        KipWriteFunc   func,
                        gpointer       data,
                        GDestroyNotify destroy,
                        GTask         *task)
{
  hand_in (writer, job_new (func, NULL, data, destroy, task));
}

void
kip_writer_run_async (KipWriter     *writer,
                      KipBookFunc    func,
                      gpointer       data,
                      GDestroyNotify destroy,
                      GTask         *task)
{
  hand_in (writer, job_new (NULL, func, data, destroy, task));
}

static gboolean
look (KipBook *book,
      KipNews *news,
      gpointer data,
      GError **error)
{
  KipWriter *writer = data;
  gboolean ok;

  g_atomic_int_set (&writer->is_looking, FALSE);
  if (!kip_db_exec (book->db, "BEGIN", error))
    return FALSE;
  ok = kip_book_refresh (book, news, error);
  kip_db_exec (book->db, "ROLLBACK", NULL);
  return ok;
}

void
kip_writer_look (KipWriter *writer)
{
  KipWriterJob *job;

  if (!g_atomic_int_compare_and_exchange (&writer->is_looking, FALSE, TRUE))
    return;
  job = job_new (NULL, look, writer, NULL, NULL);
  job->is_quiet = TRUE;
  hand_in (writer, job);
}

typedef struct
{
  KipWriter *writer;
  gboolean   patient;
} Waiting;

/* The writer is here because nothing before it waits: what was put off may come first. */
static gboolean
catch_up (KipBook *book,
          KipNews *news,
          gpointer data,
          GError **error)
{
  Waiting *waiting = data;
  gboolean more = TRUE;

  if (!kip_background_catch_up (book, news, waiting->patient ? 0 : SOON, &more, error))
    return FALSE;
  g_atomic_int_set (&waiting->writer->is_behind, more);
  return TRUE;
}

gboolean
kip_writer_wait_for_index (KipWriter *writer,
                           gboolean   patient,
                           GError   **error)
{
  Waiting waiting = { writer, patient };

  if (!g_atomic_int_get (&writer->is_behind))
    return TRUE;
  return kip_writer_run (writer, catch_up, &waiting, error);
}

void
kip_writer_hand_in_end (KipWriter *writer)
{
  wait_for (writer, job_new (NULL, NULL, NULL, NULL, NULL), NULL);
}
