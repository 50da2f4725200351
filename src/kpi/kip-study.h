/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-figure-book.h"
#include "kip-forecast.h"
#include "kip-store.h"
#include "kip-whose.h"

G_BEGIN_DECLS

/* The facts of every ticket that counts.  Takes a while in a large office: for
 * worker threads and kipctl.  (transfer full) */
KipFactTable *kip_facts_load (KipStore     *store,
                              GCancellable *cancellable,
                              GError      **error);

/* One question put to the facts: everything that KipScope borrows, owned. */
typedef struct
{
  KipScope       scope;
  KipFactTable  *table;         /* (owned) */
  guint8        *mask;          /* (owned) (nullable) */
  gboolean       is_partial;    /* the table reaches no further back than that */
  GTimeZone     *zone;          /* (owned) */
  GHashTable    *first_contact; /* (owned) */
  char          *filter;        /* (owned) canonical text of the query; "" */
  KipWhose       whose;         /* whose tickets the query selects */
  KipOffice     *office;        /* (owned) */
  KipAgreements *agreements;    /* (owned) */
  KipFigureBook *book;          /* (owned) figures of its range and the one before, as it was made */
  KipLedger     *ledger;        /* (owned) (nullable) where nobody had one */
  GMutex         lock;
  KipForecast   *forecast;      /* (owned) (nullable) (mutex lock) made when it is first asked for */
} KipStudy;

/* @ledger: (nullable) of @table, borrowed; @query: (nullable) which tickets; looked up in the
 * store, so it waits for the disk. */
KipStudy *kip_study_new (KipStore       *store,
                         KipFactTable   *table,
                         KipLedger      *ledger,
                         const KipQuery *query,
                         const KipRange *range,
                         gboolean        elapsed,
                         KipInstant      now,
                         GCancellable   *cancellable,
                         GError        **error);
void      kip_study_free (KipStudy *study);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipStudy, kip_study_free)

/* The one figure of the whole range. (transfer full): clear with kip_figure_clear() */
KipFigure kip_study_figure (const KipStudy *study,
                            KipMeasure      measure);

/* What is to come; of a partial study nothing is known: NULL.  Any thread.  Borrowed. */
const KipForecast *kip_study_get_forecast (const KipStudy *study);

/* The first of @figures (of KipFigure), which keeps a husk.  (transfer full): clear it. */
KipFigure kip_figure_take (GArray *figures);
KipFigure kip_figure_copy (const KipFigure *figure);
void      kip_figure_clear (KipFigure *figure);

/* What a group is called: "6 Oct", "Lan", "Network › Wi-Fi", "nobody". (transfer full) */
char *kip_study_group_name (const KipStudy  *study,
                            KipBy            by,
                            const KipFigure *figure);

/* The time zone of the office's calendar.  (transfer full) */
GTimeZone *kip_office_zone (KipStore *store);

/* "1 – 31 Oct 2026"; one day: "6 Oct 2026". (transfer full) */
char *kip_range_name (const KipRange *range,
                      GTimeZone      *zone);

G_END_DECLS
