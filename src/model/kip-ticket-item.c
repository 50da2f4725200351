/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-ticket-item-private.h"

typedef struct
{
  KipTicketItemFunc func;
  gpointer          data;
} Watcher;

G_DEFINE_FINAL_TYPE (KipTicketItem, kip_ticket_item, G_TYPE_OBJECT)

static void
kip_ticket_item_finalize (GObject *object)
{
  KipTicketItem *self = KIP_TICKET_ITEM (object);

  if (self->list != NULL)
    kip_ticket_list_forget (self->list, self);
  g_clear_pointer (&self->row, kip_ticket_row_unref);
  g_clear_pointer (&self->watchers, g_array_unref);
  G_OBJECT_CLASS (kip_ticket_item_parent_class)->finalize (object);
}

static void
kip_ticket_item_class_init (KipTicketItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kip_ticket_item_finalize;
}

static void
kip_ticket_item_init (KipTicketItem *self)
{
}

/* ---- for the list ---- */

KipTicketItem *
kip_ticket_item_new (KipTicketList *list,
                     guint          position,
                     KipId          id,
                     KipTicketRow  *row)
{
  KipTicketItem *self = g_object_new (KIP_TYPE_TICKET_ITEM, NULL);

  self->list = list;
  self->position = position;
  self->id = id;
  self->row = row != NULL ? kip_ticket_row_ref (row) : NULL;
  return self;
}

void
kip_ticket_item_detach (KipTicketItem *self)
{
  self->list = NULL;
  self->position = G_MAXUINT;
  self->stale = FALSE;
}

void
kip_ticket_item_set (KipTicketItem *self,
                     KipId          id,
                     KipTicketRow  *row)
{
  if (row != NULL)
    kip_ticket_row_ref (row);
  g_clear_pointer (&self->row, kip_ticket_row_unref);
  self->row = row;
  self->id = id;
}

void
kip_ticket_item_tell (KipTicketItem *self)
{
  self->stale = FALSE;
  for (guint i = 0; self->watchers != NULL && i < self->watchers->len; i++)
    {
      Watcher *watcher = &g_array_index (self->watchers, Watcher, i);

      watcher->func (self, watcher->data);
    }
}

/* ---- public ---- */

KipId
kip_ticket_item_get_id (KipTicketItem *self)
{
  g_return_val_if_fail (KIP_IS_TICKET_ITEM (self), KIP_ID_NONE);

  return self->list != NULL ? self->id : KIP_ID_NONE;
}

guint
kip_ticket_item_get_position (KipTicketItem *self)
{
  g_return_val_if_fail (KIP_IS_TICKET_ITEM (self), G_MAXUINT);

  return self->position;
}

KipTicketRow *
kip_ticket_item_get_row (KipTicketItem *self)
{
  g_return_val_if_fail (KIP_IS_TICKET_ITEM (self), NULL);

  if (self->row == NULL && self->list != NULL && self->id != KIP_ID_NONE)
    kip_ticket_list_want (self->list, self);
  return self->row;
}

void
kip_ticket_item_watch (KipTicketItem    *self,
                       KipTicketItemFunc func,
                       gpointer          data)
{
  Watcher watcher = { func, data };

  g_return_if_fail (KIP_IS_TICKET_ITEM (self));

  if (self->watchers == NULL)
    self->watchers = g_array_sized_new (FALSE, FALSE, sizeof (Watcher), 12);
  g_array_append_val (self->watchers, watcher);
}

void
kip_ticket_item_unwatch (KipTicketItem *self,
                         gpointer       data)
{
  g_return_if_fail (KIP_IS_TICKET_ITEM (self));

  for (guint i = 0; self->watchers != NULL && i < self->watchers->len; i++)
    if (g_array_index (self->watchers, Watcher, i).data == data)
      {
        g_array_remove_index_fast (self->watchers, i);
        return;
      }
}
