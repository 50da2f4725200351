/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-change.h"
#include "kip-office.h"
#include "kip-store.h"
#include "kip-ticket.h"

G_BEGIN_DECLS

/* What a person can do to tickets, each as a change-set ready to be appended:
 * the window, a notification's button and kipctl all say the same thing by the
 * same words.  Nothing here touches the disk.  (transfer full) everywhere. */

/* ---- a new ticket ---- */

typedef struct
{
  const char *subject;     /* needed */
  const char *description; /* (nullable) */
  KipId       requester;   /* KIP_ID_NONE, or */
  const char *requester_name; /* (nullable) a new person is made of it */
  KipChannel  channel;     /* 0: phone */
  KipInstant  received;    /* KIP_INSTANT_NONE: now */
  KipId       category;    /* its team becomes the ticket's unless @team is given */
  int         impact, urgency; /* 0: medium */
  KipId       assignee, team;
  gboolean    not_on_line; /* a phone ticket that was a voice mail: not answered at once */
} KipNewTicket;

/* A ticket by phone or walk-in counts as answered at once (ON_LINE) unless
 * received earlier than now or @not_on_line.  @id (nullable) out: the new ticket's. */
KipChange *kip_command_new_ticket (KipStore           *store,
                                   const KipNewTicket *ticket,
                                   KipId              *id);

/* ---- one or many tickets: @n of @ids ---- */

KipChange *kip_command_set_field (KipStore    *store,
                                  const KipId *ids,
                                  guint        n,
                                  KipField     field,
                                  KipValue    *value); /* taken */
KipChange *kip_command_assign (KipStore    *store,
                               const KipId *ids,
                               guint        n,
                               KipId        assignee); /* KIP_ID_NONE: nobody */
/* Assigns to me, and opens what is new by @phases (n of them; nullable: assigns only). */
KipChange *kip_command_take (KipStore       *store,
                             const KipId    *ids,
                             const KipPhase *phases,
                             guint           n);
KipChange *kip_command_set_status (KipStore        *store,
                                   const KipId     *ids,
                                   guint            n,
                                   const KipStatus *status);
/* @reason may be NULL only when @priority is 0 (back to the matrix). */
KipChange *kip_command_set_priority (KipStore    *store,
                                     const KipId *ids,
                                     guint        n,
                                     int          priority,
                                     const char  *reason);
KipChange *kip_command_tag (KipStore    *store,
                            const KipId *ids,
                            guint        n,
                            const char  *tag,
                            gboolean     add);
KipChange *kip_command_delete (KipStore    *store,
                               const KipId *ids,
                               guint        n,
                               gboolean     deleted);

/* ---- one ticket ---- */

/* A message.  A reply or call opens a new ticket; what the requester writes opens
 * one that waits for them and reopens a resolved one.  @then (nullable): a status
 * to set along with it ("reply and wait"). */
KipChange *kip_command_message (KipStore        *store,
                                const KipTicket *ticket,
                                KipMessageKind   kind,
                                const char      *text,
                                const KipStatus *then);
KipChange *kip_command_resolve (KipStore    *store,
                                const KipId *ids,
                                guint        n,
                                const char  *cause,  /* (nullable) */
                                const char  *done);  /* (nullable) */
KipChange *kip_command_reopen (KipStore    *store,
                               const KipId *ids,
                               guint        n);
KipChange *kip_command_work (KipStore   *store,
                             KipId       ticket,
                             gint64      seconds,
                             const char *note);
KipChange *kip_command_survey (KipStore   *store,
                               KipId       ticket,
                               int         score,     /* 1–5 */
                               const char *comment);
KipChange *kip_command_attach (KipStore     *store,
                               KipId         ticket,
                               const char   *name,
                               gint64        size,
                               const guint8 *hash,    /* of kip_store_put_file() */
                               const char   *mime);
KipChange *kip_command_merge (KipStore    *store,
                              const KipId *sources,
                              guint        n,
                              KipId        target);
KipChange *kip_command_unmerge (KipStore *store,
                                KipId     source);
KipChange *kip_command_link (KipStore *store,
                             KipId     a,
                             KipId     b,
                             gboolean  linked); /* on both */
KipChange *kip_command_set_parent (KipStore *store,
                                   KipId     child,
                                   KipId     parent); /* KIP_ID_NONE: none */

/* One click on a conflict: @value becomes the only one. */
KipChange *kip_command_pick (KipStore *store,
                             KipKind   kind,
                             KipId     entity,
                             KipField  field,
                             KipValue *value); /* not taken */

/* Of every field of @ticket in conflict to which @author wrote one of the values, that one. */
KipChange *kip_command_pick_by (KipStore        *store,
                                const KipTicket *ticket,
                                KipId            author);

/* Lets @change (taken, and given back) replace only what @ticket shows: what came in since stands beside it. */
KipChange *kip_command_as_seen (KipChange       *change,
                                const KipTicket *ticket);

/* ---- texts ---- */

/* Fills {requester} {number} {subject} {agent} {office} {due} of a canned reply.
 * @due: already formatted (nullable). */
char *kip_canned_fill (const char      *text,
                       KipStore        *store,
                       const KipTicket *ticket,
                       const char      *due);

G_END_DECLS
