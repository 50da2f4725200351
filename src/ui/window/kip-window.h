/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-session.h"

G_BEGIN_DECLS

/* The main window.  It shows one of four things: that the office is being opened,
 * the first-start pages, what is wrong with the data folder, or the desk (views,
 * list, ticket).  Its size and what was open last are kept in GSettings.
 *
 * Signals:
 * "office-made" (KipStore): a new office was made here and is open.
 * "open-again" (): the person asks to try the folder once more.
 *
 * Actions: win.new-ticket, win.undo, win.redo, win.close, win.menu … all of them are
 * listed in the shortcuts window. */
#define KIP_TYPE_WINDOW (kip_window_get_type ())
G_DECLARE_FINAL_TYPE (KipWindow, kip_window, KIP, WINDOW, AdwApplicationWindow)

GtkWidget *kip_window_new (GtkApplication *application);

/* Shows the window.  The first time it is painted as soon as it has something to
 * show, or a tenth of a second later. */
void kip_window_present (KipWindow *self);

void kip_window_show_opening (KipWindow *self);
void kip_window_show_start (KipWindow  *self,
                            const char *dir);
void kip_window_show_trouble (KipWindow    *self,
                              const char   *dir,
                              const GError *error);
void kip_window_set_session (KipWindow  *self,
                             KipSession *session);

/* NULL unless the desk is shown. Borrowed. */
KipSession *kip_window_get_session (KipWindow *self);

/* Says @text until it was read; @action as kip_toast_new_told () has it. */
void kip_window_tell (KipWindow  *self,
                      const char *text,
                      const char *action);

/* Shows @ticket beside the list; once an office is open, if none is yet. */
void kip_window_show_ticket (KipWindow *self,
                             KipId      ticket);

G_END_DECLS
