/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-store.h"

G_BEGIN_DECLS

/* Where a search found its words in the tickets that somebody looks at: read off
 * the main thread, when there was calm for a moment.  What was read for the question
 * before stays until the new is known, so that nothing flickers while one types.
 *
 * Signals:
 * "found" (GArray of KipId): these have another text than before. */
#define KIP_TYPE_EXCERPTS (kip_excerpts_get_type ())
G_DECLARE_FINAL_TYPE (KipExcerpts, kip_excerpts, KIP, EXCERPTS, GObject)

KipExcerpts *kip_excerpts_new (KipStore *store);

/* Another question (nullable).  One without words has no excerpts. */
void kip_excerpts_set_query (KipExcerpts    *self,
                             const KipQuery *query);

/* The words looked for, folded; NULL: none. Borrowed until the next question. */
GPtrArray *kip_excerpts_get_words (KipExcerpts *self);

/* @ids (of KipId, taken) are in sight: reads what is not known of them. */
void kip_excerpts_want (KipExcerpts *self,
                        GArray      *ids);

/* As kip_find_excerpts_async() gives it; NULL: not read yet. Borrowed. */
const char *kip_excerpts_get (KipExcerpts *self,
                              KipId        id);

G_END_DECLS
