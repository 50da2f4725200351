/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-date.h"

/* Days are counted in years that begin on 1 March, so that the leap day comes
 * last and a month's start is a linear function of its number. */
#define DAYS_IN_400_YEARS 146097
#define EPOCH_FROM_MARCH_0000 719468

static int
floor_div (int a,
           int b)
{
  return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

KipDay
kip_day_from_ymd (int year,
                  int month,
                  int day)
{
  int y = month > 2 ? year : year - 1;
  int m = month > 2 ? month - 3 : month + 9;
  int leap_days = floor_div (y, 4) - floor_div (y, 100) + floor_div (y, 400);

  return 365 * y + leap_days + (153 * m + 2) / 5 + day - 1 - EPOCH_FROM_MARCH_0000;
}

void
kip_day_to_ymd (KipDay day,
                int   *year,
                int   *month,
                int   *day_of_month)
{
  int n = day + EPOCH_FROM_MARCH_0000;
  int era = floor_div (n, DAYS_IN_400_YEARS);
  int in_era = n - era * DAYS_IN_400_YEARS;
  int y = (in_era - in_era / 1460 + in_era / 36524 - in_era / (DAYS_IN_400_YEARS - 1)) / 365;
  int in_year = in_era - (365 * y + y / 4 - y / 100);
  int m = (5 * in_year + 2) / 153;

  *day_of_month = in_year - (153 * m + 2) / 5 + 1;
  *month = m < 10 ? m + 3 : m - 9;
  *year = era * 400 + y + (m < 10 ? 0 : 1);
}

int
kip_day_weekday (KipDay day)
{
  /* 1970-01-01 was a Thursday. */
  int w = (day + 3) % 7;

  return w < 0 ? w + 7 : w;
}

gboolean
kip_ymd_is_valid (int year,
                  int month,
                  int day)
{
  int y, m, d;

  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31)
    return FALSE;
  kip_day_to_ymd (kip_day_from_ymd (year, month, day), &y, &m, &d);
  return y == year && m == month && d == day;
}

static gboolean
read_digits (const char **at,
             int          count,
             int         *number)
{
  int value = 0;

  for (int i = 0; i < count; i++, (*at)++)
    {
      if (!g_ascii_isdigit (**at))
        return FALSE;
      value = value * 10 + (**at - '0');
    }
  *number = value;
  return TRUE;
}

gboolean
kip_day_parse (const char *text,
               KipDay     *day)
{
  int y, m, d;

  if (!read_digits (&text, 4, &y) || *text++ != '-'
      || !read_digits (&text, 2, &m) || *text++ != '-'
      || !read_digits (&text, 2, &d) || *text != '\0'
      || !kip_ymd_is_valid (y, m, d))
    return FALSE;
  *day = kip_day_from_ymd (y, m, d);
  return TRUE;
}

char *
kip_day_to_text (KipDay day)
{
  int y, m, d;

  kip_day_to_ymd (day, &y, &m, &d);
  return g_strdup_printf ("%04d-%02d-%02d", y, m, d);
}
