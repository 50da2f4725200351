/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-store-private.h"

#include "kip-backup.h"
#include "kip-clock.h"
#include "kip-error.h"
#include "kip-files.h"
#include "kip-migrate.h"
#include "kip-store-share.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define NEW_DATABASE "kip.db.restored"
#define NEW_FILES "files.restored"

/* What was given out after the backup was made must not come again: somebody may have
 * been told that ticket number.  So many ids; and numbers up to the last one of the old
 * database, or so many a day where that cannot be read. */
#define SKIPPED_IDS 1000000
#define NUMBERS_A_DAY 100

static gboolean
refuse (GError    **error,
        const char *dir)
{
  g_set_error (error, KIP_ERROR, errno == ENOSPC || errno == EDQUOT ? KIP_ERROR_NO_SPACE : KIP_ERROR_READ_ONLY,
               _("Kip could not write in “%s”. What was there is still there. See whether the disk is full or may not be written."), dir);
  return FALSE;
}

/* ---- taking the backup apart ---- */

static gboolean
write_piece (const char *path,
             gint64      part,
             KipRows    *rows)
{
  g_autofree char *folder = g_path_get_dirname (path);
  gsize length, written = 0;
  const char *bytes = kip_rows_blob (rows, 2, &length);
  gboolean ok;
  int fd;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return FALSE;
  fd = g_open (path, O_WRONLY | O_CREAT | O_CLOEXEC | (part == 0 ? O_TRUNC : O_APPEND), 0600);
  if (fd < 0)
    return FALSE;
  while (written < length)
    {
      gssize n = write (fd, bytes + written, length - written);

      if (n <= 0)
        break;
      written += (gsize) n;
    }
  ok = written == length && fsync (fd) == 0;
  return close (fd) == 0 && ok;
}

static char *
new_file_path (const char *dir,
               const char *name)
{
  char folder[3] = { name[0], name[1], '\0' };

  return g_build_filename (dir, NEW_FILES, folder, name, NULL);
}

static gboolean
extract_files (KipDb      *from,
               const char *dir,
               GError    **error)
{
  KipRows rows = kip_db_query (from, "SELECT hash, part, bytes FROM backup_file ORDER BY hash, part", "");
  guint8 hash[KIP_HASH_SIZE];
  gboolean ok = TRUE;

  while (ok && kip_rows_next (&rows))
    {
      const char *name = kip_rows_text (&rows, 0);
      g_autofree char *path = NULL;

      /* A name that is no hash could lead anywhere. */
      if (name == NULL || !kip_hash_from_text (name, hash))
        continue;
      path = new_file_path (dir, name);
      ok = write_piece (path, kip_rows_int (&rows, 1), &rows) || refuse (error, dir);
    }
  return kip_rows_end (&rows, ok ? error : NULL) && ok;
}

/* ---- what was given out since ---- */

static gboolean
read_last_number (KipDb   *db,
                  gint64  *number,
                  GError **error)
{
  gint64 device, last, reserved;

  if (!kip_db_get_int (db, 1, &device, error, "SELECT value FROM counter WHERE key = 'device'", "")
      || !kip_db_get_int (db, 0, &reserved, error, "SELECT value FROM counter WHERE key = 'number'", "")
      || !kip_db_get_int (db, 0, &last, error, "SELECT max (number) - ?1 FROM ticket WHERE number > ?1 AND number < ?2",
                          "ii", KIP_TICKET_NUMBER (device, 0), KIP_TICKET_NUMBER (device + 1, 0)))
    return FALSE;
  *number = MAX (last, reserved);
  return TRUE;
}

/* What the database says that is about to be set aside. */
static gboolean
read_old_number (const char *dir,
                 gint64     *number)
{
  g_autofree char *path = kip_store_path (dir, "kip.db");
  guint32 version;
  g_autoptr (KipDb) old = NULL;

  if (kip_db_probe (path, KIP_APPLICATION_OFFICE, &version) != KIP_DB_FILE_OURS || version > KIP_SCHEMA_VERSION)
    return FALSE;
  old = kip_db_open (path, KIP_DB_READ, NULL);
  return old != NULL && read_last_number (old, number, NULL);
}

/* Days begun since the backup was made. */
static gint64
count_days (KipDb *backup)
{
  KipRows rows = kip_db_query (backup, "SELECT value FROM backup_info WHERE key = 'made'", "");
  KipInstant made = KIP_INSTANT_NONE;
  const char *text = kip_rows_next (&rows) ? kip_rows_text (&rows, 0) : NULL;

  if (text == NULL || !kip_instant_parse (text, NULL, &made))
    made = KIP_INSTANT_NONE;
  kip_rows_end (&rows, NULL);
  return made != KIP_INSTANT_NONE ? 1 + MAX (kip_clock_now () - made, 0) / KIP_MS_PER_DAY : 1;
}

static gboolean
skip_numbers (KipDb      *from,
              KipDb      *to,
              const char *dir,
              GError    **error)
{
  gint64 number, old;

  if (!read_last_number (to, &number, error))
    return FALSE;
  if (read_old_number (dir, &old))
    number = MAX (number, old);
  else
    number += NUMBERS_A_DAY * count_days (from);
  return kip_db_run (to, error, "INSERT OR REPLACE INTO counter (key, value) VALUES ('number', ?1)", "i", number)
         && kip_db_run (to, error, "UPDATE counter SET value = value + ?1 WHERE key = 'id'", "d", SKIPPED_IDS);
}

/* ---- who was forgotten since ---- */

static gboolean
copy_purged (KipDb   *old,
             KipDb   *to,
             GError **error)
{
  KipRows rows = kip_db_query (old, "SELECT kind, entity FROM purged", "");
  gboolean ok = TRUE;

  while (ok && kip_rows_next (&rows))
    ok = kip_db_run (to, error, "INSERT OR IGNORE INTO purged (kind, entity) VALUES (?1, ?2)", "ii", kip_rows_int (&rows, 0), kip_rows_int (&rows, 1))
         && kip_db_run (to, error, "INSERT OR REPLACE INTO counter (key, value) VALUES ('forget-again', 1)", "");
  return kip_rows_end (&rows, ok ? error : NULL) && ok;
}

/* An old backup brings nobody back: the next opening forgets them again. */
static gboolean
keep_forgotten (KipDb      *to,
                const char *dir,
                GError    **error)
{
  g_autofree char *path = kip_store_path (dir, "kip.db");
  guint32 version;
  gint64 n = 0;
  g_autoptr (KipDb) old = NULL;

  if (kip_db_probe (path, KIP_APPLICATION_OFFICE, &version) != KIP_DB_FILE_OURS || version > KIP_SCHEMA_VERSION)
    return TRUE;
  old = kip_db_open (path, KIP_DB_READ, NULL);
  if (old == NULL || !kip_db_get_int (old, 0, &n, NULL, "SELECT count(*) FROM purged", "") || n == 0)
    return TRUE;
  return kip_migrate (to, error) && copy_purged (old, to, error);
}

/* ---- what the others hold ---- */

/* This machine wrote more since, under numbers that it must not give again. */
static gboolean
note_restored (KipDb      *to,
               const char *dir,
               GError    **error)
{
  g_autofree char *shared = g_build_filename (dir, KIP_STORE_SHARE_FILE, NULL);

  return !g_file_test (shared, G_FILE_TEST_EXISTS)
         || (kip_migrate (to, error)
             && kip_db_run (to, error, "INSERT OR REPLACE INTO share (key, value) VALUES (?1, ?2)", "tB", KIP_STORE_RESTORED, "1", (gsize) 1));
}

/* ---- the database ---- */

static const char make_office[] =
  "DROP TABLE backup_file; DROP TABLE backup_info;"
  "PRAGMA application_id = 1265201231;" /* KIP_APPLICATION_OFFICE */
  "PRAGMA journal_mode = WAL;";

static gboolean
extract_database (KipDb      *from,
                  const char *dir,
                  GError    **error)
{
  g_autofree char *path = kip_store_path (dir, NEW_DATABASE);
  g_autoptr (KipDb) to = NULL;

  kip_db_remove (path);
  to = kip_store_open_writer (path, KIP_DB_CREATE, error);
  return to != NULL
         && kip_backup_copy (from, to, NULL, NULL, NULL, error)
         && kip_db_exec (to, make_office, error)
         && skip_numbers (from, to, dir, error)
         && keep_forgotten (to, dir, error)
         && note_restored (to, dir, error)
         && kip_db_exec (to, "PRAGMA wal_checkpoint (TRUNCATE)", error);
}

/* ---- setting aside ---- */

static char *
make_aside (const char *dir,
            GError    **error)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) now = kip_instant_to_local (kip_clock_now (), zone);
  g_autofree char *stamp = g_date_time_format (now, "%Y-%m-%d-%H%M%S");

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *name = i == 0 ? g_strdup (stamp) : g_strdup_printf ("%s-%u", stamp, i);
      g_autofree char *path = g_build_filename (dir, "set-aside", name, NULL);
      g_autofree char *parent = g_path_get_dirname (path);

      if (g_mkdir_with_parents (parent, 0700) == 0 && g_mkdir (path, 0700) == 0)
        return g_steal_pointer (&path);
      if (errno != EEXIST)
        break;
    }
  refuse (error, dir);
  return NULL;
}

static gboolean
move (const char *dir,
      const char *name,
      const char *to_dir,
      const char *to_name,
      GError    **error)
{
  g_autofree char *from = kip_store_path (dir, name);
  g_autofree char *to = kip_store_path (to_dir, to_name);

  return g_rename (from, to) == 0 || errno == ENOENT || refuse (error, dir);
}

/* A second name for something old, so that it stays where it is until the new takes its
 * place in one step; where names cannot be doubled it is left for later. */
static gboolean
double_name (const char *dir,
             const char *aside,
             const char *name)
{
  g_autofree char *from = kip_store_path (dir, name);
  g_autofree char *to = kip_store_path (aside, name);

  return link (from, to) == 0 || errno == ENOENT;
}

/* What was not written into the old database yet; a damaged one keeps it beside. */
static void
write_out_log (const char *dir)
{
  g_autofree char *path = kip_store_path (dir, "kip.db");
  g_autoptr (KipDb) old = NULL;
  guint32 version;

  if (kip_db_probe (path, KIP_APPLICATION_OFFICE, &version) != KIP_DB_FILE_OURS)
    return;
  old = kip_db_open (path, KIP_DB_WRITE, NULL);
  if (old != NULL)
    kip_db_exec (old, "PRAGMA wal_checkpoint (TRUNCATE)", NULL);
}

/* Attachments are never changed and named by what is in them, so that those of both
 * offices can lie side by side: the old ones get a second name in @aside. */
static void
keep_files (const char *dir,
            const char *aside)
{
  g_autoptr (GPtrArray) names = kip_files_list (dir);

  for (guint i = 0; i < names->len; i++)
    {
      guint8 hash[KIP_HASH_SIZE];
      g_autofree char *from = NULL, *to = NULL, *folder = NULL;

      kip_hash_from_text (g_ptr_array_index (names, i), hash);
      from = kip_files_path (dir, hash);
      to = kip_files_path (aside, hash);
      folder = g_path_get_dirname (to);
      if (g_mkdir_with_parents (folder, 0700) != 0 || link (from, to) != 0)
        return;
    }
}

/* For each attachment of the backup, which lies beside. */
static gboolean
each_new_file (const char *dir,
               gboolean ( *func )(const char *path, const char *name, const char *dir))
{
  g_autofree char *top = g_build_filename (dir, NEW_FILES, NULL);
  g_autoptr (GDir) folders = g_dir_open (top, 0, NULL);
  const char *folder, *name;
  gboolean ok = TRUE;

  while (folders != NULL && (folder = g_dir_read_name (folders)) != NULL)
    {
      g_autofree char *path = g_build_filename (top, folder, NULL);
      g_autoptr (GDir) files = g_dir_open (path, 0, NULL);

      while (files != NULL && (name = g_dir_read_name (files)) != NULL)
        {
          g_autofree char *file = g_build_filename (path, name, NULL);

          ok = func (file, name, dir) && ok;
        }
      g_rmdir (path);
    }
  g_rmdir (top);
  return ok;
}

static gboolean
put_file (const char *path,
          const char *name,
          const char *dir)
{
  guint8 hash[KIP_HASH_SIZE];
  g_autofree char *to = kip_hash_from_text (name, hash) ? kip_files_path (dir, hash) : NULL;
  g_autofree char *folder = to != NULL ? g_path_get_dirname (to) : NULL;

  return to != NULL && g_mkdir_with_parents (folder, 0700) == 0 && g_rename (path, to) == 0;
}

static gboolean
drop_file (const char *path,
           const char *name,
           const char *dir)
{
  return g_unlink (path) == 0;
}

/* Until the last step the old office is whole where it was, and from then on the new one. */
static gboolean
exchange (const char *dir,
          const char *aside,
          GError    **error)
{
  write_out_log (dir);
  keep_files (dir, aside);
  if (!each_new_file (dir, put_file))
    return refuse (error, dir);
  return (double_name (dir, aside, "kip.db") || move (dir, "kip.db", aside, "kip.db", error))
         && move (dir, "kip.db-wal", aside, "kip.db-wal", error)
         && move (dir, "kip.db-shm", aside, "kip.db-shm", error)
         && move (dir, NEW_DATABASE, dir, "kip.db", error);
}

/* ---- all of it ---- */

static void
remove_leftovers (const char *dir)
{
  g_autofree char *path = kip_store_path (dir, NEW_DATABASE);

  kip_db_remove (path);
  each_new_file (dir, drop_file);
}

static gboolean
take_apart (const char *path,
            const char *dir,
            GError    **error)
{
  g_autoptr (KipDb) from = kip_db_open (path, KIP_DB_READ, error);

  return from != NULL && extract_database (from, dir, error) && extract_files (from, dir, error);
}

/* Folders that are empty: there was nothing to set aside. */
static gboolean
is_gone (const char *aside)
{
  g_autofree char *parent = g_path_get_dirname (aside);
  gboolean gone = g_rmdir (aside) == 0;

  g_rmdir (parent);
  return gone;
}

static gboolean
restore (const char *path,
         const char *dir,
         char      **set_aside,
         GError    **error)
{
  g_autofree char *aside = NULL;
  gboolean ok;

  remove_leftovers (dir);
  ok = take_apart (path, dir, error)
       && (aside = make_aside (dir, error)) != NULL
       && exchange (dir, aside, error);
  remove_leftovers (dir);
  if (aside != NULL && !is_gone (aside) && ok && set_aside != NULL)
    *set_aside = g_steal_pointer (&aside);
  return ok;
}

gboolean
kip_store_restore (const char *path,
                   const char *dir,
                   char      **set_aside,
                   GError    **error)
{
  g_autoptr (KipLock) use = NULL;
  g_autoptr (KipLock) lock = NULL;
  gboolean ok;

  if (!kip_backup_check (path, NULL, error))
    return FALSE;
  if (g_mkdir_with_parents (dir, 0700) != 0)
    return refuse (error, dir);
  use = kip_lock_open (dir, KIP_LOCK_USE, error);
  if (use == NULL || !kip_lock_take (use, 0, error))
    return FALSE;
  lock = kip_lock_open (dir, KIP_LOCK_WRITE, error);
  ok = lock != NULL && kip_lock_take (lock, 10000, error) && restore (path, dir, set_aside, error);
  if (lock != NULL)
    kip_lock_give (lock);
  kip_lock_give (use);
  return ok;
}
