/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-what-if-past.h"
#include "kip-what-if-scenario.h"

G_BEGIN_DECLS

/* A past range once more, under other agreements.
 *
 * Replay.  Every ticket's clocks are computed again, by the very code that runs them
 * (kip-ticket-clocks.h), under agreements that differ from those of the time in nothing
 * but what the scenario says.  Everybody is taken to have worked as they did: what changes
 * is what it is measured by.  Without a change nothing flips.
 *
 * Queue.  Where more or less would have got done (agents more or fewer; people who also
 * work the changed hours) each team's work is simulated twice, before and after
 * (kip-queue-sim.h), and only the difference is put on top of what happened, ticket by
 * ticket:
 *
 *   used after = used as replayed + (simulated after − simulated before)
 *
 * (working time all of it; with people who follow the changed hours replayed by the hours
 * of the time: what took so many working hours takes as many),
 * so that what the model does not know of stays as it was, the same luck is used on both
 * sides (common random numbers), and no change makes no difference.  Assumptions:
 *   – arrivals as they were; what lay open at the start of the range comes at its start;
 *   – as many agents as the team has members now (without members: as resolved its tickets);
 *   – agents work the hours of the office's calendar, and what is due first;
 *   – the work on a ticket is what was logged; where nothing was, a draw from what was
 *     logged for others of its priority; in an office that logs none, the time between
 *     first response and resolution, pauses left out;
 *   – all of it scaled by one factor a team, so that the simulated wait for an agent is,
 *     on average, that of the past (no ticket counted with more than 40 h), unless more
 *     work was logged than that needs: then what was logged stands;
 *   – the first response is given when an agent takes a ticket up; pauses stay as they were.
 * Spread.  KIP_WHAT_IF_RUNS runs, each with other draws and, for the share, another
 * weighting of the tickets (Poisson bootstrap, Hanley and MacGibbon 2006); shown are the
 * mean and the 10th and 90th percentile.  The draws follow from the number of the run:
 * the same question has the same answer. */
#define KIP_WHAT_IF_RUNS 20

/* Of the promises that count in the range. */
typedef struct
{
  guint  n;
  double kept;  /* of them; a mean where it is simulated */
  double share; /* percent; NAN: none */
  double low;   /* 10 % of the runs lie below; NAN: nothing was simulated */
  double high;  /* 10 % lie above */
} KipWhatIfShare;

/* A promise that ends otherwise. */
typedef struct
{
  guint        index;    /* of the case */
  KipId        ticket;
  gint64       number;
  const char  *subject;  /* borrowed of the past */
  int          priority;
  KipClockKind clock;
  KipOutcome   before, after;
  gint64       used;     /* working seconds after; -1: still runs */
  gint64       old_target, new_target;
  KipInstant   old_due, new_due; /* NONE: no deadline */
  double       chance;   /* share of the runs in which it flips; 1 where nothing is simulated */
} KipWhatIfFlip;

/* How well the queue explains the past, and what the change does to it. */
typedef struct
{
  KipId  team;
  guint  agents_before, agents_after;
  guint  n;                  /* tickets */
  gboolean measured;         /* by logged work; else estimated */
  double factor;             /* the work was scaled by it */
  double load_before, load_after; /* work ÷ what the agents can do: 1 is full */
  gint64 wait_past;          /* mean working seconds to the first response, as it happened */
  gint64 wait_before, wait_after; /* as simulated */
  double share_past;         /* resolution promises kept, percent, as it happened; NAN */
  double share_before;       /* as simulated */
} KipWhatIfTeam;

typedef struct
{
  KipWhatIfPast *past;       /* (owned) */
  KipScenario   *scenario;   /* (owned) */
  KipAgreements *agreements; /* (owned) as they would have been */
  gboolean       simulated;
  KipWhatIfShare before[KIP_N_CLOCKS][KIP_N_PRIORITIES + 1]; /* [clock][priority]; 0: all */
  KipWhatIfShare after[KIP_N_CLOCKS][KIP_N_PRIORITIES + 1];
  GArray        *flips;      /* (owned) of KipWhatIfFlip: broken ones first, by clock and number */
  guint          n_broken;   /* flips for the worse */
  guint          n_kept;     /* for the better */
  GArray        *teams;      /* (owned) of KipWhatIfTeam: those simulated */
} KipWhatIf;

/* For worker threads; uses several more.  NULL: cancelled.  (transfer full) */
KipWhatIf *kip_what_if_run (KipWhatIfPast     *past,
                            const KipScenario *scenario,
                            GCancellable      *cancellable,
                            GError           **error);
void       kip_what_if_free (KipWhatIf *what_if);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipWhatIf, kip_what_if_free)

/* "kept", "broken", "open, in time".  Static, translated. */
const char *kip_outcome_label (KipOutcome verdict);

/* What it rests on, as whole sentences for a person.  (transfer full) of char * */
GPtrArray *kip_what_if_assumptions (const KipWhatIf *what_if);

/* "Service desk: 4 → 5 agents; 78 % → 62 % busy; …".  (transfer full) */
char *kip_what_if_team_describe (const KipWhatIfTeam *team,
                                 KipOffice           *office);

/* ---- suggest a target ---- */

/* The tightest promise that would have held. */
typedef struct
{
  KipClockKind clock;
  int    priority;  /* 1–4 */
  guint  n;         /* promises that began in the range */
  guint  n_open;    /* of them still running: their time is known only to be longer */
  gint64 present;   /* the target of the default policy now; 0: none */
  gint64 exact;     /* working seconds; -1: cannot be said, too many are still open */
  gint64 rounded;   /* up to a value that people say; -1 */
  double held;      /* percent that would have held at rounded; NAN */
} KipSuggestion;

/* For every clock and priority with promises in the range, under what @scenario (nullable)
 * says of calendars and pauses, whatever is promised.
 *
 * The share F (t) of promises fulfilled within t of working time is estimated with those
 * that are still open taken for what they are: longer than they have run so far (Kaplan
 * and Meier 1958),
 *   1 − F (t) = ∏ over times u ≤ t at which some ended (1 − ended at u ÷ still running at u),
 * and with none open it is the plain share.  exact is the least t with F (t) ≥ @percent.
 * Tickets answered while the requester was on the line have no first response to promise. */
GArray *kip_what_if_suggest (KipWhatIfPast     *past,
                             const KipScenario *scenario,
                             int                percent,
                             GCancellable      *cancellable);

/* Up: 5 min to an hour, 15 min to four, 30 min to eight, hours to forty, then whole
 * working days. */
gint64 kip_target_round_up (gint64 seconds);

G_END_DECLS
