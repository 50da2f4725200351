/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-export.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "kip-clock.h"
#include "kip-exporter.h"
#include "kip-file-chooser.h"
#include "kip-job-window.h"

typedef struct
{
  GtkWindow     *parent; /* (owned) */
  KipStore      *store;  /* (owned) */
  GArray        *ids;    /* (owned) (nullable) of KipId: these, instead of a query's */
  KipQuery      *query;  /* (owned) (nullable) */
  KipSort        sort;
  gboolean       descending;
  KipExportFlags flags;
  GFile         *file;   /* (owned) (nullable) until it is chosen */
  guint          n;      /* tickets written */
} Export;

static void
export_free (Export *export)
{
  g_object_unref (export->parent);
  g_object_unref (export->store);
  g_clear_pointer (&export->ids, g_array_unref);
  g_clear_pointer (&export->query, kip_query_unref);
  g_clear_object (&export->file);
  g_free (export);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static void
say (GtkWindow  *parent,
     const char *heading,
     const char *body)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, body);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static gpointer
run (gpointer      data,
     gpointer      progress,
     GCancellable *cancellable,
     GError      **error)
{
  Export *export = data;
  gboolean ok;

  if (export->ids != NULL)
    ok = kip_exporter_run_ids (export->store, export->ids, kip_clock_now (), export->file, export->flags, &export->n,
                               cancellable, error);
  else
    ok = kip_exporter_run (export->store, export->query, export->sort, export->descending, kip_clock_now (),
                           export->file, export->flags, &export->n, cancellable, error);
  return ok ? export : NULL;
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (Export) export = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (export->file);
  g_autofree char *body = NULL;

  if (kip_job_finish (result, &error) != NULL)
    {
      body = g_strdup_printf (ngettext ("%1$u ticket was written to “%2$s”.", "%1$u tickets were written to “%2$s”.",
                                        export->n), export->n, name);
      say (export->parent, _("Exported"), body);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    say (export->parent, _("Not Exported"), error->message);
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (Export) export = data;
  Export *job = export;

  export->file = kip_file_chooser_save_finish (GTK_WIDGET (source), result);
  if (export->file == NULL)
    return;
  export = NULL;
  kip_job_run (job->parent, _("Writing the Table"), TRUE, run, job, NULL, NULL, written_cb, job);
}

static void
answered_cb (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          data)
{
  g_autoptr (Export) export = data;
  g_autoptr (GTimeZone) here = g_time_zone_new_local ();
  g_autoptr (GDateTime) now = kip_instant_to_local (kip_clock_now (), here);
  g_autofree char *name = g_date_time_format (now, _("tickets-%Y-%m-%d.csv"));
  Export *job = export;

  if (g_str_equal (response, "cancel"))
    return;
  if (g_str_equal (response, "people"))
    export->flags = KIP_EXPORT_FOR_PEOPLE | KIP_EXPORT_BOM | KIP_EXPORT_SAFE;
  export = NULL;
  kip_file_chooser_save_async (GTK_WIDGET (job->parent), _("Export the List"), name, chosen_cb, job);
}

static Export *
new_export (GtkWindow  *parent,
            KipSession *session)
{
  Export *export = g_new0 (Export, 1);

  export->parent = g_object_ref (parent);
  export->store = g_object_ref (kip_session_get_store (session));
  return export;
}

/* Takes @export. */
static void
ask_for_whom (Export     *export,
              const char *heading)
{
  GtkWidget *dialog = adw_message_dialog_new (export->parent, heading,
                                              _("A CSV table with a line for each ticket. For a spreadsheet: columns and "
                                                "values in words, local times. For programs: fixed keys, times with their zone."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "programs", _("For _Programs…"),
                                    "people", _("For a _Spreadsheet…"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "people", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "people");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (answered_cb), export);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
kip_export_present (GtkWindow      *parent,
                    KipSession     *session,
                    const KipQuery *query,
                    KipSort         sort,
                    gboolean        descending)
{
  Export *export = new_export (parent, session);

  export->query = query != NULL ? kip_query_ref (query) : NULL;
  export->sort = sort;
  export->descending = descending;
  ask_for_whom (export, _("Export This List"));
}

void
kip_export_present_ids (GtkWindow  *parent,
                        KipSession *session,
                        GArray     *ids)
{
  Export *export = new_export (parent, session);
  g_autofree char *heading = g_strdup_printf (ngettext ("Export the Selected Ticket", "Export %'u Selected Tickets", ids->len),
                                              ids->len);

  export->ids = g_array_copy (ids);
  ask_for_whom (export, heading);
}
