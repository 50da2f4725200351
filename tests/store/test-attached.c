/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-fixture.h"

#include "kip-error.h"
#include "kip-store-attached.h"

#include <glib/gstdio.h>
#include <string.h>

/* Which files the log names, and files that come in pieces. */

static void
attach (KipStore *store,
        KipId     ticket,
        GBytes   *bytes,
        gboolean  put,
        guint8   *hash)
{
  KipChange *change = kip_change_new (kip_store_get_me (store), "attach");
  KipValue *value = kip_value_map ();
  g_autofree char *path = NULL;

  g_assert_true (kip_store_put_file (store, bytes, hash, NULL));
  if (!put)
    {
      path = kip_store_file_path (store, hash, NULL);
      g_unlink (path);
    }
  kip_value_put (value, 1, kip_value_text ("photo.png"));
  kip_value_put (value, 2, kip_value_int ((gint64) g_bytes_get_size (bytes)));
  kip_value_put (value, 3, kip_value_bytes (hash, KIP_ATTACHED_HASH_SIZE));
  kip_value_put (value, 4, kip_value_text ("image/png"));
  kip_change_entry (change, KIP_KIND_TICKET, ticket, KIP_FIELD_ATTACHMENT, value);
  append (store, change);
}

static GArray *
find_all (KipStore *store)
{
  g_autoptr (GError) error = NULL;
  gboolean more;
  GArray *found = kip_store_find_attached (store, &more, &error);

  g_assert_no_error (error);
  g_assert_false (more);
  return found;
}

static void
test_found_once (void)
{
  g_autoptr (GBytes) one = g_bytes_new_static ("one", 3);
  g_autoptr (GBytes) two = g_bytes_new_static ("twotwo", 6);
  g_autoptr (GArray) first = NULL;
  g_autoptr (GArray) second = NULL;
  g_autoptr (GArray) third = NULL;
  g_autoptr (GArray) all = NULL;
  Fixture fixture;
  guint8 hash[KIP_ATTACHED_HASH_SIZE], other[KIP_ATTACHED_HASH_SIZE];
  KipId ticket;

  fixture_init (&fixture);
  ticket = add_ticket (fixture.store, "máy in", KIP_INSTANT_NONE);
  attach (fixture.store, ticket, one, TRUE, hash);
  attach (fixture.store, ticket, one, TRUE, hash);
  first = find_all (fixture.store);
  g_assert_cmpuint (first->len, ==, 1);
  g_assert_cmpmem (g_array_index (first, KipAttached, 0).hash, sizeof hash, hash, sizeof hash);
  g_assert_cmpint (g_array_index (first, KipAttached, 0).size, ==, 3);
  g_assert_cmpuint (g_array_index (first, KipAttached, 0).device, ==, 1);

  fixture_reopen (&fixture);
  attach (fixture.store, ticket, two, TRUE, other);
  attach (fixture.store, ticket, one, TRUE, hash);
  second = find_all (fixture.store);
  g_assert_cmpuint (second->len, ==, 1);
  g_assert_cmpmem (g_array_index (second, KipAttached, 0).hash, sizeof other, other, sizeof other);
  third = find_all (fixture.store);
  g_assert_cmpuint (third->len, ==, 0);
  all = kip_store_list_attached (fixture.store, NULL);
  g_assert_cmpuint (all->len, ==, 2);
  fixture_clear (&fixture);
}

static void
test_noted (void)
{
  g_autoptr (GBytes) one = g_bytes_new_static ("one", 3);
  g_autoptr (GArray) found = NULL;
  g_autoptr (GArray) again = NULL;
  g_autoptr (GError) error = NULL;
  Fixture fixture;
  guint8 hash[KIP_ATTACHED_HASH_SIZE];

  fixture_init (&fixture);
  attach (fixture.store, add_ticket (fixture.store, "máy in", KIP_INSTANT_NONE), one, TRUE, hash);
  found = find_all (fixture.store);
  g_array_index (found, KipAttached, 0).generation = 3;
  g_array_index (found, KipAttached, 0).n_put = 7;
  kip_store_note_attached (fixture.store, found, &error);
  g_assert_no_error (error);
  /* What the log still names keeps what is known of it. */
  kip_store_recount_attached (fixture.store, &error);
  g_assert_no_error (error);
  fixture_reopen (&fixture);
  again = kip_store_list_attached (fixture.store, &error);
  g_assert_cmpuint (again->len, ==, 1);
  g_assert_cmpuint (g_array_index (again, KipAttached, 0).generation, ==, 3);
  g_assert_cmpuint (g_array_index (again, KipAttached, 0).n_put, ==, 7);
  fixture_clear (&fixture);
}

/* What no event names is forgotten. */
static void
test_recount (void)
{
  g_autoptr (GArray) none = NULL;
  g_autoptr (GArray) all = NULL;
  g_autoptr (GArray) invented = g_array_new (FALSE, TRUE, sizeof (KipAttached));
  Fixture fixture;

  fixture_init (&fixture);
  g_array_set_size (invented, 1);
  g_array_index (invented, KipAttached, 0).size = 5;
  g_assert_true (kip_store_note_attached (fixture.store, invented, NULL));
  all = kip_store_list_attached (fixture.store, NULL);
  g_assert_cmpuint (all->len, ==, 1);
  g_assert_true (kip_store_recount_attached (fixture.store, NULL));
  none = kip_store_list_attached (fixture.store, NULL);
  g_assert_cmpuint (none->len, ==, 0);
  fixture_clear (&fixture);
}

static void
test_pieces (void)
{
  g_autoptr (GBytes) whole = g_bytes_new_static ("abcdefghij", 10);
  g_autoptr (GBytes) begin = g_bytes_new_from_bytes (whole, 0, 4);
  g_autoptr (GBytes) end = g_bytes_new_from_bytes (whole, 4, 6);
  g_autoptr (GBytes) read = NULL;
  g_autoptr (GError) error = NULL;
  Fixture fixture;
  guint8 hash[KIP_ATTACHED_HASH_SIZE];

  fixture_init (&fixture);
  attach (fixture.store, add_ticket (fixture.store, "máy in", KIP_INSTANT_NONE), whole, FALSE, hash);
  g_assert_false (kip_store_has_file (fixture.store, hash));
  g_assert_cmpuint (kip_store_part_size (fixture.store, hash), ==, 0);
  g_assert_true (kip_store_add_part (fixture.store, hash, 0, begin, NULL));
  g_assert_cmpuint (kip_store_part_size (fixture.store, hash), ==, 4);
  g_assert_false (kip_store_end_part (fixture.store, hash, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_cmpuint (kip_store_part_size (fixture.store, hash), ==, 0);

  g_assert_true (kip_store_add_part (fixture.store, hash, 0, begin, NULL));
  fixture_reopen (&fixture);
  g_assert_true (kip_store_add_part (fixture.store, hash, 4, begin, NULL)); /* a wrong one, done again */
  g_assert_true (kip_store_add_part (fixture.store, hash, 4, end, NULL));
  kip_store_end_part (fixture.store, hash, &error);
  g_assert_no_error (error);
  g_assert_true (kip_store_has_file (fixture.store, hash));
  read = kip_store_read_file (fixture.store, hash, 2, 5, NULL);
  g_assert_cmpmem (g_bytes_get_data (read, NULL), g_bytes_get_size (read), "cdefg", 5);
  assert_whole (fixture.store);
  fixture_clear (&fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/attached/found-once", test_found_once);
  g_test_add_func ("/attached/noted", test_noted);
  g_test_add_func ("/attached/recount", test_recount);
  g_test_add_func ("/attached/pieces", test_pieces);
  return g_test_run ();
}
