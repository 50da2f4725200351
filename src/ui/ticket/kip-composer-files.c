/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-composer-private.h"

#include "kip-attachments.h"
#include "kip-clock.h"
#include "kip-file-chooser.h"
#include "kip-format.h"

#include <glib/gi18n-lib.h>

/* An attachment belongs to the ticket from the moment it is kept: nothing is lost
 * when the message beside it is never sent, and Undo takes it away again. */

static KipSession *
session_of (KipComposer *self)
{
  return kip_case_get_session (kip_case_widget_get_case (KIP_CASE_WIDGET (self)));
}

static void
attached_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (KipComposer) self = data;
  g_autoptr (GError) error = NULL;

  if (!kip_attachments_add_finish (KIP_SESSION (source), result, &error))
    g_signal_emit_by_name (source, "failed", error);
  self->n_attaching--;
  if (self->write_box != NULL)
    kip_composer_show_status (self);
}

static void
attach_file (KipComposer *self,
             GFile       *file)
{
  self->n_attaching++;
  kip_composer_show_status (self);
  kip_attachments_add_file_async (session_of (self), self->ticket, file, NULL, attached_cb, g_object_ref (self));
}

static void
attach_texture (KipComposer *self,
                GdkTexture  *texture)
{
  g_autofree char *when = kip_format_instant (kip_clock_now (), NULL);
  /* Translators: the file name of a picture that was pasted; %s is a date and time */
  g_autofree char *name = g_strdup_printf (_("Picture %s.png"), when);

  g_strdelimit (name, "/:", '.');
  self->n_attaching++;
  kip_composer_show_status (self);
  kip_attachments_add_texture_async (session_of (self), self->ticket, texture, name, NULL, attached_cb,
                                     g_object_ref (self));
}

gboolean
kip_composer_attach_value (KipComposer  *self,
                           const GValue *value)
{
  g_return_val_if_fail (KIP_IS_COMPOSER (self), FALSE);

  if (self->ticket == KIP_ID_NONE)
    return FALSE;
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    for (GSList *l = g_value_get_boxed (value); l != NULL; l = l->next)
      attach_file (self, l->data);
  else if (G_VALUE_HOLDS (value, G_TYPE_FILE) && g_value_get_object (value) != NULL)
    attach_file (self, g_value_get_object (value));
  else if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE) && g_value_get_object (value) != NULL)
    attach_texture (self, g_value_get_object (value));
  else
    return FALSE;
  return TRUE;
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  KipComposer *self = KIP_COMPOSER (source);
  g_autoptr (GListModel) files = kip_file_chooser_open_finish (GTK_WIDGET (self), result);
  guint n = files != NULL && self->ticket != KIP_ID_NONE ? g_list_model_get_n_items (files) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      attach_file (self, file);
    }
}

void
kip_composer_choose_files (KipComposer *self)
{
  g_return_if_fail (KIP_IS_COMPOSER (self));

  if (self->ticket != KIP_ID_NONE)
    kip_file_chooser_open_async (GTK_WIDGET (self), _("Attach Files"), TRUE, NULL, chosen_cb, NULL);
}

static gboolean
dropped_cb (KipComposer  *self,
            const GValue *value)
{
  return kip_composer_attach_value (self, value);
}

/* Before the text sees it: else it would take the file's address as text. */
void
kip_composer_accept_drops (KipComposer *self,
                           GtkWidget   *widget)
{
  GType types[] = { GDK_TYPE_FILE_LIST, G_TYPE_FILE, GDK_TYPE_TEXTURE };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (dropped_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}

/* What is on the clipboard is no text. */
static gboolean
pastes_file (KipComposer *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);

  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    return TRUE;
  return gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE) &&
         !gdk_content_formats_contain_gtype (formats, G_TYPE_STRING);
}

static void
pasted_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (KipComposer) self = data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);

  if (value != NULL)
    kip_composer_attach_value (self, value);
}

/* A screenshot or a copied file becomes an attachment; text is pasted as text. */
static void
paste_cb (KipComposer *self,
          GtkTextView *text)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  gboolean files = gdk_content_formats_contain_gtype (gdk_clipboard_get_formats (clipboard), GDK_TYPE_FILE_LIST);

  if (!pastes_file (self))
    return;
  g_signal_stop_emission_by_name (text, "paste-clipboard");
  gdk_clipboard_read_value_async (clipboard, files ? GDK_TYPE_FILE_LIST : GDK_TYPE_TEXTURE, G_PRIORITY_DEFAULT, NULL,
                                  pasted_cb, g_object_ref (self));
}

void
kip_composer_bind_files (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, paste_cb);
  gtk_widget_class_bind_template_callback (widget_class, kip_composer_choose_files);
}
