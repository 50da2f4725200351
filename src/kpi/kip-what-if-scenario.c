/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-config.h"

#include "kip-what-if-scenario.h"

#include <glib/gi18n-lib.h>

#include "kip-error.h"

/* ---- a change ---- */

static void
change_clear (gpointer data)
{
  g_clear_pointer (&((KipWhatIfChange *) data)->hours, g_free);
}

static int
order (gint64 a,
       gint64 b)
{
  return (a > b) - (a < b);
}

/* By what they are about, not by what they say of it. */
static int
compare_places (const KipWhatIfChange *a,
                const KipWhatIfChange *b)
{
  int by = order (a->kind, b->kind);

  if (by == 0)
    by = (a->id > b->id) - (a->id < b->id);
  if (by == 0 && a->kind == KIP_WHAT_IF_TARGET)
    by = a->clock != b->clock ? order (a->clock, b->clock) : order (a->priority, b->priority);
  if (by == 0 && a->kind == KIP_WHAT_IF_PAUSE)
    by = order (a->pause, b->pause);
  if (by == 0 && a->kind == KIP_WHAT_IF_HOURS)
    by = order (a->weekday, b->weekday);
  return by;
}

static gboolean
says_same (const KipWhatIfChange *a,
           const KipWhatIfChange *b)
{
  return compare_places (a, b) == 0 && a->seconds == b->seconds && a->on == b->on && a->calendar == b->calendar
         && a->agents == b->agents && g_strcmp0 (a->hours, b->hours) == 0;
}

/* ---- a scenario ---- */

KipScenario *
kip_scenario_new (void)
{
  KipScenario *scenario = g_new0 (KipScenario, 1);

  scenario->changes = g_array_new (FALSE, FALSE, sizeof (KipWhatIfChange));
  g_array_set_clear_func (scenario->changes, change_clear);
  return scenario;
}

KipScenario *
kip_scenario_copy (const KipScenario *scenario)
{
  KipScenario *copy = kip_scenario_new ();

  copy->people_follow = scenario->people_follow;
  for (guint i = 0; i < scenario->changes->len; i++)
    kip_scenario_put (copy, &g_array_index (scenario->changes, KipWhatIfChange, i));
  return copy;
}

void
kip_scenario_free (KipScenario *scenario)
{
  g_array_unref (scenario->changes);
  g_free (scenario);
}

gboolean
kip_scenario_equal (const KipScenario *a,
                    const KipScenario *b)
{
  if (a->people_follow != b->people_follow || a->changes->len != b->changes->len)
    return FALSE;
  for (guint i = 0; i < a->changes->len; i++)
    if (!says_same (&g_array_index (a->changes, KipWhatIfChange, i), &g_array_index (b->changes, KipWhatIfChange, i)))
      return FALSE;
  return TRUE;
}

/* Where it stands, or would. */
static guint
find_place (const KipScenario     *scenario,
            const KipWhatIfChange *place,
            gboolean              *found)
{
  guint i = 0;
  int by = 1;

  while (i < scenario->changes->len
         && (by = compare_places (place, &g_array_index (scenario->changes, KipWhatIfChange, i))) > 0)
    i++;
  *found = i < scenario->changes->len && by == 0;
  return i;
}

void
kip_scenario_put (KipScenario           *scenario,
                  const KipWhatIfChange *change)
{
  gboolean found;
  guint i = find_place (scenario, change, &found);
  KipWhatIfChange copy = *change;

  copy.hours = g_strdup (change->hours);
  if (found)
    g_array_remove_index (scenario->changes, i);
  g_array_insert_val (scenario->changes, i, copy);
}

void
kip_scenario_drop (KipScenario           *scenario,
                   const KipWhatIfChange *place)
{
  gboolean found;
  guint i = find_place (scenario, place, &found);

  if (found)
    g_array_remove_index (scenario->changes, i);
}

const KipWhatIfChange *
kip_scenario_find (const KipScenario     *scenario,
                   const KipWhatIfChange *place)
{
  gboolean found;
  guint i = find_place (scenario, place, &found);

  return found ? &g_array_index (scenario->changes, KipWhatIfChange, i) : NULL;
}

gboolean
kip_scenario_has_agreements (const KipScenario *scenario)
{
  for (guint i = 0; i < scenario->changes->len; i++)
    if (g_array_index (scenario->changes, KipWhatIfChange, i).kind != KIP_WHAT_IF_AGENTS)
      return TRUE;
  return FALSE;
}

static gboolean
changes_hours (const KipScenario *scenario)
{
  for (guint i = 0; i < scenario->changes->len; i++)
    {
      KipWhatIfKind kind = g_array_index (scenario->changes, KipWhatIfChange, i).kind;

      if (kind == KIP_WHAT_IF_HOURS || kind == KIP_WHAT_IF_NO_LUNCH)
        return TRUE;
    }
  return FALSE;
}

gboolean
kip_scenario_has_capacity (const KipScenario *scenario)
{
  for (guint i = 0; i < scenario->changes->len; i++)
    {
      const KipWhatIfChange *change = &g_array_index (scenario->changes, KipWhatIfChange, i);

      if (change->kind == KIP_WHAT_IF_AGENTS && change->agents != 0)
        return TRUE;
    }
  return scenario->people_follow && changes_hours (scenario);
}

KipScenario *
kip_scenario_copy_without_hours (const KipScenario *scenario)
{
  KipScenario *copy = kip_scenario_copy (scenario);

  for (guint i = copy->changes->len; i > 0; i--)
    {
      KipWhatIfKind kind = g_array_index (copy->changes, KipWhatIfChange, i - 1).kind;

      if (kind == KIP_WHAT_IF_HOURS || kind == KIP_WHAT_IF_NO_LUNCH)
        g_array_remove_index (copy->changes, i - 1);
    }
  return copy;
}

int
kip_scenario_get_agents (const KipScenario *scenario,
                         KipId              team)
{
  const KipWhatIfChange *change = kip_scenario_find (scenario, &(KipWhatIfChange) { .kind = KIP_WHAT_IF_AGENTS, .id = team });

  return change != NULL ? change->agents : 0;
}

static guint
count_missing (const KipScenario *a,
               const KipScenario *b,
               gboolean           also_other)
{
  guint n = 0;

  for (guint i = 0; i < a->changes->len; i++)
    {
      const KipWhatIfChange *mine = &g_array_index (a->changes, KipWhatIfChange, i);
      const KipWhatIfChange *theirs = kip_scenario_find (b, mine);

      n += theirs == NULL || (also_other && !says_same (mine, theirs));
    }
  return n;
}

guint
kip_scenario_count_differences (const KipScenario *a,
                                const KipScenario *b)
{
  return count_missing (a, b, TRUE) + count_missing (b, a, FALSE) + (a->people_follow != b->people_follow);
}

/* ---- policies ---- */

static gboolean
change_policy (const KipWhatIfChange *change,
               KipPolicySpec         *spec)
{
  switch (change->kind)
    {
    case KIP_WHAT_IF_TARGET:
      if (change->priority < 1 || change->priority > KIP_N_PRIORITIES)
        return FALSE;
      spec->targets[change->priority - 1][change->clock] = change->seconds;
      return TRUE;
    case KIP_WHAT_IF_PAUSE:
      if (change->on)
        spec->pauses |= 1u << change->pause;
      else
        spec->pauses &= ~(1u << change->pause);
      return TRUE;
    case KIP_WHAT_IF_CALENDAR:
      spec->calendar = change->calendar;
      return TRUE;
    case KIP_WHAT_IF_HOURS:
    case KIP_WHAT_IF_NO_LUNCH:
    case KIP_WHAT_IF_AGENTS:
    default:
      return FALSE;
    }
}

static KipValue *
vary_policy (const KipScenario *scenario,
             KipId              id,
             const KipValue    *version)
{
  g_autoptr (KipPolicySpec) spec = kip_policy_spec_from_value (version);
  gboolean changed = FALSE;

  for (guint i = 0; i < scenario->changes->len; i++)
    {
      const KipWhatIfChange *change = &g_array_index (scenario->changes, KipWhatIfChange, i);

      if (change->id == id)
        changed |= change_policy (change, spec);
    }
  return changed ? kip_policy_spec_to_value (spec) : NULL;
}

/* ---- calendars ---- */

static void
close_gaps (GArray *hours)
{
  if (hours->len < 2)
    return;
  g_array_index (hours, KipHours, 0).to = g_array_index (hours, KipHours, hours->len - 1).to;
  g_array_set_size (hours, 1);
}

static gboolean
change_calendar (const KipWhatIfChange *change,
                 KipCalendarSpec       *spec)
{
  if (change->kind == KIP_WHAT_IF_HOURS && change->weekday >= 0 && change->weekday < 7)
    {
      GArray *hours = kip_hours_parse (change->hours != NULL ? change->hours : "", NULL);

      if (hours == NULL)
        return FALSE;
      g_array_unref (spec->weekly[change->weekday]);
      spec->weekly[change->weekday] = hours;
      return TRUE;
    }
  if (change->kind != KIP_WHAT_IF_NO_LUNCH)
    return FALSE;
  for (guint day = 0; day < 7; day++)
    close_gaps (spec->weekly[day]);
  return TRUE;
}

static KipValue *
vary_calendar (const KipScenario *scenario,
               KipId              id,
               const KipValue    *version)
{
  g_autoptr (KipCalendarSpec) spec = kip_calendar_version_spec (version);
  gboolean changed = FALSE;

  for (guint i = 0; i < scenario->changes->len; i++)
    {
      const KipWhatIfChange *change = &g_array_index (scenario->changes, KipWhatIfChange, i);

      if (change->id == id)
        changed |= change_calendar (change, spec);
    }
  return changed ? kip_calendar_version_to_value (kip_value_map_int (version, 1, KIP_INSTANT_NONE), spec) : NULL;
}

/* ---- all ---- */

static KipValue *
vary (KipKind         kind,
      KipId           id,
      const KipValue *version,
      gpointer        data)
{
  return kind == KIP_KIND_POLICY ? vary_policy (data, id, version) : vary_calendar (data, id, version);
}

KipAgreements *
kip_scenario_apply (const KipScenario *scenario,
                    KipAgreements     *agreements)
{
  if (!kip_scenario_has_agreements (scenario))
    return kip_agreements_ref (agreements);
  return kip_agreements_vary (agreements, vary, (gpointer) scenario);
}

KipValue *
kip_scenario_apply_to (const KipScenario *scenario,
                       KipAgreements     *agreements,
                       KipKind            kind,
                       KipId              id)
{
  g_autoptr (KipValue) version = NULL;
  g_autoptr (KipValue) other = NULL;

  if (kind == KIP_KIND_POLICY)
    {
      const KipPolicy *policy = kip_agreements_get_policy (agreements, id, 0);

      version = policy != NULL ? kip_policy_spec_to_value (policy->spec) : NULL;
    }
  else
    version = kip_calendar_version_to_value (KIP_INSTANT_NONE,
                                             kip_calendar_get_spec (kip_agreements_get_calendar (agreements, id, 0)));
  other = version != NULL ? vary (kind, id, version, (gpointer) scenario) : NULL;
  return other != NULL && !kip_value_equal (other, version) ? g_steal_pointer (&other) : NULL;
}

/* How many agents are members; of KIP_ID_NONE those in no team. */
guint
kip_team_count_agents (KipOffice *office,
                       KipId      team)
{
  GPtrArray *agents = kip_office_get_agents (office);
  guint n = 0;

  for (guint i = 0; i < agents->len; i++)
    {
      const KipPerson *person = g_ptr_array_index (agents, i);
      gboolean is_member = team == KIP_ID_NONE && person->teams->len == 0;

      for (guint j = 0; j < person->teams->len; j++)
        is_member |= g_array_index (person->teams, KipId, j) == team;
      n += is_member;
    }
  return n;
}

static gboolean
check_agents (const KipWhatIfChange *change,
              KipOffice             *office,
              GError               **error)
{
  const KipTeam *team = kip_office_team (office, change->id);
  guint n = kip_team_count_agents (office, change->id);

  if (n == 0 || (int) n + change->agents >= 1)
    return TRUE;
  g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID,
               ngettext ("%1$s has %2$u agent, and one must stay.", "%1$s has %2$u agents, and one must stay.", n),
               team != NULL ? team->name : _("No team"), n);
  return FALSE;
}

static gboolean
check_one (const KipWhatIfChange *change,
           KipAgreements         *varied,
           GError               **error)
{
  g_autoptr (GArray) hours = NULL;

  if (change->kind == KIP_WHAT_IF_AGENTS)
    return check_agents (change, kip_agreements_get_office (varied), error);
  if (change->kind != KIP_WHAT_IF_HOURS && change->kind != KIP_WHAT_IF_NO_LUNCH)
    return TRUE;
  if (change->hours != NULL)
    {
      hours = kip_hours_parse (change->hours, error);
      if (hours == NULL)
        return FALSE;
    }
  return kip_calendar_spec_check (kip_calendar_get_spec (kip_agreements_get_calendar (varied, change->id, 0)), error);
}

gboolean
kip_scenario_check (const KipScenario *scenario,
                    KipAgreements     *agreements,
                    GError           **error)
{
  g_autoptr (KipAgreements) varied = kip_scenario_apply (scenario, agreements);

  for (guint i = 0; i < scenario->changes->len; i++)
    if (!check_one (&g_array_index (scenario->changes, KipWhatIfChange, i), varied, error))
      return FALSE;
  return TRUE;
}

/* ---- drafts ---- */

static guint
add_draft (const KipScenario *scenario,
           KipAgreements     *agreements,
           KipKind            kind,
           KipId              id,
           const char        *note,
           KipChange         *change)
{
  g_autoptr (KipValue) version = kip_scenario_apply_to (scenario, agreements, kind, id);

  if (version == NULL)
    return 0;
  kip_change_entry (change, kind, id, kip_version_draft_field (kind), kip_version_draft_to_value (version, note));
  return 1;
}

guint
kip_scenario_add_drafts (const KipScenario *scenario,
                         KipAgreements     *agreements,
                         KipChange         *change)
{
  GPtrArray *policies = kip_agreements_get_policies (agreements);
  GPtrArray *calendars = kip_agreements_get_calendars (agreements);
  g_autofree char *note = kip_scenario_describe (scenario, agreements);
  guint n = 0;

  for (guint i = 0; i < policies->len; i++)
    n += add_draft (scenario, agreements, KIP_KIND_POLICY, ((KipPolicy *) g_ptr_array_index (policies, i))->id, note, change);
  for (guint i = 0; i < calendars->len; i++)
    n += add_draft (scenario, agreements, KIP_KIND_CALENDAR, ((KipCalendarVersion *) g_ptr_array_index (calendars, i))->id,
                    note, change);
  return n;
}
