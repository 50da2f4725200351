/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-frame-private.h"

#include "kip-bytes-private.h"
#include "kip-crc32c.h"
#include "kip-share-keys-private.h"

#include <zstd.h>

#define COMPRESSION_LEVEL 3
#define WORTH_TRYING 128 /* bytes; below that zstd's own head eats what it saves */

/* ---- what is authenticated beside the content ---- */

#define ASSOCIATED_SIZE (KIP_OFFICE_ID_SIZE + KIP_FILE_ID_SIZE + 4 + FRAME_AT_SEALED)

static void
associate (const KipShareIdentity *file,
           const guint8           *frame,
           guint8                 *out)
{
  memcpy (out, file->office, KIP_OFFICE_ID_SIZE);
  memcpy (out + KIP_OFFICE_ID_SIZE, file->file, KIP_FILE_ID_SIZE);
  kip_put_u32 (out + KIP_OFFICE_ID_SIZE + KIP_FILE_ID_SIZE, file->epoch);
  memcpy (out + KIP_OFFICE_ID_SIZE + KIP_FILE_ID_SIZE + 4, frame, FRAME_AT_SEALED);
}

/* ---- sealing ---- */

static gsize
compress (gconstpointer data,
          gsize         length,
          guint8       *out,
          gsize         room)
{
  static GPrivate contexts = G_PRIVATE_INIT ((GDestroyNotify) ZSTD_freeCCtx);
  ZSTD_CCtx *context = g_private_get (&contexts);
  gsize written;

  if (length < WORTH_TRYING)
    return 0;
  if (context == NULL)
    {
      context = ZSTD_createCCtx ();
      g_private_set (&contexts, context);
    }
  written = ZSTD_compressCCtx (context, out, room, data, length, COMPRESSION_LEVEL);
  return ZSTD_isError (written) ? 0 : written;
}

/* The content at @out: four bytes, then the body, in whichever form is shorter; its length without padding. */
static gsize
put_content (guint8 *out,
             GBytes *body)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (body, &length);
  gsize short_length = compress (data, length, out + FRAME_CONTENT, length > 0 ? length - 1 : 0);
  FrameCoding coding = short_length > 0 ? FRAME_ZSTD : FRAME_RAW;

  if (coding == FRAME_RAW && length > 0)
    memcpy (out + FRAME_CONTENT, data, length);
  if (coding == FRAME_ZSTD)
    length = short_length;
  kip_put_u32 (out, (guint32) length | (guint32) coding << 24);
  return FRAME_CONTENT + length;
}

static gsize
frame_length (gsize content)
{
  gsize length = FRAME_AT_SEALED + content + KIP_FRAME_TAG_SIZE + FRAME_TAIL;

  return (length + KIP_FRAME_UNIT - 1) / KIP_FRAME_UNIT * KIP_FRAME_UNIT;
}

static void
put_head (guint8                 *frame,
          const KipShareIdentity *file,
          guint32                 length,
          KipFrameType            type,
          KipFrameFlags           flags,
          guint16                 key_id)
{
  kip_frame_marker (file->file, frame + FRAME_AT_MARKER);
  kip_put_u32 (frame + FRAME_AT_LENGTH, length);
  frame[FRAME_AT_TYPE] = (guint8) type;
  frame[FRAME_AT_FLAGS] = (guint8) flags;
  kip_put_u16 (frame + FRAME_AT_KEY, key_id);
  randombytes_buf (frame + FRAME_AT_NONCE, FRAME_AT_SEALED - FRAME_AT_NONCE);
}

/* In place: the content at FRAME_AT_SEALED becomes the seal. */
static void
seal_content (guint8                 *frame,
              gsize                   length,
              const KipShareIdentity *file,
              const guint8           *key)
{
  guint8 associated[ASSOCIATED_SIZE];
  guint8 *content = frame + FRAME_AT_SEALED;

  associate (file, frame, associated);
  crypto_aead_xchacha20poly1305_ietf_encrypt (content, NULL, content,
                                              length - FRAME_AT_SEALED - KIP_FRAME_TAG_SIZE - FRAME_TAIL,
                                              associated, sizeof associated, NULL, frame + FRAME_AT_NONCE, key);
  kip_put_u32 (frame + length - FRAME_TAIL, kip_crc32c (frame, length - FRAME_TAIL));
  kip_put_u32 (frame + length - 4, (guint32) length);
}

GBytes *
kip_frame_seal_with (const KipShareIdentity *file,
                     const guint8           *key,
                     guint16                 key_id,
                     KipFrameType            type,
                     KipFrameFlags           flags,
                     GBytes                 *body,
                     GError                **error)
{
  gsize body_length = g_bytes_get_size (body), length;
  guint8 *frame;

  if (body_length > KIP_FRAME_BODY_MAX)
    {
      kip_frame_set_too_large (error);
      return NULL;
    }
  frame = g_malloc0 (frame_length (FRAME_CONTENT + body_length));
  length = frame_length (put_content (frame + FRAME_AT_SEALED, body));
  put_head (frame, file, (guint32) length, type, flags, key_id);
  seal_content (frame, length, file, key);
  return g_bytes_new_take (g_realloc (frame, length), length);
}

GBytes *
kip_frame_seal (const KipShareKeys *keys,
                KipFrameType        type,
                KipFrameFlags       flags,
                GBytes             *body,
                GError            **error)
{
  guint16 generation = kip_share_keys_get_sealing (keys);

  g_return_val_if_fail (generation > 0, NULL);
  return kip_frame_seal_with (kip_share_keys_get_file (keys), kip_share_keys_get_content_key (keys, generation),
                              generation, type, flags, body, error);
}

/* ---- opening ---- */

/* The length that zstd says is believed only as far as a body may be long. */
static GBytes *
decompress (const guint8 *data,
            gsize         length)
{
  guint64 whole = ZSTD_getFrameContentSize (data, length);
  g_autofree guint8 *out = NULL;

  if (whole == ZSTD_CONTENTSIZE_UNKNOWN || whole == ZSTD_CONTENTSIZE_ERROR || whole == 0 || whole > KIP_FRAME_BODY_MAX)
    return NULL;
  out = g_malloc ((gsize) whole);
  if (ZSTD_decompress (out, (gsize) whole, data, length) != whole)
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&out), (gsize) whole);
}

/* Keys may be in it, so it is wiped in the end. */
static GBytes *
read_content (const guint8 *content,
              gsize         room)
{
  guint32 head = kip_get_u32 (content);
  gsize length = head & 0xffffff;

  if (length > room - FRAME_CONTENT)
    return NULL;
  switch (head >> 24)
    {
    case FRAME_RAW:
      return kip_secret_bytes_new (content + FRAME_CONTENT, length);
    case FRAME_ZSTD:
      return decompress (content + FRAME_CONTENT, length);
    default:
      return NULL;
    }
}

GBytes *
kip_frame_open_with (const KipShareIdentity *file,
                     const guint8           *key,
                     const guint8           *frame)
{
  gsize length = kip_get_u32 (frame + FRAME_AT_LENGTH);
  gsize sealed = length - FRAME_AT_SEALED - FRAME_TAIL;
  g_autofree guint8 *content = g_malloc (sealed);
  guint8 associated[ASSOCIATED_SIZE];
  GBytes *body;

  associate (file, frame, associated);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt (content, NULL, NULL, frame + FRAME_AT_SEALED, sealed, associated,
                                                  sizeof associated, frame + FRAME_AT_NONCE, key) != 0)
    return NULL;
  body = read_content (content, sealed - KIP_FRAME_TAG_SIZE);
  sodium_memzero (content, sealed);
  return body;
}
