/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-case-widget.h"

G_BEGIN_DECLS

/* Stands beside the value of a field, and is seen only while two people have written different
 * ones: says what and by whom, and opens the choice.  Property "field" (KipField); the mark of the
 * priority also stands for impact and urgency. */
#define KIP_TYPE_CONFLICT_MARK (kip_conflict_mark_get_type ())
G_DECLARE_FINAL_TYPE (KipConflictMark, kip_conflict_mark, KIP, CONFLICT_MARK, KipCaseWidget)

GtkWidget *kip_conflict_mark_new (KipField field);

G_END_DECLS
