/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-query.h"

G_BEGIN_DECLS

/* Why a text matched: its words that a search found, between \1 and \2, with
 * control characters as spaces so that it stands on one line.  A hit is a word
 * that begins with a word looked for, marks and case aside.  Threads: any. */

/* The words that @query (nullable) looks for, folded; none of what it excludes or
 * of its filters.  (transfer full) GPtrArray of char *, may be empty */
GPtrArray *kip_excerpt_words (const KipQuery *query);

/* All of @text (nullable); NULL without a hit.  (transfer full) */
char *kip_excerpt_mark (const char *text,
                        GPtrArray  *words);

/* The part of @text (nullable) around its first hit, "…" where it is cut; NULL
 * without a hit.  (transfer full) */
char *kip_excerpt_around (const char *text,
                          GPtrArray  *words);

/* How @text (nullable: "") begins, without hits, as long as the part around one. (transfer full) */
char *kip_excerpt_begin (const char *text);

G_END_DECLS
