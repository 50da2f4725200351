/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-session.h"
#include "kip-view-list.h"

G_BEGIN_DECLS

/* The views and their counts, and the radar below them.  Saved views are renamed,
 * moved and taken away from their menu (right button, Menu key, Shift+F10) and
 * moved by dragging or with Alt+Up and Alt+Down.
 *
 * Signals:
 * "chosen" (const char *key): a view's key, or KIP_SIDEBAR_RADAR.
 * "edit" (const char *query): its search is to be changed in the search box. */
#define KIP_TYPE_SIDEBAR (kip_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (KipSidebar, kip_sidebar, KIP, SIDEBAR, GtkWidget)

#define KIP_SIDEBAR_RADAR "radar"

GtkWidget *kip_sidebar_new (void);

/* Both nullable. */
void kip_sidebar_set_views (KipSidebar  *self,
                            KipSession  *session,
                            KipViewList *views);

/* Marks what is shown; NULL: none of them (a search).  Emits nothing. */
void kip_sidebar_mark (KipSidebar *self,
                       const char *key);

G_END_DECLS
