/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-writer.h"

G_BEGIN_DECLS

typedef struct
{
  KipWriteFunc   write; /* one of the two; neither: the end */
  KipBookFunc    run;
  gpointer       data;
  GDestroyNotify destroy; /* (nullable) */
  GTask         *task;    /* (owned) (nullable) */
  gboolean       is_alone; /* shares its transaction with nobody */
  gboolean       is_quiet; /* needs no lock: it only reads */

  gboolean       is_waited_for; /* by a thread; then that frees it */
  gboolean       is_done;       /* (mutex writer->mutex) */
  GError        *error;         /* (owned) (nullable) */
} KipWriterJob;

struct _KipWriter
{
  KipBook    *book; /* (owned) (nullable) until closed */
  KipLock    *lock; /* (owned) (nullable) until closed */
  KipWriterListener listener;
  GThread    *thread;
  GAsyncQueue *queue; /* (owned) of KipWriterJob */
  KipWriterJob *next;   /* taken from the queue, to be done next */
  GCancellable *way;  /* (owned) cancelled while a write waits */
  guint       n_cut_short; /* pieces, since one was done */
  GError     *broken; /* (owned) (nullable) the data is damaged: nothing is written any more */
  gint        is_looking; /* (atomic) a look is in the queue */
  gint        is_behind;  /* (atomic) the index may lack what was committed */
  gint64      rest_until; /* monotonic */
  gint64      more_until; /* monotonic: until then another large write may come */
  gboolean    is_closed;  /* (mutex mutex) the last job is in the queue */
  GMutex      mutex;
  GCond       done;
};

void kip_writer_job_free (KipWriterJob *job);

/* Tells whoever waits for it, and frees it if nobody does. */
void kip_writer_finish_job (KipWriter    *writer,
                            KipWriterJob *job);

/* kip-writer-jobs.c: the last job; waits until all before it are done. */
void kip_writer_hand_in_end (KipWriter *writer);

G_END_DECLS
