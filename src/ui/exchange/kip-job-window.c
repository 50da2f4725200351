/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-job-window.h"

#include <glib/gi18n-lib.h>

#define SHOW_AFTER_MS 400
#define LOOK_EVERY_MS 100
#define WHOLE 10000 /* progress is told between threads as an integer */

/* What the thread and the window share. */
typedef struct
{
  KipJobFunc     func;
  gpointer       data;           /* (owned) */
  GDestroyNotify destroy;
  GDestroyNotify destroy_result;
  int            done;           /* (atomic) of WHOLE; -1: nothing told yet */
} Job;

struct _KipJobWindow
{
  AdwWindow parent_instance;

  GCancellable *cancellable; /* (owned) */
  GTask        *task;        /* borrowed while it runs */
  guint         show_source;
  guint         look_source;

  GtkLabel       *label;
  GtkProgressBar *bar;
  GtkWidget      *cancel;
};

G_DEFINE_FINAL_TYPE (KipJobWindow, kip_job_window, ADW_TYPE_WINDOW)

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job->destroy != NULL)
    job->destroy (job->data);
  g_free (job);
}

void
kip_job_progress (double   fraction,
                  gpointer progress)
{
  Job *job = progress;

  g_atomic_int_set (&job->done, (int) (CLAMP (fraction, 0.0, 1.0) * WHOLE));
}

static void
run (GTask        *task,
     gpointer      source,
     gpointer      data,
     GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  gpointer result = job->func (job->data, job, cancellable, &error);

  if (result != NULL)
    g_task_return_pointer (task, result, job->destroy_result);
  else
    g_task_return_error (task, error);
}

/* ---- the window ---- */

static gboolean
look (gpointer data)
{
  KipJobWindow *self = data;
  Job *job = g_task_get_task_data (self->task);
  int done = g_atomic_int_get (&job->done);

  if (done < 0)
    gtk_progress_bar_pulse (self->bar);
  else
    gtk_progress_bar_set_fraction (self->bar, (double) done / WHOLE);
  return G_SOURCE_CONTINUE;
}

static gboolean
show (gpointer data)
{
  KipJobWindow *self = data;

  self->show_source = 0;
  self->look_source = g_timeout_add (LOOK_EVERY_MS, look, self);
  look (self);
  gtk_window_present (GTK_WINDOW (self));
  return G_SOURCE_REMOVE;
}

static void
cancel_cb (KipJobWindow *self)
{
  g_cancellable_cancel (self->cancellable);
  gtk_widget_set_sensitive (self->cancel, FALSE);
  gtk_button_set_label (GTK_BUTTON (self->cancel), _("Ending…"));
}

/* Closing it would not end the work: only the button does. */
static gboolean
close_request_cb (KipJobWindow *self)
{
  if (gtk_widget_get_visible (self->cancel))
    cancel_cb (self);
  return TRUE;
}

static void
completed_cb (KipJobWindow *self)
{
  g_clear_handle_id (&self->show_source, g_source_remove);
  g_clear_handle_id (&self->look_source, g_source_remove);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* ---- object ---- */

static void
kip_job_window_dispose (GObject *object)
{
  KipJobWindow *self = KIP_JOB_WINDOW (object);

  g_clear_handle_id (&self->show_source, g_source_remove);
  g_clear_handle_id (&self->look_source, g_source_remove);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (kip_job_window_parent_class)->dispose (object);
}

static void
kip_job_window_class_init (KipJobWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_job_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-job-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KipJobWindow, label);
  gtk_widget_class_bind_template_child (widget_class, KipJobWindow, bar);
  gtk_widget_class_bind_template_child (widget_class, KipJobWindow, cancel);
}

static void
kip_job_window_init (KipJobWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->cancel, "clicked", G_CALLBACK (cancel_cb), self);
  g_signal_connect (self, "close-request", G_CALLBACK (close_request_cb), NULL);
}

/* ---- public ---- */

void
kip_job_run (GtkWindow          *parent,
             const char         *title,
             gboolean            can_cancel,
             KipJobFunc          func,
             gpointer            data,
             GDestroyNotify      destroy,
             GDestroyNotify      destroy_result,
             GAsyncReadyCallback callback,
             gpointer            callback_data)
{
  KipJobWindow *self = g_object_new (KIP_TYPE_JOB_WINDOW, "transient-for", parent, "title", title, NULL);
  g_autoptr (GTask) task = g_task_new (parent, self->cancellable, callback, callback_data);
  Job *job = g_new0 (Job, 1);

  job->func = func;
  job->data = data;
  job->destroy = destroy;
  job->destroy_result = destroy_result;
  job->done = -1;
  self->task = task;
  gtk_label_set_text (self->label, title);
  gtk_widget_set_visible (self->cancel, can_cancel);
  self->show_source = g_timeout_add (SHOW_AFTER_MS, show, self);
  g_task_set_check_cancellable (task, FALSE); /* what was done until then is a result, too */
  g_task_set_task_data (task, job, job_free);
  g_signal_connect_object (task, "notify::completed", G_CALLBACK (completed_cb), self, G_CONNECT_SWAPPED);
  g_task_run_in_thread (task, run);
}

gpointer
kip_job_finish (GAsyncResult *result,
                GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
