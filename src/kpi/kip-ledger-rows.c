/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Rows that are to be named, and rows that charts ask for. */

#include "kip-ledger-telling.h"

/* ---- rows to be named ---- */

static void
note_row (GArray *rows,
          guint   row)
{
  if (rows->len < KIP_LEDGER_MOST_ROWS)
    g_array_append_val (rows, row);
}

void
kip_ledger_note_entry (KipGroup             *group,
                       const KipLedgerEntry *entry,
                       const KipLedgerCount *count)
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

  if (rows->len < KIP_LEDGER_MOST_ROWS)
    sort_few ((guint *) (gpointer) rows->data, rows->len);
  else
    g_array_sort (rows, compare_rows);
  for (guint i = 0; i < rows->len; i++)
    if (n == 0 || g_array_index (rows, guint, n - 1) != g_array_index (rows, guint, i))
      g_array_index (rows, guint, n++) = g_array_index (rows, guint, i);
  g_array_set_size (rows, n);
}

void
kip_ledger_order_rows (GArray *rows)
{
  if (rows->len < KIP_LEDGER_MOST_ROWS)
    keep_once (rows);
}

/* ---- of a range ---- */

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
