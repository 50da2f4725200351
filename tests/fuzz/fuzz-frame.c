/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The shared file.  The first byte says what the others are: bytes of a file, the content of a frame
 * that we seal ourselves (else nothing would come past the seal), a body, a row of bodies, what is
 * changed in a header, kept keys, a join code. */

#include "fuzz.h"

#include <sodium.h>
#include <string.h>

#include "kip-crc32c.h"
#include "kip-frame-private.h"
#include "kip-frame-survey.h"
#include "kip-join-code-private.h"
#include "kip-share-keys-private.h"
#include "small-office.h"

static SmallOffice office; /* for its header */
static KipShareKeys *keys; /* of a file whose id is the same in every run, so that inputs can hold frames of it */
static GBytes *frame;      /* one of them */

static void
ensure_office (void)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("hello", 5);

  if (keys != NULL)
    return;
  small_office_init (&office, FALSE);
  keys = fixed_keys (1, 2, 2);
  frame = kip_frame_seal (keys, KIP_FRAME_HAVE, 0, body, NULL);
}

/* ---- bodies ---- */

static GPtrArray *
changes_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) kip_raw_change_unref);
}

/* What can be read is carried on unharmed. */
static void
check_changes (GBytes *body)
{
  g_autoptr (GPtrArray) changes = kip_frame_unpack_changes (body, NULL), again = NULL;
  g_autoptr (GBytes) packed = NULL;
  guint n;

  if (changes == NULL || changes->len == 0)
    return;
  packed = kip_frame_pack_changes (changes, 0, KIP_FRAME_BODY_MAX, &n, NULL);
  if (packed == NULL || n < changes->len)
    return; /* what was left out of the bytes may be too much for one frame when it is not */
  again = kip_frame_unpack_changes (packed, NULL);
  g_assert_nonnull (again);
  assert_same_changes (again, changes);
}

static void
check_have (GBytes *body)
{
  g_autoptr (KipHave) have = kip_frame_unpack_have (body, NULL, NULL), again = NULL, third = NULL;
  g_autoptr (GBytes) packed = NULL, same = NULL;

  third = kip_frame_unpack_have (body, office.fourth.public_key, NULL);
  if (have == NULL)
    return;
  packed = kip_frame_pack_have (have, office.fourth.secret_key);
  again = kip_frame_unpack_have (packed, office.fourth.public_key, NULL);
  g_assert_nonnull (again);
  same = kip_frame_pack_have (again, office.fourth.secret_key);
  assert_same_bytes (same, packed);
}

static void
check_knock (GBytes *body)
{
  g_autoptr (KipKnock) knock = kip_frame_unpack_knock (body, NULL);
}

static void
check_body (const guint8 *data,
            gsize         size)
{
  g_autoptr (GBytes) body = g_bytes_new (data, size);

  check_changes (body);
  check_have (body);
  check_knock (body);
}

/* Each: type, kind, length (2), bytes. */
static void
check_row (const guint8 *data,
           gsize         size)
{
  g_autoptr (KipFrameJoiner) joiner = kip_frame_joiner_new ();
  g_autoptr (GPtrArray) changes = changes_new ();
  guint64 offset = 4096;

  while (size >= 4)
    {
      gsize length = MIN ((gsize) (data[2] | data[3] << 8), size - 4);
      KipFound found = { .kind = data[1] % (KIP_FOUND_END + 1), .type = data[0], .offset = offset, .length = length + 64 };

      found.body = found.kind == KIP_FOUND_FRAME ? g_bytes_new (data + 4, length) : NULL;
      kip_frame_joiner_take (joiner, &found, changes, NULL);
      offset += found.length;
      g_assert_cmpuint (kip_frame_joiner_safe_offset (joiner, offset), <=, offset);
      kip_found_clear (&found);
      data += 4 + length;
      size -= 4 + length;
    }
}

/* ---- frames ---- */

static void
check_found (const KipFound *found,
             guint64         base,
             gsize           at,
             gsize           size)
{
  g_assert_cmpuint (found->offset, ==, base + at);
  g_assert_cmpuint (found->length, <=, size - at);
  g_assert_true (found->length > 0 || found->kind == KIP_FOUND_END);
  g_assert_true ((found->kind == KIP_FOUND_FRAME) == (found->body != NULL));
  if (found->body != NULL)
    check_body (g_bytes_get_data (found->body, NULL), g_bytes_get_size (found->body));
}

static void
walk (GBytes  *bytes,
      gboolean is_all)
{
  gsize at = 0, size = g_bytes_get_size (bytes);
  KipFound found;
  KipFoundKind kind;

  do
    {
      kip_frame_find (keys, bytes, 99, at, is_all, &found);
      check_found (&found, 99, at, size);
      kind = found.kind;
      at += (gsize) found.length;
      kip_found_clear (&found);
    }
  while (kind != KIP_FOUND_END && kind != KIP_FOUND_UNFINISHED);
  g_assert_cmpuint (at, ==, size);
}

static void
check_file (const guint8 *data,
            gsize         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (KipFrameSurvey) survey = kip_frame_survey (bytes, keys, kip_share_keys_get_file (keys));
  g_autoptr (KipFrameSurvey) blind = kip_frame_survey (bytes, NULL, NULL);

  walk (bytes, TRUE);
  walk (bytes, FALSE);
}

static void
put_u32 (guint8 *at,
         guint32 number)
{
  for (guint i = 0; i < 4; i++)
    at[i] = (guint8) (number >> (8 * i));
}

static void
put_end (guint8 *out,
         gsize   length)
{
  put_u32 (out + length - 8, kip_crc32c (out, length - 8));
  put_u32 (out + length - 4, (guint32) length);
}

/* As FORMAT.md says it, with the key of generation 2: 32 × 3. */
static void
seal_by_hand (guint8 *out,
              gsize   length)
{
  const KipShareIdentity *file = kip_share_keys_get_file (keys);
  guint8 key[32], office_key[32], personal[16] = "kip-file", associated[76];

  memset (office_key, 3, sizeof office_key);
  put_u32 (personal + 8, file->epoch);
  crypto_generichash_blake2b_salt_personal (key, 32, NULL, 0, office_key, 32, file->file, personal);
  memcpy (associated, file->office, 16);
  memcpy (associated + 16, file->file, 16);
  put_u32 (associated + 32, file->epoch);
  memcpy (associated + 36, out, 40);
  crypto_aead_xchacha20poly1305_ietf_encrypt (out + 40, NULL, out + 40, length - 64, associated, sizeof associated, NULL,
                                              out + 16, key);
  put_end (out, length);
}

/* The first byte is the type, the others what is in the seal, down to how the body is written. */
static void
check_content (const guint8 *data,
               gsize         size)
{
  gsize length = MAX (128, (size + 64 + 63) / 64 * 64);
  guint8 *out = g_malloc0 (length);
  g_autoptr (GBytes) bytes = NULL;

  if (size > 1)
    {
      memcpy (out, g_bytes_get_data (frame, NULL), 40);
      put_u32 (out + 8, (guint32) length);
      out[12] = data[0];
      memcpy (out + 40, data + 1, size - 1);
      seal_by_hand (out, length);
    }
  bytes = g_bytes_new_take (out, length);
  walk (bytes, TRUE);
}

/* ---- headers, keys, codes ---- */

/* Each: place (2), byte. */
static void
check_header (const guint8 *data,
              gsize         size)
{
  guint8 *bytes = g_memdup2 (g_bytes_get_data (office.file, NULL), KIP_SHARE_HEADER_SIZE);
  g_autoptr (GBytes) all = g_bytes_new_take (bytes, KIP_SHARE_HEADER_SIZE);
  g_autoptr (KipShareHeader) header = NULL;
  g_autoptr (KipShareKeys) by_box = NULL, by_passphrase = NULL;
  const KipShareHeaderInfo *info;

  for (; size >= 3; data += 3, size -= 3)
    bytes[(data[0] | data[1] << 8) % KIP_SHARE_HEADER_SIZE] = data[2];
  put_u32 (bytes + KIP_SHARE_HEADER_SIZE - 4, kip_crc32c (bytes, KIP_SHARE_HEADER_SIZE - 4));
  header = kip_share_header_read (all, NULL);
  if (header == NULL)
    return;
  info = kip_share_header_get_info (header);
  kip_share_header_verify (header, office.third.public_key);
  by_box = kip_share_header_open_device (header, office.third.public_key, office.third.secret_key, NULL);
  if (info->argon_ops == 1 && info->argon_memory == 8)
    by_passphrase = kip_share_header_open_passphrase (header, SMALL_PASSPHRASE, NULL);
}

static void
check_keys (const guint8 *data,
            gsize         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size), again = NULL;
  g_autoptr (KipShareKeys) read = kip_share_keys_from_bytes (bytes, NULL);

  if (read == NULL)
    return;
  again = kip_share_keys_to_bytes (read);
  assert_same_bytes (again, bytes);
}

/* A text as a code; and the body of an invitation. */
static void
check_code (const guint8 *data,
            gsize         size)
{
  const KipShareIdentity *file = kip_share_keys_get_file (keys);
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GBytes) body = g_bytes_new (data, size), sealed = NULL;
  g_autoptr (KipInvitation) invitation = NULL;
  guint8 numbers[KIP_JOIN_CODE_LETTERS], key[32];

  kip_join_code_is_one (text);
  g_assert_true (kip_join_code_parse (SMALL_JOIN_CODE, numbers));
  kip_derive_file_key (numbers, KIP_JOIN_CODE_RANDOM, file, "kip-join", key);
  sealed = kip_frame_seal_with (file, key, 0, KIP_FRAME_INVITE, 0, body, NULL);
  g_assert_nonnull (sealed);
  invitation = kip_invitation_open (file, sealed, SMALL_JOIN_CODE, NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static void (*const checks[]) (const guint8 *data,
                                 gsize         size) =
  { check_file, check_content, check_body, check_row, check_header, check_keys, check_code };

  ensure_office ();
  if (size > 0)
    checks[data[0] % G_N_ELEMENTS (checks)](data + 1, size - 1);
  return 0;
}
