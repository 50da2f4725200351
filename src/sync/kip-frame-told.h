/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-sync-engine.h"
#include "kip-told.h"

G_BEGIN_DECLS

/* A frame of type KIP_FRAME_TOLD: which thresholds a device has told to whoever works at it.  A
 * hint that ages: it is carried by the file alone, and a compaction may leave it out. */

/* The body. @told: of KipTold. (transfer full) */
GBytes *kip_frame_pack_told (guint32       device,
                             GArray       *told,
                             const guint8 *secret_key);

/* Who says so, without looking at the signature; 0: nobody. */
guint32 kip_frame_told_device (GBytes *body);

/* NULL: it was not signed by @public_key, or is damaged. (transfer full) GArray of KipTold */
GArray *kip_frame_unpack_told (GBytes       *body,
                               const guint8 *public_key);

/* ---- the engine's part ---- */

/* Tells the others with the next round. */
void kip_sync_engine_tell (KipSyncEngine *engine,
                           GArray        *told);

/* What the others told since this was asked last. (transfer full) (nullable) of KipTold */
GArray *kip_sync_engine_take_told (KipSyncEngine *engine);

G_END_DECLS
