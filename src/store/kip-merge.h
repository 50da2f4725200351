/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-db.h"
#include "kip-entity.h"

G_BEGIN_DECLS

/* Which ticket is merged into which.  Merging is a register of the source; a
 * chain leads to its end, and in a circle (two people merging A into B and B into
 * A at once) the write that comes last in fold order does not count. */

/* FALSE in @any: no ticket was ever merged. */
gboolean kip_merge_is_used (KipDb    *db,
                            gboolean *any,
                            GError  **error);

/* Takes up what @ticket says of itself.  Everything that hangs together with it by
 * merging, before or now, and itself, is added to @affected (a set of gint64 keys). */
gboolean kip_merge_note (KipDb      *db,
                         KipEntity  *ticket,
                         GHashTable *affected,
                         GError    **error);

/* Where @ticket ends up: itself unless it is merged. */
gboolean kip_merge_find_root (KipDb   *db,
                              KipId    ticket,
                              KipId   *root,
                              GError **error);

/* The tickets that end up in @root, itself left out, rising. (transfer full) GArray of KipId */
GArray *kip_merge_find_sources (KipDb   *db,
                                KipId    root,
                                GError **error);

G_END_DECLS
