/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What each measure counts of what is filed, entry by entry. */

#include "kip-ledger-telling.h"

/* ---- measures ---- */

#define LAST KIP_LEDGER_ENDS, KIP_LEDGER_LAST, KIP_LEDGER_LAST
#define FIRST KIP_LEDGER_ENDS, KIP_LEDGER_FIRST, KIP_LEDGER_FIRST
#define ANSWERED KIP_LEDGER_ANSWERS, KIP_LEDGER_AT_ONCE, 0

static const KipLedgerRule rules[KIP_N_MEASURES] = {
  [KIP_MEASURE_RECEIVED] = { KIP_LEDGER_ARRIVALS, 0, 0, 0 },
  [KIP_MEASURE_RESOLVED] = { KIP_LEDGER_ENDS, KIP_LEDGER_SAME_DAY, 0, 0 },
  [KIP_MEASURE_OPEN] = { KIP_LEDGER_N_LINES, 0, 0, 0 },
  [KIP_MEASURE_BACKLOG_DAYS] = { KIP_LEDGER_N_LINES, 0, 0, 0 },
  [KIP_MEASURE_BACKLOG_RATE] = { KIP_LEDGER_N_LINES, 0, 0, 0 },
  [KIP_MEASURE_WAITING] = { KIP_LEDGER_ARRIVALS, KIP_LEDGER_WAITING, KIP_LEDGER_WAITING, 0 },
  [KIP_MEASURE_RESPONSE_MEDIAN] = { ANSWERED, 0 },
  [KIP_MEASURE_RESPONSE_P90] = { ANSWERED, 0 },
  [KIP_MEASURE_RESPONSE_MEAN] = { ANSWERED, 0 },
  [KIP_MEASURE_RESPONSE_AT_ONCE] = { KIP_LEDGER_ANSWERS, 0, 0, KIP_LEDGER_AT_ONCE },
  [KIP_MEASURE_FIRST_MEDIAN] = { FIRST, 0 },
  [KIP_MEASURE_FIRST_P90] = { FIRST, 0 },
  [KIP_MEASURE_FIRST_MEAN] = { FIRST, 0 },
  [KIP_MEASURE_FULL_MEDIAN] = { LAST, 0 },
  [KIP_MEASURE_FULL_P90] = { LAST, 0 },
  [KIP_MEASURE_FULL_MEAN] = { LAST, 0 },
  [KIP_MEASURE_SLA_RESPONSE] = { KIP_LEDGER_RESPONSE, 0, 0, 0 },
  [KIP_MEASURE_SLA_UPDATE] = { KIP_LEDGER_UPDATE, 0, 0, 0 },
  [KIP_MEASURE_SLA_RESOLUTION] = { KIP_LEDGER_RESOLUTION, 0, 0, 0 },
  [KIP_MEASURE_FCR_GROSS] = { FIRST, KIP_LEDGER_AT_FIRST_CONTACT },
  [KIP_MEASURE_FCR_NET] = { FIRST, KIP_LEDGER_AT_FIRST_CONTACT },
  [KIP_MEASURE_CSAT] = { KIP_LEDGER_ENDS, KIP_LEDGER_JUDGED, KIP_LEDGER_JUDGED, KIP_LEDGER_SATISFIED },
  [KIP_MEASURE_CSAT_ANSWERS] = { KIP_LEDGER_ENDS, 0, 0, KIP_LEDGER_JUDGED },
  [KIP_MEASURE_TOUCHED] = { KIP_LEDGER_TOUCHES, KIP_LEDGER_FIRST_HAND, KIP_LEDGER_FIRST_HAND, 0 },
  [KIP_MEASURE_REOPENED] = { KIP_LEDGER_ENDS, 0, 0, KIP_LEDGER_SOON_BACK },
  [KIP_MEASURE_ESCALATED] = { LAST, KIP_LEDGER_MOVED },
  [KIP_MEASURE_HANDOVERS] = { LAST, 0 },
  [KIP_MEASURE_PAUSED] = { LAST, 0 },
  [KIP_MEASURE_PAUSED_REQUESTER] = { LAST, 0 },
  [KIP_MEASURE_PAUSED_SUPPLIER] = { LAST, 0 },
  [KIP_MEASURE_RECURRED] = { KIP_LEDGER_N_LINES, 0, 0, 0 },
};

#undef LAST
#undef FIRST
#undef ANSWERED

KipLedgerLine
kip_ledger_line_of (KipMeasure measure)
{
  return (KipLedgerLine) rules[measure].line;
}

/* ---- times ---- */

static gboolean
pause_counts (const KipLedgerTelling *telling,
              const KipFactPause     *pause,
              KipId                   resolver)
{
  if (telling->measure == KIP_MEASURE_PAUSED_REQUESTER && pause->pause != KIP_PAUSE_REQUESTER)
    return FALSE;
  if (telling->measure == KIP_MEASURE_PAUSED_SUPPLIER && pause->pause != KIP_PAUSE_SUPPLIER)
    return FALSE;
  return telling->tally->by != KIP_BY_AGENT || pause->by == resolver;
}

static gint64
sum_pauses (const KipLedgerTelling *telling,
            const KipLedgerEntry   *entry)
{
  const KipFactTable *table = telling->table;
  KipId resolver = kip_ledger_agent (telling->ledger, entry->agent);
  gint64 sum = 0;

  for (guint i = table->first_pause[entry->row]; i < KIP_FACT_END (table, pauses, first_pause, entry->row); i++)
    {
      const KipFactPause *pause = &g_array_index (table->pauses, KipFactPause, i);

      if (pause_counts (telling, pause, resolver))
        sum += telling->scope->elapsed ? pause->elapsed : pause->work;
    }
  return sum;
}

gint64
kip_ledger_value (const KipLedgerTelling *telling,
                  const KipLedgerEntry   *entry)
{
  const KipFactTable *table = telling->table;
  gboolean elapsed = telling->scope->elapsed;
  guint row = entry->row;

  switch ((guint) telling->measure)
    {
    case KIP_MEASURE_RESPONSE_MEDIAN:
    case KIP_MEASURE_RESPONSE_P90:
    case KIP_MEASURE_RESPONSE_MEAN:
      return elapsed ? table->response_elapsed[row] : table->response_work[row];
    case KIP_MEASURE_FIRST_MEDIAN:
    case KIP_MEASURE_FIRST_P90:
    case KIP_MEASURE_FIRST_MEAN:
      return elapsed ? table->first_elapsed[row] : table->first_work[row];
    case KIP_MEASURE_FULL_MEDIAN:
    case KIP_MEASURE_FULL_P90:
    case KIP_MEASURE_FULL_MEAN:
      return elapsed ? table->full_elapsed[row] : table->full_work[row];
    case KIP_MEASURE_HANDOVERS:
      return table->n_handovers[row];
    case KIP_MEASURE_PAUSED:
    case KIP_MEASURE_PAUSED_REQUESTER:
    case KIP_MEASURE_PAUSED_SUPPLIER:
      return sum_pauses (telling, entry);
    default:
      return 0;
    }
}

gint64
kip_ledger_whole (const KipLedgerTelling *telling,
                  guint                   row)
{
  gboolean is_share_of_time = telling->measure == KIP_MEASURE_PAUSED || telling->measure == KIP_MEASURE_PAUSED_REQUESTER
                              || telling->measure == KIP_MEASURE_PAUSED_SUPPLIER;

  if (!is_share_of_time)
    return 0;
  return telling->scope->elapsed ? telling->table->total_elapsed[row] : telling->table->total_work[row];
}

static gboolean
has_values (KipMeasure measure)
{
  switch ((guint) measure)
    {
    case KIP_MEASURE_RESPONSE_MEDIAN:
    case KIP_MEASURE_RESPONSE_P90:
    case KIP_MEASURE_RESPONSE_MEAN:
    case KIP_MEASURE_FIRST_MEDIAN:
    case KIP_MEASURE_FIRST_P90:
    case KIP_MEASURE_FIRST_MEAN:
    case KIP_MEASURE_FULL_MEDIAN:
    case KIP_MEASURE_FULL_P90:
    case KIP_MEASURE_FULL_MEAN:
    case KIP_MEASURE_HANDOVERS:
    case KIP_MEASURE_PAUSED:
    case KIP_MEASURE_PAUSED_REQUESTER:
    case KIP_MEASURE_PAUSED_SUPPLIER:
      return TRUE;
    default:
      return FALSE;
    }
}

/* ---- entries ---- */

gboolean
kip_ledger_ends_again (const KipLedgerTelling *telling,
                       const KipLedgerEntry   *entry,
                       guint                   day,
                       KipInstant              end)
{
  const KipFactTable *table = telling->table;
  KipInstant next_day = kip_ledger_day_start (telling->ledger, day + 1);

  for (guint i = table->first_resolution[entry->row]; i < KIP_FACT_END (table, resolutions, first_resolution, entry->row); i++)
    {
      KipInstant at = g_array_index (table->resolutions, KipFactResolution, i).at;

      if (at >= next_day)
        return at < end;
    }
  return FALSE;
}

gboolean
kip_ledger_can_be_solved_at_once (const KipLedgerTelling *telling,
                                  guint                   row)
{
  GHashTable *set = telling->scope->first_contact;

  return set != NULL && g_hash_table_contains (set, &telling->table->category[row]);
}

/* ---- one question ---- */

void
kip_ledger_telling_init (KipLedgerTelling *telling,
                         KipLedger        *ledger,
                         KipTally         *tally)
{
  const KipScope *scope = tally->scope;

  *telling = (KipLedgerTelling) { ledger, tally, tally->measure, rules[tally->measure], FALSE, has_values (tally->measure), scope,
                                  scope->table, 0 };
  telling->is_promise = telling->rule.line >= KIP_LEDGER_RESPONSE && telling->rule.line <= KIP_LEDGER_RESOLUTION;
  telling->today = kip_ledger_day (ledger, kip_day_start (scope->now, scope->zone));
  /* By agent, each who had a hand in it; else the ticket once. */
  if (tally->measure == KIP_MEASURE_TOUCHED && tally->by == KIP_BY_AGENT)
    telling->rule.mask = telling->rule.want = 0;
}
