/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Two children side by side; where there is no room for both, one of them.
 *
 *   wide     | sidebar | content        |
 *   folded   | sidebar |   or   | content |
 *
 * Properties: "sidebar", "content" (GtkWidget), "folded" (read only),
 * "show-sidebar": which of the two is seen while folded. */
#define KIP_TYPE_FOLD (kip_fold_get_type ())
G_DECLARE_FINAL_TYPE (KipFold, kip_fold, KIP, FOLD, GtkWidget)

gboolean kip_fold_get_folded (KipFold *fold);
gboolean kip_fold_get_show_sidebar (KipFold *fold);
void     kip_fold_set_show_sidebar (KipFold *fold,
                                    gboolean show);

G_END_DECLS
