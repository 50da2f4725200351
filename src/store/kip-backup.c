/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-backup.h"

#include "kip-check.h"
#include "kip-clock.h"
#include "kip-error.h"
#include "kip-files.h"
#include "kip-migrate.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Pages copied between two looks at the cancellable. */
#define PAGES 500

/* Bytes of an attachment in one row. */
#define PIECE (1 << 20)

/* How much of the work each part is. */
#define COPIED 0.5
#define FILED 0.7

/* ---- copying pages ---- */

static gboolean
copy_step (sqlite3_backup *copy,
           int            *rc,
           GCancellable   *cancellable,
           GError        **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  *rc = sqlite3_backup_step (copy, PAGES);
  return TRUE;
}

gboolean
kip_backup_copy (KipDb        *from,
                 KipDb        *to,
                 KipProgress   progress,
                 gpointer      data,
                 GCancellable *cancellable,
                 GError      **error)
{
  sqlite3_backup *copy = sqlite3_backup_init (kip_db_handle (to), "main", kip_db_handle (from), "main");
  gboolean ok = TRUE;
  int rc = SQLITE_OK;

  if (copy == NULL)
    {
      kip_db_set_error (to, sqlite3_errcode (kip_db_handle (to)), error);
      return FALSE;
    }
  while (ok && rc == SQLITE_OK)
    {
      int pages;

      ok = copy_step (copy, &rc, cancellable, error);
      pages = sqlite3_backup_pagecount (copy);
      if (ok && progress != NULL && pages > 0)
        progress (COPIED * (pages - sqlite3_backup_remaining (copy)) / pages, data);
    }
  sqlite3_backup_finish (copy);
  if (ok && rc != SQLITE_DONE)
    kip_db_set_error (to, rc, error);
  return ok && rc == SQLITE_DONE;
}

/* One transaction holds still what is copied. */
static gboolean
copy_database (const KipBackup *backup,
               KipDb           *to,
               GError         **error)
{
  gboolean ok;
  gint64 rows;

  if (!kip_db_exec (backup->db, "BEGIN", error))
    return FALSE;
  ok = kip_db_get_int (backup->db, 0, &rows, error, "SELECT max(row) FROM changeset", "")
       && kip_backup_copy (backup->db, to, backup->progress, backup->data, backup->cancellable, error);
  kip_db_exec (backup->db, "COMMIT", NULL);
  return ok;
}

/* ---- attachments ---- */

static const char schema_backup[] =
  "PRAGMA journal_mode = DELETE;"
  "PRAGMA application_id = 1265201218;" /* KIP_APPLICATION_BACKUP */
  "CREATE TABLE backup_info (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
  "CREATE TABLE backup_file (hash TEXT NOT NULL, part INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (hash, part)) STRICT;";

static gboolean
add_piece (KipDb        *db,
           const char   *name,
           gint64        part,
           gconstpointer bytes,
           gsize         length,
           GError      **error)
{
  return kip_db_run (db, error, "INSERT INTO backup_file (hash, part, bytes) VALUES (?1, ?2, ?3)", "tiB", name, part, bytes, length);
}

static gboolean
add_file (KipDb      *db,
          const char *dir,
          const char *name,
          GError    **error)
{
  guint8 hash[KIP_HASH_SIZE];
  g_autofree char *path = kip_hash_from_text (name, hash) ? kip_files_path (dir, hash) : NULL;
  g_autoptr (GMappedFile) file = path != NULL ? g_mapped_file_new (path, FALSE, NULL) : NULL;
  gsize length;
  gint64 part = 0;

  /* What cannot be read is not kept back with a backup of the rest. */
  if (file == NULL)
    return TRUE;
  length = g_mapped_file_get_length (file);
  for (gsize at = 0; at < length || part == 0; at += PIECE)
    if (!add_piece (db, name, part++, g_mapped_file_get_contents (file) + at, MIN (length - at, PIECE), error))
      return FALSE;
  return TRUE;
}

static gboolean
add_files (const KipBackup *backup,
           KipDb           *to,
           GError         **error)
{
  g_autoptr (GPtrArray) names = kip_files_list (backup->dir);

  for (guint i = 0; i < names->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (backup->cancellable, error)
          || !add_file (to, backup->dir, g_ptr_array_index (names, i), error))
        return FALSE;
      if (backup->progress != NULL)
        backup->progress (COPIED + (FILED - COPIED) * i / names->len, backup->data);
    }
  return TRUE;
}

static gboolean
add_info (KipDb   *to,
          GError **error)
{
  g_autofree char *made = kip_instant_to_iso (kip_clock_now ());

  return kip_db_run (to, error, "INSERT INTO backup_info (key, value) VALUES ('made', ?1), ('format', '1')", "t", made);
}

/* ---- writing ---- */

static gboolean
fill (const KipBackup *backup,
      const char      *path,
      GError         **error)
{
  g_autoptr (KipDb) to = kip_db_open (path, KIP_DB_CREATE, error);

  return to != NULL
         && kip_db_exec (to, "PRAGMA synchronous = OFF", error)
         && copy_database (backup, to, error)
         && kip_db_exec (to, schema_backup, error)
         && kip_db_exec (to, "BEGIN", error)
         && add_info (to, error)
         && add_files (backup, to, error)
         && kip_db_exec (to, "COMMIT", error);
}

static gboolean
flush_to_disk (const char *path,
               GError    **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  if (!ok)
    g_set_error_literal (error, KIP_ERROR, KIP_ERROR_IO, _("The disk did not keep the backup. The office itself is safe. Try another disk."));
  return ok;
}

static gboolean
put_in_place (const char *from,
              const char *to,
              GError    **error)
{
  if (flush_to_disk (from, error) && g_rename (from, to) == 0)
    return TRUE;
  if (error != NULL && *error == NULL)
    g_set_error (error, KIP_ERROR, KIP_ERROR_READ_ONLY, _("Kip may not write “%s”. The office itself is safe. Choose another place."), to);
  return FALSE;
}

static gboolean
check_target (const char *path,
              GError    **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID, _("“%s” is no file. The office itself is safe. Name a file for the backup."), path);
      return FALSE;
    }
  if (g_access (folder, W_OK | X_OK) == 0)
    return TRUE;
  g_set_error (error, KIP_ERROR, KIP_ERROR_READ_ONLY, _("Kip may not write in “%s”. The office itself is safe. Choose another place."), folder);
  return FALSE;
}

gboolean
kip_backup_write (const KipBackup *backup,
                  GError         **error)
{
  g_autofree char *part = g_strconcat (backup->path, ".part", NULL);
  gboolean ok;

  if (!check_target (backup->path, error))
    return FALSE;
  kip_db_remove (part);
  ok = fill (backup, part, error)
       && kip_backup_check (part, backup->cancellable, error)
       && put_in_place (part, backup->path, error);
  if (!ok)
    kip_db_remove (part);
  if (ok && backup->progress != NULL)
    backup->progress (1, backup->data);
  return ok;
}

/* ---- checking ---- */

/* One attachment after the other, its pieces in order. */
typedef struct
{
  KipHasher *hasher; /* (owned) (nullable) */
  char      *name;   /* (owned) (nullable) */
  guint      n_wrong;
} FileCheck;

static void
end_file (FileCheck *file)
{
  guint8 wanted[KIP_HASH_SIZE], found[KIP_HASH_SIZE];

  if (file->hasher == NULL)
    return;
  kip_hasher_end (g_steal_pointer (&file->hasher), found);
  if (!kip_hash_from_text (file->name, wanted) || memcmp (wanted, found, sizeof wanted) != 0)
    file->n_wrong++;
  g_clear_pointer (&file->name, g_free);
}

static void
take_piece (FileCheck *file,
            KipRows   *rows)
{
  const char *name = kip_rows_text (rows, 0);
  gsize length;
  gconstpointer bytes;

  if (g_strcmp0 (name, file->name) != 0)
    {
      end_file (file);
      file->name = g_strdup (name);
      file->hasher = kip_hasher_new ();
    }
  bytes = kip_rows_blob (rows, 1, &length);
  kip_hasher_add (file->hasher, bytes, length);
}

static gboolean
check_files (KipDb   *db,
             guint   *n_wrong,
             GError **error)
{
  KipRows rows = kip_db_query (db, "SELECT hash, bytes FROM backup_file ORDER BY hash, part", "");
  FileCheck file = { NULL, NULL, 0 };

  while (kip_rows_next (&rows))
    take_piece (&file, &rows);
  end_file (&file);
  *n_wrong = file.n_wrong;
  return kip_rows_end (&rows, error);
}

static gboolean
check_kind (const char *path,
            GError    **error)
{
  guint32 version = 0;
  KipDbFile kind = kip_db_probe (path, KIP_APPLICATION_BACKUP, &version);

  if (kind == KIP_DB_FILE_MISSING || kind == KIP_DB_FILE_UNREADABLE)
    g_set_error (error, KIP_ERROR, KIP_ERROR_NOT_FOUND, _("“%s” cannot be read. Nothing was changed."), path);
  else if (kind == KIP_DB_FILE_FOREIGN)
    g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID, _("“%s” is no backup of an office. Nothing was changed."), path);
  else if (kind == KIP_DB_FILE_SHORT)
    g_set_error (error, KIP_ERROR, KIP_ERROR_CORRUPT, _("The backup “%s” is cut off. Nothing was changed. Try an older one."), path);
  else if (version > KIP_SCHEMA_VERSION)
    g_set_error (error, KIP_ERROR, KIP_ERROR_NEWER, _("The backup “%s” was made by a newer Kip. Nothing was changed. Update Kip on this machine first."), path);
  else
    return TRUE;
  return FALSE;
}

gboolean
kip_backup_check (const char   *path,
                  GCancellable *cancellable,
                  GError      **error)
{
  g_autoptr (GPtrArray) report = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (KipDb) db = NULL;
  KipCheck check = { NULL, NULL, NULL, cancellable, report, 0 };
  guint n_wrong = 0;

  if (!check_kind (path, error) || (db = kip_db_open (path, KIP_DB_READ, error)) == NULL)
    return FALSE;
  kip_db_set_cancellable (db, cancellable);
  check.db = db;
  if (!kip_migrate_check (db, error) || !kip_check_pages (&check, error) || !kip_check_log (&check, error) || !check_files (db, &n_wrong, error))
    return FALSE;
  if (check.n_problems + n_wrong == 0)
    return TRUE;
  g_set_error (error, KIP_ERROR, KIP_ERROR_CORRUPT, _("The backup “%s” is damaged. Nothing was changed. Try an older one."), path);
  return FALSE;
}
