/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* From options to a scenario. */

#include "kip-cli-scenario.h"

#include "kip-target.h"
#include "kip-text.h"

#include <glib/gi18n.h>
#include <string.h>

#define MOST_AGENTS 1000

void
kip_cli_scenario_clear (KipCliScenario *asked)
{
  g_clear_pointer (&asked->policy, g_free);
  g_clear_pointer (&asked->calendar, g_free);
  g_clear_pointer (&asked->counts_by, g_free);
  g_clear_pointer (&asked->targets, g_strfreev);
  g_clear_pointer (&asked->pauses, g_strfreev);
  g_clear_pointer (&asked->hours, g_strfreev);
  g_clear_pointer (&asked->agents, g_strfreev);
}

/* ---- names ---- */

static gboolean
is_called (const char *name,
           const char *wanted)
{
  g_autofree char *a = kip_text_fold (name);
  g_autofree char *b = kip_text_fold (wanted);

  return strcmp (a, b) == 0;
}

/* The default one comes last. */
static gboolean
find_policy (KipCli     *cli,
             const char *name,
             KipId      *id)
{
  GPtrArray *policies = kip_agreements_get_policies (kip_store_get_agreements (cli->store));

  for (guint i = policies->len; i > 0; i--)
    {
      const KipPolicy *policy = g_ptr_array_index (policies, i - 1);

      *id = policy->id;
      if (name == NULL || is_called (policy->name, name))
        return TRUE;
    }
  kip_cli_fail_text (cli, _("There is no policy “%s”."), name != NULL ? name : "");
  return FALSE;
}

static gboolean
find_calendar (KipCli     *cli,
               const char *name,
               KipId      *id)
{
  GPtrArray *calendars = kip_agreements_get_calendars (kip_store_get_agreements (cli->store));

  *id = kip_office_get_calendar (kip_store_get_office (cli->store));
  for (guint i = 0; name != NULL && i < calendars->len; i++)
    {
      const KipCalendarVersion *calendar = g_ptr_array_index (calendars, i);

      *id = calendar->id;
      if (is_called (calendar->name, name))
        return TRUE;
    }
  if (name != NULL)
    kip_cli_fail_text (cli, _("There is no calendar “%s”."), name);
  return name == NULL;
}

/* Cuts "WHAT=VALUE" in two at the last "=".  FALSE: there is none. */
static gboolean
cut (KipCli      *cli,
     const char  *text,
     char       **what,
     const char **value)
{
  const char *sign = strrchr (text, '=');

  if (sign == NULL)
    {
      kip_cli_fail_text (cli, _("“%s” lacks an = with what it would be."), text);
      return FALSE;
    }
  *what = g_strndup (text, (gsize) (sign - text));
  *value = sign + 1;
  return TRUE;
}

/* ---- changes ---- */

static gboolean
add_target (KipCli      *cli,
            KipScenario *scenario,
            KipId        policy,
            const char  *text)
{
  KipWhatIfChange change = { .kind = KIP_WHAT_IF_TARGET, .id = policy };
  g_autofree char *what = NULL;
  g_auto (GStrv) parts = NULL;
  g_autoptr (GError) error = NULL;
  const char *value;
  int clock = 0;

  if (!cut (cli, text, &what, &value))
    return FALSE;
  parts = g_strsplit (what, ":", 2);
  change.priority = kip_priority_from_key (parts[0] != NULL ? parts[0] : "");
  while (clock < KIP_N_CLOCKS && g_strcmp0 (parts[0] != NULL ? parts[1] : NULL, kip_clock_kind_key ((KipClockKind) clock)) != 0)
    clock++;
  if (change.priority == 0 || clock == KIP_N_CLOCKS)
    {
      kip_cli_fail_text (cli, _("“%s” is no target. Write high:resolution=4h, with critical, high, normal or low and response, update or resolution."), text);
      return FALSE;
    }
  change.clock = (KipClockKind) clock;
  if (!kip_target_parse (value, &change.seconds, &error))
    {
      kip_cli_fail (cli, error);
      return FALSE;
    }
  kip_scenario_put (scenario, &change);
  return TRUE;
}

static gboolean
add_pause (KipCli      *cli,
           KipScenario *scenario,
           KipId        policy,
           const char  *text)
{
  KipWhatIfChange change = { .kind = KIP_WHAT_IF_PAUSE, .id = policy };
  g_autofree char *what = NULL;
  const KipChoice *choice;
  const char *value;

  if (!cut (cli, text, &what, &value))
    return FALSE;
  choice = kip_choice_find_key (kip_schema_pauses (), what);
  change.on = strcmp (value, "yes") == 0;
  if (choice == NULL || choice->number == KIP_PAUSE_NONE || (!change.on && strcmp (value, "no") != 0))
    {
      kip_cli_fail_text (cli, _("“%s” is no rule for pauses. Write supplier=no, with requester, supplier, scheduled or other and yes or no."), text);
      return FALSE;
    }
  change.pause = (KipPause) choice->number;
  kip_scenario_put (scenario, &change);
  return TRUE;
}

static gboolean
add_hours (KipCli      *cli,
           KipScenario *scenario,
           KipId        calendar,
           const char  *text)
{
  static const char *const days[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
  KipWhatIfChange change = { .kind = KIP_WHAT_IF_HOURS, .id = calendar, .weekday = -1 };
  g_autofree char *what = NULL;
  const char *value;

  if (!cut (cli, text, &what, &value))
    return FALSE;
  for (int day = 0; day < 7; day++)
    if (g_ascii_strncasecmp (what, days[day], 3) == 0)
      change.weekday = day;
  if (change.weekday < 0)
    {
      kip_cli_fail_text (cli, _("“%s” is no day. Write mon, tue, wed, thu, fri, sat or sun."), what);
      return FALSE;
    }
  change.hours = *value != '\0' ? (char *) value : NULL;
  kip_scenario_put (scenario, &change);
  return TRUE;
}

static gboolean
add_agents (KipCli      *cli,
            KipScenario *scenario,
            const char  *text)
{
  KipWhatIfChange change = { .kind = KIP_WHAT_IF_AGENTS };
  g_autofree char *what = NULL;
  g_autoptr (GError) error = NULL;
  const char *value;
  gint64 number;

  if (!cut (cli, text, &what, &value))
    return FALSE;
  if (!g_ascii_string_to_signed (value + (*value == '+'), 10, -MOST_AGENTS, MOST_AGENTS, &number, NULL))
    {
      kip_cli_fail_text (cli, _("“%s” is no number of agents. Write +1 or -2."), value);
      return FALSE;
    }
  change.agents = (int) number;
  if (*what != '\0')
    change.id = kip_cli_find (cli, KIP_KIND_TEAM, what, &error);
  if (error != NULL)
    {
      kip_cli_fail (cli, error);
      return FALSE;
    }
  kip_scenario_put (scenario, &change);
  return TRUE;
}

/* ---- all ---- */

static gboolean
fill_policy (KipCli               *cli,
             const KipCliScenario *asked,
             KipScenario          *scenario)
{
  KipWhatIfChange change = { .kind = KIP_WHAT_IF_CALENDAR };
  KipId policy;

  if (asked->policy == NULL && asked->targets == NULL && asked->pauses == NULL && asked->counts_by == NULL)
    return TRUE;
  if (!find_policy (cli, asked->policy, &policy))
    return FALSE;
  for (guint i = 0; asked->targets != NULL && asked->targets[i] != NULL; i++)
    if (!add_target (cli, scenario, policy, asked->targets[i]))
      return FALSE;
  for (guint i = 0; asked->pauses != NULL && asked->pauses[i] != NULL; i++)
    if (!add_pause (cli, scenario, policy, asked->pauses[i]))
      return FALSE;
  if (asked->counts_by == NULL)
    return TRUE;
  change.id = policy;
  if (!find_calendar (cli, asked->counts_by, &change.calendar))
    return FALSE;
  kip_scenario_put (scenario, &change);
  return TRUE;
}

static gboolean
fill_calendar (KipCli               *cli,
               const KipCliScenario *asked,
               KipScenario          *scenario)
{
  KipWhatIfChange change = { .kind = KIP_WHAT_IF_NO_LUNCH };

  if (!find_calendar (cli, asked->calendar, &change.id))
    return FALSE;
  for (guint i = 0; asked->hours != NULL && asked->hours[i] != NULL; i++)
    if (!add_hours (cli, scenario, change.id, asked->hours[i]))
      return FALSE;
  if (asked->no_lunch)
    kip_scenario_put (scenario, &change);
  return TRUE;
}

KipScenario *
kip_cli_scenario_make (KipCli               *cli,
                       const KipCliScenario *asked)
{
  g_autoptr (KipScenario) scenario = kip_scenario_new ();
  g_autoptr (GError) error = NULL;

  scenario->people_follow = asked->people_follow;
  if (!fill_policy (cli, asked, scenario) || !fill_calendar (cli, asked, scenario))
    return NULL;
  for (guint i = 0; asked->agents != NULL && asked->agents[i] != NULL; i++)
    if (!add_agents (cli, scenario, asked->agents[i]))
      return NULL;
  if (kip_scenario_check (scenario, kip_store_get_agreements (cli->store), &error))
    return g_steal_pointer (&scenario);
  kip_cli_fail (cli, error);
  return NULL;
}
