/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-agreement-words.h"

#include <glib/gi18n-lib.h>

#include "kip-calendar-edit.h"
#include "kip-format.h"
#include "kip-target.h"

char *
kip_week_hours_to_text (int minutes)
{
  g_autofree char *hours = minutes > 0 ? kip_format_duration ((gint64) minutes * 60) : g_strdup ("0");

  return g_strdup_printf (_("%s a week"), hours);
}

char *
kip_calendar_describe (const KipCalendarVersion *calendar)
{
  const KipCalendarSpec *spec = kip_calendar_get_spec (calendar->calendar);
  g_autofree char *hours = kip_week_hours_to_text (kip_calendar_spec_week_minutes (spec));

  return g_strdup_printf ("%s · %s", hours, spec->zone);
}

static char *
resolution_targets (const KipPolicySpec *spec)
{
  g_autoptr (GString) targets = g_string_new (NULL);

  for (int priority = KIP_PRIORITY_CRITICAL; priority <= KIP_PRIORITY_LOW; priority++)
    {
      gint64 seconds = kip_policy_spec_get_target (spec, priority, KIP_CLOCK_RESOLUTION);
      g_autofree char *text = seconds > 0 ? kip_format_duration (seconds) : g_strdup ("–");

      g_string_append_printf (targets, "%s%s", targets->len > 0 ? ", " : "", text);
    }
  return g_string_free (g_steal_pointer (&targets), FALSE);
}

char *
kip_policy_describe (const KipPolicy *policy)
{
  const char *condition = policy->spec->condition;
  g_autofree char *targets = resolution_targets (policy->spec);

  if (policy->is_default)
    condition = _("all other tickets");
  else if (condition == NULL || *condition == '\0')
    condition = _("every ticket");
  return g_strdup_printf (_("%1$s · resolution %2$s"), condition, targets);
}

const char *
kip_outage_get_title (const KipOutage *outage)
{
  if (outage->reason != NULL && *outage->reason != '\0')
    return outage->reason;
  return outage->name != NULL && *outage->name != '\0' ? outage->name : _("Outage");
}

static gboolean
same_day (KipInstant a,
          KipInstant b)
{
  g_autofree char *x = kip_format_date (a, NULL);
  g_autofree char *y = kip_format_date (b, NULL);

  return g_str_equal (x, y);
}

char *
kip_outage_describe (const KipOutage *outage)
{
  g_autofree char *start = kip_format_instant (outage->start, NULL);
  g_autofree char *end = NULL;
  const char *scope = outage->scope != NULL && *outage->scope != '\0' ? outage->scope : _("every ticket");

  if (outage->end == KIP_INSTANT_NONE)
    return g_strdup_printf (_("since %1$s · %2$s"), start, scope);
  end = same_day (outage->start, outage->end) ? kip_format_time (outage->end, NULL)
                                              : kip_format_instant (outage->end, NULL);
  return g_strdup_printf ("%s – %s · %s", start, end, scope);
}
