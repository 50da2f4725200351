/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Whatever stands between, before and behind them, and however the bytes are fed: exactly
 * the whole frames are found, once, in their order and with what was put in. */

#include "sync-fixture.h"

#include <string.h>

#define ROUNDS 2000
#define BASE 4096

typedef struct
{
  GBytes *body;
  KipFrameType type;
  guint64 offset; /* in the file */
} Put;

static void
clear_put (gpointer data)
{
  g_bytes_unref (((Put *) data)->body);
}

static GArray *
puts_new (void)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (Put));

  g_array_set_clear_func (all, clear_put);
  return all;
}

/* ---- making a file ---- */

static void
put_frame (GByteArray         *file,
           const KipShareKeys *keys,
           GRand              *rand,
           GArray             *puts)
{
  gsize length = (gsize) (g_rand_int_range (rand, 0, 8) == 0 ? g_rand_int_range (rand, 0, 40000) : g_rand_int_range (rand, 0, 400));
  Put put = { random_body (rand, length), (KipFrameType) g_rand_int_range (rand, 1, 4), BASE + file->len };
  g_autoptr (GBytes) frame = kip_frame_seal (keys, put.type, 0, put.body, NULL);

  append_bytes (file, frame);
  g_array_append_val (puts, put);
}

static void
put_junk (GByteArray *file,
          GRand      *rand)
{
  g_autoptr (GBytes) junk = random_body (rand, (gsize) g_rand_int_range (rand, 1, 300));

  append_bytes (file, junk);
}

/* A frame of which only a part was written, at either end. */
static void
put_torn (GByteArray         *file,
          const KipShareKeys *keys,
          GRand              *rand)
{
  g_autoptr (GBytes) body = random_body (rand, (gsize) g_rand_int_range (rand, 0, 3000));
  g_autoptr (GBytes) frame = kip_frame_seal (keys, KIP_FRAME_CHANGES, 0, body, NULL);
  gint32 size = (gint32) g_bytes_get_size (frame), from = g_rand_boolean (rand) ? 0 : g_rand_int_range (rand, 1, size);
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (frame, (gsize) from, (gsize) g_rand_int_range (rand, 1, size - from + (from > 0)));

  append_bytes (file, part);
}

/* One that is whole but for a page of zeros. */
static void
put_holed (GByteArray         *file,
           const KipShareKeys *keys,
           GRand              *rand)
{
  g_autoptr (GBytes) body = random_body (rand, 200);
  g_autoptr (GBytes) frame = kip_frame_seal (keys, KIP_FRAME_CHANGES, 0, body, NULL);
  guint size = (guint) g_bytes_get_size (frame), at = (guint) g_rand_int_range (rand, 0, (gint32) size - 64);

  append_bytes (file, frame);
  memset (file->data + file->len - size + at, 0, 64);
}

static GBytes *
make_file (const KipShareKeys *keys,
           GRand              *rand,
           GArray             *puts)
{
  GByteArray *file = g_byte_array_new ();
  gint32 n = g_rand_int_range (rand, 0, 12);

  for (gint32 i = 0; i < n; i++)
    switch (g_rand_int_range (rand, 0, 8))
      {
      case 0:
        put_junk (file, rand);
        break;
      case 1:
        put_torn (file, keys, rand);
        break;
      case 2:
        put_holed (file, keys, rand);
        break;
      default:
        put_frame (file, keys, rand, puts);
        break;
      }
  return g_byte_array_free_to_bytes (file);
}

/* ---- finding ---- */

static void
check_one (const KipFound *found,
           GArray         *puts,
           guint          *n)
{
  const Put *put = &g_array_index (puts, Put, *n);

  g_assert_cmpuint (*n, <, puts->len);
  g_assert_cmpuint (found->offset, ==, put->offset);
  g_assert_cmpint (found->type, ==, put->type);
  assert_same_bytes (found->body, put->body);
  (*n)++;
}

/* Everything at once: what is found covers the bytes without a gap. */
static void
find_all (const KipShareKeys *keys,
          GBytes             *file,
          GArray             *puts)
{
  gsize at = 0, size = g_bytes_get_size (file);
  KipFound found = { 0 };
  guint n = 0;

  do
    {
      kip_found_clear (&found);
      kip_frame_find (keys, file, BASE, at, TRUE, &found);
      g_assert_cmpuint (found.offset, ==, BASE + at);
      g_assert_true (found.length > 0 || found.kind == KIP_FOUND_END);
      g_assert_cmpuint (found.length, <=, size - at);
      g_assert_true (found.kind != KIP_FOUND_SEALED);
      if (found.kind == KIP_FOUND_FRAME)
        check_one (&found, puts, &n);
      at += (gsize) found.length;
    }
  while (found.kind != KIP_FOUND_END && found.kind != KIP_FOUND_UNFINISHED);
  g_assert_cmpuint (at, ==, size);
  g_assert_cmpuint (n, ==, puts->len);
  kip_found_clear (&found);
}

/* The file grows while it is read: only what is there is shown, the reader keeps the bytes behind its
 * cursor and asks again after each piece. @knows_end: it is told that the bytes end, as a poll sees it. */
static void
find_growing (const KipShareKeys *keys,
              GBytes             *file,
              GArray             *puts,
              GRand              *rand,
              gboolean            knows_end)
{
  gsize size = g_bytes_get_size (file), shown = 0, cursor = 0;
  KipFound found = { 0 };
  guint n = 0;

  while (shown < size)
    {
      shown += (gsize) g_rand_int_range (rand, 1, 600);
      shown = MIN (size, shown);
      do
        {
          g_autoptr (GBytes) bytes = g_bytes_new_from_bytes (file, cursor, shown - cursor);

          kip_found_clear (&found);
          kip_frame_find (keys, bytes, BASE + cursor, 0, knows_end, &found);
          g_assert_cmpuint (found.offset, ==, BASE + cursor);
          if (found.kind == KIP_FOUND_FRAME)
            check_one (&found, puts, &n);
          if (found.kind != KIP_FOUND_UNFINISHED)
            cursor += (gsize) found.length;
        }
      while (found.kind != KIP_FOUND_END && found.kind != KIP_FOUND_UNFINISHED);
      kip_found_clear (&found);
    }
  g_assert_cmpuint (n, ==, puts->len);
}

static void
test_random_files (void)
{
  g_autoptr (GRand) rand = printed_rand ();
  g_autoptr (KipShareKeys) keys = fixed_keys (1, 2, 1);

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GArray) puts = puts_new ();
      g_autoptr (GBytes) file = make_file (keys, rand, puts);

      find_all (keys, file, puts);
      find_growing (keys, file, puts, rand, TRUE);
      find_growing (keys, file, puts, rand, FALSE);
    }
}

/* ---- one by one ---- */

static KipFoundKind
kind_of (const KipShareKeys *keys,
         GByteArray         *file,
         gsize               at,
         gboolean            is_all,
         guint64            *length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (file->data, file->len);
  KipFound found;
  KipFoundKind kind;

  kip_frame_find (keys, bytes, 0, at, is_all, &found);
  kind = found.kind;
  *length = found.length;
  kip_found_clear (&found);
  return kind;
}

/* A torn tail waits; it is damaged as soon as a whole frame stands behind it. */
static void
test_torn_tail (void)
{
  g_autoptr (KipShareKeys) keys = fixed_keys (1, 2, 1);
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (GBytes) body = g_bytes_new_static ("hello", 5), frame = kip_frame_seal (keys, KIP_FRAME_HAVE, 0, body, NULL);
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (frame, 0, 100);
  guint64 length;

  append_bytes (file, part);
  g_assert_cmpint (kind_of (keys, file, 0, TRUE, &length), ==, KIP_FOUND_UNFINISHED);
  g_assert_cmpuint (length, ==, 100);
  append_bytes (file, part);
  g_assert_cmpint (kind_of (keys, file, 0, TRUE, &length), ==, KIP_FOUND_UNFINISHED);
  g_assert_cmpuint (length, ==, 200);
  append_bytes (file, frame);
  g_assert_cmpint (kind_of (keys, file, 0, TRUE, &length), ==, KIP_FOUND_DAMAGED);
  g_assert_cmpuint (length, ==, 200);
  g_assert_cmpint (kind_of (keys, file, 200, TRUE, &length), ==, KIP_FOUND_FRAME);
}

/* The tail may become visible before its bytes do. */
static void
test_zeroed_tail (void)
{
  g_autoptr (KipShareKeys) keys = fixed_keys (1, 2, 1);
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (GBytes) body = g_bytes_new_static ("hello", 5), frame = kip_frame_seal (keys, KIP_FRAME_HAVE, 0, body, NULL);
  guint64 length;

  g_byte_array_set_size (file, 128);
  memset (file->data, 0, 128);
  g_assert_cmpint (kind_of (keys, file, 0, TRUE, &length), ==, KIP_FOUND_UNFINISHED);
  append_bytes (file, frame);
  g_assert_cmpint (kind_of (keys, file, 0, TRUE, &length), ==, KIP_FOUND_JUNK);
  g_assert_cmpuint (length, ==, 128);
}

/* With KIP_FRAME_MAX bytes at hand there is always a way on. */
static void
test_much_junk (void)
{
  g_autoptr (KipShareKeys) keys = fixed_keys (1, 2, 1);
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (GBytes) body = g_bytes_new_static ("hello", 5), frame = kip_frame_seal (keys, KIP_FRAME_HAVE, 0, body, NULL);
  g_autoptr (GBytes) head = g_bytes_new_from_bytes (frame, 0, 40);
  guint64 length;

  g_byte_array_set_size (file, KIP_FRAME_MAX - 1);
  memset (file->data, 'x', file->len);
  g_assert_cmpint (kind_of (keys, file, 0, FALSE, &length), ==, KIP_FOUND_UNFINISHED);
  append_bytes (file, head);
  g_assert_cmpint (kind_of (keys, file, 0, FALSE, &length), ==, KIP_FOUND_JUNK);
  g_assert_cmpuint (length, ==, KIP_FRAME_MAX - 1);
  g_assert_cmpint (kind_of (keys, file, KIP_FRAME_MAX - 1, FALSE, &length), ==, KIP_FOUND_UNFINISHED);
  g_assert_cmpint (kind_of (keys, file, 0, TRUE, &length), ==, KIP_FOUND_UNFINISHED);
}

static void
put_u32 (guint8 *at,
         guint32 number)
{
  for (guint i = 0; i < 4; i++)
    at[i] = (guint8) (number >> (8 * i));
}

/* A marker, a length and the end of another such frame in each 64 bytes: only the checksum tells that none is whole. */
static void
put_decoys (GByteArray   *file,
            const guint8 *marker,
            guint         n,
            guint32       length)
{
  guint begin = file->len;

  g_byte_array_set_size (file, begin + n * 64);
  memset (file->data + begin, 0, n * 64);
  for (guint8 *at = file->data + begin; at < file->data + file->len; at += 64)
    {
      memcpy (at, marker, 8);
      put_u32 (at + 8, length);
      put_u32 (at + 60, length);
    }
}

static void
test_decoys (void)
{
  g_autoptr (KipShareKeys) keys = fixed_keys (1, 2, 1);
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (GBytes) body = g_bytes_new_static ("hello", 5), frame = kip_frame_seal (keys, KIP_FRAME_HAVE, 0, body, NULL);
  guint64 at = 0, length;
  guint n = 0;
  KipFoundKind kind;

  put_decoys (file, g_bytes_get_data (frame, NULL), 8192, 256 * 1024);
  append_bytes (file, frame);
  put_decoys (file, g_bytes_get_data (frame, NULL), 8192, 256 * 1024);
  do
    {
      kind = kind_of (keys, file, at, TRUE, &length);
      at += length;
      if (kind == KIP_FOUND_FRAME)
        g_assert_cmpuint (at, ==, 8192 * 64 + 128);
      else
        g_assert_true (kind == KIP_FOUND_DAMAGED || kind == KIP_FOUND_UNFINISHED);
      n += kind == KIP_FOUND_FRAME ? 1000 : 1;
    }
  while (at < file->len);
  g_assert_cmpuint (n / 1000, ==, 1);
  g_assert_cmpuint (n % 1000, >, 20); /* none of them went through all of it */
}

/* A frame with more than one life: appended again, as a retry does, it is there twice. */
static void
test_twice (void)
{
  g_autoptr (KipShareKeys) keys = fixed_keys (1, 2, 1);
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (GBytes) body = g_bytes_new_static ("hello", 5), frame = kip_frame_seal (keys, KIP_FRAME_HAVE, 0, body, NULL);
  guint64 length;

  append_bytes (file, frame);
  append_bytes (file, frame);
  g_assert_cmpint (kind_of (keys, file, 0, TRUE, &length), ==, KIP_FOUND_FRAME);
  g_assert_cmpint (kind_of (keys, file, 128, TRUE, &length), ==, KIP_FOUND_FRAME);
  g_assert_cmpint (kind_of (keys, file, 256, TRUE, &length), ==, KIP_FOUND_END);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/frame-find/torn-tail", test_torn_tail);
  g_test_add_func ("/frame-find/zeroed-tail", test_zeroed_tail);
  g_test_add_func ("/frame-find/much-junk", test_much_junk);
  g_test_add_func ("/frame-find/twice", test_twice);
  g_test_add_func ("/frame-find/decoys", test_decoys);
  g_test_add_func ("/frame-find/random-files", test_random_files);
  return g_test_run ();
}
