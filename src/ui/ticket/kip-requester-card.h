/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-case-widget.h"

G_BEGIN_DECLS

/* Who asks: name, phone, mail, department, note, and their other tickets.
 * Another requester can be picked, or a new one made. */
#define KIP_TYPE_REQUESTER_CARD (kip_requester_card_get_type ())
G_DECLARE_FINAL_TYPE (KipRequesterCard, kip_requester_card, KIP, REQUESTER_CARD, KipCaseWidget)

G_END_DECLS
