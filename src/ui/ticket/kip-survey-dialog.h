/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-case.h"

G_BEGIN_DECLS

/* The follow-up call after a resolution: how satisfied, 1 to 5, and what was said. */
void kip_survey_dialog_present (GtkWidget *widget,
                                KipCase   *kase);

G_END_DECLS
