/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The keys that act on the ticket of @pane wherever the focus is in its window;
 * kip-shortcuts.ui lists them. */
void kip_ticket_keys_add (GtkWidget *pane);

G_END_DECLS
