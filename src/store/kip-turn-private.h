/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-pending.h"
#include "kip-turn.h"

G_BEGIN_DECLS

struct _KipTurn
{
  KipBook    *book;
  KipNews    *news;
  GHashTable *pending; /* (owned) KipKey → KipPending */
  GPtrArray  *order;   /* (owned) of KipPending, as they were first touched */
  GArray     *touched; /* (owned) of KipId: tickets to compute again */
  GHashTable *folds;   /* (owned) gint64 → KipEntity: tickets folded that are not pending */
  gboolean    is_unsigned; /* the end of the log */
  gboolean    has_merges;  /* some ticket is merged, or will be */
  gboolean    speaks_of_purge; /* something was said about forgetting */
  gboolean    must_forget; /* what was forgotten once, again */
  gboolean    must_refold; /* what is pending is not what the log says */
  gboolean    must_reload; /* the office has what does not count */
  gboolean    is_news;     /* something came from other machines */
  guint      *n_conflicts; /* (nullable) to count them in; borrowed */
};

/* What is known of an entity in this turn, found at the first question. Borrowed. */
KipPending *kip_turn_find_pending (KipTurn *turn,
                                   KipKind  kind,
                                   KipId    id,
                                   GError **error);

/* kip-turn-tickets.c: folds, computes and writes the tickets that were touched. */
gboolean kip_turn_settle_tickets (KipTurn *turn,
                                  GError **error);

G_END_DECLS
