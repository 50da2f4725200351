/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-attachment-chip.h"

#include "kip-attachments.h"
#include "kip-file-chooser.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define THUMBNAIL_SIZE 96

struct _KipAttachmentChip
{
  GtkWidget     parent_instance;
  GtkWidget    *box;
  GtkWidget    *open_button;
  GtkWidget    *save_button;
  GtkWidget    *icon;
  GtkPicture   *picture;
  GtkLabel     *name_label;
  GtkLabel     *size_label;
  GtkLabel     *error_label;
  KipStore     *store;       /* (owned) */
  GCancellable *cancellable; /* (owned) of the thumbnail */
  char         *name;        /* (owned) */
  guint8        hash[32];
};

G_DEFINE_FINAL_TYPE (KipAttachmentChip, kip_attachment_chip, GTK_TYPE_WIDGET)

static void
show_error (KipAttachmentChip *self,
            const GError      *error)
{
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), error != NULL);
  gtk_label_set_label (self->error_label, error != NULL ? error->message : "");
}

/* ---- opening ---- */

static void
copied_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (KipAttachmentChip) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = kip_attachments_copy_finish (KIP_STORE (source), result, &error);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *uri = file != NULL ? g_file_get_uri (file) : NULL;

  show_error (self, error);
  if (uri != NULL)
    gtk_show_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, uri, GDK_CURRENT_TIME);
}

static void
open_cb (KipAttachmentChip *self)
{
  kip_attachments_copy_async (self->store, self->hash, self->name, copied_cb, g_object_ref (self));
}

/* ---- saving ---- */

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (KipAttachmentChip) self = data;
  g_autoptr (GError) error = NULL;

  kip_attachments_save_finish (KIP_STORE (source), result, &error);
  show_error (self, error);
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  KipAttachmentChip *self = KIP_ATTACHMENT_CHIP (source);
  g_autoptr (GFile) file = kip_file_chooser_save_finish (GTK_WIDGET (self), result);

  if (file != NULL)
    kip_attachments_save_async (self->store, self->hash, file, saved_cb, g_object_ref (self));
}

static void
save_cb (KipAttachmentChip *self)
{
  kip_file_chooser_save_async (GTK_WIDGET (self), _("Save the File"), self->name, chosen_cb, NULL);
}

/* ---- its picture ---- */

static void
thumbnail_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (KipAttachmentChip) self = data;
  g_autoptr (GdkTexture) texture = kip_attachments_thumbnail_finish (KIP_STORE (source), result, NULL);

  if (texture == NULL || self->box == NULL)
    return;
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_widget_set_visible (GTK_WIDGET (self->picture), TRUE);
  gtk_widget_set_visible (self->icon, FALSE);
}

/* ---- object ---- */

static void
kip_attachment_chip_dispose (GObject *object)
{
  KipAttachmentChip *self = KIP_ATTACHMENT_CHIP (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (kip_attachment_chip_parent_class)->dispose (object);
}

static void
kip_attachment_chip_class_init (KipAttachmentChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_attachment_chip_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-attachment-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, KipAttachmentChip, box);
  gtk_widget_class_bind_template_child (widget_class, KipAttachmentChip, open_button);
  gtk_widget_class_bind_template_child (widget_class, KipAttachmentChip, save_button);
  gtk_widget_class_bind_template_child (widget_class, KipAttachmentChip, icon);
  gtk_widget_class_bind_template_child (widget_class, KipAttachmentChip, picture);
  gtk_widget_class_bind_template_child (widget_class, KipAttachmentChip, name_label);
  gtk_widget_class_bind_template_child (widget_class, KipAttachmentChip, size_label);
  gtk_widget_class_bind_template_child (widget_class, KipAttachmentChip, error_label);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
kip_attachment_chip_init (KipAttachmentChip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

static void
name_buttons (KipAttachmentChip *self)
{
  g_autofree char *open = g_strdup_printf (_("Open %s"), self->name);
  g_autofree char *save = g_strdup_printf (_("Save %s as…"), self->name);

  gtk_widget_set_tooltip_text (self->open_button, open);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->open_button), GTK_ACCESSIBLE_PROPERTY_LABEL, open, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->save_button), GTK_ACCESSIBLE_PROPERTY_LABEL, save, -1);
}

GtkWidget *
kip_attachment_chip_new (KipStore            *store,
                         const KipAttachment *attachment)
{
  KipAttachmentChip *self = g_object_new (KIP_TYPE_ATTACHMENT_CHIP, NULL);
  g_autofree char *size = g_format_size ((guint64) MAX (attachment->size, 0));

  self->store = g_object_ref (store);
  self->name = g_strdup (attachment->name != NULL ? attachment->name : _("file"));
  if (attachment->hash != NULL)
    memcpy (self->hash, attachment->hash, sizeof self->hash);
  gtk_label_set_label (self->name_label, self->name);
  gtk_label_set_label (self->size_label, size);
  name_buttons (self);
  if (attachment->mime != NULL && g_str_has_prefix (attachment->mime, "image/"))
    kip_attachments_thumbnail_async (store, self->hash, THUMBNAIL_SIZE, self->cancellable, thumbnail_cb,
                                     g_object_ref (self));
  return GTK_WIDGET (self);
}
