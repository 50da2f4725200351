/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-lunar.h"

#include "kip-lunar-table.h"

typedef struct
{
  int    number;
  int    leap; /* 1: the second month of this number */
  int    length;
  KipDay start;
} LunarMonth;

static gboolean
in_table (int year)
{
  return year >= KIP_LUNAR_FIRST_YEAR && year <= KIP_LUNAR_LAST_YEAR;
}

static int
leap_month (int year)
{
  return (lunar_years[year - KIP_LUNAR_FIRST_YEAR] >> 13) & 15;
}

KipDay
kip_lunar_tet (int year)
{
  if (!in_table (year))
    return KIP_DAY_NONE;
  return kip_day_from_ymd (year, 1, 1)
         + (KipDay) (lunar_years[year - KIP_LUNAR_FIRST_YEAR] >> 17);
}

/* Goes from one month of @year to the next; @month begins zeroed.  FALSE after the last. */
static gboolean
next_month (int         year,
            guint      *index,
            LunarMonth *month)
{
  int leap = leap_month (year);

  if (*index == (leap != 0 ? 13u : 12u))
    return FALSE;
  month->start = *index == 0 ? kip_lunar_tet (year) : month->start + month->length;
  month->leap = leap != 0 && *index != 0 && month->number == leap && !month->leap;
  month->number += month->leap ? 0 : 1;
  month->length = (lunar_years[year - KIP_LUNAR_FIRST_YEAR] >> *index) & 1 ? 30 : 29;
  (*index)++;
  return TRUE;
}

KipDay
kip_lunar_to_day (int year,
                  int month,
                  int day)
{
  LunarMonth m = { 0 };
  guint index = 0;

  if (!in_table (year))
    return KIP_DAY_NONE;
  while (next_month (year, &index, &m))
    if (m.number == month && !m.leap)
      return day >= 1 && day <= m.length ? m.start + day - 1 : KIP_DAY_NONE;
  return KIP_DAY_NONE;
}

gboolean
kip_lunar_from_day (KipDay    day,
                    int      *year,
                    int      *month,
                    gboolean *leap,
                    int      *day_of_month)
{
  LunarMonth m = { 0 };
  guint index = 0;
  int y, mm, dd;

  kip_day_to_ymd (day, &y, &mm, &dd);
  if (!in_table (y) || day < kip_lunar_tet (y))
    y--;
  if (!in_table (y))
    return FALSE;
  while (next_month (y, &index, &m))
    if (day < m.start + m.length)
      {
        *year = y;
        *month = m.number;
        *leap = m.leap;
        *day_of_month = day - m.start + 1;
        return TRUE;
      }
  return FALSE;
}
