/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-ticket-list-private.h"

static void kip_ticket_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KipTicketList, kip_ticket_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, kip_ticket_list_model_init))

/* ---- GListModel ---- */

static GType
kip_ticket_list_get_item_type (GListModel *model)
{
  return KIP_TYPE_TICKET_ITEM;
}

static guint
kip_ticket_list_get_n_items (GListModel *model)
{
  return KIP_TICKET_LIST (model)->offered;
}

static gpointer
kip_ticket_list_get_item (GListModel *model,
                          guint       position)
{
  KipTicketList *self = KIP_TICKET_LIST (model);
  KipTicketItem *item;
  KipId id;

  if (position >= self->offered)
    return NULL;
  item = kip_ticket_list_item_at (self, position);
  if (item != NULL)
    return g_object_ref (item);
  id = kip_ticket_list_get_id (self, position);
  item = kip_ticket_item_new (self, position, id, kip_row_cache_get (self->cache, id));
  g_hash_table_insert (self->places, GUINT_TO_POINTER (position), item);
  return item;
}

static void
kip_ticket_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = kip_ticket_list_get_item_type;
  iface->get_n_items = kip_ticket_list_get_n_items;
  iface->get_item = kip_ticket_list_get_item;
}

/* ---- class ---- */

static void
kip_ticket_list_dispose (GObject *object)
{
  KipTicketList *self = KIP_TICKET_LIST (object);

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_cancellable_cancel (self->fetching);
  g_clear_handle_id (&self->all_source, g_source_remove);
  g_clear_handle_id (&self->fetch_source, g_source_remove);
  g_clear_handle_id (&self->offer_source, g_source_remove);
  g_clear_handle_id (&self->tell_source, g_source_remove);
  g_clear_handle_id (&self->sight_source, g_source_remove);
  kip_ticket_list_detach_items (self);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kip_ticket_list_parent_class)->dispose (object);
}

static void
kip_ticket_list_finalize (GObject *object)
{
  KipTicketList *self = KIP_TICKET_LIST (object);

  g_clear_pointer (&self->query, kip_query_unref);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->places, g_hash_table_unref);
  g_clear_pointer (&self->changed, g_hash_table_unref);
  g_clear_pointer (&self->pages, g_hash_table_unref);
  g_clear_pointer (&self->cache, kip_row_cache_free);
  g_clear_object (&self->fetching);
  G_OBJECT_CLASS (kip_ticket_list_parent_class)->finalize (object);
}

static void
kip_ticket_list_class_init (KipTicketListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kip_ticket_list_dispose;
  object_class->finalize = kip_ticket_list_finalize;

  g_signal_new ("answered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
kip_ticket_list_init (KipTicketList *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (KipId));
  self->places = g_hash_table_new (NULL, NULL);
  self->changed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->pages = g_hash_table_new (NULL, NULL);
  self->cache = kip_row_cache_new ();
  self->fetching = g_cancellable_new ();
  self->last = KIP_FIRST_OFFER;
}

/* ---- public ---- */

KipTicketList *
kip_ticket_list_new (KipStore *store)
{
  KipTicketList *self = g_object_new (KIP_TYPE_TICKET_LIST, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (kip_ticket_list_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "office-changed", G_CALLBACK (kip_ticket_list_tell_all), self, G_CONNECT_SWAPPED);
  return self;
}

KipStore *
kip_ticket_list_get_store (KipTicketList *self)
{
  g_return_val_if_fail (KIP_IS_TICKET_LIST (self), NULL);

  return self->store;
}

const KipQuery *
kip_ticket_list_get_query (KipTicketList *self)
{
  g_return_val_if_fail (KIP_IS_TICKET_LIST (self), NULL);

  return self->query;
}

gboolean
kip_ticket_list_is_partial (KipTicketList *self)
{
  g_return_val_if_fail (KIP_IS_TICKET_LIST (self), FALSE);

  return self->partial;
}

guint
kip_ticket_list_get_total (KipTicketList *self)
{
  g_return_val_if_fail (KIP_IS_TICKET_LIST (self), 0);

  return self->ids->len;
}

const KipId *
kip_ticket_list_get_ids (KipTicketList *self,
                         guint         *n)
{
  g_return_val_if_fail (KIP_IS_TICKET_LIST (self), NULL);

  *n = self->ids->len;
  return (const KipId *) self->ids->data;
}

KipId
kip_ticket_list_get_id (KipTicketList *self,
                        guint          position)
{
  g_return_val_if_fail (KIP_IS_TICKET_LIST (self), KIP_ID_NONE);

  return position < self->ids->len ? kip_ticket_list_id_at (self, position) : KIP_ID_NONE;
}

guint
kip_ticket_list_find (KipTicketList *self,
                      KipId          id)
{
  g_return_val_if_fail (KIP_IS_TICKET_LIST (self), G_MAXUINT);

  for (guint i = 0; i < self->ids->len; i++)
    if (kip_ticket_list_id_at (self, i) == id)
      return i;
  return G_MAXUINT;
}
