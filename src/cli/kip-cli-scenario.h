/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-cli.h"
#include "kip-what-if-scenario.h"

G_BEGIN_DECLS

/* What would be different, as options say it; texts are owned and may be NULL. */
typedef struct
{
  char   *policy;    /* the default one */
  char   *calendar;  /* the office's */
  char  **targets;   /* "high:resolution=4h" */
  char  **pauses;    /* "supplier=no" */
  char  **hours;     /* "sat=08:00-12:00" */
  char  **agents;    /* "Help desk=+1" */
  char   *counts_by; /* a calendar */
  gboolean no_lunch;
  gboolean people_follow;
} KipCliScenario;

#define KIP_CLI_SCENARIO_ENTRIES(asked) \
  { "policy", 0, 0, G_OPTION_ARG_STRING, &(asked).policy, N_("Policy that changes (the default one)"), N_("NAME") }, \
  { "target", 0, 0, G_OPTION_ARG_STRING_ARRAY, &(asked).targets, N_("Another target: high:resolution=4h; may be repeated, like the next ones"), N_("PRIORITY:CLOCK=TIME") }, \
  { "pause", 0, 0, G_OPTION_ARG_STRING_ARRAY, &(asked).pauses, N_("Whether a kind of waiting pauses the clocks: supplier=no"), N_("KIND=YES") }, \
  { "counts-by", 0, 0, G_OPTION_ARG_STRING, &(asked).counts_by, N_("Calendar by which the policy counts"), N_("NAME") }, \
  { "calendar", 0, 0, G_OPTION_ARG_STRING, &(asked).calendar, N_("Calendar whose hours change (the office's)"), N_("NAME") }, \
  { "hours", 0, 0, G_OPTION_ARG_STRING_ARRAY, &(asked).hours, N_("Other hours: sat=08:00-12:00; closed: sat="), N_("DAY=HOURS") }, \
  { "no-lunch", 0, 0, G_OPTION_ARG_NONE, &(asked).no_lunch, N_("No break at noon"), NULL }, \
  { "people-follow", 0, 0, G_OPTION_ARG_NONE, &(asked).people_follow, N_("The people work the changed hours, too"), NULL }, \
  { "agents", 0, 0, G_OPTION_ARG_STRING_ARRAY, &(asked).agents, N_("More or fewer agents in a team: \"Help desk=+1\"; without a team: =+1"), N_("TEAM=±N") }

void kip_cli_scenario_clear (KipCliScenario *asked);

/* NULL: said what was wrong. (transfer full) */
KipScenario *kip_cli_scenario_make (KipCli               *cli,
                                    const KipCliScenario *asked);

G_END_DECLS
