/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-chart-sheet.h"
#include "kip-study.h"
#include "kip-verdict.h"

G_BEGIN_DECLS

/* The charts of an office, each made of a study as plain data. */
typedef enum
{
  KIP_BOARD_FLOW,           /* received and resolved, with the open line */
  KIP_BOARD_SLA_RESPONSE,   /* promises kept and broken */
  KIP_BOARD_SLA_RESOLUTION,
  KIP_BOARD_SLA_UPDATE,
  KIP_BOARD_AGES,           /* open by age and status */
  KIP_BOARD_RESPONSE,       /* median and 90th percentile */
  KIP_BOARD_RESOLUTION,
  KIP_BOARD_AGENTS,         /* several figures of each agent: a table */
  KIP_BOARD_CATEGORIES,     /* Pareto */
  KIP_BOARD_HOURS,          /* hour × weekday of arrival */
  KIP_BOARD_CSAT,
  KIP_BOARD_CAUSES,         /* of broken promises */
  KIP_BOARD_FORECAST,       /* two weeks back, two weeks ahead: from now, whatever the range */
  KIP_N_BOARD_CHARTS
} KipBoardChart;

/* "flow", "sla-response" …, for kipctl. */
const char *kip_board_chart_key (KipBoardChart which);
gboolean    kip_board_find (const char    *key,
                            KipBoardChart *which);
const char *kip_board_chart_title (KipBoardChart which);

/* @by: of charts over time; @compare: with the period before as a ghost.
 * (transfer full) */
KipChart *kip_board_make (const KipStudy *study,
                          KipBoardChart   which,
                          KipBy           by,
                          gboolean        compare);

/* One figure at the top, with the period before and its course. */
typedef struct
{
  KipMeasure measure;
  KipFigure  now;    /* (owned) */
  double     before; /* NAN: not known */
  guint      n_before;
  KipGoalVerdict verdict;
  double     target; /* NAN: none */
  char      *target_words; /* (owned) (nullable) "Target at most 4 h: met" */
  char      *target_short; /* (owned) (nullable) "at most 4 h" */
  GArray    *course; /* (owned) of double, NAN where nothing is known */
} KipTile;

void kip_tile_free (KipTile *tile);

#define KIP_N_BOARD_TILES 12

/* (transfer full) of KipTile */
GPtrArray *kip_board_tiles (const KipStudy *study,
                            KipBy           by);

/* Both at once, on all processors.  FALSE: @cancellable (nullable) was cancelled.
 * @tiles: out, of KipTile; @charts: out, of KipChart by KipBoardChart; both (transfer full) */
gboolean kip_board_make_all (const KipStudy *study,
                             KipBy           by,
                             gboolean        compare,
                             GCancellable   *cancellable,
                             GPtrArray     **tiles,
                             GPtrArray     **charts);

/* "▲ before: 2 h 5 min", translated; NULL: nothing to compare. (transfer full) */
char *kip_tile_change_words (const KipTile *tile);

/* A tile as a figure of a page. */
void kip_board_sheet_add_tile (KipChartSheet *sheet,
                               const KipTile *tile);

/* All of it as one page with the office's name, the range and the filter.
 * @charts: of KipChart.  (transfer full) */
KipChartSheet *kip_board_sheet (const char      *office,
                                const KipRange  *range,
                                GTimeZone       *zone,
                                const char      *filter,
                                gboolean         elapsed,
                                KipInstant       now,
                                const GPtrArray *tiles,
                                const GPtrArray *charts);

G_END_DECLS
