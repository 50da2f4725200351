/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The text forms of a calendar's parts. */

#include "kip-config.h"

#include "kip-calendar-spec.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "kip-error.h"

static const char *const weekday_keys[7] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

/* "08:30" → 510; "24:00" → 1440. */
static gboolean
parse_minutes (const char *text,
               int        *minutes)
{
  int hour, minute;

  if (strlen (text) != 5 || text[2] != ':')
    return FALSE;
  for (int i = 0; i < 5; i++)
    if (i != 2 && !g_ascii_isdigit (text[i]))
      return FALSE;
  hour = (text[0] - '0') * 10 + text[1] - '0';
  minute = (text[3] - '0') * 10 + text[4] - '0';
  *minutes = hour * 60 + minute;
  return minute < 60 && *minutes <= 24 * 60;
}

static gboolean
parse_span (const char *text,
            KipHours   *hours)
{
  g_auto (GStrv) ends = g_strsplit (text, "-", 2);
  int from, to;

  if (g_strv_length (ends) != 2 || !parse_minutes (g_strstrip (ends[0]), &from)
      || !parse_minutes (g_strstrip (ends[1]), &to) || from == 24 * 60)
    return FALSE;
  hours->from = (gint16) from;
  hours->to = (gint16) (to > from ? to : to + 24 * 60);
  return TRUE;
}

static int
compare_hours (gconstpointer a,
               gconstpointer b)
{
  return ((const KipHours *) a)->from - ((const KipHours *) b)->from;
}

GArray *
kip_hours_parse (const char *text,
                 GError    **error)
{
  g_autoptr (GArray) hours = g_array_new (FALSE, FALSE, sizeof (KipHours));
  g_auto (GStrv) spans = g_strsplit (text, ",", -1);

  for (guint i = 0; spans[i] != NULL; i++)
    {
      KipHours span;

      if (*g_strstrip (spans[i]) == '\0')
        continue;
      if (!parse_span (spans[i], &span))
        {
          g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID,
                       _("“%s” are not working hours. Write them as 08:00-12:00,13:00-17:00."), spans[i]);
          return NULL;
        }
      g_array_append_val (hours, span);
    }
  g_array_sort (hours, compare_hours);
  return g_steal_pointer (&hours);
}

char *
kip_hours_to_text (const GArray *hours)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < hours->len; i++)
    {
      const KipHours *h = &g_array_index (hours, KipHours, i);
      int to = h->to > 24 * 60 ? h->to - 24 * 60 : h->to;

      g_string_append_printf (out, "%s%02d:%02d-%02d:%02d", i > 0 ? "," : "",
                              h->from / 60, h->from % 60, to / 60, to % 60);
    }
  return g_string_free (out, FALSE);
}

static int
weekday_of_key (const char *key)
{
  for (int i = 0; i < 7; i++)
    if (g_ascii_strcasecmp (key, weekday_keys[i]) == 0)
      return i;
  return -1;
}

/* "mon=08:00-12:00" into @week. */
static gboolean
parse_weekday (const char *text,
               GArray    **week,
               GError    **error)
{
  g_auto (GStrv) sides = g_strsplit (text, "=", 2);
  int weekday = weekday_of_key (g_strstrip (sides[0]));
  g_autoptr (GArray) hours = NULL;

  if (weekday < 0 || sides[1] == NULL)
    {
      g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID,
                   _("“%s” is not a day with hours. Write it as mon=08:00-12:00,13:00-17:00."), text);
      return FALSE;
    }
  hours = kip_hours_parse (sides[1], error);
  if (hours == NULL)
    return FALSE;
  g_array_append_vals (week[weekday], hours->data, hours->len);
  g_array_sort (week[weekday], compare_hours);
  return TRUE;
}

static void
swap_week (GArray **a,
           GArray **b)
{
  for (guint i = 0; i < 7; i++)
    {
      GArray *kept = a[i];

      a[i] = b[i];
      b[i] = kept;
    }
}

gboolean
kip_calendar_spec_set_weekly (KipCalendarSpec *spec,
                              const char      *text,
                              GError         **error)
{
  g_auto (GStrv) days = g_strsplit (text, ";", -1);
  g_autoptr (KipCalendarSpec) fresh = kip_calendar_spec_new (NULL);

  for (guint i = 0; days[i] != NULL; i++)
    if (*g_strstrip (days[i]) != '\0' && !parse_weekday (days[i], fresh->weekly, error))
      return FALSE;
  swap_week (spec->weekly, fresh->weekly);
  return TRUE;
}

char *
kip_calendar_spec_dup_weekly (const KipCalendarSpec *spec)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < 7; i++)
    if (spec->weekly[i]->len > 0)
      {
        g_autofree char *hours = kip_hours_to_text (spec->weekly[i]);
        g_string_append_printf (out, "%s%s=%s", out->len > 0 ? ";" : "", weekday_keys[i], hours);
      }
  return g_string_free (out, FALSE);
}

gboolean
kip_calendar_spec_set_holidays (KipCalendarSpec *spec,
                                const char      *text,
                                GError         **error)
{
  g_auto (GStrv) parts = g_strsplit (text, "|", -1);
  g_autoptr (KipCalendarSpec) fresh = kip_calendar_spec_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      KipHoliday *holiday;

      if (*g_strstrip (parts[i]) == '\0')
        continue;
      if (strcmp (parts[i], "vn") == 0)
        {
          kip_calendar_spec_add_public_holidays (fresh);
          continue;
        }
      holiday = kip_holiday_parse (parts[i], error);
      if (holiday == NULL)
        return FALSE;
      g_ptr_array_add (fresh->holidays, holiday);
    }
  g_ptr_array_unref (spec->holidays);
  spec->holidays = g_ptr_array_ref (fresh->holidays);
  return TRUE;
}

char *
kip_calendar_spec_dup_holidays (const KipCalendarSpec *spec)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < spec->holidays->len; i++)
    {
      g_autofree char *one = kip_holiday_to_text (g_ptr_array_index (spec->holidays, i));
      g_string_append_printf (out, "%s%s", i > 0 ? "|" : "", one);
    }
  return g_string_free (out, FALSE);
}

/* "2026-01-10=08:00-12:00 Make-up day"; the name begins at the first space. */
static gboolean
parse_dated (const char      *text,
             KipCalendarSpec *into,
             GError         **error)
{
  const char *equals = strchr (text, '=');
  const char *space = equals != NULL ? strchr (equals, ' ') : NULL;
  g_autofree char *date = equals != NULL ? g_strndup (text, equals - text) : g_strdup (text);
  g_autofree char *span = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GArray) hours = NULL;
  KipDay day;

  if (equals == NULL || !kip_day_parse (g_strstrip (date), &day))
    {
      g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID,
                   _("“%s” is not a date with hours. Write it as 2026-01-10=08:00-12:00,13:00-17:00."), text);
      return FALSE;
    }
  span = space != NULL ? g_strndup (equals + 1, space - equals - 1) : g_strdup (equals + 1);
  name = space != NULL ? g_strstrip (g_strdup (space)) : NULL;
  hours = kip_hours_parse (span, error);
  if (hours == NULL)
    return FALSE;
  kip_calendar_spec_add_shift (into, day, hours, name);
  return TRUE;
}

static gboolean
set_dated (GPtrArray **target,
           const char *text,
           GError    **error)
{
  g_auto (GStrv) parts = g_strsplit (text, "|", -1);
  g_autoptr (KipCalendarSpec) fresh = kip_calendar_spec_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0' && !parse_dated (parts[i], fresh, error))
      return FALSE;
  g_ptr_array_unref (*target);
  *target = g_ptr_array_ref (fresh->shifts);
  return TRUE;
}

static char *
dup_dated (GPtrArray *list)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    {
      const KipDatedHours *dated = g_ptr_array_index (list, i);
      g_autofree char *date = kip_day_to_text (dated->day);
      g_autofree char *hours = kip_hours_to_text (dated->hours);

      g_string_append_printf (out, "%s%s=%s", i > 0 ? "|" : "", date, hours);
      if (dated->name != NULL)
        g_string_append_printf (out, " %s", dated->name);
    }
  return g_string_free (out, FALSE);
}

gboolean
kip_calendar_spec_set_shifts (KipCalendarSpec *spec,
                              const char      *text,
                              GError         **error)
{
  return set_dated (&spec->shifts, text, error);
}

gboolean
kip_calendar_spec_set_breaks (KipCalendarSpec *spec,
                              const char      *text,
                              GError         **error)
{
  return set_dated (&spec->breaks, text, error);
}

char *
kip_calendar_spec_dup_shifts (const KipCalendarSpec *spec)
{
  return dup_dated (spec->shifts);
}

char *
kip_calendar_spec_dup_breaks (const KipCalendarSpec *spec)
{
  return dup_dated (spec->breaks);
}
