/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-sync.h"

G_BEGIN_DECLS

/* Where the shared file lies: a group of the sharing page, by which it is moved, and found again after somebody else moved it. */
#define KIP_TYPE_SHARING_PLACE (kip_sharing_place_get_type ())
G_DECLARE_FINAL_TYPE (KipSharingPlace, kip_sharing_place, KIP, SHARING_PLACE, AdwPreferencesGroup)

/* @may: whether the person at this machine decides where it lies. */
void kip_sharing_place_show (KipSharingPlace     *self,
                             KipSync             *sync,
                             const KipSyncStatus *status,
                             gboolean             may);

G_END_DECLS
