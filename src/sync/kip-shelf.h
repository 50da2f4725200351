/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-store-attached.h"

G_BEGIN_DECLS

/* What carrying attachments needs of the machine's own data: a table, so that a simulation of many
 * machines can put something light in the place of a store.  The functions mean what those of
 * kip-store-attached.h do.  Never called on the main thread. */
typedef struct _KipShelf KipShelf;

typedef struct
{
  GArray *(*list)(KipShelf * shelf,
                  GError **error);
  GArray *(*find)(KipShelf * shelf,
                  gboolean *more,
                  GError **error);
  gboolean (*recount)(KipShelf *shelf,
                      GError  **error);
  gboolean (*note)(KipShelf *shelf,
                   GArray   *attached,
                   GError  **error);
  gboolean (*has)(KipShelf     *shelf,
                  const guint8 *hash);
  GBytes *(*read)(KipShelf * shelf,
                  const guint8 *hash,
                  guint64 offset,
                  gsize max,
                  GError **error);
  gboolean (*check)(KipShelf     *shelf,
                    const guint8 *hash,
                    GError      **error); /* the whole of it has that hash */
  guint64 (*part_size)(KipShelf     *shelf,
                       const guint8 *hash);
  gboolean (*add_part)(KipShelf     *shelf,
                       const guint8 *hash,
                       guint64       offset,
                       GBytes       *bytes,
                       GError      **error);
  gboolean (*end_part)(KipShelf     *shelf,
                       const guint8 *hash,
                       GError      **error);
  void (*drop_part)(KipShelf     *shelf,
                    const guint8 *hash);
  void (*free)(KipShelf *shelf);
} KipShelfClass;

struct _KipShelf
{
  const KipShelfClass *class;
};

/* Over @store, which is kept alive. */
KipShelf *kip_shelf_new (KipStore *store);
void      kip_shelf_free (KipShelf *shelf);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipShelf, kip_shelf_free)

G_END_DECLS
