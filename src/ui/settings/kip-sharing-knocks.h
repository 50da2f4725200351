/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-session.h"
#include "kip-sync.h"

G_BEGIN_DECLS

/* Those who know the passphrase and ask to be let in: a group of the sharing page, there only while somebody asks. */
#define KIP_TYPE_SHARING_KNOCKS (kip_sharing_knocks_get_type ())
G_DECLARE_FINAL_TYPE (KipSharingKnocks, kip_sharing_knocks, KIP, SHARING_KNOCKS, AdwPreferencesGroup)

void kip_sharing_knocks_show (KipSharingKnocks *self,
                              KipSession       *session,
                              KipSync          *sync,
                              gboolean          may); /* whether the person here lets them in */

G_END_DECLS
