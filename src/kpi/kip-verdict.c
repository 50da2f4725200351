/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-verdict.h"

#include "kip-format-value.h"
#include "kip-whose.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* What a rounding of floating point may cost; far below what anybody can set. */
#define NOTHING 1e-6

gboolean
kip_measure_can_have_goal (KipMeasure measure)
{
  return kip_measure_info (measure)->better != 0;
}

double
kip_goal_amount_to_value (gint64 amount)
{
  return (double) amount / KIP_GOAL_SCALE;
}

gint64
kip_goal_amount_from_value (double value)
{
  return llround (value * KIP_GOAL_SCALE);
}

KipGoalVerdict
kip_goal_judge (KipGoalDirection direction,
                double           target,
                double           value)
{
  if (isnan (value))
    return KIP_GOAL_UNKNOWN;
  if (direction == KIP_GOAL_AT_LEAST)
    return value >= target - NOTHING ? KIP_GOAL_MET : KIP_GOAL_MISSED;
  return value <= target + NOTHING ? KIP_GOAL_MET : KIP_GOAL_MISSED;
}

/* ---- which target holds ---- */

static gboolean
find_whose (const KipStudy  *study,
            KipBy            by,
            const KipFigure *figure,
            KipWhose        *whose)
{
  if (by == KIP_BY_CATEGORY || by == KIP_BY_PRIORITY)
    return FALSE;
  *whose = study->whose;
  if (by != KIP_BY_TEAM && by != KIP_BY_AGENT)
    return !whose->some;
  if (figure->key == KIP_ID_NONE || *study->filter != '\0')
    return FALSE;
  *whose = (KipWhose) { FALSE, by == KIP_BY_TEAM ? figure->key : KIP_ID_NONE, by == KIP_BY_AGENT ? figure->key : KIP_ID_NONE };
  return TRUE;
}

/* Tickets are counted up over a period: a target for a month is a quarter of that
 * for a week, and so on.  All other measures are the same however long. */
static double
share_of_period (const KipStudy       *study,
                 KipMeasure            measure,
                 const KipGoalVersion *version,
                 const KipRange       *span)
{
  KipRange period;

  if (measure != KIP_MEASURE_RESOLVED)
    return 1;
  period = kip_goal_period_around (version->period, span->to - 1, study->zone);
  return (double) kip_range_count_days (span, study->zone) / kip_range_count_days (&period, study->zone);
}

static gboolean
counts_alike (const KipStudy       *study,
              KipMeasure            measure,
              const KipGoalVersion *version)
{
  return kip_measure_info (measure)->unit != KIP_UNIT_DURATION || version->elapsed == study->scope.elapsed;
}

KipVerdict
kip_study_judge (const KipStudy  *study,
                 KipMeasure       measure,
                 KipBy            by,
                 const KipFigure *figure)
{
  KipVerdict none = { KIP_GOAL_NONE, NULL, NULL, NAN, figure->value, figure->n }, verdict = none;
  KipWhose whose;

  if (!find_whose (study, by, figure, &whose))
    return verdict;
  verdict.goal = kip_goal_find (kip_office_get_goals (study->office), kip_measure_info (measure)->key, whose.team, whose.agent,
                                figure->span.to - 1, &verdict.version);
  if (verdict.goal == NULL || !counts_alike (study, measure, verdict.version))
    return none;
  verdict.target = kip_goal_amount_to_value (verdict.version->amount)
                   * share_of_period (study, measure, verdict.version, &figure->span);
  verdict.verdict = kip_goal_judge (verdict.version->direction, verdict.target, figure->value);
  return verdict;
}

/* ---- words ---- */

char *
kip_goal_words (KipMeasure       measure,
                KipGoalDirection direction,
                double           target)
{
  g_autofree char *value = kip_chart_format_value (kip_measure_info (measure)->unit, target);

  if (direction == KIP_GOAL_AT_LEAST)
    /* Translators: a target: "at least 90 %". */
    return g_strdup_printf (_("at least %s"), value);
  /* Translators: a target: "at most 4 h". */
  return g_strdup_printf (_("at most %s"), value);
}

const char *
kip_goal_verdict_label (KipGoalVerdict verdict)
{
  switch (verdict)
    {
    case KIP_GOAL_MET:
      return _("met");
    case KIP_GOAL_MISSED:
      return _("missed");
    case KIP_GOAL_UNKNOWN:
      return _("nothing to measure");
    case KIP_GOAL_NONE:
    default:
      return "";
    }
}

const char *
kip_goal_verdict_key (KipGoalVerdict verdict)
{
  switch (verdict)
    {
    case KIP_GOAL_MET:
      return "met";
    case KIP_GOAL_MISSED:
      return "missed";
    case KIP_GOAL_UNKNOWN:
      return "unknown";
    case KIP_GOAL_NONE:
    default:
      return "none";
    }
}

/* Rounded for the eye, the figure is the target, and yet it missed it. */
static gboolean
is_near_miss (const KipVerdict *verdict,
              KipMeasure        measure)
{
  g_autofree char *value = kip_chart_format_value (kip_measure_info (measure)->unit, verdict->value);
  g_autofree char *target = kip_chart_format_value (kip_measure_info (measure)->unit, verdict->target);

  return verdict->verdict == KIP_GOAL_MISSED && g_str_equal (value, target);
}

char *
kip_verdict_words (const KipVerdict *verdict,
                   KipMeasure        measure)
{
  g_autofree char *target = NULL;

  if (verdict->verdict == KIP_GOAL_NONE)
    return NULL;
  target = kip_goal_words (measure, verdict->version->direction, verdict->target);
  /* Translators: "Target at most 4 h: met". */
  return g_strdup_printf (_("Target %s: %s"), target,
                          is_near_miss (verdict, measure) ? _("just missed") : kip_goal_verdict_label (verdict->verdict));
}

char *
kip_goal_whose (KipOffice *office,
                KipId      team,
                KipId      agent)
{
  const KipTeam *found;

  if (agent != KIP_ID_NONE)
    return kip_format_person (office, agent, _("Nobody"));
  if (team == KIP_ID_NONE)
    return g_strdup (_("Everybody"));
  found = kip_office_team (office, team);
  return g_strdup_printf (_("Team %s"), found != NULL ? found->name : _("No team"));
}
