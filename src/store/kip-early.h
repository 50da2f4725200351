/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-members.h"
#include "kip-raw-change.h"

G_BEGIN_DECLS

/* The newest tickets of an office that is just coming in: what was said of them, before the log has come that far.  The log
 * takes change-sets in the order of their machines, so that one signature vouches for a run; who joins wants to see first what
 * was written last.  Nothing of this is kept: it is looked at beside the log, and left out again when all of that is here.
 * Immutable, reference counted. */
typedef struct _KipEarly KipEarly;

/* Of @changes (of KipRawChange) those count that a member of @members has signed, or that stand in the chain before one that
 * it has.  Of tickets those whose beginning is among them, which are whole then: the newest @max of them. */
KipEarly *kip_early_new (GPtrArray  *changes,
                         KipMembers *members,
                         guint       max);
KipEarly *kip_early_ref (KipEarly *early);
void      kip_early_unref (KipEarly *early);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipEarly, kip_early_unref)

/* The newest first; of KipId, borrowed. */
GArray   *kip_early_get_tickets (KipEarly *early);
gboolean  kip_early_has (KipEarly *early,
                         KipId     ticket);

/* Adds to @events (of KipEvent), which the log has of @ticket, what is known beside it. */
void      kip_early_add (KipEarly  *early, /* (nullable) */
                         KipId      ticket,
                         GPtrArray *events);

G_END_DECLS
