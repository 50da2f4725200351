/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync-popover.h"

#include <glib/gi18n-lib.h>

struct _KipSyncPopover
{
  GtkPopover parent_instance;

  KipSync   *sync; /* (owned) (nullable) */

  GtkLabel  *title, *sentence, *clock, *path;
  GtkWidget *now;
};

G_DEFINE_FINAL_TYPE (KipSyncPopover, kip_sync_popover, GTK_TYPE_POPOVER)

/* ---- what it says ---- */

static void
show_clock (KipSyncPopover      *self,
            const KipSyncStatus *status)
{
  g_autofree char *text = status->clock.is_wrong ? kip_sync_clock_words (&status->clock) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->clock), text != NULL);
  gtk_label_set_label (self->clock, text != NULL ? text : "");
}

static void
show_status (KipSyncPopover *self)
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
  gtk_label_set_label (self->title, label);
  gtk_label_set_label (self->sentence, sentence);
  gtk_label_set_label (self->path, status.path != NULL ? status.path : "");
  gtk_widget_set_visible (GTK_WIDGET (self->path), status.path != NULL);
  gtk_widget_set_visible (self->now, status.is_shared);
  show_clock (self, &status);
}

/* ---- what is asked ---- */

static void
now_cb (KipSyncPopover *self)
{
  if (self->sync != NULL)
    kip_sync_now (self->sync);
}

static void
sharing_cb (KipSyncPopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  gtk_widget_activate_action (GTK_WIDGET (self), "app.settings-page", "s", "sharing");
}

/* ---- class ---- */

static void
kip_sync_popover_dispose (GObject *object)
{
  kip_sync_popover_set_sync (KIP_SYNC_POPOVER (object), NULL);
  G_OBJECT_CLASS (kip_sync_popover_parent_class)->dispose (object);
}

static void
kip_sync_popover_class_init (KipSyncPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_sync_popover_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-sync-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, KipSyncPopover, title);
  gtk_widget_class_bind_template_child (widget_class, KipSyncPopover, sentence);
  gtk_widget_class_bind_template_child (widget_class, KipSyncPopover, clock);
  gtk_widget_class_bind_template_child (widget_class, KipSyncPopover, path);
  gtk_widget_class_bind_template_child (widget_class, KipSyncPopover, now);
  gtk_widget_class_bind_template_callback (widget_class, now_cb);
  gtk_widget_class_bind_template_callback (widget_class, sharing_cb);
}

static void
kip_sync_popover_init (KipSyncPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* ---- public ---- */

GtkWidget *
kip_sync_popover_new (void)
{
  return g_object_new (KIP_TYPE_SYNC_POPOVER, NULL);
}

void
kip_sync_popover_set_sync (KipSyncPopover *self,
                           KipSync        *sync)
{
  g_return_if_fail (KIP_IS_SYNC_POPOVER (self));

  if (self->sync != NULL)
    g_signal_handlers_disconnect_by_data (self->sync, self);
  g_set_object (&self->sync, sync);
  if (sync != NULL)
    g_signal_connect_object (sync, "changed", G_CALLBACK (show_status), self, G_CONNECT_SWAPPED);
  show_status (self);
}
