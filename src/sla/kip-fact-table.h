/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-agreements.h"
#include "kip-ticket-clocks.h"

G_BEGIN_DECLS

/* What figures need to know of the tickets of an office, as columns: row i of every
 * column speaks of the same ticket.  Merged, spam and deleted tickets are not in it.
 * Reference counted; may be read on any thread while nobody changes it.
 *
 * Times of work are whole seconds of the calendar that rules the ticket, elapsed
 * times are seconds of the day; −1 where there is none. */

/* From at until the next one's at: what state the ticket was in. */
typedef struct
{
  KipInstant at;
  guint8     phase; /* KipPhase */
  guint8     pause; /* KipPause */
} KipFactPhase;

/* One time that it became resolved. */
typedef struct
{
  KipInstant at;
  KipInstant reopened; /* NONE: it was not, so far */
  KipId      by;
  int        score;    /* of the last answer given for it, 1–5; 0: none */
} KipFactResolution;

/* Time in which nobody could go on, between received and the last resolution. */
typedef struct
{
  KipId  by;      /* who set it; NONE: an outage */
  int    pause;   /* KipPause; NONE: an outage */
  gint64 work;    /* seconds */
  gint64 elapsed;
} KipFactPause;

/* Somebody who had a hand in it: answered, noted, changed its state or logged work. */
typedef struct
{
  KipId      by;
  KipInstant at; /* the last time */
} KipFactTouch;

/* What became of a promise. */
typedef struct
{
  guint8     state;    /* KipClockState */
  guint8     was_late; /* paused after the deadline */
  KipInstant stopped;  /* NONE: not */
  KipInstant breached; /* when it was, or will be unless something happens; NONE */
  guint      n_met;    /* rounds; of response and resolution at most one */
  guint      n_missed;
} KipFactClock;

#define KIP_FACT_COLUMNS(X) \
  X (KipId, id) \
  X (gint64, number)          /* KIP_FIELD_NUMBER */ \
  X (KipId, requester) \
  X (KipId, asset) \
  X (KipId, category) \
  X (KipId, team) \
  X (KipId, assignee) \
  X (guint8, priority)        /* 1–4 */ \
  X (guint8, channel) \
  X (guint8, on_line)         /* answered at once: reported apart */ \
  X (KipInstant, received) \
  X (KipInstant, responded)   /* first response; NONE */ \
  X (KipId, responder) \
  X (gint64, response_work)   /* received → first response, less outages */ \
  X (gint64, response_elapsed) \
  X (gint64, first_work)      /* received → first resolved, less pauses */ \
  X (gint64, first_elapsed) \
  X (gint64, full_work)       /* received → last resolved, less pauses; −1 while open */ \
  X (gint64, full_elapsed) \
  X (gint64, total_work)      /* the same with the pauses */ \
  X (gint64, total_elapsed) \
  X (guint16, n_answers)      /* replies and calls by agents, the call that logged it included */ \
  X (guint16, n_assignees)    /* different people who ever had it */ \
  X (guint16, n_teams)        /* different teams that ever had it */ \
  X (guint16, n_handovers)    /* times it went from one person to another */ \
  X (guint16, n_moves)        /* times it went from one team to another */ \
  X (KipFactClock, response) \
  X (KipFactClock, update) \
  X (KipFactClock, resolution) \
  X (gint64, slot)            /* of the store that it was read from; 0: of none */ \
  X (KipInstant, last)        /* the last thing that counts; G_MAXINT64: it is open, or a clock is */ \
  X (guint32, first_phase)    /* where its phases begin in the long array, and how many they are */ \
  X (guint32, first_resolution) \
  X (guint32, first_pause) \
  X (guint32, first_touch) \
  X (guint16, n_phases) \
  X (guint16, n_resolutions) \
  X (guint16, n_pauses) \
  X (guint16, n_touches) \
  X (char *, cause)           /* (owned) (nullable) GRefString: what was wrong */

typedef struct
{
  gatomicrefcount refs;
  guint n;                 /* rows */
  guint size;              /* rows there is room for */
#define KIP_FACT_MEMBER(Type, name) Type *name;
  KIP_FACT_COLUMNS (KIP_FACT_MEMBER)
#undef KIP_FACT_MEMBER
  GArray *phases;          /* (owned) of KipFactPhase */
  GArray *resolutions;     /* (owned) of KipFactResolution */
  GArray *pauses;          /* (owned) of KipFactPause */
  GArray *touches;         /* (owned) of KipFactTouch */
} KipFactTable;

/* One row in the making; arrays may be NULL for none.  Of what says where its parts
 * are, nothing is filled in before it is in a table. */
typedef struct
{
#define KIP_FACT_MEMBER(Type, name) Type name;
  KIP_FACT_COLUMNS (KIP_FACT_MEMBER)
#undef KIP_FACT_MEMBER
  GArray *phases;
  GArray *resolutions;
  GArray *pauses;
  GArray *touches;
} KipFact;

#define KIP_FACT_MOST_PARTS G_MAXUINT16 /* of each kind; the first ones count */

KipFactTable *kip_fact_table_new (void);
KipFactTable *kip_fact_table_ref (KipFactTable *table);
void          kip_fact_table_unref (KipFactTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipFactTable, kip_fact_table_unref)

/* Everything empty: instants NONE, times −1. */
void kip_fact_init (KipFact *fact);

/* Frees the arrays and the cause. */
void kip_fact_clear (KipFact *fact);

/* Appends a row; @fact stays the caller's. */
void kip_fact_table_add (KipFactTable  *table,
                         const KipFact *fact);

/* Appends the row of a ticket, if it counts. */
void kip_fact_table_add_ticket (KipFactTable    *table,
                                const KipTicket *ticket,
                                KipAgreements   *agreements);

/* What of @ticket counts, with its clocks.  FALSE: it does not count.  @fact: out, to
 * be cleared. */
gboolean kip_fact_of_ticket (KipFact         *fact,
                             const KipTicket *ticket,
                             const KipClock  *clocks, /* KIP_N_CLOCKS of them */
                             KipAgreements   *agreements);

/* Takes the rows of @ids (of KipId) out of @table and appends those of @news: the
 * order of rows changes, what is left of their parts is lost room.  @leaves: (nullable) is
 * told each row before it goes. */
typedef void (*KipFactRowFunc) (const KipFactTable *table,
                                guint               row,
                                gpointer            data);

void kip_fact_table_renew (KipFactTable       *table,
                           const GArray       *ids,
                           const KipFactTable *news,
                           KipFactRowFunc      leaves,
                           gpointer            data);

/* Bytes, one a row: 1 where the ticket is among @ids (of KipId).  (transfer full) */
guint8 *kip_fact_table_select (const KipFactTable *table,
                               const GArray       *ids);

/* Ends of the parts of a row in the long arrays. */
#define KIP_FACT_END(table, array, column, i) ((table)->column[i] + (table)->n_##array[i])

/* ---- kept (kip-fact-code.c) ----
 * A row as bytes: the same facts give the same bytes on every machine. */

void kip_fact_encode (const KipFact *fact,
                      GByteArray    *out);

/* FALSE: damaged, or of a newer Kip; nothing was appended. */
gboolean kip_fact_table_add_encoded (KipFactTable *table,
                                     gconstpointer data,
                                     gsize         length);

G_END_DECLS
