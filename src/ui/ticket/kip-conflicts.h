/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-case-widget.h"

G_BEGIN_DECLS

/* Shown while two people have written different values into one field of the
 * ticket: every value with who and when, one click picks.  Hidden otherwise. */
#define KIP_TYPE_CONFLICTS (kip_conflicts_get_type ())
G_DECLARE_FINAL_TYPE (KipConflicts, kip_conflicts, KIP, CONFLICTS, KipCaseWidget)

G_END_DECLS
