/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-id.h"

G_BEGIN_DECLS

/* One run of changes from an array of ids to another: at @position, counted in
 * the array as the earlier edits left it, @removed go and @added come. */
typedef struct
{
  guint position, removed, added;
} KipListEdit;

/* The few runs that make @before into @after, for rows that moved, came and went
 * one by one; NULL when they differ by so much that starting over is cheaper.
 * Reads each array once.  @moved: (nullable) a set of ids (pointers to KipId) that
 * are known to have changed, found wherever they went; others are looked for a
 * few places ahead.  (transfer full) GArray of KipListEdit */
GArray *kip_list_edits (const KipId *before,
                        guint        n_before,
                        const KipId *after,
                        guint        n_after,
                        GHashTable  *moved);

G_END_DECLS
