/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-store.h"

G_BEGIN_DECLS

/* An office in a folder of its own, for one test. */
typedef struct
{
  char     *dir;   /* (owned) */
  KipStore *store; /* (owned) (nullable) */
} Fixture;

void fixture_init (Fixture *fixture); /* makes the office; 2026-03-09 08:00 in Vietnam, the clock stands still */
void fixture_clear (Fixture *fixture);
void fixture_reopen (Fixture *fixture);

/* Removes a folder and all that is in it. */
void remove_tree (const char *path);

/* Appends and must succeed. */
KipReceipt append (KipStore  *store,
                   KipChange *change);
KipReceipt undo (KipStore  *store,
                 KipReceipt receipt);

/* A ticket with a subject; @at: received and written then (NONE: now). */
KipId add_ticket (KipStore   *store,
                  const char *subject,
                  KipInstant  at);
KipId add_person (KipStore   *store,
                  const char *name,
                  gboolean    vip);
KipReceipt set_int (KipStore *store,
                    KipId     ticket,
                    KipField  field,
                    gint64    number);
KipReceipt set_text (KipStore   *store,
                     KipId       ticket,
                     KipField    field,
                     const char *text);
KipReceipt set_status (KipStore   *store,
                       KipId       ticket,
                       const char *key);
KipReceipt add_message (KipStore      *store,
                        KipId          ticket,
                        KipMessageKind kind,
                        const char    *text);

KipTicketRow *get_row (KipStore *store,
                       KipId     ticket); /* (transfer full) */

/* What a query lists, as numbers joined by spaces: "1 3 2".  (transfer full) */
char *list_numbers (KipStore   *store,
                    const char *query);

/* Runs the main context until @condition is TRUE; fails the test after some seconds. */
void wait_until (gboolean ( *condition )(gpointer data),
                 gpointer    data);

/* Folds everything again and compares. */
void assert_rebuilds_same (KipStore *store);

/* kip_store_check() finds nothing wrong. */
void assert_whole (KipStore *store);

G_END_DECLS
