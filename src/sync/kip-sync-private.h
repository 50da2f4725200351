/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-sync-traffic-private.h"
#include "kip-sync.h"

G_BEGIN_DECLS

/* Shared by kip-sync.c (the object and its thread), kip-sync-note.c (what a round found) and
 * kip-sync-decide.c (what people decide). */

/* Something that a person decided.  The thread does it between two rounds. */
typedef struct _KipSyncJob KipSyncJob;
struct _KipSyncJob
{
  gboolean (*run) (KipSync       *self,
                   KipSyncEngine *engine, /* (nullable) nothing is shared */
                   KipSyncJob    *job,
                   GError       **error);
  GTask   *task;       /* (owned) */
  char    *path, *passphrase; /* (owned) (nullable) */
  KipKnock *knock;     /* (owned) (nullable) */
  KipId    person;
  guint32  device;
  char    *answer;     /* (owned) (nullable) out */
  KipCompaction compaction; /* out */
};

struct _KipSync
{
  GObject parent_instance;

  KipStore     *store;   /* (owned) */
  char         *version; /* (owned) */
  GMainContext *context; /* (owned) */
  GThread      *thread;  /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) */

  GMutex   mutex;
  GCond    wake;
  gboolean is_stopped;  /* (mutex mutex) */
  KipSyncView view;     /* (mutex mutex) */
  gboolean must_reload; /* (mutex mutex) */
  gboolean is_asked;    /* (mutex mutex) something came up since the last round began */
  gint64   next;        /* (mutex mutex) monotonic µs: when the next round is */
  guint    n_away;      /* (mutex mutex) rounds in a row that did not reach the share */
  KipSyncStatus status; /* (mutex mutex) its texts are the following */
  char    *problem;     /* (mutex mutex) (owned) (nullable) */
  char    *path;        /* (mutex mutex) (owned) (nullable) */
  char    *left_path;   /* (mutex mutex) (owned) (nullable) where the file was before … */
  KipInstant left_at;   /* (mutex mutex) … until then */
  gint64   look_back_at; /* monotonic µs: when that is looked at again; the thread's */
  char    *told_problem, *told_path, *told_left; /* (owned) (nullable) as whoever asked for the status last has them */
  GSource *telling;     /* (mutex mutex) (owned) (nullable) */
  gboolean has_come_in; /* (mutex mutex) */
  GQueue   jobs;        /* (mutex mutex) of KipSyncJob */
  GPtrArray *knocks;    /* (mutex mutex) (owned) of KipKnock that are not in yet */
  GPtrArray *log;       /* (mutex mutex) (owned) of KipSyncLogEntry, the oldest first */
  GHashTable *heard;    /* (mutex mutex) (owned) device → gint64 */
  GArray  *to_tell;     /* (mutex mutex) (owned) of KipTold, by this machine */
  GArray  *was_told;    /* (mutex mutex) (owned) of KipTold, by others */
  GHashTable *versions; /* (mutex mutex) (owned) device → char * */
  KipSyncTraffic *traffic; /* (owned) what lies beside the file */
};

/* How long after an edit a round begins: edits within this time go together, in ms. */
#define KIP_SYNC_EDIT_SOON 300

/* Says so on the main context, once for all that comes up until then.  With the mutex held. */
void kip_sync_tell_soon (KipSync *self);

/* What a round found: status, who is there, when the next one is. */
void kip_sync_note_round (KipSync            *self,
                          KipSyncEngine      *engine,
                          const KipSyncRound *round,
                          const GError       *problem); /* (nullable) */

/* ---- kip-sync-arriving.c: says in the status how far @engine is with reading ---- */
void kip_sync_watch_arriving (KipSync       *self,
                              KipSyncEngine *engine);

/* ---- kip-sync-told.c ---- */

/* In the thread, around a round. */
void kip_sync_hand_told (KipSync       *self,
                         KipSyncEngine *engine);
void kip_sync_fetch_told (KipSync       *self,
                          KipSyncEngine *engine);

/* On the main thread: emits what came. */
void kip_sync_emit_told (KipSync *self);

/* ---- kip-sync.c: a round within @in_ms ---- */
void kip_sync_come_sooner (KipSync *self,
                           gint64   in_ms);

/* In the thread.  FALSE: nothing was decided. */
gboolean kip_sync_do_job (KipSync       *self,
                          KipSyncEngine *engine); /* (nullable) */

KipSyncJob *kip_sync_job_new (gboolean ( *run )(KipSync       *self,
                                                KipSyncEngine *engine,
                                                KipSyncJob    *job,
                                                GError       **error));

/* On the main thread.  Takes @job, whose task is made here. */
void kip_sync_hand_in (KipSync            *self,
                       KipSyncJob         *job,
                       GCancellable       *cancellable, /* (nullable) */
                       GAsyncReadyCallback callback,
                       gpointer            data);

/* In the thread.  INVALID: nothing is shared. */
gboolean kip_sync_check_shared (KipSyncEngine *engine,
                                GError       **error);

/* For what takes long: cancelled when whoever asked for @job has enough of it, and when the window is closed. */
typedef struct
{
  GCancellable *cancellable;    /* (owned) */
  GCancellable *asked, *closing;
  gulong        by_asked, by_closing;
} KipSyncEither;

void kip_sync_either_init (KipSyncEither *either,
                           KipSync       *self,
                           KipSyncJob    *job);
void kip_sync_either_clear (KipSyncEither *either);

/* ---- kip-sync-moving.c: in the thread ---- */

/* After a round that ended with MOVED: goes after the file, or says in @problem where it went. */
void kip_sync_go_after (KipSync       *self,
                        KipSyncEngine *engine,
                        GError       **problem);
/* After one that ended with REMOVED: says by whom and when. */
void kip_sync_explain_removal (KipSync *self,
                               GError **problem);

/* Where the file was before; what was written there since is taken in now and then. */
void kip_sync_note_left (KipSync *self);
void kip_sync_look_back (KipSync *self);
/* With the mutex held: how many have come over. */
void kip_sync_count_come_over (KipSync   *self,
                               GPtrArray *haves); /* of KipHave */

/* When the thread is over: what was decided and not done. */
void kip_sync_drop_jobs (KipSync *self);

G_END_DECLS
