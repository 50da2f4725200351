/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sharing-codes.h"

#include <glib/gi18n-lib.h>

#include "kip-settings-window.h"
#include "kip-sharing-parts.h"

struct _KipSharingCodes
{
  AdwPreferencesGroup parent_instance;

  KipStore *store; /* (owned) (nullable) */
  KipSync  *sync;  /* (owned) (nullable) */

  AdwComboRow  *person_row;
  AdwActionRow *code_row;
  GtkWidget    *button;
};

G_DEFINE_FINAL_TYPE (KipSharingCodes, kip_sharing_codes, ADW_TYPE_PREFERENCES_GROUP)

static GPtrArray *
agents_of (KipSharingCodes *self)
{
  return kip_office_get_agents (kip_store_get_office (self->store));
}

static void
show_people (KipSharingCodes *self)
{
  GPtrArray *agents = agents_of (self);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = adw_combo_row_get_selected (self->person_row);

  for (guint i = 0; i < agents->len; i++)
    gtk_string_list_append (names, ((KipPerson *) g_ptr_array_index (agents, i))->name);
  adw_combo_row_set_model (self->person_row, G_LIST_MODEL (names));
  if (selected < agents->len)
    adw_combo_row_set_selected (self->person_row, selected);
}

static void
invited_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (KipSharingCodes) self = data;
  g_autoptr (GError) error = NULL;
  gboolean is_valid;
  g_autofree char *code = kip_sync_invite_finish (KIP_SYNC (source), result, &is_valid, &error);

  gtk_widget_set_sensitive (self->button, TRUE);
  if (code == NULL)
    kip_sharing_say_failure (GTK_WIDGET (self), error);
  if (code == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  adw_action_row_set_subtitle (self->code_row, code);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), code);
  kip_settings_show_message (GTK_WIDGET (self), code, !is_valid ? _("This code is not valid yet, as the share cannot be written just now. It was copied, and opens the office once the header says that everything is shared.")
       : _("This join code lets one computer in within a week. It was copied; give it to nobody but the person it is for. On the other computer choose “Join an Office”."));
}

static void
invite_cb (KipSharingCodes *self)
{
  GPtrArray *agents = agents_of (self);
  guint selected = adw_combo_row_get_selected (self->person_row);

  if (selected >= agents->len || self->sync == NULL)
    return;
  gtk_widget_set_sensitive (self->button, FALSE);
  kip_sync_invite_async (self->sync, ((KipPerson *) g_ptr_array_index (agents, selected))->id, invited_cb, g_object_ref (self));
}

void
kip_sharing_codes_set (KipSharingCodes *self,
                       KipStore        *store,
                       KipSync         *sync)
{
  g_set_object (&self->store, store);
  g_set_object (&self->sync, sync);
  g_signal_connect_object (store, "office-changed", G_CALLBACK (show_people), self, G_CONNECT_SWAPPED);
  show_people (self);
}

/* ---- object ---- */

static void
kip_sharing_codes_dispose (GObject *object)
{
  KipSharingCodes *self = KIP_SHARING_CODES (object);

  g_clear_object (&self->sync);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kip_sharing_codes_parent_class)->dispose (object);
}

static void
kip_sharing_codes_class_init (KipSharingCodesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_sharing_codes_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-sharing-codes.ui");
  gtk_widget_class_bind_template_child (widget_class, KipSharingCodes, person_row);
  gtk_widget_class_bind_template_child (widget_class, KipSharingCodes, code_row);
  gtk_widget_class_bind_template_child (widget_class, KipSharingCodes, button);
  gtk_widget_class_bind_template_callback (widget_class, invite_cb);
}

static void
kip_sharing_codes_init (KipSharingCodes *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
