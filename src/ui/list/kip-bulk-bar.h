/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-session.h"
#include "kip-ticket-selection.h"

G_BEGIN_DECLS

/* What can be done to several tickets at once; it is there while several are
 * selected.  Each is one change-set: one undo. */
#define KIP_TYPE_BULK_BAR (kip_bulk_bar_get_type ())
G_DECLARE_FINAL_TYPE (KipBulkBar, kip_bulk_bar, KIP, BULK_BAR, GtkWidget)

/* All nullable.  @list: for the words of the selected tickets. */
void kip_bulk_bar_set_selection (KipBulkBar         *self,
                                 KipSession         *session,
                                 KipTicketList      *list,
                                 KipTicketSelection *selection);

G_END_DECLS
