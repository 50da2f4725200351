/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-config.h"

#include "kip-what-if-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "kip-parallel.h"

#define PIECE 512

/* ---- replay ---- */

typedef struct
{
  const KipWhatIfPast *past;
  KipAgreements       *agreements;
  GArray              *after; /* of KipWhatIfAfter */
} Replay;

static void
replay_piece (guint    from,
              guint    to,
              gpointer data)
{
  const Replay *replay = data;
  KipClock clocks[KIP_N_CLOCKS];

  for (guint i = from; i < to; i++)
    {
      const KipTicket *ticket = g_array_index (replay->past->cases, KipWhatIfCase, i).ticket;
      KipWhatIfAfter *after = &g_array_index (replay->after, KipWhatIfAfter, i);

      kip_ticket_clocks (ticket, replay->agreements, clocks);
      for (guint kind = 0; kind < KIP_N_CLOCKS; kind++)
        kip_what_if_clock_tell (&clocks[kind], (KipClockKind) kind, ticket, replay->past, &after->clocks[kind]);
    }
}

/* ---- sums ---- */

void
kip_what_if_sums_add (KipWhatIfSums        *sums,
                      int                   priority,
                      guint                 clock,
                      const KipWhatIfClock *told,
                      double                weight)
{
  int row = CLAMP (priority, 1, KIP_N_PRIORITIES);

  sums->n[clock][0] += weight * told->n;
  sums->n[clock][row] += weight * told->n;
  sums->kept[clock][0] += weight * told->n_kept;
  sums->kept[clock][row] += weight * told->n_kept;
}

static void
sums_to_shares (const KipWhatIfSums *sums,
                KipWhatIfShare       shares[KIP_N_CLOCKS][KIP_N_PRIORITIES + 1])
{
  for (guint clock = 0; clock < KIP_N_CLOCKS; clock++)
    for (guint row = 0; row <= KIP_N_PRIORITIES; row++)
      {
        double n = sums->n[clock][row], kept = sums->kept[clock][row];

        shares[clock][row] = (KipWhatIfShare) { (guint) n, kept, n > 0 ? 100 * kept / n : NAN, NAN, NAN };
      }
}

static void
fill_shares (KipWhatIf    *what_if,
             const GArray *after)
{
  const GArray *cases = what_if->past->cases;
  KipWhatIfSums sums_before = { 0 }, sums_after = { 0 };

  for (guint i = 0; i < cases->len; i++)
    {
      const KipWhatIfCase *each = &g_array_index (cases, KipWhatIfCase, i);
      const KipWhatIfAfter *then = &g_array_index (after, KipWhatIfAfter, i);

      for (guint clock = 0; clock < KIP_N_CLOCKS; clock++)
        {
          kip_what_if_sums_add (&sums_before, each->ticket->priority, clock, &each->clocks[clock], 1);
          kip_what_if_sums_add (&sums_after, each->ticket->priority, clock, &then->clocks[clock], 1);
        }
    }
  sums_to_shares (&sums_before, what_if->before);
  sums_to_shares (&sums_after, what_if->after);
}

/* ---- flips ---- */

gboolean
kip_what_if_flips (const KipWhatIfClock *before,
                   const KipWhatIfClock *after)
{
  gboolean was_broken = before->verdict == KIP_OUTCOME_BROKEN;
  gboolean is_broken = after->verdict == KIP_OUTCOME_BROKEN;

  if (before->n == 0 && after->n == 0)
    return FALSE;
  return was_broken != is_broken && (before->verdict != KIP_OUTCOME_NONE || is_broken);
}

static void
add_flip (KipWhatIf            *what_if,
          guint                 index,
          guint                 clock,
          const KipWhatIfClock *after,
          double                chance)
{
  const KipWhatIfCase *each = &g_array_index (what_if->past->cases, KipWhatIfCase, index);
  const KipWhatIfClock *before = &each->clocks[clock];
  KipWhatIfFlip flip = { index, each->ticket->id, each->ticket->number, each->ticket->subject, each->ticket->priority };

  flip.clock = (KipClockKind) clock;
  flip.before = (KipOutcome) before->verdict;
  flip.after = (KipOutcome) after->verdict;
  flip.used = after->used;
  flip.old_target = before->target;
  flip.new_target = after->target;
  flip.old_due = before->due;
  flip.new_due = after->due;
  flip.chance = chance;
  if (flip.after == KIP_OUTCOME_BROKEN)
    what_if->n_broken++;
  else
    what_if->n_kept++;
  g_array_append_val (what_if->flips, flip);
}

static int
compare_flips (gconstpointer a,
               gconstpointer b)
{
  const KipWhatIfFlip *x = a, *y = b;

  if ((x->after == KIP_OUTCOME_BROKEN) != (y->after == KIP_OUTCOME_BROKEN))
    return x->after == KIP_OUTCOME_BROKEN ? -1 : 1;
  if (x->clock != y->clock)
    return (int) x->clock - (int) y->clock;
  return (x->number > y->number) - (x->number < y->number);
}

/* Those that flip in at least half of the runs. */
static void
fill_flips (KipWhatIf    *what_if,
            const GArray *after,
            const float  *chances)
{
  const GArray *cases = what_if->past->cases;

  for (guint i = 0; i < cases->len; i++)
    for (guint clock = 0; clock < KIP_N_CLOCKS; clock++)
      {
        const KipWhatIfClock *before = &g_array_index (cases, KipWhatIfCase, i).clocks[clock];
        KipWhatIfClock then = g_array_index (after, KipWhatIfAfter, i).clocks[clock];
        double chance = chances != NULL ? (double) chances[i * KIP_N_CLOCKS + clock] : kip_what_if_flips (before, &then);

        if (chance < 0.5)
          continue;
        if (!kip_what_if_flips (before, &then)) /* it is the queue that turns it */
          then.verdict = before->verdict == KIP_OUTCOME_BROKEN ? KIP_OUTCOME_KEPT : KIP_OUTCOME_BROKEN;
        add_flip (what_if, i, clock, &then, chance);
      }
  g_array_sort (what_if->flips, compare_flips);
}

/* ---- all ---- */

/* People who follow the changed hours take as many working hours for all that the queue
 * does not know of: so long as they took by the hours of the time. */
static KipAgreements *
replayed_agreements (const KipWhatIf *what_if)
{
  g_autoptr (KipScenario) scenario = NULL;

  if (!what_if->simulated || !what_if->scenario->people_follow)
    return kip_agreements_ref (what_if->agreements);
  scenario = kip_scenario_copy_without_hours (what_if->scenario);
  return kip_scenario_apply (scenario, what_if->past->agreements);
}

static gboolean
run (KipWhatIf    *what_if,
     GArray       *after,
     GCancellable *cancellable)
{
  g_autoptr (KipAgreements) measured_by = replayed_agreements (what_if);
  Replay replay = { what_if->past, measured_by, after };
  guint n = what_if->past->cases->len;
  g_autofree float *chances = NULL;

  if (!kip_parallel (n, PIECE, replay_piece, &replay, cancellable))
    return FALSE;
  fill_shares (what_if, after);
  if (what_if->simulated)
    {
      chances = g_new0 (float, (gsize) n * KIP_N_CLOCKS);
      if (!kip_what_if_simulate (what_if, after, chances, cancellable))
        return FALSE;
    }
  fill_flips (what_if, after, chances);
  return TRUE;
}

KipWhatIf *
kip_what_if_run (KipWhatIfPast     *past,
                 const KipScenario *scenario,
                 GCancellable      *cancellable,
                 GError           **error)
{
  g_autoptr (KipWhatIf) what_if = g_new0 (KipWhatIf, 1);
  g_autoptr (GArray) after = g_array_sized_new (FALSE, TRUE, sizeof (KipWhatIfAfter), past->cases->len);

  g_array_set_size (after, past->cases->len);
  what_if->past = kip_what_if_past_ref (past);
  what_if->scenario = kip_scenario_copy (scenario);
  what_if->agreements = kip_scenario_apply (scenario, past->agreements);
  what_if->simulated = kip_scenario_has_capacity (scenario);
  what_if->flips = g_array_new (FALSE, FALSE, sizeof (KipWhatIfFlip));
  what_if->teams = g_array_new (FALSE, FALSE, sizeof (KipWhatIfTeam));
  if (run (what_if, after, cancellable))
    return g_steal_pointer (&what_if);
  g_cancellable_set_error_if_cancelled (cancellable, error);
  return NULL;
}

void
kip_what_if_free (KipWhatIf *what_if)
{
  g_array_unref (what_if->flips);
  g_array_unref (what_if->teams);
  kip_agreements_unref (what_if->agreements);
  kip_scenario_free (what_if->scenario);
  kip_what_if_past_unref (what_if->past);
  g_free (what_if);
}

const char *
kip_outcome_label (KipOutcome verdict)
{
  switch (verdict)
    {
    case KIP_OUTCOME_KEPT:
      return _("kept");
    case KIP_OUTCOME_BROKEN:
      return _("broken");
    case KIP_OUTCOME_OPEN:
      return _("open, in time");
    case KIP_OUTCOME_NONE:
    default:
      return _("no promise");
    }
}
