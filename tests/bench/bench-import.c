/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The import of the real incident log (141,712 rows, 24,918 tickets) beside what the sqlite3
 * program takes to .import the same file into one indexed table with the same durability
 * (WAL, synchronous=FULL), in turns; the median of what each turn gives, for other programs
 * may be running.  Without the log, one of the
 * same size made here.  --check fails above three times. */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "fold-rate.h"
#include "kip-importer.h"
#include "kip-trickle.h"
#include "store-fixture.h"

#define ROUNDS 5
#define GOAL 3.0

static const char header[] =
  "number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,caller_id,opened_by,opened_at,"
  "sys_created_by,sys_created_at,sys_updated_by,sys_updated_at,contact_type,location,category,subcategory,u_symptom,"
  "cmdb_ci,impact,urgency,priority,assignment_group,assigned_to,knowledge,u_priority_confirmation,notify,problem_id,"
  "rfc,vendor,caused_by,closed_code,resolved_by,resolved_at,closed_at";

/* Six events for each of 23,619 tickets, with as many people and groups as the real log has. */
static GBytes *
make_log (void)
{
  static const char *const states[] = { "New", "Active", "Awaiting User Info", "Active", "Resolved", "Closed" };
  g_autoptr (GString) text = g_string_new (header);
  g_autoptr (GRand) rand = g_rand_new_with_seed (20160301);

  g_string_append_c (text, '\n');
  for (guint i = 0; i < 141714; i++)
    g_string_append_printf (text, "INC%07u,%s,true,0,0,%u,true,%u,17,2016-03-%02uT08:%02u,6,2016-03-01T08:23,%u,2016-03-%02uT%02u:23,"
                            "Phone,%u,%u,%u,%u,,2,2,3,%u,%u,true,false,Do Not Notify,,,,,5,%u,2016-03-28T11:29,2016-03-29T12:00\n",
                            i / 6, states[i % 6], i % 6, i / 30, 1 + i / 6 % 28, i % 60, (guint) g_rand_int_range (rand, 1, 850),
                            1 + i / 6 % 28, 9 + i % 6, i / 6 % 200, i / 6 % 50, i / 6 % 250, i / 6 % 500, i / 12 % 78,
                            i / 12 % 230, i / 12 % 210);
  return g_bytes_new (text->str, text->len);
}

static GBytes *
unzip (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GInputStream) raw = G_INPUT_STREAM (g_file_read (file, NULL, NULL));
  g_autoptr (GConverter) unzip = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_autoptr (GInputStream) plain = g_converter_input_stream_new (raw, unzip);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  g_output_stream_splice (memory, plain, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error);
  g_assert_no_error (error);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static char *
write_log (const char *dir)
{
  g_autofree char *shared = kip_test_shared ("data/uci_incident_event_log.csv.gz");
  g_autoptr (GBytes) bytes = shared != NULL ? unzip (shared) : make_log ();
  char *path = g_build_filename (dir, "log.csv", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
  g_print ("data %s\n", shared != NULL ? shared : "made here");
  return path;
}

static double
seconds_since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
}

/* What a core did for @who, in seconds. */
static double
cpu_of (int who)
{
  struct rusage usage;

  getrusage (who, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
         + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / G_USEC_PER_SEC;
}

static double
time_sqlite (const char *dir,
             const char *csv)
{
  g_autofree char *database = g_build_filename (dir, "table.db", NULL);
  g_autofree char *wal = g_strconcat (database, "-wal", NULL);
  g_autofree char *table = g_strdup_printf ("CREATE TABLE log (%s)", header);
  g_autofree char *import = g_strdup_printf (".import --csv --skip 1 \"%s\" log", csv);
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GSubprocess) sqlite = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, "sqlite3", database,
                                                     "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", table,
                                                     "CREATE INDEX log_number ON log (number)", import, NULL);

  g_assert_no_error (error);
  g_subprocess_wait_check (sqlite, NULL, &error);
  g_assert_no_error (error);
  g_unlink (database);
  g_unlink (wal);
  return seconds_since (start);
}

/* @whole: until the search index, which follows the commits, has caught up as well.
 * @folds: then says how fast all of it is folded again. */
static double
time_kip (const char *csv,
          gboolean    folds,
          double     *whole)
{
  Fixture fixture;
  g_autoptr (GFile) file = g_file_new_for_path (csv);
  g_autoptr (GError) error = NULL;
  g_autoptr (KipImportMap) map = kip_import_map_load ("uci-incident-log", &error);
  g_autoptr (KipImportReport) report = NULL;
  double seconds;
  gint64 start;

  g_assert_no_error (error);
  fixture_init (&fixture);
  start = g_get_monotonic_time ();
  report = kip_importer_run (fixture.store, file, map, NULL, NULL, NULL, &error);
  seconds = seconds_since (start);
  g_assert_no_error (error);
  g_assert_cmpuint (report->n_new, >, 23000);
  g_assert_cmpuint (report->n_refused, ==, 0);
  kip_store_close (fixture.store);
  *whole = seconds_since (start);
  if (folds)
    {
      fixture_reopen (&fixture);
      fold_rate_print (fixture.store, "of the incident log");
    }
  g_clear_object (&fixture.store);
  fixture_clear (&fixture);
  return seconds;
}

static int
compare (const void *a,
         const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
median (double *values)
{
  qsort (values, ROUNDS, sizeof *values, compare);
  return values[ROUNDS / 2];
}

int
main (int   argc,
      char *argv[])
{
  gboolean check = argc > 1 && strcmp (argv[1], "--check") == 0;
  g_autofree char *dir = g_dir_make_tmp ("kip-bench-XXXXXX", NULL);
  g_autofree char *csv = write_log (dir);
  double sqlite[ROUNDS], kip[ROUNDS], whole[ROUNDS], ratios[ROUNDS], ratio;

  for (guint i = 0; i < ROUNDS; i++)
    {
      sqlite[i] = time_sqlite (dir, csv);
      kip[i] = time_kip (csv, FALSE, &whole[i]);
      ratios[i] = kip[i] / sqlite[i];
    }
  g_print ("BENCH\ta core's time for both, index and closing included\t%.2f and %.2f s, %.2f x\t-\t-\n", cpu_of (RUSAGE_CHILDREN) / ROUNDS,
           cpu_of (RUSAGE_SELF) / ROUNDS, cpu_of (RUSAGE_SELF) / cpu_of (RUSAGE_CHILDREN));
  ratio = median (ratios);
  g_print ("BENCH\tsqlite3 .import of the incident log\t%.2f s\t-\t-\n", median (sqlite));
  g_print ("BENCH\timport of the incident log\t%.2f s, %.2f x sqlite3\t<= %.0f x\t%s\n", median (kip), ratio, GOAL,
           ratio <= GOAL ? "ok" : "missed");
  g_print ("BENCH\timport of the incident log, search index included\t%.2f s\t-\t-\n", median (whole));
  time_kip (csv, TRUE, &whole[0]);
  remove_tree (dir);
  return check && ratio > GOAL ? 1 : 0;
}
