/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-case.h"

G_BEGIN_DECLS

/* Work time: typed ("1:30", "45 min"), or measured by a timer that goes on while
 * the dialog, and even the program, is closed. */
void kip_work_dialog_present (GtkWidget *widget,
                              KipCase   *kase);

G_END_DECLS
