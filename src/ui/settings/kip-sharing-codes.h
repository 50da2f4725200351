/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-session.h"
#include "kip-sync.h"

G_BEGIN_DECLS

/* Join codes for further computers: a group of the sharing page. */
#define KIP_TYPE_SHARING_CODES (kip_sharing_codes_get_type ())
G_DECLARE_FINAL_TYPE (KipSharingCodes, kip_sharing_codes, KIP, SHARING_CODES, AdwPreferencesGroup)

void kip_sharing_codes_set (KipSharingCodes *self,
                            KipStore        *store,
                            KipSync         *sync);

G_END_DECLS
