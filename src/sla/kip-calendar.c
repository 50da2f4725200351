/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-calendar-private.h"

#define YEARS_BEFORE 1
#define YEARS_AFTER 3

KipCalendar *
kip_calendar_new (const KipCalendarSpec *spec)
{
  KipCalendar *calendar = g_new0 (KipCalendar, 1);

  g_atomic_ref_count_init (&calendar->refs);
  calendar->spec = kip_calendar_spec_copy (spec);
  calendar->zone = g_time_zone_new_identifier (spec->zone);
  if (calendar->zone == NULL)
    calendar->zone = g_time_zone_new_utc ();
  g_mutex_init (&calendar->mutex);
  calendar->tables = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_calendar_table_free);
  return calendar;
}

KipCalendar *
kip_calendar_ref (KipCalendar *calendar)
{
  g_atomic_ref_count_inc (&calendar->refs);
  return calendar;
}

void
kip_calendar_unref (KipCalendar *calendar)
{
  if (calendar == NULL || !g_atomic_ref_count_dec (&calendar->refs))
    return;
  kip_calendar_spec_free (calendar->spec);
  g_time_zone_unref (calendar->zone);
  g_mutex_clear (&calendar->mutex);
  g_ptr_array_unref (calendar->tables);
  g_free (calendar);
}

const KipCalendarSpec *
kip_calendar_get_spec (KipCalendar *calendar)
{
  return calendar->spec;
}

GTimeZone *
kip_calendar_get_zone (KipCalendar *calendar)
{
  return calendar->zone;
}

static int
utc_year (KipInstant at)
{
  const gint64 limit = 10000 * 366 * KIP_MS_PER_DAY;
  int year, month, day;

  kip_day_to_ymd ((KipDay) (CLAMP (at, -limit / 8, limit) / KIP_MS_PER_DAY), &year, &month, &day);
  return year;
}

/* Makes a table for at least @first … @last, each span at least twice the one before
 * so that wandering through a century compiles it a few times, not a hundred. */
static void
widen (KipCalendar *calendar,
       int          first,
       int          last)
{
  KipCalendarTable *old = calendar->table;
  KipCalendarTable *wider;

  if (old != NULL)
    {
      int span = old->last_year - old->first_year + 1;

      first = first < old->first_year ? MIN (first, old->first_year - span) : old->first_year;
      last = last > old->last_year ? MAX (last, old->last_year + span) : old->last_year;
    }
  wider = kip_calendar_table_new (calendar->spec, calendar->zone,
                                  MAX (first, KIP_CALENDAR_FIRST_YEAR), MIN (last, KIP_CALENDAR_LAST_YEAR));
  g_ptr_array_add (calendar->tables, wider);
  g_atomic_pointer_set (&calendar->table, wider);
}

static gboolean
holds_years (const KipCalendarTable *table,
             int                     first,
             int                     last)
{
  return table != NULL && table->first_year <= first && table->last_year >= last;
}

static const KipCalendarTable *
table_for_years (KipCalendar *calendar,
                 int          first,
                 int          last)
{
  first = CLAMP (first, KIP_CALENDAR_FIRST_YEAR, KIP_CALENDAR_LAST_YEAR);
  last = CLAMP (last, KIP_CALENDAR_FIRST_YEAR, KIP_CALENDAR_LAST_YEAR);
  g_mutex_lock (&calendar->mutex);
  if (!holds_years (calendar->table, first, last))
    widen (calendar, first, last);
  g_mutex_unlock (&calendar->mutex);
  return g_atomic_pointer_get (&calendar->table);
}

/* A table that holds @at; NULL beyond the years we know. */
static inline const KipCalendarTable *
table_at (KipCalendar *calendar,
          KipInstant   at)
{
  const KipCalendarTable *table = g_atomic_pointer_get (&calendar->table);
  int year;

  if (G_LIKELY (table != NULL && at >= table->from && at < table->to))
    return table;
  year = utc_year (at);
  if (year < KIP_CALENDAR_FIRST_YEAR || year > KIP_CALENDAR_LAST_YEAR)
    return NULL;
  table = table_for_years (calendar, year - YEARS_BEFORE, year + YEARS_AFTER);
  return at >= table->from && at < table->to ? table : NULL;
}

/* The next wider table towards the future; NULL when there is none. */
static const KipCalendarTable *
table_later (KipCalendar            *calendar,
             const KipCalendarTable *table)
{
  if (table->last_year >= KIP_CALENDAR_LAST_YEAR)
    return NULL;
  return table_for_years (calendar, table->first_year, table->last_year + 1);
}

static const KipCalendarTable *
table_earlier (KipCalendar            *calendar,
               const KipCalendarTable *table)
{
  if (table->first_year <= KIP_CALENDAR_FIRST_YEAR)
    return NULL;
  return table_for_years (calendar, table->first_year - 1, table->last_year);
}

/* Far beyond our years, and no sum with it overflows. */
#define LONGEST (G_MAXINT64 / 4)

KipInstant
kip_calendar_add_ms (KipCalendar *calendar,
                     KipInstant   start,
                     gint64       ms)
{
  const KipCalendarTable *table = table_at (calendar, start);

  if (ms <= 0 || ms > LONGEST || table == NULL)
    return ms == 0 && table != NULL ? start : KIP_INSTANT_NONE;
  for (; table != NULL; table = table_later (calendar, table))
    {
      gint64 work = kip_calendar_table_work_at (table, start) + ms;

      if (G_LIKELY (work <= table->total))
        {
          const KipOpen *open = &table->opens[kip_calendar_table_reach (table, work)];
          return open->start + work - open->before;
        }
    }
  return KIP_INSTANT_NONE;
}

KipInstant
kip_calendar_add (KipCalendar *calendar,
                  KipInstant   start,
                  gint64       seconds)
{
  return kip_calendar_add_ms (calendar, start, MIN (seconds, LONGEST / KIP_MS_PER_SECOND) * KIP_MS_PER_SECOND);
}

KipInstant
kip_calendar_subtract (KipCalendar *calendar,
                       KipInstant   end,
                       gint64       seconds)
{
  const KipCalendarTable *table = table_at (calendar, end);

  if (seconds <= 0 || seconds > LONGEST / KIP_MS_PER_SECOND || table == NULL)
    return seconds == 0 && table != NULL ? end : KIP_INSTANT_NONE;
  for (; table != NULL; table = table_earlier (calendar, table))
    {
      gint64 work = kip_calendar_table_work_at (table, end) - seconds * KIP_MS_PER_SECOND;

      if (work >= 0)
        {
          /* The first stretch that reaches past @work: at a closing, the next opening. */
          const KipOpen *open = &table->opens[kip_calendar_table_reach (table, work + 1)];
          return open->start + work - open->before;
        }
    }
  return KIP_INSTANT_NONE;
}

/* A table that holds both, as far as we know the years; a ≤ b. */
static const KipCalendarTable *
table_of_both (KipCalendar *calendar,
               KipInstant   a,
               KipInstant   b)
{
  const KipCalendarTable *table = table_at (calendar, a);

  if (table == NULL || b > table->to)
    table = table_for_years (calendar, utc_year (a) - YEARS_BEFORE, utc_year (b) + 1);
  return table;
}

gint64
kip_calendar_between_ms (KipCalendar *calendar,
                         KipInstant   a,
                         KipInstant   b)
{
  const KipCalendarTable *table;

  if (b <= a)
    return 0;
  table = table_of_both (calendar, a, b);
  return kip_calendar_table_work_at (table, CLAMP (b, table->from, table->to))
         - kip_calendar_table_work_at (table, CLAMP (a, table->from, table->to));
}

gint64
kip_calendar_distance (KipCalendar *calendar,
                       KipInstant   a,
                       KipInstant   b)
{
  const KipCalendarTable *table;

  if (b < a)
    return -kip_calendar_between (calendar, b, a);
  table = table_of_both (calendar, a, b);
  return kip_calendar_table_work_at (table, CLAMP (b, table->from, table->to)) / KIP_MS_PER_SECOND
         - kip_calendar_table_work_at (table, CLAMP (a, table->from, table->to)) / KIP_MS_PER_SECOND;
}

gint64
kip_calendar_between (KipCalendar *calendar,
                      KipInstant   a,
                      KipInstant   b)
{
  return b <= a ? 0 : kip_calendar_distance (calendar, a, b);
}

gboolean
kip_calendar_is_open (KipCalendar *calendar,
                      KipInstant   at)
{
  const KipCalendarTable *table = table_at (calendar, at);

  return table != NULL && table->opens[kip_calendar_table_find (table, at)].start <= at;
}

KipInstant
kip_calendar_next_open (KipCalendar *calendar,
                        KipInstant   at)
{
  const KipCalendarTable *table = table_at (calendar, at);

  for (; table != NULL; table = table_later (calendar, table))
    {
      guint i = kip_calendar_table_find (table, at);

      if (i < table->n_opens)
        return MAX (at, table->opens[i].start);
    }
  return KIP_INSTANT_NONE;
}

KipInstant
kip_calendar_next_start (KipCalendar *calendar,
                         KipInstant   at)
{
  const KipCalendarTable *table = table_at (calendar, at);

  for (; table != NULL; table = table_later (calendar, table))
    for (guint i = kip_calendar_table_find (table, at); i < table->n_opens; i++)
      if (table->opens[i].start > at && (i == 0 || table->opens[i - 1].end < table->opens[i].start))
        return table->opens[i].start;
  return KIP_INSTANT_NONE;
}

/* The end of the touching stretches from @i on; the table's own end is none. */
static KipInstant
end_of_run (const KipCalendarTable *table,
            guint                   i,
            KipInstant              limit)
{
  while (table->opens[i].end < limit && table->opens[i + 1].start == table->opens[i].end)
    i++;
  return table->opens[i].end;
}

KipInstant
kip_calendar_next_close (KipCalendar *calendar,
                         KipInstant   at)
{
  const KipCalendarTable *table = table_at (calendar, at);

  for (; table != NULL; table = table_later (calendar, table))
    {
      guint i = kip_calendar_table_find (table, at);
      KipInstant end;

      if (i >= table->n_opens)
        continue;
      end = end_of_run (table, i, table->to);
      if (end < table->to)
        return end;
    }
  return KIP_INSTANT_NONE;
}

KipInstant
kip_calendar_prev_close (KipCalendar *calendar,
                         KipInstant   at)
{
  const KipCalendarTable *table = table_at (calendar, at);

  for (; table != NULL; table = table_earlier (calendar, table))
    {
      guint i = kip_calendar_table_find (table, at);

      if (i < table->n_opens && table->opens[i].start < at)
        return at;
      if (i > 0)
        return table->opens[i - 1].end;
    }
  return KIP_INSTANT_NONE;
}

gboolean
kip_calendar_next_period (KipCalendar *calendar,
                          KipInstant   from,
                          KipInstant   until,
                          KipInstant  *start,
                          KipInstant  *end)
{
  KipInstant first = kip_calendar_next_open (calendar, from);
  const KipCalendarTable *table;
  KipInstant reached;

  if (first == KIP_INSTANT_NONE || first >= until)
    return FALSE;
  table = table_at (calendar, first);
  reached = end_of_run (table, kip_calendar_table_find (table, first), until);
  while (reached < until && reached == table->to)
    {
      table = table_later (calendar, table);
      if (table == NULL)
        break;
      reached = end_of_run (table, kip_calendar_table_find (table, first), until);
    }
  *start = first;
  *end = MIN (reached, until);
  return TRUE;
}
