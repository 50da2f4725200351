/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-case-widget.h"

G_BEGIN_DECLS

/* The tags of a ticket as chips, each with a cross, and an entry for another. */
#define KIP_TYPE_TAGS_ROW (kip_tags_row_get_type ())
G_DECLARE_FINAL_TYPE (KipTagsRow, kip_tags_row, KIP, TAGS_ROW, KipCaseWidget)

G_END_DECLS
