/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-ticket.h"

G_BEGIN_DECLS

/* Impact × urgency as a table of the priorities that the office gives them; one
 * click sets both.  Below it a priority of one's own choice, with a reason.
 *
 * Signals:
 * "levels" (int impact, int urgency): a cell was chosen.
 * "override" (int priority, const char *reason): reason is never empty.
 * "back" (): the override is taken back, the matrix decides again. */
#define KIP_TYPE_PRIORITY_POPOVER (kip_priority_popover_get_type ())
G_DECLARE_FINAL_TYPE (KipPriorityPopover, kip_priority_popover, KIP, PRIORITY_POPOVER, GtkPopover)

/* @ticket: (nullable) none is marked then, and there is no override. */
void kip_priority_popover_show (KipPriorityPopover *self,
                                const KipMatrix    *matrix,
                                const KipTicket    *ticket);

/* Marks a cell. */
void kip_priority_popover_set_levels (KipPriorityPopover *self,
                                      int                 impact,
                                      int                 urgency);

G_END_DECLS
