/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-ticket-list-private.h"

#include "kip-clock.h"
#include "kip-list-edits.h"

/* What waits at a question's cancellable for its rows: of the list, of its beginning. */
#define ALL "kip-ids"
#define BEGINNING "kip-first-ids"

/* ---- answers ---- */

/* Puts items where @ids has other tickets than before; behind its end they stand for
 * nothing.  @all: all of them, as the question is another and they look different. */
static void
set_items (KipTicketList *self,
           gboolean       all)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      KipTicketItem *item = value;
      KipId id = kip_ticket_list_get_id (self, item->position);
      KipTicketRow *row = id != KIP_ID_NONE ? kip_row_cache_get (self->cache, id) : NULL;

      if (!all && item->id == id && item->row == row)
        continue;
      kip_ticket_item_set (item, id, row);
      item->stale = TRUE;
    }
}

static guint
first_offer (KipTicketList *self)
{
  return MIN (KIP_FIRST_OFFER, self->last - self->first + KIP_MORE_OFFER);
}

/* The places stay, what stands there is another.  Where only the beginning is known
 * there are as many as before. */
static void
start_over (KipTicketList *self,
            GArray        *ids,
            gboolean       fresh)
{
  guint before = self->offered;
  guint after = MIN (ids->len, MAX (before, first_offer (self)));
  KipListEdit cut;

  if (self->partial)
    after = MAX (before, after);
  cut = (KipListEdit) { after, before > after ? before - after : 0, 0 };
  g_array_unref (self->ids);
  self->ids = g_array_ref (ids);
  if (cut.removed > 0)
    kip_ticket_list_move_items (self, &cut);
  set_items (self, fresh);
  self->offered = after;
  if (before != after)
    g_list_model_items_changed (G_LIST_MODEL (self), MIN (before, after),
                                cut.removed, after > before ? after - before : 0);
  kip_ticket_list_tell_in_sight (self);
  kip_ticket_list_tell_later (self);
}

/* Nothing was found: nobody sees the list, and its two hundred rows will do for the
 * next answer.  They stand for nothing until then. */
static void
keep_places (KipTicketList *self,
             GArray        *ids)
{
  GHashTableIter iter;
  gpointer value;

  g_array_unref (self->ids);
  self->ids = g_array_ref (ids);
  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    kip_ticket_item_set (value, KIP_ID_NONE, NULL);
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
      kip_ticket_list_move_items (self, edit);
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
              GArray        *ids,
              gboolean       partial)
{
  gboolean fresh = self->fresh;
  g_autoptr (GArray) edits = fresh || self->partial ? NULL : edits_to (self, ids);

  self->fresh = FALSE;
  self->partial = partial;
  if (edits != NULL)
    apply_edits (self, ids, edits);
  else if (ids->len == 0)
    keep_places (self, ids);
  else
    {
      if (fresh)
        {
          self->last = self->last - self->first;
          self->first = 0;
        }
      start_over (self, ids, fresh);
    }
  kip_ticket_list_refill (self);
  kip_ticket_list_offer_rest_later (self);
  if (!self->ask_again)
    {
      g_hash_table_remove_all (self->changed);
      self->all_changed = FALSE;
    }
  g_signal_emit_by_name (self, "answered", fresh);
}

/* ---- questions ---- */

/* The first rows of all are on the screen by then. */
#define ALL_AFTER_MS 60

static void ask (KipTicketList *self);
static void ask_for_all (KipTicketList *self);

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
  g_autoptr (GArray) ids = g_object_steal_data (G_OBJECT (self->asking), ALL);

  put_in_place (self, ids, FALSE);
  end_question (self);
}

static gboolean
ask_for_all_cb (gpointer data)
{
  KipTicketList *self = data;

  self->all_source = 0;
  ask_for_all (self);
  return G_SOURCE_REMOVE;
}

/* Unless all of it was there first. */
static void
beginning_has_rows (KipTicketList *self)
{
  g_autoptr (GArray) ids = self->asking != NULL ? g_object_steal_data (G_OBJECT (self->asking), BEGINNING) : NULL;

  if (ids != NULL && self->fresh)
    put_in_place (self, ids, TRUE);
  if (self->asks_all_later)
    self->all_source = g_timeout_add (ALL_AFTER_MS, ask_for_all_cb, self);
}

/* Which rows should be at hand before the answer is shown. */
static GArray *
rows_to_show (KipTicketList *self,
              GArray        *ids)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (KipId));
  guint first = self->fresh ? 0 : MIN (self->first, ids->len);
  guint end = MIN (first + MAX (KIP_FIRST_OFFER, self->last - self->first), ids->len);

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
        g_signal_emit_by_name (self, "failed", error);
      end_question (self);
      return;
    }
  g_object_set_data_full (G_OBJECT (asking), ALL, g_array_ref (ids), (GDestroyNotify) g_array_unref);
  kip_ticket_list_fetch (self, rows_to_show (self, ids), asking, answer_has_rows);
}

/* How the list begins, if that is known long before all of it. */
static void
begun_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autofree Question *question = data;
  g_autoptr (KipTicketList) self = question->list;
  g_autoptr (GCancellable) asking = question->asking;
  g_autoptr (GArray) ids = kip_store_list_finish (KIP_STORE (source), result, NULL);

  if (self->asking != asking || g_object_get_data (G_OBJECT (asking), ALL) != NULL)
    return;
  if (ids == NULL)
    {
      if (self->asks_all_later)
        ask_for_all (self);
      return;
    }
  g_object_set_data_full (G_OBJECT (asking), BEGINNING, g_array_ref (ids), (GDestroyNotify) g_array_unref);
  kip_ticket_list_fetch (self, rows_to_show (self, ids), asking, beginning_has_rows);
}

static Question *
new_question (KipTicketList *self)
{
  Question *question = g_new0 (Question, 1);

  question->list = g_object_ref (self);
  question->asking = g_object_ref (self->asking);
  return question;
}

static void
ask_for_all (KipTicketList *self)
{
  self->asks_all_later = FALSE;
  kip_store_list_async (self->store, self->query, self->sort, self->descending, kip_clock_now (),
                        self->asking, listed_cb, new_question (self));
}

/* Where nothing is shown yet nothing is to be in the way of the first rows. */
static void
ask (KipTicketList *self)
{
  g_clear_handle_id (&self->all_source, g_source_remove);
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->asking = g_cancellable_new ();
  self->asks_all_later = self->fresh && g_hash_table_size (self->places) == 0;
  if (self->fresh)
    kip_store_list_first_async (self->store, self->query, self->sort, self->descending, kip_clock_now (), KIP_PAGE,
                                self->asking, begun_cb, new_question (self));
  if (!self->asks_all_later)
    ask_for_all (self);
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

void
kip_ticket_list_changed (KipTicketList *self,
                         GArray        *changes)
{
  self->generation++;
  fetch_changed (self, note_changed (self, changes));
  if (self->query_put)
    kip_ticket_list_refresh (self);
}

/* ---- public ---- */

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
