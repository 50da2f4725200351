/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sync-fixture.h"

#include <sodium.h>
#include <string.h>

#include "kip-keys.h"

#define MONDAY G_GINT64_CONSTANT (1773018000000) /* 9 March 2026, 08:00 in Vietnam */

/* ---- machines ---- */

void
device_init (Device *device,
             guint32 number)
{
  guint8 seed[crypto_sign_SEEDBYTES] = { 0 };

  g_assert_cmpint (sodium_init (), >=, 0);
  memset (device, 0, sizeof *device);
  device->number = number;
  memcpy (seed, &number, sizeof number);
  crypto_sign_seed_keypair (device->public_key, device->secret_key, seed);
}

static void
number_change (Device    *device,
               KipChange *change)
{
  KipStamp *stamp = change->stamp;

  stamp->device = device->number;
  stamp->seq = ++device->seq;
  stamp->at = MONDAY + (gint64) device->seq * 1000;
  stamp->hlc = (guint64) stamp->at << 16;
  for (guint i = 0; i < change->events->len; i++)
    ((KipEvent *) g_ptr_array_index (change->events, i))->at = stamp->at;
}

KipRawChange *
device_write (Device    *device,
              KipChange *change)
{
  GByteArray *out = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  guint8 signature[KIP_RAW_SIGNATURE_SIZE];
  KipRawChange *raw;

  number_change (device, change);
  kip_stamp_encode (change->stamp, device->hash, change->events->len, out);
  for (guint i = 0; i < change->events->len; i++)
    kip_event_encode (g_ptr_array_index (change->events, i), change->stamp->at, out);
  kip_change_free (change);
  kip_hash_bytes (out->data, out->len, device->hash);
  crypto_sign_detached (signature, NULL, device->hash, sizeof device->hash, device->secret_key);
  bytes = g_byte_array_free_to_bytes (out);
  raw = kip_raw_change_new (bytes, signature, &error);
  g_assert_no_error (error);
  return raw;
}

/* ---- what they write ---- */

static KipId
ticket_id (Device *device,
           guint   n)
{
  return KIP_ID_MAKE (device->number, 1000 + n);
}

static void
add_edit (KipChange *change,
          Device    *device,
          guint      n)
{
  KipEvent *event = kip_change_set_int (change, KIP_KIND_TICKET, ticket_id (device, n), KIP_FIELD_ASSIGNEE,
                                        (gint64) KIP_ID_MAKE (device->number, 7));
  KipEventId replaced = { device->number, 3, 4000 + n };

  event->tl = 12 + n % 20;
  kip_event_add_ref (event, &replaced);
}

KipChange *
one_edit (Device *device,
          guint   n)
{
  KipChange *change = kip_change_new (KIP_ID_MAKE (device->number, 7), "edit");

  add_edit (change, device, n);
  return change;
}

KipChange *
some_edits (Device *device,
            guint   n_events)
{
  KipChange *change = kip_change_new (KIP_ID_MAKE (device->number, 7), "bulk");

  for (guint i = 0; i < n_events; i++)
    add_edit (change, device, i);
  return change;
}

static KipChange *
random_change (Device *device,
               GRand  *rand)
{
  static const char *const texts[] = {
    "Máy in ở tầng 3 không in được từ sáng nay.", "The printer on the third floor does not print.",
    "Đã thay hộp mực, in thử tốt.", "Please call back before noon."
  };
  guint n = (guint) g_rand_int_range (rand, 0, 500);
  const char *text = texts[g_rand_int_range (rand, 0, G_N_ELEMENTS (texts))];
  KipChange *change;

  if (g_rand_int_range (rand, 0, 3) == 0)
    return one_edit (device, n);
  change = kip_change_new (KIP_ID_MAKE (device->number, 7), "reply");
  if (g_rand_boolean (rand))
    kip_change_set_text (change, KIP_KIND_TICKET, ticket_id (device, n), KIP_FIELD_SUBJECT, text);
  kip_change_add_message (change, ticket_id (device, n), KIP_MESSAGE_REPLY, text);
  return change;
}

GPtrArray *
random_changes (Device *device,
                GRand  *rand,
                guint   n)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_raw_change_unref);

  for (guint i = 0; i < n; i++)
    {
      KipRawChange *raw = device_write (device, random_change (device, rand));

      raw->is_signed = i + 1 == n || g_rand_boolean (rand);
      g_ptr_array_add (changes, raw);
    }
  return changes;
}

/* ---- keys ---- */

KipShareKeys *
fixed_keys (guint8 office,
            guint8 file,
            guint  generations)
{
  KipShareIdentity identity = { .epoch = 1 };
  KipShareKeys *keys;
  guint8 key[KIP_OFFICE_KEY_SIZE];

  memset (identity.office, office, sizeof identity.office);
  memset (identity.file, file, sizeof identity.file);
  keys = kip_share_keys_new (identity.office);
  for (guint i = 1; i <= generations; i++)
    {
      memset (key, (int) (office + i), sizeof key);
      kip_share_keys_add (keys, (guint16) i, key);
    }
  kip_share_keys_set_file (keys, &identity);
  return keys;
}

KipShareKeys *
no_keys (const KipShareKeys *keys)
{
  KipShareKeys *none = kip_share_keys_new (kip_share_keys_get_office (keys));

  kip_share_keys_set_file (none, kip_share_keys_get_file (keys));
  return none;
}

/* ---- bytes ---- */

GBytes *
random_body (GRand *rand,
             gsize  length)
{
  guint8 *data = g_malloc (length + 1);
  guint letters = g_rand_boolean (rand) ? 256 : 4;

  for (gsize i = 0; i < length; i++)
    data[i] = (guint8) g_rand_int_range (rand, 0, (gint32) letters);
  return g_bytes_new_take (data, length);
}

void
append_bytes (GByteArray *file,
              GBytes     *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  g_byte_array_append (file, data, (guint) length);
}

void
assert_same_bytes (GBytes *a,
                   GBytes *b)
{
  g_assert_nonnull (a);
  g_assert_nonnull (b);
  g_assert_cmpmem (g_bytes_get_data (a, NULL), g_bytes_get_size (a), g_bytes_get_data (b, NULL), g_bytes_get_size (b));
}

void
assert_same_changes (GPtrArray *a,
                     GPtrArray *b)
{
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    {
      const KipRawChange *x = g_ptr_array_index (a, i), *y = g_ptr_array_index (b, i);

      g_assert_cmpuint (x->device, ==, y->device);
      g_assert_cmpuint (x->seq, ==, y->seq);
      assert_same_bytes (x->bytes, y->bytes);
      g_assert_cmpint (x->is_signed, ==, y->is_signed);
      if (x->is_signed)
        g_assert_cmpmem (x->signature, sizeof x->signature, y->signature, sizeof y->signature);
    }
}

GRand *
printed_rand (void)
{
  const char *wanted = g_getenv ("KIP_SEED");
  guint64 seed = g_random_int ();

  if (wanted != NULL)
    g_assert_true (g_ascii_string_to_unsigned (wanted, 10, 0, G_MAXUINT32, &seed, NULL));
  g_test_message ("KIP_SEED=%u", (guint) seed);
  return g_rand_new_with_seed ((guint32) seed);
}
