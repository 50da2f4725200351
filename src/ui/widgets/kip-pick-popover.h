/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A popover in which one of a few or of many is chosen by typing some letters of
 * it (marks and case as one likes) or from the list.
 *
 * Signals:
 * "filling" (): it is about to open: put in what there is now.
 * "picked" (guint64 id) */
#define KIP_TYPE_PICK_POPOVER (kip_pick_popover_get_type ())
G_DECLARE_FINAL_TYPE (KipPickPopover, kip_pick_popover, KIP, PICK_POPOVER, GtkPopover)

GtkWidget *kip_pick_popover_new (const char *placeholder);

/* Empties it, before it is filled with what there is now. */
void kip_pick_popover_clear (KipPickPopover *self);

/* @icon_name: (nullable) */
void kip_pick_popover_add (KipPickPopover *self,
                           guint64         id,
                           const char     *label,
                           const char     *icon_name);

G_END_DECLS
