/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-frame-moved.h"

#include "kip-frame-private.h"

/* [device, at, serial, path, from]; more items are a newer Kip's. */
#define MOVED_WORD "Kip shared file moved 1"
#define MOVED_ITEMS 5
#define MAX_PATH 4096

void
kip_moved_free (KipMoved *moved)
{
  g_free (moved->path);
  g_free (moved->from);
  g_free (moved);
}

KipMoved *
kip_moved_copy (const KipMoved *moved)
{
  KipMoved *copy = g_memdup2 (moved, sizeof *moved);

  copy->path = g_strdup (moved->path);
  copy->from = g_strdup (moved->from);
  return copy;
}

GBytes *
kip_frame_pack_moved (const KipMoved *moved,
                      const guint8   *secret_key)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();

  kip_cbor_put_list (out, MOVED_ITEMS);
  kip_cbor_put_int (out, moved->device);
  kip_cbor_put_int (out, moved->at);
  kip_cbor_put_int (out, (gint64) moved->serial);
  kip_cbor_put_text (out, moved->path);
  kip_cbor_put_text (out, moved->from);
  return kip_frame_sign (MOVED_WORD, out, secret_key);
}

static gboolean
read_moved (GBytes   *payload,
            KipMoved *moved)
{
  KipCborReader reader;
  guint64 device;
  guint n;

  kip_cbor_reader_init (&reader, g_bytes_get_data (payload, NULL), g_bytes_get_size (payload));
  if (!kip_cbor_get_list (&reader, &n) || n < MOVED_ITEMS
      || !kip_cbor_get_uint (&reader, &device) || device == 0 || device > G_MAXUINT32
      || !kip_cbor_get_int (&reader, &moved->at) || !kip_cbor_get_uint (&reader, &moved->serial))
    return FALSE;
  moved->device = (guint32) device;
  moved->path = kip_frame_get_text (&reader, MAX_PATH);
  moved->from = moved->path != NULL ? kip_frame_get_text (&reader, MAX_PATH) : NULL;
  if (moved->from == NULL)
    return FALSE;
  for (guint i = MOVED_ITEMS; i < n; i++)
    if (!kip_cbor_skip (&reader))
      return FALSE;
  return kip_cbor_at_end (&reader);
}

KipMoved *
kip_frame_unpack_moved (GBytes       *body,
                        const guint8 *public_key)
{
  const guint8 *signature;
  g_autoptr (GBytes) payload = kip_frame_signed_payload (body, &signature);
  g_autoptr (KipMoved) moved = g_new0 (KipMoved, 1);

  if (payload == NULL || !read_moved (payload, moved)
      || (public_key != NULL && !kip_frame_is_signed_by (MOVED_WORD, payload, signature, public_key)))
    return NULL;
  return g_steal_pointer (&moved);
}
