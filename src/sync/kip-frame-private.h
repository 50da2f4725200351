/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <sodium.h>

#include "kip-cbor.h"
#include "kip-frame.h"

G_BEGIN_DECLS

enum
{
  FRAME_AT_MARKER = 0,
  FRAME_AT_LENGTH = 8,
  FRAME_AT_TYPE = 12,
  FRAME_AT_FLAGS = 13,
  FRAME_AT_KEY = 14,
  FRAME_AT_NONCE = 16,
  FRAME_AT_SEALED = 40,
  FRAME_TAIL = 8,    /* crc and length */
  FRAME_CONTENT = 4  /* in the seal, before the body: its length, and how it is written */
};

/* How the body is written, in the upper 8 bits of those four bytes. */
typedef enum
{
  FRAME_RAW = 0,
  FRAME_ZSTD = 1
} FrameCoding;

/* The smallest frame, of an empty body. */
#define FRAME_MIN (2 * KIP_FRAME_UNIT)

G_STATIC_ASSERT (FRAME_AT_SEALED - FRAME_AT_NONCE == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
G_STATIC_ASSERT (KIP_FRAME_TAG_SIZE == crypto_aead_xchacha20poly1305_ietf_ABYTES);
G_STATIC_ASSERT (KIP_FRAME_BODY_MAX == KIP_FRAME_MAX - FRAME_AT_SEALED - FRAME_CONTENT - KIP_FRAME_TAG_SIZE - FRAME_TAIL);

/* Seals for @file with any key. */
GBytes *kip_frame_seal_with (const KipShareIdentity *file,
                             const guint8           *key,
                             guint16                 key_id,
                             KipFrameType            type,
                             KipFrameFlags           flags,
                             GBytes                 *body,
                             GError                **error);

/* The body of a whole frame; NULL when the seal is broken or what is in it makes no sense. */
GBytes *kip_frame_open_with (const KipShareIdentity *file,
                             const guint8           *key,
                             const guint8           *frame);

/* Whether a frame with the file's marker begins at @at and is there to its end, unharmed as far as its checksum tells. */
gboolean kip_frame_is_whole (const guint8 *marker,
                             const guint8 *at,
                             gsize         available,
                             guint32      *length);

/* [payload, signature over @word and the payload].  @word: what nothing else that is signed begins with. */
GBytes *kip_frame_sign (const char   *word,
                        GByteArray   *payload,
                        const guint8 *secret_key);

/* Takes it apart without looking at the signature, which points into @body. (nullable) */
GBytes *kip_frame_signed_payload (GBytes        *body,
                                  const guint8 **signature);
gboolean kip_frame_is_signed_by (const char   *word,
                                 GBytes       *payload,
                                 const guint8 *signature,
                                 const guint8 *public_key);

/* A text of at most @max bytes, valid, without NUL. (transfer full) (nullable) */
char *kip_frame_get_text (KipCborReader *reader,
                          gsize          max);

void kip_frame_set_damaged (GError **error);
void kip_frame_set_too_large (GError **error);

/* Reads a body of change-sets, adding them to @changes as far as they make sense. */
gboolean kip_frame_read_changes (GBytes    *body,
                                 GPtrArray *changes);

/* The same of what is left of change-sets. */
gboolean kip_frame_read_rests (GBytes    *body,
                               GPtrArray *changes);

/* Whether @raw fits a frame with others. */
gboolean kip_frame_has_room (const KipRawChange *raw);

G_END_DECLS
