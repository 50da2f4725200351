/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-bytes-private.h"

#include <sodium.h>

typedef struct
{
  gsize length;
  guint8 data[];
} Secret;

static void
secret_free (gpointer data)
{
  Secret *secret = data;

  sodium_memzero (secret->data, secret->length);
  g_free (secret);
}

GBytes *
kip_secret_bytes_new (gconstpointer data,
                      gsize         length)
{
  Secret *secret = g_malloc (sizeof *secret + length);

  secret->length = length;
  if (length > 0)
    memcpy (secret->data, data, length);
  return g_bytes_new_with_free_func (secret->data, length, secret_free, secret);
}

void
kip_secret_array_free (GByteArray *array)
{
  if (array->len > 0)
    sodium_memzero (array->data, array->len);
  g_byte_array_unref (array);
}
