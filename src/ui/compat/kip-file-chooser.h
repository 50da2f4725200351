/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asking for files with the desktop's own dialog.  GTK 4.8 knows only
 * GtkFileChooserNative and newer ones would rather have GtkFileDialog: whoever
 * needs a file asks here. */

/* Files to read.  @several: more than one may be chosen.  @filter: (nullable) */
void kip_file_chooser_open_async (GtkWidget          *widget,
                                  const char         *title,
                                  gboolean            several,
                                  GtkFileFilter      *filter,
                                  GAsyncReadyCallback callback,
                                  gpointer            data);

/* (transfer full) GListModel of GFile; NULL without an error: nothing was chosen. */
GListModel *kip_file_chooser_open_finish (GtkWidget    *widget,
                                          GAsyncResult *result);

/* A file to write, @name suggested; the dialog asks before one is replaced. */
void kip_file_chooser_save_async (GtkWidget          *widget,
                                  const char         *title,
                                  const char         *name,
                                  GAsyncReadyCallback callback,
                                  gpointer            data);

/* (transfer full) NULL: nothing was chosen. */
GFile *kip_file_chooser_save_finish (GtkWidget    *widget,
                                     GAsyncResult *result);

G_END_DECLS
