/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-sync.h"

G_BEGIN_DECLS

/* What opens the shared file: a group of the sharing page with the passphrase, the key and the recovery code. */
#define KIP_TYPE_SHARING_KEYS (kip_sharing_keys_get_type ())
G_DECLARE_FINAL_TYPE (KipSharingKeys, kip_sharing_keys, KIP, SHARING_KEYS, AdwPreferencesGroup)

/* @may: whether the person at this machine decides on keys; otherwise the group says who does. */
void kip_sharing_keys_show (KipSharingKeys      *self,
                            KipSync             *sync,
                            const KipSyncStatus *status,
                            gboolean             may);

G_END_DECLS
