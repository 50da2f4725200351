/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-redact.h"

/* An event is a list whose first items say what it is about; the value is the eighth. */
#define FIXED_ITEMS 7

/* ---- values ---- */

gboolean
kip_value_has_text (const KipValue *value)
{
  KipValueType type = kip_value_type (value);
  guint n = type == KIP_VALUE_LIST || type == KIP_VALUE_MAP ? kip_value_length (value) : 0, key;

  if (type == KIP_VALUE_TEXT || type == KIP_VALUE_BYTES)
    return TRUE;
  for (guint i = 0; i < n; i++)
    if (kip_value_has_text (type == KIP_VALUE_LIST ? kip_value_nth (value, i) : kip_value_nth_pair (value, i, &key)))
      return TRUE;
  return FALSE;
}

/* (transfer full) */
static KipValue *
redact (KipValue *value)
{
  KipValueType type = kip_value_type (value);
  KipValue *copy;

  if (!kip_value_has_text (value))
    return value != NULL ? kip_value_ref (value) : kip_value_none ();
  if (type != KIP_VALUE_LIST && type != KIP_VALUE_MAP)
    return kip_value_none ();
  copy = type == KIP_VALUE_LIST ? kip_value_list () : kip_value_map ();
  for (guint i = 0; i < kip_value_length (value); i++)
    {
      guint key = 0;

      if (type == KIP_VALUE_LIST)
        kip_value_append (copy, redact (kip_value_nth (value, i)));
      else
        {
          KipValue *item = kip_value_nth_pair (value, i, &key);

          kip_value_put (copy, key, redact (item));
        }
    }
  return copy;
}

/* ---- events ---- */

/* Copies the items that stay; @out then ends before the value. */
static gboolean
copy_fixed (KipCborReader *reader,
            guint          n_items,
            GByteArray    *out)
{
  const guint8 *begin = reader->at;

  for (guint i = 0; i < FIXED_ITEMS; i++)
    if (!kip_cbor_skip (reader))
      return FALSE;
  kip_cbor_put_list (out, n_items);
  g_byte_array_append (out, begin, (guint) (reader->at - begin));
  return TRUE;
}

GBytes *
kip_redact_event (gconstpointer body,
                  gsize         length)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  KipCborReader reader;
  gboolean has_text = FALSE;
  guint n;

  kip_cbor_reader_init (&reader, body, length);
  if (!kip_cbor_get_list (&reader, &n) || n <= FIXED_ITEMS || !copy_fixed (&reader, n, out))
    return NULL;
  for (guint i = FIXED_ITEMS; i < n; i++)
    {
      g_autoptr (KipValue) value = NULL;
      g_autoptr (KipValue) rest = NULL;

      if (!kip_cbor_get_value (&reader, &value))
        return NULL;
      has_text |= kip_value_has_text (value);
      rest = redact (value);
      kip_cbor_put_value (out, rest);
    }
  if (!has_text || !kip_cbor_at_end (&reader))
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

/* ---- change-sets ---- */

/* The event at @body; NULL: nothing of it is to go. */
static GBytes *
redact_one (const guint8 *body,
            gsize         length,
            KipRedactFunc is_purged,
            gpointer      data)
{
  g_autoptr (KipEvent) event = kip_event_decode (body, length, 0, NULL);

  return event != NULL && is_purged (event->kind, event->entity, data) ? kip_redact_event (body, length) : NULL;
}

KipRawChange *
kip_raw_change_redact (KipRawChange *raw,
                       const guint8 *hash,
                       KipRedactFunc is_purged,
                       gpointer      data)
{
  g_autoptr (GArray) ends = kip_raw_change_ends (raw);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  const guint8 *all = g_bytes_get_data (raw->bytes, NULL);
  gboolean changed = FALSE;

  g_byte_array_append (out, all, g_array_index (ends, guint, 0));
  for (guint i = 0; i + 1 < ends->len; i++)
    {
      guint begin = g_array_index (ends, guint, i), length = g_array_index (ends, guint, i + 1) - begin;
      g_autoptr (GBytes) less = redact_one (all + begin, length, is_purged, data);
      gsize less_length = 0;
      const guint8 *less_data = less != NULL ? g_bytes_get_data (less, &less_length) : NULL;

      changed |= less != NULL;
      if (less != NULL)
        g_byte_array_append (out, less_data, (guint) less_length);
      else
        g_byte_array_append (out, all + begin, length);
    }
  if (!changed)
    return NULL;
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&out));
  return kip_raw_change_new_redacted (bytes, hash, raw->is_signed ? raw->signature : NULL, NULL);
}
