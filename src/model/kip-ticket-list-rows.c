/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-ticket-list-private.h"

/* While data changes as fast as it is read, what was read is shown all the same. */
#define MAX_TRIES 3

/* ---- fetching ---- */

typedef struct
{
  KipTicketList    *list;        /* (owned) */
  GArray           *ids;         /* (owned) of KipId */
  GCancellable     *cancellable; /* (owned) */
  KipTicketListFunc then;
  guint             generation;  /* of the data when they were asked for */
  guint             tries;
} Fetch;

static void
fetch_free (Fetch *fetch)
{
  g_object_unref (fetch->list);
  g_object_unref (fetch->cancellable);
  g_array_unref (fetch->ids);
  g_free (fetch);
}

static void fetch_start (Fetch *fetch);

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Fetch *fetch = data;
  KipTicketList *self = fetch->list;
  g_autoptr (GPtrArray) rows = kip_store_rows_finish (KIP_STORE (source), result, NULL);

  if (fetch->generation != self->generation && fetch->tries < MAX_TRIES &&
      !g_cancellable_is_cancelled (fetch->cancellable))
    {
      fetch_start (fetch); /* it may be older than what is known by now */
      return;
    }
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (g_ptr_array_index (rows, i) != NULL)
      kip_row_cache_put (self->cache, g_ptr_array_index (rows, i));
  if (!g_cancellable_is_cancelled (fetch->cancellable))
    fetch->then (self);
  fetch_free (fetch);
}

static void
fetch_start (Fetch *fetch)
{
  fetch->generation = fetch->list->generation;
  fetch->tries++;
  kip_store_rows_async (fetch->list->store, (const KipId *) fetch->ids->data, fetch->ids->len,
                        fetch->cancellable, fetched_cb, fetch);
}

void
kip_ticket_list_fetch (KipTicketList    *self,
                       GArray           *ids,
                       GCancellable     *cancellable,
                       KipTicketListFunc then)
{
  Fetch *fetch;

  if (ids->len == 0)
    {
      g_array_unref (ids);
      then (self);
      return;
    }
  fetch = g_new0 (Fetch, 1);
  fetch->list = g_object_ref (self);
  fetch->ids = ids;
  fetch->cancellable = g_object_ref (cancellable);
  fetch->then = then;
  fetch_start (fetch);
}

void
kip_ticket_list_refill (KipTicketList *self)
{
  g_autoptr (GPtrArray) told = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      KipTicketItem *item = value;
      KipTicketRow *row = kip_row_cache_get (self->cache, item->id);

      if (row == NULL || row == item->row)
        continue;
      kip_ticket_item_set (item, item->id, row);
      g_ptr_array_add (told, g_object_ref (item));
    }
  for (guint i = 0; i < told->len; i++)
    {
      g_autoptr (KipTicketItem) item = g_ptr_array_index (told, i);

      kip_ticket_item_tell (item);
    }
}

/* ---- pages ---- */

static void
add_page (KipTicketList *self,
          guint          page,
          GArray        *ids)
{
  guint end = MIN ((page + 1) * KIP_PAGE, self->ids->len);

  for (guint i = page * KIP_PAGE; i < end; i++)
    {
      KipId id = g_array_index (self->ids, KipId, i);

      if (kip_row_cache_get (self->cache, id) == NULL)
        g_array_append_val (ids, id);
    }
}

static gboolean
fetch_pages_cb (gpointer data)
{
  KipTicketList *self = data;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (KipId));
  GHashTableIter iter;
  gpointer page;

  self->fetch_source = 0;
  g_hash_table_iter_init (&iter, self->pages);
  while (g_hash_table_iter_next (&iter, &page, NULL))
    add_page (self, GPOINTER_TO_UINT (page), ids);
  g_hash_table_remove_all (self->pages);
  kip_ticket_list_fetch (self, g_steal_pointer (&ids), self->fetching, kip_ticket_list_refill);
  return G_SOURCE_REMOVE;
}

/* Scrolling will be there next. */
static void
want_page (KipTicketList *self,
           guint          page)
{
  g_hash_table_add (self->pages, GUINT_TO_POINTER (page));
  if (self->fetch_source == 0)
    self->fetch_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fetch_pages_cb, self, NULL);
}

void
kip_ticket_list_want (KipTicketList *self,
                      KipTicketItem *item)
{
  KipTicketRow *row = kip_row_cache_get (self->cache, item->id);

  if (row != NULL)
    kip_ticket_item_set (item, item->id, row);
  else
    want_page (self, item->position / KIP_PAGE);
}

KipTicketRow *
kip_ticket_list_peek_row (KipTicketList *self,
                          KipId          id)
{
  g_return_val_if_fail (KIP_IS_TICKET_LIST (self), NULL);

  return kip_row_cache_get (self->cache, id);
}
