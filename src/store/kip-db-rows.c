/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Prepared statements, their parameters and their rows. */

#include "kip-db-private.h"

#include "kip-instant.h"

#include <stdarg.h>
#include <string.h>

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

GHashTable *
kip_db_statements_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, statement_free);
}

/* ---- statements ---- */

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
