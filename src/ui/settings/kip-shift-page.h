/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-date.h"

G_BEGIN_DECLS

/* One date with hours of its own, or off.
 *
 * Signals:
 * "added" (KipDay, GArray of KipHours, const char *name) */
#define KIP_TYPE_SHIFT_PAGE (kip_shift_page_get_type ())
G_DECLARE_FINAL_TYPE (KipShiftPage, kip_shift_page, KIP, SHIFT_PAGE, AdwBin)

GtkWidget *kip_shift_page_new (void);

G_END_DECLS
