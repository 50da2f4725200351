/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync-engine-private.h"

#include <string.h>

/* Three lists: bodies of the HAVEs, bodies of the KNOCKs, and of each thing that this machine appended and has not
 * looked at again its offset, length and hash. */

/* Who knows the passphrase may knock as often as they like: only the newest ones are kept. */
#define MAX_KNOCKS 64

/* ---- writing ---- */

static void
put_body (GByteArray *out,
          GBytes     *body)
{
  kip_cbor_put_bytes (out, g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

static void
put_haves (KipSyncEngine *engine,
           GByteArray    *out)
{
  kip_cbor_put_list (out, engine->haves->len);
  for (guint i = 0; i < engine->haves->len; i++)
    put_body (out, ((KipHave *) g_ptr_array_index (engine->haves, i))->body);
}

static void
put_knocks (KipSyncEngine *engine,
            GByteArray    *out)
{
  guint n = MIN (engine->knocks->len, MAX_KNOCKS);

  kip_cbor_put_list (out, n);
  for (guint i = engine->knocks->len - n; i < engine->knocks->len; i++)
    put_body (out, ((KipKnock *) g_ptr_array_index (engine->knocks, i))->body);
}

/* What is doubted is not among them: after a restart everything is read. */
static void
put_proofs (KipSyncEngine *engine,
            GByteArray    *out)
{
  guint n = 0;

  for (guint i = 0; i < engine->proofs->len; i++)
    n += !g_array_index (engine->proofs, KipSyncProof, i).is_doubt;
  kip_cbor_put_list (out, 3 * n);
  for (guint i = 0; i < engine->proofs->len; i++)
    {
      const KipSyncProof *proof = &g_array_index (engine->proofs, KipSyncProof, i);

      if (proof->is_doubt)
        continue;
      kip_cbor_put_int (out, (gint64) proof->offset);
      kip_cbor_put_int (out, proof->length);
      kip_cbor_put_bytes (out, proof->hash, sizeof proof->hash);
    }
}

void
kip_sync_put_heard (KipSyncEngine *engine,
                    GByteArray    *out)
{
  put_haves (engine, out);
  put_knocks (engine, out);
  put_proofs (engine, out);
}

/* ---- reading ---- */

KipHave *
kip_sync_read_have (KipSyncEngine *engine,
                    GBytes        *body)
{
  g_autoptr (KipMembers) members = engine->replica->class->dup_members (engine->replica);
  g_autoptr (KipHave) claim = kip_frame_unpack_have (body, NULL, NULL);
  const guint8 *key = claim != NULL ? kip_members_key (members, claim->device, G_MAXUINT64) : NULL;

  return key != NULL && kip_members_has (members, claim->device, G_MAXUINT64 - 1) ? kip_frame_unpack_have (body, key, NULL) : NULL;
}

/* (transfer full) (nullable) */
static GBytes *
get_body (KipCborReader *reader)
{
  const guint8 *data;
  gsize length;

  return kip_cbor_get_bytes (reader, &data, &length) ? g_bytes_new (data, length) : NULL;
}

/* Who signed it was looked at when it came; since then a machine may have taken another key. */
static gpointer
unpack_have (GBytes *body)
{
  return kip_frame_unpack_have (body, NULL, NULL);
}

static gpointer
unpack_knock (GBytes *body)
{
  return kip_frame_unpack_knock (body, NULL);
}

static gboolean
get_bodies (KipCborReader *reader,
            GPtrArray     *all,
            gpointer (    *unpack )(GBytes *body))
{
  guint n;

  if (!kip_cbor_get_list (reader, &n))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GBytes) body = get_body (reader);
      gpointer one = body != NULL ? unpack (body) : NULL;

      if (body == NULL)
        return FALSE;
      if (one != NULL)
        g_ptr_array_add (all, one);
    }
  return TRUE;
}

static gboolean
get_proofs (KipSyncEngine *engine,
            KipCborReader *reader)
{
  guint n;

  if (!kip_cbor_get_list (reader, &n))
    return FALSE;
  for (guint i = 0; i + 2 < n; i += 3)
    {
      KipSyncProof proof = { .due = G_MAXINT64 };
      gint64 offset, length;

      if (!kip_cbor_get_int (reader, &offset) || !kip_cbor_get_int (reader, &length)
          || !kip_cbor_get_fixed (reader, proof.hash, sizeof proof.hash))
        return FALSE;
      proof.offset = (guint64) offset;
      proof.length = (guint32) length;
      g_array_append_val (engine->proofs, proof);
    }
  return TRUE;
}

gboolean
kip_sync_get_heard (KipSyncEngine *engine,
                    KipCborReader *reader)
{
  g_ptr_array_set_size (engine->haves, 0);
  g_ptr_array_set_size (engine->knocks, 0);
  g_array_set_size (engine->proofs, 0);
  return get_bodies (reader, engine->haves, unpack_have) && get_bodies (reader, engine->knocks, unpack_knock)
         && get_proofs (engine, reader);
}
