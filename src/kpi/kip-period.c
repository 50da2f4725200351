/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-period.h"

#include <string.h>

static const char *const names[] = { "nothing", "day", "week", "month", "agent", "team", "category", "priority" };

gboolean
kip_by_parse (const char *text,
              KipBy      *by)
{
  for (guint i = KIP_BY_DAY; i < G_N_ELEMENTS (names); i++)
    if (strcmp (text, names[i]) == 0)
      {
        *by = (KipBy) i;
        return TRUE;
      }
  return FALSE;
}

gboolean
kip_by_is_time (KipBy by)
{
  return by == KIP_BY_DAY || by == KIP_BY_WEEK || by == KIP_BY_MONTH;
}

/* ---- dates ---- */

static KipInstant
midnight (GTimeZone *zone,
          int        year,
          int        month,
          int        day)
{
  g_autoptr (GDateTime) when = g_date_time_new (zone, year, month, day, 0, 0, 0);

  return kip_instant_from_date_time (when);
}

static KipInstant
date_start (GTimeZone   *zone,
            const GDate *date)
{
  return midnight (zone, g_date_get_year (date), (int) g_date_get_month (date), g_date_get_day (date));
}

static void
local_date (KipInstant at,
            GTimeZone *zone,
            GDate     *date)
{
  g_autoptr (GDateTime) local = kip_instant_to_local (at, zone);

  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay) g_date_time_get_day_of_month (local), (GDateMonth) g_date_time_get_month (local),
                  (GDateYear) g_date_time_get_year (local));
}

KipInstant
kip_day_start (KipInstant at,
               GTimeZone *zone)
{
  GDate date;

  local_date (at, zone, &date);
  return date_start (zone, &date);
}

static void
next_beginning (GDate *date,
                KipBy  by)
{
  if (by == KIP_BY_MONTH)
    {
      g_date_set_day (date, 1);
      g_date_add_months (date, 1);
    }
  else if (by == KIP_BY_WEEK)
    g_date_add_days (date, 8 - (guint) g_date_get_weekday (date));
  else
    g_date_add_days (date, 1);
}

GArray *
kip_range_cut (const KipRange *range,
               KipBy           by,
               GTimeZone      *zone)
{
  GArray *cuts = g_array_new (FALSE, FALSE, sizeof (KipInstant));
  KipInstant at = range->from;
  GDate date;

  g_array_append_val (cuts, range->from);
  if (kip_by_is_time (by))
    {
      local_date (range->from, zone, &date);
      for (;;)
        {
          next_beginning (&date, by);
          at = date_start (zone, &date);
          if (at >= range->to)
            break;
          g_array_append_val (cuts, at);
        }
    }
  g_array_append_val (cuts, range->to);
  return cuts;
}

void
kip_bins_init (KipBins      *bins,
               const GArray *cuts)
{
  bins->cuts = &g_array_index (cuts, KipInstant, 0);
  bins->n = cuts->len - 1;
  bins->per_ms = bins->n > 0 && bins->cuts[bins->n] > bins->cuts[0] ? bins->n / (double) (bins->cuts[bins->n] - bins->cuts[0]) : 0;
}

int
kip_range_find (const GArray *cuts,
                KipInstant    at)
{
  KipBins bins;

  kip_bins_init (&bins, cuts);
  return kip_bins_find (&bins, at);
}

/* ---- ranges ---- */

int
kip_range_count_days (const KipRange *range,
                      GTimeZone      *zone)
{
  GDate from, to;

  local_date (range->from, zone, &from);
  local_date (range->to, zone, &to);
  return g_date_days_between (&from, &to);
}

static void
shift_months (GDate *date,
              int    months)
{
  if (months >= 0)
    g_date_add_months (date, (guint) months);
  else
    g_date_subtract_months (date, (guint) -months);
}

static void
shift_days (GDate *date,
            int    days)
{
  if (days >= 0)
    g_date_add_days (date, (guint) days);
  else
    g_date_subtract_days (date, (guint) -days);
}

static int
months_of (const GDate *date)
{
  return g_date_get_year (date) * 12 + (int) g_date_get_month (date);
}

KipRange
kip_range_shift (const KipRange *range,
                 int             steps,
                 GTimeZone      *zone)
{
  KipRange shifted;
  GDate from, to;

  local_date (range->from, zone, &from);
  local_date (range->to, zone, &to);
  if (g_date_get_day (&from) == 1 && g_date_get_day (&to) == 1)
    {
      int months = months_of (&to) - months_of (&from);

      shift_months (&from, steps * months);
      shift_months (&to, steps * months);
    }
  else
    {
      int days = g_date_days_between (&from, &to);

      shift_days (&from, steps * days);
      shift_days (&to, steps * days);
    }
  shifted.from = date_start (zone, &from);
  shifted.to = date_start (zone, &to);
  return shifted;
}

KipRange
kip_range_last_days (int        days,
                     KipInstant now,
                     GTimeZone *zone)
{
  KipRange range;
  GDate date;

  local_date (now, zone, &date);
  g_date_add_days (&date, 1);
  range.to = date_start (zone, &date);
  shift_days (&date, -days);
  range.from = date_start (zone, &date);
  return range;
}

KipBy
kip_range_choose_by (const KipRange *range,
                     GTimeZone      *zone)
{
  int days = kip_range_count_days (range, zone);

  return days <= 31 ? KIP_BY_DAY : days <= 190 ? KIP_BY_WEEK : KIP_BY_MONTH;
}
