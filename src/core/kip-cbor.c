/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-cbor.h"

#include <string.h>

enum
{
  MAJOR_UINT = 0,
  MAJOR_NEGATIVE = 1,
  MAJOR_BYTES = 2,
  MAJOR_TEXT = 3,
  MAJOR_LIST = 4,
  MAJOR_MAP = 5
};

#define BYTE_NULL 0xf6

/* ---- writing ---- */

static void
put_head (GByteArray *out,
          guint8      major,
          guint64     number)
{
  guint8 head[9];
  guint bytes = number < 24 ? 0 : number <= 0xff ? 1 : number <= 0xffff ? 2 : number <= 0xffffffff ? 4 : 8;
  guint8 info = bytes == 0 ? (guint8) number : bytes == 1 ? 24 : bytes == 2 ? 25 : bytes == 4 ? 26 : 27;

  head[0] = (guint8) (major << 5 | info);
  for (guint i = 0; i < bytes; i++)
    head[1 + i] = (guint8) (number >> (8 * (bytes - 1 - i)));
  g_byte_array_append (out, head, 1 + bytes);
}

void
kip_cbor_put_int (GByteArray *out,
                  gint64      number)
{
  if (number >= 0)
    put_head (out, MAJOR_UINT, (guint64) number);
  else
    put_head (out, MAJOR_NEGATIVE, (guint64) (-(number + 1)));
}

void
kip_cbor_put_text (GByteArray *out,
                   const char *text)
{
  gsize length = strlen (text);

  put_head (out, MAJOR_TEXT, length);
  g_byte_array_append (out, (const guint8 *) text, (guint) length);
}

void
kip_cbor_put_bytes (GByteArray   *out,
                    gconstpointer data,
                    gsize         length)
{
  put_head (out, MAJOR_BYTES, length);
  if (length > 0)
    g_byte_array_append (out, data, (guint) length);
}

void
kip_cbor_put_list (GByteArray *out,
                   guint       length)
{
  put_head (out, MAJOR_LIST, length);
}

void
kip_cbor_put_map (GByteArray *out,
                  guint       length)
{
  put_head (out, MAJOR_MAP, length);
}

void
kip_cbor_put_none (GByteArray *out)
{
  guint8 null = BYTE_NULL;

  g_byte_array_append (out, &null, 1);
}

static void
put_items (GByteArray     *out,
           const KipValue *value)
{
  guint n = kip_value_length (value);
  gboolean map = kip_value_type (value) == KIP_VALUE_MAP;

  put_head (out, map ? MAJOR_MAP : MAJOR_LIST, n);
  for (guint i = 0; i < n; i++)
    {
      guint key = 0;
      KipValue *item = map ? kip_value_nth_pair (value, i, &key) : kip_value_nth (value, i);

      if (map)
        kip_cbor_put_int (out, key);
      kip_cbor_put_value (out, item);
    }
}

void
kip_cbor_put_value (GByteArray     *out,
                    const KipValue *value)
{
  gsize length;
  const guint8 *bytes;

  switch (kip_value_type (value))
    {
    case KIP_VALUE_INT:
      kip_cbor_put_int (out, kip_value_get_int (value, 0));
      break;
    case KIP_VALUE_TEXT:
      kip_cbor_put_text (out, kip_value_get_text (value));
      break;
    case KIP_VALUE_BYTES:
      bytes = kip_value_get_bytes (value, &length);
      kip_cbor_put_bytes (out, bytes, length);
      break;
    case KIP_VALUE_LIST:
    case KIP_VALUE_MAP:
      put_items (out, value);
      break;
    case KIP_VALUE_NONE:
    default:
      kip_cbor_put_none (out);
      break;
    }
}

/* ---- reading ---- */

void
kip_cbor_reader_init (KipCborReader *reader,
                      gconstpointer  data,
                      gsize          length)
{
  reader->at = data != NULL ? data : (const guint8 *) ""; /* no bytes at all may be at NULL */
  reader->end = reader->at + length;
  reader->failed = FALSE;
}

static gboolean
fail (KipCborReader *reader)
{
  reader->failed = TRUE;
  return FALSE;
}

/* Reads one head and refuses every form longer than it need be. */
static gboolean
get_head (KipCborReader *reader,
          guint8        *major,
          guint64       *number)
{
  static const guint64 smallest[] = { 24, 0x100, 0x10000, G_GUINT64_CONSTANT (0x100000000) };
  guint8 info;
  guint bytes;
  guint64 result = 0;

  if (reader->failed || reader->at >= reader->end)
    return fail (reader);
  *major = *reader->at >> 5;
  info = *reader->at++ & 0x1f;
  if (info < 24)
    {
      *number = info;
      return TRUE;
    }
  if (info > 27)
    return fail (reader);
  bytes = 1u << (info - 24);
  if ((gsize) (reader->end - reader->at) < bytes)
    return fail (reader);
  for (guint i = 0; i < bytes; i++)
    result = result << 8 | *reader->at++;
  if (result < smallest[info - 24])
    return fail (reader);
  *number = result;
  return TRUE;
}

gboolean
kip_cbor_get_int (KipCborReader *reader,
                  gint64        *number)
{
  guint8 major;
  guint64 n;

  if (!get_head (reader, &major, &n) || major > MAJOR_NEGATIVE || n > G_MAXINT64)
    return fail (reader);
  *number = major == MAJOR_UINT ? (gint64) n : -(gint64) n - 1;
  return TRUE;
}

gboolean
kip_cbor_get_uint (KipCborReader *reader,
                   guint64       *number)
{
  gint64 n;

  if (!kip_cbor_get_int (reader, &n) || n < 0)
    return fail (reader);
  *number = (guint64) n;
  return TRUE;
}

static gboolean
get_span (KipCborReader *reader,
          guint8         wanted,
          const guint8 **data,
          gsize         *length)
{
  guint8 major;
  guint64 n;

  if (!get_head (reader, &major, &n) || major != wanted || n > (guint64) (reader->end - reader->at))
    return fail (reader);
  *data = reader->at;
  *length = (gsize) n;
  reader->at += n;
  return TRUE;
}

gboolean
kip_cbor_get_bytes (KipCborReader *reader,
                    const guint8 **data,
                    gsize         *length)
{
  return get_span (reader, MAJOR_BYTES, data, length);
}

gboolean
kip_cbor_get_fixed (KipCborReader *reader,
                    guint8        *into,
                    gsize          length)
{
  const guint8 *data;
  gsize n;

  if (!kip_cbor_get_bytes (reader, &data, &n))
    return FALSE;
  if (n != length)
    return fail (reader);
  memcpy (into, data, length);
  return TRUE;
}

gboolean
kip_cbor_get_text (KipCborReader *reader,
                   const char   **text,
                   gsize         *length)
{
  const guint8 *data;
  gsize n;

  if (!get_span (reader, MAJOR_TEXT, &data, &n))
    return FALSE;
  if (!g_utf8_validate_len ((const char *) data, n, NULL))
    return fail (reader);
  *text = (const char *) data;
  *length = n;
  return TRUE;
}

static gboolean
get_count (KipCborReader *reader,
           guint8         wanted,
           guint          width,
           guint         *count)
{
  guint8 major;
  guint64 n;

  if (!get_head (reader, &major, &n) || major != wanted || n > (guint64) (reader->end - reader->at) / width)
    return fail (reader);
  *count = (guint) n;
  return TRUE;
}

gboolean
kip_cbor_get_list (KipCborReader *reader,
                   guint         *length)
{
  return get_count (reader, MAJOR_LIST, 1, length);
}

static gboolean get_value_at (KipCborReader *reader,
                              guint          depth,
                              KipValue     **value);

static gboolean
get_list_items (KipCborReader *reader,
                guint          depth,
                KipValue     **value)
{
  g_autoptr (KipValue) list = NULL;
  guint n;

  if (!get_count (reader, MAJOR_LIST, 1, &n))
    return FALSE;
  list = kip_value_list ();
  for (guint i = 0; i < n; i++)
    {
      KipValue *item;

      if (!get_value_at (reader, depth + 1, &item))
        return FALSE;
      kip_value_append (list, item);
    }
  *value = g_steal_pointer (&list);
  return TRUE;
}

/* The key of the @i-th pair of a map; @last: the one before it, and out. */
static gboolean
get_key (KipCborReader *reader,
         guint          i,
         guint64       *last)
{
  guint64 key;

  if (!kip_cbor_get_uint (reader, &key) || key > G_MAXUINT32 || (i > 0 && key <= *last))
    return fail (reader);
  *last = key;
  return TRUE;
}

static gboolean
get_map_pairs (KipCborReader *reader,
               guint          depth,
               KipValue     **value)
{
  g_autoptr (KipValue) map = NULL;
  guint64 key = 0;
  guint n;

  if (!get_count (reader, MAJOR_MAP, 2, &n))
    return FALSE;
  map = kip_value_map ();
  for (guint i = 0; i < n; i++)
    {
      KipValue *item;

      if (!get_key (reader, i, &key) || !get_value_at (reader, depth + 1, &item))
        return FALSE;
      kip_value_put (map, (guint) key, item);
    }
  *value = g_steal_pointer (&map);
  return TRUE;
}

/* An empty text is written as none, and a NUL cannot be kept. */
static gboolean
get_kept_text (KipCborReader *reader,
               const char   **text,
               gsize         *length)
{
  if (!kip_cbor_get_text (reader, text, length) || *length == 0 || memchr (*text, 0, *length) != NULL)
    return fail (reader);
  return TRUE;
}

static gboolean
get_text_value (KipCborReader *reader,
                KipValue     **value)
{
  const char *text;
  gsize length;
  g_autofree char *copy = NULL;

  if (!get_kept_text (reader, &text, &length))
    return FALSE;
  copy = g_strndup (text, length);
  *value = kip_value_text (copy);
  return TRUE;
}

static gboolean
get_value_at (KipCborReader *reader,
              guint          depth,
              KipValue     **value)
{
  const guint8 *data;
  gsize length;
  gint64 number;

  if (reader->failed || reader->at >= reader->end || depth > KIP_CBOR_MAX_DEPTH)
    return fail (reader);
  if (*reader->at == BYTE_NULL)
    {
      reader->at++;
      *value = kip_value_none ();
      return TRUE;
    }
  switch (*reader->at >> 5)
    {
    case MAJOR_UINT:
    case MAJOR_NEGATIVE:
      if (!kip_cbor_get_int (reader, &number))
        return FALSE;
      *value = kip_value_int (number);
      return TRUE;
    case MAJOR_TEXT:
      return get_text_value (reader, value);
    case MAJOR_BYTES:
      if (!kip_cbor_get_bytes (reader, &data, &length))
        return FALSE;
      *value = kip_value_bytes (data, length);
      return TRUE;
    case MAJOR_LIST:
      return get_list_items (reader, depth, value);
    case MAJOR_MAP:
      return get_map_pairs (reader, depth, value);
    default:
      return fail (reader);
    }
}

gboolean
kip_cbor_get_value (KipCborReader *reader,
                    KipValue     **value)
{
  return get_value_at (reader, 0, value);
}

static gboolean skip_at (KipCborReader *reader,
                         guint          depth);

static gboolean
skip_list (KipCborReader *reader,
           guint          depth)
{
  guint n;

  if (!get_count (reader, MAJOR_LIST, 1, &n))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!skip_at (reader, depth + 1))
      return FALSE;
  return TRUE;
}

static gboolean
skip_map (KipCborReader *reader,
          guint          depth)
{
  guint64 key = 0;
  guint n;

  if (!get_count (reader, MAJOR_MAP, 2, &n))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!get_key (reader, i, &key) || !skip_at (reader, depth + 1))
      return FALSE;
  return TRUE;
}

/* What get_value_at() reads, without keeping any of it. */
static gboolean
skip_at (KipCborReader *reader,
         guint          depth)
{
  const guint8 *data;
  const char *text;
  gsize length;
  gint64 number;

  if (reader->failed || reader->at >= reader->end || depth > KIP_CBOR_MAX_DEPTH)
    return fail (reader);
  if (*reader->at == BYTE_NULL)
    {
      reader->at++;
      return TRUE;
    }
  switch (*reader->at >> 5)
    {
    case MAJOR_UINT:
    case MAJOR_NEGATIVE:
      return kip_cbor_get_int (reader, &number);
    case MAJOR_TEXT:
      return get_kept_text (reader, &text, &length);
    case MAJOR_BYTES:
      return kip_cbor_get_bytes (reader, &data, &length);
    case MAJOR_LIST:
      return skip_list (reader, depth);
    case MAJOR_MAP:
      return skip_map (reader, depth);
    default:
      return fail (reader);
    }
}

gboolean
kip_cbor_skip (KipCborReader *reader)
{
  return skip_at (reader, 0);
}

gboolean
kip_cbor_at_end (const KipCborReader *reader)
{
  return !reader->failed && reader->at == reader->end;
}
