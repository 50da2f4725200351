/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-session.h"
#include "kip-sync.h"

G_BEGIN_DECLS

/* What happened, the latest first: a row of the sharing page. */
#define KIP_TYPE_SHARING_LOG (kip_sharing_log_get_type ())
G_DECLARE_FINAL_TYPE (KipSharingLog, kip_sharing_log, KIP, SHARING_LOG, AdwExpanderRow)

void kip_sharing_log_show (KipSharingLog *self,
                           KipStore      *store,
                           KipSync       *sync);

G_END_DECLS
