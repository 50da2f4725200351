/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "kip-keys.h"

G_BEGIN_DECLS

/* Attachments: files named by the BLAKE2b-256 of their bytes, in files/ of the data
 * folder, in folders by the first two digits.  Never changed once there. */
char    *kip_files_path (const char   *dir,
                         const guint8 *hash);
gboolean kip_files_put (const char *dir,
                        GBytes     *bytes,
                        guint8     *hash,
                        GError    **error);

/* NOT_FOUND, or CORRUPT when the bytes are not those of @hash. */
gboolean kip_files_check (const char   *path,
                          const guint8 *hash,
                          GError      **error);

/* Of everything in files/, sorted. (transfer full) of char *: 64 digits */
GPtrArray *kip_files_list (const char *dir);

G_END_DECLS
