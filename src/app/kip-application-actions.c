/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-application-private.h"

#include "kip-config.h"
#include "kip-help-window.h"
#include "kip-instance.h"
#include "kip-window.h"

#include <glib/gi18n-lib.h>

/* ---- tickets by number ---- */

typedef struct
{
  KipStore *store; /* (owned) */
  char     *text;  /* (owned) */
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_object_unref (search->store);
  g_free (search->text);
  g_free (search);
}

static void
find_number (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Search *search = data;
  GError *error = NULL;
  KipId id = kip_store_find_number (search->store, search->text, &error);

  if (id == KIP_ID_NONE)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_memdup2 (&id, sizeof id), g_free);
}

static void
found_number_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  KipApplication *self = KIP_APPLICATION (source);
  g_autofree KipId *id = g_task_propagate_pointer (G_TASK (result), NULL);

  if (id != NULL)
    kip_application_show_ticket (self, *id);
  else
    kip_application_present (self);
}

static void
show_ticket (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       data)
{
  KipApplication *self = data;
  g_autoptr (GTask) task = NULL;
  Search *search;

  if (self->session == NULL)
    return;
  search = g_new0 (Search, 1);
  search->store = g_object_ref (kip_session_get_store (self->session));
  search->text = g_variant_dup_string (parameter, NULL);
  task = g_task_new (self, NULL, found_number_cb, NULL);
  g_task_set_source_tag (task, show_ticket);
  g_task_set_task_data (task, search, search_free);
  g_task_run_in_thread (task, find_number);
}

/* ---- the rest ---- */

static void
new_window (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  gtk_window_present (kip_application_new_window (data));
}

static void
new_ticket (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  KipApplication *self = data;
  GtkWindow *window;

  kip_application_present (self);
  window = gtk_application_get_active_window (GTK_APPLICATION (self));
  if (KIP_IS_WINDOW (window))
    g_action_group_activate_action (G_ACTION_GROUP (window), "new-ticket", NULL);
}

static void
quit (GSimpleAction *action,
      GVariant      *parameter,
      gpointer       data)
{
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

static const GActionEntry entries[] = {
  { "new-window", new_window },
  { "new-ticket", new_ticket },
  { "show-ticket", show_ticket, "s" },
  { "help", help },
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
  { "app.settings", { "<Control>comma" } },
  { "app.help", { "F1" } },
  { "app.quit", { "<Control>q" } },
  { "win.new-ticket", { "<Control>n" } },
  { "win.close", { "<Control>w" } },
  { "win.show-help-overlay", { "<Control>question" } },
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
