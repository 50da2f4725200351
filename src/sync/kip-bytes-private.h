/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/* Numbers in the shared file, little-endian, at any alignment. */

static inline void
kip_put_u16 (guint8 *at,
             guint16 number)
{
  number = GUINT16_TO_LE (number);
  memcpy (at, &number, sizeof number);
}

static inline void
kip_put_u32 (guint8 *at,
             guint32 number)
{
  number = GUINT32_TO_LE (number);
  memcpy (at, &number, sizeof number);
}

static inline guint16
kip_get_u16 (const guint8 *at)
{
  guint16 number;

  memcpy (&number, at, sizeof number);
  return GUINT16_FROM_LE (number);
}

static inline guint32
kip_get_u32 (const guint8 *at)
{
  guint32 number;

  memcpy (&number, at, sizeof number);
  return GUINT32_FROM_LE (number);
}

/* A copy that is wiped when the last reference goes. */
GBytes *kip_secret_bytes_new (gconstpointer data,
                              gsize         length);

/* Wipes what an array holds, then frees it. */
void kip_secret_array_free (GByteArray *array);

G_END_DECLS
