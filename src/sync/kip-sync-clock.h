/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How far this machine's clock is from the share's, by which the others' times can be compared with ours.  It is measured
 * when something is written; between two measurements it is seen when somebody sets the clock, by a clock
 * that nobody can set. */

#define KIP_SYNC_CLOCK_UNKNOWN G_MININT64

typedef struct
{
  gint64   offset;   /* ms: the share's clock minus ours; UNKNOWN: it was not measured yet */
  gint64   ahead;    /* ms: our clock minus that which nobody can set, when @offset was right */
  gboolean is_wrong; /* so far that a person has to be told */
} KipSyncClock;

void kip_sync_clock_init (KipSyncClock *clock);

/* @measured: UNKNOWN: nothing was measured.  @wall: our clock, @boot: ms by one that never goes back and
 * goes on in sleep. */
void kip_sync_clock_look (KipSyncClock *clock,
                          gint64        measured,
                          gint64        wall,
                          gint64        boot);

/* Of one that is wrong: "The clock of this computer is 5 minutes slow, by the clock of the share." (transfer full) */
char *kip_sync_clock_words (const KipSyncClock *clock);

G_END_DECLS
