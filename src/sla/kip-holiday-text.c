/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-config.h"

#include "kip-holiday.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "kip-error.h"

#define TET_DAYS_APART 15 /* how far from mùng 1 a day still belongs to Tết */

/* "12-25" → 1225. */
static gboolean
parse_month_day (const char *text,
                 int        *date)
{
  int month, day;

  if (strlen (text) != 5 || text[2] != '-')
    return FALSE;
  for (int i = 0; i < 5; i++)
    if (i != 2 && !g_ascii_isdigit (text[i]))
      return FALSE;
  month = (text[0] - '0') * 10 + text[1] - '0';
  day = (text[3] - '0') * 10 + text[4] - '0';
  *date = month * 100 + day;
  return TRUE;
}

static gboolean
parse_yearly (const char *text,
              int        *date)
{
  return g_str_has_prefix (text, "*-") && parse_month_day (text + 2, date)
         && kip_ymd_is_valid (2000, *date / 100, *date % 100);
}

static gboolean
parse_lunar (const char *text,
             int        *date)
{
  return parse_month_day (text, date) && *date / 100 >= 1 && *date / 100 <= 12
         && *date % 100 >= 1 && *date % 100 <= 30;
}

static gboolean
parse_tet (const char *text,
           int        *days)
{
  char *end = NULL;
  long number = strtol (text, &end, 10);

  if (end == text || *end != '\0' || number < -TET_DAYS_APART || number > TET_DAYS_APART)
    return FALSE;
  *days = (int) number;
  return TRUE;
}

static gboolean
parse_date (const char *text,
            int        *day)
{
  return kip_day_parse (text, day);
}

typedef gboolean (*ParseEnd) (const char *text,
                              int        *end);

static gboolean
parse_range (const char *text,
             ParseEnd    parse_end,
             int        *from,
             int        *to)
{
  const char *dots = strstr (text, "..");
  g_autofree char *first = dots != NULL ? g_strndup (text, dots - text) : g_strdup (text);

  if (!parse_end (first, from))
    return FALSE;
  if (dots == NULL)
    {
      *to = *from;
      return TRUE;
    }
  return parse_end (dots + 2, to);
}

static gboolean
parse_rule (const char *text,
            KipHoliday *holiday)
{
  if (strcmp (text, "vn-national") == 0)
    holiday->kind = KIP_HOLIDAY_VN_NATIONAL;
  else if (g_str_has_prefix (text, "tet:"))
    holiday->kind = KIP_HOLIDAY_TET;
  else if (g_str_has_prefix (text, "lunar:"))
    holiday->kind = KIP_HOLIDAY_LUNAR;
  else if (*text == '*')
    holiday->kind = KIP_HOLIDAY_YEARLY;
  else
    holiday->kind = KIP_HOLIDAY_DATES;
  switch (holiday->kind)
    {
    case KIP_HOLIDAY_VN_NATIONAL:
      return TRUE;
    case KIP_HOLIDAY_TET:
      return parse_range (text + strlen ("tet:"), parse_tet, &holiday->from, &holiday->to)
             && holiday->from <= holiday->to;
    case KIP_HOLIDAY_LUNAR:
      return parse_range (text + strlen ("lunar:"), parse_lunar, &holiday->from, &holiday->to)
             && holiday->from <= holiday->to;
    case KIP_HOLIDAY_YEARLY:
      return parse_range (text, parse_yearly, &holiday->from, &holiday->to);
    case KIP_HOLIDAY_DATES:
    default:
      return parse_range (text, parse_date, &holiday->from, &holiday->to)
             && holiday->from <= holiday->to;
    }
}

static gboolean
parse_year (const char *text,
            int        *year)
{
  char *end = NULL;
  long number;

  *year = 0;
  if (*text == '\0')
    return TRUE;
  number = strtol (text, &end, 10);
  if (*end != '\0' || number < 1 || number > 9999)
    return FALSE;
  *year = (int) number;
  return TRUE;
}

static gboolean
parse_years (const char *text,
             KipHoliday *holiday)
{
  const char *dots = strstr (text, "..");
  g_autofree char *since = NULL;

  if (dots == NULL)
    return parse_year (text, &holiday->since) && parse_year (text, &holiday->until);
  since = g_strndup (text, dots - text);
  return parse_year (since, &holiday->since) && parse_year (dots + 2, &holiday->until);
}

KipHoliday *
kip_holiday_parse (const char *text,
                   GError    **error)
{
  g_autofree char *copy = g_strstrip (g_strdup (text));
  g_autoptr (KipHoliday) holiday = kip_holiday_new (KIP_HOLIDAY_DATES, 0, 0, NULL);
  char *name = strchr (copy, ' ');
  char *years;

  if (name != NULL)
    {
      *name++ = '\0';
      holiday->name = g_strdup (g_strchug (name));
    }
  years = strchr (copy, '@');
  if (years != NULL)
    *years++ = '\0';
  if (parse_rule (copy, holiday) && (years == NULL || parse_years (years, holiday)))
    return g_steal_pointer (&holiday);
  g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID,
               _("“%s” is not a holiday. Write a date such as 2026-04-30, *-12-25 for every year, "
                 "or two dates with .. between them."),
               text);
  return NULL;
}

static char *
end_to_text (KipHolidayKind kind,
             int            end)
{
  switch (kind)
    {
    case KIP_HOLIDAY_DATES:
      return kip_day_to_text (end);
    case KIP_HOLIDAY_YEARLY:
      return g_strdup_printf ("*-%02d-%02d", end / 100, end % 100);
    case KIP_HOLIDAY_LUNAR:
      return g_strdup_printf ("%02d-%02d", end / 100, end % 100);
    case KIP_HOLIDAY_TET:
      return g_strdup_printf ("%d", end);
    case KIP_HOLIDAY_VN_NATIONAL:
    default:
      return g_strdup ("vn-national");
    }
}

static void
append_years (GString          *out,
              const KipHoliday *holiday)
{
  if (holiday->since == 0 && holiday->until == 0)
    return;
  g_string_append_c (out, '@');
  if (holiday->since != 0)
    g_string_append_printf (out, "%d", holiday->since);
  g_string_append (out, "..");
  if (holiday->until != 0)
    g_string_append_printf (out, "%d", holiday->until);
}

char *
kip_holiday_to_text (const KipHoliday *holiday)
{
  GString *out = g_string_new (NULL);
  g_autofree char *from = end_to_text (holiday->kind, holiday->from);
  g_autofree char *to = end_to_text (holiday->kind, holiday->to);

  if (holiday->kind == KIP_HOLIDAY_TET)
    g_string_append (out, "tet:");
  if (holiday->kind == KIP_HOLIDAY_LUNAR)
    g_string_append (out, "lunar:");
  g_string_append (out, from);
  if (strcmp (from, to) != 0)
    g_string_append_printf (out, "..%s", to);
  append_years (out, holiday);
  if (holiday->name != NULL)
    g_string_append_printf (out, " %s", holiday->name);
  return g_string_free (out, FALSE);
}
