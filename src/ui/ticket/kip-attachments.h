/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "kip-session.h"

G_BEGIN_DECLS

/* Bytes in and out of the store, never on the main thread. */

#define KIP_ATTACHMENT_MAX_BYTES (200 * 1000 * 1000)

/* Keeps @file under its content and says so in the ticket's history.  Errors:
 * KIP_ERROR_INVALID for a folder or a file above the limit, and what reading and
 * writing may give. */
void kip_attachments_add_file_async (KipSession         *session,
                                     KipId               ticket,
                                     GFile              *file,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            data);

/* The same for a picture from the clipboard, as PNG. */
void kip_attachments_add_texture_async (KipSession         *session,
                                        KipId               ticket,
                                        GdkTexture         *texture,
                                        const char         *name,
                                        GCancellable       *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer            data);
gboolean kip_attachments_add_finish (KipSession   *session,
                                     GAsyncResult *result,
                                     GError      **error);

/* Writes the kept bytes of @hash to @target. */
void     kip_attachments_save_async (KipStore           *store,
                                     const guint8       *hash,
                                     GFile              *target,
                                     GAsyncReadyCallback callback,
                                     gpointer            data);
gboolean kip_attachments_save_finish (KipStore     *store,
                                      GAsyncResult *result,
                                      GError      **error);

/* A copy that another program can open under the file's own @name: what is kept
 * stays as it is whatever that program does. */
void   kip_attachments_copy_async (KipStore           *store,
                                   const guint8       *hash,
                                   const char         *name,
                                   GAsyncReadyCallback callback,
                                   gpointer            data);
GFile *kip_attachments_copy_finish (KipStore     *store,
                                    GAsyncResult *result,
                                    GError      **error);

/* A small picture of an image, at most @size pixels wide and high; fails for
 * what is no image.  (transfer full) */
void        kip_attachments_thumbnail_async (KipStore           *store,
                                             const guint8       *hash,
                                             int                 size,
                                             GCancellable       *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer            data);
GdkTexture *kip_attachments_thumbnail_finish (KipStore     *store,
                                              GAsyncResult *result,
                                              GError      **error);

G_END_DECLS
