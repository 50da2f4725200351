/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync-keys.h"

#include "kip-cbor.h"
#include "kip-error.h"
#include "kip-keys.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

/* What is kept: [2, file id, print, newest generation, waiting, beginnings of the public keys that have a slot,
 * oldest generation in the header, in frames of keys, that seals]. */
#define STATE "keys"
#define FORMAT 2
#define N_ITEMS 9

/* By so many bytes what the file carries, and a public key, is known again. */
#define PRINT_SIZE 16
#define KEY_PRINT 8

/* So many frames of machines that are not known yet are kept in mind. */
#define MAX_PENDING 16

/* Who appended a frame does not do so again before this time, whatever becomes of it, in ms. */
#define POST_EVERY (60 * 1000)

/* A header has room for so many generations, and boxes beside them. */
#define HEADER_GENERATIONS 8
#define HEADER_BOXES 38

struct _KipSyncKeys
{
  KipReplica   *replica; /* (borrowed) */
  KipShareKeys *keys;    /* (borrowed) */
  KipSyncKeep   keep;    /* (nullable) */
  gpointer      keep_data; /* (owned) by @free_data */
  GDestroyNotify free_data;

  /* of the file, as far as it was read */
  guint8     file[KIP_FILE_ID_SIZE];
  guint8     print[PRINT_SIZE]; /* of the slots and the generation that @given is about */
  GByteArray *given;   /* (owned) of KEY_PRINT bytes each: who has a slot with those */
  guint16    carried;  /* the newest generation that the file gives */
  guint      n_waiting; /* frames whose key we do not have */
  guint16    header_oldest, given_oldest, sealed_oldest; /* the oldest generation in the header, in frames of keys, of frames; 0: none */
  GPtrArray *pending;  /* (owned) of KipKeyring by machines that are not known yet */
  gboolean   is_dirty;

  gboolean   must_reread;
  gboolean   must_rotate; /* by hand */
  gboolean   is_keen;     /* what is to be given was made here */
  gint64     since;       /* caller's clock: when the file was first seen to lack something; 0: it does not */
  gint64     rotate_since;
  gint64     posted_at;   /* caller's clock */
  gboolean   has_posted;
};

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
      || !kip_cbor_get_bytes (&reader, &given, &given_length) || given_length % KEY_PRINT != 0)
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

static gboolean
keep (KipSyncKeys *self,
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

static void
print_of (const KipShareKeys *keys,
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
  memcpy (print, hash, PRINT_SIZE);
  sodium_memzero (all->data, all->len);
  g_byte_array_unref (all);
}

/* Is out, and had a key: it was removed, or left. */
static gboolean
is_out (const KipMember *member)
{
  return member->keys->len > 0 && member->last != G_MAXUINT64;
}

static gboolean
is_in (const KipMember *member)
{
  return member->keys->len > 0 && member->last == G_MAXUINT64;
}

/* The keys of those who are in: each gets a slot.  Whoever made the newest generation may have known of a removal that has not
 * come to this machine yet. (transfer full) of guint8[32], owned */
static GPtrArray *
dup_wanted (KipSyncKeys *self)
{
  g_autoptr (KipMembers) members = self->replica->class->dup_members (self->replica);
  GPtrArray *all = kip_members_get_all (members);
  const KipShareSlots *slots = kip_sync_keys_get_slots (self);
  GPtrArray *wanted = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < all->len; i++)
    {
      const KipMember *member = g_ptr_array_index (all, i);

      if (is_in (member) && !kip_share_slots_is_without (slots, member->device))
        g_ptr_array_add (wanted, g_memdup2 (g_array_index (member->keys, KipMemberKey, member->keys->len - 1).key, KIP_MEMBER_KEY_SIZE));
    }
  return wanted;
}

static gboolean
is_given (KipSyncKeys  *self,
          const guint8 *key)
{
  for (guint i = 0; i < self->given->len; i += KEY_PRINT)
    if (memcmp (self->given->data + i, key, KEY_PRINT) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_carried (KipSyncKeys *self)
{
  guint8 print[PRINT_SIZE];
  g_autoptr (GPtrArray) wanted = NULL;

  kip_sync_keys_get_slots (self);
  print_of (self->keys, print);
  if (memcmp (print, self->print, sizeof print) != 0)
    return FALSE;
  wanted = dup_wanted (self);
  for (guint i = 0; i < wanted->len; i++)
    if (!is_given (self, g_ptr_array_index (wanted, i)))
      return FALSE;
  return TRUE;
}

static gboolean
is_member (KipSyncKeys *self)
{
  g_autoptr (KipMembers) members = self->replica->class->dup_members (self->replica);
  guint32 device = self->replica->class->device (self->replica);

  return device != 0 && kip_members_has (members, device, G_MAXUINT64 - 1);
}

/* ---- reading ---- */

static void
carry (KipSyncKeys *self,
       guint16      generation)
{
  if (generation <= kip_share_keys_get_newest (self->keys))
    self->carried = MAX (self->carried, generation);
  kip_share_keys_set_sealing (self->keys, self->carried);
  self->is_dirty = TRUE;
}

static void
note_oldest (KipSyncKeys *self,
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
    note_oldest (self, &self->sealed_oldest, found->generation);
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

  note_oldest (self, &self->header_oldest, kip_share_keys_get_oldest (found));
  carry (self, kip_share_keys_get_newest (found));
  if (has_new)
    keep (self, NULL);
}

static void
add_given (KipSyncKeys      *self,
           const KipKeyring *ring)
{
  guint8 print[PRINT_SIZE], wanted[PRINT_SIZE];

  print_of (ring->keys, print);
  print_of (self->keys, wanted);
  if (memcmp (print, wanted, sizeof print) != 0)
    return;
  if (memcmp (print, self->print, sizeof print) != 0)
    g_byte_array_set_size (self->given, 0);
  memcpy (self->print, print, sizeof print);
  for (guint i = 0; i < ring->given->len; i++)
    if (!is_given (self, g_ptr_array_index (ring->given, i)))
      g_byte_array_append (self->given, g_ptr_array_index (ring->given, i), KEY_PRINT);
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
  note_oldest (self, &self->given_oldest, kip_share_keys_get_oldest (ring->keys));
  carry (self, kip_share_keys_get_newest (ring->keys));
  add_given (self, ring);
  /* What could not be kept is read from the file again after the next start. */
  if (has_new || has_slots)
    keep (self, NULL);
}

/* Some of what stands in the file may be sealed with what it made before it heard that it is out. */
static void
accept_former (KipSyncKeys      *self,
               const KipKeyring *ring)
{
  if (!kip_share_keys_merge_former (self->keys, ring->keys, ring->device))
    return;
  self->must_reread |= self->n_waiting > 0;
  keep (self, NULL);
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
      return is_in (member) ? TRUSTED : FORMER;
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

/* ---- writing ---- */

GBytes *
kip_sync_keys_make_frame (KipSyncKeys *self,
                          GError     **error)
{
  g_autoptr (GPtrArray) wanted = dup_wanted (self);
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
  if (!is_member (self))
    return NULL;
  if (is_carried (self))
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
static void
be_keen (KipSyncKeys *self)
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

      if (is_out (member) && !kip_share_slots_is_without (slots, member->device))
        return TRUE;
    }
  return FALSE;
}

/* How often somebody was removed for good; what cannot be asked now is asked with the next round. */
static guint
count_purges (KipSyncKeys *self)
{
  g_autoptr (GArray) purges = self->replica->class->purges (self->replica, NULL);

  return purges != NULL ? purges->len : 0;
}

static void
leave_out_all (KipSyncKeys   *self,
               KipShareSlots *slots)
{
  g_autoptr (KipMembers) members = self->replica->class->dup_members (self->replica);
  GPtrArray *all = kip_members_get_all (members);

  g_array_set_size (slots->without, 0);
  for (guint i = 0; i < all->len; i++)
    if (is_out (g_ptr_array_index (all, i)))
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
  slots->n_purges = count_purges (self);
  leave_out_all (self, slots);
  kip_share_keys_set_slots (self->keys, slots);
  be_keen (self);
  if (keep (self, error))
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

  if (!is_member (self) || !(is_out_of_it || self->must_rotate || kip_share_slots_is_stale (slots) || count_purges (self) > slots->n_purges))
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
  be_keen (self);
}

gboolean
kip_sync_keys_is_given (KipSyncKeys *self)
{
  return is_carried (self);
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
  if (!keep (self, error))
    {
      kip_share_keys_set_slots (self->keys, before);
      return FALSE;
    }
  be_keen (self);
  return TRUE;
}

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
      || self->n_waiting > 0 || count_purges (self) > slots->n_purges)
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
  be_keen (self);
  return keep (self, error);
}

/* ---- a new file ---- */

/* A header has room for so many generations. */
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
  g_autoptr (GPtrArray) wanted = dup_wanted (self);
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
      note_oldest (self, &self->header_oldest, oldest_shown (self));
      note_oldest (self, &self->sealed_oldest, kip_share_keys_get_newest (self->keys));
      carry (self, kip_share_keys_get_newest (self->keys));
    }
  kip_share_keys_set_sealing (self->keys, self->carried);
}
