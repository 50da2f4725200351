/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-backup-page.h"

#include <glib/gi18n-lib.h>

#include "kip-backup-dialogs.h"
#include "kip-clock.h"
#include "kip-format.h"
#include "kip-settings-window.h"

#define ATTRIBUTES G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_SIZE "," \
        G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_TIME_MODIFIED
#define MAX_COPIES 20 /* more than are ever kept */

struct _KipBackupPage
{
  AdwBin parent_instance;

  KipSession   *session;     /* (owned) */
  GFile        *folder;      /* (owned) of the daily copies */
  GCancellable *cancellable; /* (owned) of listing them */

  AdwPreferencesGroup *daily_group;
  AdwActionRow        *folder_row;
  GtkWidget           *folder_button;
};

G_DEFINE_FINAL_TYPE (KipBackupPage, kip_backup_page, ADW_TYPE_BIN)

static GtkWindow *
window_of (gpointer self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

/* ---- the daily copies ---- */

static int
compare_newest_first (gconstpointer a,
                      gconstpointer b)
{
  GFileInfo *x = *(GFileInfo *const *) a, *y = *(GFileInfo *const *) b;
  guint64 left = g_file_info_get_attribute_uint64 (x, G_FILE_ATTRIBUTE_TIME_MODIFIED);
  guint64 right = g_file_info_get_attribute_uint64 (y, G_FILE_ATTRIBUTE_TIME_MODIFIED);

  return (left < right) - (left > right);
}

static void
restore_clicked_cb (GtkWidget     *button,
                    KipBackupPage *self)
{
  kip_restore_present_file (window_of (self), g_object_get_data (G_OBJECT (button), "kip-file"));
}

static void
add_copy (KipBackupPage *self,
          GFileInfo     *info)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Restore…"));
  KipInstant at = (KipInstant) g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED) * KIP_MS_PER_SECOND;
  g_autofree char *when = kip_format_when (at, kip_clock_now (), NULL);
  g_autofree char *size = g_format_size ((guint64) g_file_info_get_size (info));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), when);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), size);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "kip-file", g_file_get_child (self->folder, g_file_info_get_name (info)),
                          g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (restore_clicked_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (self->daily_group, row);
}

static void
add_none (KipBackupPage *self)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("None yet: the first one is made today."));
  gtk_widget_add_css_class (row, "dim-label");
  adw_preferences_group_add (self->daily_group, row);
}

static void
copies_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (KipBackupPage) self = data;
  g_autoptr (GPtrArray) copies = g_ptr_array_new_with_free_func (g_object_unref);
  GList *infos = g_file_enumerator_next_files_finish (G_FILE_ENUMERATOR (source), result, NULL);

  for (GList *l = infos; l != NULL; l = l->next)
    if (g_file_info_get_file_type (l->data) == G_FILE_TYPE_REGULAR)
      g_ptr_array_add (copies, g_object_ref (l->data));
  g_list_free_full (infos, g_object_unref);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  g_ptr_array_sort (copies, compare_newest_first);
  for (guint i = 0; i < copies->len; i++)
    add_copy (self, g_ptr_array_index (copies, i));
  if (copies->len == 0)
    add_none (self);
}

static void
folder_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (KipBackupPage) self = data;
  g_autoptr (GFileEnumerator) files = g_file_enumerate_children_finish (G_FILE (source), result, NULL);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  gtk_widget_set_sensitive (self->folder_button, files != NULL);
  if (files == NULL)
    add_none (self);
  else
    g_file_enumerator_next_files_async (files, MAX_COPIES, G_PRIORITY_DEFAULT, self->cancellable, copies_cb,
                                        g_object_ref (self));
}

static void
list_copies (KipBackupPage *self)
{
  g_file_enumerate_children_async (self->folder, ATTRIBUTES, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT,
                                   self->cancellable, folder_cb, g_object_ref (self));
}

static void
open_folder_cb (KipBackupPage *self)
{
  g_autofree char *uri = g_file_get_uri (self->folder);

  gtk_show_uri (window_of (self), uri, GDK_CURRENT_TIME);
}

/* ---- actions ---- */

static void
back_up (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  kip_backup_present (window_of (widget), KIP_BACKUP_PAGE (widget)->session);
}

static void
restore (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  kip_restore_present (window_of (widget));
}

static void
check (GtkWidget  *widget,
       const char *name,
       GVariant   *parameter)
{
  kip_check_present (window_of (widget), KIP_BACKUP_PAGE (widget)->session);
}

static void
rebuild (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  kip_rebuild_present (window_of (widget), KIP_BACKUP_PAGE (widget)->session);
}

/* ---- object ---- */

static void
kip_backup_page_dispose (GObject *object)
{
  KipBackupPage *self = KIP_BACKUP_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);
  g_clear_object (&self->folder);
  G_OBJECT_CLASS (kip_backup_page_parent_class)->dispose (object);
}

static void
kip_backup_page_finalize (GObject *object)
{
  g_object_unref (KIP_BACKUP_PAGE (object)->cancellable);
  G_OBJECT_CLASS (kip_backup_page_parent_class)->finalize (object);
}

/* Left: what is still being listed is for nobody. */
static void
kip_backup_page_unroot (GtkWidget *widget)
{
  g_cancellable_cancel (KIP_BACKUP_PAGE (widget)->cancellable);
  GTK_WIDGET_CLASS (kip_backup_page_parent_class)->unroot (widget);
}

static void
kip_backup_page_class_init (KipBackupPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kip_backup_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = kip_backup_page_finalize;
  widget_class->unroot = kip_backup_page_unroot;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kipdesk/Kip/ui/kip-backup-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KipBackupPage, daily_group);
  gtk_widget_class_bind_template_child (widget_class, KipBackupPage, folder_row);
  gtk_widget_class_bind_template_child (widget_class, KipBackupPage, folder_button);
  gtk_widget_class_install_action (widget_class, "backup.back-up", NULL, back_up);
  gtk_widget_class_install_action (widget_class, "backup.restore", NULL, restore);
  gtk_widget_class_install_action (widget_class, "backup.check", NULL, check);
  gtk_widget_class_install_action (widget_class, "backup.rebuild", NULL, rebuild);
}

static void
kip_backup_page_init (KipBackupPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->folder_row), FALSE);
  g_signal_connect_swapped (self->folder_button, "clicked", G_CALLBACK (open_folder_cb), self);
}

GtkWidget *
kip_backup_page_new (KipSession *session)
{
  KipBackupPage *self = g_object_new (KIP_TYPE_BACKUP_PAGE, NULL);

  self->session = g_object_ref (session);
  self->folder = g_file_new_build_filename (kip_store_get_dir (kip_session_get_store (session)), "backups", NULL);
  adw_action_row_set_subtitle (self->folder_row, g_file_peek_path (self->folder));
  list_copies (self);
  return GTK_WIDGET (self);
}
