/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-measure.h"

#include <math.h>

static void
swap (gint64 *a,
      gint64 *b)
{
  gint64 kept = *a;

  *a = *b;
  *b = kept;
}

/* Puts the middle one of first, middle and last in the middle. */
static gint64
choose_pivot (gint64 *values,
              guint   low,
              guint   high)
{
  guint middle = low + (high - low) / 2;

  if (values[middle] < values[low])
    swap (&values[middle], &values[low]);
  if (values[high] < values[low])
    swap (&values[high], &values[low]);
  if (values[high] < values[middle])
    swap (&values[high], &values[middle]);
  return values[middle];
}

/* Hoare's quickselect (1961): the element that a full sort would put at @k. */
static gint64
nth_element (gint64 *values,
             guint   n,
             guint   k)
{
  guint low = 0, high = n - 1;

  while (low < high)
    {
      gint64 pivot = choose_pivot (values, low, high);
      gint64 i = low, j = high;

      while (i <= j)
        {
          while (values[i] < pivot)
            i++;
          while (values[j] > pivot)
            j--;
          if (i <= j)
            swap (&values[i++], &values[j--]);
        }
      if ((gint64) k <= j)
        high = (guint) j;
      else if ((gint64) k >= i)
        low = (guint) i;
      else
        break;
    }
  return values[k];
}

double
kip_percentile (GArray *values,
                int     percent)
{
  gint64 *data = values != NULL ? (gint64 *) (gpointer) values->data : NULL;
  guint n = values != NULL ? values->len : 0;
  guint rank;

  if (n == 0)
    return NAN;
  if (percent == 50 && n % 2 == 0)
    return ((double) nth_element (data, n, n / 2 - 1) + (double) nth_element (data, n, n / 2)) / 2;
  rank = (guint) (((guint64) n * (guint) percent + 99) / 100);
  return (double) nth_element (data, n, MAX (rank, 1) - 1);
}
