/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-fact-table.h"
#include "kip-period.h"

G_BEGIN_DECLS

/* What counts, filed by the local day on which it counts: a question turns the pages of
 * its range instead of looking at every ticket, a ticket that changes is filed anew, and
 * the sums of a day are kept from question to question.
 *
 * Threads: any may ask while nobody files. */
typedef struct _KipLedger KipLedger;

/* The columns of a day. */
typedef enum
{
  KIP_LEDGER_ARRIVALS,   /* received */
  KIP_LEDGER_ANSWERS,    /* first responses */
  KIP_LEDGER_ENDS,       /* every time that a ticket became resolved */
  KIP_LEDGER_RETURNS,    /* every time that it was reopened */
  KIP_LEDGER_RESPONSE,   /* promises that were kept or broken, by clock */
  KIP_LEDGER_UPDATE,
  KIP_LEDGER_RESOLUTION,
  KIP_LEDGER_TOUCHES,    /* the last time that somebody had a hand in it */
  KIP_LEDGER_N_LINES
} KipLedgerLine;

/* Of arrivals. */
#define KIP_LEDGER_WAITING (1 << 0)  /* neither answered nor resolved */
/* Of answers. */
#define KIP_LEDGER_AT_ONCE (1 << 0)  /* while the requester was on the line */
/* Of ends. */
#define KIP_LEDGER_FIRST (1 << 0)    /* the first of its ticket */
#define KIP_LEDGER_AT_FIRST_CONTACT (1 << 1)
#define KIP_LEDGER_LAST (1 << 2)     /* the ticket is resolved since */
#define KIP_LEDGER_JUDGED (1 << 3)   /* somebody answered the survey, */
#define KIP_LEDGER_SATISFIED (1 << 4) /* with 4 or 5 */
#define KIP_LEDGER_SOON_BACK (1 << 5) /* reopened within seven days */
#define KIP_LEDGER_AGAIN (1 << 6)    /* resolved again on a later day */
#define KIP_LEDGER_SAME_DAY (1 << 7) /* resolved again on the same day */
#define KIP_LEDGER_MOVED (1 << 8)    /* from one team to another */
/* Of touches. */
#define KIP_LEDGER_FIRST_HAND (1 << 0) /* of the first who did */

/* One thing that counts. */
typedef struct
{
  guint32 row;
  guint32 agent; /* whose it is: kip_ledger_agent () */
  guint16 n;     /* of promises, how many; 0: one, broken once its time is over */
  guint16 bits;  /* of promises, how many were kept */
} KipLedgerEntry;

/* Of all rows of @table, which must outlive it.  @range: (nullable) its ends are to be
 * ends of days, too, whatever the hour.  (transfer full) */
KipLedger *kip_ledger_new (const KipFactTable *table,
                           GTimeZone          *zone,
                           KipInstant          now,
                           const KipRange     *range);
void       kip_ledger_free (KipLedger *ledger);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipLedger, kip_ledger_free)

/* @row is about to leave the table, and the last row to take its place; or has come. */
void kip_ledger_leave (KipLedger *ledger,
                       guint      row);
void kip_ledger_join (KipLedger *ledger,
                      guint      row);

/* Whether it is of this zone still, and has room for what happens at @now. */
gboolean kip_ledger_fits (const KipLedger *ledger,
                          GTimeZone       *zone,
                          KipInstant       now);

/* ---- days ---- */

/* Whether both ends of @range are ends of its days, or lie outside. */
gboolean kip_ledger_reaches (const KipLedger *ledger,
                             const KipRange  *range);

/* The first day that begins at @at or later; their number when there is none. */
guint      kip_ledger_day (const KipLedger *ledger,
                           KipInstant       at);
guint      kip_ledger_n_days (const KipLedger *ledger);
KipInstant kip_ledger_day_start (const KipLedger *ledger,
                                 guint            day);

/* What is filed for a day. (nullable): nothing.  Borrowed. */
const KipLedgerEntry *kip_ledger_entries (const KipLedger *ledger,
                                          KipLedgerLine    line,
                                          guint            day,
                                          guint           *n);

/* Of every day, without those that @mask (nullable: all) leaves out. */
typedef struct
{
  guint *arrivals; /* (owned) */
  int   *net;      /* (owned) how many more are open at its end than at its beginning */
} KipLedgerCounts;

KipLedgerCounts *kip_ledger_counts_new (const KipLedger *ledger,
                                        const guint8    *mask);
void             kip_ledger_counts_free (KipLedgerCounts *counts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipLedgerCounts, kip_ledger_counts_free)

KipId kip_ledger_agent (const KipLedger *ledger,
                        guint            agent);
guint kip_ledger_n_agents (const KipLedger *ledger);

/* How many promises an entry of one of those lines is, at @now. */
guint kip_ledger_promises (const KipLedger      *ledger,
                           KipLedgerLine         line,
                           const KipLedgerEntry *entry,
                           KipInstant            now);

G_END_DECLS
