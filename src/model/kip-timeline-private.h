/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-tiding.h"
#include "kip-timeline.h"

G_BEGIN_DECLS

struct _KipMoment
{
  GObject         parent_instance;
  KipTicket      *ticket;      /* (owned) keeps the events alive */
  KipEntity      *entity;      /* the ticket's own or a merged one's; borrowed from ticket */
  const KipStamp *stamp;       /* borrowed */
  KipInstant      at;          /* when it happened in the world */
  GPtrArray      *events;      /* (owned) of KipEvent, borrowed; empty in a tiding only */
  GPtrArray      *refused;     /* (owned) (nullable) keeps events alive that do not count */
  KipTiding      *tiding;      /* (owned) (nullable) nothing was done: this was learnt */
  GHashTable     *rivals;      /* (owned) (nullable) kip_conflict_rivals() of the entity */
  const KipEvent *message;     /* (nullable) the ENTRY */
  const KipEvent *description; /* (nullable) */
  gboolean        is_new;      /* the ticket was logged in it */
  gboolean        undone;
};

G_END_DECLS
