/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-ticket-clocks.h"

G_BEGIN_DECLS

/* That a threshold of a clock was told to somebody: what the computers of an office say to each
 * other, so that nobody hears it twice.  No event: nothing is computed from it, and it may be lost. */
typedef struct
{
  KipId        ticket;
  KipClockKind clock;
  int          percent;
  KipInstant   at;        /* of the threshold */
  gboolean     escalated; /* to managers, not to its agents */
} KipTold;

G_END_DECLS
