/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A page of the help as widgets.  The text is Markdown (read by md4c): headings,
 * paragraphs, lists, tables, bold, emphasis and code; anything else is shown as
 * plain text.  @markdown: UTF-8.  (transfer floating) */
GtkWidget *kip_help_page_new (const char *markdown);

/* The text of its first heading. (transfer full) */
char *kip_help_page_title (const char *markdown);

G_END_DECLS
