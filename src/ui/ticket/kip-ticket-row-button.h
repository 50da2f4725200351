/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-store.h"

G_BEGIN_DECLS

/* A row that names another ticket by number, subject and status; activating it
 * opens that ticket by the action "ticket.open" (t). */
GtkWidget *kip_ticket_row_button_new (KipOffice          *office,
                                      const KipTicketRow *ticket);

G_END_DECLS
