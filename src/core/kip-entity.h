/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-event.h"

G_BEGIN_DECLS

/* The fold of one entity's events.  Deterministic: equal sets of events give
 * equal entities whatever their order of arrival.
 *
 *   register  the writes that no other write names as replaced.  One: the value.
 *             Several with different values: a conflict; shown is the one by a
 *             person rather than automation, then by the later hybrid clock, then
 *             by the larger device.  All are kept until somebody writes again.
 *             Long texts are merged where that can be done (kip-merge-text.h): then
 *             the value is that of all, and there is no conflict.
 *   set       the elements of ADDs that no REMOVE names (add wins)
 *   entries   every ENTRY, with whether it was retracted
 *
 * Unknown verbs are kept in the history and change nothing. */
typedef struct _KipEntity KipEntity;

/* Takes @events (GPtrArray of KipEvent, owned), sorts them and folds. */
KipEntity *kip_entity_fold (KipKind    kind,
                            KipId      id,
                            GPtrArray *events);
KipEntity *kip_entity_ref (KipEntity *entity);
void       kip_entity_unref (KipEntity *entity);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipEntity, kip_entity_unref)

KipId     kip_entity_get_id (KipEntity *entity);
KipKind   kip_entity_get_kind (KipEntity *entity);
guint32   kip_entity_get_max_tl (KipEntity *entity);
gboolean  kip_entity_is_empty (KipEntity *entity);

/* TRUE when a newer Kip said something of it that this one does not know and must not write over:
 * it can only be read. */
gboolean  kip_entity_is_newer (KipEntity *entity);

/* Every event in fold order; borrowed. */
GPtrArray *kip_entity_get_events (KipEntity *entity);

/* The value shown for a register; NULL when never written or written empty. Borrowed. */
KipValue   *kip_entity_get (KipEntity *entity,
                            KipField   field);
gint64      kip_entity_get_int (KipEntity *entity,
                                KipField   field,
                                gint64     fallback);
const char *kip_entity_get_text (KipEntity *entity,
                                 KipField   field);

/* The live writes of a register (of KipEvent, borrowed; nullable), the shown one first. */
GPtrArray *kip_entity_get_writes (KipEntity *entity,
                                  KipField   field);

/* TRUE when live writes differ and could not be merged; with KIP_FIELD_… 0: of any register. */
gboolean kip_entity_has_conflict (KipEntity *entity,
                                  KipField   field);

/* The live ADD events of a set (of KipEvent, borrowed; nullable), several may hold one element. */
GPtrArray *kip_entity_get_adds (KipEntity *entity,
                                KipField   field);

/* The distinct elements of a set, sorted.  (transfer container) of KipValue, borrowed. */
GPtrArray *kip_entity_get_set (KipEntity *entity,
                               KipField   field);

/* The ENTRY events of @field in order, retracted ones left out unless asked. (transfer container) */
GPtrArray *kip_entity_get_entries (KipEntity *entity,
                                   KipField   field,
                                   gboolean   with_retracted);
gboolean   kip_entity_is_retracted (KipEntity        *entity,
                                    const KipEventId *entry);

/* TRUE for a SET whose change-set was undone, and for the undo's own SET that
 * put the value back: together they never happened (unless undone again). */
gboolean kip_entity_is_void (KipEntity      *entity,
                             const KipEvent *event);

/* TRUE when the change-set of @event was undone, as far as this entity tells, and
 * that was not undone again. */
gboolean kip_entity_is_undone (KipEntity      *entity,
                               const KipEvent *event);

/* TRUE when it is put away because the change-set that made it was undone, not
 * because somebody deleted it. */
gboolean kip_entity_never_was (KipEntity *entity);

/* The earlier and later values of a register by world time (`at`), void writes
 * left out.  (transfer container) of KipEvent, borrowed. */
GPtrArray *kip_entity_get_history (KipEntity *entity,
                                   KipField   field);

G_END_DECLS
