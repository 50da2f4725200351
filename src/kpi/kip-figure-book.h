/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-measure.h"

G_BEGIN_DECLS

/* The figures that tiles and charts of one study share: each is computed once, together
 * with those that are sure to be asked for beside it, as the tickets are looked at anyway.
 * Threads: any; who asks for what another thread is computing waits for it. */
typedef struct _KipFigureBook KipFigureBook;

/* @scope: of its range and the one before; borrowed. */
KipFigureBook *kip_figure_book_new (const KipScope *scope);
void           kip_figure_book_free (KipFigureBook *book);

/* Which charts over time will be asked for, so that it is computed beside the rest; before
 * the first question. */
void kip_figure_book_expect (KipFigureBook *book,
                             KipBy          by,
                             gboolean       compare);

/* As kip_measure_compute (); @before: of the range before.  @scope: that of the book, or
 * the same tickets with other times, of which nothing is kept.  (transfer full): shared, not
 * to be changed. */
GArray *kip_figure_book_get (KipFigureBook  *book,
                             const KipScope *scope,
                             KipMeasure      measure,
                             KipBy           by,
                             gboolean        before);

G_END_DECLS
