/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync-button.h"

#include <glib/gi18n-lib.h>

/* A clock that is further from the share's than this makes times wrong that others read. */
#define CLOCK_LIMIT (2 * KIP_MS_PER_MINUTE)

struct _KipSyncButton
{
  AdwBin parent_instance;

  KipSync *sync; /* (owned) (nullable) */

  GtkMenuButton *button;
  GtkLabel  *label, *title, *sentence, *clock, *path;
  GtkWidget *now;
};

G_DEFINE_FINAL_TYPE (KipSyncButton, kip_sync_button, ADW_TYPE_BIN)

/* ---- what it says ---- */

static void
show_clock (KipSyncButton       *self,
            const KipSyncStatus *status)
{
  gboolean wrong = status->clock_offset != G_MININT64 && ABS (status->clock_offset) > CLOCK_LIMIT;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->clock), wrong);
  if (!wrong)
    return;
  text = g_strdup_printf (ngettext ("The clock of this computer is %d minute away from the share's. Set it right: the others read its times.",
                                    "The clock of this computer is %d minutes away from the share's. Set it right: the others read its times.",
                                    (gulong) (ABS (status->clock_offset) / KIP_MS_PER_MINUTE)),
                          (int) (ABS (status->clock_offset) / KIP_MS_PER_MINUTE));
  gtk_label_set_label (self->clock, text);
}

static void
show_status (KipSyncButton *self)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autofree char *label = NULL;
  g_autofree char *sentence = NULL;
  KipSyncStatus status;

  if (self->sync == NULL)
    return;
  zone = g_time_zone_new_local ();
  kip_sync_get_status (self->sync, &status);
  label = kip_sync_status_label (&status, zone);
  sentence = kip_sync_status_sentence (&status, zone);
  gtk_label_set_label (self->label, label);
  gtk_label_set_label (self->title, label);
  gtk_label_set_label (self->sentence, sentence);
  gtk_label_set_label (self->path, status.path != NULL ? status.path : "");
  gtk_widget_set_visible (GTK_WIDGET (self->path), status.path != NULL);
  gtk_widget_set_visible (self->now, status.is_shared);
  show_clock (self, &status);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* ---- what is asked ---- */

static void
now_cb (KipSyncButton *self)
{
  if (self->sync != NULL)
    kip_sync_now (self->sync);
}

static void
sharing_cb (KipSyncButton *self)
{
  gtk_menu_button_popdown (self->button);
  gtk_widget_activate_action (GTK_WIDGET (self), "app.settings-page", "s", "sharing");
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
  gtk_widget_class_bind_template_child (widget_class, KipSyncButton, title);
  gtk_widget_class_bind_template_child (widget_class, KipSyncButton, sentence);
  gtk_widget_class_bind_template_child (widget_class, KipSyncButton, clock);
  gtk_widget_class_bind_template_child (widget_class, KipSyncButton, path);
  gtk_widget_class_bind_template_child (widget_class, KipSyncButton, now);
  gtk_widget_class_bind_template_callback (widget_class, now_cb);
  gtk_widget_class_bind_template_callback (widget_class, sharing_cb);
}

static void
kip_sync_button_init (KipSyncButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
