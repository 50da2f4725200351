/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-case.h"

G_BEGIN_DECLS

/* "Why this deadline?": segment by segment what was counted, what was skipped and
 * for which reason, who paused, the sum, and the policy that rules.  Opens a
 * window over that of @widget. */
void kip_why_present (GtkWidget   *widget,
                      KipCase     *kase,
                      KipClockKind kind);

G_END_DECLS
