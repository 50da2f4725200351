/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-entity.h"
#include "kip-priority.h"

G_BEGIN_DECLS

/* The facts of one ticket as its clocks, its row and its editor need them: plain
 * data computed from its fold (and from the folds of tickets merged into it).
 * Immutable once made, reference counted; fields are read directly. */

typedef struct
{
  KipEventId     id;
  KipId          ticket;  /* the ticket it was written on (a merged one's own) */
  KipMessageKind kind;
  KipInstant     at;
  KipId          author;  /* who wrote: an agent, or the requester for INCOMING */
  const char    *text;    /* borrowed from the event */
  gint64         row;     /* when this machine learnt of it: rising */
} KipMessage;

typedef struct
{
  KipInstant at;
  KipId      status;
  KipPhase   phase;
  KipPause   pause;
  KipId      author;
  KipInstant until; /* when a write that had seen it took its place; KIP_INSTANT_NONE: it holds.  Later than the
                     * next one's at where two machines wrote without knowing of each other. */
} KipStatusSpan; /* shown from at until the next one's at */

typedef struct
{
  KipInstant at;
  gint64     value; /* priority 1–4, or an id */
  KipId      author;
  char      *reason; /* (owned) (nullable) of a priority override */
} KipTicketStep;     /* a value from at on */

typedef struct
{
  KipEventId  id;
  KipInstant  at;
  KipId       author;
  gint64      seconds;
  const char *note;
} KipWork;

typedef struct
{
  KipEventId    id;
  KipInstant    at;
  KipId         author;
  const char   *name;
  gint64        size;
  const guint8 *hash; /* 32 bytes */
  const char   *mime;
} KipAttachment;

typedef struct
{
  KipEventId  id;
  KipInstant  at;
  KipInstant  resolved; /* the resolution it judges */
  int         score;    /* 1–5 */
  const char *comment;
} KipSurvey;

typedef struct
{
  gatomicrefcount refs;
  KipEntity *entity;  /* (owned) */
  GPtrArray *merged;  /* (owned) (nullable) of KipEntity: tickets merged into this one */

  KipId       id;
  gint64      number;
  const char *subject;     /* "" rather than NULL; borrowed like all texts here */
  const char *description; /* (nullable) */
  const char *external;    /* (nullable) */
  const char *cause;       /* (nullable) */
  const char *done;        /* (nullable) */
  KipId       requester;
  KipChannel  channel;
  KipId       category;
  int         impact;      /* 1–3 */
  int         urgency;     /* 1–3 */
  int         priority;    /* 1–4, override or matrix */
  gboolean    priority_overridden;
  const char *priority_reason;
  KipId       status;
  KipPhase    phase;
  KipPause    pause;
  KipId       assignee;
  KipId       team;
  KipId       asset;
  KipId       parent;
  KipId       merged_into;
  KipInstant  logged;      /* when the first event was written down */
  KipInstant  received;    /* the older of its own and of those merged into it */
  KipInstant  updated;     /* the newest event's at */
  KipInstant  due_by_hand; /* KIP_INSTANT_NONE: none */
  gboolean    on_line;     /* answered at once */
  gboolean    deleted;
  gboolean    spam;
  gboolean    conflict;
  gboolean    newer;       /* it can only be read: kip_entity_is_newer() */

  GPtrArray *tags;        /* of const char *, sorted */
  GArray    *links;       /* of KipId */
  GArray    *messages;    /* of KipMessage, by at; merged tickets' included */
  GArray    *statuses;    /* of KipStatusSpan, by at; never empty; the first counts from received */
  GArray    *priorities;  /* of KipTicketStep, by at; never empty */
  GArray    *assignees;   /* of KipTicketStep */
  GArray    *teams;       /* of KipTicketStep */
  GArray    *categories;  /* of KipTicketStep */
  GArray    *works;       /* of KipWork; merged tickets' included */
  GArray    *attachments; /* of KipAttachment; merged tickets' included */
  GArray    *surveys;     /* of KipSurvey */
} KipTicket;

/* @matrix: impact × urgency → priority (nullable: the default one).
 * @merged: (nullable) of KipEntity, the tickets merged into this one. */
KipTicket *kip_ticket_new (KipEntity       *entity,
                           GPtrArray       *merged,
                           const KipMatrix *matrix);
KipTicket *kip_ticket_ref (KipTicket *ticket);
void       kip_ticket_unref (KipTicket *ticket);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipTicket, kip_ticket_unref)

/* The status span in force at @at. Borrowed. */
const KipStatusSpan *kip_ticket_status_at (const KipTicket *ticket,
                                           KipInstant       at);

/* FALSE for merged, deleted and spam tickets: in no figure, clocks stopped. */
gboolean kip_ticket_is_counted (const KipTicket *ticket);

/* TRUE until resolved or closed. */
gboolean kip_phase_is_open (KipPhase phase);

G_END_DECLS
