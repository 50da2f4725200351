/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-backup-dialogs.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "kip-clock.h"
#include "kip-file-chooser.h"
#include "kip-job-window.h"

/* What a job is about. */
typedef struct
{
  GtkWindow *parent; /* (owned) */
  KipStore  *store;  /* (owned) */
  char      *path;   /* (owned) (nullable) */
} Care;

static Care *
care_new (GtkWindow  *parent,
          KipSession *session)
{
  Care *care = g_new0 (Care, 1);

  care->parent = g_object_ref (parent);
  care->store = g_object_ref (kip_session_get_store (session));
  return care;
}

static void
care_free (Care *care)
{
  g_object_unref (care->parent);
  g_object_unref (care->store);
  g_free (care->path);
  g_free (care);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Care, care_free)

/* ---- how it ended ---- */

static AdwMessageDialog *
say (GtkWindow  *parent,
     const char *heading,
     const char *body)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, body);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
  return ADW_MESSAGE_DIALOG (dialog);
}

static gboolean
was_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* ---- backup ---- */

static gpointer
back_up (gpointer      data,
         gpointer      progress,
         GCancellable *cancellable,
         GError      **error)
{
  Care *care = data;

  return kip_store_backup (care->store, care->path, kip_job_progress, progress, cancellable, error) ? care : NULL;
}

static void
backed_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (Care) care = data;
  g_autoptr (GError) error = NULL;

  if (kip_job_finish (result, &error) != NULL)
    say (care->parent, _("Backup Written"), care->path);
  else if (!was_cancelled (error))
    say (care->parent, _("No Backup Was Written"), error->message);
}

static void
backup_chosen_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (Care) care = data;
  g_autoptr (GFile) file = kip_file_chooser_save_finish (GTK_WIDGET (source), result);
  GtkWindow *parent = care->parent;

  if (file == NULL)
    return;
  care->path = g_file_get_path (file);
  kip_job_run (parent, _("Writing a Backup"), TRUE, back_up, care, NULL, NULL, backed_up_cb, care);
  care = NULL;
}

void
kip_backup_present (GtkWindow  *parent,
                    KipSession *session)
{
  g_autoptr (GTimeZone) here = g_time_zone_new_local ();
  g_autoptr (GDateTime) now = kip_instant_to_local (kip_clock_now (), here);
  g_autofree char *name = g_date_time_format (now, "kip-%Y-%m-%d.backup");

  kip_file_chooser_save_async (GTK_WIDGET (parent), _("Back Up the Office"), name, backup_chosen_cb,
                               care_new (parent, session));
}

/* ---- restore ---- */

static void
restore_answered_cb (AdwMessageDialog *dialog,
                     const char       *response,
                     GFile            *backup)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (dialog));

  if (g_str_equal (response, "restore") && parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "app.restore", "s", g_file_peek_path (backup));
}

void
kip_restore_present_file (GtkWindow *parent,
                          GFile     *backup)
{
  g_autofree char *name = g_file_get_basename (backup);
  g_autofree char *body = g_strdup_printf (_("The office becomes what it was when “%s” was written. What is in it now is "
                                             "not deleted: it is set aside in the data folder."), name);
  GtkWidget *dialog = adw_message_dialog_new (parent, _("Restore This Backup?"), body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "restore", _("_Restore"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "restore", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (restore_answered_cb), g_object_ref (backup),
                         (GClosureNotify) (void (*)(void))g_object_unref, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
restore_chosen_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (GListModel) files = kip_file_chooser_open_finish (GTK_WIDGET (source), result);
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;

  if (file != NULL)
    kip_restore_present_file (GTK_WINDOW (source), file);
}

void
kip_restore_present (GtkWindow *parent)
{
  kip_file_chooser_open_async (GTK_WIDGET (parent), _("Choose a Backup"), FALSE, NULL, restore_chosen_cb, NULL);
}

/* ---- check ---- */

/* The report comes back even when something is wrong: its last line says what. */
static gpointer
check (gpointer      data,
       gpointer      progress,
       GCancellable *cancellable,
       GError      **error)
{
  Care *care = data;
  g_autoptr (GError) wrong = NULL;
  GPtrArray *report = NULL;
  gboolean sound = kip_store_check (care->store, &report, kip_job_progress, progress, cancellable, &wrong);

  if (!sound && (report == NULL || was_cancelled (wrong)))
    {
      g_clear_pointer (&report, g_ptr_array_unref);
      g_propagate_error (error, g_steal_pointer (&wrong));
      return NULL;
    }
  if (!sound)
    g_ptr_array_add (report, g_strdup (wrong->message));
  care->path = g_strdup (sound ? _("All Is Sound") : _("Something Is Wrong"));
  return report;
}

static GtkWidget *
make_report (GPtrArray *report)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *label = gtk_label_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < report->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", (const char *) g_ptr_array_index (report, i));
  gtk_label_set_text (GTK_LABEL (label), text->str);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), label);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 320);
  return scrolled;
}

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (Care) care = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) report = kip_job_finish (result, &error);

  if (report != NULL)
    adw_message_dialog_set_extra_child (say (care->parent, care->path, NULL), make_report (report));
  else if (!was_cancelled (error))
    say (care->parent, _("The Data Could Not Be Checked"), error->message);
}

void
kip_check_present (GtkWindow  *parent,
                   KipSession *session)
{
  Care *care = care_new (parent, session);

  kip_job_run (parent, _("Checking the Data"), TRUE, check, care, NULL, (GDestroyNotify) g_ptr_array_unref,
               checked_cb, care);
}

/* ---- rebuild ---- */

static gpointer
rebuild (gpointer      data,
         gpointer      progress,
         GCancellable *cancellable,
         GError      **error)
{
  Care *care = data;

  return kip_store_rebuild (care->store, kip_job_progress, progress, cancellable, error) ? care : NULL;
}

static void
rebuilt_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (Care) care = data;
  g_autoptr (GError) error = NULL;

  if (kip_job_finish (result, &error) != NULL)
    say (care->parent, _("Rebuilt"), _("Everything was computed again from the events, and came out the same."));
  else if (!was_cancelled (error))
    say (care->parent, _("Not Rebuilt"), error->message);
}

void
kip_rebuild_present (GtkWindow  *parent,
                     KipSession *session)
{
  Care *care = care_new (parent, session);

  kip_job_run (parent, _("Computing Everything Again"), TRUE, rebuild, care, NULL, NULL, rebuilt_cb, care);
}
