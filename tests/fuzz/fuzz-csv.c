/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fuzz.h"

#include <string.h>

#include "kip-csv-reader.h"
#include "kip-import-column.h"
#include "kip-import-dates.h"
#include "kip-import-guess.h"

/* Any bytes as a table: reading ends, lines rise, cells are text, and a mapping can
 * be guessed that finds its columns again. */

static void
check_row (const KipCsvRow *row,
           KipCsvResult     result,
           guint            n_columns)
{
  g_assert_cmpint (result == KIP_CSV_REFUSED, ==, row->reason != NULL);
  if (result == KIP_CSV_REFUSED)
    return;
  g_assert_cmpuint (row->n_cells, ==, n_columns);
  for (guint i = 0; i < row->n_cells; i++)
    g_assert_true (g_utf8_validate (row->cells[i], -1, NULL));
}

static char **
copy_cells (const KipCsvRow *row)
{
  char **cells = g_new0 (char *, row->n_cells + 1);

  for (guint i = 0; i < row->n_cells; i++)
    cells[i] = g_strdup (row->cells[i]);
  return cells;
}

static void
read_all (KipCsvReader    *reader,
          KipImportSample *sample)
{
  guint n_columns = g_strv_length (sample->header);
  const KipCsvRow *row;
  KipCsvResult result;
  guint64 line = 0;

  while ((result = kip_csv_reader_next (reader, &row, NULL, NULL)) <= KIP_CSV_REFUSED)
    {
      check_row (row, result, n_columns);
      g_assert_cmpuint (row->line, >, line);
      line = row->line;
      if (result == KIP_CSV_ROW && sample->rows->len < 20)
        g_ptr_array_add (sample->rows, copy_cells (row));
    }
  g_assert_cmpuint (kip_csv_reader_get_line (reader), >=, line);
}

static void
check_guess (KipImportSample *sample)
{
  g_autoptr (KipImportMap) map = kip_import_guess (sample);
  g_autofree char *text = kip_import_map_to_text (map);
  g_autoptr (KipImportMap) again = kip_import_map_parse (text, NULL);
  g_autofree char *second = again != NULL ? kip_import_map_to_text (again) : NULL;

  g_assert_cmpstr (text, ==, second);
  for (guint i = 0; i < KIP_IMPORT_N_FIELDS; i++)
    {
      const char *source = kip_import_map_get_column (map, i);
      g_autoptr (KipImportColumn) column = NULL;

      if (source == NULL || kip_import_map_settings (map)->recognise != NULL)
        continue;
      column = kip_import_column_compile (source, (const char *const *) sample->header, NULL);
      g_assert_nonnull (column);
    }
}

static void
check_table (const guint8        *data,
             gsize                size,
             const KipCsvOptions *options)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  g_autoptr (KipCsvReader) reader = kip_csv_reader_new (stream, (gint64) size, options, NULL);
  const char *const *header = kip_csv_reader_get_header (reader, NULL, NULL);
  g_autoptr (KipImportSample) sample = NULL;

  if (header == NULL)
    return;
  sample = g_new0 (KipImportSample, 1);
  sample->header = g_strdupv ((char **) header);
  sample->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  read_all (reader, sample);
  if (g_strv_length (sample->header) < 100)
    check_guess (sample);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  KipCsvOptions bare = { .no_header = TRUE, .fill_short = TRUE, .max_cell = 16, .encoding = "windows-1258" };

  check_table (data, size, NULL);
  check_table (data, size, &bare);
  return 0;
}
