/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-entity.h"

#include "kip-conflict.h"

/* One field of an entity. */
typedef struct
{
  KipField   field;
  GPtrArray *live; /* (owned) of KipEvent, borrowed from events: live writes, ADDs or ENTRYs */
  KipValue  *merged; /* (owned) (nullable) what the live writes of a long text make together */
} Cell;

struct _KipEntity
{
  gatomicrefcount refs;
  KipKind    kind;
  KipId      id;
  GPtrArray *events;    /* (owned) of KipEvent, in fold order */
  GArray    *cells;     /* (owned) of Cell, by field */
  GPtrArray *retracted; /* (owned) of KipEvent, ENTRYs */
  gboolean   is_newer;  /* something critical was said that we do not know */
  GHashTable *undone;   /* (owned) (nullable) (device, seq) of undone change-sets → the undo's stamp */
};

static void
cell_clear (gpointer data)
{
  g_clear_pointer (&((Cell *) data)->live, g_ptr_array_unref);
  g_clear_pointer (&((Cell *) data)->merged, kip_value_unref);
}

static Cell *
find_cell (KipEntity *entity,
           KipField   field)
{
  for (guint i = 0; i < entity->cells->len; i++)
    {
      Cell *cell = &g_array_index (entity->cells, Cell, i);

      if (cell->field == field)
        return cell;
    }
  return NULL;
}

static Cell *
ensure_cell (KipEntity *entity,
             KipField   field)
{
  Cell *found = find_cell (entity, field);
  Cell cell = { field, NULL, NULL };

  if (found != NULL)
    return found;
  cell.live = g_ptr_array_new ();
  g_array_append_val (entity->cells, cell);
  return &g_array_index (entity->cells, Cell, entity->cells->len - 1);
}

/* ---- the fold ---- */

static void
drop_replaced (Cell           *cell,
               const KipEvent *by)
{
  guint i = 0;

  while (i < cell->live->len)
    {
      KipEvent *write = g_ptr_array_index (cell->live, i);

      if (kip_event_has_ref (by, &write->id))
        g_ptr_array_remove_index (cell->live, i);
      else
        i++;
    }
}

static void
set_retracted (KipEntity      *entity,
               const KipEvent *by,
               gboolean        retracted)
{
  Cell *cell = find_cell (entity, by->field);

  for (guint i = 0; cell != NULL && i < cell->live->len; i++)
    {
      KipEvent *entry = g_ptr_array_index (cell->live, i);

      if (!kip_event_has_ref (by, &entry->id))
        continue;
      g_ptr_array_remove_fast (entity->retracted, entry);
      if (retracted)
        g_ptr_array_add (entity->retracted, entry);
    }
}

static void
apply (KipEntity *entity,
       KipEvent  *event)
{
  switch (event->verb)
    {
    case KIP_VERB_SET:
      drop_replaced (ensure_cell (entity, event->field), event);
      g_ptr_array_add (ensure_cell (entity, event->field)->live, event);
      break;
    case KIP_VERB_ADD:
    case KIP_VERB_ENTRY:
      g_ptr_array_add (ensure_cell (entity, event->field)->live, event);
      break;
    case KIP_VERB_REMOVE:
      drop_replaced (ensure_cell (entity, event->field), event);
      break;
    case KIP_VERB_RETRACT:
      set_retracted (entity, event, TRUE);
      break;
    case KIP_VERB_RESTORE:
      set_retracted (entity, event, FALSE);
      break;
    default:
      break;
    }
}

/* A person's write before a rule's, then the later clock, then the larger device. */
static int
compare_claims (gconstpointer a,
                gconstpointer b)
{
  const KipEvent *x = *(KipEvent *const *) a;
  const KipEvent *y = *(KipEvent *const *) b;
  gboolean rule_x = x->stamp != NULL && (x->stamp->flags & KIP_CHANGE_AUTOMATION) != 0;
  gboolean rule_y = y->stamp != NULL && (y->stamp->flags & KIP_CHANGE_AUTOMATION) != 0;
  guint64 clock_x = x->stamp != NULL ? x->stamp->hlc : 0;
  guint64 clock_y = y->stamp != NULL ? y->stamp->hlc : 0;

  if (rule_x != rule_y)
    return rule_x - rule_y;
  if (clock_x != clock_y)
    return clock_x < clock_y ? 1 : -1;
  return -kip_event_compare (a, b);
}

static gboolean
is_register (KipEntity *entity,
             KipField   field)
{
  const KipFieldInfo *info = kip_schema_field (entity->kind, field);

  return info == NULL || info->shape == KIP_SHAPE_REGISTER;
}

static gboolean
is_unanimous (GPtrArray *writes)
{
  const KipEvent *first = g_ptr_array_index (writes, 0);

  for (guint i = 1; i < writes->len; i++)
    if (!kip_value_equal (first->value, ((KipEvent *) g_ptr_array_index (writes, i))->value))
      return FALSE;
  return TRUE;
}

/* What several have edited in different places is one text. */
static void
merge_claims (KipEntity *entity,
              Cell      *cell)
{
  g_autofree char *merged = NULL;

  if (!kip_schema_is_long_text (entity->kind, cell->field) || is_unanimous (cell->live))
    return;
  merged = kip_conflict_merge_texts (entity->events, cell->live);
  if (merged != NULL)
    cell->merged = kip_value_text (merged);
}

static void
settle_claims (KipEntity *entity)
{
  for (guint i = 0; i < entity->cells->len; i++)
    {
      Cell *cell = &g_array_index (entity->cells, Cell, i);

      if (cell->live->len < 2 || !is_register (entity, cell->field))
        continue;
      g_ptr_array_sort (cell->live, compare_claims);
      merge_claims (entity, cell);
    }
}

/* ---- which change-sets were undone ---- */

static guint
change_hash (gconstpointer key)
{
  const KipEventId *id = key;

  return (guint) (id->seq * 31 + id->device);
}

static gboolean
change_equal (gconstpointer a,
              gconstpointer b)
{
  const KipEventId *x = a, *y = b;

  return x->device == y->device && x->seq == y->seq;
}

static const KipStamp *
undo_of (KipEntity      *entity,
         const KipStamp *stamp)
{
  KipEventId key = { stamp->device, 0, stamp->seq };
  const KipStamp *undo = entity->undone != NULL ? g_hash_table_lookup (entity->undone, &key) : NULL;

  /* An undo that was itself undone is none.  Only a later change-set can undo, so
   * that the chain ends even where somebody forged a loop. */
  if (undo == NULL || undo->hlc <= stamp->hlc)
    return NULL;
  return undo_of (entity, undo) == NULL ? undo : NULL;
}

static void
note_undo (KipEntity *entity,
           KipStamp  *stamp)
{
  KipEventId key = { stamp->undo_device, 0, stamp->undo_seq };

  if (entity->undone == NULL)
    entity->undone = g_hash_table_new_full (change_hash, change_equal, g_free, NULL);
  if (!g_hash_table_contains (entity->undone, &key))
    g_hash_table_insert (entity->undone, g_memdup2 (&key, sizeof key), stamp);
}

static void
collect_undos (KipEntity *entity)
{
  for (guint i = 0; i < entity->events->len; i++)
    {
      KipEvent *event = g_ptr_array_index (entity->events, i);

      if (event->stamp != NULL && event->stamp->undo_seq != 0)
        note_undo (entity, event->stamp);
    }
}

/* ---- public ---- */

KipEntity *
kip_entity_fold (KipKind    kind,
                 KipId      id,
                 GPtrArray *events)
{
  KipEntity *entity = g_new0 (KipEntity, 1);

  g_atomic_ref_count_init (&entity->refs);
  entity->kind = kind;
  entity->id = id;
  entity->events = events;
  entity->cells = g_array_sized_new (FALSE, FALSE, sizeof (Cell), 16);
  g_array_set_clear_func (entity->cells, cell_clear);
  entity->retracted = g_ptr_array_new ();
  g_ptr_array_sort (events, kip_event_compare);
  for (guint i = 0; i < events->len; i++)
    {
      KipEvent *event = g_ptr_array_index (events, i);

      apply (entity, event);
      entity->is_newer |= event->is_critical && !kip_event_is_known (event);
    }
  settle_claims (entity);
  collect_undos (entity);
  return entity;
}

KipEntity *
kip_entity_ref (KipEntity *entity)
{
  g_atomic_ref_count_inc (&entity->refs);
  return entity;
}

void
kip_entity_unref (KipEntity *entity)
{
  if (!g_atomic_ref_count_dec (&entity->refs))
    return;
  g_array_unref (entity->cells);
  g_ptr_array_unref (entity->retracted);
  g_clear_pointer (&entity->undone, g_hash_table_unref);
  g_ptr_array_unref (entity->events);
  g_free (entity);
}

KipId
kip_entity_get_id (KipEntity *entity)
{
  return entity->id;
}

KipKind
kip_entity_get_kind (KipEntity *entity)
{
  return entity->kind;
}

guint32
kip_entity_get_max_tl (KipEntity *entity)
{
  guint n = entity->events->len;

  return n > 0 ? ((KipEvent *) g_ptr_array_index (entity->events, n - 1))->tl : 0;
}

gboolean
kip_entity_is_empty (KipEntity *entity)
{
  return entity->events->len == 0;
}

gboolean
kip_entity_is_newer (KipEntity *entity)
{
  return entity->is_newer;
}

GPtrArray *
kip_entity_get_events (KipEntity *entity)
{
  return entity->events;
}

GPtrArray *
kip_entity_get_writes (KipEntity *entity,
                       KipField   field)
{
  Cell *cell = find_cell (entity, field);

  return cell != NULL && cell->live->len > 0 ? cell->live : NULL;
}

KipValue *
kip_entity_get (KipEntity *entity,
                KipField   field)
{
  Cell *cell = find_cell (entity, field);
  KipValue *value = cell != NULL ? cell->merged : NULL;

  if (value == NULL && cell != NULL && cell->live->len > 0)
    value = ((KipEvent *) g_ptr_array_index (cell->live, 0))->value;
  return kip_value_type (value) != KIP_VALUE_NONE ? value : NULL;
}

gint64
kip_entity_get_int (KipEntity *entity,
                    KipField   field,
                    gint64     fallback)
{
  return kip_value_get_int (kip_entity_get (entity, field), fallback);
}

const char *
kip_entity_get_text (KipEntity *entity,
                     KipField   field)
{
  return kip_value_get_text (kip_entity_get (entity, field));
}

/* Nobody could settle here what a newer Kip has fields for. */
static gboolean
cell_has_conflict (KipEntity  *entity,
                   const Cell *cell)
{
  return cell->live->len > 1 && cell->merged == NULL && kip_schema_field (entity->kind, cell->field) != NULL
         && is_register (entity, cell->field) && !is_unanimous (cell->live);
}

gboolean
kip_entity_has_conflict (KipEntity *entity,
                         KipField   field)
{
  for (guint i = 0; i < entity->cells->len; i++)
    {
      const Cell *cell = &g_array_index (entity->cells, Cell, i);

      if ((field == 0 || cell->field == field) && cell_has_conflict (entity, cell))
        return TRUE;
    }
  return FALSE;
}

GPtrArray *
kip_entity_get_adds (KipEntity *entity,
                     KipField   field)
{
  return kip_entity_get_writes (entity, field);
}

static int
compare_elements (gconstpointer a,
                  gconstpointer b)
{
  return kip_value_compare (*(KipValue *const *) a, *(KipValue *const *) b);
}

GPtrArray *
kip_entity_get_set (KipEntity *entity,
                    KipField   field)
{
  GPtrArray *adds = kip_entity_get_adds (entity, field);
  GPtrArray *set = g_ptr_array_new ();

  for (guint i = 0; adds != NULL && i < adds->len; i++)
    {
      KipEvent *add = g_ptr_array_index (adds, i);

      if (kip_value_type (add->value) != KIP_VALUE_NONE)
        g_ptr_array_add (set, add->value);
    }
  g_ptr_array_sort (set, compare_elements);
  for (guint i = 1; i < set->len;)
    if (kip_value_equal (g_ptr_array_index (set, i - 1), g_ptr_array_index (set, i)))
      g_ptr_array_remove_index (set, i);
    else
      i++;
  return set;
}

static gboolean
entry_is_retracted (KipEntity *entity,
                    KipEvent  *entry)
{
  return g_ptr_array_find (entity->retracted, entry, NULL);
}

GPtrArray *
kip_entity_get_entries (KipEntity *entity,
                        KipField   field,
                        gboolean   with_retracted)
{
  Cell *cell = find_cell (entity, field);
  GPtrArray *entries = g_ptr_array_new ();

  for (guint i = 0; cell != NULL && i < cell->live->len; i++)
    {
      KipEvent *entry = g_ptr_array_index (cell->live, i);

      if (entry->verb == KIP_VERB_ENTRY && (with_retracted || !entry_is_retracted (entity, entry)))
        g_ptr_array_add (entries, entry);
    }
  return entries;
}

gboolean
kip_entity_is_retracted (KipEntity        *entity,
                         const KipEventId *entry)
{
  for (guint i = 0; i < entity->retracted->len; i++)
    if (kip_event_id_equal (&((KipEvent *) g_ptr_array_index (entity->retracted, i))->id, entry))
      return TRUE;
  return FALSE;
}

/* TRUE when some write of change-set @undo to the same field replaces @event directly. */
static gboolean
is_taken_back (KipEntity      *entity,
               const KipEvent *event,
               const KipStamp *undo)
{
  for (guint i = 0; i < entity->events->len; i++)
    {
      const KipEvent *other = g_ptr_array_index (entity->events, i);

      if (other->stamp == NULL || other->stamp->seq != undo->seq || other->stamp->device != undo->device)
        continue;
      if (other->field == event->field && kip_event_has_ref (other, &event->id))
        return TRUE;
    }
  return FALSE;
}

/* TRUE when @event is the write by which an undo in force takes back one that it replaces. */
static gboolean
takes_back (KipEntity      *entity,
            const KipEvent *event)
{
  const KipStamp *stamp = event->stamp;

  if (stamp == NULL || stamp->undo_seq == 0)
    return FALSE;
  for (guint i = 0; i < event->n_refs; i++)
    if (event->refs[i].device == stamp->undo_device && event->refs[i].seq == stamp->undo_seq)
      return TRUE;
  return FALSE;
}

gboolean
kip_entity_is_undone (KipEntity      *entity,
                      const KipEvent *event)
{
  return event->stamp != NULL && undo_of (entity, event->stamp) != NULL;
}

gboolean
kip_entity_never_was (KipEntity *entity)
{
  GPtrArray *writes = kip_entity_get_writes (entity, KIP_FIELD_DELETED);
  const KipEvent *deleted = writes != NULL ? g_ptr_array_index (writes, 0) : NULL;

  return deleted != NULL && kip_value_get_int (deleted->value, 0) != 0
         && deleted->stamp != NULL && deleted->stamp->undo_seq != 0
         && kip_entity_is_undone (entity, g_ptr_array_index (entity->events, 0));
}

gboolean
kip_entity_is_void (KipEntity      *entity,
                    const KipEvent *event)
{
  const KipStamp *undo;

  if (entity->undone == NULL || event->stamp == NULL || event->verb != KIP_VERB_SET)
    return FALSE;
  undo = undo_of (entity, event->stamp);
  if (undo != NULL && is_taken_back (entity, event, undo))
    return TRUE;
  return takes_back (entity, event);
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

GPtrArray *
kip_entity_get_history (KipEntity *entity,
                        KipField   field)
{
  GPtrArray *history = g_ptr_array_new ();

  for (guint i = 0; i < entity->events->len; i++)
    {
      KipEvent *event = g_ptr_array_index (entity->events, i);

      if (event->field == field && event->verb == KIP_VERB_SET && !kip_entity_is_void (entity, event))
        g_ptr_array_add (history, event);
    }
  g_ptr_array_sort (history, compare_by_at);
  return history;
}
