/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-ticket-clocks.h"
#include "sla-fixtures.h"

G_BEGIN_DECLS

/* Ids used by the fixtures. */
#define DESK_CALENDAR KIP_ID_MAKE (1, 1)
#define DESK_POLICY KIP_ID_MAKE (1, 2)
#define DESK_LAN KIP_ID_MAKE (1, 10)  /* requester, a VIP, department Accounting */
#define DESK_AGENT KIP_ID_MAKE (1, 11)
#define DESK_NETWORK KIP_ID_MAKE (1, 20) /* category */
#define DESK_PRINTING KIP_ID_MAKE (1, 21)
#define DESK_TICKET KIP_ID_MAKE (1, 100)

/* An office in the making: its entities and the order of events. */
typedef struct
{
  GPtrArray *entities; /* (owned) of KipEntity: people, categories, policies … */
  GHashTable *events;  /* (owned) id → GPtrArray of KipEvent, not yet folded */
  guint64    seq;
  gboolean   is_elsewhere; /* what is added now is written at another machine */
} Desk;

/* With the people and categories above, the VN8 calendar of 2026 and no policy. */
Desk *desk_new (void);
Desk *desk_new_with_calendar (const KipCalendarSpec *spec);
void  desk_free (Desk *desk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Desk, desk_free)

/* Adds an event to an entity's log; @value is taken.  A SET replaces the last one. */
KipEvent *desk_add (Desk      *desk,
                    KipKind    kind,
                    KipId      entity,
                    KipVerb    verb,
                    KipField   field,
                    KipInstant at,
                    KipValue  *value);

/* Values for desk_add().  (transfer full) */
KipValue *desk_status_value (KipId    status,
                             KipPhase phase,
                             KipPause pause);
KipValue *desk_message_value (KipMessageKind kind);

/* One entity as it stands.  (transfer full) */
KipEntity *desk_fold (Desk *desk,
                      KipId id);

/* Publishes a version of a policy; @at and effective_from as fixture_instant(). */
void desk_publish (Desk                *desk,
                   KipId                policy,
                   const char          *at,
                   const KipPolicySpec *spec);

/* Name, order and whether it is the default one, from 2026-01-01 on. */
void desk_place (Desk       *desk,
                 KipId       policy,
                 const char *name,
                 gint64      position,
                 gboolean    is_default);

void desk_outage (Desk       *desk,
                  KipId       id,
                  const char *start,
                  const char *end,    /* "": going on */
                  const char *scope); /* (nullable) */

/* Folds all.  (transfer full) */
KipAgreements *desk_agreements (Desk *desk);

/* The usual policy of these tests: resolution 1, 4, 8, 16 h by priority; response 8 h and
 * update 4 h for normal priority only. */
KipPolicySpec *desk_policy_spec (void);

/* A desk with that policy as the default one, published on 2026-01-01. */
KipAgreements *desk_usual_agreements (void);

/* A ticket from a story: sentences "MM-DD HH:MM VERB [ARGUMENT]" of the year 2026,
 * separated by ";".  The first is "new", optionally with "p1" … "p4".
 *   new open wait supplier schedule resolve close   statuses
 *   reply call note auto incoming                   messages
 *   p1 … p4                                         priority by hand
 *   due MM-DD HH:MM | due none                      deadline by hand
 *   received MM-DD HH:MM                            corrects when it was received
 *   on-line                                         answered at once
 *   network | printing                              category
 *   tag WORD | untag WORD
 *   spam
 *   elsewhere …                                     said at another machine, which of the first one
 *                                                   has seen only how the ticket was logged */
KipTicket *desk_ticket (const char *story);

/* The same with tickets merged into it. */
KipTicket *desk_ticket_merged (const char *story,
                               const char *merged);

G_END_DECLS
