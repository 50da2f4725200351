/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fuzz.h"

#include <string.h>

#include "kip-cbor.h"
#include "kip-change.h"
#include "kip-event.h"

#define BASE G_GINT64_CONSTANT (1795167000000)

static void
assert_same_bytes (const GByteArray *out,
                   const guint8     *data,
                   gsize             size)
{
  g_assert_cmpmem (out->data, out->len, data, size);
}

/* What can be read is written back as the very bytes: the encoding is canonical. */
static void
check_value (const guint8 *data,
             gsize         size)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (KipValue) value = NULL;
  KipCborReader reader;

  kip_cbor_reader_init (&reader, data, size);
  if (!kip_cbor_get_value (&reader, &value) || !kip_cbor_at_end (&reader))
    return;
  kip_cbor_put_value (out, value);
  assert_same_bytes (out, data, size);
}

/* What is skipped is what would have been read. */
static void
check_skip (const guint8 *data,
            gsize         size)
{
  KipCborReader reader, skipper;

  kip_cbor_reader_init (&reader, data, size);
  kip_cbor_reader_init (&skipper, data, size);
  while (!kip_cbor_at_end (&skipper))
    {
      g_autoptr (KipValue) value = NULL;
      gboolean is_read = kip_cbor_get_value (&reader, &value), is_skipped = kip_cbor_skip (&skipper);

      g_assert_true (is_read == is_skipped);
      if (!is_skipped)
        return;
      g_assert_true (reader.at == skipper.at);
    }
}

/* An event with more items is a newer Kip's: it is read, and not written back whole. */
static void
check_event (const guint8 *data,
             gsize         size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KipEvent) event = kip_event_decode (data, size, BASE, &error);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (KipEvent) again = NULL;
  g_autoptr (GByteArray) second = g_byte_array_new ();

  g_assert_true ((event == NULL) == (error != NULL));
  if (event == NULL)
    return;
  kip_event_encode (event, BASE, out);
  again = kip_event_decode (out->data, out->len, BASE, NULL);
  g_assert_nonnull (again);
  kip_event_encode (again, BASE, second);
  assert_same_bytes (second, out->data, out->len);
}

static void
check_stamp (const guint8 *data,
             gsize         size)
{
  g_autoptr (GError) error = NULL;
  guint8 hash[KIP_CHANGE_HASH_SIZE];
  guint n_events = 0;
  g_autoptr (KipStamp) stamp = kip_stamp_decode (data, size, hash, &n_events, &error);

  g_assert_true ((stamp == NULL) == (error != NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  check_value (data, size);
  check_skip (data, size);
  check_event (data, size);
  check_stamp (data, size);
  return 0;
}
