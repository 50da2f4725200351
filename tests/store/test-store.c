/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-fixture.h"

#include "kip-clock.h"

/* ---- a new office ---- */

static void
test_create (void)
{
  Fixture fixture;
  KipOffice *office;

  fixture_init (&fixture);
  office = kip_store_get_office (fixture.store);
  g_assert_cmpstr (kip_office_get_name (office), ==, "Văn phòng");
  g_assert_cmpuint (kip_office_get_statuses (office)->len, ==, 7);
  g_assert_cmpint (kip_office_status_by_key (office, "waiting-supplier")->pause, ==, KIP_PAUSE_SUPPLIER);
  g_assert_cmpuint (kip_office_get_agents (office)->len, ==, 1);
  g_assert_cmpuint (kip_store_get_me (fixture.store), ==, ((KipPerson *) g_ptr_array_index (kip_office_get_agents (office), 0))->id);
  g_assert_cmpuint (kip_office_get_categories (office)->len, >, 20);
  g_assert_cmpuint (kip_agreements_get_policies (kip_store_get_agreements (fixture.store))->len, ==, 1);
  g_assert_true (kip_store_exists (fixture.dir));
  assert_whole (fixture.store);
  assert_rebuilds_same (fixture.store);
  fixture_clear (&fixture);
}

static void
test_create_twice (void)
{
  static const KipOfficeSetup setup = { "Other", "Me", "vi", NULL, NULL };
  g_autoptr (GError) error = NULL;
  Fixture fixture;

  fixture_init (&fixture);
  g_assert_null (kip_store_create (fixture.dir, &setup, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_EXISTS);
  fixture_reopen (&fixture);
  g_assert_cmpstr (kip_office_get_name (kip_store_get_office (fixture.store)), ==, "Văn phòng");
  fixture_clear (&fixture);
}

/* Hours that were chosen are the calendar's first version, and its only one. */
static void
test_create_hours (void)
{
  g_autoptr (KipCalendarSpec) hours = kip_calendar_spec_new ("Europe/Berlin");
  const KipOfficeSetup setup = { "Other", "Me", "en", "Europe/Berlin", hours };
  g_autoptr (GError) error = NULL;
  g_autoptr (KipStore) store = NULL;
  g_autofree char *dir = NULL;
  g_autofree char *weekly = NULL;
  GPtrArray *versions;
  Fixture fixture;

  fixture_init (&fixture);
  dir = g_build_filename (fixture.dir, "other", NULL);
  g_assert_true (kip_calendar_spec_set_weekly (hours, "tue=10:00-12:00", NULL));
  store = kip_store_create (dir, &setup, &error);
  g_assert_no_error (error);
  versions = kip_agreements_get_calendar_versions (kip_store_get_agreements (store),
                                                   kip_office_get_calendar (kip_store_get_office (store)));
  g_assert_cmpuint (versions->len, ==, 1);
  weekly = kip_calendar_spec_dup_weekly (kip_calendar_get_spec (((KipCalendarVersion *) versions->pdata[0])->calendar));
  g_assert_cmpstr (weekly, ==, "tue=10:00-12:00");
  kip_store_close (store);
  fixture_clear (&fixture);
}

/* ---- tickets ---- */

static void
test_append (void)
{
  g_autoptr (KipTicketRow) row = NULL;
  g_autoptr (KipTicket) ticket = NULL;
  g_autofree char *number = NULL;
  Fixture fixture;
  KipId id;

  fixture_init (&fixture);
  id = add_ticket (fixture.store, "Máy in kẹt giấy", KIP_INSTANT_NONE);
  add_message (fixture.store, id, KIP_MESSAGE_INCOMING, "vẫn kẹt");
  fixture_reopen (&fixture);
  row = get_row (fixture.store, id);
  number = kip_ticket_number_format (row->number);
  g_assert_cmpstr (number, ==, "A-1");
  g_assert_cmpstr (row->subject, ==, "Máy in kẹt giấy");
  g_assert_cmpuint (row->n_messages, ==, 1);
  g_assert_true (row->unanswered);
  g_assert_cmpint (row->clocks[KIP_CLOCK_RESPONSE].state, ==, KIP_CLOCK_RUNNING);
  g_assert_cmpint (row->next_due, ==, row->clocks[KIP_CLOCK_RESPONSE].due);
  ticket = kip_store_ticket (fixture.store, id, NULL);
  g_assert_cmpstr (g_array_index (ticket->messages, KipMessage, 0).text, ==, "vẫn kẹt");
  assert_rebuilds_same (fixture.store);
  assert_whole (fixture.store);
  fixture_clear (&fixture);
}

static void
test_numbers (void)
{
  g_autoptr (GError) error = NULL;
  Fixture fixture;
  KipId first, second;

  fixture_init (&fixture);
  first = add_ticket (fixture.store, "one", KIP_INSTANT_NONE);
  fixture_reopen (&fixture);
  second = add_ticket (fixture.store, "two", KIP_INSTANT_NONE);
  set_text (fixture.store, second, KIP_FIELD_EXTERNAL, "INC-77");
  g_assert_cmpuint (kip_store_find_number (fixture.store, "a-1", NULL), ==, first);
  g_assert_cmpuint (kip_store_find_number (fixture.store, "A2", NULL), ==, second);
  g_assert_cmpuint (kip_store_find_number (fixture.store, "2", NULL), ==, second);
  g_assert_cmpuint (kip_store_find_number (fixture.store, "inc-77", NULL), ==, second);
  g_assert_cmpuint (kip_store_find_number (fixture.store, "B-1", &error), ==, KIP_ID_NONE);
  g_assert_error (error, KIP_ERROR, KIP_ERROR_NOT_FOUND);
  fixture_clear (&fixture);
}

static void
test_nothing_changed (void)
{
  Fixture fixture;
  KipReceipt receipt;
  KipId id;

  fixture_init (&fixture);
  id = add_ticket (fixture.store, "one", KIP_INSTANT_NONE);
  receipt = set_text (fixture.store, id, KIP_FIELD_SUBJECT, "one");
  g_assert_cmpuint (receipt.seq, ==, 0);
  receipt = set_int (fixture.store, id, KIP_FIELD_ASSIGNEE, 0);
  g_assert_cmpuint (receipt.seq, ==, 3);
  fixture_clear (&fixture);
}

/* ---- lists ---- */

static void
assert_list (KipStore   *store,
             const char *query,
             const char *expected)
{
  g_autofree char *found = list_numbers (store, query);

  if (g_strcmp0 (found, expected) != 0)
    g_error ("“%s” lists %s, expected %s", query, found, expected);
}

static void
test_lists (void)
{
  Fixture fixture;
  KipStore *store;
  KipId a, b, c, lan;

  fixture_init (&fixture);
  store = fixture.store;
  lan = add_person (store, "Trần Thị Lan", TRUE);
  a = add_ticket (store, "Máy in kẹt giấy", KIP_INSTANT_NONE);
  b = add_ticket (store, "Đường dây chết", KIP_INSTANT_NONE);
  c = add_ticket (store, "VPN", KIP_INSTANT_NONE);
  set_int (store, a, KIP_FIELD_REQUESTER, (gint64) lan);
  set_int (store, b, KIP_FIELD_ASSIGNEE, (gint64) kip_store_get_me (store));
  add_message (store, c, KIP_MESSAGE_REPLY, "Anh thử máy khác xem");
  set_status (store, c, "resolved");
  fixture_reopen (&fixture);
  store = fixture.store;
  assert_list (store, "", "1 2 3");
  assert_list (store, "may", "1 3");
  assert_list (store, "may in", "1");
  assert_list (store, "duong", "2");
  assert_list (store, "lan", "1");
  assert_list (store, "is:open", "1 2");
  assert_list (store, "agent:me", "2");
  assert_list (store, "is:vip", "1");
  assert_list (store, "requester:lan", "1");
  assert_list (store, "-requester:lan", "2 3");
  assert_list (store, "may -is:open", "3");
  assert_list (store, "may or duong", "1 2 3");
  assert_list (store, "a-2", "2");
  assert_list (store, "subject:may", "1");
  assert_list (store, "is:open sort:-number", "2 1");
  set_int (store, b, KIP_FIELD_DELETED, 1);
  assert_list (store, "", "1 3");
  assert_list (store, "is:deleted", "2");
  fixture_clear (&fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/create", test_create);
  g_test_add_func ("/store/create-twice", test_create_twice);
  g_test_add_func ("/store/create-hours", test_create_hours);
  g_test_add_func ("/store/append", test_append);
  g_test_add_func ("/store/numbers", test_numbers);
  g_test_add_func ("/store/nothing-changed", test_nothing_changed);
  g_test_add_func ("/store/lists", test_lists);
  return g_test_run ();
}
