/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-bits.h"

KipBits *
kip_bits_new (guint64 n)
{
  KipBits *bits = g_new0 (KipBits, 1);

  bits->n = n;
  bits->words = g_new0 (guint64, n / 64 + 1);
  return bits;
}

void
kip_bits_free (KipBits *bits)
{
  g_free (bits->words);
  g_free (bits);
}

void
kip_bits_add (KipBits *bits,
              guint64  number)
{
  guint64 bit = G_GUINT64_CONSTANT (1) << (number % 64);

  if (number >= bits->n || (bits->words[number / 64] & bit) != 0)
    return;
  bits->words[number / 64] |= bit;
  bits->count++;
}

static void
count_again (KipBits *bits)
{
  bits->count = 0;
  for (guint64 i = 0; i <= bits->n / 64; i++)
    bits->count += (guint64) __builtin_popcountll (bits->words[i]);
}

void
kip_bits_keep (KipBits       *bits,
               const KipBits *others)
{
  for (guint64 i = 0; i <= bits->n / 64; i++)
    bits->words[i] &= i <= others->n / 64 ? others->words[i] : 0;
  count_again (bits);
}

void
kip_bits_drop (KipBits       *bits,
               const KipBits *others)
{
  for (guint64 i = 0; i <= MIN (bits->n, others->n) / 64; i++)
    bits->words[i] &= ~others->words[i];
  count_again (bits);
}

guint64
kip_bits_first (const KipBits *bits)
{
  for (guint64 i = 0; i <= bits->n / 64; i++)
    if (bits->words[i] != 0)
      return i * 64 + (guint) __builtin_ctzll (bits->words[i]);
  return bits->n;
}
