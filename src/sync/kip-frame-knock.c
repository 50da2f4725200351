/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-frame-private.h"

#include "kip-cbor.h"
#include "kip-error.h"

#include <glib/gi18n-lib.h>

/* [public key, at, person, machine]; more items are a newer Kip's. */
#define KNOCK_WORD "Kip shared file knock 1"
#define KNOCK_ITEMS 4
#define MAX_NAME 256

KipKnock *
kip_knock_copy (const KipKnock *knock)
{
  KipKnock *copy = g_memdup2 (knock, sizeof *knock);

  copy->person = g_strdup (knock->person);
  copy->machine = g_strdup (knock->machine);
  copy->body = knock->body != NULL ? g_bytes_ref (knock->body) : NULL;
  return copy;
}

void
kip_knock_free (KipKnock *knock)
{
  g_free (knock->person);
  g_free (knock->machine);
  g_clear_pointer (&knock->body, g_bytes_unref);
  g_free (knock);
}

GBytes *
kip_frame_pack_knock (const KipKnock *knock,
                      const guint8   *secret_key)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();

  kip_cbor_put_list (out, KNOCK_ITEMS);
  kip_cbor_put_bytes (out, knock->public_key, sizeof knock->public_key);
  kip_cbor_put_int (out, knock->at);
  kip_cbor_put_text (out, knock->person != NULL ? knock->person : "");
  kip_cbor_put_text (out, knock->machine != NULL ? knock->machine : "");
  return kip_frame_sign (KNOCK_WORD, out, secret_key);
}

static gboolean
read_knock (GBytes   *payload,
            KipKnock *knock)
{
  KipCborReader reader;
  guint n;

  kip_cbor_reader_init (&reader, g_bytes_get_data (payload, NULL), g_bytes_get_size (payload));
  if (!kip_cbor_get_list (&reader, &n) || n < KNOCK_ITEMS
      || !kip_cbor_get_fixed (&reader, knock->public_key, sizeof knock->public_key) || !kip_cbor_get_int (&reader, &knock->at))
    return FALSE;
  knock->person = kip_frame_get_text (&reader, MAX_NAME);
  knock->machine = knock->person != NULL ? kip_frame_get_text (&reader, MAX_NAME) : NULL;
  if (knock->machine == NULL)
    return FALSE;
  for (guint i = KNOCK_ITEMS; i < n; i++)
    if (!kip_cbor_skip (&reader))
      return FALSE;
  return kip_cbor_at_end (&reader);
}

KipKnock *
kip_frame_unpack_knock (GBytes  *body,
                        GError **error)
{
  const guint8 *signature;
  g_autoptr (GBytes) payload = kip_frame_signed_payload (body, &signature);
  g_autoptr (KipKnock) knock = g_new0 (KipKnock, 1);

  if (payload == NULL || !read_knock (payload, knock))
    {
      kip_frame_set_damaged (error);
      return NULL;
    }
  if (!kip_frame_is_signed_by (KNOCK_WORD, payload, signature, knock->public_key))
    {
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED,
                           _("What a computer said about itself does not bear its signature and was left out."));
      return NULL;
    }
  knock->body = g_bytes_ref (body);
  return g_steal_pointer (&knock);
}
