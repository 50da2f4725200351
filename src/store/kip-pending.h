/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-entity.h"

G_BEGIN_DECLS

/* A live write or ADD. */
typedef struct
{
  KipField  field;
  KipEvent *event; /* borrowed; NULL: only says that @field was asked for */
} KipLive;

/* An entity within a transaction: its fold before, and the events added since.
 * Added events come after all others in the fold's order, so what is live can be
 * kept up to date without folding again. */
typedef struct
{
  KipKind    kind;
  KipId      id;
  KipEntity *before;  /* (owned) */
  GPtrArray *added;   /* (owned) of KipEvent */
  GArray    *live;    /* (owned) of KipLive, of the fields that were asked for */
  KipInstant last_at; /* of its events; NONE: there are none */
  guint32    max_tl;
  gboolean   has_early; /* some of @before is not in the log yet, and may be added by it */
  guint64    last_seq; /* the change-set that added last */
  KipEntity *after;   /* (owned) (nullable) once folded */
} KipPending;

/* Takes @before. */
KipPending *kip_pending_new (KipEntity *before);
void        kip_pending_free (KipPending *pending);

gboolean kip_pending_is_new (const KipPending *pending); /* was not in the log before */

/* Whether it was ever given @field. */
gboolean kip_pending_has (KipPending *pending,
                          KipField    field);

/* When something that happens @now happened: where the clock was set back by less
 * than a day, not before what is known to have happened already. */
KipInstant kip_pending_now (const KipPending *pending,
                            KipInstant        now);

/* Completes @event (refs, tl), whose id is set, and takes it as added.  FALSE:
 * it would change nothing and is not taken. */
gboolean kip_pending_take (KipPending *pending,
                           KipEvent   *event);

/* Takes what another machine said, as it is.  What is live is then not known any more:
 * nothing can be completed after it. */
void kip_pending_take_foreign (KipPending *pending,
                               KipEvent   *event);

/* The fold is @after (taken), whatever was added. */
void kip_pending_replace (KipPending *pending,
                          KipEntity  *after);

/* The fold of the events before and added; nothing can be taken any more. Borrowed. */
KipEntity *kip_pending_fold (KipPending *pending);

G_END_DECLS
