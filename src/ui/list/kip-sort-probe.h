/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Which header of a column view was clicked last, and which way: what newer GTK
 * tells and GTK 4.8 does not.  The view's sorter is asked to compare two things
 * that no list holds; each column's own sorter answers only when it is its turn,
 * so whoever is called first is the one, and the answer's sign is the direction. */

/* Gives @column a sorter; before it is appended. */
void kip_sort_probe_prepare (GtkColumnViewColumn *column);

/* The column that @view is sorted by first; NULL when by none. Borrowed. */
GtkColumnViewColumn *kip_sort_probe_find (GtkColumnView *view,
                                          gboolean      *descending);

G_END_DECLS
