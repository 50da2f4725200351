/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-share-blob.h"
#include "kip-share-files.h"
#include "kip-sync-engine-private.h"

G_BEGIN_DECLS

/* Shared by kip-share-files.c (what there is and what comes next), -put.c, -get.c and -list.c. */

/* A larger one is no attachment: somebody lies about its size. */
#define KIP_FILE_MAX (G_GUINT64_CONSTANT (64) << 30)

typedef enum
{
  KIP_WANT_NOT,
  KIP_WANT_AHEAD, /* nobody looks at it yet */
  KIP_WANT_ASKED
} KipWant;

typedef struct
{
  KipAttached  is;
  KipFileState state;
  KipWant      want;
  gboolean     is_here;
  gboolean     is_checked;  /* its bytes here were compared with its hash */
  gboolean     is_bad;      /* and do not have it, or not the size that is told */
  gboolean     must_put;    /* it is our turn to put what is missing */
  gboolean     is_doubted;  /* somebody could not open it */
  guint        doubt_chunk; /* which of its blobs is looked at next */
  guint        n_tries;     /* in vain, in a row */
  guint        n_damaged;   /* of these, how often it could not be opened */
  gint64       next_try;    /* ms */
  gint64       lacking_since; /* ms: not on the share at the last listing; 0: it was */
} KipShareFile;

struct _KipShareFiles
{
  KipSyncEngine  *engine;   /* (borrowed) */
  guint           chunk;    /* bytes: KIP_BLOB_CHUNK but in tests, which have no time for so much */
  KipShelf       *shelf;    /* (owned) */
  KipFileListener listener; /* (nullable) */
  gpointer        listener_data;

  GHashTable *all;      /* (owned) hash → KipShareFile (owned) */
  GPtrArray  *puts;     /* (owned) of KipShareFile: may have to be put, the oldest first */
  GPtrArray  *gets;     /* (owned) of KipShareFile: wanted, who asked last comes last */
  GPtrArray  *doubts;   /* (owned) of KipShareFile */
  GHashTable *leftovers; /* (owned) name of a .tmp → gint64, when it was seen first */
  gboolean    is_loaded;
  gboolean    must_look;
  gboolean    wants_all;
  GHashTable *to_reseal; /* (owned) (nullable) names that lie there, while they are looked through for older keys */
  gint64      reseal_due; /* ms; 0: not known yet */
  gint64      list_due;  /* ms; 0: not known yet */
  gint64      put_rest, get_rest; /* ms: the share did not let us, not before then again */
  guint       n_put_failures, n_get_failures; /* in a row */
  guint64     put, fetched; /* bytes */

  /* of this step */
  gint64        now, wall;
  GCancellable *cancellable;
};

/* ---- kip-share-files.c ---- */

guint         kip_share_file_chunks (KipShareFiles      *files,
                                     const KipShareFile *file);
gboolean      kip_share_file_is_shared (KipShareFiles      *files,
                                        const KipShareFile *file);
KipShareFile *kip_share_files_find (KipShareFiles *files,
                                    const guint8  *hash); /* (nullable) */
void          kip_share_files_set_state (KipShareFiles *files,
                                         KipShareFile  *file,
                                         KipFileState   state);
void          kip_share_files_tell (KipShareFiles *files,
                                    KipShareFile  *file);
/* What the log names by now.  An error is one of our own data. */
gboolean      kip_share_files_catch_up (KipShareFiles *files,
                                        GError       **error);
/* The same, and what it does not name any more is forgotten. */
gboolean      kip_share_files_recount (KipShareFiles *files,
                                       GError       **error);
/* How long to rest after the @n-th failure in a row, ms. */
gint64        kip_share_files_rest (guint n);

/* ---- kip-share-files-put.c ---- */

/* A chunk of a file that is due; TRUE: something was done. */
gboolean kip_share_files_put_one (KipShareFiles *files,
                                  GError       **problem);
gint64   kip_share_files_put_due (KipShareFiles *files);
void     kip_share_files_may_put (KipShareFiles *files,
                                  KipShareFile  *file);
/* A blob that somebody could not open. */
gboolean kip_share_files_check_one (KipShareFiles *files,
                                    GError       **problem);

/* ---- kip-share-files-get.c ---- */

gboolean kip_share_files_get_one (KipShareFiles *files,
                                  GError       **problem);
gint64   kip_share_files_get_due (KipShareFiles *files);
/* A chunk from the share, opened.  NOT_FOUND, CORRUPT, and what carriers say. (transfer full) */
GBytes  *kip_share_files_fetch_from (KipShareFiles *files,
                                     KipShareFile  *file,
                                     guint16        generation,
                                     guint          chunk,
                                     GError       **error);
GBytes  *kip_share_files_fetch (KipShareFiles *files, /* of whatever generation */
                                KipShareFile  *file,
                                guint          chunk,
                                GError       **error);

/* ---- kip-share-files-reseal.c ---- */

/* A chunk under a key that is to be destroyed; TRUE: something was done. */
gboolean kip_share_files_reseal_one (KipShareFiles *files,
                                     GError       **problem);
gint64   kip_share_files_reseal_due (KipShareFiles *files);

/* ---- kip-share-files-list.c ---- */

/* After somebody was removed for good: kip_share_files_sweep (). */
void        kip_share_files_sweep_if_due (KipShareFiles *files);

/* What lies there. (transfer full) of char * */
GHashTable *kip_share_files_list_names (KipShareFiles *files,
                                        GError       **error);

/* Compares what lies there with what should. TRUE: it was time for that. */
gboolean kip_share_files_list_if_due (KipShareFiles *files,
                                      GError       **problem);

G_END_DECLS
