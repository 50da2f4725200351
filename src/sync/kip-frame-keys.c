/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-frame-keys.h"

#include "kip-bytes-private.h"
#include "kip-crc32c.h"
#include "kip-frame-private.h"
#include "kip-share-header-private.h"
#include "kip-share-keys-private.h"

/* Where everything lies in the frame, behind its head. */
enum
{
  KEYS_AT_ARGON_OPS = FRAME_AT_SEALED,
  KEYS_AT_ARGON_MEMORY = KEYS_AT_ARGON_OPS + 4,
  KEYS_AT_SLOTS = KEYS_AT_ARGON_MEMORY + 4,
  KEYS_AT_N_BOXES = KEYS_AT_SLOTS + 2,
  KEYS_AT_LENGTH = KEYS_AT_N_BOXES + 2, /* of what is sealed, with its nonce */
  KEYS_AT_SALT = KEYS_AT_LENGTH + 4,
  KEYS_AT_PASSPHRASE = KEYS_AT_SALT + KIP_SLOT_SALT_SIZE,
  KEYS_AT_SEALED = KEYS_AT_PASSPHRASE + SEAL_OVERHEAD + WRAP_KEY_SIZE
                   /* the boxes, one behind the other; zeros; crc and length */
};

#define KEYS_WORD "Kip shared file keys 1"

/* [file id, epoch, device, keys, slots, [public key, …]]; more items are a newer Kip's. */
#define PAYLOAD_ITEMS 6

/* What a frame may ask of us, as the header: 16 passes, 1 GiB. */
#define MAX_ARGON_OPS 16
#define MAX_ARGON_MEMORY (1024 * 1024)
#define MAX_BOXES 4096

void
kip_keyring_free (KipKeyring *ring)
{
  g_clear_pointer (&ring->keys, kip_share_keys_free);
  g_clear_pointer (&ring->given, g_ptr_array_unref);
  g_clear_pointer (&ring->payload, g_bytes_unref);
  g_free (ring);
}

/* ---- what is authenticated beside ---- */

#define ASSOCIATED_SIZE (KIP_OFFICE_ID_SIZE + KIP_FILE_ID_SIZE + 4 + KEYS_AT_SALT)

static void
associate (const KipShareIdentity *file,
           const guint8           *frame,
           guint8                 *out)
{
  memcpy (out, file->office, KIP_OFFICE_ID_SIZE);
  memcpy (out + KIP_OFFICE_ID_SIZE, file->file, KIP_FILE_ID_SIZE);
  kip_put_u32 (out + KIP_OFFICE_ID_SIZE + KIP_FILE_ID_SIZE, file->epoch);
  memcpy (out + KIP_OFFICE_ID_SIZE + KIP_FILE_ID_SIZE + 4, frame, KEYS_AT_SALT);
}

/* Nonce, then what is sealed and its tag. */
static void
seal (guint8                 *at,
      const KipShareIdentity *file,
      const guint8           *frame,
      const guint8           *data,
      gsize                   length,
      const guint8           *key)
{
  guint8 associated[ASSOCIATED_SIZE], *sealed = at + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;

  associate (file, frame, associated);
  randombytes_buf (at, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
  crypto_aead_xchacha20poly1305_ietf_encrypt (sealed, NULL, data, length, associated, sizeof associated, NULL, at, key);
}

static gboolean
unseal (const guint8           *at,
        gsize                   length, /* with nonce and tag */
        const KipShareIdentity *file,
        const guint8           *frame,
        const guint8           *key,
        guint8                 *out)
{
  const gsize nonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
  guint8 associated[ASSOCIATED_SIZE];

  associate (file, frame, associated);
  return crypto_aead_xchacha20poly1305_ietf_decrypt (out, NULL, NULL, at + nonce, length - nonce, associated,
                                                     sizeof associated, at, key) == 0;
}

/* ---- making ---- */

static GBytes *
pack (const KipShareKeys *keys,
      GPtrArray          *members,
      guint32             device,
      const guint8       *secret_key)
{
  const KipShareIdentity *file = kip_share_keys_get_file (keys);
  g_autoptr (GBytes) all = kip_share_keys_to_bytes (keys);
  g_autoptr (GBytes) slots = kip_share_slots_to_bytes (kip_share_keys_get_slots (keys));
  GByteArray *out = g_byte_array_sized_new (g_bytes_get_size (all) + g_bytes_get_size (slots) + 36 * members->len + 128);
  GBytes *body;

  kip_cbor_put_list (out, PAYLOAD_ITEMS);
  kip_cbor_put_bytes (out, file->file, sizeof file->file);
  kip_cbor_put_int (out, file->epoch);
  kip_cbor_put_int (out, device);
  kip_cbor_put_bytes (out, g_bytes_get_data (all, NULL), g_bytes_get_size (all));
  kip_cbor_put_bytes (out, g_bytes_get_data (slots, NULL), g_bytes_get_size (slots));
  kip_cbor_put_list (out, members->len);
  for (guint i = 0; i < members->len; i++)
    kip_cbor_put_bytes (out, g_ptr_array_index (members, i), crypto_sign_PUBLICKEYBYTES);
  body = kip_frame_sign (KEYS_WORD, out, secret_key);
  kip_secret_array_free (out);
  return body;
}

static void
put_head (guint8                  *frame,
          gsize                    length,
          const KipShareIdentity  *file,
          const KipPassphraseSlot *slot,
          guint                    n_boxes,
          gsize                    sealed)
{
  kip_frame_marker (file->file, frame + FRAME_AT_MARKER);
  kip_put_u32 (frame + FRAME_AT_LENGTH, (guint32) length);
  frame[FRAME_AT_TYPE] = KIP_FRAME_KEYS;
  randombytes_buf (frame + FRAME_AT_NONCE, FRAME_AT_SEALED - FRAME_AT_NONCE);
  kip_put_u32 (frame + KEYS_AT_ARGON_OPS, slot->argon_ops);
  kip_put_u32 (frame + KEYS_AT_ARGON_MEMORY, slot->argon_memory);
  kip_put_u16 (frame + KEYS_AT_SLOTS, slot->is_set ? HEADER_HAS_PASSPHRASE : 0);
  kip_put_u16 (frame + KEYS_AT_N_BOXES, (guint16) n_boxes);
  kip_put_u32 (frame + KEYS_AT_LENGTH, (guint32) sealed);
  memcpy (frame + KEYS_AT_SALT, slot->salt, sizeof slot->salt);
}

/* What is no key leaves a box that nobody opens. */
static void
put_box (guint8       *at,
         const guint8 *public_key,
         const guint8 *wrap_key)
{
  guint8 box_key[crypto_box_PUBLICKEYBYTES];

  if (crypto_sign_ed25519_pk_to_curve25519 (box_key, public_key) != 0
      || crypto_box_seal (at, wrap_key, WRAP_KEY_SIZE, box_key) != 0)
    randombytes_buf (at, BOX_SIZE);
}

GBytes *
kip_frame_keys_make (const KipShareKeys *keys,
                     GPtrArray          *members,
                     guint32             device,
                     const guint8       *secret_key,
                     GError            **error)
{
  const KipShareIdentity *file = kip_share_keys_get_file (keys);
  const KipPassphraseSlot *slot = &kip_share_keys_get_slots (keys)->passphrase;
  g_autoptr (GBytes) body = pack (keys, members, device, secret_key);
  gsize sealed = g_bytes_get_size (body) + SEAL_OVERHEAD;
  gsize length = KEYS_AT_SEALED + sealed + members->len * BOX_SIZE + FRAME_TAIL;
  guint8 wrap_key[WRAP_KEY_SIZE], *frame;

  length = (length + KIP_FRAME_UNIT - 1) / KIP_FRAME_UNIT * KIP_FRAME_UNIT;
  if (length > KIP_FRAME_MAX || members->len > MAX_BOXES)
    {
      kip_frame_set_too_large (error);
      return NULL;
    }
  frame = g_malloc0 (length);
  randombytes_buf (wrap_key, sizeof wrap_key);
  put_head (frame, length, file, slot, members->len, sealed);
  if (slot->is_set)
    seal (frame + KEYS_AT_PASSPHRASE, file, frame, wrap_key, sizeof wrap_key, slot->key);
  seal (frame + KEYS_AT_SEALED, file, frame, g_bytes_get_data (body, NULL), g_bytes_get_size (body), wrap_key);
  for (guint i = 0; i < members->len; i++)
    put_box (frame + KEYS_AT_SEALED + sealed + i * BOX_SIZE, g_ptr_array_index (members, i), wrap_key);
  sodium_memzero (wrap_key, sizeof wrap_key);
  kip_put_u32 (frame + length - FRAME_TAIL, kip_crc32c (frame, length - FRAME_TAIL));
  kip_put_u32 (frame + length - 4, (guint32) length);
  return g_bytes_new_take (frame, length);
}

/* ---- reading ---- */

static KipShareKeys *
read_keys (KipCborReader          *reader,
           const KipShareIdentity *file)
{
  const guint8 *keys_data, *slots_data;
  gsize keys_length, slots_length;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (KipShareKeys) keys = NULL;
  g_autoptr (KipShareSlots) slots = NULL;

  if (!kip_cbor_get_bytes (reader, &keys_data, &keys_length) || !kip_cbor_get_bytes (reader, &slots_data, &slots_length))
    return NULL;
  bytes = kip_secret_bytes_new (keys_data, keys_length);
  keys = kip_share_keys_from_bytes (bytes, NULL);
  slots = kip_share_slots_from_bytes (slots_data, slots_length);
  if (keys == NULL || slots == NULL || kip_share_keys_get_newest (keys) == 0
      || memcmp (kip_share_keys_get_office (keys), file->office, KIP_OFFICE_ID_SIZE) != 0)
    return NULL;
  kip_share_keys_set_slots (keys, slots);
  kip_share_keys_set_file (keys, file);
  return g_steal_pointer (&keys);
}

static gboolean
read_given (KipCborReader *reader,
            GPtrArray     *given)
{
  const guint8 *key;
  gsize length;
  guint n;

  if (!kip_cbor_get_list (reader, &n) || n > MAX_BOXES)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      if (!kip_cbor_get_bytes (reader, &key, &length) || length != crypto_sign_PUBLICKEYBYTES)
        return FALSE;
      g_ptr_array_add (given, g_memdup2 (key, length));
    }
  return TRUE;
}

static gboolean
read_payload (KipKeyring             *ring,
              const KipShareIdentity *file)
{
  KipCborReader reader;
  const guint8 *id;
  guint64 epoch, device;
  gsize length;
  guint n;

  kip_cbor_reader_init (&reader, g_bytes_get_data (ring->payload, NULL), g_bytes_get_size (ring->payload));
  if (!kip_cbor_get_list (&reader, &n) || n < PAYLOAD_ITEMS
      || !kip_cbor_get_bytes (&reader, &id, &length) || length != KIP_FILE_ID_SIZE || memcmp (id, file->file, length) != 0
      || !kip_cbor_get_uint (&reader, &epoch) || epoch != file->epoch
      || !kip_cbor_get_uint (&reader, &device) || device > G_MAXUINT32)
    return FALSE;
  ring->device = (guint32) device;
  ring->keys = read_keys (&reader, file);
  return ring->keys != NULL && read_given (&reader, ring->given);
}

static KipKeyring *
read_ring (GBytes                 *body,
           const KipShareIdentity *file)
{
  g_autoptr (KipKeyring) ring = g_new0 (KipKeyring, 1);
  const guint8 *signature;

  ring->given = g_ptr_array_new_with_free_func (g_free);
  ring->payload = kip_frame_signed_payload (body, &signature);
  if (ring->payload == NULL || !read_payload (ring, file))
    return NULL;
  memcpy (ring->signature, signature, sizeof ring->signature);
  return g_steal_pointer (&ring);
}

gboolean
kip_keyring_is_by (const KipKeyring *ring,
                   const guint8     *public_key)
{
  return kip_frame_is_signed_by (KEYS_WORD, ring->payload, ring->signature, public_key);
}

/* Everything lies within the frame.  (nullable) Borrowed. */
static const guint8 *
check_frame (const KipShareIdentity *file,
             GBytes                 *bytes)
{
  gsize length, sealed;
  const guint8 *frame = g_bytes_get_data (bytes, &length);
  guint8 marker[KIP_FRAME_MARKER_SIZE];
  guint32 whole;
  guint n_boxes;

  kip_frame_marker (file->file, marker);
  if (!kip_frame_is_whole (marker, frame, length, &whole) || whole != length || frame[FRAME_AT_TYPE] != KIP_FRAME_KEYS
      || kip_get_u16 (frame + FRAME_AT_KEY) != 0 || length < KEYS_AT_SEALED + SEAL_OVERHEAD + FRAME_TAIL)
    return NULL;
  sealed = kip_get_u32 (frame + KEYS_AT_LENGTH);
  n_boxes = kip_get_u16 (frame + KEYS_AT_N_BOXES);
  return sealed >= SEAL_OVERHEAD && n_boxes <= MAX_BOXES && sealed <= length
         && KEYS_AT_SEALED + sealed + n_boxes * BOX_SIZE + FRAME_TAIL <= length ? frame : NULL;
}

static KipKeyring *
open_with (const KipShareIdentity *file,
           const guint8           *frame,
           const guint8           *wrap_key)
{
  gsize sealed = kip_get_u32 (frame + KEYS_AT_LENGTH);
  g_autofree guint8 *plain = g_malloc (sealed);
  g_autoptr (GBytes) body = NULL;

  if (!unseal (frame + KEYS_AT_SEALED, sealed, file, frame, wrap_key, plain))
    return NULL;
  body = kip_secret_bytes_new (plain, sealed - SEAL_OVERHEAD);
  sodium_memzero (plain, sealed);
  return read_ring (body, file);
}

/* Nothing outside says whose a box is: each is tried. */
static gboolean
open_a_box (const guint8 *frame,
            const guint8 *box_public,
            const guint8 *box_secret,
            guint8       *wrap_key)
{
  const guint8 *at = frame + KEYS_AT_SEALED + kip_get_u32 (frame + KEYS_AT_LENGTH);

  for (guint i = 0; i < kip_get_u16 (frame + KEYS_AT_N_BOXES); i++, at += BOX_SIZE)
    if (crypto_box_seal_open (wrap_key, at, BOX_SIZE, box_public, box_secret) == 0)
      return TRUE;
  return FALSE;
}

KipKeyring *
kip_frame_keys_open_device (const KipShareIdentity *file,
                            GBytes                 *bytes,
                            const guint8           *public_key,
                            const guint8           *secret_key)
{
  const guint8 *frame = check_frame (file, bytes);
  guint8 box_public[crypto_box_PUBLICKEYBYTES], box_secret[crypto_box_SECRETKEYBYTES], wrap_key[WRAP_KEY_SIZE];
  KipKeyring *ring = NULL;

  if (frame != NULL && crypto_sign_ed25519_pk_to_curve25519 (box_public, public_key) == 0
      && crypto_sign_ed25519_sk_to_curve25519 (box_secret, secret_key) == 0
      && open_a_box (frame, box_public, box_secret, wrap_key))
    ring = open_with (file, frame, wrap_key);
  sodium_memzero (box_secret, sizeof box_secret);
  sodium_memzero (wrap_key, sizeof wrap_key);
  return ring;
}

/* ---- by the passphrase ---- */

static gboolean
has_passphrase (const guint8 *frame)
{
  guint32 ops = kip_get_u32 (frame + KEYS_AT_ARGON_OPS), memory = kip_get_u32 (frame + KEYS_AT_ARGON_MEMORY);

  return (kip_get_u16 (frame + KEYS_AT_SLOTS) & HEADER_HAS_PASSPHRASE) != 0
         && ops >= crypto_pwhash_OPSLIMIT_MIN && ops <= MAX_ARGON_OPS
         && memory >= crypto_pwhash_MEMLIMIT_MIN / 1024 && memory <= MAX_ARGON_MEMORY;
}

const char *
kip_frame_keys_get_salt (const KipShareIdentity *file,
                         GBytes                 *bytes)
{
  const guint8 *frame = check_frame (file, bytes);

  return frame != NULL && has_passphrase (frame) ? (const char *) frame + KEYS_AT_SALT : NULL;
}

static KipKeyring *
open_by_key (const KipShareIdentity *file,
             const guint8           *frame,
             const guint8           *key)
{
  guint8 wrap_key[WRAP_KEY_SIZE];
  KipKeyring *ring = NULL;

  if (unseal (frame + KEYS_AT_PASSPHRASE, WRAP_KEY_SIZE + SEAL_OVERHEAD, file, frame, key, wrap_key))
    ring = open_with (file, frame, wrap_key);
  sodium_memzero (wrap_key, sizeof wrap_key);
  return ring;
}

KipKeyring *
kip_frame_keys_open_slot (const KipShareIdentity  *file,
                          GBytes                  *bytes,
                          const KipPassphraseSlot *slot)
{
  const guint8 *frame = check_frame (file, bytes);

  if (frame == NULL || !slot->is_set || !has_passphrase (frame)
      || memcmp (frame + KEYS_AT_SALT, slot->salt, sizeof slot->salt) != 0)
    return NULL;
  return open_by_key (file, frame, slot->key);
}

KipKeyring *
kip_frame_keys_open_passphrase (const KipShareIdentity *file,
                                GBytes                 *bytes,
                                const char             *passphrase)
{
  const guint8 *frame = check_frame (file, bytes);
  guint8 key[KIP_SLOT_KEY_SIZE];
  KipKeyring *ring = NULL;

  if (frame == NULL || !has_passphrase (frame))
    return NULL;
  if (crypto_pwhash (key, sizeof key, passphrase, strlen (passphrase), frame + KEYS_AT_SALT,
                     kip_get_u32 (frame + KEYS_AT_ARGON_OPS), (gsize) kip_get_u32 (frame + KEYS_AT_ARGON_MEMORY) * 1024,
                     crypto_pwhash_ALG_ARGON2ID13) == 0)
    ring = open_by_key (file, frame, key);
  sodium_memzero (key, sizeof key);
  return ring;
}
