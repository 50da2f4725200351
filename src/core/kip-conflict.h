/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-entity.h"
#include "kip-merge-text.h"

G_BEGIN_DECLS

/* What two people wrote at once, neither having seen the other's.  All of it is computed
 * from the events alone, so that every machine shows the same. */

/* A field with several values to choose from. */
typedef struct
{
  KipField   field;
  GPtrArray *claims; /* (owned) of KipEvent, borrowed: one for each value, the shown one first */
} KipConflict;

void kip_conflict_free (KipConflict *conflict);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipConflict, kip_conflict_free)

/* The fields of @entity that are in conflict, by number.  (transfer full) GPtrArray of KipConflict */
GPtrArray *kip_conflict_list (KipEntity *entity);

/* That of one field; NULL: none. (transfer full) */
KipConflict *kip_conflict_of (KipEntity *entity,
                              KipField   field);

/* Who wrote first what @write says: itself, or the write that an undo brought back. Borrowed. */
const KipEvent *kip_conflict_origin (KipEntity      *entity,
                                     const KipEvent *write);

/* Whether @live is @write, or an undo's that brought it back. */
gboolean kip_conflict_stands_for (KipEntity      *entity,
                                  const KipEvent *live,
                                  const KipEvent *write);

/* The pieces of a long text that two have edited, left the earlier writer in fold order;
 * NULL where there are not two values, or they are no long texts.
 * (transfer full) GPtrArray of KipMergePiece */
GPtrArray *kip_conflict_pieces (KipEntity         *entity,
                                const KipConflict *conflict,
                                const KipEvent   **left,   /* out, borrowed */
                                const KipEvent   **right); /* out, borrowed */

/* The text that everybody's edits make together, KIP_MERGE_VERSION; NULL when somebody must choose.
 * @events: of the entity, in fold order; @writes: live ones of one field. (transfer full) */
char *kip_conflict_merge_texts (GPtrArray *events,
                                GPtrArray *writes);

/* What @write replaced: those writes that knew nothing of each other, in fold order.  Several
 * different values: it settled a conflict.  (transfer container) of KipEvent, borrowed */
GPtrArray *kip_conflict_settled (KipEntity      *entity,
                                 const KipEvent *write);

/* Which writes of one register knew nothing of each other and say different things, as was
 * or is: for each the others.  (transfer full) KipEvent (borrowed) → GPtrArray of KipEvent, borrowed */
GHashTable *kip_conflict_rivals (KipEntity *entity);

G_END_DECLS
