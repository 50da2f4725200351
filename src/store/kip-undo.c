/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-undo.h"

#include "kip-conflict.h"
#include "kip-error.h"
#include "kip-office-seed.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  KipBook   *book;
  KipEventId change;     /* what is undone */
  KipChange *source;     /* its events */
  guint64    batch;      /* 0: by itself */
  KipChange *undo;       /* being made */
  GHashTable *entities;  /* (owned) KipKey → KipEntity */
  GHashTable *put_away;  /* (owned) of KipKey: created by it, marked deleted already */
} Undoing;

static KipEntity *
find_entity (Undoing        *undoing,
             const KipEvent *event,
             GError        **error)
{
  KipKey key = { event->kind, event->entity };
  KipEntity *entity = g_hash_table_lookup (undoing->entities, &key);

  if (entity != NULL)
    return entity;
  entity = kip_book_fold (undoing->book, event->kind, event->entity, error);
  if (entity != NULL)
    g_hash_table_insert (undoing->entities, kip_key_new (event->kind, event->entity), entity);
  return entity;
}

/* ---- what was there before ---- */

static const KipEvent *
find_event (KipEntity        *entity,
            const KipEventId *id)
{
  GPtrArray *events = kip_entity_get_events (entity);

  for (guint i = events->len; i > 0; i--)
    {
      const KipEvent *event = g_ptr_array_index (events, i - 1);

      if (kip_event_id_equal (&event->id, id))
        return event;
    }
  return NULL;
}

/* Of the writes that @write replaced, the last one. */
static const KipEvent *
replaced_by (KipEntity      *entity,
             const KipEvent *write)
{
  const KipEvent *last = NULL;

  for (guint i = 0; i < write->n_refs; i++)
    {
      const KipEvent *event = find_event (entity, &write->refs[i]);

      if (event != NULL && (last == NULL || kip_event_compare (&event, &last) > 0))
        last = event;
    }
  return last;
}

static KipEventId
change_of (const KipEvent *event)
{
  return (KipEventId) { event->id.device, 0, event->id.seq };
}

/* The write that was in force before the change-set of @write: those that were
 * undone meanwhile never happened. */
static gboolean
find_earlier (Undoing         *undoing,
              KipEntity       *entity,
              const KipEvent  *write,
              const KipEvent **earlier,
              GError         **error)
{
  KipEventId own = change_of (write);
  gboolean skip = TRUE;

  *earlier = write;
  while (skip)
    {
      KipEventId change;

      *earlier = replaced_by (entity, *earlier);
      if (*earlier == NULL)
        return TRUE;
      change = change_of (*earlier);
      if (!kip_log_is_undone (undoing->book->db, &change, &undoing->change, &skip, error))
        return FALSE;
      skip |= kip_event_id_equal (&change, &own);
    }
  return TRUE;
}

/* The write that an undo takes back; NULL: @write is none of an undo. */
static const KipEvent *
taken_back_by (KipEntity      *entity,
               const KipEvent *write)
{
  for (guint i = 0; write->stamp->undo_seq != 0 && i < write->n_refs; i++)
    if (write->refs[i].device == write->stamp->undo_device && write->refs[i].seq == write->stamp->undo_seq)
      return find_event (entity, &write->refs[i]);
  return NULL;
}

/* Whether what @write wrote is what is shown: it is live, or the live write is an
 * undo's own, which only brings an earlier one back, and that one is @write. */
static gboolean
is_in_effect (Undoing        *undoing,
              KipEntity      *entity,
              const KipEvent *write,
              gboolean       *in_effect,
              GError        **error)
{
  GPtrArray *live = kip_entity_get_writes (entity, write->field);
  const KipEvent *shown = live != NULL ? g_ptr_array_index (live, 0) : NULL;

  *in_effect = FALSE;
  for (guint i = 0; live != NULL && i < live->len; i++)
    *in_effect |= kip_conflict_stands_for (entity, g_ptr_array_index (live, i), write);
  while (!*in_effect && shown != NULL && (shown = taken_back_by (entity, shown)) != NULL)
    {
      if (!find_earlier (undoing, entity, shown, &shown, error))
        return FALSE;
      *in_effect = shown == write;
    }
  return TRUE;
}

/* ---- registers ---- */

/* All writes of the change-set to one field never happened: the undo names each. */
static void
name_writes (Undoing        *undoing,
             const KipEvent *write,
             KipEvent       *set)
{
  kip_event_add_ref (set, &write->id);
  for (guint i = 0; i < undoing->source->events->len; i++)
    {
      const KipEvent *other = g_ptr_array_index (undoing->source->events, i);

      if (other->verb == KIP_VERB_SET && other->field == write->field && other->kind == write->kind
          && other->entity == write->entity && !kip_event_has_ref (set, &other->id))
        kip_event_add_ref (set, &other->id);
    }
}

/* What others wrote beside @write, not knowing of it: that stays when @write is taken back. */
static GPtrArray *
written_beside (Undoing        *undoing,
                KipEntity      *entity,
                const KipEvent *write)
{
  GPtrArray *live = kip_entity_get_writes (entity, write->field);
  GPtrArray *beside = g_ptr_array_new ();
  gboolean is_there = FALSE;

  for (guint i = live != NULL ? live->len : 0; i > 0; i--)
    {
      KipEvent *other = g_ptr_array_index (live, i - 1);
      KipEventId change = change_of (other);

      if (kip_conflict_stands_for (entity, other, write))
        is_there = TRUE;
      else if (!kip_event_id_equal (&change, &undoing->change))
        g_ptr_array_add (beside, other);
    }
  if (!is_there)
    g_ptr_array_set_size (beside, 0);
  return beside;
}

/* The values among which @write chose, those undone meanwhile left out.  NULL: an error. */
static GPtrArray *
chosen_among (Undoing        *undoing,
              KipEntity      *entity,
              const KipEvent *write,
              GError        **error)
{
  g_autoptr (GPtrArray) settled = kip_conflict_settled (entity, write);

  for (guint i = settled->len; i > 0; i--)
    {
      KipEventId change = change_of (g_ptr_array_index (settled, i - 1));
      gboolean skip;

      if (!kip_log_is_undone (undoing->book->db, &change, &undoing->change, &skip, error))
        return NULL;
      if (skip || kip_event_id_equal (&change, &undoing->change))
        g_ptr_array_remove_index (settled, i - 1);
    }
  return g_steal_pointer (&settled);
}

static gboolean
is_said (KipChange      *undo,
         const KipEvent *event,
         const KipValue *value)
{
  for (guint i = 0; i < undo->events->len; i++)
    {
      const KipEvent *other = g_ptr_array_index (undo->events, i);

      if (other->verb == KIP_VERB_SET && other->kind == event->kind && other->entity == event->entity
          && other->field == event->field && kip_value_equal (other->value, value))
        return TRUE;
    }
  return FALSE;
}

static void
bring_back (Undoing        *undoing,
            const KipEvent *write,
            KipValue       *value)
{
  if (is_said (undoing->undo, write, value))
    return;
  name_writes (undoing, write, kip_change_set (undoing->undo, write->kind, write->entity, write->field,
                                               value != NULL ? kip_value_ref (value) : kip_value_none ()));
}

static gboolean
undo_set (Undoing        *undoing,
          KipEntity      *entity,
          const KipEvent *event,
          GError        **error)
{
  const KipEvent *write = find_event (entity, &event->id), *earlier;
  g_autoptr (GPtrArray) back = NULL;
  gboolean in_effect;

  if (write == NULL || !is_in_effect (undoing, entity, write, &in_effect, error))
    return FALSE;
  if (!in_effect)
    return TRUE;
  back = written_beside (undoing, entity, write);
  if (back->len == 0)
    {
      g_ptr_array_unref (back);
      back = chosen_among (undoing, entity, write, error);
      if (back != NULL && back->len == 1)
        g_ptr_array_set_size (back, 0);
    }
  if (back == NULL || !find_earlier (undoing, entity, write, &earlier, error))
    return FALSE;
  if (back->len == 0)
    bring_back (undoing, write, earlier != NULL ? earlier->value : NULL);
  for (guint i = 0; i < back->len; i++)
    bring_back (undoing, write, ((KipEvent *) g_ptr_array_index (back, i))->value);
  return TRUE;
}

static KipValue *
ref_value (const KipEvent *event)
{
  return event->value != NULL ? kip_value_ref (event->value) : NULL;
}

/* ---- sets ---- */

/* Whether @value was in the set after the change-sets up to @row of this machine's log. */
static gboolean
had_element (KipEntity      *entity,
             KipField        field,
             const KipValue *value,
             gint64          row)
{
  GPtrArray *events = kip_entity_get_events (entity);
  g_autoptr (GPtrArray) live = g_ptr_array_new ();

  for (guint i = 0; i < events->len; i++)
    {
      KipEvent *event = g_ptr_array_index (events, i);

      if (event->field != field || event->stamp->row > row)
        continue;
      if (event->verb == KIP_VERB_ADD && kip_value_equal (event->value, value))
        g_ptr_array_add (live, event);
      for (guint j = live->len; event->verb == KIP_VERB_REMOVE && j > 0; j--)
        if (kip_event_has_ref (event, &((KipEvent *) g_ptr_array_index (live, j - 1))->id))
          g_ptr_array_remove_index (live, j - 1);
    }
  return live->len > 0;
}

/* Takes the element out again: the ADD of the change-set, and those by which an
 * undo brought it back; not what somebody else added. */
static void
take_out (Undoing        *undoing,
          KipEntity      *entity,
          const KipEvent *event)
{
  GPtrArray *adds = kip_entity_get_adds (entity, event->field);
  KipEvent *removal = NULL;

  for (guint i = 0; adds != NULL && i < adds->len; i++)
    {
      const KipEvent *add = g_ptr_array_index (adds, i);
      KipEventId change = change_of (add);

      if (!kip_value_equal (add->value, event->value)
          || (!kip_event_id_equal (&change, &undoing->change) && add->stamp->undo_seq == 0))
        continue;
      if (removal == NULL)
        removal = kip_change_remove (undoing->undo, event->kind, event->entity, event->field, ref_value (event));
      kip_event_add_ref (removal, &add->id);
    }
}

/* Whether an ADD of the change-set itself still holds the element of @event. */
static gboolean
holds_by_itself (Undoing        *undoing,
                 KipEntity      *entity,
                 const KipEvent *event)
{
  GPtrArray *adds = kip_entity_get_adds (entity, event->field);

  for (guint i = 0; adds != NULL && i < adds->len; i++)
    {
      const KipEvent *add = g_ptr_array_index (adds, i);
      KipEventId change = change_of (add);

      if (kip_value_equal (add->value, event->value) && kip_event_id_equal (&change, &undoing->change))
        return TRUE;
    }
  return FALSE;
}

/* A change-set can name an element more than once; the first that is seen deals with all. */
static gboolean
is_dealt_with (Undoing        *undoing,
               const KipEvent *event)
{
  for (guint i = 0; i < undoing->undo->events->len; i++)
    {
      const KipEvent *other = g_ptr_array_index (undoing->undo->events, i);

      if ((other->verb == KIP_VERB_ADD || other->verb == KIP_VERB_REMOVE) && other->kind == event->kind
          && other->entity == event->entity && other->field == event->field && kip_value_equal (other->value, event->value))
        return TRUE;
    }
  return FALSE;
}

/* An element that was taken out and put in again by one change-set was there before
 * and after, but by an ADD that never happened: the undo puts its own in the place,
 * or undoing what came before could not find it. */
static void
undo_element (Undoing        *undoing,
              KipEntity      *entity,
              const KipEvent *event)
{
  gboolean before = had_element (entity, event->field, event->value, event->stamp->row - 1);
  gboolean after = had_element (entity, event->field, event->value, event->stamp->row);
  gboolean renewed = before && after && holds_by_itself (undoing, entity, event);

  if (is_dealt_with (undoing, event))
    return;
  if ((after && !before) || renewed)
    take_out (undoing, entity, event);
  if ((before && !after) || renewed)
    kip_change_add (undoing->undo, event->kind, event->entity, event->field, ref_value (event));
}

/* ---- entries ---- */

static void
undo_entry (Undoing        *undoing,
            const KipEvent *event)
{
  kip_change_retract (undoing->undo, event->kind, event->entity, event->field, &event->id);
}

/* RETRACT becomes RESTORE and the other way round, of the same entries. */
static void
undo_hiding (Undoing        *undoing,
             const KipEvent *event)
{
  KipEvent *inverse;

  if (event->n_refs == 0)
    return;
  inverse = kip_change_retract (undoing->undo, event->kind, event->entity, event->field, &event->refs[0]);
  inverse->verb = event->verb == KIP_VERB_RETRACT ? KIP_VERB_RESTORE : KIP_VERB_RETRACT;
  for (guint i = 1; i < event->n_refs; i++)
    kip_event_add_ref (inverse, &event->refs[i]);
}

/* ---- one event ---- */

static gboolean
undo_event (Undoing        *undoing,
            const KipEvent *event,
            GError        **error)
{
  KipEntity *entity = find_entity (undoing, event, error);

  if (entity == NULL)
    return FALSE;
  switch (event->verb)
    {
    case KIP_VERB_SET:
      return undo_set (undoing, entity, event, error);
    case KIP_VERB_ADD:
    case KIP_VERB_REMOVE:
      undo_element (undoing, entity, event);
      break;
    case KIP_VERB_ENTRY:
      undo_entry (undoing, event);
      break;
    case KIP_VERB_RETRACT:
    case KIP_VERB_RESTORE:
      undo_hiding (undoing, event);
      break;
    default:
      break;
    }
  return TRUE;
}

/* ---- what it created ---- */

typedef enum
{
  ORIGIN_ELSEWHERE,
  ORIGIN_HERE,
  ORIGIN_IN_BATCH /* created by another change-set that is undone too */
} Origin;

static gboolean
find_origin (Undoing        *undoing,
             const KipEvent *event,
             Origin         *origin,
             GError        **error)
{
  KipEventId id;
  guint64 batch;

  if (!kip_log_find_origin (undoing->book->db, event->kind, event->entity, &id, &batch, error))
    return FALSE;
  if (kip_event_id_equal (&id, &undoing->change))
    *origin = ORIGIN_HERE;
  else if (undoing->batch != 0 && batch == undoing->batch)
    *origin = ORIGIN_IN_BATCH;
  else
    *origin = ORIGIN_ELSEWHERE;
  return TRUE;
}

static void
put_away (Undoing        *undoing,
          const KipEvent *event)
{
  KipKey *key = kip_key_new (event->kind, event->entity);

  if (g_hash_table_add (undoing->put_away, key))
    kip_change_set_int (undoing->undo, event->kind, event->entity, KIP_FIELD_DELETED, 1);
}

static gboolean
undo_all (Undoing   *undoing,
          KipChange *change,
          GError   **error)
{
  for (guint i = change->events->len; i > 0; i--)
    {
      const KipEvent *event = g_ptr_array_index (change->events, i - 1);
      Origin origin;

      if (!find_origin (undoing, event, &origin, error))
        return FALSE;
      if (origin == ORIGIN_HERE)
        put_away (undoing, event);
      else if (origin == ORIGIN_ELSEWHERE && !undo_event (undoing, event, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
refuse (GError    **error,
        const char *sentence)
{
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_CONFLICT, sentence);
  return FALSE;
}

static gboolean
speaks_of_purge (KipChange *change)
{
  for (guint i = 0; i < change->events->len; i++)
    if (((KipEvent *) g_ptr_array_index (change->events, i))->kind == KIP_KIND_PURGE)
      return TRUE;
  return FALSE;
}

static gboolean
check_can_undo (Undoing   *undoing,
                KipChange *change,
                GError   **error)
{
  gboolean undone;

  if (g_strcmp0 (change->stamp->action, KIP_ACTION_BEGIN) == 0)
    return refuse (error, _("The beginning of the office cannot be undone. Nothing was changed."));
  if (speaks_of_purge (change))
    return refuse (error, _("What was removed for good cannot be brought back. Nothing was changed."));
  if (!kip_log_is_undone (undoing->book->db, &undoing->change, NULL, &undone, error))
    return FALSE;
  return !undone || refuse (error, _("This was undone already. Nothing was changed."));
}

static KipChange *
make_undo (KipBook          *book,
           const KipEventId *id,
           guint64           batch,
           KipId             author,
           GError          **error)
{
  g_autoptr (KipChange) change = kip_log_read_change (book->db, id->device, id->seq, error);
  g_autoptr (KipChange) undo = kip_change_new (author, "undo");
  g_autoptr (GHashTable) entities = g_hash_table_new_full (kip_key_hash, kip_key_equal, g_free, (GDestroyNotify) kip_entity_unref);
  g_autoptr (GHashTable) away = g_hash_table_new_full (kip_key_hash, kip_key_equal, g_free, NULL);
  Undoing undoing = { book, { id->device, 0, id->seq }, change, batch, undo, entities, away };

  if (change == NULL || !check_can_undo (&undoing, change, error) || !undo_all (&undoing, change, error))
    return NULL;
  undo->stamp->undo_device = id->device;
  undo->stamp->undo_seq = id->seq;
  return g_steal_pointer (&undo);
}

KipChange *
kip_undo_new (KipBook          *book,
              const KipEventId *change,
              KipId             author,
              GError          **error)
{
  g_autoptr (KipChange) undo = make_undo (book, change, 0, author, error);

  if (undo != NULL && undo->events->len == 0)
    {
      refuse (error, _("All of this was changed again since, so there is nothing left to undo. Nothing was changed."));
      return NULL;
    }
  return g_steal_pointer (&undo);
}

KipChange *
kip_undo_new_in_batch (KipBook          *book,
                       const KipEventId *change,
                       guint64           batch,
                       KipId             author,
                       GError          **error)
{
  return make_undo (book, change, batch, author, error);
}
