/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Targets in charts. */

#include "kip-board-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* So many of @n at least, or at most, for the share to be what it is to be. */
static double
count_for (const KipVerdict *verdict,
           guint             n)
{
  double exact = verdict->target * n / 100;

  if (n == 0)
    return NAN;
  return verdict->version->direction == KIP_GOAL_AT_LEAST ? ceil (exact - 1e-9) : floor (exact + 1e-9);
}

static KipChartVerdict
mark_of (KipGoalVerdict verdict)
{
  if (verdict == KIP_GOAL_MET)
    return KIP_CHART_MET;
  return verdict == KIP_GOAL_MISSED ? KIP_CHART_MISSED : KIP_CHART_NO_TARGET;
}

/* That of the last figure that has one: it may have changed on the way. */
static char *
label_for (const GArray *verdicts,
           KipMeasure    measure)
{
  const KipVerdict *last = NULL;
  g_autofree char *words = NULL;

  for (guint i = 0; i < verdicts->len; i++)
    if (g_array_index (verdicts, KipVerdict, i).verdict != KIP_GOAL_NONE)
      last = &g_array_index (verdicts, KipVerdict, i);
  if (last == NULL)
    return NULL;
  words = kip_goal_words (measure, last->version->direction, last->target);
  /* Translators: at a line in a chart: "Target at most 4 h". */
  return g_strdup_printf (_("Target %s"), words);
}

void
kip_board_add_target (KipChart       *chart,
                      const KipStudy *study,
                      KipMeasure      measure,
                      KipBy           by,
                      const GArray   *figures,
                      KipChartSeries *judged,
                      gboolean        share)
{
  g_autoptr (GArray) verdicts = g_array_new (FALSE, FALSE, sizeof (KipVerdict));
  g_autofree char *label = NULL;
  KipChartSeries *series;

  for (guint i = 0; i < figures->len; i++)
    {
      KipVerdict verdict = kip_study_judge (study, measure, by, &g_array_index (figures, KipFigure, i));

      g_array_append_val (verdicts, verdict);
    }
  label = label_for (verdicts, measure);
  if (label == NULL)
    return;
  series = kip_chart_add_series (chart, label, KIP_MEANING_OTHER, KIP_MARK_TARGET);
  for (guint i = 0; i < figures->len; i++)
    {
      const KipVerdict *verdict = &g_array_index (verdicts, KipVerdict, i);
      guint n = g_array_index (figures, KipFigure, i).n;

      kip_chart_series_add (series, share && verdict->verdict != KIP_GOAL_NONE ? count_for (verdict, n) : verdict->target, 0, NULL);
      if (judged != NULL && i < judged->points->len)
        kip_chart_series_judge (judged, i, mark_of (verdict->verdict));
    }
}
