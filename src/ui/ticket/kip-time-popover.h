/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-instant.h"

G_BEGIN_DECLS

/* Picks a moment in this machine's zone: a month to click in, and a date and a
 * time that can be typed.
 *
 * Signals:
 * "picked" (gint64 instant): a person chose it; the popover has closed.
 * "cleared" (): "None" was pressed; only with the property "clearable". */
#define KIP_TYPE_TIME_POPOVER (kip_time_popover_get_type ())
G_DECLARE_FINAL_TYPE (KipTimePopover, kip_time_popover, KIP, TIME_POPOVER, GtkPopover)

/* What it begins with; KIP_INSTANT_NONE: the next full hour. */
void kip_time_popover_set_instant (KipTimePopover *self,
                                   KipInstant      at);
void kip_time_popover_set_clearable (KipTimePopover *self,
                                     gboolean        clearable);

G_END_DECLS
