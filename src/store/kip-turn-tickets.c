/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The end of a turn: tickets that were touched are folded, computed and written. */

#include "kip-turn-private.h"

#include "kip-ahead.h"
#include "kip-merge.h"
#include "kip-project.h"

/* So many are computed beside being written. */
#define MANY 64

/* (transfer full) */
static KipEntity *
fold_ticket (KipTurn *turn,
             KipId    id,
             GError **error)
{
  KipKey key = { KIP_KIND_TICKET, id };
  gint64 number = (gint64) id;
  KipPending *pending = g_hash_table_lookup (turn->pending, &key);
  KipEntity *entity;

  if (pending != NULL)
    return kip_entity_ref (kip_pending_fold (pending));
  entity = g_hash_table_lookup (turn->folds, &number);
  if (entity != NULL)
    return kip_entity_ref (entity);
  entity = kip_book_fold (turn->book, KIP_KIND_TICKET, id, error);
  if (entity != NULL)
    g_hash_table_insert (turn->folds, g_memdup2 (&number, sizeof number), kip_entity_ref (entity));
  return entity;
}

static GPtrArray *
fold_sources (KipTurn *turn,
              KipId    root,
              GError **error)
{
  g_autoptr (GArray) ids = kip_merge_find_sources (turn->book->db, root, error);
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_entity_unref);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      KipEntity *source = fold_ticket (turn, g_array_index (ids, KipId, i), error);

      if (source == NULL)
        return NULL;
      g_ptr_array_add (sources, source);
    }
  return ids != NULL ? g_steal_pointer (&sources) : NULL;
}

static gboolean
find_root (KipTurn *turn,
           KipId    id,
           KipId   *root,
           GError **error)
{
  *root = id;
  return !turn->has_merges || kip_merge_find_root (turn->book->db, id, root, error);
}

/* A ticket of which nothing counts: its machine was removed before it wrote that.  It keeps its
 * place, as one that was deleted.  NULL in @entity: another ticket named it before its own
 * first event is here. */
static gboolean
fold_uncounted (KipTurn    *turn,
                KipId       id,
                KipEntity **entity,
                GError    **error)
{
  GPtrArray *events = kip_log_read_uncounted (turn->book->db, KIP_KIND_TICKET, id, error);

  *entity = NULL;
  if (events == NULL)
    return FALSE;
  if (events->len > 0)
    *entity = kip_entity_fold (KIP_KIND_TICKET, id, events);
  else
    g_ptr_array_unref (events);
  return TRUE;
}

static gboolean
compute_ticket (KipTurn *turn,
                KipId    id,
                GError **error)
{
  KipBook *book = turn->book;
  g_autoptr (KipEntity) entity = fold_ticket (turn, id, error);
  g_autoptr (GPtrArray) sources = NULL;
  g_autoptr (KipTicket) ticket = NULL;
  g_autoptr (KipComputed) computed = NULL;
  gboolean counts;
  KipId root;

  if (entity == NULL)
    return FALSE;
  counts = !kip_entity_is_empty (entity);
  if (!counts)
    {
      g_clear_pointer (&entity, kip_entity_unref);
      if (!fold_uncounted (turn, id, &entity, error))
        return FALSE;
    }
  if (entity == NULL)
    return TRUE;
  if (!find_root (turn, id, &root, error))
    return FALSE;
  if (root == id && turn->has_merges && (sources = fold_sources (turn, id, error)) == NULL)
    return FALSE;
  ticket = kip_ticket_new (entity, sources != NULL && sources->len > 0 ? sources : NULL, kip_office_get_matrix (book->office));
  ticket->merged_into = root != id ? root : KIP_ID_NONE;
  ticket->deleted |= !counts;
  computed = kip_computed_new (ticket, book->agreements, book->office);
  return kip_project_ticket (book, computed, error);
}

/* Takes the tickets in @ids that are still to be done, in that order. */
static gboolean
compute_in_order (KipTurn    *turn,
                  GArray     *ids,
                  GHashTable *todo,
                  GError    **error)
{
  for (guint i = 0; i < ids->len; i++)
    {
      gint64 key = (gint64) g_array_index (ids, KipId, i);

      if (g_hash_table_remove (todo, &key) && !compute_ticket (turn, (KipId) key, error))
        return FALSE;
    }
  return TRUE;
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  KipId x = *(const KipId *) a, y = *(const KipId *) b;

  return (x > y) - (x < y);
}

/* What was only touched by way of another ticket. */
static GArray *
remaining (GHashTable *todo)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (KipId));
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, todo);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_array_append_vals (ids, key, 1);
  g_array_sort (ids, compare_ids);
  return ids;
}

/* Takes up what @id says of its merging. */
static gboolean
note_ticket (KipTurn    *turn,
             KipId       id,
             gboolean    is_new,
             GArray     *ids,
             GHashTable *todo,
             GError    **error)
{
  g_autoptr (KipEntity) entity = fold_ticket (turn, id, error);

  if (entity == NULL)
    return FALSE;
  g_array_append_val (ids, id);
  kip_turn_tell (turn, KIP_KIND_TICKET, id, is_new);
  turn->has_merges |= kip_entity_get_writes (entity, KIP_FIELD_MERGED_INTO) != NULL;
  if (turn->has_merges)
    return kip_merge_note (turn->book->db, entity, todo, error);
  g_hash_table_add (todo, g_memdup2 (&id, sizeof id));
  return TRUE;
}

static gboolean
note_tickets (KipTurn    *turn,
              GArray     *ids,
              GHashTable *todo,
              GError    **error)
{
  for (guint i = 0; i < turn->order->len; i++)
    {
      KipPending *pending = g_ptr_array_index (turn->order, i);

      if (pending->kind == KIP_KIND_TICKET && pending->added->len > 0
          && !note_ticket (turn, pending->id, kip_pending_is_new (pending), ids, todo, error))
        return FALSE;
    }
  for (guint i = 0; i < turn->touched->len; i++)
    if (!note_ticket (turn, g_array_index (turn->touched, KipId, i), FALSE, ids, todo, error))
      return FALSE;
  return TRUE;
}

/* Slots are given in the order of the log; what has none yet will be computed in its turn. */
static gboolean
drop_without_slot (KipTurn *turn,
                   GArray  *ids,
                   GError **error)
{
  for (guint i = ids->len; i > 0; i--)
    {
      gint64 slot;

      if (!kip_db_get_int (turn->book->db, 0, &slot, error, "SELECT slot FROM ticket WHERE id = ?1",
                           "i", (gint64) g_array_index (ids, KipId, i - 1)))
        return FALSE;
      if (slot == 0)
        g_array_remove_index (ids, i - 1);
    }
  return TRUE;
}

static gboolean
settle_in_turn (KipTurn *turn,
                GError **error)
{
  g_autoptr (GHashTable) todo = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (KipId));
  g_autoptr (GArray) rest = NULL;

  if (!note_tickets (turn, ids, todo, error) || !compute_in_order (turn, ids, todo, error))
    return FALSE;
  rest = remaining (todo);
  if (!drop_without_slot (turn, rest, error))
    return FALSE;
  for (guint i = 0; i < rest->len; i++)
    kip_turn_tell (turn, KIP_KIND_TICKET, g_array_index (rest, KipId, i), FALSE);
  return compute_in_order (turn, rest, todo, error);
}

/* ---- many at once ---- */

static gboolean
speaks_of_merging (const KipPending *pending)
{
  for (guint i = 0; i < pending->added->len; i++)
    if (((const KipEvent *) g_ptr_array_index (pending->added, i))->field == KIP_FIELD_MERGED_INTO)
      return TRUE;
  return kip_entity_get_writes (pending->before, KIP_FIELD_MERGED_INTO) != NULL;
}

/* (transfer container) (nullable) of KipPending: the turn's tickets, where they are many and
 * none has to do with another */
static GPtrArray *
independent_tickets (KipTurn *turn)
{
  g_autoptr (GPtrArray) tickets = g_ptr_array_new ();

  if (turn->has_merges || turn->touched->len > 0)
    return NULL;
  for (guint i = 0; i < turn->order->len; i++)
    {
      KipPending *pending = g_ptr_array_index (turn->order, i);

      if (pending->kind != KIP_KIND_TICKET || pending->added->len == 0)
        continue;
      if (speaks_of_merging (pending))
        return NULL;
      g_ptr_array_add (tickets, pending);
    }
  return tickets->len >= MANY ? g_steal_pointer (&tickets) : NULL;
}

static gboolean
settle_independent (KipTurn   *turn,
                    GPtrArray *tickets,
                    GError   **error)
{
  g_autoptr (KipAhead) ahead = kip_ahead_new (turn->book, tickets);

  for (guint i = 0; i < tickets->len; i++)
    {
      const KipPending *pending = g_ptr_array_index (tickets, i);
      const KipComputed *computed = kip_ahead_take (ahead);

      kip_turn_tell (turn, KIP_KIND_TICKET, pending->id, kip_pending_is_new (pending));
      if (computed != NULL ? !kip_project_ticket (turn->book, computed, error) : !compute_ticket (turn, pending->id, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
kip_turn_settle_tickets (KipTurn *turn,
                         GError **error)
{
  g_autoptr (GPtrArray) independent = NULL;

  if (!kip_merge_is_used (turn->book->db, &turn->has_merges, error))
    return FALSE;
  independent = independent_tickets (turn);
  return independent != NULL ? settle_independent (turn, independent, error) : settle_in_turn (turn, error);
}
