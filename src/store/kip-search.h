/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-bits.h"
#include "kip-db.h"
#include "kip-query-plan.h"

G_BEGIN_DECLS

/* Words in the index of texts.  One word may stand in the subject and another in a
 * message: each is looked up by itself, and what is asked for together is brought
 * together ticket by ticket.  What stands in a ticket that was merged into another
 * is found in that one: the index has it there too (kip-indexer.h). */

/* Every ticket's slot where @test (WORDS of TEXT or SUBJECT) holds; slots below @n.
 * (transfer full) */
KipBits *kip_search_all (KipDb              *db,
                         const KipQueryTest *test,
                         guint64             n,
                         GError            **error);

/* The newest @limit (0: all) slots where each of @tests holds, out of @among
 * (nullable: all that are not hidden); a test is WORDS of TEXT, or an OR
 * of such and NUMBER.  (transfer full) GArray of gint64, each once */
GArray *kip_search_newest (KipDb         *db,
                           GPtrArray     *tests,
                           const KipBits *among,
                           guint          limit,
                           GError       **error);

/* The same without an order and however many: each test is looked up to its end.
 * (transfer full) */
KipBits *kip_search_select (KipDb         *db,
                            GPtrArray     *tests,
                            const KipBits *among,
                            GError       **error);

/* TRUE for what kip_search_newest() can be given. */
gboolean kip_search_can (const KipQueryTest *test);

G_END_DECLS
