/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync-engine-private.h"

#include "kip-cbor.h"

#include <string.h>

/* What is kept is a CBOR list: [2, office, file, epoch, offset, tail, have at,
 * scrubbed at, kind, type, id, has locks, coverage (bytes)], and then three lists: kip-sync-heard.c. */
#define FORMAT 2
#define N_ITEMS 16

/* 0 is: never yet. */
#define LONG_AGO 1

void
kip_sync_forget_file (KipSyncEngine *engine)
{
  engine->offset = KIP_SHARE_HEADER_SIZE;
  memset (engine->tail, 0, sizeof engine->tail);
  kip_coverage_clear (engine->coverage);
  kip_sync_keys_forget (engine->ring);
  g_array_set_size (engine->proofs, 0);
  g_array_set_size (engine->lacks, 0);
  engine->is_new_file = FALSE;
  engine->is_dirty = TRUE;
}

/* A machine that stops before it looked again at what it could not read, or knew who said what it read of keys or of another
 * place, begins with
 * reading everything. */
static gboolean
is_in_doubt (KipSyncEngine *engine)
{
  if (kip_sync_keys_has_pending (engine->ring) || engine->moves->len > 0)
    return TRUE;
  for (guint i = 0; i < engine->proofs->len; i++)
    if (g_array_index (engine->proofs, KipSyncProof, i).is_doubt)
      return TRUE;
  return FALSE;
}

GBytes *
kip_sync_encode_cursor (KipSyncEngine *engine)
{
  GByteArray *out = g_byte_array_new ();
  g_autoptr (GByteArray) coverage = g_byte_array_new ();

  kip_coverage_encode (engine->coverage, coverage);
  kip_cbor_put_list (out, N_ITEMS);
  kip_cbor_put_int (out, FORMAT);
  kip_cbor_put_bytes (out, engine->file.office, sizeof engine->file.office);
  kip_cbor_put_bytes (out, engine->file.file, sizeof engine->file.file);
  kip_cbor_put_int (out, engine->file.epoch);
  kip_cbor_put_int (out, (gint64) engine->offset);
  kip_cbor_put_bytes (out, engine->tail, sizeof engine->tail);
  kip_cbor_put_int (out, engine->have_at);
  kip_cbor_put_int (out, is_in_doubt (engine) ? LONG_AGO : engine->scrubbed_at);
  kip_cbor_put_int (out, engine->has_place ? (gint64) engine->place.kind + 1 : 0);
  kip_cbor_put_int (out, (gint64) engine->place.type);
  kip_cbor_put_int (out, (gint64) engine->place.id);
  kip_cbor_put_int (out, engine->place.has_locks);
  kip_cbor_put_bytes (out, coverage->data, coverage->len);
  kip_sync_put_heard (engine, out);
  return g_byte_array_free_to_bytes (out);
}

gboolean
kip_sync_save_cursor (KipSyncEngine *engine,
                      GError       **error)
{
  g_autoptr (GBytes) state = NULL;

  if (!engine->is_dirty || !engine->has_file)
    return TRUE;
  state = kip_sync_encode_cursor (engine);
  if (!kip_sync_own (engine, engine->replica->class->set_state (engine->replica, KIP_SYNC_CURSOR_KEY, state, error)))
    return FALSE;
  engine->is_dirty = FALSE;
  return TRUE;
}

static gboolean
decode (KipSyncEngine *engine,
        KipCborReader *reader)
{
  gint64 format, epoch, offset, kind, type, id, has_locks;
  const guint8 *coverage;
  gsize length;
  guint n;

  if (!kip_cbor_get_list (reader, &n) || n != N_ITEMS || !kip_cbor_get_int (reader, &format) || format != FORMAT
      || !kip_cbor_get_fixed (reader, engine->file.office, sizeof engine->file.office)
      || !kip_cbor_get_fixed (reader, engine->file.file, sizeof engine->file.file)
      || !kip_cbor_get_int (reader, &epoch) || !kip_cbor_get_int (reader, &offset)
      || !kip_cbor_get_fixed (reader, engine->tail, sizeof engine->tail)
      || !kip_cbor_get_int (reader, &engine->have_at) || !kip_cbor_get_int (reader, &engine->scrubbed_at)
      || !kip_cbor_get_int (reader, &kind)
      || !kip_cbor_get_int (reader, &type) || !kip_cbor_get_int (reader, &id) || !kip_cbor_get_int (reader, &has_locks)
      || !kip_cbor_get_bytes (reader, &coverage, &length)
      || offset < KIP_SHARE_HEADER_SIZE || !kip_coverage_decode (engine->coverage, coverage, length)
      || !kip_sync_get_heard (engine, reader))
    return FALSE;
  engine->file.epoch = (guint32) epoch;
  engine->offset = (guint64) offset;
  engine->has_place = kind > 0;
  engine->place = (KipSharePlace) { (KipShareKind) (kind - 1), (guint64) type, (guint64) id, has_locks != 0 };
  return TRUE;
}

/* What cannot be read is as if nothing were known: the file is read from its beginning. */
void
kip_sync_load_cursor (KipSyncEngine *engine)
{
  g_autoptr (GBytes) state = engine->replica->class->get_state (engine->replica, KIP_SYNC_CURSOR_KEY);
  KipCborReader reader;
  gsize length;
  gconstpointer data;

  kip_sync_forget_file (engine);
  if (state == NULL)
    return;
  data = g_bytes_get_data (state, &length);
  kip_cbor_reader_init (&reader, data, length);
  engine->has_file = decode (engine, &reader);
  if (!engine->has_file)
    {
      engine->has_place = FALSE;
      kip_sync_forget_file (engine);
      return;
    }
  kip_share_keys_set_file (engine->keys, &engine->file);
  kip_sync_keys_load (engine->ring, &engine->file);
  engine->is_dirty = FALSE;
}
