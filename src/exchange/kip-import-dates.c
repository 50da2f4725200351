/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-import-dates.h"

#include "kip-config.h"
#include "kip-error.h"

#include <string.h>
#include <glib/gi18n-lib.h>

/* Formats that are tried when none is named, and from which a guess is made. */
static const char *const usual_formats[] = {
  "iso",
  "dd/mm/yyyy HH:MM:SS",
  "mm/dd/yyyy HH:MM:SS",
  "dd-mm-yyyy HH:MM:SS",
  "dd.mm.yyyy HH:MM:SS",
  "dd mmm yyyy HH:MM:SS",
  "mmm dd, yyyy HH:MM:SS",
  "dd/mmm/yy HH:MM:SS",
  "HH:MM:SS dd/mm/yyyy",
  "dd/mm/yy HH:MM:SS",
  "mm/dd/yy HH:MM:SS",
  "yyyymmdd HH:MM:SS",
  "epoch",
  "epoch-ms",
};

#define DEFAULT_FORMATS "iso;dd/mm/yyyy HH:MM:SS;dd-mm-yyyy HH:MM:SS;dd.mm.yyyy HH:MM:SS;dd mmm yyyy HH:MM:SS"

typedef enum
{
  PART_ISO,
  PART_EPOCH,
  PART_EPOCH_MS,
  PART_EXCEL,
  PART_DAY,
  PART_MONTH,
  PART_MONTH_NAME,
  PART_YEAR,
  PART_SHORT_YEAR,
  PART_HOUR,
  PART_MINUTE,
  PART_SECOND,
  PART_ZONE,
  PART_SPACE,
  PART_CHARACTER
} PartKind;

typedef struct
{
  PartKind kind;
  char     character;
} Part;

/* What was read of a text so far. */
typedef struct
{
  int      year, month, day;
  int      hour, minute, second, ms;
  int      offset;   /* seconds east of UTC */
  gboolean has_zone;
  gboolean counted;    /* not a date but a count: */
  gint64   count_ms;   /* milliseconds since 1970, of UTC unless is_local */
  gboolean is_local;
  gboolean has_time;
} Moment;

/* The offset of a zone on one day; most days have only one. */
typedef struct
{
  gint64   day;
  gint32   offset;
  gboolean uniform;
} DayOffset;

#define N_DAYS_KEPT 1024

struct _KipImportDates
{
  GPtrArray *formats; /* (owned) of GArray of Part */
  GTimeZone *zone;    /* (owned) */
  DayOffset *days;    /* (owned) (nullable) N_DAYS_KEPT of them, by day modulo that */
};

/* ---- formats ---- */

static const struct
{
  const char *text;
  PartKind    kind;
} tokens[] = {
  { "yyyy", PART_YEAR },
  { "mmm", PART_MONTH_NAME },
  { "zzz", PART_ZONE },
  { "yy", PART_SHORT_YEAR },
  { "mm", PART_MONTH },
  { "dd", PART_DAY },
  { "HH", PART_HOUR },
  { "hh", PART_HOUR },
  { "MM", PART_MINUTE },
  { "SS", PART_SECOND },
};

static const struct
{
  const char *text;
  PartKind    kind;
} whole_formats[] = {
  { "iso", PART_ISO },
  { "epoch", PART_EPOCH },
  { "epoch-ms", PART_EPOCH_MS },
  { "excel", PART_EXCEL },
};

static Part
next_part (const char **at)
{
  Part part = { PART_CHARACTER, **at };

  for (gsize i = 0; i < G_N_ELEMENTS (tokens); i++)
    if (g_str_has_prefix (*at, tokens[i].text))
      {
        *at += strlen (tokens[i].text);
        part.kind = tokens[i].kind;
        return part;
      }
  if (g_ascii_isspace (**at))
    part.kind = PART_SPACE;
  (*at)++;
  return part;
}

static gboolean
has_part (GArray  *parts,
          PartKind kind)
{
  for (guint i = 0; i < parts->len; i++)
    if (g_array_index (parts, Part, i).kind == kind)
      return TRUE;
  return FALSE;
}

/* NULL when @format is none: a pattern needs a day, a month and a year. */
static GArray *
compile (const char *format)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (Part));

  for (gsize i = 0; i < G_N_ELEMENTS (whole_formats); i++)
    if (g_ascii_strcasecmp (format, whole_formats[i].text) == 0)
      {
        Part part = { whole_formats[i].kind, 0 };

        g_array_append_val (parts, part);
        return g_steal_pointer (&parts);
      }
  for (const char *at = format; *at != '\0';)
    {
      Part part = next_part (&at);

      g_array_append_val (parts, part);
    }
  if (!has_part (parts, PART_DAY)
      || !(has_part (parts, PART_MONTH) || has_part (parts, PART_MONTH_NAME))
      || !(has_part (parts, PART_YEAR) || has_part (parts, PART_SHORT_YEAR)))
    return NULL;
  return g_steal_pointer (&parts);
}

KipImportDates *
kip_import_dates_new (const char *formats,
                      GTimeZone  *zone,
                      GError    **error)
{
  g_autoptr (KipImportDates) dates = g_new0 (KipImportDates, 1);
  g_auto (GStrv) names = g_strsplit (formats != NULL && *formats != '\0' ? formats : DEFAULT_FORMATS, ";", -1);

  dates->formats = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  dates->zone = zone != NULL ? g_time_zone_ref (zone) : g_time_zone_new_utc ();
  for (guint i = 0; names[i] != NULL; i++)
    {
      GArray *parts;

      g_strstrip (names[i]);
      if (*names[i] == '\0')
        continue;
      parts = compile (names[i]);
      if (parts == NULL)
        {
          g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID,
                       _("“%s” is not a form of dates. Nothing was imported. Write for instance "
                         "iso, epoch, or a pattern such as dd/mm/yyyy HH:MM."), names[i]);
          return NULL;
        }
      g_ptr_array_add (dates->formats, parts);
    }
  return g_steal_pointer (&dates);
}

void
kip_import_dates_free (KipImportDates *dates)
{
  g_ptr_array_unref (dates->formats);
  g_time_zone_unref (dates->zone);
  g_free (dates->days);
  g_free (dates);
}

/* ---- reading ---- */

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
read_fraction (const char **at,
               Moment      *moment)
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
read_surplus_seconds (const char **at,
                      Moment      *moment)
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
read_half_day (const char **at,
               Moment      *moment)
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
read_zone (const char **at,
           Moment      *moment)
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
read_month_name (const char **at,
                 Moment      *moment)
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
read_clock (const char **at,
            Moment      *moment)
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
read_iso (const char **at,
          Moment      *moment)
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
read_epoch (const char **at,
            gint64       unit_ms,
            guint        min_digits,
            Moment      *moment)
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
read_excel (const char **at,
            Moment      *moment)
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
read_short_year (const char **at,
                 Moment      *moment)
{
  if (!read_int (at, 2, 2, &moment->year) || g_ascii_isdigit (**at))
    return FALSE;
  moment->year += moment->year < 70 ? 2000 : 1900;
  return TRUE;
}

static gboolean
read_part (const Part  *part,
           const char **at,
           Moment      *moment)
{
  switch (part->kind)
    {
    case PART_ISO:
      return read_iso (at, moment);
    case PART_EPOCH:
      return read_epoch (at, KIP_MS_PER_SECOND, 7, moment);
    case PART_EPOCH_MS:
      return read_epoch (at, 1, 11, moment);
    case PART_EXCEL:
      return read_excel (at, moment);
    case PART_DAY:
      return read_int (at, 1, 2, &moment->day);
    case PART_MONTH:
      return read_int (at, 1, 2, &moment->month);
    case PART_MONTH_NAME:
      return read_month_name (at, moment);
    case PART_YEAR:
      return read_int (at, 4, 4, &moment->year);
    case PART_SHORT_YEAR:
      return read_short_year (at, moment);
    case PART_HOUR:
      moment->has_time = TRUE;
      return read_int (at, 1, 2, &moment->hour);
    case PART_MINUTE:
      return read_int (at, 2, 2, &moment->minute);
    case PART_SECOND:
      return read_int (at, 2, 2, &moment->second);
    case PART_ZONE:
      return read_zone (at, moment);
    case PART_SPACE:
      skip_space (at);
      return TRUE;
    case PART_CHARACTER:
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
      PartKind kind = g_array_index (parts, Part, i).kind;

      if (kind == PART_DAY || kind == PART_MONTH || kind == PART_MONTH_NAME
          || kind == PART_YEAR || kind == PART_SHORT_YEAR || kind == PART_ISO)
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
         && g_array_index (parts, Part, i).kind == PART_CHARACTER
         && g_array_index (parts, Part, i + 1).kind == PART_SECOND;
}

static gboolean
read_with (GArray     *parts,
           const char *text,
           Moment     *moment)
{
  const char *at = text;

  memset (moment, 0, sizeof *moment);
  for (guint i = 0; i < parts->len; i++)
    {
      if (*at == '\0' && i > 0)
        return may_end_before (parts, i);
      if (lacks_seconds (parts, i, at))
        i++;
      else if (!read_part (&g_array_index (parts, Part, i), &at, moment))
        return FALSE;
      if (g_array_index (parts, Part, i).kind == PART_SECOND && !read_half_day (&at, moment))
        return FALSE;
    }
  if (moment->has_time && (!read_surplus_seconds (&at, moment) || !read_half_day (&at, moment)))
    return FALSE;
  skip_space (&at);
  return *at == '\0' || (moment->has_time && !moment->has_zone && read_zone (&at, moment) && *at == '\0');
}

/* ---- to an instant ---- */

static gboolean
is_real (const Moment *moment)
{
  return moment->counted
         || (g_date_valid_dmy ((GDateDay) moment->day, (GDateMonth) moment->month, (GDateYear) moment->year)
             && moment->hour <= 24 && moment->minute < 60 && moment->second <= 60
             && (moment->hour < 24 || (moment->minute == 0 && moment->second == 0)));
}

/* Days since 1970-01-01 of a date of the Gregorian calendar, counted in eras of
 * 400 years from 1 March. */
static gint64
days_of (int year,
         int month,
         int day)
{
  gint64 y = month <= 2 ? year - 1 : year;
  gint64 era = y / 400;
  gint64 of_era = y - era * 400;
  gint64 of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static gint32
offset_at (GTimeZone *zone,
           gint64     utc)
{
  return g_time_zone_get_offset (zone, g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, utc));
}

/* UTC seconds of a local time near which the offset changes. */
static gint64
resolve_local (GTimeZone *zone,
               gint64     local)
{
  gint32 before = offset_at (zone, local - 36 * 3600);
  gint32 after = offset_at (zone, local + 36 * 3600);

  if (offset_at (zone, local - before) == before)
    return local - before;
  if (offset_at (zone, local - after) == after)
    return local - after;
  return local - before;
}

static void
forget_days (KipImportDates *dates)
{
  dates->days = g_new (DayOffset, N_DAYS_KEPT);
  for (guint i = 0; i < N_DAYS_KEPT; i++)
    dates->days[i].day = G_MININT64;
}

static gint64
local_to_utc (KipImportDates *dates,
              gint64          local)
{
  gint64 day = local / 86400 - (local % 86400 < 0);
  DayOffset *kept;

  if (dates->days == NULL)
    forget_days (dates);
  kept = &dates->days[(guint64) day % N_DAYS_KEPT];
  if (kept->day != day)
    {
      kept->day = day;
      kept->offset = offset_at (dates->zone, (day - 2) * 86400);
      kept->uniform = offset_at (dates->zone, (day + 3) * 86400) == kept->offset;
    }
  return kept->uniform ? local - kept->offset : resolve_local (dates->zone, local);
}

static KipInstant
to_instant (KipImportDates *dates,
            const Moment   *moment)
{
  gint64 local;

  if (moment->counted && moment->is_local)
    return local_to_utc (dates, moment->count_ms / KIP_MS_PER_SECOND) * KIP_MS_PER_SECOND;
  if (moment->counted)
    return moment->count_ms + moment->ms;
  local = days_of (moment->year, moment->month, moment->day) * 86400
          + moment->hour * 3600 + moment->minute * 60 + moment->second;
  return (moment->has_zone ? local - moment->offset : local_to_utc (dates, local)) * KIP_MS_PER_SECOND
         + moment->ms;
}

gboolean
kip_import_dates_parse (KipImportDates *dates,
                        const char     *text,
                        KipInstant     *out)
{
  while (g_ascii_isspace (*text))
    text++;
  for (guint i = 0; *text != '\0' && i < dates->formats->len; i++)
    {
      Moment moment;

      if (!read_with (dates->formats->pdata[i], text, &moment) || !is_real (&moment))
        continue;
      *out = to_instant (dates, &moment);
      return TRUE;
    }
  return FALSE;
}

/* ---- guessing ---- */

static gboolean
is_readable (GArray     *parts,
             const char *text)
{
  Moment moment;

  while (g_ascii_isspace (*text))
    text++;
  return *text != '\0' && read_with (parts, text, &moment) && is_real (&moment);
}

static GPtrArray *
compile_usual (void)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (gsize i = 0; i < G_N_ELEMENTS (usual_formats); i++)
    g_ptr_array_add (all, compile (usual_formats[i]));
  return all;
}

gboolean
kip_import_dates_is_usual (const char *text)
{
  g_autoptr (GPtrArray) usual = compile_usual ();

  for (guint i = 0; i < usual->len; i++)
    if (is_readable (usual->pdata[i], text))
      return TRUE;
  return FALSE;
}

/* How many of @samples @parts reads of those not yet read; marks them with @mark. */
static guint
count_readable (GArray            *parts,
                const char *const *samples,
                guint              n,
                gboolean          *read,
                gboolean           mark)
{
  guint count = 0;

  for (guint i = 0; i < n; i++)
    if (!read[i] && is_readable (parts, samples[i]))
      {
        count++;
        read[i] = mark;
      }
  return count;
}

char *
kip_import_dates_guess (const char *const *samples,
                        guint              n)
{
  g_autoptr (GPtrArray) usual = compile_usual ();
  g_autoptr (GString) list = g_string_new (NULL);
  g_autofree gboolean *read = g_new0 (gboolean, n + 1);
  guint left = 0;

  for (guint i = 0; i < n; i++)
    {
      read[i] = *samples[i] == '\0';
      left += !read[i];
    }
  while (left > 0)
    {
      guint best = 0, best_count = 0;

      for (guint f = 0; f < usual->len; f++)
        {
          guint count = count_readable (usual->pdata[f], samples, n, read, FALSE);

          if (count > best_count)
            {
              best = f;
              best_count = count;
            }
        }
      if (best_count == 0)
        return NULL;
      left -= count_readable (usual->pdata[best], samples, n, read, TRUE);
      g_string_append_printf (list, "%s%s", list->len > 0 ? ";" : "", usual_formats[best]);
    }
  return list->len > 0 ? g_string_free (g_steal_pointer (&list), FALSE) : NULL;
}
