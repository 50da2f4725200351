/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-commands.h"

G_BEGIN_DECLS

/* Holding reviews, each as one change-set.  (transfer full) */

/* Who does what until when: becomes a ticket. */
typedef struct
{
  char      *what;  /* (owned) its subject */
  KipId      who;   /* NONE: nobody yet */
  KipInstant until; /* NONE: no deadline by hand */
} KipReviewAction;

/* An empty array that frees what is in it.  (transfer full) of KipReviewAction */
GArray *kip_review_actions_new (void);

typedef struct
{
  KipInstant    from, to;
  KipInstant    held;     /* NONE: now */
  KipId         agent, team;
  gboolean      elapsed;  /* of the figures */
  const char   *agreed;   /* (nullable) */
  const GArray *figures;  /* of KipReviewFigure, as they are now */
  const GArray *actions;  /* (nullable) of KipReviewAction */
  const char   *origin;   /* (nullable) said in the description of each ticket */
} KipNewReview;

/* The review and a ticket for each action: from me, to who does it, due by hand, with
 * its review named.  Whoever agrees to it sits at the table, so the tickets count as
 * walk-ins.  @id (nullable) out: the review's. */
KipChange *kip_command_new_review (KipStore           *store,
                                   const KipNewReview *review,
                                   KipId              *id);

/* "Until that day" as an instant: when work ends on @day, 17:00 on a day off. */
KipInstant kip_review_due (KipCalendar *calendar,
                           KipDay       day);

/* Managers hold reviews, and only they see those of one agent. */
gboolean kip_review_may_hold (KipOffice *office,
                              KipId      me);
gboolean kip_review_may_see (KipOffice       *office,
                             KipId            me,
                             const KipReview *review);

G_END_DECLS
