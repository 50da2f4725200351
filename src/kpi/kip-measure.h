/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-chart.h"
#include "kip-ledger.h"

G_BEGIN_DECLS

/* The measures.  A ticket counts in the period of the event that closes the
 * measure: its first response, its resolution, the end of its promise. */
typedef enum
{
  KIP_MEASURE_RECEIVED,
  KIP_MEASURE_RESOLVED,          /* tickets resolved, by who resolved them */
  KIP_MEASURE_OPEN,              /* open at the end */
  KIP_MEASURE_BACKLOG_DAYS,      /* average open at the end of a day ÷ average received a day */
  KIP_MEASURE_BACKLOG_RATE,      /* open at the end ÷ (open at the start + received) */
  KIP_MEASURE_WAITING,           /* received and not answered yet */
  KIP_MEASURE_RESPONSE_MEDIAN,
  KIP_MEASURE_RESPONSE_P90,
  KIP_MEASURE_RESPONSE_MEAN,
  KIP_MEASURE_RESPONSE_AT_ONCE,  /* share answered while the requester was on the line */
  KIP_MEASURE_FIRST_MEDIAN,      /* to the first resolution */
  KIP_MEASURE_FIRST_P90,
  KIP_MEASURE_FIRST_MEAN,
  KIP_MEASURE_FULL_MEDIAN,       /* to the last resolution */
  KIP_MEASURE_FULL_P90,
  KIP_MEASURE_FULL_MEAN,
  KIP_MEASURE_SLA_RESPONSE,
  KIP_MEASURE_SLA_UPDATE,
  KIP_MEASURE_SLA_RESOLUTION,
  KIP_MEASURE_FCR_GROSS,
  KIP_MEASURE_FCR_NET,
  KIP_MEASURE_CSAT,
  KIP_MEASURE_CSAT_ANSWERS,      /* share of resolutions that were judged */
  KIP_MEASURE_TOUCHED,           /* tickets that somebody had a hand in */
  KIP_MEASURE_REOPENED,          /* within 7 days, by the cohort of resolution */
  KIP_MEASURE_ESCALATED,         /* share with a change of team */
  KIP_MEASURE_HANDOVERS,         /* mean */
  KIP_MEASURE_PAUSED,            /* share of working time */
  KIP_MEASURE_PAUSED_REQUESTER,
  KIP_MEASURE_PAUSED_SUPPLIER,
  KIP_MEASURE_RECURRED,
  KIP_N_MEASURES
} KipMeasure;

typedef struct
{
  const char *key;        /* ASCII: "response-median" */
  const char *label;      /* N_() */
  const char *definition; /* N_(): one whole sentence */
  KipUnit     unit;
  int         better;     /* 1: more is better, −1: less is, 0: neither */
} KipMeasureInfo;

const KipMeasureInfo *kip_measure_info (KipMeasure measure);

/* Which definitions these are.  Reviews write it beside the figures that they keep:
 * raise it when a measure comes to mean something else. */
#define KIP_MEASURE_DEFINITION 1

/* FALSE: none is called that. */
gboolean kip_measure_find (const char *key,
                           KipMeasure *measure);

/* Which tickets, when, and how to count. */
typedef struct
{
  const KipFactTable *table;
  const guint8  *mask;    /* (nullable) one byte a row; NULL: all */
  KipRange       range;
  KipInstant     now;
  GTimeZone     *zone;    /* of the office */
  gboolean       elapsed; /* durations by the clock on the wall, not in working time */
  GHashTable    *first_contact; /* (nullable) set of KipId (pointers): categories that can be solved so */
  const char    *filter;  /* (nullable) text of the query that @mask stands for */
  gboolean       silent;  /* figures without queries, for curves that nobody clicks */
  KipLedger     *ledger;  /* (nullable) of @table; without one, each measure makes its own */
  KipLedgerCounts *counts; /* (nullable) of the ledger and the mask; so do these */
  GArray        *living;  /* (nullable) of guint: rows of the mask to which something happened after: */
  KipInstant     living_since;
} KipScope;

/* Makes what the ledger lets be made once for all measures. */
void kip_scope_prepare (KipScope *scope);
void kip_scope_clear (KipScope *scope);

/* The rows that may be open at @at, or come to anything later; some more do no harm.
 * (transfer full) of guint */
GArray *kip_scope_living (const KipScope *scope,
                          KipInstant      at);

/* That of the scope, or where there is none that has its range, a new one.  @own: out,
 * (owned) (nullable) the new one. */
KipLedger *kip_scope_ledger (const KipScope *scope,
                             KipLedger     **own);

/* One figure.  n below KIP_FEW is to be said honestly. */
#define KIP_FEW 10

typedef struct
{
  KipId    key;    /* of an agent, team or category (NONE: nobody's), or the priority */
  KipRange span;   /* the period, or the whole range */
  double   value;  /* NAN: nothing to measure; percentages 0–100, durations in seconds */
  guint    n;      /* tickets, answers or promises behind it */
  guint    hits;   /* of a share: those that count for it */
  char    *query;  /* (owned) (nullable) selects its tickets */
  gboolean exact;  /* the query selects just those */
  gboolean hit_exact, miss_exact; /* and so the other two */
  char    *hit_query;  /* (owned) (nullable) of a share: those that count for it, and the others; */
  char    *miss_query; /* (owned) (nullable) a promise that was kept, and broken */
} KipFigure;

/* One figure a group, in order of time, of priority, or of n (the largest first);
 * by time and priority empty ones are there too.  KIP_BY_NOTHING: just one.
 * (transfer full) GArray of KipFigure */
GArray *kip_measure_compute (KipMeasure      measure,
                             const KipScope *scope,
                             KipBy           by);

/* Several of them.  Of the same scope and grouping, measures side by side that are told
 * with each other are counted once: those that make another figure of the same numbers. */
typedef struct
{
  KipMeasure measure;
  const KipScope *scope;
  KipBy   by;
  GArray *figures; /* (owned) out: of KipFigure */
} KipAsk;

gboolean kip_measure_is_told_with (KipMeasure a,
                                   KipMeasure b);
void     kip_measure_compute_many (KipAsk *asks,
                                   guint   n);

/* The rows that were received in its range, by day.  (transfer full) of guint */
GArray *kip_scope_received (const KipScope *scope);

/* The rows that had a promise broken in its range, each once, in order.  (transfer full) of guint */
GArray *kip_scope_broken (const KipScope *scope);

/* ---- parts of it that charts need (kip-open.c) ---- */

/* How many were open at each of @cuts (of KipInstant, rising).  (transfer full) of guint */
GArray *kip_open_at (const KipScope *scope,
                     const GArray   *cuts);

#define KIP_N_AGES 5 /* <1 d, 1–7, 7–30, 30–90, >90 days */

/* Those open at @at by age and phase: counts[age][phase].  @rows (nullable): the
 * rows of the table are appended to rows[age][phase], arrays of guint or NULL. */
void kip_open_ages (const KipScope *scope,
                    KipInstant      at,
                    guint           counts[KIP_N_AGES][KIP_PHASE_CLOSED + 1],
                    GArray         *rows[KIP_N_AGES][KIP_PHASE_CLOSED + 1]);

/* Asks for those that were open at @at, the end of a day: what is not resolved since.
 * @exact: out, FALSE when some of them were resolved by then and came back.  (transfer full) */
char *kip_open_query (const KipScope *scope,
                      KipInstant      at,
                      gboolean       *exact);

/* ---- numbers ---- */

/* The value below which @percent of @values (of gint64, reordered) lie: the mean of
 * the middle two for 50 of an even number, else the nearest rank.  NAN: no values. */
double kip_percentile (GArray *values,
                       int     percent);

/* ---- queries (kip-figure-query.c) ---- */

/* "(FILTER) FIELD:2026-10-01..2026-10-07", either part may be missing. (transfer full) */
char *kip_figure_query_span (const char     *filter,
                             const char     *field,
                             const KipRange *span,
                             GTimeZone      *zone);

/* "2026-10-01": the local day of @at. (transfer full) */
char *kip_figure_query_day (KipInstant at,
                            GTimeZone *zone);

/* The tickets of @rows by number; NULL when they are too many to be named. */
#define KIP_NAMED_TICKETS 200
char *kip_figure_query_rows (const KipFactTable *table,
                             const GArray       *rows);

G_END_DECLS
