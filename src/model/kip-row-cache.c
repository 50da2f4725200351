/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-row-cache.h"

#define HALF 2048

struct _KipRowCache
{
  GHashTable *young, *old; /* (owned) &row->id → KipTicketRow (owned) */
};

static GHashTable *
new_half (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) kip_ticket_row_unref);
}

KipRowCache *
kip_row_cache_new (void)
{
  KipRowCache *self = g_new0 (KipRowCache, 1);

  self->young = new_half ();
  self->old = new_half ();
  return self;
}

void
kip_row_cache_free (KipRowCache *self)
{
  g_hash_table_unref (self->young);
  g_hash_table_unref (self->old);
  g_free (self);
}

KipTicketRow *
kip_row_cache_get (KipRowCache *self,
                   KipId        id)
{
  KipTicketRow *row = g_hash_table_lookup (self->young, &id);

  if (row != NULL)
    return row;
  row = g_hash_table_lookup (self->old, &id);
  if (row != NULL)
    kip_row_cache_put (self, row);
  return row;
}

void
kip_row_cache_put (KipRowCache  *self,
                   KipTicketRow *row)
{
  kip_ticket_row_ref (row); /* the old half may hold the last one */
  if (g_hash_table_size (self->young) >= HALF)
    {
      g_hash_table_unref (self->old);
      self->old = self->young;
      self->young = new_half ();
    }
  g_hash_table_replace (self->young, &row->id, row);
}

void
kip_row_cache_drop (KipRowCache *self,
                    KipId        id)
{
  g_hash_table_remove (self->young, &id);
  g_hash_table_remove (self->old, &id);
}

void
kip_row_cache_clear (KipRowCache *self)
{
  g_hash_table_remove_all (self->young);
  g_hash_table_remove_all (self->old);
}
