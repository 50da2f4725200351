/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-case-widget.h"

G_BEGIN_DECLS

/* The ticket's relatives: parent, parts, links, those merged into it; each opens,
 * and each tie can be undone. */
#define KIP_TYPE_RELATIONS_GROUP (kip_relations_group_get_type ())
G_DECLARE_FINAL_TYPE (KipRelationsGroup, kip_relations_group, KIP, RELATIONS_GROUP, KipCaseWidget)

G_END_DECLS
