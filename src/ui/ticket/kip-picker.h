/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-choice-item.h"

G_BEGIN_DECLS

/* A popover with a search entry over a list of choices, for a GtkMenuButton: an
 * assignee, a category, a canned reply.  Typing narrows the list, forgiving of
 * case and marks; Up and Down move, Enter picks, Escape closes.
 *
 * Signals:
 * "fill" (GListStore of KipChoiceItem): put the choices in; called each time it
 *   opens, with the store emptied, so that it costs nothing while closed.
 * "picked" (KipChoiceItem): the popover has closed already. */
#define KIP_TYPE_PICKER (kip_picker_get_type ())
G_DECLARE_FINAL_TYPE (KipPicker, kip_picker, KIP, PICKER, GtkPopover)

GtkWidget *kip_picker_new (void);

/* A printf-like format with one %s for what was typed ("Add “%s”"): such a choice
 * stands at the end when nothing is called exactly so.  NULL: none. */
void kip_picker_set_new_format (KipPicker  *self,
                                const char *format);

G_END_DECLS
