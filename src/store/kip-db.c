/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-db-private.h"

#include "kip-error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

/* How many of SQLite's instructions run between two looks at the cancellable: some microseconds. */
#define INSTRUCTIONS_A_LOOK 2000

/* ---- opening ---- */

static int
open_flags (KipDbMode mode)
{
  switch (mode)
    {
    case KIP_DB_CREATE:
      return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    case KIP_DB_WRITE:
      return SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    case KIP_DB_READ:
    default:
      return SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX;
    }
}

/* Counting its memory costs SQLite a lock at every allocation. */
static void
configure_once (void)
{
  static gsize done = 0;

  if (!g_once_init_enter (&done))
    return;
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  g_once_init_leave (&done, 1);
}

KipDb *
kip_db_open (const char *path,
             KipDbMode   mode,
             GError    **error)
{
  g_autoptr (KipDb) db = g_new0 (KipDb, 1);
  int rc;

  configure_once ();
  rc = sqlite3_open_v2 (path, &db->handle, open_flags (mode), NULL);
  db->statements = kip_db_statements_new ();
  db->by_address = g_hash_table_new (NULL, NULL);
  if (rc != SQLITE_OK)
    {
      kip_db_set_error (db, rc, error);
      return NULL;
    }
  sqlite3_extended_result_codes (db->handle, 1);
  sqlite3_busy_timeout (db->handle, 10000);
  /* Whoever closes last must not write outside the lock; the writer does it. */
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  return g_steal_pointer (&db);
}

void
kip_db_close (KipDb *db)
{
  if (db == NULL)
    return;
  g_clear_pointer (&db->by_address, g_hash_table_unref);
  g_clear_pointer (&db->statements, g_hash_table_unref);
  sqlite3_close (db->handle);
  g_free (db);
}

void
kip_db_remove (const char *path)
{
  static const char *const ends[] = { "", "-journal", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *file = g_strconcat (path, ends[i], NULL);

      g_unlink (file);
    }
}

sqlite3 *
kip_db_handle (KipDb *db)
{
  return db->handle;
}

static int
look_cb (gpointer data)
{
  KipDb *db = data;

  return g_cancellable_is_cancelled (db->cancellable);
}

void
kip_db_set_cancellable (KipDb        *db,
                        GCancellable *cancellable)
{
  db->cancellable = cancellable;
  sqlite3_progress_handler (db->handle, INSTRUCTIONS_A_LOOK, cancellable != NULL ? look_cb : NULL, db);
}

/* ---- errors ---- */

static gboolean
is_disk_full (int rc,
              int system_errno)
{
  return (rc & 0xff) == SQLITE_FULL
         || ((rc & 0xff) == SQLITE_IOERR && (system_errno == ENOSPC || system_errno == EDQUOT || system_errno == EFBIG));
}

static gboolean
is_refused (int rc,
            int system_errno)
{
  return (rc & 0xff) == SQLITE_READONLY || (rc & 0xff) == SQLITE_PERM
         || ((rc & 0xff) == SQLITE_CANTOPEN && system_errno != ENOENT)
         || system_errno == EROFS || system_errno == EACCES;
}

/* *INDENT-OFF* */
#define SENTENCE_FULL N_("The disk is full. Everything saved before is safe; this change is not saved. Make some room and try again.")
#define SENTENCE_READ_ONLY N_("Kip may not write in its data folder. Nothing there was changed. Make the folder writable for you and try again.")
#define SENTENCE_CORRUPT N_("The data of this office is damaged, and Kip leaves it as it is. Close Kip and restore a backup; the damaged files are set aside, not removed.")
#define SENTENCE_BUSY N_("Another program keeps the data of this office busy. Nothing was changed. Wait a moment and try again.")
#define SENTENCE_MISSING N_("The data of this office is not where it should be. Nothing was changed. See whether its disk is connected.")
#define SENTENCE_IO N_("The disk did not do what Kip asked of it. Everything saved before is safe; this change may not be saved. Look after the disk and try again.")
#define SENTENCE_FAILED N_("Something went wrong inside Kip. Everything saved before is safe; this change is not saved.")
/* *INDENT-ON* */

static void
set_sentence (GError    **error,
              KipError    code,
              const char *sentence)
{
  g_set_error_literal (error, KIP_ERROR, code, _(sentence));
}

void
kip_db_set_error (KipDb   *db,
                  int      rc,
                  GError **error)
{
  int system_errno = db != NULL && db->handle != NULL ? sqlite3_system_errno (db->handle) : 0;

  g_debug ("SQLite: %s (%d, errno %d)", db != NULL ? sqlite3_errmsg (db->handle) : sqlite3_errstr (rc), rc, system_errno);
  if (is_disk_full (rc, system_errno))
    set_sentence (error, KIP_ERROR_NO_SPACE, SENTENCE_FULL);
  else if ((rc & 0xff) == SQLITE_INTERRUPT)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Stopped before it was done."));
  else if ((rc & 0xff) == SQLITE_CORRUPT || (rc & 0xff) == SQLITE_NOTADB)
    set_sentence (error, KIP_ERROR_CORRUPT, SENTENCE_CORRUPT);
  else if ((rc & 0xff) == SQLITE_BUSY || (rc & 0xff) == SQLITE_LOCKED)
    set_sentence (error, KIP_ERROR_BUSY, SENTENCE_BUSY);
  else if (is_refused (rc, system_errno))
    set_sentence (error, KIP_ERROR_READ_ONLY, SENTENCE_READ_ONLY);
  else if ((rc & 0xff) == SQLITE_CANTOPEN)
    set_sentence (error, KIP_ERROR_NOT_OFFICE, SENTENCE_MISSING);
  else if ((rc & 0xff) == SQLITE_IOERR)
    set_sentence (error, KIP_ERROR_IO, SENTENCE_IO);
  else
    set_sentence (error, KIP_ERROR_FAILED, SENTENCE_FAILED);
}

/* ---- running ---- */

gboolean
kip_db_exec (KipDb      *db,
             const char *sql,
             GError    **error)
{
  int rc = sqlite3_exec (db->handle, sql, NULL, NULL, NULL);

  if (rc != SQLITE_OK)
    kip_db_set_error (db, rc, error);
  return rc == SQLITE_OK;
}

/* ---- looking at a file from outside ---- */

/* Places in the first page of a database, https://www.sqlite.org/fileformat.html (1.3). */
#define HEADER_SIZE 100
#define AT_PAGE_SIZE 16
#define AT_CHANGES 24
#define AT_PAGES 28
#define AT_USER_VERSION 60
#define AT_APPLICATION 68
#define AT_VALID_FOR 92

static guint32
read_big_endian (const guint8 *bytes)
{
  return ((guint32) bytes[0] << 24) | ((guint32) bytes[1] << 16) | ((guint32) bytes[2] << 8) | bytes[3];
}

/* A log beside the file may hold the pages that the file lacks. */
static gboolean
has_log (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  GStatBuf info;

  return g_stat (log, &info) == 0 && info.st_size > 0;
}

static gboolean
is_cut_off (const char   *path,
            const guint8 *header)
{
  guint page_size = ((guint) header[AT_PAGE_SIZE] << 8) | header[AT_PAGE_SIZE + 1];
  guint32 pages = read_big_endian (header + AT_PAGES);
  GStatBuf info;

  if (page_size == 1)
    page_size = 65536;
  if (read_big_endian (header + AT_CHANGES) != read_big_endian (header + AT_VALID_FOR) || has_log (path))
    return FALSE;
  return g_stat (path, &info) == 0 && (guint64) info.st_size < (guint64) pages * page_size;
}

KipDbFile
kip_db_probe (const char *path,
              guint32     application_id,
              guint32    *user_version)
{
  guint8 header[HEADER_SIZE];
  FILE *file = g_fopen (path, "rbe");
  gsize length;

  if (file == NULL)
    return errno == ENOENT || errno == ENOTDIR ? KIP_DB_FILE_MISSING : KIP_DB_FILE_UNREADABLE;
  length = fread (header, 1, sizeof header, file);
  fclose (file);
  if (length < sizeof header || memcmp (header, "SQLite format 3", 16) != 0
      || read_big_endian (header + AT_APPLICATION) != application_id)
    return KIP_DB_FILE_FOREIGN;
  *user_version = read_big_endian (header + AT_USER_VERSION);
  return is_cut_off (path, header) ? KIP_DB_FILE_SHORT : KIP_DB_FILE_OURS;
}
