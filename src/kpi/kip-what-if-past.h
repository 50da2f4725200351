/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-period.h"
#include "kip-store.h"

G_BEGIN_DECLS

/* What became of one clock of one ticket, as attainment counts it: kept or broken when it
 * stopped, or broken when its deadline passed while it is still open; in the range when
 * that moment is.  The same rule as KIP_MEASURE_SLA_… (kip-measure.h). */
typedef enum
{
  KIP_OUTCOME_NONE,  /* nothing was promised, or nothing started it */
  KIP_OUTCOME_OPEN,  /* still runs, in time so far */
  KIP_OUTCOME_KEPT,
  KIP_OUTCOME_BROKEN
} KipOutcome;

typedef struct
{
  gint64     used;      /* working seconds when it stopped or was paused; -1 */
  gint64     target;    /* working seconds; 0: none */
  KipInstant stopped;   /* NONE: not */
  KipInstant due;
  guint16    n, n_kept; /* promises that count in the range: one, of the next update one a round */
  guint8     verdict;   /* KipOutcome; of the next update broken when any round was */
  guint8     by_hand;
  guint8     on_line;
} KipWhatIfClock;

/* A ticket of the past, as little of it as clocks and queues need. */
typedef struct
{
  KipTicket     *ticket;   /* (owned) texts of messages and who did what left out */
  gint64         worked;   /* logged seconds of work; 0: none */
  KipId          resolver; /* who resolved it last, else who has it */
  KipWhatIfClock clocks[KIP_N_CLOCKS]; /* what happened */
} KipWhatIfCase;

/* The tickets whose promises count in a range: made on one thread, then immutable and
 * reference counted. */
typedef struct
{
  gatomicrefcount refs;
  KipAgreements *agreements; /* (owned) as they are */
  KipOffice     *office;     /* (owned) */
  KipRange       range;
  KipInstant     now;
  GArray        *cases;      /* (owned) of KipWhatIfCase */
} KipWhatIfPast;

KipWhatIfPast *kip_what_if_past_new (KipAgreements  *agreements,
                                     KipOffice      *office,
                                     const KipRange *range,
                                     KipInstant      now);
KipWhatIfPast *kip_what_if_past_ref (KipWhatIfPast *past);
void           kip_what_if_past_unref (KipWhatIfPast *past);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipWhatIfPast, kip_what_if_past_unref)

/* Takes a ticket in, its clocks computed; those that count in no figure are left out. */
void kip_what_if_past_add (KipWhatIfPast   *past,
                           const KipTicket *ticket);

/* Reads the tickets that @query (nullable: all) selects and whose promises may count in
 * @range.  Waits for the disk, on several threads: for worker threads and kipctl.
 * @progress (nullable) is called from them.  NULL and @error: also when cancelled. */
KipWhatIfPast *kip_what_if_past_load (KipStore       *store,
                                      const KipQuery *query,
                                      const KipRange *range,
                                      KipInstant      now,
                                      KipProgress     progress,
                                      gpointer        data,
                                      GCancellable   *cancellable,
                                      GError        **error);

/* The same past as the store tells it now: only the tickets of @ids (of KipId) are read
 * again, and clocks computed again where the agreements have changed.  @query: as it was
 * loaded with.  Gives @past itself where nothing is new. */
KipWhatIfPast *kip_what_if_past_refresh (KipStore       *store,
                                         KipWhatIfPast  *past,
                                         const KipQuery *query,
                                         const GArray   *ids,
                                         GCancellable   *cancellable,
                                         GError        **error);

/* Takes over a case of an older past. */
void kip_what_if_past_take (KipWhatIfPast       *past,
                            const KipWhatIfPast *from,
                            const KipWhatIfCase *each);

/* What of @clock counts. */
void kip_what_if_clock_tell (const KipClock      *clock,
                             KipClockKind         kind,
                             const KipTicket     *ticket,
                             const KipWhatIfPast *past,
                             KipWhatIfClock      *told);

G_END_DECLS
