/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-store.h"

G_BEGIN_DECLS

/* The first start: an office of one's own, a sample office to look around in, or a
 * backup from another computer.
 *
 * Signal "made" (KipStore): there is an office now, and it is open. */
#define KIP_TYPE_START_PAGE (kip_start_page_get_type ())
G_DECLARE_FINAL_TYPE (KipStartPage, kip_start_page, KIP, START_PAGE, GtkWidget)

/* Where the office will be. */
void kip_start_page_set_dir (KipStartPage *self,
                             const char   *dir);

G_END_DECLS
