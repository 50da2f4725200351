/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-sync.h"

G_BEGIN_DECLS

/* Says in whole sentences whether what is here is with the others too, and offers
 * to see to it now. */
#define KIP_TYPE_SYNC_POPOVER (kip_sync_popover_get_type ())
G_DECLARE_FINAL_TYPE (KipSyncPopover, kip_sync_popover, KIP, SYNC_POPOVER, GtkPopover)

GtkWidget *kip_sync_popover_new (void);

/* @sync (nullable): no office is open. */
void kip_sync_popover_set_sync (KipSyncPopover *popover,
                                KipSync        *sync);

G_END_DECLS
