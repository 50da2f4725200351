/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-share-keys.h"

G_BEGIN_DECLS

/* What lies beside the shared file: chunks of attachments, and small notes as who is looking at what.
 * Sealed for the office and for their name, not for one file, so that they outlive it. */
#define KIP_BLOB_CHUNK (4 * 1024 * 1024) /* bytes of an attachment in one blob, at most */
#define KIP_BLOB_OVERHEAD 56             /* bytes that sealing adds */

/* Of a chunk of an attachment: "a-2-0f3c…-0".  Equal contents have equal names in a generation, and nobody without its
 * key can tell what they are. @hash: BLAKE2b-256 of the whole content.  NULL: there is no such generation. (transfer full) */
char *kip_share_blob_name (const KipShareKeys *keys,
                           guint16             generation,
                           const guint8       *hash,
                           guint               chunk);

/* With kip_share_keys_get_sealing (); @data at most KIP_BLOB_CHUNK. (transfer full) */
GBytes *kip_share_blob_seal (const KipShareKeys *keys,
                             const char         *name,
                             GBytes             *data);

/* NOT_ALLOWED: of a generation that we do not have; CORRUPT: damaged, or sealed under another name. (transfer full) */
GBytes *kip_share_blob_open (const KipShareKeys *keys,
                             const char         *name,
                             GBytes             *blob,
                             GError            **error);

G_END_DECLS
