/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sharing-fixture.h"

#include "kip-clock.h"
#include "kip-frame-keys.h"
#include "kip-frame-survey.h"

#include <glib/gstdio.h>
#include <string.h>

/* The office's key by generations: who gets the next one, who does not, and how it comes to those who were away. */

#define NEW_PASSPHRASE "bốn từ khác hẳn"
#define MINUTE (60 * 1000)

/* ---- slots ---- */

static void
assert_slots (const KipShareSlots *a,
              const KipShareSlots *b)
{
  g_assert_true (kip_share_slots_equal (a, b));
}

/* Whatever two machines say at a time, in whichever order it comes, one thing comes of it. */
static void
test_merge (void)
{
  g_autoptr (KipShareSlots) a = kip_share_slots_new ();
  g_autoptr (KipShareSlots) b = NULL;
  g_autoptr (KipShareSlots) ab = NULL;
  g_autoptr (KipShareSlots) ba = NULL;
  g_autoptr (KipShareSlots) back = NULL;
  g_autoptr (GBytes) bytes = NULL;

  a->generation = 1;
  b = kip_share_slots_copy (a);
  g_assert_true (kip_share_slots_set_passphrase (a, "ein Wort", 1, 1, 8 * 1024 * 1024, NULL));
  g_assert_true (kip_share_slots_set_passphrase (b, "ein anderes", 2, 1, 8 * 1024 * 1024, NULL));
  kip_share_slots_leave_out (a, 7);
  kip_share_slots_leave_out (b, 5);
  kip_share_slots_leave_out (b, 7);
  ab = kip_share_slots_copy (a);
  kip_share_slots_merge (ab, b);
  ba = kip_share_slots_copy (b);
  kip_share_slots_merge (ba, a);
  assert_slots (ab, ba);
  g_assert_cmpuint (ab->passphrase.maker, ==, 2);
  g_assert_cmpuint (ab->without->len, ==, 2);
  g_assert_true (kip_share_slots_is_stale (ab));
  kip_share_slots_merge (ab, a);
  assert_slots (ab, ba);
  /* A later generation says anew who is left out. */
  a->generation = 65;
  kip_share_slots_merge (ab, a);
  g_assert_cmpuint (ab->generation, ==, 65);
  g_assert_cmpuint (ab->without->len, ==, 1);
  /* Who has just come in knows the number of a generation, and hears later what it was made for. */
  kip_share_slots_set_passphrase (a, "ein drittes", 3, 1, 8 * 1024 * 1024, NULL);
  a->made_serial = a->passphrase.serial;
  a->made_maker = 3;
  a->n_purges = 2;
  kip_share_slots_free (ba);
  ba = kip_share_slots_new ();
  ba->generation = 65;
  kip_share_slots_merge (ba, a);
  assert_slots (ba, a);
  g_assert_false (kip_share_slots_is_stale (ba));
  kip_share_slots_merge (ab, a);
  assert_slots (ab, a);
  bytes = kip_share_slots_to_bytes (ab);
  back = kip_share_slots_from_bytes (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  assert_slots (ab, back);
  for (gsize i = 0; i < g_bytes_get_size (bytes); i++)
    g_assert_null (kip_share_slots_from_bytes (g_bytes_get_data (bytes, NULL), i));
}

/* ---- frames ---- */

typedef struct
{
  KipShareKeys *keys;
  guint8 public_key[32], secret_key[64];
  GBytes *frame;
} Ring;

static void
ring_init (Ring       *ring,
           const char *passphrase)
{
  static const guint8 office[KIP_OFFICE_ID_SIZE] = { 9 }, seed[32] = { 4 };
  KipShareIdentity file = { { 9 }, { 3 }, 2 };
  g_autoptr (KipShareSlots) slots = kip_share_slots_new ();
  g_autoptr (GPtrArray) members = g_ptr_array_new ();
  g_autofree char *code = kip_join_code_new ();

  kip_recovery_code_keys (code, seed, ring->public_key, ring->secret_key);
  ring->keys = kip_share_keys_new (office);
  kip_share_keys_begin_generation (ring->keys);
  g_assert_cmpuint (kip_share_keys_rotate (ring->keys, 3), ==, 67);
  g_assert_cmpuint (kip_share_keys_rotate (ring->keys, 64), ==, 128);
  kip_share_keys_set_file (ring->keys, &file);
  if (passphrase != NULL)
    g_assert_true (kip_share_slots_set_passphrase (slots, passphrase, 3, 1, 8 * 1024 * 1024, NULL));
  kip_share_keys_set_slots (ring->keys, slots);
  g_ptr_array_add (members, ring->public_key);
  ring->frame = kip_frame_keys_make (ring->keys, members, 3, ring->secret_key, NULL);
}

static void
ring_clear (Ring *ring)
{
  kip_share_keys_free (ring->keys);
  g_bytes_unref (ring->frame);
}

static void
assert_ring (KipKeyring *found,
             Ring       *ring)
{
  g_assert_nonnull (found);
  g_assert_cmpuint (found->device, ==, 3);
  g_assert_cmpuint (kip_share_keys_get_newest (found->keys), ==, 128);
  g_assert_cmpuint (kip_share_keys_count (found->keys), ==, 3);
  g_assert_cmpuint (found->given->len, ==, 1);
  g_assert_cmpmem (g_ptr_array_index (found->given, 0), 32, ring->public_key, 32);
  assert_slots (kip_share_keys_get_slots (found->keys), kip_share_keys_get_slots (ring->keys));
  g_assert_true (kip_keyring_is_by (found, ring->public_key));
  kip_keyring_free (found);
}

static void
test_frame (void)
{
  Ring ring;
  const KipShareIdentity *file;
  KipShareIdentity other;
  KipFound found;

  ring_init (&ring, PASSPHRASE);
  file = kip_share_keys_get_file (ring.keys);
  assert_ring (kip_frame_keys_open_device (file, ring.frame, ring.public_key, ring.secret_key), &ring);
  assert_ring (kip_frame_keys_open_passphrase (file, ring.frame, PASSPHRASE), &ring);
  assert_ring (kip_frame_keys_open_slot (file, ring.frame, &kip_share_keys_get_slots (ring.keys)->passphrase), &ring);
  g_assert_null (kip_frame_keys_open_passphrase (file, ring.frame, NEW_PASSPHRASE));
  /* Not in another file. */
  other = *file;
  other.epoch++;
  g_assert_null (kip_frame_keys_open_device (&other, ring.frame, ring.public_key, ring.secret_key));
  /* Who has none of the keys sees that it is whole. */
  kip_frame_find (ring.keys, ring.frame, 0, 0, TRUE, &found);
  g_assert_cmpint (found.kind, ==, KIP_FOUND_SEALED);
  g_assert_cmpint (found.type, ==, KIP_FRAME_KEYS);
  g_assert_cmpuint (found.length, ==, g_bytes_get_size (ring.frame));
  kip_found_clear (&found);
  ring_clear (&ring);
}

static void
test_frame_without_passphrase (void)
{
  Ring ring;
  const KipShareIdentity *file;

  ring_init (&ring, NULL);
  file = kip_share_keys_get_file (ring.keys);
  assert_ring (kip_frame_keys_open_device (file, ring.frame, ring.public_key, ring.secret_key), &ring);
  g_assert_null (kip_frame_keys_open_passphrase (file, ring.frame, ""));
  g_assert_null (kip_frame_keys_get_salt (file, ring.frame));
  ring_clear (&ring);
}

/* Any byte changed, any length cut: not opened. */
static void
test_frame_harmed (void)
{
  Ring ring;
  const KipShareIdentity *file;
  gsize length;
  const guint8 *data;

  ring_init (&ring, PASSPHRASE);
  file = kip_share_keys_get_file (ring.keys);
  data = g_bytes_get_data (ring.frame, &length);
  for (gsize i = 0; i < length; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, length);
      g_autoptr (GBytes) flipped = NULL;
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (ring.frame, 0, i);

      copy[i] ^= 1 << (i % 8);
      flipped = g_bytes_new_take (g_steal_pointer (&copy), length);
      g_assert_null (kip_frame_keys_open_device (file, flipped, ring.public_key, ring.secret_key));
      g_assert_null (kip_frame_keys_open_slot (file, flipped, &kip_share_keys_get_slots (ring.keys)->passphrase));
      g_assert_null (kip_frame_keys_open_device (file, cut, ring.public_key, ring.secret_key));
    }
  ring_clear (&ring);
}

/* ---- whole offices ---- */

static KipTicketRow *
dup_row (Fixture *fixture,
         KipId    ticket)
{
  return get_row (fixture->store, ticket);
}

static guint16
newest (Desk *desk)
{
  return kip_share_keys_get_newest (kip_sync_engine_get_keys (desk->engine));
}

/* What may be read of the file with keys as they were kept some time ago. */
static guint64
count_unreadable (Office             *office,
                  const KipShareKeys *keys)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  gsize length;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (KipFrameSurvey) survey = NULL;

  g_file_get_contents (office->path, &data, &length, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (g_steal_pointer (&data), length);
  survey = kip_frame_survey (bytes, keys, NULL);
  g_assert_cmpuint (survey->n_damaged + survey->n_junk, ==, 0);
  return survey->n_sealed;
}

static gboolean
can_join (Office     *office,
          const char *passphrase,
          const char *code)
{
  g_autofree char *dir = g_dir_make_tmp ("kip-late-XXXXXX", NULL);
  KipJoining joining = { office->path, code, passphrase, "Bình", "bàn cuối" };
  g_autoptr (GError) error = NULL;
  gboolean ok = kip_sharing_join (dir, &joining, NULL, &error);

  if (!ok)
    g_assert_error (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED);
  remove_tree (dir);
  return ok;
}

/* Who was removed reads that it was, and nothing after. */
static void
test_removed (void)
{
  Office office;
  Fixture an, binh;
  Desk a, b, c;
  KipId ticket;
  g_autoptr (KipShareKeys) then = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (KipTicketRow) at_c = NULL;
  g_autoptr (KipTicketRow) at_b = NULL;

  office_init (&office);
  desk_open (&a, office.founder.store);
  ticket = add_ticket (office.founder.store, "trước", KIP_INSTANT_NONE);
  join_by_code (&office, &a, &an, &b, "An");
  join_by_code (&office, &a, &binh, &c, "Bình");
  settle (&b);
  then = kip_share_keys_copy (kip_sync_engine_get_keys (b.engine));
  g_assert_cmpuint (count_unreadable (&office, then), ==, 0);
  g_assert_true (kip_sharing_remove (office.founder.store, 2, &error));
  settle (&a);
  g_assert_cmpuint (newest (&a), ==, 65);
  set_text (office.founder.store, ticket, KIP_FIELD_SUBJECT, "sau");
  settle (&a);
  settle (&c);
  at_c = dup_row (&binh, ticket);
  g_assert_cmpstr (at_c->subject, ==, "sau");
  g_assert_cmpuint (newest (&c), ==, 65);
  /* The removed one. */
  g_assert_cmpint (round_at (&b, MINUTE).state, ==, KIP_SYNC_REMOVED);
  at_b = dup_row (&an, ticket);
  g_assert_cmpstr (at_b->subject, ==, "trước");
  g_assert_cmpuint (newest (&b), ==, 1);
  g_assert_cmpuint (count_unreadable (&office, then), >, 0);
  /* Its passphrase is no good either, and was not said to be. */
  g_assert_false (kip_sync_engine_has_passphrase (a.engine));
  g_assert_false (can_join (&office, PASSPHRASE, NULL));
  g_assert_true (kip_sync_engine_set_passphrase (a.engine, NEW_PASSPHRASE, &error));
  settle (&a);
  g_assert_false (can_join (&office, PASSPHRASE, NULL));
  g_assert_true (can_join (&office, NEW_PASSPHRASE, NULL));
  desk_clear (&a);
  desk_clear (&b);
  desk_clear (&c);
  fixture_clear (&an);
  fixture_clear (&binh);
  office_clear (&office);
}

/* Somebody who is out by now, and had not heard of it, changed the key: what was sealed with that one can be read, and nothing
 * is sealed with it by those who know. */
static void
test_rotated_by_removed (void)
{
  Office office;
  Fixture an, binh, late;
  Desk a, b, c, d;
  g_autoptr (KipShareKeys) of_removed = NULL;
  g_autoptr (GError) error = NULL;

  office_init (&office);
  desk_open (&a, office.founder.store);
  join_by_code (&office, &a, &an, &b, "An");
  join_by_code (&office, &a, &binh, &c, "Bình");
  settle (&b);
  g_assert_true (kip_sharing_remove (office.founder.store, 2, &error));
  kip_sync_engine_rotate (b.engine);
  add_ticket (an.store, "vẫn là của An", KIP_INSTANT_NONE);
  settle (&b);
  g_assert_cmpuint (newest (&b), ==, 66);
  of_removed = kip_share_keys_copy (kip_sync_engine_get_keys (b.engine));
  settle (&a);
  g_assert_cmpuint (newest (&a), ==, 65);
  add_ticket (office.founder.store, "ohne An", KIP_INSTANT_NONE);
  settle (&a);
  g_assert_cmpuint (count_unreadable (&office, kip_sync_engine_get_keys (a.engine)), ==, 0);
  g_assert_cmpuint (count_unreadable (&office, of_removed), >, 0);
  /* Who believed that one changes the key again. */
  round_at (&c, MINUTE);
  round_at (&c, 3 * MINUTE);
  settle (&c);
  settle (&a);
  g_assert_cmpuint (newest (&c), ==, 131);
  g_assert_cmpuint (newest (&a), ==, 131);
  g_assert_false (kip_share_keys_has (of_removed, newest (&a)));
  join_by_code (&office, &a, &late, &d, "Cúc");
  g_assert_cmpuint (newest (&d), ==, newest (&a));
  g_assert_cmpuint (count_unreadable (&office, kip_sync_engine_get_keys (d.engine)), ==, 0);
  desk_clear (&a);
  desk_clear (&b);
  desk_clear (&c);
  desk_clear (&d);
  fixture_clear (&an);
  fixture_clear (&binh);
  fixture_clear (&late);
  office_clear (&office);
}

/* Who came by a code signs with a key that nobody else ever had, and the next generation comes to that key. */
static void
test_own_key (void)
{
  Office office;
  Fixture an;
  Desk a, b;
  g_autoptr (KipMembers) members = NULL;
  const KipMember *member;
  guint8 public_key[32], secret_key[64];
  g_autoptr (GError) error = NULL;
  KipId ticket;
  g_autoptr (KipTicketRow) row = NULL;

  office_init (&office);
  desk_open (&a, office.founder.store);
  join_by_code (&office, &a, &an, &b, "An");
  members = kip_store_dup_members (office.founder.store);
  member = kip_members_find (members, 2);
  g_assert_cmpuint (member->keys->len, ==, 2);
  g_assert_true (kip_store_get_signing_key (an.store, public_key, secret_key, &error));
  g_assert_cmpmem (g_array_index (member->keys, KipMemberKey, 1).key, 32, public_key, 32);
  g_assert_true (memcmp (g_array_index (member->keys, KipMemberKey, 0).key, public_key, 32) != 0);
  /* Once is enough. */
  reopen (&an, &b);
  ticket = add_ticket (an.store, "của An", KIP_INSTANT_NONE);
  settle (&b);
  settle (&a);
  row = dup_row (&office.founder, ticket);
  g_assert_nonnull (row);
  g_clear_pointer (&members, kip_members_unref);
  members = kip_store_dup_members (office.founder.store);
  g_assert_cmpuint (kip_members_find (members, 2)->keys->len, ==, 2);
  kip_sync_engine_rotate (a.engine);
  settle (&a);
  settle (&b);
  g_assert_cmpuint (newest (&b), ==, 65);
  assert_whole (an.store);
  assert_whole (office.founder.store);
  desk_clear (&a);
  desk_clear (&b);
  fixture_clear (&an);
  office_clear (&office);
}

/* The machine stopped when the log had the new key and its file not yet. */
static void
test_own_key_stopped (void)
{
  Office office;
  Fixture an;
  Desk a, b;
  g_autofree char *key = NULL;
  g_autofree char *next = NULL;
  g_autofree char *old = NULL;
  g_autofree char *new_key = NULL;
  g_autoptr (GError) error = NULL;

  office_init (&office);
  desk_open (&a, office.founder.store);
  join_by_code (&office, &a, &an, &b, "An");
  key = g_build_filename (an.dir, "device.key", NULL);
  next = g_build_filename (an.dir, "device.key.next", NULL);
  g_assert_false (g_file_test (next, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (key, &old, NULL, &error));
  g_assert_true (kip_store_replace_signing_key (an.store, &error));
  g_assert_true (g_file_get_contents (key, &new_key, NULL, &error));
  g_assert_cmpstr (old, !=, new_key);
  desk_clear (&b);
  kip_store_close (an.store);
  g_assert_true (g_file_set_contents (next, new_key, -1, &error));
  g_assert_true (g_file_set_contents (key, old, -1, &error));
  g_clear_object (&an.store);
  an.store = kip_store_open (an.dir, &error);
  g_assert_no_error (error);
  desk_open (&b, an.store);
  add_ticket (an.store, "của An", KIP_INSTANT_NONE);
  settle (&b);
  g_assert_cmpuint (settle (&a).n_received, >=, 1);
  assert_whole (an.store);
  assert_whole (office.founder.store);
  desk_clear (&a);
  desk_clear (&b);
  fixture_clear (&an);
  office_clear (&office);
}

/* A printed code lets one machine in, with the rights of who made it, when nobody is there to ask. */
static void
test_recovery (void)
{
  Office office;
  Fixture saved;
  Desk a, b;
  g_autofree char *dir = g_dir_make_tmp ("kip-saved-XXXXXX", NULL);
  g_autofree char *code = NULL;
  g_autofree char *other = kip_join_code_new ();
  KipJoining joining = { NULL, NULL, NULL, NULL, "máy mới" };
  g_autoptr (KipMembers) members = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (KipTicketRow) row = NULL;
  KipId ticket;

  office_init (&office);
  desk_open (&a, office.founder.store);
  settle (&a);
  code = kip_sharing_make_recovery (office.founder.store, &error);
  g_assert_no_error (error);
  settle (&a);
  kip_sync_engine_rotate (a.engine);
  settle (&a);
  ticket = add_ticket (office.founder.store, "máy in", KIP_INSTANT_NONE);
  settle (&a);
  g_assert_false (can_join (&office, NULL, other));
  joining.path = office.path;
  joining.code = code;
  g_assert_true (kip_sharing_join (dir, &joining, NULL, &error));
  come_in (&saved, &b, dir);
  g_assert_true (kip_sharing_come_in (saved.store, &error));
  reopen (&saved, &b);
  settle (&b);
  row = dup_row (&saved, ticket);
  g_assert_cmpstr (row->subject, ==, "máy in");
  g_assert_cmpuint (kip_store_get_me (saved.store), ==, kip_store_get_me (office.founder.store));
  members = kip_store_dup_members (saved.store);
  g_assert_true (kip_members_is_manager (members, kip_store_get_device (saved.store)));
  g_assert_false (kip_members_find (members, kip_store_get_device (saved.store))->is_recovery);
  /* It may do what a manager may; and the code, which is used up, opens what comes after no more. */
  g_assert_true (kip_sharing_change_key (saved.store, b.engine, &error));
  settle (&b);
  add_ticket (saved.store, "mạng", KIP_INSTANT_NONE);
  settle (&b);
  settle (&a);
  g_assert_cmpuint (newest (&a), ==, newest (&b));
  g_assert_false (can_join (&office, NULL, code));
  desk_clear (&a);
  desk_clear (&b);
  fixture_clear (&saved);
  office_clear (&office);
}

/* Only a manager decides on keys. */
static void
test_not_manager (void)
{
  Office office;
  Fixture an;
  Desk a, b;
  g_autoptr (GError) error = NULL;

  office_init (&office);
  desk_open (&a, office.founder.store);
  join_by_code (&office, &a, &an, &b, "An");
  g_assert_null (kip_sharing_make_recovery (an.store, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  g_assert_false (kip_sharing_change_key (an.store, b.engine, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  g_assert_false (kip_sharing_set_passphrase (an.store, b.engine, NEW_PASSPHRASE, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  g_assert_false (kip_sharing_set_passphrase (office.founder.store, a.engine, "kurz", &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_INVALID);
  desk_clear (&a);
  desk_clear (&b);
  fixture_clear (&an);
  office_clear (&office);
}

/* A new passphrase: the old one opens nothing that is written from then on. */
static void
test_new_passphrase (void)
{
  Office office;
  Fixture an;
  Desk a, b;
  g_autoptr (GError) error = NULL;

  office_init (&office);
  desk_open (&a, office.founder.store);
  join_by_code (&office, &a, &an, &b, "An");
  g_assert_true (can_join (&office, PASSPHRASE, NULL));
  g_assert_true (kip_sync_engine_set_passphrase (a.engine, NEW_PASSPHRASE, &error));
  add_ticket (office.founder.store, "máy in", KIP_INSTANT_NONE);
  settle (&a);
  add_ticket (office.founder.store, "mạng", KIP_INSTANT_NONE);
  settle (&a);
  settle (&b);
  g_assert_cmpuint (newest (&b), ==, newest (&a));
  g_assert_true (kip_sync_engine_has_passphrase (b.engine));
  g_assert_false (can_join (&office, PASSPHRASE, NULL));
  g_assert_true (can_join (&office, NEW_PASSPHRASE, NULL));
  /* Whoever makes the file again makes the new slot, without ever having known the passphrase. */
  g_assert_cmpint (g_unlink (office.path), ==, 0);
  for (gint64 now = MINUTE; now < 5 * MINUTE; now += 15 * 1000)
    round_at (&b, now);
  g_assert_true (g_file_test (office.path, G_FILE_TEST_EXISTS));
  g_assert_false (can_join (&office, PASSPHRASE, NULL));
  g_assert_true (can_join (&office, NEW_PASSPHRASE, NULL));
  settle (&a);
  g_assert_cmpuint (newest (&a), ==, newest (&b));
  desk_clear (&a);
  desk_clear (&b);
  fixture_clear (&an);
  office_clear (&office);
}

/* A machine that was away for several generations catches up, also with what it passed over. */
static void
test_away (void)
{
  Office office;
  Fixture an;
  Desk a, b;
  KipId ticket, own;
  g_autoptr (KipTicketRow) row = NULL;

  office_init (&office);
  desk_open (&a, office.founder.store);
  ticket = add_ticket (office.founder.store, "một", KIP_INSTANT_NONE);
  join_by_code (&office, &a, &an, &b, "An");
  own = add_ticket (an.store, "của An", KIP_INSTANT_NONE);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *text = g_strdup_printf ("lần %u", i);

      kip_sync_engine_rotate (a.engine);
      settle (&a);
      set_text (office.founder.store, ticket, KIP_FIELD_SUBJECT, text);
      settle (&a);
    }
  g_assert_cmpuint (newest (&a), ==, 3 * 64 + 1);
  settle (&b);
  row = dup_row (&an, ticket);
  g_assert_cmpstr (row->subject, ==, "lần 2");
  settle (&a);
  g_clear_pointer (&row, kip_ticket_row_unref);
  row = dup_row (&office.founder, own);
  g_assert_cmpstr (row->subject, ==, "của An");
  /* Keys and slots are kept: after a start nothing is asked for and nothing written. */
  reopen (&an, &b);
  g_assert_cmpuint (newest (&b), ==, 3 * 64 + 1);
  g_assert_cmpuint (settle (&b).bytes_written, ==, 0);
  desk_clear (&a);
  desk_clear (&b);
  fixture_clear (&an);
  office_clear (&office);
}

/* Frames whose key comes later are kept and read then: who knocked and was let in after a new generation. */
static void
test_waiting (void)
{
  Office office;
  Fixture an;
  Desk a, b;
  g_autofree char *dir = g_dir_make_tmp ("kip-desk-XXXXXX", NULL);
  KipJoining joining = { office.path, NULL, PASSPHRASE, "An", "bàn sau" };
  KipId ticket, person;
  g_autoptr (GError) error = NULL;
  g_autoptr (KipTicketRow) row = NULL;

  office_init (&office);
  joining.path = office.path;
  desk_open (&a, office.founder.store);
  ticket = add_ticket (office.founder.store, "một", KIP_INSTANT_NONE);
  person = add_person (office.founder.store, "An", FALSE);
  settle (&a);
  g_assert_true (kip_sharing_join (dir, &joining, NULL, &error));
  come_in (&an, &b, dir);
  settle (&a);
  g_assert_true (kip_sync_engine_set_passphrase (a.engine, NEW_PASSPHRASE, &error));
  settle (&a);
  set_text (office.founder.store, ticket, KIP_FIELD_SUBJECT, "hai");
  settle (&a);
  g_assert_cmpint (round_at (&b, MINUTE).state, ==, KIP_SYNC_NO_KEY);
  g_assert_cmpuint (round_at (&b, MINUTE + 1).n_sealed, >, 0);
  row = dup_row (&an, ticket);
  g_assert_cmpstr (row->subject, ==, "một");
  g_assert_true (kip_sharing_admit (office.founder.store, g_ptr_array_index (kip_sync_engine_get_knocks (a.engine), 0), person, &error));
  for (gint64 now = 3 * MINUTE; now < 6 * MINUTE; now += 15 * 1000)
    {
      round_at (&a, now);
      round_at (&b, now);
    }
  g_clear_pointer (&row, kip_ticket_row_unref);
  row = dup_row (&an, ticket);
  g_assert_cmpstr (row->subject, ==, "hai");
  g_assert_cmpint (round_at (&b, 6 * MINUTE).state, ==, KIP_SYNC_DONE);
  desk_clear (&a);
  desk_clear (&b);
  fixture_clear (&an);
  office_clear (&office);
}

/* After a backup of the share came back the new generation is given again. */
static void
test_rolled_back (void)
{
  Office office;
  Fixture an;
  Desk a, b;
  g_autofree char *backup = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;
  KipId ticket;
  g_autoptr (KipTicketRow) row = NULL;

  office_init (&office);
  desk_open (&a, office.founder.store);
  ticket = add_ticket (office.founder.store, "một", KIP_INSTANT_NONE);
  join_by_code (&office, &a, &an, &b, "An");
  settle (&a);
  g_assert_true (g_file_get_contents (office.path, &backup, &length, NULL));
  kip_sync_engine_rotate (a.engine);
  settle (&a);
  set_text (office.founder.store, ticket, KIP_FIELD_SUBJECT, "hai");
  settle (&a);
  g_assert_true (g_file_set_contents (office.path, backup, (gssize) length, &error));
  for (gint64 now = 3 * MINUTE; now < 6 * MINUTE; now += 15 * 1000)
    {
      round_at (&a, now);
      round_at (&b, now);
    }
  row = dup_row (&an, ticket);
  g_assert_cmpstr (row->subject, ==, "hai");
  g_assert_cmpuint (newest (&b), ==, 65);
  desk_clear (&a);
  desk_clear (&b);
  fixture_clear (&an);
  office_clear (&office);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/share-rotation/merge", test_merge);
  g_test_add_func ("/share-rotation/frame", test_frame);
  g_test_add_func ("/share-rotation/frame/without-passphrase", test_frame_without_passphrase);
  g_test_add_func ("/share-rotation/frame/harmed", test_frame_harmed);
  g_test_add_func ("/share-rotation/removed", test_removed);
  g_test_add_func ("/share-rotation/rotated-by-removed", test_rotated_by_removed);
  g_test_add_func ("/share-rotation/own-key", test_own_key);
  g_test_add_func ("/share-rotation/own-key/stopped", test_own_key_stopped);
  g_test_add_func ("/share-rotation/recovery", test_recovery);
  g_test_add_func ("/share-rotation/not-manager", test_not_manager);
  g_test_add_func ("/share-rotation/new-passphrase", test_new_passphrase);
  g_test_add_func ("/share-rotation/away", test_away);
  g_test_add_func ("/share-rotation/waiting", test_waiting);
  g_test_add_func ("/share-rotation/rolled-back", test_rolled_back);
  return g_test_run ();
}
