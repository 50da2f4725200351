/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-pending.h"

/* What a new ticket is given, and some more. */
#define USUAL_FIELDS 24

static KipInstant
last_instant (KipEntity *entity)
{
  GPtrArray *events = kip_entity_get_events (entity);
  KipInstant last = KIP_INSTANT_NONE;

  for (guint i = 0; i < events->len; i++)
    last = MAX (last, ((KipEvent *) g_ptr_array_index (events, i))->at);
  return last;
}

KipPending *
kip_pending_new (KipEntity *before)
{
  KipPending *pending = g_new0 (KipPending, 1);

  pending->kind = kip_entity_get_kind (before);
  pending->id = kip_entity_get_id (before);
  pending->before = before;
  pending->added = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_event_free);
  pending->live = g_array_sized_new (FALSE, FALSE, sizeof (KipLive), USUAL_FIELDS);
  pending->max_tl = kip_entity_get_max_tl (before);
  pending->last_at = last_instant (before);
  return pending;
}

void
kip_pending_free (KipPending *pending)
{
  g_array_unref (pending->live);
  g_ptr_array_unref (pending->added);
  g_clear_pointer (&pending->after, kip_entity_unref);
  kip_entity_unref (pending->before);
  g_free (pending);
}

gboolean
kip_pending_is_new (const KipPending *pending)
{
  return kip_entity_is_empty (pending->before);
}

static KipLive *
live_at (KipPending *pending,
         guint       i)
{
  return &g_array_index (pending->live, KipLive, i);
}

static void
add_live (KipPending *pending,
          KipField    field,
          KipEvent   *event)
{
  KipLive live = { field, event };

  g_array_append_val (pending->live, live);
}

/* What is live of @field is known from then on, the shown one first. */
static void
ask_for (KipPending *pending,
         KipField    field)
{
  GPtrArray *before;

  if (kip_pending_is_new (pending))
    return;
  for (guint i = 0; i < pending->live->len; i++)
    if (live_at (pending, i)->field == field)
      return;
  add_live (pending, field, NULL);
  before = kip_entity_get_writes (pending->before, field);
  for (guint i = 0; before != NULL && i < before->len; i++)
    add_live (pending, field, g_ptr_array_index (before, i));
}

/* The place of the next live write of @field from @i on; the end when there is none. */
static guint
next_live (KipPending *pending,
           KipField    field,
           guint       i)
{
  while (i < pending->live->len && (live_at (pending, i)->field != field || live_at (pending, i)->event == NULL))
    i++;
  return i;
}

#define FOR_EACH_LIVE(i, pending, field) \
  for (guint i = next_live (pending, field, 0); i < (pending)->live->len; i = next_live (pending, field, i + 1))

gboolean
kip_pending_has (KipPending *pending,
                 KipField    field)
{
  ask_for (pending, field);
  return next_live (pending, field, 0) < pending->live->len;
}

static gboolean
is_none (const KipValue *value)
{
  return kip_value_type (value) == KIP_VALUE_NONE;
}

static const KipValue *
value_at (KipPending *pending,
          guint       i)
{
  return live_at (pending, i)->event->value;
}

/* What this machine wrote was seen by whoever sits at it, and what the window showed it says itself. */
static gboolean
has_seen (const KipEvent *event,
          const KipEvent *write)
{
  return !event->saw_refs || write->id.device == event->id.device || kip_event_has_ref (event, &write->id);
}

/* An undo may bring back several values at once: they stand beside each other. */
static gboolean
stands_beside (const KipEvent *event,
               gboolean        is_named,
               const KipEvent *write)
{
  return is_named && write->id.device == event->id.device && write->id.seq == event->id.seq;
}

/* What it replaces is named by it, and not live any more. */
static void
replace (KipPending *pending,
         KipEvent   *event)
{
  gboolean is_named = event->n_refs > 0 && !event->saw_refs;
  guint i = next_live (pending, event->field, 0);

  while (i < pending->live->len)
    {
      const KipEvent *write = live_at (pending, i)->event;

      if (!has_seen (event, write) || stands_beside (event, is_named, write))
        {
          i = next_live (pending, event->field, i + 1);
          continue;
        }
      if (!kip_event_has_ref (event, &write->id))
        kip_event_add_ref (event, &write->id);
      g_array_remove_index (pending->live, i);
      i = next_live (pending, event->field, i);
    }
  add_live (pending, event->field, event);
}

/* One that names a write already is an undo: it counts even where the value stays. */
static gboolean
take_set (KipPending *pending,
          KipEvent   *event)
{
  gboolean changes = (event->n_refs > 0 && !event->saw_refs)
                     || (!kip_pending_has (pending, event->field) && !is_none (event->value));

  FOR_EACH_LIVE (i, pending, event->field)
  changes |= !kip_value_equal (value_at (pending, i), event->value) && !(is_none (value_at (pending, i)) && is_none (event->value));
  if (changes)
    replace (pending, event);
  return changes;
}

static gboolean
take_add (KipPending *pending,
          KipEvent   *event)
{
  FOR_EACH_LIVE (i, pending, event->field)
  if (kip_value_equal (value_at (pending, i), event->value))
    return FALSE;
  add_live (pending, event->field, event);
  return TRUE;
}

/* Takes away the ADDs of the element, or only those that @event names already. */
static gboolean
take_remove (KipPending *pending,
             KipEvent   *event)
{
  gboolean named = event->n_refs > 0;
  guint i = next_live (pending, event->field, 0);

  while (i < pending->live->len)
    {
      const KipEvent *add = live_at (pending, i)->event;

      if (named ? !kip_event_has_ref (event, &add->id) : !kip_value_equal (add->value, event->value))
        {
          i = next_live (pending, event->field, i + 1);
          continue;
        }
      if (!named)
        kip_event_add_ref (event, &add->id);
      g_array_remove_index (pending->live, i);
      i = next_live (pending, event->field, i);
    }
  return event->n_refs > 0;
}

static gboolean
take_verb (KipPending *pending,
           KipEvent   *event)
{
  ask_for (pending, event->field);
  switch (event->verb)
    {
    case KIP_VERB_SET:
      return take_set (pending, event);
    case KIP_VERB_ADD:
      return take_add (pending, event);
    case KIP_VERB_REMOVE:
      return take_remove (pending, event);
    case KIP_VERB_ENTRY:
    case KIP_VERB_RETRACT:
    case KIP_VERB_RESTORE:
    default:
      return TRUE;
    }
}

/* All events that one change-set adds to an entity stand at one place of its order. */
static void
place (KipPending *pending,
       KipEvent   *event)
{
  if (pending->last_seq != event->id.seq && pending->max_tl < G_MAXUINT32)
    pending->max_tl++;
  pending->last_seq = event->id.seq;
  event->tl = pending->max_tl;
}

KipInstant
kip_pending_now (const KipPending *pending,
                 KipInstant        now)
{
  if (pending->last_at > now && pending->last_at - now < KIP_MS_PER_DAY)
    return pending->last_at;
  return now;
}

gboolean
kip_pending_take (KipPending *pending,
                  KipEvent   *event)
{
  if (!take_verb (pending, event))
    return FALSE;
  place (pending, event);
  pending->last_at = MAX (pending->last_at, event->at);
  g_ptr_array_add (pending->added, event);
  return TRUE;
}

void
kip_pending_take_foreign (KipPending *pending,
                          KipEvent   *event)
{
  pending->max_tl = MAX (pending->max_tl, event->tl);
  pending->last_at = MAX (pending->last_at, event->at);
  g_ptr_array_add (pending->added, event);
}

static gboolean
is_added (const KipPending *pending,
          const KipEvent   *event)
{
  for (guint i = 0; pending->has_early && i < pending->added->len; i++)
    if (kip_event_id_equal (&((const KipEvent *) g_ptr_array_index (pending->added, i))->id, &event->id))
      return TRUE;
  return FALSE;
}

KipEntity *
kip_pending_fold (KipPending *pending)
{
  GPtrArray *before = kip_entity_get_events (pending->before);
  GPtrArray *events;

  if (pending->after != NULL)
    return pending->after;
  events = g_ptr_array_new_full (before->len + pending->added->len, (GDestroyNotify) kip_event_free);
  for (guint i = 0; i < before->len; i++)
    if (!is_added (pending, g_ptr_array_index (before, i)))
      g_ptr_array_add (events, kip_event_copy (g_ptr_array_index (before, i)));
  for (guint i = 0; i < pending->added->len; i++)
    g_ptr_array_add (events, g_ptr_array_index (pending->added, i));
  g_ptr_array_set_free_func (pending->added, NULL);
  pending->after = kip_entity_fold (pending->kind, pending->id, events);
  return pending->after;
}

void
kip_pending_replace (KipPending *pending,
                     KipEntity  *after)
{
  g_clear_pointer (&pending->after, kip_entity_unref);
  pending->after = after;
}
