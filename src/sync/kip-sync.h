/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-sharing.h"
#include "kip-sync-clock.h"
#include "kip-sync-pace.h"

G_BEGIN_DECLS

/* Keeps an open office and its shared file equal for as long as it lives: at once after an edit
 * (several within a moment together), by looking every few seconds, more seldom while the share is
 * away, and when asked.  Everything that may block is done in a thread of its own, and what
 * touches the share in a child process; the main thread, and quitting, never wait for either.
 *
 * Signals, on the main context that made it:
 * "changed" (): what kip_sync_get_status() says.
 * "told" (GArray of KipTold): what other computers have told to whoever works at them.
 * "came-in" (): this machine was let in; the office must be closed and opened again, to write. */
#define KIP_TYPE_SYNC (kip_sync_get_type ())
G_DECLARE_FINAL_TYPE (KipSync, kip_sync, KIP, SYNC, GObject)

typedef struct
{
  gboolean     is_shared;
  KipSyncState state;
  KipInstant   shared_at;   /* when everything here was last known to be in the file; NONE: never */
  KipInstant   away_since;  /* since when it is not so for the share's fault; NONE: it is */
  guint        n_to_send;
  guint64      arriving, arriving_of; /* bytes read of the file, of so many, while much is new in it; 0: it is not */
  guint        n_arrived; /* tickets there are by then */
  guint        n_files_to_send; /* attachments of this computer that are not all on the share yet */
  guint        n_members, n_seen; /* machines that are in, and those of them that hold all of this machine's changes */
  gboolean     is_out;      /* this machine was removed */
  guint32     cloned;            /* a device as which two computers write; 0: none */
  guint32      gave_way;    /* as which this one wrote, too, until it got a number of its own just now; 0: it did not */
  KipSyncClock clock;       /* of this machine, beside the share's */
  guint64      file_size;   /* bytes, as far as it was read */
  gboolean     is_worth_compacting; /* it could be much smaller */
  int          compacting;  /* percent; -1: it is not being made smaller just now */
  int          moving;      /* percent; -1: it is not being moved just now */
  const char  *left_path;   /* (nullable) where it was before: not to be taken away before all have come over */
  guint        n_come_over; /* of the members */
  const char  *problem;     /* (nullable) a sentence; until the status is asked for again */
  const char  *path;        /* (nullable) of the file */
  gboolean     has_passphrase; /* by which others may join */
} KipSyncStatus;

/* Begins at once, if the office of @store is shared. */
KipSync *kip_sync_new (KipStore   *store,
                       const char *version);

/* The office was shared, or left, meanwhile: looks again. */
void kip_sync_reload (KipSync *sync);

/* A round now. */
void kip_sync_now (KipSync *sync);

/* Who would see what comes: how often the share is looked at.  At first nobody. */
void kip_sync_set_view (KipSync    *sync,
                        KipSyncView view);

void kip_sync_get_status (KipSync       *sync,
                          KipSyncStatus *status);

/* "Shared 10:42, seen by 3 of 5" and so on, in few words and in a sentence. (transfer full) */
char *kip_sync_status_label (const KipSyncStatus *status,
                             GTimeZone           *zone);
char *kip_sync_status_sentence (const KipSyncStatus *status,
                                GTimeZone           *zone);

/* ---- what people decide; each is done by the sync's own thread ---- */

/* The one of an open office.  (nullable) Borrowed. */
KipSync *kip_sync_of (KipStore *store);

/* kip_sharing_begin(), then rounds. */
void     kip_sync_share_async (KipSync            *sync,
                               const char         *path,
                               const char         *passphrase,
                               GAsyncReadyCallback callback,
                               gpointer            data);

/* The office stays here: kip_sharing_leave(). */
void     kip_sync_leave_async (KipSync            *sync,
                               GAsyncReadyCallback callback,
                               gpointer            data);
gboolean kip_sync_leave_finish (KipSync      *sync,
                                GAsyncResult *result,
                                gboolean     *told, /* out */
                                GError      **error);
void     kip_sync_admit_async (KipSync            *sync,
                               const KipKnock     *knock,
                               KipId               person,
                               GAsyncReadyCallback callback,
                               gpointer            data);
void     kip_sync_remove_async (KipSync            *sync,
                                guint32             device,
                                GAsyncReadyCallback callback,
                                gpointer            data);
/* kip_sharing_change_key() and kip_sharing_set_passphrase(): nullable. */
void     kip_sync_change_key_async (KipSync            *sync,
                                    GAsyncReadyCallback callback,
                                    gpointer            data);
void     kip_sync_set_passphrase_async (KipSync            *sync,
                                        const char         *passphrase,
                                        GAsyncReadyCallback callback,
                                        gpointer            data);
/* Makes the shared file smaller: kip_sync_engine_compact(). */
void     kip_sync_compact_async (KipSync            *sync,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            data);
gboolean kip_sync_compact_finish (KipSync       *sync,
                                  GAsyncResult  *result,
                                  KipCompaction *compaction, /* out */
                                  GError       **error);
/* kip_sharing_move () and kip_sharing_use (), with a round behind it. */
void     kip_sync_move_async (KipSync            *sync,
                              const char         *path,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            data);
void     kip_sync_use_async (KipSync            *sync,
                             const char         *path,
                             GAsyncReadyCallback callback,
                             gpointer            data);
/* Makes the shared file again now, where it is missing or damaged: kip_sync_engine_mend_now(). */
void     kip_sync_mend_async (KipSync            *sync,
                              GAsyncReadyCallback callback,
                              gpointer            data);
/* Of all these but the one that has its own. */
gboolean kip_sync_decide_finish (KipSync      *sync,
                                 GAsyncResult *result,
                                 GError      **error);

/* A code by which one computer may join as @person within a week.  FALSE in @is_valid: it could not be put into the shared file
 * yet; with the next round that can, it opens. (transfer full) */
void  kip_sync_invite_async (KipSync            *sync,
                             KipId               person,
                             GAsyncReadyCallback callback,
                             gpointer            data);
char *kip_sync_invite_finish (KipSync      *sync,
                              GAsyncResult *result,
                              gboolean     *is_valid, /* out */
                              GError      **error);

/* A code to be printed: kip_sharing_make_recovery(). (transfer full) */
void  kip_sync_make_recovery_async (KipSync            *sync,
                                    GAsyncReadyCallback callback,
                                    gpointer            data);
char *kip_sync_make_recovery_finish (KipSync      *sync,
                                     GAsyncResult *result,
                                     gboolean     *is_valid, /* out: as above */
                                     GError      **error);

/* Who asks to be let in, and when each machine was last heard of, as far as is known. */
GPtrArray *kip_sync_dup_knocks (KipSync *sync); /* (transfer full) of KipKnock */
/* What happened, the oldest first. (transfer full) of KipSyncLogEntry, kip-sync-log.h */
GPtrArray *kip_sync_dup_log (KipSync *sync);
KipInstant kip_sync_heard_of (KipSync *sync,
                              guint32  device); /* NONE: never */
char      *kip_sync_dup_version_of (KipSync *sync, /* (transfer full) (nullable) of its Kip */
                                    guint32  device);

/* Tells the other computers that these thresholds (GArray of KipTold) were told here; does nothing where
 * the office is not shared. */
void kip_sync_tell (KipSync *sync,
                    GArray  *told);

/* Ends, without waiting for the share, a passphrase or a batch: what is on its way ends by itself.  Needed: it does not end
 * when nobody holds it. */
void kip_sync_stop (KipSync *sync);

G_END_DECLS
