/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-purge.h"

#include "kip-files.h"

#include <glib/gstdio.h>
#include <string.h>

/* Attachments that may have to go, by name, until that is done. */
#define FILE_PREFIX "purge-file/"

gboolean
kip_purge_note_file (KipDb        *db,
                     const guint8 *hash,
                     GError      **error)
{
  g_autofree char *name = kip_hash_to_text (hash);
  g_autofree char *key = g_strconcat (FILE_PREFIX, name, NULL);

  return kip_db_run (db, error, "INSERT OR REPLACE INTO share (key, value) VALUES (?1, x'')", "t", key);
}

gboolean
kip_purge_must_scrub (KipDb   *db,
                      GError **error)
{
  gint64 n;

  return kip_db_get_int (db, 0, &n, error, "SELECT count(*) FROM counter WHERE key = 'scrub'", "") && n > 0;
}

/* ---- attachments ---- */

static GHashTable *
read_candidates (KipDb   *db,
                 GError **error)
{
  KipRows rows = kip_db_query (db, "SELECT key FROM share WHERE key >= 'purge-file/' AND key < 'purge-file0'", "");
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  while (kip_rows_next (&rows))
    g_hash_table_add (names, g_strdup (kip_rows_text (&rows, 0) + strlen (FILE_PREFIX)));
  return kip_rows_end (&rows, error) ? g_steal_pointer (&names) : NULL;
}

/* Somebody else may have attached the same file. */
static gboolean
keep_named (KipDb      *db,
            GHashTable *names,
            GError    **error)
{
  KipRows rows = kip_db_query (db, "SELECT body FROM event WHERE kind = 2", "");

  while (kip_rows_next (&rows))
    {
      gsize length, size;
      gconstpointer body = kip_rows_blob (&rows, 0, &length);
      g_autoptr (KipEvent) event = kip_event_decode (body, length, 0, NULL);
      const guint8 *hash = event != NULL && event->field == KIP_FIELD_ATTACHMENT
                             ? kip_value_get_bytes (kip_value_lookup (event->value, 3), &size) : NULL;
      g_autofree char *name = hash != NULL && size == KIP_HASH_SIZE ? kip_hash_to_text (hash) : NULL;

      if (name != NULL)
        g_hash_table_remove (names, name);
    }
  return kip_rows_end (&rows, error);
}

static void
remove_file (const char *dir,
             const char *name)
{
  guint8 hash[KIP_HASH_SIZE];
  g_autofree char *path = kip_hash_from_text (name, hash) ? kip_files_path (dir, hash) : NULL;

  if (path != NULL)
    g_unlink (path);
}

static gboolean
remove_files (KipDb      *db,
              const char *dir,
              GError    **error)
{
  g_autoptr (GHashTable) names = read_candidates (db, error);
  GHashTableIter iter;
  gpointer name;

  if (names == NULL || (g_hash_table_size (names) > 0 && !keep_named (db, names, error)))
    return FALSE;
  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    remove_file (dir, name);
  return TRUE;
}

/* ---- copies ---- */

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      remove_tree (inner);
    }
  g_remove (path);
}

/* The copies that Kip made by itself, each with everything in it. */
static void
remove_copies (const char *dir)
{
  g_autofree char *backups = g_build_filename (dir, "backups", NULL);
  g_autofree char *aside = g_build_filename (dir, "set-aside", NULL);
  g_autoptr (GDir) folder = g_dir_open (backups, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (backups, name, NULL);

      if (strstr (name, ".kipbackup") != NULL)
        g_unlink (path);
    }
  remove_tree (aside);
}

/* ---- the database ---- */

/* Nothing is left in the write-ahead log either; FALSE in @done: somebody still reads it. */
static gboolean
empty_log (KipDb    *db,
           gboolean *done,
           GError  **error)
{
  int rc = sqlite3_wal_checkpoint_v2 (kip_db_handle (db), NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);

  *done = rc == SQLITE_OK;
  if (rc == SQLITE_OK || rc == SQLITE_BUSY || rc == SQLITE_LOCKED)
    return TRUE;
  kip_db_set_error (db, rc, error);
  return FALSE;
}

#define WRITTEN 2

/* Once: that somebody still reads the old state is no reason to do it again. */
static gboolean
write_anew (KipDb      *db,
            const char *dir,
            GError    **error)
{
  gint64 state;

  if (!kip_db_get_int (db, 0, &state, error, "SELECT value FROM counter WHERE key = 'scrub'", ""))
    return FALSE;
  if (state == WRITTEN)
    return TRUE;
  if (!remove_files (db, dir, error))
    return FALSE;
  remove_copies (dir);
  return kip_db_exec (db, "VACUUM", error) && kip_db_run (db, error, "UPDATE counter SET value = ?1 WHERE key = 'scrub'", "d", WRITTEN);
}

gboolean
kip_purge_scrub (KipBook  *book,
                 gboolean *done,
                 GError  **error)
{
  KipDb *db = book->db;
  const char *path = sqlite3_db_filename (kip_db_handle (db), "main");
  g_autofree char *dir = path != NULL ? g_path_get_dirname (path) : NULL;

  *done = TRUE;
  if (dir == NULL)
    return TRUE;
  kip_checkpoint_wait (book->checkpoint);
  return write_anew (db, dir, error) && empty_log (db, done, error)
         && (!*done || kip_db_exec (db, "BEGIN IMMEDIATE;"
                                    "DELETE FROM share WHERE key >= 'purge-file/' AND key < 'purge-file0';"
                                    "DELETE FROM counter WHERE key = 'scrub';"
                                    "COMMIT", error));
}
