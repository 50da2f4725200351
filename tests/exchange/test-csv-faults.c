/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "kip-csv-reader.h"
#include "kip-csv-writer.h"
#include "kip-error.h"
#include "kip-trickle.h"

#define N_ROWS 5000

static GBytes *
table (void)
{
  g_autoptr (GString) text = g_string_new ("a,b\n");

  for (guint i = 0; i < N_ROWS; i++)
    g_string_append_printf (text, "%u,%u\n", i, g_str_hash ("x") * (i + 7));
  return g_bytes_new (text->str, text->len);
}

/* Reads what can be read; how many rows came. */
static guint
read_all (GInputStream *stream,
          GCancellable *cancellable,
          GError      **error)
{
  g_autoptr (KipCsvReader) reader = kip_csv_reader_new (stream, -1, NULL, error);
  const KipCsvRow *row;
  KipCsvResult result;
  guint rows = 0;

  while ((result = kip_csv_reader_next (reader, &row, cancellable, error)) == KIP_CSV_ROW)
    rows++;
  g_assert_cmpint (result, ==, *error != NULL ? KIP_CSV_ERROR : KIP_CSV_END);
  return rows;
}

/* A download that broke off, at every place. */
static void
test_torn_gzip (void)
{
  g_autoptr (GBytes) whole = table ();
  g_autoptr (GBytes) zipped = kip_test_gzip (whole);
  gsize length = g_bytes_get_size (zipped);
  guint most = 0;

  for (gsize cut = 3; cut < length; cut += 1 + length / 97)
    {
      g_autoptr (GBytes) torn = g_bytes_new_from_bytes (zipped, 0, cut);
      g_autoptr (GInputStream) stream = kip_trickle_new (torn, 4096, G_MAXSIZE);
      g_autoptr (GError) error = NULL;
      guint rows = read_all (stream, NULL, &error);

      g_assert_error (error, KIP_ERROR, KIP_ERROR_CORRUPT);
      g_assert_cmpuint (rows, >=, most);
      most = rows;
    }
  g_assert_cmpuint (most, >, N_ROWS / 2);
}

static void
test_flipped_gzip (void)
{
  g_autoptr (GBytes) whole = table ();
  g_autoptr (GBytes) zipped = kip_test_gzip (whole);
  gsize length;
  const guint8 *data = g_bytes_get_data (zipped, &length);
  guint failures = 0;

  for (gsize at = 10; at < length; at += 1 + length / 61)
    {
      g_autofree guint8 *copy = g_memdup2 (data, length);
      g_autoptr (GBytes) flipped = NULL;
      g_autoptr (GInputStream) stream = NULL;
      g_autoptr (GError) error = NULL;

      copy[at] ^= 0x55;
      flipped = g_bytes_new (copy, length);
      stream = kip_trickle_new (flipped, 4096, G_MAXSIZE);
      g_autoptr (KipCsvReader) reader = kip_csv_reader_new (stream, -1, NULL, &error);
      const KipCsvRow *row;
      KipCsvResult result;

      while ((result = kip_csv_reader_next (reader, &row, NULL, &error)) <= KIP_CSV_REFUSED)
        ;
      failures += result == KIP_CSV_ERROR;
    }
  g_assert_cmpuint (failures, >, 55);
}

static void
test_disk_fails (void)
{
  g_autoptr (GBytes) whole = table ();
  gsize length = g_bytes_get_size (whole);

  for (gsize at = 0; at < length; at += 1 + length / 31)
    {
      g_autoptr (GInputStream) stream = kip_trickle_new (whole, 4096, at);
      g_autoptr (GError) error = NULL;

      read_all (stream, NULL, &error);
      g_assert_error (error, KIP_ERROR, KIP_ERROR_IO);
      g_assert_nonnull (strstr (error->message, "Input/output error"));
    }
}

static void
test_cancelled (void)
{
  g_autoptr (GBytes) whole = table ();
  g_autoptr (GInputStream) stream = kip_trickle_new (whole, 4096, G_MAXSIZE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_cmpuint (read_all (stream, cancellable, &error), ==, 0);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_no_such_file (void)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/nonexistent/log.csv");
  g_autoptr (GFile) folder = g_file_new_for_path ("/");
  g_autoptr (GError) error = NULL;

  g_assert_null (kip_csv_reader_open (file, NULL, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (kip_csv_reader_open (folder, NULL, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_IO);
}

/* A full disk shows in the error, whether it fills early or at the close. */
static void
test_disk_full (void)
{
  for (gsize room = 1; room < 300000; room += 70000)
    {
      g_autofree char *memory = g_malloc (room);
      g_autoptr (GOutputStream) stream = g_memory_output_stream_new (memory, room, NULL, NULL);
      g_autoptr (KipCsvWriter) writer = kip_csv_writer_new (stream, 0, KIP_CSV_WRITE_PLAIN);
      g_autoptr (GError) error = NULL;

      for (guint i = 0; i < 40000 && error == NULL; i++)
        {
          kip_csv_writer_cell (writer, "cells of ten bytes");
          kip_csv_writer_end_row (writer, NULL, &error);
        }
      if (error == NULL)
        kip_csv_writer_close (writer, NULL, &error);
      g_assert_error (error, KIP_ERROR, KIP_ERROR_NO_SPACE);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv-faults/torn-gzip", test_torn_gzip);
  g_test_add_func ("/csv-faults/flipped-gzip", test_flipped_gzip);
  g_test_add_func ("/csv-faults/disk-fails", test_disk_fails);
  g_test_add_func ("/csv-faults/cancelled", test_cancelled);
  g_test_add_func ("/csv-faults/no-such-file", test_no_such_file);
  g_test_add_func ("/csv-faults/disk-full", test_disk_full);
  return g_test_run ();
}
