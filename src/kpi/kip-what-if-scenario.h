/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-agreements.h"

G_BEGIN_DECLS

/* What would be different: plain data, put together change by change. */
typedef enum
{
  KIP_WHAT_IF_TARGET,   /* id: policy; priority, clock, seconds (0: no promise) */
  KIP_WHAT_IF_PAUSE,    /* id: policy; pause, on: whether it pauses the clocks */
  KIP_WHAT_IF_CALENDAR, /* id: policy; calendar: by which it counts */
  KIP_WHAT_IF_HOURS,    /* id: calendar; weekday, hours */
  KIP_WHAT_IF_NO_LUNCH, /* id: calendar: from the first hour of a day to its last without a break */
  KIP_WHAT_IF_AGENTS    /* id: team (NONE: tickets without one); agents: so many more, or fewer */
} KipWhatIfKind;

typedef struct
{
  KipWhatIfKind kind;
  KipId        id;
  int          priority; /* 1–4 */
  KipClockKind clock;
  gint64       seconds;
  KipPause     pause;
  gboolean     on;
  KipId        calendar;
  int          weekday;  /* 0 Monday … 6 Sunday */
  char        *hours;    /* (owned) (nullable) as kip_hours_parse(); NULL: closed */
  int          agents;
} KipWhatIfChange;

typedef struct
{
  GArray  *changes;       /* (owned) of KipWhatIfChange, in order of kind and place */
  gboolean people_follow; /* the people work the changed hours too: more or less gets done */
} KipScenario;

KipScenario *kip_scenario_new (void);
KipScenario *kip_scenario_copy (const KipScenario *scenario);
void         kip_scenario_free (KipScenario *scenario);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipScenario, kip_scenario_free)
gboolean     kip_scenario_equal (const KipScenario *a,
                                 const KipScenario *b);

/* How many things they say differently. */
guint        kip_scenario_count_differences (const KipScenario *a,
                                             const KipScenario *b);

/* Adds @change, in place of one about the same thing. */
void kip_scenario_put (KipScenario           *scenario,
                       const KipWhatIfChange *change);

/* Takes back the change about the same thing as @place, if there is one. */
void kip_scenario_drop (KipScenario           *scenario,
                        const KipWhatIfChange *place);

/* The change about the same thing as @place. (nullable) Borrowed. */
const KipWhatIfChange *kip_scenario_find (const KipScenario     *scenario,
                                          const KipWhatIfChange *place);

/* Some change of what is agreed; some change of how much gets done. */
gboolean kip_scenario_has_agreements (const KipScenario *scenario);
gboolean kip_scenario_has_capacity (const KipScenario *scenario);

/* The same without changed hours. (transfer full) */
KipScenario *kip_scenario_copy_without_hours (const KipScenario *scenario);

/* How many more people a team would have. */
int kip_scenario_get_agents (const KipScenario *scenario,
                             KipId              team);

/* What would have been agreed: every version of a policy or calendar with the changes
 * in it, each in force when it was.  (transfer full) */
KipAgreements *kip_scenario_apply (const KipScenario *scenario,
                                   KipAgreements     *agreements);

/* The newest version of a policy or calendar with the changes in it, as the value of a
 * version; NULL: nothing of it changes.  (transfer full) (nullable) */
KipValue *kip_scenario_apply_to (const KipScenario *scenario,
                                 KipAgreements     *agreements,
                                 KipKind            kind,
                                 KipId              id);

/* Members of a team who are agents; with KIP_ID_NONE agents in no team. */
guint kip_team_count_agents (KipOffice *office,
                             KipId      team);

/* Whether hours make sense and every team keeps an agent: KIP_ERROR_INVALID with a sentence for the form. */
gboolean kip_scenario_check (const KipScenario *scenario,
                             KipAgreements     *agreements,
                             GError           **error);

/* "Resolution, high: 8 h → 4 h", "Saturday: closed → 08:00–12:00".  (transfer full) */
char *kip_what_if_change_describe (const KipWhatIfChange *change,
                                   KipAgreements         *agreements);

/* All of them joined by "; ".  (transfer full) */
char *kip_scenario_describe (const KipScenario *scenario,
                             KipAgreements     *agreements);

/* Adds a draft of every policy and calendar that changes; how many. */
guint kip_scenario_add_drafts (const KipScenario *scenario,
                               KipAgreements     *agreements,
                               KipChange         *change);

G_END_DECLS
