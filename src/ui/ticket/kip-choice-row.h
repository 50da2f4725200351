/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-choice-item.h"

G_BEGIN_DECLS

/* One line for a KipChoiceItem: its title, and its detail dimmed at the end. */
GtkWidget *kip_choice_row_new (void);
void       kip_choice_row_set_item (GtkWidget     *row,
                                    KipChoiceItem *item);

/* Makes such rows for a GtkListView. */
GtkListItemFactory *kip_choice_row_factory_new (void);

G_END_DECLS
