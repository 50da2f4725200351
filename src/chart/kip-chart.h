/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A chart as plain data: what is shown, not how.  The same chart goes to a window,
 * PNG, SVG, PDF and CSV.  Build it on one thread, then share it: reference counted
 * and not changed any more. */

typedef enum
{
  KIP_CHART_COLUMNS, /* over time: series of columns (stacked or side by side) and lines */
  KIP_CHART_BARS,    /* categories downwards, a bar each, the largest first */
  KIP_CHART_HEAT     /* rows × columns, the value as depth of one colour */
} KipChartKind;

/* What a series means has one colour in every chart and both themes. */
typedef enum
{
  KIP_MEANING_KEPT,     /* blue: promises kept, resolved */
  KIP_MEANING_BROKEN,   /* vermillion: missed, late */
  KIP_MEANING_WARNING,  /* orange: waiting, at risk */
  KIP_MEANING_ARRIVED,  /* sky: received */
  KIP_MEANING_OPEN,     /* purple: open, backlog */
  KIP_MEANING_GOOD,     /* green: satisfied */
  KIP_MEANING_OTHER,    /* grey */
  KIP_N_MEANINGS
} KipMeaning;

typedef enum
{
  KIP_MARK_STACK, /* columns on top of each other */
  KIP_MARK_SIDE,  /* columns side by side */
  KIP_MARK_LINE,
  KIP_MARK_GHOST, /* the period before: a pale line */
  KIP_MARK_TARGET /* how much it was to be: a thin line across each category */
} KipMark;

typedef enum
{
  KIP_UNIT_COUNT,    /* tickets */
  KIP_UNIT_PERCENT,  /* 0–100 */
  KIP_UNIT_DURATION, /* seconds of working time */
  KIP_UNIT_SCORE     /* 1–5 */
} KipUnit;

/* Whether a point meets its target. */
typedef enum
{
  KIP_CHART_NO_TARGET,
  KIP_CHART_MET,
  KIP_CHART_MISSED
} KipChartVerdict;

/* One mark.  Values are numbers for the eye: figures are computed before. */
typedef struct
{
  double value;  /* NAN: nothing known here (not the same as 0) */
  guint  n;      /* tickets behind it */
  char  *query;  /* (owned) (nullable) selects them */
  gboolean roughly; /* the query selects nearly those, not just those */
  double low, high; /* between which a forecast is likely to come true; NAN: no forecast */
  KipChartVerdict verdict;
} KipChartPoint;

typedef struct
{
  char      *label;   /* (owned) */
  KipMeaning meaning;
  KipMark    mark;
  gboolean   is_forecast; /* drawn pale, lines dashed */
  KipUnit    unit;    /* the chart's, unless the chart is read as a table of several figures */
  GArray    *points;  /* (owned) of KipChartPoint, one a category */
} KipChartSeries;

typedef struct
{
  gatomicrefcount refs;
  KipChartKind kind;
  KipUnit      unit;
  char        *title;      /* (owned) */
  char        *definition; /* (owned) (nullable) a sentence: what the figure means */
  char        *note;       /* (owned) (nullable) under the title: "n = 230", "fewer than 10 tickets" */
  char        *empty;      /* (owned) (nullable) said instead of an empty plot */
  GPtrArray   *categories; /* (owned) of char *: along the axis; columns of a heat map */
  GPtrArray   *series;     /* (owned) of KipChartSeries; rows of a heat map */
  gboolean     cumulative; /* BARS: with the line of the running share (Pareto) */
} KipChart;

KipChart *kip_chart_new (KipChartKind kind,
                         KipUnit      unit,
                         const char  *title);
KipChart *kip_chart_ref (KipChart *chart);
void      kip_chart_unref (KipChart *chart);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipChart, kip_chart_unref)

void            kip_chart_add_category (KipChart   *chart,
                                        const char *label);
KipChartSeries *kip_chart_add_series (KipChart   *chart,
                                      const char *label,
                                      KipMeaning  meaning,
                                      KipMark     mark); /* borrowed */
void            kip_chart_series_add (KipChartSeries *series,
                                      double          value,
                                      guint           n,
                                      const char     *query); /* (nullable) */

/* Of a point that is there. */
void            kip_chart_series_judge (KipChartSeries *series,
                                        guint           index,
                                        KipChartVerdict verdict);

/* The point added last has a query that selects nearly its tickets: it says so. */
void            kip_chart_series_say_roughly (KipChartSeries *series);

/* A point that has not come yet, with what it is likely to lie between. */
void            kip_chart_series_add_forecast (KipChartSeries *series,
                                               double          value,
                                               double          low,
                                               double          high);

/* What of a point is said: unit of its series, NAN as a dash; "14 (8–20)" of a
 * forecast. (transfer full) */
char *kip_chart_format_point (const KipChartSeries *series,
                              guint                 index);

/* No mark with a value that is not zero. */
gboolean kip_chart_is_empty (const KipChart *chart);

/* Whether both look and say the same, and open the same; and so the numbers of one category. */
gboolean kip_chart_same_row (const KipChart *a,
                             const KipChart *b,
                             guint           row);
gboolean kip_chart_equal (const KipChart *a,
                          const KipChart *b);

/* What a mark says: "2 Nov · Received: 14 (n = 14)". (transfer full) */
char *kip_chart_describe_point (const KipChart *chart,
                                guint           series,
                                guint           index);

/* "14", "87 %", "2 h 5 min". (transfer full) */
char *kip_chart_format_value (KipUnit unit,
                              double  value);

/* The numbers as a table: a row a category.  RFC 4180, UTF-8. (transfer full) */
char *kip_chart_to_csv (const KipChart *chart);

G_END_DECLS
