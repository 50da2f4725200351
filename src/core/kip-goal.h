/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-entity.h"

G_BEGIN_DECLS

/* A target for a measure: what, how much, whose, from when until when.  What a
 * measure is and whether a figure meets a target is known in kpi/; here are the
 * facts, folded from events.  Immutable once made; threads: any. */

/* The numbers below are written into events: never renumber. */
typedef enum
{
  KIP_GOAL_AT_LEAST = 1,
  KIP_GOAL_AT_MOST = 2
} KipGoalDirection;

/* Over what it is judged. */
typedef enum
{
  KIP_GOAL_WEEK = 1,
  KIP_GOAL_MONTH = 2
} KipGoalPeriod;

typedef enum
{
  KIP_GOAL_NONE = 0,
  KIP_GOAL_MET = 1,
  KIP_GOAL_MISSED = 2,
  KIP_GOAL_UNKNOWN = 3 /* a target, and nothing to measure */
} KipGoalVerdict;

/* Amounts are whole thousandths of the measure's unit: of a second, of a per cent, of
 * a ticket; nothing is rounded on its way. */
#define KIP_GOAL_SCALE 1000

typedef struct
{
  guint            number;    /* 1, 2, … by the time of publishing */
  KipInstant       published;
  KipInstant       from;      /* in force from then on; NONE: always */
  KipInstant       until;     /* not any more from then on; NONE: until further notice */
  KipGoalDirection direction;
  gint64           amount;    /* KIP_GOAL_SCALE */
  KipGoalPeriod    period;
  gboolean         elapsed;   /* of a duration: by the clock on the wall, not working time */
  const char      *why;       /* (nullable) what it is good for; borrowed of the entity */
} KipGoalVersion;

typedef struct
{
  KipId       id;
  const char *measure;  /* its key; never NULL */
  KipId       team;     /* NONE, and */
  KipId       agent;    /* NONE: everybody's */
  gboolean    deleted;
  GArray     *versions; /* (owned) of KipGoalVersion, by the time of publishing */
} KipGoal;

/* Borrows from @entity, which must stay. */
KipGoal *kip_goal_new (KipEntity *entity);
void     kip_goal_free (KipGoal *goal);

/* By measure, everybody's before a team's before an agent's, then id. */
int kip_goal_compare (const KipGoal *a,
                      const KipGoal *b);

/* Of the versions begun by @at the one that begins last, then the one published last.
 * NULL: none was begun, or that one has ended. */
const KipGoalVersion *kip_goal_at (const KipGoal *goal,
                                   KipInstant     at);

/* The one published last. (nullable) */
const KipGoalVersion *kip_goal_newest (const KipGoal *goal);

/* The goal of @goals (of KipGoal) for that measure and that team or agent (both NONE:
 * everybody's) which is in force at @at; of several the one whose version begins
 * last.  @version (nullable) out.  NULL: none. */
const KipGoal *kip_goal_find (GPtrArray             *goals,
                              const char            *measure,
                              KipId                  team,
                              KipId                  agent,
                              KipInstant             at,
                              const KipGoalVersion **version);

/* The value of a KIP_FIELD_GOAL_VERSION entry: a map {1: from, 2: until, 3: direction,
 * 4: amount, 5: period, 6: elapsed, 7: why}.  number and published are not in it. */
KipValue *kip_goal_version_to_value (const KipGoalVersion *version);

G_END_DECLS
