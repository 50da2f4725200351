/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Puts tables of expected values to the SLA engine.
 *
 *   sla-vectors [--shared ROOT] DIR|FILE…
 *
 * Runs every CSV table whose columns it knows, prints one line for each row that
 * differs or is left out, then "N passed, N failed".  --shared adds the tables of
 * $KIP_SHARED/vectors, or of ROOT/../shared/vectors, where they exist.
 * Status: 0 all passed, 1 something failed, 2 nothing to run. */

#include <locale.h>
#include <string.h>

#include "vectors.h"

typedef struct
{
  guint passed;
  guint failed;
} Tally;

VectorCheck
vector_check_for (const CsvRows *rows)
{
  VectorCheck check = vector_ticket_check_for (rows);

  return check != NULL ? check : vector_calendar_check_for (rows);
}

/* What the table says about itself: "yes" in all the ways that are also ours. */
const char *
vector_left_out (const CsvRows *rows,
                 guint          row)
{
  const char *reproduced = csv_rows_get (rows, row, "reproduced");

  if (!csv_rows_has (rows, "reproduced") || strcmp (reproduced, "yes") == 0
      || strcmp (reproduced, "yes-elapsed") == 0 || strcmp (reproduced, "yes-zero-if-reversed") == 0)
    return vector_ticket_left_out (rows, row);
  if (strcmp (reproduced, "yes-wall") == 0)
    return "counts by the wall clock on a day with a clock change; we count elapsed time";
  return *csv_rows_get (rows, row, "note") != '\0' ? csv_rows_get (rows, row, "note") : "not reproduced";
}

static char *
row_name (const CsvRows *rows,
          guint          row)
{
  if (csv_rows_has (rows, "id"))
    return g_strdup (csv_rows_get (rows, row, "id"));
  return g_strdup_printf ("row %u", row + 1);
}

static const char *
why_not_ours (const CsvRows *rows)
{
  if (csv_rows_has (rows, "rule"))
    return "left out: bare working days, which Kip does not have";
  return "left out: not a table of calendars or clocks";
}

static void
run_file (const char *path,
          Tally      *tally)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsvRows) rows = csv_rows_read (path, &error);
  g_autofree char *base = g_path_get_basename (path);
  VectorCheck check = rows != NULL ? vector_check_for (rows) : NULL;

  if (check == NULL)
    {
      g_print ("%s: %s\n", base, rows == NULL ? error->message : why_not_ours (rows));
      return;
    }
  for (guint i = 0; i < rows->rows->len; i++)
    {
      g_autofree char *name = row_name (rows, i);
      const char *reason = vector_left_out (rows, i);
      g_autofree char *difference = reason == NULL ? check (rows, i) : NULL;

      if (reason != NULL)
        g_print ("%s: %s: left out: %s\n", base, name, reason);
      else if (difference != NULL)
        g_print ("%s: %s: %s\n", base, name, difference);
      tally->failed += difference != NULL;
      tally->passed += reason == NULL && difference == NULL;
    }
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
run_path (const char *path,
          Tally      *tally)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_print ("# %s\n", path);
  if (dir == NULL)
    {
      run_file (path, tally);
      return;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".csv"))
      g_ptr_array_add (names, g_build_filename (path, name, NULL));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    run_file (g_ptr_array_index (names, i), tally);
}

static void
run_shared (const char *root,
            Tally      *tally)
{
  const char *shared = g_getenv ("KIP_SHARED");
  g_autofree char *path = shared != NULL ? g_build_filename (shared, "vectors", NULL)
                                         : g_build_filename (root, "..", "shared", "vectors", NULL);

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    run_path (path, tally);
  else
    g_print ("# no shared vectors: only our own rows were run\n");
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *shared = NULL;
  g_auto (GStrv) paths = NULL;
  g_autoptr (GError) error = NULL;
  GOptionEntry entries[] = {
    { "shared", 0, 0, G_OPTION_ARG_FILENAME, &shared, "Also run the shared vectors beside ROOT", "ROOT" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, "DIR|FILE…" },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  Tally tally = { 0 };

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || paths == NULL)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "Say which folder or file to run.");
      return 2;
    }
  for (guint i = 0; paths[i] != NULL; i++)
    run_path (paths[i], &tally);
  if (shared != NULL)
    run_shared (shared, &tally);
  g_print ("%u passed, %u failed\n", tally.passed, tally.failed);
  if (tally.failed > 0)
    return 1;
  return tally.passed > 0 ? 0 : 2;
}
