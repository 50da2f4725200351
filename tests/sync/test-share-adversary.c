/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Who may write to the share and knows no key: whatever such a person does to the file, no body comes out that
 * was not put in, and nothing is passed over in silence. */

#include "small-office.h"

#include <string.h>

#include "kip-crc32c.h"
#include "kip-error.h"
#include "kip-frame-survey.h"
#include "kip-keys.h"

#define HEADER KIP_SHARE_HEADER_SIZE
#define N_FRAMES 6

/* ---- what is in the unharmed file ---- */

typedef struct
{
  guint64 offset, length;
  KipFoundKind kind;
  GBytes *body; /* (nullable) */
} Frame;

static void
clear_frame (gpointer data)
{
  g_clear_pointer (&((Frame *) data)->body, g_bytes_unref);
}

/* Every frame found, and how many bytes were reported to be something else. */
static GArray *
read_frames (const KipShareKeys *keys,
             GBytes             *file,
             guint64            *reported)
{
  GArray *frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  gsize at = HEADER, size = g_bytes_get_size (file);

  g_array_set_clear_func (frames, clear_frame);
  *reported = 0;
  while (at < size)
    {
      KipFound found;
      Frame frame;

      kip_frame_find (keys, file, 0, at, TRUE, &found);
      frame = (Frame) { found.offset, found.length, found.kind, g_steal_pointer (&found.body) };
      g_assert_cmpuint (found.length, >, 0);
      at += (gsize) found.length;
      if (found.kind == KIP_FOUND_FRAME || found.kind == KIP_FOUND_SEALED)
        g_array_append_val (frames, frame);
      else
        *reported += found.length;
      kip_found_clear (&found);
    }
  return frames;
}

/* Each frame of @some is one of @all, at its place, or moved by @shift when it began at @from or behind. */
static void
assert_nothing_new (GArray *some,
                    GArray *all,
                    guint64 from,
                    gint64  shift)
{
  guint k = 0;

  for (guint i = 0; i < some->len; i++, k++)
    {
      const Frame *frame = &g_array_index (some, Frame, i), *was = NULL;

      for (; k < all->len; k++)
        {
          was = &g_array_index (all, Frame, k);
          if (was->offset == frame->offset || (was->offset >= from && was->offset + (guint64) shift == frame->offset))
            break;
        }
      g_assert_cmpuint (k, <, all->len);
      g_assert_cmpint (frame->kind, ==, was->kind);
      g_assert_cmpuint (frame->length, ==, was->length);
      if (was->body != NULL)
        assert_same_bytes (frame->body, was->body);
    }
}

typedef struct
{
  SmallOffice office;
  GArray *frames;
  guint8 *bytes; /* a copy to be harmed */
  gsize size;
} Case;

static void
case_init (Case *it)
{
  guint64 reported;

  small_office_init (&it->office, FALSE);
  it->frames = read_frames (it->office.keys, it->office.file, &reported);
  g_assert_cmpuint (it->frames->len, ==, N_FRAMES);
  g_assert_cmpuint (reported, ==, 0);
  it->size = g_bytes_get_size (it->office.file);
  it->bytes = g_memdup2 (g_bytes_get_data (it->office.file, NULL), it->size);
}

static void
case_clear (Case *it)
{
  g_free (it->bytes);
  g_array_unref (it->frames);
  small_office_clear (&it->office);
}

static const Frame *
frame_at (const Case *it,
          gsize       at)
{
  for (guint i = 0; i < it->frames->len; i++)
    {
      const Frame *frame = &g_array_index (it->frames, Frame, i);

      if (at >= frame->offset && at < frame->offset + frame->length)
        return frame;
    }
  g_assert_not_reached ();
}

/* ---- every byte ---- */

static void
check_harmed (const Case  *it,
              const Frame *lost)
{
  g_autoptr (GBytes) file = g_bytes_new (it->bytes, it->size);
  guint64 reported;
  g_autoptr (GArray) frames = read_frames (it->office.keys, file, &reported);

  assert_nothing_new (frames, it->frames, 0, 0);
  g_assert_cmpuint (frames->len, ==, N_FRAMES - 1);
  g_assert_cmpuint (reported, ==, lost->length);
}

static void
test_flip_frames (void)
{
  static const guint8 flips[] = { 0x01, 0x80, 0xff };
  Case it;

  case_init (&it);
  for (gsize at = HEADER; at < it.size; at++)
    for (guint i = 0; i < G_N_ELEMENTS (flips); i++)
      {
        it.bytes[at] ^= flips[i];
        check_harmed (&it, frame_at (&it, at));
        it.bytes[at] ^= flips[i];
      }
  case_clear (&it);
}

static void
test_flip_header (void)
{
  Case it;

  case_init (&it);
  for (gsize at = 0; at < HEADER; at++)
    {
      g_autoptr (GBytes) file = NULL;
      g_autoptr (KipFrameSurvey) survey = NULL;

      it.bytes[at] ^= 0x10;
      file = g_bytes_new (it.bytes, it.size);
      survey = kip_frame_survey (file, it.office.keys, kip_share_keys_get_file (it.office.keys));
      g_assert_error (survey->header_problem, KIP_ERROR, KIP_ERROR_CORRUPT);
      g_assert_cmpuint (survey->n_frames, ==, N_FRAMES);
      g_assert_cmpuint (survey->junk_bytes, ==, HEADER);
      it.bytes[at] ^= 0x10;
    }
  case_clear (&it);
}

/* A file that ends where a frame ends shows nothing: the cursors and HAVEs of the others do. */
static void
test_truncate (void)
{
  Case it;

  case_init (&it);
  for (gsize size = HEADER; size < it.size; size++)
    {
      g_autoptr (GBytes) file = g_bytes_new (it.bytes, size);
      guint64 reported;
      g_autoptr (GArray) frames = read_frames (it.office.keys, file, &reported);

      assert_nothing_new (frames, it.frames, 0, 0);
      g_assert_cmpuint (reported, ==, size - frame_at (&it, size)->offset);
    }
  for (gsize size = 0; size < HEADER; size++)
    {
      g_autoptr (GBytes) file = g_bytes_new (it.bytes, size);
      g_autoptr (GError) error = NULL;

      g_assert_null (kip_share_header_read (file, &error));
      g_assert_true (g_error_matches (error, KIP_ERROR, size < 8 ? KIP_ERROR_NOT_OFFICE : KIP_ERROR_CORRUPT));
    }
  case_clear (&it);
}

static void
test_insert_and_remove (void)
{
  Case it;

  case_init (&it);
  for (gsize at = HEADER; at < it.size; at++)
    for (int shift = -1; shift <= 1; shift += 2)
      {
        g_autoptr (GByteArray) bytes = g_byte_array_new ();
        g_autoptr (GBytes) file = NULL;
        g_autoptr (GArray) frames = NULL;
        guint64 reported;

        g_byte_array_append (bytes, it.bytes, (guint) at);
        g_byte_array_append (bytes, it.bytes + at - (shift > 0), (guint) (it.size - at + (shift > 0)));
        if (shift < 0)
          g_byte_array_remove_index (bytes, (guint) at);
        file = g_bytes_new (bytes->data, bytes->len);
        frames = read_frames (it.office.keys, file, &reported);
        assert_nothing_new (frames, it.frames, at - 1, shift);
        g_assert_cmpuint (frames->len, >=, N_FRAMES - 1);
        g_assert_cmpuint (reported, >, 0);
      }
  case_clear (&it);
}

/* ---- with the checksum put right again ---- */

static void
put_u32 (guint8 *at,
         guint32 number)
{
  for (guint i = 0; i < 4; i++)
    at[i] = (guint8) (number >> (8 * i));
}

static void
mend_frame (guint8      *bytes,
            const Frame *frame)
{
  guint8 *at = bytes + frame->offset;

  put_u32 (at + frame->length - 8, kip_crc32c (at, frame->length - 8));
}

static void
test_flip_and_mend (void)
{
  Case it;

  case_init (&it);
  for (gsize at = HEADER; at < it.size; at++)
    {
      const Frame *frame = frame_at (&it, at);
      gsize inside = at - frame->offset;
      g_autoptr (GBytes) file = NULL;
      g_autoptr (GArray) frames = NULL;
      guint64 reported;

      if (inside == 14 || inside == 15 || inside >= frame->length - 8 || frame->kind == KIP_FOUND_SEALED)
        continue; /* the key's number: "waiting for key" is all that can be said; the checksum itself */
      it.bytes[at] ^= 0x04;
      mend_frame (it.bytes, frame);
      file = g_bytes_new (it.bytes, it.size);
      frames = read_frames (it.office.keys, file, &reported);
      assert_nothing_new (frames, it.frames, 0, 0);
      g_assert_cmpuint (frames->len, ==, N_FRAMES - 1);
      g_assert_cmpuint (reported, ==, frame->length);
      it.bytes[at] ^= 0x04;
      mend_frame (it.bytes, frame);
    }
  case_clear (&it);
}

static void
mend_header (guint8 *bytes)
{
  put_u32 (bytes + HEADER - 4, kip_crc32c (bytes, HEADER - 4));
}

static KipShareHeader *
read_header (const guint8 *bytes,
             GError      **error)
{
  g_autoptr (GBytes) header = g_bytes_new (bytes, HEADER);

  return kip_share_header_read (header, error);
}

/* What can still be read bears no valid signature. */
static void
test_flip_and_mend_header (void)
{
  Case it;

  case_init (&it);
  for (gsize at = 0; at < HEADER - 4; at++)
    {
      g_autoptr (KipShareHeader) header = NULL;

      it.bytes[at] ^= 0x20;
      mend_header (it.bytes);
      header = read_header (it.bytes, NULL);
      if (header != NULL)
        g_assert_false (kip_share_header_verify (header, it.office.third.public_key));
      it.bytes[at] ^= 0x20;
    }
  case_clear (&it);
}

/* The passphrase opens no header whose identity, costs, salt, slot or keys were changed. */
static void
test_mended_slots (void)
{
  Case it;
  gsize keys_end; /* the boxes follow */

  case_init (&it);
  keys_end = 152u + it.bytes[62];
  for (gsize at = 8; at < keys_end; at++)
    {
      g_autoptr (KipShareHeader) header = NULL;
      g_autoptr (GError) error = NULL;

      it.bytes[at] ^= 0x01;
      mend_header (it.bytes);
      header = read_header (it.bytes, &error);
      if (header != NULL)
        g_assert_null (kip_share_header_open_passphrase (header, SMALL_PASSPHRASE, &error));
      g_assert_nonnull (error);
      it.bytes[at] ^= 0x01;
    }
  case_clear (&it);
}

static void
test_hostile_argon (void)
{
  static const struct
  {
    guint32 ops, memory;
  } costs[] = { { G_MAXUINT32, 8 }, { 17, 8 }, { 0, 8 }, { 1, G_MAXUINT32 }, { 1, 1024 * 1024 + 1 }, { 1, 7 }, { 1, 0 } };
  Case it;

  case_init (&it);
  for (guint i = 0; i < G_N_ELEMENTS (costs); i++)
    {
      g_autoptr (GError) error = NULL;

      put_u32 (it.bytes + 52, costs[i].ops);
      put_u32 (it.bytes + 56, costs[i].memory);
      mend_header (it.bytes);
      g_assert_null (read_header (it.bytes, &error));
      g_assert_error (error, KIP_ERROR, KIP_ERROR_CORRUPT);
    }
  case_clear (&it);
}

static void
test_newer_format (void)
{
  g_autoptr (GError) error = NULL;
  Case it;

  case_init (&it);
  it.bytes[8] = 2;
  mend_header (it.bytes);
  g_assert_null (read_header (it.bytes, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_NEWER);
  case_clear (&it);
}

/* ---- cut and paste ---- */

static gboolean
is_whole (GBytes       *frame,
          const guint8 *bytes)
{
  return memcmp (g_bytes_get_data (frame, NULL), bytes, g_bytes_get_size (frame)) == 0;
}

/* The first half of one frame and the second of another of the same length, checksum right.  Where the
 * two have a byte in common at the edge, what comes out can be one of them, and that one is good. */
static void
test_spliced (void)
{
  g_autoptr (KipShareKeys) keys = fixed_keys (1, 2, 1);
  g_autoptr (GRand) rand = printed_rand ();
  g_autoptr (GBytes) first_body = random_body (rand, 300), second_body = random_body (rand, 300);
  g_autoptr (GBytes) first = kip_frame_seal (keys, KIP_FRAME_CHANGES, 0, first_body, NULL);
  g_autoptr (GBytes) second = kip_frame_seal (keys, KIP_FRAME_CHANGES, 0, second_body, NULL);
  gsize size = MIN (g_bytes_get_size (first), g_bytes_get_size (second));

  for (gsize cut = 17; g_bytes_get_size (first) == g_bytes_get_size (second) && cut < size - 8; cut++)
    {
      guint8 *bytes = g_memdup2 (g_bytes_get_data (first, NULL), size);
      Frame frame = { .length = size };
      g_autoptr (GBytes) file = NULL;
      KipFound found;

      memcpy (bytes + cut, (const guint8 *) g_bytes_get_data (second, NULL) + cut, size - cut);
      mend_frame (bytes, &frame);
      file = g_bytes_new_take (bytes, size);
      if (is_whole (first, bytes) || is_whole (second, bytes))
        continue;
      kip_frame_find (keys, file, 0, 0, TRUE, &found);
      g_assert_cmpint (found.kind, ==, KIP_FOUND_DAMAGED);
      g_assert_null (found.body);
    }
}

/* A frame that claims to reach over those behind it hides none of them. */
static void
test_swallowing (void)
{
  Case it;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GArray) frames = NULL;
  const Frame *first;
  gsize fake_size;
  guint64 reported;

  case_init (&it);
  first = &g_array_index (it.frames, Frame, 0);
  fake_size = (64 + (it.size - HEADER) + 64 + 63) / 64 * 64;
  g_byte_array_append (bytes, it.bytes, HEADER);
  g_byte_array_append (bytes, it.bytes + first->offset, 64);
  g_byte_array_append (bytes, it.bytes + HEADER, (guint) (it.size - HEADER));
  g_byte_array_set_size (bytes, (guint) (HEADER + fake_size));
  memset (bytes->data + it.size + 64, 0, bytes->len - it.size - 64);
  put_u32 (bytes->data + HEADER + 8, (guint32) fake_size);
  put_u32 (bytes->data + bytes->len - 8, kip_crc32c (bytes->data + HEADER, fake_size - 8));
  put_u32 (bytes->data + bytes->len - 4, (guint32) fake_size);
  file = g_bytes_new (bytes->data, bytes->len);
  frames = read_frames (it.office.keys, file, &reported);
  g_assert_cmpuint (frames->len, ==, N_FRAMES);
  assert_nothing_new (frames, it.frames, 0, 64);
  case_clear (&it);
}

/* ---- a member who forges ---- */

static void
test_forged_have (void)
{
  Case it;
  const Frame *frame;
  gsize size;

  case_init (&it);
  frame = &g_array_index (it.frames, Frame, 1);
  size = g_bytes_get_size (frame->body);
  for (gsize at = 0; at < size; at++)
    {
      guint8 *bytes = g_memdup2 (g_bytes_get_data (frame->body, NULL), size);
      g_autoptr (GBytes) body = NULL;
      g_autoptr (GError) error = NULL;

      bytes[at] ^= 0x02;
      body = g_bytes_new_take (bytes, size);
      g_assert_null (kip_frame_unpack_have (body, it.office.fourth.public_key, &error));
      g_assert_true (g_error_matches (error, KIP_ERROR, KIP_ERROR_CORRUPT) || g_error_matches (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED));
    }
  case_clear (&it);
}

static void
test_forged_knock (void)
{
  Case it;
  const Frame *frame;
  gsize size;

  case_init (&it);
  frame = &g_array_index (it.frames, Frame, 2);
  size = g_bytes_get_size (frame->body);
  for (gsize at = 0; at < size; at++)
    {
      guint8 *bytes = g_memdup2 (g_bytes_get_data (frame->body, NULL), size);
      g_autoptr (GBytes) body = NULL;
      g_autoptr (GError) error = NULL;

      bytes[at] ^= 0x02;
      body = g_bytes_new_take (bytes, size);
      g_assert_null (kip_frame_unpack_knock (body, &error));
      g_assert_nonnull (error);
    }
  case_clear (&it);
}

static gboolean
is_vouched_for (const KipRawChange *raw,
                const Device       *device)
{
  guint8 hash[KIP_HASH_SIZE];

  kip_hash_bytes (g_bytes_get_data (raw->bytes, NULL), g_bytes_get_size (raw->bytes), hash);
  return raw->is_signed && kip_keys_verify (device->public_key, hash, raw->signature);
}

/* A change-set of another machine cannot be altered without its signature breaking. */
static void
test_forged_change (void)
{
  Case it;
  const Frame *frame;
  gsize size;

  case_init (&it);
  frame = &g_array_index (it.frames, Frame, 4);
  size = g_bytes_get_size (frame->body);
  for (gsize at = 0; at < size; at++)
    {
      guint8 *bytes = g_memdup2 (g_bytes_get_data (frame->body, NULL), size);
      g_autoptr (GBytes) body = NULL;
      g_autoptr (GPtrArray) changes = NULL;

      bytes[at] ^= 0x01;
      body = g_bytes_new_take (bytes, size);
      changes = kip_frame_unpack_changes (body, NULL);
      for (guint i = 0; changes != NULL && i < changes->len; i++)
        g_assert_false (is_vouched_for (g_ptr_array_index (changes, i), &it.office.fourth));
    }
  case_clear (&it);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/share-adversary/flip-frames", test_flip_frames);
  g_test_add_func ("/share-adversary/flip-header", test_flip_header);
  g_test_add_func ("/share-adversary/truncate", test_truncate);
  g_test_add_func ("/share-adversary/insert-and-remove", test_insert_and_remove);
  g_test_add_func ("/share-adversary/flip-and-mend", test_flip_and_mend);
  g_test_add_func ("/share-adversary/flip-and-mend-header", test_flip_and_mend_header);
  g_test_add_func ("/share-adversary/mended-slots", test_mended_slots);
  g_test_add_func ("/share-adversary/hostile-argon", test_hostile_argon);
  g_test_add_func ("/share-adversary/newer-format", test_newer_format);
  g_test_add_func ("/share-adversary/spliced", test_spliced);
  g_test_add_func ("/share-adversary/swallowing", test_swallowing);
  g_test_add_func ("/share-adversary/forged-have", test_forged_have);
  g_test_add_func ("/share-adversary/forged-knock", test_forged_knock);
  g_test_add_func ("/share-adversary/forged-change", test_forged_change);
  return g_test_run ();
}
