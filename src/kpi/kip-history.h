/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-measure.h"

G_BEGIN_DECLS

/* What came and what stayed open on the whole days before today, at most KIP_HISTORY_DAYS of
 * them. */
#define KIP_HISTORY_DAYS 730

typedef struct
{
  KipInstant today;    /* the midnight that today begins with */
  guint      n;        /* days */
  GArray    *cuts;     /* (owned) of KipInstant: midnights, n + 1 of them */
  guint     *arrivals; /* (owned) received on each day */
  int       *steps;    /* (owned) how many more were open at each midnight than at the one before */
} KipHistory;

/* Of the tickets of @scope (its range does not matter).  (transfer full) */
KipHistory *kip_history_new (const KipScope *scope);
void        kip_history_free (KipHistory *history);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipHistory, kip_history_free)

G_END_DECLS
