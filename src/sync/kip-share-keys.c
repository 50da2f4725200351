/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-share-keys-private.h"

#include "kip-bytes-private.h"
#include "kip-cbor.h"
#include "kip-error.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>

#define KEYS_FORM 1
#define MAX_GENERATIONS 1024 /* that bytes may hold */
#define ROTATE_STEP 64

typedef struct
{
  guint16 number;
  guint8 office_key[KIP_OFFICE_KEY_SIZE];
  guint8 content_key[KIP_OFFICE_KEY_SIZE]; /* of the file that the keys are set to */
} Generation;

struct _KipShareKeys
{
  guint8 office[KIP_OFFICE_ID_SIZE];
  gboolean has_file;
  KipShareIdentity file;
  guint8 marker[KIP_FRAME_MARKER_SIZE];
  guint n_generations;
  Generation *generations; /* (owned) rising; locked in memory, wiped when freed */
  guint16 sealing; /* 0: the newest */
  KipShareSlots *slots; /* (owned) (nullable) */
};

KipShareKeys *
kip_share_keys_new (const guint8 *office_id)
{
  KipShareKeys *keys = g_new0 (KipShareKeys, 1);

  if (sodium_init () < 0)
    g_error ("libsodium does not start");
  memcpy (keys->office, office_id, sizeof keys->office);
  return keys;
}

void
kip_share_keys_free (KipShareKeys *keys)
{
  sodium_free (keys->generations);
  g_clear_pointer (&keys->slots, kip_share_slots_free);
  g_free (keys);
}

const guint8 *
kip_share_keys_get_office (const KipShareKeys *keys)
{
  return keys->office;
}

/* ---- generations ---- */

static Generation *
find_generation (const KipShareKeys *keys,
                 guint16             number)
{
  for (guint i = 0; i < keys->n_generations; i++)
    if (keys->generations[i].number == number)
      return &keys->generations[i];
  return NULL;
}

static void
derive_content_key (KipShareKeys *keys,
                    Generation   *generation)
{
  if (keys->has_file)
    kip_derive_file_key (generation->office_key, KIP_OFFICE_KEY_SIZE, &keys->file, "kip-file", generation->content_key);
}

/* Room for one more, in its place. */
static Generation *
insert_generation (KipShareKeys *keys,
                   guint16       number)
{
  Generation *room = sodium_allocarray (keys->n_generations + 1, sizeof *room);
  guint place = 0;

  if (room == NULL)
    g_error ("no memory for a key");
  while (place < keys->n_generations && keys->generations[place].number < number)
    place++;
  for (guint i = 0; i < keys->n_generations; i++)
    room[i + (i >= place)] = keys->generations[i];
  sodium_free (keys->generations);
  keys->generations = room;
  keys->n_generations++;
  room[place].number = number;
  return &room[place];
}

void
kip_share_keys_add (KipShareKeys *keys,
                    guint16       generation,
                    const guint8 *key)
{
  Generation *place = find_generation (keys, generation);

  g_return_if_fail (generation > 0);
  if (place == NULL)
    place = insert_generation (keys, generation);
  memcpy (place->office_key, key, KIP_OFFICE_KEY_SIZE);
  derive_content_key (keys, place);
}

static gboolean
is_destroyed (const KipShareKeys *keys,
              guint16             number)
{
  return keys->slots != NULL && number < keys->slots->oldest;
}

void
kip_share_keys_merge (KipShareKeys       *keys,
                      const KipShareKeys *from)
{
  for (guint i = 0; i < from->n_generations; i++)
    {
      const Generation *generation = &from->generations[i];

      if (!kip_share_keys_has (keys, generation->number) && !is_destroyed (keys, generation->number))
        kip_share_keys_add (keys, generation->number, generation->office_key);
    }
}

/* Numbers that it may have drawn, and not too many: it may say anything. */
#define MAX_FORMER 64

gboolean
kip_share_keys_merge_former (KipShareKeys       *keys,
                             const KipShareKeys *from,
                             guint32             device)
{
  guint before = keys->n_generations;

  for (guint i = 0; i < from->n_generations && keys->n_generations < MAX_FORMER; i++)
    {
      const Generation *generation = &from->generations[i];

      if (generation->number % ROTATE_STEP == device % ROTATE_STEP
          && !kip_share_keys_has (keys, generation->number) && !is_destroyed (keys, generation->number))
        kip_share_keys_add (keys, generation->number, generation->office_key);
    }
  return keys->n_generations > before;
}

guint16
kip_share_keys_begin_generation (KipShareKeys *keys)
{
  guint16 number = (guint16) (kip_share_keys_get_newest (keys) + 1);
  guint8 key[KIP_OFFICE_KEY_SIZE];

  randombytes_buf (key, sizeof key);
  kip_share_keys_add (keys, number, key);
  sodium_memzero (key, sizeof key);
  return number;
}

guint16
kip_share_keys_rotate (KipShareKeys *keys,
                       guint32       device)
{
  guint number = (kip_share_keys_get_newest (keys) / ROTATE_STEP + 1) * ROTATE_STEP + device % ROTATE_STEP;
  guint8 key[KIP_OFFICE_KEY_SIZE];

  while (number <= G_MAXUINT16 && kip_share_keys_has (keys, (guint16) number))
    number += ROTATE_STEP;
  if (number > G_MAXUINT16)
    return 0;
  randombytes_buf (key, sizeof key);
  kip_share_keys_add (keys, (guint16) number, key);
  sodium_memzero (key, sizeof key);
  return (guint16) number;
}

guint
kip_share_keys_count (const KipShareKeys *keys)
{
  return keys->n_generations;
}

void
kip_share_keys_set_sealing (KipShareKeys *keys,
                            guint16       generation)
{
  keys->sealing = generation;
}

guint16
kip_share_keys_get_sealing (const KipShareKeys *keys)
{
  guint16 newest = kip_share_keys_get_newest (keys);

  return keys->sealing <= newest && kip_share_keys_has (keys, keys->sealing) ? keys->sealing : newest;
}

void
kip_share_keys_set_slots (KipShareKeys        *keys,
                          const KipShareSlots *slots)
{
  KipShareSlots *copy = slots != NULL ? kip_share_slots_copy (slots) : NULL;

  g_clear_pointer (&keys->slots, kip_share_slots_free);
  keys->slots = copy;
}

const KipShareSlots *
kip_share_keys_get_slots (const KipShareKeys *keys)
{
  return keys->slots;
}

/* What the slots do not know of yet was made by somebody who is out. */
guint16
kip_share_keys_get_newest (const KipShareKeys *keys)
{
  guint16 known = keys->slots != NULL && keys->slots->generation != 0 ? keys->slots->generation : G_MAXUINT16;
  guint n = keys->n_generations;

  while (n > 1 && keys->generations[n - 1].number > known)
    n--;
  return n > 0 ? keys->generations[n - 1].number : 0;
}

guint
kip_share_keys_count_former (const KipShareKeys *keys)
{
  guint16 newest = kip_share_keys_get_newest (keys);
  guint n = 0;

  for (guint i = 0; i < keys->n_generations; i++)
    n += keys->generations[i].number > newest;
  return n;
}

guint16
kip_share_keys_get_oldest (const KipShareKeys *keys)
{
  return keys->n_generations > 0 ? keys->generations[0].number : 0;
}

guint16
kip_share_keys_get_older (const KipShareKeys *keys,
                          guint16             generation)
{
  guint16 older = 0;

  for (guint i = 0; i < keys->n_generations && keys->generations[i].number < generation; i++)
    older = keys->generations[i].number;
  return older;
}

gboolean
kip_share_keys_has (const KipShareKeys *keys,
                    guint16             generation)
{
  return find_generation (keys, generation) != NULL;
}

void
kip_share_keys_forget (KipShareKeys *keys,
                       guint16       generation)
{
  Generation *place = find_generation (keys, generation);

  if (place == NULL)
    return;
  for (Generation *last = keys->generations + --keys->n_generations; place < last; place++)
    *place = place[1];
  sodium_memzero (keys->generations + keys->n_generations, sizeof *place);
}

gboolean
kip_share_keys_forget_destroyed (KipShareKeys *keys)
{
  gboolean any = FALSE;

  if (is_destroyed (keys, kip_share_keys_get_newest (keys)))
    return FALSE;
  while (is_destroyed (keys, kip_share_keys_get_oldest (keys)))
    {
      kip_share_keys_forget (keys, kip_share_keys_get_oldest (keys));
      any = TRUE;
    }
  return any;
}

/* ---- the file ---- */

void
kip_derive_file_key (const guint8           *key,
                     gsize                   key_length,
                     const KipShareIdentity *file,
                     const char             *use,
                     guint8                 *derived)
{
  guint8 personal[crypto_generichash_blake2b_PERSONALBYTES] = { 0 };

  G_STATIC_ASSERT (crypto_generichash_blake2b_SALTBYTES == KIP_FILE_ID_SIZE);
  g_assert (strlen (use) == 8);
  memcpy (personal, use, 8);
  kip_put_u32 (personal + 8, file->epoch);
  crypto_generichash_blake2b_salt_personal (derived, KIP_OFFICE_KEY_SIZE, NULL, 0, key, key_length, file->file, personal);
}

/* BLAKE2b with a digest of 64 bits, which libsodium does not offer: 16 bytes is its least.
 * So the marker is the first 8 bytes of that. */
void
kip_frame_marker (const guint8 *file_id,
                  guint8       *marker)
{
  guint8 digest[crypto_generichash_BYTES_MIN];
  crypto_generichash_state state;

  crypto_generichash_init (&state, NULL, 0, sizeof digest);
  crypto_generichash_update (&state, file_id, KIP_FILE_ID_SIZE);
  crypto_generichash_update (&state, (const guint8 *) "frame", 5);
  crypto_generichash_final (&state, digest, sizeof digest);
  memcpy (marker, digest, KIP_FRAME_MARKER_SIZE);
}

void
kip_share_keys_set_file (KipShareKeys           *keys,
                         const KipShareIdentity *identity)
{
  g_return_if_fail (memcmp (identity->office, keys->office, KIP_OFFICE_ID_SIZE) == 0);
  keys->file = *identity;
  keys->has_file = TRUE;
  kip_frame_marker (identity->file, keys->marker);
  for (guint i = 0; i < keys->n_generations; i++)
    derive_content_key (keys, &keys->generations[i]);
}

const KipShareIdentity *
kip_share_keys_get_file (const KipShareKeys *keys)
{
  return keys->has_file ? &keys->file : NULL;
}

const guint8 *
kip_share_keys_get_marker (const KipShareKeys *keys)
{
  g_return_val_if_fail (keys->has_file, NULL);
  return keys->marker;
}

const guint8 *
kip_share_keys_get_content_key (const KipShareKeys *keys,
                                guint16             generation)
{
  const Generation *place = find_generation (keys, generation);

  g_return_val_if_fail (keys->has_file, NULL);
  return place != NULL ? place->content_key : NULL;
}

const guint8 *
kip_share_keys_get_office_key (const KipShareKeys *keys,
                               guint16             generation)
{
  const Generation *place = find_generation (keys, generation);

  return place != NULL ? place->office_key : NULL;
}

/* ---- kept as bytes: [form, office, [number, key, number, key …]] ---- */

GBytes *
kip_share_keys_to_bytes (const KipShareKeys *keys)
{
  GByteArray *out = g_byte_array_sized_new (64 + keys->n_generations * (KIP_OFFICE_KEY_SIZE + 8));
  GBytes *bytes;

  kip_cbor_put_list (out, 3);
  kip_cbor_put_int (out, KEYS_FORM);
  kip_cbor_put_bytes (out, keys->office, sizeof keys->office);
  kip_cbor_put_list (out, 2 * keys->n_generations);
  for (guint i = 0; i < keys->n_generations; i++)
    {
      kip_cbor_put_int (out, keys->generations[i].number);
      kip_cbor_put_bytes (out, keys->generations[i].office_key, KIP_OFFICE_KEY_SIZE);
    }
  bytes = kip_secret_bytes_new (out->data, out->len);
  kip_secret_array_free (out);
  return bytes;
}

static gboolean
read_generation (KipCborReader *reader,
                 KipShareKeys  *keys)
{
  guint64 number;
  const guint8 *key;
  gsize length;

  if (!kip_cbor_get_uint (reader, &number) || number <= kip_share_keys_get_newest (keys) || number > G_MAXUINT16
      || !kip_cbor_get_bytes (reader, &key, &length) || length != KIP_OFFICE_KEY_SIZE)
    return FALSE;
  kip_share_keys_add (keys, (guint16) number, key);
  return TRUE;
}

static gboolean
read_generations (KipCborReader *reader,
                  KipShareKeys  *keys)
{
  guint n;

  if (!kip_cbor_get_list (reader, &n) || n % 2 != 0 || n / 2 > MAX_GENERATIONS)
    return FALSE;
  for (guint i = 0; i < n / 2; i++)
    if (!read_generation (reader, keys))
      return FALSE;
  return TRUE;
}

/* (transfer full) (nullable) */
static KipShareKeys *
read_keys (GBytes *bytes)
{
  KipCborReader reader;
  g_autoptr (KipShareKeys) keys = NULL;
  const guint8 *office;
  guint n;
  guint64 form;
  gsize length;

  kip_cbor_reader_init (&reader, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (!kip_cbor_get_list (&reader, &n) || n != 3 || !kip_cbor_get_uint (&reader, &form) || form != KEYS_FORM
      || !kip_cbor_get_bytes (&reader, &office, &length) || length != KIP_OFFICE_ID_SIZE)
    return NULL;
  keys = kip_share_keys_new (office);
  return read_generations (&reader, keys) && kip_cbor_at_end (&reader) ? g_steal_pointer (&keys) : NULL;
}

KipShareKeys *
kip_share_keys_from_bytes (GBytes  *bytes,
                           GError **error)
{
  KipShareKeys *keys = read_keys (bytes);

  if (keys == NULL)
    g_set_error_literal (error, KIP_ERROR, KIP_ERROR_CORRUPT,
                         _("The keys of the shared office are damaged. Your own data is safe. Join the office again with its passphrase or a join code."));
  return keys;
}

/* ---- copies ---- */

KipShareKeys *
kip_share_keys_copy (const KipShareKeys *keys)
{
  KipShareKeys *copy = kip_share_keys_new (keys->office);

  kip_share_keys_merge (copy, keys);
  kip_share_keys_set_slots (copy, keys->slots);
  return copy;
}

KipShareKeys *
kip_share_keys_copy_newest (const KipShareKeys *keys)
{
  KipShareKeys *copy = kip_share_keys_new (keys->office);

  const Generation *newest = find_generation (keys, kip_share_keys_get_newest (keys));

  if (newest != NULL)
    kip_share_keys_add (copy, newest->number, newest->office_key);
  return copy;
}

KipShareKeys *
kip_share_keys_copy_shown (const KipShareKeys *keys)
{
  KipShareKeys *copy = kip_share_keys_new (keys->office);
  guint16 newest = kip_share_keys_get_newest (keys);

  for (guint i = 0; i < keys->n_generations && keys->generations[i].number <= newest; i++)
    kip_share_keys_add (copy, keys->generations[i].number, keys->generations[i].office_key);
  return copy;
}
