/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The figures of a measure, day by day. */

#include "kip-ledger-telling.h"

static void
add_count (KipGroup             *group,
           const KipLedgerCount *count,
           gboolean              plain)
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
sum_day (const KipLedgerTelling *telling,
         guint                   day,
         KipLedgerSums          *sums)
{
  guint n;
  const KipLedgerEntry *entries = kip_ledger_entries (telling->ledger, (KipLedgerLine) telling->rule.line, day, &n);

  *sums = (KipLedgerSums) { .is_known = TRUE };
  for (guint i = 0; i < n; i++)
    {
      KipLedgerCount count;

      if (!kip_ledger_is_asked_for (telling, &entries[i]))
        continue;
      if (kip_ledger_looks_twice (telling, &entries[i]))
        {
          sums->again++;
          continue;
        }
      count = kip_ledger_count_entry (telling, &entries[i]);
      sums->n += count.n;
      sums->hits += count.hits;
      sums->sum += count.value;
      sums->whole += count.whole;
      sums->others += !kip_ledger_is_plain (telling, &entries[i]);
    }
}

/* Where only some of the day's entries count. */
static void
tell_entries (const KipLedgerTelling *telling,
              guint                   day,
              KipInstant              end,
              gboolean                only_again,
              KipGroup               *group)
{
  guint n;
  const KipLedgerEntry *entries = kip_ledger_entries (telling->ledger, (KipLedgerLine) telling->rule.line, day, &n);

  for (guint i = 0; i < n; i++)
    {
      gboolean again = kip_ledger_looks_twice (telling, &entries[i]);
      KipLedgerCount count;

      if (!kip_ledger_is_asked_for (telling, &entries[i]) || (only_again && !again) || (again && kip_ledger_ends_again (telling, &entries[i], day, end)))
        continue;
      count = kip_ledger_count_entry (telling, &entries[i]);
      if (count.n > 0)
        add_count (group, &count, kip_ledger_is_plain (telling, &entries[i]));
    }
}

/* With the sums of the day, which are the same in every span. */
static void
tell_day (const KipLedgerTelling *telling,
          KipLedgerSums          *sums,
          guint                   day,
          KipInstant              end,
          KipGroup               *group)
{
  KipLedgerCount count;

  if (!sums->is_known)
    sum_day (telling, day, sums);
  count = (KipLedgerCount) { sums->n, sums->hits, sums->sum, sums->whole };
  add_count (group, &count, sums->others == 0);
  if (sums->again > 0)
    tell_entries (telling, day, end, TRUE, group);
}

static void
tell_days (const KipLedgerTelling *telling,
           guint                   from,
           guint                   to,
           KipInstant              end,
           KipGroup               *group)
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
keep_values (const KipLedgerTelling *telling,
             guint                   from,
             guint                   to,
             KipGroup               *group)
{
  for (guint day = from; day < to; day++)
    {
      guint n;
      const KipLedgerEntry *entries = kip_ledger_entries (telling->ledger, (KipLedgerLine) telling->rule.line, day, &n);

      for (guint i = 0; i < n; i++)
        if (kip_ledger_is_asked_for (telling, &entries[i]))
          keep_value (group, kip_ledger_value (telling, &entries[i]));
    }
}

/* Only where they may be few enough. */
static void
note_rows (const KipLedgerTelling *telling,
           guint                   from,
           guint                   to,
           KipInstant              end,
           KipGroup               *group)
{
  guint hits = group->figure.hits, misses = group->figure.n - hits;

  if (telling->scope->silent || (hits >= KIP_LEDGER_MOST_ROWS && misses >= KIP_LEDGER_MOST_ROWS) || (hits == 0 && misses >= KIP_LEDGER_MOST_ROWS)
      || (misses == 0 && hits >= KIP_LEDGER_MOST_ROWS))
    return;
  for (guint day = from; day < to; day++)
    {
      guint n;
      const KipLedgerEntry *entries = kip_ledger_entries (telling->ledger, (KipLedgerLine) telling->rule.line, day, &n);

      for (guint i = 0; i < n; i++)
        {
          KipLedgerCount count;

          if (!kip_ledger_is_asked_for (telling, &entries[i])
              || (kip_ledger_looks_twice (telling, &entries[i]) && kip_ledger_ends_again (telling, &entries[i], day, end)))
            continue;
          count = kip_ledger_count_entry (telling, &entries[i]);
          kip_ledger_note_entry (group, &entries[i], &count);
        }
    }
  kip_ledger_order_rows (group->hit_rows);
  kip_ledger_order_rows (group->miss_rows);
}

/* ---- all ---- */

static void
tell_by_time (const KipLedgerTelling *telling)
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
group_of (const KipLedgerTelling *telling,
          const KipLedgerEntry   *entry,
          KipGroup              **agents)
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
tell_day_by_key (const KipLedgerTelling *telling,
                 guint                   day,
                 KipGroup              **agents)
{
  KipInstant end = telling->scope->range.to;
  guint n;
  const KipLedgerEntry *entries = kip_ledger_entries (telling->ledger, (KipLedgerLine) telling->rule.line, day, &n);

  for (guint i = 0; i < n; i++)
    {
      KipLedgerCount count;
      KipGroup *group;

      if (!kip_ledger_is_asked_for (telling, &entries[i])
          || (kip_ledger_looks_twice (telling, &entries[i]) && kip_ledger_ends_again (telling, &entries[i], day, end)))
        continue;
      count = kip_ledger_count_entry (telling, &entries[i]);
      if (count.n == 0)
        continue;
      group = group_of (telling, &entries[i], agents);
      add_count (group, &count, kip_ledger_is_plain (telling, &entries[i]));
      if (telling->tally->keeps_values)
        keep_value (group, count.value);
      if (!telling->scope->silent)
        kip_ledger_note_entry (group, &entries[i], &count);
    }
}

static void
tell_by_key (const KipLedgerTelling *telling)
{
  g_autofree KipGroup **agents = g_new0 (KipGroup *, kip_ledger_n_agents (telling->ledger) + 1);
  guint to = kip_ledger_day (telling->ledger, telling->scope->range.to);

  for (guint day = kip_ledger_day (telling->ledger, telling->scope->range.from); day < to; day++)
    tell_day_by_key (telling, day, agents);
  for (guint i = 0; i < telling->tally->groups->len; i++)
    {
      KipGroup *group = g_ptr_array_index (telling->tally->groups, i);

      kip_ledger_order_rows (group->hit_rows);
      kip_ledger_order_rows (group->miss_rows);
    }
}

void
kip_ledger_tell (KipLedger *ledger,
                 KipTally  *tally)
{
  KipLedgerTelling telling;

  kip_ledger_telling_init (&telling, ledger, tally);
  if (tally->by == KIP_BY_NOTHING || kip_by_is_time (tally->by))
    tell_by_time (&telling);
  else
    tell_by_key (&telling);
}
