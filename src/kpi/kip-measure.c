/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What each measure counts of a ticket. */

#include "kip-measure.h"

#include "kip-tally.h"

#define SEVEN_DAYS (7 * KIP_MS_PER_DAY)
#define THIRTY_DAYS (30 * KIP_MS_PER_DAY)

typedef void (*Teller) (const KipTallies *to,
                        guint             row);

static const KipFactResolution *
resolutions_of (const KipFactTable *table,
                guint               row,
                guint              *n)
{
  guint first = table->first_resolution[row];

  *n = KIP_FACT_END (table, resolutions, first_resolution, row) - first;
  return *n > 0 ? &g_array_index (table->resolutions, KipFactResolution, first) : NULL;
}

/* NULL: it is not resolved. */
static const KipFactResolution *
last_resolution (const KipFactTable *table,
                 guint               row)
{
  guint n;
  const KipFactResolution *all = resolutions_of (table, row, &n);

  return n > 0 && all[n - 1].reopened == KIP_INSTANT_NONE ? &all[n - 1] : NULL;
}

static gboolean
is_reopened_soon (const KipFactResolution *resolution)
{
  return resolution->reopened != KIP_INSTANT_NONE && resolution->reopened - resolution->at <= SEVEN_DAYS;
}

static gint64
choose (const KipTallies *to,
        gint64            work,
        gint64            elapsed)
{
  return to->elapsed ? elapsed : work;
}

/* ---- counts ---- */

static void
tell_received (const KipTallies *to,
               guint             row)
{
  const KipFactTable *table = to->table;
  KipTelling telling = { .row = row, .at = table->received[row], .agent = table->assignee[row], .n = 1, .plain = TRUE };

  kip_tallies_tell (to, &telling);
}

static void
tell_waiting (const KipTallies *to,
              guint             row)
{
  const KipFactTable *table = to->table;
  guint n;

  if (table->responded[row] == KIP_INSTANT_NONE
      && (resolutions_of (table, row, &n) == NULL || last_resolution (table, row) == NULL))
    tell_received (to, row);
}

/* Whether it is resolved later in the same group of time. */
static gboolean
comes_again (const KipTally          *tally,
             const KipFactResolution *all,
             guint                    i,
             guint                    n)
{
  int bin = kip_bins_find (&tally->bins, all[i].at);

  for (guint next = i + 1; next < n; next++)
    if (kip_bins_find (&tally->bins, all[next].at) == bin)
      return TRUE;
  return FALSE;
}

/* Once a group, by the last time in it. */
static void
tell_resolution (KipTally                *tally,
                 guint                    row,
                 const KipFactResolution *all,
                 guint                    i,
                 guint                    n)
{
  KipTelling telling = { .row = row, .at = all[i].at, .agent = all[i].by, .n = 1 };

  if (i + 1 < n && comes_again (tally, all, i, n))
    return;
  telling.plain = i + 1 == n && all[i].reopened == KIP_INSTANT_NONE && tally->by != KIP_BY_AGENT && tally->by != KIP_BY_CATEGORY;
  kip_tally_tell (tally, &telling);
}

static void
tell_resolved (const KipTallies *to,
               guint             row)
{
  guint n;
  const KipFactResolution *all = resolutions_of (to->table, row, &n);

  for (guint i = 0; i < n; i++)
    for (guint t = 0; t < to->n; t++)
      tell_resolution (&to->all[t], row, all, i, n);
}

/* Each who did, or the ticket once by the first of them. */
static void
tell_touched (const KipTallies *to,
              guint             row)
{
  const KipFactTable *table = to->table;
  guint first = table->first_touch[row];

  for (guint i = first; i < KIP_FACT_END (table, touches, first_touch, row); i++)
    {
      const KipFactTouch *touch = &g_array_index (table->touches, KipFactTouch, i);
      KipTelling telling = { .row = row, .at = touch->at, .agent = touch->by, .n = 1 };

      for (guint t = 0; t < to->n; t++)
        if (i == first || to->all[t].by == KIP_BY_AGENT)
          kip_tally_tell (&to->all[t], &telling);
    }
}

/* ---- times ---- */

static void
tell_response (const KipTallies *to,
               guint             row)
{
  const KipFactTable *table = to->table;
  KipTelling telling = { .row = row, .at = table->responded[row], .agent = table->responder[row], .n = 1 };

  if (telling.at == KIP_INSTANT_NONE || table->on_line[row])
    return;
  telling.value = choose (to, table->response_work[row], table->response_elapsed[row]);
  kip_tallies_tell (to, &telling);
}

static void
tell_at_once (const KipTallies *to,
              guint             row)
{
  const KipFactTable *table = to->table;
  KipTelling telling = { .row = row, .at = table->responded[row], .agent = table->responder[row], .n = 1 };

  telling.hits = table->on_line[row];
  if (telling.at != KIP_INSTANT_NONE)
    kip_tallies_tell (to, &telling);
}

static void
tell_first (const KipTallies *to,
            guint             row)
{
  const KipFactTable *table = to->table;
  guint n;
  const KipFactResolution *all = resolutions_of (table, row, &n);
  KipTelling telling = { .row = row, .n = 1 };

  if (n == 0)
    return;
  telling.at = all[0].at;
  telling.agent = all[0].by;
  telling.value = choose (to, table->first_work[row], table->first_elapsed[row]);
  kip_tallies_tell (to, &telling);
}

static gboolean
begin_full (const KipTallies *to,
            guint             row,
            KipTelling       *telling)
{
  const KipFactResolution *last = last_resolution (to->table, row);

  if (last == NULL)
    return FALSE;
  *telling = (KipTelling) { .row = row, .at = last->at, .agent = last->by, .n = 1 };
  return TRUE;
}

static void
tell_full (const KipTallies *to,
           guint             row)
{
  const KipFactTable *table = to->table;
  KipTelling telling;

  if (!begin_full (to, row, &telling))
    return;
  telling.value = choose (to, table->full_work[row], table->full_elapsed[row]);
  kip_tallies_tell (to, &telling);
}

/* ---- promises ---- */

/* Kept or broken when its clock stopped; or broken when its deadline passed, while it
 * is still open. */
static void
tell_promise (const KipTallies   *to,
              guint               row,
              const KipFactClock *clock,
              KipId               agent)
{
  KipTelling telling = { .row = row, .at = clock->stopped, .agent = agent, .n = 1 };
  gboolean stopped = clock->state == KIP_CLOCK_MET || clock->state == KIP_CLOCK_MISSED;
  gboolean late = (clock->state == KIP_CLOCK_RUNNING && clock->breached != KIP_INSTANT_NONE && clock->breached < to->now)
                  || (clock->state == KIP_CLOCK_PAUSED && clock->was_late);

  if (!stopped && !late)
    return;
  if (!stopped)
    telling.at = clock->breached;
  telling.hits = clock->state == KIP_CLOCK_MET;
  kip_tallies_tell (to, &telling);
}

static void
tell_sla_response (const KipTallies *to,
                   guint             row)
{
  const KipFactTable *table = to->table;

  tell_promise (to, row, &table->response[row],
                table->responder[row] != KIP_ID_NONE ? table->responder[row] : table->assignee[row]);
}

static void
tell_sla_resolution (const KipTallies *to,
                     guint             row)
{
  const KipFactTable *table = to->table;
  const KipFactResolution *last = last_resolution (table, row);

  tell_promise (to, row, &table->resolution[row], last != NULL ? last->by : table->assignee[row]);
}

/* Finished rounds count where the last of them ended: the clock keeps no more. */
static void
tell_sla_update (const KipTallies *to,
                 guint             row)
{
  const KipFactTable *table = to->table;
  const KipFactClock *clock = &table->update[row];
  KipTelling telling = { .row = row, .agent = table->assignee[row] };

  telling.n = clock->n_met + clock->n_missed;
  telling.hits = clock->n_met;
  telling.at = clock->stopped != KIP_INSTANT_NONE ? clock->stopped : table->responded[row];
  kip_tallies_tell (to, &telling);
  if (clock->state == KIP_CLOCK_RUNNING || clock->state == KIP_CLOCK_PAUSED)
    tell_promise (to, row, clock, table->assignee[row]);
}

/* ---- quality ---- */

static void
tell_fcr (const KipTallies *to,
          guint             row)
{
  const KipFactTable *table = to->table;
  guint n;
  const KipFactResolution *all = resolutions_of (table, row, &n);
  KipTelling telling = { .row = row, .n = 1 };

  if (n == 0)
    return;
  telling.at = all[0].at;
  telling.agent = all[0].by;
  telling.hits = table->n_answers[row] == 1 && table->n_assignees[row] <= 1 && table->n_teams[row] <= 1
                 && !is_reopened_soon (&all[0]);
  kip_tallies_tell (to, &telling);
}

static void
tell_fcr_net (const KipTallies *to,
              guint             row)
{
  const KipScope *scope = to->all[0].scope;

  if (scope->first_contact != NULL && g_hash_table_contains (scope->first_contact, &scope->table->category[row]))
    tell_fcr (to, row);
}

static void
tell_csat (const KipTallies *to,
           guint             row)
{
  guint n;
  const KipFactResolution *all = resolutions_of (to->table, row, &n);

  for (guint i = 0; i < n; i++)
    {
      KipTelling telling = { .row = row, .at = all[i].at, .agent = all[i].by, .n = 1, .hits = all[i].score >= 4 };

      if (all[i].score > 0)
        kip_tallies_tell (to, &telling);
    }
}

static void
tell_csat_answers (const KipTallies *to,
                   guint             row)
{
  guint n;
  const KipFactResolution *all = resolutions_of (to->table, row, &n);

  for (guint i = 0; i < n; i++)
    {
      KipTelling telling = { .row = row, .at = all[i].at, .agent = all[i].by, .n = 1, .hits = all[i].score > 0 };

      kip_tallies_tell (to, &telling);
    }
}

static void
tell_reopened (const KipTallies *to,
               guint             row)
{
  guint n;
  const KipFactResolution *all = resolutions_of (to->table, row, &n);

  for (guint i = 0; i < n; i++)
    {
      KipTelling telling = { .row = row, .at = all[i].at, .agent = all[i].by, .n = 1, .hits = is_reopened_soon (&all[i]) };

      kip_tallies_tell (to, &telling);
    }
}

static void
tell_escalated (const KipTallies *to,
                guint             row)
{
  KipTelling telling;

  if (!begin_full (to, row, &telling))
    return;
  telling.hits = to->table->n_moves[row] > 0;
  kip_tallies_tell (to, &telling);
}

static void
tell_handovers (const KipTallies *to,
                guint             row)
{
  KipTelling telling;

  if (!begin_full (to, row, &telling))
    return;
  telling.value = to->table->n_handovers[row];
  kip_tallies_tell (to, &telling);
}

/* ---- pauses ---- */

static gboolean
pause_counts (const KipTally     *tally,
              const KipFactPause *pause,
              KipId               resolver)
{
  if (tally->measure == KIP_MEASURE_PAUSED_REQUESTER && pause->pause != KIP_PAUSE_REQUESTER)
    return FALSE;
  if (tally->measure == KIP_MEASURE_PAUSED_SUPPLIER && pause->pause != KIP_PAUSE_SUPPLIER)
    return FALSE;
  return tally->by != KIP_BY_AGENT || pause->by == resolver;
}

static gint64
sum_pauses (const KipTallies *to,
            const KipTally   *tally,
            guint             row,
            KipId             resolver)
{
  const KipFactTable *table = to->table;
  gint64 sum = 0;

  for (guint i = table->first_pause[row]; i < KIP_FACT_END (table, pauses, first_pause, row); i++)
    {
      const KipFactPause *pause = &g_array_index (table->pauses, KipFactPause, i);

      if (pause_counts (tally, pause, resolver))
        sum += choose (to, pause->work, pause->elapsed);
    }
  return sum;
}

static void
tell_paused (const KipTallies *to,
             guint             row)
{
  const KipFactTable *table = to->table;
  KipTelling telling;

  if (!begin_full (to, row, &telling))
    return;
  telling.whole = choose (to, table->total_work[row], table->total_elapsed[row]);
  for (guint t = 0; t < to->n; t++)
    {
      telling.value = sum_pauses (to, &to->all[t], row, telling.agent);
      kip_tally_tell (&to->all[t], &telling);
    }
}

/* ---- recurrence ---- */

typedef struct
{
  KipInstant received;
  guint      row;
} Arrival;

static int
compare_arrivals (gconstpointer a,
                  gconstpointer b)
{
  const Arrival *x = a, *y = b;

  if (x->received != y->received)
    return x->received < y->received ? -1 : 1;
  return (x->row > y->row) - (x->row < y->row);
}

typedef struct
{
  KipId category, other;
} Pair;

static guint
pair_hash (gconstpointer key)
{
  const Pair *pair = key;

  return (guint) (pair->category * 31 + pair->other * 1000003) ^ (guint) (pair->other >> 32);
}

static gboolean
pair_equal (gconstpointer a,
            gconstpointer b)
{
  const Pair *x = a, *y = b;

  return x->category == y->category && x->other == y->other;
}

/* Whether the pair was seen in the 30 days before @at; it now is. */
static gboolean
see_pair (GHashTable *seen,
          KipId       category,
          KipId       other,
          KipInstant  at)
{
  Pair pair = { category, other };
  KipInstant *last;

  if (other == KIP_ID_NONE)
    return FALSE;
  last = g_hash_table_lookup (seen, &pair);
  if (last != NULL)
    {
      gboolean recent = at - *last <= THIRTY_DAYS;

      *last = at;
      return recent;
    }
  g_hash_table_insert (seen, g_memdup2 (&pair, sizeof pair), g_memdup2 (&at, sizeof at));
  return FALSE;
}

static GHashTable *
new_seen (void)
{
  return g_hash_table_new_full (pair_hash, pair_equal, g_free, g_free);
}

/* Repeats are looked for among all tickets, whatever the filter. */
static void
tell_recurred (KipTally *tally)
{
  const KipScope *scope = tally->scope;
  const KipFactTable *table = scope->table;
  g_autofree Arrival *arrivals = g_new (Arrival, table->n + 1);
  g_autoptr (GHashTable) assets = new_seen ();
  g_autoptr (GHashTable) requesters = new_seen ();

  for (guint i = 0; i < table->n; i++)
    arrivals[i] = (Arrival) { table->received[i], i }
  ;
  qsort (arrivals, table->n, sizeof *arrivals, compare_arrivals);
  for (guint i = 0; i < table->n; i++)
    {
      guint row = arrivals[i].row;
      KipTelling telling = { .row = row, .at = table->received[row], .agent = table->assignee[row], .n = 1 };
      gboolean again;

      if (table->category[row] == KIP_ID_NONE)
        continue;
      again = see_pair (assets, table->category[row], table->asset[row], telling.at);
      again |= see_pair (requesters, table->category[row], table->requester[row], telling.at);
      telling.hits = again;
      if (scope->mask == NULL || scope->mask[row])
        kip_tally_tell (tally, &telling);
    }
}

/* ---- rows ---- */

/* A row too many does no harm, one too few would. */
static void
fill_list (const KipScope *scope,
           KipRowList     *list)
{
  const KipFactTable *table = scope->table;

  list->rows = g_new (guint, table->n + 1);
  for (guint i = 0; i < table->n; i++)
    if (table->last[i] >= list->range.from && table->received[i] < list->range.to && (scope->mask == NULL || scope->mask[i]))
      list->rows[list->n++] = i;
}

/* What is open in a range that has not come yet is what is open now. */
void
kip_scope_find_rows (KipScope *scope)
{
  KipRange ranges[KIP_ROW_LISTS] = { scope->range, kip_range_shift (&scope->range, -1, scope->zone) };

  for (guint l = 0; l < KIP_ROW_LISTS; l++)
    {
      scope->lists[l] = (KipRowList) { NULL, 0, { MIN (ranges[l].from, scope->now), ranges[l].to } }
      ;
      fill_list (scope, &scope->lists[l]);
    }
}

void
kip_scope_drop_rows (KipScope *scope)
{
  for (guint l = 0; l < KIP_ROW_LISTS; l++)
    g_clear_pointer (&scope->lists[l].rows, g_free);
}

/* ---- all ---- */

static const struct
{
  Teller    tell;
  KipReduce reduce;
} measures[KIP_N_MEASURES] = {
  [KIP_MEASURE_RECEIVED] = { tell_received, KIP_REDUCE_COUNT },
  [KIP_MEASURE_RESOLVED] = { tell_resolved, KIP_REDUCE_COUNT },
  [KIP_MEASURE_WAITING] = { tell_waiting, KIP_REDUCE_COUNT },
  [KIP_MEASURE_RESPONSE_MEDIAN] = { tell_response, KIP_REDUCE_MEDIAN },
  [KIP_MEASURE_RESPONSE_P90] = { tell_response, KIP_REDUCE_P90 },
  [KIP_MEASURE_RESPONSE_MEAN] = { tell_response, KIP_REDUCE_MEAN },
  [KIP_MEASURE_RESPONSE_AT_ONCE] = { tell_at_once, KIP_REDUCE_SHARE },
  [KIP_MEASURE_FIRST_MEDIAN] = { tell_first, KIP_REDUCE_MEDIAN },
  [KIP_MEASURE_FIRST_P90] = { tell_first, KIP_REDUCE_P90 },
  [KIP_MEASURE_FIRST_MEAN] = { tell_first, KIP_REDUCE_MEAN },
  [KIP_MEASURE_FULL_MEDIAN] = { tell_full, KIP_REDUCE_MEDIAN },
  [KIP_MEASURE_FULL_P90] = { tell_full, KIP_REDUCE_P90 },
  [KIP_MEASURE_FULL_MEAN] = { tell_full, KIP_REDUCE_MEAN },
  [KIP_MEASURE_SLA_RESPONSE] = { tell_sla_response, KIP_REDUCE_SHARE },
  [KIP_MEASURE_SLA_UPDATE] = { tell_sla_update, KIP_REDUCE_SHARE },
  [KIP_MEASURE_SLA_RESOLUTION] = { tell_sla_resolution, KIP_REDUCE_SHARE },
  [KIP_MEASURE_FCR_GROSS] = { tell_fcr, KIP_REDUCE_SHARE },
  [KIP_MEASURE_FCR_NET] = { tell_fcr_net, KIP_REDUCE_SHARE },
  [KIP_MEASURE_CSAT] = { tell_csat, KIP_REDUCE_SHARE },
  [KIP_MEASURE_CSAT_ANSWERS] = { tell_csat_answers, KIP_REDUCE_SHARE },
  [KIP_MEASURE_TOUCHED] = { tell_touched, KIP_REDUCE_COUNT },
  [KIP_MEASURE_REOPENED] = { tell_reopened, KIP_REDUCE_SHARE },
  [KIP_MEASURE_ESCALATED] = { tell_escalated, KIP_REDUCE_SHARE },
  [KIP_MEASURE_HANDOVERS] = { tell_handovers, KIP_REDUCE_MEAN },
  [KIP_MEASURE_PAUSED] = { tell_paused, KIP_REDUCE_RATIO },
  [KIP_MEASURE_PAUSED_REQUESTER] = { tell_paused, KIP_REDUCE_RATIO },
  [KIP_MEASURE_PAUSED_SUPPLIER] = { tell_paused, KIP_REDUCE_RATIO },
  [KIP_MEASURE_RECURRED] = { NULL, KIP_REDUCE_SHARE },
};

gboolean
kip_measure_is_told_with (KipMeasure a,
                          KipMeasure b)
{
  return measures[a].tell != NULL && measures[a].tell == measures[b].tell && measures[a].tell != tell_paused;
}

/* One after the other: what was open is counted otherwise, and repeats in order of time. */
static GArray *
compute_alone (KipMeasure      measure,
               const KipScope *scope,
               KipBy           by)
{
  KipTally tally;
  GArray *figures;

  if (measure != KIP_MEASURE_RECURRED)
    return kip_open_compute (measure, scope, by);
  kip_tally_init (&tally, scope, measure, measures[measure].reduce, by);
  tell_recurred (&tally);
  figures = kip_tally_finish (&tally, measure, measures[measure].reduce);
  kip_tally_clear (&tally);
  return figures;
}

/* ---- several at once ---- */

/* Those of @tallies that go over the same rows as the first of them. */
static void
tell_rows (Teller    tell,
           KipTally *tallies,
           guint     n)
{
  const KipScope *scope = tallies[0].scope;
  KipTallies to = { tallies, n, scope->table, scope->elapsed, scope->now };
  KipRowWalk walk = kip_scope_walk (scope);
  guint row;

  while (kip_row_walk_next (&walk, &row))
    tell (&to, row);
}

static gboolean
go_together (const KipTally *a,
             const KipTally *b)
{
  return kip_scope_walk (a->scope).rows == kip_scope_walk (b->scope).rows;
}

/* A median and a 90th percentile are of the same numbers. */
static gboolean
can_share (const KipAsk *a,
           const KipAsk *b)
{
  return a->scope == b->scope && a->by == b->by && a->measure != b->measure;
}

static guint
init_tallies (KipTally *tallies,
              KipAsk   *asks,
              guint     n,
              guint    *which)
{
  guint n_tallies = 0;

  for (guint i = 0; i < n; i++)
    {
      if (i == 0 || !can_share (&asks[i - 1], &asks[i]))
        kip_tally_init (&tallies[n_tallies++], asks[i].scope, asks[i].measure, measures[asks[i].measure].reduce, asks[i].by);
      else if (kip_reduce_needs_values (measures[asks[i].measure].reduce))
        tallies[n_tallies - 1].keeps_values = TRUE;
      which[i] = n_tallies - 1;
    }
  return n_tallies;
}

static void
compute_together (KipAsk *asks,
                  guint   n)
{
  g_autofree KipTally *tallies = g_new0 (KipTally, n);
  g_autofree guint *which = g_new (guint, n);
  guint n_tallies = init_tallies (tallies, asks, n, which), next;

  for (guint from = 0; from < n_tallies; from = next)
    {
      for (next = from + 1; next < n_tallies && go_together (&tallies[from], &tallies[next]);)
        next++;
      tell_rows (measures[asks[0].measure].tell, &tallies[from], next - from);
    }
  for (guint i = 0; i < n; i++)
    asks[i].figures = kip_tally_finish (&tallies[which[i]], asks[i].measure, measures[asks[i].measure].reduce);
  for (guint i = 0; i < n_tallies; i++)
    kip_tally_clear (&tallies[i]);
}

void
kip_measure_compute_many (KipAsk *asks,
                          guint   n)
{
  if (measures[asks[0].measure].tell != NULL)
    compute_together (asks, n);
  else
    for (guint i = 0; i < n; i++)
      asks[i].figures = compute_alone (asks[i].measure, asks[i].scope, asks[i].by);
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
