/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-ledger-private.h"

#include "kip-tally.h"

G_BEGIN_DECLS

/* ---- one question ---- */

/* Of a line the entries whose bits under @mask are @want; they are hits with @hit. */
typedef struct
{
  guint8  line;
  guint16 mask, want, hit;
} KipLedgerRule;

typedef struct
{
  KipLedger *ledger;
  KipTally  *tally;
  KipMeasure measure;
  KipLedgerRule       rule;
  gboolean   is_promise;
  gboolean   has_values; /* something is added up, or kept */
  const KipScope *scope;
  const KipFactTable *table;
  guint      today;      /* the day of now: what is filed from there on may not have happened */
} KipLedgerTelling;

/* What an entry counts for. */
typedef struct
{
  guint  n, hits;
  gint64 value, whole;
} KipLedgerCount;

void kip_ledger_telling_init (KipLedgerTelling *telling,
                              KipLedger        *ledger,
                              KipTally         *tally);

/* ---- entries ---- */

/* What is added up of an entry, or kept, and what it is a part of. */
gint64 kip_ledger_value (const KipLedgerTelling *telling,
                         const KipLedgerEntry   *entry);
gint64 kip_ledger_whole (const KipLedgerTelling *telling,
                         guint                   row);

/* Whether it is resolved again before @end: then it counts there. */
gboolean kip_ledger_ends_again (const KipLedgerTelling *telling,
                                const KipLedgerEntry   *entry,
                                guint                   day,
                                KipInstant              end);

/* Of a net figure: whether the category is one that can be solved at first contact. */
gboolean kip_ledger_can_be_solved_at_once (const KipLedgerTelling *telling,
                                           guint                   row);

static inline gboolean
kip_ledger_is_asked_for (const KipLedgerTelling *telling,
                         const KipLedgerEntry   *entry)
{
  return (telling->is_promise || (entry->bits & telling->rule.mask) == telling->rule.want)
         && (telling->scope->mask == NULL || telling->scope->mask[entry->row])
         && (telling->measure != KIP_MEASURE_FCR_NET || kip_ledger_can_be_solved_at_once (telling, entry->row));
}

static inline KipLedgerCount
kip_ledger_count_entry (const KipLedgerTelling *telling,
                        const KipLedgerEntry   *entry)
{
  KipLedgerCount count = { 1, 0, 0, 0 };

  if (telling->is_promise)
    {
      count.n = kip_ledger_promises (telling->ledger, (KipLedgerLine) telling->rule.line, entry, telling->scope->now);
      count.hits = entry->bits;
    }
  else
    count.hits = (entry->bits & telling->rule.hit) != 0;
  if (telling->has_values)
    {
      count.value = kip_ledger_value (telling, entry);
      count.whole = kip_ledger_whole (telling, entry->row);
    }
  return count;
}

/* Whether the plain query of the measure selects the ticket in its group. */
static inline gboolean
kip_ledger_is_plain (const KipLedgerTelling *telling,
                     const KipLedgerEntry   *entry)
{
  /* A category is asked for with those below it. */
  if (telling->tally->by == KIP_BY_CATEGORY)
    return FALSE;
  if (telling->measure == KIP_MEASURE_RESOLVED)
    return (entry->bits & KIP_LEDGER_LAST) != 0 && telling->tally->by != KIP_BY_AGENT;
  return telling->measure == KIP_MEASURE_RECEIVED;
}

static inline gboolean
kip_ledger_looks_twice (const KipLedgerTelling *telling,
                        const KipLedgerEntry   *entry)
{
  return telling->measure == KIP_MEASURE_RESOLVED && (entry->bits & KIP_LEDGER_AGAIN) != 0;
}

/* ---- rows to be named (kip-ledger-rows.c) ---- */

/* More than can be named are of no use; the same ticket may be among them several times. */
#define KIP_LEDGER_MOST_ROWS (4 * (KIP_NAMED_TICKETS + 1))

void kip_ledger_note_entry (KipGroup             *group,
                            const KipLedgerEntry *entry,
                            const KipLedgerCount *count);

/* In order and each once; too many stay too many. */
void kip_ledger_order_rows (GArray *rows);

G_END_DECLS
