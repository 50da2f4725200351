/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-board.h"

G_BEGIN_DECLS

/* What the window asks for. */
typedef struct
{
  KipQuery *query; /* (owned) */
  KipRange  range;
  KipBy     by;
  gboolean  elapsed;
  gboolean  compare;
} KipChartsQuestion;

/* Everything a window shows, computed in a thread. */
typedef struct
{
  KipFactTable *table; /* (owned) for the next time */
  GPtrArray *tiles;    /* (owned) of KipTile */
  GPtrArray *charts;   /* (owned) of KipChart, by KipBoardChart */
  char      *outlook;  /* (owned) a sentence: what breaks soon, what is expected */
  char      *outlook_query; /* (owned) (nullable) its tickets */
} KipChartsAnswer;

void kip_charts_answer_free (KipChartsAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipChartsAnswer, kip_charts_answer_free)

/* @table: (nullable) the facts of before; then only the tickets of @changed (nullable,
 * of KipId) are looked at again.  @question is copied. */
void kip_charts_ask_async (KipStore                *store,
                           const KipChartsQuestion *question,
                           KipFactTable            *table,
                           const GArray            *changed,
                           GCancellable            *cancellable,
                           GAsyncReadyCallback      callback,
                           gpointer                 data);

/* (transfer full) */
KipChartsAnswer *kip_charts_ask_finish (KipStore     *store,
                                        GAsyncResult *result,
                                        GError      **error);

G_END_DECLS
