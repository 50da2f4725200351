/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-fixture.h"

#include "kip-clock.h"
#include "kip-store-private.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

/* Damages what the test may: through SQLite, beside the store. */
static void
run_sql (const char *dir,
         const char *sql)
{
  g_autofree char *path = g_build_filename (dir, "kip.db", NULL);
  char *message = NULL;
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_exec (db, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (db);
}

static void
fill (Fixture *fixture)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("ảnh", strlen ("ảnh"));
  KipChange *change;
  KipValue *value = kip_value_map ();
  guint8 hash[32];
  KipId id = KIP_ID_NONE;

  for (guint i = 0; i < 20; i++)
    {
      id = add_ticket (fixture->store, "Máy in", KIP_INSTANT_NONE);
      add_message (fixture->store, id, KIP_MESSAGE_INCOMING, "kẹt giấy");
    }
  g_assert_true (kip_store_put_file (fixture->store, bytes, hash, NULL));
  kip_value_put (value, 1, kip_value_text ("ảnh.png"));
  kip_value_put (value, 2, kip_value_int (4));
  kip_value_put (value, 3, kip_value_bytes (hash, sizeof hash));
  change = kip_change_new (kip_store_get_me (fixture->store), "attach");
  kip_change_entry (change, KIP_KIND_TICKET, id, KIP_FIELD_ATTACHMENT, value);
  append (fixture->store, change);
}

/* ---- rebuild ---- */

static void
test_rebuild_mends (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;
  Fixture fixture;

  fixture_init (&fixture);
  fill (&fixture);
  kip_store_close (fixture.store);
  run_sql (fixture.dir, "UPDATE ticket SET priority = 1 WHERE slot = 7; DELETE FROM ticket WHERE slot = 3;");
  fixture_reopen (&fixture);
  g_assert_false (kip_store_rebuild (fixture.store, NULL, NULL, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, "ticket"));
  assert_rebuilds_same (fixture.store);
  found = list_numbers (fixture.store, "priority:critical");
  g_assert_cmpstr (found, ==, "");
  fixture_clear (&fixture);
}

/* Everything that is computed goes, the index of texts too, and comes back. */
static void
test_rebuild_all (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  Fixture fixture;

  fixture_init (&fixture);
  fill (&fixture);
  before = list_numbers (fixture.store, "ket giay");
  kip_store_close (fixture.store);
  run_sql (fixture.dir, "DELETE FROM ticket; DELETE FROM ticket_row; DELETE FROM ticket_tag; DELETE FROM merge; DELETE FROM running;");
  fixture_reopen (&fixture);
  g_assert_false (kip_store_rebuild (fixture.store, NULL, NULL, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_CORRUPT);
  after = list_numbers (fixture.store, "ket giay");
  g_assert_cmpstr (after, ==, before);
  assert_rebuilds_same (fixture.store);
  fixture_clear (&fixture);
}

/* ---- check ---- */

typedef struct
{
  const char *name;
  const char *sql;
} Damage;

static const Damage damages[] = {
  /* The last byte of a message's text. */
  { "body", "UPDATE event SET body = CAST (substr (body, 1, length (body) - 1) || x'41' AS BLOB)"
    " WHERE id = (SELECT max (id) FROM event WHERE instr (body, CAST ('giấy' AS BLOB)))" },
  { "entity", "UPDATE event SET entity = entity + 1 WHERE id = 150" },
  { "hash", "UPDATE changeset SET hash = zeroblob (32) WHERE row = 5" },
  { "signature", "UPDATE changeset SET signature = zeroblob (64) WHERE row = 5" },
  { "unsigned", "UPDATE changeset SET signature = NULL WHERE row = (SELECT max (row) FROM changeset)" },
  { "gap", "PRAGMA foreign_keys = OFF; DELETE FROM changeset WHERE row = 9" },
  { "events", "DELETE FROM event WHERE id = (SELECT max (id) FROM event)" },
};

static void
test_check (gconstpointer data)
{
  const Damage *damage = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) report = NULL;
  Fixture fixture;

  fixture_init (&fixture);
  fill (&fixture);
  assert_whole (fixture.store);
  kip_store_close (fixture.store);
  run_sql (fixture.dir, damage->sql);
  fixture_reopen (&fixture);
  g_assert_false (kip_store_check (fixture.store, &report, NULL, NULL, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_CORRUPT);
  g_assert_cmpuint (report->len, >, 0);
  fixture_clear (&fixture);
}

static void
test_check_attachment (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *files = NULL;
  Fixture fixture;

  fixture_init (&fixture);
  fill (&fixture);
  files = g_build_filename (fixture.dir, "files", NULL);
  remove_tree (files);
  g_assert_false (kip_store_check (fixture.store, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_CORRUPT);
  fixture_clear (&fixture);
}

/* A lost key is replaced; what it signed stays good. */
static void
test_new_key (void)
{
  g_autofree char *key = NULL;
  GStatBuf info;
  Fixture fixture;

  fixture_init (&fixture);
  fill (&fixture);
  key = g_build_filename (fixture.dir, "device.key", NULL);
  g_assert_cmpint (g_stat (key, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_unlink (key), ==, 0);
  fixture_reopen (&fixture);
  fill (&fixture);
  assert_whole (fixture.store);
  fixture_clear (&fixture);
}

/* ---- backup and restore ---- */

static void
test_backup (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *aside = NULL;
  g_autofree char *old = NULL;
  g_autofree char *found = NULL;
  g_autofree char *numbers = NULL;
  Fixture fixture;

  fixture_init (&fixture);
  fill (&fixture);
  path = g_build_filename (fixture.dir, "copy.kipbackup", NULL);
  g_assert_true (kip_store_backup (fixture.store, path, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  add_ticket (fixture.store, "after the backup", KIP_INSTANT_NONE);
  g_assert_false (kip_store_restore (path, fixture.dir, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_BUSY);
  g_clear_error (&error);
  kip_store_close (fixture.store);
  g_assert_true (kip_store_restore (path, fixture.dir, &aside, &error));
  g_assert_no_error (error);
  fixture_reopen (&fixture);
  found = list_numbers (fixture.store, "after");
  g_assert_cmpstr (found, ==, "");
  assert_whole (fixture.store);
  assert_rebuilds_same (fixture.store);
  add_ticket (fixture.store, "after the restore", KIP_INSTANT_NONE);
  /* Somebody was told that theirs is number 21. */
  numbers = list_numbers (fixture.store, "after");
  g_assert_cmpstr (numbers, ==, "22");
  assert_whole (fixture.store);
  assert_rebuilds_same (fixture.store);
  old = g_build_filename (aside, "kip.db", NULL);
  g_assert_true (g_file_test (old, G_FILE_TEST_EXISTS));
  fixture_clear (&fixture);
}

/* Over a folder whose database is rubbish, and into an empty one, three days after the
 * backup: nobody can say which numbers were given out since, a hundred a day are left. */
static void
test_restore_over (gconstpointer data)
{
  gboolean over_rubbish = GPOINTER_TO_INT (data);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *database = NULL;
  g_autoptr (KipStore) store = NULL;
  g_autofree char *other = g_dir_make_tmp ("kip-restore-XXXXXX", NULL);
  g_autofree char *numbers = NULL;
  Fixture fixture;

  fixture_init (&fixture);
  fill (&fixture);
  path = g_build_filename (fixture.dir, "copy.kipbackup", NULL);
  g_assert_true (kip_store_backup (fixture.store, path, NULL, NULL, NULL, &error));
  database = g_build_filename (other, "kip.db", NULL);
  if (over_rubbish)
    g_assert_true (g_file_set_contents (database, "rubbish", -1, NULL));
  kip_clock_set ("2026-03-12T07:00:00+07:00 x0.000001");
  g_assert_true (kip_store_restore (path, other, NULL, &error));
  g_assert_no_error (error);
  store = kip_store_open (other, &error);
  g_assert_no_error (error);
  assert_whole (store);
  add_ticket (store, "after the restore", KIP_INSTANT_NONE);
  numbers = list_numbers (store, "after");
  g_assert_cmpstr (numbers, ==, "321");
  assert_rebuilds_same (store);
  kip_store_close (store);
  remove_tree (other);
  fixture_clear (&fixture);
}

static void
flip (const char *path,
      goffset     at)
{
  guint8 byte;
  int fd = g_open (path, O_RDWR, 0);

  g_assert_cmpint (pread (fd, &byte, 1, at), ==, 1);
  byte ^= 0x10;
  g_assert_cmpint (pwrite (fd, &byte, 1, at), ==, 1);
  close (fd);
}

/* Nothing is put in place of a good office but a good backup. */
static void
test_bad_backup (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *found = NULL;
  Fixture fixture;
  GStatBuf info;

  fixture_init (&fixture);
  fill (&fixture);
  path = g_build_filename (fixture.dir, "copy.kipbackup", NULL);
  g_assert_true (kip_store_backup (fixture.store, path, NULL, NULL, NULL, &error));
  kip_store_close (fixture.store);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (truncate (path, info.st_size - 4096), ==, 0);
  g_assert_false (kip_store_restore (path, fixture.dir, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (path, "no backup at all, but long enough to be looked at: a hundred bytes are what is read of a file first.", -1, NULL));
  g_assert_false (kip_store_restore (path, fixture.dir, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_INVALID);
  g_clear_error (&error);
  g_unlink (path);
  g_assert_false (kip_store_restore (path, fixture.dir, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_NOT_FOUND);
  fixture_reopen (&fixture);
  found = list_numbers (fixture.store, "number:20");
  g_assert_cmpstr (found, ==, "20");
  fixture_clear (&fixture);
}

/* A flipped bit anywhere in the log or an attachment is found before restoring. */
static void
test_flipped_backup (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *contents = NULL;
  const char *word;
  gsize length;
  Fixture fixture;

  fixture_init (&fixture);
  fill (&fixture);
  path = g_build_filename (fixture.dir, "copy.kipbackup", NULL);
  g_assert_true (kip_store_backup (fixture.store, path, NULL, NULL, NULL, &error));
  kip_store_close (fixture.store);
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  word = memmem (contents, length, "kẹt giấy", strlen ("kẹt giấy"));
  g_assert_nonnull (word);
  flip (path, word - contents);
  g_assert_false (kip_store_restore (path, fixture.dir, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_CORRUPT);
  fixture_clear (&fixture);
}

/* One a day, the last seven. */
static void
test_daily (void)
{
  g_autofree char *folder = NULL;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  g_autoptr (GDir) dir = NULL;
  guint n = 0;
  Fixture fixture;

  fixture_init (&fixture);
  fill (&fixture);
  for (guint day = 1; day <= 9; day++)
    {
      g_autofree char *now = g_strdup_printf ("2026-03-%02uT12:00:00Z x0.000001", day);
      g_autoptr (GError) error = NULL;

      kip_clock_set (now);
      for (guint i = 0; i < 2; i++)
        g_assert_true (kip_store_make_daily (fixture.store, NULL, &error));
      g_assert_no_error (error);
    }
  folder = g_build_filename (fixture.dir, "backups", NULL);
  dir = g_dir_open (folder, 0, NULL);
  while (g_dir_read_name (dir) != NULL)
    n++;
  g_assert_cmpuint (n, ==, 7);
  first = g_build_filename (folder, "kip-2026-03-02.kipbackup", NULL);
  last = g_build_filename (folder, "kip-2026-03-09.kipbackup", NULL);
  g_assert_false (g_file_test (first, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (last, G_FILE_TEST_EXISTS));
  kip_store_close (fixture.store);
  g_assert_true (kip_store_restore (last, fixture.dir, NULL, NULL));
  fixture_reopen (&fixture);
  assert_whole (fixture.store);
  fixture_clear (&fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/care/rebuild-mends", test_rebuild_mends);
  g_test_add_func ("/care/rebuild-all", test_rebuild_all);
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *name = g_strconcat ("/care/check-", damages[i].name, NULL);

      g_test_add_data_func (name, &damages[i], test_check);
    }
  g_test_add_func ("/care/check-attachment", test_check_attachment);
  g_test_add_func ("/care/new-key", test_new_key);
  g_test_add_func ("/care/backup", test_backup);
  g_test_add_func ("/care/daily", test_daily);
  g_test_add_data_func ("/care/restore-empty", GINT_TO_POINTER (FALSE), test_restore_over);
  g_test_add_data_func ("/care/restore-rubbish", GINT_TO_POINTER (TRUE), test_restore_over);
  g_test_add_func ("/care/bad-backup", test_bad_backup);
  g_test_add_func ("/care/flipped-backup", test_flipped_backup);
  return g_test_run ();
}
