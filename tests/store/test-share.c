/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "shared-office.h"

#include "kip-clock.h"

#include <sqlite3.h>
#include <string.h>

#define TICKETS 6

/* ---- what can be seen ---- */

/* Everything that is computed, but the order in which a machine learnt of it. */
static char *
dump (const char *dir)
{
  static const char *const queries[] = {
    "SELECT quote(id) || quote(hidden) || quote(phase) || quote(status) || quote(priority) || quote(assignee) || quote(due_sort)"
    " || quote(next_due) || quote(updated) || quote(conflict) || quote(response_state) || quote(resolution_due) || quote(number)"
    " || quote(merged_into) FROM ticket ORDER BY id",
    "SELECT quote(id) || quote(subject) || quote(body) FROM ticket_row ORDER BY id",
    "SELECT tag || t.id FROM ticket_tag AS g JOIN ticket AS t USING (slot) ORDER BY 1",
    "SELECT quote(t.id) || quote(clock) || quote(thresholds) FROM running JOIN ticket AS t USING (slot) ORDER BY 1",
    "SELECT quote(source) || quote(target) FROM merge ORDER BY 1",
    "SELECT quote(device) || ' ' || quote(seq) || quote(hash) FROM changeset ORDER BY device, seq"
  };
  g_autofree char *path = g_build_filename (dir, "kip.db", NULL);
  GString *text = g_string_new (NULL);
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      sqlite3_stmt *stmt;

      g_assert_cmpint (sqlite3_prepare_v2 (db, queries[i], -1, &stmt, NULL), ==, SQLITE_OK);
      while (sqlite3_step (stmt) == SQLITE_ROW)
        g_string_append_printf (text, "%u %s\n", i, (const char *) sqlite3_column_text (stmt, 0));
      sqlite3_finalize (stmt);
    }
  sqlite3_close (db);
  return g_string_free (text, FALSE);
}

static void
assert_same (Office *office)
{
  g_autofree char *first = dump (office->dirs[0]);

  for (guint i = 0; i < MACHINES; i++)
    {
      g_autofree char *other = dump (office->dirs[i]);

      g_assert_cmpstr (first, ==, other);
      assert_rebuilds_same (office->stores[i]);
      assert_whole (office->stores[i]);
    }
}

/* ---- work ---- */

static void
move_clock (Office *office)
{
  g_autofree char *iso = NULL;
  g_autofree char *text = NULL;

  office->now += g_rand_int_range (office->rand, 0, 90) * KIP_MS_PER_MINUTE;
  iso = kip_instant_to_iso (office->now);
  text = g_strconcat (iso, " x0.000001", NULL);
  g_assert_true (kip_clock_set (text));
}

static KipId
any_ticket (Office *office)
{
  return g_array_index (office->tickets, KipId, pick (office, office->tickets->len));
}

static void
edit (Office    *office,
      KipStore  *store,
      KipChange *change)
{
  static const char *const words[] = { "máy in", "VPN", "mật khẩu", "màn hình" };
  static const char *const statuses[] = { "new", "open", "waiting-requester", "resolved", "closed" };
  KipId ticket = any_ticket (office);
  const KipStatus *status;

  switch (pick (office, 8))
    {
    case 0:
      kip_change_set_text (change, KIP_KIND_TICKET, ticket, KIP_FIELD_SUBJECT, words[pick (office, 4)]);
      break;
    case 1:
    case 2:
      status = kip_office_status_by_key (kip_store_get_office (store), statuses[pick (office, 5)]);
      kip_change_set_status (change, ticket, status->id, status->phase, status->pause);
      break;
    case 3:
      kip_change_add_message (change, ticket, (KipMessageKind) (1 + pick (office, 5)), words[pick (office, 4)]);
      break;
    case 4:
      kip_change_add (change, KIP_KIND_TICKET, ticket, KIP_FIELD_TAGS, kip_value_text (words[pick (office, 4)]));
      break;
    case 5:
      kip_change_remove (change, KIP_KIND_TICKET, ticket, KIP_FIELD_TAGS, kip_value_text (words[pick (office, 4)]));
      break;
    case 6:
      kip_change_set_int (change, KIP_KIND_TICKET, ticket, KIP_FIELD_URGENCY, 1 + pick (office, 3));
      break;
    default:
      kip_change_set_int (change, KIP_KIND_TICKET, ticket, KIP_FIELD_MERGED_INTO, pick (office, 2) ? (gint64) any_ticket (office) : 0);
      break;
    }
}

/* The newest that can be undone here; it is refused where all of it was changed again elsewhere. */
static void
undo_newest (KipStore *store,
             guint     device,
             guint64   seq)
{
  g_autoptr (GError) error = NULL;

  if (!kip_store_undo (store, device, seq, NULL, &error))
    g_assert_error (error, KIP_ERROR, KIP_ERROR_CONFLICT);
}

static void
work (Office *office,
      guint   machine)
{
  KipStore *store = office->stores[machine];
  KipChange *change;
  guint64 last;

  if (office->tickets->len < TICKETS || pick (office, 12) == 0)
    {
      KipId id = add_ticket (store, "máy in", KIP_INSTANT_NONE);

      g_array_append_val (office->tickets, id);
      return;
    }
  last = kip_store_get_last_undoable (store);
  if (last > 1 && pick (office, 10) == 0)
    {
      undo_newest (store, machine + 1, last);
      return;
    }
  change = kip_change_new (kip_store_get_me (store), "edit");
  edit (office, store, change);
  append (store, change);
}

/* Some of what @from has and @to lacks, shuffled, some of it twice, and a piece that is lost. */
static void
exchange_some (Office *office,
               guint   from,
               guint   to)
{
  g_autoptr (GPtrArray) changes = lacking (office->stores[from], office->stores[to], 1 + pick (office, 4000));
  guint n = changes->len;

  for (guint i = 0; i < n / 3; i++)
    g_ptr_array_add (changes, kip_raw_change_ref (g_ptr_array_index (changes, pick (office, n))));
  for (guint i = changes->len; i > 1; i--)
    {
      guint j = pick (office, i);
      gpointer other = changes->pdata[j];

      changes->pdata[j] = changes->pdata[i - 1];
      changes->pdata[i - 1] = other;
    }
  if (changes->len > 1 && pick (office, 2))
    g_ptr_array_set_size (changes, changes->len / 2);
  receive (office->stores[to], changes);
}

static void
play (guint32 seed)
{
  Office office;

  office_init (&office, seed);
  for (guint i = 0; i < 60; i++)
    {
      guint from = pick (&office, MACHINES), to = pick (&office, MACHINES);

      move_clock (&office);
      work (&office, pick (&office, MACHINES));
      if (from != to && pick (&office, 2))
        exchange_some (&office, from, to);
    }
  exchange_all (&office);
  assert_same (&office);
  office_clear (&office);
}

static void
test_random (void)
{
  guint32 base = (guint32) g_test_rand_int ();

  for (guint i = 0; i < 8; i++)
    {
      g_test_message ("seed %u", base + i);
      play (base + i);
    }
}

/* ---- one by one ---- */

static void
test_conflict (void)
{
  Office office;
  KipId ticket;
  g_autoptr (KipTicketRow) row = NULL;
  g_autoptr (KipTicketRow) after = NULL;

  office_init (&office, 1);
  ticket = add_ticket (office.stores[0], "máy in", KIP_INSTANT_NONE);
  exchange_all (&office);
  set_text (office.stores[1], ticket, KIP_FIELD_SUBJECT, "máy in tầng 2");
  set_text (office.stores[2], ticket, KIP_FIELD_SUBJECT, "máy in tầng 3");
  exchange_all (&office);
  row = get_row (office.stores[0], ticket);
  g_assert_true (row->conflict);
  set_text (office.stores[0], ticket, KIP_FIELD_SUBJECT, "máy in tầng 3");
  exchange_all (&office);
  after = get_row (office.stores[2], ticket);
  g_assert_false (after->conflict);
  assert_same (&office);
  office_clear (&office);
}

/* A copy that was not let in reads, and cannot write. */
static void
test_reader (void)
{
  Fixture fixture;
  g_autofree char *dir = g_dir_make_tmp ("kip-share-XXXXXX", NULL);
  g_autoptr (KipStore) copy = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GError) error = NULL;
  guint8 id[KIP_OFFICE_ID_BYTES], founder_key[KIP_MEMBER_KEY_SIZE];
  KipReplicaSetup setup = { id, founder_key, 0, NULL };
  KipChange *change;
  KipReceived received;

  fixture_init (&fixture);
  add_ticket (fixture.store, "máy in", KIP_INSTANT_NONE);
  g_assert_true (kip_store_get_office_id (fixture.store, id, founder_key, NULL));
  copy = kip_store_create_replica (dir, &setup, NULL);
  changes = lacking (fixture.store, copy, G_MAXINT);
  received = receive (copy, changes);
  g_assert_cmpuint (received.n_new, ==, changes->len);
  received = receive (copy, changes);
  g_assert_cmpuint (received.n_known, ==, changes->len);
  change = kip_change_new (KIP_ID_NONE, "edit");
  kip_change_set_text (change, KIP_KIND_PERSON, 5, KIP_FIELD_NAME, "X");
  g_assert_false (kip_store_append (copy, change, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED);
  assert_whole (copy);
  kip_store_close (copy);
  remove_tree (dir);
  fixture_clear (&fixture);
}

/* A change-set with one byte altered, and one signed by a stranger. */
static void
test_forged (void)
{
  Office office;
  Fixture stranger;
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GPtrArray) forged = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_raw_change_unref);
  g_autoptr (GPtrArray) foreign = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  office_init (&office, 2);
  exchange_all (&office);
  before = dump (office.dirs[1]);
  add_ticket (office.stores[0], "máy in", KIP_INSTANT_NONE);
  changes = lacking (office.stores[0], office.stores[1], G_MAXINT);
  for (guint i = 0; i < changes->len; i++)
    {
      KipRawChange *raw = g_ptr_array_index (changes, i);
      gsize length = g_bytes_get_size (raw->bytes);
      g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (raw->bytes, NULL), length);
      g_autoptr (GBytes) altered = NULL;
      KipRawChange *bad;

      bytes[length - 2] ^= 1;
      altered = g_bytes_new (bytes, length);
      bad = kip_raw_change_new (altered, raw->is_signed ? raw->signature : NULL, NULL);
      if (bad != NULL)
        g_ptr_array_add (forged, bad);
    }
  g_assert_cmpuint (forged->len, >, 0);
  g_assert_cmpuint (receive (office.stores[1], forged).n_new, ==, 0);
  fixture_init (&stranger);
  foreign = kip_store_changes_since (stranger.store, NULL, G_MAXINT, NULL);
  g_assert_cmpuint (receive (office.stores[1], foreign).n_new, ==, 0);
  after = dump (office.dirs[1]);
  g_assert_cmpstr (before, ==, after);
  /* They do not stand in the way of the true ones. */
  g_assert_cmpuint (receive (office.stores[1], changes).n_new, ==, changes->len);
  exchange_all (&office);
  assert_same (&office);
  fixture_clear (&stranger);
  office_clear (&office);
}

/* Who is removed: what it wrote after its end is gone from the figures of all. */
static void
test_removed (void)
{
  Office office;
  KipId kept, dropped;
  KipChange *change;
  g_autoptr (KipTicketRow) row = NULL;

  office_init (&office, 3);
  kept = add_ticket (office.stores[2], "máy in", KIP_INSTANT_NONE);
  exchange_all (&office);
  set_text (office.stores[2], kept, KIP_FIELD_SUBJECT, "sau");
  dropped = add_ticket (office.stores[2], "VPN", KIP_INSTANT_NONE);
  change = kip_change_new (kip_store_get_me (office.stores[0]), "remove");
  kip_change_set_int (change, KIP_KIND_MACHINE, KIP_ID_MACHINE (3), KIP_FIELD_MACHINE_LAST, 1);
  append (office.stores[0], change);
  {
    g_autoptr (GPtrArray) late = lacking (office.stores[2], office.stores[1], G_MAXINT);
    g_autoptr (GPtrArray) end = NULL;

    /* One hears of the late work first and then of the end; the other the other way round. */
    receive (office.stores[1], late);
    end = lacking (office.stores[0], office.stores[1], G_MAXINT);
    receive (office.stores[1], end);
    receive (office.stores[0], late);
  }
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (KipTicketRow) seen = get_row (office.stores[i], kept);
      g_autoptr (GPtrArray) rows = kip_store_rows (office.stores[i], &dropped, 1, NULL);
      const KipTicketRow *late = g_ptr_array_index (rows, 0);

      g_assert_cmpstr (seen->subject, ==, "máy in");
      g_assert_nonnull (late);
      g_assert_true (late->deleted);
      assert_rebuilds_same (office.stores[i]);
    }
  office_clear (&office);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/share/reader", test_reader);
  g_test_add_func ("/share/conflict", test_conflict);
  g_test_add_func ("/share/forged", test_forged);
  g_test_add_func ("/share/removed", test_removed);
  g_test_add_func ("/share/random", test_random);
  return g_test_run ();
}
