/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-settings-pages.h"

G_BEGIN_DECLS

/* Impact × urgency → priority: nine cells, each a choice. */
#define KIP_TYPE_MATRIX_PAGE (kip_matrix_page_get_type ())
G_DECLARE_FINAL_TYPE (KipMatrixPage, kip_matrix_page, KIP, MATRIX_PAGE, AdwBin)

G_END_DECLS
