/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a calendar means, in words, and the days of a year that differ from the plain week. */

#include "kip-calendar-edit.h"

#include <glib/gi18n-lib.h>

#include "kip-format.h"

/* ---- words ---- */

char *
kip_day_describe (KipDay day)
{
  int year, month, of_month;

  kip_day_to_ymd (day, &year, &month, &of_month);
  /* Translators: a date: weekday, day, month, year. */
  return g_strdup_printf (_("%1$s %2$d %3$s %4$d"), kip_format_weekday_short (kip_day_weekday (day) + 1), of_month,
                          kip_format_month (month), year);
}

static char *
describe_month_day (int date)
{
  int month = CLAMP (date / 100, 1, 12);

  /* Translators: a date without a year: day, month. */
  return g_strdup_printf (_("%1$d %2$s"), date % 100, kip_format_month (month));
}

char *
kip_hours_describe (const GArray *hours)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < hours->len; i++)
    {
      const KipHours *h = &g_array_index (hours, KipHours, i);
      g_autofree char *from = kip_hours_format_time (h->from);
      g_autofree char *to = kip_hours_format_time (h->to);

      g_string_append_printf (out, "%s%s–%s", i > 0 ? ", " : "", from, to);
    }
  if (hours->len == 0)
    g_string_append (out, _("day off"));
  return g_string_free (out, FALSE);
}

static char *
describe_dates (const KipHoliday *holiday)
{
  g_autofree char *first = kip_day_describe (holiday->from);
  g_autofree char *last = kip_day_describe (holiday->to);

  if (holiday->from == holiday->to)
    return g_steal_pointer (&first);
  return g_strdup_printf (_("%1$s to %2$s"), first, last);
}

static char *
describe_yearly (const KipHoliday *holiday)
{
  g_autofree char *first = describe_month_day (holiday->from);
  g_autofree char *last = describe_month_day (holiday->to);

  if (holiday->from == holiday->to)
    return g_strdup_printf (_("Every year on %s"), first);
  return g_strdup_printf (_("Every year from %1$s to %2$s"), first, last);
}

/* Mùng 1 is day 1 to a person, and the eve the day before it. */
char *
kip_tet_day_describe (int day)
{
  if (day >= 0)
    return g_strdup_printf (_("day %d of Tết"), day + 1);
  if (day == -1)
    return g_strdup (_("the eve of Tết"));
  return g_strdup_printf (ngettext ("%d day before Tết", "%d days before Tết", -day), -day);
}

static char *
describe_tet (const KipHoliday *holiday)
{
  g_autofree char *first = kip_tet_day_describe (holiday->from);
  g_autofree char *last = kip_tet_day_describe (holiday->to);

  if (holiday->from == holiday->to)
    return g_strdup_printf (_("By the moon: %s"), first);
  return g_strdup_printf (_("By the moon: %1$s to %2$s"), first, last);
}

static char *
describe_lunar (const KipHoliday *holiday)
{
  if (holiday->from == holiday->to)
    return g_strdup_printf (_("By the moon: day %1$d of lunar month %2$d"),
                            holiday->from % 100, holiday->from / 100);
  return g_strdup_printf (_("By the moon: day %1$d of lunar month %2$d to day %3$d of month %4$d"),
                          holiday->from % 100, holiday->from / 100, holiday->to % 100, holiday->to / 100);
}

char *
kip_holiday_describe (const KipHoliday *holiday)
{
  switch (holiday->kind)
    {
    case KIP_HOLIDAY_DATES:
      return describe_dates (holiday);
    case KIP_HOLIDAY_YEARLY:
      return describe_yearly (holiday);
    case KIP_HOLIDAY_TET:
      return describe_tet (holiday);
    case KIP_HOLIDAY_LUNAR:
      return describe_lunar (holiday);
    case KIP_HOLIDAY_VN_NATIONAL:
      return g_strdup (_("Every year on 1 or 3 September, by the weekday"));
    default:
      return g_strdup ("");
    }
}

/* ---- the year to come ---- */

static const GArray *
hours_on (const KipCalendarSpec *spec,
          KipDay                 day)
{
  for (guint i = 0; i < spec->shifts->len; i++)
    {
      const KipDatedHours *shift = g_ptr_array_index (spec->shifts, i);
      if (shift->day == day)
        return shift->hours;
    }
  return spec->weekly[kip_day_weekday (day)];
}

static gboolean
all_idle (const KipCalendarSpec *spec,
          KipDay                 first,
          KipDay                 last)
{
  for (KipDay day = first; day <= last; day++)
    if (hours_on (spec, day)->len > 0)
      return FALSE;
  return TRUE;
}

static void
append_holidays (GArray                *days,
                 const KipCalendarSpec *spec,
                 KipDay                 from,
                 KipDay                 until)
{
  int year, last_year, month, of_month;

  kip_day_to_ymd (until, &last_year, &month, &of_month);
  for (guint i = 0; i < spec->holidays->len; i++)
    {
      const KipHoliday *holiday = g_ptr_array_index (spec->holidays, i);

      kip_day_to_ymd (from, &year, &month, &of_month);
      for (year--; year <= last_year; year++)
        {
          KipSpecialDay day = { .special = KIP_SPECIAL_HOLIDAY };

          if (!kip_holiday_in_year (holiday, year, &day.first, &day.last)
              || day.last < from || day.first >= until)
            continue;
          day.name = kip_holiday_get_name (holiday, day.first);
          day.no_effect = all_idle (spec, day.first, day.last);
          g_array_append_val (days, day);
        }
    }
}

static gboolean
is_holiday (const KipCalendarSpec *spec,
            KipDay                 day)
{
  for (guint i = 0; i < spec->holidays->len; i++)
    if (kip_holiday_covers (g_ptr_array_index (spec->holidays, i), day))
      return TRUE;
  return FALSE;
}

static void
append_shifts (GArray                *days,
               const KipCalendarSpec *spec,
               KipDay                 from,
               KipDay                 until)
{
  for (guint i = 0; i < spec->shifts->len; i++)
    {
      const KipDatedHours *shift = g_ptr_array_index (spec->shifts, i);
      KipSpecialDay day = { shift->day, shift->day, KIP_SPECIAL_SHIFT, "", shift->hours, FALSE };

      if (shift->day < from || shift->day >= until)
        continue;
      if (shift->name != NULL)
        day.name = shift->name;
      if (shift->hours->len == 0)
        day.special = KIP_SPECIAL_DAY_OFF;
      day.no_effect = is_holiday (spec, shift->day)
                      || kip_hours_equal (shift->hours, spec->weekly[kip_day_weekday (shift->day)]);
      g_array_append_val (days, day);
    }
}

static int
compare_special (gconstpointer a,
                 gconstpointer b)
{
  const KipSpecialDay *x = a, *y = b;

  return x->first != y->first ? x->first - y->first : (int) x->special - (int) y->special;
}

GArray *
kip_calendar_spec_special_days (const KipCalendarSpec *spec,
                                KipDay                 from,
                                guint                  n_days)
{
  GArray *days = g_array_new (FALSE, FALSE, sizeof (KipSpecialDay));

  append_holidays (days, spec, from, from + (KipDay) n_days);
  append_shifts (days, spec, from, from + (KipDay) n_days);
  g_array_sort (days, compare_special);
  return days;
}

guint
kip_calendar_spec_working_days (const KipCalendarSpec *spec,
                                KipDay                 from,
                                guint                  n_days)
{
  guint n = 0;

  for (KipDay day = from; day < from + (KipDay) n_days; day++)
    if (hours_on (spec, day)->len > 0 && !is_holiday (spec, day))
      n++;
  return n;
}
