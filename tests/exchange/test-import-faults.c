/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "import-fixture.h"
#include "kip-error.h"
#include "kip-trickle.h"

#define INI "[import]\nshape=events\n[columns]\nkey=no\ntime=at\nstatus=state\nrequester=who\nassignee=agent\n"
#define N_TICKETS 6000

static char *
log_text (void)
{
  GString *csv = g_string_new ("no,at,state,who,agent\n");

  for (guint i = 0; i < N_TICKETS; i++)
    g_string_append_printf (csv,
                            "K%u,2026-03-02 08:00,new,Person %u,\nK%u,2026-03-02 09:00,open,Person %u,Agent %u\n"
                            "K%u,2026-03-02 10:00,resolved,Person %u,Agent %u\n",
                            i, i % 300, i, i % 300, i % 9, i, i % 300, i % 9);
  return g_string_free (csv, FALSE);
}

/* ---- the one that is killed ---- */

static void
tell_parent (double   fraction,
             gpointer data)
{
  g_print ("%c", fraction < 0.3 ? 'r' : 'w');
}

/* --import DIR FILE: says a letter for each step. */
static int
import_for_parent (const char *dir,
                   const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KipStore) store = kip_store_open (dir, &error);
  g_autoptr (KipImportMap) map = kip_import_map_parse (INI, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (KipImportReport) report = NULL;

  g_assert_no_error (error);
  report = kip_importer_run (store, file, map, tell_parent, NULL, NULL, &error);
  g_assert_no_error (error);
  kip_store_close (store);
  return report->stopped == NULL ? 0 : 1;
}

/* Starts an import in another process and kills it when it has said @step letters "w". */
static void
import_and_kill (const char *program,
                 Fixture    *fixture,
                 GFile      *file,
                 guint       step)
{
  g_autofree char *path = g_file_get_path (file);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                                    program, "--import", fixture->dir, path, NULL);
  GInputStream *said = child != NULL ? g_subprocess_get_stdout_pipe (child) : NULL;
  guint seen = 0;
  char letter;

  g_assert_no_error (error);
  while (seen < step && g_input_stream_read (said, &letter, 1, NULL, NULL) == 1)
    seen += letter == 'w';
  g_subprocess_force_exit (child);
  g_subprocess_wait (child, NULL, &error);
  g_assert_no_error (error);
}

static guint
count_tickets (KipStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = kip_store_list (store, NULL, KIP_SORT_NUMBER, FALSE, 0, NULL, &error);

  g_assert_no_error (error);
  return ids->len;
}

/* Killed at any step: the office is whole, and importing again brings in the rest, once. */
static void
test_kill (gconstpointer data)
{
  const char *program = data;

  for (guint step = 0; step <= 6; step += 2)
    {
      Fixture fixture;
      g_autofree char *csv = log_text ();
      g_autoptr (GFile) file = NULL;
      g_autoptr (KipImportMap) map = kip_import_map_parse (INI, NULL);
      g_autoptr (KipImportReport) report = NULL;
      g_autoptr (GError) error = NULL;
      guint before;

      fixture_init (&fixture);
      file = write_table (&fixture, "log.csv", csv);
      kip_store_close (fixture.store);
      g_clear_object (&fixture.store);
      import_and_kill (program, &fixture, file, step);
      fixture_reopen (&fixture);
      assert_whole (fixture.store);
      before = count_tickets (fixture.store);
      g_test_message ("killed at step %u: %u tickets are in", step, before);
      g_assert_cmpuint (before, >=, step > 1 ? (step - 1) * 900 : 0);
      report = kip_importer_run (fixture.store, file, map, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (report->n_new + report->n_known, ==, N_TICKETS);
      g_assert_cmpuint (report->n_updated, ==, 0);
      g_assert_cmpuint (count_tickets (fixture.store), ==, N_TICKETS);
      if (step == 4)
        assert_rebuilds_same (fixture.store);
      fixture_clear (&fixture);
    }
}

/* A file that breaks off brings in nothing at all. */
static void
test_torn_file (void)
{
  Fixture fixture;
  g_autofree char *csv = log_text ();
  g_autoptr (GBytes) bytes = g_bytes_new (csv, strlen (csv));
  g_autoptr (GBytes) zipped = kip_test_gzip (bytes);
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (KipImportMap) map = kip_import_map_parse (INI, NULL);
  g_autoptr (GError) error = NULL;

  fixture_init (&fixture);
  path = g_build_filename (fixture.dir, "torn.csv.gz", NULL);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (zipped, NULL), (gssize) g_bytes_get_size (zipped) / 2, NULL));
  file = g_file_new_for_path (path);
  g_assert_null (kip_importer_run (fixture.store, file, map, NULL, NULL, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_CORRUPT);
  g_assert_cmpuint (count_tickets (fixture.store), ==, 0);
  fixture_clear (&fixture);
}

/* Rows of every kind of nonsense between good ones: the good ones come in. */
static void
test_nonsense (void)
{
  static const char nonsense[] =
    "no,at,state,who,agent\n"
    "1,2026-03-02 08:00,new,Lan,\n"
    "2,\"2026-03-02 08:00,new,never closed\n"
    "3,2026-03-02 08:00,new,Lan,\n"
    "4,2026-03-02 08:00\n"
    "\n"
    ",,,,\n"
    "5,not a time,new,Lan,\n"
    "6,2026-03-02 08:00,\xff\xfe\xff,Lan,\n"
    "7,2026-03-02 08:00,new,Lan,,extra\n"
    "8,9999999999999999999-01-01,new,Lan,\n"
    "9,2026-03-02 08:00,new,Lan,\n";
  Fixture fixture;
  g_autoptr (KipImportReport) report = NULL;

  fixture_init (&fixture);
  report = import_text (&fixture, INI, nonsense);
  g_assert_cmpuint (report->n_new, ==, 4);
  g_assert_cmpuint (report->n_refused, ==, 5);
  assert_whole (fixture.store);
  fixture_clear (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 4 && strcmp (argv[1], "--import") == 0)
    return import_for_parent (argv[2], argv[3]);
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/import-faults/kill", argv[0], test_kill);
  g_test_add_func ("/import-faults/torn-file", test_torn_file);
  g_test_add_func ("/import-faults/nonsense", test_nonsense);
  return g_test_run ();
}
