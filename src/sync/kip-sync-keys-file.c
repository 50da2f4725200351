/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Keys of a file that is made anew, and those that are destroyed. */

#include "kip-sync-keys-private.h"

#include <sodium.h>

/* A header has room for so many generations, and boxes beside them. */
#define HEADER_GENERATIONS 8
#define HEADER_BOXES 38

/* ---- after somebody was removed for good ---- */

gboolean
kip_sync_keys_has_destroyed (KipSyncKeys *self)
{
  guint16 oldest = kip_sync_keys_get_slots (self)->oldest;

  return (self->header_oldest != 0 && self->header_oldest < oldest) || (self->given_oldest != 0 && self->given_oldest < oldest);
}

guint16
kip_sync_keys_get_replacing (KipSyncKeys *self)
{
  const KipShareSlots *slots = kip_sync_keys_get_slots (self);
  guint16 newest = kip_share_keys_get_newest (self->keys);

  if (slots->n_purges == 0 || slots->generation != newest || self->carried != newest || kip_share_keys_get_oldest (self->keys) == newest
      || self->n_waiting > 0 || kip_sync_keys_count_purges (self) > slots->n_purges)
    return 0;
  return newest;
}

gboolean
kip_sync_keys_seals_all (const KipSyncKeys *self,
                         guint16            generation)
{
  return self->sealed_oldest >= generation;
}

gboolean
kip_sync_keys_destroy_older (KipSyncKeys *self,
                             guint16      generation,
                             GError     **error)
{
  g_autoptr (KipShareSlots) slots = kip_share_slots_copy (kip_sync_keys_get_slots (self));

  slots->oldest = MAX (slots->oldest, generation);
  kip_share_keys_set_slots (self->keys, slots);
  kip_share_keys_forget_destroyed (self->keys);
  kip_sync_keys_be_keen (self);
  return kip_sync_keys_keep (self, error);
}

/* ---- a new file ---- */

static gboolean
shows_all (KipSyncKeys *self)
{
  return kip_share_keys_count (self->keys) <= HEADER_GENERATIONS;
}

static guint16
oldest_shown (KipSyncKeys *self)
{
  return shows_all (self) ? kip_share_keys_get_oldest (self->keys) : kip_share_keys_get_newest (self->keys);
}

GBytes *
kip_sync_keys_begin_file (KipSyncKeys *self,
                          guint32      epoch,
                          GError     **error)
{
  const KipShareSlots *slots = kip_sync_keys_get_slots (self);
  g_autoptr (KipShareKeys) shown = shows_all (self) ? kip_share_keys_copy_shown (self->keys) : kip_share_keys_copy_newest (self->keys);
  g_autoptr (GPtrArray) wanted = kip_sync_keys_dup_wanted (self);
  guint8 public_key[32], secret_key[64];
  GBytes *header;

  if (!self->replica->class->signing_key (self->replica, public_key, secret_key, error))
    return NULL;
  /* Who has no box here has one in the frame behind. */
  if (wanted->len > HEADER_BOXES)
    g_ptr_array_set_size (wanted, HEADER_BOXES);
  header = kip_share_header_make_again (shown, epoch, &slots->passphrase, wanted, self->replica->class->device (self->replica), secret_key, error);
  sodium_memzero (secret_key, sizeof secret_key);
  if (header == NULL)
    return NULL;
  kip_share_keys_set_file (self->keys, kip_share_keys_get_file (shown));
  kip_share_keys_set_sealing (self->keys, 0);
  return header;
}

void
kip_sync_keys_end_file (KipSyncKeys *self,
                        gboolean     is_there)
{
  if (is_there)
    {
      kip_sync_keys_set_file (self, kip_share_keys_get_file (self->keys));
      kip_sync_keys_note_oldest (self, &self->header_oldest, oldest_shown (self));
      kip_sync_keys_note_oldest (self, &self->sealed_oldest, kip_share_keys_get_newest (self->keys));
      kip_sync_keys_carry (self, kip_share_keys_get_newest (self->keys));
    }
  kip_share_keys_set_sealing (self->keys, self->carried);
}
