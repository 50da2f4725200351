/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-frame-private.h"

#include "kip-cbor.h"
#include "kip-error.h"
#include "kip-keys.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
kip_frame_set_damaged (GError **error)
{
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_CORRUPT,
                       _("A change that came from another computer is damaged and was left out."));
}

void
kip_frame_set_too_large (GError **error)
{
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_INVALID,
                       _("A change is too large to be shared. It is safe on this computer. Split what it does into several."));
}

/* ---- change-sets: [form, bytes, place, signature or empty, bytes, place, signature or empty …] ----
 * Each names the hash of the one before it of its device.  Where that one stands before it in the same body, the hash is
 * left out of the bytes, and @place says where it belongs; 0: nothing was left out. */

#define CHANGES_FORM 1
#define LIST_MAX 9    /* bytes of the list's head and the form */
#define HEADS_MAX 16  /* of what is around a change-set */
#define HEAD_BYTES 96 /* of a change-set, in which the hash may stand */

/* ---- rests: [form, bytes, hash that was signed, signature or empty, …] ---- */

#define RESTS_FORM 1

static gsize
packed_size (const KipRawChange *raw)
{
  return HEADS_MAX + g_bytes_get_size (raw->bytes) + (raw->is_signed ? KIP_RAW_SIGNATURE_SIZE : 0)
         + (raw->is_redacted ? KIP_HASH_SIZE : 0);
}

gboolean
kip_frame_has_room (const KipRawChange *raw)
{
  return LIST_MAX + packed_size (raw) <= KIP_FRAME_BODY_MAX;
}

/* How many from @from on: at least one, then as long as @target is not passed. */
static guint
count_fitting (GPtrArray *changes,
               guint      from,
               gsize      target)
{
  gsize size = LIST_MAX;
  guint n = 0;

  while (from + n < changes->len)
    {
      const KipRawChange *raw = g_ptr_array_index (changes, from + n), *first = g_ptr_array_index (changes, from);

      size += packed_size (raw);
      if (raw->is_redacted != first->is_redacted)
        break;
      if (n > 0 && size > MIN (target, KIP_FRAME_BODY_MAX))
        break;
      n++;
    }
  return n;
}

/* Where in @raw the hash of @before (nullable) stands; 0: nowhere. */
static guint
find_hash (const KipRawChange *raw,
           const KipRawChange *before)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (raw->bytes, &length), *found;
  guint8 hash[KIP_HASH_SIZE];

  if (before == NULL || before->device != raw->device || before->seq + 1 != raw->seq)
    return 0;
  kip_hash_bytes (g_bytes_get_data (before->bytes, NULL), g_bytes_get_size (before->bytes), hash);
  found = memmem (data, MIN (length, HEAD_BYTES), hash, sizeof hash);
  return found != NULL ? (guint) (found - data) : 0;
}

static void
put_change (GByteArray         *out,
            GByteArray         *rest,
            const KipRawChange *raw,
            const KipRawChange *before)
{
  guint place = find_hash (raw, before);
  gsize length;
  const guint8 *data = g_bytes_get_data (raw->bytes, &length);

  g_byte_array_set_size (rest, 0);
  if (place > 0)
    {
      g_byte_array_append (rest, data, place);
      g_byte_array_append (rest, data + place + KIP_HASH_SIZE, (guint) (length - place - KIP_HASH_SIZE));
      kip_cbor_put_bytes (out, rest->data, rest->len);
    }
  else
    kip_cbor_put_bytes (out, data, length);
  kip_cbor_put_int (out, place);
  kip_cbor_put_bytes (out, raw->signature, raw->is_signed ? KIP_RAW_SIGNATURE_SIZE : 0);
}

static GBytes *
put_rests (GPtrArray *changes,
           guint      from,
           guint      n)
{
  GByteArray *out = g_byte_array_new ();

  kip_cbor_put_list (out, 1 + 3 * n);
  kip_cbor_put_int (out, RESTS_FORM);
  for (guint i = from; i < from + n; i++)
    {
      const KipRawChange *raw = g_ptr_array_index (changes, i);
      gsize length;
      gconstpointer data = g_bytes_get_data (raw->bytes, &length);

      kip_cbor_put_bytes (out, data, length);
      kip_cbor_put_bytes (out, raw->hash, sizeof raw->hash);
      kip_cbor_put_bytes (out, raw->signature, raw->is_signed ? KIP_RAW_SIGNATURE_SIZE : 0);
    }
  return g_byte_array_free_to_bytes (out);
}

static GBytes *
put_changes (GPtrArray *changes,
             guint      from,
             guint      n)
{
  g_autoptr (GByteArray) rest = g_byte_array_new ();
  GByteArray *out = g_byte_array_new ();

  kip_cbor_put_list (out, 1 + 3 * n);
  kip_cbor_put_int (out, CHANGES_FORM);
  for (guint i = from; i < from + n; i++)
    put_change (out, rest, g_ptr_array_index (changes, i), i > from ? g_ptr_array_index (changes, i - 1) : NULL);
  return g_byte_array_free_to_bytes (out);
}

GBytes *
kip_frame_pack_changes (GPtrArray *changes,
                        guint      from,
                        gsize      target,
                        guint     *n_taken,
                        GError   **error)
{
  guint n = count_fitting (changes, from, target);

  g_return_val_if_fail (from < changes->len, NULL);
  if (!kip_frame_has_room (g_ptr_array_index (changes, from)))
    {
      kip_frame_set_too_large (error);
      return NULL;
    }
  *n_taken = n;
  if (((KipRawChange *) g_ptr_array_index (changes, from))->is_redacted)
    return put_rests (changes, from, n);
  return put_changes (changes, from, n);
}

/* The bytes with the hash of @before put back at @place. (transfer full) */
static GBytes *
put_hash_back (const guint8       *data,
               gsize               length,
               gsize               place,
               const KipRawChange *before)
{
  guint8 *whole = g_malloc (length + KIP_HASH_SIZE);

  memcpy (whole, data, place);
  kip_hash_bytes (g_bytes_get_data (before->bytes, NULL), g_bytes_get_size (before->bytes), whole + place);
  memcpy (whole + place + KIP_HASH_SIZE, data + place, length - place);
  return g_bytes_new_take (whole, length + KIP_HASH_SIZE);
}

/* @before: the one before it in this body. (transfer full) (nullable) */
static KipRawChange *
read_change (KipCborReader      *reader,
             GBytes             *body,
             const KipRawChange *before)
{
  const guint8 *start = g_bytes_get_data (body, NULL), *data, *signature;
  gsize length, signature_length;
  guint64 place;
  g_autoptr (GBytes) bytes = NULL;

  if (!kip_cbor_get_bytes (reader, &data, &length) || !kip_cbor_get_uint (reader, &place)
      || place > MIN (length, HEAD_BYTES) || (place > 0 && before == NULL)
      || !kip_cbor_get_bytes (reader, &signature, &signature_length)
      || (signature_length != 0 && signature_length != KIP_RAW_SIGNATURE_SIZE))
    return NULL;
  bytes = place > 0 ? put_hash_back (data, length, (gsize) place, before)
                    : g_bytes_new_from_bytes (body, (gsize) (data - start), length);
  return kip_raw_change_new (bytes, signature_length > 0 ? signature : NULL, NULL);
}

gboolean
kip_frame_read_changes (GBytes    *body,
                        GPtrArray *changes)
{
  KipCborReader reader;
  KipRawChange *raw = NULL;
  guint64 form;
  guint n;

  kip_cbor_reader_init (&reader, g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  if (!kip_cbor_get_list (&reader, &n) || n % 3 != 1 || !kip_cbor_get_uint (&reader, &form) || form != CHANGES_FORM)
    return FALSE;
  for (guint i = 0; i < n / 3; i++)
    {
      raw = read_change (&reader, body, raw);
      if (raw == NULL)
        return FALSE;
      g_ptr_array_add (changes, raw);
    }
  return kip_cbor_at_end (&reader);
}

static KipRawChange *
read_rest (KipCborReader *reader,
           GBytes        *body)
{
  const guint8 *start = g_bytes_get_data (body, NULL), *data, *hash, *signature;
  gsize length, hash_length, signature_length;
  g_autoptr (GBytes) bytes = NULL;

  if (!kip_cbor_get_bytes (reader, &data, &length) || !kip_cbor_get_bytes (reader, &hash, &hash_length) || hash_length != KIP_HASH_SIZE
      || !kip_cbor_get_bytes (reader, &signature, &signature_length)
      || (signature_length != 0 && signature_length != KIP_RAW_SIGNATURE_SIZE))
    return NULL;
  bytes = g_bytes_new_from_bytes (body, (gsize) (data - start), length);
  return kip_raw_change_new_redacted (bytes, hash, signature_length > 0 ? signature : NULL, NULL);
}

gboolean
kip_frame_read_rests (GBytes    *body,
                      GPtrArray *changes)
{
  KipCborReader reader;
  guint64 form;
  guint n;

  kip_cbor_reader_init (&reader, g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  if (!kip_cbor_get_list (&reader, &n) || n % 3 != 1 || !kip_cbor_get_uint (&reader, &form) || form != RESTS_FORM)
    return FALSE;
  for (guint i = 0; i < n / 3; i++)
    {
      KipRawChange *raw = read_rest (&reader, body);

      if (raw == NULL)
        return FALSE;
      g_ptr_array_add (changes, raw);
    }
  return kip_cbor_at_end (&reader);
}

GPtrArray *
kip_frame_unpack_changes (GBytes  *body,
                          GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_raw_change_unref);

  if (kip_frame_read_changes (body, changes))
    return g_steal_pointer (&changes);
  kip_frame_set_damaged (error);
  return NULL;
}
