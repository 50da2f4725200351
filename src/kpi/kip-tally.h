/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-measure.h"

G_BEGIN_DECLS

/* What a measure is told about tickets, group by group. */
typedef enum
{
  KIP_REDUCE_COUNT,
  KIP_REDUCE_SHARE,  /* hits ÷ n */
  KIP_REDUCE_RATIO,  /* value ÷ whole */
  KIP_REDUCE_MEAN,
  KIP_REDUCE_MEDIAN,
  KIP_REDUCE_P90
} KipReduce;

typedef struct
{
  KipFigure figure;
  gint64  sum, whole;
  GArray *values;     /* (owned) (nullable) of gint64 */
  GArray *hit_rows;   /* (owned) of guint: no more than can be named, and one */
  GArray *miss_rows;  /* (owned) */
  gboolean plain;     /* the plain query selects all of them and nothing else */
} KipGroup;

#define KIP_TALLY_RECENT 64

typedef struct
{
  const KipScope *scope;
  KipMeasure measure;
  gboolean   keeps_values; /* of each thing that was told: set it before, if it is not what is made of them first */
  KipBy      by;
  GArray    *cuts;    /* (owned) of KipInstant */
  KipBins    bins;    /* of the cuts */
  GPtrArray *groups;  /* (owned) of KipGroup */
  GHashTable *by_key; /* (owned) pointer to KipFigure.key → KipGroup */
  KipGroup  *recent[KIP_TALLY_RECENT]; /* (nullable) groups of keys that were just asked for */
} KipTally;

/* One thing that counts. */
typedef struct
{
  guint      row;
  KipInstant at;     /* the event that closes the measure */
  KipId      agent;  /* whose it is */
  gint64     value;
  gint64     whole;
  guint      n;
  guint      hits;
  gboolean   plain;  /* the plain query of the measure selects its ticket in this group */
} KipTelling;

void kip_tally_init (KipTally       *tally,
                     const KipScope *scope,
                     KipMeasure      measure,
                     KipReduce       reduce,
                     KipBy           by);
void kip_tally_clear (KipTally *tally);

/* Leaves out what lies outside the range. */
void kip_tally_tell (KipTally         *tally,
                     const KipTelling *telling);

gboolean kip_reduce_needs_values (KipReduce reduce);

/* What was told as figures of @measure; it may be asked for more of them.
 * (transfer full) GArray of KipFigure */
GArray *kip_tally_finish (KipTally  *tally,
                          KipMeasure measure,
                          KipReduce  reduce);

/* Its group of @key, made where there is none. */
KipGroup *kip_tally_group (KipTally *tally,
                           KipId     key);

/* Tells all that the ledger has of the measure in the range. */
void kip_ledger_tell (KipLedger *ledger,
                      KipTally  *tally);

/* The line of the ledger that it reads; KIP_LEDGER_N_LINES: none. */
KipLedgerLine kip_ledger_line_of (KipMeasure measure);

/* Tells what comes again (kip-measure-recur.c). */
void kip_tally_tell_recurred (KipTally *tally);

/* The measures of what was open (kip-open.c). */
GArray *kip_open_compute (KipMeasure      measure,
                          const KipScope *scope,
                          KipBy           by);

/* An empty array of figures that frees them. */
GArray *kip_figures_new (void);

G_END_DECLS
