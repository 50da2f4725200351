/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Reading clocks at a moment, and comparing them under two agreements. */

#include "kip-clock-private.h"

static KipCalendar *
calendar_of (const KipClock *clock,
             KipAgreements  *agreements)
{
  if (clock->calendar == KIP_ID_NONE)
    return agreements->usual.calendar;
  return kip_agreements_get_calendar (agreements, clock->calendar, clock->calendar_version);
}

static gboolean
is_active (const KipClock *clock)
{
  return clock->state == KIP_CLOCK_RUNNING || clock->state == KIP_CLOCK_PAUSED;
}

gboolean
kip_clocks_next (const KipClock *clocks,
                 KipClockKind   *kind,
                 KipInstant     *due)
{
  int next = -1, waiting = -1;

  for (int i = 0; i < KIP_N_CLOCKS; i++)
    {
      const KipClock *clock = &clocks[i];
      gboolean falls_due = clock->due != KIP_INSTANT_NONE && (clock->state == KIP_CLOCK_RUNNING || clock->by_hand);

      if (!is_active (clock))
        continue;
      if (falls_due && (next < 0 || clock->due < clocks[next].due))
        next = i;
      if (clock->state == KIP_CLOCK_PAUSED
          && (waiting < 0 || clock->target - clock->used < clocks[waiting].target - clocks[waiting].used))
        waiting = i;
    }
  *due = next >= 0 ? clocks[next].due : KIP_INSTANT_NONE;
  if (next < 0 && waiting < 0)
    return FALSE;
  *kind = (KipClockKind) (next >= 0 ? next : waiting);
  return TRUE;
}

/* ---- at a moment ---- */

/* Working ms used at @now by a clock that runs, also before a hold that is still to come. */
static gint64
used_at (const KipClock *clock,
         KipCalendar    *calendar,
         KipInstant      now)
{
  if (now >= clock->since)
    return clock->since_used + kip_calendar_between_ms (calendar, clock->since, now);
  if (clock->held != KIP_INSTANT_NONE && now < clock->held)
    return MAX (0, clock->since_used - kip_calendar_between_ms (calendar, now, clock->held));
  return clock->since_used;
}

static void
read_by_hand (const KipClock  *clock,
              KipCalendar     *calendar,
              KipInstant       now,
              KipClockReading *reading)
{
  KipInstant at = clock->stopped != KIP_INSTANT_NONE ? clock->stopped : now;

  reading->remaining = kip_calendar_distance (calendar, at, clock->due);
  reading->late = at > clock->due;
  if (clock->target > 0)
    reading->fraction = (double) (clock->target - reading->remaining) / (double) clock->target;
  else
    reading->fraction = reading->late ? 1 : 0;
}

void
kip_clock_read (const KipClock  *clock,
                KipAgreements   *agreements,
                KipInstant       now,
                KipClockReading *reading)
{
  KipCalendar *calendar;

  *reading = (KipClockReading) { 0 };
  if (clock->state == KIP_CLOCK_OFF)
    return;
  calendar = calendar_of (clock, agreements);
  reading->used = clock->state == KIP_CLOCK_RUNNING ? used_at (clock, calendar, now) / KIP_MS_PER_SECOND : clock->used;
  if (clock->by_hand)
    {
      read_by_hand (clock, calendar, now, reading);
      return;
    }
  reading->remaining = clock->target - reading->used;
  reading->fraction = clock->target > 0 ? (double) reading->used / (double) clock->target : 0;
  if (clock->state == KIP_CLOCK_RUNNING)
    reading->late = clock->due != KIP_INSTANT_NONE && now > clock->due;
  else
    reading->late = clock->state == KIP_CLOCK_MISSED || clock->was_late;
}

/* ---- thresholds ---- */

static KipInstant
threshold_by_hand (const KipClock *clock,
                   KipCalendar    *calendar,
                   int             percent)
{
  if (percent < 100)
    return kip_calendar_add_ms (calendar, clock->started, clock->target * KIP_MS_PER_SECOND / 100 * percent);
  return kip_calendar_add_ms (calendar, clock->due, clock->target * KIP_MS_PER_SECOND / 100 * (percent - 100));
}

KipInstant
kip_clock_threshold (const KipClock *clock,
                     KipAgreements  *agreements,
                     int             percent)
{
  KipCalendar *calendar;
  gint64 needed;

  if (clock->state != KIP_CLOCK_RUNNING || clock->due == KIP_INSTANT_NONE || percent <= 0)
    return KIP_INSTANT_NONE;
  if (percent == 100)
    return clock->breached;
  calendar = calendar_of (clock, agreements);
  if (clock->by_hand)
    return threshold_by_hand (clock, calendar, percent);
  needed = clock->target * KIP_MS_PER_SECOND / 100 * percent - clock->since_used;
  if (needed > 0 || clock->held == KIP_INSTANT_NONE)
    return kip_calendar_add_ms (calendar, clock->since, MAX (0, needed));
  return kip_calendar_subtract (calendar, clock->held, -needed / KIP_MS_PER_SECOND);
}

const GArray *
kip_clock_get_warnings (const KipClock *clock,
                        KipAgreements  *agreements)
{
  static gsize once = 0;
  const KipPolicy *policy = kip_agreements_get_policy (agreements, clock->policy, clock->version);

  if (policy != NULL)
    return policy->spec->warnings;
  if (g_once_init_enter (&once))
    g_once_init_leave (&once, (gsize) kip_policy_spec_new ());
  return ((KipPolicySpec *) once)->warnings;
}

/* ---- two agreements ---- */

static gboolean
moves (const KipClock *from,
       const KipClock *to)
{
  if (!is_active (from) && !is_active (to))
    return FALSE;
  return from->state != to->state || from->due != to->due || from->target != to->target;
}

static int
compare_moves (gconstpointer a,
               gconstpointer b)
{
  const KipClockMove *x = a, *y = b;

  if (x->old_due != y->old_due)
    return x->old_due < y->old_due ? -1 : 1;
  if (x->ticket != y->ticket)
    return x->ticket < y->ticket ? -1 : 1;
  return (int) x->clock - (int) y->clock;
}

static void
add_moves (GArray          *list,
           const KipTicket *ticket,
           const KipClock  *from,
           const KipClock  *to)
{
  for (guint i = 0; i < KIP_N_CLOCKS; i++)
    {
      KipClockMove move = {
        .ticket = ticket->id,
        .number = ticket->number,
        .clock = (KipClockKind) i,
        .old_state = from[i].state,
        .new_state = to[i].state,
        .old_due = from[i].due,
        .new_due = to[i].due,
        .old_target = from[i].target,
        .new_target = to[i].target,
      };

      if (moves (&from[i], &to[i]))
        g_array_append_val (list, move);
    }
}

GArray *
kip_agreements_preview (GPtrArray     *tickets,
                        KipAgreements *from,
                        KipAgreements *to)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (KipClockMove));

  for (guint i = 0; i < tickets->len; i++)
    {
      const KipTicket *ticket = g_ptr_array_index (tickets, i);
      KipClock before[KIP_N_CLOCKS], after[KIP_N_CLOCKS];

      kip_ticket_clocks (ticket, from, before);
      kip_ticket_clocks (ticket, to, after);
      add_moves (list, ticket, before, after);
    }
  g_array_sort (list, compare_moves);
  return list;
}
