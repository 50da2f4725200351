/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sharing-keys.h"

#include <glib/gi18n-lib.h>

#include "kip-settings-window.h"
#include "kip-sharing-parts.h"

struct _KipSharingKeys
{
  AdwPreferencesGroup parent_instance;

  KipSync *sync; /* (owned) (nullable) */

  AdwActionRow *passphrase_row;
  GtkWidget    *passphrase_button, *key_button, *recovery_button;
};

G_DEFINE_FINAL_TYPE (KipSharingKeys, kip_sharing_keys, ADW_TYPE_PREFERENCES_GROUP)

/* ---- a new key ---- */

static void
changing_cb (KipSharingKeys *self,
             const char     *response)
{
  if (g_str_equal (response, "do") && self->sync != NULL)
    kip_sync_change_key_async (self->sync, kip_sharing_decided_cb, kip_sharing_deciding (GTK_WIDGET (self)));
}

static void
key_cb (KipSharingKeys *self)
{
  AdwMessageDialog *dialog = kip_sharing_ask (GTK_WIDGET (self), _("Change the Key?"),
                                              _("What is written from now on is sealed with a new key. The computers that take part get it by themselves with their next sync; nobody has to type anything, and the passphrase stays. What was written before stays readable to who had the old key."),
                                              _("C_hange the Key"), ADW_RESPONSE_SUGGESTED);

  g_signal_connect_object (dialog, "response", G_CALLBACK (changing_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- a new passphrase ---- */

static GtkEditable *
row_of (GtkWidget  *dialog,
        const char *name)
{
  return g_object_get_data (G_OBJECT (dialog), name);
}

static void
typed_cb (GtkWidget *dialog)
{
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "do",
                                           kip_sharing_is_passphrase (row_of (dialog, "kip-one"), row_of (dialog, "kip-two")));
}

static void
setting_cb (AdwMessageDialog *dialog,
            const char       *response,
            KipSharingKeys   *self)
{
  if (g_str_equal (response, "do") && self->sync != NULL)
    kip_sync_set_passphrase_async (self->sync, gtk_editable_get_text (row_of (GTK_WIDGET (dialog), "kip-one")),
                                   kip_sharing_decided_cb, kip_sharing_deciding (GTK_WIDGET (self)));
}

static void
add_entry (GtkWidget        *list,
           AdwMessageDialog *dialog,
           const char       *name,
           const char       *title)
{
  GtkWidget *row = adw_password_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  /* A dialog that closes takes its rows down one by one, and each says that it changed. */
  g_object_set_data_full (G_OBJECT (dialog), name, g_object_ref (row), g_object_unref);
  g_signal_connect_object (row, "changed", G_CALLBACK (typed_cb), dialog, G_CONNECT_SWAPPED);
}

static void
passphrase_cb (KipSharingKeys *self)
{
  AdwMessageDialog *dialog = kip_sharing_ask (GTK_WIDGET (self), _("New Passphrase"),
                                              _("Whoever joins from now on needs this one; with the old one nothing can be read that is written from now on. The computers that take part already notice nothing of it."),
                                              _("_Set"), ADW_RESPONSE_SUGGESTED);
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  add_entry (list, dialog, "kip-one", _("Passphrase, three or four words"));
  add_entry (list, dialog, "kip-two", _("The same again"));
  adw_message_dialog_set_extra_child (dialog, list);
  adw_message_dialog_set_response_enabled (dialog, "do", FALSE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (setting_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- a recovery code ---- */

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (KipSharingKeys) self = data;
  g_autoptr (GError) error = NULL;
  gboolean is_valid;
  g_autofree char *code = kip_sync_make_recovery_finish (KIP_SYNC (source), result, &is_valid, &error);

  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  if (code == NULL)
    kip_sharing_say_failure (GTK_WIDGET (self), error);
  if (code == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), code);
  if (!is_valid)
    kip_settings_show_message (GTK_WIDGET (self), code, _("This code is not valid yet, as the share cannot be written just now. It was copied; write it down, as Kip does not keep it. It opens the office once the header says that everything is shared."));
  else
    kip_settings_show_message (GTK_WIDGET (self), code, _("Print this code or write it down, and lock it away: Kip does not keep it and cannot show it again. It was copied. Whoever has it and reaches the file comes in with your rights: on the other computer choose “Join an Office” and type it as a join code. It is listed among the computers, where you can remove it."));
}

static void
making_cb (KipSharingKeys *self,
           const char     *response)
{
  if (g_str_equal (response, "do") && self->sync != NULL)
    kip_sync_make_recovery_async (self->sync, made_cb, kip_sharing_deciding (GTK_WIDGET (self)));
}

static void
recovery_cb (KipSharingKeys *self)
{
  AdwMessageDialog *dialog = kip_sharing_ask (GTK_WIDGET (self), _("Make a Recovery Code?"),
                                              _("It lets one new computer in, with your rights, when nobody is there to ask. It is as valuable as your own computer: keep it on paper, in a safe place."),
                                              _("Ma_ke the Code"), ADW_RESPONSE_SUGGESTED);

  g_signal_connect_object (dialog, "response", G_CALLBACK (making_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- object ---- */

void
kip_sharing_keys_show (KipSharingKeys      *self,
                       KipSync             *sync,
                       const KipSyncStatus *status,
                       gboolean             may)
{
  g_set_object (&self->sync, sync);
  adw_action_row_set_subtitle (self->passphrase_row, status->has_passphrase
                               ? _("Whoever knows it and reaches the file can read it, and ask to be let in")
                               : _("There is none, so others join by a code only. The removal of a computer ends it"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), may ? NULL : _("Managers decide on this."));
  gtk_widget_set_visible (self->passphrase_button, may);
  gtk_widget_set_visible (self->key_button, may);
  gtk_widget_set_visible (self->recovery_button, may);
}

static void
kip_sharing_keys_dispose (GObject *object)
{
  g_clear_object (&KIP_SHARING_KEYS (object)->sync);
  G_OBJECT_CLASS (kip_sharing_keys_parent_class)->dispose (object);
}

static void
kip_sharing_keys_class_init (KipSharingKeysClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_sharing_keys_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-sharing-keys.ui");
  gtk_widget_class_bind_template_child (widget_class, KipSharingKeys, passphrase_row);
  gtk_widget_class_bind_template_child (widget_class, KipSharingKeys, passphrase_button);
  gtk_widget_class_bind_template_child (widget_class, KipSharingKeys, key_button);
  gtk_widget_class_bind_template_child (widget_class, KipSharingKeys, recovery_button);
  gtk_widget_class_bind_template_callback (widget_class, passphrase_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
  gtk_widget_class_bind_template_callback (widget_class, recovery_cb);
}

static void
kip_sharing_keys_init (KipSharingKeys *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
