/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-review-figures.h"

G_BEGIN_DECLS

/* The figures of which days, and whose. */
typedef struct
{
  KipRange range;
  KipId    team, agent;
  gboolean elapsed;
} KipReviewQuestion;

/* Reckoned in a thread of the store from what is there now.  @question is copied. */
void kip_review_figures_async (KipStore                *store,
                               const KipReviewQuestion *question,
                               GCancellable            *cancellable,
                               GAsyncReadyCallback      callback,
                               gpointer                 data);

/* (transfer full) GArray of KipReviewFigure */
GArray *kip_review_figures_finish (GAsyncResult *result,
                                   GError      **error);

G_END_DECLS
