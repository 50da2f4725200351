/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sharing-page.h"

#include <glib/gi18n-lib.h>

#include "kip-settings-window.h"
#include "kip-sharing-codes.h"
#include "kip-sharing-keys.h"
#include "kip-sharing-knocks.h"
#include "kip-sharing-log.h"
#include "kip-sharing-members.h"
#include "kip-sharing-parts.h"
#include "kip-sharing-place.h"
#include "kip-sharing-size.h"
#include "kip-sharing-start.h"
#include "kip-sync-traffic.h"

struct _KipSharingPage
{
  AdwBin parent_instance;

  KipSession *session; /* (owned) */
  KipSync    *sync;    /* (owned) (nullable) */

  KipSharingStart     *start_group;
  AdwPreferencesGroup *state_group;
  AdwActionRow        *state_row;
  KipSharingSize      *size_row;
  GtkSwitch           *presence_switch;
  KipSharingLog       *log_row;
  KipSharingPlace     *place_group;
  KipSharingKnocks    *knocks_group;
  KipSharingMembers   *members_group;
  KipSharingKeys      *keys_group;
  KipSharingCodes     *codes_group;
};

G_DEFINE_FINAL_TYPE (KipSharingPage, kip_sharing_page, ADW_TYPE_BIN)

/* ---- what it says ---- */

static void
show_state (KipSharingPage      *self,
            const KipSyncStatus *status)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *label = kip_sync_status_label (status, zone);
  g_autofree char *sentence = kip_sync_status_sentence (status, zone);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state_row), label);
  adw_action_row_set_subtitle (self->state_row, sentence);
}

/* Who was removed has no word in the office, who lacks the key cannot read all of its file, and nothing is done to one that was
 * left for another. */
static gboolean
is_usable (const KipSyncStatus *status)
{
  return !status->is_out && status->state != KIP_SYNC_REMOVED && status->state != KIP_SYNC_MOVED && status->state != KIP_SYNC_NO_KEY;
}

static void
show_shared (KipSharingPage      *self,
             const KipSyncStatus *status)
{
  KipStore *store = kip_session_get_store (self->session);
  g_autoptr (KipMembers) members = kip_store_dup_members (store);
  guint32 device = kip_store_get_device (store);
  gboolean usable = is_usable (status), may = usable && kip_members_is_manager (members, device);

  show_state (self, status);
  kip_sharing_size_show (self->size_row, self->sync, status, usable && kip_members_has (members, device, G_MAXUINT64 - 1));
  kip_sharing_log_show (self->log_row, store, self->sync);
  kip_sharing_place_show (self->place_group, self->sync, status, may);
  kip_sharing_knocks_show (self->knocks_group, self->session, self->sync, may);
  kip_sharing_members_show (self->members_group, store, self->sync, may);
  kip_sharing_keys_show (self->keys_group, self->sync, status, may);
  gtk_widget_set_visible (GTK_WIDGET (self->keys_group), usable);
  gtk_widget_set_visible (GTK_WIDGET (self->codes_group), may);
}

static void
show_all (KipSharingPage *self)
{
  GtkWidget *groups[] = { GTK_WIDGET (self->state_group), GTK_WIDGET (self->place_group), GTK_WIDGET (self->knocks_group),
                          GTK_WIDGET (self->members_group), GTK_WIDGET (self->keys_group), GTK_WIDGET (self->codes_group) };
  KipSyncStatus status = { 0 };

  if (self->sync != NULL)
    kip_sync_get_status (self->sync, &status);
  gtk_widget_set_visible (GTK_WIDGET (self->start_group), !status.is_shared);
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    gtk_widget_set_visible (groups[i], status.is_shared);
  if (status.is_shared)
    show_shared (self, &status);
}

/* ---- what is asked ---- */

static void
now_cb (KipSharingPage *self)
{
  if (self->sync != NULL)
    kip_sync_now (self->sync);
}

static void
presence_cb (KipSharingPage *self)
{
  if (self->sync != NULL)
    kip_sync_set_tells_presence (self->sync, gtk_switch_get_active (self->presence_switch));
}

static void
left_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (KipSharingPage) self = data;
  g_autoptr (GError) error = NULL;
  gboolean told, ok = kip_sync_leave_finish (KIP_SYNC (source), result, &told, &error);

  if (!ok)
    kip_sharing_say_failure (GTK_WIDGET (self), error);
  else if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    kip_settings_show_message (GTK_WIDGET (self), _("You Have Left"), told
                               ? _("The others see it. The copy on this computer is yours alone: go on working with it, or make a backup and join again with a code in a new data folder.")
                               : _("The others could not be told: they list this computer until a manager removes it. The copy on this computer is yours alone: go on working with it."));
}

static void
leaving_cb (KipSharingPage *self,
            const char     *response)
{
  if (g_str_equal (response, "do") && self->sync != NULL)
    kip_sync_leave_async (self->sync, left_cb, g_object_ref (self));
}

static void
leave_cb (KipSharingPage *self)
{
  AdwMessageDialog *dialog = kip_sharing_ask (GTK_WIDGET (self), _("Leave the Shared Office?"),
                                              _("Everything stays on this computer, to be read and changed. The others are told that it is gone; what they do from now on is not seen here, nor the other way round."),
                                              _("_Leave"), ADW_RESPONSE_DESTRUCTIVE);

  g_signal_connect_object (dialog, "response", G_CALLBACK (leaving_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- object ---- */

static void
kip_sharing_page_dispose (GObject *object)
{
  KipSharingPage *self = KIP_SHARING_PAGE (object);

  g_clear_object (&self->sync);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (kip_sharing_page_parent_class)->dispose (object);
}

static void
kip_sharing_page_class_init (KipSharingPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (KIP_TYPE_SHARING_START);
  g_type_ensure (KIP_TYPE_SHARING_SIZE);
  g_type_ensure (KIP_TYPE_SHARING_LOG);
  g_type_ensure (KIP_TYPE_SHARING_PLACE);
  g_type_ensure (KIP_TYPE_SHARING_KNOCKS);
  g_type_ensure (KIP_TYPE_SHARING_MEMBERS);
  g_type_ensure (KIP_TYPE_SHARING_KEYS);
  g_type_ensure (KIP_TYPE_SHARING_CODES);
  G_OBJECT_CLASS (klass)->dispose = kip_sharing_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-sharing-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KipSharingPage, start_group);
  gtk_widget_class_bind_template_child (widget_class, KipSharingPage, state_group);
  gtk_widget_class_bind_template_child (widget_class, KipSharingPage, state_row);
  gtk_widget_class_bind_template_child (widget_class, KipSharingPage, size_row);
  gtk_widget_class_bind_template_child (widget_class, KipSharingPage, presence_switch);
  gtk_widget_class_bind_template_child (widget_class, KipSharingPage, log_row);
  gtk_widget_class_bind_template_child (widget_class, KipSharingPage, place_group);
  gtk_widget_class_bind_template_child (widget_class, KipSharingPage, knocks_group);
  gtk_widget_class_bind_template_child (widget_class, KipSharingPage, members_group);
  gtk_widget_class_bind_template_child (widget_class, KipSharingPage, keys_group);
  gtk_widget_class_bind_template_child (widget_class, KipSharingPage, codes_group);
  gtk_widget_class_bind_template_callback (widget_class, now_cb);
  gtk_widget_class_bind_template_callback (widget_class, presence_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave_cb);
}

static void
kip_sharing_page_init (KipSharingPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->state_row), FALSE);
}

GtkWidget *
kip_sharing_page_new (KipSession *session)
{
  KipSharingPage *self = g_object_new (KIP_TYPE_SHARING_PAGE, NULL);
  KipStore *store = kip_session_get_store (session);

  g_set_object (&self->session, session);
  g_set_object (&self->sync, kip_sync_of (store));
  kip_sharing_start_set (self->start_group, store, self->sync);
  kip_sharing_codes_set (self->codes_group, store, self->sync);
  if (self->sync != NULL)
    {
      gtk_switch_set_active (self->presence_switch, kip_sync_get_tells_presence (self->sync));
      g_signal_connect_object (self->sync, "changed", G_CALLBACK (show_all), self, G_CONNECT_SWAPPED);
    }
  g_signal_connect_object (store, "office-changed", G_CALLBACK (show_all), self, G_CONNECT_SWAPPED);
  show_all (self);
  return GTK_WIDGET (self);
}
