/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-review-change.h"

#include "kip-settings-commands.h"

#include <glib/gi18n-lib.h>

#define HEIGHT 160 /* pixels of the text */

typedef struct
{
  KipSession  *session; /* (owned) */
  KipId        review;
  GtkTextView *view;    /* borrowed of the dialog */
} Editing;

static void
editing_free (gpointer  data,
              GClosure *closure)
{
  Editing *editing = data;

  g_object_unref (editing->session);
  g_free (editing);
}

static char *
text_of (GtkTextView *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Editing          *editing)
{
  KipStore *store = kip_session_get_store (editing->session);
  g_autofree char *agreed = text_of (editing->view);

  if (g_strcmp0 (response, "save") == 0)
    kip_session_do (editing->session,
                    kip_command_setting (store, KIP_KIND_REVIEW, editing->review, KIP_FIELD_REVIEW_AGREED, kip_value_text (agreed)),
                    _("Review changed"), NULL, NULL);
}

static GtkWidget *
new_text (Editing    *editing,
          const char *agreed)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  editing->view = GTK_TEXT_VIEW (gtk_text_view_new ());
  gtk_text_view_set_wrap_mode (editing->view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (editing->view, FALSE);
  gtk_text_view_set_left_margin (editing->view, 12);
  gtk_text_view_set_right_margin (editing->view, 12);
  gtk_text_view_set_top_margin (editing->view, 12);
  gtk_text_view_set_bottom_margin (editing->view, 12);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (editing->view), agreed != NULL ? agreed : "", -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (editing->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What was agreed"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (editing->view));
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), HEIGHT);
  gtk_widget_add_css_class (scrolled, "card");
  gtk_widget_set_overflow (scrolled, GTK_OVERFLOW_HIDDEN);
  return scrolled;
}

void
kip_review_change_agreed (GtkWindow  *parent,
                          KipSession *session,
                          KipId       id)
{
  const KipReview *review = kip_office_review (kip_store_get_office (kip_session_get_store (session)), id);
  GtkWidget *dialog = adw_message_dialog_new (parent, _("Change What Was Agreed"),
                                              _("The figures stay as they were kept. What was written before can be brought back."));
  Editing *editing = g_new0 (Editing, 1);

  editing->session = g_object_ref (session);
  editing->review = id;
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), new_text (editing, review != NULL ? review->agreed : NULL));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "save", _("_Save"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), editing, editing_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (GTK_WIDGET (editing->view));
}

void
kip_review_delete (KipSession *session,
                   KipId       review)
{
  kip_session_do (session, kip_command_archive (kip_session_get_store (session), KIP_KIND_REVIEW, review, TRUE),
                  _("Review deleted"), NULL, NULL);
}
