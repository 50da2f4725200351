/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-frame-told.h"

#include "kip-cbor.h"
#include "kip-frame-private.h"
#include "kip-sync-engine-private.h"

/* [device, [[ticket, clock, percent, at, escalated], …]]; more items are a newer Kip's. */
#define TOLD_WORD "Kip shared file told 1"
#define MAX_TOLD 4096

/* What is older is of no use to anybody. */
#define TOO_OLD (15 * KIP_MS_PER_DAY)

GBytes *
kip_frame_pack_told (guint32       device,
                     GArray       *told,
                     const guint8 *secret_key)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();

  kip_cbor_put_list (out, 2);
  kip_cbor_put_int (out, device);
  kip_cbor_put_list (out, MIN (told->len, MAX_TOLD));
  for (guint i = 0; i < MIN (told->len, MAX_TOLD); i++)
    {
      const KipTold *one = &g_array_index (told, KipTold, i);

      kip_cbor_put_list (out, 5);
      kip_cbor_put_int (out, (gint64) one->ticket);
      kip_cbor_put_int (out, one->clock);
      kip_cbor_put_int (out, one->percent);
      kip_cbor_put_int (out, one->at);
      kip_cbor_put_int (out, one->escalated ? 1 : 0);
    }
  return kip_frame_sign (TOLD_WORD, out, secret_key);
}

static gboolean
read_one (KipCborReader *reader,
          KipTold       *told)
{
  gint64 ticket, clock, percent, escalated;
  guint n;

  if (!kip_cbor_get_list (reader, &n) || n < 5 || !kip_cbor_get_int (reader, &ticket) || !kip_cbor_get_int (reader, &clock)
      || !kip_cbor_get_int (reader, &percent) || !kip_cbor_get_int (reader, &told->at) || !kip_cbor_get_int (reader, &escalated))
    return FALSE;
  for (guint i = 5; i < n; i++)
    if (!kip_cbor_skip (reader))
      return FALSE;
  told->ticket = (KipId) ticket;
  told->clock = (KipClockKind) clock;
  told->percent = (int) percent;
  told->escalated = escalated != 0;
  return ticket > 0 && clock >= 0 && clock < KIP_N_CLOCKS && percent > 0 && percent <= G_MAXINT;
}

/* @device out; NULL: damaged. */
static GArray *
read_told (GBytes  *payload,
           guint32 *device)
{
  g_autoptr (GArray) told = g_array_new (FALSE, FALSE, sizeof (KipTold));
  KipCborReader reader;
  guint64 number;
  guint n;

  kip_cbor_reader_init (&reader, g_bytes_get_data (payload, NULL), g_bytes_get_size (payload));
  if (!kip_cbor_get_list (&reader, &n) || n < 2 || !kip_cbor_get_uint (&reader, &number) || number == 0 || number > G_MAXUINT32
      || !kip_cbor_get_list (&reader, &n) || n > MAX_TOLD)
    return NULL;
  *device = (guint32) number;
  for (guint i = 0; i < n; i++)
    {
      KipTold one = { 0 };

      if (!read_one (&reader, &one))
        return NULL;
      g_array_append_val (told, one);
    }
  return g_steal_pointer (&told);
}

guint32
kip_frame_told_device (GBytes *body)
{
  const guint8 *signature;
  g_autoptr (GBytes) payload = kip_frame_signed_payload (body, &signature);
  guint32 device = 0;
  g_autoptr (GArray) told = payload != NULL ? read_told (payload, &device) : NULL;

  return told != NULL ? device : 0;
}

GArray *
kip_frame_unpack_told (GBytes       *body,
                       const guint8 *public_key)
{
  const guint8 *signature;
  g_autoptr (GBytes) payload = kip_frame_signed_payload (body, &signature);
  guint32 device;

  if (payload == NULL || !kip_frame_is_signed_by (TOLD_WORD, payload, signature, public_key))
    return NULL;
  return read_told (payload, &device);
}

/* ---- the engine's part ---- */

void
kip_sync_engine_tell (KipSyncEngine *engine,
                      GArray        *told)
{
  guint8 public_key[32], secret_key[64];
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) frame = NULL;

  if (!kip_sync_is_member (engine) || !engine->replica->class->signing_key (engine->replica, public_key, secret_key, NULL))
    return;
  body = kip_frame_pack_told (engine->replica->class->device (engine->replica), told, secret_key);
  frame = kip_frame_seal (engine->keys, KIP_FRAME_TOLD, 0, body, NULL);
  if (frame != NULL)
    kip_sync_engine_post (engine, frame);
}

void
kip_sync_take_told (KipSyncEngine *engine,
                    GBytes        *body)
{
  g_autoptr (KipMembers) members = engine->replica->class->dup_members (engine->replica);
  guint32 device = kip_frame_told_device (body);
  const guint8 *key = device != 0 ? kip_members_key (members, device, G_MAXUINT64) : NULL;
  g_autoptr (GArray) told = key != NULL ? kip_frame_unpack_told (body, key) : NULL;

  if (told == NULL || device == engine->replica->class->device (engine->replica))
    return;
  for (guint i = 0; i < told->len; i++)
    if (g_array_index (told, KipTold, i).at > engine->wall - TOO_OLD)
      g_array_append_val (engine->told, g_array_index (told, KipTold, i));
}

GArray *
kip_sync_engine_take_told (KipSyncEngine *engine)
{
  GArray *told = engine->told;

  if (told->len == 0)
    return NULL;
  engine->told = g_array_new (FALSE, FALSE, sizeof (KipTold));
  return told;
}
