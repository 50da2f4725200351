/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One round of a clock: from start to stop, over holds, under rules that may change. */

#include "kip-clock-private.h"

/* The stretch from walk->since to @end, in which it ran. */
static void
run (KipCalendar *calendar,
     KipInstant   end,
     gint64       target,
     gboolean     is_last,
     KipWalk     *walk)
{
  if (walk->due == KIP_INSTANT_NONE && target > 0)
    {
      KipInstant due = kip_calendar_add_ms (calendar, walk->since, target - walk->used);

      /* Used up at the very moment of a pause: not late, it waits with nothing left. */
      if (due != KIP_INSTANT_NONE && (due < end || is_last))
        walk->due = due;
    }
  if (end != KIP_INSTANT_OPEN)
    walk->used += kip_calendar_between_ms (calendar, walk->since, end);
}

void
kip_clock_walk (KipCalendar  *calendar,
                const GArray *holds,
                KipInstant    start,
                KipInstant    upto,
                gint64        target,
                KipWalk      *walk)
{
  *walk = (KipWalk) { .due = KIP_INSTANT_NONE, .since = start, .held = KIP_INSTANT_NONE };
  for (guint i = 0; i < holds->len; i++)
    {
      const KipHold *hold = &g_array_index (holds, KipHold, i);
      KipInstant from = MAX (hold->start, walk->since);

      if (hold->end <= walk->since)
        continue;
      if (hold->start >= upto)
        break;
      if (from > walk->since || walk->held == KIP_INSTANT_NONE)
        walk->held = from;
      run (calendar, from, target, FALSE, walk);
      walk->since = hold->end;
      walk->since_used = walk->used;
      if (hold->end >= upto)
        {
          walk->holding = hold;
          walk->since = walk->held;
          return;
        }
      if (hold->kind != KIP_HOLD_RESOLVED)
        walk->paused += kip_calendar_between_ms (calendar, from, hold->end);
    }
  run (calendar, upto, target, TRUE, walk);
}

/* ---- rules that change ---- */

static gint64
target_of (const KipRule *rule,
           KipClockKind   kind)
{
  return rule->policy != NULL ? kip_policy_spec_get_target (rule->policy->spec, rule->priority, kind) * KIP_MS_PER_SECOND
                              : 0;
}

static const KipRule *
nth_rule (const KipClockContext *context,
          guint                  index)
{
  return &g_array_index (context->rules, KipRule, index);
}

/* The last change, up to rule @last, of what @kind promises since @start; NONE. */
static KipInstant
last_change (const KipClockContext *context,
             KipClockKind           kind,
             KipInstant             start,
             guint                  last)
{
  for (guint i = last; i > 0; i--)
    {
      const KipRule *rule = nth_rule (context, i);

      if (rule->at <= start)
        break;
      if (rule->policy != nth_rule (context, i - 1)->policy
          || target_of (rule, kind) != target_of (nth_rule (context, i - 1), kind))
        return rule->at;
    }
  return KIP_INSTANT_NONE;
}

static void
apply_change (KipRound              *round,
              const KipClockContext *context,
              guint                  last)
{
  KipOnChange on_change = round->rule->policy != NULL ? round->rule->policy->spec->on_change : KIP_ON_CHANGE_KEEP;
  KipInstant change;
  KipWalk before;

  if (on_change == KIP_ON_CHANGE_KEEP || round->target == 0)
    return;
  change = last_change (context, round->kind, round->start, last);
  if (change == KIP_INSTANT_NONE)
    return;
  if (on_change == KIP_ON_CHANGE_RESTART)
    {
      round->start = change;
      return;
    }
  kip_clock_walk (round->rule->calendar->calendar, round->holds, round->start, change, 0, &before);
  round->target += before.used;
}

/* Under the rules of their time, when was it recorded that the deadline had passed?
 * NONE: not by @upto. */
static KipInstant
recorded (const KipRound        *round,
          const KipClockContext *context,
          guint                  index,
          KipInstant             upto,
          KipInstant             before)
{
  const KipRule *rule = nth_rule (context, index);
  g_autoptr (GArray) holds = kip_clock_holds (context, round->kind, rule);
  KipWalk walk;

  kip_clock_walk (rule->calendar->calendar, holds, round->start, upto, target_of (rule, round->kind), &walk);
  if (walk.due == KIP_INSTANT_NONE || walk.due >= upto)
    return KIP_INSTANT_NONE;
  if (walk.due >= rule->at)
    return walk.due;
  return before != KIP_INSTANT_NONE ? before : MAX (rule->at, round->start);
}

/* Looks for the change that made it late: its deadline had already passed by then. */
static void
find_late_change (KipRound              *round,
                  const KipClockContext *context,
                  guint                  last)
{
  KipInstant before = KIP_INSTANT_NONE;

  if (last == 0 || round->walk.due == KIP_INSTANT_NONE || round->walk.due >= round->rule->at
      || round->start != round->begun)
    return;
  for (guint i = 0; i < last; i++)
    before = recorded (round, context, i, nth_rule (context, i + 1)->at, before);
  if (before == KIP_INSTANT_NONE)
    before = round->rule->at;
  if (before > round->walk.due)
    round->changed = before;
}

/* ---- a round ---- */

/* Where the policy says so, reopening starts the resolution anew. */
static void
apply_reopen (KipRound        *round,
              const KipTicket *ticket)
{
  if (round->kind != KIP_CLOCK_RESOLUTION || round->rule->policy == NULL
      || round->rule->policy->spec->reopen != KIP_REOPEN_RESTART)
    return;
  for (guint i = 1; i < ticket->statuses->len; i++)
    {
      const KipStatusSpan *span = &g_array_index (ticket->statuses, KipStatusSpan, i);
      const KipStatusSpan *before = span - 1;

      if (span->at > round->start && span->at < round->stop
          && kip_phase_is_open (span->phase) && !kip_phase_is_open (before->phase))
        round->start = span->at;
    }
}

void
kip_round_init (KipRound              *round,
                const KipClockContext *context,
                KipClockKind           kind,
                KipInstant             start,
                KipInstant             stop)
{
  guint last = kip_clock_context_rule_before (context, stop);

  round->kind = kind;
  round->begun = start;
  round->start = start;
  round->stop = stop;
  round->rule = nth_rule (context, last);
  round->target = target_of (round->rule, kind);
  round->holds = kip_clock_holds (context, kind, round->rule);
  round->changed = KIP_INSTANT_NONE;
  apply_reopen (round, context->ticket);
  apply_change (round, context, last);
  kip_clock_walk (round->rule->calendar->calendar, round->holds, round->start, stop, round->target, &round->walk);
  find_late_change (round, context, last);
}

void
kip_round_clear (KipRound *round)
{
  g_clear_pointer (&round->holds, g_array_unref);
}

/* ---- as a clock ---- */

static void
stopped_clock (const KipRound *round,
               KipClock       *clock)
{
  const KipWalk *walk = &round->walk;
  gboolean late = walk->due != KIP_INSTANT_NONE && round->stop > walk->due;

  clock->state = late ? KIP_CLOCK_MISSED : KIP_CLOCK_MET;
  clock->stopped = round->stop;
  clock->due = walk->due;
  if (clock->due == KIP_INSTANT_NONE) /* stopped while it was held: where it would have gone on */
    clock->due = kip_calendar_add_ms (round->rule->calendar->calendar, round->stop, round->target - walk->used);
  clock->used = walk->used / KIP_MS_PER_SECOND;
  clock->n_met = !late;
  clock->n_missed = late;
  if (!late)
    clock->breached = KIP_INSTANT_NONE;
}

static void
held_clock (const KipRound *round,
            KipClock       *clock)
{
  const KipHold *hold = round->walk.holding;

  clock->state = KIP_CLOCK_PAUSED;
  clock->due = round->walk.due;
  clock->was_late = round->walk.due != KIP_INSTANT_NONE;
  clock->used = round->walk.used / KIP_MS_PER_SECOND;
  clock->pause = hold->kind == KIP_HOLD_STATUS ? hold->pause : KIP_PAUSE_NONE;
  clock->outage = hold->kind == KIP_HOLD_OUTAGE;
}

void
kip_round_to_clock (const KipRound *round,
                    KipClock       *clock)
{
  const KipWalk *walk = &round->walk;

  clock->started = round->start;
  clock->target = round->target / KIP_MS_PER_SECOND;
  clock->paused = walk->paused / KIP_MS_PER_SECOND;
  clock->breached = round->changed != KIP_INSTANT_NONE ? round->changed : walk->due;
  clock->since = walk->since;
  clock->held = walk->held;
  clock->since_used = walk->since_used;
  if (round->stop != KIP_INSTANT_OPEN)
    stopped_clock (round, clock);
  else if (walk->holding != NULL)
    held_clock (round, clock);
  else
    {
      clock->state = KIP_CLOCK_RUNNING;
      clock->due = walk->due;
      clock->used = -1;
    }
}
