/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sim-shelf.h"

#include "kip-error.h"
#include "kip-keys.h"

#include <string.h>

typedef struct
{
  KipAttached is;
  gboolean    is_named;
  GBytes     *bytes; /* (owned) (nullable) */
  GByteArray *part;  /* (owned) (nullable) */
} Item;

struct _SimShelf
{
  GPtrArray *items; /* (owned) of Item, in the order of the log */
  guint      n_seen; /* of the log */
  guint64    room;
};

static void
item_free (gpointer data)
{
  Item *item = data;

  g_clear_pointer (&item->bytes, g_bytes_unref);
  g_clear_pointer (&item->part, g_byte_array_unref);
  g_free (item);
}

SimShelf *
sim_shelf_new (void)
{
  SimShelf *shelf = g_new0 (SimShelf, 1);

  shelf->items = g_ptr_array_new_with_free_func (item_free);
  shelf->room = G_MAXUINT64;
  return shelf;
}

void
sim_shelf_free (SimShelf *shelf)
{
  g_ptr_array_unref (shelf->items);
  g_free (shelf);
}

static Item *
find_item (SimShelf     *shelf,
           const guint8 *hash)
{
  for (guint i = 0; i < shelf->items->len; i++)
    {
      Item *item = g_ptr_array_index (shelf->items, i);

      if (memcmp (item->is.hash, hash, sizeof item->is.hash) == 0)
        return item;
    }
  return NULL;
}

static void
hash_of (GBytes *bytes,
         guint8 *hash)
{
  gsize length;
  gconstpointer data = g_bytes_get_data (bytes, &length);

  kip_hash_bytes (data, length, hash);
}

static Item *
item_of (SimShelf *shelf,
         GBytes   *bytes)
{
  guint8 hash[KIP_HASH_SIZE];

  hash_of (bytes, hash);
  return find_item (shelf, hash);
}

void
sim_shelf_name (SimShelf  *shelf,
                GBytes    *bytes,
                guint32    device,
                KipInstant at,
                gboolean   is_here)
{
  Item *item = item_of (shelf, bytes);

  if (item == NULL)
    {
      item = g_new0 (Item, 1);
      item->is.size = (gint64) g_bytes_get_size (bytes);
      item->is.device = device;
      item->is.at = at;
      item->is_named = TRUE;
      hash_of (bytes, item->is.hash);
      g_ptr_array_add (shelf->items, item);
    }
  if (is_here && item->bytes == NULL)
    item->bytes = g_bytes_ref (bytes);
}

void
sim_shelf_purge (SimShelf *shelf,
                 GBytes   *bytes)
{
  Item *item = item_of (shelf, bytes);

  item->is_named = FALSE;
  g_clear_pointer (&item->bytes, g_bytes_unref);
}

GBytes *
sim_shelf_get (SimShelf *shelf,
               GBytes   *bytes)
{
  Item *item = item_of (shelf, bytes);

  return item != NULL && item->bytes != NULL ? g_bytes_ref (item->bytes) : NULL;
}

void
sim_shelf_spoil (SimShelf *shelf,
                 GBytes   *bytes)
{
  Item *item = item_of (shelf, bytes);
  gsize length;
  guint8 *data = g_bytes_unref_to_data (g_steal_pointer (&item->bytes), &length);

  data[length / 2] ^= 1;
  item->bytes = g_bytes_new_take (data, length);
}

void
sim_shelf_set_room (SimShelf *shelf,
                    guint64   room)
{
  shelf->room = room;
}

gboolean
sim_shelf_is_noted (SimShelf *shelf,
                    GBytes   *bytes,
                    guint     n_chunks)
{
  return item_of (shelf, bytes)->is.n_put == n_chunks;
}

/* ---- what the program sees ---- */

typedef struct
{
  KipShelf  shelf;
  SimShelf *of; /* (borrowed) */
} Opened;

#define OF(shelf) (((Opened *) (shelf))->of)

static GArray *
list (KipShelf *shelf,
      GError  **error)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (KipAttached));

  for (guint i = 0; i < OF (shelf)->n_seen; i++)
    {
      Item *item = g_ptr_array_index (OF (shelf)->items, i);

      if (item->is_named)
        g_array_append_val (all, item->is);
    }
  return all;
}

static GArray *
find (KipShelf *shelf,
      gboolean *more,
      GError  **error)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (KipAttached));

  *more = FALSE;
  for (; OF (shelf)->n_seen < OF (shelf)->items->len; OF (shelf)->n_seen++)
    g_array_append_val (found, ((Item *) g_ptr_array_index (OF (shelf)->items, OF (shelf)->n_seen))->is);
  return found;
}

static gboolean
recount (KipShelf *shelf,
         GError  **error)
{
  return TRUE;
}

static gboolean
note (KipShelf *shelf,
      GArray   *attached,
      GError  **error)
{
  for (guint i = 0; i < attached->len; i++)
    {
      const KipAttached *one = &g_array_index (attached, KipAttached, i);

      find_item (OF (shelf), one->hash)->is = *one;
    }
  return TRUE;
}

static gboolean
has (KipShelf     *shelf,
     const guint8 *hash)
{
  return find_item (OF (shelf), hash)->bytes != NULL;
}

static GBytes *
read_file (KipShelf     *shelf,
           const guint8 *hash,
           guint64       offset,
           gsize         max,
           GError      **error)
{
  GBytes *bytes = find_item (OF (shelf), hash)->bytes;
  gsize length = bytes != NULL ? g_bytes_get_size (bytes) : 0;

  if (bytes != NULL)
    return g_bytes_new_from_bytes (bytes, (gsize) MIN (offset, length), (gsize) MIN (max, length - MIN (offset, length)));
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NOT_FOUND, "not here");
  return NULL;
}

static gboolean
check (KipShelf     *shelf,
       const guint8 *hash,
       GError      **error)
{
  GBytes *bytes = find_item (OF (shelf), hash)->bytes;
  guint8 computed[KIP_HASH_SIZE];

  if (bytes != NULL)
    hash_of (bytes, computed);
  if (bytes != NULL && memcmp (computed, hash, sizeof computed) == 0)
    return TRUE;
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_CORRUPT, "not whole");
  return FALSE;
}

static guint64
part_size (KipShelf     *shelf,
           const guint8 *hash)
{
  GByteArray *part = find_item (OF (shelf), hash)->part;

  return part != NULL ? part->len : 0;
}

static gboolean
add_part (KipShelf     *shelf,
          const guint8 *hash,
          guint64       offset,
          GBytes       *bytes,
          GError      **error)
{
  Item *item = find_item (OF (shelf), hash);
  gsize length;
  gconstpointer data = g_bytes_get_data (bytes, &length);

  if (offset + length > OF (shelf)->room)
    {
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NO_SPACE, "no room");
      return FALSE;
    }
  if (item->part == NULL)
    item->part = g_byte_array_new ();
  g_byte_array_set_size (item->part, (guint) offset);
  g_byte_array_append (item->part, data, (guint) length);
  return TRUE;
}

static gboolean
end_part (KipShelf     *shelf,
          const guint8 *hash,
          GError      **error)
{
  Item *item = find_item (OF (shelf), hash);
  g_autoptr (GBytes) whole = g_byte_array_free_to_bytes (g_steal_pointer (&item->part));
  guint8 computed[KIP_HASH_SIZE];

  hash_of (whole, computed);
  if (memcmp (computed, hash, sizeof computed) == 0)
    {
      item->bytes = g_steal_pointer (&whole);
      return TRUE;
    }
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_CORRUPT, "not that file");
  return FALSE;
}

static void
drop_part (KipShelf     *shelf,
           const guint8 *hash)
{
  g_clear_pointer (&find_item (OF (shelf), hash)->part, g_byte_array_unref);
}

static void
free_opened (KipShelf *shelf)
{
  g_free (shelf);
}

static const KipShelfClass sim_class = {
  list, find, recount, note, has, read_file, check, part_size, add_part, end_part, drop_part, free_opened
};

KipShelf *
sim_shelf_open (SimShelf *shelf)
{
  Opened *self = g_new0 (Opened, 1);

  self->shelf.class = &sim_class;
  self->of = shelf;
  return &self->shelf;
}
