/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "import-fixture.h"
#include "kip-clock.h"
#include "kip-csv-reader.h"
#include "kip-error.h"
#include "kip-exporter.h"
#include "kip-import-guess.h"

#define INI \
  "[import]\ntime-zone=Asia/Ho_Chi_Minh\n[columns]\nkey=no\nsubject=what\ndescription=more\nrequester=who\n" \
  "requester-mail=mail\nreceived=in\nstatus=state\nassignee=agent\nresolved=out\nwork=work\nsurvey=csat\ntags=tags\n" \
  "channel=chan\npriority=prio\ncategory=cat\ncause=why\n"
#define CSV \
  "no,what,more,who,mail,in,state,agent,out,work,csat,tags,chan,prio,cat,why\n" \
  "X1,\"=1+1, \"\"quoted\"\"\",\"two\nlines\",Lan,lan@example.com,2026-03-02 08:00,resolved,Binh,2026-03-02 10:00,30,4,\"b,a\",mail,high,Network > Wi-Fi,worn\n" \
  "X2,Second,,,,2026-03-09 07:30,new,,,,,,phone,,,\n"

static void
export_to (Fixture       *fixture,
           const char    *query_text,
           KipExportFlags flags,
           const char    *name,
           guint          expected)
{
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (KipQuery) query = kip_query_parse (query_text);
  g_autoptr (GError) error = NULL;
  guint n = 99;
  gboolean ok = kip_exporter_run (fixture->store, query, KIP_SORT_NUMBER, FALSE, kip_clock_now (), file, flags, &n, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
  g_assert_cmpuint (n, ==, expected);
}

/* The cell of @column in row @row of an exported file.  (transfer full) */
static char *
cell (Fixture    *fixture,
      const char *name,
      guint       row,
      const char *column)
{
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (KipImportSample) sample = kip_import_sample_read (file, NULL, 100, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (row, <, sample->rows->len);
  for (guint i = 0; sample->header[i] != NULL; i++)
    if (strcmp (sample->header[i], column) == 0)
      return g_strdup (((char **) sample->rows->pdata[row])[i]);
  g_error ("there is no column %s", column);
}

static void
assert_cell (Fixture    *fixture,
             const char *name,
             guint       row,
             const char *column,
             const char *expected)
{
  g_autofree char *text = cell (fixture, name, row, column);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_keys (void)
{
  static const struct { const char *column; const char *text; } cells[] = {
    { "number", "A-1" }, { "external", "X1" }, { "subject", "=1+1, \"quoted\"" }, { "description", "two\nlines" },
    { "requester", "Lan" }, { "requester-mail", "lan@example.com" }, { "channel", "mail" },
    { "category", "Network \xe2\x80\xba Wi-Fi" }, { "priority", "high" }, { "status", "resolved" },
    { "assignee", "Binh" }, { "tags", "a, b" }, { "received", "2026-03-02T08:00:00+07:00" },
    { "resolved", "2026-03-02T10:00:00+07:00" }, { "closed", "" }, { "vip", "no" },
    { "resolution-promise", "met" }, { "resolution-minutes", "120" }, { "work", "30" }, { "survey", "4" },
    { "cause", "worn" },
  };
  Fixture fixture;
  g_autoptr (KipImportReport) report = NULL;

  fixture_init (&fixture);
  report = import_text (&fixture, INI, CSV);
  export_to (&fixture, "", 0, "all.csv", 2);
  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
    assert_cell (&fixture, "all.csv", 0, cells[i].column, cells[i].text);
  assert_cell (&fixture, "all.csv", 1, "resolution-promise", "running");
  export_to (&fixture, "is:open", 0, "open.csv", 1);
  assert_cell (&fixture, "open.csv", 0, "external", "X2");
  export_to (&fixture, "subject:nothing", 0, "none.csv", 0);
  fixture_clear (&fixture);
}

static void
test_for_people (void)
{
  Fixture fixture;
  g_autoptr (KipImportReport) report = NULL;
  g_autofree char *path = NULL, *text = NULL;

  fixture_init (&fixture);
  report = import_text (&fixture, INI, CSV);
  export_to (&fixture, "", KIP_EXPORT_FOR_PEOPLE | KIP_EXPORT_BOM | KIP_EXPORT_SAFE, "people.csv", 2);
  assert_cell (&fixture, "people.csv", 0, "Subject", "'=1+1, \"quoted\"");
  assert_cell (&fixture, "people.csv", 0, "Received", "2026-03-02 08:00:00");
  assert_cell (&fixture, "people.csv", 0, "Status", "Resolved");
  assert_cell (&fixture, "people.csv", 0, "Priority", "High");
  path = g_build_filename (fixture.dir, "people.csv", NULL);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "\xef\xbb\xbfNumber,"));
  fixture_clear (&fixture);
}

/* What Kip exports Kip can import, with the mapping it guesses itself. */
static void
test_there_and_back (void)
{
  Fixture fixture, other;
  g_autoptr (KipImportReport) report = NULL, second = NULL;
  g_autofree char *path = NULL, *told = NULL, *lines = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (KipImportSample) sample = NULL;
  g_autoptr (KipImportMap) map = NULL;
  g_autoptr (GError) error = NULL;

  fixture_init (&fixture);
  fixture_init (&other);
  report = import_text (&fixture, INI, CSV);
  export_to (&fixture, "", 0, "all.csv", 2);
  path = g_build_filename (fixture.dir, "all.csv", NULL);
  file = g_file_new_for_path (path);
  sample = kip_import_sample_read (file, NULL, 100, NULL, &error);
  g_assert_no_error (error);
  map = kip_import_guess (sample);
  second = kip_importer_run (other.store, file, map, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (second->n_new, ==, 2);
  g_assert_cmpuint (second->n_notes, ==, 0);
  told = tell_ticket (other.store, "A-1");
  lines = only (told, "subject|requester|channel|received|category|priority|tag|cause|status|work|survey");
  g_assert_cmpstr (lines, ==,
                   "subject =1+1, \"quoted\"\n"
                   "requester Lan, lan@example.com, (null), (null)\n"
                   "channel mail\n"
                   "received 2026-03-02T01:00:00Z\n"
                   "category Network \xe2\x80\xba Wi-Fi\n"
                   "priority high\n"
                   "tag a\ntag b\n"
                   "cause worn\n"
                   "2026-03-02T01:00:00Z status new by H\xc3\xa0\n"
                   "2026-03-02T03:00:00Z status resolved by Binh\n"
                   "2026-03-02T03:00:00Z work 1800 by Binh\n"
                   "2026-03-02T03:00:00Z survey 4\n");
  fixture_clear (&fixture);
  fixture_clear (&other);
}

/* Where it cannot be written the old file stays as it was. */
static void
test_failures (void)
{
  Fixture fixture;
  g_autoptr (KipImportReport) report = NULL;
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/nonexistent/folder/a.csv");
  g_autoptr (GFile) old = NULL;
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL, *text = NULL;

  fixture_init (&fixture);
  report = import_text (&fixture, INI, CSV);
  g_assert_false (kip_exporter_run (fixture.store, NULL, KIP_SORT_NUMBER, FALSE, 0, nowhere, 0, NULL, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_IO);
  g_clear_error (&error);
  old = write_table (&fixture, "old.csv", "as it was");
  g_cancellable_cancel (cancelled);
  g_assert_false (kip_exporter_run (fixture.store, NULL, KIP_SORT_NUMBER, FALSE, 0, old, 0, NULL, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  path = g_file_get_path (old);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "as it was");
  fixture_clear (&fixture);
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
test_async (void)
{
  Fixture fixture;
  g_autoptr (KipImportReport) report = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (KipId));
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  KipId id;
  guint n = 0;

  fixture_init (&fixture);
  report = import_text (&fixture, INI, CSV);
  id = kip_store_find_number (fixture.store, "X2", NULL);
  g_array_append_val (ids, id);
  path = g_build_filename (fixture.dir, "one.csv", NULL);
  file = g_file_new_for_path (path);
  kip_exporter_run_async (fixture.store, ids, file, 0, NULL, done_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (kip_exporter_run_finish (fixture.store, result, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);
  assert_cell (&fixture, "one.csv", 0, "subject", "Second");
  fixture_clear (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exporter/keys", test_keys);
  g_test_add_func ("/exporter/for-people", test_for_people);
  g_test_add_func ("/exporter/there-and-back", test_there_and_back);
  g_test_add_func ("/exporter/failures", test_failures);
  g_test_add_func ("/exporter/async", test_async);
  return g_test_run ();
}
