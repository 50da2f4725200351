/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-store.h"

G_BEGIN_DECLS

/* @ticket: whole, with those merged into it; borrowed for the call. */
typedef void (*KipTicketFunc) (const KipTicket *ticket,
                               gpointer         data);

/* Folds the tickets that count in figures, one after the other, and hands them to
 * @func: all of them, or those of @ids (nullable, of KipId) that count.  All are seen
 * as at one moment.  Waits for the disk: for worker threads and kipctl. */
gboolean kip_store_each_ticket (KipStore     *store,
                                const GArray *ids,
                                KipTicketFunc func,
                                gpointer      data,
                                GCancellable *cancellable,
                                GError      **error);

/* Runs @func in a thread of the store: closing the store waits until it has returned.
 * Only while the store is open; main thread. */
void kip_store_run (KipStore       *store,
                    GTask          *task,
                    GTaskThreadFunc func);

G_END_DECLS
