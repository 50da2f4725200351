/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-item-row.h"

G_BEGIN_DECLS

/* A boxed list of the office's entities.  Shown anew, it keeps the rows of those that
 * are still there: focus and scroll position stay where they are.
 *
 * Signals:
 * "open" (guint64 id): the person wants to see or change it.
 * "move" (guint64 id, int step): one up (-1) or down (+1).
 * "move-before" (guint64 id, guint64 before): dragged before another; 0: to the end.
 * "archive" (guint64 id, gboolean archived): put away or taken back. */
#define KIP_TYPE_ITEM_LIST (kip_item_list_get_type ())
G_DECLARE_FINAL_TYPE (KipItemList, kip_item_list, KIP, ITEM_LIST, GtkWidget)

GtkWidget *kip_item_list_new (void);

/* What is said while there is nothing to show. */
void kip_item_list_set_empty_text (KipItemList *list,
                                   const char  *text);

/* @items: of KipItem, not taken. */
void kip_item_list_show (KipItemList  *list,
                         const GArray *items);

/* The row of @id; NULL: none. Borrowed. */
KipItemRow *kip_item_list_get_row (KipItemList *list,
                                   KipId        id);

/* For filling @items: an array that frees what is in them. */
GArray *kip_item_array_new (void);

G_END_DECLS
