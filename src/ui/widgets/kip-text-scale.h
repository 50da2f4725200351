/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How much larger than usual (11 points at 96 dpi) text is in @widget, at least 1:
 * what is measured in pixels for text grows with it. */
double kip_text_scale (GtkWidget *widget);

G_END_DECLS
