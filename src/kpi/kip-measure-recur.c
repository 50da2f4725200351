/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What comes again: the same category of the same asset or requester. */

#include "kip-tally.h"

#define THIRTY_DAYS (30 * KIP_MS_PER_DAY)

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
void
kip_tally_tell_recurred (KipTally *tally)
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
