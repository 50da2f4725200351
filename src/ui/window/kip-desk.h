/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-session.h"

G_BEGIN_DECLS

/* The working part of the main window: the views at the left, the list in the
 * middle, the ticket at the right.  Where there is no room for all three the
 * ticket takes the place of the list. */
#define KIP_TYPE_DESK (kip_desk_get_type ())
G_DECLARE_FINAL_TYPE (KipDesk, kip_desk, KIP, DESK, GtkWidget)

/* @session: (nullable) */
void kip_desk_set_session (KipDesk    *self,
                           KipSession *session);

void kip_desk_show_ticket (KipDesk *self,
                           KipId    ticket);

/* Writes down what should be as it is now at the next start. */
void kip_desk_save_state (KipDesk *self);

G_END_DECLS
