/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Scenarios and what became of them in plain sentences. */

#include "kip-config.h"

#include "kip-what-if.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>

#include "kip-format.h"
#include "kip-policy-edit.h"

static char *
target_words (gint64 seconds)
{
  return seconds > 0 ? kip_target_to_cell (seconds) : g_strdup (_("no promise"));
}

static char *
describe_target (const KipWhatIfChange *change,
                 const KipPolicy       *policy)
{
  g_autofree char *from = target_words (kip_policy_spec_get_target (policy->spec, change->priority, change->clock));
  g_autofree char *to = target_words (change->seconds);

  /* Translators: a clock, a priority, the target as it is and as it would be. */
  return g_strdup_printf (_("%1$s, %2$s: %3$s → %4$s"), kip_format_clock_name (change->clock),
                          kip_priority_label (change->priority), from, to);
}

static char *
describe_pause (const KipWhatIfChange *change)
{
  const KipChoice *choice = kip_choice_find (kip_schema_pauses (), (int) change->pause);
  const char *kind = choice != NULL ? _(choice->label) : "";

  return g_strdup_printf (change->on ? _("Waiting (%s) pauses the clocks") : _("Waiting (%s) does not pause the clocks"), kind);
}

static const char *
calendar_name (KipAgreements *agreements,
               KipId          id)
{
  GPtrArray *versions = kip_agreements_get_calendar_versions (agreements, id);

  return versions->len > 0 ? ((KipCalendarVersion *) g_ptr_array_index (versions, versions->len - 1))->name
                           : _("the office's calendar");
}

static char *
hours_words (const char *hours)
{
  GString *words = g_string_new (hours);

  if (words->len == 0)
    g_string_assign (words, _("closed"));
  g_string_replace (words, "-", "–", 0);
  g_string_replace (words, ",", ", ", 0);
  return g_string_free (words, FALSE);
}

static char *
describe_hours (const KipWhatIfChange *change,
                KipAgreements         *agreements)
{
  const KipCalendarSpec *spec = kip_calendar_get_spec (kip_agreements_get_calendar (agreements, change->id, 0));
  g_autofree char *before = kip_hours_to_text (spec->weekly[change->weekday]);
  g_autofree char *from = hours_words (before);
  g_autofree char *to = hours_words (change->hours);

  return g_strdup_printf (_("%1$s: %2$s → %3$s"), kip_format_weekday (change->weekday + 1), from, to);
}

static char *
describe_agents (const KipWhatIfChange *change,
                 KipAgreements         *agreements)
{
  const KipTeam *team = kip_office_team (kip_agreements_get_office (agreements), change->id);
  const char *name = team != NULL ? team->name : _("No team");
  int n = abs (change->agents);

  if (change->agents < 0)
    return g_strdup_printf (ngettext ("%1$s: %2$d agent fewer", "%1$s: %2$d agents fewer", n), name, n);
  return g_strdup_printf (ngettext ("%1$s: %2$d agent more", "%1$s: %2$d agents more", n), name, n);
}

char *
kip_what_if_change_describe (const KipWhatIfChange *change,
                             KipAgreements         *agreements)
{
  const KipPolicy *policy = kip_agreements_get_policy (agreements, change->id, 0);

  switch (change->kind)
    {
    case KIP_WHAT_IF_TARGET:
      return policy != NULL ? describe_target (change, policy) : g_strdup ("");
    case KIP_WHAT_IF_PAUSE:
      return describe_pause (change);
    case KIP_WHAT_IF_CALENDAR:
      return g_strdup_printf (_("Counts by: %s"), calendar_name (agreements, change->calendar));
    case KIP_WHAT_IF_HOURS:
      return describe_hours (change, agreements);
    case KIP_WHAT_IF_NO_LUNCH:
      return g_strdup (_("No break at noon"));
    case KIP_WHAT_IF_AGENTS:
    default:
      return describe_agents (change, agreements);
    }
}

char *
kip_scenario_describe (const KipScenario *scenario,
                       KipAgreements     *agreements)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < scenario->changes->len; i++)
    {
      g_autofree char *words = kip_what_if_change_describe (&g_array_index (scenario->changes, KipWhatIfChange, i), agreements);

      g_string_append_printf (all, "%s%s", all->len > 0 ? "; " : "", words);
    }
  return g_string_free (all, FALSE);
}

/* ---- what it rests on ---- */

static void
assume (GPtrArray  *all,
        const char *sentence)
{
  g_ptr_array_add (all, g_strdup (sentence));
}

static void
assume_queue (GPtrArray       *all,
              const KipWhatIf *what_if)
{
  gboolean estimated = FALSE;

  for (guint i = 0; i < what_if->teams->len; i++)
    estimated |= !g_array_index (what_if->teams, KipWhatIfTeam, i).measured;
  assume (all, _("How much more or less gets done comes from a simulated queue. Only its difference is put on top of what "
                 "happened, ticket by ticket."));
  assume (all, _("Tickets arrive as they did. Agents work the office's hours and take up what is due first, laying other "
                 "work aside for it."));
  assume (all, estimated ? _("Where too little work was logged, the work on a ticket is estimated from the time between its first "
                             "response and its resolution.")
                         : _("The work on a ticket is what was logged; where nothing was, what was logged for others of its "
                             "priority."));
  assume (all, estimated ? _("The amount of work is scaled so that the simulated wait for an agent is that of the past.")
                         : _("Logged work stands as it is, or less of it where people waited less than it says. What else they "
                             "waited for stays as it was."));
  g_ptr_array_add (all, g_strdup_printf (_("The range behind a figure holds 80 %% of %d runs with other draws: a tenth lies "
                                           "below, a tenth above."), KIP_WHAT_IF_RUNS));
}

GPtrArray *
kip_what_if_assumptions (const KipWhatIf *what_if)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_free);

  assume (all, _("The clocks of every ticket are run again over what happened. They differ from those of the time in nothing "
                 "but what is changed here."));
  if (what_if->simulated)
    assume_queue (all, what_if);
  else
    assume (all, _("Everybody is taken to have worked as they did: only what it is measured by is different."));
  return all;
}

static char *
percent_words (double share)
{
  return isnan (share) ? g_strdup ("–") : g_strdup_printf ("%.0f %%", share);
}

char *
kip_what_if_team_describe (const KipWhatIfTeam *team,
                           KipOffice           *office)
{
  const KipTeam *named = kip_office_team (office, team->team);
  g_autofree char *load_before = percent_words (100 * team->load_before);
  g_autofree char *load_after = percent_words (100 * team->load_after);
  g_autofree char *wait_past = kip_format_duration (MAX (team->wait_past, 0));
  g_autofree char *wait_before = kip_format_duration (MAX (team->wait_before, 0));
  g_autofree char *wait_after = kip_format_duration (MAX (team->wait_after, 0));
  g_autofree char *share_past = percent_words (team->share_past);
  g_autofree char *share_before = percent_words (team->share_before);

  /* Translators: a team; its agents before and after; how busy they are before and after; the mean wait for an agent
   * as it happened, as simulated with the agents of the past and as simulated with those of the scenario; the share of
   * kept resolution promises as it happened and as simulated with the agents of the past. */
  return g_strdup_printf (_("%1$s: %2$u → %3$u agents, %4$s → %5$s busy. Mean wait for an agent: %6$s in the past, %7$s in the "
                            "simulated past, %8$s after. Resolved in time: %9$s in the past, %10$s in the simulated past."),
                          named != NULL ? named->name : _("No team"), team->agents_before, team->agents_after, load_before,
                          load_after, wait_past, wait_before, wait_after, share_past, share_before);
}
