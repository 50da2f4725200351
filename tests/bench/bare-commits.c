/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bare-commits.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#define TIMES 1.5
#define MORE_MS 10.0

static void
run (sqlite3    *db,
     const char *sql)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
}

void
bare_commits_time (const char *dir,
                   double     *times,
                   guint       n)
{
  g_autofree char *path = g_build_filename (dir, "bare.db", NULL);
  sqlite3 *db;

  g_unlink (path);
  if (sqlite3_open (path, &db) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  run (db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)");
  for (guint i = 0; i < n; i++)
    {
      gint64 begin = g_get_monotonic_time ();

      run (db, "INSERT INTO t (b) VALUES ('one row')");
      times[i] = (double) (g_get_monotonic_time () - begin) / 1000;
    }
  sqlite3_close (db);
  g_unlink (path);
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

double
bare_commits_share (double *times,
                    guint   n,
                    guint   percent)
{
  qsort (times, n, sizeof *times, compare_doubles);
  return times[MIN (n - 1, n * percent / 100)];
}

static void
compare_share (const char *what,
               const char *which,
               double      edit,
               double      bare)
{
  double limit = TIMES * bare + MORE_MS;

  printf ("BENCH\t%s, %s\t%.2f ms, a bare commit %.2f ms\t≤ %.2f ms\t%s\n", what, which, edit, bare, limit,
          edit <= limit ? "ok" : "missed");
}

void
bare_commits_compare (const char *what,
                      double     *edits,
                      double     *bare,
                      guint       n)
{
  compare_share (what, "median", bare_commits_share (edits, n, 50), bare_commits_share (bare, n, 50));
  compare_share (what, "99 of 100", bare_commits_share (edits, n, 99), bare_commits_share (bare, n, 99));
}
