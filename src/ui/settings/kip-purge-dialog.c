/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-purge-dialog.h"

#include <glib/gi18n-lib.h>

#include "kip-store-purge.h"

typedef struct
{
  GtkWidget *from;   /* (owned) */
  KipStore  *store;  /* (owned) */
  KipId      person;
  char      *name;   /* (owned) */
  void (*done)(GtkWidget *from);
  GtkWidget *dialog; /* (nullable) borrowed: asks, or says that it is under way */
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_object_unref (asking->from);
  g_object_unref (asking->store);
  g_free (asking->name);
  g_free (asking);
}

static GtkWindow *
window_of (Asking *asking)
{
  GtkRoot *root = gtk_widget_get_root (asking->from);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static GtkWidget *
say (Asking     *asking,
     const char *heading,
     const char *body)
{
  GtkWidget *dialog;

  if (window_of (asking) == NULL)
    return NULL;
  dialog = adw_message_dialog_new (window_of (asking), heading, body);
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}

static void
say_and_close (Asking     *asking,
               const char *heading,
               const char *body)
{
  GtkWidget *dialog = say (asking, heading, body);

  if (dialog != NULL)
    adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
}

/* ---- doing it ---- */

static void
purged_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Asking *asking = data;
  g_autoptr (GError) error = NULL;
  gboolean ok = kip_store_purge_finish (KIP_STORE (source), result, &error);

  if (asking->dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (asking->dialog));
  if (!ok)
    say_and_close (asking, _("Not Done"), error->message);
  else
    {
      /* It may leave the page that it was asked from, and with it the window is not to be found any more. */
      say_and_close (asking, _("Removed for Good"),
                     _("On this computer nothing of it is left. The others remove it as they sync, and the shared file is written anew; older copies of it that a repair set aside are deleted."));
      if (asking->done != NULL && window_of (asking) != NULL)
        asking->done (asking->from);
    }
  asking_free (asking);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Asking           *asking)
{
  if (!g_str_equal (response, "remove"))
    {
      asking_free (asking);
      return;
    }
  asking->dialog = say (asking, _("Removing…"), _("The data of the office is written anew without it."));
  if (asking->dialog != NULL)
    g_object_add_weak_pointer (G_OBJECT (asking->dialog), (gpointer *) &asking->dialog);
  kip_store_purge_async (asking->store, asking->person, purged_cb, asking);
}

/* ---- asking ---- */

static void
typed_cb (GtkEditable      *entry,
          AdwMessageDialog *dialog)
{
  const char *name = g_object_get_data (G_OBJECT (entry), "kip-name");
  g_autofree char *typed = g_utf8_normalize (gtk_editable_get_text (entry), -1, G_NORMALIZE_NFC);
  g_autofree char *wanted = g_utf8_normalize (name, -1, G_NORMALIZE_NFC);

  adw_message_dialog_set_response_enabled (dialog, "remove", g_strcmp0 (g_strstrip (typed), g_strstrip (wanted)) == 0);
}

static char *
describe (const KipPurgeCount *count)
{
  g_autofree char *tickets = g_strdup_printf (ngettext ("%u ticket", "%u tickets", count->n_tickets), count->n_tickets);
  g_autofree char *messages = g_strdup_printf (ngettext ("%u message", "%u messages", count->n_messages), count->n_messages);
  g_autofree char *files = g_strdup_printf (ngettext ("%u attachment", "%u attachments", count->n_attachments), count->n_attachments);
  g_autofree char *open = g_strdup_printf (ngettext ("%u is open and is put away.", "%u are open and are put away.", count->n_open), count->n_open);
  g_autofree char *copies = g_strdup_printf (ngettext ("%u automatic copy on this computer is deleted, and a new one is made.",
                                                       "%u automatic copies on this computer are deleted, and a new one is made.", count->n_backups),
                                             count->n_backups);

  /* Translators: the first three are "12 tickets", "30 messages", "2 attachments", the others whole sentences. */
  return g_strdup_printf (_("This goes, on every computer of the office: name, phone, mail, department and notes of the person; and every word of %s: "
                            "subjects, descriptions, %s, %s, tags, notes and drafts. %s %s\n\n"
                            "This stays, so that figures stay what they were: that there were these tickets, their numbers, times and states, and who worked on them. "
                            "What was said about the person in other tickets stays, too, and so do backups and exports that you made yourself, and computers "
                            "that never come back.\n\nThere is no way back."),
                          tickets, messages, files, count->n_open > 0 ? open : "", count->n_backups > 0 ? copies : "");
}

static GtkWidget *
make_entry (Asking           *asking,
            AdwMessageDialog *dialog)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_entry_row_new ();
  g_autofree char *title = g_strdup_printf (_("Type “%s” to go on"), asking->name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  g_object_set_data_full (G_OBJECT (row), "kip-name", g_strdup (asking->name), g_free);
  g_signal_connect_object (row, "changed", G_CALLBACK (typed_cb), dialog, 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return group;
}

static void
ask (Asking              *asking,
     const KipPurgeCount *count)
{
  g_autofree char *heading = g_strdup_printf (_("Remove All Data of “%s” for Good?"), asking->name);
  g_autofree char *body = describe (count);
  GtkWidget *dialog = adw_message_dialog_new (window_of (asking), heading, body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "remove", _("_Remove for Good"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "remove", FALSE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), make_entry (asking, ADW_MESSAGE_DIALOG (dialog)));
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), asking);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Asking *asking = data;
  g_autoptr (GError) error = NULL;
  KipPurgeCount count;

  if (!kip_store_count_purge_finish (KIP_STORE (source), result, &count, &error))
    say_and_close (asking, _("Not Done"), error->message);
  else if (window_of (asking) != NULL)
    {
      ask (asking, &count);
      return;
    }
  asking_free (asking);
}

void
kip_purge_dialog_ask (GtkWidget *from,
                      KipStore  *store,
                      KipId      person,
                      void (    *done )(GtkWidget *from))
{
  const KipPerson *known = kip_office_person (kip_store_get_office (store), person);
  Asking *asking;

  if (known == NULL)
    return;
  asking = g_new0 (Asking, 1);
  asking->from = g_object_ref (from);
  asking->store = g_object_ref (store);
  asking->person = person;
  asking->name = g_strdup (known->name);
  asking->done = done;
  kip_store_count_purge_async (store, person, NULL, counted_cb, asking);
}
