/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Why the office cannot be opened: what happened, what is safe, what to do.
 *
 * Signal "try-again" () */
#define KIP_TYPE_TROUBLE_PAGE (kip_trouble_page_get_type ())
G_DECLARE_FINAL_TYPE (KipTroublePage, kip_trouble_page, KIP, TROUBLE_PAGE, GtkWidget)

void kip_trouble_page_show (KipTroublePage *self,
                            const char     *dir,
                            const GError   *error);

G_END_DECLS
