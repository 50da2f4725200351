/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-shelf.h"

typedef struct
{
  KipShelf  shelf;
  KipStore *store; /* (owned) */
} StoreShelf;

#define STORE(shelf) (((StoreShelf *) (shelf))->store)

static GArray *
list (KipShelf *shelf,
      GError  **error)
{
  return kip_store_list_attached (STORE (shelf), error);
}

static GArray *
find (KipShelf *shelf,
      gboolean *more,
      GError  **error)
{
  return kip_store_find_attached (STORE (shelf), more, error);
}

static gboolean
recount (KipShelf *shelf,
         GError  **error)
{
  return kip_store_recount_attached (STORE (shelf), error);
}

static gboolean
note (KipShelf *shelf,
      GArray   *attached,
      GError  **error)
{
  return kip_store_note_attached (STORE (shelf), attached, error);
}

static gboolean
has (KipShelf     *shelf,
     const guint8 *hash)
{
  return kip_store_has_file (STORE (shelf), hash);
}

static GBytes *
read_file (KipShelf     *shelf,
           const guint8 *hash,
           guint64       offset,
           gsize         max,
           GError      **error)
{
  return kip_store_read_file (STORE (shelf), hash, offset, max, error);
}

static gboolean
check (KipShelf     *shelf,
       const guint8 *hash,
       GError      **error)
{
  g_autofree char *path = kip_store_file_path (STORE (shelf), hash, error);

  return path != NULL;
}

static guint64
part_size (KipShelf     *shelf,
           const guint8 *hash)
{
  return kip_store_part_size (STORE (shelf), hash);
}

static gboolean
add_part (KipShelf     *shelf,
          const guint8 *hash,
          guint64       offset,
          GBytes       *bytes,
          GError      **error)
{
  return kip_store_add_part (STORE (shelf), hash, offset, bytes, error);
}

static gboolean
end_part (KipShelf     *shelf,
          const guint8 *hash,
          GError      **error)
{
  return kip_store_end_part (STORE (shelf), hash, error);
}

static void
drop_part (KipShelf     *shelf,
           const guint8 *hash)
{
  kip_store_drop_part (STORE (shelf), hash);
}

static void
free_shelf (KipShelf *shelf)
{
  g_object_unref (STORE (shelf));
  g_free (shelf);
}

static const KipShelfClass store_class = {
  list, find, recount, note, has, read_file, check, part_size, add_part, end_part, drop_part, free_shelf
};

KipShelf *
kip_shelf_new (KipStore *store)
{
  StoreShelf *self = g_new0 (StoreShelf, 1);

  self->shelf.class = &store_class;
  self->store = g_object_ref (store);
  return &self->shelf;
}

void
kip_shelf_free (KipShelf *shelf)
{
  shelf->class->free (shelf);
}
