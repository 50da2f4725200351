/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sharing-place.h"

#include <glib/gi18n-lib.h>

#include "kip-settings-window.h"
#include "kip-file-chooser.h"
#include "kip-sharing-parts.h"

struct _KipSharingPlace
{
  AdwPreferencesGroup parent_instance;

  KipSync      *sync;   /* (owned) (nullable) */
  GCancellable *moving; /* (owned) (nullable) */

  AdwActionRow   *path_row, *find_row, *left_row;
  GtkProgressBar *bar;
  GtkWidget      *move_button, *stop_button, *find_button;
};

G_DEFINE_FINAL_TYPE (KipSharingPlace, kip_sharing_place, ADW_TYPE_PREFERENCES_GROUP)

/* ---- moving it ---- */

static void
moved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (KipSharingPlace) self = data;
  g_autoptr (GError) error = NULL;
  gboolean is_stopped = g_cancellable_is_cancelled (self->moving);
  gboolean ok = kip_sync_decide_finish (KIP_SYNC (source), result, &error);

  g_clear_object (&self->moving);
  gtk_widget_set_sensitive (self->move_button, TRUE);
  if (ok && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    kip_settings_show_message (GTK_WIDGET (self), _("The File Was Moved"),
                               _("The other computers go after it by themselves where they find it under the same name; elsewhere Kip asks where it is. Leave the old file where it is until all have come over: this page says when."));
  else if (!ok && !is_stopped)
    kip_sharing_say_failure (GTK_WIDGET (self), error);
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (KipSharingPlace) self = data;
  g_autoptr (GFile) file = kip_file_chooser_save_finish (GTK_WIDGET (source), result);
  const char *path = file != NULL ? g_file_peek_path (file) : NULL;

  if (path == NULL || self->sync == NULL || self->moving != NULL)
    return;
  self->moving = g_cancellable_new ();
  gtk_widget_set_sensitive (self->move_button, FALSE);
  kip_sync_move_async (self->sync, path, self->moving, moved_cb, g_object_ref (self));
}

static void
move_cb (KipSharingPlace *self)
{
  g_autofree char *name = g_path_get_basename (adw_action_row_get_subtitle (self->path_row));

  kip_file_chooser_save_async (GTK_WIDGET (self), _("Move the Shared File"), name, chosen_cb, g_object_ref (self));
}

static void
stop_cb (KipSharingPlace *self)
{
  g_cancellable_cancel (self->moving);
}

/* ---- finding it ---- */

static void
picked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (KipSharingPlace) self = data;
  g_autoptr (GListModel) files = kip_file_chooser_open_finish (GTK_WIDGET (source), result);
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;
  const char *path = file != NULL ? g_file_peek_path (file) : NULL;

  if (path != NULL && self->sync != NULL)
    kip_sync_use_async (self->sync, path, kip_sharing_decided_cb, kip_sharing_deciding (self->find_button));
}

static void
find_cb (KipSharingPlace *self)
{
  kip_file_chooser_open_async (GTK_WIDGET (self), _("Choose the Shared File"), FALSE, NULL, picked_cb, g_object_ref (self));
}

/* ---- what it says ---- */

static void
show_left (KipSharingPlace     *self,
           const KipSyncStatus *status)
{
  g_autofree char *text = NULL;
  g_autofree char *words = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->left_row), status->left_path != NULL);
  if (status->left_path == NULL)
    return;
  words = status->n_come_over >= status->n_members
          ? g_strdup (_("All computers have come over: the old file may be deleted"))
          : g_strdup_printf (_("%u of %u computers have come over: leave the old file there until all have"),
                             status->n_come_over, status->n_members);
  text = g_strdup_printf ("%s\n%s", status->left_path, words);
  adw_action_row_set_subtitle (self->left_row, text);
}

static void
show_find (KipSharingPlace     *self,
           const KipSyncStatus *status)
{
  gboolean is_moved = status->state == KIP_SYNC_MOVED;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->find_row), is_moved ? _("The file was moved") : _("On this computer it is elsewhere"));
  adw_action_row_set_subtitle (self->find_row, is_moved && status->problem != NULL ? status->problem
                               : _("When the folder has another name now, or somebody else moved the file"));
  if (is_moved)
    gtk_widget_add_css_class (self->find_button, "suggested-action");
  else
    gtk_widget_remove_css_class (self->find_button, "suggested-action");
}

void
kip_sharing_place_show (KipSharingPlace     *self,
                        KipSync             *sync,
                        const KipSyncStatus *status,
                        gboolean             may)
{
  gboolean is_moving = status->moving >= 0;

  g_set_object (&self->sync, sync);
  adw_action_row_set_subtitle (self->path_row, status->path != NULL ? status->path : "");
  gtk_progress_bar_set_fraction (self->bar, MAX (status->moving, 0) / 100.0);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), is_moving);
  gtk_widget_set_visible (self->stop_button, is_moving);
  gtk_widget_set_visible (self->move_button, may && !is_moving);
  show_find (self, status);
  show_left (self, status);
}

/* ---- object ---- */

static void
kip_sharing_place_dispose (GObject *object)
{
  KipSharingPlace *self = KIP_SHARING_PLACE (object);

  g_cancellable_cancel (self->moving);
  g_clear_object (&self->sync);
  G_OBJECT_CLASS (kip_sharing_place_parent_class)->dispose (object);
}

static void
kip_sharing_place_finalize (GObject *object)
{
  g_clear_object (&KIP_SHARING_PLACE (object)->moving);
  G_OBJECT_CLASS (kip_sharing_place_parent_class)->finalize (object);
}

static void
kip_sharing_place_class_init (KipSharingPlaceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_sharing_place_dispose;
  G_OBJECT_CLASS (klass)->finalize = kip_sharing_place_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-sharing-place.ui");
  gtk_widget_class_bind_template_child (widget_class, KipSharingPlace, path_row);
  gtk_widget_class_bind_template_child (widget_class, KipSharingPlace, find_row);
  gtk_widget_class_bind_template_child (widget_class, KipSharingPlace, left_row);
  gtk_widget_class_bind_template_child (widget_class, KipSharingPlace, bar);
  gtk_widget_class_bind_template_child (widget_class, KipSharingPlace, move_button);
  gtk_widget_class_bind_template_child (widget_class, KipSharingPlace, stop_button);
  gtk_widget_class_bind_template_child (widget_class, KipSharingPlace, find_button);
  gtk_widget_class_bind_template_callback (widget_class, move_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_cb);
}

static void
kip_sharing_place_init (KipSharingPlace *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->path_row), FALSE);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->find_row), FALSE);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->left_row), FALSE);
}
