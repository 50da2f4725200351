/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-turn-private.h"

#include "kip-membership.h"
#include "kip-purge.h"
#include "kip-stale.h"
#include "kip-tidings-note.h"

KipTurn *
kip_turn_new (KipBook *book,
              KipNews *news)
{
  KipTurn *turn = g_new0 (KipTurn, 1);

  turn->book = book;
  turn->news = news;
  turn->pending = g_hash_table_new_full (kip_key_hash, kip_key_equal, g_free, NULL);
  turn->order = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_pending_free);
  turn->touched = g_array_new (FALSE, FALSE, sizeof (KipId));
  turn->folds = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) kip_entity_unref);
  return turn;
}

static gpointer
free_thread (gpointer data)
{
  KipTurn *turn = data;

  g_hash_table_unref (turn->pending);
  g_ptr_array_unref (turn->order);
  g_array_unref (turn->touched);
  g_hash_table_unref (turn->folds);
  g_free (turn);
  return NULL;
}

/* Of an import's turn there is much to let go, and the next is waiting. */
#define MANY 1000

void
kip_turn_free (KipTurn *turn)
{
  if (turn->order->len < MANY)
    free_thread (turn);
  else
    g_thread_unref (g_thread_new ("kip-free", free_thread, turn));
}

KipPending *
kip_turn_find_pending (KipTurn *turn,
                       KipKind  kind,
                       KipId    id,
                       GError **error)
{
  KipKey key = { kind, id };
  KipPending *pending = g_hash_table_lookup (turn->pending, &key);
  KipEntity *before;

  if (pending != NULL)
    return pending;
  before = kip_book_fold (turn->book, kind, id, error);
  if (before == NULL)
    return NULL;
  pending = kip_pending_new (before);
  pending->has_early = turn->book->early != NULL && kind == KIP_KIND_TICKET && kip_early_has (turn->book->early, id);
  g_hash_table_insert (turn->pending, kip_key_new (kind, id), pending);
  g_ptr_array_add (turn->order, pending);
  return pending;
}

void
kip_turn_touch (KipTurn *turn,
                KipId    ticket)
{
  g_array_append_val (turn->touched, ticket);
}

/* ---- settling ---- */

void
kip_turn_tell (KipTurn *turn,
               KipKind  kind,
               KipId    id,
               gboolean is_new)
{
  KipChanged changed = { kind, id, is_new };

  g_array_append_val (turn->news->changed, changed);
}

static gboolean
speak_of_members (GPtrArray *changed)
{
  for (guint i = 0; i < changed->len; i++)
    {
      const KipPending *pending = g_ptr_array_index (changed, i);

      for (guint j = 0; j < pending->added->len; j++)
        if (kip_members_is_of_them (g_ptr_array_index (pending->added, j)))
          return TRUE;
    }
  return FALSE;
}

/* What the log says of the tickets at hand is not what was pending any more. */
static gboolean
refold_pending (KipTurn *turn,
                GError **error)
{
  for (guint i = 0; i < turn->order->len; i++)
    {
      KipPending *pending = g_ptr_array_index (turn->order, i);
      KipEntity *entity;

      if (pending->kind != KIP_KIND_TICKET || pending->added->len == 0)
        continue;
      entity = kip_book_fold (turn->book, pending->kind, pending->id, error);
      if (entity == NULL)
        return FALSE;
      kip_pending_replace (pending, entity);
    }
  return TRUE;
}

/* Who takes part decides what counts: where that changes, the office is folded again, and
 * so are the tickets of those who are out. */
static gboolean
settle_members (KipTurn   *turn,
                GPtrArray *changed,
                GError   **error)
{
  KipBook *book = turn->book;
  gboolean office_changed = FALSE;

  if (speak_of_members (changed)
      && (!kip_book_read_members (book, error)
          || !kip_membership_write (book->db, book->members, turn->touched, &office_changed, error)))
    return FALSE;
  if (!office_changed)
    return !turn->must_reload || kip_book_reload (book, error);
  return kip_book_reload (book, error) && kip_db_run (book->db, error, "INSERT OR IGNORE INTO stale (ticket) SELECT id FROM ticket", "")
         && refold_pending (turn, error);
}

/* Folds what is no ticket, first: tickets are computed by it. */
static gboolean
settle_office (KipTurn *turn,
               GError **error)
{
  g_autoptr (GPtrArray) changed = g_ptr_array_new ();

  for (guint i = 0; i < turn->order->len; i++)
    {
      KipPending *pending = g_ptr_array_index (turn->order, i);

      if (pending->kind == KIP_KIND_TICKET || pending->added->len == 0)
        continue;
      turn->speaks_of_purge |= pending->kind == KIP_KIND_PURGE;
      kip_book_put_entity (turn->book, kip_entity_ref (kip_pending_fold (pending)));
      kip_turn_tell (turn, pending->kind, pending->id, kip_pending_is_new (pending));
      g_ptr_array_add (changed, pending);
    }
  if (changed->len == 0)
    return TRUE;
  kip_book_make_snapshots (turn->book);
  turn->news->office_changed = TRUE;
  return kip_stale_note (turn->book, changed, error) && settle_members (turn, changed, error);
}

/* ---- forgetting ---- */

void
kip_turn_count_conflicts (KipTurn *turn,
                          guint   *n_conflicts)
{
  turn->n_conflicts = n_conflicts;
}

void
kip_turn_forget_again (KipTurn *turn)
{
  turn->must_forget = TRUE;
}

/* The office is folded again, and every ticket by and by: it shows names. */
static gboolean
settle_purges (KipTurn *turn,
               GError **error)
{
  KipBook *book = turn->book;
  gboolean changed = FALSE, again = FALSE;

  if ((turn->speaks_of_purge && !kip_purge_take (book, turn->touched, &changed, error))
      || (turn->must_forget && !kip_purge_take_again (book, turn->touched, &again, error)))
    return FALSE;
  if (!changed && !again && !turn->must_refold)
    return TRUE;
  turn->news->office_changed = TRUE;
  turn->news->everything = TRUE;
  turn->news->forgotten |= changed || again;
  return kip_book_reload (book, error)
         && kip_db_run (book->db, error, "INSERT OR REPLACE INTO counter (key, value) SELECT 'stale-slot', max(slot) FROM ticket HAVING max(slot) > 0", "")
         && refold_pending (turn, error);
}

/* ---- telling ---- */

static gboolean
is_new_conflict (KipPending *pending)
{
  return !kip_entity_has_conflict (pending->before, 0) && kip_entity_has_conflict (kip_pending_fold (pending), 0);
}

/* Tickets in which somebody was forgotten are not what was pending. */
static gboolean
note_tidings (KipTurn *turn,
              GError **error)
{
  gboolean are_noted, is_refolded = turn->must_refold || turn->news->forgotten;

  if (!turn->is_news)
    return TRUE;
  if (!kip_tidings_are_noted (turn->book->db, &are_noted, error))
    return FALSE;
  for (guint i = 0; are_noted && !is_refolded && i < turn->order->len; i++)
    {
      KipPending *pending = g_ptr_array_index (turn->order, i);

      if (pending->kind != KIP_KIND_TICKET || pending->added->len == 0)
        continue;
      if (turn->n_conflicts != NULL)
        *turn->n_conflicts += is_new_conflict (pending);
      if (!kip_tidings_note_ticket (turn->book, pending, error))
        return FALSE;
    }
  return !are_noted || kip_tidings_note_refused (turn->book, error);
}

/* ---- signing ---- */

/* The last change-set's signature vouches for all before it: their hashes are a chain. */
static gboolean
sign (KipTurn *turn,
      GError **error)
{
  KipBook *book = turn->book;

  if (!turn->is_unsigned)
    return TRUE;
  turn->is_unsigned = FALSE;
  return kip_log_sign (book->db, book->keys, &book->head, error);
}

gboolean
kip_turn_settle (KipTurn *turn,
                 GError **error)
{
  return sign (turn, error)
         && settle_office (turn, error)
         && settle_purges (turn, error)
         && kip_stale_take_few (turn->book->db, turn->touched, error)
         && kip_turn_settle_tickets (turn, error)
         && note_tidings (turn, error);
}
