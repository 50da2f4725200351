/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync-private.h"

#include "kip-clock.h"
#include "kip-error.h"

#include <glib/gi18n-lib.h>

/* How long an invitation holds. */
#define INVITATION_LASTS (7 * KIP_MS_PER_DAY)

/* ---- in the thread ---- */

static void
job_free (KipSyncJob *job)
{
  g_clear_object (&job->task);
  g_clear_pointer (&job->knock, kip_knock_free);
  g_free (job->path);
  g_free (job->passphrase);
  g_free (job->answer);
  g_free (job);
}

static KipSyncJob *
pop_job (KipSync *self)
{
  KipSyncJob *job;

  g_mutex_lock (&self->mutex);
  job = g_queue_pop_head (&self->jobs);
  g_mutex_unlock (&self->mutex);
  return job;
}

/* FALSE: there was none. */
gboolean
kip_sync_do_job (KipSync       *self,
                 KipSyncEngine *engine)
{
  g_autoptr (GError) error = NULL;
  KipSyncJob *job;

  job = pop_job (self);
  if (job == NULL)
    return FALSE;
  if (job->run (self, engine, job, &error))
    g_task_return_pointer (job->task, g_strdup (job->answer), g_free);
  else
    g_task_return_error (job->task, g_steal_pointer (&error));
  job_free (job);
  return TRUE;
}

void
kip_sync_drop_jobs (KipSync *self)
{
  KipSyncJob *job;

  while ((job = pop_job (self)) != NULL)
    {
      g_task_return_new_error (job->task, KIP_ERROR, KIP_ERROR_BUSY, "%s", _("The office was closed meanwhile. Nothing was changed."));
      job_free (job);
    }
}

static gboolean
run_share (KipSync       *self,
           KipSyncEngine *engine,
           KipSyncJob    *job,
           GError       **error)
{
  const KipSyncOptions options = { .version = self->version };

  if (!kip_sharing_begin (self->store, job->path, job->passphrase, g_get_host_name (), &options, self->cancellable, error))
    return FALSE;
  kip_sync_reload (self);
  return TRUE;
}

static gboolean
run_leave (KipSync       *self,
           KipSyncEngine *engine,
           KipSyncJob    *job,
           GError       **error)
{
  gboolean told;

  if (!kip_sharing_leave (self->store, engine, &told, self->cancellable, error))
    return FALSE;
  job->answer = g_strdup (told ? "told" : NULL);
  kip_sync_reload (self);
  return TRUE;
}

static gboolean
run_admit (KipSync       *self,
           KipSyncEngine *engine,
           KipSyncJob    *job,
           GError       **error)
{
  return kip_sharing_admit (self->store, job->knock, job->person, error);
}

static gboolean
run_remove (KipSync       *self,
            KipSyncEngine *engine,
            KipSyncJob    *job,
            GError       **error)
{
  if (!kip_sharing_remove (self->store, job->device, error))
    return FALSE;
  if (engine != NULL)
    kip_sync_engine_rotate (engine);
  return TRUE;
}

gboolean
kip_sync_check_shared (KipSyncEngine *engine,
                       GError       **error)
{
  if (engine != NULL)
    return TRUE;
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_INVALID, _("This office is not shared yet. Nothing was changed."));
  return FALSE;
}

static gboolean
run_change_key (KipSync       *self,
                KipSyncEngine *engine,
                KipSyncJob    *job,
                GError       **error)
{
  return kip_sync_check_shared (engine, error) && kip_sharing_change_key (self->store, engine, error);
}

static gboolean
run_set_passphrase (KipSync       *self,
                    KipSyncEngine *engine,
                    KipSyncJob    *job,
                    GError       **error)
{
  return kip_sync_check_shared (engine, error) && kip_sharing_set_passphrase (self->store, engine, job->passphrase, error);
}

/* A code is worth something once what it opens is in the file. */
static gboolean
confirm (KipSync       *self,
         KipSyncEngine *engine,
         KipSyncJob    *job)
{
  gboolean is_valid = kip_sharing_confirm (engine, self->cancellable);

  g_task_set_task_data (job->task, GINT_TO_POINTER (is_valid), NULL);
  return TRUE;
}

static gboolean
run_make_recovery (KipSync       *self,
                   KipSyncEngine *engine,
                   KipSyncJob    *job,
                   GError       **error)
{
  if (!kip_sync_check_shared (engine, error))
    return FALSE;
  /* The number that it gets is none that another manager gave out. */
  kip_sharing_confirm (engine, self->cancellable);
  job->answer = kip_sharing_make_recovery (self->store, error);
  return job->answer != NULL && confirm (self, engine, job);
}

static gboolean
run_invite (KipSync       *self,
            KipSyncEngine *engine,
            KipSyncJob    *job,
            GError       **error)
{
  if (!kip_sync_check_shared (engine, error))
    return FALSE;
  kip_sharing_confirm (engine, self->cancellable);
  job->answer = kip_sharing_invite (self->store, engine, job->person, kip_clock_now () + INVITATION_LASTS, error);
  return job->answer != NULL && confirm (self, engine, job);
}

static void
cancel_cb (GCancellable *one,
           GCancellable *either)
{
  g_cancellable_cancel (either);
}

void
kip_sync_either_init (KipSyncEither *either,
                      KipSync       *self,
                      KipSyncJob    *job)
{
  either->cancellable = g_cancellable_new ();
  either->asked = g_task_get_cancellable (job->task);
  either->closing = self->cancellable;
  either->by_asked = g_cancellable_connect (either->asked, G_CALLBACK (cancel_cb), either->cancellable, NULL);
  either->by_closing = g_cancellable_connect (either->closing, G_CALLBACK (cancel_cb), either->cancellable, NULL);
}

void
kip_sync_either_clear (KipSyncEither *either)
{
  g_cancellable_disconnect (either->asked, either->by_asked);
  g_cancellable_disconnect (either->closing, either->by_closing);
  g_clear_object (&either->cancellable);
}

/* ---- on the main thread ---- */

void
kip_sync_hand_in (KipSync            *self,
                  KipSyncJob         *job,
                  GCancellable       *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer            data)
{
  job->task = g_task_new (self, cancellable, callback, data);
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->jobs, job);
  if (self->status.is_shared)
    self->next = 0;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->mutex);
}

KipSyncJob *
kip_sync_job_new (gboolean ( *run )(KipSync       *self,
                                    KipSyncEngine *engine,
                                    KipSyncJob    *job,
                                    GError       **error))
{
  KipSyncJob *job = g_new0 (KipSyncJob, 1);

  job->run = run;
  return job;
}

void
kip_sync_share_async (KipSync            *self,
                      const char         *path,
                      const char         *passphrase,
                      GAsyncReadyCallback callback,
                      gpointer            data)
{
  KipSyncJob *job = kip_sync_job_new (run_share);

  job->path = g_strdup (path);
  job->passphrase = g_strdup (passphrase);
  kip_sync_hand_in (self, job, NULL, callback, data);
}

void
kip_sync_leave_async (KipSync            *self,
                      GAsyncReadyCallback callback,
                      gpointer            data)
{
  kip_sync_hand_in (self, kip_sync_job_new (run_leave), NULL, callback, data);
}

gboolean
kip_sync_leave_finish (KipSync      *self,
                       GAsyncResult *result,
                       gboolean     *told,
                       GError      **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *answer = g_task_propagate_pointer (G_TASK (result), &problem);

  *told = answer != NULL;
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

void
kip_sync_admit_async (KipSync            *self,
                      const KipKnock     *knock,
                      KipId               person,
                      GAsyncReadyCallback callback,
                      gpointer            data)
{
  KipSyncJob *job = kip_sync_job_new (run_admit);

  job->knock = kip_knock_copy (knock);
  job->person = person;
  kip_sync_hand_in (self, job, NULL, callback, data);
}

void
kip_sync_remove_async (KipSync            *self,
                       guint32             device,
                       GAsyncReadyCallback callback,
                       gpointer            data)
{
  KipSyncJob *job = kip_sync_job_new (run_remove);

  job->device = device;
  kip_sync_hand_in (self, job, NULL, callback, data);
}

gboolean
kip_sync_decide_finish (KipSync      *self,
                        GAsyncResult *result,
                        GError      **error)
{
  g_autofree char *nothing = NULL;
  g_autoptr (GError) problem = NULL;

  nothing = g_task_propagate_pointer (G_TASK (result), &problem);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

void
kip_sync_invite_async (KipSync            *self,
                       KipId               person,
                       GAsyncReadyCallback callback,
                       gpointer            data)
{
  KipSyncJob *job = kip_sync_job_new (run_invite);

  job->person = person;
  kip_sync_hand_in (self, job, NULL, callback, data);
}

char *
kip_sync_invite_finish (KipSync      *self,
                        GAsyncResult *result,
                        gboolean     *is_valid,
                        GError      **error)
{
  *is_valid = GPOINTER_TO_INT (g_task_get_task_data (G_TASK (result)));
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
kip_sync_change_key_async (KipSync            *self,
                           GAsyncReadyCallback callback,
                           gpointer            data)
{
  kip_sync_hand_in (self, kip_sync_job_new (run_change_key), NULL, callback, data);
}

void
kip_sync_set_passphrase_async (KipSync            *self,
                               const char         *passphrase,
                               GAsyncReadyCallback callback,
                               gpointer            data)
{
  KipSyncJob *job = kip_sync_job_new (run_set_passphrase);

  job->passphrase = g_strdup (passphrase);
  kip_sync_hand_in (self, job, NULL, callback, data);
}

void
kip_sync_make_recovery_async (KipSync            *self,
                              GAsyncReadyCallback callback,
                              gpointer            data)
{
  kip_sync_hand_in (self, kip_sync_job_new (run_make_recovery), NULL, callback, data);
}

char *
kip_sync_make_recovery_finish (KipSync      *self,
                               GAsyncResult *result,
                               gboolean     *is_valid,
                               GError      **error)
{
  return kip_sync_invite_finish (self, result, is_valid, error);
}
