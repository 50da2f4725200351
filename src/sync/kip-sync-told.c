/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-frame-told.h"
#include "kip-sync-private.h"

void
kip_sync_tell (KipSync *self,
               GArray  *told)
{
  g_return_if_fail (KIP_IS_SYNC (self));

  g_mutex_lock (&self->mutex);
  if (self->status.is_shared)
    g_array_append_vals (self->to_tell, told->data, told->len);
  g_mutex_unlock (&self->mutex);
  kip_sync_come_sooner (self, 0);
}

static GArray *
take (KipSync *self,
      GArray **array)
{
  GArray *taken = NULL;

  g_mutex_lock (&self->mutex);
  if ((*array)->len > 0)
    {
      taken = *array;
      *array = g_array_new (FALSE, FALSE, sizeof (KipTold));
    }
  g_mutex_unlock (&self->mutex);
  return taken;
}

void
kip_sync_hand_told (KipSync       *self,
                    KipSyncEngine *engine)
{
  g_autoptr (GArray) told = take (self, &self->to_tell);

  if (told != NULL)
    kip_sync_engine_tell (engine, told);
}

void
kip_sync_fetch_told (KipSync       *self,
                     KipSyncEngine *engine)
{
  g_autoptr (GArray) told = kip_sync_engine_take_told (engine);

  if (told == NULL)
    return;
  g_mutex_lock (&self->mutex);
  g_array_append_vals (self->was_told, told->data, told->len);
  kip_sync_tell_soon (self);
  g_mutex_unlock (&self->mutex);
}

void
kip_sync_emit_told (KipSync *self)
{
  g_autoptr (GArray) told = take (self, &self->was_told);

  if (told != NULL)
    g_signal_emit_by_name (self, "told", told);
}
