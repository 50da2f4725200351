/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-ticket-clocks.h"

G_BEGIN_DECLS

/* A span in which nobody could go on with a ticket: a pause by its status, where
 * its policy lets that kind pause, or an outage in whose scope it lies. */
typedef struct
{
  KipInstant start;
  KipInstant end;    /* exclusive; KIP_INSTANT_NONE: still going on */
  KipPause   pause;  /* KIP_PAUSE_NONE: an outage */
  gboolean   outage;
  KipId      author; /* who set the status */
} KipTicketHold;

/* What holds the clock of @kind, disjoint, by start; whether or not anything is
 * promised.  @calendar: out, the one its working time is counted by, borrowed from
 * @agreements.  (transfer full) GArray of KipTicketHold */
GArray *kip_ticket_holds (const KipTicket *ticket,
                          KipAgreements   *agreements,
                          KipClockKind     kind,
                          KipCalendar    **calendar);

G_END_DECLS
