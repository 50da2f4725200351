/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-session.h"
#include "kip-sync.h"

G_BEGIN_DECLS

/* The computers of the office, those that are out below, with a button for whoever may remove them: a group of the sharing page. */
#define KIP_TYPE_SHARING_MEMBERS (kip_sharing_members_get_type ())
G_DECLARE_FINAL_TYPE (KipSharingMembers, kip_sharing_members, KIP, SHARING_MEMBERS, AdwPreferencesGroup)

void kip_sharing_members_show (KipSharingMembers *self,
                               KipStore          *store,
                               KipSync           *sync,
                               gboolean           may); /* whether the person here removes some */

G_END_DECLS
