/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-store.h"

G_BEGIN_DECLS

/* What came from other machines and concerns whoever sits at this one: noted when it is received, told
 * once, shown with the ticket for good.
 *
 * It depends on what this machine knew before and on when it learnt the rest.  That cannot be computed from
 * the events, and no other machine would find the same: it is kept beside the projections, and a rebuild
 * leaves it alone.  Nothing is noted before everything that the shared file held was here once. */

/* Kept by number: only add. */
typedef enum
{
  KIP_TIDING_ASSIGNED = 1, /* somebody else gave the ticket to another at the same time as this machine */
  KIP_TIDING_JUDGED = 2,   /* a promise that was kept or broken here is judged otherwise */
  KIP_TIDING_REFUSED = 3,  /* what was changed here does not count: only a manager may */
  KIP_TIDING_PUT_OUT = 4   /* what was changed here does not count: the machine was removed before */
} KipTidingKind;

/* How a clock stood. */
typedef enum
{
  KIP_JUDGEMENT_NONE = 0, /* neither yet, or no promise */
  KIP_JUDGEMENT_KEPT = 1,
  KIP_JUDGEMENT_BROKEN = 2
} KipJudgement;

typedef struct
{
  gint64        id;
  KipTidingKind kind;
  KipInstant    at;          /* when it was learnt here */
  KipKind       entity_kind; /* what it is about */
  KipId         entity;
  KipEventId    event;       /* ASSIGNED: what was written here; JUDGED: what came late; others: what does not count */
  KipClockKind  clock;       /* JUDGED */
  gint64        before;      /* ASSIGNED: whom this machine gave it to; JUDGED: a KipJudgement */
  gint64        after;       /* ASSIGNED: who has it; JUDGED: a KipJudgement */
  KipId         who;         /* ASSIGNED, JUDGED: the author of what came */
  KipInstant    happened;    /* ASSIGNED, JUDGED: when that was done */
  KipField      field;       /* JUDGED: what it changed */
  int           detail;      /* JUDGED: of a status its KipPhase, of a message its KipMessageKind */
} KipTiding;

/* Of one entity, the oldest first. (transfer full) GArray of KipTiding */
GArray *kip_store_tidings (KipStore     *store,
                           KipKind       kind,
                           KipId         entity,
                           GCancellable *cancellable,
                           GError      **error);

/* What nobody was told yet, which counts as told from now on.  (transfer full) GArray of KipTiding */
GArray *kip_store_take_tidings (KipStore *store,
                                GError  **error);

/* What was changed here in an entity and does not count. (transfer full) GPtrArray of KipEvent */
GPtrArray *kip_store_refused_events (KipStore *store,
                                     KipKind   kind,
                                     KipId     entity,
                                     GError  **error);

G_END_DECLS
