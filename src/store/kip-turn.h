/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-book.h"

G_BEGIN_DECLS

/* What happens within one transaction: change-sets are completed and added to the
 * log one after the other, and at the end each entity that they touched is folded
 * once and its projection written.  A turn that failed is rolled back and thrown away. */
typedef struct _KipTurn KipTurn;

/* @news: what will have happened when it is committed; borrowed. */
KipTurn *kip_turn_new (KipBook *book,
                       KipNews *news);
void     kip_turn_free (KipTurn *turn);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipTurn, kip_turn_free)

/* INVALID, or NOT_ALLOWED: this machine may not write, or not on what a newer Kip wrote.  The turn is as it was. */
gboolean kip_turn_may_add (KipTurn   *turn,
                           KipChange *change,
                           GError   **error);

/* Fills in what only the store knows and adds @change to the log; what changes
 * nothing is left out of it.  INVALID and NOT_ALLOWED leave the turn as it was; after any other
 * error it must be rolled back.  _allowed: the caller has asked kip_turn_may_add(). */
gboolean kip_turn_add (KipTurn    *turn,
                       KipChange  *change,
                       KipReceipt *receipt, /* (nullable) */
                       GError    **error);
gboolean kip_turn_add_allowed (KipTurn    *turn,
                               KipChange  *change,
                               KipReceipt *receipt, /* (nullable) */
                               GError    **error);

/* Adds what another machine has written, as it came; @change is the same, decoded, and has no
 * events afterwards.  @counts: its machine was in when it made it, as far as is known now.
 * In one turn with kip_turn_add() only after that. */
gboolean kip_turn_add_raw (KipTurn      *turn,
                           KipRawChange *raw,
                           const guint8 *hash,
                           KipChange    *change,
                           gboolean      counts,
                           GError      **error);

/* The same for a change-set that is in the log already, redacted by somebody whose word does not count (yet): this
 * is what is true of it. */
gboolean kip_turn_fill_raw (KipTurn      *turn,
                            KipRawChange *raw,
                            const guint8 *hash,
                            KipChange    *change,
                            GError      **error);

/* Where to count the tickets that came into conflict by what others wrote: when the turn settles. */
void kip_turn_count_conflicts (KipTurn *turn,
                               guint   *n_conflicts);

/* Forgets once more whom the database names: it was restored from before that. */
void kip_turn_forget_again (KipTurn *turn);

/* Tells those who listen, when it is committed. */
void kip_turn_tell (KipTurn *turn,
                    KipKind  kind,
                    KipId    id,
                    gboolean is_new);

/* Marks a ticket to be computed again though no event was added. */
void kip_turn_touch (KipTurn *turn,
                     KipId    ticket);

/* Signs, folds and writes. */
gboolean kip_turn_settle (KipTurn *turn,
                          GError **error);

G_END_DECLS
