/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "kip-csv-reader.h"
#include "kip-csv-writer.h"
#include "kip-trickle.h"

/* Pieces of which cells are made: what breaks readers. */
static const char *const pieces[] = {
  "a", "b", " ", ",", ";", "\t", "|", "\"", "\"\"", "\n", "=", "-1", "0", "\xc4\x91", "\xe1\xba\xbf",
  "\xf0\x9f\x94\xa5", "'", "sep=", "\\", "x y",
};

static char *
random_cell (void)
{
  GString *cell = g_string_new (NULL);
  int n = g_test_rand_int_range (0, 6);

  for (int i = 0; i < n; i++)
    g_string_append (cell, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
  return g_string_free (cell, FALSE);
}

static GBytes *
write_table (GPtrArray *cells,
             guint      n_columns,
             char       delimiter)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (KipCsvWriter) writer = kip_csv_writer_new (stream, delimiter, KIP_CSV_WRITE_PLAIN);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < cells->len; i++)
    {
      kip_csv_writer_cell (writer, cells->pdata[i]);
      if (i % n_columns == n_columns - 1)
        kip_csv_writer_end_row (writer, NULL, &error);
      g_assert_no_error (error);
    }
  kip_csv_writer_close (writer, NULL, &error);
  g_assert_no_error (error);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

static gboolean
row_is_blank (GPtrArray *cells,
              guint      row,
              guint      n_columns)
{
  for (guint i = 0; i < n_columns; i++)
    if (*(const char *) cells->pdata[row * n_columns + i] != '\0')
      return FALSE;
  return TRUE;
}

static void
compare (GBytes    *bytes,
         GPtrArray *cells,
         guint      n_columns,
         char       delimiter)
{
  g_autoptr (GInputStream) stream = kip_trickle_new (bytes, (gsize) g_test_rand_int_range (1, 200), G_MAXSIZE);
  KipCsvOptions options = { .delimiter = delimiter };
  g_autoptr (KipCsvReader) reader = kip_csv_reader_new (stream, -1, &options, NULL);
  const KipCsvRow *row;

  for (guint r = 1; r < cells->len / n_columns; r++)
    {
      if (row_is_blank (cells, r, n_columns))
        continue;
      g_assert_cmpint (kip_csv_reader_next (reader, &row, NULL, NULL), ==, KIP_CSV_ROW);
      for (guint i = 0; i < n_columns; i++)
        g_assert_cmpstr (row->cells[i], ==, cells->pdata[r * n_columns + i]);
    }
  g_assert_cmpint (kip_csv_reader_next (reader, &row, NULL, NULL), ==, KIP_CSV_END);
}

/* What the writer writes, the reader reads. */
static void
test_round_trip (void)
{
  for (guint round = 0; round < 400; round++)
    {
      g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
      guint n_columns = (guint) g_test_rand_int_range (1, 5);
      guint n_rows = (guint) g_test_rand_int_range (1, 30);
      char delimiter = ",;\t|"[g_test_rand_int_range (0, 4)];
      g_autoptr (GBytes) bytes = NULL;

      for (guint i = 0; i < n_columns; i++)
        g_ptr_array_add (cells, g_strdup_printf ("c%u", i));
      for (guint i = n_columns; i < n_rows * n_columns; i++)
        g_ptr_array_add (cells, random_cell ());
      bytes = write_table (cells, n_columns, delimiter);
      compare (bytes, cells, n_columns, delimiter);
    }
}

/* All cells of a table from the column @first on, a row a line.  (transfer full) */
static char *
read_cells (const char *text,
            guint       first)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GInputStream) stream = kip_trickle_new (bytes, (gsize) g_test_rand_int_range (1, 200), G_MAXSIZE);
  KipCsvOptions options = { .delimiter = ',', .max_cell = 5 };
  g_autoptr (KipCsvReader) reader = kip_csv_reader_new (stream, -1, &options, NULL);
  GString *out = g_string_new (NULL);
  const KipCsvRow *row;
  KipCsvResult result;

  while ((result = kip_csv_reader_next (reader, &row, NULL, NULL)) <= KIP_CSV_REFUSED)
    {
      for (guint i = first; result == KIP_CSV_ROW && i < row->n_cells; i++)
        g_string_append_printf (out, "[%s]", row->cells[i]);
      g_string_append (out, result == KIP_CSV_ROW ? "\n" : "!\n");
    }
  return g_string_free (out, FALSE);
}

/* Lines without quotes are taken apart by ourselves, others by libcsv: the same comes out. */
static void
test_both_ways (void)
{
  static const char *const bits[] = { "a", " ", "\t", ",", ",", "\xc4\x91", "\xcc\x81", "\xff", "bb", "\r", "0" };

  for (guint round = 0; round < 500; round++)
    {
      g_autoptr (GString) plain = g_string_new ("a,b,c\n"), quoted = g_string_new ("a,b,c,d\n");
      g_autofree char *one = NULL, *two = NULL;

      for (guint r = 0; r < 20; r++)
        {
          g_autoptr (GString) line = g_string_new ("x");
          int n = g_test_rand_int_range (0, 12);

          for (int i = 0; i < n; i++)
            g_string_append (line, bits[g_test_rand_int_range (0, G_N_ELEMENTS (bits))]);
          g_string_append_printf (plain, "%s\n", line->str);
          g_string_append_printf (quoted, "\"q\",%s\n", line->str);
        }
      one = read_cells (plain->str, 0);
      two = read_cells (quoted->str, 1);
      g_assert_cmpstr (one, ==, two);
    }
}

/* Bytes of any kind: reading ends, lines rise, cells are valid text. */
static void
test_any_bytes (void)
{
  static const char likely[] = ",;\t|\"\n\r\0a\xc4\x91\xff\xfe\xea\xecsp=1";

  for (guint round = 0; round < 3000; round++)
    {
      g_autoptr (GByteArray) text = g_byte_array_new ();
      g_autoptr (GInputStream) stream = NULL;
      g_autoptr (KipCsvReader) reader = NULL;
      g_autoptr (GBytes) bytes = NULL;
      int length = g_test_rand_int_range (0, 300);
      guint64 line = 0;
      const KipCsvRow *row;
      KipCsvResult result;

      for (int i = 0; i < length; i++)
        {
          guint8 byte = g_test_rand_bit () ? (guint8) likely[g_test_rand_int_range (0, sizeof likely)]
                                           : (guint8) g_test_rand_int_range (0, 256);

          g_byte_array_append (text, &byte, 1);
        }
      bytes = g_bytes_new (text->data, text->len);
      stream = kip_trickle_new (bytes, (gsize) g_test_rand_int_range (1, 64), G_MAXSIZE);
      reader = kip_csv_reader_new (stream, -1, NULL, NULL);
      while ((result = kip_csv_reader_next (reader, &row, NULL, NULL)) <= KIP_CSV_REFUSED)
        {
          g_assert_cmpuint (row->line, >, line);
          line = row->line;
          for (guint i = 0; result == KIP_CSV_ROW && i < row->n_cells; i++)
            g_assert_true (g_utf8_validate (row->cells[i], -1, NULL));
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv-property/round-trip", test_round_trip);
  g_test_add_func ("/csv-property/both-ways", test_both_ways);
  g_test_add_func ("/csv-property/any-bytes", test_any_bytes);
  return g_test_run ();
}
