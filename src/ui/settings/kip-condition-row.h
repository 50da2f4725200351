/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-store.h"

G_BEGIN_DECLS

/* A search that says which tickets are meant: what is wrong with it is said beneath with
 * a hint, and else how many open tickets it finds.
 *
 * Signals:
 * "changed" (): of GtkEditable, at each key. */
#define KIP_TYPE_CONDITION_ROW (kip_condition_row_get_type ())
G_DECLARE_FINAL_TYPE (KipConditionRow, kip_condition_row, KIP, CONDITION_ROW, AdwBin)

void kip_condition_row_set_store (KipConditionRow *row,
                                  KipStore        *store);
void kip_condition_row_set_title (KipConditionRow *row,
                                  const char      *title);

void  kip_condition_row_set_text (KipConditionRow *row,
                                  const char      *text); /* (nullable) */
char *kip_condition_row_dup_text (KipConditionRow *row); /* (transfer full) "" for every ticket */

/* A sentence; NULL when it can be used.  Borrowed. */
const char *kip_condition_row_get_problem (KipConditionRow *row);

G_END_DECLS
