/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-measure.h"

#include "kip-tally.h"

/* What is made of what was counted. */
static const KipReduce reduces[KIP_N_MEASURES] = {
  [KIP_MEASURE_RECEIVED] = KIP_REDUCE_COUNT,
  [KIP_MEASURE_RESOLVED] = KIP_REDUCE_COUNT,
  [KIP_MEASURE_WAITING] = KIP_REDUCE_COUNT,
  [KIP_MEASURE_RESPONSE_MEDIAN] = KIP_REDUCE_MEDIAN,
  [KIP_MEASURE_RESPONSE_P90] = KIP_REDUCE_P90,
  [KIP_MEASURE_RESPONSE_MEAN] = KIP_REDUCE_MEAN,
  [KIP_MEASURE_RESPONSE_AT_ONCE] = KIP_REDUCE_SHARE,
  [KIP_MEASURE_FIRST_MEDIAN] = KIP_REDUCE_MEDIAN,
  [KIP_MEASURE_FIRST_P90] = KIP_REDUCE_P90,
  [KIP_MEASURE_FIRST_MEAN] = KIP_REDUCE_MEAN,
  [KIP_MEASURE_FULL_MEDIAN] = KIP_REDUCE_MEDIAN,
  [KIP_MEASURE_FULL_P90] = KIP_REDUCE_P90,
  [KIP_MEASURE_FULL_MEAN] = KIP_REDUCE_MEAN,
  [KIP_MEASURE_SLA_RESPONSE] = KIP_REDUCE_SHARE,
  [KIP_MEASURE_SLA_UPDATE] = KIP_REDUCE_SHARE,
  [KIP_MEASURE_SLA_RESOLUTION] = KIP_REDUCE_SHARE,
  [KIP_MEASURE_FCR_GROSS] = KIP_REDUCE_SHARE,
  [KIP_MEASURE_FCR_NET] = KIP_REDUCE_SHARE,
  [KIP_MEASURE_CSAT] = KIP_REDUCE_SHARE,
  [KIP_MEASURE_CSAT_ANSWERS] = KIP_REDUCE_SHARE,
  [KIP_MEASURE_TOUCHED] = KIP_REDUCE_COUNT,
  [KIP_MEASURE_REOPENED] = KIP_REDUCE_SHARE,
  [KIP_MEASURE_ESCALATED] = KIP_REDUCE_SHARE,
  [KIP_MEASURE_HANDOVERS] = KIP_REDUCE_MEAN,
  [KIP_MEASURE_PAUSED] = KIP_REDUCE_RATIO,
  [KIP_MEASURE_PAUSED_REQUESTER] = KIP_REDUCE_RATIO,
  [KIP_MEASURE_PAUSED_SUPPLIER] = KIP_REDUCE_RATIO,
  [KIP_MEASURE_RECURRED] = KIP_REDUCE_SHARE,
};

/* Those between which just what is made of it differs. */
static KipMeasure
first_of_family (KipMeasure measure)
{
  switch ((guint) measure)
    {
    case KIP_MEASURE_RESPONSE_P90:
    case KIP_MEASURE_RESPONSE_MEAN:
      return KIP_MEASURE_RESPONSE_MEDIAN;
    case KIP_MEASURE_FIRST_P90:
    case KIP_MEASURE_FIRST_MEAN:
      return KIP_MEASURE_FIRST_MEDIAN;
    case KIP_MEASURE_FULL_P90:
    case KIP_MEASURE_FULL_MEAN:
      return KIP_MEASURE_FULL_MEDIAN;
    default:
      return measure;
    }
}

gboolean
kip_measure_is_told_with (KipMeasure a,
                          KipMeasure b)
{
  return first_of_family (a) == first_of_family (b);
}

static gboolean
is_filed (KipMeasure measure)
{
  return kip_ledger_line_of (measure) != KIP_LEDGER_N_LINES;
}

/* ---- the ledger ---- */

KipLedger *
kip_scope_ledger (const KipScope *scope,
                  KipLedger     **own)
{
  *own = NULL;
  if (scope->ledger != NULL && kip_ledger_reaches (scope->ledger, &scope->range))
    return scope->ledger;
  return *own = kip_ledger_new (scope->table, scope->zone, scope->now, &scope->range);
}

static GArray *
find_living (const KipScope *scope,
             KipInstant      at)
{
  const KipFactTable *table = scope->table;
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint row = 0; row < table->n; row++)
    if (table->last[row] >= at && (scope->mask == NULL || scope->mask[row]))
      g_array_append_val (rows, row);
  return rows;
}

GArray *
kip_scope_living (const KipScope *scope,
                  KipInstant      at)
{
  return scope->living != NULL && at >= scope->living_since ? g_array_ref (scope->living) : find_living (scope, at);
}

void
kip_scope_prepare (KipScope *scope)
{
  scope->counts = kip_ledger_counts_new (scope->ledger, scope->mask);
  scope->living_since = MIN (scope->range.to, kip_day_start (scope->now, scope->zone));
  scope->living = find_living (scope, scope->living_since);
}

void
kip_scope_clear (KipScope *scope)
{
  g_clear_pointer (&scope->counts, kip_ledger_counts_free);
  g_clear_pointer (&scope->living, g_array_unref);
}

static void
tell (KipTally *tally)
{
  g_autoptr (KipLedger) own = NULL;
  KipLedger *ledger = kip_scope_ledger (tally->scope, &own);

  kip_ledger_tell (ledger, tally);
}

/* ---- several at once ---- */

/* A median and a 90th percentile are of the same numbers. */
static gboolean
can_share (const KipAsk *a,
           const KipAsk *b)
{
  return a->scope == b->scope && a->by == b->by && a->measure != b->measure && is_filed (a->measure)
         && kip_measure_is_told_with (a->measure, b->measure);
}

static void
keep_more (KipTally  *tally,
           KipMeasure measure)
{
  tally->keeps_values |= kip_reduce_needs_values (reduces[measure]);
}

/* Asks @asks [0] … that can share; how many they are. */
static guint
compute_sharing (KipAsk *asks,
                 guint   n)
{
  KipTally tally;
  guint end = 1;

  kip_tally_init (&tally, asks[0].scope, asks[0].measure, reduces[asks[0].measure], asks[0].by);
  for (; end < n && can_share (&asks[end - 1], &asks[end]); end++)
    keep_more (&tally, asks[end].measure);
  if (is_filed (asks[0].measure))
    tell (&tally);
  else
    kip_tally_tell_recurred (&tally);
  for (guint i = 0; i < end; i++)
    asks[i].figures = kip_tally_finish (&tally, asks[i].measure, reduces[asks[i].measure]);
  kip_tally_clear (&tally);
  return end;
}

void
kip_measure_compute_many (KipAsk *asks,
                          guint   n)
{
  for (guint i = 0; i < n;)
    if (is_filed (asks[i].measure) || asks[i].measure == KIP_MEASURE_RECURRED)
      i += compute_sharing (&asks[i], n - i);
    else
      {
        asks[i].figures = kip_open_compute (asks[i].measure, asks[i].scope, asks[i].by);
        i++;
      }
}

GArray *
kip_measure_compute (KipMeasure      measure,
                     const KipScope *scope,
                     KipBy           by)
{
  KipAsk ask = { measure, scope, by, NULL };

  kip_measure_compute_many (&ask, 1);
  return ask.figures;
}
