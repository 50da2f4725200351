/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sort-probe.h"

/* While a probe runs: the column that was called first.  Main thread only. */
static GtkColumnViewColumn *called;

/* The smaller address counts as the lesser one: an order like any other. */
static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      column)
{
  if (called == NULL)
    called = column;
  return a < b ? -1 : a > b;
}

void
kip_sort_probe_prepare (GtkColumnViewColumn *column)
{
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare, column, NULL));

  gtk_column_view_column_set_sorter (column, sorter);
}

GtkColumnViewColumn *
kip_sort_probe_find (GtkColumnView *view,
                     gboolean      *descending)
{
  g_autoptr (GObject) one = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GObject) other = g_object_new (G_TYPE_OBJECT, NULL);
  GObject *low = MIN (one, other);
  GObject *high = MAX (one, other);
  GtkOrdering order;

  called = NULL;
  order = gtk_sorter_compare (gtk_column_view_get_sorter (view), low, high);
  *descending = order == GTK_ORDERING_LARGER;
  return g_steal_pointer (&called);
}
