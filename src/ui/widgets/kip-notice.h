/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A line across the window that stays until what it says is no longer so:
 * a sentence and perhaps one thing to do about it. */
#define KIP_TYPE_NOTICE (kip_notice_get_type ())
G_DECLARE_FINAL_TYPE (KipNotice, kip_notice, KIP, NOTICE, GtkWidget)

/* @style_class: "warning", "error" or "kip-plain-notice". */
GtkWidget *kip_notice_new (const char *style_class);

/* NULL: says nothing and is not seen. */
void kip_notice_say (KipNotice  *self,
                     const char *text);

/* @label, @action: (nullable) a button; detailed action name. */
void kip_notice_offer (KipNotice  *self,
                       const char *label,
                       const char *action);

G_END_DECLS
