/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "kip-format-value.h"
#include "kip-ticket.h"

G_BEGIN_DECLS

/* The story of a ticket: its events, and those of the tickets merged into it,
 * grouped into what one person did at one moment.  Pure: made from a KipTicket,
 * nothing is formatted before it is asked for. */

#define KIP_TYPE_MOMENT (kip_moment_get_type ())
G_DECLARE_FINAL_TYPE (KipMoment, kip_moment, KIP, MOMENT, GObject)

/* The moments of @ticket, the oldest first; those with equal instants in the order of the fold.  @tidings
 * (nullable, of KipTiding): what was learnt of it, each a moment of its own; @refused (nullable, of KipEvent): what was done
 * here and does not count.  (transfer full) GPtrArray of KipMoment */
GPtrArray *kip_timeline_new (KipTicket *ticket,
                             GArray    *tidings,
                             GPtrArray *refused);

KipInstant kip_moment_get_at (KipMoment *moment);

/* Which change-set, for "undo this". */
guint32 kip_moment_get_device (KipMoment *moment);
guint64 kip_moment_get_seq (KipMoment *moment);

/* TRUE when a later change-set took it back (and that was not undone itself). */
gboolean kip_moment_is_undone (KipMoment *moment);

/* TRUE when it does not count, since this machine was out or might not say it. */
gboolean kip_moment_is_refused (KipMoment *moment);

/* TRUE when nobody did anything then: it was learnt from another machine. */
gboolean kip_moment_is_tiding (KipMoment *moment);

/* How many other values were written at the same time into the fields it changed. */
guint kip_moment_count_rivals (KipMoment *moment);

/* TRUE when it can be undone: something that was done and counts, was not undone already, and not read from
 * another system's log, which is undone as a whole. */
gboolean kip_moment_can_undo (KipMoment *moment);

/* The message in it; NULL: none.  A new ticket's description is its first
 * message, from the requester.  Borrowed. */
const char *kip_moment_get_text (KipMoment *moment);

/* TRUE for the one in which the ticket was logged. */
gboolean kip_moment_is_new (KipMoment *moment);

/* The kind of that message; 0 without one. */
KipMessageKind kip_moment_get_message_kind (KipMoment *moment);

/* The person to be named: who did it, or who wrote for an incoming message;
 * KIP_ID_NONE: Kip itself. */
KipId kip_moment_get_person (KipMoment *moment);

/* Whether a person wrote it down at @entered, more than a minute after it
 * happened (a call logged later). */
gboolean kip_moment_get_entered (KipMoment  *moment,
                                 KipInstant *entered);

/* "Lan replied": @who is put into a translated sentence; it may be markup. (transfer full) */
char *kip_moment_title (KipMoment      *moment,
                        const KipWords *words,
                        const char     *who);

/* What changed, a line each: "Status: New → Open", "Work time: 45 min".
 * (transfer full) NULL-terminated */
char **kip_moment_lines (KipMoment      *moment,
                         const KipWords *words);

/* The files attached in it (transfer container) GPtrArray of KipAttachment, borrowed. */
GPtrArray *kip_moment_attachments (KipMoment *moment);

/* TRUE for messages, follow-up calls and files: what "messages only" shows. */
gboolean kip_moment_is_talk (KipMoment *moment);

G_END_DECLS
