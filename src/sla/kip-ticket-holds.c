/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-ticket-holds.h"

#include "kip-clock-private.h"

static void
add_hold (GArray        *holds,
          const KipHold *hold)
{
  KipTicketHold told = { hold->start, KIP_INSTANT_NONE, hold->pause, hold->kind == KIP_HOLD_OUTAGE, hold->author };

  if (hold->end != KIP_INSTANT_OPEN)
    told.end = hold->end;
  if (hold->kind == KIP_HOLD_OUTAGE)
    told.pause = KIP_PAUSE_NONE;
  g_array_append_val (holds, told);
}

GArray *
kip_ticket_holds (const KipTicket *ticket,
                  KipAgreements   *agreements,
                  KipClockKind     kind,
                  KipCalendar    **calendar)
{
  GArray *holds = g_array_new (FALSE, FALSE, sizeof (KipTicketHold));
  g_autoptr (GArray) found = NULL;
  KipClockContext context;
  const KipRule *rule;
  guint last;

  kip_clock_context_init (&context, ticket, agreements);
  last = kip_clock_context_rule_before (&context, context.resolved != KIP_INSTANT_NONE ? context.resolved : KIP_INSTANT_OPEN);
  rule = &g_array_index (context.rules, KipRule, last);
  found = kip_clock_holds (&context, kind, rule);
  for (guint i = 0; i < found->len; i++)
    if (g_array_index (found, KipHold, i).kind != KIP_HOLD_RESOLVED)
      add_hold (holds, &g_array_index (found, KipHold, i));
  *calendar = rule->calendar->calendar;
  kip_clock_context_clear (&context);
  return holds;
}
