/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync-button.h"

#include "kip-sync-popover.h"
#include "kip-tooltip.h"

#include <glib/gi18n-lib.h>

struct _KipSyncButton
{
  AdwBin parent_instance;

  KipSync *sync; /* (owned) (nullable) */

  GtkMenuButton  *button;
  GtkLabel       *label;
  GtkImage       *icon;
  gboolean        is_compact;
  KipSyncPopover *popover; /* (nullable) until it is opened */
};

G_DEFINE_FINAL_TYPE (KipSyncButton, kip_sync_button, ADW_TYPE_BIN)

/* ---- what it says ---- */

static const char *
icon_of (const KipSyncStatus *status)
{
  switch (status->state)
    {
    case KIP_SYNC_DONE:
    case KIP_SYNC_MORE:
    case KIP_SYNC_BUSY:
      return "view-refresh-symbolic";
    case KIP_SYNC_OFFLINE:
    case KIP_SYNC_MISSING:
      return "network-offline-symbolic";
    default:
      return "dialog-warning-symbolic";
    }
}

/* In little room an icon stands for the words, which are its tooltip then. */
static void
show_compact (KipSyncButton       *self,
              const KipSyncStatus *status,
              const char          *label)
{
  gtk_image_set_from_icon_name (self->icon, icon_of (status));
  gtk_widget_set_visible (GTK_WIDGET (self->icon), self->is_compact);
  gtk_widget_set_visible (GTK_WIDGET (self->label), !self->is_compact);
  gtk_widget_set_visible (GTK_WIDGET (self->button), !self->is_compact || status->is_shared);
  kip_tooltip_set (GTK_WIDGET (self->button), self->is_compact ? label : _("Where your changes are"));
}

static void
show_status (KipSyncButton *self)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autofree char *label = NULL;
  KipSyncStatus status;

  if (self->sync == NULL)
    return;
  zone = g_time_zone_new_local ();
  kip_sync_get_status (self->sync, &status);
  label = kip_sync_status_label (&status, zone);
  gtk_label_set_label (self->label, label);
  show_compact (self, &status, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* The popover is made when somebody opens it. */
static void
create_popover_cb (GtkMenuButton *button,
                   gpointer       data)
{
  KipSyncButton *self = data;

  if (self->popover != NULL)
    return;
  self->popover = KIP_SYNC_POPOVER (kip_sync_popover_new ());
  kip_sync_popover_set_sync (self->popover, self->sync);
  gtk_menu_button_set_popover (button, GTK_WIDGET (self->popover));
}

/* ---- class ---- */

void
kip_sync_button_set_sync (KipSyncButton *self,
                          KipSync       *sync)
{
  g_return_if_fail (KIP_IS_SYNC_BUTTON (self));

  if (self->sync != NULL)
    g_signal_handlers_disconnect_by_data (self->sync, self);
  g_set_object (&self->sync, sync);
  if (sync != NULL)
    g_signal_connect_object (sync, "changed", G_CALLBACK (show_status), self, G_CONNECT_SWAPPED);
  if (self->popover != NULL)
    kip_sync_popover_set_sync (self->popover, sync);
  show_status (self);
}

void
kip_sync_button_set_compact (KipSyncButton *self,
                             gboolean       compact)
{
  g_return_if_fail (KIP_IS_SYNC_BUTTON (self));

  if (self->is_compact == compact)
    return;
  self->is_compact = compact;
  show_status (self);
}

static void
kip_sync_button_dispose (GObject *object)
{
  KipSyncButton *self = KIP_SYNC_BUTTON (object);

  if (self->sync != NULL)
    g_signal_handlers_disconnect_by_data (self->sync, self);
  g_clear_object (&self->sync);
  G_OBJECT_CLASS (kip_sync_button_parent_class)->dispose (object);
}

static void
kip_sync_button_class_init (KipSyncButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_sync_button_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-sync-button.ui");
  gtk_widget_class_bind_template_child (widget_class, KipSyncButton, button);
  gtk_widget_class_bind_template_child (widget_class, KipSyncButton, label);
  gtk_widget_class_bind_template_child (widget_class, KipSyncButton, icon);
}

static void
kip_sync_button_init (KipSyncButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kip_tooltip_set (GTK_WIDGET (self->button), _("Where your changes are"));
  gtk_menu_button_set_create_popup_func (self->button, create_popover_cb, self, NULL);
}
