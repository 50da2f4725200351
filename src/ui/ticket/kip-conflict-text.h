/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-case.h"
#include "kip-conflict.h"

G_BEGIN_DECLS

/* A long text that two people edited in one place: that place as each of them has it, side by
 * side, to take the left, the right or both.  What they changed elsewhere is together already.
 * With the keyboard in a place, 1, 2 and 3 choose; Ctrl+Enter keeps the text. */
#define KIP_TYPE_CONFLICT_TEXT (kip_conflict_text_get_type ())
G_DECLARE_FINAL_TYPE (KipConflictText, kip_conflict_text, KIP, CONFLICT_TEXT, AdwBin)

/* NULL when it is no such text. */
GtkWidget *kip_conflict_text_new (KipCase           *kase,
                                  KipTicket         *ticket,
                                  const KipConflict *conflict);

G_END_DECLS
