/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-session.h"

G_BEGIN_DECLS

/* The editor of one person, team, category, status or canned reply.  A field is saved
 * as it is left; a new entity is saved as a whole by its Add button. */
#define KIP_TYPE_ENTITY_PAGE (kip_entity_page_get_type ())
G_DECLARE_FINAL_TYPE (KipEntityPage, kip_entity_page, KIP, ENTITY_PAGE, AdwBin)

/* @id: KIP_ID_NONE for a new one. */
GtkWidget *kip_entity_page_new (KipSession *session,
                                KipKind     kind,
                                KipId       id);

/* What a new one is made under: a category's parent. */
void kip_entity_page_set_parent (KipEntityPage *page,
                                 KipId          parent);

/* A new one's name, as somebody already typed it. */
void kip_entity_page_set_name (KipEntityPage *page,
                               const char    *name);

G_END_DECLS
