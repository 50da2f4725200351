/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-name-dialog.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GtkWidget     *entry; /* of the dialog */
  KipNameFunc    func;
  gpointer       data;
  GDestroyNotify destroy;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  if (question->destroy != NULL)
    question->destroy (question->data);
  g_free (question);
}

/* (transfer full) */
static char *
trimmed (GtkWidget *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
}

static void
changed_cb (GtkWidget        *entry,
            AdwMessageDialog *dialog)
{
  g_autofree char *name = trimmed (entry);

  adw_message_dialog_set_response_enabled (dialog, "accept", *name != '\0');
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Question         *question)
{
  g_autofree char *name = trimmed (question->entry);

  if (g_str_equal (response, "accept") && *name != '\0')
    question->func (name, question->data);
}

static GtkWidget *
new_row (const char *label,
         const char *name)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  gtk_editable_set_text (GTK_EDITABLE (row), name != NULL ? name : "");
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  return row;
}

void
kip_ask_name (GtkWidget     *parent,
              const char    *heading,
              const char    *body,
              const char    *label,
              const char    *name,
              const char    *accept,
              KipNameFunc    func,
              gpointer       data,
              GDestroyNotify destroy)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (parent));
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (window, heading, body));
  GtkWidget *list = gtk_list_box_new ();
  Question *question = g_new0 (Question, 1);

  question->entry = new_row (label, name);
  question->func = func;
  question->data = data;
  question->destroy = destroy;
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), question->entry);
  adw_message_dialog_set_extra_child (dialog, list);
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "accept", accept, NULL);
  adw_message_dialog_set_response_appearance (dialog, "accept", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "accept");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect (question->entry, "changed", G_CALLBACK (changed_cb), dialog);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), question,
                         (GClosureNotify) G_CALLBACK (question_free), 0);
  changed_cb (question->entry, dialog);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (question->entry);
}
