/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "kip-store.h"

G_BEGIN_DECLS

/* Work that takes a while, in a thread, with a window that shows how far it is and a
 * button that ends it.  The window appears only when the work is not done at once. */
#define KIP_TYPE_JOB_WINDOW (kip_job_window_get_type ())
G_DECLARE_FINAL_TYPE (KipJobWindow, kip_job_window, KIP, JOB_WINDOW, AdwWindow)

/* In the thread: returns what kip_job_finish() gives, or NULL and @error.  To be given to
 * what does the work: kip_job_progress with @progress as its data. */
typedef gpointer (*KipJobFunc) (gpointer      data,
                                gpointer      progress,
                                GCancellable *cancellable,
                                GError      **error);

/* A KipProgress. Threads: any. */
void kip_job_progress (double   fraction,
                       gpointer progress);

/* @parent: (nullable).  @title: what is being done.  @can_cancel: whether ending it early
 * does no harm.  @data is freed by @destroy, its result by @destroy_result if nobody takes it. */
void     kip_job_run (GtkWindow          *parent,
                      const char         *title,
                      gboolean            can_cancel,
                      KipJobFunc          func,
                      gpointer            data,
                      GDestroyNotify      destroy,
                      GDestroyNotify      destroy_result,
                      GAsyncReadyCallback callback,
                      gpointer            callback_data);
gpointer kip_job_finish (GAsyncResult *result,
                         GError      **error);

G_END_DECLS
