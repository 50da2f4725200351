/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-settings-pages.h"

G_BEGIN_DECLS

/* Everybody, found as one types; thousands of them, for only the rows in sight exist. */
#define KIP_TYPE_PEOPLE_PAGE (kip_people_page_get_type ())
G_DECLARE_FINAL_TYPE (KipPeoplePage, kip_people_page, KIP, PEOPLE_PAGE, AdwBin)

G_END_DECLS
