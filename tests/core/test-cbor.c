/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-change.h"
#include "kip-error.h"

#include <string.h>

static GByteArray *
from_hex (const char *hex)
{
  GByteArray *bytes = g_byte_array_new ();

  for (; hex[0] != '\0'; hex += 2)
    {
      guint8 byte = (guint8) (g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]));

      g_byte_array_append (bytes, &byte, 1);
    }
  return bytes;
}

static char *
to_hex (const GByteArray *bytes)
{
  GString *hex = g_string_new (NULL);

  for (guint i = 0; i < bytes->len; i++)
    g_string_append_printf (hex, "%02x", bytes->data[i]);
  return g_string_free (hex, FALSE);
}

/* RFC 8949, appendix A. */
static void
test_integers (void)
{
  static const struct
  {
    gint64      number;
    const char *hex;
  } cases[] = {
    { 0, "00" }, { 1, "01" }, { 23, "17" }, { 24, "1818" }, { 100, "1864" },
    { 1000, "1903e8" }, { 1000000, "1a000f4240" }, { 1000000000000, "1b000000e8d4a51000" },
    { G_MAXINT64, "1b7fffffffffffffff" },
    { -1, "20" }, { -10, "29" }, { -100, "3863" }, { -1000, "3903e7" },
    { G_MININT64, "3b7fffffffffffffff" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_autofree char *hex = NULL;
      KipCborReader reader;
      gint64 back;

      kip_cbor_put_int (bytes, cases[i].number);
      hex = to_hex (bytes);
      g_assert_cmpstr (hex, ==, cases[i].hex);
      kip_cbor_reader_init (&reader, bytes->data, bytes->len);
      g_assert_true (kip_cbor_get_int (&reader, &back));
      g_assert_cmpint (back, ==, cases[i].number);
      g_assert_true (kip_cbor_at_end (&reader));
    }
}

/* Bytes that say something, but not as we would have said it, are refused. */
static void
test_refused (void)
{
  static const struct
  {
    const char *hex, *why;
  } cases[] = {
    { "", "nothing" },
    { "1817", "23 in two bytes" },
    { "1900ff", "255 in three bytes" },
    { "1a0000ffff", "65535 in five bytes" },
    { "1b00000000ffffffff", "2^32-1 in nine bytes" },
    { "1bffffffffffffffff", "beyond 63 bits" },
    { "18", "cut after the head" },
    { "1b00", "cut inside the number" },
    { "1c", "reserved length" },
    { "9f01ff", "a list without a length" },
    { "830102", "a list of three with two" },
    { "9bffffffffffffffff", "a list longer than memory" },
    { "5b7fffffffffffffff", "bytes longer than memory" },
    { "a2010101", "a map of two with one and a half" },
    { "a201010101", "a key twice" },
    { "a202010101", "keys falling" },
    { "a1616101", "a text as key" },
    { "a12001", "a negative key" },
    { "62c328", "text that is not UTF-8" },
    { "60", "an empty text, which is written as none" },
    { "620061", "a text with NUL" },
    { "f97c00", "a float" },
    { "f5", "true, which is written as 1" },
    { "f7", "undefined" },
    { "c001", "a tag" },
    { "8181818181818181818181818181818181818101", "nested too deep" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GByteArray) bytes = from_hex (cases[i].hex);
      KipCborReader reader;
      KipValue *value = NULL;

      g_test_message ("%s", cases[i].why);
      kip_cbor_reader_init (&reader, bytes->data, bytes->len);
      g_assert_false (kip_cbor_get_value (&reader, &value));
      g_assert_true (reader.failed);
      g_assert_null (value);
    }
}

static KipValue *
random_value (GRand *rand,
              guint  depth)
{
  KipValue *value;
  guint n = (guint) g_rand_int_range (rand, 0, 5);
  guint8 bytes[40];

  switch (g_rand_int_range (rand, 0, depth > 4 ? 4 : 6))
    {
    case 0:
      return kip_value_none ();
    case 1:
      return kip_value_int ((gint64) ((guint64) g_rand_int (rand) << 32 | g_rand_int (rand)) >> g_rand_int_range (rand, 0, 63));
    case 2:
      return kip_value_text (n % 2 == 0 ? "Đường dây điện thoại" : "printer");
    case 3:
      for (guint i = 0; i < sizeof bytes; i++)
        bytes[i] = (guint8) g_rand_int (rand);
      return kip_value_bytes (bytes, (gsize) g_rand_int_range (rand, 0, sizeof bytes));
    case 4:
      value = kip_value_list ();
      for (guint i = 0; i < n; i++)
        kip_value_append (value, random_value (rand, depth + 1));
      return value;
    default:
      value = kip_value_map ();
      for (guint i = 0; i < n; i++)
        kip_value_put (value, (guint) g_rand_int_range (rand, 0, 400), random_value (rand, depth + 1));
      return value;
    }
}

static guint32
a_seed (void)
{
  guint32 seed = g_test_rand_int ();

  g_test_message ("seed %u", seed);
  return seed;
}

/* Equal values have equal bytes, and what is read back is what was written. */
static void
test_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (a_seed ());

  for (guint i = 0; i < 5000; i++)
    {
      g_autoptr (KipValue) value = random_value (rand, 0);
      g_autoptr (KipValue) back = NULL;
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_autoptr (GByteArray) again = g_byte_array_new ();
      KipCborReader reader;

      kip_cbor_put_value (bytes, value);
      kip_cbor_reader_init (&reader, bytes->data, bytes->len);
      g_assert_true (kip_cbor_get_value (&reader, &back));
      g_assert_true (kip_cbor_at_end (&reader));
      g_assert_true (kip_value_equal (value, back));
      kip_cbor_put_value (again, back);
      g_assert_cmpmem (again->data, again->len, bytes->data, bytes->len);
    }
}

static KipEvent *
an_event (GRand *rand)
{
  KipEvent *event = kip_event_new (KIP_KIND_TICKET, KIP_ID_MAKE (3, 77), KIP_VERB_SET, KIP_FIELD_SUBJECT);
  KipEventId id = { 3, 2, 41 };

  event->at = 1763600000000 + g_rand_int_range (rand, -1000, 1000);
  event->tl = (guint32) g_rand_int_range (rand, 1, 1000);
  kip_event_add_ref (event, &id);
  event->value = random_value (rand, 2);
  return event;
}

/* Every truncation and every flipped bit of an event is refused or is another
 * event of ours: it re-encodes to the very bytes that were read. */
static void
test_damaged_event (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (a_seed ());
  const KipInstant base = 1763600000000;

  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (KipEvent) event = an_event (rand);
      g_autoptr (GByteArray) bytes = g_byte_array_new ();

      kip_event_encode (event, base, bytes);
      for (guint cut = 0; cut < bytes->len; cut++)
        g_assert_null (kip_event_decode (bytes->data, cut, base, NULL));
      for (guint bit = 0; bit < bytes->len * 8; bit++)
        {
          g_autoptr (KipEvent) read = NULL;
          g_autoptr (GByteArray) again = g_byte_array_new ();
          g_autoptr (GError) error = NULL;

          bytes->data[bit / 8] ^= (guint8) (1 << bit % 8);
          read = kip_event_decode (bytes->data, bytes->len, base, &error);
          if (read == NULL)
            g_assert_error (error, KIP_ERROR, KIP_ERROR_CORRUPT);
          else
            {
              kip_event_encode (read, base, again);
              g_assert_cmpmem (again->data, again->len, bytes->data, bytes->len);
            }
          bytes->data[bit / 8] ^= (guint8) (1 << bit % 8);
        }
    }
}

/* What a newer Kip adds at the end of an event is passed over. */
static void
test_newer_event (void)
{
  g_autoptr (GByteArray) bytes = from_hex ("89020518630a0001800164ffff");
  g_autoptr (GByteArray) good = from_hex ("8902050118630a0280f618ff");
  g_autoptr (KipEvent) event = NULL;

  g_assert_null (kip_event_decode (bytes->data, bytes->len, 0, NULL));
  event = kip_event_decode (good->data, good->len, 0, NULL);
  g_assert_nonnull (event);
  g_assert_cmpuint (event->field, ==, 99);
  g_assert_cmpint (event->at, ==, 10);
}

static void
test_stamp (void)
{
  g_autoptr (KipChange) change = kip_change_new (KIP_ID_MAKE (1, 5), "reply");
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (KipStamp) back = NULL;
  g_autoptr (GError) error = NULL;
  guint8 previous[KIP_CHANGE_HASH_SIZE], got[KIP_CHANGE_HASH_SIZE];
  guint n;

  memset (previous, 7, sizeof previous);
  change->stamp->device = 2;
  change->stamp->seq = 900;
  change->stamp->hlc = G_GUINT64_CONSTANT (1763600000000) << 16 | 3;
  change->stamp->undo_device = 1;
  change->stamp->undo_seq = 899;
  kip_stamp_encode (change->stamp, previous, 12, bytes);
  back = kip_stamp_decode (bytes->data, bytes->len, got, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 12);
  g_assert_cmpmem (previous, sizeof previous, got, sizeof got);
  g_assert_cmpstr (back->action, ==, "reply");
  g_assert_cmpuint (back->hlc, ==, change->stamp->hlc);
  g_assert_cmpuint (back->undo_seq, ==, 899);

  bytes->data[1] = KIP_CHANGE_FORMAT + 1;
  g_assert_null (kip_stamp_decode (bytes->data, bytes->len, NULL, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_NEWER);
}

/* Only what is as long as it is to be. */
static void
test_fixed (void)
{
  const guint8 four[] = { 1, 2, 3, 4 };
  const guint8 none[4] = { 0 };
  const struct { gsize length; gboolean ok; } cases[] = { { 3, FALSE }, { 4, TRUE }, { 5, FALSE } };
  g_autoptr (GByteArray) out = g_byte_array_new ();

  kip_cbor_put_bytes (out, four, sizeof four);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint8 into[5] = { 0 };
      KipCborReader reader;

      kip_cbor_reader_init (&reader, out->data, out->len);
      g_assert_cmpint (kip_cbor_get_fixed (&reader, into, cases[i].length), ==, cases[i].ok);
      g_assert_cmpmem (into, 4, cases[i].ok ? four : none, 4);
      g_assert_cmpint (kip_cbor_at_end (&reader), ==, cases[i].ok);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cbor/integers", test_integers);
  g_test_add_func ("/cbor/refused", test_refused);
  g_test_add_func ("/cbor/fixed", test_fixed);
  g_test_add_func ("/cbor/round-trip", test_round_trip);
  g_test_add_func ("/event/damaged", test_damaged_event);
  g_test_add_func ("/event/newer", test_newer_event);
  g_test_add_func ("/stamp/round-trip", test_stamp);
  return g_test_run ();
}
