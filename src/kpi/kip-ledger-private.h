/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-ledger.h"
#include "kip-measure.h"

G_BEGIN_DECLS

/* The sums of one day. */
typedef struct
{
  gint64   sum, whole;
  guint32  n, hits;
  guint32  others;   /* of n: what the plain query of the measure does not select */
  guint16  again;    /* to be looked at one by one: they count in some spans only */
  gboolean is_known;
} KipLedgerSums;

/* Of a measure, in working and in elapsed time. */
typedef struct
{
  GMutex         lock;
  KipLedgerSums *days[2]; /* (owned) (nullable) (mutex lock) */
} KipLedgerBook;

#define KIP_LEDGER_RECENT 256

struct _KipLedger
{
  const KipFactTable *table;
  GTimeZone     *zone;    /* (owned) */
  GArray        *cuts;    /* (owned) of KipInstant: ends of days, rising */
  KipBins        days;    /* of the cuts */
  gboolean       is_cut_off; /* some things lie further from now than its days */
  gboolean       is_stale; /* something happened on a day that it does not have */
  GArray       **lines[KIP_LEDGER_N_LINES]; /* (owned) each (nullable) of KipLedgerEntry, by day */
  GArray        *agents;  /* (owned) of KipId */
  GHashTable    *numbers; /* (owned) pointer to KipId → place among them */
  guint          recent[KIP_LEDGER_RECENT]; /* places that were just asked for, and one */
  KipLedgerBook  books[KIP_N_MEASURES];
};

G_END_DECLS
