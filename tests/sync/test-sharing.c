/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sharing-fixture.h"

#include "kip-clock.h"
#include "kip-frame-told.h"
#include "kip-sync.h"
#include "kip-sync-log.h"

#include <glib/gstdio.h>
#include <string.h>

/* An office in real folders and one real file: begin, join, edit here, see it there. */

/* ---- the thread from end to end ---- */

static void
test_two_desks (void)
{
  Office office;
  Fixture fixture;
  Desk a, b;
  KipId ticket;
  g_autoptr (KipTicketRow) there = NULL;
  g_autoptr (KipTicketRow) back = NULL;

  office_init (&office);
  desk_open (&a, office.founder.store);
  ticket = add_ticket (office.founder.store, "máy in", KIP_INSTANT_NONE);
  join_by_code (&office, &a, &fixture, &b, "An");
  there = get_row (fixture.store, ticket);
  g_assert_cmpstr (there->subject, ==, "máy in");
  set_text (fixture.store, ticket, KIP_FIELD_SUBJECT, "máy in tầng 3");
  g_assert_cmpuint (settle (&b).n_sent, ==, 1);
  g_assert_cmpuint (settle (&a).n_received, ==, 1);
  back = get_row (office.founder.store, ticket);
  g_assert_cmpstr (back->subject, ==, "máy in tầng 3");
  /* What was told is known: nobody reads or writes more than a glance. */
  for (guint i = 0; i < 2; i++)
    {
      KipSyncRound round = round_at (i == 0 ? &a : &b, 1000);

      g_assert_cmpuint (round.bytes_written, ==, 0);
      g_assert_cmpuint (round.bytes_read, <=, 8192);
    }
  assert_rebuilds_same (fixture.store);
  assert_whole (fixture.store);
  desk_clear (&a);
  desk_clear (&b);
  fixture_clear (&fixture);
  office_clear (&office);
}

/* What was told to whoever works at one desk is known at the other, once; nobody else's word counts. */
static void
test_told (void)
{
  Office office;
  Fixture fixture;
  Desk a, b;
  g_autoptr (GArray) told = g_array_new (FALSE, FALSE, sizeof (KipTold));
  g_autoptr (GArray) heard = NULL;
  g_autoptr (GBytes) body = NULL;
  KipTold one = { KIP_ID_MAKE (1, 7), KIP_CLOCK_RESOLUTION, 75, 0, TRUE };
  KipTold old = { KIP_ID_MAKE (1, 8), KIP_CLOCK_RESOLUTION, 75, 0, FALSE };
  guint8 public_key[32], secret_key[64], other_public[32], other_secret[64];

  office_init (&office);
  desk_open (&a, office.founder.store);
  join_by_code (&office, &a, &fixture, &b, "An");
  one.at = kip_clock_now ();
  old.at = one.at - 20 * KIP_MS_PER_DAY;
  g_array_append_val (told, one);
  g_array_append_val (told, old);
  kip_sync_engine_tell (a.engine, told);
  settle (&a);
  settle (&b);
  heard = kip_sync_engine_take_told (b.engine);
  g_assert_nonnull (heard);
  g_assert_cmpuint (heard->len, ==, 1);
  g_assert_cmpmem (&g_array_index (heard, KipTold, 0).ticket, sizeof (KipId), &one.ticket, sizeof (KipId));
  g_assert_cmpint (g_array_index (heard, KipTold, 0).percent, ==, 75);
  g_assert_cmpint (g_array_index (heard, KipTold, 0).at, ==, one.at);
  g_assert_true (g_array_index (heard, KipTold, 0).escalated);
  settle (&b);
  g_assert_null (kip_sync_engine_take_told (b.engine));
  g_assert_null (kip_sync_engine_take_told (a.engine));
  kip_store_get_signing_key (office.founder.store, public_key, secret_key, NULL);
  kip_store_get_signing_key (fixture.store, other_public, other_secret, NULL);
  body = kip_frame_pack_told (1, told, other_secret);
  g_assert_cmpuint (kip_frame_told_device (body), ==, 1);
  g_assert_null (kip_frame_unpack_told (body, public_key));
  for (gsize i = 0; i < g_bytes_get_size (body); i++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (body, 0, i);

      g_assert_cmpuint (kip_frame_told_device (cut), ==, 0);
    }
  desk_clear (&a);
  desk_clear (&b);
  fixture_clear (&fixture);
  office_clear (&office);
}

/* Every state has words of its own, which say that nothing is lost. */
static void
test_words (void)
{
  static const struct
  {
    KipSyncState state;
    guint32      cloned;
    const char  *label;
  } cases[] = {
    { KIP_SYNC_OFFLINE, 0, "Share away since 08:00, everything kept here" },
    { KIP_SYNC_FULL, 0, "Share full, everything kept here" },
    { KIP_SYNC_READ_ONLY, 0, "Share read-only, everything kept here" },
    { KIP_SYNC_FOREIGN, 0, "Another office’s file, everything kept here" },
    { KIP_SYNC_NEWER, 0, "Newer Kip needed, everything kept here" },
    { KIP_SYNC_NO_KEY, 0, "No key for the shared file, everything kept here" },
    { KIP_SYNC_DAMAGED, 0, "Shared file damaged, everything kept here" },
    { KIP_SYNC_MISSING, 0, "Shared file gone, everything kept here" },
    { KIP_SYNC_DONE, 2, "Two computers write as one" },
    { KIP_SYNC_DONE, 0, "Shared 08:00, seen by 2 of 3" },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (7 * 3600);
  const KipInstant eight = G_GINT64_CONSTANT (1773018000000); /* 2026-03-09 08:00 +07:00 */

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KipSyncStatus status = { .is_shared = TRUE, .state = cases[i].state, .shared_at = eight, .away_since = eight,
                               .n_members = 3, .n_seen = 2, .cloned = cases[i].cloned };
      g_autofree char *label = NULL, *sentence = NULL;

      if (cases[i].state == KIP_SYNC_DONE)
        status.away_since = KIP_INSTANT_NONE;
      label = kip_sync_status_label (&status, zone);
      sentence = kip_sync_status_sentence (&status, zone);
      g_assert_cmpstr (label, ==, cases[i].label);
      g_assert_cmpint (strstr (sentence, "computer B") != NULL, ==, cases[i].cloned == 2);
    }
}

/* How far an office is that comes in. */
static void
test_arriving (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (7 * 3600);
  KipSyncStatus status = { .is_shared = TRUE, .shared_at = KIP_INSTANT_NONE, .away_since = KIP_INSTANT_NONE,
                           .arriving = 42, .arriving_of = 100, .n_arrived = 1234 };
  g_autofree char *label = kip_sync_status_label (&status, zone);
  g_autofree char *sentence = kip_sync_status_sentence (&status, zone);

  g_assert_cmpstr (label, ==, "42 % arrived, 1234 tickets");
  g_assert_nonnull (strstr (sentence, "goes on from there"));
}

/* A change that is larger than a frame goes in pieces. */
static void
test_large_change (void)
{
  Office office;
  Fixture fixture;
  Desk a, b;
  KipId ticket;
  g_autoptr (GString) text = g_string_new (NULL);

  while (text->len < 5 * 1024 * 1024 / 2)
    g_string_append_printf (text, "máy in %u\n", (guint) text->len);
  office_init (&office);
  desk_open (&a, office.founder.store);
  ticket = add_ticket (office.founder.store, "máy in", KIP_INSTANT_NONE);
  join_by_code (&office, &a, &fixture, &b, "An");
  set_text (office.founder.store, ticket, KIP_FIELD_DESCRIPTION, text->str);
  set_text (office.founder.store, ticket, KIP_FIELD_SUBJECT, "máy in tầng 3");
  g_assert_cmpuint (settle (&a).n_sent, ==, 2);
  g_assert_cmpuint (settle (&b).n_received, ==, 2);
  g_assert_cmpuint (round_at (&a, 1000).bytes_written, ==, 0);
  assert_rebuilds_same (fixture.store);
  assert_whole (fixture.store);
  desk_clear (&a);
  desk_clear (&b);
  fixture_clear (&fixture);
  office_clear (&office);
}

/* By passphrase one reads, and writes once a manager has said so. */
static void
test_passphrase (void)
{
  Office office;
  Fixture fixture;
  Desk a, b;
  g_autofree char *dir = g_dir_make_tmp ("kip-desk-XXXXXX", NULL);
  g_autoptr (GError) error = NULL;
  KipId ticket, person;
  g_autoptr (KipTicketRow) row = NULL;
  KipJoining wrong, joining;

  office_init (&office);
  wrong = (KipJoining) { office.path, NULL, "không phải", "An", "bàn sau" };
  joining = (KipJoining) { office.path, NULL, PASSPHRASE, "An", "bàn sau" };
  desk_open (&a, office.founder.store);
  ticket = add_ticket (office.founder.store, "máy in", KIP_INSTANT_NONE);
  person = add_person (office.founder.store, "An", FALSE);
  settle (&a);
  g_assert_false (kip_sharing_join (dir, &wrong, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  kip_sharing_join (dir, &joining, NULL, &error);
  g_assert_no_error (error);
  come_in (&fixture, &b, dir);
  row = get_row (fixture.store, ticket);
  g_assert_cmpstr (row->subject, ==, "máy in");
  g_assert_false (kip_sharing_come_in (fixture.store, &error));
  g_assert_no_error (error);
  settle (&a);
  g_assert_cmpuint (kip_sync_engine_get_knocks (a.engine)->len, ==, 1);
  kip_sharing_admit (office.founder.store, g_ptr_array_index (kip_sync_engine_get_knocks (a.engine), 0), person, &error);
  g_assert_no_error (error);
  settle (&a);
  settle (&b);
  g_assert_true (kip_sharing_come_in (fixture.store, &error));
  reopen (&fixture, &b);
  set_text (fixture.store, ticket, KIP_FIELD_SUBJECT, "xong");
  settle (&b);
  g_assert_cmpuint (settle (&a).n_received, ==, 1);
  desk_clear (&a);
  desk_clear (&b);
  fixture_clear (&fixture);
  office_clear (&office);
}

/* ---- another file takes the place of the first ---- */

static void
test_new_file (void)
{
  Office office;
  Fixture fixture;
  Desk a, b;
  KipId person;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) log = NULL;
  g_autofree char *code = NULL;
  g_autofree char *dir = g_dir_make_tmp ("kip-desk-XXXXXX", NULL);
  KipJoining joining;
  KipCompaction compaction;

  office_init (&office);
  desk_open (&a, office.founder.store);
  join_by_code (&office, &a, &fixture, &b, "An");
  settle (&a);
  /* An invitation holds in the file that takes the place of this one. */
  person = add_person (office.founder.store, "Bình", FALSE);
  code = kip_sharing_invite (office.founder.store, a.engine, person, G_MAXINT64, &error);
  g_assert_no_error (error);
  settle (&a);
  settle (&b);
  g_assert_true (kip_sync_engine_compact (b.engine, 2000, kip_clock_now (), &compaction, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  settle (&a);
  joining = (KipJoining) { office.path, code, NULL, NULL, "bàn ba" };
  kip_sharing_join (dir, &joining, NULL, &error);
  g_assert_no_error (error);
  /* What happened is told. */
  log = kip_sync_log_load (office.founder.store);
  g_assert_cmpuint (log->len, >, 0);
  for (guint i = 0; i < log->len; i++)
    {
      g_autoptr (KipMembers) members = kip_store_dup_members (office.founder.store);
      g_autofree char *words = kip_sync_log_entry_words (g_ptr_array_index (log, i), members);

      g_assert_cmpuint (strlen (words), >, 0);
    }
  desk_clear (&a);
  desk_clear (&b);
  remove_tree (dir);
  fixture_clear (&fixture);
  office_clear (&office);
}

/* ---- a smaller file ---- */

static void
test_compact (void)
{
  Office office;
  Fixture fixture, later;
  Desk a, b, c;
  KipId ticket;
  KipCompaction compaction;
  KipSyncRound round;
  g_autoptr (GError) error = NULL;
  g_autoptr (KipTicketRow) row = NULL;

  office_init (&office);
  desk_open (&a, office.founder.store);
  ticket = add_ticket (office.founder.store, "máy in", KIP_INSTANT_NONE);
  join_by_code (&office, &a, &fixture, &b, "An");
  for (guint i = 0; i < 40; i++)
    {
      set_text (fixture.store, ticket, KIP_FIELD_SUBJECT, i % 2 == 0 ? "máy in tầng 3" : "máy in tầng 4");
      settle (&b);
    }
  settle (&a);
  g_assert_true (kip_sync_engine_compact (a.engine, 0, kip_clock_now (), &compaction, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (compaction.size_after, <, compaction.size_before);
  /* The other holds it all. */
  round = round_at (&b, 1000);
  g_assert_cmpuint (round.n_received, ==, 0);
  g_assert_cmpuint (round.bytes_written, ==, 0);
  set_text (fixture.store, ticket, KIP_FIELD_SUBJECT, "máy quét");
  settle (&b);
  g_assert_cmpuint (settle (&a).n_received, ==, 1);
  join_by_code (&office, &a, &later, &c, "Bình");
  row = get_row (later.store, ticket);
  g_assert_cmpstr (row->subject, ==, "máy quét");
  assert_rebuilds_same (later.store);
  assert_whole (later.store);
  desk_clear (&a);
  desk_clear (&b);
  desk_clear (&c);
  fixture_clear (&fixture);
  fixture_clear (&later);
  office_clear (&office);
}

/* ---- who may what ---- */

/* Another office's file in that place is left alone. */
static void
test_foreign (void)
{
  Office office, other;
  Desk a;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize length, length_after;

  office_init (&office);
  office_init (&other);
  desk_open (&a, office.founder.store);
  settle (&a);
  g_assert_cmpint (g_rename (other.path, office.path), ==, 0);
  g_assert_true (g_file_get_contents (office.path, &before, &length, NULL));
  add_ticket (office.founder.store, "máy in", KIP_INSTANT_NONE);
  for (gint64 now = 1000; now < 5 * 60 * 1000; now += 15 * 1000)
    g_assert_cmpint (round_at (&a, now).state, ==, KIP_SYNC_FOREIGN);
  g_assert_true (g_file_get_contents (office.path, &after, &length_after, NULL));
  g_assert_cmpmem (before, length, after, length_after);
  desk_clear (&a);
  office_clear (&office);
  office_clear (&other);
}

/* Who was removed writes on alone. */
static void
test_removed (void)
{
  Office office;
  Fixture fixture;
  Desk a, b;
  g_autoptr (GError) error = NULL;
  KipChange *change;

  office_init (&office);
  desk_open (&a, office.founder.store);
  join_by_code (&office, &a, &fixture, &b, "An");
  add_ticket (fixture.store, "trước", KIP_INSTANT_NONE);
  settle (&b);
  settle (&a);
  g_assert_true (kip_sharing_remove (office.founder.store, 2, &error));
  settle (&a);
  g_assert_cmpint (round_at (&b, 1000).state, ==, KIP_SYNC_REMOVED);
  change = kip_change_new (kip_store_get_me (fixture.store), "edit");
  kip_change_set_text (change, KIP_KIND_PERSON, kip_store_get_me (fixture.store), KIP_FIELD_NOTE, "sau");
  g_assert_false (kip_store_append (fixture.store, change, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED);
  desk_clear (&a);
  desk_clear (&b);
  fixture_clear (&fixture);
  office_clear (&office);
}

static gboolean
name_office (KipStore   *store,
             const char *name,
             GError    **error)
{
  KipChange *change = kip_change_new (kip_store_get_me (store), "settings");

  kip_change_set_text (change, KIP_KIND_OFFICE, KIP_ID_OFFICE, KIP_FIELD_NAME, name);
  return kip_store_append (store, change, NULL, error);
}

/* What holds for all is a manager's: an agent is told so, and once it is one, it counts everywhere. */
static void
test_roles (void)
{
  Office office;
  Fixture fixture;
  Desk a, b;
  g_autoptr (GError) error = NULL;
  KipChange *change;

  office_init (&office);
  desk_open (&a, office.founder.store);
  join_by_code (&office, &a, &fixture, &b, "An");
  g_assert_false (name_office (fixture.store, "của An", &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  add_ticket (fixture.store, "máy in", KIP_INSTANT_NONE);
  change = kip_change_new (kip_store_get_me (office.founder.store), "role");
  kip_change_set_int (change, KIP_KIND_PERSON, kip_store_get_me (fixture.store), KIP_FIELD_ROLE, KIP_ROLE_MANAGER);
  g_assert_true (kip_store_append (office.founder.store, change, NULL, &error));
  settle (&a);
  settle (&b);
  g_assert_true (name_office (fixture.store, "của An", &error));
  settle (&b);
  settle (&a);
  g_assert_cmpstr (kip_office_get_name (kip_store_get_office (office.founder.store)), ==, "của An");
  assert_rebuilds_same (office.founder.store);
  assert_rebuilds_same (fixture.store);
  desk_clear (&a);
  desk_clear (&b);
  fixture_clear (&fixture);
  office_clear (&office);
}

static void
test_refusals (void)
{
  Office office;
  Fixture other;
  g_autoptr (GError) error = NULL;

  office_init (&office);
  fixture_init (&other);
  g_assert_false (kip_sharing_begin (other.store, office.path, "kurz", "x", &sharing_options, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (kip_sharing_begin (other.store, office.path, PASSPHRASE, "x", &sharing_options, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_false (kip_sharing_begin (other.store, "/nirgends/Office.kip", PASSPHRASE, "x", &sharing_options, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_OFFLINE);
  fixture_clear (&other);
  office_clear (&office);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sharing/two-desks", test_two_desks);
  g_test_add_func ("/sharing/told", test_told);
  g_test_add_func ("/sharing/words", test_words);
  g_test_add_func ("/sharing/arriving", test_arriving);
  g_test_add_func ("/sharing/large-change", test_large_change);
  g_test_add_func ("/sharing/new-file", test_new_file);
  g_test_add_func ("/sharing/compact", test_compact);
  g_test_add_func ("/sharing/passphrase", test_passphrase);
  g_test_add_func ("/sharing/foreign", test_foreign);
  g_test_add_func ("/sharing/removed", test_removed);
  g_test_add_func ("/sharing/roles", test_roles);
  g_test_add_func ("/sharing/refusals", test_refusals);
  return g_test_run ();
}
