/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-history.h"

/* The first day that anything was received on. */
static KipInstant
first_day (const KipLedger       *ledger,
           const KipLedgerCounts *counts,
           KipInstant             today)
{
  for (guint day = 0; day < kip_ledger_n_days (ledger); day++)
    if (counts->arrivals[day] > 0)
      return MIN (kip_ledger_day_start (ledger, day), today);
  return today;
}

KipHistory *
kip_history_new (const KipScope *scope)
{
  KipHistory *history = g_new0 (KipHistory, 1);
  g_autoptr (KipLedger) own = NULL;
  const KipLedger *ledger = kip_scope_ledger (scope, &own);
  g_autoptr (KipLedgerCounts) counts = kip_ledger_counts_new (ledger, scope->mask);
  KipRange all = { kip_range_last_days (KIP_HISTORY_DAYS + 1, scope->now, scope->zone).from, kip_day_start (scope->now, scope->zone) };
  guint today = kip_ledger_day (ledger, all.to);
  KipBins days;

  history->today = all.to;
  all.from = MAX (all.from, first_day (ledger, counts, all.to));
  history->cuts = kip_range_cut (&all, KIP_BY_DAY, scope->zone);
  if (all.from == all.to)
    g_array_set_size (history->cuts, 1);
  history->n = history->cuts->len - 1;
  history->arrivals = g_new0 (guint, history->n + 1);
  history->steps = g_new0 (int, history->n + 2);
  kip_bins_init (&days, history->cuts);
  for (guint day = 0; day < today; day++)
    {
      int bin = kip_bins_find (&days, kip_ledger_day_start (ledger, day));

      history->steps[bin + 1] += counts->net[day];
      if (bin >= 0)
        history->arrivals[bin] += counts->arrivals[day];
    }
  return history;
}

void
kip_history_free (KipHistory *history)
{
  g_array_unref (history->cuts);
  g_free (history->arrivals);
  g_free (history->steps);
  g_free (history);
}
