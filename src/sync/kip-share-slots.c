/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-share-slots.h"

#include "kip-bytes-private.h"
#include "kip-cbor.h"
#include "kip-error.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>

/* [serial, maker, Argon2id's passes, its memory, salt, key (both empty: no passphrase),
 * generation, its passphrase's serial and maker, [device, …], times that somebody was removed for good, oldest generation];
 * the first Kip wrote no more than NEEDED, and more items are a newer one's. */
#define ITEMS 12
#define NEEDED 10

/* So many devices may have been left out. */
#define MAX_DEVICES 4096

KipShareSlots *
kip_share_slots_new (void)
{
  KipShareSlots *slots = g_new0 (KipShareSlots, 1);

  G_STATIC_ASSERT (KIP_SLOT_SALT_SIZE == crypto_pwhash_SALTBYTES);
  slots->without = g_array_new (FALSE, FALSE, sizeof (guint32));
  return slots;
}

KipShareSlots *
kip_share_slots_copy (const KipShareSlots *slots)
{
  KipShareSlots *copy = g_memdup2 (slots, sizeof *slots);

  copy->without = g_array_copy (slots->without);
  return copy;
}

void
kip_share_slots_free (KipShareSlots *slots)
{
  g_array_unref (slots->without);
  sodium_memzero (slots, sizeof *slots);
  g_free (slots);
}

/* ---- the passphrase ---- */

static gboolean
stretch (KipPassphraseSlot *slot,
         const char        *passphrase,
         GError           **error)
{
  randombytes_buf (slot->salt, sizeof slot->salt);
  if (crypto_pwhash (slot->key, sizeof slot->key, passphrase, strlen (passphrase), slot->salt, slot->argon_ops,
                     (gsize) slot->argon_memory * 1024, crypto_pwhash_ALG_ARGON2ID13) == 0)
    return TRUE;
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_FAILED,
                       _("This computer has too little free memory to work with the passphrase. Nothing was changed. Close other programs and try again."));
  return FALSE;
}

gboolean
kip_share_slots_set_passphrase (KipShareSlots *slots,
                                const char    *passphrase,
                                guint32        maker,
                                guint32        ops,
                                guint32        memory,
                                GError       **error)
{
  KipPassphraseSlot slot = { slots->passphrase.serial + 1, maker, passphrase != NULL, ops, memory / 1024, { 0 }, { 0 } };

  if (passphrase == NULL)
    slot.argon_ops = slot.argon_memory = 0;
  else if (!stretch (&slot, passphrase, error))
    return FALSE;
  slots->passphrase = slot;
  sodium_memzero (&slot, sizeof slot);
  return TRUE;
}

gboolean
kip_share_slots_is_stale (const KipShareSlots *slots)
{
  return slots->made_serial != slots->passphrase.serial || slots->made_maker != slots->passphrase.maker;
}

/* ---- who is left out ---- */

gboolean
kip_share_slots_is_without (const KipShareSlots *slots,
                            guint32              device)
{
  for (guint i = 0; i < slots->without->len; i++)
    if (g_array_index (slots->without, guint32, i) == device)
      return TRUE;
  return FALSE;
}

void
kip_share_slots_leave_out (KipShareSlots *slots,
                           guint32        device)
{
  guint place = 0;

  if (kip_share_slots_is_without (slots, device))
    return;
  while (place < slots->without->len && g_array_index (slots->without, guint32, place) < device)
    place++;
  g_array_insert_val (slots->without, place, device);
}

/* ---- two words of it ---- */

static gboolean
is_later (const KipPassphraseSlot *a,
          const KipPassphraseSlot *b)
{
  return a->serial != b->serial ? a->serial > b->serial : a->maker > b->maker;
}

/* Of one generation: who has just come in knows its number before what it was made for. */
static void
merge_made (KipShareSlots       *slots,
            const KipShareSlots *from)
{
  if (from->made_serial > slots->made_serial
      || (from->made_serial == slots->made_serial && from->made_maker > slots->made_maker))
    {
      slots->made_serial = from->made_serial;
      slots->made_maker = from->made_maker;
    }
  slots->n_purges = MAX (slots->n_purges, from->n_purges);
  for (guint i = 0; i < from->without->len; i++)
    kip_share_slots_leave_out (slots, g_array_index (from->without, guint32, i));
}

void
kip_share_slots_merge (KipShareSlots       *slots,
                       const KipShareSlots *from)
{
  if (is_later (&from->passphrase, &slots->passphrase))
    slots->passphrase = from->passphrase;
  slots->oldest = MAX (slots->oldest, from->oldest);
  if (from->generation > slots->generation)
    {
      slots->generation = from->generation;
      slots->made_serial = slots->made_maker = 0;
      slots->n_purges = 0;
      g_array_set_size (slots->without, 0);
    }
  if (from->generation == slots->generation)
    merge_made (slots, from);
}

gboolean
kip_share_slots_equal (const KipShareSlots *a,
                       const KipShareSlots *b)
{
  g_autoptr (GBytes) x = kip_share_slots_to_bytes (a);
  g_autoptr (GBytes) y = kip_share_slots_to_bytes (b);

  return g_bytes_equal (x, y);
}

/* ---- as bytes ---- */

GBytes *
kip_share_slots_to_bytes (const KipShareSlots *slots)
{
  const KipPassphraseSlot *slot = &slots->passphrase;
  GByteArray *out = g_byte_array_sized_new (256 + 6 * slots->without->len);
  GBytes *bytes;

  kip_cbor_put_list (out, ITEMS);
  kip_cbor_put_int (out, slot->serial);
  kip_cbor_put_int (out, slot->maker);
  kip_cbor_put_int (out, slot->argon_ops);
  kip_cbor_put_int (out, slot->argon_memory);
  kip_cbor_put_bytes (out, slot->salt, slot->is_set ? sizeof slot->salt : 0);
  kip_cbor_put_bytes (out, slot->key, slot->is_set ? sizeof slot->key : 0);
  kip_cbor_put_int (out, slots->generation);
  kip_cbor_put_int (out, slots->made_serial);
  kip_cbor_put_int (out, slots->made_maker);
  kip_cbor_put_list (out, slots->without->len);
  for (guint i = 0; i < slots->without->len; i++)
    kip_cbor_put_int (out, g_array_index (slots->without, guint32, i));
  kip_cbor_put_int (out, slots->n_purges);
  kip_cbor_put_int (out, slots->oldest);
  bytes = kip_secret_bytes_new (out->data, out->len);
  kip_secret_array_free (out);
  return bytes;
}

static gboolean
get_u32 (KipCborReader *reader,
         guint32       *number)
{
  guint64 wide;

  if (!kip_cbor_get_uint (reader, &wide) || wide > G_MAXUINT32)
    return FALSE;
  *number = (guint32) wide;
  return TRUE;
}

static gboolean
get_secret (KipCborReader *reader,
            guint8        *into,
            gsize          size,
            gboolean      *is_set)
{
  const guint8 *data;
  gsize length;

  if (!kip_cbor_get_bytes (reader, &data, &length) || (length != size && length != 0))
    return FALSE;
  *is_set = length == size;
  if (*is_set)
    memcpy (into, data, size);
  return TRUE;
}

static gboolean
read_passphrase (KipCborReader     *reader,
                 KipPassphraseSlot *slot)
{
  gboolean has_salt;

  return get_u32 (reader, &slot->serial) && get_u32 (reader, &slot->maker)
         && get_u32 (reader, &slot->argon_ops) && get_u32 (reader, &slot->argon_memory)
         && get_secret (reader, slot->salt, sizeof slot->salt, &has_salt)
         && get_secret (reader, slot->key, sizeof slot->key, &slot->is_set) && has_salt == slot->is_set;
}

static gboolean
read_generation (KipCborReader *reader,
                 KipShareSlots *slots)
{
  guint32 generation, device;
  guint n;

  if (!get_u32 (reader, &generation) || generation > G_MAXUINT16
      || !get_u32 (reader, &slots->made_serial) || !get_u32 (reader, &slots->made_maker)
      || !kip_cbor_get_list (reader, &n) || n > MAX_DEVICES)
    return FALSE;
  slots->generation = (guint16) generation;
  for (guint i = 0; i < n; i++)
    {
      if (!get_u32 (reader, &device))
        return FALSE;
      kip_share_slots_leave_out (slots, device);
    }
  return TRUE;
}

/* What the first Kip did not write. */
static gboolean
read_later (KipCborReader *reader,
            KipShareSlots *slots)
{
  guint32 oldest;

  if (!get_u32 (reader, &slots->n_purges) || !get_u32 (reader, &oldest) || oldest > slots->generation)
    return FALSE;
  slots->oldest = (guint16) oldest;
  return TRUE;
}

KipShareSlots *
kip_share_slots_from_bytes (gconstpointer data,
                            gsize         length)
{
  g_autoptr (KipShareSlots) slots = kip_share_slots_new ();
  KipCborReader reader;
  guint n;

  kip_cbor_reader_init (&reader, data, length);
  if (!kip_cbor_get_list (&reader, &n) || n < NEEDED
      || !read_passphrase (&reader, &slots->passphrase) || !read_generation (&reader, slots)
      || (n >= ITEMS && !read_later (&reader, slots)))
    return NULL;
  for (guint i = ITEMS; i < n; i++)
    if (!kip_cbor_skip (&reader))
      return NULL;
  return kip_cbor_at_end (&reader) ? g_steal_pointer (&slots) : NULL;
}
