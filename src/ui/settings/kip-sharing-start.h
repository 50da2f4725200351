/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-session.h"
#include "kip-sync.h"

G_BEGIN_DECLS

/* By which an office begins to be shared: a group of the sharing page. */
#define KIP_TYPE_SHARING_START (kip_sharing_start_get_type ())
G_DECLARE_FINAL_TYPE (KipSharingStart, kip_sharing_start, KIP, SHARING_START, AdwPreferencesGroup)

void kip_sharing_start_set (KipSharingStart *self,
                            KipStore        *store,
                            KipSync         *sync);

G_END_DECLS
