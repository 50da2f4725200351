/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the file says of keys, and whose word that is. */

#include "kip-sync-keys-private.h"

#include <sodium.h>
#include <string.h>

/* So many frames of machines that are not known yet are kept in mind. */
#define MAX_PENDING 16

void
kip_sync_keys_carry (KipSyncKeys *self,
                     guint16      generation)
{
  if (generation <= kip_share_keys_get_newest (self->keys))
    self->carried = MAX (self->carried, generation);
  kip_share_keys_set_sealing (self->keys, self->carried);
  self->is_dirty = TRUE;
}

void
kip_sync_keys_note_oldest (KipSyncKeys *self,
                           guint16     *oldest,
                           guint16      generation)
{
  if (generation == 0 || (*oldest != 0 && *oldest <= generation))
    return;
  *oldest = generation;
  self->is_dirty = TRUE;
}

void
kip_sync_keys_note_frame (KipSyncKeys    *self,
                          const KipFound *found)
{
  if (found->kind == KIP_FOUND_FRAME || found->kind == KIP_FOUND_SEALED)
    kip_sync_keys_note_oldest (self, &self->sealed_oldest, found->generation);
}

static gboolean
merge (KipSyncKeys        *self,
       const KipShareKeys *found)
{
  guint before = kip_share_keys_count (self->keys);

  kip_share_keys_merge (self->keys, found);
  if (kip_share_keys_count (self->keys) == before)
    return FALSE;
  self->must_reread |= self->n_waiting > 0;
  return TRUE;
}

void
kip_sync_keys_take_header (KipSyncKeys        *self,
                           const KipShareKeys *found)
{
  gboolean has_new = merge (self, found);

  kip_sync_keys_note_oldest (self, &self->header_oldest, kip_share_keys_get_oldest (found));
  kip_sync_keys_carry (self, kip_share_keys_get_newest (found));
  if (has_new)
    kip_sync_keys_keep (self, NULL);
}

static void
add_given (KipSyncKeys      *self,
           const KipKeyring *ring)
{
  guint8 print[KIP_KEYS_PRINT_SIZE], wanted[KIP_KEYS_PRINT_SIZE];

  kip_sync_keys_print (ring->keys, print);
  kip_sync_keys_print (self->keys, wanted);
  if (memcmp (print, wanted, sizeof print) != 0)
    return;
  if (memcmp (print, self->print, sizeof print) != 0)
    g_byte_array_set_size (self->given, 0);
  memcpy (self->print, print, sizeof print);
  for (guint i = 0; i < ring->given->len; i++)
    if (!kip_sync_keys_has_slot (self, g_ptr_array_index (ring->given, i)))
      g_byte_array_append (self->given, g_ptr_array_index (ring->given, i), KIP_KEY_PRINT);
  self->is_dirty = TRUE;
}

static void
accept (KipSyncKeys      *self,
        const KipKeyring *ring)
{
  g_autoptr (KipShareSlots) slots = kip_share_slots_copy (kip_sync_keys_get_slots (self));
  gboolean has_new = merge (self, ring->keys), has_slots;

  kip_share_slots_merge (slots, kip_share_keys_get_slots (ring->keys));
  has_slots = !kip_share_slots_equal (slots, kip_share_keys_get_slots (self->keys));
  if (has_slots)
    {
      kip_share_keys_set_slots (self->keys, slots);
      kip_share_keys_forget_destroyed (self->keys);
    }
  kip_sync_keys_note_oldest (self, &self->given_oldest, kip_share_keys_get_oldest (ring->keys));
  kip_sync_keys_carry (self, kip_share_keys_get_newest (ring->keys));
  add_given (self, ring);
  /* What could not be kept is read from the file again after the next start. */
  if (has_new || has_slots)
    kip_sync_keys_keep (self, NULL);
}

/* Some of what stands in the file may be sealed with what it made before it heard that it is out. */
static void
accept_former (KipSyncKeys      *self,
               const KipKeyring *ring)
{
  if (!kip_share_keys_merge_former (self->keys, ring->keys, ring->device))
    return;
  self->must_reread |= self->n_waiting > 0;
  kip_sync_keys_keep (self, NULL);
}

typedef enum
{
  TRUSTED,
  FORMER, /* is out by now */
  NOT_KNOWN
} Trust;

/* Who is in may say so. */
static Trust
judge (KipSyncKeys      *self,
       const KipKeyring *ring)
{
  g_autoptr (KipMembers) members = self->replica->class->dup_members (self->replica);
  const KipMember *member = kip_members_find (members, ring->device);

  if (member == NULL || member->keys->len == 0)
    return NOT_KNOWN;
  for (guint i = 0; i < member->keys->len; i++)
    if (kip_keyring_is_by (ring, g_array_index (member->keys, KipMemberKey, i).key))
      return kip_member_is_in (member) ? TRUSTED : FORMER;
  return NOT_KNOWN;
}

/* Takes @ring. */
static void
weigh (KipSyncKeys *self,
       KipKeyring  *ring)
{
  g_autoptr (KipKeyring) taken = ring;

  switch (judge (self, ring))
    {
    case TRUSTED:
      accept (self, ring);
      break;
    case NOT_KNOWN:
      if (self->pending->len == MAX_PENDING)
        g_ptr_array_remove_index (self->pending, 0);
      g_ptr_array_add (self->pending, g_steal_pointer (&taken));
      break;
    case FORMER:
    default:
      accept_former (self, ring);
      break;
    }
}

static KipKeyring *
open_ring (KipSyncKeys *self,
           GBytes      *frame)
{
  const KipShareIdentity *file = kip_share_keys_get_file (self->keys);
  const KipShareSlots *slots = kip_share_keys_get_slots (self->keys);
  guint8 public_key[32], secret_key[64];
  KipKeyring *ring = NULL;

  if (self->replica->class->signing_key (self->replica, public_key, secret_key, NULL))
    ring = kip_frame_keys_open_device (file, frame, public_key, secret_key);
  sodium_memzero (secret_key, sizeof secret_key);
  if (ring == NULL && slots != NULL)
    ring = kip_frame_keys_open_slot (file, frame, &slots->passphrase);
  return ring;
}

void
kip_sync_keys_take_sealed (KipSyncKeys    *self,
                           const KipFound *found,
                           GBytes         *frame)
{
  KipKeyring *ring;

  /* Nobody has the key of a destroyed generation; what it sealed is published again by those who hold it. */
  if (found->generation != 0 && found->generation < kip_sync_keys_get_slots (self)->oldest)
    return;
  if (found->generation != 0)
    {
      self->n_waiting++;
      self->is_dirty = TRUE;
      return;
    }
  ring = found->type == KIP_FRAME_KEYS ? open_ring (self, frame) : NULL;
  if (ring != NULL)
    weigh (self, ring);
}

void
kip_sync_keys_take_own (KipSyncKeys *self,
                        GBytes      *frame)
{
  const KipFound found = { .kind = KIP_FOUND_SEALED, .type = KIP_FRAME_KEYS };

  kip_sync_keys_take_sealed (self, &found, frame);
}

gboolean
kip_sync_keys_settle (KipSyncKeys *self)
{
  g_autoptr (GPtrArray) again = g_steal_pointer (&self->pending);
  gboolean must_reread;

  self->pending = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_keyring_free);
  g_ptr_array_set_free_func (again, NULL);
  for (guint i = 0; i < again->len; i++)
    weigh (self, g_ptr_array_index (again, i));
  must_reread = self->must_reread;
  self->must_reread = FALSE;
  return must_reread;
}

gboolean
kip_sync_keys_is_behind (const KipSyncKeys *self,
                         guint16            generation)
{
  return self->carried != 0 && generation < self->carried;
}

guint
kip_sync_keys_count_waiting (const KipSyncKeys *self)
{
  return self->n_waiting;
}

gboolean
kip_sync_keys_has_pending (const KipSyncKeys *self)
{
  return self->pending->len > 0;
}
