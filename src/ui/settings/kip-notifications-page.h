/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-settings-pages.h"

G_BEGIN_DECLS

/* When this person on this computer is tapped on the shoulder: kept in GSettings. */
#define KIP_TYPE_NOTIFICATIONS_PAGE (kip_notifications_page_get_type ())
G_DECLARE_FINAL_TYPE (KipNotificationsPage, kip_notifications_page, KIP, NOTIFICATIONS_PAGE, AdwBin)

G_END_DECLS
