/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-clock-private.h"

static void
clock_init (KipClock *clock)
{
  *clock = (KipClock) {
    .started = KIP_INSTANT_NONE,
    .stopped = KIP_INSTANT_NONE,
    .due = KIP_INSTANT_NONE,
    .breached = KIP_INSTANT_NONE,
    .since = KIP_INSTANT_NONE,
    .held = KIP_INSTANT_NONE,
    .first_stopped = KIP_INSTANT_NONE,
    .first_used = -1,
  };
}

static void
name_rule (const KipRule *rule,
           KipClock      *clock)
{
  clock->policy = rule->policy != NULL ? rule->policy->base.id : KIP_ID_NONE;
  clock->version = rule->policy != NULL ? rule->policy->base.version : 0;
  clock->calendar = rule->calendar->id;
  clock->calendar_version = rule->calendar->version;
}

/* Back to OFF; the rounds that were finished before stay counted. */
static void
turn_off (KipClock *clock)
{
  KipClock off;

  clock_init (&off);
  off.policy = clock->policy;
  off.version = clock->version;
  off.calendar = clock->calendar;
  off.calendar_version = clock->calendar_version;
  off.n_met = clock->n_met;
  off.n_missed = clock->n_missed;
  *clock = off;
}

static gboolean
answers (const KipMessage *message)
{
  return message->kind == KIP_MESSAGE_REPLY || message->kind == KIP_MESSAGE_CALL;
}

static const KipMessage *
nth_message (const KipTicket *ticket,
             guint            index)
{
  return &g_array_index (ticket->messages, KipMessage, index);
}

/* A round that is not finished.  Resolving ends it without an answer: nobody waits
 * any more, but what was late by then stays so. */
static void
show_open_round (KipRound *round,
                 KipClock *clock)
{
  gboolean resolved = round->walk.holding != NULL && round->walk.holding->kind == KIP_HOLD_RESOLVED;

  kip_round_to_clock (round, clock);
  if (!resolved)
    return;
  if (!clock->was_late)
    {
      turn_off (clock);
      return;
    }
  clock->state = KIP_CLOCK_MISSED;
  clock->was_late = FALSE;
  clock->stopped = round->walk.holding->start;
  clock->n_missed++;
}

/* ---- first response ---- */

/* When the requester was answered first; NONE.  @index: of the message after that. */
static KipInstant
first_answer (const KipTicket *ticket,
              guint           *index)
{
  *index = 0;
  if (ticket->on_line)
    return ticket->received;
  for (guint i = 0; i < ticket->messages->len; i++)
    if (answers (nth_message (ticket, i)))
      {
        *index = i + 1;
        return MAX (nth_message (ticket, i)->at, ticket->received);
      }
  return KIP_INSTANT_NONE;
}

static void
response_clock (const KipClockContext *context,
                KipClock              *clock,
                KipRound              *round)
{
  guint index;
  KipInstant answer = first_answer (context->ticket, &index);

  kip_round_init (round, context, KIP_CLOCK_RESPONSE, context->ticket->received,
                  answer != KIP_INSTANT_NONE ? answer : KIP_INSTANT_OPEN);
  name_rule (round->rule, clock);
  if (round->target == 0)
    return;
  if (answer == KIP_INSTANT_NONE)
    show_open_round (round, clock);
  else
    kip_round_to_clock (round, clock);
  clock->on_line = context->ticket->on_line;
}

/* ---- next update ---- */

static void
finish_update (const KipClockContext *context,
               KipInstant             asked,
               KipInstant             answered,
               KipClock              *clock,
               GArray                *rounds)
{
  KipRound round;
  KipClock finished;

  kip_round_init (&round, context, KIP_CLOCK_UPDATE, asked, answered);
  if (round.target > 0)
    {
      clock_init (&finished);
      kip_round_to_clock (&round, &finished);
      clock->n_met += finished.n_met;
      clock->n_missed += finished.n_missed;
      if (rounds != NULL)
        g_array_append_val (rounds, finished);
    }
  kip_round_clear (&round);
}

/* Goes over the rounds of question and answer; the instant of the oldest question
 * that is still open, or NONE.  @rounds (nullable): the finished ones are appended. */
static KipInstant
count_updates (const KipClockContext *context,
               guint                  first,
               KipInstant             answer,
               KipClock              *clock,
               GArray                *rounds)
{
  const KipTicket *ticket = context->ticket;
  KipInstant asked = KIP_INSTANT_NONE;

  for (guint i = first; i < ticket->messages->len; i++)
    {
      const KipMessage *message = nth_message (ticket, i);
      KipInstant at = MAX (message->at, answer);

      if (message->kind == KIP_MESSAGE_INCOMING && asked == KIP_INSTANT_NONE)
        asked = at;
      else if (answers (message) && asked != KIP_INSTANT_NONE)
        {
          finish_update (context, asked, at, clock, rounds);
          asked = KIP_INSTANT_NONE;
        }
    }
  return asked;
}

static void
update_clock (const KipClockContext *context,
              KipClock              *clock,
              KipRound              *round)
{
  guint index;
  KipInstant answer = first_answer (context->ticket, &index);
  KipInstant asked;

  name_rule (&g_array_index (context->rules, KipRule, context->rules->len - 1), clock);
  if (answer == KIP_INSTANT_NONE)
    return;
  asked = count_updates (context, index, answer, clock, NULL);
  if (asked == KIP_INSTANT_NONE)
    return;
  kip_round_init (round, context, KIP_CLOCK_UPDATE, asked, KIP_INSTANT_OPEN);
  if (round->target > 0)
    show_open_round (round, clock);
}

/* ---- resolution ---- */

/* When the present deadline was set by hand. */
static KipInstant
set_by_hand_at (const KipTicket *ticket)
{
  GPtrArray *writes = kip_entity_get_writes (ticket->entity, KIP_FIELD_DUE);

  return writes != NULL && writes->len > 0 ? ((KipEvent *) g_ptr_array_index (writes, 0))->at : KIP_INSTANT_NONE;
}

/* A date that somebody promised: pauses and priorities do not move it. */
static void
put_by_hand (const KipTicket *ticket,
             KipCalendar     *calendar,
             KipClock        *clock)
{
  KipInstant due = ticket->due_by_hand;
  gboolean stopped = clock->stopped != KIP_INSTANT_NONE;
  gboolean late = stopped && clock->stopped > due;

  clock->by_hand = TRUE;
  clock->due = due;
  clock->target = kip_calendar_between (calendar, clock->started, due);
  clock->was_late = FALSE;
  clock->breached = stopped && !late ? KIP_INSTANT_NONE : MAX (due, set_by_hand_at (ticket));
  if (!stopped)
    return;
  clock->state = late ? KIP_CLOCK_MISSED : KIP_CLOCK_MET;
  clock->n_met = !late;
  clock->n_missed = late;
}

static KipInstant
first_resolved (const KipTicket *ticket)
{
  for (guint i = 0; i < ticket->statuses->len; i++)
    {
      const KipStatusSpan *span = &g_array_index (ticket->statuses, KipStatusSpan, i);

      if (!kip_phase_is_open (span->phase))
        return MAX (span->at, ticket->received);
    }
  return KIP_INSTANT_NONE;
}

static void
note_first_resolution (const KipClockContext *context,
                       const KipRound        *round,
                       KipClock              *clock)
{
  KipRound first;

  clock->first_stopped = first_resolved (context->ticket);
  if (clock->first_stopped == KIP_INSTANT_NONE)
    return;
  if (clock->first_stopped == round->stop)
    {
      clock->first_used = round->walk.used / KIP_MS_PER_SECOND;
      return;
    }
  kip_round_init (&first, context, KIP_CLOCK_RESOLUTION, context->ticket->received, clock->first_stopped);
  clock->first_used = first.walk.used / KIP_MS_PER_SECOND;
  kip_round_clear (&first);
}

static void
resolution_clock (const KipClockContext *context,
                  KipClock              *clock,
                  KipRound              *round)
{
  const KipTicket *ticket = context->ticket;
  gboolean by_hand = ticket->due_by_hand != KIP_INSTANT_NONE;

  kip_round_init (round, context, KIP_CLOCK_RESOLUTION, ticket->received,
                  context->resolved != KIP_INSTANT_NONE ? context->resolved : KIP_INSTANT_OPEN);
  name_rule (round->rule, clock);
  if (round->target > 0 || by_hand)
    kip_round_to_clock (round, clock);
  if (by_hand)
    put_by_hand (ticket, round->rule->calendar->calendar, clock);
  note_first_resolution (context, round, clock);
}

/* ---- all ---- */

void
kip_clock_compute (const KipClockContext *context,
                   KipClockKind           kind,
                   KipClock              *clock,
                   KipRound              *round)
{
  KipRound own = { 0 };
  KipRound *used = round != NULL ? round : &own;

  *used = own;
  clock_init (clock);
  switch (kind)
    {
    case KIP_CLOCK_RESPONSE:
      response_clock (context, clock, used);
      break;
    case KIP_CLOCK_UPDATE:
      update_clock (context, clock, used);
      break;
    case KIP_CLOCK_RESOLUTION:
    default:
      resolution_clock (context, clock, used);
      break;
    }
  if (round == NULL && own.rule != NULL)
    kip_round_clear (&own);
}

void
kip_ticket_clocks (const KipTicket *ticket,
                   KipAgreements   *agreements,
                   KipClock        *clocks)
{
  KipClockContext context;

  for (guint i = 0; i < KIP_N_CLOCKS; i++)
    clock_init (&clocks[i]);
  if (!kip_ticket_is_counted (ticket) || ticket->received == KIP_INSTANT_NONE)
    return;
  kip_clock_context_init (&context, ticket, agreements);
  for (guint i = 0; i < KIP_N_CLOCKS; i++)
    kip_clock_compute (&context, (KipClockKind) i, &clocks[i], NULL);
  kip_clock_context_clear (&context);
}

/* The finished rounds of the next update; the clock itself keeps only their number. */
static void
add_finished_updates (const KipClockContext *context,
                      GArray                *rounds)
{
  guint index;
  KipInstant answer = first_answer (context->ticket, &index);
  KipClock sum;

  clock_init (&sum);
  if (answer != KIP_INSTANT_NONE)
    count_updates (context, index, answer, &sum, rounds);
}

GArray *
kip_ticket_clock_rounds (const KipTicket *ticket,
                         KipAgreements   *agreements,
                         KipClockKind     kind)
{
  GArray *rounds = g_array_new (FALSE, FALSE, sizeof (KipClock));
  KipClockContext context;
  KipClock last;

  if (!kip_ticket_is_counted (ticket) || ticket->received == KIP_INSTANT_NONE)
    return rounds;
  kip_clock_context_init (&context, ticket, agreements);
  if (kind == KIP_CLOCK_UPDATE)
    add_finished_updates (&context, rounds);
  kip_clock_compute (&context, kind, &last, NULL);
  if (last.state != KIP_CLOCK_OFF)
    g_array_append_val (rounds, last);
  kip_clock_context_clear (&context);
  return rounds;
}
