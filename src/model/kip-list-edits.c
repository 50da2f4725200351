/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-list-edits.h"

/* More runs than this are not "a few". */
#define MAX_EDITS 64

/* How far a row that came or went unannounced is looked for. */
#define LOOK_AHEAD 16

typedef struct
{
  const KipId *before, *after;
  guint        n_before, n_after;
  GHashTable  *moved;
  guint        i, j; /* places in before and after: all ahead of them is equal by now */
  GArray      *edits;
} Walk;

static gboolean
is_moved (Walk *walk,
          KipId id)
{
  return walk->moved != NULL && g_hash_table_contains (walk->moved, &id);
}

static void
record (Walk *walk,
        guint removed,
        guint added)
{
  KipListEdit edit = { walk->j, removed, added };
  KipListEdit *last = NULL;

  if (walk->edits->len > 0)
    last = &g_array_index (walk->edits, KipListEdit, walk->edits->len - 1);
  if (last != NULL && last->position + last->added == walk->j)
    {
      last->removed += removed;
      last->added += added;
    }
  else
    g_array_append_val (walk->edits, edit);
  walk->i += removed;
  walk->j += added;
}

/* How many places after @start @id stands in @ids; 0 when not near. */
static guint
distance (const KipId *ids,
          guint        n,
          guint        start,
          KipId        id)
{
  for (guint ahead = 1; ahead <= LOOK_AHEAD && start + ahead < n; ahead++)
    if (ids[start + ahead] == id)
      return ahead;
  return 0;
}

static gboolean
step (Walk *walk)
{
  guint gone, come;

  if (is_moved (walk, walk->before[walk->i]))
    {
      record (walk, 1, 0);
      return TRUE;
    }
  if (is_moved (walk, walk->after[walk->j]))
    {
      record (walk, 0, 1);
      return TRUE;
    }
  gone = distance (walk->before, walk->n_before, walk->i, walk->after[walk->j]);
  come = distance (walk->after, walk->n_after, walk->j, walk->before[walk->i]);
  if (gone > 0 && (come == 0 || gone <= come))
    record (walk, gone, 0);
  else if (come > 0)
    record (walk, 0, come);
  else
    return FALSE;
  return TRUE;
}

GArray *
kip_list_edits (const KipId *before,
                guint        n_before,
                const KipId *after,
                guint        n_after,
                GHashTable  *moved)
{
  g_autoptr (GArray) edits = g_array_new (FALSE, FALSE, sizeof (KipListEdit));
  Walk walk = { before, after, n_before, n_after, moved, 0, 0, edits };

  while (walk.i < n_before && walk.j < n_after)
    {
      if (before[walk.i] == after[walk.j])
        {
          walk.i++;
          walk.j++;
        }
      else if (!step (&walk) || edits->len > MAX_EDITS)
        return NULL;
    }
  if (walk.i < n_before || walk.j < n_after)
    record (&walk, n_before - walk.i, n_after - walk.j);
  return g_steal_pointer (&edits);
}
