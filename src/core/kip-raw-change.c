/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-raw-change.h"

#include "kip-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
refuse (GError **error)
{
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_CORRUPT,
                       _("A change that came from another computer is damaged and was left out."));
  return FALSE;
}

/* The end of the item that begins at @from; 0: there is no whole one. */
static guint
item_end (const guint8 *data,
          gsize         length,
          guint         from)
{
  KipCborReader reader;

  kip_cbor_reader_init (&reader, data + from, length - from);
  return kip_cbor_skip (&reader) ? (guint) (reader.at - data) : 0;
}

/* (transfer full) (nullable) */
static GArray *
find_ends (GBytes *bytes)
{
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (guint));
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  guint end = 0;

  if (length > G_MAXUINT / 2)
    return NULL;
  do
    {
      end = item_end (data, length, end);
      if (end == 0)
        return NULL;
      g_array_append_val (ends, end);
    }
  while (end < length);
  return g_steal_pointer (&ends);
}

static KipStamp *
read_stamp (GBytes *bytes,
            GArray *ends,
            guint8 *previous_hash)
{
  guint n_events;
  g_autoptr (KipStamp) stamp = kip_stamp_decode (g_bytes_get_data (bytes, NULL), g_array_index (ends, guint, 0),
                                                 previous_hash, &n_events, NULL);

  return stamp != NULL && n_events == ends->len - 1 ? g_steal_pointer (&stamp) : NULL;
}

KipRawChange *
kip_raw_change_new (GBytes       *bytes,
                    const guint8 *signature,
                    GError      **error)
{
  g_autoptr (GArray) ends = find_ends (bytes);
  g_autoptr (KipStamp) stamp = ends != NULL ? read_stamp (bytes, ends, NULL) : NULL;
  KipRawChange *raw;

  if (stamp == NULL || stamp->device == 0 || stamp->seq == 0 || stamp->seq > G_MAXINT64)
    {
      refuse (error);
      return NULL;
    }
  raw = g_new0 (KipRawChange, 1);
  g_atomic_ref_count_init (&raw->refs);
  raw->device = stamp->device;
  raw->seq = stamp->seq;
  raw->bytes = g_bytes_ref (bytes);
  raw->is_signed = signature != NULL;
  if (signature != NULL)
    memcpy (raw->signature, signature, sizeof raw->signature);
  return raw;
}

KipRawChange *
kip_raw_change_new_redacted (GBytes       *bytes,
                             const guint8 *hash,
                             const guint8 *signature,
                             GError      **error)
{
  KipRawChange *raw = kip_raw_change_new (bytes, signature, error);

  if (raw == NULL)
    return NULL;
  raw->is_redacted = TRUE;
  memcpy (raw->hash, hash, sizeof raw->hash);
  return raw;
}

KipRawChange *
kip_raw_change_ref (KipRawChange *raw)
{
  g_atomic_ref_count_inc (&raw->refs);
  return raw;
}

void
kip_raw_change_unref (KipRawChange *raw)
{
  if (!g_atomic_ref_count_dec (&raw->refs))
    return;
  g_bytes_unref (raw->bytes);
  g_free (raw);
}

GArray *
kip_raw_change_ends (KipRawChange *raw)
{
  return find_ends (raw->bytes);
}

static gboolean
decode_events (KipRawChange *raw,
               GArray       *ends,
               KipChange    *change,
               GError      **error)
{
  const guint8 *data = g_bytes_get_data (raw->bytes, NULL);

  for (guint i = 0; i + 1 < ends->len; i++)
    {
      guint begin = g_array_index (ends, guint, i);
      KipEvent *event = kip_event_decode (data + begin, g_array_index (ends, guint, i + 1) - begin, change->stamp->at, error);

      if (event == NULL)
        return FALSE;
      event->id = (KipEventId) { raw->device, i, raw->seq };
      event->stamp = kip_stamp_ref (change->stamp);
      g_ptr_array_add (change->events, event);
    }
  return TRUE;
}

KipChange *
kip_raw_change_decode (KipRawChange *raw,
                       guint8       *previous_hash,
                       GError      **error)
{
  g_autoptr (GArray) ends = find_ends (raw->bytes);
  g_autoptr (KipChange) change = kip_change_new (KIP_ID_NONE, "");

  kip_stamp_unref (change->stamp);
  change->stamp = read_stamp (raw->bytes, ends, previous_hash);
  g_assert (change->stamp != NULL); /* kip_raw_change_new() saw it */
  return decode_events (raw, ends, change, error) ? g_steal_pointer (&change) : NULL;
}
