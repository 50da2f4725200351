/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-settings-pages.h"

G_BEGIN_DECLS

/* The office itself: its name and language, its calendar, who sits at this computer,
 * and the causes that are offered when a ticket is resolved. */
#define KIP_TYPE_OFFICE_PAGE (kip_office_page_get_type ())
G_DECLARE_FINAL_TYPE (KipOfficePage, kip_office_page, KIP, OFFICE_PAGE, AdwBin)

G_END_DECLS
