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

/* A point that counts @rows (of guint) and opens them, or the newest of them. */
void kip_board_add_rows (KipChartSeries *series,
                         const KipStudy *study,
                         const GArray   *rows);

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

/* ---- kip-board-forecast.c ---- */
KipChart *kip_board_forecast (const KipStudy *study);

G_END_DECLS
