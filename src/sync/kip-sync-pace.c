/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync-pace.h"

/* An edit is to be seen within 5 s in every open window, focused or not: that leaves the writer and the
 * reader half a second for what they do. */
static const gint64 paces[] = {
  [KIP_SYNC_UNSEEN] = 15000,
  [KIP_SYNC_SPARING] = 10000,
  [KIP_SYNC_IN_VIEW] = 3500,
  [KIP_SYNC_FOCUSED] = 3000,
};

#define WHEN_AWAY 60000
#define MAX_DOUBLINGS 5

gint64
kip_sync_pace (KipSyncView view,
               guint       n_away)
{
  gint64 pace = paces[view];

  return n_away == 0 ? pace : MIN (WHEN_AWAY, pace << MIN (n_away, MAX_DOUBLINGS));
}

gint64
kip_sync_pace_apart (gint64 pace,
                     double dice)
{
  return pace + (gint64) ((double) pace / 8 * dice);
}
