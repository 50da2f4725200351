/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-shelf.h"
#include "kip-sync-engine.h"

G_BEGIN_DECLS

/* Attachments beside the shared file: puts those that are here and not on the share, sealed and in chunks, and
 * fetches what somebody looks at, and small new ones before anybody does.  A step moves one chunk at most, and
 * what was moved is kept: after any break it goes on with the next.
 *
 * Who attached a file puts it there at once after its event is in the shared file; what is missing there later
 * (the folder is listed once a day, and when the shared file is another one) is put by any machine that holds it, one after the
 * other.  What cannot be opened is reported by kip_share_files_lacks(), and whoever holds the file looks after it.
 *
 * It uses the engine's carrier and keys between two of its rounds, in the same thread, and has no clock of its own. */
typedef struct _KipShareFiles KipShareFiles;

typedef enum
{
  KIP_FILE_HERE,     /* on this computer */
  KIP_FILE_AWAY,     /* not, and nobody asked for it */
  KIP_FILE_FETCHING, /* asked for: it comes, or will as soon as the share is there */
  KIP_FILE_MISSING,  /* asked for, and not on the share yet: looked for again by and by */
  KIP_FILE_DAMAGED,  /* what lies on the share is no good: looked for again by and by */
  KIP_FILE_FAILED    /* it could not be kept here, for want of room or leave */
} KipFileState;

typedef struct
{
  KipFileState state;
  guint64      size, fetched; /* bytes */
  guint32      device;        /* the machine that attached it */
  gboolean     is_shared;     /* all of it is known to be on the share */
} KipFileStatus;

/* Called in a step. */
typedef void (*KipFileListener) (const guint8        *hash,
                                 const KipFileStatus *status,
                                 gpointer             data);

/* Borrows @engine, takes @shelf. */
KipShareFiles *kip_share_files_new (KipSyncEngine *engine,
                                    KipShelf      *shelf);
void           kip_share_files_free (KipShareFiles *files);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipShareFiles, kip_share_files_free)
void           kip_share_files_listen (KipShareFiles  *files,
                                       KipFileListener listener,
                                       gpointer        data);

/* Which files there are, without asking the share; else the first step finds out.  An error is one of our own data. */
gboolean kip_share_files_load (KipShareFiles *files,
                               gint64         wall_ms,
                               GError       **error);

/* The log may name other files than it did. */
void kip_share_files_look (KipShareFiles *files);

/* Somebody wants to see it; nobody does any more (what came of it is kept). */
void kip_share_files_want (KipShareFiles *files,
                           const guint8  *hash);
void kip_share_files_unwant (KipShareFiles *files,
                             const guint8  *hash);
/* Fetches everything that the log names, not just what is small and new. */
void kip_share_files_want_all (KipShareFiles *files);

/* Does at most one thing.  @now_ms and @wall_ms as kip_sync_engine_round() has them.  TRUE: there may be more to do at once.
 * FALSE: not before kip_share_files_due(), or the share did not let us (@problem, a sentence, NO_SPACE and so on). */
gboolean kip_share_files_step (KipShareFiles *files,
                               gint64         now_ms,
                               gint64         wall_ms,
                               GCancellable  *cancellable,
                               GError       **problem);
gint64   kip_share_files_due (KipShareFiles *files); /* by the clock of now_ms; G_MAXINT64: nothing waits */

/* How many are here and not all on the share, and were asked for and not all here; and their bytes. */
typedef struct
{
  guint   n_to_put, n_to_fetch;
  guint64 to_put, to_fetch; /* bytes */
  guint64 put, fetched; /* bytes moved since it was made */
} KipFilesSummary;

void kip_share_files_summarize (KipShareFiles   *files,
                                KipFilesSummary *summary);
/* FALSE: no ticket names it. */
gboolean kip_share_files_status (KipShareFiles *files,
                                 const guint8  *hash,
                                 KipFileStatus *status);

/* ---- what others lack ---- */

/* Hashes of files that this machine wants and that were missing or damaged on the share. (transfer full) of GBytes */
GPtrArray *kip_share_files_lacks (KipShareFiles *files);
/* Another machine says so of a file: if it is here, it is looked after.  Not believed: the blobs are read first. */
void       kip_share_files_doubt (KipShareFiles *files,
                                  const guint8  *hash);

/* ---- garbage ---- */

/* After a purge: takes the blobs of these files (of GBytes, hashes) off the share, unless a ticket still names them. */
gboolean kip_share_files_drop (KipShareFiles *files,
                               GPtrArray     *hashes,
                               GCancellable  *cancellable,
                               GError       **error);
/* With a compaction: takes all blobs off the share that no ticket names.  The folder is listed first and the shared
 * file read to its end after that, so that what was put meanwhile stays.  @n (nullable): how many. */
gboolean kip_share_files_sweep (KipShareFiles *files,
                                gint64         wall_ms,
                                guint         *n,
                                GCancellable  *cancellable,
                                GError       **error);

G_END_DECLS
