/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-config.h"

#include "kip-notifications-page.h"

#include "kip-switch-row.h"

struct _KipNotificationsPage
{
  AdwBin parent_instance;

  GSettings *settings; /* (owned) */

  GtkCheckButton *steady;
  GtkCheckButton *countdown;
  GtkCheckButton *quiet;
  KipSwitchRow   *watch_row;
  GtkAdjustment  *snooze_minutes;
};

G_DEFINE_FINAL_TYPE (KipNotificationsPage, kip_notifications_page, ADW_TYPE_BIN)

/* The setting is a word; the button with that word is the active one. */
static gboolean
word_to_active (GValue   *value,
                GVariant *word,
                gpointer  data)
{
  g_value_set_boolean (value, g_str_equal (g_variant_get_string (word, NULL), data));
  return TRUE;
}

static GVariant *
active_to_word (const GValue       *value,
                const GVariantType *type,
                gpointer            data)
{
  return g_value_get_boolean (value) ? g_variant_new_string (data) : NULL;
}

static void
bind_style (KipNotificationsPage *self,
            GtkCheckButton       *button,
            const char           *word)
{
  g_settings_bind_with_mapping (self->settings, "notification-style", button, "active", G_SETTINGS_BIND_DEFAULT,
                                word_to_active, active_to_word, (gpointer) word, NULL);
}

static void
kip_notifications_page_dispose (GObject *object)
{
  g_clear_object (&KIP_NOTIFICATIONS_PAGE (object)->settings);
  G_OBJECT_CLASS (kip_notifications_page_parent_class)->dispose (object);
}

static void
kip_notifications_page_class_init (KipNotificationsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_notifications_page_dispose;
  g_type_ensure (KIP_TYPE_SWITCH_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-notifications-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KipNotificationsPage, steady);
  gtk_widget_class_bind_template_child (widget_class, KipNotificationsPage, countdown);
  gtk_widget_class_bind_template_child (widget_class, KipNotificationsPage, quiet);
  gtk_widget_class_bind_template_child (widget_class, KipNotificationsPage, watch_row);
  gtk_widget_class_bind_template_child (widget_class, KipNotificationsPage, snooze_minutes);
}

static void
kip_notifications_page_init (KipNotificationsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->settings = g_settings_new (APP_ID);
  bind_style (self, self->steady, "steady");
  bind_style (self, self->countdown, "countdown");
  bind_style (self, self->quiet, "quiet");
  g_settings_bind (self->settings, "watch-in-background", self->watch_row, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "snooze-minutes", self->snooze_minutes, "value", G_SETTINGS_BIND_DEFAULT);
}

GtkWidget *
kip_notifications_page_new (KipSession *session)
{
  return g_object_new (KIP_TYPE_NOTIFICATIONS_PAGE, NULL);
}
