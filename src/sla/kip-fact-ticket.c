/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* From a ticket's history to its row of facts. */

#include "kip-fact-table.h"

#include "kip-ticket-holds.h"

/* ---- people and teams it went through ---- */

/* How many different ones there were, and how often it went from one to another;
 * being put back to nobody is no going. */
static void
count_steps (const GArray *steps,
             guint16      *different,
             guint16      *moves)
{
  gint64 before = 0;

  for (guint i = 0; i < steps->len; i++)
    {
      gint64 value = g_array_index (steps, KipTicketStep, i).value;
      guint earlier = 0;

      if (value == 0)
        continue;
      while (earlier < i && g_array_index (steps, KipTicketStep, earlier).value != value)
        earlier++;
      *different += earlier == i;
      *moves += before != 0 && before != value;
      before = value;
    }
}

/* ---- answers ---- */

static gboolean
is_answer (const KipMessage *message)
{
  return message->kind == KIP_MESSAGE_REPLY || message->kind == KIP_MESSAGE_CALL;
}

static void
fill_answers (KipFact         *fact,
              const KipTicket *ticket)
{
  if (ticket->on_line)
    {
      fact->on_line = TRUE;
      fact->n_answers = 1;
      fact->responded = ticket->received;
    }
  for (guint i = 0; i < ticket->messages->len; i++)
    {
      const KipMessage *message = &g_array_index (ticket->messages, KipMessage, i);

      if (!is_answer (message))
        continue;
      if (fact->n_answers < G_MAXUINT16)
        fact->n_answers++;
      if (fact->responder == KIP_ID_NONE)
        fact->responder = message->author;
      if (fact->responded == KIP_INSTANT_NONE)
        fact->responded = MAX (message->at, ticket->received);
    }
  if (fact->responder == KIP_ID_NONE && ticket->on_line)
    fact->responder = ticket->assignee;
}

/* ---- resolutions ---- */

static void
fill_phases (KipFact         *fact,
             const KipTicket *ticket)
{
  gboolean open = TRUE;

  for (guint i = 0; i < ticket->statuses->len; i++)
    {
      const KipStatusSpan *span = &g_array_index (ticket->statuses, KipStatusSpan, i);
      KipFactPhase phase = { MAX (span->at, ticket->received), (guint8) span->phase, (guint8) span->pause };
      KipFactResolution resolution = { phase.at, KIP_INSTANT_NONE, span->author, 0 };

      g_array_append_val (fact->phases, phase);
      if (kip_phase_is_open (span->phase) == open)
        continue;
      open = !open;
      if (!open)
        g_array_append_val (fact->resolutions, resolution);
      else
        g_array_index (fact->resolutions, KipFactResolution, fact->resolutions->len - 1).reopened = phase.at;
    }
}

/* An answer stays with the resolution it was given for; of several the last one says. */
static void
fill_scores (KipFact         *fact,
             const KipTicket *ticket)
{
  for (guint i = 0; i < ticket->surveys->len; i++)
    {
      const KipSurvey *survey = &g_array_index (ticket->surveys, KipSurvey, i);

      for (guint j = fact->resolutions->len; j > 0; j--)
        {
          KipFactResolution *resolution = &g_array_index (fact->resolutions, KipFactResolution, j - 1);

          if (resolution->at > survey->at && j > 1)
            continue;
          resolution->score = survey->score;
          break;
        }
    }
}

/* ---- who had a hand in it ---- */

static void
touch (KipFact   *fact,
       KipId      by,
       KipInstant at)
{
  KipFactTouch new_touch = { by, at };

  if (by == KIP_ID_NONE)
    return;
  for (guint i = 0; i < fact->touches->len; i++)
    {
      KipFactTouch *known = &g_array_index (fact->touches, KipFactTouch, i);

      if (known->by == by)
        {
          known->at = MAX (known->at, at);
          return;
        }
    }
  g_array_append_val (fact->touches, new_touch);
}

static void
fill_touches (KipFact         *fact,
              const KipTicket *ticket)
{
  for (guint i = 0; i < ticket->messages->len; i++)
    {
      const KipMessage *message = &g_array_index (ticket->messages, KipMessage, i);

      if (message->kind != KIP_MESSAGE_INCOMING && message->kind != KIP_MESSAGE_AUTOMATIC)
        touch (fact, message->author, message->at);
    }
  for (guint i = 0; i < ticket->statuses->len; i++)
    {
      const KipStatusSpan *span = &g_array_index (ticket->statuses, KipStatusSpan, i);

      touch (fact, span->author, span->at);
    }
  for (guint i = 0; i < ticket->works->len; i++)
    touch (fact, g_array_index (ticket->works, KipWork, i).author, g_array_index (ticket->works, KipWork, i).at);
}

/* ---- durations ---- */

/* The parts of @holds between @from and @to, summed; each also appended to @pauses (nullable). */
static gint64
sum_holds (const GArray *holds,
           KipCalendar  *calendar,
           KipInstant    from,
           KipInstant    to,
           gint64       *elapsed,
           GArray       *pauses)
{
  gint64 sum = 0;

  *elapsed = 0;
  for (guint i = 0; i < holds->len; i++)
    {
      const KipTicketHold *hold = &g_array_index (holds, KipTicketHold, i);
      KipInstant start = MAX (hold->start, from);
      KipInstant end = hold->end != KIP_INSTANT_NONE ? MIN (hold->end, to) : to;
      KipFactPause pause = { hold->author, hold->pause, 0, 0 };

      if (end <= start)
        continue;
      pause.work = kip_calendar_between_ms (calendar, start, end);
      pause.elapsed = end - start;
      sum += pause.work;
      *elapsed += pause.elapsed;
      pause.work /= KIP_MS_PER_SECOND;
      pause.elapsed /= KIP_MS_PER_SECOND;
      if (pauses != NULL)
        g_array_append_val (pauses, pause);
    }
  return sum;
}

static void
measure_span (const GArray *holds,
              KipCalendar  *calendar,
              KipInstant    from,
              KipInstant    to,
              gint64       *work,
              gint64       *elapsed,
              GArray       *pauses)
{
  gint64 held_elapsed, held = sum_holds (holds, calendar, from, to, &held_elapsed, pauses);

  *work = (kip_calendar_between_ms (calendar, from, to) - held) / KIP_MS_PER_SECOND;
  *elapsed = (to - from - held_elapsed) / KIP_MS_PER_SECOND;
}

static void
fill_resolution_times (KipFact         *fact,
                       const KipTicket *ticket,
                       KipAgreements   *agreements)
{
  KipCalendar *calendar;
  g_autoptr (GArray) holds = NULL;
  const KipFactResolution *first, *last;

  if (fact->resolutions->len == 0)
    return;
  holds = kip_ticket_holds (ticket, agreements, KIP_CLOCK_RESOLUTION, &calendar);
  first = &g_array_index (fact->resolutions, KipFactResolution, 0);
  last = &g_array_index (fact->resolutions, KipFactResolution, fact->resolutions->len - 1);
  measure_span (holds, calendar, ticket->received, first->at, &fact->first_work, &fact->first_elapsed, NULL);
  if (last->reopened != KIP_INSTANT_NONE)
    return;
  measure_span (holds, calendar, ticket->received, last->at, &fact->full_work, &fact->full_elapsed, fact->pauses);
  fact->total_work = kip_calendar_between (calendar, ticket->received, last->at);
  fact->total_elapsed = (last->at - ticket->received) / KIP_MS_PER_SECOND;
}

/* Only outages hold the first response. */
static void
fill_response_times (KipFact         *fact,
                     const KipTicket *ticket,
                     KipAgreements   *agreements)
{
  KipCalendar *calendar;
  g_autoptr (GArray) holds = NULL;

  if (fact->responded == KIP_INSTANT_NONE)
    return;
  holds = kip_ticket_holds (ticket, agreements, KIP_CLOCK_RESPONSE, &calendar);
  measure_span (holds, calendar, ticket->received, fact->responded, &fact->response_work, &fact->response_elapsed, NULL);
}

static KipFactClock
clock_of (const KipClock *clock)
{
  KipFactClock fact = { (guint8) clock->state, clock->was_late != FALSE, clock->stopped, clock->breached, clock->n_met, clock->n_missed };

  return fact;
}

static void
fill_names (KipFact         *fact,
            const KipTicket *ticket)
{
  fact->id = ticket->id;
  fact->number = ticket->number;
  fact->requester = ticket->requester;
  fact->asset = ticket->asset;
  fact->category = ticket->category;
  fact->team = ticket->team;
  fact->assignee = ticket->assignee;
  fact->priority = (guint8) ticket->priority;
  fact->channel = (guint8) ticket->channel;
  fact->received = ticket->received;
  fact->cause = ticket->cause != NULL && *ticket->cause != '\0' ? g_ref_string_new_intern (ticket->cause) : NULL;
}

gboolean
kip_fact_of_ticket (KipFact         *fact,
                    const KipTicket *ticket,
                    const KipClock  *clocks,
                    KipAgreements   *agreements)
{
  kip_fact_init (fact);
  if (!kip_ticket_is_counted (ticket) || ticket->received == KIP_INSTANT_NONE)
    return FALSE;
  fact->phases = g_array_new (FALSE, FALSE, sizeof (KipFactPhase));
  fact->resolutions = g_array_new (FALSE, FALSE, sizeof (KipFactResolution));
  fact->pauses = g_array_new (FALSE, FALSE, sizeof (KipFactPause));
  fact->touches = g_array_new (FALSE, FALSE, sizeof (KipFactTouch));
  fill_names (fact, ticket);
  fill_phases (fact, ticket);
  fill_scores (fact, ticket);
  fill_answers (fact, ticket);
  fill_touches (fact, ticket);
  count_steps (ticket->assignees, &fact->n_assignees, &fact->n_handovers);
  count_steps (ticket->teams, &fact->n_teams, &fact->n_moves);
  fill_response_times (fact, ticket, agreements);
  fill_resolution_times (fact, ticket, agreements);
  fact->response = clock_of (&clocks[KIP_CLOCK_RESPONSE]);
  fact->update = clock_of (&clocks[KIP_CLOCK_UPDATE]);
  fact->resolution = clock_of (&clocks[KIP_CLOCK_RESOLUTION]);
  return TRUE;
}

void
kip_fact_table_add_ticket (KipFactTable    *table,
                           const KipTicket *ticket,
                           KipAgreements   *agreements)
{
  KipClock clocks[KIP_N_CLOCKS];
  KipFact fact;

  kip_ticket_clocks (ticket, agreements, clocks);
  if (kip_fact_of_ticket (&fact, ticket, clocks, agreements))
    kip_fact_table_add (table, &fact);
  kip_fact_clear (&fact);
}
