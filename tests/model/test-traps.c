/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What other help desks got wrong, done to an office on disk.  Deadlines alone are in
 * the tables of tests/sla. */

#include "kip-clock.h"
#include "kip-commands.h"
#include "kip-settings-commands.h"
#include "store-fixture.h"

#define HOUR 3600

/* From now on it is that moment, "03-09T10:00" of 2026 in Vietnam. */
static void
at (const char *moment)
{
  g_autofree char *clock = g_strdup_printf ("2026-%s:00+07:00 x0.000001", moment);

  g_assert_true (kip_clock_set (clock));
}

static KipInstant
instant (const char *moment)
{
  g_autofree char *text = g_strdup_printf ("2026-%s:00+07:00", moment);
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (text, NULL);

  return g_date_time_to_unix (date) * KIP_MS_PER_SECOND;
}

static KipClock
resolution (KipStore *store,
            KipId     ticket)
{
  g_autoptr (KipTicketRow) row = get_row (store, ticket);

  return row->clocks[KIP_CLOCK_RESOLUTION];
}

static KipTicket *
read_ticket (KipStore *store,
             KipId     ticket)
{
  g_autoptr (GError) error = NULL;
  KipTicket *found = kip_store_ticket (store, ticket, &error);

  g_assert_no_error (error);
  return found;
}

/* ---- statuses ---- */

static void
set_of_status (KipStore   *store,
               const char *key,
               KipField    field,
               KipValue   *value)
{
  const KipStatus *status = kip_office_status_by_key (kip_store_get_office (store), key);

  append (store, kip_command_setting (store, KIP_KIND_STATUS, status->id, field, value));
}

/* Another name and another flag count from now on only. */
static void
test_status_changed (void)
{
  Fixture office;
  KipId before, after;
  KipClock was, is;

  fixture_init (&office);
  before = add_ticket (office.store, "Before", KIP_INSTANT_NONE);
  after = add_ticket (office.store, "After", KIP_INSTANT_NONE);
  at ("03-09T10:00");
  set_status (office.store, before, "waiting-requester");
  at ("03-09T15:00");
  set_status (office.store, before, "open");
  was = resolution (office.store, before);
  set_of_status (office.store, "waiting-requester", KIP_FIELD_NAME, kip_value_text ("Parked"));
  set_of_status (office.store, "waiting-requester", KIP_FIELD_PAUSES, kip_value_int (KIP_PAUSE_NONE));
  set_status (office.store, after, "waiting-requester");
  is = resolution (office.store, before);
  g_assert_cmpint (was.paused, ==, 4 * HOUR);
  g_assert_cmpint (is.paused, ==, was.paused);
  g_assert_cmpint (is.due, ==, was.due);
  g_assert_cmpint (resolution (office.store, after).state, ==, KIP_CLOCK_RUNNING);
  assert_rebuilds_same (office.store);
  fixture_clear (&office);
}

/* ---- merging ---- */

static guint
count_overdue (KipStore *store)
{
  g_autoptr (KipQuery) query = kip_query_parse ("is:open is:overdue");
  g_autoptr (GArray) ids = kip_store_list (store, query, KIP_SORT_NUMBER, FALSE, kip_clock_now (), NULL, NULL);

  return ids->len;
}

/* What was merged away promises nothing any more, however late; work moves; undo gives all back. */
static void
test_merged (void)
{
  Fixture office;
  KipId older, newer;
  KipReceipt merged;
  g_autoptr (KipTicketRow) row = NULL;
  g_autoptr (KipTicket) target = NULL, left = NULL, restored = NULL;

  fixture_init (&office);
  older = add_ticket (office.store, "Older", KIP_INSTANT_NONE);
  at ("03-09T09:00");
  add_message (office.store, older, KIP_MESSAGE_REPLY, "On my way");
  append (office.store, kip_command_work (office.store, older, HOUR / 2, "Looked"));
  at ("03-09T10:00");
  newer = add_ticket (office.store, "Newer", KIP_INSTANT_NONE);
  merged = append (office.store, kip_command_merge (office.store, &older, 1, newer));
  row = get_row (office.store, newer);
  target = read_ticket (office.store, newer);
  g_assert_cmpint (row->received, ==, instant ("03-09T08:00"));
  g_assert_cmpint (row->clocks[KIP_CLOCK_RESPONSE].stopped, ==, instant ("03-09T09:00"));
  g_assert_cmpuint (target->works->len, ==, 1);
  at ("04-09T10:00");
  g_assert_cmpint (resolution (office.store, older).state, ==, KIP_CLOCK_OFF);
  g_assert_cmpuint (count_overdue (office.store), ==, 1);
  undo (office.store, merged);
  left = read_ticket (office.store, newer);
  restored = read_ticket (office.store, older);
  g_assert_cmpuint (left->works->len, ==, 0);
  g_assert_cmpuint (restored->works->len, ==, 1);
  g_assert_cmpuint (count_overdue (office.store), ==, 2);
  assert_rebuilds_same (office.store);
  fixture_clear (&office);
}

/* ---- surveys ---- */

static void
check_survey (const KipTicket *ticket,
              guint            place,
              int              score,
              const char      *resolved)
{
  const KipSurvey *survey = &g_array_index (ticket->surveys, KipSurvey, place);

  g_assert_cmpint (survey->score, ==, score);
  g_assert_cmpint (survey->resolved, ==, instant (resolved));
}

/* An answer stays with the resolution that it was given for. */
static void
test_survey_and_reopened (void)
{
  Fixture office;
  KipId id;
  g_autoptr (KipTicket) ticket = NULL;

  fixture_init (&office);
  id = add_ticket (office.store, "Printer", KIP_INSTANT_NONE);
  at ("03-09T10:00");
  append (office.store, kip_command_resolve (office.store, &id, 1, "Paper", "Taken out"));
  at ("03-09T10:30");
  append (office.store, kip_command_survey (office.store, id, 2, "It jams again"));
  at ("03-09T11:00");
  append (office.store, kip_command_reopen (office.store, &id, 1));
  at ("03-09T14:00");
  append (office.store, kip_command_resolve (office.store, &id, 1, "Roller", "Changed"));
  at ("03-09T15:00");
  append (office.store, kip_command_survey (office.store, id, 5, ""));
  ticket = read_ticket (office.store, id);
  g_assert_cmpuint (ticket->surveys->len, ==, 2);
  check_survey (ticket, 0, 2, "03-09T10:00");
  check_survey (ticket, 1, 5, "03-09T14:00");
  fixture_clear (&office);
}

/* ---- sorting ---- */

/* What is paused has no deadline and is not late; it comes behind what has one, by the time that is left. */
static void
test_paused_sorts (void)
{
  Fixture office;
  KipId calm, urgent, running;
  g_autoptr (GArray) ids = NULL;

  fixture_init (&office);
  calm = add_ticket (office.store, "Calm", KIP_INSTANT_NONE);
  urgent = add_ticket (office.store, "Urgent", KIP_INSTANT_NONE);
  running = add_ticket (office.store, "Running", KIP_INSTANT_NONE);
  append (office.store, kip_command_set_priority (office.store, &urgent, 1, KIP_PRIORITY_HIGH, "The boss waits"));
  for (guint i = 0; i < 3; i++)
    add_message (office.store, (KipId[]) { calm, urgent, running } [i], KIP_MESSAGE_REPLY, "Seen");
  at ("03-09T10:00");
  set_status (office.store, calm, "waiting-requester");
  set_status (office.store, urgent, "waiting-supplier");
  at ("04-09T10:00");
  ids = kip_store_list (office.store, NULL, KIP_SORT_DUE, FALSE, kip_clock_now (), NULL, NULL);
  g_assert_cmpuint (ids->len, ==, 3);
  g_assert_cmpint (g_array_index (ids, KipId, 0), ==, running);
  g_assert_cmpint (g_array_index (ids, KipId, 1), ==, urgent);
  g_assert_cmpint (g_array_index (ids, KipId, 2), ==, calm);
  g_assert_cmpint (resolution (office.store, urgent).due, ==, KIP_INSTANT_NONE);
  g_assert_cmpuint (count_overdue (office.store), ==, 1);
  fixture_clear (&office);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/traps/status-changed", test_status_changed);
  g_test_add_func ("/traps/merged", test_merged);
  g_test_add_func ("/traps/survey-and-reopened", test_survey_and_reopened);
  g_test_add_func ("/traps/paused-sorts", test_paused_sorts);
  return g_test_run ();
}
