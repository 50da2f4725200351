/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-file-chooser.h"

#include <glib/gi18n-lib.h>

/* The native dialog lives as long as the task that holds it. */
static GtkFileChooserNative *
chooser_of (GTask *task)
{
  return g_task_get_task_data (task);
}

static void
response_cb (GtkNativeDialog *dialog,
             int              response,
             GTask           *task)
{
  g_autoptr (GTask) owned = task;
  GListModel *files = NULL;

  gtk_native_dialog_hide (dialog);
  if (response == GTK_RESPONSE_ACCEPT)
    files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (chooser_of (owned)));
  g_task_return_pointer (owned, files, g_object_unref);
}

static void
ask (GtkWidget            *widget,
     GtkFileChooserNative *chooser,
     GAsyncReadyCallback   callback,
     gpointer              data)
{
  GTask *task = g_task_new (widget, NULL, callback, data);

  g_task_set_task_data (task, chooser, g_object_unref);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect (chooser, "response", G_CALLBACK (response_cb), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static GtkFileChooserNative *
new_chooser (GtkWidget           *widget,
             const char          *title,
             GtkFileChooserAction action)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return gtk_file_chooser_native_new (title, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, action, NULL, NULL);
}

void
kip_file_chooser_open_async (GtkWidget          *widget,
                             const char         *title,
                             gboolean            several,
                             GtkFileFilter      *filter,
                             GAsyncReadyCallback callback,
                             gpointer            data)
{
  GtkFileChooserNative *chooser = new_chooser (widget, title, GTK_FILE_CHOOSER_ACTION_OPEN);

  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (chooser), several);
  if (filter != NULL)
    gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  ask (widget, chooser, callback, data);
}

GListModel *
kip_file_chooser_open_finish (GtkWidget    *widget,
                              GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

void
kip_file_chooser_save_async (GtkWidget          *widget,
                             const char         *title,
                             const char         *name,
                             GAsyncReadyCallback callback,
                             gpointer            data)
{
  GtkFileChooserNative *chooser = new_chooser (widget, title, GTK_FILE_CHOOSER_ACTION_SAVE);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  ask (widget, chooser, callback, data);
}

GFile *
kip_file_chooser_save_finish (GtkWidget    *widget,
                              GAsyncResult *result)
{
  g_autoptr (GListModel) files = g_task_propagate_pointer (G_TASK (result), NULL);

  return files != NULL ? g_list_model_get_item (files, 0) : NULL;
}
