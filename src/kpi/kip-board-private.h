/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-board.h"

G_BEGIN_DECLS

/* A chart with its title, definition and what an empty one says. */
KipChart *kip_board_begin (KipBoardChart which,
                           KipChartKind  kind,
                           KipUnit       unit);

/* "n = 230", said honestly where it is small; @more (nullable) behind it. */
void kip_board_note (KipChart   *chart,
                     guint       n,
                     const char *more);

/* Tickets behind all of @figures (of KipFigure). */
guint kip_board_sum_n (const GArray *figures);

/* A point that counts @rows (of guint) and opens them: by their numbers, or when they are
 * too many by the query @otherwise, which selects just them if it is @exact. */
void kip_board_add_rows (KipChartSeries *series,
                         const KipStudy *study,
                         const GArray   *rows,
                         const char     *otherwise,
                         gboolean        exact);

/* ---- kip-board-target.c ---- */

/* The target of @measure for each of @figures, where one is in force, as a line of its
 * own; @judged (nullable): its points are those figures.  @share: the chart counts
 * what the measure is the share of. */
void kip_board_add_target (KipChart       *chart,
                           const KipStudy *study,
                           KipMeasure      measure,
                           KipBy           by,
                           const GArray   *figures,
                           KipChartSeries *judged,
                           gboolean        share);

/* ---- kip-board-groups.c ---- */
KipChart *kip_board_ages (const KipStudy *study);
KipChart *kip_board_agents (const KipStudy *study);

/* Computes the figures of one of its columns: several threads share the work. */
#define KIP_BOARD_AGENT_COLUMNS 7
void kip_board_agents_prepare (const KipStudy *study,
                               guint           column);

KipChart *kip_board_categories (const KipStudy *study);
KipChart *kip_board_hours (const KipStudy *study);
KipChart *kip_board_causes (const KipStudy *study);

/* ---- kip-board-queries.c ----
 * (transfer full).  @exact: out, whether it selects just the tickets that were counted. */

/* What was received on a weekday (0: Monday) at an hour. */
char *kip_board_query_hour (const KipStudy *study,
                            guint           weekday,
                            guint           hour,
                            gboolean       *exact);

/* What was received in other categories than the first @n_shown of @figures. */
char *kip_board_query_others (const KipStudy *study,
                              const GArray   *figures,
                              guint           n_shown,
                              gboolean       *exact);

/* Nearly what had a promise broken: with what @which adds (" is:open"), or by its cause. */
char *kip_board_query_broken (const KipStudy *study,
                              const char     *which);
char *kip_board_query_cause (const KipStudy *study,
                             const char     *cause);

/* ---- kip-board-forecast.c ---- */
KipChart *kip_board_forecast (const KipStudy *study);

G_END_DECLS
