/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A queue with c equal servers, followed event by event (in Kendall's words G/G/c).
 * Time is whatever the caller counts in: working seconds for an office, so that nights
 * do not exist in it.
 *
 * Who is served: at any moment those c of the waiting whose due comes first; of equal
 * dues the one that stands earlier in the array.  Work that is laid aside for something
 * more urgent goes on where it stopped (pre-emptive resume, earliest deadline first).
 *
 * That rule makes the comparison of two crews exact rather than likely: job k, in the
 * order of urgency, is served whenever fewer than c of the more urgent ones are in the
 * house.  By induction over k, a larger c, or less work anywhere, lets no job begin or
 * end later (Ha and Liu 1994, "Validating timing constraints in multiprocessor and
 * distributed real-time systems").  The usual approximations, M/G/c from M/M/c by Lee
 * and Longton (1959) and Erlang's C, are for checking it: tests/kpi/test-queue-sim.c.
 * With c = 1 and dues in order of arrival it is Lindley's recursion (1952),
 *   wait[n + 1] = max (0, wait[n] + service[n] − (arrival[n + 1] − arrival[n])). */
typedef struct
{
  gint64 arrival;
  gint64 due;     /* order only; G_MAXINT64: after all others */
  gint64 service; /* > 0 */
  gint64 start;   /* out: when it was first taken up */
  gint64 finish;  /* out: when its service was complete */
} KipQueueJob;

/* @jobs: by arrival.  @servers: at least 1.  Deterministic; n log n. */
void kip_queue_simulate (KipQueueJob *jobs,
                         guint        n,
                         guint        servers);

G_END_DECLS
