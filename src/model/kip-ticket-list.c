/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-ticket-list-private.h"

#include "kip-clock.h"
#include "kip-list-edits.h"

/* Offered at once: more than a window shows, fewer than GTK would make widgets
 * for; after some calm, or when somebody scrolls there, by steps until GTK has all
 * that it keeps. */
#define OFFER_AFTER_MS 300
#define NEAR_THE_END 12
#define FIRST_OFFER 40
#define OFFER_STEP 32
#define OFFER_ENOUGH 256

/* Items out of sight are told when there was calm for a while, by so many at a time. */
#define TELL_AFTER_MS 250
#define TELL_STEP 24

static void kip_ticket_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KipTicketList, kip_ticket_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, kip_ticket_list_model_init))

enum
{
  SIGNAL_ANSWERED,
  SIGNAL_FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- items ---- */

static KipId
id_at (KipTicketList *self,
       guint          position)
{
  return g_array_index (self->ids, KipId, position);
}

static KipTicketItem *
item_at (KipTicketList *self,
         guint          position)
{
  return g_hash_table_lookup (self->places, GUINT_TO_POINTER (position));
}

void
kip_ticket_list_forget (KipTicketList *self,
                        KipTicketItem *item)
{
  g_hash_table_remove (self->places, GUINT_TO_POINTER (item->position));
}

/* (transfer container) of KipTicketItem, each referenced */
static GPtrArray *
dup_items (KipTicketList *self)
{
  GPtrArray *items = g_ptr_array_new_full (g_hash_table_size (self->places), g_object_unref);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (items, g_object_ref (value));
  return items;
}

/* Puts the items where they stand after @edit. */
static void
move_items (KipTicketList     *self,
            const KipListEdit *edit)
{
  g_autoptr (GPtrArray) items = dup_items (self);

  g_hash_table_remove_all (self->places);
  for (guint i = 0; i < items->len; i++)
    {
      KipTicketItem *item = g_ptr_array_index (items, i);

      if (item->position >= edit->position + edit->removed)
        item->position += edit->added - edit->removed;
      else if (item->position >= edit->position)
        kip_ticket_item_detach (item);
      if (item->list != NULL)
        g_hash_table_insert (self->places, GUINT_TO_POINTER (item->position), item);
    }
}

/* ---- telling ---- */

static gboolean
in_sight (KipTicketList *self,
          KipTicketItem *item)
{
  return item->position >= self->first && item->position <= self->last;
}

static gboolean
tell_some_cb (gpointer data)
{
  KipTicketList *self = data;
  g_autoptr (GPtrArray) items = dup_items (self);
  guint told = 0;

  for (guint i = 0; i < items->len && told < TELL_STEP; i++)
    {
      KipTicketItem *item = g_ptr_array_index (items, i);

      if (!item->stale)
        continue;
      kip_ticket_item_tell (item);
      told++;
    }
  if (told == TELL_STEP)
    return G_SOURCE_CONTINUE;
  self->tell_source = 0;
  return G_SOURCE_REMOVE;
}

static void
tell_in_sight (KipTicketList *self)
{
  g_autoptr (GPtrArray) items = dup_items (self);

  for (guint i = 0; i < items->len; i++)
    {
      KipTicketItem *item = g_ptr_array_index (items, i);

      if (item->stale && in_sight (self, item))
        kip_ticket_item_tell (item);
    }
}

static gboolean
start_telling_cb (gpointer data)
{
  KipTicketList *self = data;

  self->tell_source = g_idle_add_full (G_PRIORITY_LOW, tell_some_cb, self, NULL);
  return G_SOURCE_REMOVE;
}

static void
tell_later (KipTicketList *self)
{
  g_clear_handle_id (&self->tell_source, g_source_remove);
  self->tell_source = g_timeout_add (TELL_AFTER_MS, start_telling_cb, self);
}

/* ---- offering ---- */

static gboolean
offer_more_cb (gpointer data)
{
  KipTicketList *self = data;
  guint before = self->offered;

  self->offered = before < OFFER_ENOUGH ? MIN (before + OFFER_STEP, self->ids->len) : self->ids->len;
  g_list_model_items_changed (G_LIST_MODEL (self), before, 0, self->offered - before);
  if (self->offered < self->ids->len)
    return G_SOURCE_CONTINUE;
  self->offer_source = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
start_offering_cb (gpointer data)
{
  KipTicketList *self = data;

  self->offer_source = g_idle_add_full (G_PRIORITY_LOW, offer_more_cb, self, NULL);
  return G_SOURCE_REMOVE;
}

static void
offer_rest_later (KipTicketList *self)
{
  g_clear_handle_id (&self->offer_source, g_source_remove);
  if (self->offered < self->ids->len)
    self->offer_source = g_timeout_add (OFFER_AFTER_MS, start_offering_cb, self);
}

/* Somebody is about to reach the end of what is offered. */
static void
offer_rest_soon (KipTicketList *self)
{
  g_clear_handle_id (&self->offer_source, g_source_remove);
  self->offer_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, offer_more_cb, self, NULL);
}

/* ---- answers ---- */

/* The places stay, what stands there is another. */
static void
start_over (KipTicketList *self,
            GArray        *ids)
{
  guint before = self->offered;
  guint after = MIN (ids->len, MAX (before, FIRST_OFFER));
  KipListEdit cut = { after, before > after ? before - after : 0, 0 };
  GHashTableIter iter;
  gpointer value;

  g_array_unref (self->ids);
  self->ids = g_array_ref (ids);
  if (cut.removed > 0)
    move_items (self, &cut);
  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      KipTicketItem *item = value;
      KipId id = id_at (self, item->position);

      kip_ticket_item_set (item, id, kip_row_cache_get (self->cache, id));
      item->stale = TRUE;
    }
  self->offered = after;
  if (before != after)
    g_list_model_items_changed (G_LIST_MODEL (self), MIN (before, after),
                                cut.removed, after > before ? after - before : 0);
  tell_in_sight (self);
  tell_later (self);
}

/* What stands before an edit's place is by then as in @ids. */
static void
splice_ids (KipTicketList     *self,
            GArray            *ids,
            const KipListEdit *edit)
{
  if (edit->removed > 0)
    g_array_remove_range (self->ids, edit->position, edit->removed);
  if (edit->added > 0)
    g_array_insert_vals (self->ids, edit->position, &g_array_index (ids, KipId, edit->position), edit->added);
}

static void
apply_edits (KipTicketList *self,
             GArray        *ids,
             GArray        *edits)
{
  for (guint i = 0; i < edits->len; i++)
    {
      const KipListEdit *edit = &g_array_index (edits, KipListEdit, i);

      splice_ids (self, ids, edit);
      move_items (self, edit);
      self->offered = self->ids->len;
      g_list_model_items_changed (G_LIST_MODEL (self), edit->position, edit->removed, edit->added);
    }
}

/* The edits that make the list into @ids, when all is offered and they are few. */
static GArray *
edits_to (KipTicketList *self,
          GArray        *ids)
{
  if (self->offered != self->ids->len || self->all_changed)
    return NULL;
  return kip_list_edits ((const KipId *) self->ids->data, self->ids->len,
                         (const KipId *) ids->data, ids->len, self->changed);
}

static void
put_in_place (KipTicketList *self,
              GArray        *ids)
{
  gboolean fresh = self->fresh;
  g_autoptr (GArray) edits = fresh ? NULL : edits_to (self, ids);

  self->fresh = FALSE;
  if (edits != NULL)
    apply_edits (self, ids, edits);
  else
    {
      if (fresh)
        {
          self->last = self->last - self->first;
          self->first = 0;
        }
      start_over (self, ids);
    }
  kip_ticket_list_refill (self);
  offer_rest_later (self);
  if (!self->ask_again)
    {
      g_hash_table_remove_all (self->changed);
      self->all_changed = FALSE;
    }
  g_signal_emit (self, signals[SIGNAL_ANSWERED], 0, fresh);
}

/* ---- questions ---- */

static void ask (KipTicketList *self);

typedef struct
{
  KipTicketList *list;   /* (owned) */
  GCancellable  *asking; /* (owned) */
} Question;

static void
end_question (KipTicketList *self)
{
  g_clear_object (&self->asking);
  if (self->ask_again)
    {
      self->ask_again = FALSE;
      ask (self);
    }
}

static void
answer_has_rows (KipTicketList *self)
{
  g_autoptr (GArray) ids = g_object_steal_data (G_OBJECT (self->asking), "kip-ids");

  put_in_place (self, ids);
  end_question (self);
}

/* Which rows should be at hand before the answer is shown. */
static GArray *
rows_to_show (KipTicketList *self,
              GArray        *ids)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (KipId));
  guint first = self->fresh ? 0 : MIN (self->first, ids->len);
  guint end = MIN (first + KIP_PAGE, ids->len);

  for (guint i = first; i < end; i++)
    {
      KipId id = g_array_index (ids, KipId, i);

      if (kip_row_cache_get (self->cache, id) == NULL)
        g_array_append_val (rows, id);
    }
  return rows;
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autofree Question *question = data;
  g_autoptr (KipTicketList) self = question->list;
  g_autoptr (GCancellable) asking = question->asking;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = kip_store_list_finish (KIP_STORE (source), result, &error);

  if (self->asking != asking)
    return; /* a newer question was put */
  if (ids == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
      end_question (self);
      return;
    }
  g_object_set_data_full (G_OBJECT (asking), "kip-ids", g_array_ref (ids), (GDestroyNotify) g_array_unref);
  kip_ticket_list_fetch (self, rows_to_show (self, ids), asking, answer_has_rows);
}

static void
ask (KipTicketList *self)
{
  Question *question = g_new0 (Question, 1);

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->asking = g_cancellable_new ();
  question->list = g_object_ref (self);
  question->asking = g_object_ref (self->asking);
  kip_store_list_async (self->store, self->query, self->sort, self->descending, kip_clock_now (),
                        self->asking, listed_cb, question);
}

/* ---- what the store tells ---- */

/* Forgets what may not be so any more; TRUE when that is everything. */
static gboolean
note_changed (KipTicketList *self,
              GArray        *changes)
{
  gboolean all = changes->len == 0;

  self->all_changed |= all;
  for (guint i = 0; i < changes->len; i++)
    {
      const KipChanged *change = &g_array_index (changes, KipChanged, i);

      if (change->kind != KIP_KIND_TICKET)
        {
          all = TRUE; /* a person became a VIP, an agreement was changed */
          continue;
        }
      kip_row_cache_drop (self->cache, change->id);
      g_hash_table_add (self->changed, g_memdup2 (&change->id, sizeof change->id));
    }
  if (all)
    kip_row_cache_clear (self->cache);
  return all;
}

/* Rows that changed are shown at once, whatever becomes of the order. */
static void
fetch_changed (KipTicketList *self,
               gboolean       all)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (KipId));
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      KipTicketItem *item = value;

      if (all || g_hash_table_contains (self->changed, &item->id))
        g_array_append_val (ids, item->id);
    }
  kip_ticket_list_fetch (self, g_steal_pointer (&ids), self->fetching, kip_ticket_list_refill);
}

static void
changed_cb (KipTicketList *self,
            GArray        *changes)
{
  self->generation++;
  fetch_changed (self, note_changed (self, changes));
  if (self->query_put)
    kip_ticket_list_refresh (self);
}

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

  if (position >= self->offered || position >= self->ids->len)
    return NULL;
  item = item_at (self, position);
  if (item != NULL)
    return g_object_ref (item);
  id = id_at (self, position);
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
detach_items (KipTicketList *self)
{
  g_autoptr (GPtrArray) items = dup_items (self);

  for (guint i = 0; i < items->len; i++)
    kip_ticket_item_detach (g_ptr_array_index (items, i));
  g_hash_table_remove_all (self->places);
}

static void
kip_ticket_list_dispose (GObject *object)
{
  KipTicketList *self = KIP_TICKET_LIST (object);

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_cancellable_cancel (self->fetching);
  g_clear_handle_id (&self->fetch_source, g_source_remove);
  g_clear_handle_id (&self->offer_source, g_source_remove);
  g_clear_handle_id (&self->tell_source, g_source_remove);
  detach_items (self);
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

  signals[SIGNAL_ANSWERED] =
    g_signal_new ("answered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[SIGNAL_FAILED] =
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
  self->last = FIRST_OFFER;
}

/* ---- public ---- */

KipTicketList *
kip_ticket_list_new (KipStore *store)
{
  KipTicketList *self = g_object_new (KIP_TYPE_TICKET_LIST, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "office-changed", G_CALLBACK (kip_ticket_list_tell_all), self, G_CONNECT_SWAPPED);
  return self;
}

KipStore *
kip_ticket_list_get_store (KipTicketList *self)
{
  g_return_val_if_fail (KIP_IS_TICKET_LIST (self), NULL);

  return self->store;
}

void
kip_ticket_list_ask (KipTicketList  *self,
                     const KipQuery *query,
                     KipSort         sort,
                     gboolean        descending)
{
  KipQuery *previous;

  g_return_if_fail (KIP_IS_TICKET_LIST (self));

  previous = self->query;
  self->query = query != NULL ? kip_query_ref (query) : NULL;
  g_clear_pointer (&previous, kip_query_unref);
  self->sort = sort;
  self->descending = descending;
  self->query_put = TRUE;
  self->fresh = TRUE;
  self->ask_again = FALSE;
  ask (self);
}

void
kip_ticket_list_refresh (KipTicketList *self)
{
  g_return_if_fail (KIP_IS_TICKET_LIST (self));

  if (self->asking != NULL)
    self->ask_again = TRUE;
  else
    ask (self);
}

gboolean
kip_ticket_list_is_waiting (KipTicketList *self)
{
  g_return_val_if_fail (KIP_IS_TICKET_LIST (self), FALSE);

  return self->asking != NULL;
}

const KipQuery *
kip_ticket_list_get_query (KipTicketList *self)
{
  g_return_val_if_fail (KIP_IS_TICKET_LIST (self), NULL);

  return self->query;
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

  return position < self->ids->len ? id_at (self, position) : KIP_ID_NONE;
}

guint
kip_ticket_list_find (KipTicketList *self,
                      KipId          id)
{
  g_return_val_if_fail (KIP_IS_TICKET_LIST (self), G_MAXUINT);

  for (guint i = 0; i < self->ids->len; i++)
    if (id_at (self, i) == id)
      return i;
  return G_MAXUINT;
}

void
kip_ticket_list_set_window (KipTicketList *self,
                            guint          first,
                            guint          last)
{
  g_return_if_fail (KIP_IS_TICKET_LIST (self));

  self->first = first;
  self->last = MAX (first, last);
  if (self->offered < self->ids->len && self->last + NEAR_THE_END >= self->offered)
    offer_rest_soon (self);
  if (self->tell_source != 0)
    tell_in_sight (self);
}

void
kip_ticket_list_offer_all (KipTicketList *self)
{
  guint before;

  g_return_if_fail (KIP_IS_TICKET_LIST (self));

  g_clear_handle_id (&self->offer_source, g_source_remove);
  before = self->offered;
  self->offered = self->ids->len;
  if (self->offered != before)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, self->offered - before);
}

void
kip_ticket_list_tell_all (KipTicketList *self)
{
  GHashTableIter iter;
  gpointer value;

  g_return_if_fail (KIP_IS_TICKET_LIST (self));

  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    KIP_TICKET_ITEM (value)->stale = TRUE;
  tell_in_sight (self);
  tell_later (self);
}
