/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-turn.h"

#include "kip-error.h"
#include "kip-membership.h"
#include "kip-merge.h"
#include "kip-pending.h"
#include "kip-project.h"
#include "kip-purge.h"
#include "kip-stale.h"
#include "kip-tidings-note.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _KipTurn
{
  KipBook    *book;
  KipNews    *news;
  GHashTable *pending; /* (owned) KipKey → KipPending */
  GPtrArray  *order;   /* (owned) of KipPending, as they were first touched */
  GArray     *touched; /* (owned) of KipId: tickets to compute again */
  GHashTable *folds;   /* (owned) gint64 → KipEntity: tickets folded that are not pending */
  gboolean    is_unsigned; /* the end of the log */
  gboolean    has_merges;  /* some ticket is merged, or will be */
  gboolean    speaks_of_purge; /* something was said about forgetting */
  gboolean    must_forget; /* what was forgotten once, again */
  gboolean    must_refold; /* what is pending is not what the log says */
  gboolean    is_news;     /* something came from other machines */
  guint      *n_conflicts; /* (nullable) to count them in; borrowed */
};

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

static KipPending *
find_pending (KipTurn *turn,
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
  g_hash_table_insert (turn->pending, kip_key_new (kind, id), pending);
  g_ptr_array_add (turn->order, pending);
  return pending;
}

/* ---- adding a change-set ---- */

static gboolean
makes_sense (const KipChange *change,
             GError         **error)
{
  for (guint i = 0; i < change->events->len; i++)
    {
      const KipEvent *event = g_ptr_array_index (change->events, i);

      if (event->entity != KIP_ID_NONE && event->entity <= G_MAXINT64
          && event->verb >= KIP_VERB_SET && event->verb <= KIP_VERB_RESTORE)
        continue;
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_INVALID,
                           _("Kip was asked to save something that makes no sense, and did not. Nothing was changed."));
      return FALSE;
    }
  return TRUE;
}

/* A change-set while it is being completed. */
typedef struct
{
  KipTurn   *turn;
  KipChange *change;
  guint64    seq;
  GPtrArray *kept;       /* (owned) of KipEvent, owned by their pendings */
  GPtrArray *new_tickets; /* (owned) of KipPending */
  gint64     number;     /* of the first new ticket */
} Completion;

static gboolean
is_number (const KipEvent *event)
{
  return event->kind == KIP_KIND_TICKET && event->field == KIP_FIELD_NUMBER && event->verb == KIP_VERB_SET;
}

/* Takes @event when it changes something, else frees it. */
static void
keep_event (Completion *completion,
            KipPending *pending,
            KipEvent   *event)
{
  event->id = (KipEventId) { completion->turn->book->device, completion->kept->len, completion->seq };
  if (event->at == KIP_INSTANT_NONE || event->at == completion->change->stamp->at)
    event->at = kip_pending_now (pending, completion->change->stamp->at);
  if (kip_pending_take (pending, event))
    g_ptr_array_add (completion->kept, event);
  else
    kip_event_free (event);
}

static void
give_number (Completion *completion,
             KipEvent   *event)
{
  KipBook *book = completion->turn->book;
  gint64 number = kip_value_get_int (event->value, 0);

  if (number == 0)
    {
      number = KIP_TICKET_NUMBER (book->device, ++book->number);
      g_clear_pointer (&event->value, kip_value_unref);
      event->value = kip_value_int (number);
    }
  if (completion->number == 0)
    completion->number = number;
}

static gboolean
complete_event (Completion *completion,
                KipEvent   *event,
                GError    **error)
{
  KipPending *pending = find_pending (completion->turn, event->kind, event->entity, error);

  if (pending == NULL)
    {
      kip_event_free (event);
      return FALSE;
    }
  if (event->kind == KIP_KIND_TICKET && kip_pending_is_new (pending) && pending->added->len == 0)
    g_ptr_array_add (completion->new_tickets, pending);
  if (is_number (event))
    give_number (completion, event);
  keep_event (completion, pending, event);
  return TRUE;
}

/* Every ticket gets a number with its first change-set. */
static void
number_new_tickets (Completion *completion)
{
  for (guint i = 0; i < completion->new_tickets->len; i++)
    {
      KipPending *pending = g_ptr_array_index (completion->new_tickets, i);
      KipEvent *event;

      if (pending->added->len == 0 || kip_pending_has (pending, KIP_FIELD_NUMBER))
        continue;
      event = kip_event_new (KIP_KIND_TICKET, pending->id, KIP_VERB_SET, KIP_FIELD_NUMBER);
      event->at = ((KipEvent *) g_ptr_array_index (pending->added, 0))->at;
      give_number (completion, event);
      keep_event (completion, pending, event);
    }
}

static gboolean
complete (Completion *completion,
          GError    **error)
{
  GPtrArray *events = completion->change->events;
  gboolean ok = TRUE;

  g_ptr_array_set_free_func (events, NULL);
  for (guint i = 0; i < events->len; i++)
    if (ok)
      ok = complete_event (completion, g_ptr_array_index (events, i), error);
    else
      kip_event_free (g_ptr_array_index (events, i));
  number_new_tickets (completion);
  g_ptr_array_set_size (events, 0);
  for (guint i = 0; i < completion->kept->len; i++)
    g_ptr_array_add (events, g_ptr_array_index (completion->kept, i));
  return ok;
}

static void
fill_receipt (KipReceipt     *receipt,
              const KipStamp *stamp,
              gint64          number)
{
  if (receipt == NULL)
    return;
  receipt->device = stamp->device;
  receipt->seq = stamp->seq;
  receipt->number = number;
}

/* A copy that was not let in yet may read, and so may a machine that was removed. */
static gboolean
may_write (KipBook *book,
           GError **error)
{
  if (book->device == 0)
    {
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED,
                           _("This computer was not let into the office yet, so it can only read. Nothing was changed. Ask a manager to let it in."));
      return FALSE;
    }
  if (kip_members_has (book->members, book->device, book->head.seq + 1))
    return TRUE;
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED,
                       _("This computer was removed from the office, so it can only read. Nothing was changed."));
  return FALSE;
}

/* What a newer Kip must not be written over. */
static gboolean
may_change (KipTurn   *turn,
            KipChange *change,
            GError   **error)
{
  for (guint i = 0; i < change->events->len; i++)
    {
      const KipEvent *event = g_ptr_array_index (change->events, i);
      KipPending *pending = find_pending (turn, event->kind, event->entity, error);

      if (pending == NULL)
        return FALSE;
      if (!kip_entity_is_newer (pending->before))
        continue;
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED,
                           _("A newer Kip wrote something here that this one does not know, so it can only be read on this computer. Nothing was changed. Update Kip to change it."));
      return FALSE;
    }
  return TRUE;
}

/* The others would leave it out. */
static gboolean
may_say (KipBook         *book,
         const KipChange *change,
         GError         **error)
{
  if (kip_members_is_manager (book->members, book->device))
    return TRUE;
  for (guint i = 0; i < change->events->len; i++)
    if (kip_members_is_governed (g_ptr_array_index (change->events, i)))
      {
        g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED,
                             _("Only a manager changes what holds for the whole office: promises, calendars, statuses, targets and the office itself. Nothing was changed. Ask a manager."));
        return FALSE;
      }
  return TRUE;
}

gboolean
kip_turn_may_add (KipTurn   *turn,
                  KipChange *change,
                  GError   **error)
{
  return may_write (turn->book, error) && may_say (turn->book, change, error) && makes_sense (change, error) && kip_purge_check (turn->book->db, change, error)
         && may_change (turn, change, error);
}

gboolean
kip_turn_add_allowed (KipTurn    *turn,
                      KipChange  *change,
                      KipReceipt *receipt,
                      GError    **error)
{
  KipBook *book = turn->book;
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  g_autoptr (GPtrArray) new_tickets = g_ptr_array_new ();
  Completion completion = { turn, change, book->head.seq + 1, kept, new_tickets, 0 };

  if (!complete (&completion, error))
    return FALSE;
  if (kept->len == 0)
    {
      if (receipt != NULL)
        memset (receipt, 0, sizeof *receipt);
      return TRUE;
    }
  if (!kip_log_append (book->db, book->device, &book->head, change, error))
    return FALSE;
  turn->is_unsigned = TRUE;
  fill_receipt (receipt, change->stamp, completion.number);
  return TRUE;
}

gboolean
kip_turn_add (KipTurn    *turn,
              KipChange  *change,
              KipReceipt *receipt,
              GError    **error)
{
  return kip_turn_may_add (turn, change, error) && kip_turn_add_allowed (turn, change, receipt, error);
}

/* An id that no machine gives out names nothing that could be folded. */
static gboolean
names_something (const KipEvent *event)
{
  return event->entity != KIP_ID_NONE && event->entity <= G_MAXINT64;
}

/* What is known of the entities before the change-set is in the log. */
static gboolean
find_all_pending (KipTurn   *turn,
                  KipChange *change,
                  GError   **error)
{
  for (guint i = 0; i < change->events->len; i++)
    {
      const KipEvent *event = g_ptr_array_index (change->events, i);

      if (names_something (event) && find_pending (turn, event->kind, event->entity, error) == NULL)
        return FALSE;
    }
  return TRUE;
}

/* Takes the events out of @change. */
static void
take_all_foreign (KipTurn   *turn,
                  KipChange *change)
{
  g_ptr_array_set_free_func (change->events, NULL);
  for (guint i = 0; i < change->events->len; i++)
    {
      KipEvent *event = g_ptr_array_index (change->events, i);

      if (names_something (event))
        kip_pending_take_foreign (find_pending (turn, event->kind, event->entity, NULL), event);
      else
        kip_event_free (event);
    }
  g_ptr_array_set_size (change->events, 0);
}

gboolean
kip_turn_add_raw (KipTurn      *turn,
                  KipRawChange *raw,
                  const guint8 *hash,
                  KipChange    *change,
                  GError      **error)
{
  KipBook *book = turn->book;
  g_autoptr (KipRawChange) clean = NULL;
  g_autoptr (KipChange) rest = NULL;
  gboolean counts = TRUE;

  if (!find_all_pending (turn, change, error) || !kip_purge_clean (book->db, raw, hash, &clean, error))
    return FALSE;
  if (clean != NULL)
    change = rest = kip_raw_change_decode (clean, NULL, error);
  if (change == NULL
      || !kip_log_append_raw (book->db, book->device, &book->head, clean != NULL ? clean : raw, hash, change, error)
      || ((clean != NULL || raw->is_redacted) && !kip_purge_note (book->db, raw, clean != NULL ? clean : raw, &counts, error)))
    return FALSE;
  take_all_foreign (turn, change);
  turn->is_news = TRUE;
  turn->must_refold |= !counts;
  return TRUE;
}

gboolean
kip_turn_fill_raw (KipTurn      *turn,
                   KipRawChange *raw,
                   const guint8 *hash,
                   KipChange    *change,
                   GError      **error)
{
  KipBook *book = turn->book;
  g_autoptr (KipRawChange) clean = NULL;
  g_autoptr (KipChange) rest = NULL;
  gboolean counts;

  if (!find_all_pending (turn, change, error) || !kip_purge_clean (book->db, raw, hash, &clean, error))
    return FALSE;
  if (clean != NULL)
    change = rest = kip_raw_change_decode (clean, NULL, error);
  if (change == NULL
      || !kip_log_replace_raw (book->db, clean != NULL ? clean : raw, error)
      || !kip_purge_note (book->db, raw, clean != NULL ? clean : raw, &counts, error))
    return FALSE;
  take_all_foreign (turn, change);
  turn->must_refold = TRUE;
  return TRUE;
}

void
kip_turn_touch (KipTurn *turn,
                KipId    ticket)
{
  g_array_append_val (turn->touched, ticket);
}

/* ---- settling ---- */

static void
tell (KipTurn *turn,
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

/* Who takes part decides what counts: where that changes, the office is folded again, and
 * so are the tickets of those who are out. */
static gboolean
settle_members (KipTurn   *turn,
                GPtrArray *changed,
                GError   **error)
{
  KipBook *book = turn->book;
  gboolean office_changed;

  if (!speak_of_members (changed))
    return TRUE;
  if (!kip_book_read_members (book, error)
      || !kip_membership_write (book->db, book->members, turn->touched, &office_changed, error))
    return FALSE;
  return !office_changed
         || (kip_book_reload (book, error) && kip_db_run (book->db, error, "INSERT OR IGNORE INTO stale (ticket) SELECT id FROM ticket", ""));
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
      tell (turn, pending->kind, pending->id, kip_pending_is_new (pending));
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

/* ---- tickets ---- */

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
  tell (turn, KIP_KIND_TICKET, id, is_new);
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
settle_tickets (KipTurn *turn,
                GError **error)
{
  g_autoptr (GHashTable) todo = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (KipId));
  g_autoptr (GArray) rest = NULL;

  if (!kip_merge_is_used (turn->book->db, &turn->has_merges, error) || !note_tickets (turn, ids, todo, error) || !compute_in_order (turn, ids, todo, error))
    return FALSE;
  rest = remaining (todo);
  if (!drop_without_slot (turn, rest, error))
    return FALSE;
  for (guint i = 0; i < rest->len; i++)
    tell (turn, KIP_KIND_TICKET, g_array_index (rest, KipId, i), FALSE);
  return compute_in_order (turn, rest, todo, error);
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
         && settle_tickets (turn, error)
         && note_tidings (turn, error);
}
