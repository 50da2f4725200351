/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync-keys-private.h"

#include "kip-cbor.h"
#include "kip-keys.h"

#include <sodium.h>
#include <string.h>

/* What is kept: [2, file id, print, newest generation, waiting, beginnings of the public keys that have a slot,
 * oldest generation in the header, in frames of keys, that seals]. */
#define STATE "keys"
#define FORMAT 2
#define N_ITEMS 9

/* ---- life ---- */

static void
clear (KipSyncKeys *self)
{
  memset (self->print, 0, sizeof self->print);
  g_byte_array_set_size (self->given, 0);
  self->carried = 0;
  self->n_waiting = 0;
  self->given_oldest = self->sealed_oldest = 0;
  g_ptr_array_set_size (self->pending, 0);
  self->since = self->rotate_since = 0;
  self->is_dirty = TRUE;
}

static gboolean
read_state (KipSyncKeys *self,
            GBytes      *state)
{
  KipCborReader reader;
  const guint8 *file, *print, *given;
  gsize file_length, print_length, given_length;
  gint64 format;
  guint64 carried, waiting, oldest[3];
  guint n;

  kip_cbor_reader_init (&reader, g_bytes_get_data (state, NULL), g_bytes_get_size (state));
  if (!kip_cbor_get_list (&reader, &n) || n != N_ITEMS || !kip_cbor_get_int (&reader, &format) || format != FORMAT
      || !kip_cbor_get_bytes (&reader, &file, &file_length) || file_length != sizeof self->file
      || !kip_cbor_get_bytes (&reader, &print, &print_length) || print_length != sizeof self->print
      || !kip_cbor_get_uint (&reader, &carried) || carried > G_MAXUINT16
      || !kip_cbor_get_uint (&reader, &waiting) || waiting > G_MAXUINT
      || !kip_cbor_get_bytes (&reader, &given, &given_length) || given_length % KIP_KEY_PRINT != 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (oldest); i++)
    if (!kip_cbor_get_uint (&reader, &oldest[i]) || oldest[i] > G_MAXUINT16)
      return FALSE;
  memcpy (self->file, file, file_length);
  memcpy (self->print, print, print_length);
  self->carried = (guint16) carried;
  self->n_waiting = (guint) waiting;
  self->header_oldest = (guint16) oldest[0];
  self->given_oldest = (guint16) oldest[1];
  self->sealed_oldest = (guint16) oldest[2];
  g_byte_array_append (self->given, given, (guint) given_length);
  return TRUE;
}

KipSyncKeys *
kip_sync_keys_new (KipReplica   *replica,
                   KipShareKeys *keys)
{
  KipSyncKeys *self = g_new0 (KipSyncKeys, 1);

  self->replica = replica;
  self->keys = keys;
  self->given = g_byte_array_new ();
  self->pending = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_keyring_free);
  return self;
}

void
kip_sync_keys_free (KipSyncKeys *self)
{
  if (self->free_data != NULL)
    self->free_data (self->keep_data);
  g_byte_array_unref (self->given);
  g_ptr_array_unref (self->pending);
  g_free (self);
}

void
kip_sync_keys_set_keeper (KipSyncKeys   *self,
                          KipSyncKeep    keep,
                          gpointer       data,
                          GDestroyNotify free_data)
{
  if (self->free_data != NULL)
    self->free_data (self->keep_data);
  self->keep = keep;
  self->keep_data = data;
  self->free_data = free_data;
}

void
kip_sync_keys_set_file (KipSyncKeys            *self,
                        const KipShareIdentity *file)
{
  clear (self);
  self->header_oldest = 0;
  memcpy (self->file, file->file, sizeof self->file);
}

void
kip_sync_keys_load (KipSyncKeys            *self,
                    const KipShareIdentity *file)
{
  g_autoptr (GBytes) state = self->replica->class->get_state (self->replica, STATE);

  clear (self);
  if (state == NULL || !read_state (self, state) || memcmp (self->file, file->file, sizeof self->file) != 0)
    kip_sync_keys_set_file (self, file);
  else
    self->is_dirty = FALSE;
  kip_share_keys_set_sealing (self->keys, self->carried);
}

void
kip_sync_keys_forget (KipSyncKeys *self)
{
  clear (self);
}

gboolean
kip_sync_keys_save (KipSyncKeys *self,
                    GError     **error)
{
  GByteArray *out;
  g_autoptr (GBytes) state = NULL;

  if (!self->is_dirty)
    return TRUE;
  out = g_byte_array_new ();
  kip_cbor_put_list (out, N_ITEMS);
  kip_cbor_put_int (out, FORMAT);
  kip_cbor_put_bytes (out, self->file, sizeof self->file);
  kip_cbor_put_bytes (out, self->print, sizeof self->print);
  kip_cbor_put_int (out, self->carried);
  kip_cbor_put_int (out, self->n_waiting);
  kip_cbor_put_bytes (out, self->given->data, self->given->len);
  kip_cbor_put_int (out, self->header_oldest);
  kip_cbor_put_int (out, self->given_oldest);
  kip_cbor_put_int (out, self->sealed_oldest);
  state = g_byte_array_free_to_bytes (out);
  if (!self->replica->class->set_state (self->replica, STATE, state, error))
    return FALSE;
  self->is_dirty = FALSE;
  return TRUE;
}

/* ---- what is to be carried ---- */

gboolean
kip_sync_keys_keep (KipSyncKeys *self,
                    GError     **error)
{
  return self->keep == NULL || self->keep (self->keys, self->keep_data, error);
}

const KipShareSlots *
kip_sync_keys_get_slots (KipSyncKeys *self)
{
  if (kip_share_keys_get_slots (self->keys) == NULL)
    {
      g_autoptr (KipShareSlots) slots = kip_share_slots_new ();

      slots->generation = kip_share_keys_get_newest (self->keys);
      kip_share_keys_set_slots (self->keys, slots);
    }
  return kip_share_keys_get_slots (self->keys);
}

void
kip_sync_keys_print (const KipShareKeys *keys,
                     guint8             *print)
{
  g_autoptr (GBytes) slots = kip_share_slots_to_bytes (kip_share_keys_get_slots (keys));
  guint16 newest = kip_share_keys_get_newest (keys);
  guint8 hash[KIP_HASH_SIZE];
  GByteArray *all = g_byte_array_new ();

  g_byte_array_append (all, g_bytes_get_data (slots, NULL), (guint) g_bytes_get_size (slots));
  kip_cbor_put_int (all, newest);
  if (kip_share_keys_count_former (keys) > 0)
    kip_cbor_put_int (all, kip_share_keys_count_former (keys));
  kip_hash_bytes (all->data, all->len, hash);
  memcpy (print, hash, KIP_KEYS_PRINT_SIZE);
  sodium_memzero (all->data, all->len);
  g_byte_array_unref (all);
}

/* The keys of those who are in: each gets a slot.  Whoever made the newest generation may have known of a removal that has not
 * come to this machine yet. (transfer full) of guint8[32], owned */
GPtrArray *
kip_sync_keys_dup_wanted (KipSyncKeys *self)
{
  g_autoptr (KipMembers) members = self->replica->class->dup_members (self->replica);
  GPtrArray *all = kip_members_get_all (members);
  const KipShareSlots *slots = kip_sync_keys_get_slots (self);
  GPtrArray *wanted = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < all->len; i++)
    {
      const KipMember *member = g_ptr_array_index (all, i);

      if (kip_member_is_in (member) && !kip_share_slots_is_without (slots, member->device))
        g_ptr_array_add (wanted, g_memdup2 (g_array_index (member->keys, KipMemberKey, member->keys->len - 1).key, KIP_MEMBER_KEY_SIZE));
    }
  return wanted;
}

gboolean
kip_sync_keys_has_slot (KipSyncKeys  *self,
                        const guint8 *key)
{
  for (guint i = 0; i < self->given->len; i += KIP_KEY_PRINT)
    if (memcmp (self->given->data + i, key, KIP_KEY_PRINT) == 0)
      return TRUE;
  return FALSE;
}

gboolean
kip_sync_keys_is_given (KipSyncKeys *self)
{
  guint8 print[KIP_KEYS_PRINT_SIZE];
  g_autoptr (GPtrArray) wanted = NULL;

  kip_sync_keys_get_slots (self);
  kip_sync_keys_print (self->keys, print);
  if (memcmp (print, self->print, sizeof print) != 0)
    return FALSE;
  wanted = kip_sync_keys_dup_wanted (self);
  for (guint i = 0; i < wanted->len; i++)
    if (!kip_sync_keys_has_slot (self, g_ptr_array_index (wanted, i)))
      return FALSE;
  return TRUE;
}

gboolean
kip_sync_keys_may_say (KipSyncKeys *self)
{
  g_autoptr (KipMembers) members = self->replica->class->dup_members (self->replica);
  guint32 device = self->replica->class->device (self->replica);

  return device != 0 && kip_members_has (members, device, G_MAXUINT64 - 1);
}

guint
kip_sync_keys_count_purges (KipSyncKeys *self)
{
  g_autoptr (GArray) purges = self->replica->class->purges (self->replica, NULL);

  return purges != NULL ? purges->len : 0;
}
