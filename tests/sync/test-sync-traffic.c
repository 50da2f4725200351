/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sharing-fixture.h"

#include "kip-keys.h"
#include "kip-sync-traffic-private.h"

#include <glib/gstdio.h>
#include <string.h>

/* What an open window has of attachments and of who is where: two real offices, one real file, virtual time. */
#define POLL 3000
#define MINUTE 60000

static gint64 now;

static gint64
tell_now (void)
{
  return now;
}

typedef struct
{
  Office          office;
  Fixture         joined; /* its folder */
  Desk            desks[2];
  KipSyncTraffic *traffic[2]; /* (owned) */
  KipId           ticket;
} Two;

static void
two_init (Two *two)
{
  memset (two, 0, sizeof *two);
  now = 1000000;
  office_init (&two->office);
  desk_open (&two->desks[0], two->office.founder.store);
  join_by_code (&two->office, &two->desks[0], &two->joined, &two->desks[1], "An");
  two->ticket = add_ticket (two->office.founder.store, "máy in", KIP_INSTANT_NONE);
  for (guint i = 0; i < 2; i++)
    {
      two->traffic[i] = kip_sync_traffic_new (two->desks[i].store);
      kip_sync_traffic_set_clock (two->traffic[i], tell_now);
      kip_sync_traffic_open (two->traffic[i], two->desks[i].engine);
    }
}

static void
two_clear (Two *two)
{
  for (guint i = 0; i < 2; i++)
    {
      kip_sync_traffic_free (two->traffic[i]);
      desk_clear (&two->desks[i]);
    }
  fixture_clear (&two->joined);
  office_clear (&two->office);
}

/* A round of each, and what is due behind it. */
static void
turn (Two *two)
{
  for (guint i = 0; i < 2; i++)
    {
      settle (&two->desks[i]);
      kip_sync_traffic_round (two->traffic[i], TRUE);
      for (guint n = 0; n < 100 && kip_sync_traffic_due (two->traffic[i]) <= now * 1000; n++)
        kip_sync_traffic_step (two->traffic[i], NULL);
    }
  now += POLL;
}

static void
turn_for (Two   *two,
          gint64 length)
{
  for (gint64 end = now + length; now < end;)
    turn (two);
}

static void
attach (Two    *two,
        guint8 *hash)
{
  KipStore *store = two->office.founder.store;
  KipChange *change = kip_change_new (kip_store_get_me (store), "attach");
  KipValue *value = kip_value_map ();
  gsize length = 300 * 1024;
  guint8 *data = g_malloc (length);
  g_autoptr (GBytes) bytes = NULL;

  for (gsize i = 0; i < length; i++)
    data[i] = (guint8) (i * 7 + i / 251);
  bytes = g_bytes_new_take (data, length);
  g_assert_true (kip_store_put_file (store, bytes, hash, NULL));
  kip_value_put (value, 1, kip_value_text ("photo.png"));
  kip_value_put (value, 2, kip_value_int ((gint64) length));
  kip_value_put (value, 3, kip_value_bytes (hash, KIP_HASH_SIZE));
  kip_change_entry (change, KIP_KIND_TICKET, two->ticket, KIP_FIELD_ATTACHMENT, value);
  append (store, change);
}

static KipFileState
state_of (Two          *two,
          guint         desk,
          const guint8 *hash)
{
  KipFileStatus status;

  g_assert_true (kip_sync_traffic_file_status (two->traffic[desk], hash, &status));
  return status.state;
}

static void
test_fetched (void)
{
  Two two;
  KipSyncFiles files;
  guint8 hash[KIP_HASH_SIZE];
  g_autofree char *path = NULL;

  two_init (&two);
  attach (&two, hash);
  turn_for (&two, 3 * POLL);
  g_assert_cmpint (state_of (&two, 0, hash), ==, KIP_FILE_HERE);
  g_assert_cmpint (state_of (&two, 1, hash), ==, KIP_FILE_AWAY);
  kip_sync_traffic_get_files (two.traffic[0], &files);
  g_assert_cmpuint (files.n_to_put, ==, 0);
  /* Asked for, and given up before it comes. */
  kip_sync_traffic_want (two.traffic[1], hash, TRUE);
  g_assert_cmpint (state_of (&two, 1, hash), ==, KIP_FILE_FETCHING);
  kip_sync_traffic_want (two.traffic[1], hash, FALSE);
  turn_for (&two, 2 * POLL);
  g_assert_cmpint (state_of (&two, 1, hash), ==, KIP_FILE_AWAY);
  kip_sync_traffic_want (two.traffic[1], hash, TRUE);
  turn (&two);
  g_assert_cmpint (state_of (&two, 1, hash), ==, KIP_FILE_HERE);
  path = kip_store_file_path (two.desks[1].store, hash, NULL);
  g_assert_nonnull (path);
  two_clear (&two);
}

/* Turns one byte of each blob of an attachment on the share. */
static void
spoil_blobs (Two *two)
{
  g_autofree char *folder = g_strconcat (two->office.path, ".files", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *data = NULL;
      gsize length;

      if (!g_str_has_prefix (name, "a-"))
        continue;
      g_assert_true (g_file_get_contents (path, &data, &length, NULL));
      data[length / 2] ^= 1;
      g_assert_true (g_file_set_contents (path, data, (gssize) length, NULL));
    }
}

/* What one cannot open the other puts there again, without anybody doing anything. */
static void
test_put_again (void)
{
  Two two;
  guint8 hash[KIP_HASH_SIZE];

  two_init (&two);
  attach (&two, hash);
  turn_for (&two, 2 * POLL);
  spoil_blobs (&two);
  kip_sync_traffic_want (two.traffic[1], hash, TRUE);
  turn (&two);
  g_assert_cmpint (state_of (&two, 1, hash), ==, KIP_FILE_DAMAGED);
  turn_for (&two, 2 * MINUTE);
  g_assert_cmpint (state_of (&two, 1, hash), ==, KIP_FILE_HERE);
  two_clear (&two);
}

/* "" nobody, "l" looking, "w" writing: the other one, as this desk sees it. */
static const char *
other_seen_by (Two  *two,
               guint desk)
{
  g_autoptr (GArray) notes = kip_sync_traffic_who_is_at (two->traffic[desk], two->ticket);

  if (notes->len == 0)
    return "";
  g_assert_cmpuint (notes->len, ==, 1);
  return g_array_index (notes, KipDeskNote, 0).doing == KIP_DOING_WRITING ? "w" : "l";
}

static void
test_who_is_where (void)
{
  Two two;

  two_init (&two);
  kip_sync_traffic_be_at (two.traffic[1], two.ticket, KIP_DOING_LOOKING);
  turn_for (&two, 3 * POLL);
  g_assert_cmpstr (other_seen_by (&two, 0), ==, "l");
  g_assert_cmpstr (other_seen_by (&two, 1), ==, "");
  kip_sync_traffic_be_at (two.traffic[1], two.ticket, KIP_DOING_WRITING);
  turn_for (&two, 3 * POLL);
  g_assert_cmpstr (other_seen_by (&two, 0), ==, "w");
  /* Another window of theirs, with another ticket, comes to the front before this one tells that it went. */
  kip_sync_traffic_be_at (two.traffic[1], two.ticket + 1, KIP_DOING_LOOKING);
  kip_sync_traffic_be_at (two.traffic[1], two.ticket, KIP_DOING_NOTHING);
  turn_for (&two, 30 * POLL);
  g_assert_cmpstr (other_seen_by (&two, 0), ==, "");
  kip_sync_traffic_be_at (two.traffic[1], two.ticket, KIP_DOING_LOOKING);
  turn_for (&two, 3 * POLL);
  g_assert_cmpstr (other_seen_by (&two, 0), ==, "l");
  /* Who touches nothing is not there, and is again. */
  turn_for (&two, 20 * MINUTE);
  g_assert_cmpstr (other_seen_by (&two, 0), ==, "");
  kip_sync_traffic_be_at (two.traffic[1], two.ticket, KIP_DOING_LOOKING);
  turn_for (&two, 3 * POLL);
  g_assert_cmpstr (other_seen_by (&two, 0), ==, "l");
  two_clear (&two);
}

static void
test_switched_off (void)
{
  Two two;

  two_init (&two);
  kip_sync_traffic_be_at (two.traffic[0], two.ticket, KIP_DOING_LOOKING);
  kip_sync_traffic_be_at (two.traffic[1], two.ticket, KIP_DOING_LOOKING);
  turn_for (&two, 3 * POLL);
  g_assert_cmpstr (other_seen_by (&two, 0), ==, "l");
  kip_sync_traffic_set_tells (two.traffic[0], FALSE);
  turn_for (&two, 3 * POLL);
  g_assert_cmpstr (other_seen_by (&two, 0), ==, "");
  g_assert_cmpstr (other_seen_by (&two, 1), ==, "");
  kip_sync_traffic_set_tells (two.traffic[0], TRUE);
  turn_for (&two, 3 * POLL);
  g_assert_cmpstr (other_seen_by (&two, 1), ==, "l");
  two_clear (&two);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync-traffic/fetched", test_fetched);
  g_test_add_func ("/sync-traffic/put-again", test_put_again);
  g_test_add_func ("/sync-traffic/who-is-where", test_who_is_where);
  g_test_add_func ("/sync-traffic/switched-off", test_switched_off);
  return g_test_run ();
}
