/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-frame-private.h"

#include "kip-cbor.h"

#include <string.h>

static GBytes *
signed_bytes (const char   *word,
              gconstpointer payload,
              gsize         length)
{
  GByteArray *all = g_byte_array_new ();

  g_byte_array_append (all, (const guint8 *) word, (guint) strlen (word) + 1);
  g_byte_array_append (all, payload, (guint) length);
  return g_byte_array_free_to_bytes (all);
}

GBytes *
kip_frame_sign (const char   *word,
                GByteArray   *payload,
                const guint8 *secret_key)
{
  g_autoptr (GBytes) all = signed_bytes (word, payload->data, payload->len);
  GByteArray *out = g_byte_array_new ();
  guint8 signature[crypto_sign_BYTES];

  crypto_sign_detached (signature, NULL, g_bytes_get_data (all, NULL), g_bytes_get_size (all), secret_key);
  kip_cbor_put_list (out, 2);
  kip_cbor_put_bytes (out, payload->data, payload->len);
  kip_cbor_put_bytes (out, signature, sizeof signature);
  return g_byte_array_free_to_bytes (out);
}

GBytes *
kip_frame_signed_payload (GBytes        *body,
                          const guint8 **signature)
{
  KipCborReader reader;
  const guint8 *start = g_bytes_get_data (body, NULL), *payload;
  gsize length, signature_length;
  guint n;

  kip_cbor_reader_init (&reader, start, g_bytes_get_size (body));
  if (!kip_cbor_get_list (&reader, &n) || n != 2 || !kip_cbor_get_bytes (&reader, &payload, &length)
      || !kip_cbor_get_bytes (&reader, signature, &signature_length) || signature_length != crypto_sign_BYTES
      || !kip_cbor_at_end (&reader))
    return NULL;
  return g_bytes_new_from_bytes (body, (gsize) (payload - start), length);
}

gboolean
kip_frame_is_signed_by (const char   *word,
                        GBytes       *payload,
                        const guint8 *signature,
                        const guint8 *public_key)
{
  g_autoptr (GBytes) all = signed_bytes (word, g_bytes_get_data (payload, NULL), g_bytes_get_size (payload));

  return crypto_sign_verify_detached (signature, g_bytes_get_data (all, NULL), g_bytes_get_size (all), public_key) == 0;
}

char *
kip_frame_get_text (KipCborReader *reader,
                    gsize          max)
{
  const char *text;
  gsize length;

  if (!kip_cbor_get_text (reader, &text, &length) || length > max || memchr (text, 0, length) != NULL)
    return NULL;
  return g_strndup (text, length);
}
