/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-office.h"
#include "kip-past.h"
#include "kip-ticket.h"

G_BEGIN_DECLS

/* The facts of a ticket that a policy or an outage may ask about, those that can
 * change as they were at one instant. */
typedef struct
{
  const KipTicket *ticket;
  KipInstant at;       /* when: people are taken as they were then */
  int        priority;
  KipId      category;
  KipId      team;
  KipId      assignee;
  KipId      requester;
  GPtrArray *tags;     /* of const char * */
} KipFacts;

/* A condition of a policy or the scope of an outage: a query about a ticket that
 * does not depend on the time of day or on clocks.  Immutable.  Private to sla/. */
typedef struct _KipCondition KipCondition;

KipCondition *kip_condition_new (const char *text,
                                 KipOffice  *office,
                                 KipPast    *past);
void          kip_condition_free (KipCondition *condition);

gboolean kip_condition_matches (const KipCondition *condition,
                                const KipFacts     *facts);

/* A translated sentence about what is wrong with it; NULL: nothing.  (transfer full) */
char *kip_condition_check (const KipCondition *condition);

G_END_DECLS
