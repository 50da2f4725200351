/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-db.h"

G_BEGIN_DECLS

/* The connections that read, few and shared, and the threads that use them for
 * callers who may not wait. */
typedef struct _KipPool KipPool;

KipPool *kip_pool_new (const char *path);

/* Everything that was handed in is answered first and every connection given back; what
 * asks later is refused. */
void kip_pool_close (KipPool *pool);

/* When nobody can ask any more. */
void kip_pool_free (KipPool *pool);

/* A connection for the calling thread; it waits until one is free.  Until given
 * back, what runs on it stops when @cancellable (nullable) is cancelled. */
KipDb *kip_pool_take (KipPool      *pool,
                      GCancellable *cancellable,
                      GError      **error);
void   kip_pool_give (KipPool *pool,
                      KipDb   *db);

/* Opens a connection before somebody needs one. */
gboolean kip_pool_open_one (KipPool *pool,
                            GError **error);

/* Runs @func in a thread of the pool; it returns @task's value itself. */
void kip_pool_run (KipPool        *pool,
                   GTask          *task,
                   GTaskThreadFunc func);

G_END_DECLS
