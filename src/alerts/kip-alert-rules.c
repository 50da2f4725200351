/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-alert-rules.h"

KipAlertStyle
kip_alert_style_from_key (const char *key)
{
  if (g_strcmp0 (key, "countdown") == 0)
    return KIP_ALERT_COUNTDOWN;
  if (g_strcmp0 (key, "quiet") == 0)
    return KIP_ALERT_QUIET;
  return KIP_ALERT_STEADY;
}

static gboolean
is_in_team (const KipPerson *person,
            KipId            team)
{
  for (guint i = 0; i < person->teams->len; i++)
    if (g_array_index (person->teams, KipId, i) == team)
      return TRUE;
  return FALSE;
}

static gboolean
is_free_for (const KipThreshold *threshold,
             const KipPerson    *person)
{
  if (threshold->assignee != KIP_ID_NONE || person->role == KIP_ROLE_REQUESTER)
    return FALSE;
  return threshold->team == KIP_ID_NONE || is_in_team (person, threshold->team);
}

gboolean
kip_alert_concerns (const KipThreshold *threshold,
                    KipOffice          *office,
                    KipId               me,
                    gboolean           *escalated)
{
  const KipPerson *person = kip_office_person (office, me);
  gboolean own = threshold->assignee == me || (person != NULL && is_free_for (threshold, person));
  gboolean as_manager = !own && person != NULL && person->role == KIP_ROLE_MANAGER && threshold->percent >= 100;

  if (escalated != NULL)
    *escalated = as_manager;
  return own || as_manager;
}

gboolean
kip_alert_is_wanted (KipAlertStyle       style,
                     const KipThreshold *threshold,
                     KipId               me)
{
  switch (style)
    {
    case KIP_ALERT_QUIET:
      return threshold->percent >= 100 && threshold->assignee == me;
    case KIP_ALERT_COUNTDOWN:
      return threshold->percent >= 75;
    case KIP_ALERT_STEADY:
    default:
      return TRUE;
    }
}

KipAlertUrgency
kip_alert_urgency (KipAlertStyle style,
                   int           percent)
{
  int critical = style == KIP_ALERT_COUNTDOWN ? 90 : 100;

  if (percent >= critical)
    return KIP_ALERT_CRITICAL;
  return percent >= 75 ? KIP_ALERT_NORMAL : KIP_ALERT_LOW;
}

KipInstant
kip_alert_when (const KipAlertReader *reader,
                KipInstant            at,
                gboolean              round_the_clock)
{
  KipInstant open;

  /* A deadline falls on the last moment of working time as often as inside it:
   * the very end of the day still belongs to the day. */
  if (round_the_clock || reader->hours == NULL || kip_calendar_prev_close (reader->hours, at) == at)
    return at;
  open = kip_calendar_next_open (reader->hours, at);
  return open != KIP_INSTANT_NONE ? open : at;
}

/* TRUE when no working time of that local day lies before @start. */
static gboolean
is_first_of_its_day (KipCalendar *hours,
                     KipInstant   start)
{
  KipInstant midnight = kip_calendar_day_start (hours, kip_calendar_local_day (hours, start));

  return kip_calendar_between (hours, midnight, start) == 0;
}

KipInstant
kip_alert_next_agenda (const KipAlertReader *reader,
                       KipInstant            now)
{
  KipInstant start = now;

  if (reader->style != KIP_ALERT_STEADY || reader->hours == NULL)
    return KIP_INSTANT_NONE;
  do
    start = kip_calendar_next_start (reader->hours, start);
  while (start != KIP_INSTANT_NONE && !is_first_of_its_day (reader->hours, start));
  return start;
}

/* One clock of one ticket. */
static gint64
clock_key (const KipThreshold *threshold)
{
  return (gint64) (threshold->ticket << 2 | threshold->clock);
}

static GHashTable *
highest_by_clock (GArray *thresholds)
{
  GHashTable *highest = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < thresholds->len; i++)
    {
      const KipThreshold *one = &g_array_index (thresholds, KipThreshold, i);
      gint64 key = clock_key (one);

      if (one->percent > GPOINTER_TO_INT (g_hash_table_lookup (highest, &key)))
        g_hash_table_replace (highest, g_memdup2 (&key, sizeof key), GINT_TO_POINTER (one->percent));
    }
  return highest;
}

void
kip_alert_split (GArray  *thresholds,
                 GArray **say,
                 GArray **tick_off)
{
  g_autoptr (GHashTable) highest = highest_by_clock (thresholds);

  *say = g_array_new (FALSE, FALSE, sizeof (guint));
  *tick_off = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < thresholds->len; i++)
    {
      const KipThreshold *one = &g_array_index (thresholds, KipThreshold, i);
      gint64 key = clock_key (one);
      gboolean last = one->percent == GPOINTER_TO_INT (g_hash_table_lookup (highest, &key));

      g_array_append_val (last ? *say : *tick_off, i);
    }
}
