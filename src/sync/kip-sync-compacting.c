/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync-private.h"

#include "kip-clock.h"

/* ---- in the thread ---- */

static void
note_percent (KipSync *self,
              int      percent)
{
  g_mutex_lock (&self->mutex);
  if (self->status.compacting != percent)
    {
      self->status.compacting = percent;
      kip_sync_tell_soon (self);
    }
  g_mutex_unlock (&self->mutex);
}

static void
progress_cb (double   fraction,
             gpointer data)
{
  note_percent (data, (int) (fraction * 100));
}

static gboolean
compact_until_cancelled (KipSync       *self,
                         KipSyncEngine *engine,
                         KipSyncJob    *job,
                         GError       **error)
{
  KipSyncEither either;
  gboolean ok;

  kip_sync_either_init (&either, self, job);
  ok = kip_sync_engine_compact (engine, g_get_monotonic_time () / 1000, kip_clock_now (), &job->compaction,
                                progress_cb, self, either.cancellable, error);
  kip_sync_either_clear (&either);
  return ok;
}

static gboolean
run_compact (KipSync       *self,
             KipSyncEngine *engine,
             KipSyncJob    *job,
             GError       **error)
{
  gboolean ok;

  if (!kip_sync_check_shared (engine, error))
    return FALSE;
  note_percent (self, 0);
  ok = compact_until_cancelled (self, engine, job, error);
  note_percent (self, -1);
  if (ok)
    kip_sync_traffic_sweep (self->traffic, self->cancellable);
  if (ok)
    g_task_set_task_data (job->task, g_memdup2 (&job->compaction, sizeof job->compaction), g_free);
  return ok;
}

/* ---- on the main thread ---- */

void
kip_sync_compact_async (KipSync            *self,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            data)
{
  g_autoptr (GCancellable) own = cancellable != NULL ? g_object_ref (cancellable) : g_cancellable_new ();

  g_return_if_fail (KIP_IS_SYNC (self));

  kip_sync_hand_in (self, kip_sync_job_new (run_compact), own, callback, data);
}

gboolean
kip_sync_compact_finish (KipSync       *self,
                         GAsyncResult  *result,
                         KipCompaction *compaction,
                         GError       **error)
{
  const KipCompaction *done = g_task_get_task_data (G_TASK (result));

  if (!kip_sync_decide_finish (self, result, error))
    return FALSE;
  *compaction = *done;
  return TRUE;
}
