/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A set of small numbers (slots of tickets): one bit each. */
typedef struct
{
  guint64 *words; /* (owned) */
  guint64  n;     /* numbers below n can be in it */
  guint64  count;
} KipBits;

KipBits *kip_bits_new (guint64 n);
void     kip_bits_free (KipBits *bits);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipBits, kip_bits_free)

static inline gboolean
kip_bits_has (const KipBits *bits,
              guint64        number)
{
  return number < bits->n && (bits->words[number / 64] >> (number % 64) & 1) != 0;
}

void    kip_bits_add (KipBits *bits,
                      guint64  number); /* one that is too large is left out */
void    kip_bits_keep (KipBits       *bits,
                       const KipBits *others); /* what is in both stays */
void    kip_bits_drop (KipBits       *bits,
                       const KipBits *others); /* what is in the others goes */
guint64 kip_bits_first (const KipBits *bits); /* the smallest; n when empty */

G_END_DECLS
