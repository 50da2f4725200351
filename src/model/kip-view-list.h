/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "kip-store.h"

G_BEGIN_DECLS

/* The views of the sidebar: those that every Kip has, then those that the office
 * and this person saved, each with how many tickets it shows.
 *
 *   built-in table ─┐
 *   KipOffice views ┴▶ KipViewList of KipViewItem ◀─ kip_store_count_async ()
 *
 * Items stay the same objects while their view exists. */
#define KIP_TYPE_VIEW_ITEM (kip_view_item_get_type ())
G_DECLARE_FINAL_TYPE (KipViewItem, kip_view_item, KIP, VIEW_ITEM, GObject)

/* Properties "name" and "count" notify. */

/* "my-queue", "unassigned" … or "view-" and an id: kept in the settings. */
const char     *kip_view_item_get_key (KipViewItem *self);
const char     *kip_view_item_get_name (KipViewItem *self);
const char     *kip_view_item_get_icon (KipViewItem *self);
const KipQuery *kip_view_item_get_query (KipViewItem *self);

/* Of the saved view; KIP_ID_NONE of a built-in one. */
KipId    kip_view_item_get_id (KipViewItem *self);
gboolean kip_view_item_is_shared (KipViewItem *self); /* everybody's */

/* G_MAXUINT: not counted yet. */
guint kip_view_item_get_count (KipViewItem *self);

#define KIP_TYPE_VIEW_LIST (kip_view_list_get_type ())
G_DECLARE_FINAL_TYPE (KipViewList, kip_view_list, KIP, VIEW_LIST, GObject)

KipViewList *kip_view_list_new (KipStore *store);

/* NULL: no such view. Borrowed. */
KipViewItem *kip_view_list_find (KipViewList *self,
                                 const char  *key);

/* Counts anew: time has passed.  It counts by itself when tickets change. */
void kip_view_list_count (KipViewList *self);

/* The change that saves a search as my view, renames it, takes it away or moves it
 * before @before (NULL: to the end) among the saved ones.  (transfer full);
 * NULL: nothing to do.  @id (nullable) out: of the new view. */
KipChange *kip_view_list_save (KipViewList *self,
                               const char  *name,
                               const char  *query,
                               KipId       *id);
KipChange *kip_view_list_rename (KipViewList *self,
                                 KipViewItem *view,
                                 const char  *name);
KipChange *kip_view_list_remove (KipViewList *self,
                                 KipViewItem *view);
KipChange *kip_view_list_move (KipViewList *self,
                               KipViewItem *view,
                               KipViewItem *before);

G_END_DECLS
