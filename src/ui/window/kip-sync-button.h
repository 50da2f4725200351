/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-sync.h"

G_BEGIN_DECLS

/* Says in a few words whether what is here is with the others too, and in a popover more of it. */
#define KIP_TYPE_SYNC_BUTTON (kip_sync_button_get_type ())
G_DECLARE_FINAL_TYPE (KipSyncButton, kip_sync_button, KIP, SYNC_BUTTON, AdwBin)

/* @sync (nullable): no office is open. */
void kip_sync_button_set_sync (KipSyncButton *button,
                               KipSync       *sync);

/* As an icon, where there is little room; none where nothing is shared. */
void kip_sync_button_set_compact (KipSyncButton *button,
                                  gboolean       compact);

G_END_DECLS
