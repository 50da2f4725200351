/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-session.h"

G_BEGIN_DECLS

/* The settings: of the office (shared, each edit a change-set) and of this computer.
 * Pages at the left, the chosen one at the right; an editor opens in place of its
 * page and is left by Back.
 *
 * Actions: settings.back, settings.undo, settings.redo, settings.close. */
#define KIP_TYPE_SETTINGS_WINDOW (kip_settings_window_get_type ())
G_DECLARE_FINAL_TYPE (KipSettingsWindow, kip_settings_window, KIP, SETTINGS_WINDOW, AdwWindow)

GtkWidget *kip_settings_window_new (KipSession *session);

/* @page: "office", "people", "teams", "categories", "statuses", "priorities", "canned", "assets",
 * "calendars", "policies", "outages", "targets", "notifications", "sharing", "backup". */
void kip_settings_window_show_page (KipSettingsWindow *window,
                                    const char        *page);

/* The page on which entities of this kind are set. (nullable) Static. */
const char *kip_settings_page_for (KipKind kind);

/* ---- for the pages in it ---- */

/* Opens @page over the one that @from is in; it is destroyed when it is left. */
void kip_settings_push (GtkWidget  *from,
                        GtkWidget  *page,
                        const char *title);

/* Says something in a dialog over the window that @from is in, which must be in one. */
void kip_settings_show_message (GtkWidget  *from,
                                const char *heading,
                                const char *body);

/* Leaves the page that @from is in. */
void kip_settings_pop (GtkWidget *from);

/* Back to the list: what was opened over it is saved now. */
void kip_settings_pop_saved (GtkWidget *from);

/* While @page holds what is not saved yet, leaving it asks first. */
void kip_settings_set_unsaved (GtkWidget *page,
                               gboolean   unsaved);

/* A sentence at the foot of the window. */
void kip_settings_say (GtkWidget  *from,
                       const char *text);

G_END_DECLS
