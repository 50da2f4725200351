/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-parallel.h"

#define MOST_THREADS 4

typedef struct
{
  guint           n;
  guint           piece;
  guint           n_pieces;
  gint            next;  /* (atomic) piece to be taken */
  KipParallelFunc func;
  gpointer        data;
  GCancellable   *cancellable;
} Work;

static gpointer
take_pieces (gpointer data)
{
  Work *work = data;

  while (!g_cancellable_is_cancelled (work->cancellable))
    {
      guint piece = (guint) g_atomic_int_add (&work->next, 1);
      guint from = piece * work->piece;

      if (piece >= work->n_pieces)
        break;
      work->func (from, MIN (from + work->piece, work->n), work->data);
    }
  return NULL;
}

gboolean
kip_parallel (guint           n,
              guint           piece,
              KipParallelFunc func,
              gpointer        data,
              GCancellable   *cancellable)
{
  Work work = { n, piece, (n + piece - 1) / piece, 0, func, data, cancellable };
  GThread *helpers[MOST_THREADS - 1] = { NULL };
  guint n_helpers = MIN (MIN (g_get_num_processors (), MOST_THREADS), MAX (work.n_pieces, 1)) - 1;

  for (guint i = 0; i < n_helpers; i++)
    helpers[i] = g_thread_new ("kip-parallel", take_pieces, &work);
  take_pieces (&work);
  for (guint i = 0; i < n_helpers; i++)
    g_thread_join (helpers[i]);
  return !g_cancellable_is_cancelled (cancellable);
}
