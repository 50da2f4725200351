/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-ticket.h"

/* ---- small readers ---- */

static const char *
text_or (const char *text,
         const char *fallback)
{
  return text != NULL ? text : fallback;
}

static KipInstant
first_instant (KipEntity *entity)
{
  GPtrArray *events = kip_entity_get_events (entity);
  KipInstant first = KIP_INSTANT_NONE;

  for (guint i = 0; i < events->len; i++)
    {
      const KipEvent *event = g_ptr_array_index (events, i);

      if (first == KIP_INSTANT_NONE || event->at < first)
        first = event->at;
    }
  return first;
}

static KipInstant
last_instant (KipEntity *entity)
{
  GPtrArray *events = kip_entity_get_events (entity);
  KipInstant last = KIP_INSTANT_NONE;

  for (guint i = 0; i < events->len; i++)
    last = MAX (last, ((KipEvent *) g_ptr_array_index (events, i))->at);
  return last;
}

static KipInstant
received_of (KipEntity *entity)
{
  return kip_entity_get_int (entity, KIP_FIELD_RECEIVED, first_instant (entity));
}

static KipId
author_of (const KipEvent *event)
{
  return event->stamp != NULL ? event->stamp->author : KIP_ID_NONE;
}

/* Who did it where the event names another than the change-set's author: an import
 * tells of many people at once. */
static KipId
actor_of (const KipEvent *event,
          guint           key)
{
  return (KipId) kip_value_map_int (event->value, key, (gint64) author_of (event));
}

/* ---- histories ---- */

static void
add_step (GArray     *steps,
          KipInstant  at,
          gint64      value,
          KipId       author,
          const char *reason)
{
  KipTicketStep step = { at, value, author, NULL };

  if (steps->len > 0 && g_array_index (steps, KipTicketStep, steps->len - 1).value == value)
    return;
  step.reason = g_strdup (reason);
  g_array_append_val (steps, step);
}

static void
step_clear (gpointer data)
{
  g_clear_pointer (&((KipTicketStep *) data)->reason, g_free);
}

static GArray *
new_steps (void)
{
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (KipTicketStep));

  g_array_set_clear_func (steps, step_clear);
  return steps;
}

static GArray *
id_steps (KipEntity *entity,
          KipField   field)
{
  g_autoptr (GPtrArray) history = kip_entity_get_history (entity, field);
  GArray *steps = new_steps ();

  for (guint i = 0; i < history->len; i++)
    {
      const KipEvent *event = g_ptr_array_index (history, i);

      add_step (steps, event->at, kip_value_get_int (event->value, 0), author_of (event), NULL);
    }
  return steps;
}

/* What decides the priority, as it stands while the history is walked. */
typedef struct
{
  int         impact, urgency, override;
  const char *reason;
} Urgency;

static int
priority_of (const Urgency   *urgency,
             const KipMatrix *matrix)
{
  if (urgency->override > 0)
    return urgency->override;
  return kip_matrix_get (matrix, urgency->impact, urgency->urgency);
}

static gboolean
note_urgency (Urgency        *urgency,
              const KipEvent *event)
{
  if (event->field == KIP_FIELD_IMPACT)
    urgency->impact = (int) kip_value_get_int (event->value, 2);
  else if (event->field == KIP_FIELD_URGENCY)
    urgency->urgency = (int) kip_value_get_int (event->value, 2);
  else if (event->field == KIP_FIELD_PRIORITY)
    {
      urgency->override = (int) kip_value_map_int (event->value, 1, 0);
      urgency->reason = kip_value_map_text (event->value, 2);
    }
  else
    return FALSE;
  return TRUE;
}

static int
compare_by_at (gconstpointer a,
               gconstpointer b)
{
  const KipEvent *x = *(KipEvent *const *) a;
  const KipEvent *y = *(KipEvent *const *) b;

  if (x->at != y->at)
    return x->at < y->at ? -1 : 1;
  return kip_event_compare (a, b);
}

static GPtrArray *
urgency_history (KipEntity *entity)
{
  static const KipField fields[] = { KIP_FIELD_IMPACT, KIP_FIELD_URGENCY, KIP_FIELD_PRIORITY };
  GPtrArray *all = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autoptr (GPtrArray) history = kip_entity_get_history (entity, fields[i]);

      for (guint j = 0; j < history->len; j++)
        g_ptr_array_add (all, g_ptr_array_index (history, j));
    }
  g_ptr_array_sort (all, compare_by_at);
  return all;
}

/* Events written together (impact and urgency of a new ticket) make one step. */
static gboolean
same_action (GPtrArray *history,
             guint      i)
{
  const KipEvent *event = g_ptr_array_index (history, i);
  const KipEvent *next = i + 1 < history->len ? g_ptr_array_index (history, i + 1) : NULL;

  return next != NULL && next->at == event->at;
}

static void
fill_priorities (KipTicket       *ticket,
                 const KipMatrix *matrix)
{
  g_autoptr (GPtrArray) history = urgency_history (ticket->entity);
  Urgency urgency = { 2, 2, 0, NULL };

  ticket->priorities = new_steps ();
  if (history->len == 0 || ((KipEvent *) g_ptr_array_index (history, 0))->at > ticket->logged)
    add_step (ticket->priorities, ticket->received, priority_of (&urgency, matrix), KIP_ID_NONE, NULL);
  for (guint i = 0; i < history->len; i++)
    {
      const KipEvent *event = g_ptr_array_index (history, i);

      if (!note_urgency (&urgency, event) || same_action (history, i))
        continue;
      add_step (ticket->priorities, event->at, priority_of (&urgency, matrix), author_of (event), urgency.reason);
    }
}

static KipStatusSpan
status_of (const KipValue *value)
{
  KipStatusSpan span = { .until = KIP_INSTANT_NONE };

  span.status = (KipId) kip_value_map_int (value, 1, 0);
  span.phase = (KipPhase) kip_value_map_int (value, 2, KIP_PHASE_NEW);
  span.pause = (KipPause) kip_value_map_int (value, 3, KIP_PAUSE_NONE);
  return span;
}

static gboolean
replaces (const KipEvent *later,
          const KipEvent *event)
{
  for (guint i = 0; i < later->n_refs; i++)
    if (kip_event_id_equal (&later->refs[i], &event->id))
      return TRUE;
  return FALSE;
}

static gboolean
replaces_any (const KipEvent *later,
              GPtrArray      *events)
{
  for (guint i = 0; i < events->len; i++)
    if (replaces (later, g_ptr_array_index (events, i)))
      return TRUE;
  return FALSE;
}

/* The writes of the status, undone ones too, by those who knew of @event: that took its place, or that of one of
 * these.  (transfer container) of KipEvent, @event itself among them. */
static GPtrArray *
writes_that_knew (KipTicket *ticket,
                  KipEvent  *event)
{
  GPtrArray *all = kip_entity_get_events (ticket->entity);
  GPtrArray *knew = g_ptr_array_new ();

  g_ptr_array_add (knew, event);
  for (guint i = 0; i < all->len; i++)
    {
      KipEvent *later = g_ptr_array_index (all, i);

      if (later->field == KIP_FIELD_STATUS && later->verb == KIP_VERB_SET && later->tl > event->tl
          && (later->id.device == event->id.device || replaces_any (later, knew)))
        g_ptr_array_add (knew, later);
    }
  return knew;
}

/* Of two pauses that two machines began without knowing of each other each lasts until somebody who knew of
 * it ended it.  Where nobody did, the next write in time ends it: it is not the one that is shown. */
static KipInstant
status_until (KipTicket *ticket,
              GPtrArray *history,
              guint      place)
{
  KipEvent *event = g_ptr_array_index (history, place);
  const KipEvent *next = place + 1 < history->len ? g_ptr_array_index (history, place + 1) : NULL;
  g_autoptr (GPtrArray) knew = NULL;

  if (next == NULL)
    return KIP_INSTANT_NONE;
  if (next->id.device == event->id.device || replaces (next, event))
    return next->at;
  knew = writes_that_knew (ticket, event);
  for (guint i = place + 1; i < history->len; i++)
    if (g_ptr_array_find (knew, g_ptr_array_index (history, i), NULL))
      return ((KipEvent *) g_ptr_array_index (history, i))->at;
  return next->at;
}

static void
fill_statuses (KipTicket *ticket)
{
  g_autoptr (GPtrArray) history = kip_entity_get_history (ticket->entity, KIP_FIELD_STATUS);

  ticket->statuses = g_array_new (FALSE, FALSE, sizeof (KipStatusSpan));
  if (history->len == 0 || ((KipEvent *) g_ptr_array_index (history, 0))->at > ticket->logged)
    {
      KipStatusSpan first = status_of (NULL);

      first.at = ticket->received;
      if (history->len > 0)
        first.until = ((KipEvent *) g_ptr_array_index (history, 0))->at;
      g_array_append_val (ticket->statuses, first);
    }
  for (guint i = 0; i < history->len; i++)
    {
      const KipEvent *event = g_ptr_array_index (history, i);
      KipStatusSpan span = status_of (event->value);

      span.at = event->at;
      span.author = actor_of (event, 4);
      span.until = status_until (ticket, history, i);
      g_array_append_val (ticket->statuses, span);
    }
}

/* ---- entries ---- */

static int
compare_messages (gconstpointer a,
                  gconstpointer b)
{
  const KipMessage *x = a, *y = b;

  return (x->at > y->at) - (x->at < y->at);
}

static void
add_messages (KipTicket *ticket,
              KipEntity *entity)
{
  g_autoptr (GPtrArray) entries = kip_entity_get_entries (entity, KIP_FIELD_MESSAGE, FALSE);

  for (guint i = 0; i < entries->len; i++)
    {
      const KipEvent *event = g_ptr_array_index (entries, i);
      KipMessage message = {
        .id = event->id,
        .ticket = kip_entity_get_id (entity),
        .kind = (KipMessageKind) kip_value_map_int (event->value, 1, KIP_MESSAGE_NOTE),
        .at = event->at,
        .author = actor_of (event, 3),
        .text = text_or (kip_value_map_text (event->value, 2), ""),
        .row = event->stamp != NULL ? event->stamp->row : 0,
      };

      g_array_append_val (ticket->messages, message);
    }
}

static void
add_works (KipTicket *ticket,
           KipEntity *entity)
{
  g_autoptr (GPtrArray) entries = kip_entity_get_entries (entity, KIP_FIELD_WORK, FALSE);

  for (guint i = 0; i < entries->len; i++)
    {
      const KipEvent *event = g_ptr_array_index (entries, i);
      KipWork work = { event->id, event->at, actor_of (event, 3),
                       kip_value_map_int (event->value, 1, 0),
                       kip_value_map_text (event->value, 2) };

      g_array_append_val (ticket->works, work);
    }
}

static void
add_attachments (KipTicket *ticket,
                 KipEntity *entity)
{
  g_autoptr (GPtrArray) entries = kip_entity_get_entries (entity, KIP_FIELD_ATTACHMENT, FALSE);

  for (guint i = 0; i < entries->len; i++)
    {
      const KipEvent *event = g_ptr_array_index (entries, i);
      gsize length;
      KipAttachment attachment = {
        .id = event->id,
        .at = event->at,
        .author = author_of (event),
        .name = text_or (kip_value_map_text (event->value, 1), ""),
        .size = kip_value_map_int (event->value, 2, 0),
        .hash = kip_value_get_bytes (kip_value_lookup (event->value, 3), &length),
        .mime = text_or (kip_value_map_text (event->value, 4), "application/octet-stream"),
      };

      if (length == 32)
        g_array_append_val (ticket->attachments, attachment);
    }
}

/* The last moment before @at at which the ticket became resolved. */
static KipInstant
resolved_before (const KipTicket *ticket,
                 KipInstant       at)
{
  KipInstant resolved = KIP_INSTANT_NONE;
  gboolean open = TRUE;

  for (guint i = 0; i < ticket->statuses->len; i++)
    {
      const KipStatusSpan *span = &g_array_index (ticket->statuses, KipStatusSpan, i);

      if (span->at > at)
        break;
      if (!kip_phase_is_open (span->phase) && open)
        resolved = span->at;
      open = kip_phase_is_open (span->phase);
    }
  return resolved;
}

static void
fill_surveys (KipTicket *ticket)
{
  g_autoptr (GPtrArray) entries = kip_entity_get_entries (ticket->entity, KIP_FIELD_SURVEY, FALSE);

  ticket->surveys = g_array_new (FALSE, FALSE, sizeof (KipSurvey));
  for (guint i = 0; i < entries->len; i++)
    {
      const KipEvent *event = g_ptr_array_index (entries, i);
      KipSurvey survey = { event->id, event->at, resolved_before (ticket, event->at),
                           (int) kip_value_map_int (event->value, 1, 0),
                           kip_value_map_text (event->value, 2) };

      if (survey.score >= 1 && survey.score <= 5)
        g_array_append_val (ticket->surveys, survey);
    }
}

static void
fill_entries (KipTicket *ticket)
{
  ticket->messages = g_array_new (FALSE, FALSE, sizeof (KipMessage));
  ticket->works = g_array_new (FALSE, FALSE, sizeof (KipWork));
  ticket->attachments = g_array_new (FALSE, FALSE, sizeof (KipAttachment));
  add_messages (ticket, ticket->entity);
  add_works (ticket, ticket->entity);
  add_attachments (ticket, ticket->entity);
  for (guint i = 0; ticket->merged != NULL && i < ticket->merged->len; i++)
    {
      add_messages (ticket, g_ptr_array_index (ticket->merged, i));
      add_works (ticket, g_ptr_array_index (ticket->merged, i));
      add_attachments (ticket, g_ptr_array_index (ticket->merged, i));
    }
  g_array_sort (ticket->messages, compare_messages);
  fill_surveys (ticket);
}

/* ---- sets ---- */

static void
fill_sets (KipTicket *ticket)
{
  g_autoptr (GPtrArray) tags = kip_entity_get_set (ticket->entity, KIP_FIELD_TAGS);
  g_autoptr (GPtrArray) links = kip_entity_get_set (ticket->entity, KIP_FIELD_LINKS);

  ticket->tags = g_ptr_array_new ();
  for (guint i = 0; i < tags->len; i++)
    if (kip_value_get_text (g_ptr_array_index (tags, i)) != NULL)
      g_ptr_array_add (ticket->tags, (gpointer) kip_value_get_text (g_ptr_array_index (tags, i)));
  ticket->links = g_array_new (FALSE, FALSE, sizeof (KipId));
  for (guint i = 0; i < links->len; i++)
    {
      KipId id = (KipId) kip_value_get_int (g_ptr_array_index (links, i), 0);

      if (id != KIP_ID_NONE)
        g_array_append_val (ticket->links, id);
    }
}

/* ---- plain fields ---- */

static void
fill_texts (KipTicket *ticket)
{
  ticket->subject = text_or (kip_entity_get_text (ticket->entity, KIP_FIELD_SUBJECT), "");
  ticket->description = kip_entity_get_text (ticket->entity, KIP_FIELD_DESCRIPTION);
  ticket->external = kip_entity_get_text (ticket->entity, KIP_FIELD_EXTERNAL);
  ticket->cause = kip_entity_get_text (ticket->entity, KIP_FIELD_CAUSE);
  ticket->done = kip_entity_get_text (ticket->entity, KIP_FIELD_DONE);
}

static KipId
id_field (KipTicket *ticket,
          KipField   field)
{
  return (KipId) kip_entity_get_int (ticket->entity, field, 0);
}

static void
fill_references (KipTicket *ticket)
{
  ticket->number = kip_entity_get_int (ticket->entity, KIP_FIELD_NUMBER, 0);
  ticket->requester = id_field (ticket, KIP_FIELD_REQUESTER);
  ticket->category = id_field (ticket, KIP_FIELD_CATEGORY);
  ticket->assignee = id_field (ticket, KIP_FIELD_ASSIGNEE);
  ticket->team = id_field (ticket, KIP_FIELD_TEAM);
  ticket->asset = id_field (ticket, KIP_FIELD_ASSET);
  ticket->parent = id_field (ticket, KIP_FIELD_PARENT);
  ticket->merged_into = id_field (ticket, KIP_FIELD_MERGED_INTO);
  ticket->channel = (KipChannel) kip_entity_get_int (ticket->entity, KIP_FIELD_CHANNEL, 0);
  ticket->impact = (int) kip_entity_get_int (ticket->entity, KIP_FIELD_IMPACT, 2);
  ticket->urgency = (int) kip_entity_get_int (ticket->entity, KIP_FIELD_URGENCY, 2);
}

static void
fill_flags (KipTicket *ticket)
{
  ticket->on_line = kip_entity_get_int (ticket->entity, KIP_FIELD_ON_LINE, 0) != 0;
  ticket->deleted = kip_entity_get_int (ticket->entity, KIP_FIELD_DELETED, 0) != 0;
  ticket->spam = kip_entity_get_int (ticket->entity, KIP_FIELD_SPAM, 0) != 0;
  ticket->conflict = kip_entity_has_conflict (ticket->entity, 0);
  ticket->newer = kip_entity_is_newer (ticket->entity);
  ticket->due_by_hand = kip_entity_get_int (ticket->entity, KIP_FIELD_DUE, KIP_INSTANT_NONE);
}

static void
fill_times (KipTicket *ticket)
{
  ticket->logged = first_instant (ticket->entity);
  ticket->received = received_of (ticket->entity);
  ticket->updated = last_instant (ticket->entity);
  for (guint i = 0; ticket->merged != NULL && i < ticket->merged->len; i++)
    {
      KipEntity *merged = g_ptr_array_index (ticket->merged, i);

      ticket->received = MIN (ticket->received, received_of (merged));
      ticket->updated = MAX (ticket->updated, last_instant (merged));
    }
}

static void
fill_current (KipTicket       *ticket,
              const KipMatrix *matrix)
{
  KipValue *override = kip_entity_get (ticket->entity, KIP_FIELD_PRIORITY);
  KipStatusSpan status = status_of (kip_entity_get (ticket->entity, KIP_FIELD_STATUS));
  Urgency urgency = { ticket->impact, ticket->urgency, (int) kip_value_map_int (override, 1, 0), NULL };

  ticket->priority = priority_of (&urgency, matrix);
  ticket->priority_overridden = urgency.override > 0;
  ticket->priority_reason = kip_value_map_text (override, 2);
  ticket->status = status.status;
  ticket->phase = status.phase;
  ticket->pause = status.pause;
}

/* ---- a clock that was set back ---- */

/* Histories go by the instants at which things happened.  Where a machine's clock
 * was set back, the newest write is not the one with the latest instant; still it is
 * the one in force, from the last instant known on: what is shown and what the
 * clocks count by must be the same. */
static void
settle_status (KipTicket *ticket)
{
  KipStatusSpan *last = &g_array_index (ticket->statuses, KipStatusSpan, ticket->statuses->len - 1);
  KipStatusSpan now = { last->at, ticket->status, ticket->phase, ticket->pause, last->author, KIP_INSTANT_NONE };

  if (last->status == now.status && last->phase == now.phase && last->pause == now.pause)
    return;
  last->until = last->at;
  g_array_append_val (ticket->statuses, now);
}

static void
settle_step (GArray *steps,
             gint64  value)
{
  if (steps->len > 0)
    add_step (steps, g_array_index (steps, KipTicketStep, steps->len - 1).at, value, KIP_ID_NONE, NULL);
}

static void
settle_histories (KipTicket *ticket)
{
  settle_status (ticket);
  settle_step (ticket->priorities, ticket->priority);
  settle_step (ticket->assignees, (gint64) ticket->assignee);
  settle_step (ticket->teams, (gint64) ticket->team);
  settle_step (ticket->categories, (gint64) ticket->category);
}

/* ---- public ---- */

KipTicket *
kip_ticket_new (KipEntity       *entity,
                GPtrArray       *merged,
                const KipMatrix *matrix)
{
  KipTicket *ticket = g_new0 (KipTicket, 1);
  KipMatrix usual;

  if (matrix == NULL)
    {
      kip_matrix_init_default (&usual);
      matrix = &usual;
    }
  g_atomic_ref_count_init (&ticket->refs);
  ticket->entity = kip_entity_ref (entity);
  ticket->merged = merged != NULL ? g_ptr_array_ref (merged) : NULL;
  ticket->id = kip_entity_get_id (entity);
  fill_texts (ticket);
  fill_references (ticket);
  fill_flags (ticket);
  fill_times (ticket);
  fill_current (ticket, matrix);
  fill_sets (ticket);
  fill_statuses (ticket);
  fill_priorities (ticket, matrix);
  ticket->assignees = id_steps (entity, KIP_FIELD_ASSIGNEE);
  ticket->teams = id_steps (entity, KIP_FIELD_TEAM);
  ticket->categories = id_steps (entity, KIP_FIELD_CATEGORY);
  settle_histories (ticket);
  fill_entries (ticket);
  return ticket;
}

KipTicket *
kip_ticket_ref (KipTicket *ticket)
{
  g_atomic_ref_count_inc (&ticket->refs);
  return ticket;
}

void
kip_ticket_unref (KipTicket *ticket)
{
  if (!g_atomic_ref_count_dec (&ticket->refs))
    return;
  g_ptr_array_unref (ticket->tags);
  g_array_unref (ticket->links);
  g_array_unref (ticket->messages);
  g_array_unref (ticket->statuses);
  g_array_unref (ticket->priorities);
  g_array_unref (ticket->assignees);
  g_array_unref (ticket->teams);
  g_array_unref (ticket->categories);
  g_array_unref (ticket->works);
  g_array_unref (ticket->attachments);
  g_array_unref (ticket->surveys);
  g_clear_pointer (&ticket->merged, g_ptr_array_unref);
  kip_entity_unref (ticket->entity);
  g_free (ticket);
}

const KipStatusSpan *
kip_ticket_status_at (const KipTicket *ticket,
                      KipInstant       at)
{
  guint i = ticket->statuses->len - 1;

  while (i > 0 && g_array_index (ticket->statuses, KipStatusSpan, i).at > at)
    i--;
  return &g_array_index (ticket->statuses, KipStatusSpan, i);
}

gboolean
kip_ticket_is_counted (const KipTicket *ticket)
{
  return !ticket->deleted && !ticket->spam && ticket->merged_into == KIP_ID_NONE;
}

gboolean
kip_phase_is_open (KipPhase phase)
{
  return phase != KIP_PHASE_RESOLVED && phase != KIP_PHASE_CLOSED;
}
