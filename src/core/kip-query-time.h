/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-instant.h"

G_BEGIN_DECLS

/* The times that a query can name.  A time is a span [from, to): a day, a week,
 * a minute.  Weeks begin on Monday, quarters with January; days are those of the
 * time zone that is asked for. */
typedef enum
{
  KIP_QUERY_TIME_MOMENT,   /* moment: today, last-week … */
  KIP_QUERY_TIME_YEAR,     /* 2026 */
  KIP_QUERY_TIME_QUARTER,  /* 2026-Q4 */
  KIP_QUERY_TIME_MONTH,    /* 2026-10, 10/2026 */
  KIP_QUERY_TIME_WEEK,     /* 2026-W47, as ISO 8601 counts weeks */
  KIP_QUERY_TIME_DAY,      /* 2026-10-31, 31/10/2026; 31/10 has the year 0 */
  KIP_QUERY_TIME_MINUTE,   /* 2026-10-31T16:30 */
  KIP_QUERY_TIME_CLOCK,    /* 16:30, today */
  KIP_QUERY_TIME_DURATION, /* 2h: so long from now, or ago: what it means is the field's matter */
  KIP_QUERY_TIME_OFFSET    /* +2h, -3d: a point, counted from now */
} KipQueryTimeKind;

typedef enum
{
  KIP_QUERY_NOW,
  KIP_QUERY_TODAY,
  KIP_QUERY_YESTERDAY,
  KIP_QUERY_TOMORROW,
  KIP_QUERY_THIS_WEEK,
  KIP_QUERY_LAST_WEEK,
  KIP_QUERY_NEXT_WEEK,
  KIP_QUERY_THIS_MONTH,
  KIP_QUERY_LAST_MONTH,
  KIP_QUERY_NEXT_MONTH,
  KIP_QUERY_THIS_QUARTER,
  KIP_QUERY_LAST_QUARTER,
  KIP_QUERY_NEXT_QUARTER,
  KIP_QUERY_THIS_YEAR,
  KIP_QUERY_LAST_YEAR,
  KIP_QUERY_NEXT_YEAR,
  KIP_QUERY_MONDAY, /* and the other days in order: the nearest one in the field's direction, today included */
  KIP_QUERY_TUESDAY,
  KIP_QUERY_WEDNESDAY,
  KIP_QUERY_THURSDAY,
  KIP_QUERY_FRIDAY,
  KIP_QUERY_SATURDAY,
  KIP_QUERY_SUNDAY
} KipQueryMoment;

/* Where a day without its year or its date is looked for. */
typedef enum
{
  KIP_QUERY_PAST,  /* received, updated, resolved, closed */
  KIP_QUERY_FUTURE /* due */
} KipQueryDirection;

typedef struct
{
  KipQueryTimeKind kind;
  KipQueryMoment   moment;
  int              year, part, day; /* part: month, quarter or week */
  int              hour, minute;
  gint64           seconds;         /* of a duration (not negative) or an offset */
} KipQueryTime;

/* The largest duration that is understood: a thousand weeks. */
#define KIP_QUERY_MAX_SECONDS (G_GINT64_CONSTANT (604800000))

/* FALSE, and @time left alone, when @text is none.  Years 1900–2199. */
gboolean kip_query_time_parse (const char   *text,
                               KipQueryTime *time);

/* The canonical spelling; parsing it gives the same time.  (transfer full) */
char *kip_query_time_print (const KipQueryTime *time);

gboolean kip_query_time_equal (const KipQueryTime *a,
                               const KipQueryTime *b);

/* The span that @time names when it is @now in @zone.  A duration is taken back
 * from now or forward from now by @direction; of a point (a duration, an offset,
 * now) the span is one millisecond long. */
void kip_query_time_resolve (const KipQueryTime *time,
                             KipQueryDirection   direction,
                             KipInstant          now,
                             GTimeZone          *zone,
                             KipInstant         *from,
                             KipInstant         *to);

/* Parses and resolves.  FALSE, and the results left alone, when @text is no time. */
gboolean kip_query_resolve_time (const char       *text,
                                 KipQueryDirection direction,
                                 KipInstant        now,
                                 GTimeZone        *zone,
                                 KipInstant       *from,
                                 KipInstant       *to);

/* "1h30m", "2 h", "3d", "2 giờ", "30 phút": weeks, days (24 h), hours, minutes,
 * seconds.  Elapsed time, not working time. */
gboolean kip_query_duration_parse (const char *text,
                                   gint64     *seconds);
char    *kip_query_duration_print (gint64 seconds); /* "1h30m"; "0m"  (transfer full) */

G_END_DECLS
