/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-store-private.h"

#include "kip-files.h"

gboolean
kip_store_put_file (KipStore *store,
                    GBytes   *bytes,
                    guint8   *hash,
                    GError  **error)
{
  return kip_files_put (store->dir, bytes, hash, error);
}

char *
kip_store_file_path (KipStore     *store,
                     const guint8 *hash,
                     GError      **error)
{
  g_autofree char *path = kip_files_path (store->dir, hash);

  return kip_files_check (path, hash, error) ? g_steal_pointer (&path) : NULL;
}
