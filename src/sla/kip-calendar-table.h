/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-calendar-spec.h"

G_BEGIN_DECLS

/* A calendar compiled for a span of years: every stretch of working time as UTC
 * instants with the working time before it, and two coarse indexes, one by instant
 * and one by working time, so that both directions cost a look-up and a step or
 * two.  Immutable.  Private to kip-calendar*.c. */

typedef struct
{
  gint64 start;  /* UTC ms */
  gint64 end;    /* UTC ms, exclusive */
  gint64 before; /* working ms of this table before start */
} KipOpen;

typedef struct
{
  int      first_year;
  int      last_year;
  gint64   from;       /* covers from … to, UTC ms */
  gint64   to;
  gint64   total;      /* working ms in all */
  guint    n_opens;
  KipOpen *opens;      /* (owned) sorted, touching ones kept apart, then a sentinel at G_MAXINT64 */
  guint32 *by_time;    /* (owned) first open that ends after from + (i << KIP_TIME_SHIFT) */
  guint32 *by_work;    /* (owned) first open whose end reaches (i << KIP_WORK_SHIFT) of work */
} KipCalendarTable;

/* About nine and a half and five hours: one or two stretches a bucket. */
#define KIP_TIME_SHIFT 25
#define KIP_WORK_SHIFT 24

KipCalendarTable *kip_calendar_table_new (const KipCalendarSpec *spec,
                                          GTimeZone             *zone,
                                          int                    first_year,
                                          int                    last_year);
void              kip_calendar_table_free (KipCalendarTable *table);

/* First stretch that ends after @instant, which lies in from … to; may be the sentinel. */
static inline guint
kip_calendar_table_find (const KipCalendarTable *table,
                         gint64                  instant)
{
  guint i = table->by_time[(instant - table->from) >> KIP_TIME_SHIFT];

  while (table->opens[i].end <= instant)
    i++;
  return i;
}

/* Working ms of this table before @instant. */
static inline gint64
kip_calendar_table_work_at (const KipCalendarTable *table,
                            gint64                  instant)
{
  const KipOpen *open = &table->opens[kip_calendar_table_find (table, instant)];

  return open->before + (instant > open->start ? instant - open->start : 0);
}

/* First stretch at whose end @work ms (0 < work ≤ total) are used up. */
static inline guint
kip_calendar_table_reach (const KipCalendarTable *table,
                          gint64                  work)
{
  guint i = table->by_work[work >> KIP_WORK_SHIFT];

  while (table->opens[i + 1].before < work)
    i++;
  return i;
}

G_END_DECLS
