/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-verdict.h"

G_BEGIN_DECLS

/* What the form of a target asks about the past. */
typedef struct
{
  KipMeasure    measure;
  KipId         team, agent;
  KipGoalPeriod period;
  gboolean      elapsed;
} KipGoalQuestion;

/* The figures of the past periods, reckoned in a thread of the store.  @table:
 * (nullable) facts read before; else they are read.  @question is copied. */
void kip_goal_past_async (KipStore              *store,
                          const KipGoalQuestion *question,
                          KipFactTable          *table,
                          GCancellable          *cancellable,
                          GAsyncReadyCallback    callback,
                          gpointer               data);

/* (transfer full) GArray of KipFigure; @table out: the facts, for the next time. */
GArray *kip_goal_past_finish (GAsyncResult  *result,
                              KipFactTable **table,
                              GError       **error);

/* The past as a chart with the target as a line, unless @version is NULL. (transfer full) */
KipChart *kip_goal_past_chart (const GArray         *past,
                               KipMeasure            measure,
                               GTimeZone            *zone,
                               const KipGoalVersion *version);

G_END_DECLS
