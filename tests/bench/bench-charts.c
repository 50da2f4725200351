/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* bench-charts [--tickets N] [--parts] [--quick]: everything the charts window shows, from the question to
 * the last chart, beside what plain SQL aggregates need for the figures that SQL can
 * express: on the same file, through SQLite itself, in the same run (--quick: without it). */

#include "big-office.h"

#include "kip-board.h"
#include "kip-chart-layout.h"
#include "kip-clock.h"
#include "kip-fact-cache.h"

#include <locale.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <time.h>

#define REPEATS 5

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
median (double *times,
        guint   n)
{
  qsort (times, n, sizeof *times, compare_doubles);
  return times[n / 2];
}

static double
since_ms (gint64 begin)
{
  return (double) (g_get_monotonic_time () - begin) / 1000;
}

/* What the processor did for us, whoever else is at work on this machine. */
static double
cpu_ms (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double) time.tv_sec * 1000 + (double) time.tv_nsec / 1e6;
}

/* ---- the yardstick ---- */

/* The window's figures, as far as one statement each can say them: counts, shares and
 * means by day or week of the range, of the range before it, and by what else is drawn.
 * ?1 … ?2 is the range, ?3 … ?1 the one before, in ms; +7 h is the office's zone. */
#define DAY(column) "(" #column " + 25200000) / 86400000"
#define COUNTS "hidden = 0"
static const char *const statements[] = {
  "SELECT " DAY (received) ", count(*) FROM ticket WHERE " COUNTS " AND received >= ?1 AND received < ?2 GROUP BY 1",
  "SELECT " DAY (resolved) ", count(*) FROM ticket WHERE " COUNTS " AND resolved >= ?1 AND resolved < ?2 GROUP BY 1",
  "SELECT count(*) FROM ticket WHERE " COUNTS " AND received >= ?3 AND received < ?1",
  "SELECT count(*) FROM ticket WHERE " COUNTS " AND resolved >= ?3 AND resolved < ?1",
  "SELECT count(*) FROM ticket WHERE " COUNTS " AND received < ?2 AND (resolved IS NULL OR resolved >= ?2)",
  "SELECT count(*) FROM ticket WHERE " COUNTS " AND received < ?1 AND (resolved IS NULL OR resolved >= ?1)",
  "SELECT " DAY (received) ", count(*), sum(response_state = 3), avg(first_response - received) FROM ticket WHERE " COUNTS
  " AND received >= ?1 AND received < ?2 AND first_response IS NOT NULL GROUP BY 1",
  "SELECT count(*), sum(response_state = 3), avg(first_response - received) FROM ticket WHERE " COUNTS
  " AND received >= ?3 AND received < ?1 AND first_response IS NOT NULL",
  "SELECT " DAY (resolved) ", count(*), sum(resolution_state = 3), avg(resolved - received) FROM ticket WHERE " COUNTS
  " AND resolved >= ?1 AND resolved < ?2 GROUP BY 1",
  "SELECT count(*), sum(resolution_state = 3), avg(resolved - received) FROM ticket WHERE " COUNTS
  " AND resolved >= ?3 AND resolved < ?1",
  "SELECT " DAY (received) " / 7, count(*), sum(update_state = 3) FROM ticket WHERE " COUNTS " AND received >= ?1 AND received < ?2 GROUP BY 1",
  "SELECT " DAY (resolved) ", count(*), sum(survey >= 4), sum(survey > 0) FROM ticket WHERE " COUNTS
  " AND resolved >= ?1 AND resolved < ?2 GROUP BY 1",
  "SELECT count(*), sum(survey >= 4), sum(survey > 0) FROM ticket WHERE " COUNTS " AND resolved >= ?3 AND resolved < ?1",
  "SELECT " DAY (resolved) ", count(*), sum(reopened) FROM ticket WHERE " COUNTS " AND resolved >= ?1 AND resolved < ?2 GROUP BY 1",
  "SELECT count(*), sum(reopened) FROM ticket WHERE " COUNTS " AND resolved >= ?3 AND resolved < ?1",
  "SELECT assignee, count(*), sum(resolution_state = 4), sum(reopened), sum(survey >= 4), sum(survey > 0) FROM ticket WHERE " COUNTS
  " AND resolved >= ?1 AND resolved < ?2 GROUP BY 1",
  "SELECT assignee, count(*) FROM ticket WHERE " COUNTS " AND phase < 5 GROUP BY 1",
  "SELECT category, count(*) FROM ticket WHERE " COUNTS " AND received >= ?1 AND received < ?2 GROUP BY 1",
  "SELECT (received + 25200000) / 3600000 % 168, count(*) FROM ticket WHERE " COUNTS " AND received >= ?1 AND received < ?2 GROUP BY 1",
  "SELECT phase, min(4, (?2 - received) / 604800000), count(*) FROM ticket WHERE " COUNTS " AND phase < 5 AND received < ?2 GROUP BY 1, 2",
  "SELECT cause, count(*) FROM ticket AS t JOIN ticket_row AS r ON r.slot = t.slot WHERE t." COUNTS
  " AND resolved >= ?1 AND resolved < ?2 AND (response_state = 4 OR resolution_state = 4) GROUP BY 1",
};

static void
run_statement (sqlite3        *db,
               const char     *sql,
               const KipRange *range,
               KipInstant      before)
{
  sqlite3_stmt *stmt;
  int rc;

  if (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  sqlite3_bind_int64 (stmt, 1, range->from);
  sqlite3_bind_int64 (stmt, 2, range->to);
  if (sqlite3_bind_parameter_count (stmt) >= 3)
    sqlite3_bind_int64 (stmt, 3, before);
  while ((rc = sqlite3_step (stmt)) == SQLITE_ROW)
    ;
  if (rc != SQLITE_DONE)
    g_error ("%s", sqlite3_errmsg (db));
  sqlite3_finalize (stmt);
}

static double
time_sql (sqlite3        *db,
          const KipRange *range,
          KipInstant      before)
{
  double times[REPEATS];

  for (guint i = 0; i < REPEATS; i++)
    {
      gint64 begin = g_get_monotonic_time ();

      for (guint s = 0; s < G_N_ELEMENTS (statements); s++)
        run_statement (db, statements[s], range, before);
      times[i] = since_ms (begin);
    }
  return median (times, REPEATS);
}

/* ---- the window's work ---- */

typedef struct
{
  KipStore     *store;
  KipFactCache *cache;
  GTimeZone    *zone;
  double        hold_ms, study_ms, board_ms, cpu_ms;
  gboolean      parts, quick;
} Bench;

static void
make_charts (const Bench    *bench,
             const KipStudy *study,
             KipBy           by)
{
  g_autoptr (GPtrArray) tiles = NULL;
  g_autoptr (GPtrArray) charts = NULL;

  for (guint i = 0; i < KIP_N_BOARD_CHARTS && bench->parts; i++)
    {
      double begin = cpu_ms ();

      kip_chart_unref (kip_board_make (study, (KipBoardChart) i, by, TRUE));
      g_print ("  %s %.1f ms cpu\n", kip_board_chart_key ((KipBoardChart) i), cpu_ms () - begin);
    }
  for (guint m = 0; m < KIP_N_MEASURES && bench->parts; m++)
    {
      double begin = cpu_ms ();

      g_array_unref (kip_measure_compute ((KipMeasure) m, &study->scope, KIP_BY_AGENT));
      g_print ("  %s by agent %.1f ms cpu\n", kip_measure_info ((KipMeasure) m)->key, cpu_ms () - begin);
    }
  kip_board_make_all (study, by, TRUE, NULL, &tiles, &charts);
}

/* What a question asks for, without the drawing. */
static double
ask (Bench          *bench,
     const KipRange *range,
     const char     *filter,
     KipInstant      since,
     const GArray   *changed)
{
  g_autoptr (KipQuery) query = kip_query_parse (filter);
  g_autoptr (GError) error = NULL;
  gint64 begin = g_get_monotonic_time (), then = begin;
  double cpu = cpu_ms ();
  KipFactTable *table = kip_fact_cache_hold (bench->cache, bench->store, since, changed, FALSE, NULL, &error);
  KipBy by = kip_range_choose_by (range, bench->zone);
  KipStudy *study;

  if (table == NULL)
    g_error ("%s", error->message);
  bench->hold_ms = since_ms (then);
  then = g_get_monotonic_time ();
  study = kip_study_new (bench->store, table, kip_fact_cache_get_ledger (bench->cache, bench->zone, kip_clock_now ()), query, range, FALSE, kip_clock_now (), NULL, &error);
  if (study == NULL)
    g_error ("%s", error->message);
  study->is_partial = since != KIP_INSTANT_NONE;
  bench->study_ms = since_ms (then);
  then = g_get_monotonic_time ();
  make_charts (bench, study, by);
  bench->board_ms = since_ms (then);
  kip_study_free (study);
  kip_fact_cache_release (bench->cache);
  bench->cpu_ms = cpu_ms () - cpu;
  return since_ms (begin);
}

static void
tell (const char *what,
      double      ms,
      double      bound,
      const char *more)
{
  g_print ("BENCH\tcharts: %s\t%.1f ms%s%s\t<= %.0f ms\t%s\n", what, ms, *more != '\0' ? "; " : "", more, bound, ms <= bound ? "ok" : "missed");
}

static double
time_ask (Bench          *bench,
          const KipRange *range,
          const char     *filter)
{
  double times[REPEATS];

  for (guint i = 0; i < REPEATS; i++)
    times[i] = ask (bench, range, filter, KIP_INSTANT_NONE, NULL);
  return median (times, REPEATS);
}

static void
measure_range (Bench          *bench,
               sqlite3        *db,
               const char     *name,
               const KipRange *range)
{
  KipInstant before = kip_range_shift (range, -1, bench->zone).from;
  double ours = time_ask (bench, range, ""), sql = bench->quick ? 0 : time_sql (db, range, before);
  g_autofree char *what = g_strdup_printf ("all figures of %s", name);
  g_autofree char *more = g_strdup_printf ("%.1f ms cpu; SQL %.1f ms, ratio %.2f (at most 2)", bench->cpu_ms, sql, ours / sql);

  tell (what, ours, 250, more);
}

/* The kind of chart that takes longest to draw, on a picture of its size. */
static void
measure_drawing (Bench          *bench,
                 const KipRange *range)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KipQuery) query = kip_query_parse ("");
  KipFactTable *table = kip_fact_cache_hold (bench->cache, bench->store, KIP_INSTANT_NONE, NULL, FALSE, NULL, &error);
  KipStudy *study = kip_study_new (bench->store, table, kip_fact_cache_get_ledger (bench->cache, bench->zone, kip_clock_now ()), query, range, FALSE, kip_clock_now (), NULL, &error);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 560, 260);
  double slowest = 0;
  KipChartTheme theme;

  kip_chart_theme_init (&theme, FALSE, FALSE, 1);
  for (guint i = 0; i < KIP_N_BOARD_CHARTS; i++)
    {
      g_autoptr (KipChart) chart = kip_board_make (study, (KipBoardChart) i, KIP_BY_DAY, TRUE);
      double times[REPEATS];

      for (guint r = 0; r < REPEATS; r++)
        {
          gint64 begin = g_get_monotonic_time ();
          g_autoptr (KipChartLayout) layout = kip_chart_layout_new (chart, &theme, 560, 260);
          cairo_t *cr = cairo_create (surface);

          kip_chart_draw (layout, cr, -1, -1);
          cairo_destroy (cr);
          times[r] = since_ms (begin);
        }
      slowest = MAX (slowest, median (times, REPEATS));
    }
  cairo_surface_destroy (surface);
  kip_study_free (study);
  kip_fact_cache_release (bench->cache);
  tell ("laying out and drawing the slowest chart", slowest, 4, "");
}

/* What is still to be indexed would share the processor with what is measured. */
static void
wait_for_index (KipStore *store)
{
  g_autoptr (KipQuery) words = kip_query_parse ("zzyzx");
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) none = kip_store_list (store, words, KIP_SORT_NUMBER, FALSE, kip_clock_now (), NULL, &error);

  if (none == NULL)
    g_error ("%s", error->message);
}

static void
measure_filter (Bench          *bench,
                const KipRange *range,
                const char     *filter)
{
  double ms = time_ask (bench, range, filter);
  g_autofree char *what = g_strdup_printf ("a month, filter %s", filter);
  g_autofree char *more = g_strdup_printf ("study %.1f, %.1f ms cpu", bench->study_ms, bench->cpu_ms);

  tell (what, ms, 250, more);
}

static void
measure_all (Bench   *bench,
             sqlite3 *db)
{
  KipInstant now = kip_clock_now ();
  KipRange month = kip_range_last_days (30, now, bench->zone), quarter = kip_range_last_days (90, now, bench->zone);
  KipRange year = kip_range_last_days (365, now, bench->zone), all = kip_range_last_days (730, now, bench->zone);
  KipInstant since = kip_range_shift (&month, -1, bench->zone).from - 31 * KIP_MS_PER_DAY;
  g_autofree char *more = NULL;
  g_autofree char *parts = NULL;
  g_autofree char *change = NULL;
  g_autoptr (GArray) changed = g_array_new (FALSE, FALSE, sizeof (KipId));
  KipId some;
  double ms;

  ms = ask (bench, &month, "", since, NULL);
  more = g_strdup_printf ("reading %.1f, study %.1f, board %.1f, %.1f ms cpu", bench->hold_ms, bench->study_ms,
                          bench->board_ms, bench->cpu_ms);
  tell ("opening: a month, read as far as it needs", ms, 300, more);
  ms = ask (bench, &month, "", KIP_INSTANT_NONE, NULL);
  parts = g_strdup_printf ("reading %.1f, study %.1f, board %.1f, %.1f ms cpu", bench->hold_ms, bench->study_ms,
                           bench->board_ms, bench->cpu_ms);
  tell ("then all that ever was", ms, 3000, parts);
  measure_range (bench, db, "a month", &month);
  measure_range (bench, db, "a quarter", &quarter);
  measure_range (bench, db, "a year", &year);
  measure_range (bench, db, "two years", &all);
  measure_filter (bench, &month, "priority:high");
  measure_filter (bench, &month, "is:open");
  measure_filter (bench, &month, "channel:phone");
  measure_filter (bench, &month, "may in");
  some = kip_fact_cache_hold (bench->cache, bench->store, KIP_INSTANT_NONE, NULL, FALSE, NULL, NULL)->id[17];
  kip_fact_cache_release (bench->cache);
  g_array_append_val (changed, some);
  ms = ask (bench, &month, "", KIP_INSTANT_NONE, changed);
  change = g_strdup_printf ("reading %.1f, study %.1f, board %.1f, %.1f ms cpu", bench->hold_ms, bench->study_ms,
                            bench->board_ms, bench->cpu_ms);
  tell ("one ticket changed", ms, 50, change);
  measure_drawing (bench, &month);
}

int
main (int   argc,
      char *argv[])
{
  int tickets = 100000;
  gboolean parts = FALSE, quick = FALSE;
  const GOptionEntry entries[] = {
    { "tickets", 0, 0, G_OPTION_ARG_INT, &tickets, NULL, NULL },
    { "parts", 0, 0, G_OPTION_ARG_NONE, &parts, NULL, NULL },
    { "quick", 0, 0, G_OPTION_ARG_NONE, &quick, NULL, NULL },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autofree char *dir = NULL;
  g_autofree char *path = NULL;
  Bench bench = { 0 };
  sqlite3 *db;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL))
    return 2;
  bench.store = big_office_open ((guint) tickets);
  bench.parts = parts;
  bench.quick = quick;
  bench.cache = kip_fact_cache_new ();
  bench.zone = kip_office_zone (bench.store);
  dir = big_office_dir ((guint) tickets);
  path = g_build_filename (dir, "kip.db", NULL);
  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
    g_error ("%s cannot be opened", path);
  wait_for_index (bench.store);
  g_print ("BENCH\tcharts: tickets\t%d\t-\t-\n", tickets);
  measure_all (&bench, db);
  sqlite3_close (db);
  kip_fact_cache_unref (bench.cache);
  g_time_zone_unref (bench.zone);
  kip_store_close (bench.store);
  g_object_unref (bench.store);
  return 0;
}
