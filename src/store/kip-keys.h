/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The Ed25519 key by which this machine signs what it writes, in device.key
 * (mode 0600) of the data folder; and BLAKE2b-256, by which everything is hashed. */
#define KIP_HASH_SIZE 32
#define KIP_PUBLIC_KEY_SIZE 32
#define KIP_SIGNATURE_SIZE 64

typedef struct _KipKeys KipKeys;

/* Reads the key; makes one when there is none.  @is_new (nullable) out. */
KipKeys *kip_keys_load (const char *dir,
                        gboolean   *is_new,
                        GError    **error);

/* Writes a key pair that was given to this machine into @dir, which has none: EXISTS. */
KipKeys *kip_keys_adopt (const char   *dir,
                         const guint8 *secret_key, /* 64 bytes */
                         GError      **error);

/* A new pair for @dir, kept beside the one that signs, until kip_keys_put_in_place ().  A key that was written
 * beside and whose time came is put in place by _load_next () (NULL: there is none). */
KipKeys *kip_keys_make_next (const char *dir,
                             GError    **error);
KipKeys *kip_keys_keep_next (const char   *dir, /* one that was made already */
                             const guint8 *secret_key, /* 64 bytes */
                             GError      **error);
KipKeys *kip_keys_load_next (const char *dir);
gboolean kip_keys_put_in_place (KipKeys    *keys,
                                const char *dir,
                                GError    **error);
void     kip_keys_free (KipKeys *keys);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipKeys, kip_keys_free)

const guint8 *kip_keys_get_public (KipKeys *keys);
void          kip_keys_copy_secret (KipKeys *keys,
                                    guint8  *secret_key); /* 64 bytes out */
void          kip_keys_sign (KipKeys      *keys,
                             const guint8 *hash,
                             guint8       *signature);
gboolean      kip_keys_verify (const guint8 *public_key,
                               const guint8 *hash,
                               const guint8 *signature);

/* BLAKE2b-256 of bytes. */
void kip_hash_bytes (gconstpointer data,
                     gsize         length,
                     guint8       *hash);

/* "a1b2…", 64 digits.  (transfer full) */
char    *kip_hash_to_text (const guint8 *hash);
gboolean kip_hash_from_text (const char *text,
                             guint8     *hash);

/* A hash in several steps; kip_hasher_end() frees it. */
typedef struct _KipHasher KipHasher;

KipHasher *kip_hasher_new (void);
void       kip_hasher_add (KipHasher    *hasher,
                           gconstpointer data,
                           gsize         length);
void       kip_hasher_end (KipHasher *hasher,
                           guint8    *hash);

G_END_DECLS
