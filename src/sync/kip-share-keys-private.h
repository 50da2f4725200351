/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-share-keys.h"

G_BEGIN_DECLS

#define KIP_FRAME_MARKER_SIZE 8

/* By which the frames of the file begin; the keys must be set to a file. */
const guint8 *kip_share_keys_get_marker (const KipShareKeys *keys);

/* What seals the content of the file in a generation. (nullable) */
const guint8 *kip_share_keys_get_content_key (const KipShareKeys *keys,
                                              guint16             generation);

/* (nullable) */
const guint8 *kip_share_keys_get_office_key (const KipShareKeys *keys,
                                             guint16             generation);

/* A key for one use in one file: BLAKE2b keyed with @key, the file id as its salt, @use (8
 * characters) and the epoch as its personalization; what crypto_kdf does with a number as the salt. */
void kip_derive_file_key (const guint8           *key,
                          gsize                   key_length,
                          const KipShareIdentity *file,
                          const char             *use,
                          guint8                 *derived);

void kip_frame_marker (const guint8 *file_id,
                       guint8       *marker);

G_END_DECLS
