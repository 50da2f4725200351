/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync-clock.h"

#include <glib/gi18n-lib.h>

#define MINUTE 60000

/* Told from there on, and no more when it is that near again: one that is just about there does not flicker. */
#define WRONG_FROM (2 * MINUTE)
#define RIGHT_UNTIL (3 * MINUTE / 2)

/* The two clocks of one machine drift apart by less between two looks, unless somebody sets one. */
#define WAS_SET 5000

void
kip_sync_clock_init (KipSyncClock *clock)
{
  *clock = (KipSyncClock) { KIP_SYNC_CLOCK_UNKNOWN, 0, FALSE };
}

void
kip_sync_clock_look (KipSyncClock *clock,
                     gint64        measured,
                     gint64        wall,
                     gint64        boot)
{
  gint64 ahead = wall - boot, set_by = ahead - clock->ahead;

  if (measured != KIP_SYNC_CLOCK_UNKNOWN)
    clock->offset = measured;
  else if (clock->offset != KIP_SYNC_CLOCK_UNKNOWN && ABS (set_by) >= WAS_SET)
    clock->offset -= set_by;
  clock->ahead = ahead;
  clock->is_wrong = clock->offset != KIP_SYNC_CLOCK_UNKNOWN
                    && ABS (clock->offset) > (clock->is_wrong ? RIGHT_UNTIL : WRONG_FROM);
}

char *
kip_sync_clock_words (const KipSyncClock *clock)
{
  guint minutes = (guint) MIN (ABS (clock->offset) / MINUTE, G_MAXINT);

  if (clock->offset > 0)
    return g_strdup_printf (ngettext ("The clock of this computer is %u minute slow, by the clock of the share.",
                                      "The clock of this computer is %u minutes slow, by the clock of the share.", minutes), minutes);
  return g_strdup_printf (ngettext ("The clock of this computer is %u minute fast, by the clock of the share.",
                                    "The clock of this computer is %u minutes fast, by the clock of the share.", minutes), minutes);
}
