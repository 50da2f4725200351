/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-case-widget.h"

G_BEGIN_DECLS

/* Every field of a ticket that is not in the header, in boxed lists; each is saved
 * as it changes. */
#define KIP_TYPE_TICKET_DETAILS (kip_ticket_details_get_type ())
G_DECLARE_FINAL_TYPE (KipTicketDetails, kip_ticket_details, KIP, TICKET_DETAILS, KipCaseWidget)

G_END_DECLS
