/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-session.h"

G_BEGIN_DECLS

/* The program: it opens the office of one data folder, keeps it while windows
 * come and go, and holds the actions that need no window.
 *
 * Signal "session-changed" (): kip_application_get_session() gives another one, or
 * none while the office is closed.
 *
 * Actions: app.new-window, app.new-ticket, app.quick-log, app.show-ticket ("A-214"),
 * app.show-query (a search),
 * app.settings, app.settings-page ("people"), app.sync-now, app.import, app.import-file (path), app.backup,
 * app.restore (path), app.help, app.about, app.quit. */
#define KIP_TYPE_APPLICATION (kip_application_get_type ())
G_DECLARE_FINAL_TYPE (KipApplication, kip_application, KIP, APPLICATION, AdwApplication)

KipApplication *kip_application_new (void);

/* NULL while no office is open. Borrowed. */
KipSession *kip_application_get_session (KipApplication *self);

/* The data folder. Borrowed. */
const char *kip_application_get_dir (KipApplication *self);

/* Shows the main window, as it is or a new one, and gives it. Borrowed. */
GtkWindow *kip_application_present (KipApplication *self);

/* Shows @ticket in a main window. */
void kip_application_show_ticket (KipApplication *self,
                                  KipId           ticket);

G_END_DECLS
