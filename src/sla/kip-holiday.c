/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-config.h"

#include "kip-holiday.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "kip-lunar.h"

#define RULE(kind, day, since) { KIP_HOLIDAY_##kind, day, day, since, 0, NULL }

/* Both names stand here rather than in the catalogues: a calendar made in one
 * language is read in the other, and the words are the law's own. */
static const KipPublicHoliday public_holidays[] = {
  { "new_year", RULE (YEARLY, 101, 0), "New Year's Day", "Tết Dương lịch" },
  { "tet_eve", RULE (TET, -1, 0), "Lunar New Year's Eve", "Giao thừa (ngày cuối năm âm lịch)" },
  { "tet_1", RULE (TET, 0, 0), "Lunar New Year day 1", "Tết Nguyên Đán (mùng 1)" },
  { "tet_2", RULE (TET, 1, 0), "Lunar New Year day 2", "Mùng 2 Tết" },
  { "tet_3", RULE (TET, 2, 0), "Lunar New Year day 3", "Mùng 3 Tết" },
  { "tet_4", RULE (TET, 3, 2013), "Lunar New Year day 4", "Mùng 4 Tết" },
  { "hung_kings", RULE (LUNAR, 310, 2007), "Hung Kings' Commemoration Day", "Giỗ Tổ Hùng Vương" },
  { "reunification", RULE (YEARLY, 430, 0), "Reunification Day",
    "Ngày Chiến thắng (Giải phóng miền Nam)" },
  { "labour", RULE (YEARLY, 501, 0), "International Labour Day", "Ngày Quốc tế Lao động" },
  { "national", RULE (YEARLY, 902, 0), "National Day", "Quốc khánh" },
  { "national_extra", RULE (VN_NATIONAL, 0, 2021), "National Day, second day",
    "Quốc khánh (ngày liền kề)" },
};

const KipPublicHoliday *
kip_public_holidays (guint *n)
{
  *n = G_N_ELEMENTS (public_holidays);
  return public_holidays;
}

const char *
kip_public_holiday_get_name (const KipPublicHoliday *holiday)
{
  const char *const *languages = g_get_language_names ();

  return g_str_has_prefix (languages[0], "vi") ? holiday->name_vi : holiday->name_en;
}

KipHoliday *
kip_holiday_new (KipHolidayKind kind,
                 int            from,
                 int            to,
                 const char    *name)
{
  KipHoliday *holiday = g_new0 (KipHoliday, 1);

  holiday->kind = kind;
  holiday->from = from;
  holiday->to = to;
  holiday->name = name != NULL && *name != '\0' ? g_strdup (name) : NULL;
  return holiday;
}

KipHoliday *
kip_holiday_copy (const KipHoliday *holiday)
{
  KipHoliday *copy = kip_holiday_new (holiday->kind, holiday->from, holiday->to, holiday->name);

  copy->since = holiday->since;
  copy->until = holiday->until;
  return copy;
}

void
kip_holiday_free (KipHoliday *holiday)
{
  if (holiday == NULL)
    return;
  g_free (holiday->name);
  g_free (holiday);
}

/* A date that a common year lacks (29 February): the range shrinks, a single day is left out. */
static gboolean
yearly_days (int     from,
             int     to,
             int     year,
             KipDay *first,
             KipDay *last)
{
  int last_year = to < from ? year + 1 : year;
  KipDay a = kip_day_from_ymd (year, from / 100, from % 100);
  KipDay b = kip_day_from_ymd (last_year, to / 100, to % 100);

  if (!kip_ymd_is_valid (last_year, to / 100, to % 100))
    b--;
  if (b < a)
    return FALSE;
  *first = a;
  *last = b;
  return TRUE;
}

static gboolean
tet_days (int     from,
          int     to,
          int     year,
          KipDay *first,
          KipDay *last)
{
  KipDay tet = kip_lunar_tet (year);

  if (tet == KIP_DAY_NONE)
    return FALSE;
  *first = tet + from;
  *last = tet + to;
  return TRUE;
}

/* The end of a lunar year falls into the following Gregorian one: it is looked for there. */
static KipDay
lunar_day_in (int date,
              int year)
{
  for (int y = year; y >= year - 1; y--)
    {
      KipDay day = kip_lunar_to_day (y, date / 100, date % 100);
      int yy, mm, dd;

      if (day == KIP_DAY_NONE)
        continue;
      kip_day_to_ymd (day, &yy, &mm, &dd);
      if (yy == year)
        return day;
    }
  return KIP_DAY_NONE;
}

static gboolean
lunar_days (int     from,
            int     to,
            int     year,
            KipDay *first,
            KipDay *last)
{
  KipDay a = lunar_day_in (from, year);
  KipDay b = to == from ? a : lunar_day_in (to, year);

  if (a == KIP_DAY_NONE || b == KIP_DAY_NONE || b < a)
    return FALSE;
  *first = a;
  *last = b;
  return TRUE;
}

/* By custom the day that makes the longer rest with the weekend: the 3rd when
 * 2 September is a Monday, Thursday or Sunday, else the 1st.  It agrees with the
 * decisions of 2021–2025; the government decides every year anew. */
static void
national_day_beside (int     year,
                     KipDay *first,
                     KipDay *last)
{
  KipDay day = kip_day_from_ymd (year, 9, 2);
  int weekday = kip_day_weekday (day);

  *first = *last = weekday == 0 || weekday == 3 || weekday == 6 ? day + 1 : day - 1;
}

gboolean
kip_holiday_in_year (const KipHoliday *holiday,
                     int               year,
                     KipDay           *first,
                     KipDay           *last)
{
  int y, m, d;

  if ((holiday->since != 0 && year < holiday->since)
      || (holiday->until != 0 && year > holiday->until))
    return FALSE;
  switch (holiday->kind)
    {
    case KIP_HOLIDAY_DATES:
      kip_day_to_ymd (holiday->from, &y, &m, &d);
      *first = holiday->from;
      *last = holiday->to;
      return y == year && *first <= *last;
    case KIP_HOLIDAY_YEARLY:
      return yearly_days (holiday->from, holiday->to, year, first, last);
    case KIP_HOLIDAY_TET:
      return tet_days (holiday->from, holiday->to, year, first, last);
    case KIP_HOLIDAY_LUNAR:
      return lunar_days (holiday->from, holiday->to, year, first, last);
    case KIP_HOLIDAY_VN_NATIONAL:
      national_day_beside (year, first, last);
      return TRUE;
    default:
      return FALSE; /* a newer Kip's */
    }
}

gboolean
kip_holiday_covers (const KipHoliday *holiday,
                    KipDay            day)
{
  int year, m, d;
  KipDay first, last;

  if (holiday->kind == KIP_HOLIDAY_DATES)
    return day >= holiday->from && day <= holiday->to;
  kip_day_to_ymd (day, &year, &m, &d);
  for (int y = year - 1; y <= year + 1; y++)
    if (kip_holiday_in_year (holiday, y, &first, &last) && day >= first && day <= last)
      return TRUE;
  return FALSE;
}

const char *
kip_holiday_get_name (const KipHoliday *holiday,
                      KipDay            day)
{
  if (holiday->name != NULL)
    return holiday->name;
  for (guint i = 0; holiday->kind != KIP_HOLIDAY_DATES && i < G_N_ELEMENTS (public_holidays); i++)
    if (public_holidays[i].rule.kind == holiday->kind
        && kip_holiday_covers (&public_holidays[i].rule, day))
      return kip_public_holiday_get_name (&public_holidays[i]);
  return _("Holiday");
}

enum
{
  KEY_KIND = 1,
  KEY_FROM,
  KEY_TO,
  KEY_SINCE,
  KEY_UNTIL,
  KEY_NAME
};

KipValue *
kip_holiday_to_value (const KipHoliday *holiday)
{
  KipValue *map = kip_value_map ();

  kip_value_put (map, KEY_KIND, kip_value_int (holiday->kind));
  kip_value_put (map, KEY_FROM, kip_value_int (holiday->from));
  kip_value_put (map, KEY_TO, kip_value_int (holiday->to));
  if (holiday->since != 0)
    kip_value_put (map, KEY_SINCE, kip_value_int (holiday->since));
  if (holiday->until != 0)
    kip_value_put (map, KEY_UNTIL, kip_value_int (holiday->until));
  if (holiday->name != NULL)
    kip_value_put (map, KEY_NAME, kip_value_text (holiday->name));
  return map;
}

KipHoliday *
kip_holiday_from_value (const KipValue *value)
{
  KipHoliday *holiday;
  gint64 from = kip_value_map_int (value, KEY_FROM, 0);
  gint64 to = kip_value_map_int (value, KEY_TO, from);

  if (kip_value_type (value) != KIP_VALUE_MAP || ABS (from) > 10000000 || ABS (to) > 10000000)
    return NULL;
  holiday = kip_holiday_new ((KipHolidayKind) kip_value_map_int (value, KEY_KIND, 0), (int) from,
                             (int) to, kip_value_map_text (value, KEY_NAME));
  holiday->since = (int) CLAMP (kip_value_map_int (value, KEY_SINCE, 0), 0, 9999);
  holiday->until = (int) CLAMP (kip_value_map_int (value, KEY_UNTIL, 0), 0, 9999);
  return holiday;
}
