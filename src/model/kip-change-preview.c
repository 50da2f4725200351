/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-change-preview.h"

#include <glib/gi18n-lib.h>

#include "kip-clock.h"
#include "kip-format.h"

void
kip_change_preview_free (KipChangePreview *preview)
{
  if (preview == NULL)
    return;
  g_clear_pointer (&preview->moves, g_array_unref);
  g_clear_pointer (&preview->subjects, g_ptr_array_unref);
  g_free (preview);
}

/* ---- in the thread ---- */

typedef struct
{
  KipAgreements *from; /* (owned) */
  KipAgreements *to;   /* (owned) */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  kip_agreements_unref (question->from);
  kip_agreements_unref (question->to);
  g_free (question);
}

/* A ticket that vanished meanwhile is none of the open ones any more. */
static GPtrArray *
open_tickets (KipStore     *store,
              GCancellable *cancellable,
              GError      **error)
{
  g_autoptr (KipQuery) query = kip_query_parse ("is:open");
  g_autoptr (GArray) ids = kip_store_list (store, query, KIP_SORT_DUE, FALSE, kip_clock_now (), cancellable, error);
  GPtrArray *tickets;

  if (ids == NULL)
    return NULL;
  tickets = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_ticket_unref);
  for (guint i = 0; i < ids->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      KipTicket *ticket = kip_store_ticket (store, g_array_index (ids, KipId, i), NULL);

      if (ticket != NULL)
        g_ptr_array_add (tickets, ticket);
    }
  return tickets;
}

static const char *
subject_of (GPtrArray *tickets,
            KipId      id)
{
  for (guint i = 0; i < tickets->len; i++)
    if (((KipTicket *) g_ptr_array_index (tickets, i))->id == id)
      return ((KipTicket *) g_ptr_array_index (tickets, i))->subject;
  return "";
}

static guint
count_tickets (const GArray *moves)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < moves->len; i++)
    g_hash_table_add (seen, &g_array_index (moves, KipClockMove, i).ticket);
  return g_hash_table_size (seen);
}

static void
look (GTask        *task,
      gpointer      source,
      gpointer      data,
      GCancellable *cancellable)
{
  const Question *question = data;
  GError *error = NULL;
  g_autoptr (GPtrArray) tickets = open_tickets (source, cancellable, &error);
  KipChangePreview *preview;

  if (tickets == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  preview = g_new0 (KipChangePreview, 1);
  preview->n_open = tickets->len;
  preview->moves = kip_agreements_preview (tickets, question->from, question->to);
  preview->n_moved = count_tickets (preview->moves);
  preview->subjects = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < preview->moves->len; i++)
    g_ptr_array_add (preview->subjects,
                     g_strdup (subject_of (tickets, g_array_index (preview->moves, KipClockMove, i).ticket)));
  g_task_return_pointer (task, preview, (GDestroyNotify) kip_change_preview_free);
}

/* ---- public ---- */

void
kip_change_preview_async (KipStore           *store,
                          const KipChange    *change,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, data);
  Question *question = g_new0 (Question, 1);

  question->from = kip_store_dup_agreements (store);
  question->to = kip_agreements_propose_change (question->from, change);
  g_task_set_task_data (task, question, question_free);
  g_task_run_in_thread (task, look);
}

KipChangePreview *
kip_change_preview_finish (KipStore     *store,
                           GAsyncResult *result,
                           GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

char *
kip_change_preview_summary (const KipChangePreview *preview)
{
  if (preview->n_open == 0)
    return g_strdup (_("There are no open tickets."));
  if (preview->n_moved == 0)
    return g_strdup (_("No open ticket gets another deadline."));
  return g_strdup_printf (ngettext ("%1$u of %2$u open tickets gets another deadline.",
                                    "%1$u of %2$u open tickets get another deadline.", preview->n_moved),
                          preview->n_moved, preview->n_open);
}

static char *
describe_end (KipClockState state,
              KipInstant    due,
              KipInstant    now)
{
  if (state == KIP_CLOCK_PAUSED && due == KIP_INSTANT_NONE)
    return g_strdup (_("paused"));
  if (state == KIP_CLOCK_OFF || due == KIP_INSTANT_NONE)
    return g_strdup (_("no deadline"));
  return kip_format_when (due, now, NULL);
}

char *
kip_clock_move_describe (const KipClockMove *move,
                         KipInstant          now)
{
  g_autofree char *from = describe_end (move->old_state, move->old_due, now);
  g_autofree char *to = describe_end (move->new_state, move->new_due, now);
  const char *clock = kip_format_clock_name (move->clock);

  /* A paused clock has no deadline: what moves is how much time it has. */
  if (g_strcmp0 (from, to) == 0 && move->old_target != move->new_target)
    {
      g_autofree char *had = kip_format_duration (move->old_target);
      g_autofree char *has = kip_format_duration (move->new_target);

      return g_strdup_printf (_("%1$s: target %2$s → %3$s"), clock, had, has);
    }
  return g_strdup_printf (_("%1$s: %2$s → %3$s"), clock, from, to);
}
