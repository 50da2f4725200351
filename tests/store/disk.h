/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A disk that fills up, or a machine that loses its power, at any moment: the program that
 * is linked with this (with export_dynamic) has its own write (), rename () and so on,
 * which SQLite's and GLib's calls come to as well.  Only ordinary files count. */

/* No more than @bytes can be written from now on: then there is no space left.  -1: no end. */
void   disk_set_room (gint64 bytes);
gint64 disk_get_written (void);

/* The program is killed before it does its @operation th thing (writing, renaming,
 * removing, flushing a file) from now on.  0: never. */
void  disk_die_at (guint operation);
guint disk_get_operations (void);

G_END_DECLS
