/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-what-if.h"

G_BEGIN_DECLS

/* A share before (pale, behind) and after (in front) from 0 to 100 percent, with the
 * range that a simulation gives as a line.  Says nothing by itself: what stands beside
 * it does. */
#define KIP_TYPE_WHAT_IF_BAR (kip_what_if_bar_get_type ())
G_DECLARE_FINAL_TYPE (KipWhatIfBar, kip_what_if_bar, KIP, WHAT_IF_BAR, GtkWidget)

GtkWidget *kip_what_if_bar_new (const KipWhatIfShare *before,
                                const KipWhatIfShare *after);

G_END_DECLS
