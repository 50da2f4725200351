/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-what-if.h"

G_BEGIN_DECLS

/* What of a case would have been. */
typedef struct
{
  KipWhatIfClock clocks[KIP_N_CLOCKS];
} KipWhatIfAfter;

/* Kept promises of one weighting, [clock][priority]. */
typedef struct
{
  double n[KIP_N_CLOCKS][KIP_N_PRIORITIES + 1];
  double kept[KIP_N_CLOCKS][KIP_N_PRIORITIES + 1];
} KipWhatIfSums;

void kip_what_if_sums_add (KipWhatIfSums        *sums,
                           int                   priority,
                           guint                 clock,
                           const KipWhatIfClock *told,
                           double                weight);

/* Puts what the queue says on top of the replay @after (of KipWhatIfAfter): shares with
 * their spread, and in @chances[case * KIP_N_CLOCKS + clock] how often it flips.  Fills
 * what_if->teams.  FALSE: cancelled. */
gboolean kip_what_if_simulate (KipWhatIf    *what_if,
                               GArray       *after,
                               float        *chances,
                               GCancellable *cancellable);

/* What a case would be in one run: @moved working seconds later (or earlier). */
KipWhatIfClock kip_what_if_clock_moved (const KipWhatIfClock *told,
                                        gint64                moved,
                                        gint64                least);

/* Whether it goes from kept to broken or back. */
gboolean kip_what_if_flips (const KipWhatIfClock *before,
                            const KipWhatIfClock *after);

G_END_DECLS
