/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-session.h"

G_BEGIN_DECLS

/* The editor in a window of its own; there may be many. */
#define KIP_TYPE_TICKET_WINDOW (kip_ticket_window_get_type ())
G_DECLARE_FINAL_TYPE (KipTicketWindow, kip_ticket_window, KIP, TICKET_WINDOW, AdwApplicationWindow)

/* Opens @ticket in a window, the one that it has already if there is one.
 * @parent: (nullable) a window of the same application. */
void kip_ticket_window_present (GtkWindow  *parent,
                                KipSession *session,
                                KipId       ticket);

G_END_DECLS
