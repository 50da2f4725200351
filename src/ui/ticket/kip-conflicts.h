/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-case-widget.h"

G_BEGIN_DECLS

/* Shown while two people have written different values into fields of the ticket: a
 * group for each field, and buttons to keep all that one of them wrote.  Hidden otherwise. */
#define KIP_TYPE_CONFLICTS (kip_conflicts_get_type ())
G_DECLARE_FINAL_TYPE (KipConflicts, kip_conflicts, KIP, CONFLICTS, KipCaseWidget)

/* Puts the keyboard on the first conflict, or the one after that on which it is. */
void kip_conflicts_focus_next (KipConflicts *self);

G_END_DECLS
