/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-import-date-form.h"

#include <string.h>

/* @min to @max digits. */
static gboolean
read_digits (const char **at,
             guint        min,
             guint        max,
             gint64      *number)
{
  const char *p = *at;
  gint64 n = 0;

  while (g_ascii_isdigit (*p) && (guint) (p - *at) < max)
    n = n * 10 + (*p++ - '0');
  if ((guint) (p - *at) < min)
    return FALSE;
  *number = n;
  *at = p;
  return TRUE;
}

static gboolean
read_int (const char **at,
          guint        min,
          guint        max,
          int         *number)
{
  gint64 n;

  if (!read_digits (at, min, max, &n))
    return FALSE;
  *number = (int) n;
  return TRUE;
}

static void
skip_space (const char **at)
{
  while (g_ascii_isspace (**at))
    (*at)++;
}

static void
read_fraction (const char     **at,
               KipImportMoment *moment)
{
  int scale = 100;

  if ((**at != '.' && **at != ',') || !g_ascii_isdigit ((*at)[1]))
    return;
  for ((*at)++; g_ascii_isdigit (**at); (*at)++)
    {
      moment->ms += (**at - '0') * scale;
      scale /= 10;
    }
}

/* ":05" where the pattern stops at the minutes. */
static gboolean
read_surplus_seconds (const char     **at,
                      KipImportMoment *moment)
{
  if (**at == ':' && g_ascii_isdigit ((*at)[1]))
    {
      (*at)++;
      if (!read_int (at, 2, 2, &moment->second))
        return FALSE;
    }
  read_fraction (at, moment);
  return TRUE;
}

static gboolean
starts_with_word (const char **at,
                  const char  *word)
{
  gsize length = strlen (word);

  if (g_ascii_strncasecmp (*at, word, length) != 0 || g_ascii_isalnum ((*at)[length]))
    return FALSE;
  *at += length;
  return TRUE;
}

/* AM, PM and their Vietnamese SA, CH; with and without dots. */
static gboolean
read_half_day (const char     **at,
               KipImportMoment *moment)
{
  const char *p = *at;
  gboolean after;

  skip_space (&p);
  if (starts_with_word (&p, "AM") || starts_with_word (&p, "A.M.") || starts_with_word (&p, "SA"))
    after = FALSE;
  else if (starts_with_word (&p, "PM") || starts_with_word (&p, "P.M.") || starts_with_word (&p, "CH"))
    after = TRUE;
  else
    return TRUE;
  if (moment->hour >= 1 && moment->hour <= 12)
    moment->hour = moment->hour % 12 + (after ? 12 : 0);
  *at = p;
  return TRUE;
}

static gboolean
read_zone (const char     **at,
           KipImportMoment *moment)
{
  int sign, hours = 0, minutes = 0;

  moment->has_zone = TRUE;
  if (starts_with_word (at, "Z") || starts_with_word (at, "UTC") || starts_with_word (at, "GMT"))
    return TRUE;
  if (**at != '+' && **at != '-')
    return FALSE;
  sign = **at == '-' ? -1 : 1;
  (*at)++;
  if (!read_int (at, 2, 2, &hours))
    return FALSE;
  if (**at == ':')
    (*at)++;
  if (g_ascii_isdigit (**at) && !read_int (at, 2, 2, &minutes))
    return FALSE;
  moment->offset = sign * (hours * 3600 + minutes * 60);
  return hours <= 14 && minutes < 60;
}

static gboolean
read_month_name (const char     **at,
                 KipImportMoment *moment)
{
  static const char *const names[] = {
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december"
  };
  static const char *const vietnamese[] = { "thg", "th\xc3\xa1ng", "Th\xc3\xa1ng", "th", NULL };

  for (guint i = 0; vietnamese[i] != NULL; i++)
    if (g_ascii_strncasecmp (*at, vietnamese[i], strlen (vietnamese[i])) == 0)
      {
        *at += strlen (vietnamese[i]);
        while (**at == ' ' || **at == '.')
          (*at)++;
        return read_int (at, 1, 2, &moment->month);
      }
  for (int i = 0; i < 12; i++)
    if (g_ascii_strncasecmp (*at, names[i], 3) == 0)
      {
        gsize n = 3;

        while (names[i][n] != '\0' && g_ascii_tolower ((*at)[n]) == names[i][n])
          n++;
        *at += n + ((*at)[n] == '.');
        moment->month = i + 1;
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_clock (const char     **at,
            KipImportMoment *moment)
{
  moment->has_time = TRUE;
  if (!read_int (at, 1, 2, &moment->hour))
    return FALSE;
  if (**at != ':')
    return **at == '\0';
  (*at)++;
  return read_int (at, 2, 2, &moment->minute) && read_surplus_seconds (at, moment)
         && read_half_day (at, moment);
}

static gboolean
read_iso (const char     **at,
          KipImportMoment *moment)
{
  char separator;

  if (!read_int (at, 4, 4, &moment->year))
    return FALSE;
  separator = **at;
  if (separator != '-' && separator != '/')
    return FALSE;
  (*at)++;
  if (!read_int (at, 1, 2, &moment->month) || **at != separator)
    return FALSE;
  (*at)++;
  if (!read_int (at, 1, 2, &moment->day))
    return FALSE;
  if (**at == 'T' || **at == 't')
    (*at)++;
  else
    skip_space (at);
  if (**at == '\0')
    return TRUE;
  if (!read_clock (at, moment))
    return FALSE;
  skip_space (at);
  return **at == '\0' || read_zone (at, moment);
}

/* A count of @unit_ms since the epoch; not so small that it could be a year. */
static gboolean
read_epoch (const char     **at,
            gint64           unit_ms,
            guint            min_digits,
            KipImportMoment *moment)
{
  gint64 n;

  if (!read_digits (at, min_digits, unit_ms == 1 ? 14 : 11, &n))
    return FALSE;
  moment->count_ms = n * unit_ms;
  moment->counted = TRUE;
  read_fraction (at, moment);
  return TRUE;
}

#define EXCEL_EPOCH 25569 /* the day 1970-01-01 as Excel counts */

/* 46093.6875: a local time. */
static gboolean
read_excel (const char     **at,
            KipImportMoment *moment)
{
  gint64 days, fraction = 0, scale = 1;

  if (!read_digits (at, 4, 6, &days))
    return FALSE;
  if (**at == '.')
    for ((*at)++; g_ascii_isdigit (**at); (*at)++)
      if (scale < G_GINT64_CONSTANT (10000000000))
        {
          fraction = fraction * 10 + (**at - '0');
          scale *= 10;
        }
  moment->count_ms = ((days - EXCEL_EPOCH) * 86400 + (fraction * 86400 + scale / 2) / scale) * KIP_MS_PER_SECOND;
  moment->counted = moment->is_local = TRUE;
  return TRUE;
}

static gboolean
read_short_year (const char     **at,
                 KipImportMoment *moment)
{
  if (!read_int (at, 2, 2, &moment->year) || g_ascii_isdigit (**at))
    return FALSE;
  moment->year += moment->year < 70 ? 2000 : 1900;
  return TRUE;
}

static gboolean
read_part (const KipImportDatePart *part,
           const char             **at,
           KipImportMoment         *moment)
{
  switch (part->kind)
    {
    case KIP_IMPORT_DATE_ISO:
      return read_iso (at, moment);
    case KIP_IMPORT_DATE_EPOCH:
      return read_epoch (at, KIP_MS_PER_SECOND, 7, moment);
    case KIP_IMPORT_DATE_EPOCH_MS:
      return read_epoch (at, 1, 11, moment);
    case KIP_IMPORT_DATE_EXCEL:
      return read_excel (at, moment);
    case KIP_IMPORT_DATE_DAY:
      return read_int (at, 1, 2, &moment->day);
    case KIP_IMPORT_DATE_MONTH:
      return read_int (at, 1, 2, &moment->month);
    case KIP_IMPORT_DATE_MONTH_NAME:
      return read_month_name (at, moment);
    case KIP_IMPORT_DATE_YEAR:
      return read_int (at, 4, 4, &moment->year);
    case KIP_IMPORT_DATE_SHORT_YEAR:
      return read_short_year (at, moment);
    case KIP_IMPORT_DATE_HOUR:
      moment->has_time = TRUE;
      return read_int (at, 1, 2, &moment->hour);
    case KIP_IMPORT_DATE_MINUTE:
      return read_int (at, 2, 2, &moment->minute);
    case KIP_IMPORT_DATE_SECOND:
      return read_int (at, 2, 2, &moment->second);
    case KIP_IMPORT_DATE_ZONE:
      return read_zone (at, moment);
    case KIP_IMPORT_DATE_SPACE:
      skip_space (at);
      return TRUE;
    case KIP_IMPORT_DATE_CHARACTER:
    default:
      return *(*at)++ == part->character;
    }
}

/* A text may lack the seconds or the whole time of day that the pattern ends with. */
static gboolean
may_end_before (GArray *parts,
                guint   i)
{
  for (; i < parts->len; i++)
    {
      KipImportDatePartKind kind = g_array_index (parts, KipImportDatePart, i).kind;

      if (kind == KIP_IMPORT_DATE_DAY || kind == KIP_IMPORT_DATE_MONTH || kind == KIP_IMPORT_DATE_MONTH_NAME
          || kind == KIP_IMPORT_DATE_YEAR || kind == KIP_IMPORT_DATE_SHORT_YEAR || kind == KIP_IMPORT_DATE_ISO)
        return FALSE;
    }
  return TRUE;
}

/* The pattern says ":SS" but the text has no seconds: " PM", or the date comes next. */
static gboolean
lacks_seconds (GArray     *parts,
               guint       i,
               const char *at)
{
  return *at != ':' && i + 1 < parts->len
         && g_array_index (parts, KipImportDatePart, i).kind == KIP_IMPORT_DATE_CHARACTER
         && g_array_index (parts, KipImportDatePart, i + 1).kind == KIP_IMPORT_DATE_SECOND;
}

static gboolean
is_real (const KipImportMoment *moment)
{
  return moment->counted
         || (g_date_valid_dmy ((GDateDay) moment->day, (GDateMonth) moment->month, (GDateYear) moment->year)
             && moment->hour <= 24 && moment->minute < 60 && moment->second <= 60
             && (moment->hour < 24 || (moment->minute == 0 && moment->second == 0)));
}

static gboolean
read_with (GArray          *parts,
           const char      *text,
           KipImportMoment *moment)
{
  const char *at = text;

  memset (moment, 0, sizeof *moment);
  for (guint i = 0; i < parts->len; i++)
    {
      if (*at == '\0' && i > 0)
        return may_end_before (parts, i);
      if (lacks_seconds (parts, i, at))
        i++;
      else if (!read_part (&g_array_index (parts, KipImportDatePart, i), &at, moment))
        return FALSE;
      if (g_array_index (parts, KipImportDatePart, i).kind == KIP_IMPORT_DATE_SECOND && !read_half_day (&at, moment))
        return FALSE;
    }
  if (moment->has_time && (!read_surplus_seconds (&at, moment) || !read_half_day (&at, moment)))
    return FALSE;
  skip_space (&at);
  return *at == '\0' || (moment->has_time && !moment->has_zone && read_zone (&at, moment) && *at == '\0');
}

gboolean
kip_import_date_read (GArray          *parts,
                      const char      *text,
                      KipImportMoment *moment)
{
  return read_with (parts, text, moment) && is_real (moment);
}
