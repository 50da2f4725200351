/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-queue-sim.h"
#include "kip-what-if-private.h"

G_BEGIN_DECLS

/* The calendars of a simulation: by which agents work before and after. */
typedef struct
{
  KipCalendar *before; /* borrowed, like the other */
  KipCalendar *after;
  KipInstant   origin; /* working time is counted from here: the start of the range */
} KipCrewTime;

/* A ticket as work for a team. */
typedef struct
{
  guint  index;            /* of the case */
  gint64 arrival_before;   /* working seconds from the origin */
  gint64 arrival_after;
  gint64 due_before;
  gint64 due_after;
  gint64 work;             /* seconds before scaling; 0: to be drawn */
  int    priority;
  gint64 wait_past;        /* working seconds to the first response; -1: none to compare */
  gint64 took_past;        /* used resolution time; -1: none to compare */
  gint64 target;
  gboolean kept_past;
} KipCrewJob;

/* A team in the simulation. */
typedef struct
{
  KipWhatIfTeam result;
  GArray *jobs;                          /* (owned) of KipCrewJob by arrival */
  GArray *known[KIP_N_PRIORITIES + 1];   /* (owned) of gint64: work to draw from; 0: of any priority */
  int     scale;                         /* per mille */
} KipCrew;

void kip_crew_time_init (KipCrewTime     *time,
                         const KipWhatIf *what_if);

/* The teams that the scenario touches, calibrated.  (transfer full) of KipCrew; NULL: cancelled */
GPtrArray *kip_crews_new (const KipWhatIf   *what_if,
                          const GArray      *after,
                          const KipCrewTime *time,
                          GCancellable      *cancellable);

/* One run of a team's queue, with the draws of @rand.  @after: with the changed crew, dues
 * and hours.  @jobs: as many as crew->jobs, in their order. */
void kip_crew_draw (const KipCrew *crew,
                    GRand         *rand,
                    gint64        *work);
void kip_crew_run (const KipCrew *crew,
                   gboolean       after,
                   int            scale,
                   const gint64  *work,
                   KipQueueJob   *jobs);

/* Mean wait of the jobs that have one to compare, none counted with more than 40 h; -1: none have. */
gint64 kip_crew_mean_wait (const KipCrew     *crew,
                           const KipQueueJob *jobs); /* (nullable) NULL: as it happened */

G_END_DECLS
