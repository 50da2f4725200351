/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-conflict.h"

void
kip_conflict_free (KipConflict *conflict)
{
  g_ptr_array_unref (conflict->claims);
  g_free (conflict);
}

/* ---- which values there are ---- */

static gboolean
has_value (GPtrArray      *writes,
           const KipValue *value)
{
  for (guint i = 0; i < writes->len; i++)
    if (kip_value_equal (((const KipEvent *) g_ptr_array_index (writes, i))->value, value))
      return TRUE;
  return FALSE;
}

KipConflict *
kip_conflict_of (KipEntity *entity,
                 KipField   field)
{
  GPtrArray *writes = kip_entity_get_writes (entity, field);
  KipConflict *conflict;

  if (writes == NULL || field == 0 || !kip_entity_has_conflict (entity, field))
    return NULL;
  conflict = g_new0 (KipConflict, 1);
  conflict->field = field;
  conflict->claims = g_ptr_array_new ();
  for (guint i = 0; i < writes->len; i++)
    {
      KipEvent *write = g_ptr_array_index (writes, i);

      if (!has_value (conflict->claims, write->value))
        g_ptr_array_add (conflict->claims, write);
    }
  return conflict;
}

static int
compare_fields (gconstpointer a,
                gconstpointer b)
{
  const KipConflict *x = *(KipConflict *const *) a, *y = *(KipConflict *const *) b;

  return (int) x->field - (int) y->field;
}

/* Unknown fields of a newer program are told like others. */
GPtrArray *
kip_conflict_list (KipEntity *entity)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_conflict_free);
  GPtrArray *events = kip_entity_get_events (entity);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  if (!kip_entity_has_conflict (entity, 0))
    return list;
  for (guint i = 0; i < events->len; i++)
    {
      const KipEvent *event = g_ptr_array_index (events, i);
      KipConflict *conflict;

      if (event->verb != KIP_VERB_SET || !g_hash_table_add (seen, GUINT_TO_POINTER (event->field)))
        continue;
      conflict = kip_conflict_of (entity, event->field);
      if (conflict != NULL)
        g_ptr_array_add (list, conflict);
    }
  g_ptr_array_sort (list, compare_fields);
  return list;
}

/* ---- who said it ---- */

static const KipEvent *
find_event (GPtrArray        *events,
            const KipEventId *id)
{
  for (guint i = events->len; i > 0; i--)
    if (kip_event_id_equal (&((KipEvent *) g_ptr_array_index (events, i - 1))->id, id))
      return g_ptr_array_index (events, i - 1);
  return NULL;
}

/* Whether the undo that wrote @write takes @event back. */
static gboolean
takes_back (const KipEvent *write,
            const KipEvent *event)
{
  return event->id.device == write->stamp->undo_device && event->id.seq == write->stamp->undo_seq;
}

static const KipEvent *
later (const KipEvent *a,
       const KipEvent *b)
{
  return a == NULL || (b != NULL && kip_event_compare (&b, &a) > 0) ? b : a;
}

/* The latest of what @write replaced that says @value; what @undo takes back is looked through. */
static const KipEvent *
find_same (GPtrArray      *events,
           const KipEvent *write,
           const KipEvent *undo,
           const KipValue *value)
{
  const KipEvent *found = NULL;

  for (guint i = 0; i < write->n_refs; i++)
    {
      const KipEvent *event = find_event (events, &write->refs[i]);

      if (event == NULL || event->tl >= undo->tl) /* so that every step leads to an earlier one, and ends */
        continue;
      if (takes_back (undo, event))
        found = later (found, write == undo ? find_same (events, event, undo, value) : NULL);
      else if (kip_value_equal (event->value, value))
        found = later (found, event);
    }
  return found;
}

/* The write that @write brought back; NULL: it is none of an undo. */
static const KipEvent *
brought_back (KipEntity      *entity,
              const KipEvent *write)
{
  if (write->stamp == NULL || write->stamp->undo_seq == 0)
    return NULL;
  return find_same (kip_entity_get_events (entity), write, write, write->value);
}

const KipEvent *
kip_conflict_origin (KipEntity      *entity,
                     const KipEvent *write)
{
  const KipEvent *before;

  while ((before = brought_back (entity, write)) != NULL)
    write = before;
  return write;
}

gboolean
kip_conflict_stands_for (KipEntity      *entity,
                         const KipEvent *live,
                         const KipEvent *write)
{
  while (live != NULL && live != write)
    live = brought_back (entity, live);
  return live != NULL;
}

/* ---- what was there before both ---- */

static void
add_ancestors (GHashTable     *ancestors,
               GPtrArray      *events,
               const KipEvent *write)
{
  g_autoptr (GPtrArray) left = g_ptr_array_new ();

  g_ptr_array_add (left, (gpointer) write);
  while (left->len > 0)
    {
      const KipEvent *one = g_ptr_array_steal_index_fast (left, left->len - 1);

      for (guint i = 0; i < one->n_refs; i++)
        {
          const KipEvent *before = find_event (events, &one->refs[i]);

          if (before != NULL && before->field == write->field && g_hash_table_add (ancestors, (gpointer) before))
            g_ptr_array_add (left, (gpointer) before);
        }
    }
}

/* The latest write that all of @writes build on. */
static const KipEvent *
find_base (GPtrArray *events,
           GPtrArray *writes)
{
  g_autoptr (GPtrArray) sets = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);

  for (guint i = 0; i < writes->len; i++)
    {
      g_ptr_array_add (sets, g_hash_table_new (NULL, NULL));
      add_ancestors (g_ptr_array_index (sets, i), events, g_ptr_array_index (writes, i));
    }
  for (guint i = events->len; i > 0; i--)
    {
      gboolean in_all = TRUE;

      for (guint j = 0; in_all && j < sets->len; j++)
        in_all = g_hash_table_contains (g_ptr_array_index (sets, j), g_ptr_array_index (events, i - 1));
      if (in_all)
        return g_ptr_array_index (events, i - 1);
    }
  return NULL;
}

static const char *
text_of (const KipEvent *write)
{
  const char *text = write != NULL ? kip_value_get_text (write->value) : NULL;

  return text != NULL ? text : "";
}

static gboolean
are_texts (GPtrArray *writes)
{
  for (guint i = 0; i < writes->len; i++)
    {
      KipValueType type = kip_value_type (((const KipEvent *) g_ptr_array_index (writes, i))->value);

      if (type != KIP_VALUE_TEXT && type != KIP_VALUE_NONE)
        return FALSE;
    }
  return TRUE;
}

char *
kip_conflict_merge_texts (GPtrArray *events,
                          GPtrArray *writes)
{
  g_autoptr (GPtrArray) ordered = g_ptr_array_copy (writes, NULL, NULL);
  const KipEvent *base = find_base (events, writes);
  g_autofree char *merged = NULL;

  if (!are_texts (writes))
    return NULL;
  g_ptr_array_sort (ordered, kip_event_compare);
  merged = g_strdup (text_of (g_ptr_array_index (ordered, 0)));
  for (guint i = 1; i < ordered->len; i++)
    {
      g_autoptr (GPtrArray) pieces = kip_merge_text (KIP_MERGE_VERSION, text_of (base), merged,
                                                     text_of (g_ptr_array_index (ordered, i)));

      if (kip_merge_count_conflicts (pieces) > 0)
        return NULL;
      g_free (merged);
      merged = kip_merge_join (pieces, NULL);
    }
  return g_steal_pointer (&merged);
}

GPtrArray *
kip_conflict_pieces (KipEntity         *entity,
                     const KipConflict *conflict,
                     const KipEvent   **left,
                     const KipEvent   **right)
{
  g_autoptr (GPtrArray) ordered = g_ptr_array_copy (conflict->claims, NULL, NULL);
  const KipEvent *base;

  if (ordered->len != 2 || !are_texts (ordered)
      || !kip_schema_is_long_text (kip_entity_get_kind (entity), conflict->field))
    return NULL;
  g_ptr_array_sort (ordered, kip_event_compare);
  *left = g_ptr_array_index (ordered, 0);
  *right = g_ptr_array_index (ordered, 1);
  base = find_base (kip_entity_get_events (entity), ordered);
  return kip_merge_text (KIP_MERGE_VERSION, text_of (base), text_of (*left), text_of (*right));
}

/* ---- what happened at the same time ---- */

static void
add_rival (GHashTable     *rivals,
           const KipEvent *one,
           const KipEvent *other)
{
  GPtrArray *others = g_hash_table_lookup (rivals, one);

  if (others == NULL)
    {
      others = g_ptr_array_new ();
      g_hash_table_insert (rivals, (gpointer) one, others);
    }
  if (!g_ptr_array_find (others, other, NULL))
    g_ptr_array_add (others, (gpointer) other);
}

/* All of @writes were live at one time. */
static void
add_rivals (GHashTable *rivals,
            GPtrArray  *writes)
{
  for (guint i = 0; i < writes->len; i++)
    for (guint j = 0; j < writes->len; j++)
      {
        const KipEvent *one = g_ptr_array_index (writes, i), *other = g_ptr_array_index (writes, j);

        if (i != j && !kip_value_equal (one->value, other->value)
            && (one->id.device != other->id.device || one->id.seq != other->id.seq))
          add_rival (rivals, one, other);
      }
}

/* Whether one of the others was written by somebody who had seen @write. */
static gboolean
was_seen (GPtrArray      *events,
          GPtrArray      *writes,
          const KipEvent *write)
{
  for (guint i = 0; i < writes->len; i++)
    {
      g_autoptr (GHashTable) ancestors = g_hash_table_new (NULL, NULL);

      if (g_ptr_array_index (writes, i) == write)
        continue;
      add_ancestors (ancestors, events, g_ptr_array_index (writes, i));
      if (g_hash_table_contains (ancestors, write))
        return TRUE;
    }
  return FALSE;
}

GPtrArray *
kip_conflict_settled (KipEntity      *entity,
                      const KipEvent *write)
{
  GPtrArray *events = kip_entity_get_events (entity);
  GPtrArray *settled = g_ptr_array_new ();

  for (guint i = 0; i < write->n_refs; i++)
    {
      const KipEvent *event = find_event (events, &write->refs[i]);

      if (event != NULL && event->verb == KIP_VERB_SET && event->field == write->field
          && !g_ptr_array_find (settled, event, NULL))
        g_ptr_array_add (settled, (gpointer) event);
    }
  for (guint i = settled->len; settled->len > 1 && i > 0; i--)
    if (was_seen (events, settled, g_ptr_array_index (settled, i - 1)))
      g_ptr_array_remove_index (settled, i - 1);
  g_ptr_array_sort (settled, kip_event_compare);
  return settled;
}

/* An undo names what it takes back beside what is there: that is no other's. */
static gboolean
settles (const KipEvent *event)
{
  return event->verb == KIP_VERB_SET && event->n_refs > 1 && (event->stamp == NULL || event->stamp->undo_seq == 0);
}

GHashTable *
kip_conflict_rivals (KipEntity *entity)
{
  GHashTable *rivals = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  GPtrArray *events = kip_entity_get_events (entity);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < events->len; i++)
    {
      const KipEvent *event = g_ptr_array_index (events, i);
      const KipFieldInfo *info = kip_schema_field (kip_entity_get_kind (entity), event->field);
      GPtrArray *live;

      if (event->verb != KIP_VERB_SET || (info != NULL && info->shape != KIP_SHAPE_REGISTER))
        continue;
      if (settles (event))
        {
          g_autoptr (GPtrArray) replaced = kip_conflict_settled (entity, event);

          add_rivals (rivals, replaced);
        }
      if (!g_hash_table_add (seen, GUINT_TO_POINTER (event->field)))
        continue;
      live = kip_entity_get_writes (entity, event->field);
      if (live != NULL && live->len > 1)
        add_rivals (rivals, live);
    }
  return rivals;
}
