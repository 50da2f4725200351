/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fold-rate.h"

#include <sqlite3.h>
#include <time.h>

static gint64
count_events (KipStore *store)
{
  g_autofree char *path = g_build_filename (kip_store_get_dir (store), "kip.db", NULL);
  sqlite3_stmt *stmt;
  sqlite3 *db;
  gint64 n;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK
      || sqlite3_prepare_v2 (db, "SELECT count(*) FROM event", -1, &stmt, NULL) != SQLITE_OK
      || sqlite3_step (stmt) != SQLITE_ROW)
    g_error ("%s", sqlite3_errmsg (db));
  n = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return n;
}

typedef struct
{
  gint64 begin, folded;         /* monotonic */
  double cpu_begin, cpu_folded; /* seconds of a core that this program had */
} Watch;

static double
cpu_now (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

/* The first six tenths of a rebuild are the fold. */
static void
progress_cb (double   fraction,
             gpointer data)
{
  Watch *watch = data;

  if (watch->folded == 0 && fraction >= 0.7)
    {
      watch->folded = g_get_monotonic_time ();
      watch->cpu_folded = cpu_now ();
    }
}

void
fold_rate_print (KipStore   *store,
                 const char *what)
{
  Watch watch = { g_get_monotonic_time (), 0, cpu_now (), 0 };
  g_autoptr (GError) error = NULL;
  double seconds, rate, events;

  if (!kip_store_rebuild (store, progress_cb, &watch, NULL, &error))
    g_error ("%s", error->message);
  g_print ("BENCH\ta whole rebuild, the search index included, %s\t%.1f s\t-\t-\n", what,
           (double) (g_get_monotonic_time () - watch.begin) / G_USEC_PER_SEC);
  seconds = (double) (watch.folded - watch.begin) / G_USEC_PER_SEC;
  events = (double) count_events (store);
  rate = events / (watch.cpu_folded - watch.cpu_begin);
  /* By what it had of a core: other programs may be running. */
  g_print ("BENCH\tevents folded, projected and compared, %s\t%.0f a second of a core, %.0f by the clock\t>= 200000 a second\t%s\n",
           what, rate, events / seconds, rate >= 200000 ? "ok" : "missed");
}
