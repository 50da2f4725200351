/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* As gtk_widget_set_tooltip_text(), which asks the display where the pointer is and
 * waits for the answer, each time: of use where many widgets are made at once.  The
 * text is not the widget's accessible name: give it one.
 *
 * @text: (nullable): none */
void kip_tooltip_set (GtkWidget  *widget,
                      const char *text);

G_END_DECLS
