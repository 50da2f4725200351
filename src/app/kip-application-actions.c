/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-application-private.h"

#include "kip-charts-window.h"
#include "kip-config.h"
#include "kip-find.h"
#include "kip-help-window.h"
#include "kip-instance.h"
#include "kip-quick-log.h"
#include "kip-what-if-window.h"
#include "kip-window.h"

#include <glib/gi18n-lib.h>

/* ---- tickets ---- */

static void
found_number_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (KipApplication) self = data;
  KipId id = kip_find_number_finish (KIP_STORE (source), result, NULL);

  if (id != KIP_ID_NONE && self->session != NULL)
    kip_application_show_ticket (self, id);
  else
    kip_application_present (self);
}

static void
show_ticket (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       data)
{
  KipApplication *self = data;

  if (self->session != NULL)
    kip_find_number_async (kip_session_get_store (self->session), g_variant_get_string (parameter, NULL), NULL,
                           found_number_cb, g_object_ref (self));
}

static void
show_query (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  KipApplication *self = data;

  gtk_widget_activate_action_variant (GTK_WIDGET (kip_application_present (self)), "win.show-query", parameter);
}

/* Until the office is open, what was asked for waits. */
static gboolean
must_wait (KipApplication *self,
           const char     *action)
{
  if (self->session != NULL)
    return FALSE;
  g_free (self->pending_action);
  self->pending_action = g_strdup (action);
  if (!self->opening)
    kip_application_present (self);
  return TRUE;
}

/* Where a desk is open the new ticket is shown on it; from the bare desktop nobody asked for one. */
static void
logged_cb (KipQuickLog    *log,
           guint64         ticket,
           KipApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (KIP_IS_WINDOW (l->data))
      {
        kip_application_show_ticket (self, ticket);
        return;
      }
}

static void
quick_log (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  KipApplication *self = data;
  KipQuickLog *log;

  if (must_wait (self, "quick-log"))
    return;
  log = kip_quick_log_present (gtk_application_get_active_window (GTK_APPLICATION (self)), self->session);
  g_signal_handlers_disconnect_by_func (log, logged_cb, self);
  g_signal_connect_object (log, "logged", G_CALLBACK (logged_cb), self, 0);
}

static void
new_ticket (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  KipApplication *self = data;

  if (!must_wait (self, "new-ticket"))
    gtk_widget_activate_action (GTK_WIDGET (kip_application_present (self)), "win.new-ticket", NULL);
}

static void
charts (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       data)
{
  KipApplication *self = data;

  if (!must_wait (self, "charts"))
    kip_charts_window_present (GTK_APPLICATION (self), self->session);
}

static void
what_if (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  KipApplication *self = data;

  if (!must_wait (self, "what-if"))
    kip_what_if_window_present (GTK_APPLICATION (self), self->session, NULL, NULL, KIP_ID_NONE);
}

/* ---- the rest ---- */

static void
new_window (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  kip_window_present (KIP_WINDOW (kip_application_new_window (data)));
}

static void
quit (GSimpleAction *action,
      GVariant      *parameter,
      gpointer       data)
{
  GList *windows = g_list_copy_deep (gtk_application_get_windows (data), (GCopyFunc) (void (*)(void))g_object_ref, NULL);

  /* Each writes down how it stands. */
  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
  g_list_free_full (windows, g_object_unref);
  g_application_quit (G_APPLICATION (data));
}

static void
about (GSimpleAction *action,
       GVariant      *parameter,
       gpointer       data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (data));

  gtk_show_about_dialog (window,
                         "program-name", "Kip",
                         "logo-icon-name", APP_ID,
                         "version", VERSION,
                         "comments", _("Keep the promises of a small help desk."),
                         "website", "https://github.com/kipdesk/kip",
                         "copyright", "© The Kip developers",
                         "license-type", GTK_LICENSE_GPL_3_0,
                         "translator-credits", _("translator-credits"),
                         NULL);
}

static void
help (GSimpleAction *action,
      GVariant      *parameter,
      gpointer       data)
{
  GtkApplication *application = data;

  kip_help_window_present (application, gtk_application_get_active_window (application), NULL);
}

/* Made when somebody asks for it: it has two hundred widgets. */
static void
shortcuts (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  GtkWindow *active = gtk_application_get_active_window (GTK_APPLICATION (data));
  g_autoptr (GtkBuilder) builder = NULL;
  GtkWindow *window;

  if (GTK_IS_SHORTCUTS_WINDOW (active))
    return;
  builder = gtk_builder_new_from_resource ("/io/github/kipdesk/Kip/ui/kip-shortcuts.ui");
  window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));
  gtk_window_set_transient_for (window, active);
  gtk_window_present (window);
}

static const GActionEntry entries[] = {
  { "new-window", new_window },
  { "new-ticket", new_ticket },
  { "quick-log", quick_log },
  { "show-ticket", show_ticket, "s" },
  { "show-query", show_query, "s" },
  { "charts", charts },
  { "what-if", what_if },
  { "help", help },
  { "shortcuts", shortcuts },
  { "about", about },
  { "quit", quit },
};

static const struct
{
  const char *action;
  const char *keys[3];
} accels[] = {
  { "app.new-window", { "<Control><Shift>w" } },
  { "app.quick-log", { "<Control><Shift>n" } },
  { "app.charts", { "<Control><Shift>c" } },
  { "app.settings", { "<Control>comma" } },
  { "app.help", { "F1" } },
  { "app.shortcuts", { "<Control>question" } },
  { "app.quit", { "<Control>q" } },
  { "win.new-ticket", { "<Control>n" } },
  { "win.close", { "<Control>w" } },
};

void
kip_application_add_actions (KipApplication *self)
{
  g_autoptr (GSimpleAction) office = NULL;

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  kip_application_add_office_actions (self);
  office = g_simple_action_new_stateful (KIP_INSTANCE_ACTION, NULL, g_variant_new_string (self->dir));
  g_simple_action_set_enabled (office, FALSE);
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (office));
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action, accels[i].keys);
}
