/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* An empty list says why it is empty and what to do next. */
#define KIP_TYPE_EMPTY_PAGE (kip_empty_page_get_type ())
G_DECLARE_FINAL_TYPE (KipEmptyPage, kip_empty_page, KIP, EMPTY_PAGE, GtkWidget)

GtkWidget *kip_empty_page_new (void);

/* Of a view; @key "all" is an office without tickets. */
void kip_empty_page_show_view (KipEmptyPage *self,
                               const char   *key);
void kip_empty_page_show_search (KipEmptyPage *self);

G_END_DECLS
