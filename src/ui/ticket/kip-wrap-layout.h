/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Puts children side by side at their natural width and begins a new line when
 * one does not fit: buttons, tags, attachments at any width of the pane.  A child
 * wider than the line gets the whole line. */
#define KIP_TYPE_WRAP_LAYOUT (kip_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (KipWrapLayout, kip_wrap_layout, KIP, WRAP_LAYOUT, GtkLayoutManager)

/* @spacing: pixels between children and between lines. Property "spacing". */
GtkLayoutManager *kip_wrap_layout_new (guint spacing);

G_END_DECLS
