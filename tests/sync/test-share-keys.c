/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sync-fixture.h"

#include <sodium.h>
#include <string.h>

#include "kip-crc32c.h"
#include "kip-error.h"
#include "kip-share-blob.h"

#define OPS 1
#define MEMORY (64 * 1024)

/* ---- the checksum: RFC 3720, B.4 ---- */

static void
test_crc_vectors (void)
{
  guint8 data[32];

  g_assert_cmphex (kip_crc32c ("123456789", 9), ==, 0xe3069283);
  g_assert_cmphex (kip_crc32c ("", 0), ==, 0);
  memset (data, 0, sizeof data);
  g_assert_cmphex (kip_crc32c (data, sizeof data), ==, 0x8a9136aa);
  memset (data, 0xff, sizeof data);
  g_assert_cmphex (kip_crc32c (data, sizeof data), ==, 0x62a8ab43);
  for (guint i = 0; i < sizeof data; i++)
    data[i] = (guint8) i;
  g_assert_cmphex (kip_crc32c (data, sizeof data), ==, 0x46dd794e);
  for (guint i = 0; i < sizeof data; i++)
    data[i] = (guint8) (31 - i);
  g_assert_cmphex (kip_crc32c (data, sizeof data), ==, 0x113fdb5c);
}

static void
test_crc_by_tables (void)
{
  g_autoptr (GRand) rand = printed_rand ();

  for (gsize length = 0; length < 300; length++)
    {
      g_autoptr (GBytes) bytes = random_body (rand, length + 3);
      const guint8 *data = g_bytes_get_data (bytes, NULL);

      g_assert_cmphex (kip_crc32c (data + length % 4, length), ==, kip_crc32c_by_tables (data + length % 4, length));
    }
}

/* ---- generations ---- */

static void
test_generations (void)
{
  g_autoptr (KipShareKeys) keys = fixed_keys (1, 2, 0);

  g_assert_cmpuint (kip_share_keys_get_newest (keys), ==, 0);
  g_assert_cmpuint (kip_share_keys_begin_generation (keys), ==, 1);
  g_assert_cmpuint (kip_share_keys_begin_generation (keys), ==, 2);
  g_assert_true (kip_share_keys_has (keys, 1));
  g_assert_false (kip_share_keys_has (keys, 3));
  kip_share_keys_forget (keys, 1);
  g_assert_false (kip_share_keys_has (keys, 1));
  g_assert_cmpuint (kip_share_keys_get_newest (keys), ==, 2);
}

static void
test_keys_as_bytes (void)
{
  g_autoptr (KipShareKeys) keys = fixed_keys (1, 2, 5);
  g_autoptr (GBytes) bytes = kip_share_keys_to_bytes (keys), again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (KipShareKeys) read = kip_share_keys_from_bytes (bytes, &error);

  g_assert_no_error (error);
  g_assert_null (kip_share_keys_get_file (read));
  again = kip_share_keys_to_bytes (read);
  assert_same_bytes (again, bytes);
  for (gsize length = 0; length < g_bytes_get_size (bytes); length++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (bytes, 0, length);

      g_clear_error (&error);
      g_assert_null (kip_share_keys_from_bytes (cut, &error));
      g_assert_error (error, KIP_ERROR, KIP_ERROR_CORRUPT);
    }
}

/* ---- the header ---- */

typedef struct
{
  KipShareKeys *keys;
  Device devices[3];
  GBytes *bytes;
} Made;

static void
make (Made       *made,
      const char *passphrase,
      guint       n_members)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  made->keys = fixed_keys (1, 2, 2);
  for (guint i = 0; i < G_N_ELEMENTS (made->devices); i++)
    device_init (&made->devices[i], i + 1);
  for (guint i = 0; i < n_members; i++)
    g_ptr_array_add (members, made->devices[i].public_key);
  made->bytes = kip_share_header_make (made->keys, 7, passphrase, members, 1, made->devices[0].secret_key, OPS, MEMORY, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (made->bytes), ==, KIP_SHARE_HEADER_SIZE);
}

static void
unmake (Made *made)
{
  g_bytes_unref (made->bytes);
  kip_share_keys_free (made->keys);
}

static KipShareHeader *
read_header (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  KipShareHeader *header = kip_share_header_read (bytes, &error);

  g_assert_no_error (error);
  return header;
}

static void
assert_same_keys (KipShareKeys *a,
                  KipShareKeys *b)
{
  g_autoptr (GBytes) x = kip_share_keys_to_bytes (a), y = kip_share_keys_to_bytes (b);

  assert_same_bytes (x, y);
  g_assert_cmpmem (kip_share_keys_get_file (a), sizeof (KipShareIdentity), kip_share_keys_get_file (b), sizeof (KipShareIdentity));
}

static void
test_header_info (void)
{
  Made made;
  g_autoptr (KipShareHeader) header = NULL;
  const KipShareHeaderInfo *info;

  make (&made, "ba con mèo", 2);
  header = read_header (made.bytes);
  info = kip_share_header_get_info (header);
  g_assert_cmpuint (info->major, ==, 1);
  g_assert_cmpuint (info->creator, ==, 1);
  g_assert_cmpuint (info->identity.epoch, ==, 7);
  g_assert_cmpuint (info->argon_ops, ==, OPS);
  g_assert_cmpuint (info->argon_memory, ==, MEMORY / 1024);
  g_assert_true (info->has_passphrase);
  g_assert_cmpuint (info->n_boxes, ==, 2);
  g_assert_cmpmem (&info->identity, sizeof info->identity, kip_share_keys_get_file (made.keys), sizeof info->identity);
  g_assert_true (kip_share_header_verify (header, made.devices[0].public_key));
  g_assert_false (kip_share_header_verify (header, made.devices[1].public_key));
  unmake (&made);
}

static void
test_passphrase (void)
{
  static const char *const wrong[] = { "", "ba con meo", "ba con mèo ", "Ba con mèo", "ba con mè" };
  Made made;
  g_autoptr (KipShareHeader) header = NULL;
  g_autoptr (KipShareKeys) keys = NULL;
  g_autoptr (GError) error = NULL;

  make (&made, "ba con mèo", 0);
  header = read_header (made.bytes);
  keys = kip_share_header_open_passphrase (header, "ba con mèo", &error);
  g_assert_no_error (error);
  assert_same_keys (keys, made.keys);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_null (kip_share_header_open_passphrase (header, wrong[i], &error));
      g_assert_error (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED);
      g_clear_error (&error);
    }
  unmake (&made);
}

static void
test_no_passphrase (void)
{
  Made made;
  g_autoptr (KipShareHeader) header = NULL;
  g_autoptr (GError) error = NULL;

  make (&made, NULL, 1);
  header = read_header (made.bytes);
  g_assert_false (kip_share_header_get_info (header)->has_passphrase);
  g_assert_null (kip_share_header_open_passphrase (header, "", &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED);
  unmake (&made);
}

static void
test_boxes (void)
{
  Made made;
  g_autoptr (KipShareHeader) header = NULL;
  g_autoptr (GError) error = NULL;

  make (&made, "x", 2);
  header = read_header (made.bytes);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (KipShareKeys) keys = kip_share_header_open_device (header, made.devices[i].public_key,
                                                                    made.devices[i].secret_key, &error);

      g_assert_no_error (error);
      assert_same_keys (keys, made.keys);
    }
  g_assert_null (kip_share_header_open_device (header, made.devices[2].public_key, made.devices[2].secret_key, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED);
  unmake (&made);
}

static gboolean
has_room_for (guint    n_generations,
              guint    n_members,
              GError **error)
{
  g_autoptr (KipShareKeys) keys = fixed_keys (1, 2, n_generations);
  g_autoptr (GPtrArray) members = g_ptr_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  Device device;

  device_init (&device, 1);
  for (guint i = 0; i < n_members; i++)
    g_ptr_array_add (members, device.public_key);
  bytes = kip_share_header_make (keys, 1, "x", members, 1, device.secret_key, OPS, MEMORY, error);
  return bytes != NULL;
}

static void
test_room (void)
{
  static const struct
  {
    guint n_generations, n_members;
  } most[] = { { 1, 47 }, { 20, 38 }, { 100, 2 } };

  for (guint i = 0; i < G_N_ELEMENTS (most); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (has_room_for (most[i].n_generations, most[i].n_members, &error));
      g_assert_no_error (error);
      g_assert_false (has_room_for (most[i].n_generations, most[i].n_members + 1, &error));
      g_assert_error (error, KIP_ERROR, KIP_ERROR_INVALID);
    }
}

/* A "key" that is no point of the curve would be a box for nobody. */
static void
test_no_key (void)
{
  g_autoptr (KipShareKeys) keys = fixed_keys (1, 2, 1);
  g_autoptr (GPtrArray) members = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  guint8 zeros[32] = { 0 };
  Device device;

  device_init (&device, 1);
  g_ptr_array_add (members, zeros);
  g_assert_null (kip_share_header_make (keys, 1, "x", members, 1, device.secret_key, OPS, MEMORY, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_INVALID);
}

/* ---- blobs beside the file ---- */

static void
test_blob (void)
{
  g_autoptr (KipShareKeys) keys = fixed_keys (1, 2, 2), old = fixed_keys (1, 2, 1), other_file = fixed_keys (1, 9, 2);
  g_autoptr (GBytes) data = g_bytes_new_static ("a picture", 9), blob = NULL, read = NULL;
  guint8 hash[32] = { 7 };
  g_autofree char *name = kip_share_blob_name (keys, 2, hash, 0), *next = kip_share_blob_name (keys, 2, hash, 1);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_str_has_prefix (name, "a-2-") && g_str_has_suffix (name, "-0"));
  g_assert_cmpuint (strlen (name), ==, 4 + 32 + 2);
  g_assert_null (kip_share_blob_name (old, 2, hash, 0));
  blob = kip_share_blob_seal (keys, name, data);
  g_assert_cmpuint (g_bytes_get_size (blob), ==, 9 + KIP_BLOB_OVERHEAD);
  read = kip_share_blob_open (other_file, name, blob, &error);
  g_assert_no_error (error);
  assert_same_bytes (read, data);
  g_assert_null (kip_share_blob_open (keys, next, blob, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_null (kip_share_blob_open (old, name, blob, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED);
}

static void
test_harmed_blob (void)
{
  g_autoptr (KipShareKeys) keys = fixed_keys (1, 2, 1);
  g_autoptr (GBytes) data = g_bytes_new_static ("a picture", 9), blob = kip_share_blob_seal (keys, "p-3", data);
  gsize size = g_bytes_get_size (blob);

  for (gsize at = 0; at < size; at++)
    {
      guint8 *bytes = g_memdup2 (g_bytes_get_data (blob, NULL), size);
      g_autoptr (GBytes) harmed = NULL, cut = g_bytes_new_from_bytes (blob, 0, at);

      bytes[at] ^= 0x08;
      harmed = g_bytes_new_take (bytes, size);
      g_assert_null (kip_share_blob_open (keys, "p-3", harmed, NULL));
      g_assert_null (kip_share_blob_open (keys, "p-3", cut, NULL));
    }
}

/* ---- join codes ---- */

/* A printed code opens the header as a member does, in its own office alone. */
static void
test_recovery_code (void)
{
  g_autofree char *code = kip_join_code_new ();
  guint8 office[16] = { 1 }, public_key[32], secret_key[64], other_public[32], other_secret[64];
  g_autoptr (KipShareKeys) keys = kip_share_keys_new (office), opened = NULL;
  g_autoptr (GPtrArray) members = g_ptr_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (KipShareHeader) header = NULL;
  Device device;

  device_init (&device, 1);
  kip_share_keys_begin_generation (keys);
  g_assert_false (kip_recovery_code_keys ("K7QM", office, public_key, secret_key));
  g_assert_true (kip_recovery_code_keys (code, office, public_key, secret_key));
  g_ptr_array_add (members, public_key);
  bytes = kip_share_header_make (keys, 1, NULL, members, 1, device.secret_key, OPS, MEMORY, NULL);
  header = read_header (bytes);
  opened = kip_share_header_open_device (header, public_key, secret_key, NULL);
  g_assert_nonnull (opened);
  assert_same_keys (opened, keys);
  office[0] = 2;
  g_assert_true (kip_recovery_code_keys (code, office, other_public, other_secret));
  g_assert_null (kip_share_header_open_device (header, other_public, other_secret, NULL));
}

static void
test_code_as_written (void)
{
  g_autofree char *code = kip_join_code_new (), *low = g_ascii_strdown (code, -1);
  g_autofree char *bare = NULL, *odd = NULL;

  g_assert_cmpuint (strlen (code), ==, 29);
  bare = g_strjoinv ("", (char *[]) { code, NULL });
  g_strdelimit (bare, "-", ' ');
  odd = g_strdup_printf ("\n %.4s–%.25s\t", code, code + 4);
  g_assert_true (kip_join_code_is_one (code));
  g_assert_true (kip_join_code_is_one (low));
  g_assert_true (kip_join_code_is_one (bare));
  g_assert_true (kip_join_code_is_one (odd));
  g_assert_false (kip_join_code_is_one (""));
  g_assert_false (kip_join_code_is_one ("K7QM"));
}

static void
test_code_typos (void)
{
  static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZU?";
  g_autofree char *code = kip_join_code_new ();

  for (guint i = 0; code[i] != '\0'; i++)
    for (guint k = 0; code[i] != '-' && letters[k] != '\0'; k++)
      {
        g_autofree char *typo = g_strdup (code);

        typo[i] = letters[k];
        g_assert_cmpint (kip_join_code_is_one (typo), ==, letters[k] == code[i]);
      }
  for (guint i = 0; code[i] != '\0'; i++)
    for (guint k = i + 1; code[i] != '-' && code[k] != '\0'; k++)
      {
        g_autofree char *typo = g_strdup (code);

        if (code[k] == '-')
          continue;
        typo[i] = code[k];
        typo[k] = code[i];
        g_assert_cmpint (kip_join_code_is_one (typo), ==, code[i] == code[k]);
      }
}

static KipInvitation *
invite (KipShareKeys *keys)
{
  KipInvitation *invitation = g_new0 (KipInvitation, 1);
  Device device;

  device_init (&device, 9);
  invitation->device = 9;
  memcpy (invitation->secret_key, device.secret_key, sizeof invitation->secret_key);
  memcpy (invitation->founder_key, device.public_key, sizeof invitation->founder_key);
  invitation->keys = kip_share_keys_to_bytes (keys);
  invitation->until = G_GINT64_CONSTANT (1795167000000);
  return invitation;
}

static void
test_invitation (void)
{
  g_autoptr (KipShareKeys) keys = fixed_keys (1, 2, 3), other = fixed_keys (1, 3, 3);
  g_autoptr (KipInvitation) invitation = invite (keys), read = NULL;
  g_autofree char *code = kip_join_code_new (), *other_code = kip_join_code_new ();
  g_autoptr (GBytes) frame = kip_invitation_seal (invitation, keys, code);
  g_autoptr (GError) error = NULL;

  read = kip_invitation_open (kip_share_keys_get_file (keys), frame, code, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read->device, ==, 9);
  g_assert_cmpint (read->until, ==, invitation->until);
  g_assert_cmpmem (read->secret_key, 64, invitation->secret_key, 64);
  g_assert_cmpmem (read->founder_key, 32, invitation->founder_key, 32);
  assert_same_bytes (read->keys, invitation->keys);
  g_assert_null (kip_invitation_open (kip_share_keys_get_file (keys), frame, other_code, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  g_assert_null (kip_invitation_open (kip_share_keys_get_file (other), frame, code, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  g_assert_null (kip_invitation_open (kip_share_keys_get_file (keys), frame, "K7QM", &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_INVALID);
}

static void
test_found_invitation (void)
{
  g_autoptr (KipShareKeys) keys = fixed_keys (1, 2, 3), none = no_keys (keys);
  g_autoptr (KipInvitation) invitation = invite (keys);
  g_autofree char *code = kip_join_code_new ();
  g_autoptr (GBytes) frame = kip_invitation_seal (invitation, keys, code);
  KipFound found;

  kip_frame_find (none, frame, 4096, 0, TRUE, &found);
  g_assert_cmpint (found.kind, ==, KIP_FOUND_SEALED);
  g_assert_cmpint (found.type, ==, KIP_FRAME_INVITE);
  g_assert_cmpuint (found.generation, ==, 0);
  g_assert_null (found.body);
  kip_found_clear (&found);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/crc32c/vectors", test_crc_vectors);
  g_test_add_func ("/crc32c/by-tables", test_crc_by_tables);
  g_test_add_func ("/share-keys/generations", test_generations);
  g_test_add_func ("/share-keys/as-bytes", test_keys_as_bytes);
  g_test_add_func ("/share-header/info", test_header_info);
  g_test_add_func ("/share-header/passphrase", test_passphrase);
  g_test_add_func ("/share-header/no-passphrase", test_no_passphrase);
  g_test_add_func ("/share-header/boxes", test_boxes);
  g_test_add_func ("/share-header/room", test_room);
  g_test_add_func ("/share-header/no-key", test_no_key);
  g_test_add_func ("/share-blob/open", test_blob);
  g_test_add_func ("/share-blob/harmed", test_harmed_blob);
  g_test_add_func ("/join-code/recovery", test_recovery_code);
  g_test_add_func ("/join-code/as-written", test_code_as_written);
  g_test_add_func ("/join-code/typos", test_code_typos);
  g_test_add_func ("/invitation/open", test_invitation);
  g_test_add_func ("/invitation/found", test_found_invitation);
  return g_test_run ();
}
