/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-book.h"
#include "kip-pending.h"
#include "kip-row.h"

G_BEGIN_DECLS

/* Computes tickets in a thread of its own while the writer's thread writes those before:
 * of an import either takes as long as the other. */
typedef struct _KipAhead KipAhead;

/* @tickets: of KipPending, new or changed, in the order in which they are taken; none of them
 * merged.  Nobody else may fold them until it is left.  Both borrowed. */
KipAhead *kip_ahead_new (KipBook   *book,
                         GPtrArray *tickets);

/* What is to be written of the ticket that comes next, as soon as it is there.  NULL:
 * nothing counts of it, so that it is to be computed otherwise.  Borrowed. */
const KipComputed *kip_ahead_take (KipAhead *ahead);

/* Whether all was taken or not; waits until nothing more is computed.  It goes away then. */
void kip_ahead_leave (KipAhead *ahead);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipAhead, kip_ahead_leave)

G_END_DECLS
