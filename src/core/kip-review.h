/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-goal.h"

G_BEGIN_DECLS

/* A review: people sat together over the figures of a period, of everybody, a team
 * or one agent, agreed on something and shared out what is to be done.  The figures
 * are written down as they were at that moment and stay so, whatever comes late.
 * What is to be done are tickets.  Immutable once made; threads: any. */

/* One figure as it was.  Amounts as in kip-goal.h. */
typedef struct
{
  const char      *measure;    /* its key; borrowed of the entity */
  gboolean         known;      /* FALSE: there was nothing to measure */
  gint64           amount;     /* KIP_GOAL_SCALE */
  guint            n;          /* tickets, answers or promises behind it */
  KipGoalVerdict   verdict;
  KipGoalDirection direction;  /* of the target, as the next three */
  gint64           target;     /* KIP_GOAL_SCALE */
  KipId            goal;       /* NONE: no target */
  guint            version;    /* of the goal */
  guint            definition; /* version of the measure's definition */
} KipReviewFigure;

typedef struct
{
  KipId       id;
  KipInstant  from, to;  /* the period, [from, to) */
  KipInstant  held;      /* when; NONE: not said */
  KipId       agent;     /* NONE, and */
  KipId       team;      /* NONE: of everybody */
  gboolean    elapsed;   /* durations of the figures are elapsed time */
  const char *agreed;    /* (nullable) */
  const char *note;      /* (nullable) */
  gboolean    deleted;
  GArray     *figures;   /* (owned) of KipReviewFigure */
  GArray     *actions;   /* (owned) of KipId: tickets */
} KipReview;

/* Borrows from @entity, which must stay. */
KipReview *kip_review_new (KipEntity *entity);
void       kip_review_free (KipReview *review);

/* The newest period first, everybody's before a team's before an agent's. */
int kip_review_compare (const KipReview *a,
                        const KipReview *b);

/* The one for @measure. (nullable) */
const KipReviewFigure *kip_review_find (const KipReview *review,
                                        const char      *measure);

/* The value of KIP_FIELD_REVIEW_FIGURES: a map {1: elapsed, 2: list of maps {1: measure,
 * 2: amount, 3: n, 4: verdict, 5: direction, 6: target, 7: goal, 8: version of the goal,
 * 9: version of the definition}}. @figures: of KipReviewFigure. */
KipValue *kip_review_figures_to_value (const GArray *figures,
                                       gboolean      elapsed);

G_END_DECLS
