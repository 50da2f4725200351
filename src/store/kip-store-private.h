/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-local.h"
#include "kip-pool.h"
#include "kip-store.h"
#include "kip-writer.h"

G_BEGIN_DECLS

/* What readers see of the office: made by the writer, kept while borrowed. */
typedef struct
{
  KipOffice       *office;     /* (owned) */
  KipAgreements   *agreements; /* (owned) */
  KipMembers      *members;    /* (owned) */
  KipQueryResolver resolver;   /* of that office */
} KipSnapshot;

/* This machine gave way (kip-store-forks.h). */
typedef struct
{
  guint32 from, to;
  guint64 last; /* of @from, which stays that one's */
} KipStoreMoved;

struct _KipStore
{
  GObject parent_instance;

  char         *dir;     /* (owned) */
  GMainContext *context; /* (owned) where the signals are sent */
  guint         device;
  gboolean      is_closed;
  KipLock      *use;     /* (owned) says that it is open */
  KipWriter    *writer;  /* (owned) */
  KipPool      *pool;    /* (owned) */
  KipLocal     *local;   /* (owned) */
  GFileMonitor *monitor; /* (owned) (nullable) of the write-ahead log */
  GSource      *daily;   /* (owned) (nullable) looks whether a backup is due */
  GCancellable *daily_cancellable; /* (owned) (nullable) */

  GMutex mutex;
  KipSnapshot   *snapshot; /* (mutex mutex) (owned) */
  GPtrArray     *retired;  /* (mutex mutex) (owned) of KipSnapshot that may still be borrowed */
  KipEarly      *early;    /* (mutex mutex) (owned) (nullable) what of tickets is known beside the log */
  KipId          me;       /* (mutex mutex) */
  KipId          next_id;  /* (mutex mutex) reserved up to but not with end_id */
  KipId          end_id;   /* (mutex mutex) */
  KipId          more_id;  /* (mutex mutex) a block reserved beforehand; NONE: not yet */
  gboolean       is_reserving; /* (mutex mutex) */
  GError        *id_failure; /* (mutex mutex) (owned) (nullable) why there was no id the last time */

  GArray  *moved;   /* (mutex mutex) (owned) of KipStoreMoved: what change-sets of this run are called by now */

  KipNews  news;    /* (mutex mutex) to be told */
  GError  *failure; /* (mutex mutex) (owned) (nullable) to be told */
  GSource *telling; /* (mutex mutex) (owned) (nullable) */
};

/* ---- kip-store-news.c ---- */

/* For KipWriterListener; @store: the KipStore. */
void kip_store_listen (KipBook *book,
                       KipNews *news,
                       gpointer store);
void kip_store_fail (const GError *error,
                     gpointer      store);
void kip_store_take_snapshot (KipStore *store,
                              KipBook  *book);
void kip_store_stop_telling (KipStore *store);
void kip_snapshot_free (KipSnapshot *snapshot);

/* ---- kip-store-open.c ---- */

/* The path of something in a data folder. (transfer full) */
char *kip_store_path (const char *dir,
                      const char *name);

/* A connection that may write to @path, set up as all of them are. */
KipDb *kip_store_open_writer (const char *path,
                              KipDbMode   mode,
                              GError    **error);

KipStore *kip_store_open_on (const char   *dir,
                             GMainContext *context,
                             GError      **error);

/* ---- kip-store-create.c ---- */

/* An office is made whole in a file beside, which then gets its name: a crash in
 * between leaves no half of an office. */
#define KIP_STORE_UNFINISHED "kip.db.new"

gboolean kip_store_prepare_dir (const char *dir,
                                GError    **error);
void     kip_store_remove_unfinished (const char *path);
gboolean kip_store_put_in_place (const char *from,
                                 const char *dir,
                                 GError    **error);

/* ---- kip-store-ids.c ---- */
#define KIP_ID_BLOCK 4096

/* With the mutex held: what was reserved for the device of before is given out no more. */
void kip_store_change_device (KipStore *store,
                              guint     device);

/* FALSE when @change is about something that got no id, with the reason for that. */
gboolean kip_store_check_ids (KipStore        *store,
                              const KipChange *change,
                              GError         **error);

/* ---- kip-store-forks.c ---- */

/* What a change-set of this machine is called by now. */
KipEventId kip_store_follow_change (KipStore *store,
                                    guint32   device,
                                    guint64   seq);

/* ---- kip-store-daily.c ---- */

/* Makes the copy of this day unless it is there, and removes the eighth. */
gboolean kip_store_make_daily (KipStore     *store,
                               GCancellable *cancellable,
                               GError      **error);
void kip_store_watch_days (KipStore *store);
void kip_store_begin_daily (KipStore *store,
                            guint     seconds);
void kip_store_end_daily (KipStore *store);

/* ---- kip-store-early.c: adds to @events of the log what is known beside it ---- */
void kip_store_add_early (KipStore  *store,
                          KipId      ticket,
                          GPtrArray *events);

/* ---- kip-store-watch.c ---- */
void kip_store_watch (KipStore *store);
void kip_store_unwatch (KipStore *store);

G_END_DECLS
