/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Starts Kip in the background when the person logs in: an XDG autostart file of
 * theirs, written from the installed template.  Works in files: not on a path that
 * a window waits for more than once. */
gboolean kip_autostart_is_on (void);
gboolean kip_autostart_set (gboolean on,
                            GError **error);

G_END_DECLS
