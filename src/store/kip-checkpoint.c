/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-checkpoint.h"

/* Pages that are worth a checkpoint, 4 MiB, and those that are too many to wait for a pause, 64 MiB. */
#define MANY_PAGES 1000
#define TOO_MANY_PAGES 16384

struct _KipCheckpoint
{
  KipDb   *db;         /* borrowed */
  char    *path;       /* (owned) of its file; "" in memory */
  GThread *thread;     /* (owned) (nullable) */
  gint     is_running; /* (atomic) the thread has not done its work */
  int      pages;      /* of the log, with the last commit */
  int      pages_begun; /* of those, when the last checkpoint was begun */
};

/* Instead of SQLite's own checkpoints, which would come within an edit. */
static int
log_grew_cb (gpointer    data,
             sqlite3    *handle,
             const char *name,
             int         pages)
{
  KipCheckpoint *self = data;

  if (pages < self->pages)
    self->pages_begun = 0; /* the log begins anew */
  self->pages = pages;
  return SQLITE_OK;
}

KipCheckpoint *
kip_checkpoint_new (KipDb *db)
{
  KipCheckpoint *self = g_new0 (KipCheckpoint, 1);

  self->db = db;
  self->path = g_strdup (sqlite3_db_filename (kip_db_handle (db), "main"));
  sqlite3_wal_hook (kip_db_handle (db), log_grew_cb, self);
  return self;
}

void
kip_checkpoint_wait (KipCheckpoint *self)
{
  if (self->thread != NULL)
    g_thread_join (g_steal_pointer (&self->thread));
}

void
kip_checkpoint_free (KipCheckpoint *self)
{
  kip_checkpoint_wait (self);
  sqlite3_wal_hook (kip_db_handle (self->db), NULL, NULL);
  g_free (self->path);
  g_free (self);
}

/* What goes wrong here is no loss: all of it is in the log, and the next write meets the same disk. */
static gpointer
checkpoint_thread (gpointer data)
{
  KipCheckpoint *self = data;
  g_autoptr (KipDb) db = kip_db_open (self->path, KIP_DB_WRITE, NULL);

  if (db != NULL)
    kip_db_exec (db, "PRAGMA wal_checkpoint (PASSIVE)", NULL);
  g_atomic_int_set (&self->is_running, FALSE);
  return NULL;
}

void
kip_checkpoint_begin_if_due (KipCheckpoint *self)
{
  if (self->pages - self->pages_begun < MANY_PAGES || g_atomic_int_get (&self->is_running))
    return;
  kip_checkpoint_wait (self);
  self->pages_begun = self->pages;
  g_atomic_int_set (&self->is_running, TRUE);
  self->thread = g_thread_new ("kip-checkpoint", checkpoint_thread, self);
}

gboolean
kip_checkpoint_is_overdue (KipCheckpoint *self)
{
  return self->pages >= TOO_MANY_PAGES;
}

gboolean
kip_checkpoint_catch_up (KipCheckpoint *self,
                         GError       **error)
{
  int rc;

  kip_checkpoint_wait (self);
  self->pages = self->pages_begun = 0;
  rc = sqlite3_wal_checkpoint_v2 (kip_db_handle (self->db), NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
  if (rc == SQLITE_OK || rc == SQLITE_BUSY || rc == SQLITE_LOCKED)
    return TRUE;
  kip_db_set_error (self->db, rc, error);
  return FALSE;
}
