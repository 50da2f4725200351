/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-share-header-private.h"

#include "kip-bytes-private.h"
#include "kip-crc32c.h"
#include "kip-error.h"

#include <glib/gi18n-lib.h>

/* What a file may ask of us: nobody shall stop a machine by a header that wants an
 * hour and all its memory. */
#define MAX_ARGON_OPS 16
#define MAX_ARGON_MEMORY (1024 * 1024) /* KiB */

struct _KipShareHeader
{
  guint8 bytes[KIP_SHARE_HEADER_SIZE];
  KipShareHeaderInfo info;
};

/* ---- reading ---- */

static gboolean
has_magic (const guint8 *data,
           gsize         length)
{
  return length >= strlen (HEADER_MAGIC) && memcmp (data, HEADER_MAGIC, strlen (HEADER_MAGIC)) == 0;
}

static gboolean
is_sound (const guint8 *header)
{
  return kip_crc32c (header, HEADER_AT_CRC) == kip_get_u32 (header + HEADER_AT_CRC);
}

/* A header whose first bytes alone were lost is still ours. */
static gboolean
has_lost_magic (const guint8 *data,
                gsize         length)
{
  guint8 header[KIP_SHARE_HEADER_SIZE];

  if (length < sizeof header)
    return FALSE;
  memcpy (header, data, sizeof header);
  memcpy (header, HEADER_MAGIC, strlen (HEADER_MAGIC));
  return is_sound (header);
}

static void
read_info (KipShareHeader *header)
{
  KipShareHeaderInfo *info = &header->info;

  memcpy (info->identity.office, header->bytes + HEADER_AT_OFFICE, KIP_OFFICE_ID_SIZE);
  memcpy (info->identity.file, header->bytes + HEADER_AT_FILE, KIP_FILE_ID_SIZE);
  info->identity.epoch = kip_get_u32 (header->bytes + HEADER_AT_EPOCH);
  info->major = kip_get_u16 (header->bytes + HEADER_AT_MAJOR);
  info->minor = kip_get_u16 (header->bytes + HEADER_AT_MINOR);
  info->creator = kip_get_u32 (header->bytes + HEADER_AT_CREATOR);
  info->argon_ops = kip_get_u32 (header->bytes + HEADER_AT_ARGON_OPS);
  info->argon_memory = kip_get_u32 (header->bytes + HEADER_AT_ARGON_MEMORY);
  info->has_passphrase = (header->bytes[HEADER_AT_SLOTS] & HEADER_HAS_PASSPHRASE) != 0;
  info->n_boxes = header->bytes[HEADER_AT_N_BOXES];
}

static gboolean
is_within_bounds (const KipShareHeader *header)
{
  const KipShareHeaderInfo *info = &header->info;
  guint keys_length = kip_get_u16 (header->bytes + HEADER_AT_KEYS_LENGTH);

  return info->argon_ops >= crypto_pwhash_OPSLIMIT_MIN && info->argon_ops <= MAX_ARGON_OPS
         && info->argon_memory >= crypto_pwhash_MEMLIMIT_MIN / 1024 && info->argon_memory <= MAX_ARGON_MEMORY
         && keys_length >= SEAL_OVERHEAD
         && HEADER_AT_KEYS + keys_length + info->n_boxes * BOX_SIZE <= HEADER_AT_SIGNATURE;
}

static gboolean
refuse (KipError error_code,
        GError **error)
{
  const char *message = error_code == KIP_ERROR_NOT_OFFICE
                        ? _("This file is not a shared office of Kip. Nothing in it was changed. Choose another one.")
                        : error_code == KIP_ERROR_NEWER
                        ? _("This shared office was written by a newer Kip. Nothing was changed. Install that version here to take part.")
                        : _("The beginning of the shared file is damaged. What is on this computer is safe, and Kip can write the file anew from it.");

  g_set_error_literal (error, KIP_ERROR, error_code, message);
  return FALSE;
}

static gboolean
check (KipShareHeader *header,
       GError        **error)
{
  if (!is_sound (header->bytes))
    return refuse (KIP_ERROR_CORRUPT, error);
  read_info (header);
  if (header->info.major > KIP_SHARE_FORMAT)
    return refuse (KIP_ERROR_NEWER, error);
  return (header->info.major > 0 && is_within_bounds (header)) || refuse (KIP_ERROR_CORRUPT, error);
}

KipShareHeader *
kip_share_header_read (GBytes  *bytes,
                       GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_autoptr (KipShareHeader) header = NULL;

  if (!has_magic (data, length))
    {
      refuse (has_lost_magic (data, length) ? KIP_ERROR_CORRUPT : KIP_ERROR_NOT_OFFICE, error);
      return NULL;
    }
  if (length < KIP_SHARE_HEADER_SIZE)
    {
      refuse (KIP_ERROR_CORRUPT, error);
      return NULL;
    }
  header = g_new0 (KipShareHeader, 1);
  memcpy (header->bytes, data, sizeof header->bytes);
  return check (header, error) ? g_steal_pointer (&header) : NULL;
}

void
kip_share_header_free (KipShareHeader *header)
{
  g_free (header);
}

const KipShareHeaderInfo *
kip_share_header_get_info (KipShareHeader *header)
{
  return &header->info;
}

gboolean
kip_share_header_verify (KipShareHeader *header,
                         const guint8   *public_key)
{
  g_autoptr (GBytes) all = kip_header_signed (header->bytes);

  return crypto_sign_verify_detached (header->bytes + HEADER_AT_SIGNATURE, g_bytes_get_data (all, NULL),
                                      g_bytes_get_size (all), public_key) == 0;
}

/* ---- opening ---- */

static gboolean
unseal (KipShareHeader *header,
        guint           at,
        gsize           length,
        const guint8   *key,
        guint8         *out)
{
  const guint8 *nonce = header->bytes + at, *sealed = nonce + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;

  return crypto_aead_xchacha20poly1305_ietf_decrypt (out, NULL, NULL, sealed,
                                                     length - crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
                                                     header->bytes, HEADER_HEAD, nonce, key) == 0;
}

/* (transfer full) The keys, set to this file. */
static KipShareKeys *
open_keys (KipShareHeader *header,
           const guint8   *wrap_key,
           GError        **error)
{
  gsize length = kip_get_u16 (header->bytes + HEADER_AT_KEYS_LENGTH);
  guint8 plain[KIP_SHARE_HEADER_SIZE];
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (KipShareKeys) keys = NULL;

  if (!unseal (header, HEADER_AT_KEYS, length, wrap_key, plain))
    {
      refuse (KIP_ERROR_CORRUPT, error);
      return NULL;
    }
  bytes = kip_secret_bytes_new (plain, length - SEAL_OVERHEAD);
  sodium_memzero (plain, sizeof plain);
  keys = kip_share_keys_from_bytes (bytes, error);
  if (keys == NULL)
    return NULL;
  if (memcmp (kip_share_keys_get_office (keys), header->info.identity.office, KIP_OFFICE_ID_SIZE) != 0)
    {
      refuse (KIP_ERROR_CORRUPT, error);
      return NULL;
    }
  kip_share_keys_set_file (keys, &header->info.identity);
  return g_steal_pointer (&keys);
}

static gboolean
open_passphrase_slot (KipShareHeader *header,
                      const char     *passphrase,
                      guint8         *wrap_key,
                      GError        **error)
{
  guint8 key[WRAP_KEY_SIZE];
  gboolean is_right;

  if (!kip_header_stretch (passphrase, header->bytes, key))
    {
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_FAILED,
                           _("This computer has too little free memory to work with the passphrase. Nothing was changed. Close other programs and try again."));
      return FALSE;
    }
  is_right = unseal (header, HEADER_AT_PASSPHRASE, WRAP_KEY_SIZE + SEAL_OVERHEAD, key, wrap_key);
  sodium_memzero (key, sizeof key);
  if (!is_right)
    g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED,
                         _("This is not the passphrase of the office. Nothing was changed. Look at capital letters and the keyboard layout, and try again."));
  return is_right;
}

KipShareKeys *
kip_share_header_open_passphrase (KipShareHeader *header,
                                  const char     *passphrase,
                                  GError        **error)
{
  guint8 wrap_key[WRAP_KEY_SIZE];
  KipShareKeys *keys = NULL;

  if (!header->info.has_passphrase)
    {
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED,
                           _("This office is not opened by a passphrase. Nothing was changed. Ask a colleague who manages it for a join code."));
      return NULL;
    }
  if (open_passphrase_slot (header, passphrase, wrap_key, error))
    keys = open_keys (header, wrap_key, error);
  sodium_memzero (wrap_key, sizeof wrap_key);
  return keys;
}

/* Nothing outside says whose a box is: each is tried. */
static gboolean
open_a_box (KipShareHeader *header,
            const guint8   *box_public,
            const guint8   *box_secret,
            guint8         *wrap_key)
{
  const guint8 *at = header->bytes + HEADER_AT_KEYS + kip_get_u16 (header->bytes + HEADER_AT_KEYS_LENGTH);

  for (guint i = 0; i < header->info.n_boxes; i++, at += BOX_SIZE)
    if (crypto_box_seal_open (wrap_key, at, BOX_SIZE, box_public, box_secret) == 0)
      return TRUE;
  return FALSE;
}

KipShareKeys *
kip_share_header_open_device (KipShareHeader *header,
                              const guint8   *public_key,
                              const guint8   *secret_key,
                              GError        **error)
{
  guint8 box_public[crypto_box_PUBLICKEYBYTES], box_secret[crypto_box_SECRETKEYBYTES], wrap_key[WRAP_KEY_SIZE];
  KipShareKeys *keys = NULL;

  if (crypto_sign_ed25519_pk_to_curve25519 (box_public, public_key) == 0
      && crypto_sign_ed25519_sk_to_curve25519 (box_secret, secret_key) == 0
      && open_a_box (header, box_public, box_secret, wrap_key))
    keys = open_keys (header, wrap_key, error);
  else
    g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED,
                         _("The shared file has no key for this computer. Your own data is safe. Join the office again with its passphrase or a join code."));
  sodium_memzero (box_secret, sizeof box_secret);
  sodium_memzero (wrap_key, sizeof wrap_key);
  return keys;
}
