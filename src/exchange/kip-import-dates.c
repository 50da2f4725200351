/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-import-dates.h"

#include "kip-config.h"
#include "kip-error.h"
#include "kip-import-date-form.h"

#include <glib/gi18n-lib.h>

#define DEFAULT_FORMATS "iso;dd/mm/yyyy HH:MM:SS;dd-mm-yyyy HH:MM:SS;dd.mm.yyyy HH:MM:SS;dd mmm yyyy HH:MM:SS"

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
  GPtrArray *formats; /* (owned) of GArray of KipImportDatePart */
  GTimeZone *zone;    /* (owned) */
  DayOffset *days;    /* (owned) (nullable) N_DAYS_KEPT of them, by day modulo that */
};

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
      parts = kip_import_date_compile (names[i]);
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

/* ---- to an instant ---- */

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
to_instant (KipImportDates        *dates,
            const KipImportMoment *moment)
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
      KipImportMoment moment;
      KipInstant instant;

      if (!kip_import_date_read (dates->formats->pdata[i], text, &moment))
        continue;
      instant = to_instant (dates, &moment);
      if (!kip_instant_is_countable (instant))
        continue;
      *out = instant;
      return TRUE;
    }
  return FALSE;
}
