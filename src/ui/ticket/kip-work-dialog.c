/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-work-dialog.h"

#include "kip-clock.h"
#include "kip-format.h"
#include "kip-work-timer.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define KIP_TYPE_WORK_DIALOG (kip_work_dialog_get_type ())
G_DECLARE_FINAL_TYPE (KipWorkDialog, kip_work_dialog, KIP, WORK_DIALOG, AdwWindow)

struct _KipWorkDialog
{
  AdwWindow     parent_instance;
  AdwEntryRow  *time_row;
  AdwEntryRow  *note_row;
  AdwActionRow *timer_row;
  GtkButton    *timer_button;
  GtkWidget    *log_button;
  KipCase      *kase;   /* (owned) */
  KipId         ticket;
  guint         timer;
};

G_DEFINE_FINAL_TYPE (KipWorkDialog, kip_work_dialog, ADW_TYPE_WINDOW)

static gboolean
read_time (KipWorkDialog *self,
           gint64        *seconds)
{
  return kip_parse_duration (gtk_editable_get_text (GTK_EDITABLE (self->time_row)), seconds);
}

static void
time_changed_cb (KipWorkDialog *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->time_row));
  gint64 seconds;
  gboolean ok = read_time (self, &seconds);

  gtk_widget_set_sensitive (self->log_button, ok);
  if (ok || *text == '\0')
    gtk_widget_remove_css_class (GTK_WIDGET (self->time_row), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->time_row), "error");
}

static void
log_cb (KipWorkDialog *self)
{
  KipStore *store = kip_case_get_store (self->kase);
  g_autofree char *duration = NULL;
  g_autofree char *label = NULL;
  gint64 seconds;

  if (!read_time (self, &seconds))
    return;
  duration = kip_format_duration (seconds);
  label = g_strdup_printf (_("%s of work logged"), duration);
  kip_case_do (self->kase,
               kip_command_work (store, self->ticket, seconds,
                                 gtk_editable_get_text (GTK_EDITABLE (self->note_row))),
               label);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* ---- timer ---- */

static gboolean
tick_cb (gpointer data)
{
  KipWorkDialog *self = data;
  KipInstant started = kip_work_timer_get (kip_case_get_store (self->kase), self->ticket);
  gboolean running = started != KIP_INSTANT_NONE;
  g_autofree char *elapsed = running
                             ? kip_format_duration ((kip_clock_now () - started) / KIP_MS_PER_SECOND) : NULL;

  adw_action_row_set_subtitle (self->timer_row, running ? elapsed : _("Goes on while Kip is closed"));
  gtk_button_set_label (self->timer_button, running ? _("S_top") : _("S_tart"));
  return G_SOURCE_CONTINUE;
}

/* What was measured is put into the entry, a begun minute as a whole one. */
static void
take_measured (KipWorkDialog *self,
               gint64         seconds)
{
  g_autofree char *text = kip_format_countdown (MAX (seconds + 59, 60));

  gtk_editable_set_text (GTK_EDITABLE (self->time_row), text);
}

static void
timer_clicked_cb (KipWorkDialog *self)
{
  KipStore *store = kip_case_get_store (self->kase);
  KipInstant now = kip_clock_now ();

  if (kip_work_timer_get (store, self->ticket) == KIP_INSTANT_NONE)
    kip_work_timer_start (store, self->ticket, now);
  else
    take_measured (self, kip_work_timer_stop (store, self->ticket, now));
  tick_cb (self);
}

/* ---- object ---- */

static void
kip_work_dialog_dispose (GObject *object)
{
  KipWorkDialog *self = KIP_WORK_DIALOG (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->kase);
  G_OBJECT_CLASS (kip_work_dialog_parent_class)->dispose (object);
}

static void
kip_work_dialog_class_init (KipWorkDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_work_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-work-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, KipWorkDialog, time_row);
  gtk_widget_class_bind_template_child (widget_class, KipWorkDialog, note_row);
  gtk_widget_class_bind_template_child (widget_class, KipWorkDialog, timer_row);
  gtk_widget_class_bind_template_child (widget_class, KipWorkDialog, timer_button);
  gtk_widget_class_bind_template_child (widget_class, KipWorkDialog, log_button);
  gtk_widget_class_bind_template_callback (widget_class, log_cb);
  gtk_widget_class_bind_template_callback (widget_class, time_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, timer_clicked_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
kip_work_dialog_init (KipWorkDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
kip_work_dialog_present (GtkWidget *widget,
                         KipCase   *kase)
{
  KipWorkDialog *self;

  if (kip_case_get_ticket (kase) == NULL)
    return;
  self = g_object_new (KIP_TYPE_WORK_DIALOG, "transient-for", gtk_widget_get_root (widget), NULL);
  self->kase = g_object_ref (kase);
  self->ticket = kip_case_get_id (kase);
  self->timer = g_timeout_add_seconds (1, tick_cb, self);
  tick_cb (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->time_row));
}
