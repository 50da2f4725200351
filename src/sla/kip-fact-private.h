/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-fact-table.h"

G_BEGIN_DECLS

/* A row whose parts are appended where they stay: @fact gets the long arrays, borrowed. */
void kip_fact_table_begin (KipFactTable *table,
                           KipFact      *fact);

/* Appends it; not @good: takes back what was appended. */
void kip_fact_table_end (KipFactTable *table,
                         KipFact      *fact,
                         gboolean      good);

G_END_DECLS
