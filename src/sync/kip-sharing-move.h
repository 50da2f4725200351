/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-sharing.h"
#include "kip-sync-move.h"

G_BEGIN_DECLS

/* The shared file of an office lies elsewhere by now: moving it there, going after it, and looking back at the old
 * one for as long as somebody may write into that.  Never on the main thread. */

/* Writes the file at @path, tells the others, and goes on there with @engine: kip_sync_engine_move().  Where this office's
 * file lies at @path already, which a move that was broken off leaves, it is taken as it is. */
gboolean kip_sharing_move (KipStore          *store,
                           KipSyncEngine     *engine,
                           const char        *path,
                           KipCompactProgress progress, /* (nullable) */
                           gpointer           data,
                           GCancellable      *cancellable,
                           GError           **error);

/* The file is at @path as this computer sees it: @engine (nullable) goes on there.  NOT_OFFICE: that is another's; nothing was changed. */
gboolean kip_sharing_use (KipStore      *store,
                          KipSyncEngine *engine,
                          const char    *path,
                          GCancellable  *cancellable,
                          GError       **error);

/* After a round that ended with MOVED: goes on where the file is by now, if this computer finds it under the name that was told, or
 * beside its own in the same way.  FALSE: somebody must say where it is. */
gboolean kip_sharing_follow (KipStore      *store,
                             KipSyncEngine *engine,
                             GCancellable  *cancellable);

/* "The shared file was moved to … by Lan." (transfer full) */
char *kip_sharing_moved_sentence (KipStore       *store,
                                  const KipMoved *moved);

/* Where the file was before, on this computer. */
typedef struct
{
  char      *path; /* (owned) */
  KipInstant left; /* when this computer went */
} KipLeftPlace;

void       kip_left_place_free (KipLeftPlace *place);
GPtrArray *kip_sharing_get_left_places (KipStore *store); /* (transfer full) of KipLeftPlace, the latest last */

/* Takes in what somebody wrote there since, and tells those there once more where it is where that is needed.  What cannot be
 * reached is passed over. */
void kip_sharing_look_back (KipStore             *store,
                            const KipSyncOptions *options,
                            GCancellable         *cancellable);

G_END_DECLS
