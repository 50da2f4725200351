/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What each measure counts of what is filed. */

#include "kip-ledger-private.h"

#include "kip-tally.h"

#include <string.h>

/* ---- measures ---- */

/* Of a line the entries whose bits under @mask are @want; they are hits with @hit. */
typedef struct
{
  guint8  line;
  guint16 mask, want, hit;
} Rule;

#define LAST KIP_LEDGER_ENDS, KIP_LEDGER_LAST, KIP_LEDGER_LAST
#define FIRST KIP_LEDGER_ENDS, KIP_LEDGER_FIRST, KIP_LEDGER_FIRST
#define ANSWERED KIP_LEDGER_ANSWERS, KIP_LEDGER_AT_ONCE, 0

static const Rule rules[KIP_N_MEASURES] = {
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

/* ---- one question ---- */

typedef struct
{
  KipLedger *ledger;
  KipTally  *tally;
  KipMeasure measure;
  Rule       rule;
  gboolean   is_promise;
  gboolean   has_values; /* something is added up, or kept */
  const KipScope *scope;
  const KipFactTable *table;
  guint      today;      /* the day of now: what is filed from there on may not have happened */
} Telling;

/* What an entry counts for. */
typedef struct
{
  guint  n, hits;
  gint64 value, whole;
} Count;

/* ---- times ---- */

static gboolean
pause_counts (const Telling      *telling,
              const KipFactPause *pause,
              KipId               resolver)
{
  if (telling->measure == KIP_MEASURE_PAUSED_REQUESTER && pause->pause != KIP_PAUSE_REQUESTER)
    return FALSE;
  if (telling->measure == KIP_MEASURE_PAUSED_SUPPLIER && pause->pause != KIP_PAUSE_SUPPLIER)
    return FALSE;
  return telling->tally->by != KIP_BY_AGENT || pause->by == resolver;
}

static gint64
sum_pauses (const Telling        *telling,
            const KipLedgerEntry *entry)
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

static gint64
value_of (const Telling        *telling,
          const KipLedgerEntry *entry)
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

static gint64
whole_of (const Telling *telling,
          guint          row)
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

/* Whether it is resolved again before @end: then it counts there. */
static gboolean
ends_again (const Telling        *telling,
            const KipLedgerEntry *entry,
            guint                 day,
            KipInstant            end)
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

static gboolean
can_be_solved_at_once (const Telling *telling,
                       guint          row)
{
  GHashTable *set = telling->scope->first_contact;

  return set != NULL && g_hash_table_contains (set, &telling->table->category[row]);
}

static inline gboolean
is_asked_for (const Telling        *telling,
              const KipLedgerEntry *entry)
{
  return (telling->is_promise || (entry->bits & telling->rule.mask) == telling->rule.want)
         && (telling->scope->mask == NULL || telling->scope->mask[entry->row])
         && (telling->measure != KIP_MEASURE_FCR_NET || can_be_solved_at_once (telling, entry->row));
}

static inline Count
count_entry (const Telling        *telling,
             const KipLedgerEntry *entry)
{
  Count count = { 1, 0, 0, 0 };

  if (telling->is_promise)
    {
      count.n = kip_ledger_promises (telling->ledger, (KipLedgerLine) telling->rule.line, entry, telling->scope->now);
      count.hits = entry->bits;
    }
  else
    count.hits = (entry->bits & telling->rule.hit) != 0;
  if (telling->has_values)
    {
      count.value = value_of (telling, entry);
      count.whole = whole_of (telling, entry->row);
    }
  return count;
}

/* Whether the plain query of the measure selects the ticket in its group. */
static inline gboolean
is_plain (const Telling        *telling,
          const KipLedgerEntry *entry)
{
  /* A category is asked for with those below it. */
  if (telling->tally->by == KIP_BY_CATEGORY)
    return FALSE;
  if (telling->measure == KIP_MEASURE_RESOLVED)
    return (entry->bits & KIP_LEDGER_LAST) != 0 && telling->tally->by != KIP_BY_AGENT;
  return telling->measure == KIP_MEASURE_RECEIVED;
}

static inline gboolean
looks_twice (const Telling        *telling,
             const KipLedgerEntry *entry)
{
  return telling->measure == KIP_MEASURE_RESOLVED && (entry->bits & KIP_LEDGER_AGAIN) != 0;
}

static void
add_count (KipGroup    *group,
           const Count *count,
           gboolean     plain)
{
  group->figure.n += count->n;
  group->figure.hits += count->hits;
  group->sum += count->value;
  group->whole += count->whole;
  group->plain &= plain;
}

static void
keep_value (KipGroup *group,
            gint64    value)
{
  if (group->values == NULL)
    group->values = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (group->values, value);
}

/* ---- days ---- */

static void
sum_day (const Telling *telling,
         guint          day,
         KipLedgerSums *sums)
{
  guint n;
  const KipLedgerEntry *entries = kip_ledger_entries (telling->ledger, (KipLedgerLine) telling->rule.line, day, &n);

  *sums = (KipLedgerSums) { .is_known = TRUE };
  for (guint i = 0; i < n; i++)
    {
      Count count;

      if (!is_asked_for (telling, &entries[i]))
        continue;
      if (looks_twice (telling, &entries[i]))
        {
          sums->again++;
          continue;
        }
      count = count_entry (telling, &entries[i]);
      sums->n += count.n;
      sums->hits += count.hits;
      sums->sum += count.value;
      sums->whole += count.whole;
      sums->others += !is_plain (telling, &entries[i]);
    }
}

/* Where only some of the day's entries count. */
static void
tell_entries (const Telling *telling,
              guint          day,
              KipInstant     end,
              gboolean       only_again,
              KipGroup      *group)
{
  guint n;
  const KipLedgerEntry *entries = kip_ledger_entries (telling->ledger, (KipLedgerLine) telling->rule.line, day, &n);

  for (guint i = 0; i < n; i++)
    {
      gboolean again = looks_twice (telling, &entries[i]);
      Count count;

      if (!is_asked_for (telling, &entries[i]) || (only_again && !again) || (again && ends_again (telling, &entries[i], day, end)))
        continue;
      count = count_entry (telling, &entries[i]);
      if (count.n > 0)
        add_count (group, &count, is_plain (telling, &entries[i]));
    }
}

/* With the sums of the day, which are the same in every span. */
static void
tell_day (const Telling *telling,
          KipLedgerSums *sums,
          guint          day,
          KipInstant     end,
          KipGroup      *group)
{
  Count count;

  if (!sums->is_known)
    sum_day (telling, day, sums);
  count = (Count) { sums->n, sums->hits, sums->sum, sums->whole };
  add_count (group, &count, sums->others == 0);
  if (sums->again > 0)
    tell_entries (telling, day, end, TRUE, group);
}

static void
tell_days (const Telling *telling,
           guint          from,
           guint          to,
           KipInstant     end,
           KipGroup      *group)
{
  KipLedgerBook *book = &telling->ledger->books[telling->measure];
  gboolean summed = telling->scope->mask == NULL && telling->measure != KIP_MEASURE_FCR_NET;
  KipLedgerSums **sums = &book->days[telling->scope->elapsed ? 1 : 0];

  g_mutex_lock (&book->lock);
  if (summed && *sums == NULL)
    *sums = g_new0 (KipLedgerSums, kip_ledger_n_days (telling->ledger));
  for (guint day = from; day < to; day++)
    if (summed && day < telling->today)
      tell_day (telling, &(*sums)[day], day, end, group);
    else
      tell_entries (telling, day, end, FALSE, group);
  g_mutex_unlock (&book->lock);
}

static void
keep_values (const Telling *telling,
             guint          from,
             guint          to,
             KipGroup      *group)
{
  for (guint day = from; day < to; day++)
    {
      guint n;
      const KipLedgerEntry *entries = kip_ledger_entries (telling->ledger, (KipLedgerLine) telling->rule.line, day, &n);

      for (guint i = 0; i < n; i++)
        if (is_asked_for (telling, &entries[i]))
          keep_value (group, value_of (telling, &entries[i]));
    }
}

/* ---- rows to be named ---- */

/* More than can be named are of no use; the same ticket may be among them several times. */
#define MOST_ROWS (4 * (KIP_NAMED_TICKETS + 1))

static void
note_row (GArray *rows,
          guint   row)
{
  if (rows->len < MOST_ROWS)
    g_array_append_val (rows, row);
}

static void
note_entry (KipGroup             *group,
            const KipLedgerEntry *entry,
            const Count          *count)
{
  if (count->hits > 0)
    note_row (group->hit_rows, entry->row);
  if (count->hits < count->n)
    note_row (group->miss_rows, entry->row);
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  guint x = *(const guint *) a, y = *(const guint *) b;

  return (x > y) - (x < y);
}

/* Shell's sort (1959): there are very many short lists, most of them almost in order. */
static void
sort_few (guint *rows,
          guint  n)
{
  static const guint gaps[] = { 301, 132, 57, 23, 10, 4, 1 }; /* Ciura 2001 */

  for (guint g = 0; g < G_N_ELEMENTS (gaps); g++)
    for (guint i = gaps[g]; i < n; i++)
      {
        guint row = rows[i], at = i;

        for (; at >= gaps[g] && rows[at - gaps[g]] > row; at -= gaps[g])
          rows[at] = rows[at - gaps[g]];
        rows[at] = row;
      }
}

static void
keep_once (GArray *rows)
{
  guint n = 0;

  if (rows->len < MOST_ROWS)
    sort_few ((guint *) (gpointer) rows->data, rows->len);
  else
    g_array_sort (rows, compare_rows);
  for (guint i = 0; i < rows->len; i++)
    if (n == 0 || g_array_index (rows, guint, n - 1) != g_array_index (rows, guint, i))
      g_array_index (rows, guint, n++) = g_array_index (rows, guint, i);
  g_array_set_size (rows, n);
}

/* In order and each once; too many stay too many. */
static void
order_rows (GArray *rows)
{
  if (rows->len < MOST_ROWS)
    keep_once (rows);
}

/* Only where they may be few enough. */
static void
note_rows (const Telling *telling,
           guint          from,
           guint          to,
           KipInstant     end,
           KipGroup      *group)
{
  guint hits = group->figure.hits, misses = group->figure.n - hits;

  if (telling->scope->silent || (hits >= MOST_ROWS && misses >= MOST_ROWS) || (hits == 0 && misses >= MOST_ROWS)
      || (misses == 0 && hits >= MOST_ROWS))
    return;
  for (guint day = from; day < to; day++)
    {
      guint n;
      const KipLedgerEntry *entries = kip_ledger_entries (telling->ledger, (KipLedgerLine) telling->rule.line, day, &n);

      for (guint i = 0; i < n; i++)
        {
          Count count;

          if (!is_asked_for (telling, &entries[i])
              || (looks_twice (telling, &entries[i]) && ends_again (telling, &entries[i], day, end)))
            continue;
          count = count_entry (telling, &entries[i]);
          note_entry (group, &entries[i], &count);
        }
    }
  order_rows (group->hit_rows);
  order_rows (group->miss_rows);
}

/* ---- all ---- */

static void
tell_by_time (const Telling *telling)
{
  KipTally *tally = telling->tally;

  for (guint i = 0; i < tally->groups->len; i++)
    {
      KipGroup *group = g_ptr_array_index (tally->groups, i);
      const KipRange *span = &group->figure.span;
      guint from = kip_ledger_day (telling->ledger, span->from), to = kip_ledger_day (telling->ledger, span->to);

      tell_days (telling, from, to, span->to, group);
      if (tally->keeps_values)
        keep_values (telling, from, to, group);
      note_rows (telling, from, to, span->to, group);
    }
}

static KipGroup *
group_of (const Telling        *telling,
          const KipLedgerEntry *entry,
          KipGroup            **agents)
{
  const KipFactTable *table = telling->table;
  KipTally *tally = telling->tally;

  switch ((guint) tally->by)
    {
    case KIP_BY_AGENT:
      if (agents[entry->agent] == NULL)
        agents[entry->agent] = kip_tally_group (tally, kip_ledger_agent (telling->ledger, entry->agent));
      return agents[entry->agent];
    case KIP_BY_TEAM:
      return kip_tally_group (tally, table->team[entry->row]);
    case KIP_BY_CATEGORY:
      return kip_tally_group (tally, table->category[entry->row]);
    default:
      return g_ptr_array_index (tally->groups, CLAMP (table->priority[entry->row], 1, KIP_N_PRIORITIES) - 1);
    }
}

static void
tell_day_by_key (const Telling *telling,
                 guint          day,
                 KipGroup     **agents)
{
  KipInstant end = telling->scope->range.to;
  guint n;
  const KipLedgerEntry *entries = kip_ledger_entries (telling->ledger, (KipLedgerLine) telling->rule.line, day, &n);

  for (guint i = 0; i < n; i++)
    {
      Count count;
      KipGroup *group;

      if (!is_asked_for (telling, &entries[i])
          || (looks_twice (telling, &entries[i]) && ends_again (telling, &entries[i], day, end)))
        continue;
      count = count_entry (telling, &entries[i]);
      if (count.n == 0)
        continue;
      group = group_of (telling, &entries[i], agents);
      add_count (group, &count, is_plain (telling, &entries[i]));
      if (telling->tally->keeps_values)
        keep_value (group, count.value);
      if (!telling->scope->silent)
        note_entry (group, &entries[i], &count);
    }
}

static void
tell_by_key (const Telling *telling)
{
  g_autofree KipGroup **agents = g_new0 (KipGroup *, kip_ledger_n_agents (telling->ledger) + 1);
  guint to = kip_ledger_day (telling->ledger, telling->scope->range.to);

  for (guint day = kip_ledger_day (telling->ledger, telling->scope->range.from); day < to; day++)
    tell_day_by_key (telling, day, agents);
  for (guint i = 0; i < telling->tally->groups->len; i++)
    {
      KipGroup *group = g_ptr_array_index (telling->tally->groups, i);

      order_rows (group->hit_rows);
      order_rows (group->miss_rows);
    }
}

void
kip_ledger_tell (KipLedger *ledger,
                 KipTally  *tally)
{
  const KipScope *scope = tally->scope;
  Telling telling = { ledger, tally, tally->measure, rules[tally->measure], FALSE, has_values (tally->measure), scope, scope->table, 0 };

  telling.is_promise = telling.rule.line >= KIP_LEDGER_RESPONSE && telling.rule.line <= KIP_LEDGER_RESOLUTION;
  telling.today = kip_ledger_day (ledger, kip_day_start (scope->now, scope->zone));
  /* By agent, each who had a hand in it; else the ticket once. */
  if (tally->measure == KIP_MEASURE_TOUCHED && tally->by == KIP_BY_AGENT)
    telling.rule.mask = telling.rule.want = 0;
  if (tally->by == KIP_BY_NOTHING || kip_by_is_time (tally->by))
    tell_by_time (&telling);
  else
    tell_by_key (&telling);
}

/* ---- rows ---- */

GArray *
kip_scope_received (const KipScope *scope)
{
  g_autoptr (KipLedger) own = NULL;
  const KipLedger *ledger = kip_scope_ledger (scope, &own);
  guint to = kip_ledger_day (ledger, scope->range.to);
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint day = kip_ledger_day (ledger, scope->range.from); day < to; day++)
    {
      guint n;
      const KipLedgerEntry *entries = kip_ledger_entries (ledger, KIP_LEDGER_ARRIVALS, day, &n);

      for (guint i = 0; i < n; i++)
        if (scope->mask == NULL || scope->mask[entries[i].row])
          {
            guint row = entries[i].row;

            g_array_append_val (rows, row);
          }
    }
  return rows;
}

static void
add_broken (const KipScope  *scope,
            const KipLedger *ledger,
            KipLedgerLine    line,
            GArray          *rows)
{
  guint to = kip_ledger_day (ledger, scope->range.to);

  for (guint day = kip_ledger_day (ledger, scope->range.from); day < to; day++)
    {
      guint n;
      const KipLedgerEntry *entries = kip_ledger_entries (ledger, line, day, &n);

      for (guint i = 0; i < n; i++)
        if ((scope->mask == NULL || scope->mask[entries[i].row])
            && entries[i].bits < kip_ledger_promises (ledger, line, &entries[i], scope->now))
          {
            guint row = entries[i].row;

            g_array_append_val (rows, row);
          }
    }
}

GArray *
kip_scope_broken (const KipScope *scope)
{
  g_autoptr (KipLedger) own = NULL;
  const KipLedger *ledger = kip_scope_ledger (scope, &own);
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint line = KIP_LEDGER_RESPONSE; line <= KIP_LEDGER_RESOLUTION; line++)
    add_broken (scope, ledger, (KipLedgerLine) line, rows);
  keep_once (rows);
  return rows;
}
