/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-survey-dialog.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define N_SCORES 5

#define KIP_TYPE_SURVEY_DIALOG (kip_survey_dialog_get_type ())
G_DECLARE_FINAL_TYPE (KipSurveyDialog, kip_survey_dialog, KIP, SURVEY_DIALOG, AdwWindow)

struct _KipSurveyDialog
{
  AdwWindow    parent_instance;
  GtkLabel    *question_label;
  GtkWidget   *scores_box;
  AdwEntryRow *comment_row;
  GtkWidget   *log_button;
  GtkWidget   *scores[N_SCORES]; /* 1 first */
  KipCase     *kase;             /* (owned) */
  KipId        ticket;
};

G_DEFINE_FINAL_TYPE (KipSurveyDialog, kip_survey_dialog, ADW_TYPE_WINDOW)

/* 0: none was chosen yet. */
static int
chosen_score (KipSurveyDialog *self)
{
  for (int i = 0; i < N_SCORES; i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->scores[i])))
      return i + 1;
  return 0;
}

static void
score_toggled_cb (KipSurveyDialog *self)
{
  gtk_widget_set_sensitive (self->log_button, chosen_score (self) != 0);
}

static void
log_cb (KipSurveyDialog *self)
{
  int score = chosen_score (self);

  if (score == 0)
    return;
  kip_case_do (self->kase,
               kip_command_survey (kip_case_get_store (self->kase), self->ticket, score,
                                   gtk_editable_get_text (GTK_EDITABLE (self->comment_row))),
               _("Follow-up call logged"));
  gtk_window_destroy (GTK_WINDOW (self));
}

static GtkWidget *
new_score (KipSurveyDialog *self,
           int              score)
{
  g_autofree char *text = g_strdup_printf ("_%d", score);
  GtkWidget *button = gtk_toggle_button_new_with_mnemonic (text);

  gtk_widget_add_css_class (button, "numeric");
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (score_toggled_cb), self);
  return button;
}

static void
build_scores (KipSurveyDialog *self)
{
  for (int i = 0; i < N_SCORES; i++)
    {
      self->scores[i] = new_score (self, i + 1);
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->scores[i]), GTK_TOGGLE_BUTTON (self->scores[0]));
      gtk_box_append (GTK_BOX (self->scores_box), self->scores[i]);
    }
}

static void
kip_survey_dialog_dispose (GObject *object)
{
  g_clear_object (&KIP_SURVEY_DIALOG (object)->kase);
  G_OBJECT_CLASS (kip_survey_dialog_parent_class)->dispose (object);
}

static void
kip_survey_dialog_class_init (KipSurveyDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_survey_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-survey-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, KipSurveyDialog, question_label);
  gtk_widget_class_bind_template_child (widget_class, KipSurveyDialog, scores_box);
  gtk_widget_class_bind_template_child (widget_class, KipSurveyDialog, comment_row);
  gtk_widget_class_bind_template_child (widget_class, KipSurveyDialog, log_button);
  gtk_widget_class_bind_template_callback (widget_class, log_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
kip_survey_dialog_init (KipSurveyDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  build_scores (self);
}

void
kip_survey_dialog_present (GtkWidget *widget,
                           KipCase   *kase)
{
  KipTicket *ticket = kip_case_get_ticket (kase);
  const KipPerson *person;
  g_autofree char *question = NULL;
  KipSurveyDialog *self;

  if (ticket == NULL)
    return;
  self = g_object_new (KIP_TYPE_SURVEY_DIALOG, "transient-for", gtk_widget_get_root (widget), NULL);
  self->kase = g_object_ref (kase);
  self->ticket = ticket->id;
  person = kip_office_person (kip_case_get_office (kase), ticket->requester);
  if (person != NULL)
    question = g_strdup_printf (_("How satisfied is %s with what was done?"), person->name);
  gtk_label_set_label (self->question_label,
                       question != NULL ? question : _("How satisfied is the requester with what was done?"));
  gtk_widget_grab_focus (self->scores[0]);
  gtk_window_present (GTK_WINDOW (self));
}
