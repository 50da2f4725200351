/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-crc32c.h"

#include "kip-bytes-private.h"

/* The polynomial with its bits turned round. */
#define POLYNOMIAL 0x82f63b78u

/* tables[k][b]: what the byte b adds to the remainder when k more bytes follow it
 * (Kounavis and Berry, "A systematic approach to building high performance,
 * software-based, CRC generators", 2005: eight bytes in one step). */
static guint32 tables[8][256];

static void
fill_tables (void)
{
  for (guint byte = 0; byte < 256; byte++)
    {
      guint32 rest = byte;

      for (guint bit = 0; bit < 8; bit++)
        rest = rest >> 1 ^ ((rest & 1) != 0 ? POLYNOMIAL : 0);
      tables[0][byte] = rest;
    }
  for (guint k = 1; k < 8; k++)
    for (guint byte = 0; byte < 256; byte++)
      tables[k][byte] = tables[k - 1][byte] >> 8 ^ tables[0][tables[k - 1][byte] & 0xff];
}

static void
ensure_tables (void)
{
  static gsize is_filled;

  if (g_once_init_enter (&is_filled))
    {
      fill_tables ();
      g_once_init_leave (&is_filled, 1);
    }
}

static guint32
add_eight (guint32       crc,
           const guint8 *at)
{
  guint32 low = kip_get_u32 (at) ^ crc, high = kip_get_u32 (at + 4);

  return tables[7][low & 0xff] ^ tables[6][low >> 8 & 0xff] ^ tables[5][low >> 16 & 0xff] ^ tables[4][low >> 24]
         ^ tables[3][high & 0xff] ^ tables[2][high >> 8 & 0xff] ^ tables[1][high >> 16 & 0xff] ^ tables[0][high >> 24];
}

guint32
kip_crc32c_by_tables (gconstpointer data,
                      gsize         length)
{
  const guint8 *at = data;
  guint32 crc = 0xffffffffu;

  ensure_tables ();
  for (; length >= 8; length -= 8, at += 8)
    crc = add_eight (crc, at);
  for (; length > 0; length--, at++)
    crc = crc >> 8 ^ tables[0][(crc ^ *at) & 0xff];
  return ~crc;
}

#if defined (__x86_64__)

__attribute__ ((target ("sse4.2"))) static guint32
by_instruction (gconstpointer data,
                gsize         length)
{
  const guint8 *at = data;
  guint64 crc = 0xffffffffu;

  for (; length >= 8; length -= 8, at += 8)
    {
      guint64 eight;

      memcpy (&eight, at, sizeof eight);
      crc = __builtin_ia32_crc32di (crc, eight);
    }
  for (; length > 0; length--, at++)
    crc = __builtin_ia32_crc32qi ((guint32) crc, *at);
  return ~(guint32) crc;
}

guint32
kip_crc32c (gconstpointer data,
            gsize         length)
{
  if (__builtin_cpu_supports ("sse4.2"))
    return by_instruction (data, length);
  return kip_crc32c_by_tables (data, length);
}

#else

guint32
kip_crc32c (gconstpointer data,
            gsize         length)
{
  return kip_crc32c_by_tables (data, length);
}

#endif
