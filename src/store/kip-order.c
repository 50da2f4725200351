/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-list.h"

#include <string.h>

/* Sorts by one byte after another, from the last to the first, each pass keeping
 * the order of the ones before: so many rows are sorted quicker than by comparing
 * them two by two.  Bytes that are the same everywhere are passed over. */

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const KipOrdered *x = a, *y = b;

  if (x->keys[0] != y->keys[0])
    return x->keys[0] < y->keys[0] ? -1 : 1;
  if (x->keys[1] != y->keys[1])
    return x->keys[1] < y->keys[1] ? -1 : 1;
  return (x->id > y->id) - (x->id < y->id);
}

static gboolean
is_sorted (GArray *items)
{
  for (guint i = 1; i < items->len; i++)
    if (compare (&g_array_index (items, KipOrdered, i - 1), &g_array_index (items, KipOrdered, i)) > 0)
      return FALSE;
  return TRUE;
}

/* TRUE when all that have one first key stand together in order, as an index gives them. */
static gboolean
is_sorted_in_groups (GArray *items)
{
  for (guint i = 1; i < items->len; i++)
    {
      const KipOrdered *a = &g_array_index (items, KipOrdered, i - 1), *b = &g_array_index (items, KipOrdered, i);

      if (a->keys[0] == b->keys[0] && compare (a, b) > 0)
        return FALSE;
    }
  return TRUE;
}

/* Word 0 is the id, 1 the second key, 2 the first; negative numbers come first. */
static inline guint64
word_of (const KipOrdered *item,
         guint             word)
{
  if (word == 0)
    return item->id;
  return (guint64) item->keys[2 - word] ^ (G_GUINT64_CONSTANT (1) << 63);
}

static guint64
varying_bits (const KipOrdered *items,
              guint             n,
              guint             word)
{
  guint64 first = word_of (&items[0], word), varying = 0;

  for (guint i = 1; i < n; i++)
    varying |= word_of (&items[i], word) ^ first;
  return varying;
}

static void
sort_by_byte (const KipOrdered *from,
              KipOrdered       *to,
              guint             n,
              guint             word,
              guint             shift)
{
  guint places[256] = { 0 }, sum = 0;

  for (guint i = 0; i < n; i++)
    places[word_of (&from[i], word) >> shift & 0xff]++;
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      guint count = places[i];

      places[i] = sum;
      sum += count;
    }
  for (guint i = 0; i < n; i++)
    to[places[word_of (&from[i], word) >> shift & 0xff]++] = from[i];
}

/* From @word on. */
static void
sort_by_bytes (KipOrdered *items,
               KipOrdered *spare,
               guint       n,
               guint       word)
{
  KipOrdered *from = items, *to = spare;

  for (; word < 3; word++)
    {
      guint64 varying = varying_bits (items, n, word);

      for (guint shift = 0; shift < 64; shift += 8)
        {
          KipOrdered *swap = from;

          if ((varying >> shift & 0xff) == 0)
            continue;
          sort_by_byte (from, to, n, word, shift);
          from = to;
          to = swap;
        }
    }
  if (from != items)
    memcpy (items, from, n * sizeof *items);
}

/* Below this, comparing is quicker. */
#define FEW 512

void
kip_order (GArray *items)
{
  KipOrdered *all = (KipOrdered *) (gpointer) items->data;
  g_autofree KipOrdered *spare = NULL;

  if (is_sorted (items))
    return;
  if (items->len < FEW)
    {
      g_array_sort (items, compare);
      return;
    }
  spare = g_new (KipOrdered, items->len);
  if (is_sorted_in_groups (items))
    {
      sort_by_bytes (all, spare, items->len, 2);
      if (is_sorted (items))
        return;
    }
  sort_by_bytes (all, spare, items->len, 0);
}
