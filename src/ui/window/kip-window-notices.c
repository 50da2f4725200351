/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-window-private.h"

#include "kip-clock.h"
#include "kip-format.h"
#include "kip-office-maker.h"
#include "kip-sync-repair.h"

#include <glib/gi18n-lib.h>

static KipNotice *
add_notice (KipWindow  *self,
            const char *style_class)
{
  GtkWidget *notice = kip_notice_new (style_class);

  gtk_box_append (self->notices, notice);
  return KIP_NOTICE (notice);
}

/* ---- the clock that is not real ---- */

static gboolean
say_clock_cb (gpointer data)
{
  KipWindow *self = data;
  g_autofree char *time = kip_format_instant (kip_clock_now (), NULL);
  g_autofree char *text = NULL;

  /* Translators: %s is a date and time, %g how many times as fast as real time runs. */
  text = g_strdup_printf (_("Trial clock (KIP_CLOCK): it is %s here, and time runs × %g. What you write now carries this time."),
                          time, kip_clock_speed ());
  kip_notice_say (self->clock_notice, text);
  return G_SOURCE_CONTINUE;
}

static gboolean
start_clock_cb (gpointer data)
{
  KipWindow *self = data;

  say_clock_cb (self);
  self->clock_source = g_timeout_add_seconds (1, say_clock_cb, self);
  return G_SOURCE_REMOVE;
}

/* As soon as the window is up. */
static void
start_clock (KipWindow *self)
{
  if (kip_clock_is_virtual ())
    self->clock_source = g_idle_add_full (G_PRIORITY_LOW, start_clock_cb, self, NULL);
}

/* ---- notifications ---- */

static void
notifications_changed_cb (KipWindow *self)
{
  GApplication *application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
  g_autoptr (GVariant) state = NULL;

  if (application == NULL || self->session == NULL)
    return;
  state = g_action_group_get_action_state (G_ACTION_GROUP (application), "notifications");
  if (state != NULL && !g_variant_get_boolean (state))
    kip_notice_say (self->alarm_notice, _("No notification service answers on this desktop: promises in danger are only shown here, in the list."));
  else
    kip_notice_say (self->alarm_notice, NULL);
}

static void
watch_application (KipWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (application == NULL)
    return;
  g_signal_connect_object (application, "action-state-changed::notifications",
                           G_CALLBACK (notifications_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (application, "action-added::notifications",
                           G_CALLBACK (notifications_changed_cb), self, G_CONNECT_SWAPPED);
}

/* ---- the disk ---- */

static void
store_failed_cb (KipWindow *self,
                 GError    *error)
{
  g_autofree char *text = NULL;

  text = g_strdup_printf (_("%s What you type stays where it is; Kip tries again with your next change."), error->message);
  kip_notice_say (self->disk_notice, text);
}

static void
store_works_cb (KipWindow *self)
{
  kip_notice_say (self->disk_notice, NULL);
}

/* ---- the share ---- */

/* A share that is away comes back by itself: the header says so. */
static gboolean
is_to_be_said (const KipSyncStatus *status)
{
  KipRepair repair;

  return kip_repair_for (status, &repair) && (status->is_out || status->cloned != 0 || status->state != KIP_SYNC_OFFLINE);
}

static char *
share_words (const KipSyncStatus *status)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  if (!is_to_be_said (status))
    return NULL;
  if (status->clock.is_wrong && status->away_since == KIP_INSTANT_NONE && !status->is_out && status->cloned == 0)
    return kip_sync_clock_words (&status->clock);
  return kip_sync_status_label (status, zone);
}

static void
share_changed_cb (KipWindow *self,
                  KipSync   *sync)
{
  g_autofree char *text = NULL;
  KipSyncStatus status;

  kip_sync_get_status (sync, &status);
  text = share_words (&status);
  kip_notice_say (self->share_notice, text);
}

static void
watch_share (KipWindow *self,
             KipSync   *sync)
{
  kip_notice_say (self->share_notice, NULL);
  if (sync == NULL)
    return;
  g_signal_connect_object (sync, "changed", G_CALLBACK (share_changed_cb), self, G_CONNECT_SWAPPED);
  share_changed_cb (self, sync);
}

/* ---- public ---- */

void
kip_window_add_notices (KipWindow *self)
{
  self->clock_notice = add_notice (self, "warning");
  self->disk_notice = add_notice (self, "error");
  self->share_notice = add_notice (self, "warning");
  kip_notice_offer (self->share_notice, _("_What to Do…"), "win.repair");
  self->alarm_notice = add_notice (self, "kip-quiet");
  self->sample_notice = add_notice (self, "kip-quiet");
  kip_notice_offer (self->sample_notice, _("_Leave the Sample…"), "app.leave-sample");
  g_signal_connect (self, "notify::application", G_CALLBACK (watch_application), NULL);
  start_clock (self);
}

void
kip_window_watch_store (KipWindow *self,
                        KipStore  *store)
{
  g_autofree char *sample = store != NULL ? kip_store_get_local (store, KIP_LOCAL_SAMPLE) : NULL;

  kip_notice_say (self->disk_notice, NULL);
  kip_notice_say (self->sample_notice,
                  sample != NULL && *sample != '\0' ? _("This is the sample office: nothing in it is real.") : NULL);
  watch_share (self, store != NULL ? kip_sync_of (store) : NULL);
  if (store == NULL)
    {
      kip_notice_say (self->alarm_notice, NULL);
      return;
    }
  g_signal_connect_object (store, "failed", G_CALLBACK (store_failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_works_cb), self, G_CONNECT_SWAPPED);
  notifications_changed_cb (self);
}
