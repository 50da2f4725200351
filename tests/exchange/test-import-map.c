/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>
#include <glib/gstdio.h>

#include "kip-error.h"
#include "kip-import-column.h"
#include "kip-import-map.h"

static const char whole[] =
  "# a mapping with everything in it\n"
  "[import]\n"
  "name=Our old help desk\n"
  "shape=events\n"
  "time-zone=Asia/Ho_Chi_Minh\n"
  "dates=iso;dd/mm/yyyy HH:MM\n"
  "encoding=windows-1258\n"
  "delimiter=semicolon\n"
  "skip-lines=2\n"
  "header=no\n"
  "short-rows=fill\n"
  "work-unit=hours\n"
  "unknown=refuse\n"
  "empty=clear\n"
  "tag=old\n"
  "recognise=a;b\n"
  "[columns]\n"
  "key=Number\n"
  "time=Changed\n"
  "subject={Category}: {Summary} | Summary\n"
  "channel==phone\n"
  "[values:status]\n"
  "\xc4\x90" "ang x\xe1\xbb\xad l\xc3\xbd=open\n"
  "Awaiting User Info=waiting-requester\n"
  "a%3Db %5Bc%5D 100%25=ignore\n"
  "%20edge=closed\n"
  "[values:priority]\n"
  "1=low\n"
  "[defaults]\n"
  "priority=normal\n"
  "[unknown]\n"
  "status=default\n";

static void
check_whole (KipImportMap *map)
{
  KipImportSettings *s = kip_import_map_settings (map);

  g_assert_cmpstr (s->name, ==, "Our old help desk");
  g_assert_cmpint (s->shape, ==, KIP_IMPORT_SHAPE_EVENTS);
  g_assert_cmpstr (s->time_zone, ==, "Asia/Ho_Chi_Minh");
  g_assert_cmpstr (s->dates, ==, "iso;dd/mm/yyyy HH:MM");
  g_assert_cmpstr (s->encoding, ==, "windows-1258");
  g_assert_cmpint (s->delimiter, ==, ';');
  g_assert_cmpuint (s->skip_lines, ==, 2);
  g_assert_true (s->no_header && s->fill_short && s->clear_empty);
  g_assert_cmpint (s->work_unit, ==, 3600);
  g_assert_cmpstr (s->tag, ==, "old");
  g_assert_cmpstr (s->recognise, ==, "a;b");
  g_assert_cmpstr (kip_import_map_get_column (map, KIP_IMPORT_CHANNEL), ==, "=phone");
  g_assert_cmpstr (kip_import_map_get_column (map, KIP_IMPORT_SUBJECT), ==, "{Category}: {Summary} | Summary");
  g_assert_null (kip_import_map_get_column (map, KIP_IMPORT_TEAM));
  g_assert_cmpstr (kip_import_map_get_default (map, KIP_IMPORT_PRIORITY), ==, "normal");
  g_assert_cmpint (kip_import_map_get_unknown (map, KIP_IMPORT_STATUS), ==, KIP_IMPORT_UNKNOWN_DEFAULT);
  g_assert_cmpint (kip_import_map_get_unknown (map, KIP_IMPORT_CHANNEL), ==, KIP_IMPORT_UNKNOWN_REFUSE);
  g_assert_cmpuint (kip_import_map_get_values (map, KIP_IMPORT_STATUS)->len, ==, 4);
}

static void
test_round_trip (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KipImportMap) map = kip_import_map_parse (whole, &error);
  g_autofree char *text = NULL, *again = NULL;
  g_autoptr (KipImportMap) copy = NULL;

  g_assert_no_error (error);
  check_whole (map);
  g_assert_true (kip_import_map_check (map, &error));
  text = kip_import_map_to_text (map);
  copy = kip_import_map_parse (text, &error);
  g_assert_no_error (error);
  check_whole (copy);
  again = kip_import_map_to_text (copy);
  g_assert_cmpstr (text, ==, again);
}

static void
test_lookup (void)
{
  g_autoptr (KipImportMap) map = kip_import_map_parse (whole, NULL);
  static const struct { KipImportField field; const char *value; const char *target; } lookups[] = {
    { KIP_IMPORT_STATUS, "\xc4\x90" "ang x\xe1\xbb\xad l\xc3\xbd", "open" },
    { KIP_IMPORT_STATUS, "dang xu ly", "open" },
    { KIP_IMPORT_STATUS, "AWAITING  user info", "waiting-requester" },
    { KIP_IMPORT_STATUS, "a=b [c] 100%", "ignore" },
    { KIP_IMPORT_STATUS, "On Hold", "waiting-requester" },
    { KIP_IMPORT_STATUS, "waiting-supplier", "waiting-supplier" },
    { KIP_IMPORT_STATUS, "-100", NULL },
    { KIP_IMPORT_PRIORITY, "1", "low" },
    { KIP_IMPORT_PRIORITY, "2", "high" },
    { KIP_IMPORT_PRIORITY, "3 - Moderate", "normal" },
    { KIP_IMPORT_PRIORITY, "3 high", "high" },
    { KIP_IMPORT_PRIORITY, "Kh\xe1\xba\xa9n c\xe1\xba\xa5p", "critical" },
    { KIP_IMPORT_IMPACT, "1 - High", "high" },
    { KIP_IMPORT_URGENCY, "9", NULL },
    { KIP_IMPORT_CHANNEL, "Self service", "web" },
    { KIP_IMPORT_CHANNEL, "\xc4\x90i\xe1\xbb\x87n tho\xe1\xba\xa1i", "phone" },
    { KIP_IMPORT_VIP, "TRUE", "yes" },
    { KIP_IMPORT_VIP, "kh\xc3\xb4ng", "no" },
    { KIP_IMPORT_SURVEY, "R\xe1\xba\xa5t h\xc3\xa0i l\xc3\xb2ng", "5" },
    { KIP_IMPORT_SURVEY, "2", "2" },
    { KIP_IMPORT_SUBJECT, "new", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lookups); i++)
    g_assert_cmpstr (kip_import_map_lookup (map, lookups[i].field, lookups[i].value), ==, lookups[i].target);
}

/* Two values that differ only in marks: each means its own, a third spelling neither. */
static void
test_ambiguous (void)
{
  g_autoptr (KipImportMap) map = kip_import_map_new ();

  kip_import_map_set_value (map, KIP_IMPORT_STATUS, "Ch\xe1\xbb\x9d", "waiting-supplier");
  kip_import_map_set_value (map, KIP_IMPORT_STATUS, "Cho", "open");
  g_assert_cmpstr (kip_import_map_lookup (map, KIP_IMPORT_STATUS, "Ch\xe1\xbb\x9d"), ==, "waiting-supplier");
  g_assert_cmpstr (kip_import_map_lookup (map, KIP_IMPORT_STATUS, "Cho"), ==, "open");
  g_assert_cmpstr (kip_import_map_lookup (map, KIP_IMPORT_STATUS, "CHO"), ==, "waiting-requester");
  kip_import_map_set_value (map, KIP_IMPORT_STATUS, "Cho", NULL);
  g_assert_cmpstr (kip_import_map_lookup (map, KIP_IMPORT_STATUS, "CHO"), ==, "waiting-supplier");
}

static void
test_mistakes (void)
{
  static const struct { const char *text; const char *names; } mistakes[] = {
    { "[import]\nshap=events\n", "shap" },
    { "[import]\nshape=both\n", "both" },
    { "[import]\nencoding=klingon\n", "klingon" },
    { "[import]\ndelimiter=comma;\n", "comma;" },
    { "[import]\nskip-lines=-1\n", "-1" },
    { "[import]\nheader=maybe\n", "maybe" },
    { "[column]\nkey=a\n", "column" },
    { "[columns]\nkeys=a\n", "keys" },
    { "[values:state]\na=open\n", "state" },
    { "[values:subject]\na=b\n", "subject" },
    { "[values:status]\na=\n", "[values:status]" },
    { "[unknown]\nstatus=maybe\n", "maybe" },
    { "key=a\n", "" },
    { "[import\n", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (kip_import_map_parse (mistakes[i].text, &error));
      g_assert_error (error, KIP_ERROR, KIP_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, mistakes[i].names));
    }
}

static void
test_check (void)
{
  static const char *const bad[] = {
    "[columns]\nsubject=a\n",
    "[import]\nshape=events\n[columns]\nkey=a\n",
    "[import]\ntime-zone=Asia/Saigon2\n[columns]\nkey=a\n",
    "[import]\ndates=whenever\n[columns]\nkey=a\n",
    "[columns]\nkey=a\n[values:priority]\n1=urgent\n",
    "[columns]\nkey=a\n[defaults]\nchannel=fax\n",
  };
  g_autoptr (KipImportMap) good = kip_import_map_parse ("[columns]\nkey=a\n[values:status]\nx=our-own\n", NULL);

  g_assert_true (kip_import_map_check (good, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KipImportMap) map = kip_import_map_parse (bad[i], &error);

      g_assert_no_error (error);
      g_assert_false (kip_import_map_check (map, &error));
      g_assert_error (error, KIP_ERROR, KIP_ERROR_INVALID);
    }
}

static void
test_files (void)
{
  g_autofree char *dir = g_dir_make_tmp ("kip-map-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "m.ini", NULL);
  g_autofree char *nowhere = g_build_filename (dir, "no", "m.ini", NULL);
  g_autoptr (KipImportMap) map = kip_import_map_parse (whole, NULL);
  g_autoptr (KipImportMap) loaded = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (kip_import_map_save (map, path, &error));
  loaded = kip_import_map_load (path, &error);
  g_assert_no_error (error);
  check_whole (loaded);
  g_assert_false (kip_import_map_save (map, nowhere, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_IO);
  g_clear_error (&error);
  g_assert_null (kip_import_map_load (nowhere, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_NOT_FOUND);
  g_unlink (path);
  g_rmdir (dir);
}

static void
test_shipped (void)
{
  g_auto (GStrv) names = kip_import_map_list_shipped ();
  guint n = g_strv_length (names);

  g_assert_true (g_strv_contains ((const char *const *) names, "uci-incident-log.ini"));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KipImportMap) map = kip_import_map_load (names[i], &error);

      g_assert_no_error (error);
      kip_import_map_check (map, &error);
      g_assert_no_error (error);
    }
}

/* Every field, every setting and every value is described. */
static void
test_describe (void)
{
  g_autofree char *text = kip_import_map_describe ();
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (KipImportMap) map = kip_import_map_parse (whole, NULL);
  g_autofree char *written = kip_import_map_to_text (map);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) keys = NULL;

  for (guint i = 0; i < KIP_IMPORT_N_FIELDS; i++)
    g_assert_nonnull (strstr (text, kip_import_field_info (i)->key));
  g_key_file_load_from_data (file, written, strlen (written), 0, NULL);
  keys = g_key_file_get_keys (file, "import", NULL, NULL);
  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autofree char *line = g_strdup_printf ("\n  %s=", keys[i]);

      g_assert_nonnull (strstr (text, line));
    }
  for (guint i = 0; lines[i] != NULL; i++)
    g_assert_cmpint (g_utf8_strlen (lines[i], -1), <=, 80);
}

/* ---- columns ---- */

static const char *const header[] = { "Number", "Opened at", "Th\xe1\xbb\x9di gian", "a | b", "empty", "x{y}", "empty (7)", "empty (8)", NULL };
static char *cells[] = {
  (char *) "B-1", (char *) " 2016 ", (char *) "9:00", (char *) "bar", (char *) " ", (char *) "braces", (char *) "two", (char *) " three", NULL
};

static void
test_columns (void)
{
  static const struct { const char *source; const char *text; int index; } columns[] = {
    { "Number", "B-1", 0 },
    { "OPENED AT", "2016", 1 },
    { "thoi gian", "9:00", 2 },
    { "#3", "9:00", 2 },
    { "empty", "two", 4 }, /* the first of three of this name that holds something */
    { "#5", "", 4 },
    { "{a | b}", "bar", 3 },
    { "x{y}", "braces", 5 },
    { "#5 | Number", "B-1", -1 },
    { "Nr. {Number} of {Opened at}", "Nr. B-1 of  2016", -1 },
    { "{Number} {#5} | {Number}!", "B-1!", -1 },
    { "{#5} x", "", -1 },
    { "#5 | =none", "none", -1 },
    { "=phone", "phone", -1 },
    { "= padded ", "padded", -1 },
    { "=", "", -1 },
  };
  KipCsvRow row = { .n_cells = 8, .cells = cells };

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KipImportColumn) column = kip_import_column_compile (columns[i].source, header, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (kip_import_column_get (column, &row), ==, columns[i].text);
      g_assert_cmpint (kip_import_column_get_index (column), ==, columns[i].index);
    }
}

static void
test_gather (void)
{
  static const struct { const char *source; const char *text; } columns[] = {
    { "empty", "two;three" },
    { "Number | empty | =import", "B-1;two;three;import" },
    { "#5", "" },
    { "Opened at", "2016" },
  };
  KipCsvRow row = { .n_cells = 8, .cells = cells };

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (KipImportColumn) column = kip_import_column_compile (columns[i].source, header, NULL);

      g_assert_cmpstr (kip_import_column_gather (column, &row), ==, columns[i].text);
    }
}

static void
test_missing_columns (void)
{
  static const struct { const char *source; const char *hint; } columns[] = {
    { "Nummer", "Number" },
    { "{Opened} x", "Opened at" },
    { "something else entirely", "Number, Opened at" },
    { "#9", "" },
    { "#0", "" },
    { "{}", "" },
    { "Number | ", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (kip_import_column_compile (columns[i].source, header, &error));
      g_assert_error (error, KIP_ERROR, KIP_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, columns[i].hint));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-map/round-trip", test_round_trip);
  g_test_add_func ("/import-map/lookup", test_lookup);
  g_test_add_func ("/import-map/ambiguous", test_ambiguous);
  g_test_add_func ("/import-map/mistakes", test_mistakes);
  g_test_add_func ("/import-map/check", test_check);
  g_test_add_func ("/import-map/files", test_files);
  g_test_add_func ("/import-map/shipped", test_shipped);
  g_test_add_func ("/import-map/describe", test_describe);
  g_test_add_func ("/import-map/columns", test_columns);
  g_test_add_func ("/import-map/gather", test_gather);
  g_test_add_func ("/import-map/missing-columns", test_missing_columns);
  return g_test_run ();
}
