/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-agreements.h"
#include "kip-ticket.h"

G_BEGIN_DECLS

/* The clocks of a ticket: a pure function of its facts and the office's
 * agreements.  What each clock means: see the help page "Clocks" (starts, stops,
 * pauses, breach).  Nothing here depends on the time of day; what does takes @now.
 *
 *   first response  from received to the first reply or call.  A ticket logged with
 *                   the requester on the line is answered at once.  One resolved without
 *                   an answer has no clock any more (MISSED if it was late by then).
 *   next update     from the oldest unanswered message of the requester after the
 *                   first response to the next reply or call; OFF when there is none.
 *   resolution      from received to resolved; pauses by status; a deadline set by
 *                   hand belongs to this clock and stays whatever happens.
 *
 * Outages in whose scope the ticket lies pause all three.  Merged, spam and deleted
 * tickets have no clocks. */

typedef enum
{
  KIP_CLOCK_OFF = 0,     /* no promise, or nothing started it */
  KIP_CLOCK_RUNNING = 1,
  KIP_CLOCK_PAUSED = 2,
  KIP_CLOCK_MET = 3,     /* stopped in time */
  KIP_CLOCK_MISSED = 4   /* stopped late */
} KipClockState;

typedef struct
{
  KipClockState state;
  KipInstant started;    /* NONE while OFF */
  KipInstant stopped;    /* NONE while running or paused */
  KipInstant due;        /* when the target is used up; NONE while paused in time or without a target */
  KipInstant breached;   /* when the breach is recorded: the deadline, or the change that made it late
                          * (a running clock: when it will be, unless something happens); NONE */
  gint64     target;     /* working seconds promised; 0: none */
  gint64     used;       /* working seconds used when it stopped, or was paused; -1 while running */
  gint64     paused;     /* working seconds in pauses and outages so far, the present one left out */
  gboolean   by_hand;    /* due was set by a person */
  gboolean   was_late;   /* paused after the deadline: still late, the overrun does not grow */
  KipId      policy;     /* policy and version that rule it; NONE and 0: none */
  guint      version;
  KipId      calendar;   /* for kip_agreements_get_calendar () */
  guint      calendar_version;

  /* Of a running clock: how it is read at any time without the ticket. */
  KipInstant since;      /* began, or last went on */
  KipInstant held;       /* the pause before that began; NONE: there was none */
  gint64     since_used; /* working ms used at since */

  KipPause   pause;      /* PAUSED by a status: what for */
  gboolean   outage;     /* PAUSED by an outage */
  gboolean   on_line;    /* response: answered at once, reported apart */
  guint      n_met;      /* rounds finished in time (update: one for each answer; others: 0 or 1) */
  guint      n_missed;   /* rounds finished late */
  KipInstant first_stopped; /* resolution: the first time; NONE */
  gint64     first_used; /* working seconds used then; -1 */
} KipClock;

/* Computes all clocks. @clocks: KIP_N_CLOCKS of them. Never fails. */
void kip_ticket_clocks (const KipTicket *ticket,
                        KipAgreements   *agreements,
                        KipClock        *clocks);

/* Every round of one clock, oldest first: of the next update one for each question of
 * the requester, of the others the one that kip_ticket_clocks() gives.  Rounds without a
 * promise are left out.  (transfer full) GArray of KipClock */
GArray *kip_ticket_clock_rounds (const KipTicket *ticket,
                                 KipAgreements   *agreements,
                                 KipClockKind     kind);

/* The promise that falls due next: the earliest deadline of a running clock.  NONE when
 * nothing runs; then @kind is the paused clock with the least time left, if any.
 * FALSE: nothing runs and nothing is paused, @kind is left alone. */
gboolean kip_clocks_next (const KipClock *clocks,
                          KipClockKind   *kind,
                          KipInstant     *due);

/* What a person sees at @now. */
typedef struct
{
  gboolean late;       /* now is strictly after the deadline (or it stopped so) */
  gint64   used;       /* working seconds used */
  gint64   remaining;  /* working seconds left; negative: the overrun */
  double   fraction;   /* used / target, for the bar only */
} KipClockReading;

void kip_clock_read (const KipClock  *clock,
                     KipAgreements   *agreements,
                     KipInstant       now,
                     KipClockReading *reading);

/* When @percent of the target is used up if nothing pauses it; at 100 that is when
 * the breach is recorded.  NONE unless running. */
KipInstant kip_clock_threshold (const KipClock *clock,
                                KipAgreements  *agreements,
                                int             percent);

/* The percentages at which a clock of this kind warns, from its policy's version. Borrowed, of int. */
const GArray *kip_clock_get_warnings (const KipClock *clock,
                                      KipAgreements  *agreements);

/* ---- why this deadline? ---- */

typedef enum
{
  KIP_SEGMENT_COUNTED,  /* working time that counts */
  KIP_SEGMENT_CLOSED,   /* outside working time: closed says why */
  KIP_SEGMENT_PAUSED,   /* by a status: pause, status, author */
  KIP_SEGMENT_OUTAGE,
  KIP_SEGMENT_RESOLVED, /* between a resolution and the reopening */
  KIP_SEGMENT_DROPPED   /* counted once, but the clock was started anew later */
} KipSegmentKind;

typedef struct
{
  KipSegmentKind kind;
  KipInstant start;
  KipInstant end;
  gint64     seconds; /* working seconds in it; the COUNTED ones sum up to the figure */
  gboolean   ahead;   /* after now: how the deadline comes about */
  KipClosed  closed;
  KipPause   pause;
  KipId      status;  /* that paused it */
  KipId      author;  /* who set that status */
  char      *reason;  /* (owned) translated: "weekend", a holiday, an outage's reason */
} KipSegment;

typedef struct
{
  KipClockKind    kind;
  KipClock        clock;
  KipClockReading reading;
  KipInstant      now;
  GArray *segments;      /* (owned) of KipSegment, without holes from started to stopped, to now,
                          * or ahead to the deadline, at most a year */
  GPtrArray *notes;      /* (owned) of char *: whole translated sentences (a change that made it late, …) */
  char   *policy;        /* (owned) its name and version; "" when none rules */
  char   *calendar;      /* (owned) its name; "" */
} KipExplanation;

/* (transfer full) */
KipExplanation *kip_ticket_clock_explain (const KipTicket *ticket,
                                          KipAgreements   *agreements,
                                          KipClockKind     kind,
                                          KipInstant       now);
void kip_explanation_free (KipExplanation *explanation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipExplanation, kip_explanation_free)

/* ---- what moves when the agreements change ---- */

typedef struct
{
  KipId        ticket;
  gint64       number;
  KipClockKind clock;
  KipClockState old_state, new_state;
  KipInstant   old_due, new_due;       /* NONE: no deadline */
  gint64       old_target, new_target;
} KipClockMove;

/* The running and paused clocks of @tickets (of KipTicket) whose deadline or target
 * would be another.  (transfer full) of KipClockMove, by old deadline */
GArray *kip_agreements_preview (GPtrArray     *tickets,
                                KipAgreements *from,
                                KipAgreements *to);

G_END_DECLS
