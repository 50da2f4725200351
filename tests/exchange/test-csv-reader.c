/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "kip-csv-reader.h"
#include "kip-csv-sniff.h"
#include "kip-error.h"
#include "kip-trickle.h"

/* What was read, one record a line: "2:a|b" a row that begins in line 2, "3!" one
 * refused there, "2~a" one whose characters were repaired; "E" an error. */
static char *
dump_bytes (GBytes              *bytes,
            gsize                step,
            const KipCsvOptions *options)
{
  g_autoptr (GInputStream) stream = kip_trickle_new (bytes, step, G_MAXSIZE);
  g_autoptr (GError) error = NULL;
  g_autoptr (KipCsvReader) reader = kip_csv_reader_new (stream, -1, options, &error);
  GString *out = g_string_new (NULL);
  const char *const *header;
  const KipCsvRow *row;
  KipCsvResult result;

  g_assert_no_error (error);
  header = kip_csv_reader_get_header (reader, NULL, NULL);
  if (header == NULL)
    return g_string_free (g_string_append (out, "E"), FALSE);
  for (guint i = 0; header[i] != NULL; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? "|" : "", header[i]);
  while ((result = kip_csv_reader_next (reader, &row, NULL, &error)) <= KIP_CSV_REFUSED)
    {
      g_string_append_printf (out, "\n%" G_GUINT64_FORMAT "%c", row->line,
                              result == KIP_CSV_REFUSED ? '!' : row->repaired ? '~' : ':');
      if (result == KIP_CSV_REFUSED)
        g_assert_true (row->reason != NULL && *row->reason != '\0');
      for (guint i = 0; result == KIP_CSV_ROW && i < row->n_cells; i++)
        g_string_append_printf (out, "%s%s", i > 0 ? "|" : "", row->cells[i]);
    }
  if (result == KIP_CSV_ERROR)
    g_string_append (out, "\nE");
  return g_string_free (out, FALSE);
}

/* However the bytes arrive, the same comes out. */
static void
check_bytes (GBytes              *bytes,
             const KipCsvOptions *options,
             const char          *expected)
{
  static const gsize steps[] = { 1, 3, 7, 65536 };
  g_autoptr (GBytes) zipped = kip_test_gzip (bytes);

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *plain = dump_bytes (bytes, steps[i], options);
      g_autofree char *unzipped = dump_bytes (zipped, steps[i], options);

      g_assert_cmpstr (plain, ==, expected);
      g_assert_cmpstr (unzipped, ==, expected);
    }
}

typedef struct
{
  const char *name;
  const char *text;
  gsize       length; /* 0: up to the NUL */
  const char *expected;
} Case;

#define BYTES(text) text, sizeof (text) - 1

static const Case cases[] = {
  { "plain", BYTES ("a,b\n1,2\n3,4\n"), "a|b\n2:1|2\n3:3|4" },
  { "no newline at the end", BYTES ("a,b\n1,2"), "a|b\n2:1|2" },
  { "CRLF", BYTES ("a,b\r\n1,2\r\n3,4\r\n"), "a|b\n2:1|2\n3:3|4" },
  { "CR alone", BYTES ("a,b\r1,2\r3,4\r"), "a|b\n2:1|2\n3:3|4" },
  { "CR inside of a line", BYTES ("a,b\n1,x\ry\n3,4\n"), "a|b\n2:1|x y\n3:3|4" },
  { "semicolon", BYTES ("a;b,c\n1;2\n3;4,5\n"), "a|b,c\n2:1|2\n3:3|4,5" },
  { "tab", BYTES ("a\tb\n1\t2\n\t4\n"), "a|b\n2:1|2\n3:|4" },
  { "pipe", BYTES ("a|b\n1|2\n"), "a|b\n2:1|2" },
  { "one column", BYTES ("a\n1\n\n2\n"), "a\n2:1\n4:2" },
  { "Excel says sep", BYTES ("sep=;\na;b\n1,0;2\n"), "a|b\n3:1,0|2" },
  { "quotes", BYTES ("a,b\n\"1,5\",\"say \"\"hi\"\"\"\n"), "a|b\n2:1,5|say \"hi\"" },
  { "a quoted line end", BYTES ("a,b\n1,\"x\r\ny\nz\"\n3,4\n"), "a|b\n2:1|x\ny\nz\n5:3|4" },
  { "a quoted blank line", BYTES ("a,b\n1,\"x\n\ny\"\n3,4\n"), "a|b\n2:1|x\n\ny\n5:3|4" },
  { "a quote as inches", BYTES ("a,b\n1,19\" screen\n3,4\n"), "a|b\n2:1|19\" screen\n3:3|4" },
  { "delimiters in quotes do not count", BYTES ("a;b\n\"1,2,3,4\";2\n\"1,2,3,5\";2\n"),
    "a|b\n2:1,2,3,4|2\n3:1,2,3,5|2" },
  { "spaces around cells", BYTES ("a, b\n 1 , \"2\" \n"), "a|b\n2:1|2" },
  { "blank rows", BYTES ("\n\na,b\n\n1,2\n,\n   \n3,4\n"), "a|b\n5:1|2\n8:3|4" },
  { "rows of a wrong length", BYTES ("a,b\n1\n1,2\n1,2,3\n1,2,\n"), "a|b\n2!\n3:1|2\n4!\n5:1|2" },
  { "names empty and twice", BYTES ("a,,a\n1,2,3\n"), "a|#2|a (3)\n2:1|2|3" },
  { "a quote never closed", BYTES ("a,b\n1,\"x\n3,4\n5,6\n"), "a|b\n2!\n3:3|4\n4:5|6" },
  { "a quote never closed at the end", BYTES ("a,b\n1,2\n3,\"x"), "a|b\n2:1|2\n3!" },
  { "a quote closed by the next row's", BYTES ("a,b\n1,\"x\n3,\"y\"\n5,6\n"), "a|b\n2!\n3:3|y\n4:5|6" },
  { "zero bytes", BYTES ("a,b\n1,\0002\n3,4\n"), "a|b\n2!\n3:3|4" },
  { "byte order mark", BYTES ("\xef\xbb\xbf" "a,b\n\xc4\x91,2\n"), "a|b\n2:\xc4\x91|2" },
  { "nothing but a byte order mark", BYTES ("\xef\xbb\xbf"), "E" },
  { "empty", BYTES (""), "E" },
  { "blank", BYTES ("\n\r\n \n"), "E" },
  { "one byte", BYTES ("x"), "x" },
  { "header only", BYTES ("a,b\n"), "a|b" },
  { "utf-8", BYTES ("t\xc3\xaan,b\nNguy\xe1\xbb\x85n,2\n"), "t\xc3\xaan|b\n2:Nguy\xe1\xbb\x85n|2" },
  { "marks on their own", BYTES ("a,b\nTie\xcc\x82\xcc\x81ng,2\n"), "a|b\n2:Ti\xe1\xba\xbfng|2" },
  { "broken utf-8", BYTES ("a,b\n\xc4\x91\xc4\x91\xc4,2\n\xc4\x91,4\n"),
    "a|b\n2~\xc4\x91\xc4\x91\xef\xbf\xbd|2\n3:\xc4\x91|4" },
  { "windows-1258", BYTES ("a,b\nTi\xea\xecng Vi\xea\xf2t,\xd0\xfd\xf5\xccng d\xe2y\nx,\xd0\n"),
    "a|b\n2:Ti\xe1\xba\xbfng Vi\xe1\xbb\x87t|\xc4\x90\xc6\xb0\xe1\xbb\x9dng d\xc3\xa2y\n3:x|\xc4\x90" },
  { "windows-1258, a character it has not", BYTES ("a,b\n\xd0\xd0\xd0,x\x8ay\n"),
    "a|b\n2~\xc4\x90\xc4\x90\xc4\x90|x\xef\xbf\xbdy" },
  { "utf-16 without a mark", BYTES ("a\0,\0b\0\n\0" "1\0,\0" "2\0\n\0"), "a|b\n2:1|2" },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GBytes) bytes = g_bytes_new (c->text, c->length);

  check_bytes (bytes, NULL, c->expected);
}

static void
test_encodings (void)
{
  static const char text[] = "a;b\nT\xc3\xb4i;\"x\ny\"\n\xe2\x82\xac;\xf0\x9f\x94\xa5\n";
  static const char expected[] = "a|b\n2:T\xc3\xb4i|x\ny\n4:\xe2\x82\xac|\xf0\x9f\x94\xa5";
  static const char *const encodings[] = { "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-8" };

  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      g_autoptr (GBytes) bytes = kip_test_encode (text, encodings[i]);
      KipCsvOptions options = { .encoding = encodings[i] };

      check_bytes (bytes, &options, expected);
      if (i == 0)
        check_bytes (bytes, NULL, expected);
    }
}

static void
test_encoding_given (void)
{
  KipCsvOptions options = { .encoding = "windows-1252" };
  KipCsvOptions unknown = { .encoding = "klingon-8" };
  g_autoptr (GBytes) bytes = g_bytes_new_static ("a,b\n\xf1\x80,2\n", 9);
  g_autoptr (GBytes) torn = g_bytes_new_static ("a\0b\0\n\0" "1", 7);
  KipCsvOptions wide = { .encoding = "utf-16le" };
  g_autoptr (GInputStream) stream = g_memory_input_stream_new ();
  g_autoptr (GError) error = NULL;

  check_bytes (bytes, &options, "a|b\n2:\xc3\xb1\xe2\x82\xac|2");
  check_bytes (torn, &wide, "ab\n2~\xef\xbf\xbd");
  g_assert_null (kip_csv_reader_new (stream, -1, &unknown, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_INVALID);
}

static void
test_options (void)
{
  g_autoptr (GBytes) titled = g_bytes_new_static ("Report, of today\n\nx;y\n1;2\n", 26);
  g_autoptr (GBytes) bare = g_bytes_new_static ("1,\"x\ny\"\n3,4\n", 12);
  g_autoptr (GBytes) ragged = g_bytes_new_static ("a,b,c\n1\n1,2\n", 12);
  g_autoptr (GBytes) colons = g_bytes_new_static ("a:b\n1:2\n", 8);
  g_autoptr (GBytes) wide = g_bytes_new_static ("a,b\n12345,2\n1234,2\n", 19);

  check_bytes (titled, &(KipCsvOptions) { .skip_lines = 1 }, "x|y\n4:1|2");
  check_bytes (bare, &(KipCsvOptions) { .no_header = TRUE }, "1|2\n1:1|x\ny\n3:3|4");
  check_bytes (ragged, &(KipCsvOptions) { .fill_short = TRUE }, "a|b|c\n2:1||\n3:1|2|");
  check_bytes (colons, &(KipCsvOptions) { .delimiter = ':' }, "a|b\n2:1|2");
  check_bytes (wide, &(KipCsvOptions) { .max_cell = 4 }, "a|b\n2!\n3:1234|2");
}

/* Rows behind something enormous still come, at their own lines. */
static void
test_enormous (void)
{
  g_autoptr (GString) text = g_string_new ("a,b\n1,2\n3,\"");
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *dump = NULL;

  for (guint i = 0; i < 3 * KIP_CSV_MAX_RECORD; i++)
    g_string_append_c (text, 'x');
  g_string_append (text, "\n5,6\n7,\"y\n");
  for (guint i = 0; i < KIP_CSV_MAX_RECORD; i += 8)
    g_string_append (text, "1234,ab\n");
  bytes = g_bytes_new (text->str, text->len);
  dump = dump_bytes (bytes, 65536, NULL);
  g_assert_true (g_str_has_prefix (dump, "a|b\n2:1|2\n3!\n4:5|6\n5!\n6:1234|ab\n7:1234|ab\n"));
  g_assert_true (g_str_has_suffix (dump, "\n524293:1234|ab"));
}

/* A file made to be read again and again costs no more than a long one. */
static void
test_hostile_quotes (void)
{
  g_autoptr (GString) text = g_string_new ("a,b\n");
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *dump = NULL;
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < 400000; i++)
    g_string_append (text, "\"\n,\n,\n\n\n");
  bytes = g_bytes_new (text->str, text->len);
  dump = dump_bytes (bytes, 65536, NULL);
  g_test_message ("%.1f MB of unclosed quotes: %.2f s", (double) text->len / 1e6,
                  (double) (g_get_monotonic_time () - start) / 1e6);
  g_assert_true (g_str_has_prefix (dump, "a|b\n2!\n"));
}

static void
test_too_many_columns (void)
{
  g_autoptr (GString) text = g_string_new ("a,b\n");
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < 2 * KIP_CSV_MAX_COLUMNS; i++)
    g_string_append (text, "x,");
  g_string_append (text, "\n1,2\n");
  bytes = g_bytes_new (text->str, text->len);
  check_bytes (bytes, NULL, "a|b\n2!\n3:1|2");
}

static void
test_members (void)
{
  g_autoptr (GBytes) one = g_bytes_new_static ("a,b\n1,", 6);
  g_autoptr (GBytes) two = g_bytes_new_static ("2\n3,4\n", 6);
  g_autoptr (GBytes) first = kip_test_gzip (one);
  g_autoptr (GBytes) second = kip_test_gzip (two);
  g_autoptr (GByteArray) joined = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *dump = NULL;

  g_byte_array_append (joined, g_bytes_get_data (first, NULL), (guint) g_bytes_get_size (first));
  g_byte_array_append (joined, g_bytes_get_data (second, NULL), (guint) g_bytes_get_size (second));
  g_byte_array_append (joined, (const guint8 *) "\0\0\0\0\0", 5);
  bytes = g_bytes_new (joined->data, joined->len);
  for (gsize step = 1; step < 90; step++)
    {
      g_free (dump);
      dump = dump_bytes (bytes, step, NULL);
      g_assert_cmpstr (dump, ==, "a|b\n2:1|2\n3:3|4");
    }
}

static void
test_progress (void)
{
  static const char text[] = "a,b\n1,2\n3,4\n";
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, -1, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (KipCsvReader) reader = kip_csv_reader_new (stream, sizeof text - 1, NULL, &error);
  const KipCsvRow *row;
  gint64 done, total;

  g_assert_no_error (error);
  g_assert_cmpint (kip_csv_reader_next (reader, &row, NULL, &error), ==, KIP_CSV_ROW);
  kip_csv_reader_get_progress (reader, &done, &total);
  g_assert_cmpint (done, ==, 8);
  g_assert_cmpint (total, ==, 12);
  g_assert_cmpint (kip_csv_reader_get_line (reader), ==, 2);
  g_assert_cmpint (kip_csv_reader_get_delimiter (reader), ==, ',');
  g_assert_cmpstr (kip_csv_reader_get_encoding (reader), ==, "utf-8");
  g_assert_false (kip_csv_reader_is_compressed (reader));
}

static void
test_delimiter_names (void)
{
  static const struct { const char *name; gboolean good; char delimiter; } names[] = {
    { NULL, TRUE, 0 }, { "auto", TRUE, 0 }, { "Comma", TRUE, ',' }, { "semicolon", TRUE, ';' },
    { "tab", TRUE, '\t' }, { "pipe", TRUE, '|' }, { ":", TRUE, ':' }, { "\"", FALSE, 0 },
    { "comma;", FALSE, 0 }, { "\xc4\x91", FALSE, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      char delimiter = 'x';

      g_assert_cmpint (kip_csv_delimiter_from_name (names[i].name, &delimiter), ==, names[i].good);
      g_assert_cmpint (delimiter, ==, names[i].delimiter);
    }
}

/* The whole real log where it is at hand, else one of the same size made here. */
static void
test_real_log (void)
{
  g_autofree char *path = kip_test_shared ("data/uci_incident_event_log.csv.gz");
  g_autoptr (GString) made = g_string_new ("number,incident_state,sys_updated_at\n");
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;
  g_autoptr (KipCsvReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  const KipCsvRow *row;
  KipCsvResult result;
  guint rows = 0;

  for (guint i = 0; path == NULL && i < 141712; i++)
    g_string_append_printf (made, "INC%07u,New,2016-02-29T01:23\n", i / 6);
  stream = g_memory_input_stream_new_from_data (made->str, (gssize) made->len, NULL);
  reader = file != NULL ? kip_csv_reader_open (file, NULL, NULL, &error)
                        : kip_csv_reader_new (stream, -1, NULL, &error);
  g_assert_no_error (error);
  while ((result = kip_csv_reader_next (reader, &row, NULL, &error)) == KIP_CSV_ROW)
    rows++;
  g_assert_no_error (error);
  g_assert_cmpint (result, ==, KIP_CSV_END);
  g_assert_cmpint (rows, ==, 141712);
  g_test_message ("%u rows in %.3f s", rows, (double) (g_get_monotonic_time () - start) / 1e6);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/csv-reader/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/csv-reader/encodings", test_encodings);
  g_test_add_func ("/csv-reader/encoding-given", test_encoding_given);
  g_test_add_func ("/csv-reader/options", test_options);
  g_test_add_func ("/csv-reader/enormous", test_enormous);
  g_test_add_func ("/csv-reader/hostile-quotes", test_hostile_quotes);
  g_test_add_func ("/csv-reader/too-many-columns", test_too_many_columns);
  g_test_add_func ("/csv-reader/members", test_members);
  g_test_add_func ("/csv-reader/progress", test_progress);
  g_test_add_func ("/csv-reader/delimiter-names", test_delimiter_names);
  g_test_add_func ("/csv-reader/real-log", test_real_log);
  return g_test_run ();
}
