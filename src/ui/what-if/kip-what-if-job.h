/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-what-if.h"

G_BEGIN_DECLS

/* What-if questions, answered in threads. */

/* How far reading has come, for a progress bar: set by threads, read by the window.
 * Reference counted. */
typedef struct
{
  gatomicrefcount refs;
  gint permille; /* (atomic) */
} KipWhatIfMeter;

KipWhatIfMeter *kip_what_if_meter_new (void);
void            kip_what_if_meter_unref (KipWhatIfMeter *meter);

/* @past: (nullable) what was read before, of which the tickets of @changed (of KipId) are
 * read again; NULL: @query (nullable) and @range say what to read. */
void       kip_what_if_ask_async (KipStore           *store,
                                  KipWhatIfPast      *past,
                                  const GArray       *changed,
                                  const KipQuery     *query,
                                  const KipRange     *range,
                                  const KipScenario  *scenario,
                                  KipWhatIfMeter     *meter,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            data);
KipWhatIf *kip_what_if_ask_finish (KipStore     *store,
                                   GAsyncResult *result,
                                   GError      **error);

/* (transfer full) GArray of KipSuggestion */
void    kip_what_if_suggest_async (KipStore           *store,
                                   KipWhatIfPast      *past,
                                   const KipScenario  *scenario,
                                   int                 percent,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            data);
GArray *kip_what_if_suggest_finish (KipStore     *store,
                                    GAsyncResult *result,
                                    GError      **error);

G_END_DECLS
