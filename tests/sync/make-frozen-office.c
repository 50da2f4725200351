/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* make-frozen-office DIR: writes what frozen/ keeps of an office with a life behind it, when the format or the schema gets a
 * new number, never again after that: the shared file with a frame of every type, and a database.
 * Prints what test-frozen-office.c expects of them. */

#include "frozen-office.h"
#include "sharing-fixture.h"

#include "kip-clock.h"
#include "kip-frame-survey.h"
#include "kip-frame-told.h"
#include "kip-store-purge.h"

#include <locale.h>

#define LARGE (1200 * 1024)
#define NEW_FRAME ((KipFrameType) 77)

static void
tell (Desk *desk,
      KipId ticket)
{
  const KipTold one = { ticket, KIP_CLOCK_RESPONSE, 50, kip_clock_now (), FALSE };
  g_autoptr (GArray) told = g_array_new (FALSE, FALSE, sizeof (KipTold));

  g_array_append_val (told, one);
  kip_sync_engine_tell (desk->engine, told);
}

static void
knock (Office *office)
{
  g_autofree char *dir = g_dir_make_tmp ("kip-knock-XXXXXX", NULL);
  KipJoining joining = { office->path, NULL, PASSPHRASE, "Bình", "bàn cuối" };
  g_autoptr (GError) error = NULL;

  kip_sharing_join (dir, &joining, NULL, &error);
  g_assert_no_error (error);
  remove_tree (dir);
}

static void
post_new (Desk *desk)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("from a newer Kip", 16);
  g_autoptr (GBytes) frame = kip_frame_seal (kip_sync_engine_get_keys (desk->engine), NEW_FRAME, 0, body, NULL);

  kip_sync_engine_post (desk->engine, frame);
}

static void
add_large (KipStore *store,
           KipId     ticket)
{
  g_autofree char *text = g_strnfill (LARGE, 'k');

  add_message (store, ticket, KIP_MESSAGE_NOTE, text);
}

/* Somebody is forgotten, and the file written anew. */
static void
forget (Office *office,
        Desk   *desk,
        KipId   person)
{
  g_autoptr (GError) error = NULL;
  KipCompaction compaction;

  kip_store_purge (office->founder.store, person, &error);
  g_assert_no_error (error);
  settle (desk);
  kip_sync_engine_compact (desk->engine, 1, kip_clock_now (), &compaction, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* What machines told is behind what a compaction packed. */
static char *
live (Office  *office,
      Desk    *a,
      Desk    *b,
      Fixture *an)
{
  KipStore *store = office->founder.store;
  KipId lan = add_person (store, "Lan", FALSE), ticket = add_ticket (store, "máy in", KIP_INSTANT_NONE);
  KipId other = add_ticket (store, "chuyện của Lan", KIP_INSTANT_NONE);
  g_autoptr (GError) error = NULL;
  g_autofree char *invitation = NULL;
  char *recovery;

  set_int (store, other, KIP_FIELD_REQUESTER, (gint64) lan);
  settle (b);
  set_int (an->store, ticket, KIP_FIELD_URGENCY, 1);
  set_int (store, ticket, KIP_FIELD_URGENCY, 3);
  settle (b);
  settle (a);
  forget (office, a, lan);
  recovery = kip_sharing_make_recovery (store, &error);
  invitation = kip_sharing_invite (store, a->engine, lan, G_MAXINT64, &error);
  g_assert_no_error (error);
  add_large (store, ticket);
  tell (a, ticket);
  post_new (a);
  settle (a);
  add_ticket (an->store, "mạng chậm", KIP_INSTANT_NONE);
  settle (b);
  settle (a);
  knock (office);
  return recovery;
}

/* ---- what is kept ---- */

static void
copy_to (const char *from,
         const char *dir,
         const char *name,
         GConverter *converter) /* (nullable) */
{
  g_autofree char *to = g_build_filename (dir, name, NULL);
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) in = G_INPUT_STREAM (g_file_read (source, NULL, &error));
  g_autoptr (GOutputStream) out = G_OUTPUT_STREAM (g_file_replace (target, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &error));
  g_autoptr (GInputStream) both = converter != NULL ? g_converter_input_stream_new (in, converter) : g_object_ref (in);

  g_output_stream_splice (out, both, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error);
  g_assert_no_error (error);
}

/* The machine's own data alone: all verbs of an ordinary day. */
static void
make_database (const char *dir)
{
  Fixture fixture;
  g_autoptr (GConverter) packer = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autofree char *database = NULL;
  g_autofree char *text = NULL;
  KipId one, two, person;

  fixture_init (&fixture);
  one = add_ticket (fixture.store, "máy in", KIP_INSTANT_NONE);
  two = add_ticket (fixture.store, "mạng chậm", KIP_INSTANT_NONE);
  person = add_person (fixture.store, "Lan", TRUE);
  set_int (fixture.store, one, KIP_FIELD_REQUESTER, (gint64) person);
  set_int (fixture.store, one, KIP_FIELD_URGENCY, 3);
  add_message (fixture.store, two, KIP_MESSAGE_REPLY, "đã khởi động lại");
  set_status (fixture.store, two, "resolved");
  undo (fixture.store, set_text (fixture.store, one, KIP_FIELD_SUBJECT, "khác"));
  text = frozen_office_text (fixture.store);
  g_print ("the database:\n%s\n", text);
  kip_store_close (fixture.store);
  g_clear_object (&fixture.store);
  database = g_build_filename (fixture.dir, "kip.db", NULL);
  copy_to (database, dir, "database-1.db.gz", packer);
  fixture_clear (&fixture);
}

static void
print_types (const char         *path,
             const KipShareKeys *keys)
{
  g_autofree char *data = NULL;
  gsize length;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (KipFrameSurvey) survey = NULL;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  bytes = g_bytes_new_take (g_steal_pointer (&data), length);
  survey = kip_frame_survey (bytes, keys, NULL);
  for (guint type = 0; type < KIP_SURVEY_TYPES; type++)
    if (survey->n_by_type[type] > 0)
      g_print ("frames of type %u: %" G_GUINT64_FORMAT "\n", type, survey->n_by_type[type]);
}

int
main (int   argc,
      char *argv[])
{
  Office office;
  Fixture an;
  Desk a, b;
  g_autofree char *recovery = NULL;
  g_autofree char *text = NULL;

  setlocale (LC_ALL, "");
  g_assert_cmpint (argc, ==, 2);
  office_init (&office);
  desk_open (&a, office.founder.store);
  join_by_code (&office, &a, &an, &b, "An");
  recovery = live (&office, &a, &b, &an);
  text = frozen_office_text (office.founder.store);
  g_print ("%s\nrecovery code: %s\n", text, recovery);
  print_types (office.path, kip_sync_engine_get_keys (a.engine));
  copy_to (office.path, argv[1], "office-life-1.kip", NULL);
  desk_clear (&a);
  desk_clear (&b);
  fixture_clear (&an);
  office_clear (&office);
  make_database (argv[1]);
  return 0;
}
