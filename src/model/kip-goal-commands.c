/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-goal-commands.h"

#include <glib/gi18n-lib.h>
#include <string.h>

const KipGoal *
kip_goal_of (KipOffice  *office,
             const char *measure,
             KipId       team,
             KipId       agent)
{
  GPtrArray *goals = kip_office_get_goals (office);

  for (guint i = 0; i < goals->len; i++)
    {
      const KipGoal *goal = g_ptr_array_index (goals, i);

      if (!goal->deleted && goal->team == team && goal->agent == agent && strcmp (goal->measure, measure) == 0)
        return goal;
    }
  return NULL;
}

/* A new one with what it is for; (transfer none) its id. */
static KipId
begin_goal (KipStore   *store,
            KipChange  *change,
            const char *measure,
            KipId       team,
            KipId       agent)
{
  KipId id = kip_store_new_id (store);

  kip_change_set_text (change, KIP_KIND_GOAL, id, KIP_FIELD_GOAL_MEASURE, measure);
  if (team != KIP_ID_NONE)
    kip_change_set_int (change, KIP_KIND_GOAL, id, KIP_FIELD_GOAL_TEAM, (gint64) team);
  if (agent != KIP_ID_NONE)
    kip_change_set_int (change, KIP_KIND_GOAL, id, KIP_FIELD_GOAL_AGENT, (gint64) agent);
  return id;
}

KipChange *
kip_command_set_goal (KipStore             *store,
                      const char           *measure,
                      KipId                 team,
                      KipId                 agent,
                      const KipGoalVersion *version)
{
  g_autoptr (KipOffice) office = kip_store_dup_office (store);
  const KipGoal *goal = kip_goal_of (office, measure, team, agent);
  KipChange *change = kip_command_settings (store);
  KipId id = goal != NULL ? goal->id : begin_goal (store, change, measure, team, agent);

  kip_change_entry (change, KIP_KIND_GOAL, id, KIP_FIELD_GOAL_VERSION, kip_goal_version_to_value (version));
  return change;
}

char *
kip_goal_version_check (const KipGoalVersion *version)
{
  if (version->until != KIP_INSTANT_NONE && version->from != KIP_INSTANT_NONE && version->until <= version->from)
    return g_strdup (_("The target would end before it begins. Choose a later end, or none."));
  if (version->direction == KIP_GOAL_AT_LEAST && version->amount <= 0)
    return g_strdup (_("A target of at least nothing is always met. Write how much it is to be."));
  return NULL;
}
