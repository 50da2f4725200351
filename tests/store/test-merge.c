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
assert_found (KipStore   *store,
              const char *query,
              const char *numbers)
{
  g_autofree char *found = list_numbers (store, query);

  g_assert_cmpstr (found, ==, numbers);
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
  g_test_add_func ("/merge/circle", test_circle);
  g_test_add_func ("/merge/into-itself", test_into_itself);
  return g_test_run ();
}
