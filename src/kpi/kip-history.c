/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-history.h"

static KipInstant
first_received (const KipFactTable *table,
                const guint8       *mask,
                KipInstant          today)
{
  KipInstant first = today;

  for (guint i = 0; i < table->n; i++)
    if (mask == NULL || mask[i])
      first = MIN (first, table->received[i]);
  return first;
}

/* Events of today and later are not told. */
static void
step (KipHistory    *history,
      const KipBins *days,
      KipInstant     at,
      int            by)
{
  if (at < history->today)
    history->steps[kip_bins_find (days, at) + 1] += by;
}

static void
change (KipHistory         *history,
        const KipBins      *days,
        const KipFactTable *table,
        guint               row,
        int                 sign)
{
  int day = kip_bins_find (days, table->received[row]);

  if (day >= 0)
    history->arrivals[day] += (guint) sign;
  step (history, days, table->received[row], sign);
  for (guint i = table->first_resolution[row]; i < KIP_FACT_END (table, resolutions, first_resolution, row); i++)
    {
      const KipFactResolution *resolution = &g_array_index (table->resolutions, KipFactResolution, i);

      step (history, days, resolution->at, -sign);
      if (resolution->reopened != KIP_INSTANT_NONE)
        step (history, days, resolution->reopened, sign);
    }
}

KipHistory *
kip_history_new (const KipFactTable *table,
                 const guint8       *mask,
                 GTimeZone          *zone,
                 KipInstant          now)
{
  KipHistory *history = g_new0 (KipHistory, 1);
  KipRange all = { kip_range_last_days (KIP_HISTORY_DAYS + 1, now, zone).from, kip_day_start (now, zone) };
  KipBins days;

  history->today = all.to;
  history->first = first_received (table, mask, all.to);
  all.from = MAX (all.from, kip_day_start (history->first, zone));
  history->cuts = g_array_new (FALSE, FALSE, sizeof (KipInstant));
  if (all.from < all.to)
    {
      g_array_unref (history->cuts);
      history->cuts = kip_range_cut (&all, KIP_BY_DAY, zone);
    }
  else
    g_array_append_val (history->cuts, all.to);
  history->n = history->cuts->len - 1;
  history->arrivals = g_new0 (guint, history->n + 1);
  history->steps = g_new0 (int, history->n + 2);
  kip_bins_init (&days, history->cuts);
  for (guint i = 0; i < table->n; i++)
    if (mask == NULL || mask[i])
      change (history, &days, table, i, 1);
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

void
kip_history_change (KipHistory         *history,
                    const KipFactTable *table,
                    guint               row,
                    int                 sign)
{
  KipBins days;

  kip_bins_init (&days, history->cuts);
  change (history, &days, table, row, sign);
  if (sign > 0 ? table->received[row] < history->first : table->received[row] <= history->first)
    history->is_stale = TRUE;
}

gboolean
kip_history_fits (const KipHistory *history,
                  GTimeZone        *zone,
                  KipInstant        now)
{
  return !history->is_stale && history->today == kip_day_start (now, zone);
}
