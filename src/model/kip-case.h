/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "kip-case-tidings.h"
#include "kip-format-value.h"
#include "kip-session.h"

G_BEGIN_DECLS

/* One ticket on the desk: its latest fold, its clocks and its relatives, kept up
 * to date while it is open, whoever changes them.  What a pane shows; no GTK, no
 * blocking.  Main thread only.
 *
 * Signals:
 * "changed" (): another ticket is open, or this one is not as it was.
 * "related-changed" (): its relatives, or what was learnt of it, are known, or are not as they were.
 * "failed" (GError): it cannot be read; the ticket is then NULL. */
#define KIP_TYPE_CASE (kip_case_get_type ())
G_DECLARE_FINAL_TYPE (KipCase, kip_case, KIP, CASE, GObject)

KipCase *kip_case_new (KipSession *session);

/* Opens @ticket; KIP_ID_NONE: none.  Reads in the background.  Whoever lets a case
 * go opens none first: what is being read keeps it alive. */
void kip_case_open (KipCase *self,
                    KipId    ticket);

/* Borrowed, all of these. */
KipSession *kip_case_get_session (KipCase *self);
KipStore   *kip_case_get_store (KipCase *self);
KipOffice  *kip_case_get_office (KipCase *self);

/* What was asked for, and what has been read: the ticket is NULL until then.
 * Borrowed until the next "changed"; ref it to keep it. */
KipId      kip_case_get_id (KipCase *self);
KipTicket *kip_case_get_ticket (KipCase *self);

/* KIP_N_CLOCKS of them; all OFF without a ticket.  Borrowed. */
const KipClock *kip_case_get_clocks (KipCase *self);
void            kip_case_read_clock (KipCase         *self,
                                     KipClockKind     kind,
                                     KipInstant       now,
                                     KipClockReading *reading);

/* For texts about this ticket: knows the office and the numbers of relatives. */
const KipWords *kip_case_get_words (KipCase *self);

/* What is known of a relative: parent, child, link, merged ticket, another of the
 * requester's.  (nullable) borrowed until "related-changed". */
const KipTicketRow *kip_case_get_row (KipCase *self,
                                      KipId    ticket);

/* Of KipTicketRow, the newest first; borrowed until "related-changed". */
GPtrArray *kip_case_get_children (KipCase *self);
GPtrArray *kip_case_get_of_requester (KipCase *self); /* this one left out, at most 20 */

/* What was learnt of it from other machines; NULL until it was read. Borrowed until "related-changed". */
const KipCaseTidings *kip_case_get_tidings (KipCase *self);

/* Does @change (taken; NULL does nothing) in the session; @label as in kip_session_do(). */
void kip_case_do (KipCase    *self,
                  KipChange  *change,
                  const char *label);

/* The newest reply or call to the requester by somebody else than me that came
 * after the first @seen of them (see kip_case_count_answers()); NULL: none. Borrowed. */
const KipMessage *kip_case_newer_answer (KipCase *self,
                                         guint    seen);

/* How many replies and calls by others than me there are. */
guint kip_case_count_answers (KipCase *self);

G_END_DECLS
