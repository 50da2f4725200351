/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-import-report-page.h"

#include <glib/gi18n-lib.h>

#include "kip-file-chooser.h"
#include "kip-import-words.h"
#include "kip-job-window.h"

struct _KipImportReportPage
{
  AdwBin parent_instance;

  KipSession      *session; /* (owned) (nullable) */
  KipImportReport *report;  /* (owned) (nullable) */

  GtkLabel    *title;
  GtkLabel    *summary;
  GtkWidget   *save_button;
  GtkWidget   *undo_button;
  GtkWidget   *problems;
  GtkListView *list;
};

G_DEFINE_FINAL_TYPE (KipImportReportPage, kip_import_report_page, ADW_TYPE_BIN)

static GtkWindow *
window_of (KipImportReportPage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
say (KipImportReportPage *self,
     const char          *title,
     const char          *summary)
{
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->summary, summary);
}

/* ---- the list: an index into the problems as a text, so that rows are made when seen ---- */

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *reason = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_xalign (GTK_LABEL (reason), 0);
  gtk_label_set_wrap (GTK_LABEL (reason), TRUE);
  gtk_widget_add_css_class (title, "numeric");
  gtk_widget_add_css_class (reason, "dim-label");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), reason);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_list_item_set_child (item, box);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         KipImportReportPage      *self)
{
  const KipImportProblem *problem = g_ptr_array_index (self->report->problems, gtk_list_item_get_position (item));
  GtkWidget *title = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  g_autofree char *line = kip_import_problem_title (problem);
  g_autofree char *text = g_strdup_printf ("%s · %s", line, kip_import_problem_verdict (problem));

  gtk_label_set_text (GTK_LABEL (title), text);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (title)), problem->reason);
}

static void
show_problems (KipImportReportPage *self)
{
  g_autoptr (GtkStringList) places = gtk_string_list_new (NULL);
  g_autoptr (GtkNoSelection) selection = NULL;

  for (guint i = 0; i < self->report->problems->len; i++)
    gtk_string_list_append (places, "");
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (places)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  gtk_widget_set_visible (self->problems, self->report->problems->len > 0);
  gtk_widget_set_sensitive (self->save_button, self->report->problems->len > 0);
}

/* ---- the report as a file ---- */

static void
write_report (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  KipImportReportPage *self = source;
  GError *error = NULL;

  if (kip_import_report_save (self->report, data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  KipImportReportPage *self = KIP_IMPORT_REPORT_PAGE (source);
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    say (self, gtk_label_get_text (self->title), _("The report was saved."));
  else
    say (self, _("The Report Was Not Saved"), error->message);
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GFile) file = kip_file_chooser_save_finish (GTK_WIDGET (source), result);
  g_autoptr (GTask) task = NULL;

  if (file == NULL)
    return;
  task = g_task_new (source, NULL, written_cb, NULL);
  g_task_set_task_data (task, g_steal_pointer (&file), g_object_unref);
  g_task_run_in_thread (task, write_report);
}

static void
save_cb (KipImportReportPage *self)
{
  kip_file_chooser_save_async (GTK_WIDGET (self), _("Save the Report"), _("import-report.csv"), chosen_cb, NULL);
}

/* ---- undoing ---- */

typedef struct
{
  KipStore *store; /* (owned) */
  guint64   batch;
} Undo;

static void
undo_free (gpointer data)
{
  g_object_unref (((Undo *) data)->store);
  g_free (data);
}

static gpointer
undo (gpointer      data,
      gpointer      progress,
      GCancellable *cancellable,
      GError      **error)
{
  Undo *job = data;

  return kip_importer_undo (job->store, job->batch, cancellable, error) ? job->store : NULL;
}

static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (KipImportReportPage) self = data;
  g_autoptr (GError) error = NULL;

  if (kip_job_finish (result, &error) != NULL)
    {
      say (self, _("Undone"), _("Everything that this import had put into the office is gone again; the history remembers it."));
      gtk_widget_set_sensitive (self->undo_button, FALSE);
    }
  else
    say (self, _("Not Undone"), error->message);
}

static void
undo_cb (KipImportReportPage *self)
{
  Undo *job = g_new0 (Undo, 1);

  job->store = g_object_ref (kip_session_get_store (self->session));
  job->batch = self->report->batch;
  kip_job_run (window_of (self), _("Undoing the Import"), FALSE, undo, job, undo_free, NULL, undone_cb,
               g_object_ref (self));
}

/* ---- object ---- */

static void
kip_import_report_page_finalize (GObject *object)
{
  KipImportReportPage *self = KIP_IMPORT_REPORT_PAGE (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->report, kip_import_report_free);
  G_OBJECT_CLASS (kip_import_report_page_parent_class)->finalize (object);
}

static void
kip_import_report_page_class_init (KipImportReportPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = kip_import_report_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-import-report-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KipImportReportPage, title);
  gtk_widget_class_bind_template_child (widget_class, KipImportReportPage, summary);
  gtk_widget_class_bind_template_child (widget_class, KipImportReportPage, save_button);
  gtk_widget_class_bind_template_child (widget_class, KipImportReportPage, undo_button);
  gtk_widget_class_bind_template_child (widget_class, KipImportReportPage, problems);
  gtk_widget_class_bind_template_child (widget_class, KipImportReportPage, list);
}

static void
kip_import_report_page_init (KipImportReportPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  gtk_list_view_set_factory (self->list, factory);
  g_signal_connect_swapped (self->save_button, "clicked", G_CALLBACK (save_cb), self);
  g_signal_connect_swapped (self->undo_button, "clicked", G_CALLBACK (undo_cb), self);
}

/* ---- public ---- */

void
kip_import_report_page_show (KipImportReportPage *self,
                             KipSession          *session,
                             KipImportReport     *report)
{
  g_autofree char *summary = kip_import_report_summary (report);
  g_autofree char *text = report->stopped != NULL ? g_strdup_printf ("%s %s", summary, report->stopped->message)
                                                  : g_strdup (summary);

  g_set_object (&self->session, session);
  g_clear_pointer (&self->report, kip_import_report_free);
  self->report = report;
  say (self, report->stopped != NULL ? _("Ended Early") : _("Imported"), text);
  gtk_widget_set_sensitive (self->undo_button, report->batch != 0);
  show_problems (self);
}
