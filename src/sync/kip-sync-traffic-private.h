/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-sync-traffic.h"

G_BEGIN_DECLS

/* The part of kip-sync.c that moves what lies beside the shared file, between two rounds. */
typedef struct _KipSyncTraffic KipSyncTraffic;

KipSyncTraffic *kip_sync_traffic_new (KipStore *store);
void            kip_sync_traffic_free (KipSyncTraffic *traffic);

/* Another clock than the monotonic one, in ms, for tests. */
void            kip_sync_traffic_set_clock (KipSyncTraffic *traffic,
                                            gint64 (       *now_ms )(void));

/* ---- in the thread of sync ---- */

/* Begins with an engine, whose rounds the thread does; NULL: nothing is shared any more. */
void kip_sync_traffic_open (KipSyncTraffic *traffic,
                            KipSyncEngine  *engine);
/* After a round; @may_move: the share is there, and what was written here is in the file. */
void kip_sync_traffic_round (KipSyncTraffic *traffic,
                             gboolean        may_move);
/* One step of whatever is due. */
void kip_sync_traffic_step (KipSyncTraffic *traffic,
                            GCancellable   *cancellable);

/* With a compaction: what no ticket names goes from the share.  Of no consequence where it does not. */
void kip_sync_traffic_sweep (KipSyncTraffic *traffic,
                             GCancellable   *cancellable);

/* Monotonic µs: when the next step is; G_MAXINT64: not before the next round. Any thread. */
gint64 kip_sync_traffic_due (KipSyncTraffic *traffic);

/* Whether anything changed since it was asked last, and what; any thread. */
gboolean kip_sync_traffic_has_news (KipSyncTraffic *traffic);
void kip_sync_traffic_take_news (KipSyncTraffic *traffic,
                                 gboolean       *files,
                                 gboolean       *presence);

/* ---- in the main thread; the thread is to be woken afterwards ---- */

gboolean kip_sync_traffic_file_status (KipSyncTraffic *traffic,
                                       const guint8   *hash,
                                       KipFileStatus  *status);
void     kip_sync_traffic_want (KipSyncTraffic *traffic,
                                const guint8   *hash,
                                gboolean        wanted);
void     kip_sync_traffic_get_files (KipSyncTraffic *traffic,
                                     KipSyncFiles   *files);
void     kip_sync_traffic_be_at (KipSyncTraffic *traffic,
                                 KipId           ticket,
                                 KipDoing        doing);
GArray  *kip_sync_traffic_who_is_at (KipSyncTraffic *traffic,
                                     KipId           ticket);
void     kip_sync_traffic_set_tells (KipSyncTraffic *traffic,
                                     gboolean        tells);

G_END_DECLS
