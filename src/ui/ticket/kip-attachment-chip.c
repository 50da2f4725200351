/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-attachment-chip.h"

#include "kip-attachments.h"
#include "kip-file-chooser.h"
#include "kip-sync-traffic.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define THUMBNAIL_SIZE 96

/* What is no larger is fetched as soon as somebody looks at it, bytes. */
#define FETCHED_BY_LOOKING (8 * 1024 * 1024)

/* What is to be done with a file once it is here. */
typedef enum
{
  THEN_NOTHING,
  THEN_OPEN,
  THEN_SAVE
} Then;

struct _KipAttachmentChip
{
  GtkWidget     parent_instance;
  GtkWidget    *box;
  GtkWidget    *open_button;
  GtkWidget    *save_button;
  GtkWidget    *cancel_button;
  GtkWidget    *icon;
  GtkPicture   *picture;
  GtkLabel     *name_label;
  GtkLabel     *size_label;
  GtkLabel     *away_label;
  GtkLabel     *error_label;
  KipStore     *store;       /* (owned) */
  KipSync      *sync;        /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) of the thumbnail */
  char         *name;        /* (owned) */
  gint64        size;
  guint32       device;      /* that attached it */
  guint8        hash[32];
  gboolean      is_image;
  gboolean      was_away;
  gboolean      was_asked;   /* it was asked for by looking at it */
  Then          then;
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
open_here (KipAttachmentChip *self)
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
save_here (KipAttachmentChip *self)
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

static void
show_picture (KipAttachmentChip *self)
{
  if (self->is_image)
    kip_attachments_thumbnail_async (self->store, self->hash, THUMBNAIL_SIZE, self->cancellable, thumbnail_cb,
                                     g_object_ref (self));
}

/* ---- what is not here ---- */

/* FALSE: it is here, as far as is known. */
static gboolean
is_away (KipAttachmentChip *self,
         KipFileStatus     *status)
{
  return self->sync != NULL && kip_sync_file_status (self->sync, self->hash, status) && status->state != KIP_FILE_HERE;
}

static char *
fetching_words (KipAttachmentChip   *self,
                const KipFileStatus *status)
{
  KipSyncStatus sync;

  kip_sync_get_status (self->sync, &sync);
  if (sync.away_since != KIP_INSTANT_NONE && sync.state != KIP_SYNC_FULL && sync.state != KIP_SYNC_READ_ONLY)
    return g_strdup (_("fetched when the share is back"));
  if (status->fetched == 0 || status->size == 0)
    return g_strdup (_("fetching…"));
  return g_strdup_printf (_("fetching %u %%"), (guint) (status->fetched * 100 / status->size));
}

/* (transfer full) (nullable) */
static char *
away_words (KipAttachmentChip   *self,
            const KipFileStatus *status)
{
  g_autofree char *where = kip_sync_device_words (self->store, self->device);

  switch (status->state)
    {
    case KIP_FILE_FETCHING:
      return fetching_words (self, status);
    case KIP_FILE_MISSING:
      /* Translators: %s is somebody's computer */
      return g_strdup_printf (_("not on the share yet – on %s"), where);
    case KIP_FILE_DAMAGED:
      return g_strdup_printf (_("damaged on the share – %s puts it there again"), where);
    case KIP_FILE_FAILED:
      return g_strdup (_("this computer has no room for it"));
    case KIP_FILE_AWAY:
      return g_strdup (_("on the share – fetched when you open it"));
    case KIP_FILE_HERE:
    default:
      return NULL;
    }
}

/* It came: now what somebody wanted of it. */
static void
arrived (KipAttachmentChip *self)
{
  Then then = self->then;

  self->then = THEN_NOTHING;
  show_picture (self);
  if (then == THEN_OPEN)
    open_here (self);
  else if (then == THEN_SAVE)
    save_here (self);
}

/* Somebody looks at it: what is not large comes by itself, once. */
static void
look_at (KipAttachmentChip *self)
{
  KipFileStatus status;

  if (self->was_asked || self->size > FETCHED_BY_LOOKING || !gtk_widget_get_mapped (GTK_WIDGET (self)) || !is_away (self, &status)
      || status.state != KIP_FILE_AWAY)
    return;
  self->was_asked = TRUE;
  kip_sync_want_file (self->sync, self->hash);
}

static void
show_state (KipAttachmentChip *self)
{
  KipFileStatus status = { KIP_FILE_HERE };
  gboolean away = is_away (self, &status);
  g_autofree char *words = away ? away_words (self, &status) : NULL;
  gboolean asked = away && status.state != KIP_FILE_AWAY;

  gtk_label_set_label (self->away_label, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->away_label), words != NULL);
  gtk_widget_set_visible (self->cancel_button, asked);
  gtk_widget_set_visible (self->save_button, !asked);
  if (self->was_away && !away)
    arrived (self);
  self->was_away = away;
  look_at (self);
}

static void
want (KipAttachmentChip *self,
      Then               then)
{
  KipFileStatus status;

  show_error (self, NULL);
  if (is_away (self, &status))
    {
      self->then = then;
      kip_sync_want_file (self->sync, self->hash);
      show_state (self);
    }
  else if (then == THEN_OPEN)
    {
      open_here (self);
    }
  else if (then == THEN_SAVE)
    {
      save_here (self);
    }
}

static void
open_cb (KipAttachmentChip *self)
{
  want (self, THEN_OPEN);
}

static void
save_cb (KipAttachmentChip *self)
{
  want (self, THEN_SAVE);
}

static void
cancel_cb (KipAttachmentChip *self)
{
  self->then = THEN_NOTHING;
  if (self->sync != NULL)
    kip_sync_unwant_file (self->sync, self->hash);
  show_state (self);
}

static void
kip_attachment_chip_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (kip_attachment_chip_parent_class)->map (widget);
  look_at (KIP_ATTACHMENT_CHIP (widget));
}

static void
follow_sync (KipAttachmentChip *self)
{
  KipSync *sync = kip_sync_of (self->store);

  if (sync == NULL)
    return;
  self->sync = g_object_ref (sync);
  g_signal_connect_object (sync, "files-changed", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  show_state (self);
}

/* ---- object ---- */

static void
kip_attachment_chip_dispose (GObject *object)
{
  KipAttachmentChip *self = KIP_ATTACHMENT_CHIP (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->sync != NULL)
    g_signal_handlers_disconnect_by_data (self->sync, self);
  g_clear_object (&self->sync);
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
  widget_class->map = kip_attachment_chip_map;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-attachment-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, KipAttachmentChip, box);
  gtk_widget_class_bind_template_child (widget_class, KipAttachmentChip, open_button);
  gtk_widget_class_bind_template_child (widget_class, KipAttachmentChip, save_button);
  gtk_widget_class_bind_template_child (widget_class, KipAttachmentChip, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, KipAttachmentChip, icon);
  gtk_widget_class_bind_template_child (widget_class, KipAttachmentChip, picture);
  gtk_widget_class_bind_template_child (widget_class, KipAttachmentChip, name_label);
  gtk_widget_class_bind_template_child (widget_class, KipAttachmentChip, size_label);
  gtk_widget_class_bind_template_child (widget_class, KipAttachmentChip, away_label);
  gtk_widget_class_bind_template_child (widget_class, KipAttachmentChip, error_label);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
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
  g_autofree char *cancel = g_strdup_printf (_("Do not fetch %s"), self->name);

  gtk_widget_set_tooltip_text (self->open_button, open);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->open_button), GTK_ACCESSIBLE_PROPERTY_LABEL, open, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->save_button), GTK_ACCESSIBLE_PROPERTY_LABEL, save, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->cancel_button), GTK_ACCESSIBLE_PROPERTY_LABEL, cancel, -1);
}

GtkWidget *
kip_attachment_chip_new (KipStore            *store,
                         const KipAttachment *attachment)
{
  KipAttachmentChip *self = g_object_new (KIP_TYPE_ATTACHMENT_CHIP, NULL);
  g_autofree char *size = g_format_size ((guint64) MAX (attachment->size, 0));

  self->store = g_object_ref (store);
  self->name = g_strdup (attachment->name != NULL ? attachment->name : _("file"));
  self->size = attachment->size;
  self->device = attachment->id.device;
  self->is_image = attachment->mime != NULL && g_str_has_prefix (attachment->mime, "image/");
  if (attachment->hash != NULL)
    memcpy (self->hash, attachment->hash, sizeof self->hash);
  gtk_label_set_label (self->name_label, self->name);
  gtk_label_set_label (self->size_label, size);
  name_buttons (self);
  follow_sync (self);
  if (!self->was_away)
    show_picture (self);
  return GTK_WIDGET (self);
}
