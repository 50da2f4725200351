/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-share-header-private.h"

#include "kip-bytes-private.h"
#include "kip-crc32c.h"
#include "kip-error.h"

#include <glib/gi18n-lib.h>

#define KIP_SHARE_FORMAT_MINOR 0

gboolean
kip_header_stretch (const char   *passphrase,
                    const guint8 *header,
                    guint8       *key)
{
  guint64 memory = (guint64) kip_get_u32 (header + HEADER_AT_ARGON_MEMORY) * 1024;

  G_STATIC_ASSERT (HEADER_AT_PASSPHRASE - HEADER_AT_SALT == crypto_pwhash_SALTBYTES);
  return crypto_pwhash (key, WRAP_KEY_SIZE, passphrase, strlen (passphrase), header + HEADER_AT_SALT,
                        kip_get_u32 (header + HEADER_AT_ARGON_OPS), (gsize) memory, crypto_pwhash_ALG_ARGON2ID13) == 0;
}

GBytes *
kip_header_signed (const guint8 *header)
{
  GByteArray *all = g_byte_array_sized_new (KIP_SHARE_HEADER_SIZE);

  g_byte_array_append (all, (const guint8 *) HEADER_SIGNED_WORD, sizeof HEADER_SIGNED_WORD);
  g_byte_array_append (all, header, HEADER_AT_SIGNATURE);
  return g_byte_array_free_to_bytes (all);
}

static void
put_identity (guint8                 *header,
              const KipShareIdentity *identity,
              guint32                 creator)
{
  memcpy (header + HEADER_AT_MAGIC, HEADER_MAGIC, 8);
  kip_put_u16 (header + HEADER_AT_MAJOR, KIP_SHARE_FORMAT);
  kip_put_u16 (header + HEADER_AT_MINOR, KIP_SHARE_FORMAT_MINOR);
  memcpy (header + HEADER_AT_OFFICE, identity->office, KIP_OFFICE_ID_SIZE);
  memcpy (header + HEADER_AT_FILE, identity->file, KIP_FILE_ID_SIZE);
  kip_put_u32 (header + HEADER_AT_EPOCH, identity->epoch);
  kip_put_u32 (header + HEADER_AT_CREATOR, creator);
}

/* Nonce, then @length bytes and their tag. */
static void
seal (guint8       *at,
      const guint8 *header,
      const guint8 *data,
      gsize         length,
      const guint8 *key)
{
  guint8 *nonce = at, *sealed = at + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;

  randombytes_buf (nonce, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
  crypto_aead_xchacha20poly1305_ietf_encrypt (sealed, NULL, data, length, header, HEADER_HEAD, NULL, nonce, key);
}

static void
put_slot (guint8                  *header,
          const KipPassphraseSlot *slot,
          const guint8            *wrap_key)
{
  memcpy (header + HEADER_AT_SALT, slot->salt, sizeof slot->salt);
  seal (header + HEADER_AT_PASSPHRASE, header, wrap_key, WRAP_KEY_SIZE, slot->key);
}

static gboolean
put_box (guint8       *at,
         const guint8 *public_key,
         const guint8 *wrap_key,
         GError      **error)
{
  guint8 box_key[crypto_box_PUBLICKEYBYTES];

  if (crypto_sign_ed25519_pk_to_curve25519 (box_key, public_key) == 0
      && crypto_box_seal (at, wrap_key, WRAP_KEY_SIZE, box_key) == 0)
    return TRUE;
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_INVALID,
                       _("The key of a computer in this office is no key. Nothing was changed. Remove that computer from the office and let it join again."));
  return FALSE;
}

static gboolean
has_room (gsize    keys_length,
          guint    n_boxes,
          GError **error)
{
  if (n_boxes <= G_MAXUINT8 && HEADER_AT_KEYS + keys_length + n_boxes * BOX_SIZE <= HEADER_AT_SIGNATURE)
    return TRUE;
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_INVALID,
                       _("More computers take part than the shared file has room for keys. Nothing was changed. Let the others open it by the passphrase."));
  return FALSE;
}

static gboolean
fill_slots (guint8                  *header,
            GBytes                  *keys,
            const KipPassphraseSlot *slot,
            GPtrArray               *members,
            const guint8            *wrap_key,
            GError                 **error)
{
  gsize length = g_bytes_get_size (keys), sealed_length = length + SEAL_OVERHEAD;
  guint n_boxes = members != NULL ? members->len : 0;
  guint8 *at = header + HEADER_AT_KEYS + sealed_length;
  gboolean has_slot = slot != NULL && slot->is_set;

  if (!has_room (sealed_length, n_boxes, error))
    return FALSE;
  kip_put_u32 (header + HEADER_AT_ARGON_OPS, has_slot ? slot->argon_ops : crypto_pwhash_OPSLIMIT_MIN);
  kip_put_u32 (header + HEADER_AT_ARGON_MEMORY, has_slot ? slot->argon_memory : crypto_pwhash_MEMLIMIT_MIN / 1024);
  header[HEADER_AT_SLOTS] = has_slot ? HEADER_HAS_PASSPHRASE : 0;
  header[HEADER_AT_N_BOXES] = (guint8) n_boxes;
  kip_put_u16 (header + HEADER_AT_KEYS_LENGTH, (guint16) sealed_length);
  seal (header + HEADER_AT_KEYS, header, g_bytes_get_data (keys, NULL), length, wrap_key);
  for (guint i = 0; i < n_boxes; i++, at += BOX_SIZE)
    if (!put_box (at, g_ptr_array_index (members, i), wrap_key, error))
      return FALSE;
  if (has_slot)
    put_slot (header, slot, wrap_key);
  return TRUE;
}

static void
sign (guint8       *header,
      const guint8 *secret_key)
{
  g_autoptr (GBytes) all = kip_header_signed (header);

  crypto_sign_detached (header + HEADER_AT_SIGNATURE, NULL, g_bytes_get_data (all, NULL), g_bytes_get_size (all), secret_key);
  kip_put_u32 (header + HEADER_AT_CRC, kip_crc32c (header, HEADER_AT_CRC));
}

GBytes *
kip_share_header_make_again (KipShareKeys            *keys,
                             guint32                  epoch,
                             const KipPassphraseSlot *slot,
                             GPtrArray               *members,
                             guint32                  creator,
                             const guint8            *secret_key,
                             GError                 **error)
{
  g_autofree guint8 *header = g_malloc0 (KIP_SHARE_HEADER_SIZE);
  g_autoptr (GBytes) kept = kip_share_keys_to_bytes (keys);
  KipShareIdentity identity = { .epoch = epoch };
  guint8 wrap_key[WRAP_KEY_SIZE];
  gboolean is_made;

  memcpy (identity.office, kip_share_keys_get_office (keys), sizeof identity.office);
  randombytes_buf (identity.file, sizeof identity.file);
  put_identity (header, &identity, creator);
  randombytes_buf (wrap_key, sizeof wrap_key);
  is_made = fill_slots (header, kept, slot, members, wrap_key, error);
  sodium_memzero (wrap_key, sizeof wrap_key);
  if (!is_made)
    return NULL;
  sign (header, secret_key);
  kip_share_keys_set_file (keys, &identity);
  return g_bytes_new_take (g_steal_pointer (&header), KIP_SHARE_HEADER_SIZE);
}

GBytes *
kip_share_header_make (KipShareKeys *keys,
                       guint32       epoch,
                       const char   *passphrase,
                       GPtrArray    *members,
                       guint32       creator,
                       const guint8 *secret_key,
                       guint32       argon_ops,
                       guint32       argon_memory,
                       GError      **error)
{
  g_autoptr (KipShareSlots) slots = kip_share_slots_new ();

  if (passphrase != NULL && !kip_share_slots_set_passphrase (slots, passphrase, creator, argon_ops, argon_memory, error))
    return NULL;
  return kip_share_header_make_again (keys, epoch, &slots->passphrase, members, creator, secret_key, error);
}
