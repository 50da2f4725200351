/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-bits.h"
#include "kip-fact-table.h"
#include "kip-store.h"

G_BEGIN_DECLS

/* The facts of the tickets that count, as they were computed when the tickets changed:
 * all of them, those of @ids (nullable, of KipId), or, with @since other than
 * KIP_INSTANT_NONE, no others than can count from then on: what is open, and what
 * anything happened to.  All are seen as at one moment.  Waits for the disk: for
 * worker threads and kipctl.  (transfer full) */
KipFactTable *kip_store_facts (KipStore     *store,
                               KipInstant    since,
                               const GArray *ids,
                               GCancellable *cancellable,
                               GError      **error);

/* Which tickets @query (nullable: every counted one) selects, by their slots, without
 * an order: faster than a list.  Waits for the disk.  (transfer full) */
KipBits *kip_store_select (KipStore       *store,
                           const KipQuery *query,
                           KipInstant      now,
                           GCancellable   *cancellable,
                           GError        **error);

G_END_DECLS
