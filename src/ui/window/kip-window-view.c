/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-window-private.h"

/* Who would see what the others do: by that the share is looked at more or less often. */

/* Only once it matters: not while the window opens. */
static gboolean
is_to_spare (KipWindow *self)
{
  if (self->power == NULL && self->is_ready)
    {
      self->power = g_power_profile_monitor_dup_default ();
      g_signal_connect_object (self->power, "notify::power-saver-enabled", G_CALLBACK (kip_window_update_view), self, G_CONNECT_SWAPPED);
    }
  return self->power != NULL && g_power_profile_monitor_get_power_saver_enabled (self->power);
}

static KipSyncView
view_of (KipWindow *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return KIP_SYNC_UNSEEN;
  if (gtk_window_is_active (GTK_WINDOW (self)))
    return KIP_SYNC_FOCUSED;
  return is_to_spare (self) ? KIP_SYNC_SPARING : KIP_SYNC_IN_VIEW;
}

void
kip_window_update_view (KipWindow *self)
{
  KipSync *sync = self->session != NULL ? kip_sync_of (kip_session_get_store (self->session)) : NULL;

  if (sync != NULL)
    kip_sync_set_view (sync, view_of (self));
}

void
kip_window_watch_view (KipWindow *self)
{
  g_signal_connect (self, "notify::is-active", G_CALLBACK (kip_window_update_view), NULL);
  g_signal_connect_after (self, "map", G_CALLBACK (kip_window_update_view), NULL);
  g_signal_connect_after (self, "unmap", G_CALLBACK (kip_window_update_view), NULL);
}
