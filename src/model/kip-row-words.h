/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-format.h"
#include "kip-store.h"

G_BEGIN_DECLS

/* What the list says about a ticket besides its own words. */

/* The clock that a row shows: the one due next; else a paused one; else how the
 * resolution ended, or the response where nothing was promised about that.
 * KIP_CLOCK_RESOLUTION when there is none at all. */
KipClockKind kip_row_shown_clock (const KipTicketRow *row);

/* The promise of a row at a moment. */
typedef struct
{
  KipClockKind kind;
  KipTone      tone;
  double       fraction; /* of the target used; 0…1 */
  char        *text;     /* (owned) "41 min left"; "" without a promise */
} KipRowPromise;

void kip_row_promise_read (KipRowPromise      *promise,
                           const KipTicketRow *row,
                           KipAgreements      *agreements,
                           KipInstant          now);
void kip_row_promise_clear (KipRowPromise *promise);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KipRowPromise, kip_row_promise_clear)

/* The whole story for a tooltip: each clock that there is, one a line, with its
 * instant.  (transfer full) */
char *kip_row_promises_text (const KipTicketRow *row,
                             KipAgreements      *agreements,
                             KipInstant          now);

G_END_DECLS
