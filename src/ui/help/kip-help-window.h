/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The help: pages in the person's language from the resource, a list of them on
 * the left, the query language's own tables on the page about searching. */
#define KIP_TYPE_HELP_WINDOW (kip_help_window_get_type ())
G_DECLARE_FINAL_TYPE (KipHelpWindow, kip_help_window, KIP, HELP_WINDOW, AdwWindow)

/* Presents the one help window of the program, at @page ("clocks", "search", …;
 * nullable: where it was). */
void kip_help_window_present (GtkApplication *application,
                              GtkWindow      *parent,
                              const char     *page);

G_END_DECLS
