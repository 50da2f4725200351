/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-store.h"

G_BEGIN_DECLS

/* What is computed of one ticket and kept: a row for lists, and what they select
 * and sort by.  Depends on nothing but its arguments, so that folding again gives
 * the same bytes. */
typedef struct
{
  KipTicketRow *row; /* (owned) */
  gint64   due_sort; /* KIP_SORT_DUE as one number */
  int      impact, urgency;
  gboolean reopened, by_hand;
  gboolean late_pause; /* a clock was paused after its deadline */
  gint64   work;     /* seconds */
  int      survey;   /* the latest score; 0: none */
  KipId    asset;
  char    *subject;  /* (owned) folded, its beginning */
  char    *external; /* (owned) (nullable) folded */
  char    *cause;    /* (owned) (nullable) folded */
  GPtrArray *tags;   /* (owned) folded, sorted, none twice */
  GByteArray *fact;  /* (owned) (nullable) what figures need to know; NULL: it does not count */
  GPtrArray *thresholds[KIP_N_CLOCKS]; /* (owned) (nullable) of KipThreshold of running clocks, rising */
} KipComputed;

enum
{
  KIP_HIDDEN_DELETED = 1,
  KIP_HIDDEN_SPAM = 2,
  KIP_HIDDEN_MERGED = 4
};

KipComputed *kip_computed_new (const KipTicket *ticket,
                               KipAgreements   *agreements,
                               KipOffice       *office);
void      kip_computed_free (KipComputed *computed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipComputed, kip_computed_free)

int kip_row_get_hidden (const KipTicketRow *row);

/* A clock's state as the ticket table has it: PAUSED after the deadline is one more.
 * A deadline set by hand goes by while the clock is paused: that is seen by due. */
#define KIP_CLOCK_PAUSED_LATE 5
int kip_row_clock_state (const KipClock *clock);

GByteArray   *kip_row_encode (const KipTicketRow *row);
KipTicketRow *kip_row_decode (gconstpointer data,
                              gsize         length); /* (nullable: damaged) */

G_END_DECLS
