/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-agreements.h"
#include "kip-ticket.h"

G_BEGIN_DECLS

/* The clocks of a ticket: a pure function of its facts and the office's
 * agreements.  What each clock means: see the help page "Clocks" (starts, stops,
 * pauses, breach).  Nothing here depends on the time of day; what does takes @now. */

typedef enum
{
  KIP_CLOCK_RESPONSE = 0,   /* first response */
  KIP_CLOCK_UPDATE = 1,     /* next update */
  KIP_CLOCK_RESOLUTION = 2
} KipClockKind;

#define KIP_N_CLOCKS 3

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
  KipInstant breached;   /* when the breach is recorded: the deadline, or the change that made it late; NONE */
  gint64     target;     /* working seconds promised; 0: none */
  gint64     used;       /* working seconds used when it stopped, or was paused; -1 while running */
  gint64     paused;     /* working seconds in pauses and outages so far */
  gboolean   by_hand;    /* due was set by a person */
  gboolean   was_late;   /* paused after the deadline: still late, the overrun does not grow */
  KipId      policy;     /* policy and version that rule it */
  guint      version;
  KipId      calendar;
} KipClock;

/* Computes all clocks. @clocks: KIP_N_CLOCKS of them. Never fails. */
void kip_ticket_clocks (const KipTicket *ticket,
                        KipAgreements   *agreements,
                        KipClock        *clocks);

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

/* When @percent of the target is used up if nothing pauses it; NONE unless running. */
KipInstant kip_clock_threshold (const KipClock *clock,
                                KipAgreements  *agreements,
                                int             percent);

G_END_DECLS
