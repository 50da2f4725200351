/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-case-widget.h"

G_BEGIN_DECLS

/* The top of the editor: number, subject, requester, and what is changed most:
 * status, priority, assignee.  Buttons call the pane's "ticket." actions. */
#define KIP_TYPE_TICKET_HEADER (kip_ticket_header_get_type ())
G_DECLARE_FINAL_TYPE (KipTicketHeader, kip_ticket_header, KIP, TICKET_HEADER, KipCaseWidget)

void kip_ticket_header_edit_subject (KipTicketHeader *self);
void kip_ticket_header_open_status (KipTicketHeader *self);
void kip_ticket_header_open_priority (KipTicketHeader *self);
void kip_ticket_header_open_assignee (KipTicketHeader *self);

G_END_DECLS
