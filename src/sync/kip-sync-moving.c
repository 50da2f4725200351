/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sharing-move.h"
#include "kip-sync-private.h"

#include "kip-error.h"

/* How often an old place is looked at, in µs. */
#define LOOK_BACK_EVERY (5 * 60 * G_TIME_SPAN_SECOND)

/* ---- going after it ---- */

void
kip_sync_go_after (KipSync       *self,
                   KipSyncEngine *engine,
                   GError       **problem)
{
  g_autofree char *sentence = NULL;

  if (kip_sharing_follow (self->store, engine, self->cancellable))
    {
      g_clear_error (problem);
      kip_sync_reload (self);
      return;
    }
  sentence = kip_sharing_moved_sentence (self->store, kip_sync_engine_get_moved (engine));
  g_clear_error (problem);
  *problem = g_error_new_literal (KIP_ERROR, KIP_ERROR_MOVED, sentence);
}

void
kip_sync_explain_removal (KipSync *self,
                          GError **problem)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *sentence = kip_sharing_removed_sentence (self->store, zone);

  if (sentence == NULL)
    return;
  g_clear_error (problem);
  *problem = g_error_new_literal (KIP_ERROR, KIP_ERROR_REMOVED, sentence);
}

/* ---- looking back ---- */

void
kip_sync_note_left (KipSync *self)
{
  g_autoptr (GPtrArray) places = kip_sharing_get_left_places (self->store);
  const KipLeftPlace *latest = places->len > 0 ? g_ptr_array_index (places, places->len - 1) : NULL;

  g_mutex_lock (&self->mutex);
  g_free (self->left_path);
  self->left_path = latest != NULL ? g_strdup (latest->path) : NULL;
  self->left_at = latest != NULL ? latest->left : KIP_INSTANT_NONE;
  g_mutex_unlock (&self->mutex);
}

void
kip_sync_look_back (KipSync *self)
{
  const KipSyncOptions options = { .version = self->version };

  if (self->left_path == NULL || g_get_monotonic_time () < self->look_back_at)
    return;
  self->look_back_at = g_get_monotonic_time () + LOOK_BACK_EVERY;
  kip_sharing_look_back (self->store, &options, self->cancellable);
}

/* Who told something in the file since is there. */
void
kip_sync_count_come_over (KipSync   *self,
                          GPtrArray *haves)
{
  g_autoptr (KipMembers) members = kip_store_dup_members (self->store);
  guint32 device = kip_store_get_device (self->store);
  guint n = 1;

  for (guint i = 0; i < haves->len; i++)
    {
      const KipHave *have = g_ptr_array_index (haves, i);

      n += have->device != device && have->at >= self->left_at && kip_members_has (members, have->device, G_MAXUINT64 - 1);
    }
  self->status.n_come_over = n;
}

/* ---- what people decide ---- */

static void
progress_cb (double   fraction,
             gpointer data)
{
  KipSync *self = data;
  int percent = fraction < 0 ? -1 : (int) (fraction * 100);

  g_mutex_lock (&self->mutex);
  if (self->status.moving != percent)
    {
      self->status.moving = percent;
      kip_sync_tell_soon (self);
    }
  g_mutex_unlock (&self->mutex);
}

static gboolean
run_move (KipSync       *self,
          KipSyncEngine *engine,
          KipSyncJob    *job,
          GError       **error)
{
  KipSyncEither either;
  gboolean ok;

  if (!kip_sync_check_shared (engine, error))
    return FALSE;
  kip_sync_either_init (&either, self, job);
  ok = kip_sharing_move (self->store, engine, job->path, progress_cb, self, either.cancellable, error);
  kip_sync_either_clear (&either);
  progress_cb (-1, self);
  if (ok)
    kip_sync_reload (self);
  return ok;
}

static gboolean
run_use (KipSync       *self,
         KipSyncEngine *engine,
         KipSyncJob    *job,
         GError       **error)
{
  if (!kip_sync_check_shared (engine, error) || !kip_sharing_use (self->store, engine, job->path, self->cancellable, error))
    return FALSE;
  kip_sync_reload (self);
  return TRUE;
}

void
kip_sync_move_async (KipSync            *self,
                     const char         *path,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            data)
{
  g_autoptr (GCancellable) own = cancellable != NULL ? g_object_ref (cancellable) : g_cancellable_new ();
  KipSyncJob *job = kip_sync_job_new (run_move);

  job->path = g_strdup (path);
  kip_sync_hand_in (self, job, own, callback, data);
}

void
kip_sync_use_async (KipSync            *self,
                    const char         *path,
                    GAsyncReadyCallback callback,
                    gpointer            data)
{
  KipSyncJob *job = kip_sync_job_new (run_use);

  job->path = g_strdup (path);
  kip_sync_hand_in (self, job, NULL, callback, data);
}
