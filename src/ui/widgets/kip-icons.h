/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Draws a symbolic icon into a square of @size at the origin, in @color, without
 * a widget of its own; for cells of which there are hundreds. */
void kip_snapshot_icon (GtkSnapshot   *snapshot,
                        GtkWidget     *widget,
                        const char    *icon_name,
                        int            size,
                        const GdkRGBA *color);

/* Reads the icon theme in a thread, which takes as long as making a window: call it
 * before that.  (A theme that is made may be asked on any thread; it has a lock.) */
void kip_icons_read_theme (void);

G_END_DECLS
