/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sync-fixture.h"

#include "kip-error.h"
#include "kip-frame-survey.h"

static GPtrArray *
changes_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) kip_raw_change_unref);
}

static KipChange *
large_change (Device *device,
              gsize   length)
{
  KipChange *change = kip_change_new (KIP_ID_NONE, "edit");
  g_autofree char *text = g_strnfill (length, 'm');

  kip_change_set_text (change, KIP_KIND_TICKET, KIP_ID_MAKE (device->number, 5), KIP_FIELD_DESCRIPTION, text);
  return change;
}

/* Small, large, small, very large, small. */
static GPtrArray *
mixed_changes (Device *device)
{
  static const gsize lengths[] = { 10, KIP_FRAME_MAX, 10, 4 * KIP_FRAME_MAX, 10 };
  GPtrArray *changes = changes_new ();

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    g_ptr_array_add (changes, device_write (device, large_change (device, lengths[i])));
  return changes;
}

/* What comes out of the frames of @file but the one that is left out; the cursor is checked on the way. */
static GPtrArray *
join (const KipShareKeys *keys,
      GPtrArray          *frames,
      guint               left_out)
{
  g_autoptr (KipFrameJoiner) joiner = kip_frame_joiner_new ();
  GPtrArray *changes = changes_new ();

  for (guint i = 0; i < frames->len; i++)
    {
      KipFound found;

      if (i == left_out)
        continue;
      kip_frame_find (keys, g_ptr_array_index (frames, i), i * 1000, 0, TRUE, &found);
      g_assert_true (kip_frame_joiner_take (joiner, &found, changes, NULL));
      kip_found_clear (&found);
      g_assert_cmpuint (kip_frame_joiner_safe_offset (joiner, (i + 1) * 1000), <=, (i + 1) * 1000);
    }
  g_assert_cmpuint (kip_frame_joiner_safe_offset (joiner, 77), ==, 77);
  return changes;
}

static void
test_pieces (void)
{
  g_autoptr (KipShareKeys) keys = fixed_keys (1, 2, 1);
  g_autoptr (GPtrArray) changes = NULL, frames = NULL, joined = NULL;
  g_autoptr (GError) error = NULL;
  Device device;

  device_init (&device, 3);
  changes = mixed_changes (&device);
  frames = kip_frame_seal_changes (keys, changes, 65536, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (frames->len, ==, 1 + 2 + 1 + 5 + 1);
  joined = join (keys, frames, G_MAXUINT);
  assert_same_changes (joined, changes);
}

/* A lost piece costs its change-set and no other. */
static void
test_lost_piece (void)
{
  g_autoptr (KipShareKeys) keys = fixed_keys (1, 2, 1);
  g_autoptr (GPtrArray) changes = NULL, frames = NULL;
  Device device;

  device_init (&device, 3);
  changes = mixed_changes (&device);
  frames = kip_frame_seal_changes (keys, changes, 65536, NULL);
  for (guint left_out = 0; left_out < frames->len; left_out++)
    {
      g_autoptr (GPtrArray) joined = join (keys, frames, left_out);
      guint lost = left_out == 0 ? 1 : left_out < 3 ? 2 : left_out < 4 ? 3 : left_out < 9 ? 4 : 5;

      g_assert_cmpuint (joined->len, ==, 4);
      for (guint i = 0; i < 4; i++)
        g_assert_cmpuint (((KipRawChange *) g_ptr_array_index (joined, i))->seq, ==, i + 1 + (i + 1 >= lost));
    }
}

static void
test_cursor_waits (void)
{
  g_autoptr (KipShareKeys) keys = fixed_keys (1, 2, 1);
  g_autoptr (KipFrameJoiner) joiner = kip_frame_joiner_new ();
  g_autoptr (GPtrArray) changes = changes_new (), frames = NULL, out = changes_new ();
  Device device;

  device_init (&device, 3);
  g_ptr_array_add (changes, device_write (&device, large_change (&device, 2 * KIP_FRAME_MAX)));
  frames = kip_frame_seal_changes (keys, changes, 65536, NULL);
  g_assert_cmpuint (frames->len, ==, 3);
  for (guint i = 0; i < frames->len; i++)
    {
      KipFound found;

      kip_frame_find (keys, g_ptr_array_index (frames, i), 5000 + i * 1000, 0, TRUE, &found);
      g_assert_true (kip_frame_joiner_take (joiner, &found, out, NULL));
      kip_found_clear (&found);
      g_assert_cmpuint (kip_frame_joiner_safe_offset (joiner, 9000), ==, i < 2 ? 5000 : 9000);
      g_assert_cmpuint (out->len, ==, i < 2 ? 0 : 1);
    }
}

static void
test_senseless (void)
{
  static const char *const bodies[] = { "", "\x84\x01\x40\x01\x40", "\x81\x02", "rubbish", "\x82\x01\x40" };
  g_autoptr (KipShareKeys) keys = fixed_keys (1, 2, 1);
  g_autoptr (KipFrameJoiner) joiner = kip_frame_joiner_new ();
  g_autoptr (GPtrArray) out = changes_new ();

  for (guint i = 0; i < 2 * G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new_static (bodies[i / 2], strlen (bodies[i / 2]));
      g_autoptr (GBytes) frame = kip_frame_seal (keys, i % 2 == 0 ? KIP_FRAME_CHANGES : KIP_FRAME_PIECE, 0, body, NULL);
      g_autoptr (GError) error = NULL;
      KipFound found;

      kip_frame_find (keys, frame, 0, 0, TRUE, &found);
      g_assert_cmpint (found.kind, ==, KIP_FOUND_FRAME);
      g_assert_false (kip_frame_joiner_take (joiner, &found, out, &error));
      g_assert_error (error, KIP_ERROR, KIP_ERROR_CORRUPT);
      kip_found_clear (&found);
    }
  g_assert_cmpuint (out->len, ==, 0);
}

/* ---- the survey ---- */

static void
append_changes (GByteArray         *file,
                const KipShareKeys *keys,
                Device             *device,
                guint               n)
{
  g_autoptr (GPtrArray) changes = changes_new (), frames = NULL;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (changes, device_write (device, one_edit (device, i)));
  frames = kip_frame_seal_changes (keys, changes, 4096, NULL);
  for (guint i = 0; i < frames->len; i++)
    append_bytes (file, g_ptr_array_index (frames, i));
}

static void
append_have (GByteArray         *file,
             const KipShareKeys *keys,
             Device             *device)
{
  g_autoptr (KipHave) have = kip_have_new ();
  g_autoptr (GBytes) body = NULL, frame = NULL;

  have->device = device->number;
  have->at = 123456;
  have->version = g_strdup ("0.3.0");
  body = kip_frame_pack_have (have, device->secret_key);
  frame = kip_frame_seal (keys, KIP_FRAME_HAVE, 0, body, NULL);
  append_bytes (file, frame);
}

/* Device 3: 1–5, 8–9 (6 and 7 lack); device 4: a HAVE alone; 100 bytes of junk, a torn tail of 50. */
static GBytes *
surveyed_file (KipShareKeys *keys)
{
  GByteArray *file = g_byte_array_new ();
  Device device, other;
  g_autoptr (GBytes) header = NULL;

  device_init (&device, 3);
  device_init (&other, 4);
  header = kip_share_header_make (keys, 1, "x", NULL, 3, device.secret_key, 1, 8192, NULL);
  append_bytes (file, header);
  append_changes (file, keys, &device, 5);
  g_byte_array_append (file, (const guint8 *) "01234567890123456789012345678901234567890123456789"
                       "01234567890123456789012345678901234567890123456789", 100);
  device.seq = 7;
  append_changes (file, keys, &device, 2);
  append_have (file, keys, &other);
  append_changes (file, keys, &device, 1);
  g_byte_array_set_size (file, file->len - 14);
  return g_byte_array_free_to_bytes (file);
}

static void
assert_range (const KipSurveyDevice *device,
              guint                  nth,
              guint64                first,
              guint64                last)
{
  const KipSurveyRange *range = &g_array_index (device->ranges, KipSurveyRange, nth);

  g_assert_cmpuint (nth, <, device->ranges->len);
  g_assert_cmpuint (range->first, ==, first);
  g_assert_cmpuint (range->last, ==, last);
}

static void
assert_bytes_add_up (const KipFrameSurvey *survey,
                     gsize                 header)
{
  g_assert_cmpuint (header + survey->frame_bytes + survey->junk_bytes + survey->damaged_bytes + survey->unfinished_bytes, ==,
                    survey->size);
}

static void
test_survey (void)
{
  g_autoptr (KipShareKeys) keys = fixed_keys (1, 2, 1);
  g_autoptr (GBytes) file = surveyed_file (keys);
  g_autoptr (KipFrameSurvey) survey = kip_frame_survey (file, keys, NULL);
  const KipSurveyDevice *device = &g_array_index (survey->devices, KipSurveyDevice, 0);

  g_assert_no_error (survey->header_problem);
  g_assert_cmpuint (survey->info.creator, ==, 3);
  g_assert_cmpuint (survey->n_frames, ==, 3);
  g_assert_cmpuint (survey->n_by_type[KIP_FRAME_CHANGES], ==, 2);
  g_assert_cmpuint (survey->n_by_type[KIP_FRAME_HAVE], ==, 1);
  g_assert_cmpuint (survey->n_sealed + survey->n_senseless, ==, 0);
  g_assert_cmpuint (survey->n_junk, ==, 1);
  g_assert_cmpuint (survey->junk_bytes, ==, 100);
  g_assert_cmpuint (survey->places->len, ==, 2);
  g_assert_cmpint (g_array_index (survey->places, KipSurveyPlace, 1).kind, ==, KIP_FOUND_UNFINISHED);
  assert_bytes_add_up (survey, KIP_SHARE_HEADER_SIZE);
  g_assert_cmpuint (survey->devices->len, ==, 2);
  g_assert_cmpuint (device[0].device, ==, 3);
  g_assert_cmpuint (device[0].n_changes, ==, 7);
  g_assert_cmpuint (device[0].ranges->len, ==, 2);
  assert_range (&device[0], 0, 1, 5);
  assert_range (&device[0], 1, 8, 9);
  g_assert_cmpuint (device[1].device, ==, 4);
  g_assert_cmpint (device[1].have_at, ==, 123456);
  g_assert_cmpstr (device[1].version, ==, "0.3.0");
}

static void
test_survey_without_keys (void)
{
  g_autoptr (KipShareKeys) keys = fixed_keys (1, 2, 1), other = fixed_keys (9, 2, 1);
  g_autoptr (GBytes) file = surveyed_file (keys);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (KipFrameSurvey) survey = kip_frame_survey (file, i == 0 ? NULL : other, NULL);

      g_assert_cmpint (survey->is_other_office, ==, i == 1);
      g_assert_cmpuint (survey->n_frames, ==, 3);
      g_assert_cmpuint (survey->n_sealed, ==, 3);
      g_assert_cmpuint (survey->devices->len, ==, 0);
      assert_bytes_add_up (survey, KIP_SHARE_HEADER_SIZE);
    }
}

/* The header is gone: with the identity that a machine remembers, all is found. */
static void
test_survey_without_header (void)
{
  g_autoptr (KipShareKeys) keys = fixed_keys (1, 2, 1);
  g_autoptr (GBytes) file = surveyed_file (keys);
  g_autoptr (GBytes) rest = g_bytes_new_from_bytes (file, 1000, g_bytes_get_size (file) - 1000);
  g_autoptr (KipFrameSurvey) blind = kip_frame_survey (rest, keys, NULL);
  g_autoptr (KipFrameSurvey) survey = kip_frame_survey (rest, keys, kip_share_keys_get_file (keys));

  g_assert_false (blind->has_identity);
  g_assert_error (blind->header_problem, KIP_ERROR, KIP_ERROR_NOT_OFFICE);
  g_assert_error (survey->header_problem, KIP_ERROR, KIP_ERROR_NOT_OFFICE);
  g_assert_cmpuint (survey->n_frames, ==, 3);
  g_assert_cmpuint (survey->junk_bytes, ==, KIP_SHARE_HEADER_SIZE - 1000 + 100);
  assert_bytes_add_up (survey, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/frame-joiner/pieces", test_pieces);
  g_test_add_func ("/frame-joiner/lost-piece", test_lost_piece);
  g_test_add_func ("/frame-joiner/cursor-waits", test_cursor_waits);
  g_test_add_func ("/frame-joiner/senseless", test_senseless);
  g_test_add_func ("/frame-survey/whole", test_survey);
  g_test_add_func ("/frame-survey/without-keys", test_survey_without_keys);
  g_test_add_func ("/frame-survey/without-header", test_survey_without_header);
  return g_test_run ();
}
