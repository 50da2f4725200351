/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-share-blob.h"

#include "kip-bytes-private.h"
#include "kip-error.h"
#include "kip-share-keys-private.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>

#define MAGIC "KIPBLOB\1"
#define NAME_HASH 16

enum
{
  BLOB_AT_MAGIC = 0,
  BLOB_AT_GENERATION = 8,
  BLOB_AT_NONCE = 16,
  BLOB_AT_SEALED = 40
};

G_STATIC_ASSERT (KIP_BLOB_OVERHEAD == BLOB_AT_SEALED + crypto_aead_xchacha20poly1305_ietf_ABYTES);

/* FALSE: no such generation. */
static gboolean
derive_key (const KipShareKeys *keys,
            guint16             generation,
            const char         *use,
            guint8             *derived)
{
  const guint8 *key = kip_share_keys_get_office_key (keys, generation);
  KipShareIdentity of_office = { .epoch = 0 };

  if (key == NULL)
    return FALSE;
  memcpy (of_office.file, kip_share_keys_get_office (keys), KIP_OFFICE_ID_SIZE);
  kip_derive_file_key (key, KIP_OFFICE_KEY_SIZE, &of_office, use, derived);
  return TRUE;
}

char *
kip_share_blob_name (const KipShareKeys *keys,
                     guint16             generation,
                     const guint8       *hash,
                     guint               chunk)
{
  guint8 key[KIP_OFFICE_KEY_SIZE], keyed[crypto_generichash_BYTES];
  char text[2 * NAME_HASH + 1];

  if (!derive_key (keys, generation, "kip-name", key))
    return NULL;
  crypto_generichash (keyed, sizeof keyed, hash, 32, key, sizeof key);
  sodium_memzero (key, sizeof key);
  sodium_bin2hex (text, sizeof text, keyed, NAME_HASH);
  return g_strdup_printf ("a-%u-%s-%u", generation, text, chunk);
}

/* The blob's first 16 bytes, the office and the name. */
static GBytes *
associate (const KipShareKeys *keys,
           const guint8       *blob,
           const char         *name)
{
  GByteArray *all = g_byte_array_new ();

  g_byte_array_append (all, blob, BLOB_AT_NONCE);
  g_byte_array_append (all, kip_share_keys_get_office (keys), KIP_OFFICE_ID_SIZE);
  g_byte_array_append (all, (const guint8 *) name, (guint) strlen (name));
  return g_byte_array_free_to_bytes (all);
}

GBytes *
kip_share_blob_seal (const KipShareKeys *keys,
                     const char         *name,
                     GBytes             *data)
{
  guint16 generation = kip_share_keys_get_sealing (keys);
  gsize length = g_bytes_get_size (data);
  g_autofree guint8 *blob = g_malloc0 (length + KIP_BLOB_OVERHEAD);
  g_autoptr (GBytes) associated = NULL;
  guint8 key[KIP_OFFICE_KEY_SIZE];

  g_return_val_if_fail (length <= KIP_BLOB_CHUNK && derive_key (keys, generation, "kip-blob", key), NULL);
  memcpy (blob + BLOB_AT_MAGIC, MAGIC, 8);
  kip_put_u16 (blob + BLOB_AT_GENERATION, generation);
  randombytes_buf (blob + BLOB_AT_NONCE, BLOB_AT_SEALED - BLOB_AT_NONCE);
  associated = associate (keys, blob, name);
  crypto_aead_xchacha20poly1305_ietf_encrypt (blob + BLOB_AT_SEALED, NULL, g_bytes_get_data (data, NULL), length,
                                              g_bytes_get_data (associated, NULL), g_bytes_get_size (associated), NULL,
                                              blob + BLOB_AT_NONCE, key);
  sodium_memzero (key, sizeof key);
  return g_bytes_new_take (g_steal_pointer (&blob), length + KIP_BLOB_OVERHEAD);
}

static GBytes *
unseal (const KipShareKeys *keys,
        const char         *name,
        const guint8       *blob,
        gsize               length,
        const guint8       *key)
{
  g_autofree guint8 *data = g_malloc (length - KIP_BLOB_OVERHEAD + 1);
  g_autoptr (GBytes) associated = associate (keys, blob, name);

  if (crypto_aead_xchacha20poly1305_ietf_decrypt (data, NULL, NULL, blob + BLOB_AT_SEALED, length - BLOB_AT_SEALED,
                                                  g_bytes_get_data (associated, NULL), g_bytes_get_size (associated),
                                                  blob + BLOB_AT_NONCE, key) != 0)
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&data), length - KIP_BLOB_OVERHEAD);
}

static void
set_damaged (GError **error)
{
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_CORRUPT,
                       _("This attachment is damaged on the share. It comes back when the computer that added it puts it there again."));
}

GBytes *
kip_share_blob_open (const KipShareKeys *keys,
                     const char         *name,
                     GBytes             *blob,
                     GError            **error)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (blob, &length);
  guint8 key[KIP_OFFICE_KEY_SIZE];
  GBytes *data;

  if (length < KIP_BLOB_OVERHEAD || length > KIP_BLOB_CHUNK + KIP_BLOB_OVERHEAD || memcmp (bytes, MAGIC, 8) != 0)
    {
      set_damaged (error);
      return NULL;
    }
  if (!derive_key (keys, kip_get_u16 (bytes + BLOB_AT_GENERATION), "kip-blob", key))
    {
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED,
                           _("This computer does not have the key of this attachment yet. It comes with the next syncing."));
      return NULL;
    }
  data = unseal (keys, name, bytes, length, key);
  sodium_memzero (key, sizeof key);
  if (data == NULL)
    set_damaged (error);
  return data;
}
