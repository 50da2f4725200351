/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sharing-parts.h"

#include <glib/gi18n-lib.h>

#include "kip-settings-window.h"

#define SHORTEST 8

/* ---- what is asked, and what came of it ---- */

gboolean
kip_sharing_is_passphrase (GtkEditable *one,
                           GtkEditable *two)
{
  const char *text = gtk_editable_get_text (one);

  return g_utf8_strlen (text, -1) >= SHORTEST && g_str_equal (text, gtk_editable_get_text (two));
}

AdwMessageDialog *
kip_sharing_ask (GtkWidget            *from,
                 const char           *heading,
                 const char           *body,
                 const char           *label,
                 AdwResponseAppearance appearance)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (from)), heading, body));

  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "do", label, NULL);
  adw_message_dialog_set_response_appearance (dialog, "do", appearance);
  return dialog;
}

void
kip_sharing_say_failure (GtkWidget    *from,
                         const GError *error)
{
  if (gtk_widget_get_root (from) != NULL)
    kip_settings_show_message (from, _("Not Done"), error->message);
}

gpointer
kip_sharing_deciding (GtkWidget *widget)
{
  gtk_widget_set_sensitive (widget, FALSE);
  return g_object_ref (widget);
}

void
kip_sharing_decided_cb (GObject      *sync,
                        GAsyncResult *result,
                        gpointer      widget)
{
  g_autoptr (GtkWidget) from = widget;
  g_autoptr (GError) error = NULL;

  if (!kip_sync_decide_finish (KIP_SYNC (sync), result, &error))
    kip_sharing_say_failure (from, error);
  gtk_widget_set_sensitive (from, TRUE);
}

/* ---- rows ---- */

GtkWidget *
kip_sharing_row_new (const char *title,
                     const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  return row;
}

GtkWidget *
kip_sharing_row_add_button (GtkWidget  *row,
                            const char *label)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return button;
}

struct _KipSharingRows
{
  GtkWidget        *parent;
  KipSharingRowFunc add, remove;
  GPtrArray        *rows; /* (owned) of GtkWidget, borrowed */
  char             *text; /* (owned) (nullable) what they say */
};

KipSharingRows *
kip_sharing_rows_new (GtkWidget        *parent,
                      KipSharingRowFunc add,
                      KipSharingRowFunc remove)
{
  KipSharingRows *self = g_new0 (KipSharingRows, 1);

  self->parent = parent;
  self->add = add;
  self->remove = remove;
  self->rows = g_ptr_array_new ();
  return self;
}

void
kip_sharing_rows_free (KipSharingRows *self)
{
  g_ptr_array_unref (self->rows);
  g_free (self->text);
  g_free (self);
}

gboolean
kip_sharing_rows_begin (KipSharingRows *self,
                        char           *text)
{
  g_autofree char *before = g_steal_pointer (&self->text);

  self->text = text;
  if (g_strcmp0 (text, before) == 0)
    return FALSE;
  for (guint i = 0; i < self->rows->len; i++)
    self->remove (self->parent, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  return TRUE;
}

void
kip_sharing_rows_add (KipSharingRows *self,
                      GtkWidget      *row)
{
  self->add (self->parent, row);
  g_ptr_array_add (self->rows, row);
}
