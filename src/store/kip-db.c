/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-db.h"

#include "kip-error.h"
#include "kip-instant.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct _KipDb
{
  sqlite3      *handle;
  GHashTable   *statements;  /* (owned) SQL → Statement */
  GHashTable   *by_address;  /* (owned) where some SQL stood → Statement, borrowed */
  GCancellable *cancellable; /* (nullable) */
};

/* How many of SQLite's instructions run between two looks at the cancellable: some microseconds. */
#define INSTRUCTIONS_A_LOOK 2000

/* A prepared statement that is kept for the next time. */
typedef struct
{
  char         *sql;  /* (owned) */
  sqlite3_stmt *stmt; /* (owned) */
  gboolean      in_use;
} Statement;

static void
statement_free (gpointer data)
{
  Statement *statement = data;

  sqlite3_finalize (statement->stmt);
  g_free (statement->sql);
  g_free (statement);
}

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
  db->statements = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, statement_free);
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

/* ---- statements ---- */

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

/* Our own SQL is right: what it names and the database lacks was damaged there. */
static int
prepare (KipDb         *db,
         const char    *sql,
         guint          flags,
         sqlite3_stmt **stmt)
{
  int rc = sqlite3_prepare_v3 (db->handle, sql, -1, flags, stmt, NULL);

  if (rc != SQLITE_ERROR)
    return rc;
  g_debug ("SQLite: %s", sqlite3_errmsg (db->handle));
  return SQLITE_CORRUPT;
}

/* Our SQL mostly stands in the program and so always at the same place: where it was
 * found the last time.  Another text may stand there meanwhile, so it is compared. */
static Statement *
look_up (KipDb      *db,
         const char *sql)
{
  Statement *kept = g_hash_table_lookup (db->by_address, sql);

  if (kept != NULL && strcmp (kept->sql, sql) == 0)
    return kept;
  kept = g_hash_table_lookup (db->statements, sql);
  if (kept != NULL)
    g_hash_table_insert (db->by_address, (gpointer) sql, kept);
  return kept;
}

/* The kept statement for @sql, or one of its own when that is in use further up. */
static int
find_statement (KipDb      *db,
                const char *sql,
                KipRows    *rows)
{
  Statement *kept = look_up (db, sql);
  int rc;

  if (kept != NULL && kept->in_use)
    return prepare (db, sql, 0, &rows->stmt);
  if (kept == NULL)
    {
      kept = g_new0 (Statement, 1);
      rc = prepare (db, sql, SQLITE_PREPARE_PERSISTENT, &kept->stmt);
      if (rc != SQLITE_OK)
        {
          g_free (kept);
          return rc;
        }
      kept->sql = g_strdup (sql);
      g_hash_table_insert (db->statements, kept->sql, kept);
    }
  kept->in_use = TRUE;
  rows->stmt = kept->stmt;
  rows->in_use = &kept->in_use;
  return SQLITE_OK;
}

static void
bind_bytes (sqlite3_stmt *stmt,
            int           i,
            GBytes       *bytes)
{
  gsize length;
  gconstpointer data;

  if (bytes == NULL)
    return;
  data = g_bytes_get_data (bytes, &length);
  sqlite3_bind_blob64 (stmt, i, data != NULL ? data : "", length, SQLITE_TRANSIENT);
}

/* A cleared parameter is null, so null ones are passed over. */
static void
bind_one (sqlite3_stmt *stmt,
          int           i,
          char          type,
          va_list      *args)
{
  gconstpointer data;
  gint64 number;

  switch (type)
    {
    case 'i':
      sqlite3_bind_int64 (stmt, i, va_arg (*args, gint64));
      break;
    case 'd':
      sqlite3_bind_int64 (stmt, i, va_arg (*args, int));
      break;
    case 'm':
      number = va_arg (*args, gint64);
      if (number != KIP_INSTANT_NONE)
        sqlite3_bind_int64 (stmt, i, number);
      break;
    case 't':
      sqlite3_bind_text (stmt, i, va_arg (*args, const char *), -1, SQLITE_TRANSIENT);
      break;
    case 'b':
      bind_bytes (stmt, i, va_arg (*args, GBytes *));
      break;
    case 'B':
      data = va_arg (*args, gconstpointer);
      sqlite3_bind_blob64 (stmt, i, data != NULL ? data : "", va_arg (*args, gsize), SQLITE_STATIC);
      break;
    case 'n':
      break;
    default:
      g_assert_not_reached ();
    }
}

static KipRows
query_va (KipDb      *db,
          const char *sql,
          const char *format,
          va_list     args)
{
  KipRows rows = { .db = db };
  va_list copy;

  rows.rc = find_statement (db, sql, &rows);
  if (rows.rc != SQLITE_OK)
    return rows;
  va_copy (copy, args);
  for (int i = 0; format[i] != '\0'; i++)
    bind_one (rows.stmt, i + 1, format[i], &copy);
  va_end (copy);
  return rows;
}

KipRows
kip_db_query (KipDb      *db,
              const char *sql,
              const char *format,
              ...)
{
  KipRows rows;
  va_list args;

  va_start (args, format);
  rows = query_va (db, sql, format, args);
  va_end (args);
  return rows;
}

KipRows
kip_db_query_once (KipDb      *db,
                   const char *sql)
{
  KipRows rows = { .db = db };

  rows.rc = prepare (db, sql, 0, &rows.stmt);
  return rows;
}

void
kip_rows_bind_instant (KipRows *rows,
                       int      parameter,
                       gint64   number)
{
  if (rows->rc == SQLITE_OK && number != KIP_INSTANT_NONE)
    rows->rc = sqlite3_bind_int64 (rows->stmt, parameter, number);
}

void
kip_rows_bind_text (KipRows    *rows,
                    int         parameter,
                    const char *text)
{
  if (rows->rc == SQLITE_OK)
    rows->rc = sqlite3_bind_text (rows->stmt, parameter, text, -1, SQLITE_STATIC);
}

void
kip_rows_bind_bytes (KipRows      *rows,
                     int           parameter,
                     gconstpointer bytes,
                     gsize         length)
{
  if (rows->rc == SQLITE_OK)
    rows->rc = sqlite3_bind_blob64 (rows->stmt, parameter, bytes, length, SQLITE_STATIC);
}

KipRows
kip_db_query_values (KipDb      *db,
                     const char *sql,
                     GArray     *values)
{
  KipRows rows = kip_db_query_once (db, sql);

  for (guint i = 0; rows.rc == SQLITE_OK && i < values->len; i++)
    {
      const KipDbValue *value = &g_array_index (values, KipDbValue, i);

      if (value->text != NULL)
        rows.rc = sqlite3_bind_text (rows.stmt, (int) i + 1, value->text, -1, SQLITE_TRANSIENT);
      else if (value->pointer != NULL)
        rows.rc = sqlite3_bind_pointer (rows.stmt, (int) i + 1, value->pointer, value->type, NULL);
      else
        rows.rc = sqlite3_bind_int64 (rows.stmt, (int) i + 1, value->number);
    }
  return rows;
}

gboolean
kip_rows_next (KipRows *rows)
{
  if (rows->rc != SQLITE_OK && rows->rc != SQLITE_ROW)
    return FALSE;
  rows->rc = sqlite3_step (rows->stmt);
  return rows->rc == SQLITE_ROW;
}

gboolean
kip_rows_end (KipRows *rows,
              GError **error)
{
  gboolean ok = rows->rc == SQLITE_OK || rows->rc == SQLITE_ROW || rows->rc == SQLITE_DONE;

  if (!ok)
    kip_db_set_error (rows->db, rows->rc, error);
  if (rows->in_use == NULL)
    {
      g_clear_pointer (&rows->stmt, sqlite3_finalize);
    }
  else
    {
      sqlite3_reset (rows->stmt);
      sqlite3_clear_bindings (rows->stmt);
      *rows->in_use = FALSE;
    }
  return ok;
}

static gboolean
run_va (KipDb      *db,
        GError    **error,
        const char *sql,
        const char *format,
        va_list     args)
{
  KipRows rows = query_va (db, sql, format, args);

  while (kip_rows_next (&rows))
    continue;
  return kip_rows_end (&rows, error);
}

gboolean
kip_db_run (KipDb      *db,
            GError    **error,
            const char *sql,
            const char *format,
            ...)
{
  va_list args;
  gboolean ok;

  va_start (args, format);
  ok = run_va (db, error, sql, format, args);
  va_end (args);
  return ok;
}

gboolean
kip_db_get_int (KipDb      *db,
                gint64      fallback,
                gint64     *result,
                GError    **error,
                const char *sql,
                const char *format,
                ...)
{
  KipRows rows;
  va_list args;

  va_start (args, format);
  rows = query_va (db, sql, format, args);
  va_end (args);
  *result = fallback;
  if (kip_rows_next (&rows) && sqlite3_column_type (rows.stmt, 0) != SQLITE_NULL)
    *result = kip_rows_int (&rows, 0);
  return kip_rows_end (&rows, error);
}

/* ---- columns ---- */

gint64
kip_rows_int (KipRows *rows,
              int      column)
{
  return sqlite3_column_int64 (rows->stmt, column);
}

gint64
kip_rows_instant (KipRows *rows,
                  int      column)
{
  sqlite3_value *value = sqlite3_column_value (rows->stmt, column);

  return sqlite3_value_type (value) == SQLITE_NULL ? KIP_INSTANT_NONE : sqlite3_value_int64 (value);
}

const char *
kip_rows_text (KipRows *rows,
               int      column)
{
  return (const char *) sqlite3_column_text (rows->stmt, column);
}

gconstpointer
kip_rows_blob (KipRows *rows,
               int      column,
               gsize   *length)
{
  gconstpointer data = sqlite3_column_blob (rows->stmt, column);

  *length = (gsize) sqlite3_column_bytes (rows->stmt, column);
  return data;
}

/* ---- parameters ---- */

static void
value_clear (gpointer data)
{
  g_clear_pointer (&((KipDbValue *) data)->text, g_free);
}

GArray *
kip_db_values_new (void)
{
  GArray *values = g_array_new (FALSE, FALSE, sizeof (KipDbValue));

  g_array_set_clear_func (values, value_clear);
  return values;
}

void
kip_db_values_add_int (GArray *values,
                       gint64  number)
{
  KipDbValue value = { .number = number };

  g_array_append_val (values, value);
}

void
kip_db_values_add_text (GArray     *values,
                        const char *text)
{
  KipDbValue value = { .text = g_strdup (text) };

  g_array_append_val (values, value);
}

void
kip_db_values_add_pointer (GArray     *values,
                           gpointer    pointer,
                           const char *type)
{
  KipDbValue value = { .pointer = pointer, .type = type };

  g_array_append_val (values, value);
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
