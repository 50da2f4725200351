/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-checkpoint.h"
#include "kip-indexer.h"
#include "store-fixture.h"

#include <glib/gstdio.h>

/* What is done beside edits, so that none waits for it. */

static gint64
size_of (const char *path)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  return info.st_size;
}

static void
run (KipDb      *db,
     const char *sql)
{
  g_autoptr (GError) error = NULL;

  kip_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

/* ---- checkpoints ---- */

#define MUCH (5 * 1024 * 1024)

static KipDb *
open_table (const char *path)
{
  g_autoptr (GError) error = NULL;
  KipDb *db = kip_db_open (path, KIP_DB_CREATE, &error);

  g_assert_no_error (error);
  run (db, "PRAGMA journal_mode = WAL; CREATE TABLE t (a BLOB)");
  return db;
}

static void
test_checkpoint (void)
{
  g_autofree char *dir = g_dir_make_tmp ("kip-checkpoint-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "a.db", NULL);
  g_autoptr (KipDb) db = open_table (path);
  KipCheckpoint *checkpoint = kip_checkpoint_new (db);

  run (db, "INSERT INTO t VALUES (zeroblob (1000))");
  kip_checkpoint_begin_if_due (checkpoint);
  kip_checkpoint_wait (checkpoint);
  g_assert_cmpint (size_of (path), <, MUCH); /* it was little: nothing is due */

  run (db, "INSERT INTO t VALUES (zeroblob (5 * 1024 * 1024))");
  g_assert_cmpint (size_of (path), <, MUCH);
  kip_checkpoint_begin_if_due (checkpoint);
  run (db, "INSERT INTO t VALUES (zeroblob (1000))"); /* meanwhile */
  kip_checkpoint_wait (checkpoint);
  g_assert_cmpint (size_of (path), >=, MUCH);
  g_assert_false (kip_checkpoint_is_overdue (checkpoint));

  kip_checkpoint_free (checkpoint);
  g_clear_pointer (&db, kip_db_close);
  remove_tree (dir);
}

/* Without a pause in which it could begin. */
static void
test_overdue (void)
{
  g_autofree char *dir = g_dir_make_tmp ("kip-checkpoint-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "a.db", NULL);
  g_autoptr (KipDb) db = open_table (path);
  KipCheckpoint *checkpoint = kip_checkpoint_new (db);
  g_autoptr (GError) error = NULL;

  while (!kip_checkpoint_is_overdue (checkpoint))
    run (db, "INSERT INTO t VALUES (zeroblob (16 * 1024 * 1024))");
  g_assert_true (kip_checkpoint_catch_up (checkpoint, &error));
  g_assert_no_error (error);
  g_assert_cmpint (size_of (path), >=, 4 * 16 * 1024 * 1024);
  run (db, "INSERT INTO t VALUES (zeroblob (1000))"); /* the log begins anew */
  g_assert_false (kip_checkpoint_is_overdue (checkpoint));

  kip_checkpoint_free (checkpoint);
  g_clear_pointer (&db, kip_db_close);
  remove_tree (dir);
}

/* ---- the parts of the search index ---- */

#define TICKETS 40

static gint64
count_parts (KipDb *db)
{
  g_autoptr (GError) error = NULL;
  gint64 n = 0;

  kip_db_get_int (db, 0, &n, &error, "SELECT count(DISTINCT segid) FROM search_idx", "");
  g_assert_no_error (error);
  return n;
}

static void
merge_all (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "kip.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (KipDb) db = kip_db_open (path, KIP_DB_WRITE, &error);
  gint64 before = count_parts (db);
  gboolean more = TRUE;

  while (more && kip_indexer_merge (db, &more, &error))
    continue;
  g_assert_no_error (error);
  g_assert_cmpint (count_parts (db), <=, before);
  g_assert_cmpint (count_parts (db), <=, 9); /* three of each size at most */
}

/* Each ticket is indexed by itself; brought together they are found as before. */
static void
test_merge (void)
{
  Fixture fixture;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  fixture_init (&fixture);
  for (guint i = 0; i < TICKETS; i++)
    {
      g_autofree char *found = NULL;

      add_ticket (fixture.store, "máy in hỏng", KIP_INSTANT_NONE);
      found = list_numbers (fixture.store, "may in");
      g_assert_cmpstr (found, !=, "");
    }
  before = list_numbers (fixture.store, "may in");
  kip_store_close (fixture.store);
  merge_all (fixture.dir);
  fixture_reopen (&fixture);
  after = list_numbers (fixture.store, "may in");
  g_assert_cmpstr (before, ==, after);
  assert_rebuilds_same (fixture.store);
  fixture_clear (&fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/background/checkpoint", test_checkpoint);
  g_test_add_func ("/background/overdue", test_overdue);
  g_test_add_func ("/background/merge", test_merge);
  return g_test_run ();
}
