/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-board.h"
#include "kip-fact-cache.h"

G_BEGIN_DECLS

/* What the window asks for. */
typedef struct
{
  KipQuery *query; /* (owned) */
  KipRange  range;
  KipBy     by;
  gboolean  elapsed;
  gboolean  compare;
  gboolean  everything; /* may have changed: read it again */
} KipChartsQuestion;

/* Everything a window shows, computed in a thread. */
typedef struct
{
  gboolean   whole;    /* computed from all that ever was */
  GPtrArray *tiles;    /* (owned) of KipTile */
  GPtrArray *charts;   /* (owned) of KipChart, by KipBoardChart */
  char      *outlook;  /* (owned) a sentence: what breaks soon, what is expected */
  char      *outlook_query; /* (owned) (nullable) its tickets */
} KipChartsAnswer;

void kip_charts_answer_free (KipChartsAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipChartsAnswer, kip_charts_answer_free)

/* Of what @cache has, the tickets of @changed (of KipId) are read again.  @question
 * is copied. */
void kip_charts_ask_async (KipStore                *store,
                           const KipChartsQuestion *question,
                           KipFactCache            *cache,
                           const GArray            *changed,
                           GCancellable            *cancellable,
                           GAsyncReadyCallback      callback,
                           gpointer                 data);

/* (transfer full) */
KipChartsAnswer *kip_charts_ask_finish (KipStore     *store,
                                        GAsyncResult *result,
                                        GError      **error);

/* Reads all that ever was into @cache, for what looks far back: what is asked meanwhile
 * does not wait for it. */
void     kip_charts_widen_async (KipStore           *store,
                                 KipFactCache       *cache,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            data);
gboolean kip_charts_widen_finish (KipStore     *store,
                                  GAsyncResult *result,
                                  GError      **error);

/* Writes the report of what @question asks for to @path: it reads all that ever was. */
void     kip_charts_report_async (KipStore                *store,
                                  const KipChartsQuestion *question,
                                  KipFactCache            *cache,
                                  const char              *path,
                                  GCancellable            *cancellable,
                                  GAsyncReadyCallback      callback,
                                  gpointer                 data);
gboolean kip_charts_report_finish (KipStore     *store,
                                   GAsyncResult *result,
                                   GError      **error);

G_END_DECLS
