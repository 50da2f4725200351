/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-coverage.h"

#include "kip-cbor.h"

/* From @first to @last, both covered. */
typedef struct
{
  guint64 first, last;
} Stretch;

struct _KipCoverage
{
  GTree *devices; /* (owned) device → GArray of Stretch, rising, never touching */
};

static int
compare_devices (gconstpointer a,
                 gconstpointer b,
                 gpointer      data)
{
  guint x = GPOINTER_TO_UINT (a), y = GPOINTER_TO_UINT (b);

  return (x > y) - (x < y);
}

KipCoverage *
kip_coverage_new (void)
{
  KipCoverage *coverage = g_new0 (KipCoverage, 1);

  coverage->devices = g_tree_new_full (compare_devices, NULL, NULL, (GDestroyNotify) g_array_unref);
  return coverage;
}

void
kip_coverage_free (KipCoverage *coverage)
{
  g_tree_unref (coverage->devices);
  g_free (coverage);
}

void
kip_coverage_clear (KipCoverage *coverage)
{
  g_tree_remove_all (coverage->devices);
}

static GArray *
find (KipCoverage *coverage,
      guint32      device)
{
  return g_tree_lookup (coverage->devices, GUINT_TO_POINTER (device));
}

static GArray *
ensure (KipCoverage *coverage,
        guint32      device)
{
  GArray *stretches = find (coverage, device);

  if (stretches != NULL)
    return stretches;
  stretches = g_array_new (FALSE, FALSE, sizeof (Stretch));
  g_tree_insert (coverage->devices, GUINT_TO_POINTER (device), stretches);
  return stretches;
}

#define STRETCH(array, i) g_array_index (array, Stretch, i)

/* The first stretch that ends at @seq - 1 or later; most often the last one. */
static guint
find_place (GArray *stretches,
            guint64 seq)
{
  guint i = stretches->len;

  while (i > 0 && STRETCH (stretches, i - 1).last + 1 >= seq)
    i--;
  return i;
}

static void
join_next (GArray *stretches,
           guint   i)
{
  if (i + 1 >= stretches->len || STRETCH (stretches, i).last + 1 < STRETCH (stretches, i + 1).first)
    return;
  STRETCH (stretches, i).last = MAX (STRETCH (stretches, i).last, STRETCH (stretches, i + 1).last);
  g_array_remove_index (stretches, i + 1);
}

void
kip_coverage_add (KipCoverage *coverage,
                  guint32      device,
                  guint64      seq)
{
  GArray *stretches = ensure (coverage, device);
  guint i = find_place (stretches, seq);
  Stretch alone = { seq, seq };

  if (i == stretches->len || STRETCH (stretches, i).first > seq + 1)
    {
      g_array_insert_val (stretches, i, alone);
      return;
    }
  STRETCH (stretches, i).first = MIN (STRETCH (stretches, i).first, seq);
  STRETCH (stretches, i).last = MAX (STRETCH (stretches, i).last, seq);
  join_next (stretches, i);
}

void
kip_coverage_add_up_to (KipCoverage *coverage,
                        guint32      device,
                        guint64      seq)
{
  GArray *stretches = ensure (coverage, device);
  Stretch all = { 1, seq };

  if (seq == 0)
    return;
  while (stretches->len > 0 && STRETCH (stretches, 0).first <= seq + 1)
    {
      all.last = MAX (all.last, STRETCH (stretches, 0).last);
      g_array_remove_index (stretches, 0);
    }
  g_array_prepend_val (stretches, all);
}

static gboolean
count_one (gpointer key,
           gpointer value,
           gpointer data)
{
  GArray *stretches = value;
  guint64 *n = data;

  for (guint i = 0; i < stretches->len; i++)
    *n += STRETCH (stretches, i).last - STRETCH (stretches, i).first + 1;
  return FALSE;
}

guint64
kip_coverage_count (KipCoverage *coverage)
{
  guint64 n = 0;

  g_tree_foreach (coverage->devices, count_one, &n);
  return n;
}

gboolean
kip_coverage_has (KipCoverage *coverage,
                  guint32      device,
                  guint64      seq)
{
  GArray *stretches = find (coverage, device);

  for (guint i = 0; stretches != NULL && i < stretches->len; i++)
    if (STRETCH (stretches, i).first <= seq && seq <= STRETCH (stretches, i).last)
      return TRUE;
  return FALSE;
}

guint64
kip_coverage_up_to (KipCoverage *coverage,
                    guint32      device)
{
  GArray *stretches = find (coverage, device);

  return stretches != NULL && stretches->len > 0 && STRETCH (stretches, 0).first == 1 ? STRETCH (stretches, 0).last : 0;
}

guint64
kip_coverage_last (KipCoverage *coverage,
                   guint32      device)
{
  GArray *stretches = find (coverage, device);

  return stretches != NULL && stretches->len > 0 ? STRETCH (stretches, stretches->len - 1).last : 0;
}

/* ---- keeping: a list of [device, first, last, first, last, …] ---- */

static gboolean
encode_one (gpointer key,
            gpointer value,
            gpointer data)
{
  GByteArray *out = data;
  GArray *stretches = value;

  kip_cbor_put_list (out, 1 + 2 * stretches->len);
  kip_cbor_put_int (out, GPOINTER_TO_UINT (key));
  for (guint i = 0; i < stretches->len; i++)
    {
      kip_cbor_put_int (out, (gint64) STRETCH (stretches, i).first);
      kip_cbor_put_int (out, (gint64) STRETCH (stretches, i).last);
    }
  return FALSE;
}

void
kip_coverage_encode (KipCoverage *coverage,
                     GByteArray  *out)
{
  kip_cbor_put_list (out, (guint) g_tree_nnodes (coverage->devices));
  g_tree_foreach (coverage->devices, encode_one, out);
}

static gboolean
decode_one (KipCoverage   *coverage,
            KipCborReader *reader)
{
  guint64 device, last = 0;
  GArray *stretches;
  guint n;

  if (!kip_cbor_get_list (reader, &n) || n % 2 != 1 || !kip_cbor_get_uint (reader, &device) || device > G_MAXUINT32
      || find (coverage, (guint32) device) != NULL)
    return FALSE;
  stretches = ensure (coverage, (guint32) device);
  for (guint i = 0; i < n / 2; i++)
    {
      Stretch stretch;

      if (!kip_cbor_get_uint (reader, &stretch.first) || !kip_cbor_get_uint (reader, &stretch.last)
          || stretch.first <= last || stretch.last < stretch.first)
        return FALSE;
      last = stretch.last + 1;
      g_array_append_val (stretches, stretch);
    }
  return TRUE;
}

gboolean
kip_coverage_decode (KipCoverage  *coverage,
                     gconstpointer data,
                     gsize         length)
{
  KipCborReader reader;
  gboolean ok;
  guint n;

  kip_coverage_clear (coverage);
  kip_cbor_reader_init (&reader, data, length);
  ok = kip_cbor_get_list (&reader, &n);
  for (guint i = 0; ok && i < n; i++)
    ok = decode_one (coverage, &reader);
  ok = ok && kip_cbor_at_end (&reader);
  if (!ok)
    kip_coverage_clear (coverage);
  return ok;
}
