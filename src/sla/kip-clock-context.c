/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What rules a ticket from when on, and what holds its clocks. */

#include "kip-clock-private.h"

/* ---- facts as they were ---- */

/* The value at @at; @before when it was not set by then. */
static gint64
step_at (const GArray *steps,
         KipInstant    at,
         gint64        before)
{
  for (guint i = steps->len; i > 0; i--)
    if (g_array_index (steps, KipTicketStep, i - 1).at <= at)
      return g_array_index (steps, KipTicketStep, i - 1).value;
  return before;
}

static KipId
requester_at (const KipTicket *ticket,
              KipInstant       at)
{
  g_autoptr (GPtrArray) history = kip_entity_get_history (ticket->entity, KIP_FIELD_REQUESTER);

  for (guint i = history->len; i > 0; i--)
    {
      const KipEvent *event = g_ptr_array_index (history, i - 1);

      if (event->at <= at)
        return i == history->len ? ticket->requester : (KipId) kip_value_get_int (event->value, 0);
    }
  return KIP_ID_NONE;
}

static gboolean
was_removed (GPtrArray      *events,
             const KipEvent *add,
             KipInstant      at)
{
  for (guint i = 0; i < events->len; i++)
    {
      const KipEvent *event = g_ptr_array_index (events, i);

      if (event->field == KIP_FIELD_TAGS && event->verb == KIP_VERB_REMOVE && event->at <= at
          && kip_event_has_ref (event, &add->id))
        return TRUE;
    }
  return FALSE;
}

static GPtrArray *
tags_at (const KipTicket *ticket,
         KipInstant       at)
{
  GPtrArray *events = kip_entity_get_events (ticket->entity);
  GPtrArray *tags = g_ptr_array_new ();

  for (guint i = 0; i < events->len; i++)
    {
      const KipEvent *event = g_ptr_array_index (events, i);

      if (event->field == KIP_FIELD_TAGS && event->verb == KIP_VERB_ADD && event->at <= at
          && kip_value_get_text (event->value) != NULL && !was_removed (events, event, at))
        g_ptr_array_add (tags, (gpointer) kip_value_get_text (event->value));
    }
  return tags;
}

/* What is written when a ticket is logged holds from the moment it was received. */
static void
facts_at (const KipClockContext *context,
          KipInstant             at,
          KipFacts              *facts)
{
  const KipTicket *ticket = context->ticket;
  const KipTicketStep *first = &g_array_index (ticket->priorities, KipTicketStep, 0);

  at = MAX (at, ticket->logged);
  facts->ticket = ticket;
  facts->at = at;
  facts->priority = (int) step_at (ticket->priorities, at, first->value);
  facts->tags = NULL;
  if (!context->agreements->has_conditions)
    return;
  facts->category = (KipId) step_at (ticket->categories, at, KIP_ID_NONE);
  facts->team = (KipId) step_at (ticket->teams, at, KIP_ID_NONE);
  facts->assignee = (KipId) step_at (ticket->assignees, at, KIP_ID_NONE);
  facts->requester = requester_at (ticket, at);
  facts->tags = tags_at (ticket, at);
}

/* ---- when something may have changed ---- */

static void
add_step_instants (GArray       *instants,
                   const GArray *steps)
{
  for (guint i = 0; i < steps->len; i++)
    g_array_append_val (instants, g_array_index (steps, KipTicketStep, i).at);
}

static void
add_event_instants (GArray    *instants,
                    KipEntity *entity)
{
  GPtrArray *events = kip_entity_get_events (entity);

  for (guint i = 0; i < events->len; i++)
    {
      const KipEvent *event = g_ptr_array_index (events, i);

      if (event->field == KIP_FIELD_TAGS || event->field == KIP_FIELD_REQUESTER)
        g_array_append_val (instants, event->at);
    }
}

static int
compare_instants (gconstpointer a,
                  gconstpointer b)
{
  KipInstant x = *(const KipInstant *) a, y = *(const KipInstant *) b;

  return (x > y) - (x < y);
}

static GArray *
instants_of_change (const KipClockContext *context)
{
  const KipTicket *ticket = context->ticket;
  GPtrArray *rules = context->agreements->rules;
  GArray *instants = g_array_new (FALSE, FALSE, sizeof (KipInstant));

  add_step_instants (instants, ticket->priorities);
  if (context->agreements->has_conditions)
    {
      add_step_instants (instants, ticket->categories);
      add_step_instants (instants, ticket->teams);
      add_step_instants (instants, ticket->assignees);
      add_event_instants (instants, ticket->entity);
      kip_past_add_instants (context->agreements->past, ticket->requester, instants);
    }
  for (guint i = 1; i < rules->len; i++)
    g_array_append_val (instants, ((KipRules *) g_ptr_array_index (rules, i))->at);
  g_array_sort (instants, compare_instants);
  return instants;
}

static void
add_rule (KipClockContext *context,
          KipInstant       at)
{
  const KipRule *last = context->rules->len > 0 ? &g_array_index (context->rules, KipRule, context->rules->len - 1) : NULL;
  KipRule rule = { .at = at };
  KipFacts facts = { 0 };

  facts_at (context, at, &facts);
  kip_agreements_resolve (context->agreements, kip_agreements_rules_at (context->agreements, at), &facts,
                          context->ticket->received, &rule);
  g_clear_pointer (&facts.tags, g_ptr_array_unref);
  if (last == NULL || last->policy != rule.policy || last->calendar != rule.calendar || last->priority != rule.priority)
    g_array_append_val (context->rules, rule);
}

static void
fill_rules (KipClockContext *context)
{
  KipInstant received = context->ticket->received;

  context->rules = g_array_new (FALSE, FALSE, sizeof (KipRule));
  add_rule (context, received);
  if (context->ticket->priorities->len > 1 || context->agreements->has_conditions
      || context->agreements->rules->len > 1)
    {
      g_autoptr (GArray) instants = instants_of_change (context);

      for (guint i = 0; i < instants->len; i++)
        if (g_array_index (instants, KipInstant, i) > received)
          add_rule (context, g_array_index (instants, KipInstant, i));
    }
}

guint
kip_clock_context_rule_before (const KipClockContext *context,
                               KipInstant             stop)
{
  guint i = context->rules->len - 1;

  while (i > 0 && g_array_index (context->rules, KipRule, i).at >= stop)
    i--;
  return i;
}

/* ---- holds ---- */

static void
find_outages (KipClockContext *context)
{
  GPtrArray *all = context->agreements->outages;
  const KipTicket *ticket = context->ticket;
  KipFacts facts = { ticket, KIP_INSTANT_OPEN, ticket->priority, ticket->category, ticket->team, ticket->assignee,
                     ticket->requester, ticket->tags };

  for (guint i = 0; i < all->len; i++)
    {
      KipOutageEntry *outage = g_ptr_array_index (all, i);

      if ((outage->base.end != KIP_INSTANT_NONE && outage->base.end <= ticket->received)
          || (outage->scope != NULL && !kip_condition_matches (outage->scope, &facts)))
        continue;
      if (context->outages == NULL)
        context->outages = g_ptr_array_new ();
      g_ptr_array_add (context->outages, outage);
    }
}

static void
add_outages (const KipClockContext *context,
             GArray                *holds)
{
  for (guint i = 0; context->outages != NULL && i < context->outages->len; i++)
    {
      const KipOutage *outage = g_ptr_array_index (context->outages, i);
      KipHold hold = { .start = outage->start, .kind = KIP_HOLD_OUTAGE };

      hold.end = outage->end != KIP_INSTANT_NONE ? outage->end : KIP_INSTANT_OPEN;
      hold.reason = outage->reason != NULL ? outage->reason : outage->name;
      g_array_append_val (holds, hold);
    }
}

static gboolean
status_holds (const KipStatusSpan *span,
              KipClockKind         kind,
              const KipRule       *rule)
{
  guint pauses = rule->policy != NULL ? rule->policy->spec->pauses : G_MAXUINT;

  if (!kip_phase_is_open (span->phase))
    return TRUE;
  return kind != KIP_CLOCK_RESPONSE && span->pause > KIP_PAUSE_NONE && span->pause < 32
         && (pauses & (1u << span->pause)) != 0;
}

static void
add_statuses (const KipClockContext *context,
              KipClockKind           kind,
              const KipRule         *rule,
              GArray                *holds)
{
  const GArray *statuses = context->ticket->statuses;

  for (guint i = 0; i < statuses->len; i++)
    {
      const KipStatusSpan *span = &g_array_index (statuses, KipStatusSpan, i);
      KipHold hold = { .start = span->at, .pause = span->pause, .status = span->status, .author = span->author };

      if (!status_holds (span, kind, rule))
        continue;
      hold.kind = kip_phase_is_open (span->phase) ? KIP_HOLD_STATUS : KIP_HOLD_RESOLVED;
      hold.end = span->until != KIP_INSTANT_NONE ? span->until : KIP_INSTANT_OPEN;
      if (hold.end > hold.start)
        g_array_append_val (holds, hold);
    }
}

static int
compare_holds (gconstpointer a,
               gconstpointer b)
{
  const KipHold *x = a, *y = b;

  if (x->start != y->start)
    return x->start < y->start ? -1 : 1;
  return (int) x->kind - (int) y->kind;
}

/* What lies in two holds counts once: it stays with the one that began first. */
static void
make_disjoint (GArray *holds)
{
  KipInstant reached = G_MININT64;
  guint kept = 0;

  g_array_sort (holds, compare_holds);
  for (guint i = 0; i < holds->len; i++)
    {
      KipHold hold = g_array_index (holds, KipHold, i);

      hold.start = MAX (hold.start, reached);
      if (hold.end <= hold.start)
        continue;
      reached = hold.end;
      g_array_index (holds, KipHold, kept++) = hold;
    }
  g_array_set_size (holds, kept);
}

GArray *
kip_clock_holds (const KipClockContext *context,
                 KipClockKind           kind,
                 const KipRule         *rule)
{
  GArray *holds = g_array_new (FALSE, FALSE, sizeof (KipHold));

  add_statuses (context, kind, rule, holds);
  add_outages (context, holds);
  if (holds->len > 1)
    make_disjoint (holds);
  return holds;
}

/* ---- the context ---- */

/* Since when it is resolved without a break. */
static KipInstant
resolved_since (const KipTicket *ticket)
{
  KipInstant since = KIP_INSTANT_NONE;

  for (guint i = ticket->statuses->len; i > 0; i--)
    {
      const KipStatusSpan *span = &g_array_index (ticket->statuses, KipStatusSpan, i - 1);

      if (kip_phase_is_open (span->phase))
        break;
      since = MAX (span->at, ticket->received);
    }
  return since;
}

void
kip_clock_context_init (KipClockContext *context,
                        const KipTicket *ticket,
                        KipAgreements   *agreements)
{
  context->ticket = ticket;
  context->agreements = agreements;
  context->outages = NULL;
  context->resolved = resolved_since (ticket);
  fill_rules (context);
  if (agreements->outages->len > 0)
    find_outages (context);
}

void
kip_clock_context_clear (KipClockContext *context)
{
  g_clear_pointer (&context->rules, g_array_unref);
  g_clear_pointer (&context->outages, g_ptr_array_unref);
}
