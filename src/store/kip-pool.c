/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-pool.h"

#include "kip-error.h"
#include "kip-where.h"

#include <glib/gi18n-lib.h>

/* One for what is on the screen, one for counting, one to spare. */
#define MAX_READERS 3

struct _KipPool
{
  char        *path;    /* (owned) */
  GThreadPool *threads; /* (owned) */
  GMutex       mutex;
  GCond        given;
  GQueue       idle;    /* (mutex mutex) (owned) of KipDb */
  guint        n_open;  /* (mutex mutex) */
  gboolean     is_closing; /* (mutex mutex) no more errands */
  gboolean     is_closed;  /* (mutex mutex) no more connections */
};

typedef struct
{
  GTask          *task; /* (owned) */
  GTaskThreadFunc func;
} Errand;

static void
run_errand (gpointer data,
            gpointer pool_data)
{
  Errand *errand = data;

  if (!g_task_return_error_if_cancelled (errand->task))
    errand->func (errand->task, g_task_get_source_object (errand->task), g_task_get_task_data (errand->task),
                  g_task_get_cancellable (errand->task));
  g_object_unref (errand->task);
  g_free (errand);
}

/* Once all that was handed in is answered. */
static void
end_threads (GThreadPool *threads)
{
  g_thread_pool_free (threads, FALSE, TRUE);
}

static void
refuse (GError **error)
{
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_BUSY, _("The office was closed meanwhile. Nothing is lost."));
}

KipPool *
kip_pool_new (const char *path)
{
  KipPool *pool = g_new0 (KipPool, 1);

  pool->path = g_strdup (path);
  g_mutex_init (&pool->mutex);
  g_cond_init (&pool->given);
  g_queue_init (&pool->idle);
  pool->threads = g_thread_pool_new (run_errand, pool, MAX_READERS, FALSE, NULL);
  return pool;
}

void
kip_pool_close (KipPool *pool)
{
  g_mutex_lock (&pool->mutex);
  pool->is_closing = TRUE;
  g_mutex_unlock (&pool->mutex);
  g_clear_pointer (&pool->threads, end_threads);
  g_mutex_lock (&pool->mutex);
  pool->is_closed = TRUE;
  while (pool->n_open > pool->idle.length)
    g_cond_wait (&pool->given, &pool->mutex);
  g_queue_clear_full (&pool->idle, (GDestroyNotify) kip_db_close);
  pool->n_open = 0;
  g_cond_broadcast (&pool->given);
  g_mutex_unlock (&pool->mutex);
}

void
kip_pool_free (KipPool *pool)
{
  kip_pool_close (pool);
  g_mutex_clear (&pool->mutex);
  g_cond_clear (&pool->given);
  g_free (pool->path);
  g_free (pool);
}

static KipDb *
open_reader (KipPool *pool,
             GError **error)
{
  g_autoptr (KipDb) db = kip_db_open (pool->path, KIP_DB_READ, error);

  if (db == NULL || !kip_where_register (db, error)
      || !kip_db_exec (db, "PRAGMA query_only = 1; PRAGMA temp_store = memory;", error))
    return NULL;
  return g_steal_pointer (&db);
}

/* Waits for an idle connection; @db NULL: a new one may be opened.  FALSE: closed. */
static gboolean
wait_for_idle (KipPool *pool,
               KipDb  **db)
{
  gboolean open;

  *db = NULL;
  g_mutex_lock (&pool->mutex);
  while (!pool->is_closed && (*db = g_queue_pop_head (&pool->idle)) == NULL && pool->n_open >= MAX_READERS)
    g_cond_wait (&pool->given, &pool->mutex);
  open = !pool->is_closed;
  if (open && *db == NULL)
    pool->n_open++;
  g_mutex_unlock (&pool->mutex);
  return open;
}

static void
forget_one (KipPool *pool)
{
  g_mutex_lock (&pool->mutex);
  pool->n_open--;
  g_cond_broadcast (&pool->given);
  g_mutex_unlock (&pool->mutex);
}

KipDb *
kip_pool_take (KipPool      *pool,
               GCancellable *cancellable,
               GError      **error)
{
  KipDb *db;

  if (!wait_for_idle (pool, &db))
    {
      refuse (error);
      return NULL;
    }
  if (db == NULL && (db = open_reader (pool, error)) == NULL)
    {
      forget_one (pool);
      return NULL;
    }
  kip_db_set_cancellable (db, cancellable);
  return db;
}

void
kip_pool_give (KipPool *pool,
               KipDb   *db)
{
  kip_db_set_cancellable (db, NULL);
  g_mutex_lock (&pool->mutex);
  g_queue_push_head (&pool->idle, db);
  g_cond_broadcast (&pool->given);
  g_mutex_unlock (&pool->mutex);
}

gboolean
kip_pool_open_one (KipPool *pool,
                   GError **error)
{
  KipDb *db = kip_pool_take (pool, NULL, error);

  if (db == NULL)
    return FALSE;
  kip_pool_give (pool, db);
  return TRUE;
}

void
kip_pool_run (KipPool        *pool,
              GTask          *task,
              GTaskThreadFunc func)
{
  Errand *errand = g_new0 (Errand, 1);
  GError *error = NULL;

  errand->task = g_object_ref (task);
  errand->func = func;
  g_mutex_lock (&pool->mutex);
  if (!pool->is_closing)
    g_thread_pool_push (pool->threads, g_steal_pointer (&errand), NULL);
  g_mutex_unlock (&pool->mutex);
  if (errand == NULL)
    return;
  refuse (&error);
  g_task_return_error (task, error);
  g_object_unref (errand->task);
  g_free (errand);
}
