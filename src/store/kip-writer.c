/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-writer-private.h"

#include "kip-background.h"
#include "kip-error.h"

/* How many waiting writes may share a transaction. */
#define MAX_SHARED 64

/* How long another process may keep the lock before we give up, in milliseconds. */
#define PATIENCE 10000

/* A piece of what was put off makes way for an edit, but not more often than this in a row. */
#define MOST_CUT_SHORT 3

/* After what was put off failed (a full disk), in microseconds. */
#define REST (5 * G_TIME_SPAN_SECOND)

/* A write that brought so many entities is hardly the last: the next one is waited for a moment before
 * what was put off is begun, in microseconds. */
#define MANY 1000
#define MOMENT (500 * G_TIME_SPAN_MILLISECOND)

/* ---- jobs ---- */

void
kip_writer_job_free (KipWriterJob *job)
{
  g_clear_error (&job->error);
  g_clear_object (&job->task);
  if (job->destroy != NULL)
    job->destroy (job->data);
  g_free (job);
}

static void
tell_task (KipWriterJob *job)
{
  if (job->task == NULL)
    return;
  if (job->error != NULL)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else
    g_task_return_boolean (job->task, TRUE);
}

void
kip_writer_finish_job (KipWriter    *writer,
                       KipWriterJob *job)
{
  tell_task (job);
  if (!job->is_waited_for)
    {
      kip_writer_job_free (job);
      return;
    }
  g_mutex_lock (&writer->mutex);
  job->is_done = TRUE;
  g_cond_broadcast (&writer->done);
  g_mutex_unlock (&writer->mutex);
}

static KipWriterJob *
take_job (KipWriter *writer,
          gboolean   wait)
{
  gint64 moment;

  if (writer->next != NULL)
    return g_steal_pointer (&writer->next);
  if (wait)
    return g_async_queue_pop (writer->queue);
  moment = writer->more_until - g_get_monotonic_time ();
  return moment > 0 ? g_async_queue_timeout_pop (writer->queue, (guint64) moment) : g_async_queue_try_pop (writer->queue);
}

/* ---- what went wrong ---- */

/* Errors that say something of the job, not of the disk. */
static gboolean
is_its_own (const GError *error)
{
  return g_error_matches (error, KIP_ERROR, KIP_ERROR_INVALID)
         || g_error_matches (error, KIP_ERROR, KIP_ERROR_NOT_FOUND)
         || g_error_matches (error, KIP_ERROR, KIP_ERROR_CONFLICT)
         || g_error_matches (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
note_failure (KipWriter    *writer,
              const GError *error)
{
  kip_book_forget (writer->book);
  if (is_its_own (error))
    return;
  if (g_error_matches (error, KIP_ERROR, KIP_ERROR_CORRUPT) && writer->broken == NULL)
    writer->broken = g_error_copy (error);
  writer->listener.failed (error, writer->listener.data);
}

static gboolean
check_whole (KipWriter *writer,
             GError   **error)
{
  if (writer->broken == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (writer->broken));
  return FALSE;
}

/* ---- a transaction ---- */

static gboolean
begin (KipWriter *writer,
       KipNews   *news,
       GError   **error)
{
  if (!check_whole (writer, error) || !kip_lock_take (writer->lock, PATIENCE, error))
    return FALSE;
  if (kip_db_exec (writer->book->db, "BEGIN IMMEDIATE", error)
      && kip_book_refresh (writer->book, news, error))
    return TRUE;
  kip_db_exec (writer->book->db, "ROLLBACK", NULL);
  kip_lock_give (writer->lock);
  return FALSE;
}

static gboolean
end (KipWriter *writer,
     gboolean   ok,
     GError   **error)
{
  KipDb *db = writer->book->db;

  ok = ok && kip_db_exec (db, "COMMIT", error);
  if (ok)
    writer->book->told = writer->book->head.event;
  else if (!sqlite3_get_autocommit (kip_db_handle (db)))
    kip_db_exec (db, "ROLLBACK", NULL);
  kip_book_turn_keys (writer->book, ok);
  kip_lock_give (writer->lock);
  return ok;
}

/* Does @job within the transaction; FALSE when all of that has failed. */
static gboolean
write_one (KipTurn      *turn,
           KipBook      *book,
           KipWriterJob *job,
           GError      **error)
{
  g_autoptr (GError) problem = NULL;

  if (job->write (turn, book, job->data, &problem))
    return TRUE;
  if (is_its_own (problem))
    {
      job->error = g_steal_pointer (&problem);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* @job and the writes that wait right behind it. */
static GPtrArray *
gather (KipWriter    *writer,
        KipWriterJob *job)
{
  GPtrArray *jobs = g_ptr_array_new ();

  g_ptr_array_add (jobs, job);
  while (jobs->len < MAX_SHARED && !job->is_alone && (job = g_async_queue_try_pop (writer->queue)) != NULL)
    {
      if (job->write == NULL || job->is_alone)
        {
          writer->next = job;
          break;
        }
      g_ptr_array_add (jobs, job);
    }
  return jobs;
}

static gboolean
write_all (KipWriter *writer,
           GPtrArray *jobs,
           KipNews   *news,
           GError   **error)
{
  g_autoptr (KipTurn) turn = kip_turn_new (writer->book, news);
  gboolean ok = TRUE;

  if (!begin (writer, news, error))
    return FALSE;
  for (guint i = 0; ok && i < jobs->len; i++)
    ok = write_one (turn, writer->book, g_ptr_array_index (jobs, i), error);
  ok = ok && kip_turn_settle (turn, error);
  return end (writer, ok, error);
}

static void
fail_all (GPtrArray    *jobs,
          const GError *error)
{
  for (guint i = 0; i < jobs->len; i++)
    {
      KipWriterJob *job = g_ptr_array_index (jobs, i);

      if (job->error == NULL)
        job->error = g_error_copy (error);
    }
}

/* There may be no pause for long: many large writes. */
static void
shorten_log (KipWriter *writer)
{
  if (!kip_checkpoint_is_overdue (writer->book->checkpoint) || !kip_lock_take (writer->lock, PATIENCE, NULL))
    return;
  kip_checkpoint_catch_up (writer->book->checkpoint, NULL);
  kip_lock_give (writer->lock);
}

static void
do_writes (KipWriter    *writer,
           KipWriterJob *first)
{
  g_autoptr (GPtrArray) jobs = gather (writer, first);
  g_autoptr (GError) error = NULL;
  KipNews news;

  kip_news_init (&news);
  if (write_all (writer, jobs, &news, &error))
    {
      g_atomic_int_set (&writer->is_behind, TRUE);
      if (news.changed->len >= MANY)
        writer->more_until = g_get_monotonic_time () + MOMENT;
      writer->listener.news (writer->book, &news, writer->listener.data);
    }
  else
    {
      note_failure (writer, error);
      fail_all (jobs, error);
    }
  kip_news_clear (&news);
  for (guint i = 0; i < jobs->len; i++)
    kip_writer_finish_job (writer, g_ptr_array_index (jobs, i));
  shorten_log (writer);
}

/* ---- other work ---- */

static gboolean
run_locked (KipWriter    *writer,
            KipWriterJob *job,
            KipNews      *news)
{
  gboolean ok;

  if (job->is_quiet)
    return job->run (writer->book, news, job->data, &job->error);
  if (!check_whole (writer, &job->error) || !kip_lock_take (writer->lock, PATIENCE, &job->error))
    return FALSE;
  ok = job->run (writer->book, news, job->data, &job->error);
  kip_lock_give (writer->lock);
  return ok;
}

static void
do_run (KipWriter    *writer,
        KipWriterJob *job)
{
  KipNews news;

  kip_news_init (&news);
  if (run_locked (writer, job, &news))
    writer->listener.news (writer->book, &news, writer->listener.data);
  else
    note_failure (writer, job->error);
  kip_news_clear (&news);
  kip_writer_finish_job (writer, job);
}

/* Does a piece unless a write comes in between: that goes first, and the piece is done anew. */
static gboolean
step_or_make_way (KipWriter *writer,
                  KipNews   *news,
                  gboolean  *more,
                  GError   **error)
{
  g_autoptr (GError) problem = NULL;
  gboolean ok;

  writer->book->way = writer->n_cut_short < MOST_CUT_SHORT ? writer->way : NULL;
  ok = kip_background_step (writer->book, news, more, &problem);
  writer->book->way = NULL;
  if (!g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      writer->n_cut_short = 0;
      if (problem != NULL)
        g_propagate_error (error, g_steal_pointer (&problem));
      return ok;
    }
  writer->n_cut_short++;
  *more = TRUE;
  return TRUE;
}

/* A piece of what was put off.  FALSE: there is none left. */
static gboolean
do_background (KipWriter *writer)
{
  g_autoptr (GError) error = NULL;
  gboolean more = FALSE, ok;
  KipNews news;

  g_cancellable_reset (writer->way);
  if (g_async_queue_length (writer->queue) > 0)
    return TRUE;
  if (writer->broken != NULL || g_get_monotonic_time () < writer->rest_until
      || !kip_lock_take (writer->lock, PATIENCE, NULL))
    return FALSE;
  kip_news_init (&news);
  ok = step_or_make_way (writer, &news, &more, &error);
  kip_lock_give (writer->lock);
  if (ok)
    {
      g_atomic_int_set (&writer->is_behind, !writer->book->is_settled);
      writer->listener.news (writer->book, &news, writer->listener.data);
    }
  else
    {
      note_failure (writer, error);
      writer->rest_until = g_get_monotonic_time () + REST;
    }
  kip_news_clear (&news);
  return ok && more;
}

static gpointer
writer_thread (gpointer data)
{
  KipWriter *writer = data;
  gboolean idle = FALSE;

  while (TRUE)
    {
      KipWriterJob *job = take_job (writer, idle);

      if (job == NULL)
        {
          idle = !do_background (writer);
          continue;
        }
      idle = FALSE;
      if (job->write != NULL)
        {
          do_writes (writer, job);
        }
      else if (job->run != NULL)
        {
          do_run (writer, job);
        }
      else
        {
          kip_writer_finish_job (writer, job);
          return NULL;
        }
    }
}

/* ---- beginning and end ---- */

KipWriter *
kip_writer_new (KipBook                 *book,
                KipLock                 *lock,
                const KipWriterListener *listener)
{
  KipWriter *writer = g_new0 (KipWriter, 1);

  writer->book = book;
  writer->lock = lock;
  writer->listener = *listener;
  writer->is_behind = TRUE;
  writer->queue = g_async_queue_new ();
  writer->way = g_cancellable_new ();
  g_mutex_init (&writer->mutex);
  g_cond_init (&writer->done);
  writer->thread = g_thread_new ("kip-writer", writer_thread, writer);
  return writer;
}

/* What is in the log file goes into the database, so that it can be copied whole. */
static void
close_down (KipWriter *writer)
{
  if (writer->broken != NULL || !kip_lock_take (writer->lock, PATIENCE, NULL))
    return;
  kip_background_finish (writer->book);
  kip_lock_give (writer->lock);
}

void
kip_writer_close (KipWriter *writer)
{
  if (writer->thread == NULL)
    return;
  kip_writer_hand_in_end (writer);
  g_thread_join (g_steal_pointer (&writer->thread));
  close_down (writer);
  g_clear_pointer (&writer->book, kip_book_free);
  g_clear_pointer (&writer->lock, kip_lock_close);
}

void
kip_writer_free (KipWriter *writer)
{
  kip_writer_close (writer);
  g_async_queue_unref (writer->queue);
  g_object_unref (writer->way);
  g_clear_error (&writer->broken);
  g_mutex_clear (&writer->mutex);
  g_cond_clear (&writer->done);
  g_free (writer);
}
