/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-frame-private.h"

/* A change-set too large for one frame is a row of pieces: [form, device, seq, index, number of pieces,
 * signature or empty, bytes], each in a frame of its own, one behind the other.  Where something was left out of it
 * the form is 2, and the hash that was signed stands at the end. */
#define PIECE_FORM 1
#define PIECE_FORM_REST 2
#define PIECE_ITEMS 7
#define PIECE_BYTES (KIP_FRAME_BODY_MAX - 256)
#define MAX_PIECES (KIP_CHANGE_MAX / PIECE_BYTES + 1)

typedef struct
{
  guint32 device;
  guint64 seq;
  guint64 index, count;
  const guint8 *signature; /* (nullable) */
  const guint8 *hash;      /* (nullable) that was signed, when this is not all */
  const guint8 *data;
  gsize length;
} Piece;

struct _KipFrameJoiner
{
  GByteArray *bytes; /* (owned) (nullable) of the change-set that is not whole */
  guint32 device;
  guint64 seq;
  guint64 next, count;
  guint64 offset;    /* of its first piece */
};

/* ---- sealing ---- */

static GBytes *
pack_piece (const KipRawChange *raw,
            guint               index,
            guint               count)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (raw->bytes, &length);
  gsize from = (gsize) index * PIECE_BYTES;
  GByteArray *out = g_byte_array_sized_new (KIP_FRAME_BODY_MAX);

  kip_cbor_put_list (out, PIECE_ITEMS + raw->is_redacted);
  kip_cbor_put_int (out, raw->is_redacted ? PIECE_FORM_REST : PIECE_FORM);
  kip_cbor_put_int (out, raw->device);
  kip_cbor_put_int (out, (gint64) raw->seq);
  kip_cbor_put_int (out, index);
  kip_cbor_put_int (out, count);
  kip_cbor_put_bytes (out, raw->signature, raw->is_signed ? KIP_RAW_SIGNATURE_SIZE : 0);
  kip_cbor_put_bytes (out, data + from, MIN (PIECE_BYTES, length - from));
  if (raw->is_redacted)
    kip_cbor_put_bytes (out, raw->hash, sizeof raw->hash);
  return g_byte_array_free_to_bytes (out);
}

static gboolean
seal_body (const KipShareKeys *keys,
           KipFrameType        type,
           GBytes             *body, /* (transfer full) */
           GPtrArray          *frames,
           GError            **error)
{
  GBytes *frame = kip_frame_seal (keys, type, 0, body, error);

  g_bytes_unref (body);
  if (frame != NULL)
    g_ptr_array_add (frames, frame);
  return frame != NULL;
}

static gboolean
seal_pieces (const KipShareKeys *keys,
             KipRawChange       *raw,
             GPtrArray          *frames,
             GError            **error)
{
  gsize length = g_bytes_get_size (raw->bytes);
  guint count = (guint) ((length + PIECE_BYTES - 1) / PIECE_BYTES);

  if (length > KIP_CHANGE_MAX)
    {
      kip_frame_set_too_large (error);
      return FALSE;
    }
  for (guint i = 0; i < count; i++)
    if (!seal_body (keys, KIP_FRAME_PIECE, pack_piece (raw, i, count), frames, error))
      return FALSE;
  return TRUE;
}

static gboolean
seal_some (const KipShareKeys *keys,
           GPtrArray          *changes,
           guint               from,
           gsize               target,
           guint              *n_taken,
           GPtrArray          *frames,
           GError            **error)
{
  KipRawChange *first = g_ptr_array_index (changes, from);
  GBytes *body;

  *n_taken = 1;
  if (!kip_frame_has_room (first))
    return seal_pieces (keys, first, frames, error);
  body = kip_frame_pack_changes (changes, from, target, n_taken, error);
  return body != NULL && seal_body (keys, first->is_redacted ? KIP_FRAME_RESTS : KIP_FRAME_CHANGES, body, frames, error);
}

GPtrArray *
kip_frame_seal_changes (const KipShareKeys *keys,
                        GPtrArray          *changes,
                        gsize               target,
                        GError            **error)
{
  g_autoptr (GPtrArray) frames = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  guint n;

  for (guint from = 0; from < changes->len; from += n)
    if (!seal_some (keys, changes, from, target, &n, frames, error))
      return NULL;
  return g_steal_pointer (&frames);
}

/* ---- joining ---- */

KipFrameJoiner *
kip_frame_joiner_new (void)
{
  return g_new0 (KipFrameJoiner, 1);
}

static void
forget (KipFrameJoiner *joiner)
{
  g_clear_pointer (&joiner->bytes, g_byte_array_unref);
}

void
kip_frame_joiner_free (KipFrameJoiner *joiner)
{
  forget (joiner);
  g_free (joiner);
}

guint64
kip_frame_joiner_safe_offset (const KipFrameJoiner *joiner,
                              guint64               offset)
{
  return joiner->bytes != NULL ? MIN (joiner->offset, offset) : offset;
}

static gboolean
read_piece (GBytes *body,
            Piece  *piece)
{
  KipCborReader reader;
  guint64 form, device;
  gsize signature_length, hash_length = 0;
  guint n;

  piece->hash = NULL;
  kip_cbor_reader_init (&reader, g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  if (!kip_cbor_get_list (&reader, &n) || !kip_cbor_get_uint (&reader, &form)
      || (form == PIECE_FORM_REST ? n != PIECE_ITEMS + 1 : form != PIECE_FORM || n != PIECE_ITEMS)
      || !kip_cbor_get_uint (&reader, &device) || device > G_MAXUINT32 || !kip_cbor_get_uint (&reader, &piece->seq)
      || !kip_cbor_get_uint (&reader, &piece->index) || !kip_cbor_get_uint (&reader, &piece->count)
      || !kip_cbor_get_bytes (&reader, &piece->signature, &signature_length)
      || !kip_cbor_get_bytes (&reader, &piece->data, &piece->length)
      || (form == PIECE_FORM_REST && (!kip_cbor_get_bytes (&reader, &piece->hash, &hash_length) || hash_length != KIP_CHANGE_HASH_SIZE)))
    return FALSE;
  piece->device = (guint32) device;
  if (signature_length == 0)
    piece->signature = NULL;
  return (signature_length == 0 || signature_length == KIP_RAW_SIGNATURE_SIZE) && piece->count <= MAX_PIECES
         && piece->index < piece->count && piece->length > 0 && kip_cbor_at_end (&reader);
}

static gboolean
follows (const KipFrameJoiner *joiner,
         const Piece          *piece)
{
  return joiner->bytes != NULL && piece->device == joiner->device && piece->seq == joiner->seq
         && piece->count == joiner->count && piece->index == joiner->next;
}

/* A first piece begins; any other that does not follow is of no use: its beginning was lost. */
static gboolean
begin_or_follow (KipFrameJoiner *joiner,
                 const Piece    *piece,
                 guint64         offset)
{
  if (follows (joiner, piece))
    return TRUE;
  forget (joiner);
  if (piece->index != 0)
    return FALSE;
  joiner->bytes = g_byte_array_new ();
  joiner->device = piece->device;
  joiner->seq = piece->seq;
  joiner->count = piece->count;
  joiner->offset = offset;
  return TRUE;
}

static gboolean
finish (KipFrameJoiner *joiner,
        const Piece    *last,
        GPtrArray      *changes)
{
  g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (g_steal_pointer (&joiner->bytes));
  KipRawChange *raw = last->hash != NULL ? kip_raw_change_new_redacted (bytes, last->hash, last->signature, NULL)
                                         : kip_raw_change_new (bytes, last->signature, NULL);

  if (raw == NULL)
    return FALSE;
  g_ptr_array_add (changes, raw);
  return raw->device == joiner->device && raw->seq == joiner->seq;
}

static gboolean
take_piece (KipFrameJoiner *joiner,
            const KipFound *found,
            GPtrArray      *changes)
{
  Piece piece;

  if (!read_piece (found->body, &piece))
    {
      forget (joiner);
      return FALSE;
    }
  if (!begin_or_follow (joiner, &piece, found->offset))
    return TRUE;
  g_byte_array_append (joiner->bytes, piece.data, (guint) piece.length);
  joiner->next = piece.index + 1;
  return joiner->next < joiner->count || finish (joiner, &piece, changes);
}

gboolean
kip_frame_joiner_take (KipFrameJoiner *joiner,
                       const KipFound *found,
                       GPtrArray      *changes,
                       GError        **error)
{
  gboolean makes_sense = TRUE;

  if (found->kind == KIP_FOUND_END || found->kind == KIP_FOUND_UNFINISHED)
    return TRUE;
  if (found->kind == KIP_FOUND_FRAME && found->type == KIP_FRAME_PIECE)
    makes_sense = take_piece (joiner, found, changes);
  else
    {
      forget (joiner);
      if (found->kind == KIP_FOUND_FRAME && found->type == KIP_FRAME_CHANGES)
        makes_sense = kip_frame_read_changes (found->body, changes);
      if (found->kind == KIP_FOUND_FRAME && found->type == KIP_FRAME_RESTS)
        makes_sense = kip_frame_read_rests (found->body, changes);
    }
  if (!makes_sense)
    kip_frame_set_damaged (error);
  return makes_sense;
}
