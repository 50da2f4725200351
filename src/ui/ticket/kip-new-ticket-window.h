/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-session.h"

G_BEGIN_DECLS

/* The whole form of a new ticket.  What is typed is a draft on disk until it is
 * logged.
 *
 * Signal "logged" (guint64 ticket): it is on disk. */
#define KIP_TYPE_NEW_TICKET_WINDOW (kip_new_ticket_window_get_type ())
G_DECLARE_FINAL_TYPE (KipNewTicketWindow, kip_new_ticket_window, KIP, NEW_TICKET_WINDOW, AdwWindow)

/* @parent: (nullable) */
GtkWidget *kip_new_ticket_window_new (GtkWindow  *parent,
                                      KipSession *session);

G_END_DECLS
