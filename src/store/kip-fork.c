/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-fork.h"

#include <sodium.h>
#include <string.h>

/* ---- the twin's key and number ---- */

void
kip_fork_derive_key (const guint8 *secret_key,
                     const guint8 *hash,
                     guint8       *twin_public,
                     guint8       *twin_secret)
{
  guint8 seed[crypto_sign_SEEDBYTES];

  crypto_generichash (seed, sizeof seed, hash, KIP_HASH_SIZE, secret_key, crypto_sign_SECRETKEYBYTES);
  crypto_sign_seed_keypair (twin_public, twin_secret, seed);
  sodium_memzero (seed, sizeof seed);
}

static gboolean
is_taken (KipMembers   *members,
          guint32       device,
          const guint8 *key)
{
  const KipMember *member = kip_members_find (members, device);

  return member != NULL
         && (member->keys->len == 0 || memcmp (g_array_index (member->keys, KipMemberKey, 0).key, key, KIP_MEMBER_KEY_SIZE) != 0);
}

guint32
kip_fork_derive_number (const guint8 *twin_public,
                        KipMembers   *members)
{
  guint32 number;

  memcpy (&number, twin_public, sizeof number);
  number = GUINT32_FROM_LE (number) % KIP_TWIN_COUNT;
  while (is_taken (members, KIP_TWIN_FIRST + number, twin_public))
    number = (number + 1) % KIP_TWIN_COUNT;
  return KIP_TWIN_FIRST + number;
}

/* ---- names ---- */

KipForkNames *
kip_fork_names_new (guint32 from,
                    guint32 to,
                    guint64 last)
{
  KipForkNames *names = g_new0 (KipForkNames, 1);

  names->from = from;
  names->to = to;
  names->last = last;
  names->made = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return names;
}

void
kip_fork_names_free (KipForkNames *names)
{
  g_hash_table_unref (names->made);
  g_free (names);
}

void
kip_fork_names_add (KipForkNames *names,
                    KipId         made)
{
  if (KIP_ID_DEVICE (made) == names->from)
    g_hash_table_add (names->made, g_memdup2 (&made, sizeof made));
}

KipId
kip_fork_names_map (KipForkNames *names,
                    KipId         id)
{
  return g_hash_table_contains (names->made, &id) ? KIP_ID_MAKE (names->to, KIP_ID_COUNTER (id)) : id;
}

/* The first of a twin says that it is one. */
static void
map_event_id (KipForkNames *names,
              guint32      *device,
              guint64      *seq)
{
  if (*device != names->from || *seq <= names->last)
    return;
  *device = names->to;
  *seq = *seq - names->last + 1;
}

/* A number of more than 47 bits is an id, and no instant. */
static KipValue *
map_value (KipForkNames *names,
           KipValue     *value)
{
  KipValue *copy;
  guint key;

  switch (kip_value_type (value))
    {
    case KIP_VALUE_INT:
      return kip_value_int ((gint64) kip_fork_names_map (names, (KipId) kip_value_get_int (value, 0)));
    case KIP_VALUE_LIST:
      copy = kip_value_list ();
      for (guint i = 0; i < kip_value_length (value); i++)
        kip_value_append (copy, map_value (names, kip_value_nth (value, i)));
      return copy;
    case KIP_VALUE_MAP:
      copy = kip_value_map ();
      for (guint i = 0; i < kip_value_length (value); i++)
        {
          KipValue *item = kip_value_nth_pair (value, i, &key);

          kip_value_put (copy, key, map_value (names, item));
        }
      return copy;
    case KIP_VALUE_NONE:
    case KIP_VALUE_TEXT:
    case KIP_VALUE_BYTES:
    default:
      return kip_value_ref (value);
    }
}

/* Kinds and ids by turns: kip-purge.h.  What is not like that stays. */
static KipValue *
map_purge (KipForkNames *names,
           KipValue     *value)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  gsize length;
  const guint8 *data = kip_value_get_bytes (value, &length);
  KipCborReader reader;
  guint64 number;
  guint n;

  kip_cbor_reader_init (&reader, data, length);
  if (data == NULL || !kip_cbor_get_list (&reader, &n))
    return kip_value_ref (value);
  kip_cbor_put_list (out, n);
  for (guint i = 0; i < n; i++)
    {
      if (!kip_cbor_get_uint (&reader, &number))
        return kip_value_ref (value);
      kip_cbor_put_int (out, (gint64) kip_fork_names_map (names, number));
    }
  return kip_value_bytes (out->data, out->len);
}

static gboolean
is_ticket_number (const KipEvent *event)
{
  return event->kind == KIP_KIND_TICKET && event->field == KIP_FIELD_NUMBER;
}

static KipValue *
map_number (KipForkNames   *names,
            const KipEvent *event)
{
  gint64 number = kip_value_get_int (event->value, 0), lowest = KIP_TICKET_NUMBER (names->from, 0);

  if (!g_hash_table_contains (names->made, &event->entity) || number < lowest || number >= KIP_TICKET_NUMBER (names->from + 1, 0))
    return kip_value_ref (event->value);
  return kip_value_int (number - lowest + KIP_TICKET_NUMBER (names->to, 0));
}

static KipValue *
map_event_value (KipForkNames   *names,
                 const KipEvent *event)
{
  if (event->kind == KIP_KIND_PURGE && event->field == KIP_FIELD_PURGE_ENTITIES)
    return map_purge (names, event->value);
  return is_ticket_number (event) ? map_number (names, event) : map_value (names, event->value);
}

/* What a machine says of itself. */
static KipId
map_entity (KipForkNames   *names,
            const KipEvent *event)
{
  if (event->kind == KIP_KIND_MACHINE && event->entity == KIP_ID_MACHINE (names->from))
    return KIP_ID_MACHINE (names->to);
  return kip_fork_names_map (names, event->entity);
}

static void
map_event (KipForkNames *names,
           KipEvent     *event)
{
  KipValue *value = event->value != NULL ? map_event_value (names, event) : NULL;

  g_clear_pointer (&event->value, kip_value_unref);
  event->value = value;
  event->entity = map_entity (names, event);
  for (guint i = 0; i < event->n_refs; i++)
    map_event_id (names, &event->refs[i].device, &event->refs[i].seq);
}

/* Keys are the machine's own, and the copy has one. */
static gboolean
is_own_key (KipForkNames   *names,
            const KipEvent *event)
{
  return event->kind == KIP_KIND_MACHINE && event->entity == KIP_ID_MACHINE (names->from)
         && (event->field == KIP_FIELD_MACHINE_KEY || event->field == KIP_FIELD_MACHINE_TWIN);
}

static void
map_change (KipForkNames *names,
            KipChange    *change)
{
  KipStamp *stamp = change->stamp;

  map_event_id (names, &stamp->device, &stamp->seq);
  stamp->author = kip_fork_names_map (names, stamp->author);
  if (stamp->undo_seq != 0)
    map_event_id (names, &stamp->undo_device, &stamp->undo_seq);
  for (guint i = 0; i < change->events->len; i++)
    {
      KipEvent *event = g_ptr_array_index (change->events, i);

      /* In its place, so that places stay what they are referred to by. */
      if (is_own_key (names, event))
        event->field = KIP_FIELD_NOTE;
      map_event (names, event);
    }
}

/* ---- saying it again ---- */

static KipRawChange *
encode (KipChange    *change,
        guint8       *previous, /* in and out */
        const guint8 *secret_key) /* (nullable) */
{
  GByteArray *out = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  guint8 signature[KIP_SIGNATURE_SIZE];

  kip_stamp_encode (change->stamp, previous, change->events->len, out);
  for (guint i = 0; i < change->events->len; i++)
    kip_event_encode (g_ptr_array_index (change->events, i), change->stamp->at, out);
  kip_hash_bytes (out->data, out->len, previous);
  if (secret_key != NULL)
    crypto_sign_detached (signature, NULL, previous, KIP_HASH_SIZE, secret_key);
  bytes = g_byte_array_free_to_bytes (out);
  return kip_raw_change_new (bytes, secret_key != NULL ? signature : NULL, NULL);
}

/* As if it had been said just before the first of the others: a copy of this copy says the same, whenever that is. */
static KipChange *
make_first (const KipTwin *twin,
            guint32        device,
            KipChange     *next)
{
  KipChange *change = kip_change_new (next->stamp->author, "twin");
  KipEvent *event = kip_change_set (change, KIP_KIND_MACHINE, KIP_ID_MACHINE (device), KIP_FIELD_MACHINE_TWIN, kip_twin_to_value (twin));

  change->stamp->device = device;
  change->stamp->seq = 1;
  change->stamp->hlc = next->stamp->hlc - 1;
  change->stamp->at = event->at = next->stamp->at;
  return change;
}

GPtrArray *
kip_fork_say_again (KipForkNames  *names,
                    const KipTwin *twin,
                    const guint8  *twin_secret,
                    GPtrArray     *changes)
{
  GPtrArray *said = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_raw_change_unref);
  guint8 previous[KIP_HASH_SIZE] = { 0 };
  g_autoptr (KipChange) first = NULL;

  for (guint i = 0; i < changes->len; i++)
    map_change (names, g_ptr_array_index (changes, i));
  first = make_first (twin, names->to, g_ptr_array_index (changes, 0));
  g_ptr_array_add (said, encode (first, previous, twin_secret));
  for (guint i = 0; i < changes->len; i++)
    g_ptr_array_add (said, encode (g_ptr_array_index (changes, i), previous, twin_secret));
  return said;
}

/* ---- finding one ---- */

typedef struct
{
  KipRawChange *raw; /* borrowed */
  guint8        hash[KIP_HASH_SIZE], previous[KIP_HASH_SIZE];
} Other;

typedef struct
{
  guint32       device;
  KipMembers   *members;
  KipForkLookup lookup;
  gpointer      data;
  GHashTable   *others; /* (owned) hash → Other */
} Search;

static guint
hash_hash (gconstpointer key)
{
  guint number;

  memcpy (&number, key, sizeof number);
  return number;
}

static gboolean
hash_equal (gconstpointer a,
            gconstpointer b)
{
  return memcmp (a, b, KIP_HASH_SIZE) == 0;
}

static void
add_other (Search       *search,
           KipRawChange *raw)
{
  Other *other = g_new0 (Other, 1);
  g_autoptr (KipChange) change = kip_raw_change_decode (raw, other->previous, NULL);

  if (change == NULL || raw->device != search->device)
    {
      g_free (other);
      return;
    }
  other->raw = raw;
  if (raw->is_redacted)
    memcpy (other->hash, raw->hash, sizeof other->hash);
  else
    kip_hash_bytes (g_bytes_get_data (raw->bytes, NULL), g_bytes_get_size (raw->bytes), other->hash);
  g_hash_table_replace (search->others, other->hash, other);
}

static gboolean
is_vouched_for (Search      *search,
                const Other *other)
{
  const guint8 *key = kip_members_key (search->members, search->device, other->raw->seq);

  return other->raw->is_signed && key != NULL && kip_members_has (search->members, search->device, other->raw->seq)
         && kip_keys_verify (key, other->hash, other->raw->signature);
}

static const guint8 *
look_up (Search *search,
         guint64 seq)
{
  return search->lookup (search->device, seq, search->data);
}

static gboolean
follows_log (Search      *search,
             const Other *other)
{
  static const guint8 none[KIP_HASH_SIZE] = { 0 };
  const guint8 *before = other->raw->seq == 1 ? none : look_up (search, other->raw->seq - 1);

  return before != NULL && memcmp (before, other->previous, KIP_HASH_SIZE) == 0;
}

/* Where the line of @other leaves the log; NULL: something between is not here. */
static const Other *
trace (Search      *search,
       const Other *other)
{
  while (other != NULL && !follows_log (search, other))
    {
      const Other *before = g_hash_table_lookup (search->others, other->previous);

      other = before != NULL && before->raw->seq + 1 == other->raw->seq ? before : NULL;
    }
  return other;
}

/* In the log stands another one in the place of the first of the line. */
static gboolean
is_fork (Search      *search,
         const Other *root)
{
  const guint8 *ours = root != NULL ? look_up (search, root->raw->seq) : NULL;

  return ours != NULL && memcmp (ours, root->hash, KIP_HASH_SIZE) != 0
         && kip_members_find_heir (search->members, search->device, root->hash) == NULL;
}

static void
take_fork (Search      *search,
           const Other *root,
           KipFork     *fork)
{
  guint64 last = root->raw->seq - 1;

  if (fork->device != 0 && (fork->last < last || (fork->last == last && memcmp (fork->theirs, root->hash, KIP_HASH_SIZE) < 0)))
    return;
  fork->device = search->device;
  fork->last = last;
  memcpy (fork->ours, look_up (search, root->raw->seq), sizeof fork->ours);
  memcpy (fork->theirs, root->hash, sizeof fork->theirs);
}

gboolean
kip_fork_find (GPtrArray    *others,
               guint32       device,
               KipMembers   *members,
               KipForkLookup lookup,
               gpointer      data,
               KipFork      *fork)
{
  g_autoptr (GHashTable) table = g_hash_table_new_full (hash_hash, hash_equal, NULL, g_free);
  Search search = { device, members, lookup, data, table };
  GHashTableIter iter;
  gpointer other;

  memset (fork, 0, sizeof *fork);
  for (guint i = 0; i < others->len; i++)
    add_other (&search, g_ptr_array_index (others, i));
  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, NULL, &other))
    {
      const Other *root = trace (&search, other);

      if (is_fork (&search, root) && is_vouched_for (&search, other))
        take_fork (&search, root, fork);
    }
  return fork->device != 0;
}
