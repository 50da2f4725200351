/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-id.h"

G_BEGIN_DECLS

/* One of the office's entities in a list: its name, a line about it, and a menu to
 * move it, put it away or take it back.  Part of KipItemList, which makes it. */
#define KIP_TYPE_ITEM_ROW (kip_item_row_get_type ())
G_DECLARE_FINAL_TYPE (KipItemRow, kip_item_row, KIP, ITEM_ROW, AdwActionRow)

typedef enum
{
  KIP_ITEM_MOVABLE = 1 << 0,  /* can be dragged and moved up and down */
  KIP_ITEM_ARCHIVED = 1 << 1, /* put away: dimmed, can be taken back */
  KIP_ITEM_FIXED = 1 << 2,    /* cannot be put away */
  KIP_ITEM_DECLARED = 1 << 3  /* one says that it is withdrawn, not archived */
} KipItemFlags;

/* What one row shows.  Plain data. */
typedef struct
{
  KipId        id;
  char        *title;
  char        *subtitle; /* (nullable) */
  char        *badge;    /* (nullable) a word at the end of the row */
  guint        depth;    /* how far it is set in */
  KipItemFlags flags;
} KipItem;

void kip_item_clear (gpointer item);

GtkWidget *kip_item_row_new (KipId id);
KipId      kip_item_row_get_id (KipItemRow *row);
void       kip_item_row_show (KipItemRow    *row,
                              const KipItem *item);
GtkWidget *kip_item_row_get_handle (KipItemRow *row);

G_END_DECLS
