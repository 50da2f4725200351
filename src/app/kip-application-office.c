/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The actions that are about the office as a whole: its settings, bringing tickets in, and
 * putting a backup in its place. */

#include "kip-application-private.h"

#include "kip-backup-dialogs.h"
#include "kip-import-assistant.h"
#include "kip-new-ticket-window.h"
#include "kip-quick-log.h"
#include "kip-reviews-window.h"
#include "kip-settings-window.h"
#include "kip-ticket-window.h"
#include "kip-window.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/* ---- settings ---- */

static GtkWindow *
find_window (KipApplication *self,
             GType           type)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (G_TYPE_CHECK_INSTANCE_TYPE (l->data, type))
      return l->data;
  return NULL;
}

static void
settings (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  KipApplication *self = data;
  GtkWindow *window = find_window (self, KIP_TYPE_SETTINGS_WINDOW);

  if (window == NULL)
    {
      window = GTK_WINDOW (kip_settings_window_new (self->session));
      gtk_window_set_application (window, GTK_APPLICATION (self));
      gtk_window_set_transient_for (window, find_window (self, KIP_TYPE_WINDOW));
    }
  if (parameter != NULL)
    kip_settings_window_show_page (KIP_SETTINGS_WINDOW (window), g_variant_get_string (parameter, NULL));
  gtk_window_present (window);
}

static void
sync_now (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  KipApplication *self = data;

  if (self->sync != NULL)
    kip_sync_now (self->sync);
}

static void
import (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       data)
{
  KipApplication *self = data;
  KipImportAssistant *assistant = kip_import_assistant_present (find_window (self, KIP_TYPE_WINDOW), self->session);

  if (parameter != NULL)
    {
      g_autoptr (GFile) file = g_file_new_for_path (g_variant_get_string (parameter, NULL));

      kip_import_assistant_take_file (assistant, file);
    }
}

/* ---- reviews ---- */

static void
reviews (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  KipApplication *self = data;

  kip_reviews_window_present (GTK_APPLICATION (self), self->session,
                              parameter != NULL ? g_variant_get_uint64 (parameter) : KIP_ID_NONE);
}

/* ---- backup ---- */

static void
back_up (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  KipApplication *self = data;
  GtkWindow *window = find_window (self, KIP_TYPE_WINDOW);

  if (window != NULL)
    kip_backup_present (window, self->session);
}

typedef struct
{
  char *path; /* (owned) of the backup */
  char *dir;  /* (owned) */
} Restore;

static void
restore_free (gpointer data)
{
  Restore *job = data;

  g_free (job->path);
  g_free (job->dir);
  g_free (job);
}

static void
put_in_place (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  Restore *job = data;
  GError *error = NULL;
  char *aside = NULL;

  if (kip_store_restore (job->path, job->dir, &aside, &error))
    g_task_return_pointer (task, aside, g_free);
  else
    g_task_return_error (task, error);
}

static void
say_restored (KipApplication *self,
              const char     *aside,
              const GError   *error)
{
  g_autofree char *kept = aside != NULL ? g_strdup_printf (_("What was there before is kept in %s."), aside) : NULL;
  const char *body = error != NULL ? error->message : kept;
  GtkWidget *dialog = adw_message_dialog_new (find_window (self, KIP_TYPE_WINDOW),
                                              error != NULL ? _("Not Restored") : _("Restored"), body);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Whether it worked or not, what is in the folder now is opened again. */
static void
restored_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  KipApplication *self = KIP_APPLICATION (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *aside = g_task_propagate_pointer (G_TASK (result), &error);

  self->opening = FALSE;
  kip_application_open_office (self);
  say_restored (self, aside, error);
  g_application_release (G_APPLICATION (self));
}

static gboolean
begin_restore (gpointer data)
{
  GTask *task = data;
  KipApplication *self = g_task_get_source_object (task);

  kip_application_close_office (self);
  self->opening = TRUE;
  g_task_run_in_thread (task, put_in_place);
  return G_SOURCE_REMOVE;
}

/* Closing the office closes the windows about it, and one of them may just be asking:
 * it must have heard its answer first. */
static void
restore (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  KipApplication *self = data;
  GTask *task = g_task_new (self, NULL, restored_cb, NULL);
  Restore *job = g_new0 (Restore, 1);

  job->path = g_variant_dup_string (parameter, NULL);
  job->dir = g_strdup (self->dir);
  g_task_set_task_data (task, job, restore_free);
  g_application_hold (G_APPLICATION (self));
  g_idle_add_full (G_PRIORITY_DEFAULT, begin_restore, task, g_object_unref);
}

/* ---- the sample office ---- */

/* Where a folder can be put aside: beside it, under a name that is free.  (transfer full) */
static char *
aside_of (const char *dir)
{
  char *aside = g_strconcat (dir, "-sample", NULL);

  for (guint i = 2; g_file_test (aside, G_FILE_TEST_EXISTS); i++)
    {
      g_free (aside);
      aside = g_strdup_printf ("%s-sample-%u", dir, i);
    }
  return aside;
}

static void
left_cb (AdwMessageDialog *dialog,
         const char       *response,
         KipApplication   *self)
{
  g_autofree char *aside = NULL;

  if (!g_str_equal (response, "leave") || self->session == NULL)
    return;
  kip_application_close_office (self);
  aside = aside_of (self->dir);
  if (g_rename (self->dir, aside) != 0)
    g_warning ("The sample office stays in %s", self->dir);
  kip_application_open_office (self);
}

static void
leave_sample (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  KipApplication *self = data;
  GtkWidget *dialog = adw_message_dialog_new (find_window (self, KIP_TYPE_WINDOW), _("Leave the Sample Office?"),
                                              _("Then you can start an office of your own. The sample is put aside, not deleted."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "leave", _("_Leave"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "leave", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "leave");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (left_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- what can be done now ---- */

/* A backup can be restored where no office opens. */
static const GActionEntry always[] = {
  { "restore", restore, "s" },
};

static const GActionEntry entries[] = {
  { "import", import },
  { "import-file", import, "s" },
  { "settings", settings },
  { "sync-now", sync_now },
  { "settings-page", settings, "s" },
  { "reviews", reviews },
  { "review", reviews, "t" },
  { "backup", back_up },
  { "leave-sample", leave_sample },
};

/* Windows about an office that is closed are about nothing. */
static void
session_changed_cb (KipApplication *self)
{
  const GType about_office[] = { KIP_TYPE_SETTINGS_WINDOW, KIP_TYPE_REVIEWS_WINDOW, KIP_TYPE_IMPORT_ASSISTANT, KIP_TYPE_TICKET_WINDOW,
                                 KIP_TYPE_NEW_TICKET_WINDOW, KIP_TYPE_QUICK_LOG };
  GtkWindow *window;

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), entries[i].name)),
                                 self->session != NULL);
  for (guint i = 0; self->session == NULL && i < G_N_ELEMENTS (about_office); i++)
    while ((window = find_window (self, about_office[i])) != NULL)
      gtk_window_destroy (window);
}

void
kip_application_add_office_actions (KipApplication *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), always, G_N_ELEMENTS (always), self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect (self, "session-changed", G_CALLBACK (session_changed_cb), NULL);
  session_changed_cb (self);
}
