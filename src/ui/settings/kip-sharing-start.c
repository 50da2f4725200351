/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sharing-start.h"

#include <glib/gi18n-lib.h>

#include "kip-file-chooser.h"
#include "kip-sharing-parts.h"

struct _KipSharingStart
{
  AdwPreferencesGroup parent_instance;

  KipStore *store; /* (owned) (nullable) */
  KipSync  *sync;  /* (owned) (nullable) */

  GtkEditable *passphrase_row, *again_row;
  GtkWidget   *button;
};

G_DEFINE_FINAL_TYPE (KipSharingStart, kip_sharing_start, ADW_TYPE_PREFERENCES_GROUP)

static void
passphrase_cb (KipSharingStart *self)
{
  gtk_widget_set_sensitive (self->button, kip_sharing_is_passphrase (self->passphrase_row, self->again_row));
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (KipSharingStart) self = data;
  g_autoptr (GFile) file = kip_file_chooser_save_finish (GTK_WIDGET (source), result);
  const char *path = file != NULL ? g_file_peek_path (file) : NULL;

  if (path != NULL && self->sync != NULL)
    kip_sync_share_async (self->sync, path, gtk_editable_get_text (self->passphrase_row),
                          kip_sharing_decided_cb, kip_sharing_deciding (GTK_WIDGET (self)));
}

static void
choose_cb (KipSharingStart *self)
{
  const char *name = kip_office_get_name (kip_store_get_office (self->store));
  g_autofree char *file = g_strdup_printf ("%s.kip", *name != '\0' ? name : _("Office"));

  kip_file_chooser_save_async (GTK_WIDGET (self), _("Share This Office"), file, chosen_cb, g_object_ref (self));
}

void
kip_sharing_start_set (KipSharingStart *self,
                       KipStore        *store,
                       KipSync         *sync)
{
  g_set_object (&self->store, store);
  g_set_object (&self->sync, sync);
}

/* ---- object ---- */

static void
kip_sharing_start_dispose (GObject *object)
{
  KipSharingStart *self = KIP_SHARING_START (object);

  g_clear_object (&self->sync);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kip_sharing_start_parent_class)->dispose (object);
}

static void
kip_sharing_start_class_init (KipSharingStartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_sharing_start_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-sharing-start.ui");
  gtk_widget_class_bind_template_child (widget_class, KipSharingStart, passphrase_row);
  gtk_widget_class_bind_template_child (widget_class, KipSharingStart, again_row);
  gtk_widget_class_bind_template_child (widget_class, KipSharingStart, button);
  gtk_widget_class_bind_template_callback (widget_class, passphrase_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
}

static void
kip_sharing_start_init (KipSharingStart *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
