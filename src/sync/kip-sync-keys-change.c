/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is to be done about keys, and when it is our turn. */

#include "kip-sync-keys-private.h"

#include <sodium.h>

/* Who appended a frame does not do so again before this time, whatever becomes of it, in ms. */
#define POST_EVERY (60 * 1000)

GBytes *
kip_sync_keys_make_frame (KipSyncKeys *self,
                          GError     **error)
{
  g_autoptr (GPtrArray) wanted = kip_sync_keys_dup_wanted (self);
  guint8 public_key[32], secret_key[64];
  GBytes *frame;

  kip_sync_keys_get_slots (self);
  if (!self->replica->class->signing_key (self->replica, public_key, secret_key, error))
    return NULL;
  frame = kip_frame_keys_make (self->keys, wanted, self->replica->class->device (self->replica), secret_key, error);
  sodium_memzero (secret_key, sizeof secret_key);
  return frame;
}

/* The machines before us had their time. */
static gboolean
is_turn (gint64  *since,
         gboolean is_keen,
         gint64   now,
         gint64   wait)
{
  if (*since == 0)
    *since = now;
  return is_keen || now - *since >= wait;
}

GBytes *
kip_sync_keys_make_due (KipSyncKeys *self,
                        gint64       now,
                        gint64       wait,
                        GError     **error)
{
  if (!kip_sync_keys_may_say (self))
    return NULL;
  if (kip_sync_keys_is_given (self))
    {
      self->since = 0;
      self->is_keen = FALSE;
      return NULL;
    }
  if (!is_turn (&self->since, self->is_keen, now, wait) || (self->has_posted && ABS (now - self->posted_at) < POST_EVERY))
    return NULL;
  self->has_posted = TRUE;
  self->posted_at = now;
  return kip_sync_keys_make_frame (self, error);
}

/* What is to be given was made here: at once. */
void
kip_sync_keys_be_keen (KipSyncKeys *self)
{
  self->is_keen = TRUE;
  self->has_posted = FALSE;
}

/* Somebody is out by now who has the newest generation. */
static gboolean
is_someone_out (KipSyncKeys         *self,
                const KipShareSlots *slots)
{
  g_autoptr (KipMembers) members = self->replica->class->dup_members (self->replica);
  GPtrArray *all = kip_members_get_all (members);

  for (guint i = 0; i < all->len; i++)
    {
      const KipMember *member = g_ptr_array_index (all, i);

      if (kip_member_is_out (member) && !kip_share_slots_is_without (slots, member->device))
        return TRUE;
    }
  return FALSE;
}

static void
leave_out_all (KipSyncKeys   *self,
               KipShareSlots *slots)
{
  g_autoptr (KipMembers) members = self->replica->class->dup_members (self->replica);
  GPtrArray *all = kip_members_get_all (members);

  g_array_set_size (slots->without, 0);
  for (guint i = 0; i < all->len; i++)
    if (kip_member_is_out (g_ptr_array_index (all, i)))
      kip_share_slots_leave_out (slots, ((KipMember *) g_ptr_array_index (all, i))->device);
}

/* Who is out knows the passphrase's slot: it goes, unless there is another one since. */
static gboolean
begin_generation (KipSyncKeys *self,
                  gboolean     is_out_of_it,
                  GError     **error)
{
  guint32 device = self->replica->class->device (self->replica);
  g_autoptr (KipShareSlots) before = kip_share_slots_copy (kip_sync_keys_get_slots (self));
  g_autoptr (KipShareSlots) slots = kip_share_slots_copy (before);
  guint16 number;

  kip_share_keys_set_sealing (self->keys, kip_share_keys_get_sealing (self->keys));
  number = kip_share_keys_rotate (self->keys, device);
  if (number == 0)
    return TRUE;
  if (is_out_of_it && slots->passphrase.is_set && !kip_share_slots_is_stale (slots))
    kip_share_slots_set_passphrase (slots, NULL, device, 0, 0, NULL);
  slots->generation = number;
  slots->made_serial = slots->passphrase.serial;
  slots->made_maker = slots->passphrase.maker;
  slots->n_purges = kip_sync_keys_count_purges (self);
  leave_out_all (self, slots);
  kip_share_keys_set_slots (self->keys, slots);
  kip_sync_keys_be_keen (self);
  if (kip_sync_keys_keep (self, error))
    return TRUE;
  kip_share_keys_forget (self->keys, number);
  kip_share_keys_set_slots (self->keys, before);
  return FALSE;
}

gboolean
kip_sync_keys_rotate_due (KipSyncKeys *self,
                          gint64       now,
                          gint64       wait,
                          GError     **error)
{
  const KipShareSlots *slots = kip_sync_keys_get_slots (self);
  gboolean is_out_of_it = is_someone_out (self, slots);

  if (!kip_sync_keys_may_say (self) || !(is_out_of_it || self->must_rotate || kip_share_slots_is_stale (slots) || kip_sync_keys_count_purges (self) > slots->n_purges))
    {
      self->rotate_since = 0;
      return TRUE;
    }
  if (!is_turn (&self->rotate_since, self->must_rotate || self->is_keen, now, wait))
    return TRUE;
  if (!begin_generation (self, is_out_of_it, error))
    return FALSE;
  self->must_rotate = FALSE;
  self->rotate_since = 0;
  return TRUE;
}

void
kip_sync_keys_give (KipSyncKeys *self)
{
  kip_sync_keys_be_keen (self);
}

void
kip_sync_keys_rotate (KipSyncKeys *self)
{
  self->must_rotate = TRUE;
}

gboolean
kip_sync_keys_set_slots (KipSyncKeys         *self,
                         const KipShareSlots *slots,
                         GError             **error)
{
  g_autoptr (KipShareSlots) before = kip_share_slots_copy (kip_sync_keys_get_slots (self));

  kip_share_keys_set_slots (self->keys, slots);
  if (!kip_sync_keys_keep (self, error))
    {
      kip_share_keys_set_slots (self->keys, before);
      return FALSE;
    }
  kip_sync_keys_be_keen (self);
  return TRUE;
}
