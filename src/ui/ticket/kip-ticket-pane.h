/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-case.h"

G_BEGIN_DECLS

/* The editor of one ticket: header, promises, timeline, composer, and its other
 * fields, which stand beside them where there is room and behind a switch where
 * there is not.  Every field saves as it changes.
 *
 * Signal "open-ticket" (guint64 id): a person wants to see another ticket.
 *
 * Actions: "ticket." reply call note incoming subject status priority assignee
 * take resolve reopen work survey attach merge unmerge link parent spam not-spam
 * delete restore explain copy-number open-window open-merged open(t)
 * undo-change(ut) details messages-only. */
#define KIP_TYPE_TICKET_PANE (kip_ticket_pane_get_type ())
G_DECLARE_FINAL_TYPE (KipTicketPane, kip_ticket_pane, KIP, TICKET_PANE, GtkWidget)

GtkWidget *kip_ticket_pane_new (KipSession *session);

/* For one made by a .ui file.  @session: (nullable) */
void kip_ticket_pane_set_session (KipTicketPane *self,
                                  KipSession    *session);

/* KIP_ID_NONE: says what to do instead. */
void  kip_ticket_pane_set_ticket (KipTicketPane *self,
                                  KipId          ticket);
KipId kip_ticket_pane_get_ticket (KipTicketPane *self);

/* The case it shows; NULL without a session. Borrowed. */
KipCase *kip_ticket_pane_get_case (KipTicketPane *self);

/* Goes to the text of a reply. */
void kip_ticket_pane_focus_reply (KipTicketPane *self);

G_END_DECLS
