/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "shared-office.h"

#include "kip-conflict.h"

#include <string.h>

/* One ticket at three desks.  What is said here is checked at every desk, after a rebuild too. */

typedef struct
{
  Office office;
  KipId  ticket;
} Desks;

static void
desks_init (Desks *desks)
{
  office_init (&desks->office, 1);
  desks->ticket = add_ticket (desks->office.stores[0], "máy in", KIP_INSTANT_NONE);
  exchange_all (&desks->office);
}

static KipReceipt
say (Desks      *desks,
     guint       desk,
     KipField    field,
     const char *text)
{
  return set_text (desks->office.stores[desk], desks->ticket, field, text);
}

/* "a|b" of a field in conflict with the shown one first, "a" of another. */
static char *
describe (KipEntity *entity,
          KipField   field)
{
  g_autoptr (KipConflict) conflict = kip_conflict_of (entity, field);
  GString *text = g_string_new (conflict == NULL ? kip_entity_get_text (entity, field) : NULL);

  for (guint i = 0; conflict != NULL && i < conflict->claims->len; i++)
    {
      const KipEvent *claim = g_ptr_array_index (conflict->claims, i);
      const char *value = kip_value_get_text (claim->value);

      g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", value != NULL ? value : "-");
    }
  return g_string_free (text, FALSE);
}

static void
assert_everywhere (Desks      *desks,
                   KipField    field,
                   const char *expected)
{
  exchange_all (&desks->office);
  for (guint i = 0; i < MACHINES; i++)
    {
      g_autoptr (KipTicket) ticket = kip_store_ticket (desks->office.stores[i], desks->ticket, NULL);
      g_autoptr (KipTicketRow) row = get_row (desks->office.stores[i], desks->ticket);
      g_autofree char *got = describe (ticket->entity, field);

      g_assert_cmpstr (got, ==, expected);
      g_assert_cmpint (row->conflict, ==, strchr (expected, '|') != NULL);
      g_assert_cmpint (ticket->conflict, ==, row->conflict);
    }
}

static void
desks_clear (Desks *desks)
{
  for (guint i = 0; i < MACHINES; i++)
    {
      assert_rebuilds_same (desks->office.stores[i]);
      assert_whole (desks->office.stores[i]);
    }
  office_clear (&desks->office);
}

/* ---- choosing ---- */

static void
test_pick (void)
{
  Desks desks;

  desks_init (&desks);
  say (&desks, 1, KIP_FIELD_SUBJECT, "tầng 2");
  say (&desks, 2, KIP_FIELD_SUBJECT, "tầng 3");
  assert_everywhere (&desks, KIP_FIELD_SUBJECT, "tầng 3|tầng 2");
  say (&desks, 0, KIP_FIELD_SUBJECT, "tầng 2");
  assert_everywhere (&desks, KIP_FIELD_SUBJECT, "tầng 2");
  desks_clear (&desks);
}

/* The one that is shown already can be chosen, too. */
static void
test_pick_shown (void)
{
  Desks desks;
  KipReceipt pick;

  desks_init (&desks);
  say (&desks, 1, KIP_FIELD_SUBJECT, "tầng 2");
  say (&desks, 2, KIP_FIELD_SUBJECT, "tầng 3");
  exchange_all (&desks.office);
  pick = say (&desks, 0, KIP_FIELD_SUBJECT, "tầng 3");
  g_assert_cmpuint (pick.seq, !=, 0);
  assert_everywhere (&desks, KIP_FIELD_SUBJECT, "tầng 3");
  desks_clear (&desks);
}

/* One after the other is no conflict, at whichever desk. */
static void
test_sequence (void)
{
  Desks desks;

  desks_init (&desks);
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *text = g_strdup_printf ("lần %u", i);

      say (&desks, i % MACHINES, KIP_FIELD_SUBJECT, text);
      assert_everywhere (&desks, KIP_FIELD_SUBJECT, text);
    }
  desks_clear (&desks);
}

/* Two who choose differently at once leave a choice, and whoever is last settles it. */
static void
test_two_picks (void)
{
  Desks desks;

  desks_init (&desks);
  say (&desks, 1, KIP_FIELD_SUBJECT, "tầng 2");
  say (&desks, 2, KIP_FIELD_SUBJECT, "tầng 3");
  exchange_all (&desks.office);
  say (&desks, 0, KIP_FIELD_SUBJECT, "tầng 2");
  say (&desks, 1, KIP_FIELD_SUBJECT, "tầng 3");
  assert_everywhere (&desks, KIP_FIELD_SUBJECT, "tầng 3|tầng 2");
  say (&desks, 2, KIP_FIELD_SUBJECT, "tầng 3");
  assert_everywhere (&desks, KIP_FIELD_SUBJECT, "tầng 3");
  desks_clear (&desks);
}

/* ---- undoing ---- */

/* Taking the choice back brings the conflict back, with those who wrote; and again, and again. */
static void
test_undo_pick (void)
{
  Desks desks;
  KipReceipt pick, back;
  g_autoptr (KipTicket) ticket = NULL;
  g_autoptr (KipConflict) conflict = NULL;

  desks_init (&desks);
  say (&desks, 1, KIP_FIELD_SUBJECT, "tầng 2");
  say (&desks, 2, KIP_FIELD_SUBJECT, "tầng 3");
  exchange_all (&desks.office);
  pick = say (&desks, 0, KIP_FIELD_SUBJECT, "tầng 2");
  exchange_all (&desks.office);
  back = undo (desks.office.stores[1], pick);
  assert_everywhere (&desks, KIP_FIELD_SUBJECT, "tầng 3|tầng 2");
  ticket = kip_store_ticket (desks.office.stores[0], desks.ticket, NULL);
  conflict = kip_conflict_of (ticket->entity, KIP_FIELD_SUBJECT);
  for (guint i = 0; i < 2; i++)
    {
      const KipEvent *origin = kip_conflict_origin (ticket->entity, g_ptr_array_index (conflict->claims, i));

      g_assert_cmpuint (origin->id.device, ==, i == 0 ? 3 : 2);
    }
  back = undo (desks.office.stores[1], back);
  assert_everywhere (&desks, KIP_FIELD_SUBJECT, "tầng 2");
  undo (desks.office.stores[1], back);
  assert_everywhere (&desks, KIP_FIELD_SUBJECT, "tầng 3|tầng 2");
  desks_clear (&desks);
}

/* Whoever takes their own value back leaves the colleague's; taken back again both are there. */
static void
test_undo_claim (void)
{
  Desks desks;
  KipReceipt mine, back;

  desks_init (&desks);
  mine = say (&desks, 1, KIP_FIELD_SUBJECT, "tầng 2");
  say (&desks, 2, KIP_FIELD_SUBJECT, "tầng 3");
  exchange_all (&desks.office);
  back = undo (desks.office.stores[1], mine);
  assert_everywhere (&desks, KIP_FIELD_SUBJECT, "tầng 3");
  undo (desks.office.stores[1], back);
  assert_everywhere (&desks, KIP_FIELD_SUBJECT, "tầng 3|tầng 2");
  desks_clear (&desks);
}

/* A value that an undo brought back can be taken back itself. */
static void
test_undo_brought_back (void)
{
  Desks desks;
  KipReceipt mine, pick;

  desks_init (&desks);
  mine = say (&desks, 1, KIP_FIELD_SUBJECT, "tầng 2");
  say (&desks, 2, KIP_FIELD_SUBJECT, "tầng 3");
  exchange_all (&desks.office);
  pick = say (&desks, 1, KIP_FIELD_SUBJECT, "tầng 9");
  undo (desks.office.stores[1], pick);
  assert_everywhere (&desks, KIP_FIELD_SUBJECT, "tầng 3|tầng 2");
  undo (desks.office.stores[1], mine);
  assert_everywhere (&desks, KIP_FIELD_SUBJECT, "tầng 3");
  desks_clear (&desks);
}

/* ---- long texts ---- */

static void
test_merge (void)
{
  Desks desks;
  KipReceipt second;

  desks_init (&desks);
  say (&desks, 0, KIP_FIELD_DESCRIPTION, "Kẹt giấy.\nTầng 2.\nGọi lại sau.\n");
  exchange_all (&desks.office);
  say (&desks, 1, KIP_FIELD_DESCRIPTION, "Kẹt giấy.\nTầng 2.\nGọi lại sau.\nĐã gọi.\n");
  second = say (&desks, 2, KIP_FIELD_DESCRIPTION, "Kẹt giấy nặng.\nTầng 2.\nGọi lại sau.\n");
  assert_everywhere (&desks, KIP_FIELD_DESCRIPTION, "Kẹt giấy nặng.\nTầng 2.\nGọi lại sau.\nĐã gọi.\n");
  undo (desks.office.stores[2], second);
  assert_everywhere (&desks, KIP_FIELD_DESCRIPTION, "Kẹt giấy.\nTầng 2.\nGọi lại sau.\nĐã gọi.\n");
  say (&desks, 0, KIP_FIELD_DESCRIPTION, "Xong.");
  assert_everywhere (&desks, KIP_FIELD_DESCRIPTION, "Xong.");
  desks_clear (&desks);
}

static void
test_merge_three (void)
{
  Desks desks;

  desks_init (&desks);
  say (&desks, 0, KIP_FIELD_DESCRIPTION, "một\nhai\nba\nbốn\nnăm\n");
  exchange_all (&desks.office);
  say (&desks, 0, KIP_FIELD_DESCRIPTION, "MỘT\nhai\nba\nbốn\nnăm\n");
  say (&desks, 1, KIP_FIELD_DESCRIPTION, "một\nhai\nBA\nbốn\nnăm\n");
  say (&desks, 2, KIP_FIELD_DESCRIPTION, "một\nhai\nba\nbốn\nNĂM\n");
  assert_everywhere (&desks, KIP_FIELD_DESCRIPTION, "MỘT\nhai\nBA\nbốn\nNĂM\n");
  desks_clear (&desks);
}

static void
test_merge_conflict (void)
{
  Desks desks;
  const KipEvent *left, *right;
  g_autoptr (KipTicket) ticket = NULL;
  g_autoptr (KipConflict) conflict = NULL;
  g_autoptr (GPtrArray) pieces = NULL;

  desks_init (&desks);
  say (&desks, 0, KIP_FIELD_DESCRIPTION, "Kẹt giấy.\nTầng 2.\n");
  exchange_all (&desks.office);
  say (&desks, 1, KIP_FIELD_DESCRIPTION, "Kẹt giấy.\nTầng 3.\n");
  say (&desks, 2, KIP_FIELD_DESCRIPTION, "Kẹt giấy.\nTầng 4.\n");
  assert_everywhere (&desks, KIP_FIELD_DESCRIPTION, "Kẹt giấy.\nTầng 4.\n|Kẹt giấy.\nTầng 3.\n");
  ticket = kip_store_ticket (desks.office.stores[0], desks.ticket, NULL);
  conflict = kip_conflict_of (ticket->entity, KIP_FIELD_DESCRIPTION);
  pieces = kip_conflict_pieces (ticket->entity, conflict, &left, &right);
  g_assert_cmpuint (pieces->len, ==, 2);
  g_assert_cmpuint (left->id.device, ==, 2);
  g_assert_cmpuint (right->id.device, ==, 3);
  desks_clear (&desks);
}

/* What was typed over a text that came in meanwhile replaces only what its writer saw. */
static void
test_unseen (void)
{
  Desks desks;
  KipStore *store;
  g_autoptr (KipTicket) seen = NULL;
  GPtrArray *writes;
  KipChange *change;
  KipEvent *set;

  desks_init (&desks);
  store = desks.office.stores[1];
  say (&desks, 0, KIP_FIELD_DESCRIPTION, "một\nhai\nba\n");
  exchange_all (&desks.office);
  seen = kip_store_ticket (store, desks.ticket, NULL);
  say (&desks, 2, KIP_FIELD_DESCRIPTION, "một\nhai\nBA\n");
  exchange_all (&desks.office);
  for (guint i = 0; i < 2; i++)
    {
      change = kip_change_new (kip_store_get_me (store), "edit");
      set = kip_change_set_text (change, KIP_KIND_TICKET, desks.ticket, KIP_FIELD_DESCRIPTION,
                                 i == 0 ? "MỘT\nhai\nba\n" : "MỘT!\nhai\nba\n");
      writes = kip_entity_get_writes (seen->entity, KIP_FIELD_DESCRIPTION);
      kip_event_add_ref (set, &((KipEvent *) g_ptr_array_index (writes, 0))->id);
      set->saw_refs = TRUE;
      append (store, change);
    }
  assert_everywhere (&desks, KIP_FIELD_DESCRIPTION, "MỘT!\nhai\nBA\n");
  desks_clear (&desks);
}

/* ---- several fields, and what happened at the same time ---- */

static void
test_list (void)
{
  Desks desks;
  g_autoptr (KipTicket) ticket = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GHashTable) rivals = NULL;
  GHashTableIter iter;
  gpointer event, others;

  desks_init (&desks);
  for (guint i = 1; i < 3; i++)
    {
      say (&desks, i, KIP_FIELD_SUBJECT, i == 1 ? "A" : "B");
      set_int (desks.office.stores[i], desks.ticket, KIP_FIELD_URGENCY, i == 1 ? 1 : 3);
      set_int (desks.office.stores[i], desks.ticket, KIP_FIELD_IMPACT, 1);
    }
  exchange_all (&desks.office);
  say (&desks, 0, KIP_FIELD_SUBJECT, "A");
  exchange_all (&desks.office);
  ticket = kip_store_ticket (desks.office.stores[2], desks.ticket, NULL);
  list = kip_conflict_list (ticket->entity);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpint (((KipConflict *) g_ptr_array_index (list, 0))->field, ==, KIP_FIELD_URGENCY);
  /* The subject was settled, the urgency was not: two and two knew nothing of each other. */
  rivals = kip_conflict_rivals (ticket->entity);
  g_assert_cmpuint (g_hash_table_size (rivals), ==, 4);
  g_hash_table_iter_init (&iter, rivals);
  while (g_hash_table_iter_next (&iter, &event, &others))
    {
      const KipEvent *other = g_ptr_array_index ((GPtrArray *) others, 0);

      g_assert_cmpuint (((GPtrArray *) others)->len, ==, 1);
      g_assert_cmpuint (((KipEvent *) event)->id.device + other->id.device, ==, 5);
    }
  desks_clear (&desks);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/conflicts/pick", test_pick);
  g_test_add_func ("/conflicts/pick-shown", test_pick_shown);
  g_test_add_func ("/conflicts/sequence", test_sequence);
  g_test_add_func ("/conflicts/two-picks", test_two_picks);
  g_test_add_func ("/conflicts/undo-pick", test_undo_pick);
  g_test_add_func ("/conflicts/undo-claim", test_undo_claim);
  g_test_add_func ("/conflicts/undo-brought-back", test_undo_brought_back);
  g_test_add_func ("/conflicts/merge", test_merge);
  g_test_add_func ("/conflicts/merge-three", test_merge_three);
  g_test_add_func ("/conflicts/merge-conflict", test_merge_conflict);
  g_test_add_func ("/conflicts/unseen", test_unseen);
  g_test_add_func ("/conflicts/list", test_list);
  return g_test_run ();
}
