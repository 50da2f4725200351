/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-review-figures.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* What a review looks at.  Quantity never stands alone: how well is beside it. */
static const KipMeasure looked_at[] = {
  KIP_MEASURE_RECEIVED, KIP_MEASURE_RESOLVED, KIP_MEASURE_TOUCHED, KIP_MEASURE_OPEN, KIP_MEASURE_BACKLOG_DAYS,
  KIP_MEASURE_RESPONSE_MEDIAN, KIP_MEASURE_RESPONSE_P90, KIP_MEASURE_FULL_MEDIAN, KIP_MEASURE_FULL_P90,
  KIP_MEASURE_SLA_RESPONSE, KIP_MEASURE_SLA_UPDATE, KIP_MEASURE_SLA_RESOLUTION,
  KIP_MEASURE_FCR_GROSS, KIP_MEASURE_CSAT, KIP_MEASURE_REOPENED, KIP_MEASURE_PAUSED,
};

static void
put_verdict (KipReviewFigure  *frozen,
             const KipVerdict *verdict)
{
  frozen->verdict = verdict->verdict;
  if (verdict->verdict == KIP_GOAL_NONE)
    return;
  frozen->direction = verdict->version->direction;
  frozen->target = kip_goal_amount_from_value (verdict->target);
  frozen->goal = verdict->goal->id;
  frozen->version = verdict->version->number;
}

static KipReviewFigure
freeze (const KipStudy *study,
        KipMeasure      measure,
        KipId           team,
        KipId           agent)
{
  KipBy by = agent != KIP_ID_NONE ? KIP_BY_AGENT : team != KIP_ID_NONE ? KIP_BY_TEAM : KIP_BY_NOTHING;
  KipFigure figure = kip_study_figure_of (study, &study->scope, measure, team, agent);
  KipVerdict verdict = kip_study_judge (study, measure, by, &figure);
  KipReviewFigure frozen = { .measure = kip_measure_info (measure)->key, .direction = KIP_GOAL_AT_MOST,
                             .known = !isnan (figure.value), .n = figure.n, .definition = KIP_MEASURE_DEFINITION };

  if (frozen.known)
    frozen.amount = kip_goal_amount_from_value (figure.value);
  put_verdict (&frozen, &verdict);
  kip_figure_clear (&figure);
  return frozen;
}

GArray *
kip_review_figures (const KipStudy *study,
                    KipId           team,
                    KipId           agent)
{
  GArray *figures = g_array_new (FALSE, FALSE, sizeof (KipReviewFigure));

  for (guint i = 0; i < G_N_ELEMENTS (looked_at); i++)
    {
      KipReviewFigure figure = freeze (study, looked_at[i], team, agent);

      g_array_append_val (figures, figure);
    }
  return figures;
}

gboolean
kip_review_figure_same (const KipReviewFigure *a,
                        const KipReviewFigure *b)
{
  return a->known == b->known && (!a->known || a->amount == b->amount) && a->n == b->n;
}

void
kip_review_count_met (const GArray *figures,
                      guint        *judged,
                      guint        *met)
{
  *judged = *met = 0;
  for (guint i = 0; i < figures->len; i++)
    {
      KipGoalVerdict verdict = g_array_index (figures, KipReviewFigure, i).verdict;

      *judged += verdict == KIP_GOAL_MET || verdict == KIP_GOAL_MISSED;
      *met += verdict == KIP_GOAL_MET;
    }
}

/* ---- words ---- */

char *
kip_review_figure_label (const KipReviewFigure *figure)
{
  KipMeasure measure;

  return g_strdup (kip_measure_find (figure->measure, &measure) ? _(kip_measure_info (measure)->label) : figure->measure);
}

char *
kip_review_figure_value (const KipReviewFigure *figure)
{
  KipMeasure measure;

  if (!kip_measure_find (figure->measure, &measure))
    return g_strdup ("–");
  return kip_chart_format_value (kip_measure_info (measure)->unit,
                                 figure->known ? kip_goal_amount_to_value (figure->amount) : NAN);
}

char *
kip_review_figure_target (const KipReviewFigure *figure)
{
  KipGoalVersion version = { .direction = figure->direction };
  KipVerdict verdict = { figure->verdict, NULL, &version, kip_goal_amount_to_value (figure->target),
                         figure->known ? kip_goal_amount_to_value (figure->amount) : NAN, figure->n };
  KipMeasure measure;

  return kip_measure_find (figure->measure, &measure) ? kip_verdict_words (&verdict, measure) : NULL;
}

char *
kip_review_title (const KipReview *review,
                  KipOffice       *office,
                  GTimeZone       *zone)
{
  KipRange range = { review->from, review->to };
  g_autofree char *days = kip_range_name (&range, zone);
  g_autofree char *whose = kip_goal_whose (office, review->team, review->agent);

  return g_strdup_printf ("%s · %s", days, whose);
}

char *
kip_review_origin (const KipRange *range,
                   GTimeZone      *zone)
{
  g_autofree char *days = kip_range_name (range, zone);

  return g_strdup_printf (_("Agreed in the review of %s."), days);
}
