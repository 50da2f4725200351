/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-config.h"

#include "kip-calendar-spec.h"

#include <glib/gi18n-lib.h>

#include "kip-calendar.h"
#include "kip-error.h"

static void
dated_free (gpointer data)
{
  KipDatedHours *dated = data;

  g_array_unref (dated->hours);
  g_free (dated->name);
  g_free (dated);
}

static GArray *
copy_hours (const GArray *hours)
{
  GArray *copy = g_array_new (FALSE, FALSE, sizeof (KipHours));

  if (hours->len > 0)
    g_array_append_vals (copy, hours->data, hours->len);
  return copy;
}

static void
add_dated (GPtrArray    *to,
           KipDay        day,
           const GArray *hours,
           const char   *name)
{
  KipDatedHours *dated = g_new0 (KipDatedHours, 1);

  dated->day = day;
  dated->hours = copy_hours (hours);
  dated->name = name != NULL && *name != '\0' ? g_strdup (name) : NULL;
  g_ptr_array_add (to, dated);
}

KipCalendarSpec *
kip_calendar_spec_new (const char *zone)
{
  KipCalendarSpec *spec = g_new0 (KipCalendarSpec, 1);

  spec->zone = g_strdup (zone != NULL ? zone : "UTC");
  for (guint i = 0; i < 7; i++)
    spec->weekly[i] = g_array_new (FALSE, FALSE, sizeof (KipHours));
  spec->holidays = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_holiday_free);
  spec->shifts = g_ptr_array_new_with_free_func (dated_free);
  spec->breaks = g_ptr_array_new_with_free_func (dated_free);
  return spec;
}

KipCalendarSpec *
kip_calendar_spec_copy (const KipCalendarSpec *spec)
{
  KipCalendarSpec *copy = kip_calendar_spec_new (spec->zone);

  for (guint i = 0; i < 7; i++)
    g_array_append_vals (copy->weekly[i], spec->weekly[i]->data, spec->weekly[i]->len);
  for (guint i = 0; i < spec->holidays->len; i++)
    g_ptr_array_add (copy->holidays, kip_holiday_copy (g_ptr_array_index (spec->holidays, i)));
  for (guint i = 0; i < spec->shifts->len; i++)
    {
      const KipDatedHours *dated = g_ptr_array_index (spec->shifts, i);
      add_dated (copy->shifts, dated->day, dated->hours, dated->name);
    }
  for (guint i = 0; i < spec->breaks->len; i++)
    {
      const KipDatedHours *dated = g_ptr_array_index (spec->breaks, i);
      add_dated (copy->breaks, dated->day, dated->hours, dated->name);
    }
  return copy;
}

void
kip_calendar_spec_free (KipCalendarSpec *spec)
{
  if (spec == NULL)
    return;
  g_free (spec->zone);
  for (guint i = 0; i < 7; i++)
    g_array_unref (spec->weekly[i]);
  g_ptr_array_unref (spec->holidays);
  g_ptr_array_unref (spec->shifts);
  g_ptr_array_unref (spec->breaks);
  g_free (spec);
}

KipCalendarSpec *
kip_calendar_spec_new_vietnam (void)
{
  KipCalendarSpec *spec = kip_calendar_spec_new ("Asia/Ho_Chi_Minh");
  const KipHours office[] = { { 8 * 60, 12 * 60 }, { 13 * 60, 17 * 60 } };

  for (guint i = 0; i < 5; i++)
    g_array_append_vals (spec->weekly[i], office, G_N_ELEMENTS (office));
  kip_calendar_spec_add_public_holidays (spec);
  return spec;
}

KipCalendarSpec *
kip_calendar_spec_new_always (const char *zone)
{
  KipCalendarSpec *spec = kip_calendar_spec_new (zone);
  const KipHours whole_day = { 0, 24 * 60 };

  for (guint i = 0; i < 7; i++)
    g_array_append_val (spec->weekly[i], whole_day);
  return spec;
}

void
kip_calendar_spec_add_public_holidays (KipCalendarSpec *spec)
{
  guint n;
  const KipPublicHoliday *list = kip_public_holidays (&n);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (spec->holidays, kip_holiday_copy (&list[i].rule));
}

void
kip_calendar_spec_add_shift (KipCalendarSpec *spec,
                             KipDay           day,
                             const GArray    *hours,
                             const char      *name)
{
  add_dated (spec->shifts, day, hours, name);
}

void
kip_calendar_spec_add_break (KipCalendarSpec *spec,
                             KipDay           day,
                             const GArray    *hours,
                             const char      *name)
{
  add_dated (spec->breaks, day, hours, name);
}

static gboolean
hours_in_order (const GArray *hours)
{
  int before = 0;

  for (guint i = 0; i < hours->len; i++)
    {
      const KipHours *h = &g_array_index (hours, KipHours, i);

      if (h->from < before || h->from >= 24 * 60 || h->to <= h->from || h->to > h->from + 24 * 60)
        return FALSE;
      before = h->to;
    }
  return TRUE;
}

static gboolean
all_hours_in_order (const KipCalendarSpec *spec)
{
  for (guint i = 0; i < 7; i++)
    if (!hours_in_order (spec->weekly[i]))
      return FALSE;
  for (guint i = 0; i < spec->shifts->len; i++)
    if (!hours_in_order (((KipDatedHours *) g_ptr_array_index (spec->shifts, i))->hours))
      return FALSE;
  return TRUE;
}

static gboolean
has_working_time (const KipCalendarSpec *spec)
{
  g_autoptr (KipCalendar) calendar = kip_calendar_new (spec);
  KipInstant from = kip_day_from_ymd (2000, 1, 1) * KIP_MS_PER_DAY;
  KipInstant until = kip_day_from_ymd (2101, 1, 1) * KIP_MS_PER_DAY;
  KipInstant open = kip_calendar_next_open (calendar, from);

  return open != KIP_INSTANT_NONE && open < until;
}

gboolean
kip_calendar_spec_check (const KipCalendarSpec *spec,
                         GError               **error)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (spec->zone);

  if (zone == NULL)
    g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID,
                 _("The time zone “%s” is not known here. Choose one such as Asia/Ho_Chi_Minh."),
                 spec->zone);
  else if (!all_hours_in_order (spec))
    g_set_error_literal (error, KIP_ERROR, KIP_ERROR_INVALID,
                         _("The hours of a day overlap or are out of order. Correct them before saving."));
  else if (!has_working_time (spec))
    g_set_error_literal (error, KIP_ERROR, KIP_ERROR_INVALID,
                         _("This calendar has no working time, so no deadline could ever be reached. "
                           "Give at least one day its hours."));
  else
    return TRUE;
  return FALSE;
}
