/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-timeline-private.h"

#include "kip-conflict.h"

#include <string.h>

G_DEFINE_FINAL_TYPE (KipMoment, kip_moment, G_TYPE_OBJECT)

static void
kip_moment_finalize (GObject *object)
{
  KipMoment *self = KIP_MOMENT (object);

  g_ptr_array_unref (self->events);
  g_clear_pointer (&self->rivals, g_hash_table_unref);
  g_clear_pointer (&self->refused, g_ptr_array_unref);
  g_free (self->tiding);
  kip_ticket_unref (self->ticket);
  G_OBJECT_CLASS (kip_moment_parent_class)->finalize (object);
}

static void
kip_moment_class_init (KipMomentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kip_moment_finalize;
}

static void
kip_moment_init (KipMoment *self)
{
  self->events = g_ptr_array_new ();
}

/* ---- grouping ---- */

/* An event with the entity whose fold it is from. */
typedef struct
{
  const KipEvent *event;
  KipEntity      *entity;
  GHashTable     *rivals;  /* (nullable) of the entity, borrowed */
  GPtrArray      *refused; /* (nullable) what does not count and it is one of; borrowed */
} Told;

static void
tell_entity (GArray     *told,
             KipEntity  *entity,
             GHashTable *rivals)
{
  GPtrArray *events = kip_entity_get_events (entity);

  for (guint i = 0; i < events->len; i++)
    {
      Told one = { g_ptr_array_index (events, i), entity, rivals, NULL };

      if (one.event->stamp != NULL)
        g_array_append_val (told, one);
    }
}

static void
tell_refused (GArray    *told,
              KipEntity *entity,
              GPtrArray *refused)
{
  for (guint i = 0; i < refused->len; i++)
    {
      Told one = { g_ptr_array_index (refused, i), entity, NULL, refused };

      g_array_append_val (told, one);
    }
}

static int
compare_number (guint64 a,
                guint64 b)
{
  return a < b ? -1 : a > b;
}

/* By world time; then as the fold applies them. */
static int
compare_told (gconstpointer a,
              gconstpointer b)
{
  const KipEvent *x = ((const Told *) a)->event;
  const KipEvent *y = ((const Told *) b)->event;
  int order;

  if (x->at != y->at)
    return x->at < y->at ? -1 : 1;
  order = compare_number (x->stamp->hlc, y->stamp->hlc);
  if (order == 0)
    order = compare_number (x->id.device, y->id.device);
  if (order == 0)
    order = compare_number (x->id.seq, y->id.seq);
  return order != 0 ? order : compare_number (x->id.index, y->id.index);
}

static gboolean
belongs_to (KipMoment  *moment,
            const Told *told)
{
  const KipEvent *first = g_ptr_array_index (moment->events, 0);

  if (moment->entity != told->entity || moment->at != told->event->at)
    return FALSE;
  if (first->id.device != told->event->id.device || first->id.seq != told->event->id.seq)
    return FALSE;
  return moment->message == NULL || told->event->field != KIP_FIELD_MESSAGE;
}

static gboolean
is_verb (const KipEvent *event,
         KipVerb         verb,
         KipField        field)
{
  return event->verb == verb && event->field == field;
}

static void
add_event (KipMoment      *moment,
           const KipEvent *event)
{
  g_ptr_array_add (moment->events, (gpointer) event);
  if (is_verb (event, KIP_VERB_ENTRY, KIP_FIELD_MESSAGE))
    moment->message = event;
  else if (is_verb (event, KIP_VERB_SET, KIP_FIELD_DESCRIPTION))
    moment->description = event;
  else if (is_verb (event, KIP_VERB_SET, KIP_FIELD_NUMBER))
    moment->is_new = TRUE;
}

static KipMoment *
moment_new (KipTicket  *ticket,
            const Told *told)
{
  KipMoment *moment = g_object_new (KIP_TYPE_MOMENT, NULL);

  moment->ticket = kip_ticket_ref (ticket);
  moment->entity = told->entity;
  moment->rivals = told->rivals != NULL ? g_hash_table_ref (told->rivals) : NULL;
  moment->refused = told->refused != NULL ? g_ptr_array_ref (told->refused) : NULL;
  moment->stamp = told->event->stamp;
  moment->at = told->event->at;
  add_event (moment, told->event);
  return moment;
}

/* ---- what was undone ---- */

typedef struct
{
  guint32 device;
  guint64 seq;
} ChangeId;

static guint
change_hash (gconstpointer key)
{
  const ChangeId *id = key;

  return (guint) id->seq * 31 + id->device;
}

static gboolean
change_equal (gconstpointer a,
              gconstpointer b)
{
  const ChangeId *x = a, *y = b;

  return x->seq == y->seq && x->device == y->device;
}

static ChangeId *
change_id (guint32 device,
           guint64 seq)
{
  ChangeId *id = g_new (ChangeId, 1);

  id->device = device;
  id->seq = seq;
  return id;
}

/* Which change-set undid which: the latest wins, for an undone undo may be undone again. */
static GHashTable *
find_undos (GArray *told)
{
  GHashTable *undos = g_hash_table_new_full (change_hash, change_equal, g_free, g_free);

  for (guint i = 0; i < told->len; i++)
    {
      const KipEvent *event = g_array_index (told, Told, i).event;

      if (event->stamp->undo_seq != 0)
        g_hash_table_insert (undos, change_id (event->stamp->undo_device, event->stamp->undo_seq),
                             change_id (event->id.device, event->id.seq));
    }
  return undos;
}

static gboolean
is_undone (GHashTable *undos,
           guint32     device,
           guint64     seq)
{
  ChangeId id = { device, seq };
  const ChangeId *by;
  gboolean undone = FALSE;

  /* A chain can be no longer than there are undos. */
  for (guint i = 0; i <= g_hash_table_size (undos); i++)
    {
      by = g_hash_table_lookup (undos, &id);
      if (by == NULL)
        break;
      undone = !undone;
      id = *by;
    }
  return undone;
}

static void
mark_undone (GPtrArray *moments,
             GArray    *told)
{
  g_autoptr (GHashTable) undos = find_undos (told);

  for (guint i = 0; i < moments->len; i++)
    {
      KipMoment *moment = g_ptr_array_index (moments, i);

      moment->undone = is_undone (undos, kip_moment_get_device (moment), kip_moment_get_seq (moment));
    }
}

/* ---- what was learnt ---- */

static KipMoment *
moment_of_tiding (KipTicket       *ticket,
                  const KipTiding *tiding)
{
  KipMoment *moment = g_object_new (KIP_TYPE_MOMENT, NULL);

  moment->ticket = kip_ticket_ref (ticket);
  moment->entity = ticket->entity;
  moment->at = tiding->at;
  moment->tiding = g_memdup2 (tiding, sizeof *tiding);
  return moment;
}

/* What does not count is shown where it was done. */
static gboolean
is_shown_so (const KipTiding *tiding)
{
  return tiding->kind == KIP_TIDING_ASSIGNED || tiding->kind == KIP_TIDING_JUDGED;
}

/* Behind all that happened up to then. */
static void
insert_moment (GPtrArray *moments,
               KipMoment *moment)
{
  guint i = moments->len;

  while (i > 0 && ((KipMoment *) g_ptr_array_index (moments, i - 1))->at > moment->at)
    i--;
  g_ptr_array_insert (moments, (gint) i, moment);
}

static void
add_tidings (GPtrArray *moments,
             KipTicket *ticket,
             GArray    *tidings)
{
  for (guint i = 0; i < tidings->len; i++)
    {
      const KipTiding *tiding = &g_array_index (tidings, KipTiding, i);

      if (is_shown_so (tiding))
        insert_moment (moments, moment_of_tiding (ticket, tiding));
    }
}

GPtrArray *
kip_timeline_new (KipTicket *ticket,
                  GArray    *tidings,
                  GPtrArray *refused)
{
  GPtrArray *moments = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) told = g_array_new (FALSE, FALSE, sizeof (Told));
  g_autoptr (GPtrArray) rivals = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  KipMoment *last = NULL;

  g_ptr_array_add (rivals, kip_conflict_rivals (ticket->entity));
  tell_entity (told, ticket->entity, g_ptr_array_index (rivals, 0));
  for (guint i = 0; ticket->merged != NULL && i < ticket->merged->len; i++)
    {
      g_ptr_array_add (rivals, kip_conflict_rivals (g_ptr_array_index (ticket->merged, i)));
      tell_entity (told, g_ptr_array_index (ticket->merged, i), g_ptr_array_index (rivals, i + 1));
    }
  if (refused != NULL)
    tell_refused (told, ticket->entity, refused);
  g_array_sort (told, compare_told);
  for (guint i = 0; i < told->len; i++)
    {
      const Told *one = &g_array_index (told, Told, i);

      if (last != NULL && belongs_to (last, one))
        add_event (last, one->event);
      else
        g_ptr_array_add (moments, last = moment_new (ticket, one));
    }
  mark_undone (moments, told);
  if (tidings != NULL)
    add_tidings (moments, ticket, tidings);
  return moments;
}

/* ---- reading ---- */

KipInstant
kip_moment_get_at (KipMoment *self)
{
  return self->at;
}

guint32
kip_moment_get_device (KipMoment *self)
{
  return self->tiding == NULL ? ((const KipEvent *) g_ptr_array_index (self->events, 0))->id.device : 0;
}

guint64
kip_moment_get_seq (KipMoment *self)
{
  return self->tiding == NULL ? ((const KipEvent *) g_ptr_array_index (self->events, 0))->id.seq : (guint64) self->tiding->id;
}

gboolean
kip_moment_is_undone (KipMoment *self)
{
  return self->undone;
}

gboolean
kip_moment_is_refused (KipMoment *self)
{
  return self->refused != NULL;
}

gboolean
kip_moment_is_tiding (KipMoment *self)
{
  return self->tiding != NULL;
}

guint
kip_moment_count_rivals (KipMoment *self)
{
  guint n = 0;

  for (guint i = 0; self->rivals != NULL && i < self->events->len; i++)
    {
      GPtrArray *rivals = g_hash_table_lookup (self->rivals, g_ptr_array_index (self->events, i));

      n += rivals != NULL ? rivals->len : 0;
    }
  return n;
}

gboolean
kip_moment_can_undo (KipMoment *self)
{
  return self->tiding == NULL && self->refused == NULL && !self->undone && !(self->stamp->flags & KIP_CHANGE_IMPORT);
}

static gboolean
shows_description (KipMoment *self)
{
  return self->message == NULL && self->is_new && self->description != NULL;
}

const char *
kip_moment_get_text (KipMoment *self)
{
  if (self->message != NULL)
    return kip_value_map_text (self->message->value, 2);
  return shows_description (self) ? kip_value_get_text (self->description->value) : NULL;
}

KipMessageKind
kip_moment_get_message_kind (KipMoment *self)
{
  if (self->message != NULL)
    return (KipMessageKind) kip_value_map_int (self->message->value, 1, KIP_MESSAGE_NOTE);
  return shows_description (self) ? KIP_MESSAGE_INCOMING : 0;
}

gboolean
kip_moment_is_new (KipMoment *self)
{
  return self->is_new;
}

KipId
kip_moment_get_person (KipMoment *self)
{
  if (self->message != NULL)
    return (KipId) kip_value_map_int (self->message->value, 3, (gint64) self->stamp->author);
  return self->stamp != NULL ? self->stamp->author : KIP_ID_NONE;
}

gboolean
kip_moment_get_entered (KipMoment  *self,
                        KipInstant *entered)
{
  if (self->stamp == NULL || self->stamp->flags & KIP_CHANGE_IMPORT || self->stamp->at < self->at + KIP_MS_PER_MINUTE)
    return FALSE;
  *entered = self->stamp->at;
  return TRUE;
}

static gboolean
has_entry (KipMoment *self,
           KipField   field)
{
  for (guint i = 0; i < self->events->len; i++)
    if (is_verb (g_ptr_array_index (self->events, i), KIP_VERB_ENTRY, field))
      return TRUE;
  return FALSE;
}

gboolean
kip_moment_is_talk (KipMoment *self)
{
  return kip_moment_get_text (self) != NULL || has_entry (self, KIP_FIELD_SURVEY) ||
         has_entry (self, KIP_FIELD_ATTACHMENT);
}

GPtrArray *
kip_moment_attachments (KipMoment *self)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < self->ticket->attachments->len; i++)
    {
      KipAttachment *attachment = &g_array_index (self->ticket->attachments, KipAttachment, i);

      for (guint j = 0; j < self->events->len; j++)
        if (kip_event_id_equal (&attachment->id, &((KipEvent *) g_ptr_array_index (self->events, j))->id))
          g_ptr_array_add (found, attachment);
    }
  return found;
}
