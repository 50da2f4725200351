/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-frame-moved.h"
#include "kip-sync-engine.h"

G_BEGIN_DECLS

/* The shared file, lying elsewhere: a whole new one is written at the new place, as a compaction does it, with what lies
 * beside it; and only when all of it was read back there, the old one gets a frame that says where it is by now.
 * The old one stays as it is: whoever writes into it still is heard by those who look back (kip-sharing-move.h). */

/* Writes it there, through @to, and tells the others.  After any error the old file is the office's as before;
 * what was written beside the new place is used when it is tried again.  EXISTS: something lies at the new place;
 * NOT_ALLOWED: this machine is no manager's; MOVED: somebody else was faster. */
gboolean kip_sync_engine_move (KipSyncEngine     *engine,
                               KipCarrier        *to, /* borrowed */
                               const char        *path,
                               const char        *from, /* what the old one is called here */
                               gint64             now_ms,
                               gint64             wall_ms,
                               KipCompactProgress progress, /* (nullable) */
                               gpointer           data,
                               GCancellable      *cancellable,
                               GError           **error);

/* Only tells, with a number above @serial: the file lies at @path already; "": it is this one again. */
gboolean kip_sync_engine_tell_moved (KipSyncEngine *engine,
                                     const char    *path,
                                     const char    *from,
                                     guint64        serial,
                                     gint64         now_ms,
                                     gint64         wall_ms,
                                     GCancellable  *cancellable,
                                     GError       **error);

/* Takes in what is new in the file, and writes nothing.  Errors as a round's problems are. */
gboolean kip_sync_engine_read_only (KipSyncEngine *engine,
                                    gint64         now_ms,
                                    gint64         wall_ms,
                                    KipSyncRound  *round,
                                    GCancellable  *cancellable,
                                    GError       **error);

/* The same in a file that was left, named @from here; one that does not say (any more) that it was moved is told @path again. */
gboolean kip_sync_engine_look_back (KipSyncEngine *engine,
                                    const char    *path,
                                    const char    *from,
                                    gint64         now_ms,
                                    gint64         wall_ms,
                                    KipSyncRound  *round,
                                    GCancellable  *cancellable,
                                    GError       **error);

/* What the file says of where it lies. (nullable) Borrowed until the next round. */
const KipMoved *kip_sync_engine_get_moved (KipSyncEngine *engine);

/* Goes on with what lies elsewhere, as if it had never seen a file.  Takes @carrier. */
void kip_sync_engine_go_to (KipSyncEngine *engine,
                            KipCarrier    *carrier);

/* What lies beside the file and not beside the other one; nothing that is there is written again. */
gboolean kip_sync_engine_copy_blobs (KipSyncEngine     *engine,
                                     KipCarrier        *to,
                                     KipCompactProgress progress, /* (nullable) */
                                     gpointer           data,
                                     GCancellable      *cancellable,
                                     GError           **error);

G_END_DECLS
