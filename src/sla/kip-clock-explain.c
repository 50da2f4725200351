/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Why this deadline?  The same round that gave the clock, told segment by segment. */

#include "kip-config.h"

#include "kip-clock-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GArray      *segments;
  KipCalendar *calendar;
  KipInstant   now;
  gint64       counted; /* working ms so far */
} Teller;

static void
segment_clear (gpointer data)
{
  g_clear_pointer (&((KipSegment *) data)->reason, g_free);
}

/* ---- one segment ---- */

static void
add_piece (Teller           *teller,
           const KipSegment *pattern,
           const char       *reason,
           KipInstant        start,
           KipInstant        end)
{
  KipSegment segment = *pattern;
  gint64 work = kip_calendar_between_ms (teller->calendar, start, end);

  segment.start = start;
  segment.end = end;
  segment.ahead = start >= teller->now;
  segment.reason = g_strdup (reason);
  if (segment.kind == KIP_SEGMENT_COUNTED)
    {
      /* Only the sum is cut to seconds, so that the parts make up the figure. */
      segment.seconds = (teller->counted + work) / KIP_MS_PER_SECOND - teller->counted / KIP_MS_PER_SECOND;
      teller->counted += work;
    }
  else
    segment.seconds = work / KIP_MS_PER_SECOND;
  g_array_append_val (teller->segments, segment);
}

/* What has been and what is to come are two segments. */
static void
add_segment (Teller           *teller,
             const KipSegment *pattern,
             const char       *reason,
             KipInstant        start,
             KipInstant        end)
{
  if (start < teller->now && end > teller->now)
    {
      add_piece (teller, pattern, reason, start, teller->now);
      start = teller->now;
    }
  if (end > start)
    add_piece (teller, pattern, reason, start, end);
}

/* ---- spans ---- */

static void
tell_running (Teller    *teller,
              KipInstant start,
              KipInstant end)
{
  KipStretch stretch;

  for (KipInstant at = start; kip_calendar_next_stretch (teller->calendar, at, end, &stretch); at = stretch.end)
    {
      KipSegment pattern = { .kind = stretch.closed == KIP_OPEN ? KIP_SEGMENT_COUNTED : KIP_SEGMENT_CLOSED,
                             .closed = stretch.closed };

      add_segment (teller, &pattern, kip_stretch_get_reason (&stretch), stretch.start, stretch.end);
    }
}

static const char *
pause_reason (KipPause pause)
{
  switch (pause)
    {
    case KIP_PAUSE_REQUESTER:
      return _("paused: waiting for the requester");
    case KIP_PAUSE_SUPPLIER:
      return _("paused: waiting for a supplier");
    case KIP_PAUSE_SCHEDULED:
      return _("paused: scheduled");
    case KIP_PAUSE_NONE:
    case KIP_PAUSE_OTHER:
    default:
      return _("paused");
    }
}

static void
tell_hold (Teller        *teller,
           const KipHold *hold,
           KipInstant     start,
           KipInstant     end)
{
  KipSegment pattern = { .pause = hold->pause, .status = hold->status, .author = hold->author };
  g_autofree char *reason = NULL;

  switch (hold->kind)
    {
    case KIP_HOLD_OUTAGE:
      pattern.kind = KIP_SEGMENT_OUTAGE;
      reason = hold->reason != NULL ? g_strdup_printf (_("outage: %s"), hold->reason) : g_strdup (_("outage"));
      break;
    case KIP_HOLD_RESOLVED:
      pattern.kind = KIP_SEGMENT_RESOLVED;
      reason = g_strdup (_("resolved"));
      break;
    case KIP_HOLD_STATUS:
    default:
      pattern.kind = KIP_SEGMENT_PAUSED;
      reason = g_strdup (pause_reason (hold->pause));
      break;
    }
  add_segment (teller, &pattern, reason, start, end);
}

static void
tell_round (Teller         *teller,
            const KipRound *round,
            KipInstant      end)
{
  const KipSegment dropped = { .kind = KIP_SEGMENT_DROPPED };
  KipInstant at = round->start;

  if (round->begun < round->start)
    add_segment (teller, &dropped, _("no longer counted: the clock was started anew"), round->begun, MIN (round->start, end));
  for (guint i = 0; i < round->holds->len && at < end; i++)
    {
      const KipHold *hold = &g_array_index (round->holds, KipHold, i);
      KipInstant from = MAX (at, MIN (hold->start, end));
      KipInstant to = MIN (hold->end, end);

      if (hold->end <= at || hold->start >= end)
        continue;
      tell_running (teller, at, from);
      tell_hold (teller, hold, from, to);
      at = to;
    }
  tell_running (teller, at, end);
}

/* A deadline set by hand to another century is not told day by day. */
#define FARTHEST_AHEAD (366 * KIP_MS_PER_DAY)

/* How far there is something to tell: to the stop, to now, or ahead to the deadline. */
static KipInstant
end_of_story (const KipClock *clock,
              KipInstant      now)
{
  if (clock->stopped != KIP_INSTANT_NONE)
    return clock->stopped;
  if (clock->state == KIP_CLOCK_RUNNING && clock->due != KIP_INSTANT_NONE)
    return MAX (now, MIN (clock->due, now + FARTHEST_AHEAD));
  return now;
}

/* ---- sentences ---- */

static char *
local_time (KipCalendar *calendar,
            KipInstant   at)
{
  g_autoptr (GDateTime) local = kip_instant_to_local (at, kip_calendar_get_zone (calendar));

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M") : g_strdup ("");
}

static void
note_late_change (KipExplanation *explanation,
                  const KipRound *round,
                  KipCalendar    *calendar)
{
  g_autofree char *due = NULL;
  g_autofree char *changed = NULL;

  if (round->changed == KIP_INSTANT_NONE)
    return;
  due = local_time (calendar, round->walk.due);
  changed = local_time (calendar, round->changed);
  g_ptr_array_add (explanation->notes,
                   g_strdup_printf (_("The deadline would have been %s. The change of %s made it late, so the breach is recorded there."),
                                    due, changed));
}

static void
note_target (KipExplanation *explanation,
             const KipRound *round)
{
  const KipPolicyVersion *policy = round->rule->policy;

  if (policy != NULL && policy->spec->on_change == KIP_ON_CHANGE_FROM_NOW
      && explanation->clock.target > kip_policy_spec_get_target (policy->spec, round->rule->priority, round->kind))
    g_ptr_array_add (explanation->notes,
                     g_strdup (_("The target was changed on the way: the new one is given on top of the time used until then.")));
}

static void
add_notes (KipExplanation *explanation,
           const KipRound *round,
           KipCalendar    *calendar)
{
  const KipClock *clock = &explanation->clock;

  if (clock->state == KIP_CLOCK_OFF)
    {
      g_ptr_array_add (explanation->notes, g_strdup (_("Nothing is promised here at the moment, so there is no deadline.")));
      return;
    }
  if (clock->on_line)
    g_ptr_array_add (explanation->notes, g_strdup (_("Answered at once: the requester was on the line.")));
  if (clock->by_hand)
    {
      g_ptr_array_add (explanation->notes,
                       g_strdup (_("This deadline was set by hand. Pauses and changes of priority do not move it.")));
      return;
    }
  if (clock->due == KIP_INSTANT_NONE && clock->state == KIP_CLOCK_RUNNING)
    g_ptr_array_add (explanation->notes, g_strdup (_("The calendar has no working time left, so there is no deadline.")));
  if (clock->due == KIP_INSTANT_NONE && clock->state == KIP_CLOCK_PAUSED)
    g_ptr_array_add (explanation->notes, g_strdup (_("While the clock is paused there is no deadline; the time left is kept.")));
  note_late_change (explanation, round, calendar);
  note_target (explanation, round);
}

/* ---- all ---- */

static void
name_sources (KipExplanation *explanation,
              const KipRule  *rule)
{
  explanation->calendar = g_strdup (rule->calendar->name);
  if (rule->policy == NULL)
    explanation->policy = g_strdup ("");
  else
    explanation->policy = g_strdup_printf (_("%s, version %u"), rule->policy->base.name, rule->policy->base.version);
}

static KipExplanation *
explanation_new (KipClockKind kind,
                 KipInstant   now)
{
  KipExplanation *explanation = g_new0 (KipExplanation, 1);

  explanation->kind = kind;
  explanation->now = now;
  explanation->segments = g_array_new (FALSE, FALSE, sizeof (KipSegment));
  g_array_set_clear_func (explanation->segments, segment_clear);
  explanation->notes = g_ptr_array_new_with_free_func (g_free);
  return explanation;
}

KipExplanation *
kip_ticket_clock_explain (const KipTicket *ticket,
                          KipAgreements   *agreements,
                          KipClockKind     kind,
                          KipInstant       now)
{
  KipExplanation *explanation = explanation_new (kind, now);
  KipClock clocks[KIP_N_CLOCKS];
  KipClockContext context;
  KipRound round;
  Teller teller = { .segments = explanation->segments, .now = now };
  const KipRule *rule;

  kip_ticket_clocks (ticket, agreements, clocks);
  explanation->clock = clocks[kind];
  kip_clock_read (&explanation->clock, agreements, now, &explanation->reading);
  kip_clock_context_init (&context, ticket, agreements);
  kip_clock_compute (&context, kind, &clocks[kind], &round);
  rule = round.rule != NULL ? round.rule : &g_array_index (context.rules, KipRule, context.rules->len - 1);
  teller.calendar = rule->calendar->calendar;
  name_sources (explanation, rule);
  if (explanation->clock.state != KIP_CLOCK_OFF)
    tell_round (&teller, &round, end_of_story (&explanation->clock, now));
  add_notes (explanation, &round, teller.calendar);
  if (round.rule != NULL)
    kip_round_clear (&round);
  kip_clock_context_clear (&context);
  return explanation;
}

void
kip_explanation_free (KipExplanation *explanation)
{
  if (explanation == NULL)
    return;
  g_array_unref (explanation->segments);
  g_ptr_array_unref (explanation->notes);
  g_free (explanation->policy);
  g_free (explanation->calendar);
  g_free (explanation);
}
