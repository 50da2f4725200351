/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-calendar-edit.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "kip-error.h"
#include "kip-format.h"

/* ---- times as people type them ---- */

gboolean
kip_hours_parse_time (const char *text,
                      int        *minutes)
{
  g_autofree char *typed = g_strstrip (g_strdup (text));

  if (strcmp (typed, "24:00") == 0 || strcmp (typed, "24") == 0 || strcmp (typed, "2400") == 0)
    {
      *minutes = KIP_MINUTES_PER_DAY;
      return TRUE;
    }
  return kip_parse_time_of_day (typed, minutes);
}

char *
kip_hours_format_time (int minutes)
{
  if (minutes > KIP_MINUTES_PER_DAY)
    minutes -= KIP_MINUTES_PER_DAY;
  return g_strdup_printf ("%02d:%02d", minutes / 60, minutes % 60);
}

/* ---- the hours of one day ---- */

static const KipHours *
hours_at (const GArray *hours,
          guint         index)
{
  return &g_array_index (hours, KipHours, index);
}

gboolean
kip_hours_add_next (GArray *hours)
{
  int end = hours->len > 0 ? hours_at (hours, hours->len - 1)->to : 0;
  KipHours next = { 8 * 60, 12 * 60 };

  if (hours->len > 0 && end <= 13 * 60)
    next = (KipHours) { (gint16) MAX (13 * 60, end), 17 * 60 }
  ;
  else if (hours->len > 0)
    next = (KipHours) { (gint16) (end + 60), (gint16) MIN (end + 120, KIP_MINUTES_PER_DAY) }
  ;
  if (next.from >= KIP_MINUTES_PER_DAY || next.to <= next.from)
    return FALSE;
  g_array_append_val (hours, next);
  return TRUE;
}

static int
compare_hours (gconstpointer a,
               gconstpointer b)
{
  return ((const KipHours *) a)->from - ((const KipHours *) b)->from;
}

static gboolean
overlaps_another (const GArray   *hours,
                  guint           index,
                  const KipHours *with)
{
  for (guint i = 0; i < hours->len; i++)
    if (i != index && hours_at (hours, i)->from < with->to && with->from < hours_at (hours, i)->to)
      return TRUE;
  return FALSE;
}

gboolean
kip_hours_set (GArray  *hours,
               guint    index,
               int      from,
               int      to,
               GError **error)
{
  int end = to > from ? to : to + KIP_MINUTES_PER_DAY;
  KipHours changed = { (gint16) from, (gint16) end };

  if (from < 0 || from >= KIP_MINUTES_PER_DAY || to < 0 || to > KIP_MINUTES_PER_DAY)
    {
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_INVALID,
                           _("Write times from 00:00 to 24:00, such as 08:00 and 17:30."));
      return FALSE;
    }
  if (overlaps_another (hours, index, &changed))
    {
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_INVALID,
                           _("These hours overlap other hours of the same day. Change one of them."));
      return FALSE;
    }
  g_array_index (hours, KipHours, index) = changed;
  g_array_sort (hours, compare_hours);
  return TRUE;
}

void
kip_hours_remove (GArray *hours,
                  guint   index)
{
  if (index < hours->len)
    g_array_remove_index (hours, index);
}

int
kip_hours_total (const GArray *hours)
{
  int total = 0;

  for (guint i = 0; i < hours->len; i++)
    total += hours_at (hours, i)->to - hours_at (hours, i)->from;
  return total;
}

int
kip_calendar_spec_week_minutes (const KipCalendarSpec *spec)
{
  int total = 0;

  for (guint i = 0; i < 7; i++)
    total += kip_hours_total (spec->weekly[i]);
  return total;
}

void
kip_calendar_spec_copy_day (KipCalendarSpec *spec,
                            guint            from)
{
  const GArray *model = spec->weekly[from];

  for (guint i = 0; i < 7; i++)
    if (i != from && spec->weekly[i]->len > 0)
      {
        g_array_set_size (spec->weekly[i], 0);
        g_array_append_vals (spec->weekly[i], model->data, model->len);
      }
}

gboolean
kip_hours_equal (const GArray *a,
                 const GArray *b)
{
  return a->len == b->len && (a->len == 0 || memcmp (a->data, b->data, a->len * sizeof (KipHours)) == 0);
}

gboolean
kip_calendar_spec_equal (const KipCalendarSpec *a,
                         const KipCalendarSpec *b)
{
  g_autoptr (KipValue) x = kip_calendar_spec_to_value (a);
  g_autoptr (KipValue) y = kip_calendar_spec_to_value (b);

  return kip_value_equal (x, y);
}

/* ---- holidays and dated shifts ---- */

static gboolean
same_rule (const KipHoliday *a,
           const KipHoliday *b)
{
  return a->kind == b->kind && a->from == b->from && a->to == b->to
         && a->since == b->since && a->until == b->until;
}

gboolean
kip_calendar_spec_has_public (const KipCalendarSpec  *spec,
                              const KipPublicHoliday *holiday)
{
  for (guint i = 0; i < spec->holidays->len; i++)
    if (same_rule (g_ptr_array_index (spec->holidays, i), &holiday->rule))
      return TRUE;
  return FALSE;
}

void
kip_calendar_spec_set_public (KipCalendarSpec        *spec,
                              const KipPublicHoliday *holiday,
                              gboolean                on)
{
  if (on && !kip_calendar_spec_has_public (spec, holiday))
    g_ptr_array_add (spec->holidays, kip_holiday_copy (&holiday->rule));
  for (guint i = spec->holidays->len; !on && i > 0; i--)
    if (same_rule (g_ptr_array_index (spec->holidays, i - 1), &holiday->rule))
      g_ptr_array_remove_index (spec->holidays, i - 1);
}

gboolean
kip_holiday_is_public (const KipHoliday *holiday)
{
  guint n;
  const KipPublicHoliday *list = kip_public_holidays (&n);

  for (guint i = 0; i < n; i++)
    if (same_rule (holiday, &list[i].rule))
      return TRUE;
  return FALSE;
}

gboolean
kip_day_from_typed (const char *text,
                    KipInstant  now,
                    KipDay     *day,
                    GError    **error)
{
  int year, month, of_month;

  if (!kip_parse_date (text, now, NULL, &year, &month, &of_month))
    {
      g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID, _("“%s” is not a date. Write it as 30/4/2026."), text);
      return FALSE;
    }
  *day = kip_day_from_ymd (year, month, of_month);
  return TRUE;
}

/* "10/3" → 310.  A lunar month has 30 days at most; 29 February comes every four years. */
static gboolean
month_day_from_typed (const char *text,
                      gboolean    lunar,
                      int        *date,
                      GError    **error)
{
  g_auto (GStrv) parts = g_strsplit_set (text, "/.-", 2);
  gint64 day = 0, month = 0;
  gboolean ok = g_strv_length (parts) == 2 && g_ascii_string_to_signed (g_strstrip (parts[0]), 10, 1, 31, &day, NULL)
                && g_ascii_string_to_signed (g_strstrip (parts[1]), 10, 1, 12, &month, NULL);

  if (ok)
    ok = lunar ? day <= 30 : kip_ymd_is_valid (2000, (int) month, (int) day);
  if (ok)
    *date = (int) (month * 100 + day);
  else
    g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID, _("“%s” is not a day and a month. Write them as 30/4."), text);
  return ok;
}

static gboolean
end_from_typed (KipHolidayKind kind,
                const char    *text,
                KipInstant     now,
                int           *end,
                GError       **error)
{
  gint64 number;

  if (kind == KIP_HOLIDAY_DATES)
    return kip_day_from_typed (text, now, end, error);
  if (kind != KIP_HOLIDAY_TET)
    return month_day_from_typed (text, kind == KIP_HOLIDAY_LUNAR, end, error);
  if (!g_ascii_string_to_signed (text, 10, -15, 15, &number, error))
    return FALSE;
  *end = (int) number;
  return TRUE;
}

KipHoliday *
kip_holiday_from_typed (KipHolidayKind kind,
                        const char    *first,
                        const char    *last,
                        const char    *name,
                        KipInstant     now,
                        GError       **error)
{
  int from, to;

  if (!end_from_typed (kind, first, now, &from, error))
    return NULL;
  to = from;
  if (*last != '\0' && !end_from_typed (kind, last, now, &to, error))
    return NULL;
  if (to < from && kind != KIP_HOLIDAY_YEARLY)
    {
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_INVALID,
                           _("The last day is before the first one. Exchange them."));
      return NULL;
    }
  return kip_holiday_new (kind, from, to, name);
}

static int
compare_dated (gconstpointer a,
               gconstpointer b)
{
  const KipDatedHours *x = *(KipDatedHours *const *) a, *y = *(KipDatedHours *const *) b;

  return (x->day > y->day) - (x->day < y->day);
}

void
kip_calendar_spec_put_shift (KipCalendarSpec *spec,
                             KipDay           day,
                             const GArray    *hours,
                             const char      *name)
{
  for (guint i = spec->shifts->len; i > 0; i--)
    if (((KipDatedHours *) g_ptr_array_index (spec->shifts, i - 1))->day == day)
      g_ptr_array_remove_index (spec->shifts, i - 1);
  kip_calendar_spec_add_shift (spec, day, hours, name);
  g_ptr_array_sort (spec->shifts, compare_dated);
}
