/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-keys.h"

#include "kip-error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

G_STATIC_ASSERT (KIP_HASH_SIZE == crypto_generichash_BYTES);
G_STATIC_ASSERT (KIP_PUBLIC_KEY_SIZE == crypto_sign_PUBLICKEYBYTES);
G_STATIC_ASSERT (KIP_SIGNATURE_SIZE == crypto_sign_BYTES);

struct _KipKeys
{
  guint8 public_key[crypto_sign_PUBLICKEYBYTES];
  guint8 secret_key[crypto_sign_SECRETKEYBYTES];
};

struct _KipHasher
{
  crypto_generichash_state state;
};

/* The file is one line of text, so that nobody takes it for rubbish. */
#define FILE_MARK "kip-device-key-1 "

static gboolean
ensure_sodium (GError **error)
{
  if (sodium_init () >= 0)
    return TRUE;
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_FAILED,
                       _("This machine gives Kip no random numbers, so it cannot sign what it writes. Nothing was changed."));
  return FALSE;
}

static gboolean
parse_key (KipKeys    *keys,
           const char *text)
{
  gsize length;

  if (!g_str_has_prefix (text, FILE_MARK))
    return FALSE;
  if (sodium_hex2bin (keys->secret_key, sizeof keys->secret_key, text + strlen (FILE_MARK),
                      strlen (text + strlen (FILE_MARK)), "\n", &length, NULL) != 0
      || length != sizeof keys->secret_key)
    return FALSE;
  return crypto_sign_ed25519_sk_to_pk (keys->public_key, keys->secret_key) == 0;
}

/* The key must be on disk before anything that it signed. */
static gboolean
save_key (KipKeys    *keys,
          const char *path,
          GError    **error)
{
  char hex[sizeof keys->secret_key * 2 + 1];
  g_autofree char *text = NULL;

  sodium_bin2hex (hex, sizeof hex, keys->secret_key, sizeof keys->secret_key);
  text = g_strconcat (FILE_MARK, hex, "\n", NULL);
  if (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, NULL))
    return TRUE;
  g_set_error (error, KIP_ERROR, errno == ENOSPC || errno == EDQUOT ? KIP_ERROR_NO_SPACE : KIP_ERROR_READ_ONLY,
               _("Kip could not write “%s”. Nothing else was changed. See whether the disk is full or may not be written."), path);
  return FALSE;
}

static gboolean
read_key (KipKeys    *keys,
          const char *path,
          gboolean   *is_new,
          GError    **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) problem = NULL;

  *is_new = FALSE;
  if (g_file_get_contents (path, &text, NULL, &problem))
    {
      if (parse_key (keys, text))
        return TRUE;
      g_set_error (error, KIP_ERROR, KIP_ERROR_CORRUPT,
                   _("The file “%s” is damaged. Nothing was changed. Restore it, or move it away: Kip then makes a new one."), path);
      return FALSE;
    }
  if (!g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_set_error (error, KIP_ERROR, KIP_ERROR_READ_ONLY,
                   _("Kip may not read “%s”. Nothing was changed. Make the folder readable and writable for you and try again."), path);
      return FALSE;
    }
  *is_new = TRUE;
  crypto_sign_keypair (keys->public_key, keys->secret_key);
  return save_key (keys, path, error);
}

KipKeys *
kip_keys_load (const char *dir,
               gboolean   *is_new,
               GError    **error)
{
  g_autofree char *path = g_build_filename (dir, "device.key", NULL);
  g_autoptr (KipKeys) keys = g_new0 (KipKeys, 1);
  gboolean made;

  if (!ensure_sodium (error) || !read_key (keys, path, &made, error))
    return NULL;
  if (is_new != NULL)
    *is_new = made;
  return g_steal_pointer (&keys);
}

KipKeys *
kip_keys_adopt (const char   *dir,
                const guint8 *secret_key,
                GError      **error)
{
  g_autofree char *path = g_build_filename (dir, "device.key", NULL);
  g_autoptr (KipKeys) keys = g_new0 (KipKeys, 1);

  if (!ensure_sodium (error))
    return NULL;
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, KIP_ERROR, KIP_ERROR_EXISTS, _("There is an office in “%s” already. Nothing was changed."), dir);
      return NULL;
    }
  memcpy (keys->secret_key, secret_key, sizeof keys->secret_key);
  crypto_sign_ed25519_sk_to_pk (keys->public_key, keys->secret_key);
  return save_key (keys, path, error) ? g_steal_pointer (&keys) : NULL;
}

#define NEXT_NAME "device.key.next"

KipKeys *
kip_keys_keep_next (const char   *dir,
                    const guint8 *secret_key,
                    GError      **error)
{
  g_autofree char *path = g_build_filename (dir, NEXT_NAME, NULL);
  g_autoptr (KipKeys) keys = g_new0 (KipKeys, 1);

  memcpy (keys->secret_key, secret_key, sizeof keys->secret_key);
  crypto_sign_ed25519_sk_to_pk (keys->public_key, keys->secret_key);
  return save_key (keys, path, error) ? g_steal_pointer (&keys) : NULL;
}

KipKeys *
kip_keys_make_next (const char *dir,
                    GError    **error)
{
  g_autoptr (KipKeys) keys = g_new0 (KipKeys, 1);

  if (!ensure_sodium (error))
    return NULL;
  crypto_sign_keypair (keys->public_key, keys->secret_key);
  return kip_keys_keep_next (dir, keys->secret_key, error);
}

KipKeys *
kip_keys_load_next (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, NEXT_NAME, NULL);
  g_autofree char *text = NULL;
  g_autoptr (KipKeys) keys = g_new0 (KipKeys, 1);

  if (!g_file_get_contents (path, &text, NULL, NULL) || !ensure_sodium (NULL) || !parse_key (keys, text))
    return NULL;
  return g_steal_pointer (&keys);
}

gboolean
kip_keys_put_in_place (KipKeys    *keys,
                       const char *dir,
                       GError    **error)
{
  g_autofree char *path = g_build_filename (dir, "device.key", NULL);
  g_autofree char *next = g_build_filename (dir, NEXT_NAME, NULL);

  if (!save_key (keys, path, error))
    return FALSE;
  g_unlink (next);
  return TRUE;
}

void
kip_keys_free (KipKeys *keys)
{
  sodium_memzero (keys, sizeof *keys);
  g_free (keys);
}

const guint8 *
kip_keys_get_public (KipKeys *keys)
{
  return keys->public_key;
}

void
kip_keys_copy_secret (KipKeys *keys,
                      guint8  *secret_key)
{
  memcpy (secret_key, keys->secret_key, sizeof keys->secret_key);
}

void
kip_keys_sign (KipKeys      *keys,
               const guint8 *hash,
               guint8       *signature)
{
  crypto_sign_detached (signature, NULL, hash, KIP_HASH_SIZE, keys->secret_key);
}

gboolean
kip_keys_verify (const guint8 *public_key,
                 const guint8 *hash,
                 const guint8 *signature)
{
  return crypto_sign_verify_detached (signature, hash, KIP_HASH_SIZE, public_key) == 0;
}

/* ---- hashes ---- */

void
kip_hash_bytes (gconstpointer data,
                gsize         length,
                guint8       *hash)
{
  crypto_generichash (hash, KIP_HASH_SIZE, data, length, NULL, 0);
}

char *
kip_hash_to_text (const guint8 *hash)
{
  char *text = g_malloc (KIP_HASH_SIZE * 2 + 1);

  return sodium_bin2hex (text, KIP_HASH_SIZE * 2 + 1, hash, KIP_HASH_SIZE);
}

gboolean
kip_hash_from_text (const char *text,
                    guint8     *hash)
{
  gsize length;

  return strlen (text) == KIP_HASH_SIZE * 2
         && sodium_hex2bin (hash, KIP_HASH_SIZE, text, KIP_HASH_SIZE * 2, NULL, &length, NULL) == 0
         && length == KIP_HASH_SIZE;
}

/* The state wants an alignment that g_new() does not promise. */
KipHasher *
kip_hasher_new (void)
{
  KipHasher *hasher = g_aligned_alloc0 (1, sizeof *hasher, 64);

  crypto_generichash_init (&hasher->state, NULL, 0, KIP_HASH_SIZE);
  return hasher;
}

void
kip_hasher_add (KipHasher    *hasher,
                gconstpointer data,
                gsize         length)
{
  crypto_generichash_update (&hasher->state, data, length);
}

void
kip_hasher_end (KipHasher *hasher,
                guint8    *hash)
{
  crypto_generichash_final (&hasher->state, hash, KIP_HASH_SIZE);
  g_aligned_free (hasher);
}
