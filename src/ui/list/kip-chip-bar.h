/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-store.h"

G_BEGIN_DECLS

/* What is asked, as chips: each term of the query with a cross to take it away,
 * then the usual filters to switch on and off.
 *
 * Signal "edited" (const char *text): the query's text after the click. */
#define KIP_TYPE_CHIP_BAR (kip_chip_bar_get_type ())
G_DECLARE_FINAL_TYPE (KipChipBar, kip_chip_bar, KIP, CHIP_BAR, GtkWidget)

/* @title: (nullable) of the view, before the chips.  @resolver: (nullable) */
void kip_chip_bar_show (KipChipBar             *self,
                        const char             *title,
                        const KipQuery         *query,
                        const KipQueryResolver *resolver);

/* What stands at the end: how many there are. */
void kip_chip_bar_set_summary (KipChipBar *self,
                               const char *summary);

/* Whether the search can be saved as a view (the action win.save-view). */
void kip_chip_bar_set_can_save (KipChipBar *self,
                                gboolean    can_save);

G_END_DECLS
