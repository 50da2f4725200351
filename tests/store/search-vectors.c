/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Puts tables of texts and searches to the query language, both as it matches in
 * memory and as a store of its own, with the texts as tickets, finds them.
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
#include "kip-clock.h"
#include "kip-query-plan.h"
#include "kip-text.h"
#include "store-fixture.h"

typedef struct
{
  KipStore *store;
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
finds_in_memory (const char *text,
                 const char *search)
{
  g_autofree char *folded = kip_text_fold (text);
  g_autoptr (KipQuery) query = kip_query_parse (search);
  g_autoptr (KipQueryPlan) plan = kip_query_plan_new (query, NULL, 0, NULL);

  return kip_query_matches (plan, &reads, folded);
}

/* ---- a ticket among others in a store ---- */

static gboolean
finds_in_store (KipStore   *store,
                KipId       ticket,
                const char *search)
{
  g_autoptr (KipQuery) query = kip_query_parse (search);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = kip_store_list (store, query, KIP_SORT_NUMBER, FALSE, kip_clock_now (), NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, KipId, i) == ticket)
      return TRUE;
  return FALSE;
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

/* Kip looks for the beginnings of words; who expects whole ones is told so. */
static const char *
explain (const char *text,
         const char *search,
         gboolean    found)
{
  g_autofree char *haystack = kip_text_fold (text);
  g_autofree char *needle = kip_text_fold (search);

  if (found && kip_text_matches (haystack, needle) && !kip_text_matches_phrase (haystack, needle, FALSE))
    return ": each word begins one of the text, and that is enough for Kip";
  return "";
}

static const char *
yes_or_no (gboolean yes)
{
  return yes ? "yes" : "no";
}

static void
run_row (const CsvRows *rows,
         guint          row,
         KipId          ticket,
         Tally         *tally)
{
  g_autofree char *text = get_exact (rows, row, "doc_text", "doc_codepoints");
  g_autofree char *query = get_exact (rows, row, "query", "query_codepoints");
  gboolean expected = strcmp (csv_rows_get (rows, row, "expected_match"), "yes") == 0;
  gboolean in_memory = finds_in_memory (text, query);
  gboolean in_store = finds_in_store (tally->store, ticket, query);

  if (in_memory == expected && in_store == expected)
    {
      tally->passed++;
      return;
    }
  tally->failed++;
  g_print ("%s: “%s” in “%s”: expected %s, got %s in memory and %s in the store%s\n", csv_rows_get (rows, row, "id"),
           query, text, yes_or_no (expected), yes_or_no (in_memory), yes_or_no (in_store), explain (text, query, in_store));
}

/* All texts first, so that each is looked for among the others. */
static void
run_rows (const CsvRows *rows,
          Tally         *tally)
{
  g_autofree KipId *tickets = g_new (KipId, rows->rows->len);

  for (guint row = 0; row < rows->rows->len; row++)
    {
      g_autofree char *text = get_exact (rows, row, "doc_text", "doc_codepoints");

      tickets[row] = add_ticket (tally->store, text, KIP_INSTANT_NONE);
    }
  for (guint row = 0; row < rows->rows->len; row++)
    run_row (rows, row, tickets[row], tally);
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
  run_rows (rows, tally);
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

/* FALSE: a table cannot be read. */
static gboolean
run_all (char      **paths,
         const char *shared,
         Tally      *tally)
{
  for (char **path = paths; path != NULL && *path != NULL; path++)
    if (!run_table (*path, tally))
      return FALSE;
  if (shared != NULL)
    run_shared (shared, tally);
  g_print ("%u passed, %u failed\n", tally->passed, tally->failed);
  return tally->passed + tally->failed > 0;
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
  Tally tally = { NULL, 0, 0 };
  Fixture fixture;
  gboolean ran;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  fixture_init (&fixture);
  tally.store = fixture.store;
  ran = run_all (paths, shared, &tally);
  fixture_clear (&fixture);
  return !ran ? 2 : tally.failed > 0 ? 1 : 0;
}
