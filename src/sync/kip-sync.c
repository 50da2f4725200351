/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync-private.h"

#include "kip-clock.h"
#include "kip-told.h"

G_DEFINE_FINAL_TYPE (KipSync, kip_sync, G_TYPE_OBJECT)

/* ---- telling ---- */

static gboolean
tell_cb (gpointer data)
{
  KipSync *self = data;
  gboolean has_come_in, files, presence;

  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->telling, g_source_unref);
  has_come_in = self->has_come_in;
  self->has_come_in = FALSE;
  g_mutex_unlock (&self->mutex);
  kip_sync_traffic_take_news (self->traffic, &files, &presence);
  kip_sync_emit_told (self);
  g_signal_emit_by_name (self, "changed");
  if (files)
    g_signal_emit_by_name (self, "files-changed");
  if (presence)
    g_signal_emit_by_name (self, "presence-changed");
  if (has_come_in)
    g_signal_emit_by_name (self, "came-in");
  return G_SOURCE_REMOVE;
}

/* With the mutex held. */
void
kip_sync_tell_soon (KipSync *self)
{
  if (self->telling != NULL || self->is_stopped)
    return;
  self->telling = g_idle_source_new ();
  g_source_set_callback (self->telling, tell_cb, g_object_ref (self), g_object_unref);
  g_source_attach (self->telling, self->context);
}

/* ---- the thread ---- */

/* When there is something to do, µs. With the mutex held. */
static gint64
next_turn (KipSync *self)
{
  return MIN (self->next, kip_sync_traffic_due (self->traffic));
}

/* FALSE: it is over.  @is_round: it is time for one; else for a step of what goes beside the file. */
static gboolean
wait_for_turn (KipSync  *self,
               gboolean *reload,
               gboolean *is_round)
{
  gboolean go_on;

  g_mutex_lock (&self->mutex);
  while (!self->is_stopped && !self->must_reload && self->jobs.length == 0 && g_get_monotonic_time () < next_turn (self))
    g_cond_wait_until (&self->wake, &self->mutex, next_turn (self));
  go_on = !self->is_stopped;
  *is_round = g_get_monotonic_time () >= self->next;
  if (*is_round)
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

  if (engine != NULL)
    kip_sync_watch_arriving (self, engine);
  kip_sync_note_left (self);
  g_mutex_lock (&self->mutex);
  self->status.is_shared = engine != NULL;
  g_free (self->path);
  self->path = sharing != NULL ? g_strdup (kip_sharing_get_path (sharing)) : NULL;
  g_free (self->problem);
  self->problem = error != NULL ? g_strdup (error->message) : NULL;
  self->next = engine != NULL ? 0 : G_MAXINT64;
  kip_sync_tell_soon (self);
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
  kip_sync_tell_soon (self);
  g_mutex_unlock (&self->mutex);
}

/* The share is there, and the others know what was written here: now they can have what it names.  Where nothing
 * can be written, something may be read. */
static gboolean
may_move (const KipSyncRound *round)
{
  return round->state == KIP_SYNC_DONE || round->state == KIP_SYNC_FULL || round->state == KIP_SYNC_READ_ONLY;
}

static void
do_round (KipSync       *self,
          KipSyncEngine *engine)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GError) error = NULL;
  KipSyncRound round = { 0 };

  kip_sync_hand_told (self, engine);
  if (!kip_sync_engine_round (engine, g_get_monotonic_time () / 1000, kip_clock_now (), &round, &problem, self->cancellable, &error))
    {
      /* Our own data could not be written: that is said elsewhere, and tried again here. */
      round.state = KIP_SYNC_BUSY;
      round.clock_offset = G_MININT64;
    }
  kip_sync_fetch_told (self, engine);
  if (round.state == KIP_SYNC_MOVED)
    kip_sync_go_after (self, engine, &problem);
  if (round.state == KIP_SYNC_REMOVED)
    kip_sync_explain_removal (self, &problem);
  kip_sync_note_round (self, engine, &round, error != NULL ? error : problem);
  kip_sync_traffic_round (self->traffic, may_move (&round));
  look_whether_in (self);
  if (round.state == KIP_SYNC_DONE)
    kip_sync_look_back (self);
}

static void
do_traffic (KipSync *self)
{
  kip_sync_traffic_step (self->traffic, self->cancellable);
  if (!kip_sync_traffic_has_news (self->traffic))
    return;
  g_mutex_lock (&self->mutex);
  kip_sync_tell_soon (self);
  g_mutex_unlock (&self->mutex);
}

static void
work (KipSync *self)
{
  g_autoptr (KipSyncEngine) engine = load_engine (self);
  gboolean reload, is_round;

  kip_sync_traffic_open (self->traffic, engine);
  while (wait_for_turn (self, &reload, &is_round))
    {
      if (kip_sync_do_job (self, engine))
        continue;
      if (reload)
        {
          kip_sync_traffic_open (self->traffic, NULL);
          g_clear_pointer (&engine, kip_sync_engine_free);
          engine = load_engine (self);
          kip_sync_traffic_open (self->traffic, engine);
        }
      else if (engine != NULL && is_round)
        {
          do_round (self, engine);
        }
      else if (engine != NULL)
        {
          do_traffic (self);
        }
    }
  kip_sync_traffic_open (self->traffic, NULL);
}

static gboolean
let_go_cb (gpointer data)
{
  return G_SOURCE_REMOVE;
}

/* What it holds goes on the main context, where others know of it. */
static gpointer
sync_thread (gpointer data)
{
  KipSync *self = data;
  g_autoptr (GSource) source = g_idle_source_new ();
  g_autoptr (GMainContext) context = g_main_context_ref (self->context);

  work (self);
  g_source_set_callback (source, let_go_cb, self, g_object_unref);
  g_source_attach (source, context);
  return NULL;
}

/* ---- being asked ---- */

void
kip_sync_come_sooner (KipSync *self,
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
  kip_sync_come_sooner (self, KIP_SYNC_EDIT_SOON);
}

void
kip_sync_now (KipSync *self)
{
  g_return_if_fail (KIP_IS_SYNC (self));

  kip_sync_come_sooner (self, 0);
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
kip_sync_set_view (KipSync    *self,
                   KipSyncView view)
{
  gboolean is_closer;

  g_return_if_fail (KIP_IS_SYNC (self));

  g_mutex_lock (&self->mutex);
  is_closer = view > self->view;
  self->view = view;
  g_mutex_unlock (&self->mutex);
  if (is_closer)
    kip_sync_come_sooner (self, kip_sync_pace (view, 0));
}

void
kip_sync_get_status (KipSync       *self,
                     KipSyncStatus *status)
{
  KipSyncFiles files;

  g_return_if_fail (KIP_IS_SYNC (self));

  kip_sync_traffic_get_files (self->traffic, &files);
  g_mutex_lock (&self->mutex);
  *status = self->status;
  status->n_files_to_send = files.n_to_put;
  g_free (self->told_problem);
  g_free (self->told_path);
  g_free (self->told_left);
  status->problem = self->told_problem = g_strdup (self->problem != NULL ? self->problem : files.problem);
  status->path = self->told_path = g_strdup (self->path);
  status->left_path = self->told_left = g_strdup (self->left_path);
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
  self->traffic = kip_sync_traffic_new (store);
  kip_sync_traffic_set_tells (self->traffic, kip_sync_get_tells_presence (self));
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
  self->thread = g_thread_new ("kip-sync", sync_thread, g_object_ref (self));
  return self;
}

/* Nobody waits for the thread: a key may be made of a passphrase just now, or a batch taken in; and the child that hangs on the
 * share is left to itself.  The thread keeps what it needs and finds it closed. */
void
kip_sync_stop (KipSync *self)
{
  g_return_if_fail (KIP_IS_SYNC (self));

  if (self->thread == NULL)
    return;
  g_mutex_lock (&self->mutex);
  self->is_stopped = TRUE;
  g_cond_signal (&self->wake);
  if (self->telling != NULL)
    g_source_destroy (self->telling);
  g_clear_pointer (&self->telling, g_source_unref);
  g_mutex_unlock (&self->mutex);
  g_cancellable_cancel (self->cancellable);
  g_thread_unref (g_steal_pointer (&self->thread));
  g_signal_handlers_disconnect_by_func (self->store, store_changed_cb, self);
  g_object_set_data (G_OBJECT (self->store), of_store, NULL);
  kip_sync_drop_jobs (self);
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

  g_clear_pointer (&self->traffic, kip_sync_traffic_free);
  g_clear_object (&self->store);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_ptr_array_unref (self->knocks);
  g_array_unref (self->to_tell);
  g_array_unref (self->was_told);
  g_ptr_array_unref (self->log);
  g_hash_table_unref (self->heard);
  g_hash_table_unref (self->versions);
  g_free (self->version);
  g_free (self->problem);
  g_free (self->path);
  g_free (self->told_problem);
  g_free (self->told_path);
  g_free (self->left_path);
  g_free (self->told_left);
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
  g_signal_new ("files-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("presence-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("told", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ARRAY);
  g_signal_new ("came-in", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kip_sync_init (KipSync *self)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->wake);
  self->cancellable = g_cancellable_new ();
  self->status.shared_at = self->status.away_since = KIP_INSTANT_NONE;
  kip_sync_clock_init (&self->status.clock);
  self->status.compacting = self->status.moving = -1;
  self->next = G_MAXINT64;
  g_queue_init (&self->jobs);
  self->log = g_ptr_array_new ();
  self->knocks = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_knock_free);
  self->to_tell = g_array_new (FALSE, FALSE, sizeof (KipTold));
  self->was_told = g_array_new (FALSE, FALSE, sizeof (KipTold));
  self->heard = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->versions = g_hash_table_new_full (NULL, NULL, NULL, g_free);
}
