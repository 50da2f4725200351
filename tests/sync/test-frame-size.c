/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What an edit costs in the shared file, measured on change-sets that a store wrote. */

#include "sync-fixture.h"

#include "kip-store-share.h"
#include "store-fixture.h"

#define LONE_EDIT 320   /* bytes of file, at most */
#define EDIT_OF_TEN 100

/* What the store wrote since @before, sealed as it would be sent at once; the growth of the file. */
static gsize
growth_since (KipStore *store,
              GArray   *before)
{
  g_autoptr (KipShareKeys) keys = fixed_keys (1, 2, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes = kip_store_changes_since (store, before, 65536, &error), frames = NULL;
  gsize growth = 0;

  g_assert_no_error (error);
  frames = kip_frame_seal_changes (keys, changes, 65536, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (frames->len, ==, 1);
  for (guint i = 0; i < changes->len; i++)
    g_test_message ("change-set of %u bytes", (guint) g_bytes_get_size (((KipRawChange *) g_ptr_array_index (changes, i))->bytes));
  for (guint i = 0; i < frames->len; i++)
    growth += g_bytes_get_size (g_ptr_array_index (frames, i));
  g_test_message ("file grows by %u bytes", (guint) growth);
  return growth;
}

static GArray *
holdings (KipStore *store)
{
  g_autoptr (GError) error = NULL;
  GArray *now = kip_store_holdings (store, &error);

  g_assert_no_error (error);
  return now;
}

static void
edit (KipStore *store,
      KipId     ticket,
      guint     which)
{
  switch (which)
    {
    case 0:
      set_int (store, ticket, KIP_FIELD_IMPACT, 1);
      break;
    case 1:
      set_status (store, ticket, "waiting-requester");
      break;
    case 2:
      set_int (store, ticket, KIP_FIELD_DUE, G_GINT64_CONSTANT (1773104400000));
      break;
    default:
      set_text (store, ticket, KIP_FIELD_SUBJECT, "Máy in tầng 3 không in được");
      break;
    }
}

static void
test_lone_edits (void)
{
  Fixture fixture;
  KipId ticket;

  fixture_init (&fixture);
  ticket = add_ticket (fixture.store, "Printer", 0);
  for (guint i = 0; i < 300; i++)
    set_int (fixture.store, ticket, KIP_FIELD_URGENCY, 1 + i % 3);
  for (guint which = 0; which < 4; which++)
    {
      g_autoptr (GArray) before = holdings (fixture.store);

      edit (fixture.store, ticket, which);
      g_assert_cmpuint (growth_since (fixture.store, before), <=, LONE_EDIT);
    }
  fixture_clear (&fixture);
}

static void
test_ten_in_one (void)
{
  Fixture fixture;
  KipId tickets[10];
  KipChange *change;
  g_autoptr (GArray) before = NULL;

  fixture_init (&fixture);
  for (guint i = 0; i < G_N_ELEMENTS (tickets); i++)
    {
      tickets[i] = add_ticket (fixture.store, "Printer", 0);
      set_int (fixture.store, tickets[i], KIP_FIELD_IMPACT, 2);
    }
  before = holdings (fixture.store);
  change = kip_change_new (KIP_ID_NONE, "bulk");
  for (guint i = 0; i < G_N_ELEMENTS (tickets); i++)
    kip_change_set_int (change, KIP_KIND_TICKET, tickets[i], KIP_FIELD_IMPACT, 1);
  append (fixture.store, change);
  g_assert_cmpuint (growth_since (fixture.store, before), <=, 10 * EDIT_OF_TEN);
  fixture_clear (&fixture);
}

/* Ten edits, one after the other, that go together. */
static void
test_ten_together (void)
{
  Fixture fixture;
  KipId ticket;
  g_autoptr (GArray) before = NULL;

  fixture_init (&fixture);
  ticket = add_ticket (fixture.store, "Printer", 0);
  before = holdings (fixture.store);
  for (guint i = 0; i < 10; i++)
    set_int (fixture.store, ticket, KIP_FIELD_URGENCY, 1 + i % 3);
  g_assert_cmpuint (growth_since (fixture.store, before), <=, 10 * EDIT_OF_TEN);
  fixture_clear (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/frame-size/lone-edits", test_lone_edits);
  g_test_add_func ("/frame-size/ten-in-one", test_ten_in_one);
  g_test_add_func ("/frame-size/ten-together", test_ten_together);
  return g_test_run ();
}
