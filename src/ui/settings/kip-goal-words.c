/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Targets in words, and their list in the settings. */

#include "kip-goal-words.h"

#include <glib/gi18n-lib.h>

#include "kip-clock.h"
#include "kip-format.h"
#include "kip-goal-page.h"
#include "kip-list-page.h"
#include "kip-settings-pages.h"

char *
kip_goal_version_title (KipMeasure            measure,
                        const KipGoalVersion *version)
{
  g_autofree char *amount = kip_goal_words (measure, version->direction, kip_goal_amount_to_value (version->amount));

  /* Translators: a target: "at most 4 h, judged over a week". */
  return version->period == KIP_GOAL_WEEK ? g_strdup_printf (_("%s, judged over a week"), amount)
                                          : g_strdup_printf (_("%s, judged over a month"), amount);
}

static char *
span_words (const KipGoalVersion *version,
            GTimeZone            *zone)
{
  g_autofree char *from = version->from != KIP_INSTANT_NONE ? kip_format_date (version->from, zone) : NULL;
  g_autofree char *until = version->until != KIP_INSTANT_NONE ? kip_format_date (version->until - 1, zone) : NULL;

  if (from != NULL && until != NULL)
    return g_strdup_printf (_("from %s until %s"), from, until);
  if (from != NULL)
    return g_strdup_printf (_("from %s on"), from);
  return until != NULL ? g_strdup_printf (_("until %s"), until) : g_strdup (_("always"));
}

char *
kip_goal_version_words (const KipGoalVersion *version,
                        GTimeZone            *zone)
{
  g_autofree char *span = span_words (version, zone);

  return version->why != NULL ? g_strdup_printf ("%s · %s", span, version->why) : g_steal_pointer (&span);
}

const char *
kip_goal_amount_hint (KipMeasure measure)
{
  switch (kip_measure_info (measure)->unit)
    {
    case KIP_UNIT_DURATION:
      return N_("Time, such as 4 h or 1 h 30 min");
    case KIP_UNIT_PERCENT:
      return N_("Share in per cent, such as 90");
    case KIP_UNIT_COUNT:
    case KIP_UNIT_SCORE:
    default:
      return N_("Number, such as 20");
    }
}

/* ---- the list ---- */

/* The one in force, else the one that comes or was. */
static const KipGoalVersion *
shown_version (const KipGoal *goal)
{
  const KipGoalVersion *version = kip_goal_at (goal, kip_clock_now ());

  return version != NULL ? version : kip_goal_newest (goal);
}

static void
append_goal (const KipGoal *goal,
             KipOffice     *office,
             GTimeZone     *zone,
             GArray        *items)
{
  const KipGoalVersion *version = shown_version (goal);
  g_autofree char *whose = kip_goal_whose (office, goal->team, goal->agent);
  g_autofree char *title = NULL;
  g_autofree char *words = NULL;
  KipItem item = { .id = goal->id };
  KipMeasure measure;

  if (version == NULL || !kip_measure_find (goal->measure, &measure))
    return;
  title = kip_goal_version_title (measure, version);
  words = kip_goal_version_words (version, zone);
  item.title = g_strdup_printf ("%s · %s", _(kip_measure_info (measure)->label), whose);
  item.subtitle = g_strdup_printf ("%s · %s", title, words);
  item.badge = kip_goal_at (goal, kip_clock_now ()) == NULL ? g_strdup (_("not in force")) : NULL;
  item.flags = goal->deleted ? KIP_ITEM_ARCHIVED : 0;
  g_array_append_val (items, item);
}

static void
fill (KipStore          *store,
      const KipListKind *kind,
      gboolean           archived,
      GArray            *items)
{
  KipOffice *office = kip_store_get_office (store);
  GPtrArray *goals = kip_office_get_goals (office);
  g_autoptr (GTimeZone) zone = kip_office_zone (store);

  for (guint i = 0; i < goals->len; i++)
    {
      const KipGoal *goal = g_ptr_array_index (goals, i);

      if (!goal->deleted)
        append_goal (goal, office, zone, items);
    }
  for (guint i = 0; i < goals->len && archived; i++)
    {
      const KipGoal *goal = g_ptr_array_index (goals, i);

      if (goal->deleted)
        append_goal (goal, office, zone, items);
    }
}

/* They have no order of their own. */
static GArray *
siblings (KipStore          *store,
          const KipListKind *kind,
          KipId              id)
{
  return g_array_new (FALSE, FALSE, sizeof (KipId));
}

static GtkWidget *
edit (KipSession *session,
      KipKind     kind,
      KipId       id)
{
  return kip_goal_page_new (session, id);
}

GtkWidget *
kip_goals_page_new (KipSession *session)
{
  static const KipListKind kind = { KIP_KIND_GOAL, FALSE, fill, siblings, edit, NULL, NULL };

  return kip_list_page_new (session, &kind);
}
