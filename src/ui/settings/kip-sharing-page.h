/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-settings-pages.h"

G_BEGIN_DECLS

/* The office on several computers: begin to share, who takes part, let others in. */
#define KIP_TYPE_SHARING_PAGE (kip_sharing_page_get_type ())
G_DECLARE_FINAL_TYPE (KipSharingPage, kip_sharing_page, KIP, SHARING_PAGE, AdwBin)

G_END_DECLS
