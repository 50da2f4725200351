/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-case-widget.h"

G_BEGIN_DECLS

/* The card of a ticket's promises: a line for each clock with the share of the
 * target used, its state in words, and "?" for why.  Counts down while shown. */
#define KIP_TYPE_PROMISES (kip_promises_get_type ())
G_DECLARE_FINAL_TYPE (KipPromises, kip_promises, KIP, PROMISES, KipCaseWidget)

/* Opens the explanation of the clock due next. */
void kip_promises_explain (KipPromises *self);

G_END_DECLS
