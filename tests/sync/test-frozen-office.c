/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a Kip of each format wrote of an office with a life behind it is read for ever, says what it said, and is gone on
 * with.  What is expected is what make-frozen-office and make-frozen-moved printed. */

#include "frozen-office.h"
#include "sharing-fixture.h"

#include "kip-clock.h"
#include "kip-frame-survey.h"
#include "kip-sharing-move.h"

#include <glib/gstdio.h>

#define LIFE "office-life-1.kip"
#define MOVED_FROM "moved-from-1.kip"
#define MOVED_TO "moved-to-1.kip"
#define DATABASE "frozen", "database-1.db.gz", NULL
#define RECOVERY "G2Q5-PMZ6-05EX-11VW-JCDQ-VVF1"
#define MOVED_RECOVERY "WXTP-EFJT-WC0J-WF1Y-PBKC-HR32"

static const char life_text[] =
  "1 “máy in” phase 1 priority 4 conflict 1\n"
  "2 “mạng chậm” phase 1 priority 3 conflict 0\n"
  "machine 1 “bàn trước” manager 1 in 1\n"
  "machine 2 “bàn sau” manager 0 in 1\n";

static const char database_text[] =
  "1 “máy in” phase 1 priority 4 conflict 0\n"
  "2 “mạng chậm” phase 5 priority 3 conflict 0\n"
  "machine 1 “” manager 1 in 1\n";

/* ---- the shared file ---- */

static char *
put_copy (const char *folder,
          const char *name)
{
  g_autofree char *from = g_test_build_filename (G_TEST_DIST, "frozen", name, NULL);
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (folder, "Office.kip", NULL);
  gsize length;

  g_file_get_contents (from, &data, &length, &error);
  g_assert_no_error (error);
  g_file_set_contents (path, data, (gssize) length, &error);
  g_assert_no_error (error);
  return path;
}

static void
assert_all_types (const char         *path,
                  const KipShareKeys *keys)
{
  static const guint types[] = { KIP_FRAME_CHANGES, KIP_FRAME_HAVE, KIP_FRAME_KNOCK, KIP_FRAME_INVITE, KIP_FRAME_PIECE,
                                 KIP_FRAME_KEYS, KIP_FRAME_PACKED, KIP_FRAME_RESTS, KIP_FRAME_TOLD, 77 };
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  g_autoptr (GBytes) bytes = g_mapped_file_get_bytes (file);
  g_autoptr (KipFrameSurvey) survey = kip_frame_survey (bytes, keys, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_test_message ("frames of type %u: %" G_GUINT64_FORMAT, types[i], survey->n_by_type[types[i]]);
      g_assert_cmpuint (survey->n_by_type[types[i]], >, 0);
    }
  g_assert_cmpuint (survey->n_senseless + survey->n_sealed + survey->n_damaged + survey->n_junk, ==, 0);
}

/* By a printed code, when nobody of that time is there any more. (transfer full) */
static char *
join_in_folder (const char *path,
                const char *code)
{
  char *dir = g_dir_make_tmp ("kip-late-XXXXXX", NULL);
  KipJoining joining = { path, code, NULL, NULL, "máy mới" };
  g_autoptr (GError) error = NULL;

  kip_sharing_join (dir, &joining, NULL, &error);
  g_assert_no_error (error);
  return dir;
}

static void
join_frozen (Fixture    *fixture,
             Desk       *desk,
             const char *path)
{
  g_autofree char *dir = join_in_folder (path, RECOVERY);

  come_in (fixture, desk, dir);
}

static void
test_life (void)
{
  g_autofree char *folder = g_dir_make_tmp ("kip-share-XXXXXX", NULL);
  g_autofree char *path = put_copy (folder, LIFE);
  g_autofree char *text = NULL;
  Fixture fixture;
  Desk desk;

  join_frozen (&fixture, &desk, path);
  assert_all_types (path, kip_sync_engine_get_keys (desk.engine));
  text = frozen_office_text (fixture.store);
  g_assert_cmpstr (text, ==, life_text);
  assert_whole (fixture.store);
  assert_rebuilds_same (fixture.store);
  desk_clear (&desk);
  fixture_clear (&fixture);
  remove_tree (folder);
}

/* What is written to it now, and after writing it anew, is read by the next. */
static void
test_goes_on (void)
{
  g_autofree char *folder = g_dir_make_tmp ("kip-share-XXXXXX", NULL);
  g_autofree char *path = put_copy (folder, LIFE);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  Fixture fixture, other;
  Desk desk, late;
  KipCompaction compaction;
  g_autoptr (GError) error = NULL;
  Office office = { .path = path };

  join_frozen (&fixture, &desk, path);
  kip_sharing_come_in (fixture.store, &error);
  g_assert_no_error (error);
  reopen (&fixture, &desk);
  office.founder = fixture;
  add_ticket (fixture.store, "hôm nay", KIP_INSTANT_NONE);
  settle (&desk);
  kip_sync_engine_compact (desk.engine, 1, kip_clock_now (), &compaction, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  join_by_code (&office, &desk, &other, &late, "Chi");
  before = frozen_office_text (fixture.store);
  after = frozen_office_text (other.store);
  g_assert_cmpstr (before, ==, after);
  g_assert_nonnull (strstr (after, "hôm nay"));
  assert_whole (other.store);
  desk_clear (&late);
  desk_clear (&desk);
  fixture_clear (&other);
  fixture_clear (&fixture);
  remove_tree (folder);
}

/* Who comes to a file that was left is told where it went, and goes there. */
static void
test_moved (void)
{
  g_autofree char *folder = g_dir_make_tmp ("kip-share-XXXXXX", NULL);
  g_autofree char *elsewhere = g_build_filename (folder, "elsewhere", NULL);
  g_autofree char *from = put_copy (folder, MOVED_FROM);
  g_autofree char *to = NULL;
  g_autofree char *numbers = NULL;
  g_autoptr (GError) error = NULL;
  Fixture fixture = { NULL, NULL };
  Desk desk;

  g_mkdir (elsewhere, 0700);
  to = put_copy (elsewhere, MOVED_TO);
  fixture.dir = join_in_folder (from, MOVED_RECOVERY);
  fixture.store = kip_store_open (fixture.dir, &error);
  g_assert_no_error (error);
  desk_open (&desk, fixture.store);
  g_assert_cmpint (round_at (&desk, 1000).state, ==, KIP_SYNC_MOVED);
  g_assert_true (g_str_has_suffix (kip_sync_engine_get_moved (desk.engine)->path, "/elsewhere/Office.kip"));
  g_assert_true (kip_sharing_follow (fixture.store, desk.engine, NULL));
  settle (&desk);
  numbers = list_numbers (fixture.store, "");
  g_assert_cmpstr (numbers, ==, "1 2");
  desk_clear (&desk);
  fixture_clear (&fixture);
  remove_tree (folder);
}

/* ---- a machine's own data ---- */

static void
unpack_database (const char *dir)
{
  g_autofree char *from = g_test_build_filename (G_TEST_DIST, DATABASE);
  g_autofree char *to = g_build_filename (dir, "kip.db", NULL);
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GConverter) unpacker = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) in = G_INPUT_STREAM (g_file_read (source, NULL, &error));
  g_autoptr (GInputStream) plain = g_converter_input_stream_new (in, unpacker);
  g_autoptr (GOutputStream) out = G_OUTPUT_STREAM (g_file_replace (target, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &error));

  g_output_stream_splice (out, plain, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error);
  g_assert_no_error (error);
}

static void
test_database (void)
{
  Fixture fixture = { g_dir_make_tmp ("kip-frozen-XXXXXX", NULL), NULL };
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;
  g_autoptr (GError) error = NULL;

  unpack_database (fixture.dir);
  fixture.store = kip_store_open (fixture.dir, &error);
  g_assert_no_error (error);
  text = frozen_office_text (fixture.store);
  g_assert_cmpstr (text, ==, database_text);
  assert_whole (fixture.store);
  assert_rebuilds_same (fixture.store);
  add_ticket (fixture.store, "hôm nay", KIP_INSTANT_NONE);
  fixture_reopen (&fixture);
  again = frozen_office_text (fixture.store);
  g_assert_nonnull (strstr (again, "hôm nay"));
  fixture_clear (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (kip_clock_set ("2026-03-10T08:00:00+07:00 x0.000001"));
  g_test_add_func ("/frozen-office/1/life", test_life);
  g_test_add_func ("/frozen-office/1/goes-on", test_goes_on);
  g_test_add_func ("/frozen-office/1/moved", test_moved);
  g_test_add_func ("/frozen-office/1/database", test_database);
  return g_test_run ();
}
