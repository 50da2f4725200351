/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-session.h"
#include "kip-sync.h"

G_BEGIN_DECLS

/* How large the shared file is, and what makes it smaller: a row of the sharing page. */
#define KIP_TYPE_SHARING_SIZE (kip_sharing_size_get_type ())
G_DECLARE_FINAL_TYPE (KipSharingSize, kip_sharing_size, KIP, SHARING_SIZE, AdwActionRow)

/* @may: the file can be written anew from here. */
void kip_sharing_size_show (KipSharingSize      *self,
                            KipSync             *sync,
                            const KipSyncStatus *status,
                            gboolean             may);

G_END_DECLS
