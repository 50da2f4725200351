/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* At the foot of an editor whose contents are saved as a whole: what is wrong, or that
 * something was changed, and the button.  Seen only while there is something to say.
 *
 * Signals:
 * "save" () */
#define KIP_TYPE_SAVE_BAR (kip_save_bar_get_type ())
G_DECLARE_FINAL_TYPE (KipSaveBar, kip_save_bar, KIP, SAVE_BAR, GtkWidget)

/* @problem: (nullable) a sentence; then it cannot be saved. */
void kip_save_bar_show (KipSaveBar *bar,
                        gboolean    unsaved,
                        const char *problem);

/* What is edited moves no deadline: it is simply saved. */
void kip_save_bar_set_plain (KipSaveBar *bar);

G_END_DECLS
