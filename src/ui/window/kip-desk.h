/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-search-entry.h"
#include "kip-session.h"
#include "kip-view-list.h"

G_BEGIN_DECLS

/* The working part of the main window: the views at the left, the list (or the
 * radar) in the middle, the ticket at the right.  Where there is no room for all
 * three the ticket takes the place of the list and the views are left out: the
 * window then offers them behind a button.
 *
 * A view or a search is shown: as soon as there is text in the search box it is
 * asked of all tickets, and Escape goes back to the view.
 *
 * Signals:
 * "layout-changed" (): kip_desk_is_narrow(), _shows_ticket() or _shows_radar().
 * "view-changed" (): another view, or a search.
 * "answered" (): what is to be seen of the view, or of the search, is there. */
#define KIP_TYPE_DESK (kip_desk_get_type ())
G_DECLARE_FINAL_TYPE (KipDesk, kip_desk, KIP, DESK, GtkWidget)

/* The search box in the header; once, before the session. */
void kip_desk_set_search (KipDesk        *self,
                          KipSearchEntry *search);

/* @session: (nullable) */
void kip_desk_set_session (KipDesk    *self,
                           KipSession *session);

/* NULL without a session. Borrowed. */
KipViewList *kip_desk_get_views (KipDesk *self);

/* The key of the view that is shown, KIP_SIDEBAR_RADAR, or NULL during a search. */
const char *kip_desk_get_shown (KipDesk *self);

/* Shows a view or the radar; an unknown @key: the first view. */
void kip_desk_show_view (KipDesk    *self,
                         const char *key);

/* What is asked now: of the view or of the search box. Borrowed. */
const KipQuery *kip_desk_get_query (KipDesk *self);
KipSort         kip_desk_get_sort (KipDesk  *self,
                                   gboolean *descending);

void kip_desk_show_ticket (KipDesk *self,
                           KipId    ticket);

/* KIP_ID_NONE: none. */
KipId kip_desk_get_ticket (KipDesk *self);

/* To the next or previous ticket of the list. */
void kip_desk_step (KipDesk *self,
                    int      steps);

gboolean kip_desk_is_narrow (KipDesk *self);
gboolean kip_desk_shows_ticket (KipDesk *self); /* instead of the list */
void     kip_desk_show_list (KipDesk *self);

/* The sidebar, where there is room for it. */
void     kip_desk_set_sidebar_visible (KipDesk *self,
                                       gboolean visible);
gboolean kip_desk_get_sidebar_visible (KipDesk *self);

/* Asks for a name and saves the search as a view. */
void kip_desk_save_view (KipDesk *self);

/* Writes down what should be as it is now at the next start. */
void kip_desk_save_state (KipDesk *self);

G_END_DECLS
