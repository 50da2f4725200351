/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-what-if-past.h"

#include <string.h>

/* ---- what counts ---- */

static gboolean
is_within (const KipWhatIfPast *past,
           KipInstant           at)
{
  return at >= past->range.from && at < past->range.to;
}

static gboolean
is_open_late (const KipClock *clock,
              KipInstant      now)
{
  if (clock->state == KIP_CLOCK_PAUSED)
    return clock->was_late;
  return clock->state == KIP_CLOCK_RUNNING && clock->breached != KIP_INSTANT_NONE && clock->breached < now;
}

/* First response and resolution; and the round of the next update that is open. */
static void
tell_one (const KipClock      *clock,
          const KipWhatIfPast *past,
          KipWhatIfClock      *told)
{
  gboolean stopped = clock->state == KIP_CLOCK_MET || clock->state == KIP_CLOCK_MISSED;
  gboolean late = is_open_late (clock, past->now);

  if (!stopped && !late)
    {
      if (clock->state != KIP_CLOCK_OFF && told->verdict == KIP_OUTCOME_NONE)
        told->verdict = KIP_OUTCOME_OPEN;
      return;
    }
  if (is_within (past, stopped ? clock->stopped : clock->breached))
    {
      told->n++;
      told->n_kept += clock->state == KIP_CLOCK_MET;
    }
  told->verdict = clock->state == KIP_CLOCK_MET ? KIP_OUTCOME_KEPT : KIP_OUTCOME_BROKEN;
}

static KipInstant
first_answer (const KipTicket *ticket)
{
  if (ticket->on_line)
    return ticket->received;
  for (guint i = 0; i < ticket->messages->len; i++)
    {
      const KipMessage *message = &g_array_index (ticket->messages, KipMessage, i);

      if (message->kind == KIP_MESSAGE_REPLY || message->kind == KIP_MESSAGE_CALL)
        return MAX (message->at, ticket->received);
    }
  return KIP_INSTANT_NONE;
}

/* Finished rounds count where the last of them ended, as in the measure. */
static void
tell_updates (const KipClock      *clock,
              const KipTicket     *ticket,
              const KipWhatIfPast *past,
              KipWhatIfClock      *told)
{
  KipInstant at = clock->stopped != KIP_INSTANT_NONE ? clock->stopped : first_answer (ticket);

  if (clock->n_met + clock->n_missed > 0)
    {
      told->verdict = clock->n_missed > 0 ? KIP_OUTCOME_BROKEN : KIP_OUTCOME_KEPT;
      if (is_within (past, at))
        {
          told->n = (guint16) (clock->n_met + clock->n_missed);
          told->n_kept = (guint16) clock->n_met;
        }
    }
  if (clock->state == KIP_CLOCK_RUNNING || clock->state == KIP_CLOCK_PAUSED)
    tell_one (clock, past, told);
}

void
kip_what_if_clock_tell (const KipClock      *clock,
                        KipClockKind         kind,
                        const KipTicket     *ticket,
                        const KipWhatIfPast *past,
                        KipWhatIfClock      *told)
{
  *told = (KipWhatIfClock) { clock->used, clock->target, clock->stopped, clock->due };
  told->by_hand = clock->by_hand;
  told->on_line = clock->on_line;
  if (kind == KIP_CLOCK_UPDATE)
    tell_updates (clock, ticket, past, told);
  else
    tell_one (clock, past, told);
}

/* ---- a thinner ticket ---- */

/* What clocks and conditions still ask the fold about: the rest is in the arrays. */
static gboolean
is_needed (KipField field)
{
  switch (field)
    {
    case KIP_FIELD_SUBJECT:
    case KIP_FIELD_DESCRIPTION:
    case KIP_FIELD_EXTERNAL:
    case KIP_FIELD_TAGS:
    case KIP_FIELD_REQUESTER:
    case KIP_FIELD_DUE:
      return TRUE;
    default:
      return FALSE;
    }
}

static KipEntity *
thin_entity (KipEntity *entity)
{
  GPtrArray *events = kip_entity_get_events (entity);
  GPtrArray *kept = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_event_free);

  for (guint i = 0; i < events->len; i++)
    if (is_needed (((KipEvent *) g_ptr_array_index (events, i))->field))
      g_ptr_array_add (kept, kip_event_copy (g_ptr_array_index (events, i)));
  return kip_entity_fold (KIP_KIND_TICKET, kip_entity_get_id (entity), kept);
}

static void
take_array (GArray **own,
            GArray  *other)
{
  g_array_unref (*own);
  *own = g_array_ref (other);
}

/* Their kinds and instants, without what was written. */
static void
take_messages (KipTicket       *thin,
               const KipTicket *ticket)
{
  g_array_unref (thin->messages);
  thin->messages = g_array_sized_new (FALSE, FALSE, sizeof (KipMessage), ticket->messages->len);
  for (guint i = 0; i < ticket->messages->len; i++)
    {
      KipMessage message = g_array_index (ticket->messages, KipMessage, i);

      message.text = "";
      g_array_append_val (thin->messages, message);
    }
}

static void
take_fields (KipTicket       *thin,
             const KipTicket *ticket)
{
  thin->number = ticket->number;
  thin->requester = ticket->requester;
  thin->channel = ticket->channel;
  thin->category = ticket->category;
  thin->impact = ticket->impact;
  thin->urgency = ticket->urgency;
  thin->priority = ticket->priority;
  thin->status = ticket->status;
  thin->phase = ticket->phase;
  thin->pause = ticket->pause;
  thin->assignee = ticket->assignee;
  thin->team = ticket->team;
  thin->asset = ticket->asset;
  thin->parent = ticket->parent;
  thin->merged_into = ticket->merged_into;
  thin->logged = ticket->logged;
  thin->received = ticket->received;
  thin->updated = ticket->updated;
  thin->due_by_hand = ticket->due_by_hand;
  thin->on_line = ticket->on_line;
}

/* Its clocks are those of the whole one under any agreements. */
static KipTicket *
thin_ticket (const KipTicket *ticket)
{
  g_autoptr (KipEntity) entity = thin_entity (ticket->entity);
  KipTicket *thin = kip_ticket_new (entity, NULL, NULL);

  take_fields (thin, ticket);
  take_messages (thin, ticket);
  take_array (&thin->statuses, ticket->statuses);
  take_array (&thin->priorities, ticket->priorities);
  take_array (&thin->assignees, ticket->assignees);
  take_array (&thin->teams, ticket->teams);
  take_array (&thin->categories, ticket->categories);
  return thin;
}

/* ---- the past ---- */

static void
case_clear (gpointer data)
{
  kip_ticket_unref (((KipWhatIfCase *) data)->ticket);
}

KipWhatIfPast *
kip_what_if_past_new (KipAgreements  *agreements,
                      KipOffice      *office,
                      const KipRange *range,
                      KipInstant      now)
{
  KipWhatIfPast *past = g_new0 (KipWhatIfPast, 1);

  g_atomic_ref_count_init (&past->refs);
  past->agreements = kip_agreements_ref (agreements);
  past->office = kip_office_ref (office);
  past->range = *range;
  past->now = now;
  past->cases = g_array_new (FALSE, FALSE, sizeof (KipWhatIfCase));
  g_array_set_clear_func (past->cases, case_clear);
  return past;
}

KipWhatIfPast *
kip_what_if_past_ref (KipWhatIfPast *past)
{
  g_atomic_ref_count_inc (&past->refs);
  return past;
}

void
kip_what_if_past_unref (KipWhatIfPast *past)
{
  if (!g_atomic_ref_count_dec (&past->refs))
    return;
  g_array_unref (past->cases);
  kip_agreements_unref (past->agreements);
  kip_office_unref (past->office);
  g_free (past);
}

static KipId
resolver_of (const KipTicket *ticket)
{
  for (guint i = ticket->statuses->len; i > 0; i--)
    {
      const KipStatusSpan *span = &g_array_index (ticket->statuses, KipStatusSpan, i - 1);

      if (span->phase == KIP_PHASE_RESOLVED && span->author != KIP_ID_NONE)
        return span->author;
    }
  return ticket->assignee;
}

static gint64
worked_on (const KipTicket *ticket)
{
  gint64 sum = 0;

  for (guint i = 0; i < ticket->works->len; i++)
    sum += g_array_index (ticket->works, KipWork, i).seconds;
  return sum;
}

static void
tell_clocks (const KipWhatIfPast *past,
             const KipTicket     *ticket,
             KipWhatIfCase       *each)
{
  KipClock clocks[KIP_N_CLOCKS];

  kip_ticket_clocks (ticket, past->agreements, clocks);
  for (guint kind = 0; kind < KIP_N_CLOCKS; kind++)
    kip_what_if_clock_tell (&clocks[kind], (KipClockKind) kind, ticket, past, &each->clocks[kind]);
}

void
kip_what_if_past_take (KipWhatIfPast       *past,
                       const KipWhatIfPast *from,
                       const KipWhatIfCase *each)
{
  KipWhatIfCase copy = *each;

  kip_ticket_ref (copy.ticket);
  if (past->agreements != from->agreements || past->now != from->now)
    tell_clocks (past, copy.ticket, &copy);
  g_array_append_val (past->cases, copy);
}

void
kip_what_if_past_add (KipWhatIfPast   *past,
                      const KipTicket *ticket)
{
  KipWhatIfCase each = { 0 };

  if (!kip_ticket_is_counted (ticket) || ticket->received == KIP_INSTANT_NONE)
    return;
  tell_clocks (past, ticket, &each);
  each.ticket = thin_ticket (ticket);
  each.worked = worked_on (ticket);
  each.resolver = resolver_of (ticket);
  g_array_append_val (past->cases, each);
}
