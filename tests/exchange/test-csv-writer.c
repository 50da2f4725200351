/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-csv-writer.h"

static void
check (char             delimiter,
       KipCsvWriteFlags flags,
       const char      *a,
       const char      *b,
       const char      *expected)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (KipCsvWriter) writer = kip_csv_writer_new (stream, delimiter, flags);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  kip_csv_writer_cell (writer, a);
  kip_csv_writer_cell (writer, b);
  kip_csv_writer_end_row (writer, NULL, &error);
  g_assert_no_error (error);
  kip_csv_writer_close (writer, NULL, &error);
  g_assert_no_error (error);
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_cmpstr (text, ==, expected);
}

static void
test_quoting (void)
{
  check (0, 0, "a", "b", "a,b\r\n");
  check (0, 0, "a,b", "c;d", "\"a,b\",c;d\r\n");
  check (';', 0, "a,b", "c;d", "a,b;\"c;d\"\r\n");
  check (0, 0, "say \"hi\"", NULL, "\"say \"\"hi\"\"\",\r\n");
  check (0, 0, "x\ny", " edge", "\"x\ny\",\" edge\"\r\n");
  check (0, 0, "", "", ",\r\n");
  check (0, 0, "\xc4\x91", "=1+1", "\xc4\x91,=1+1\r\n");
}

static void
test_byte_order_mark (void)
{
  check (0, KIP_CSV_WRITE_BOM, "a", "b", "\xef\xbb\xbf" "a,b\r\n");
}

/* OWASP's list of how a cell becomes a formula. */
static void
test_formulas (void)
{
  static const struct { const char *cell; const char *expected; } cells[] = {
    { "=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0" },
    { "+84 24 3824 0000", "'+84 24 3824 0000" },
    { "-2+3", "'-2+3" },
    { "@SUM(1)", "'@SUM(1)" },
    { "\t=1", "'\t=1" },
    { "-12.5", "-12.5" },
    { "plain", "plain" },
    { "a=b", "a=b" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      g_autofree char *expected = g_strconcat (cells[i].expected, ",x\r\n", NULL);

      check (0, KIP_CSV_WRITE_SAFE, cells[i].cell, "x", expected);
    }
}

static void
test_single_empty_cell (void)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (KipCsvWriter) writer = kip_csv_writer_new (stream, 0, 0);

  kip_csv_writer_cell (writer, "");
  g_assert_true (kip_csv_writer_end_row (writer, NULL, NULL));
  g_assert_true (kip_csv_writer_close (writer, NULL, NULL));
  g_assert_cmpmem (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)),
                   g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)), "\"\"\r\n", 4);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv-writer/quoting", test_quoting);
  g_test_add_func ("/csv-writer/byte-order-mark", test_byte_order_mark);
  g_test_add_func ("/csv-writer/formulas", test_formulas);
  g_test_add_func ("/csv-writer/single-empty-cell", test_single_empty_cell);
  return g_test_run ();
}
