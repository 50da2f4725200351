/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-session.h"

G_BEGIN_DECLS

/* The list of the teams, the categories (as a tree), the statuses or the canned
 * replies: add, open, order, put away, take back. */
#define KIP_TYPE_ENTITY_LIST_PAGE (kip_entity_list_page_get_type ())
G_DECLARE_FINAL_TYPE (KipEntityListPage, kip_entity_list_page, KIP, ENTITY_LIST_PAGE, AdwBin)

GtkWidget *kip_entity_list_page_new (KipSession *session,
                                     KipKind     kind);

G_END_DECLS
