/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-period.h"

G_BEGIN_DECLS

/* The span of time: the one before, a choice of usual ones or any two days, the one after.
 *
 * Signal "changed" (). */
#define KIP_TYPE_RANGE_BUTTON (kip_range_button_get_type ())
G_DECLARE_FINAL_TYPE (KipRangeButton, kip_range_button, KIP, RANGE_BUTTON, GtkWidget)

/* Days are those of @zone.  Begins with the last 30 days. */
void     kip_range_button_set_zone (KipRangeButton *self,
                                    GTimeZone      *zone);
void     kip_range_button_set_range (KipRangeButton *self,
                                     const KipRange *range);
KipRange kip_range_button_get_range (KipRangeButton *self);

G_END_DECLS
