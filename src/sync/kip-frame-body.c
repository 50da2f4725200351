/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-frame-private.h"

#include "kip-cbor.h"
#include "kip-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
kip_frame_set_damaged (GError **error)
{
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_CORRUPT,
                       _("A change that came from another computer is damaged and was left out."));
}

/* ---- change-sets: [form, bytes, signature or empty, bytes, signature or empty …] ---- */

#define CHANGES_FORM 1
#define LIST_MAX 9   /* bytes of the list's head and the form */
#define PAIR_MAX 12  /* of the heads of a pair */

static gsize
packed_size (const KipRawChange *raw)
{
  return PAIR_MAX + g_bytes_get_size (raw->bytes) + (raw->is_signed ? KIP_RAW_SIGNATURE_SIZE : 0);
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
      size += packed_size (g_ptr_array_index (changes, from + n));
      if (n > 0 && size > MIN (target, KIP_FRAME_BODY_MAX))
        break;
      n++;
    }
  return n;
}

static void
put_change (GByteArray         *out,
            const KipRawChange *raw)
{
  gsize length;
  gconstpointer data = g_bytes_get_data (raw->bytes, &length);

  kip_cbor_put_bytes (out, data, length);
  kip_cbor_put_bytes (out, raw->signature, raw->is_signed ? KIP_RAW_SIGNATURE_SIZE : 0);
}

GBytes *
kip_frame_pack_changes (GPtrArray *changes,
                        guint      from,
                        gsize      target,
                        guint     *n_taken,
                        GError   **error)
{
  guint n = count_fitting (changes, from, target);
  GByteArray *out;

  g_return_val_if_fail (from < changes->len, NULL);
  if (n == 1 && LIST_MAX + packed_size (g_ptr_array_index (changes, from)) > KIP_FRAME_BODY_MAX)
    {
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_INVALID,
                           _("A change is too large to be shared in one piece. It is safe on this computer."));
      return NULL;
    }
  out = g_byte_array_new ();
  kip_cbor_put_list (out, 1 + 2 * n);
  kip_cbor_put_int (out, CHANGES_FORM);
  for (guint i = 0; i < n; i++)
    put_change (out, g_ptr_array_index (changes, from + i));
  *n_taken = n;
  return g_byte_array_free_to_bytes (out);
}

/* (transfer full) (nullable) */
static KipRawChange *
read_change (KipCborReader *reader,
             GBytes        *body)
{
  const guint8 *start = g_bytes_get_data (body, NULL), *data, *signature;
  gsize length, signature_length;
  g_autoptr (GBytes) bytes = NULL;

  if (!kip_cbor_get_bytes (reader, &data, &length) || !kip_cbor_get_bytes (reader, &signature, &signature_length)
      || (signature_length != 0 && signature_length != KIP_RAW_SIGNATURE_SIZE))
    return NULL;
  bytes = g_bytes_new_from_bytes (body, (gsize) (data - start), length);
  return kip_raw_change_new (bytes, signature_length > 0 ? signature : NULL, NULL);
}

static gboolean
read_changes (GBytes    *body,
              GPtrArray *changes)
{
  KipCborReader reader;
  guint64 form;
  guint n;

  kip_cbor_reader_init (&reader, g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  if (!kip_cbor_get_list (&reader, &n) || n % 2 != 1 || !kip_cbor_get_uint (&reader, &form) || form != CHANGES_FORM)
    return FALSE;
  for (guint i = 0; i < n / 2; i++)
    {
      KipRawChange *raw = read_change (&reader, body);

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

  if (read_changes (body, changes))
    return g_steal_pointer (&changes);
  kip_frame_set_damaged (error);
  return NULL;
}
