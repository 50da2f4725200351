/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-agreements-private.h"
#include "kip-ticket-clocks.h"

G_BEGIN_DECLS

/* "Not yet": an open end. */
#define KIP_INSTANT_OPEN G_MAXINT64

typedef enum
{
  KIP_HOLD_STATUS,
  KIP_HOLD_OUTAGE,
  KIP_HOLD_RESOLVED
} KipHoldKind;

/* A span in which a clock stands still. */
typedef struct
{
  KipInstant  start;
  KipInstant  end;    /* KIP_INSTANT_OPEN: still going on */
  KipHoldKind kind;
  KipPause    pause;
  KipId       status;
  KipId       author;
  const char *reason; /* (nullable) of an outage; borrowed from the agreements */
} KipHold;

/* Everything about one ticket that its clocks share. */
typedef struct
{
  const KipTicket *ticket;
  KipAgreements   *agreements;
  GArray    *rules;    /* (owned) of KipRule, by at, at least one */
  GPtrArray *outages;  /* (owned) (nullable) of KipOutageEntry in whose scope it lies */
  KipInstant resolved; /* since when it is resolved or closed; NONE while open */
} KipClockContext;

void kip_clock_context_init (KipClockContext *context,
                             const KipTicket *ticket,
                             KipAgreements   *agreements);
void kip_clock_context_clear (KipClockContext *context);

/* The last rule that was made before @stop. */
guint kip_clock_context_rule_before (const KipClockContext *context,
                                     KipInstant             stop);

/* What holds a clock of @kind under @rule: disjoint, by start.  (transfer full) of KipHold */
GArray *kip_clock_holds (const KipClockContext *context,
                         KipClockKind           kind,
                         const KipRule         *rule);

/* What a walk over the spans between holds finds. */
typedef struct
{
  KipInstant due;        /* first instant at which the target was used up; NONE: not by its end */
  gint64     used;       /* working ms */
  gint64     paused;     /* working ms in holds that ended, resolved ones left out */
  const KipHold *holding; /* (nullable) the hold at its end, borrowed of the holds */
  KipInstant since;      /* when it last went on */
  gint64     since_used; /* working ms used by then */
  KipInstant held;       /* the beginning of the hold before since; NONE */
} KipWalk;

/* Walks from @start to @upto (may be KIP_INSTANT_OPEN).  @target: working ms, 0: none. */
void kip_clock_walk (KipCalendar  *calendar,
                     const GArray *holds,
                     KipInstant    start,
                     KipInstant    upto,
                     gint64        target,
                     KipWalk      *walk);

/* One round of a clock, from its start to its stop. */
typedef struct
{
  KipClockKind kind;
  KipInstant   begun;   /* when it was first started */
  KipInstant   start;   /* from when its time counts: later when it was started anew */
  KipInstant   stop;    /* KIP_INSTANT_OPEN: not stopped */
  const KipRule *rule;
  gint64       target;  /* working ms to be used from start; 0: none */
  GArray      *holds;   /* (owned) of KipHold */
  KipWalk      walk;
  KipInstant   changed; /* the change that made it late, after the deadline; NONE */
} KipRound;

void kip_round_init (KipRound              *round,
                     const KipClockContext *context,
                     KipClockKind           kind,
                     KipInstant             start,
                     KipInstant             stop);
void kip_round_clear (KipRound *round);

/* The result of @round as a clock. */
void kip_round_to_clock (const KipRound *round,
                         KipClock       *clock);

/* Computes one clock; @round (nullable) out: the round that it shows, to be cleared
 * when its rule is not NULL. */
void kip_clock_compute (const KipClockContext *context,
                        KipClockKind           kind,
                        KipClock              *clock,
                        KipRound              *round);

G_END_DECLS
