/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-fixture.h"

#include "kip-clock.h"

#define MINUTE KIP_MS_PER_MINUTE

static KipReceipt
merge (KipStore *store,
       KipId     source,
       KipId     target)
{
  return set_int (store, source, KIP_FIELD_MERGED_INTO, (gint64) target);
}

/* Trap 28: the source's clocks stop, the target keeps the older times, undo restores all. */
static void
test_merge (void)
{
  KipInstant now;
  g_autoptr (KipTicketRow) source = NULL;
  g_autoptr (KipTicketRow) target = NULL;
  g_autoptr (KipTicketRow) before = NULL;
  g_autoptr (KipTicketRow) restored = NULL;
  Fixture fixture;
  KipReceipt merged;
  KipId a, b;

  fixture_init (&fixture);
  now = kip_clock_now ();
  a = add_ticket (fixture.store, "older", now - 60 * MINUTE);
  b = add_ticket (fixture.store, "newer", now - 10 * MINUTE);
  add_message (fixture.store, a, KIP_MESSAGE_INCOMING, "bàn phím");
  before = get_row (fixture.store, b);
  merged = merge (fixture.store, a, b);
  source = get_row (fixture.store, a);
  target = get_row (fixture.store, b);
  g_assert_cmpuint (source->merged_into, ==, b);
  g_assert_cmpint (source->clocks[KIP_CLOCK_RESOLUTION].state, ==, KIP_CLOCK_OFF);
  g_assert_cmpint (target->received, ==, now - 60 * MINUTE);
  g_assert_cmpuint (target->n_messages, ==, 1);
  g_assert_cmpint (target->clocks[KIP_CLOCK_RESOLUTION].state, ==, KIP_CLOCK_RUNNING);
  undo (fixture.store, merged);
  restored = get_row (fixture.store, b);
  g_assert_cmpint (restored->received, ==, before->received);
  g_assert_cmpuint (restored->n_messages, ==, 0);
  g_assert_cmpint (restored->next_due, ==, before->next_due);
  assert_rebuilds_same (fixture.store);
  fixture_clear (&fixture);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  GArray **ids = data;
  g_autoptr (GError) error = NULL;

  *ids = kip_store_list_finish (KIP_STORE (source), result, &error);
  g_assert_no_error (error);
}

static gboolean
is_listed (gpointer data)
{
  return *(GArray **) data != NULL;
}

/* How many the window lists, which asks for the newest. */
static guint
count_in_window (KipStore   *store,
                 const char *query)
{
  g_autoptr (KipQuery) parsed = kip_query_parse (query);
  g_autoptr (GArray) ids = NULL;

  kip_store_list_async (store, parsed, KIP_SORT_NUMBER, FALSE, kip_clock_now (), NULL, listed_cb, &ids);
  wait_until (is_listed, &ids);
  return ids->len;
}

static void
assert_found (KipStore   *store,
              const char *query,
              const char *numbers)
{
  g_autofree char *found = list_numbers (store, query);
  g_auto (GStrv) each = g_strsplit (numbers, " ", -1);

  g_assert_cmpstr (found, ==, numbers);
  g_assert_cmpuint (count_in_window (store, query), ==, g_strv_length (each));
}

/* What stands in the source is found in the target, and a later message there too. */
static void
test_search (void)
{
  Fixture fixture;
  KipReceipt merged;
  KipId a, b, c;

  fixture_init (&fixture);
  a = add_ticket (fixture.store, "one", KIP_INSTANT_NONE);
  b = add_ticket (fixture.store, "two", KIP_INSTANT_NONE);
  c = add_ticket (fixture.store, "three", KIP_INSTANT_NONE);
  add_message (fixture.store, a, KIP_MESSAGE_INCOMING, "bàn phím");
  merge (fixture.store, a, b);
  merged = merge (fixture.store, b, c);
  assert_found (fixture.store, "ban phim", "3");
  assert_found (fixture.store, "", "3");
  assert_found (fixture.store, "is:merged", "1 2");
  add_message (fixture.store, a, KIP_MESSAGE_INCOMING, "con chuột");
  assert_found (fixture.store, "chuot", "3");
  assert_found (fixture.store, "chuot or nothing", "3");
  undo (fixture.store, merged);
  assert_found (fixture.store, "chuot", "2");
  assert_found (fixture.store, "", "2 3");
  fixture_clear (&fixture);
}

/* One word in the source, another in the target, a third in one that was merged into the source. */
static void
test_words_apart (void)
{
  Fixture fixture;
  KipReceipt merged;
  KipChange *change;
  KipId a, b, c, person;

  fixture_init (&fixture);
  a = add_ticket (fixture.store, "toner low", KIP_INSTANT_NONE);
  b = add_ticket (fixture.store, "printer jam", KIP_INSTANT_NONE);
  c = add_ticket (fixture.store, "tray open", KIP_INSTANT_NONE);
  person = add_person (fixture.store, "Lan", FALSE);
  set_int (fixture.store, a, KIP_FIELD_REQUESTER, (gint64) person);
  assert_found (fixture.store, "toner printer", "");
  merge (fixture.store, a, b);
  assert_found (fixture.store, "toner printer", "2");
  assert_found (fixture.store, "prin ton", "2");
  assert_found (fixture.store, "subject:toner", "");
  merged = merge (fixture.store, b, c);
  assert_found (fixture.store, "toner printer", "3");
  assert_found (fixture.store, "tray toner jam", "3");
  assert_found (fixture.store, "is:merged jam", "2");
  add_message (fixture.store, a, KIP_MESSAGE_INCOMING, "magenta");
  assert_found (fixture.store, "magenta tray", "3");
  change = kip_change_new (kip_store_get_me (fixture.store), "settings");
  kip_change_set_text (change, KIP_KIND_PERSON, person, KIP_FIELD_NAME, "Phương");
  append (fixture.store, change);
  assert_found (fixture.store, "phuong tray", "3");
  assert_found (fixture.store, "lan tray", "");
  undo (fixture.store, merged);
  assert_found (fixture.store, "tray toner", "");
  assert_found (fixture.store, "magenta phuong jam", "2");
  assert_rebuilds_same (fixture.store);
  assert_found (fixture.store, "magenta phuong jam", "2");
  fixture_clear (&fixture);
}

/* Trap 29: in a circle the write that came first counts; nobody disappears. */
static void
test_circle (void)
{
  g_autoptr (KipTicketRow) row_a = NULL;
  g_autoptr (KipTicketRow) row_b = NULL;
  g_autoptr (KipTicketRow) row_c = NULL;
  Fixture fixture;
  KipId a, b, c;

  fixture_init (&fixture);
  a = add_ticket (fixture.store, "one", KIP_INSTANT_NONE);
  b = add_ticket (fixture.store, "two", KIP_INSTANT_NONE);
  c = add_ticket (fixture.store, "three", KIP_INSTANT_NONE);
  merge (fixture.store, a, b);
  merge (fixture.store, b, c);
  merge (fixture.store, c, a);
  row_a = get_row (fixture.store, a);
  row_b = get_row (fixture.store, b);
  row_c = get_row (fixture.store, c);
  g_assert_cmpuint (row_a->merged_into, ==, c);
  g_assert_cmpuint (row_b->merged_into, ==, c);
  g_assert_cmpuint (row_c->merged_into, ==, KIP_ID_NONE);
  assert_found (fixture.store, "", "3");
  assert_rebuilds_same (fixture.store);
  fixture_clear (&fixture);
}

static void
test_into_itself (void)
{
  g_autoptr (KipTicketRow) row = NULL;
  Fixture fixture;
  KipId a;

  fixture_init (&fixture);
  a = add_ticket (fixture.store, "one", KIP_INSTANT_NONE);
  merge (fixture.store, a, a);
  merge (fixture.store, a, kip_store_new_id (fixture.store));
  row = get_row (fixture.store, a);
  g_assert_cmpuint (row->merged_into, ==, KIP_ID_NONE);
  assert_found (fixture.store, "", "1");
  assert_rebuilds_same (fixture.store);
  fixture_clear (&fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/merge/merge", test_merge);
  g_test_add_func ("/merge/search", test_search);
  g_test_add_func ("/merge/words-apart", test_words_apart);
  g_test_add_func ("/merge/circle", test_circle);
  g_test_add_func ("/merge/into-itself", test_into_itself);
  return g_test_run ();
}
