/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-calendar-table.h"

#include <string.h>

#include "kip-zone.h"

#define SECONDS_PER_DAY G_GINT64_CONSTANT (86400)

typedef struct
{
  const KipCalendarSpec *spec;
  KipDay        first; /* the day before the table's own: its night shift reaches in */
  KipDay        last;
  KipZone       zone;
  guint8       *closed; /* by day: a holiday */
  const GArray **hours; /* by day: KipHours of a shift, or NULL */
  GArray       *opens;  /* of KipOpen, before = 0 */
} Compiler;

static void
mark_closed (Compiler *c,
             KipDay    first,
             KipDay    last)
{
  for (KipDay day = MAX (first, c->first); day <= MIN (last, c->last); day++)
    c->closed[day - c->first] = 1;
}

static void
mark_holidays (Compiler *c,
               int       first_year,
               int       last_year)
{
  for (guint i = 0; i < c->spec->holidays->len; i++)
    {
      const KipHoliday *holiday = g_ptr_array_index (c->spec->holidays, i);
      KipDay first, last;

      if (holiday->kind == KIP_HOLIDAY_DATES)
        mark_closed (c, holiday->from, holiday->to);
      else
        for (int year = first_year - 1; year <= last_year + 1; year++)
          if (kip_holiday_in_year (holiday, year, &first, &last))
            mark_closed (c, first, last);
    }
}

/* Of two shifts on one date the later in the list counts. */
static void
mark_shifts (Compiler *c)
{
  for (guint i = 0; i < c->spec->shifts->len; i++)
    {
      const KipDatedHours *shift = g_ptr_array_index (c->spec->shifts, i);

      if (shift->day >= c->first && shift->day <= c->last)
        c->hours[shift->day - c->first] = shift->hours;
    }
}

static gboolean
hours_to_open (Compiler       *c,
               KipDay          day,
               const KipHours *hours,
               KipOpen        *open)
{
  gint64 midnight = day * SECONDS_PER_DAY;

  open->start = kip_zone_to_utc (&c->zone, midnight + hours->from * 60) * KIP_MS_PER_SECOND;
  open->end = kip_zone_to_utc (&c->zone, midnight + hours->to * 60) * KIP_MS_PER_SECOND;
  open->before = 0;
  return open->end > open->start;
}

static void
add_day (Compiler *c,
         KipDay    day)
{
  const GArray *hours = c->hours[day - c->first];

  if (c->closed[day - c->first])
    return;
  if (hours == NULL)
    hours = c->spec->weekly[kip_day_weekday (day)];
  for (guint i = 0; i < hours->len; i++)
    {
      KipOpen open;

      if (hours_to_open (c, day, &g_array_index (hours, KipHours, i), &open))
        g_array_append_val (c->opens, open);
    }
}

static int
compare_opens (gconstpointer a,
               gconstpointer b)
{
  const KipOpen *x = a, *y = b;

  return x->start < y->start ? -1 : x->start > y->start;
}

/* Sorts only when something is out of order: a night shift into a short morning. */
static void
sort_opens (GArray *opens)
{
  for (guint i = 1; i < opens->len; i++)
    if (g_array_index (opens, KipOpen, i).start < g_array_index (opens, KipOpen, i - 1).start)
      {
        g_array_sort (opens, compare_opens);
        return;
      }
}

static void
append_clipped (GArray *to,
                gint64  start,
                gint64  end)
{
  KipOpen open = { start, end, 0 };

  if (end > start)
    g_array_append_val (to, open);
}

/* What remains of @opens outside @gaps; both sorted. */
static GArray *
subtract (GArray *opens,
          GArray *gaps)
{
  GArray *rest = g_array_sized_new (FALSE, FALSE, sizeof (KipOpen), opens->len);
  guint first = 0;

  for (guint i = 0; i < opens->len; i++)
    {
      KipOpen open = g_array_index (opens, KipOpen, i);

      while (first < gaps->len && g_array_index (gaps, KipOpen, first).end <= open.start)
        first++;
      for (guint g = first; g < gaps->len; g++)
        {
          const KipOpen *gap = &g_array_index (gaps, KipOpen, g);

          if (gap->start >= open.end)
            break;
          append_clipped (rest, open.start, gap->start);
          open.start = MAX (open.start, gap->end);
        }
      append_clipped (rest, open.start, open.end);
    }
  return rest;
}

static void
take_out_breaks (Compiler *c)
{
  g_autoptr (GArray) gaps = g_array_new (FALSE, FALSE, sizeof (KipOpen));
  GArray *rest;

  for (guint i = 0; i < c->spec->breaks->len; i++)
    {
      const KipDatedHours *dated = g_ptr_array_index (c->spec->breaks, i);

      for (guint h = 0; h < dated->hours->len; h++)
        {
          KipOpen gap;

          if (dated->day >= c->first && dated->day <= c->last
              && hours_to_open (c, dated->day, &g_array_index (dated->hours, KipHours, h), &gap))
            g_array_append_val (gaps, gap);
        }
    }
  if (gaps->len == 0)
    return;
  g_array_sort (gaps, compare_opens);
  rest = subtract (c->opens, gaps);
  g_array_unref (c->opens);
  c->opens = rest;
}

/* Clips to the table's span and to the stretch before, and sums up. */
static void
fill_opens (KipCalendarTable *table,
            GArray           *opens)
{
  gint64 reached = table->from;

  table->opens = g_new (KipOpen, opens->len + 1);
  for (guint i = 0; i < opens->len; i++)
    {
      KipOpen open = g_array_index (opens, KipOpen, i);

      open.start = MAX (open.start, reached);
      open.end = MIN (open.end, table->to);
      if (open.end <= open.start)
        continue;
      open.before = table->total;
      table->total += open.end - open.start;
      table->opens[table->n_opens++] = open;
      reached = open.end;
    }
  table->opens[table->n_opens] = (KipOpen) { G_MAXINT64, G_MAXINT64, table->total };
}

static void
build_indexes (KipCalendarTable *table)
{
  gint64 n_time = ((table->to - table->from) >> KIP_TIME_SHIFT) + 1;
  gint64 n_work = (table->total >> KIP_WORK_SHIFT) + 1;
  guint i = 0;

  table->by_time = g_new (guint32, n_time);
  for (gint64 b = 0; b < n_time; b++)
    {
      while (table->opens[i].end <= table->from + (b << KIP_TIME_SHIFT))
        i++;
      table->by_time[b] = i;
    }
  i = 0;
  table->by_work = g_new (guint32, n_work);
  for (gint64 b = 0; b < n_work; b++)
    {
      while (i < table->n_opens && table->opens[i + 1].before < b << KIP_WORK_SHIFT)
        i++;
      table->by_work[b] = i;
    }
}

static void
compile_days (Compiler         *c,
              KipCalendarTable *table)
{
  gsize n_days = c->last - c->first + 1;

  c->closed = g_new0 (guint8, n_days);
  c->hours = g_new0 (const GArray *, n_days);
  c->opens = g_array_sized_new (FALSE, FALSE, sizeof (KipOpen), 2 * n_days);
  mark_holidays (c, table->first_year, table->last_year);
  mark_shifts (c);
  for (KipDay day = c->first; day <= c->last; day++)
    add_day (c, day);
  sort_opens (c->opens);
  take_out_breaks (c);
  fill_opens (table, c->opens);
  g_array_unref (c->opens);
  g_free (c->hours);
  g_free (c->closed);
}

KipCalendarTable *
kip_calendar_table_new (const KipCalendarSpec *spec,
                        GTimeZone             *zone,
                        int                    first_year,
                        int                    last_year)
{
  KipCalendarTable *table = g_new0 (KipCalendarTable, 1);
  Compiler c = { .spec = spec };
  KipDay first = kip_day_from_ymd (first_year, 1, 1);
  KipDay last = kip_day_from_ymd (last_year, 12, 31);

  c.first = first - 2;
  c.last = last;
  kip_zone_init (&c.zone, zone, c.first, last + 2);
  table->first_year = first_year;
  table->last_year = last_year;
  table->from = kip_zone_to_utc (&c.zone, first * SECONDS_PER_DAY) * KIP_MS_PER_SECOND;
  table->to = kip_zone_to_utc (&c.zone, (last + 1) * SECONDS_PER_DAY) * KIP_MS_PER_SECOND;
  compile_days (&c, table);
  build_indexes (table);
  kip_zone_clear (&c.zone);
  return table;
}

void
kip_calendar_table_free (KipCalendarTable *table)
{
  if (table == NULL)
    return;
  g_free (table->opens);
  g_free (table->by_time);
  g_free (table->by_work);
  g_free (table);
}
