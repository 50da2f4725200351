/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-fact-table.h"
#include "kip-query-plan.h"

G_BEGIN_DECLS

/* Which rows of @table a plan selects, found in memory: where it asks for nothing but
 * people, teams, categories, things, priorities, channels, numbers and when a ticket was
 * received.  The same as the store finds, without the disk.  NULL: it asks for more.
 * (transfer full) one byte a row */
guint8 *kip_fact_filter (const KipFactTable *table,
                         const KipQueryPlan *plan);

G_END_DECLS
