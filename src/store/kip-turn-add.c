/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is said in a turn: change-sets of this machine are completed, those of others come as they are. */

#include "kip-turn-private.h"

#include "kip-error.h"
#include "kip-membership.h"
#include "kip-purge.h"

#include <glib/gi18n-lib.h>
#include <string.h>

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
  KipPending *pending = kip_turn_find_pending (completion->turn, event->kind, event->entity, error);

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
  if (book->is_restored)
    {
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED,
                           _("The office was put back from a backup, and this computer has not read the shared file since, so it can only read. Nothing was changed. It goes on by itself when the share is reached; or leave the shared office to go on without it."));
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
      KipPending *pending = kip_turn_find_pending (turn, event->kind, event->entity, error);

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

      if (names_something (event) && kip_turn_find_pending (turn, event->kind, event->entity, error) == NULL)
        return FALSE;
    }
  return TRUE;
}

/* What is said by who is out changes nothing, but a ticket that only it names keeps its place; and who is out
 * may depend on it. */
static void
take_uncounted (KipTurn  *turn,
                KipEvent *event)
{
  if (event->kind == KIP_KIND_TICKET)
    {
      kip_turn_touch (turn, event->entity);
      kip_event_free (event);
      return;
    }
  turn->must_reload = TRUE;
  kip_pending_take_foreign (kip_turn_find_pending (turn, event->kind, event->entity, NULL), event);
}

/* Takes the events out of @change. */
static void
take_all_foreign (KipTurn   *turn,
                  KipChange *change,
                  gboolean   counts)
{
  g_ptr_array_set_free_func (change->events, NULL);
  for (guint i = 0; i < change->events->len; i++)
    {
      KipEvent *event = g_ptr_array_index (change->events, i);

      if (!names_something (event))
        kip_event_free (event);
      else if (counts)
        kip_pending_take_foreign (kip_turn_find_pending (turn, event->kind, event->entity, NULL), event);
      else
        take_uncounted (turn, event);
    }
  g_ptr_array_set_size (change->events, 0);
}

gboolean
kip_turn_add_raw (KipTurn      *turn,
                  KipRawChange *raw,
                  const guint8 *hash,
                  KipChange    *change,
                  gboolean      counts,
                  GError      **error)
{
  KipBook *book = turn->book;
  g_autoptr (KipRawChange) clean = NULL;
  g_autoptr (KipChange) rest = NULL;
  gboolean is_proven = TRUE;

  if (!find_all_pending (turn, change, error) || !kip_purge_clean (book->db, raw, hash, &clean, error))
    return FALSE;
  if (clean != NULL)
    change = rest = kip_raw_change_decode (clean, NULL, error);
  if (change == NULL
      || !kip_log_append_raw (book->db, book->device, &book->head, clean != NULL ? clean : raw, hash, change, error)
      || ((clean != NULL || raw->is_redacted) && !kip_purge_note (book->db, raw, clean != NULL ? clean : raw, &is_proven, error)))
    return FALSE;
  take_all_foreign (turn, change, counts);
  turn->is_news = TRUE;
  turn->must_refold |= !is_proven;
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
  take_all_foreign (turn, change, TRUE);
  turn->must_refold = TRUE;
  return TRUE;
}
