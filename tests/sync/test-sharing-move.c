/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sharing-fixture.h"

#include "kip-clock.h"
#include "kip-error.h"
#include "kip-sharing-move.h"

#include <glib/gstdio.h>
#include <unistd.h>

/* Offices in real folders whose file is moved: who finds it again, and how. */
typedef struct
{
  Office  office;
  Desk    founder;
  Fixture fixtures[2];
  Desk    desks[2];
  char   *folder; /* (owned) where the file goes */
  char   *path;   /* (owned) its name there */
} Three;

static void
three_init (Three *three)
{
  static const char *const names[] = { "Lan", "Minh" };

  office_init (&three->office);
  desk_open (&three->founder, three->office.founder.store);
  for (guint i = 0; i < 2; i++)
    join_by_code (&three->office, &three->founder, &three->fixtures[i], &three->desks[i], names[i]);
  three->folder = g_build_filename (three->office.share, "elsewhere", NULL);
  three->path = g_build_filename (three->folder, "Office.kip", NULL);
  g_mkdir (three->folder, 0700);
}

static void
three_clear (Three *three)
{
  for (guint i = 0; i < 2; i++)
    {
      desk_clear (&three->desks[i]);
      fixture_clear (&three->fixtures[i]);
    }
  desk_clear (&three->founder);
  office_clear (&three->office);
  g_free (three->folder);
  g_free (three->path);
}

static void
move_to (Desk       *desk,
         const char *path)
{
  g_autoptr (GError) error = NULL;

  kip_sharing_move (desk->store, desk->engine, path, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static char *
path_of (Desk *desk)
{
  g_autoptr (KipSharing) sharing = kip_sharing_load (desk->dir, NULL);

  return g_strdup (kip_sharing_get_path (sharing));
}

static void
assert_path (Desk       *desk,
             const char *path)
{
  g_autofree char *is = path_of (desk);

  g_assert_cmpstr (is, ==, path);
}

static void
follow (Desk *desk)
{
  g_assert_cmpint (round_at (desk, 1000).state, ==, KIP_SYNC_MOVED);
  g_assert_true (kip_sharing_follow (desk->store, desk->engine, NULL));
}

static void
assert_equal (Desk *a,
              Desk *b)
{
  g_autoptr (GArray) one = kip_store_holdings (a->store, NULL);
  g_autoptr (GArray) other = kip_store_holdings (b->store, NULL);

  g_assert_cmpuint (one->len, ==, other->len);
  for (guint i = 0; i < one->len; i++)
    {
      g_assert_cmpuint (g_array_index (one, KipHolding, i).device, ==, g_array_index (other, KipHolding, i).device);
      g_assert_cmpuint (g_array_index (one, KipHolding, i).seq, ==, g_array_index (other, KipHolding, i).seq);
    }
}

static void
settle_all (Three *three)
{
  for (guint i = 0; i < 2; i++)
    {
      settle (&three->founder);
      settle (&three->desks[0]);
      settle (&three->desks[1]);
    }
  settle (&three->founder);
  assert_equal (&three->founder, &three->desks[0]);
  assert_equal (&three->founder, &three->desks[1]);
}

/* ---- finding it again ---- */

static void
test_follow (void)
{
  Three three;
  g_autofree char *sentence = NULL;
  g_autofree char *link = NULL;
  g_autofree char *renamed = NULL;
  g_autofree char *seen = NULL;
  g_autofree char *found = NULL;
  g_autoptr (GError) error = NULL;

  three_init (&three);
  /* The second sees the same folder under another name. */
  link = g_strconcat (three.office.share, "-link", NULL);
  renamed = g_strconcat (three.office.share, "-renamed", NULL);
  seen = g_build_filename (link, "Office.kip", NULL);
  found = g_build_filename (link, "elsewhere", "Office.kip", NULL);
  g_assert_cmpint (symlink (three.office.share, link), ==, 0);
  g_assert_true (kip_sharing_use (three.desks[1].store, three.desks[1].engine, seen, NULL, &error));
  settle (&three.desks[1]);
  add_person (three.fixtures[0].store, "Hoa", TRUE);
  add_person (three.fixtures[1].store, "Tú", TRUE);

  move_to (&three.founder, three.path);
  settle (&three.founder);
  assert_path (&three.founder, three.path);
  follow (&three.desks[0]);
  assert_path (&three.desks[0], three.path);
  g_assert_cmpint (round_at (&three.desks[1], 1000).state, ==, KIP_SYNC_MOVED);
  sentence = kip_sharing_moved_sentence (three.desks[1].store, kip_sync_engine_get_moved (three.desks[1].engine));
  g_assert_nonnull (strstr (sentence, three.path));
  /* From here on the told name means nothing there. */
  g_assert_cmpint (g_rename (three.office.share, renamed), ==, 0);
  g_assert_cmpint (g_unlink (link), ==, 0);
  g_assert_cmpint (symlink (renamed, link), ==, 0);
  g_assert_true (kip_sharing_follow (three.desks[1].store, three.desks[1].engine, NULL));
  assert_path (&three.desks[1], found);
  g_assert_cmpint (g_rename (renamed, three.office.share), ==, 0);
  g_assert_cmpint (g_unlink (link), ==, 0);
  g_assert_cmpint (symlink (three.office.share, link), ==, 0);
  settle_all (&three);
  g_unlink (link);
  three_clear (&three);
}

/* Nobody finds it: a person says where it is; another office's file is refused. */
static void
test_use (void)
{
  Three three;
  Office stranger;
  g_autofree char *hidden = NULL;
  g_autofree char *inside = NULL;
  g_autoptr (GError) error = NULL;

  three_init (&three);
  office_init (&stranger);
  hidden = g_build_filename (three.office.share, "hidden", NULL);
  inside = g_build_filename (hidden, "Office.kip", NULL);
  move_to (&three.founder, three.path);
  g_assert_cmpint (g_rename (three.folder, hidden), ==, 0);
  g_assert_cmpint (round_at (&three.desks[0], 1000).state, ==, KIP_SYNC_MOVED);
  g_assert_false (kip_sharing_follow (three.desks[0].store, three.desks[0].engine, NULL));
  g_assert_false (kip_sharing_use (three.desks[0].store, three.desks[0].engine, stranger.path, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_NOT_OFFICE);
  assert_path (&three.desks[0], three.office.path);
  g_clear_error (&error);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (kip_sharing_use (three.desks[i].store, three.desks[i].engine, inside, NULL, &error));
      assert_path (&three.desks[i], inside);
    }
  g_assert_true (kip_sharing_use (three.founder.store, three.founder.engine, inside, NULL, &error));
  settle_all (&three);
  office_clear (&stranger);
  three_clear (&three);
}

/* ---- there and back ---- */

/* One of them never hears that it was away. */
static void
test_back (void)
{
  Three three;

  three_init (&three);
  move_to (&three.founder, three.path);
  follow (&three.desks[0]);
  settle (&three.desks[0]);
  add_person (three.fixtures[0].store, "Hoa", TRUE);
  settle (&three.desks[0]);
  move_to (&three.founder, three.office.path);
  settle (&three.founder);
  follow (&three.desks[0]);
  add_person (three.fixtures[1].store, "Tú", TRUE);
  settle (&three.desks[1]);
  assert_path (&three.desks[1], three.office.path);
  settle_all (&three);
  three_clear (&three);
}

/* Where it lies already, it is not moved; where nothing can be written, nothing changes. */
static void
test_refused (void)
{
  Three three;
  g_autofree char *copy = NULL;
  g_autofree char *nowhere = NULL;
  g_autofree char *data = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;

  three_init (&three);
  copy = g_build_filename (three.folder, "Copy.kip", NULL);
  nowhere = g_build_filename (three.folder, "not", "there", "Office.kip", NULL);
  g_assert_true (g_file_get_contents (three.office.path, &data, &length, NULL));
  g_assert_true (g_file_set_contents (copy, data, (gssize) length, NULL));
  g_assert_false (kip_sharing_move (three.founder.store, three.founder.engine, copy, NULL, NULL, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_false (kip_sharing_move (three.founder.store, three.founder.engine, nowhere, NULL, NULL, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_OFFLINE);
  assert_path (&three.founder, three.office.path);
  settle_all (&three);
  three_clear (&three);
}

/* ---- looking back ---- */

/* A copy of the old file that somebody puts in its place, with what an older program wrote into it. */
static void
test_look_back (void)
{
  Three three;
  g_autoptr (GPtrArray) places = NULL;
  g_autofree char *data = NULL;
  gsize length;

  three_init (&three);
  g_assert_true (g_file_get_contents (three.office.path, &data, &length, NULL));
  move_to (&three.founder, three.path);
  settle (&three.founder);
  g_assert_true (g_file_set_contents (three.office.path, data, (gssize) length, NULL));
  add_person (three.fixtures[1].store, "Tú", TRUE);
  settle (&three.desks[1]);
  places = kip_sharing_get_left_places (three.founder.store);
  g_assert_cmpuint (places->len, ==, 1);
  g_assert_cmpstr (((KipLeftPlace *) g_ptr_array_index (places, 0))->path, ==, three.office.path);
  kip_sharing_look_back (three.founder.store, &sharing_options, NULL);
  assert_equal (&three.founder, &three.desks[1]);
  /* It says again where the office is. */
  follow (&three.desks[0]);
  follow (&three.desks[1]);
  settle_all (&three);
  three_clear (&three);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sharing-move/follow", test_follow);
  g_test_add_func ("/sharing-move/use", test_use);
  g_test_add_func ("/sharing-move/back", test_back);
  g_test_add_func ("/sharing-move/refused", test_refused);
  g_test_add_func ("/sharing-move/look-back", test_look_back);
  return g_test_run ();
}
