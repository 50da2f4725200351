/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A calendar's definition as the value of an event. */

#include "kip-config.h"

#include "kip-calendar-spec.h"

enum
{
  KEY_ZONE = 1,
  KEY_WEEKLY,
  KEY_HOLIDAYS,
  KEY_SHIFTS,
  KEY_BREAKS
};

enum
{
  KEY_DAY = 1,
  KEY_HOURS,
  KEY_NAME
};

static KipValue *
hours_to_value (const GArray *hours)
{
  KipValue *list = kip_value_list ();

  for (guint i = 0; i < hours->len; i++)
    {
      const KipHours *h = &g_array_index (hours, KipHours, i);

      kip_value_append (list, kip_value_int (h->from));
      kip_value_append (list, kip_value_int (h->to));
    }
  return list;
}

static void
hours_from_value (const KipValue *list,
                  GArray         *hours)
{
  for (guint i = 0; i + 1 < kip_value_length (list); i += 2)
    {
      gint64 from = kip_value_get_int (kip_value_nth (list, i), -1);
      gint64 to = kip_value_get_int (kip_value_nth (list, i + 1), -1);
      KipHours h;

      if (from < 0 || from >= 24 * 60 || to <= from || to > from + 24 * 60)
        continue;
      h.from = (gint16) from;
      h.to = (gint16) to;
      g_array_append_val (hours, h);
    }
}

static KipValue *
dated_to_value (GPtrArray *dated)
{
  KipValue *list = kip_value_list ();

  for (guint i = 0; i < dated->len; i++)
    {
      const KipDatedHours *d = g_ptr_array_index (dated, i);
      KipValue *map = kip_value_map ();

      kip_value_put (map, KEY_DAY, kip_value_int (d->day));
      kip_value_put (map, KEY_HOURS, hours_to_value (d->hours));
      if (d->name != NULL)
        kip_value_put (map, KEY_NAME, kip_value_text (d->name));
      kip_value_append (list, map);
    }
  return list;
}

typedef void (*AddDated) (KipCalendarSpec *spec,
                          KipDay           day,
                          const GArray    *hours,
                          const char      *name);

static void
dated_from_value (const KipValue  *list,
                  KipCalendarSpec *spec,
                  AddDated         add)
{
  for (guint i = 0; i < kip_value_length (list); i++)
    {
      const KipValue *map = kip_value_nth (list, i);
      gint64 day = kip_value_map_int (map, KEY_DAY, KIP_DAY_NONE);
      g_autoptr (GArray) hours = g_array_new (FALSE, FALSE, sizeof (KipHours));

      if (ABS (day) > 10000000)
        continue;
      hours_from_value (kip_value_lookup (map, KEY_HOURS), hours);
      add (spec, (KipDay) day, hours, kip_value_map_text (map, KEY_NAME));
    }
}

KipValue *
kip_calendar_spec_to_value (const KipCalendarSpec *spec)
{
  KipValue *map = kip_value_map ();
  KipValue *week = kip_value_list ();
  KipValue *holidays = kip_value_list ();

  for (guint i = 0; i < 7; i++)
    kip_value_append (week, hours_to_value (spec->weekly[i]));
  for (guint i = 0; i < spec->holidays->len; i++)
    kip_value_append (holidays, kip_holiday_to_value (g_ptr_array_index (spec->holidays, i)));
  kip_value_put (map, KEY_ZONE, kip_value_text (spec->zone));
  kip_value_put (map, KEY_WEEKLY, week);
  kip_value_put (map, KEY_HOLIDAYS, holidays);
  kip_value_put (map, KEY_SHIFTS, dated_to_value (spec->shifts));
  kip_value_put (map, KEY_BREAKS, dated_to_value (spec->breaks));
  return map;
}

KipCalendarSpec *
kip_calendar_spec_from_value (const KipValue *value)
{
  KipCalendarSpec *spec = kip_calendar_spec_new (kip_value_map_text (value, KEY_ZONE));
  const KipValue *week = kip_value_lookup (value, KEY_WEEKLY);
  const KipValue *holidays = kip_value_lookup (value, KEY_HOLIDAYS);

  for (guint i = 0; i < MIN (7, kip_value_length (week)); i++)
    hours_from_value (kip_value_nth (week, i), spec->weekly[i]);
  for (guint i = 0; i < kip_value_length (holidays); i++)
    {
      KipHoliday *holiday = kip_holiday_from_value (kip_value_nth (holidays, i));

      if (holiday != NULL)
        g_ptr_array_add (spec->holidays, holiday);
    }
  dated_from_value (kip_value_lookup (value, KEY_SHIFTS), spec, kip_calendar_spec_add_shift);
  dated_from_value (kip_value_lookup (value, KEY_BREAKS), spec, kip_calendar_spec_add_break);
  return spec;
}
