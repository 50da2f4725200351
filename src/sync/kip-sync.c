/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync.h"

#include "kip-clock.h"
#include "kip-error.h"

#include <glib/gi18n-lib.h>

#include <string.h>

/* How long after a round the next one comes, in milliseconds. */
#define WHEN_FOCUSED 3000
#define OTHERWISE 15000
#define WHEN_AWAY 60000

/* How long an invitation holds. */
#define INVITATION_LASTS (7 * KIP_MS_PER_DAY)

/* Edits within this time go together. */
#define EDIT_SOON 300

struct _KipSync
{
  GObject parent_instance;

  KipStore     *store;   /* (owned) */
  char         *version; /* (owned) */
  GMainContext *context; /* (owned) */
  GThread      *thread;  /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) */

  GMutex   mutex;
  GCond    wake;
  gboolean is_stopped;  /* (mutex mutex) */
  gboolean is_focused;  /* (mutex mutex) */
  gboolean must_reload; /* (mutex mutex) */
  gboolean is_asked;    /* (mutex mutex) something came up since the last round began */
  gint64   next;        /* (mutex mutex) monotonic µs: when the next round is */
  guint    n_away;      /* (mutex mutex) rounds in a row that did not reach the share */
  KipSyncStatus status; /* (mutex mutex) its texts are the following */
  char    *problem;     /* (mutex mutex) (owned) (nullable) */
  char    *path;        /* (mutex mutex) (owned) (nullable) */
  char    *told_problem, *told_path; /* (owned) (nullable) as whoever asked for the status last has them */
  GSource *telling;     /* (mutex mutex) (owned) (nullable) */
  gboolean has_come_in; /* (mutex mutex) */
  GQueue   jobs;        /* (mutex mutex) of Job */
  GPtrArray *knocks;    /* (mutex mutex) (owned) of KipKnock that are not in yet */
  GHashTable *heard;    /* (mutex mutex) (owned) device → gint64 */
};

/* Something that a person decided.  The thread does it between two rounds. */
typedef struct _Job Job;
struct _Job
{
  gboolean (*run) (KipSync       *self,
                   KipSyncEngine *engine, /* (nullable) nothing is shared */
                   Job           *job,
                   GError       **error);
  GTask   *task;       /* (owned) */
  char    *path, *passphrase; /* (owned) (nullable) */
  KipKnock *knock;     /* (owned) (nullable) */
  KipId    person;
  guint32  device;
  char    *answer;     /* (owned) (nullable) out */
};

G_DEFINE_FINAL_TYPE (KipSync, kip_sync, G_TYPE_OBJECT)

/* ---- telling ---- */

static gboolean
tell_cb (gpointer data)
{
  KipSync *self = data;
  gboolean has_come_in;

  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->telling, g_source_unref);
  has_come_in = self->has_come_in;
  self->has_come_in = FALSE;
  g_mutex_unlock (&self->mutex);
  g_signal_emit_by_name (self, "changed");
  if (has_come_in)
    g_signal_emit_by_name (self, "came-in");
  return G_SOURCE_REMOVE;
}

/* With the mutex held. */
static void
tell_soon (KipSync *self)
{
  if (self->telling != NULL || self->is_stopped)
    return;
  self->telling = g_idle_source_new ();
  g_source_set_callback (self->telling, tell_cb, g_object_ref (self), g_object_unref);
  g_source_attach (self->telling, self->context);
}

/* ---- what a round found ---- */

static guint64
held_by (const KipHave *have,
         guint32        device)
{
  for (guint i = 0; i < have->holdings->len; i++)
    if (g_array_index (have->holdings, KipHolding, i).device == device)
      return g_array_index (have->holdings, KipHolding, i).seq;
  return 0;
}

static guint64
own_seq (KipSync *self)
{
  g_autoptr (GArray) holdings = kip_store_holdings (self->store, NULL);
  KipHave mine = { .holdings = holdings };

  return holdings != NULL ? held_by (&mine, kip_store_get_device (self->store)) : 0;
}

/* Who is in, and who told that it holds all that was written here. */
static void
count_members (KipSync       *self,
               KipSyncEngine *engine,
               guint         *n_members,
               guint         *n_seen)
{
  g_autoptr (KipMembers) members = kip_store_dup_members (self->store);
  GPtrArray *all = kip_members_get_all (members), *haves = kip_sync_engine_get_haves (engine);
  guint32 device = kip_store_get_device (self->store);
  guint64 seq = own_seq (self);

  *n_members = *n_seen = 0;
  for (guint i = 0; i < all->len; i++)
    {
      const KipMember *member = g_ptr_array_index (all, i);

      if (member->keys->len == 0 || member->last != G_MAXUINT64)
        continue;
      (*n_members)++;
      *n_seen += member->device == device;
      for (guint j = 0; j < haves->len && member->device != device; j++)
        {
          const KipHave *have = g_ptr_array_index (haves, j);

          *n_seen += have->device == member->device && held_by (have, device) >= seq;
        }
    }
}

static gboolean
is_away (KipSyncState state)
{
  return state != KIP_SYNC_DONE && state != KIP_SYNC_MORE && state != KIP_SYNC_BUSY;
}

/* With the mutex held. */
static void
plan_next (KipSync            *self,
           const KipSyncRound *round)
{
  gint64 wait = self->is_focused ? WHEN_FOCUSED : OTHERWISE;

  self->n_away = is_away (round->state) ? self->n_away + 1 : 0;
  if (self->n_away > 0)
    wait = MIN (WHEN_AWAY, wait << MIN (self->n_away, 5));
  if (round->state == KIP_SYNC_MORE || self->is_asked)
    wait = EDIT_SOON;
  /* Machines that began together need not go on together. */
  wait += g_random_int_range (0, (gint32) (wait / 8 + 1));
  self->next = g_get_monotonic_time () + wait * 1000;
}

static void
note_round (KipSync            *self,
            KipSyncEngine      *engine,
            const KipSyncRound *round,
            const GError       *problem)
{
  KipSyncStatus *status = &self->status;
  guint n_members, n_seen;

  count_members (self, engine, &n_members, &n_seen);
  g_mutex_lock (&self->mutex);
  status->state = round->state;
  status->n_to_send = round->n_to_send;
  status->n_members = n_members;
  status->n_seen = n_seen;
  if (round->clock_offset != G_MININT64)
    status->clock_offset = round->clock_offset;
  if (round->state == KIP_SYNC_DONE)
    status->shared_at = kip_clock_now ();
  if (!is_away (round->state))
    status->away_since = KIP_INSTANT_NONE;
  else if (status->away_since == KIP_INSTANT_NONE)
    status->away_since = kip_clock_now ();
  g_free (self->problem);
  self->problem = problem != NULL ? g_strdup (problem->message) : NULL;
  plan_next (self, round);
  tell_soon (self);
  g_mutex_unlock (&self->mutex);
}

/* ---- who is there ---- */

static KipKnock *
copy_knock (const KipKnock *knock)
{
  KipKnock *copy = g_memdup2 (knock, sizeof *knock);

  copy->person = g_strdup (knock->person);
  copy->machine = g_strdup (knock->machine);
  return copy;
}

static gboolean
has_key (KipMembers   *members,
         const guint8 *key)
{
  GPtrArray *all = kip_members_get_all (members);

  for (guint i = 0; i < all->len; i++)
    {
      const KipMember *member = g_ptr_array_index (all, i);

      for (guint j = 0; j < member->keys->len; j++)
        if (memcmp (g_array_index (member->keys, KipMemberKey, j).key, key, KIP_MEMBER_KEY_SIZE) == 0)
          return TRUE;
    }
  return FALSE;
}

static void
note_others (KipSync       *self,
             KipSyncEngine *engine)
{
  g_autoptr (KipMembers) members = kip_store_dup_members (self->store);
  GPtrArray *knocks = kip_sync_engine_get_knocks (engine), *haves = kip_sync_engine_get_haves (engine);

  g_mutex_lock (&self->mutex);
  g_ptr_array_set_size (self->knocks, 0);
  for (guint i = 0; i < knocks->len; i++)
    if (!has_key (members, ((KipKnock *) g_ptr_array_index (knocks, i))->public_key))
      g_ptr_array_add (self->knocks, copy_knock (g_ptr_array_index (knocks, i)));
  for (guint i = 0; i < haves->len; i++)
    {
      const KipHave *have = g_ptr_array_index (haves, i);

      g_hash_table_insert (self->heard, GUINT_TO_POINTER (have->device), g_memdup2 (&have->at, sizeof have->at));
    }
  g_mutex_unlock (&self->mutex);
}

GPtrArray *
kip_sync_dup_knocks (KipSync *self)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_knock_free);

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->knocks->len; i++)
    g_ptr_array_add (copies, copy_knock (g_ptr_array_index (self->knocks, i)));
  g_mutex_unlock (&self->mutex);
  return copies;
}

KipInstant
kip_sync_heard_of (KipSync *self,
                   guint32  device)
{
  const gint64 *at;
  KipInstant heard;

  g_mutex_lock (&self->mutex);
  at = g_hash_table_lookup (self->heard, GUINT_TO_POINTER (device));
  heard = at != NULL ? *at : KIP_INSTANT_NONE;
  g_mutex_unlock (&self->mutex);
  return heard;
}

/* ---- the thread ---- */

/* FALSE: it is over. */
static gboolean
wait_for_turn (KipSync  *self,
               gboolean *reload)
{
  gboolean go_on;

  g_mutex_lock (&self->mutex);
  while (!self->is_stopped && !self->must_reload && self->jobs.length == 0 && g_get_monotonic_time () < self->next)
    g_cond_wait_until (&self->wake, &self->mutex, self->next);
  go_on = !self->is_stopped;
  self->is_asked = FALSE;
  *reload = self->must_reload;
  self->must_reload = FALSE;
  g_mutex_unlock (&self->mutex);
  return go_on;
}

static KipSyncEngine *
load_engine (KipSync *self)
{
  const KipSyncOptions options = { .version = self->version };
  g_autoptr (GError) error = NULL;
  g_autoptr (KipSharing) sharing = kip_sharing_load (kip_store_get_dir (self->store), &error);
  KipSyncEngine *engine = sharing != NULL ? kip_sharing_new_engine (sharing, self->store, &options) : NULL;

  /* What the others told is not kept: it is read once more. */
  if (engine != NULL)
    kip_sync_engine_rescan (engine);
  g_mutex_lock (&self->mutex);
  self->status.is_shared = engine != NULL;
  g_free (self->path);
  self->path = sharing != NULL ? g_strdup (kip_sharing_get_path (sharing)) : NULL;
  g_free (self->problem);
  self->problem = error != NULL ? g_strdup (error->message) : NULL;
  self->next = engine != NULL ? 0 : G_MAXINT64;
  tell_soon (self);
  g_mutex_unlock (&self->mutex);
  return engine;
}

static void
look_whether_in (KipSync *self)
{
  if (!kip_sharing_come_in (self->store, NULL))
    return;
  g_mutex_lock (&self->mutex);
  self->has_come_in = TRUE;
  tell_soon (self);
  g_mutex_unlock (&self->mutex);
}

static void
do_round (KipSync       *self,
          KipSyncEngine *engine)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GError) error = NULL;
  KipSyncRound round = { 0 };

  if (!kip_sync_engine_round (engine, g_get_monotonic_time () / 1000, kip_clock_now (), &round, &problem, self->cancellable, &error))
    {
      /* Our own data could not be written: that is said elsewhere, and tried again here. */
      round.state = KIP_SYNC_BUSY;
      round.clock_offset = G_MININT64;
    }
  note_others (self, engine);
  note_round (self, engine, &round, error != NULL ? error : problem);
  look_whether_in (self);
}

static void
job_free (Job *job)
{
  g_clear_object (&job->task);
  g_clear_pointer (&job->knock, kip_knock_free);
  g_free (job->path);
  g_free (job->passphrase);
  g_free (job->answer);
  g_free (job);
}

/* FALSE: there was none. */
static gboolean
do_job (KipSync       *self,
        KipSyncEngine *engine)
{
  g_autoptr (GError) error = NULL;
  Job *job;

  g_mutex_lock (&self->mutex);
  job = g_queue_pop_head (&self->jobs);
  g_mutex_unlock (&self->mutex);
  if (job == NULL)
    return FALSE;
  if (job->run (self, engine, job, &error))
    g_task_return_pointer (job->task, g_strdup (job->answer), g_free);
  else
    g_task_return_error (job->task, g_steal_pointer (&error));
  job_free (job);
  return TRUE;
}

static gpointer
sync_thread (gpointer data)
{
  KipSync *self = data;
  g_autoptr (KipSyncEngine) engine = load_engine (self);
  gboolean reload;

  while (wait_for_turn (self, &reload))
    {
      if (do_job (self, engine))
        continue;
      if (reload)
        {
          g_clear_pointer (&engine, kip_sync_engine_free);
          engine = load_engine (self);
        }
      else if (engine != NULL)
        {
          do_round (self, engine);
        }
    }
  return NULL;
}

/* ---- being asked ---- */

static void
come_sooner (KipSync *self,
             gint64   in_ms)
{
  gint64 at = g_get_monotonic_time () + in_ms * 1000;

  g_mutex_lock (&self->mutex);
  self->is_asked = TRUE;
  if (self->status.is_shared && at < self->next)
    {
      self->next = at;
      g_cond_signal (&self->wake);
    }
  g_mutex_unlock (&self->mutex);
}

static void
store_changed_cb (KipSync *self)
{
  come_sooner (self, EDIT_SOON);
}

void
kip_sync_now (KipSync *self)
{
  g_return_if_fail (KIP_IS_SYNC (self));

  come_sooner (self, 0);
}

/* ---- what people decide ---- */

static gboolean
run_share (KipSync       *self,
           KipSyncEngine *engine,
           Job           *job,
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
           Job           *job,
           GError       **error)
{
  if (!kip_sharing_leave (self->store, error))
    return FALSE;
  kip_sync_reload (self);
  return TRUE;
}

static gboolean
run_admit (KipSync       *self,
           KipSyncEngine *engine,
           Job           *job,
           GError       **error)
{
  return kip_sharing_admit (self->store, job->knock, job->person, error);
}

static gboolean
run_remove (KipSync       *self,
            KipSyncEngine *engine,
            Job           *job,
            GError       **error)
{
  return kip_sharing_remove (self->store, job->device, error);
}

static gboolean
run_invite (KipSync       *self,
            KipSyncEngine *engine,
            Job           *job,
            GError       **error)
{
  if (engine == NULL)
    {
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_INVALID, _("This office is not shared yet. Nothing was changed."));
      return FALSE;
    }
  job->answer = kip_sharing_invite (self->store, engine, job->person, kip_clock_now () + INVITATION_LASTS, error);
  return job->answer != NULL;
}

/* Takes @job, whose task is made here. */
static void
hand_in (KipSync            *self,
         Job                *job,
         GAsyncReadyCallback callback,
         gpointer            data)
{
  job->task = g_task_new (self, NULL, callback, data);
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->jobs, job);
  if (self->status.is_shared)
    self->next = 0;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->mutex);
}

static Job *
job_new (gboolean ( *run )(KipSync       *self,
                           KipSyncEngine *engine,
                           Job           *job,
                           GError       **error))
{
  Job *job = g_new0 (Job, 1);

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
  Job *job = job_new (run_share);

  job->path = g_strdup (path);
  job->passphrase = g_strdup (passphrase);
  hand_in (self, job, callback, data);
}

void
kip_sync_leave_async (KipSync            *self,
                      GAsyncReadyCallback callback,
                      gpointer            data)
{
  hand_in (self, job_new (run_leave), callback, data);
}

void
kip_sync_admit_async (KipSync            *self,
                      const KipKnock     *knock,
                      KipId               person,
                      GAsyncReadyCallback callback,
                      gpointer            data)
{
  Job *job = job_new (run_admit);

  job->knock = copy_knock (knock);
  job->person = person;
  hand_in (self, job, callback, data);
}

void
kip_sync_remove_async (KipSync            *self,
                       guint32             device,
                       GAsyncReadyCallback callback,
                       gpointer            data)
{
  Job *job = job_new (run_remove);

  job->device = device;
  hand_in (self, job, callback, data);
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
  Job *job = job_new (run_invite);

  job->person = person;
  hand_in (self, job, callback, data);
}

char *
kip_sync_invite_finish (KipSync      *self,
                        GAsyncResult *result,
                        GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
kip_sync_reload (KipSync *self)
{
  g_return_if_fail (KIP_IS_SYNC (self));

  g_mutex_lock (&self->mutex);
  self->must_reload = TRUE;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->mutex);
}

void
kip_sync_set_focused (KipSync *self,
                      gboolean focused)
{
  g_return_if_fail (KIP_IS_SYNC (self));

  g_mutex_lock (&self->mutex);
  self->is_focused = focused;
  g_mutex_unlock (&self->mutex);
  if (focused)
    come_sooner (self, WHEN_FOCUSED);
}

void
kip_sync_get_status (KipSync       *self,
                     KipSyncStatus *status)
{
  g_return_if_fail (KIP_IS_SYNC (self));

  g_mutex_lock (&self->mutex);
  *status = self->status;
  g_free (self->told_problem);
  g_free (self->told_path);
  status->problem = self->told_problem = g_strdup (self->problem);
  status->path = self->told_path = g_strdup (self->path);
  g_mutex_unlock (&self->mutex);
}

/* ---- life ---- */

static const char of_store[] = "kip-sync";

KipSync *
kip_sync_of (KipStore *store)
{
  return g_object_get_data (G_OBJECT (store), of_store);
}

KipSync *
kip_sync_new (KipStore   *store,
              const char *version)
{
  KipSync *self = g_object_new (KIP_TYPE_SYNC, NULL);

  g_object_set_data (G_OBJECT (store), of_store, self);

  self->store = g_object_ref (store);
  self->version = g_strdup (version);
  self->context = g_main_context_ref_thread_default ();
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
  self->thread = g_thread_new ("kip-sync", sync_thread, self);
  return self;
}

static void
drop_jobs (KipSync *self)
{
  Job *job;

  while ((job = g_queue_pop_head (&self->jobs)) != NULL)
    {
      g_task_return_new_error (job->task, KIP_ERROR, KIP_ERROR_BUSY, "%s", _("The office was closed meanwhile. Nothing was changed."));
      job_free (job);
    }
}

/* The child that hangs on the share is left to itself, so the thread ends soon. */
void
kip_sync_stop (KipSync *self)
{
  g_return_if_fail (KIP_IS_SYNC (self));

  if (self->thread == NULL)
    return;
  g_mutex_lock (&self->mutex);
  self->is_stopped = TRUE;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->mutex);
  g_cancellable_cancel (self->cancellable);
  g_thread_join (g_steal_pointer (&self->thread));
  g_object_set_data (G_OBJECT (self->store), of_store, NULL);
  drop_jobs (self);
  if (self->telling != NULL)
    g_source_destroy (self->telling);
  g_clear_pointer (&self->telling, g_source_unref);
}

static void
kip_sync_dispose (GObject *object)
{
  kip_sync_stop (KIP_SYNC (object));
  G_OBJECT_CLASS (kip_sync_parent_class)->dispose (object);
}

static void
kip_sync_finalize (GObject *object)
{
  KipSync *self = KIP_SYNC (object);

  g_clear_object (&self->store);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_ptr_array_unref (self->knocks);
  g_hash_table_unref (self->heard);
  g_free (self->version);
  g_free (self->problem);
  g_free (self->path);
  g_free (self->told_problem);
  g_free (self->told_path);
  g_cond_clear (&self->wake);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (kip_sync_parent_class)->finalize (object);
}

static void
kip_sync_class_init (KipSyncClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kip_sync_dispose;
  object_class->finalize = kip_sync_finalize;
  g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("came-in", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kip_sync_init (KipSync *self)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->wake);
  self->cancellable = g_cancellable_new ();
  self->status.shared_at = self->status.away_since = KIP_INSTANT_NONE;
  self->status.clock_offset = G_MININT64;
  self->next = G_MAXINT64;
  g_queue_init (&self->jobs);
  self->knocks = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_knock_free);
  self->heard = g_hash_table_new_full (NULL, NULL, NULL, g_free);
}
