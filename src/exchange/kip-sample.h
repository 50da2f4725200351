/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-store.h"

G_BEGIN_DECLS

/* Fills an office that was just made with a lively sample in its language: 40 people in their
 * departments, about 400 tickets of the three months before now, with conversations,
 * pauses, breaches, reopenings, surveys and work logs, some due within the hour.  The same
 * clock gives the same sample.  All of it is one batch.  Blocks; for worker threads and kipctl. */
gboolean kip_sample_fill (KipStore     *store,
                          KipProgress   progress, /* (nullable) */
                          gpointer      data,
                          GCancellable *cancellable,
                          GError      **error);

/* The same in a thread; @progress is called in the calling thread's main context. */
void     kip_sample_fill_async (KipStore           *store,
                                KipProgress         progress, /* (nullable) */
                                gpointer            progress_data,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            data);
gboolean kip_sample_fill_finish (KipStore     *store,
                                 GAsyncResult *result,
                                 GError      **error);

G_END_DECLS
