/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-fact-table.h"
#include "kip-period.h"

G_BEGIN_DECLS

/* What came and what stayed open on the whole days before today, at most KIP_HISTORY_DAYS of
 * them: kept up to date ticket by ticket, so that a million are gone over once. */
#define KIP_HISTORY_DAYS 730

typedef struct
{
  KipInstant today;    /* the midnight that today begins with */
  KipInstant first;    /* the first ticket that was received; today: none before */
  gboolean   is_stale; /* it no longer knows which one was first: make a new one */
  guint      n;        /* days */
  GArray    *cuts;     /* (owned) of KipInstant: midnights, n + 1 of them */
  guint     *arrivals; /* (owned) received on each day */
  int       *steps;    /* (owned) how many more were open at each midnight than at the one before */
} KipHistory;

/* Of the rows of @table with @mask (nullable: all).  (transfer full) */
KipHistory *kip_history_new (const KipFactTable *table,
                             const guint8       *mask,
                             GTimeZone          *zone,
                             KipInstant          now);
void        kip_history_free (KipHistory *history);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipHistory, kip_history_free)

/* @row came to the table (@sign 1), or is about to leave it (−1). */
void kip_history_change (KipHistory         *history,
                         const KipFactTable *table,
                         guint               row,
                         int                 sign);

/* Whether it is of today's @now still. */
gboolean kip_history_fits (const KipHistory *history,
                           GTimeZone        *zone,
                           KipInstant        now);

G_END_DECLS
