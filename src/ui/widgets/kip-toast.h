/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-session.h"

G_BEGIN_DECLS

/* A toast that says @text as it is: libadwaita takes a title for markup, and a
 * ticket about "R&D" would say nothing. */
AdwToast *kip_toast_new (const char *text);

/* A toast for @overlay that says all of @text, in several lines where it is long, and stays until it was read.
 * @action (nullable): of its button "Show", as in "app.show-ticket('A-214')". */
AdwToast *kip_toast_new_told (AdwToastOverlay *overlay,
                              const char      *text,
                              const char      *action);

/* Shows @toast (taken) in place of the one before: what was done three edits ago is
 * no longer news, and its Undo is in the menu. */
void kip_toast_show (AdwToastOverlay *overlay,
                     AdwToast        *toast);

/* From now on @overlay says what @session did, undid or could not do, with Undo.
 * Only the window in which it was done speaks of it, so that it is said once; for a
 * dialog the window it belongs to, in which @overlay must be by now;
 * @every_failure: of a failure in any case. */
void kip_toasts_watch (AdwToastOverlay *overlay,
                       KipSession      *session,
                       gboolean         every_failure);

G_END_DECLS
