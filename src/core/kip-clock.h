/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-instant.h"

G_BEGIN_DECLS

/* What time it is.  Everything in Kip that asks for "now" asks here, so that a
 * day can be tried in a minute: the variable KIP_CLOCK holds an ISO instant and
 * optionally a speed ("2026-11-20T16:30:00+07:00 x60").  It is read once, at the
 * first call.  Threads: any. */
KipInstant kip_clock_now (void);

/* TRUE when KIP_CLOCK is in force; the program must say so loudly at start. */
gboolean kip_clock_is_virtual (void);

/* How many virtual milliseconds pass in a real one (1.0 without KIP_CLOCK). */
double kip_clock_speed (void);

/* Sets the clock from a text as in KIP_CLOCK; NULL goes back to the real one.
 * For tests and for kip_clock_now()'s own first call.  FALSE: not understood. */
gboolean kip_clock_set (const char *text);

G_END_DECLS
