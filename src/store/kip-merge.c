/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-merge.h"

gboolean
kip_merge_is_used (KipDb    *db,
                   gboolean *any,
                   GError  **error)
{
  gint64 n;

  if (!kip_db_get_int (db, 0, &n, error, "SELECT EXISTS (SELECT 1 FROM merge)", ""))
    return FALSE;
  *any = n != 0;
  return TRUE;
}

typedef struct
{
  KipId  source, target;
  gint64 order[5]; /* tl, hlc, device, seq, place: the fold's order */
} Edge;

static gboolean
is_later (const Edge *a,
          const Edge *b)
{
  for (guint i = 0; i < G_N_ELEMENTS (a->order); i++)
    if (a->order[i] != b->order[i])
      return a->order[i] > b->order[i];
  return FALSE;
}

/* The edge out of @source; target NONE when there is none. */
static gboolean
read_edge (KipDb   *db,
           KipId    source,
           Edge    *edge,
           GError **error)
{
  KipRows rows = kip_db_query (db, "SELECT target, tl, hlc, device, seq, place FROM merge WHERE source = ?1", "i", (gint64) source);

  edge->source = source;
  edge->target = KIP_ID_NONE;
  if (kip_rows_next (&rows))
    {
      edge->target = (KipId) kip_rows_int (&rows, 0);
      for (guint i = 0; i < G_N_ELEMENTS (edge->order); i++)
        edge->order[i] = kip_rows_int (&rows, (int) i + 1);
    }
  return kip_rows_end (&rows, error);
}

static gboolean
find_on_path (GArray *path,
              KipId   id,
              guint  *at)
{
  for (*at = 0; *at < path->len; (*at)++)
    if (g_array_index (path, Edge, *at).source == id)
      return TRUE;
  return FALSE;
}

/* Of the circle that begins at @from, the source whose edge does not count. */
static KipId
cut_circle (GArray *path,
            guint   from)
{
  const Edge *latest = &g_array_index (path, Edge, from);

  for (guint i = from + 1; i < path->len; i++)
    if (is_later (&g_array_index (path, Edge, i), latest))
      latest = &g_array_index (path, Edge, i);
  return latest->source;
}

static gboolean
is_known (KipDb    *db,
          KipId     ticket,
          gboolean *known,
          GError  **error)
{
  gint64 n;

  if (!kip_db_get_int (db, 0, &n, error, "SELECT EXISTS (SELECT 1 FROM event WHERE entity = ?1 AND kind = 2)", "i", (gint64) ticket))
    return FALSE;
  *known = n != 0;
  return TRUE;
}

gboolean
kip_merge_find_root (KipDb   *db,
                     KipId    ticket,
                     KipId   *root,
                     GError **error)
{
  g_autoptr (GArray) path = g_array_new (FALSE, FALSE, sizeof (Edge));
  gboolean known = TRUE;
  guint at;

  *root = ticket;
  while (known && !find_on_path (path, *root, &at))
    {
      Edge edge;

      if (!read_edge (db, *root, &edge, error))
        return FALSE;
      if (edge.target == KIP_ID_NONE)
        return TRUE;
      if (!is_known (db, edge.target, &known, error))
        return FALSE;
      g_array_append_val (path, edge);
      /* A ticket merged into one that has not arrived yet stays where it is. */
      if (known)
        *root = edge.target;
    }
  if (known)
    *root = cut_circle (path, at);
  return TRUE;
}

static gboolean
add_sources_of (KipDb   *db,
                KipId    target,
                GArray  *found,
                GError **error)
{
  KipRows rows = kip_db_query (db, "SELECT source FROM merge WHERE target = ?1 ORDER BY source", "i", (gint64) target);

  while (kip_rows_next (&rows))
    {
      KipId source = (KipId) kip_rows_int (&rows, 0);
      guint i = 0;

      while (i < found->len && g_array_index (found, KipId, i) != source)
        i++;
      if (i == found->len)
        g_array_append_val (found, source);
    }
  return kip_rows_end (&rows, error);
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  KipId x = *(const KipId *) a, y = *(const KipId *) b;

  return (x > y) - (x < y);
}

GArray *
kip_merge_find_sources (KipDb   *db,
                        KipId    root,
                        GError **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (KipId));

  g_array_append_val (found, root);
  for (guint i = 0; i < found->len; i++)
    if (!add_sources_of (db, g_array_index (found, KipId, i), found, error))
      return NULL;
  g_array_remove_index (found, 0);
  g_array_sort (found, compare_ids);
  return g_steal_pointer (&found);
}

static void
add_affected (GHashTable *affected,
              KipId       id)
{
  gint64 key = (gint64) id;

  g_hash_table_add (affected, g_memdup2 (&key, sizeof key));
}

/* Everything that hangs together with @ticket by merging. */
static gboolean
add_component (KipDb      *db,
               KipId       ticket,
               GHashTable *affected,
               GError    **error)
{
  g_autoptr (GArray) sources = NULL;
  KipId root;

  if (!kip_merge_find_root (db, ticket, &root, error))
    return FALSE;
  sources = kip_merge_find_sources (db, root, error);
  if (sources == NULL)
    return FALSE;
  add_affected (affected, root);
  for (guint i = 0; i < sources->len; i++)
    add_affected (affected, g_array_index (sources, KipId, i));
  return TRUE;
}

static gboolean
write_edge (KipDb          *db,
            KipId           source,
            KipId           target,
            const KipEvent *by,
            GError        **error)
{
  if (target == KIP_ID_NONE || target == source)
    return kip_db_run (db, error, "DELETE FROM merge WHERE source = ?1", "i", (gint64) source);
  return kip_db_run (db, error, "INSERT OR REPLACE INTO merge (source, target, tl, hlc, device, seq, place)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", "iiiiiii",
                     (gint64) source, (gint64) target, (gint64) by->tl, (gint64) by->stamp->hlc,
                     (gint64) by->id.device, (gint64) by->id.seq, (gint64) by->id.index);
}

/* The write whose place in the order counts: bringing a merge back by an undo does
 * not make it a later one. */
static const KipEvent *
find_write (KipEntity *ticket)
{
  GPtrArray *events = kip_entity_get_events (ticket);
  const KipEvent *live = g_ptr_array_index (kip_entity_get_writes (ticket, KIP_FIELD_MERGED_INTO), 0);

  for (guint i = events->len; i > 0; i--)
    {
      const KipEvent *event = g_ptr_array_index (events, i - 1);

      if (event->field == KIP_FIELD_MERGED_INTO && event->verb == KIP_VERB_SET
          && kip_value_equal (event->value, live->value) && !kip_entity_is_void (ticket, event))
        return event;
    }
  return live;
}

gboolean
kip_merge_note (KipDb      *db,
                KipEntity  *ticket,
                GHashTable *affected,
                GError    **error)
{
  KipId id = kip_entity_get_id (ticket);
  GPtrArray *writes = kip_entity_get_writes (ticket, KIP_FIELD_MERGED_INTO);
  KipId target = (KipId) kip_entity_get_int (ticket, KIP_FIELD_MERGED_INTO, 0);

  if (!add_component (db, id, affected, error))
    return FALSE;
  if (writes == NULL)
    return TRUE;
  return write_edge (db, id, target, find_write (ticket), error)
         && add_component (db, id, affected, error);
}
