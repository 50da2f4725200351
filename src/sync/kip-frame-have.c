/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-frame-private.h"

#include "kip-cbor.h"
#include "kip-error.h"

#include <glib/gi18n-lib.h>

/* [device, at, clock offset, version, format, [device, seq, device, seq …]]; more items are a newer Kip's. */
#define HAVE_WORD "Kip shared file have 1"
#define HAVE_ITEMS 6
#define MAX_VERSION 64
#define MAX_HOLDINGS 65536

KipHave *
kip_have_new (void)
{
  KipHave *have = g_new0 (KipHave, 1);

  have->holdings = g_array_new (FALSE, FALSE, sizeof (KipHolding));
  return have;
}

void
kip_have_free (KipHave *have)
{
  g_free (have->version);
  g_array_unref (have->holdings);
  g_clear_pointer (&have->body, g_bytes_unref);
  g_free (have);
}

guint64
kip_have_up_to (const KipHave *have,
                guint32        device)
{
  for (guint i = 0; i < have->holdings->len; i++)
    if (g_array_index (have->holdings, KipHolding, i).device == device)
      return g_array_index (have->holdings, KipHolding, i).seq;
  return 0;
}

/* Says of a packed file what the part between two of these carries. */
#define PACKED_WORD "Kip shared file packed 1"

static GBytes *
pack (const char    *word,
      const KipHave *have,
      const guint8  *secret_key)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();

  kip_cbor_put_list (out, HAVE_ITEMS);
  kip_cbor_put_int (out, have->device);
  kip_cbor_put_int (out, have->at);
  kip_cbor_put_int (out, have->clock_offset);
  kip_cbor_put_text (out, have->version != NULL ? have->version : "");
  kip_cbor_put_int (out, have->format);
  kip_cbor_put_list (out, 2 * have->holdings->len);
  for (guint i = 0; i < have->holdings->len; i++)
    {
      const KipHolding *holding = &g_array_index (have->holdings, KipHolding, i);

      kip_cbor_put_int (out, holding->device);
      kip_cbor_put_int (out, (gint64) holding->seq);
    }
  return kip_frame_sign (word, out, secret_key);
}

GBytes *
kip_frame_pack_have (const KipHave *have,
                     const guint8  *secret_key)
{
  return pack (HAVE_WORD, have, secret_key);
}

GBytes *
kip_frame_pack_packed (const KipHave *have,
                       const guint8  *secret_key)
{
  return pack (PACKED_WORD, have, secret_key);
}

static gboolean
get_device (KipCborReader *reader,
            guint32       *device)
{
  guint64 number;

  if (!kip_cbor_get_uint (reader, &number) || number == 0 || number > G_MAXUINT32)
    return FALSE;
  *device = (guint32) number;
  return TRUE;
}

static gboolean
read_holdings (KipCborReader *reader,
               GArray        *holdings)
{
  guint32 last = 0;
  guint n;

  if (!kip_cbor_get_list (reader, &n) || n % 2 != 0 || n / 2 > MAX_HOLDINGS)
    return FALSE;
  for (guint i = 0; i < n / 2; i++)
    {
      KipHolding holding;

      if (!get_device (reader, &holding.device) || holding.device <= last || !kip_cbor_get_uint (reader, &holding.seq))
        return FALSE;
      g_array_append_val (holdings, holding);
      last = holding.device;
    }
  return TRUE;
}

static gboolean
read_have (GBytes  *payload,
           KipHave *have)
{
  KipCborReader reader;
  guint64 format;
  guint n;

  kip_cbor_reader_init (&reader, g_bytes_get_data (payload, NULL), g_bytes_get_size (payload));
  if (!kip_cbor_get_list (&reader, &n) || n < HAVE_ITEMS || !get_device (&reader, &have->device)
      || !kip_cbor_get_int (&reader, &have->at) || !kip_cbor_get_int (&reader, &have->clock_offset))
    return FALSE;
  have->version = kip_frame_get_text (&reader, MAX_VERSION);
  if (have->version == NULL || !kip_cbor_get_uint (&reader, &format) || format > G_MAXUINT32)
    return FALSE;
  have->format = (guint32) format;
  if (!read_holdings (&reader, have->holdings))
    return FALSE;
  for (guint i = HAVE_ITEMS; i < n; i++)
    if (!kip_cbor_skip (&reader))
      return FALSE;
  return kip_cbor_at_end (&reader);
}

static KipHave *
unpack (const char   *word,
        GBytes       *body,
        const guint8 *public_key,
        GError      **error)
{
  const guint8 *signature;
  g_autoptr (GBytes) payload = kip_frame_signed_payload (body, &signature);
  g_autoptr (KipHave) have = kip_have_new ();

  if (payload == NULL || !read_have (payload, have))
    {
      kip_frame_set_damaged (error);
      return NULL;
    }
  if (public_key != NULL && !kip_frame_is_signed_by (word, payload, signature, public_key))
    {
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED,
                           _("What a computer said about itself does not bear its signature and was left out."));
      return NULL;
    }
  have->body = g_bytes_ref (body);
  return g_steal_pointer (&have);
}

KipHave *
kip_frame_unpack_have (GBytes       *body,
                       const guint8 *public_key,
                       GError      **error)
{
  return unpack (HAVE_WORD, body, public_key, error);
}

KipHave *
kip_frame_unpack_packed (GBytes       *body,
                         const guint8 *public_key,
                         GError      **error)
{
  return unpack (PACKED_WORD, body, public_key, error);
}
