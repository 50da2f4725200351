/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Change-sets of so many tickets that these are computed beside being written: what is
 * written must be what folding again gives. */

#include "store-fixture.h"

#include <glib.h>

#define MANY 300

static KipChange *
change_of (KipStore *store)
{
  return kip_change_new (kip_store_get_me (store), "import");
}

/* (transfer full) of KipId: tickets of one change-set */
static GArray *
add_many (KipStore *store)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (KipId));
  KipChange *change = change_of (store);

  for (guint i = 0; i < MANY; i++)
    {
      KipId id = kip_store_new_id (store);
      g_autofree char *subject = g_strdup_printf ("ticket %u", i);

      kip_change_set_text (change, KIP_KIND_TICKET, id, KIP_FIELD_SUBJECT, subject);
      kip_change_set (change, KIP_KIND_TICKET, id, KIP_FIELD_IMPACT, kip_value_int (1 + i % 3));
      kip_change_add (change, KIP_KIND_TICKET, id, KIP_FIELD_TAGS, kip_value_text (i % 2 == 0 ? "even" : "odd"));
      g_array_append_val (ids, id);
    }
  append (store, change);
  return ids;
}

static void
set_urgency (KipChange *change,
             GArray    *ids)
{
  for (guint i = 0; i < ids->len; i++)
    kip_change_set (change, KIP_KIND_TICKET, g_array_index (ids, KipId, i), KIP_FIELD_URGENCY, kip_value_int (3 - i % 3));
}

static guint
count (KipStore   *store,
       const char *query)
{
  g_autofree char *numbers = list_numbers (store, query);
  g_auto (GStrv) each = g_strsplit (numbers, " ", -1);

  return *numbers != '\0' ? g_strv_length (each) : 0;
}

static void
test_new_and_changed (void)
{
  g_autoptr (GArray) ids = NULL;
  KipChange *change;
  Fixture fixture;

  fixture_init (&fixture);
  ids = add_many (fixture.store);
  g_assert_cmpuint (count (fixture.store, "tag:even"), ==, MANY / 2);
  assert_rebuilds_same (fixture.store);
  change = change_of (fixture.store);
  set_urgency (change, ids);
  append (fixture.store, change);
  g_assert_cmpuint (count (fixture.store, "urgency:high"), ==, MANY / 3);
  assert_rebuilds_same (fixture.store);
  fixture_clear (&fixture);
}

/* Who has to do with another ticket is not computed beside. */
static void
test_one_is_merged (void)
{
  g_autoptr (KipTicketRow) row = NULL;
  g_autoptr (GArray) ids = NULL;
  KipChange *change;
  Fixture fixture;
  KipId first, last;

  fixture_init (&fixture);
  ids = add_many (fixture.store);
  first = g_array_index (ids, KipId, 0);
  last = g_array_index (ids, KipId, MANY - 1);
  change = change_of (fixture.store);
  set_urgency (change, ids);
  kip_change_set (change, KIP_KIND_TICKET, last, KIP_FIELD_MERGED_INTO, kip_value_int ((gint64) first));
  append (fixture.store, change);
  row = get_row (fixture.store, last);
  g_assert_cmpuint (row->merged_into, ==, first);
  g_assert_cmpuint (count (fixture.store, "tag:odd"), ==, MANY / 2 - 1);
  assert_rebuilds_same (fixture.store);
  fixture_clear (&fixture);
}

/* An undo of them all is a turn of the same kind. */
static void
test_undone (void)
{
  KipReceipt receipt;
  g_autoptr (GArray) ids = NULL;
  KipChange *change;
  Fixture fixture;

  fixture_init (&fixture);
  ids = add_many (fixture.store);
  change = change_of (fixture.store);
  set_urgency (change, ids);
  receipt = append (fixture.store, change);
  undo (fixture.store, receipt);
  g_assert_cmpuint (count (fixture.store, "urgency:high"), ==, 0);
  assert_rebuilds_same (fixture.store);
  fixture_clear (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/many/new-and-changed", test_new_and_changed);
  g_test_add_func ("/many/one-is-merged", test_one_is_merged);
  g_test_add_func ("/many/undone", test_undone);
  return g_test_run ();
}
