/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-goal.h"

#include <string.h>

enum
{
  KEY_FROM = 1,
  KEY_UNTIL = 2,
  KEY_DIRECTION = 3,
  KEY_AMOUNT = 4,
  KEY_PERIOD = 5,
  KEY_ELAPSED = 6,
  KEY_WHY = 7
};

/* ---- the value of a version ---- */

static void
put_instant (KipValue  *map,
             guint      key,
             KipInstant instant)
{
  if (instant != KIP_INSTANT_NONE)
    kip_value_put (map, key, kip_value_int (instant));
}

KipValue *
kip_goal_version_to_value (const KipGoalVersion *version)
{
  KipValue *map = kip_value_map ();

  put_instant (map, KEY_FROM, version->from);
  put_instant (map, KEY_UNTIL, version->until);
  kip_value_put (map, KEY_DIRECTION, kip_value_int (version->direction));
  kip_value_put (map, KEY_AMOUNT, kip_value_int (version->amount));
  kip_value_put (map, KEY_PERIOD, kip_value_int (version->period));
  if (version->elapsed)
    kip_value_put (map, KEY_ELAPSED, kip_value_int (1));
  if (version->why != NULL && *version->why != '\0')
    kip_value_put (map, KEY_WHY, kip_value_text (version->why));
  return map;
}

static void
read_version (const KipEvent *entry,
              KipGoalVersion *version)
{
  const KipValue *map = entry->value;

  version->published = entry->at;
  version->from = kip_value_map_int (map, KEY_FROM, KIP_INSTANT_NONE);
  version->until = kip_value_map_int (map, KEY_UNTIL, KIP_INSTANT_NONE);
  version->direction = kip_value_map_int (map, KEY_DIRECTION, 0) == KIP_GOAL_AT_LEAST ? KIP_GOAL_AT_LEAST : KIP_GOAL_AT_MOST;
  version->amount = kip_value_map_int (map, KEY_AMOUNT, 0);
  version->period = kip_value_map_int (map, KEY_PERIOD, 0) == KIP_GOAL_WEEK ? KIP_GOAL_WEEK : KIP_GOAL_MONTH;
  version->elapsed = kip_value_map_int (map, KEY_ELAPSED, 0) != 0;
  version->why = kip_value_map_text (map, KEY_WHY);
}

/* ---- a goal ---- */

/* Two machines may have published at one moment; then the fold's order decides. */
static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const KipEvent *x = *(KipEvent *const *) a, *y = *(KipEvent *const *) b;

  if (x->at != y->at)
    return x->at < y->at ? -1 : 1;
  return kip_event_compare (a, b);
}

KipGoal *
kip_goal_new (KipEntity *entity)
{
  g_autoptr (GPtrArray) entries = kip_entity_get_entries (entity, KIP_FIELD_GOAL_VERSION, FALSE);
  const char *measure = kip_entity_get_text (entity, KIP_FIELD_GOAL_MEASURE);
  KipGoal *goal = g_new0 (KipGoal, 1);

  goal->id = kip_entity_get_id (entity);
  goal->measure = measure != NULL ? measure : "";
  goal->team = (KipId) kip_entity_get_int (entity, KIP_FIELD_GOAL_TEAM, 0);
  goal->agent = (KipId) kip_entity_get_int (entity, KIP_FIELD_GOAL_AGENT, 0);
  goal->deleted = kip_entity_get_int (entity, KIP_FIELD_DELETED, 0) != 0;
  goal->versions = g_array_sized_new (FALSE, FALSE, sizeof (KipGoalVersion), entries->len);
  g_ptr_array_sort (entries, compare_entries);
  for (guint i = 0; i < entries->len; i++)
    {
      KipGoalVersion version = { .number = i + 1 };

      read_version (g_ptr_array_index (entries, i), &version);
      g_array_append_val (goal->versions, version);
    }
  return goal;
}

void
kip_goal_free (KipGoal *goal)
{
  g_array_unref (goal->versions);
  g_free (goal);
}

/* Everybody's 0, a team's 1, an agent's 2. */
static int
narrowness (const KipGoal *goal)
{
  return goal->agent != KIP_ID_NONE ? 2 : goal->team != KIP_ID_NONE ? 1 : 0;
}

int
kip_goal_compare (const KipGoal *a,
                  const KipGoal *b)
{
  int order = strcmp (a->measure, b->measure);

  if (order == 0)
    order = narrowness (a) - narrowness (b);
  return order != 0 ? order : (a->id > b->id) - (a->id < b->id);
}

/* ---- what is in force ---- */

const KipGoalVersion *
kip_goal_at (const KipGoal *goal,
             KipInstant     at)
{
  const KipGoalVersion *best = NULL;

  for (guint i = 0; i < goal->versions->len; i++)
    {
      const KipGoalVersion *version = &g_array_index (goal->versions, KipGoalVersion, i);

      /* Later ones of the same beginning were published later. */
      if (version->from <= at && (best == NULL || version->from >= best->from))
        best = version;
    }
  return best != NULL && (best->until == KIP_INSTANT_NONE || at < best->until) ? best : NULL;
}

const KipGoalVersion *
kip_goal_newest (const KipGoal *goal)
{
  return goal->versions->len > 0 ? &g_array_index (goal->versions, KipGoalVersion, goal->versions->len - 1) : NULL;
}

const KipGoal *
kip_goal_find (GPtrArray             *goals,
               const char            *measure,
               KipId                  team,
               KipId                  agent,
               KipInstant             at,
               const KipGoalVersion **ret_version)
{
  const KipGoal *best = NULL;
  const KipGoalVersion *best_version = NULL;

  for (guint i = 0; i < goals->len; i++)
    {
      const KipGoal *goal = g_ptr_array_index (goals, i);
      const KipGoalVersion *version;

      if (goal->deleted || goal->team != team || goal->agent != agent || strcmp (goal->measure, measure) != 0)
        continue;
      version = kip_goal_at (goal, at);
      if (version == NULL || (best != NULL && version->from < best_version->from))
        continue;
      best = goal;
      best_version = version;
    }
  if (ret_version != NULL)
    *ret_version = best_version;
  return best;
}
