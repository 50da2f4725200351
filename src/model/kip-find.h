/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-store.h"

G_BEGIN_DECLS

/* kip_store_find_number() off the main thread.  KIP_ID_NONE and NOT_FOUND. */
void  kip_find_number_async (KipStore           *store,
                             const char         *text,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            data);
KipId kip_find_number_finish (KipStore     *store,
                              GAsyncResult *result,
                              GError      **error);

/* kip_store_excerpt() of many tickets off the main thread; where the subject shows
 * the words, how the description begins.  NULL: no such ticket.
 * (transfer full) GPtrArray of texts (nullable), in the order of @ids. */
void       kip_find_excerpts_async (KipStore           *store,
                                    const KipQuery     *query,
                                    GArray             *ids, /* of KipId */
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer            data);
GPtrArray *kip_find_excerpts_finish (KipStore     *store,
                                     GAsyncResult *result,
                                     GError      **error);

G_END_DECLS
