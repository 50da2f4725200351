/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-store-private.h"

#include "kip-backup.h"
#include "kip-check.h"
#include "kip-error.h"
#include "kip-rebuild.h"

#include <glib/gi18n-lib.h>

gboolean
kip_store_rebuild (KipStore     *store,
                   KipProgress   progress,
                   gpointer      data,
                   GCancellable *cancellable,
                   GError      **error)
{
  KipRebuild rebuild = { store->dir, progress, data, cancellable, NULL };
  gboolean ok = kip_writer_run (store->writer, kip_rebuild_run, &rebuild, error);
  g_autofree char *difference = rebuild.difference;

  if (!ok || difference == NULL)
    return ok;
  g_set_error (error, KIP_ERROR, KIP_ERROR_CORRUPT,
               _("What was computed did not agree with the log (%s). The log is whole; everything was computed again from it and put in place."),
               difference);
  return FALSE;
}

/* ---- check ---- */

/* FTS5 looks through its own index; a write to it, for that is how it is asked. */
static gboolean
check_index (KipBook *book,
             KipNews *news,
             gpointer data,
             GError **error)
{
  KipCheck *check = data;
  g_autoptr (GError) problem = NULL;

  if (kip_db_run (book->db, &problem, "INSERT INTO search (search) VALUES ('integrity-check')", ""))
    return TRUE;
  if (g_error_matches (problem, KIP_ERROR, KIP_ERROR_CORRUPT))
    {
      kip_check_complain (check, _("The index for searching is damaged. Rebuilding mends it."));
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* A connection of its own: since 3.44 SQLite asks FTS5, too, and one that has searched before holds
 * the index as it was then against the file as it is now. */
static KipDb *
open_to_check (KipStore     *store,
               GCancellable *cancellable,
               GError      **error)
{
  g_autofree char *path = kip_store_path (store->dir, "kip.db");
  KipDb *db = kip_db_open (path, KIP_DB_READ, error);

  if (db != NULL)
    kip_db_set_cancellable (db, cancellable);
  return db;
}

static gboolean
check_all (KipStore *store,
           KipCheck *check,
           GError  **error)
{
  gboolean ok;

  if (!kip_db_exec (check->db, "BEGIN", error))
    return FALSE;
  ok = kip_check_pages (check, error) && kip_check_log (check, error) && kip_check_files (check, store->dir, error);
  kip_db_exec (check->db, "COMMIT", NULL);
  return ok;
}

gboolean
kip_store_check (KipStore     *store,
                 GPtrArray   **report,
                 KipProgress   progress,
                 gpointer      data,
                 GCancellable *cancellable,
                 GError      **error)
{
  g_autoptr (KipDb) db = open_to_check (store, cancellable, error);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  KipCheck check = { db, progress, data, cancellable, lines, 0 };
  gboolean ok;

  if (db == NULL)
    return FALSE;
  ok = check_all (store, &check, error) && kip_writer_run (store->writer, check_index, &check, error);
  if (ok && check.n_problems > 0)
    {
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_CORRUPT,
                           _("Something in the data of this office is damaged. Nothing was changed. Restore a backup from before that."));
      ok = FALSE;
    }
  if (report != NULL)
    *report = g_steal_pointer (&lines);
  return ok;
}

/* ---- backup ---- */

gboolean
kip_store_backup (KipStore     *store,
                  const char   *path,
                  KipProgress   progress,
                  gpointer      data,
                  GCancellable *cancellable,
                  GError      **error)
{
  KipDb *db = kip_pool_take (store->pool, cancellable, error);
  KipBackup backup = { db, store->dir, path, progress, data, cancellable };
  gboolean ok;

  if (db == NULL)
    return FALSE;
  ok = kip_backup_write (&backup, error);
  kip_pool_give (store->pool, db);
  return ok;
}
