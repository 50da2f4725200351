/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-import-assistant.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "kip-file-chooser.h"
#include "kip-import-columns.h"
#include "kip-import-draft.h"
#include "kip-import-preview-list.h"
#include "kip-import-report-page.h"
#include "kip-import-values-step.h"
#include "kip-importer.h"
#include "kip-job-window.h"

#define SAMPLE_ROWS 2000
#define PREVIEW_TICKETS 20

typedef enum
{
  STEP_FILE,
  STEP_COLUMNS,
  STEP_VALUES,
  STEP_PREVIEW,
  STEP_REPORT
} Step;

struct _KipImportAssistant
{
  AdwWindow parent_instance;

  KipImportDraft draft;
  Step           step;
  GCancellable  *reading; /* (owned) (nullable) of the newest sample or preview */
  gboolean       ready;   /* the preview stands: it can be imported */

  AdwWindowTitle *title;
  GtkWidget      *back_button;
  GtkButton      *next_button;
  GtkWidget      *menu_button;
  GtkRevealer    *problem_revealer;
  GtkLabel       *problem;
  GtkStack       *stack;
  GtkWidget      *file_page;
  GtkWidget      *choose_button;
  KipImportColumns     *columns;
  KipImportValuesStep  *values;
  KipImportPreviewList *preview;
  KipImportReportPage  *report;
};

G_DEFINE_FINAL_TYPE (KipImportAssistant, kip_import_assistant, ADW_TYPE_WINDOW)

static const struct
{
  const char *name;
  const char *title;
  const char *next; /* (nullable) what the button says */
} steps[] = {
  [STEP_FILE] = { "file", N_("Import Tickets"), NULL },
  [STEP_COLUMNS] = { "columns", N_("Columns"), N_("_Next") },
  [STEP_VALUES] = { "values", N_("Words"), N_("_Next") },
  [STEP_PREVIEW] = { "preview", N_("Preview"), N_("_Import") },
  [STEP_REPORT] = { "report", N_("Report"), N_("_Close") },
};

/* ---- which step ---- */

static void
say_problem (KipImportAssistant *self,
             const char         *text)
{
  gtk_label_set_text (self->problem, text != NULL ? text : "");
  gtk_revealer_set_reveal_child (self->problem_revealer, text != NULL);
}

static gboolean
can_go_on (KipImportAssistant *self)
{
  g_autofree char *problem = NULL;

  switch (self->step)
    {
    case STEP_COLUMNS:
      problem = kip_import_columns_dup_problem (self->columns);
      say_problem (self, problem);
      return problem == NULL;
    case STEP_PREVIEW:
      return self->ready;
    default:
      return TRUE;
    }
}

static void
update_buttons (KipImportAssistant *self)
{
  const char *next = steps[self->step].next;
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "import.next", next != NULL && can_go_on (self));
  gtk_widget_action_set_enabled (widget, "import.back", self->step > STEP_FILE && self->step < STEP_REPORT);
  gtk_widget_action_set_enabled (widget, "import.save-mapping", self->draft.map != NULL && self->step < STEP_REPORT);
  gtk_widget_action_set_enabled (widget, "import.load-mapping", self->draft.file != NULL && self->step < STEP_REPORT);
  gtk_widget_set_visible (self->back_button, self->step > STEP_FILE && self->step < STEP_REPORT);
  gtk_widget_set_visible (GTK_WIDGET (self->next_button), next != NULL);
  gtk_widget_set_visible (self->menu_button, self->step > STEP_FILE && self->step < STEP_REPORT);
  if (next != NULL)
    gtk_button_set_label (self->next_button, _(next));
}

static void
show_step (KipImportAssistant *self,
           Step                step)
{
  self->step = step;
  say_problem (self, NULL);
  gtk_stack_set_visible_child_name (self->stack, steps[step].name);
  adw_window_title_set_title (self->title, _(steps[step].title));
  update_buttons (self);
}

static void
fail (KipImportAssistant *self,
      const GError       *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    say_problem (self, error->message);
}

/* The newest reading only: what was asked before is for nobody any more. */
static GCancellable *
begin_reading (KipImportAssistant *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  return self->reading;
}

/* ---- reading the file ---- */

static void
show_columns (KipImportAssistant *self)
{
  kip_import_columns_show (self->columns, &self->draft);
  show_step (self, STEP_COLUMNS);
}

static void
take_sample (KipImportAssistant *self,
             KipImportSample    *sample)
{
  g_clear_pointer (&self->draft.sample, kip_import_sample_free);
  self->draft.sample = sample;
  if (self->draft.map == NULL)
    self->draft.map = kip_import_guess (sample);
  show_columns (self);
}

static void
sampled_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (KipImportAssistant) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KipImportSample) sample = kip_import_sample_read_finish (result, &error);

  if (sample != NULL)
    take_sample (self, g_steal_pointer (&sample));
  else
    fail (self, error);
}

static void
read_sample (KipImportAssistant *self)
{
  kip_import_sample_read_async (self->draft.file, self->draft.map, SAMPLE_ROWS, begin_reading (self), sampled_cb,
                                g_object_ref (self));
}

void
kip_import_assistant_take_file (KipImportAssistant *self,
                                GFile              *file)
{
  g_set_object (&self->draft.file, file);
  g_clear_pointer (&self->draft.map, kip_import_map_free);
  read_sample (self);
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GListModel) files = kip_file_chooser_open_finish (GTK_WIDGET (source), result);
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;

  if (file != NULL)
    kip_import_assistant_take_file (KIP_IMPORT_ASSISTANT (source), file);
}

static void
choose_cb (KipImportAssistant *self)
{
  kip_file_chooser_open_async (GTK_WIDGET (self), _("Choose a Table"), FALSE, NULL, chosen_cb, NULL);
}

static gboolean
drop_cb (KipImportAssistant *self,
         const GValue       *value)
{
  if (self->step != STEP_FILE)
    return FALSE;
  kip_import_assistant_take_file (self, g_value_get_object (value));
  return TRUE;
}

/* ---- mapping files: small, but on any disk ---- */

static void
load_map (GTask        *task,
          gpointer      source,
          gpointer      data,
          GCancellable *cancellable)
{
  GError *error = NULL;
  KipImportMap *map = kip_import_map_load (data, &error);

  if (map != NULL)
    g_task_return_pointer (task, map, (GDestroyNotify) kip_import_map_free);
  else
    g_task_return_error (task, error);
}

static void
map_loaded_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  KipImportAssistant *self = KIP_IMPORT_ASSISTANT (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (KipImportMap) map = g_task_propagate_pointer (G_TASK (result), &error);

  if (map == NULL)
    {
      fail (self, error);
      return;
    }
  g_clear_pointer (&self->draft.map, kip_import_map_free);
  self->draft.map = g_steal_pointer (&map);
  read_sample (self);
}

static void
map_chosen_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (GListModel) files = kip_file_chooser_open_finish (GTK_WIDGET (source), result);
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;
  g_autoptr (GTask) task = NULL;

  if (file == NULL)
    return;
  task = g_task_new (source, NULL, map_loaded_cb, NULL);
  g_task_set_task_data (task, g_file_get_path (file), g_free);
  g_task_run_in_thread (task, load_map);
}

static void
load_mapping (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  kip_file_chooser_open_async (widget, _("Choose a Mapping"), FALSE, NULL, map_chosen_cb, NULL);
}

static void
map_saved_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (KipImportAssistant) self = data;
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    fail (self, error);
}

static void
map_place_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  KipImportAssistant *self = KIP_IMPORT_ASSISTANT (source);
  g_autoptr (GFile) file = kip_file_chooser_save_finish (GTK_WIDGET (source), result);
  g_autofree char *text = kip_import_map_to_text (self->draft.map);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  if (file != NULL)
    g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL, map_saved_cb,
                                         g_object_ref (self));
}

static void
save_mapping (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  kip_file_chooser_save_async (widget, _("Save This Mapping"), _("mapping.ini"), map_place_cb, NULL);
}

/* ---- preview ---- */

static void
previewed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (KipImportAssistant) self = data;
  g_autoptr (KipImportReport) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tickets = kip_importer_preview_finish (KIP_STORE (source), result, &report, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->ready = tickets != NULL && tickets->len > 0;
  if (tickets != NULL)
    kip_import_preview_list_show (self->preview, tickets, report);
  else
    kip_import_preview_list_show_error (self->preview, error->message);
  update_buttons (self);
}

static void
show_preview (KipImportAssistant *self)
{
  self->ready = FALSE;
  show_step (self, STEP_PREVIEW);
  kip_import_preview_list_show_reading (self->preview);
  kip_importer_preview_async (kip_session_get_store (self->draft.session), self->draft.file, self->draft.map,
                              PREVIEW_TICKETS, begin_reading (self), previewed_cb, g_object_ref (self));
}

/* ---- importing ---- */

typedef struct
{
  KipStore     *store; /* (owned) */
  GFile        *file;  /* (owned) */
  KipImportMap *map;   /* (owned) */
} Import;

static void
import_free (gpointer data)
{
  Import *import = data;

  g_object_unref (import->store);
  g_object_unref (import->file);
  kip_import_map_free (import->map);
  g_free (import);
}

static gpointer
run (gpointer      data,
     gpointer      progress,
     GCancellable *cancellable,
     GError      **error)
{
  Import *import = data;

  return kip_importer_run (import->store, import->file, import->map, kip_job_progress, progress, cancellable, error);
}

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (KipImportAssistant) self = data;
  g_autoptr (GError) error = NULL;
  KipImportReport *report = kip_job_finish (result, &error);

  if (report == NULL)
    {
      fail (self, error);
      return;
    }
  kip_import_report_page_show (self->report, self->draft.session, report);
  show_step (self, STEP_REPORT);
}

static void
start_import (KipImportAssistant *self)
{
  Import *import = g_new0 (Import, 1);

  import->store = g_object_ref (kip_session_get_store (self->draft.session));
  import->file = g_object_ref (self->draft.file);
  import->map = kip_import_map_copy (self->draft.map);
  kip_job_run (GTK_WINDOW (self), _("Importing"), TRUE, run, import, import_free,
               (GDestroyNotify) kip_import_report_free, imported_cb, g_object_ref (self));
}

/* ---- going on and back ---- */

static void
show_values (KipImportAssistant *self)
{
  kip_import_values_step_show (self->values, &self->draft);
  if (kip_import_values_step_has_any (self->values))
    show_step (self, STEP_VALUES);
  else
    show_preview (self);
}

static void
go_next (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  KipImportAssistant *self = KIP_IMPORT_ASSISTANT (widget);

  if (!can_go_on (self))
    return;
  switch (self->step)
    {
    case STEP_COLUMNS:
      show_values (self);
      break;
    case STEP_VALUES:
      show_preview (self);
      break;
    case STEP_PREVIEW:
      start_import (self);
      break;
    default:
      gtk_window_close (GTK_WINDOW (self));
      break;
    }
}

/* Escape leaves what has cost no work yet, and what is done. */
static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *args,
           gpointer   data)
{
  KipImportAssistant *self = KIP_IMPORT_ASSISTANT (widget);

  if (self->step == STEP_FILE || self->step == STEP_REPORT)
    gtk_window_close (GTK_WINDOW (self));
  else
    gtk_widget_activate_action (widget, "import.back", NULL);
  return TRUE;
}

static void
go_back (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  KipImportAssistant *self = KIP_IMPORT_ASSISTANT (widget);

  g_cancellable_cancel (self->reading);
  switch (self->step)
    {
    case STEP_COLUMNS:
      show_step (self, STEP_FILE);
      break;
    case STEP_VALUES:
      show_columns (self);
      break;
    case STEP_PREVIEW:
      if (kip_import_values_step_has_any (self->values))
        show_step (self, STEP_VALUES);
      else
        show_columns (self);
      break;
    default:
      break;
    }
}

/* ---- object ---- */

static void
kip_import_assistant_dispose (GObject *object)
{
  KipImportAssistant *self = KIP_IMPORT_ASSISTANT (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  G_OBJECT_CLASS (kip_import_assistant_parent_class)->dispose (object);
}

static void
kip_import_assistant_finalize (GObject *object)
{
  KipImportAssistant *self = KIP_IMPORT_ASSISTANT (object);

  g_clear_object (&self->draft.session);
  g_clear_object (&self->draft.file);
  g_clear_pointer (&self->draft.sample, kip_import_sample_free);
  g_clear_pointer (&self->draft.map, kip_import_map_free);
  G_OBJECT_CLASS (kip_import_assistant_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, KipImportAssistant, title);
  gtk_widget_class_bind_template_child (widget_class, KipImportAssistant, back_button);
  gtk_widget_class_bind_template_child (widget_class, KipImportAssistant, next_button);
  gtk_widget_class_bind_template_child (widget_class, KipImportAssistant, menu_button);
  gtk_widget_class_bind_template_child (widget_class, KipImportAssistant, problem_revealer);
  gtk_widget_class_bind_template_child (widget_class, KipImportAssistant, problem);
  gtk_widget_class_bind_template_child (widget_class, KipImportAssistant, stack);
  gtk_widget_class_bind_template_child (widget_class, KipImportAssistant, file_page);
  gtk_widget_class_bind_template_child (widget_class, KipImportAssistant, choose_button);
  gtk_widget_class_bind_template_child (widget_class, KipImportAssistant, columns);
  gtk_widget_class_bind_template_child (widget_class, KipImportAssistant, values);
  gtk_widget_class_bind_template_child (widget_class, KipImportAssistant, preview);
  gtk_widget_class_bind_template_child (widget_class, KipImportAssistant, report);
}

static void
kip_import_assistant_class_init (KipImportAssistantClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_import_assistant_dispose;
  G_OBJECT_CLASS (klass)->finalize = kip_import_assistant_finalize;
  g_type_ensure (KIP_TYPE_IMPORT_COLUMNS);
  g_type_ensure (KIP_TYPE_IMPORT_PREVIEW_LIST);
  g_type_ensure (KIP_TYPE_IMPORT_REPORT_PAGE);
  g_type_ensure (KIP_TYPE_IMPORT_VALUES_STEP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-import-assistant.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "import.next", NULL, go_next);
  gtk_widget_class_install_action (widget_class, "import.back", NULL, go_back);
  gtk_widget_class_install_action (widget_class, "import.load-mapping", NULL, load_mapping);
  gtk_widget_class_install_action (widget_class, "import.save-mapping", NULL, save_mapping);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "import.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Right, GDK_ALT_MASK, "import.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}

static void
kip_import_assistant_init (KipImportAssistant *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (drop, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (self->file_page, GTK_EVENT_CONTROLLER (drop));
  g_signal_connect_swapped (self->choose_button, "clicked", G_CALLBACK (choose_cb), self);
  g_signal_connect_swapped (self->columns, "changed", G_CALLBACK (update_buttons), self);
  g_signal_connect_swapped (self->columns, "read-again", G_CALLBACK (read_sample), self);
  show_step (self, STEP_FILE);
}

/* ---- public ---- */

KipImportAssistant *
kip_import_assistant_present (GtkWindow  *parent,
                              KipSession *session)
{
  KipImportAssistant *self = g_object_new (KIP_TYPE_IMPORT_ASSISTANT, "transient-for", parent, NULL);

  self->draft.session = g_object_ref (session);
  if (parent != NULL)
    gtk_window_set_application (GTK_WINDOW (self), gtk_window_get_application (parent));
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
