/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Puts tables of texts and searches to the query language.
 *
 *   search-vectors [--shared ROOT] FILE…
 *
 * A table has the columns doc_text, query and expected_match (yes or no), perhaps
 * id, and doc_codepoints and query_codepoints where the exact characters matter
 * ("004D 00E1 0079").  Prints one line for each row that differs, then
 * "N passed, N failed".  --shared adds the table of $KIP_SHARED/vectors, or of
 * ROOT/../shared/vectors, where there is one.
 * Status: 0 all passed, 1 something failed, 2 nothing to run. */

#include <locale.h>
#include <string.h>

#include "csv-rows.h"
#include "kip-query-plan.h"
#include "kip-text.h"

typedef struct
{
  guint passed;
  guint failed;
} Tally;

/* ---- a ticket that is nothing but its text ---- */

static gint64
get_int (gconstpointer ticket,
         KipQueryField field,
         gpointer      data)
{
  return KIP_QUERY_NO_INT;
}

static const char *
get_text (gconstpointer ticket,
          KipQueryField field,
          gpointer      data)
{
  return field == KIP_QUERY_TEXT ? ticket : NULL;
}

static gboolean
get_flag (gconstpointer ticket,
          KipQueryFlag  flag,
          gpointer      data)
{
  return FALSE;
}

static gint64
get_number (gconstpointer ticket,
            gpointer      data)
{
  return 0;
}

static const KipQueryAccess reads = { get_int, get_text, get_flag, get_number, NULL };

static gboolean
finds (const char *text,
       const char *search)
{
  g_autofree char *folded = kip_text_fold (text);
  g_autoptr (KipQuery) query = kip_query_parse (search);
  g_autoptr (KipQueryPlan) plan = kip_query_plan_new (query, NULL, 0, NULL);

  return kip_query_matches (plan, &reads, folded);
}

/* ---- tables ---- */

/* The cell of @column, or what its code points spell where they are given. */
static char *
get_exact (const CsvRows *rows,
           guint          row,
           const char    *column,
           const char    *points_column)
{
  g_auto (GStrv) points = g_strsplit (csv_rows_get (rows, row, points_column), " ", -1);
  GString *text = g_string_new (NULL);

  for (char **point = points; *point != NULL; point++)
    {
      guint64 c;

      if (g_ascii_string_to_unsigned (*point, 16, 1, 0x10FFFF, &c, NULL))
        g_string_append_unichar (text, (gunichar) c);
    }
  if (text->len == 0)
    g_string_append (text, csv_rows_get (rows, row, column));
  return g_string_free (text, FALSE);
}

static void
run_row (const CsvRows *rows,
         guint          row,
         Tally         *tally)
{
  g_autofree char *text = get_exact (rows, row, "doc_text", "doc_codepoints");
  g_autofree char *query = get_exact (rows, row, "query", "query_codepoints");
  gboolean expected = strcmp (csv_rows_get (rows, row, "expected_match"), "yes") == 0;

  if (finds (text, query) == expected)
    {
      tally->passed++;
      return;
    }
  tally->failed++;
  g_print ("%s: “%s” in “%s”: expected %s, got %s\n", csv_rows_get (rows, row, "id"), query, text,
           expected ? "yes" : "no", expected ? "no" : "yes");
}

static gboolean
run_table (const char *path,
           Tally      *tally)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CsvRows) rows = csv_rows_read (path, &error);

  if (rows == NULL)
    {
      g_printerr ("%s: %s\n", path, error->message);
      return FALSE;
    }
  if (!csv_rows_has (rows, "doc_text") || !csv_rows_has (rows, "query") || !csv_rows_has (rows, "expected_match"))
    {
      g_printerr ("%s: the columns doc_text, query and expected_match are needed\n", path);
      return FALSE;
    }
  g_print ("%s: %u rows\n", path, rows->rows->len);
  for (guint row = 0; row < rows->rows->len; row++)
    run_row (rows, row, tally);
  return TRUE;
}

static void
run_shared (const char *root,
            Tally      *tally)
{
  const char *shared = g_getenv ("KIP_SHARED");
  g_autofree char *path = shared != NULL ? g_build_filename (shared, "vectors", "vi_search.csv", NULL)
                                         : g_build_filename (root, "..", "shared", "vectors", "vi_search.csv", NULL);

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      g_print ("%s: not here\n", path);
      return;
    }
  if (!run_table (path, tally))
    tally->failed++;
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *shared = NULL;
  g_auto (GStrv) paths = NULL;
  g_autoptr (GOptionContext) context = g_option_context_new ("FILE…");
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "shared", 0, 0, G_OPTION_ARG_FILENAME, &shared, "Add the shared table, where there is one", "ROOT" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, NULL },
    { NULL }
  };
  Tally tally = { 0, 0 };

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  for (char **path = paths; path != NULL && *path != NULL; path++)
    if (!run_table (*path, &tally))
      return 2;
  if (shared != NULL)
    run_shared (shared, &tally);
  g_print ("%u passed, %u failed\n", tally.passed, tally.failed);
  if (tally.passed + tally.failed == 0)
    return 2;
  return tally.failed > 0 ? 1 : 0;
}
