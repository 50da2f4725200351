/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-view-list.h"

G_BEGIN_DECLS

/* A view in the sidebar: icon, name, how many. */
#define KIP_TYPE_SIDEBAR_ROW (kip_sidebar_row_get_type ())
G_DECLARE_FINAL_TYPE (KipSidebarRow, kip_sidebar_row, KIP, SIDEBAR_ROW, GtkListBoxRow)

GtkWidget *kip_sidebar_row_new (KipViewItem *view);

/* A row that is no view. */
GtkWidget *kip_sidebar_row_new_plain (const char *key,
                                      const char *icon_name,
                                      const char *name);

const char  *kip_sidebar_row_get_key (KipSidebarRow *self);
KipViewItem *kip_sidebar_row_get_view (KipSidebarRow *self); /* (nullable) */

G_END_DECLS
