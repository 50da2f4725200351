/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-chart-sheet.h"
#include "kip-study.h"

G_BEGIN_DECLS

/* Two pages that a manager can hand on, in the language of the interface: are promises
 * kept, and why not and what to do.  The study must not be partial.  Waits for the
 * disk (the subjects of tickets): for worker threads and kipctl.
 * (transfer full) GPtrArray of KipChartSheet; NULL: @error */
GPtrArray *kip_report_new (const KipStudy *study,
                           KipStore       *store,
                           GCancellable   *cancellable,
                           GError        **error);

/* ---- parts of it ---- */

/* A promise that was broken in the range, or while it went on. */
typedef struct
{
  guint        row;
  KipClockKind clock;
  gint64       late;    /* working seconds of the office's calendar after the deadline, until it
                         * was kept or, if it is not, until now */
  gboolean     is_open; /* not kept yet */
} KipBreach;

/* The latest first.  (transfer full) GArray of KipBreach */
GArray *kip_report_breaches (const KipStudy *study);

/* What stands out and what to do about it, one sentence or two each, the most urgent
 * first; one that says so when nothing does.  (transfer full) of char * */
GPtrArray *kip_report_advice (const KipStudy *study,
                              const GArray   *breaches);

G_END_DECLS
