/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-case-widget.h"

G_BEGIN_DECLS

/* A long text of a ticket (its description, what was done) that is edited in
 * place and saved when the typing pauses elsewhere: on leaving it.  What was not
 * saved yet is kept as a draft.  Properties "title" and "field" (KipField). */
#define KIP_TYPE_TEXT_GROUP (kip_text_group_get_type ())
G_DECLARE_FINAL_TYPE (KipTextGroup, kip_text_group, KIP, TEXT_GROUP, KipCaseWidget)

G_END_DECLS
