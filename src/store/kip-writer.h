/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-lock.h"
#include "kip-turn.h"

G_BEGIN_DECLS

/* The one thread that writes.  Jobs are done in the order in which they were
 * handed in; writes that wait in the queue side by side share one transaction
 * (each still gets its own result, when that is on disk).  When nothing waits, it
 * does what was put off: the search index, stale tickets, checkpoints. */
typedef struct _KipWriter KipWriter;

/* Called on the writer's thread. */
typedef struct
{
  gpointer data;
  void (*news)(KipBook *book,
               KipNews *news,
               gpointer data); /* after a commit, before its jobs are told */
  void (*failed)(const GError *error,
                 gpointer      data);
} KipWriterListener;

/* One write, within a transaction.  INVALID, NOT_FOUND and CONFLICT fail this job
 * alone; any other error rolls back all that share the transaction. */
typedef gboolean (*KipWriteFunc) (KipTurn *turn,
                                  KipBook *book,
                                  gpointer data,
                                  GError **error);

/* Anything else, under the lock but in no transaction. */
typedef gboolean (*KipBookFunc) (KipBook *book,
                                 KipNews *news,
                                 gpointer data,
                                 GError **error);

/* Takes @book and @lock; @listener is copied. */
KipWriter *kip_writer_new (KipBook                 *book,
                           KipLock                 *lock,
                           const KipWriterListener *listener);

/* Does all that was handed in, then ends the thread and lets go of the files; what is
 * handed in later is refused. */
void kip_writer_close (KipWriter *writer);

/* When nobody can hand anything in any more. */
void kip_writer_free (KipWriter *writer);

/* These wait until it is done. */
gboolean kip_writer_write (KipWriter   *writer,
                           KipWriteFunc func,
                           gpointer     data,
                           GError     **error);
gboolean kip_writer_run (KipWriter  *writer,
                         KipBookFunc func,
                         gpointer    data,
                         GError    **error);

/* A write that shares its transaction with nobody, in two parts: in between, this thread can do something
 * else.  @data must stay until the end. */
typedef struct _KipWriting KipWriting;
KipWriting *kip_writer_begin_alone (KipWriter   *writer,
                                    KipWriteFunc func,
                                    gpointer     data);
gboolean    kip_writer_end (KipWriter  *writer,
                            KipWriting *writing, /* freed */
                            GError    **error);

/* These do not; @data is freed by @destroy (nullable) on the writer's thread;
 * @task (nullable, taken) is told TRUE or the error. */
void kip_writer_write_async (KipWriter     *writer,
                             KipWriteFunc   func,
                             gpointer       data,
                             GDestroyNotify destroy,
                             GTask         *task);
void kip_writer_run_async (KipWriter     *writer,
                           KipBookFunc    func,
                           gpointer       data,
                           GDestroyNotify destroy,
                           GTask         *task);

/* Waits until what was committed can be searched; @patient: however long that
 * takes, otherwise only if it is soon. */
gboolean kip_writer_wait_for_index (KipWriter *writer,
                                    gboolean   patient,
                                    GError   **error);

/* Looks whether another process has written. Threads: any. */
void kip_writer_look (KipWriter *writer);

G_END_DECLS
