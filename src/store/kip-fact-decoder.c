/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-fact-decoder.h"

/* Handed over together, so that handing over costs little; there are no more of them, so
 * that whoever is faster waits for the other. */
#define PIECE_BYTES (256 * 1024)
#define N_PIECES 4

typedef struct
{
  guint  length;
  gint64 slot;
} Row;

/* Rows, with their bodies one after the other.  The last one has none. */
typedef struct
{
  GByteArray *bodies; /* (owned) */
  GArray     *rows;   /* (owned) of Row */
} Piece;

struct _KipFactDecoder
{
  KipFactTable *table;  /* borrowed */
  GAsyncQueue  *full;   /* (owned) of Piece (owned) */
  GAsyncQueue  *empty;  /* (owned) of Piece (owned) */
  Piece        *piece;  /* (owned) being filled */
  GThread      *thread; /* (owned) */
};

static Piece *
piece_new (void)
{
  Piece *piece = g_new (Piece, 1);

  piece->bodies = g_byte_array_sized_new (PIECE_BYTES);
  piece->rows = g_array_sized_new (FALSE, FALSE, sizeof (Row), PIECE_BYTES / 128);
  return piece;
}

static void
piece_free (gpointer data)
{
  Piece *piece = data;

  g_byte_array_unref (piece->bodies);
  g_array_unref (piece->rows);
  g_free (piece);
}

static gboolean
decode (KipFactTable *table,
        const Piece  *piece)
{
  const guint8 *body = piece->bodies->data;

  for (guint i = 0; i < piece->rows->len; i++)
    {
      const Row *row = &g_array_index (piece->rows, Row, i);

      if (!kip_fact_table_add_encoded (table, body, row->length))
        return FALSE;
      table->slot[table->n - 1] = row->slot;
      body += row->length;
    }
  return TRUE;
}

static gpointer
decode_all (gpointer data)
{
  KipFactDecoder *decoder = data;
  gboolean good = TRUE, more = TRUE;

  while (more)
    {
      Piece *piece = g_async_queue_pop (decoder->full);

      more = piece->rows->len > 0;
      good = good && decode (decoder->table, piece);
      g_byte_array_set_size (piece->bodies, 0);
      g_array_set_size (piece->rows, 0);
      g_async_queue_push (decoder->empty, piece);
    }
  return GINT_TO_POINTER (good);
}

KipFactDecoder *
kip_fact_decoder_new (KipFactTable *table)
{
  KipFactDecoder *decoder = g_new0 (KipFactDecoder, 1);

  decoder->table = table;
  decoder->full = g_async_queue_new_full (piece_free);
  decoder->empty = g_async_queue_new_full (piece_free);
  for (guint i = 1; i < N_PIECES; i++)
    g_async_queue_push (decoder->empty, piece_new ());
  decoder->piece = piece_new ();
  decoder->thread = g_thread_new ("kip-facts", decode_all, decoder);
  return decoder;
}

static void
hand_over (KipFactDecoder *decoder)
{
  g_async_queue_push (decoder->full, decoder->piece);
  decoder->piece = g_async_queue_pop (decoder->empty);
}

void
kip_fact_decoder_add (KipFactDecoder *decoder,
                      gconstpointer   body,
                      gsize           length,
                      gint64          slot)
{
  Row row = { (guint) length, slot };

  g_byte_array_append (decoder->piece->bodies, body, row.length);
  g_array_append_val (decoder->piece->rows, row);
  if (decoder->piece->bodies->len >= PIECE_BYTES)
    hand_over (decoder);
}

gboolean
kip_fact_decoder_end (KipFactDecoder *decoder)
{
  gboolean good;

  if (decoder->piece->rows->len > 0)
    hand_over (decoder);
  g_async_queue_push (decoder->full, g_steal_pointer (&decoder->piece));
  good = GPOINTER_TO_INT (g_thread_join (decoder->thread));
  g_async_queue_unref (decoder->full);
  g_async_queue_unref (decoder->empty);
  g_free (decoder);
  return good;
}
