/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Files written by the first Kip of each format open for ever, and say what they said.
 * The table is what make-frozen printed when the file was made. */

#include "small-office.h"

#include <string.h>

#include "kip-keys.h"

#define FILE_1 "frozen", "office-format-1.kip", NULL

typedef struct
{
  guint64 offset, length;
  guint type, generation;
  const char *hash; /* BLAKE2b-256 of the body */
} Row;

static const Row rows_1[] = {
  { 4096, 256, 1, 2, "930db652517a12ff2ab1767eb16bc90cc4aa5ffb78502871341caa5b561bcb5a" },
  { 4352, 192, 2, 2, "886dcbd5ab5dd2ddc99f450658d0de5140a4ce55259f60dff8e85d01132833af" },
  { 4544, 256, 3, 2, "f89c125d79f0562577afd57430ab9726af29590de2351b95d3207690171f4ea1" },
  { 4800, 192, 4, 0, "" },
  { 4992, 256, 1, 2, "7005d9f5f15a32e985c4a52cbc0d710c5223add7c9758e94371c71226c0da2ea" },
  { 5248, 128, 77, 2, "b3df2d6edc0ff84c7499cbb94d6ebe9fa16dd5c9ab4fa6b295c99d47b817c57f" },
  { 5376, 320, 5, 2, "b08b29c236e9db77440ef40a892370589ee4ae7eb15b229f1a7eff08c45bc4e2" },
  { 5696, 192, 5, 2, "1a3a8ea20cc50ad304e1de07a05f6977ef3bb16aa081d567819755408459f8aa" }
};

static GBytes *
read_file (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, FILE_1);
  g_autoptr (GError) error = NULL;
  char *data = NULL;
  gsize size = 0;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

static KipShareHeader *
read_header (GBytes *file)
{
  g_autoptr (GError) error = NULL;
  KipShareHeader *header = kip_share_header_read (file, &error);

  g_assert_no_error (error);
  return header;
}

static KipShareKeys *
open_keys (GBytes *file)
{
  g_autoptr (KipShareHeader) header = read_header (file);
  g_autoptr (GError) error = NULL;
  KipShareKeys *keys = kip_share_header_open_passphrase (header, SMALL_PASSPHRASE, &error);

  g_assert_no_error (error);
  return keys;
}

static void
test_header (void)
{
  g_autoptr (GBytes) file = read_file ();
  g_autoptr (KipShareHeader) header = read_header (file);
  const KipShareHeaderInfo *info = kip_share_header_get_info (header);
  g_autoptr (KipShareKeys) by_box = NULL;
  Device third;

  device_init (&third, 3);
  g_assert_cmpuint (info->major, ==, 1);
  g_assert_cmpuint (info->minor, ==, 0);
  g_assert_cmpuint (info->identity.epoch, ==, 3);
  g_assert_cmpmem (info->identity.office, 16, "\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1", 16);
  g_assert_cmpuint (info->creator, ==, 3);
  g_assert_true (kip_share_header_verify (header, third.public_key));
  by_box = kip_share_header_open_device (header, third.public_key, third.secret_key, NULL);
  g_assert_nonnull (by_box);
  g_assert_true (kip_share_keys_has (by_box, 1));
  g_assert_cmpuint (kip_share_keys_get_newest (by_box), ==, 2);
}

static void
check_row (const KipFound *found,
           const Row      *row)
{
  guint8 hash[KIP_HASH_SIZE];
  g_autofree char *text = NULL;

  g_assert_cmpuint (found->offset, ==, row->offset);
  g_assert_cmpuint (found->length, ==, row->length);
  g_assert_cmpuint (found->type, ==, row->type);
  g_assert_cmpuint (found->generation, ==, row->generation);
  g_assert_cmpint (found->kind, ==, row->generation == 0 ? KIP_FOUND_SEALED : KIP_FOUND_FRAME);
  if (found->body == NULL)
    return;
  kip_hash_bytes (g_bytes_get_data (found->body, NULL), g_bytes_get_size (found->body), hash);
  text = kip_hash_to_text (hash);
  g_assert_cmpstr (text, ==, row->hash);
}

static void
test_frames (void)
{
  g_autoptr (GBytes) file = read_file ();
  g_autoptr (KipShareKeys) keys = open_keys (file);

  for (guint i = 0; i < G_N_ELEMENTS (rows_1); i++)
    {
      KipFound found;

      kip_frame_find (keys, file, 0, (gsize) rows_1[i].offset, TRUE, &found);
      check_row (&found, &rows_1[i]);
      g_assert_true (i + 1 < G_N_ELEMENTS (rows_1) || found.offset + found.length == g_bytes_get_size (file));
      kip_found_clear (&found);
    }
}

/* ---- what the bodies say ---- */

static GPtrArray *
join_all (GBytes       *file,
          KipShareKeys *keys)
{
  g_autoptr (KipFrameJoiner) joiner = kip_frame_joiner_new ();
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_raw_change_unref);

  for (guint i = 0; i < G_N_ELEMENTS (rows_1); i++)
    {
      KipFound found;

      kip_frame_find (keys, file, 0, (gsize) rows_1[i].offset, TRUE, &found);
      g_assert_true (kip_frame_joiner_take (joiner, &found, changes, NULL));
      kip_found_clear (&found);
    }
  return changes;
}

/* One subject of so many "k", signed where the next of the machine does not vouch for it. */
static void
check_change (KipRawChange *raw,
              Device       *device,
              guint64       seq,
              gsize         length,
              gboolean      is_signed)
{
  g_autoptr (KipChange) change = kip_raw_change_decode (raw, NULL, NULL);
  const KipEvent *event = g_ptr_array_index (change->events, 0);
  g_autofree char *text = g_strnfill (length, 'k');
  guint8 hash[KIP_HASH_SIZE];

  g_assert_cmpuint (raw->device, ==, device->number);
  g_assert_cmpuint (raw->seq, ==, seq);
  g_assert_cmpint (event->field, ==, KIP_FIELD_SUBJECT);
  g_assert_true (strcmp (kip_value_get_text (event->value), text) == 0);
  g_assert_cmpint (raw->is_signed, ==, is_signed);
  kip_hash_bytes (g_bytes_get_data (raw->bytes, NULL), g_bytes_get_size (raw->bytes), hash);
  if (is_signed)
    g_assert_true (kip_keys_verify (device->public_key, hash, raw->signature));
}

static void
test_changes (void)
{
  g_autoptr (GBytes) file = read_file ();
  g_autoptr (KipShareKeys) keys = open_keys (file);
  g_autoptr (GPtrArray) changes = join_all (file, keys);
  Device third, fourth;

  device_init (&third, 3);
  device_init (&fourth, 4);
  g_assert_cmpuint (changes->len, ==, 5);
  check_change (g_ptr_array_index (changes, 0), &third, 1, 12, FALSE);
  check_change (g_ptr_array_index (changes, 1), &third, 2, 12, FALSE);
  check_change (g_ptr_array_index (changes, 2), &third, 3, 12, TRUE);
  check_change (g_ptr_array_index (changes, 3), &fourth, 1, 500, TRUE);
  check_change (g_ptr_array_index (changes, 4), &third, 4, KIP_FRAME_MAX, TRUE);
}

static void
test_have_and_knock (void)
{
  g_autoptr (GBytes) file = read_file ();
  g_autoptr (KipShareKeys) keys = open_keys (file);
  g_autoptr (KipHave) have = NULL;
  g_autoptr (KipKnock) knock = NULL;
  KipFound found;
  Device fourth;

  device_init (&fourth, 4);
  kip_frame_find (keys, file, 0, (gsize) rows_1[1].offset, TRUE, &found);
  have = kip_frame_unpack_have (found.body, fourth.public_key, NULL);
  g_assert_nonnull (have);
  g_assert_cmpuint (have->device, ==, 4);
  g_assert_cmpint (have->clock_offset, ==, -250);
  g_assert_cmpstr (have->version, ==, "0.3.0");
  g_assert_cmpuint (have->holdings->len, ==, 2);
  g_assert_cmpuint (g_array_index (have->holdings, KipHolding, 0).seq, ==, 3);
  kip_found_clear (&found);
  kip_frame_find (keys, file, 0, (gsize) rows_1[2].offset, TRUE, &found);
  knock = kip_frame_unpack_knock (found.body, NULL);
  g_assert_nonnull (knock);
  g_assert_cmpstr (knock->machine, ==, "máy của Lan");
  kip_found_clear (&found);
}

static void
test_invitation (void)
{
  g_autoptr (GBytes) file = read_file ();
  g_autoptr (KipShareHeader) header = read_header (file);
  g_autoptr (GBytes) frame = g_bytes_new_from_bytes (file, (gsize) rows_1[3].offset, (gsize) rows_1[3].length);
  g_autoptr (GError) error = NULL;
  g_autoptr (KipInvitation) invitation = kip_invitation_open (&kip_share_header_get_info (header)->identity, frame,
                                                              SMALL_JOIN_CODE, &error);
  g_autoptr (KipShareKeys) keys = NULL;
  Device fourth;

  g_assert_no_error (error);
  device_init (&fourth, 4);
  g_assert_cmpuint (invitation->device, ==, 4);
  g_assert_cmpmem (invitation->secret_key, 64, fourth.secret_key, 64);
  keys = kip_share_keys_from_bytes (invitation->keys, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kip_share_keys_get_newest (keys), ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/share-frozen/1/header", test_header);
  g_test_add_func ("/share-frozen/1/frames", test_frames);
  g_test_add_func ("/share-frozen/1/changes", test_changes);
  g_test_add_func ("/share-frozen/1/have-and-knock", test_have_and_knock);
  g_test_add_func ("/share-frozen/1/invitation", test_invitation);
  return g_test_run ();
}
