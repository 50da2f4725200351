/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sync-fixture.h"

#include <sodium.h>
#include <string.h>

#include "kip-crc32c.h"
#include "kip-error.h"

static GBytes *
seal (const KipShareKeys *keys,
      KipFrameType        type,
      GBytes             *body)
{
  g_autoptr (GError) error = NULL;
  GBytes *frame = kip_frame_seal (keys, type, 0, body, &error);

  g_assert_no_error (error);
  return frame;
}

/* ---- the layout, by hand ---- */

static guint32
number_at (const guint8 *data)
{
  return (guint32) data[0] | (guint32) data[1] << 8 | (guint32) data[2] << 16 | (guint32) data[3] << 24;
}

/* office 16 × 0x01, file 16 × 0x02, epoch 1, the key of generation 1 is 32 × 0x02: the content key is BLAKE2b-256
 * keyed with that, salted with the file id, personalized with "kip-file" and the epoch. */
static void
content_key_by_hand (guint8 *key)
{
  guint8 office_key[32], file[16];
  guint8 personal[16] = { 'k', 'i', 'p', '-', 'f', 'i', 'l', 'e', 1, 0, 0, 0 };

  memset (office_key, 2, sizeof office_key);
  memset (file, 2, sizeof file);
  crypto_generichash_blake2b_salt_personal (key, 32, NULL, 0, office_key, 32, file, personal);
}

static void
open_by_hand (const guint8 *frame,
              guint8       *plain)
{
  guint8 key[32], associated[16 + 16 + 4 + 40];

  content_key_by_hand (key);
  memset (associated, 1, 16);
  memset (associated + 16, 2, 16);
  memcpy (associated + 32, "\1\0\0\0", 4);
  memcpy (associated + 36, frame, 40);
  g_assert_cmpint (crypto_aead_xchacha20poly1305_ietf_decrypt (plain, NULL, NULL, frame + 40, 128 - 40 - 8, associated,
                                                               sizeof associated, frame + 16, key), ==, 0);
}

static void
test_layout (void)
{
  g_autoptr (KipShareKeys) keys = fixed_keys (1, 2, 1);
  g_autoptr (GBytes) body = g_bytes_new_static ("hello", 5), frame = NULL;
  guint8 plain[64], wanted[64] = { 5, 0, 0, 0, 'h', 'e', 'l', 'l', 'o' }, marker[16], hashed[21];
  const guint8 *data;

  frame = kip_frame_seal (keys, 200, KIP_FRAME_CRITICAL, body, NULL);
  data = g_bytes_get_data (frame, NULL);
  g_assert_cmpuint (g_bytes_get_size (frame), ==, 128);
  memset (hashed, 2, 16);
  memcpy (hashed + 16, "frame", 5);
  crypto_generichash (marker, 16, hashed, 21, NULL, 0);
  g_assert_cmpmem (data, 8, marker, 8);
  g_assert_cmpuint (number_at (data + 8), ==, 128);
  g_assert_cmpmem (data + 12, 4, "\310\1\1\0", 4);
  g_assert_cmphex (number_at (data + 120), ==, kip_crc32c (data, 120));
  g_assert_cmpuint (number_at (data + 124), ==, 128);
  open_by_hand (data, plain);
  g_assert_cmpmem (plain, 64, wanted, 64);
}

/* ---- there and back ---- */

static void
assert_opens (const KipShareKeys *keys,
              GBytes             *frame,
              GBytes             *body)
{
  KipFound found;

  kip_frame_find (keys, frame, 4096, 0, TRUE, &found);
  g_assert_cmpint (found.kind, ==, KIP_FOUND_FRAME);
  g_assert_cmpuint (found.offset, ==, 4096);
  g_assert_cmpuint (found.length, ==, g_bytes_get_size (frame));
  assert_same_bytes (found.body, body);
  kip_found_clear (&found);
}

static void
test_lengths (void)
{
  static const gsize lengths[] = { 0, 1, 59, 60, 61, 123, 124, 125, 127, 128, 4096, 100000, KIP_FRAME_BODY_MAX - 1, KIP_FRAME_BODY_MAX };
  g_autoptr (KipShareKeys) keys = fixed_keys (1, 2, 1);
  g_autoptr (GRand) rand = printed_rand ();

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GBytes) body = random_body (rand, lengths[i]), frame = seal (keys, KIP_FRAME_CHANGES, body);
      gsize plain = (lengths[i] + 68 + 63) / 64 * 64;

      g_assert_cmpuint (g_bytes_get_size (frame) % KIP_FRAME_UNIT, ==, 0);
      g_assert_cmpuint (g_bytes_get_size (frame), <=, MAX (plain, 128));
      assert_opens (keys, frame, body);
    }
}

static void
test_too_long (void)
{
  g_autoptr (KipShareKeys) keys = fixed_keys (1, 2, 1);
  g_autoptr (GBytes) body = g_bytes_new_take (g_malloc0 (KIP_FRAME_BODY_MAX + 1), KIP_FRAME_BODY_MAX + 1);
  g_autoptr (GError) error = NULL;

  g_assert_null (kip_frame_seal (keys, KIP_FRAME_CHANGES, 0, body, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_INVALID);
}

static void
test_compresses (void)
{
  g_autoptr (KipShareKeys) keys = fixed_keys (1, 2, 1);
  g_autoptr (GBytes) body = g_bytes_new_take (g_malloc0 (KIP_FRAME_BODY_MAX), KIP_FRAME_BODY_MAX);
  g_autoptr (GBytes) frame = seal (keys, KIP_FRAME_CHANGES, body);

  g_assert_cmpuint (g_bytes_get_size (frame), <=, 256);
  assert_opens (keys, frame, body);
}

/* ---- whose is it ---- */

/* A frame taken out of its file is junk in any other. */
static void
test_foreign (void)
{
  g_autoptr (KipShareKeys) keys = fixed_keys (1, 2, 1), other_file = fixed_keys (1, 3, 1), other_office = fixed_keys (7, 2, 1);
  g_autoptr (KipShareKeys) other_epoch = fixed_keys (1, 2, 1);
  KipShareIdentity later = *kip_share_keys_get_file (keys);
  g_autoptr (GBytes) body = g_bytes_new_static ("hello", 5), frame = seal (keys, KIP_FRAME_CHANGES, body);
  KipFound found;

  kip_frame_find (other_file, frame, 0, 0, TRUE, &found);
  g_assert_cmpint (found.kind, ==, KIP_FOUND_UNFINISHED);
  kip_frame_find (other_office, frame, 0, 0, TRUE, &found);
  g_assert_cmpint (found.kind, ==, KIP_FOUND_DAMAGED);
  g_assert_null (found.body);
  later.epoch++;
  kip_share_keys_set_file (other_epoch, &later);
  kip_frame_find (other_epoch, frame, 0, 0, TRUE, &found);
  g_assert_cmpint (found.kind, ==, KIP_FOUND_DAMAGED);
  g_assert_null (found.body);
}

static void
test_waiting_for_key (void)
{
  g_autoptr (KipShareKeys) keys = fixed_keys (1, 2, 2), old = fixed_keys (1, 2, 1);
  g_autoptr (GBytes) body = g_bytes_new_static ("hello", 5), frame = seal (keys, KIP_FRAME_CHANGES, body);
  g_autoptr (GBytes) earlier = seal (old, KIP_FRAME_CHANGES, body);
  KipFound found;

  kip_frame_find (old, frame, 0, 0, TRUE, &found);
  g_assert_cmpint (found.kind, ==, KIP_FOUND_SEALED);
  g_assert_cmpuint (found.generation, ==, 2);
  g_assert_cmpuint (found.length, ==, 128);
  assert_opens (keys, earlier, body);
}

/* ---- bodies ---- */

static void
test_changes (void)
{
  g_autoptr (GRand) rand = printed_rand ();
  Device device;
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GPtrArray) read = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_raw_change_unref);
  guint from = 0, n_bodies = 0;

  device_init (&device, 3);
  changes = random_changes (&device, rand, 300);
  while (from < changes->len)
    {
      guint n;
      g_autoptr (GBytes) body = kip_frame_pack_changes (changes, from, 8192, &n, NULL);
      GPtrArray *some = kip_frame_unpack_changes (body, NULL);

      g_assert_cmpuint (g_bytes_get_size (body), <=, 8192);
      g_assert_cmpuint (some->len, ==, n);
      g_ptr_array_extend_and_steal (read, some);
      from += n;
      n_bodies++;
    }
  g_assert_cmpuint (n_bodies, >, 3);
  assert_same_changes (read, changes);
}

static void
test_cut_changes (void)
{
  g_autoptr (GRand) rand = printed_rand ();
  Device device;
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GBytes) body = NULL;
  guint n;

  device_init (&device, 3);
  changes = random_changes (&device, rand, 5);
  body = kip_frame_pack_changes (changes, 0, 8192, &n, NULL);
  for (gsize length = 0; length < g_bytes_get_size (body); length++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (body, 0, length);
      g_autoptr (GError) error = NULL;

      g_assert_null (kip_frame_unpack_changes (cut, &error));
      g_assert_error (error, KIP_ERROR, KIP_ERROR_CORRUPT);
    }
}

static KipHave *
example_have (void)
{
  KipHave *have = kip_have_new ();
  KipHolding holdings[] = { { 1, 1000 }, { 3, G_MAXINT64 }, { G_MAXUINT32, 0 } };

  have->device = 3;
  have->at = G_GINT64_CONSTANT (1795167000000);
  have->clock_offset = -1500;
  have->version = g_strdup ("0.3.0");
  have->format = 1;
  g_array_append_vals (have->holdings, holdings, G_N_ELEMENTS (holdings));
  return have;
}

static void
test_have (void)
{
  Device device, other;
  g_autoptr (KipHave) have = example_have (), read = NULL;
  g_autoptr (GBytes) body = NULL, again = NULL;
  g_autoptr (GError) error = NULL;

  device_init (&device, 3);
  device_init (&other, 4);
  body = kip_frame_pack_have (have, device.secret_key);
  read = kip_frame_unpack_have (body, device.public_key, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (read->version, ==, "0.3.0");
  g_assert_cmpint (read->clock_offset, ==, -1500);
  again = kip_frame_pack_have (read, device.secret_key);
  assert_same_bytes (again, body);
  g_assert_null (kip_frame_unpack_have (body, other.public_key, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED);
}

static void
test_knock (void)
{
  Device device, other;
  g_autoptr (KipKnock) knock = g_new0 (KipKnock, 1), read = NULL;
  g_autoptr (GBytes) body = NULL, forged = NULL;
  g_autoptr (GError) error = NULL;

  device_init (&device, 3);
  device_init (&other, 4);
  memcpy (knock->public_key, device.public_key, sizeof knock->public_key);
  knock->at = 5;
  knock->person = g_strdup ("Lan");
  knock->machine = g_strdup ("máy-của-Lan");
  body = kip_frame_pack_knock (knock, device.secret_key);
  read = kip_frame_unpack_knock (body, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (read->public_key, 32, device.public_key, 32);
  g_assert_cmpstr (read->person, ==, "Lan");
  g_assert_cmpstr (read->machine, ==, "máy-của-Lan");
  forged = kip_frame_pack_knock (knock, other.secret_key);
  g_assert_null (kip_frame_unpack_knock (forged, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/frame/layout", test_layout);
  g_test_add_func ("/frame/lengths", test_lengths);
  g_test_add_func ("/frame/too-long", test_too_long);
  g_test_add_func ("/frame/compresses", test_compresses);
  g_test_add_func ("/frame/foreign", test_foreign);
  g_test_add_func ("/frame/waiting-for-key", test_waiting_for_key);
  g_test_add_func ("/frame/changes", test_changes);
  g_test_add_func ("/frame/cut-changes", test_cut_changes);
  g_test_add_func ("/frame/have", test_have);
  g_test_add_func ("/frame/knock", test_knock);
  return g_test_run ();
}
