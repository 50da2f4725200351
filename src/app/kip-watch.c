/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-watch.h"

#include "kip-config.h"
#include "kip-herald.h"
#include "kip-notifier.h"
#include "kip-sync.h"

struct _KipWatch
{
  GObject         parent_instance;
  KipApplication *application; /* borrowed: it owns us */
  GSettings      *settings;    /* (owned) */
  GSimpleAction  *available;   /* (owned) */
  KipAlerts      *alerts;      /* (owned) (nullable) */
  KipNotifier    *notifier;    /* (owned) (nullable) */
  KipHerald      *herald;      /* (owned) (nullable) */
  gboolean        holding;
  guint           start_source;
};

G_DEFINE_FINAL_TYPE (KipWatch, kip_watch, G_TYPE_OBJECT)

/* ---- staying alive ---- */

static void
update_hold (KipWatch *self)
{
  gboolean office = self->alerts != NULL || self->start_source != 0;
  gboolean wanted = office && g_settings_get_boolean (self->settings, "watch-in-background");

  if (wanted == self->holding)
    return;
  self->holding = wanted;
  if (wanted)
    g_application_hold (G_APPLICATION (self->application));
  else
    g_application_release (G_APPLICATION (self->application));
}

/* ---- watching ---- */

static KipAlertStyle
style_of (KipWatch *self)
{
  g_autofree char *key = g_settings_get_string (self->settings, "notification-style");

  return kip_alert_style_from_key (key);
}

static void
style_changed_cb (KipWatch *self)
{
  if (self->alerts != NULL)
    kip_alerts_set_style (self->alerts, style_of (self));
}

static void
available_changed_cb (KipWatch *self)
{
  gboolean available = self->notifier == NULL || kip_notifier_is_available (self->notifier);

  g_simple_action_set_state (self->available, g_variant_new_boolean (available));
}

/* ---- in company: what is told here the others need not tell ---- */

static void
heard_cb (KipAlerts *alerts,
          KipSync   *sync)
{
  KipSyncStatus status;

  kip_sync_get_status (sync, &status);
  kip_alerts_set_heard (alerts, status.is_shared ? status.shared_at : KIP_INSTANT_MAX);
}

static void
join_company (KipAlerts *alerts,
              KipSync   *sync)
{
  g_signal_connect_object (alerts, "told", G_CALLBACK (kip_sync_tell), sync, G_CONNECT_SWAPPED);
  g_signal_connect_object (sync, "told", G_CALLBACK (kip_alerts_note_told), alerts, G_CONNECT_SWAPPED);
  g_signal_connect_object (sync, "changed", G_CALLBACK (heard_cb), alerts, G_CONNECT_SWAPPED);
  heard_cb (alerts, sync);
}

static void
start_watching (KipWatch   *self,
                KipSession *session)
{
  self->alerts = kip_alerts_new (kip_session_get_store (session), style_of (self));
  if (kip_sync_of (kip_session_get_store (session)) != NULL)
    join_company (self->alerts, kip_sync_of (kip_session_get_store (session)));
  self->notifier = kip_notifier_new (G_APPLICATION (self->application), session, self->alerts);
  self->herald = kip_herald_new (GTK_APPLICATION (self->application), session, self->notifier);
  g_settings_bind (self->settings, "snooze-minutes", self->notifier, "snooze-minutes", G_SETTINGS_BIND_GET);
  g_signal_connect_object (self->notifier, "notify::available", G_CALLBACK (available_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
stop_watching (KipWatch *self)
{
  if (self->herald != NULL)
    g_object_run_dispose (G_OBJECT (self->herald));
  g_clear_object (&self->herald);
  if (self->notifier != NULL)
    g_object_run_dispose (G_OBJECT (self->notifier));
  if (self->alerts != NULL)
    g_object_run_dispose (G_OBJECT (self->alerts));
  g_clear_object (&self->notifier);
  g_clear_object (&self->alerts);
}

static gboolean
start_cb (gpointer data)
{
  KipWatch *self = data;
  KipSession *session = kip_application_get_session (self->application);

  self->start_source = 0;
  if (session != NULL)
    start_watching (self, session);
  available_changed_cb (self);
  update_hold (self);
  return G_SOURCE_REMOVE;
}

/* What is due is read when the window that somebody waits for has been painted. */
static void
session_changed_cb (KipWatch *self)
{
  stop_watching (self);
  if (self->start_source == 0)
    self->start_source = g_idle_add_full (G_PRIORITY_LOW, start_cb, self, NULL);
  update_hold (self);
}

/* ---- object ---- */

static void
kip_watch_dispose (GObject *object)
{
  KipWatch *self = KIP_WATCH (object);

  g_clear_handle_id (&self->start_source, g_source_remove);
  stop_watching (self);
  if (self->settings != NULL)
    g_signal_handlers_disconnect_by_data (self->settings, self);
  g_clear_object (&self->settings);
  g_clear_object (&self->available);
  G_OBJECT_CLASS (kip_watch_parent_class)->dispose (object);
}

static void
kip_watch_class_init (KipWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kip_watch_dispose;
}

static void
kip_watch_init (KipWatch *self)
{
  self->settings = g_settings_new (APP_ID);
  self->available = g_simple_action_new_stateful ("notifications", NULL, g_variant_new_boolean (TRUE));
  g_simple_action_set_enabled (self->available, FALSE);
}

KipWatch *
kip_watch_new (KipApplication *application)
{
  KipWatch *self = g_object_new (KIP_TYPE_WATCH, NULL);

  self->application = application;
  g_action_map_add_action (G_ACTION_MAP (application), G_ACTION (self->available));
  g_signal_connect_swapped (self->settings, "changed::watch-in-background", G_CALLBACK (update_hold), self);
  g_signal_connect_swapped (self->settings, "changed::notification-style", G_CALLBACK (style_changed_cb), self);
  g_signal_connect_object (application, "session-changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}
