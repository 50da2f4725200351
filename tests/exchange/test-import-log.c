/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "import-fixture.h"
#include "kip-clock.h"
#include "kip-trickle.h"

/* The real incident log with the mapping that ships with Kip, against figures that were
 * computed elsewhere; without it, a small log of the same form made here. */

#define MAPPING "uci-incident-log"

typedef struct
{
  guint rows, tickets;
  guint critical, high, normal, low;
} Figures;

static const Figures real_log = { 141712, 24918, 270, 408, 23466, 774 };
static const Figures made_log = { 8, 3, 1, 0, 1, 1 };

static const char made[] =
  "number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,caller_id,opened_by,opened_at,"
  "sys_created_by,sys_created_at,sys_updated_by,sys_updated_at,contact_type,location,category,subcategory,u_symptom,"
  "cmdb_ci,impact,urgency,priority,assignment_group,assigned_to,knowledge,u_priority_confirmation,notify,problem_id,"
  "rfc,vendor,caused_by,closed_code,resolved_by,resolved_at,closed_at\n"
  "INC1,New,true,0,0,0,true,7,,2016-03-01T08:00,,,1,2016-03-01T08:05,Phone,1,2,3,4,,2,2,3,5,,,,,,,,,6,9,2016-03-02T10:00,2016-03-07T10:00\n"
  "INC1,-100,true,0,0,1,true,7,,2016-03-01T08:00,,,1,2016-03-01T09:05,Phone,1,2,3,4,,2,2,3,5,8,,,,,,,,6,9,2016-03-02T10:00,2016-03-07T10:00\n"
  "INC1,Resolved,true,0,0,2,true,7,,2016-03-01T08:00,,,1,2016-03-02T10:00,Phone,1,2,3,4,,2,2,3,5,8,,,,,,,,6,9,2016-03-02T10:00,2016-03-07T10:00\n"
  "INC1,Closed,false,0,0,3,true,7,,2016-03-01T08:00,,,1,2016-03-07T10:00,Phone,1,2,3,4,,2,2,3,5,8,,,,,,,,6,9,2016-03-02T10:00,2016-03-07T10:00\n"
  "INC2,Awaiting Vendor,true,0,0,0,true,7,,2016-03-01T08:00,,,1,2016-03-01T08:05,Email,1,2,,4,,1,1,1,5,,,,,,,,,6,,,2016-03-07T10:00\n"
  "INC2,Closed,false,0,0,1,true,7,,2016-03-01T08:00,,,1,2016-03-07T10:00,Email,1,2,,4,,1,1,1,5,,,,,,,,,6,,,2016-03-07T10:00\n"
  "INC3,Active,true,0,0,0,true,8,,2016-03-01T08:00,,,1,2016-03-01T08:05,Self service,1,,,,,3,3,4,5,,,,,,,,,6,,,2016-03-07T10:00\n"
  "INC3,Closed,false,0,0,1,true,8,,2016-03-01T08:00,,,1,2016-03-07T10:00,Self service,1,,,,,3,3,4,5,,,,,,,,,6,,,2016-03-07T10:00\n";

static guint
count (KipStore   *store,
       const char *text)
{
  g_autoptr (KipQuery) query = kip_query_parse (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = kip_store_list (store, query, KIP_SORT_NUMBER, FALSE, kip_clock_now (), NULL, &error);

  g_assert_no_error (error);
  return ids->len;
}

static void
check_priorities (KipStore      *store,
                  const Figures *figures)
{
  g_assert_cmpuint (count (store, "priority:critical"), ==, figures->critical);
  g_assert_cmpuint (count (store, "priority:high"), ==, figures->high);
  g_assert_cmpuint (count (store, "priority:normal"), ==, figures->normal);
  g_assert_cmpuint (count (store, "priority:low"), ==, figures->low);
}

/* Every ticket ends closed, and each that passed "resolved" has its resolver. */
static void
check_ends (KipStore      *store,
            const Figures *figures)
{
  g_assert_cmpuint (count (store, "status:closed"), ==, figures->tickets);
  g_assert_cmpuint (count (store, "is:open"), ==, 0);
}

static void
test_log (void)
{
  Fixture fixture;
  g_autofree char *path = kip_test_shared ("data/uci_incident_event_log.csv.gz");
  const Figures *figures = path != NULL ? &real_log : &made_log;
  g_autoptr (GError) error = NULL;
  g_autoptr (KipImportMap) map = kip_import_map_load (MAPPING, &error);
  g_autoptr (GFile) file = NULL;
  g_autoptr (KipImportReport) report = NULL, again = NULL;
  gint64 start = g_get_monotonic_time ();

  g_assert_no_error (error);
  fixture_init (&fixture);
  file = path != NULL ? g_file_new_for_path (path) : write_table (&fixture, "made.csv", made);
  report = kip_importer_run (fixture.store, file, map, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_no_error (report->stopped);
  g_test_message ("%" G_GUINT64_FORMAT " rows in %.2f s", report->n_rows, (double) (g_get_monotonic_time () - start) / 1e6);
  g_assert_cmpuint (report->n_rows, ==, figures->rows);
  g_assert_cmpuint (report->n_new, ==, figures->tickets);
  g_assert_cmpuint (report->n_refused, ==, 0);
  g_assert_cmpuint (report->n_notes, ==, path != NULL ? 7 : 1);
  g_assert_cmpuint (count (fixture.store, ""), ==, figures->tickets);
  check_priorities (fixture.store, figures);
  check_ends (fixture.store, figures);
  again = kip_importer_run (fixture.store, file, map, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->n_known, ==, figures->tickets);
  g_assert_cmpuint (again->n_new + again->n_updated, ==, 0);
  fixture_clear (&fixture);
}

/* The first incident of the real log, row by row. */
static void
test_story (void)
{
  Fixture fixture;
  g_autoptr (KipImportMap) map = kip_import_map_load (MAPPING, NULL);
  g_autoptr (GFile) file = NULL;
  g_autoptr (KipImportReport) report = NULL;
  g_autofree char *told = NULL;

  fixture_init (&fixture);
  file = write_table (&fixture, "made.csv", made);
  report = kip_importer_run (fixture.store, file, map, NULL, NULL, NULL, NULL);
  told = tell_ticket (fixture.store, "INC1");
  g_assert_cmpstr (told, ==,
                   "subject Incident INC1, symptom 4\n"
                   "requester Caller 7, (null), (null), Location 1\n"
                   "channel phone, on line\n"
                   "received 2016-03-01T01:00:00Z\n"
                   "category Category 2 \xe2\x80\xba Subcategory 3\n"
                   "priority normal\n"
                   "cause Code 6\n"
                   "2016-03-01T01:00:00Z status new by H\xc3\xa0\n"
                   "2016-03-02T03:00:00Z status resolved by Resolver 9\n"
                   "2016-03-07T03:00:00Z status closed by User 1\n"
                   "2016-03-01T02:05:00Z assignee Agent 8\n"
                   "2016-03-01T01:00:00Z team Group 5\n");
  fixture_clear (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-log/all", test_log);
  g_test_add_func ("/import-log/story", test_story);
  return g_test_run ();
}
