/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How often the share is looked at.  Nobody tells a machine that another one wrote into a shared file, so it looks; a look
 * at which nothing is new reads a few KiB. */

/* Who would see what comes. */
typedef enum
{
  KIP_SYNC_UNSEEN,  /* no window is open: only notifications come of it */
  KIP_SYNC_SPARING, /* a window is open, and the computer is to save power */
  KIP_SYNC_IN_VIEW, /* a window is open beside others */
  KIP_SYNC_FOCUSED  /* somebody works in it */
} KipSyncView;

/* After how long the next look comes, ms, before up to an eighth of that is added.  @n_away: so many before it
 * did not reach the share. */
gint64 kip_sync_pace (KipSyncView view,
                      guint       n_away);

/* With what is added: machines that began together need not go on together.  @dice: 0 to 1. */
gint64 kip_sync_pace_apart (gint64 pace,
                            double dice);

G_END_DECLS
