/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-book.h"

G_BEGIN_DECLS

/* The search index follows the log in transactions of its own: within the commit
 * it would cost ten times what the commit does.  How far it has come is kept with
 * it, so that a crash loses nothing.
 *
 * A ticket has one document of what can change (subject, texts, people, numbers)
 * and one for each message.  All that tickets say which were merged into it stands in
 * the first.  Everything is folded by kip_text_fold(). */
#define KIP_DOCUMENT_BITS 16
#define KIP_DOCUMENT_SLOT(id) ((id) >> KIP_DOCUMENT_BITS)

gboolean kip_indexer_is_behind (KipDb    *db,
                                gboolean *behind,
                                GError  **error);

/* About how many tickets wait. */
gboolean kip_indexer_count (KipDb   *db,
                            guint   *n,
                            GError **error);

/* Within a transaction: takes up some events, and some tickets whose people
 * changed; @n is about how many tickets. */
gboolean kip_indexer_step (KipBook *book,
                           KipNews *news,
                           guint    n,
                           GError **error);

/* Within a transaction: merges some of the parts that the steps made.  @more: there are others. */
gboolean kip_indexer_merge (KipDb    *db,
                            gboolean *more,
                            GError  **error);

/* Throws the index away; the steps then make it anew. */
gboolean kip_indexer_reset (KipDb   *db,
                            GError **error);

G_END_DECLS
