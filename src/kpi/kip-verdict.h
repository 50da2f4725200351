/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-goal.h"
#include "kip-study.h"

G_BEGIN_DECLS

/* Targets put beside figures: is it met?  A target of the office holds for a figure
 * when it speaks of the same tickets: everybody's for figures without a filter, a
 * team's or an agent's for the row of that team or agent, and where the filter
 * is just that team or agent.  For any other choice of tickets none holds.
 *
 * In force is the version at the end of the figure's span.  A target in working time
 * does not hold for elapsed times, and the other way round. */
typedef struct
{
  KipGoalVerdict verdict;
  const KipGoal *goal;           /* (nullable) NULL: no target; borrowed of the study's office */
  const KipGoalVersion *version; /* (nullable) */
  double target;                 /* in the figure's unit, for its span */
  double value;                  /* of the figure */
  guint  n;
} KipVerdict;

/* @by: what @figure is a group of. */
KipVerdict kip_study_judge (const KipStudy  *study,
                            KipMeasure       measure,
                            KipBy            by,
                            const KipFigure *figure);

/* Measures that are neither better high nor low can have no target. */
gboolean kip_measure_can_have_goal (KipMeasure measure);

/* Whether @value meets it; NAN: UNKNOWN. */
KipGoalVerdict kip_goal_judge (KipGoalDirection direction,
                               double           target,
                               double           value);

/* ---- words, all translated and (transfer full) ---- */

/* "at most 4 h", "at least 90 %". */
char *kip_goal_words (KipMeasure       measure,
                      KipGoalDirection direction,
                      double           target);

/* "met", "missed", "nothing to measure"; static, "" for no target. */
const char *kip_goal_verdict_label (KipGoalVerdict verdict);

/* ASCII: "met", "missed", "unknown", "none". */
const char *kip_goal_verdict_key (KipGoalVerdict verdict);

/* "Target at most 4 h: met".  NULL: no target. */
char *kip_verdict_words (const KipVerdict *verdict,
                         KipMeasure        measure);

/* "Everybody", "Team Service desk", "Lan". */
char *kip_goal_whose (KipOffice *office,
                      KipId      team,
                      KipId      agent);

/* ---- amounts ---- */
double kip_goal_amount_to_value (gint64 amount);
gint64 kip_goal_amount_from_value (double value);

/* "2 h 30 min", "90 %", "12" as a person types them. KIP_ERROR_INVALID with a sentence. */
gboolean kip_goal_amount_parse (KipMeasure  measure,
                                const char *text,
                                gint64     *amount,
                                GError    **error);
/* What kip_goal_amount_parse() reads back. (transfer full) */
char *kip_goal_amount_to_text (KipMeasure measure,
                               gint64     amount);

/* ---- what the past would have met ---- */

/* The one figure of @scope of a team or an agent (both NONE: everybody's); nothing
 * measured where there is none.  (transfer full): clear with kip_figure_clear() */
KipFigure kip_study_figure_of (const KipStudy *study,
                               const KipScope *scope,
                               KipMeasure      measure,
                               KipId           team,
                               KipId           agent);

#define KIP_GOAL_PAST 12 /* periods that the form looks back over */

/* The whole week or month around @at. */
KipRange kip_goal_period_around (KipGoalPeriod period,
                                 KipInstant    at,
                                 GTimeZone    *zone);

/* The figures of the @count whole periods before the one of the study's now, oldest
 * first, of one team or agent (both NONE: everybody); the study's filter holds, its
 * range does not.  Those before the first ticket was received are left out.
 * (transfer full) GArray of KipFigure */
GArray *kip_goal_past (const KipStudy *study,
                       KipMeasure      measure,
                       KipId           team,
                       KipId           agent,
                       KipGoalPeriod   period,
                       gboolean        elapsed,
                       guint           count);

/* Of them, how many had something to measure, and how many of those would have met it. */
void kip_goal_count_met (const GArray    *past,
                         KipGoalDirection direction,
                         gint64           amount,
                         guint           *measured,
                         guint           *met);

/* "9 of the last 12 months would have met it."; what little is known is said so.
 * (transfer full) */
char *kip_goal_past_words (KipGoalPeriod period,
                           guint         measured,
                           guint         met);

G_END_DECLS
