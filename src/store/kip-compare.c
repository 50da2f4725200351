/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-compare.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *fresh;
  const char *kept;
} Pair;

static const Pair pairs[] = {
  { "merge", "SELECT * FROM main.merge ORDER BY source", "SELECT * FROM log.merge ORDER BY source" },
  { "ticket", "SELECT * FROM main.ticket ORDER BY slot", "SELECT * FROM log.ticket WHERE slot > 0 ORDER BY slot" },
  { "ticket_row", "SELECT * FROM main.ticket_row ORDER BY slot", "SELECT * FROM log.ticket_row WHERE slot > 0 ORDER BY slot" },
  { "ticket_tag", "SELECT * FROM main.ticket_tag ORDER BY tag, slot", "SELECT * FROM log.ticket_tag WHERE slot > 0 ORDER BY tag, slot" },
  { "running", "SELECT * FROM main.running ORDER BY slot, clock", "SELECT * FROM log.running ORDER BY slot, clock" },
  { "fact", "SELECT * FROM main.fact ORDER BY slot", "SELECT * FROM log.fact ORDER BY slot" },
};

static gboolean
is_same_value (sqlite3_stmt *a,
               sqlite3_stmt *b,
               int           column)
{
  int type = sqlite3_column_type (a, column), length;

  if (type != sqlite3_column_type (b, column))
    return FALSE;
  if (type == SQLITE_INTEGER)
    return sqlite3_column_int64 (a, column) == sqlite3_column_int64 (b, column);
  if (type == SQLITE_NULL)
    return TRUE;
  length = sqlite3_column_bytes (a, column);
  return length == sqlite3_column_bytes (b, column)
         && (length == 0 || memcmp (sqlite3_column_blob (a, column), sqlite3_column_blob (b, column), (gsize) length) == 0);
}

/* The column that differs; -1: none. */
static int
compare_rows (sqlite3_stmt *a,
              sqlite3_stmt *b)
{
  int n = sqlite3_column_count (a);

  for (int i = 0; i < n; i++)
    if (!is_same_value (a, b, i))
      return i;
  return -1;
}

static char *
describe (const Pair   *pair,
          sqlite3_stmt *row,
          int           column)
{
  return g_strdup_printf ("%s, %s, %s", pair->name, (const char *) sqlite3_column_text (row, 0), sqlite3_column_name (row, column));
}

static char *
compare_tables (const Pair *pair,
                KipRows    *fresh,
                KipRows    *kept)
{
  gboolean more_fresh = TRUE, more_kept = TRUE;
  char *difference = NULL;

  while (difference == NULL)
    {
      int column;

      more_fresh = kip_rows_next (fresh);
      more_kept = kip_rows_next (kept);
      if (!more_fresh || !more_kept)
        break;
      column = compare_rows (fresh->stmt, kept->stmt);
      if (column >= 0)
        difference = describe (pair, kept->stmt, column);
    }
  if (difference == NULL && more_fresh != more_kept)
    difference = describe (pair, more_fresh ? fresh->stmt : kept->stmt, 0);
  return difference;
}

gboolean
kip_compare_projections (KipDb   *db,
                         char   **difference,
                         GError **error)
{
  *difference = NULL;
  for (guint i = 0; *difference == NULL && i < G_N_ELEMENTS (pairs); i++)
    {
      KipRows fresh = kip_db_query (db, pairs[i].fresh, "");
      KipRows kept = kip_db_query (db, pairs[i].kept, "");
      gboolean ok;

      *difference = compare_tables (&pairs[i], &fresh, &kept);
      ok = kip_rows_end (&fresh, error);
      ok = kip_rows_end (&kept, ok ? error : NULL) && ok;
      if (!ok)
        {
          g_clear_pointer (difference, g_free);
          return FALSE;
        }
    }
  return TRUE;
}
