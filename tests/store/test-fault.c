/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "store-fixture.h"

#include "kip-clock.h"

#include <glib/gstdio.h>
#include <grp.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* What happens to an office when its process, its disk or its clock fails. */

static guint32
next_seed (void)
{
  guint32 seed = (guint32) g_test_rand_int ();

  g_test_message ("seed %u", seed);
  return seed;
}

/* ---- killed in the middle ---- */

#define EDITS 1000

/* A child edits one ticket after the other and says of each edit, once it is
 * acknowledged, its number through a pipe. */
static int
edit_until_killed (const char *dir,
                   const char *from)
{
  guint64 i = g_ascii_strtoull (from, NULL, 10);
  g_autoptr (KipStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = NULL;

  store = kip_store_open (dir, &error);
  g_assert_no_error (error);
  ids = kip_store_list (store, NULL, KIP_SORT_NUMBER, FALSE, kip_clock_now (), NULL, &error);
  g_assert_no_error (error);
  for (;; i++)
    {
      KipId ticket = g_array_index (ids, KipId, i % ids->len);
      g_autofree char *subject = g_strdup_printf ("edit %" G_GUINT64_FORMAT, i);
      guint32 number = (guint32) i;

      set_text (store, ticket, KIP_FIELD_SUBJECT, subject);
      kip_store_save_draft (store, ticket, "reply", subject);
      if (write (STDOUT_FILENO, &number, sizeof number) != sizeof number)
        return 1;
    }
}

/* Runs the child until it has done @n edits more, kills it, and says the last one
 * that it acknowledged. */
static guint32
edit_and_kill (const char *dir,
               guint32     from,
               guint32     n)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *begin = g_strdup_printf ("%u", from);
  char *argv[] = { self, (char *) "--edit", (char *) dir, begin, NULL };
  g_autoptr (GError) error = NULL;
  guint32 number, last = from - 1;
  GPid pid;
  int out;

  g_spawn_async_with_pipes (NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  while (last + 1 < from + n && read (out, &number, sizeof number) == sizeof number)
    last = number;
  kill (pid, SIGKILL);
  /* What it acknowledged before it died counts too. */
  while (read (out, &number, sizeof number) == sizeof number)
    last = number;
  close (out);
  waitpid (pid, NULL, 0);
  return last;
}

static guint32
last_edit (KipStore *store)
{
  g_autoptr (GArray) ids = kip_store_list (store, NULL, KIP_SORT_NUMBER, FALSE, kip_clock_now (), NULL, NULL);
  guint64 last = 0;

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (KipTicketRow) row = get_row (store, g_array_index (ids, KipId, i));

      last = MAX (last, g_ascii_strtoull (row->subject + strlen ("edit "), NULL, 10));
    }
  return (guint32) last;
}

static void
assert_found_by_subject (KipStore *store,
                         guint32   edit)
{
  g_autofree char *query = g_strdup_printf ("\"edit %u\"", edit);
  g_autofree char *found = list_numbers (store, query);

  g_assert_cmpstr (found, !=, "");
}

static void
test_killed (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (next_seed ());
  guint32 done = 0, kills = 0;
  Fixture fixture;

  fixture_init (&fixture);
  for (guint i = 0; i < 5; i++)
    add_ticket (fixture.store, "edit 0", KIP_INSTANT_NONE);
  kip_store_close (fixture.store);
  while (done < EDITS)
    {
      guint32 acknowledged = edit_and_kill (fixture.dir, done + 1, (guint32) g_rand_int_range (rand, 1, 60)), found;

      fixture_reopen (&fixture);
      found = last_edit (fixture.store);
      /* One more may be on disk than was acknowledged, never one less. */
      g_assert_cmpuint (found, >=, acknowledged);
      g_assert_cmpuint (found, <=, acknowledged + 1);
      assert_found_by_subject (fixture.store, found);
      kip_store_close (fixture.store);
      done = found;
      kills++;
    }
  fixture_reopen (&fixture);
  g_test_message ("%u edits, %u kills", done, kills);
  assert_whole (fixture.store);
  assert_rebuilds_same (fixture.store);
  fixture_clear (&fixture);
}

/* ---- a full disk ---- */

static void
failed_cb (KipStore     *store,
           const GError *error,
           gpointer      data)
{
  g_assert_error (error, KIP_ERROR, KIP_ERROR_NO_SPACE);
  (*(guint *) data)++;
}

static gboolean
has_failed (gpointer data)
{
  return *(guint *) data > 0;
}

/* SQLite's own way to the disk, but for writing while it is full. */
static sqlite3_vfs full_vfs;
static sqlite3_vfs *usual_vfs;
static sqlite3_io_methods full_methods[8];
static const sqlite3_io_methods *usual_methods[8];
static gint is_full; /* (atomic) */

static int
write_unless_full (sqlite3_file *file,
                   const void   *bytes,
                   int           n,
                   sqlite3_int64 at)
{
  const sqlite3_io_methods *usual = usual_methods[file->pMethods - full_methods];

  return g_atomic_int_get (&is_full) ? SQLITE_FULL : usual->xWrite (file, bytes, n, at);
}

/* Files of one sort share their methods; each sort gets a copy with our write. */
static int
open_file (sqlite3_vfs  *vfs,
           const char   *name,
           sqlite3_file *file,
           int           flags,
           int          *out_flags)
{
  int rc = usual_vfs->xOpen (usual_vfs, name, file, flags, out_flags);
  guint i = 0;

  if (rc != SQLITE_OK)
    return rc;
  while (usual_methods[i] != NULL && usual_methods[i] != file->pMethods)
    i++;
  g_assert_cmpuint (i, <, G_N_ELEMENTS (full_methods) - 1);
  usual_methods[i] = file->pMethods;
  full_methods[i] = *file->pMethods;
  full_methods[i].xWrite = write_unless_full;
  file->pMethods = &full_methods[i];
  return rc;
}

static void
use_full_disk (void)
{
  usual_vfs = sqlite3_vfs_find (NULL);
  full_vfs = *usual_vfs;
  full_vfs.zName = "full";
  full_vfs.xOpen = open_file;
  g_assert_cmpint (sqlite3_vfs_register (&full_vfs, 1), ==, SQLITE_OK);
}

/* An edit, a draft and an id while there is no room: said so, nothing lost, and
 * writing goes on by itself afterwards. */
static void
test_full (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;
  g_autofree char *draft = NULL;
  guint failures = 0;
  Fixture fixture;
  KipChange *change;
  KipId id;

  use_full_disk ();
  fixture_init (&fixture);
  g_signal_connect (fixture.store, "failed", G_CALLBACK (failed_cb), &failures);
  id = add_ticket (fixture.store, "before", KIP_INSTANT_NONE);
  g_atomic_int_set (&is_full, TRUE);
  change = kip_change_new (kip_store_get_me (fixture.store), "reply");
  kip_change_add_message (change, id, KIP_MESSAGE_REPLY, "lost? no");
  g_assert_false (kip_store_append (fixture.store, change, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_NO_SPACE);
  wait_until (has_failed, &failures);
  kip_store_save_draft (fixture.store, id, "reply", "being typed");
  found = list_numbers (fixture.store, "number:1");
  g_assert_cmpstr (found, ==, "1");
  g_atomic_int_set (&is_full, FALSE);
  add_message (fixture.store, id, KIP_MESSAGE_REPLY, "again");
  add_ticket (fixture.store, "after", KIP_INSTANT_NONE);
  assert_whole (fixture.store);
  assert_rebuilds_same (fixture.store);
  fixture_reopen (&fixture);
  draft = kip_store_load_draft (fixture.store, id, "reply");
  g_assert_cmpstr (draft, ==, "being typed");
  fixture_clear (&fixture);
  sqlite3_vfs_register (usual_vfs, 1);
}

/* ---- damaged files ---- */

static char *
path_in (const char *dir,
         const char *name)
{
  return g_build_filename (dir, name, NULL);
}

/* A copy of the closed office, with its bytes. */
static char *
copy_office (const char *dir,
             char      **contents,
             gsize      *length)
{
  g_autofree char *from = path_in (dir, "kip.db");
  g_autofree char *key_from = path_in (dir, "device.key");
  g_autofree char *copy = g_dir_make_tmp ("kip-fault-XXXXXX", NULL);
  g_autofree char *key_to = path_in (copy, "device.key");
  g_autofree char *key = NULL;

  g_assert_true (g_file_get_contents (from, contents, length, NULL));
  g_assert_true (g_file_get_contents (key_from, &key, NULL, NULL));
  g_assert_true (g_file_set_contents (key_to, key, -1, NULL));
  return g_steal_pointer (&copy);
}

static void
put_database (const char *dir,
              const char *contents,
              gsize       length)
{
  static const char *const beside[] = { "kip.db-wal", "kip.db-shm" };
  g_autofree char *path = path_in (dir, "kip.db");

  for (guint i = 0; i < G_N_ELEMENTS (beside); i++)
    {
      g_autofree char *old = path_in (dir, beside[i]);

      g_unlink (old);
    }
  g_assert_true (g_file_set_contents (path, contents, (gssize) length, NULL));
}

static void
assert_untouched (const char *dir,
                  const char *contents,
                  gsize       length)
{
  g_autofree char *path = path_in (dir, "kip.db");
  g_autofree char *now = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &now, &size, NULL));
  g_assert_cmpmem (now, size, contents, length);
}

static void
fill (Fixture *fixture)
{
  for (guint i = 0; i < 30; i++)
    {
      KipId id = add_ticket (fixture->store, "Máy in tầng hai", KIP_INSTANT_NONE);

      add_message (fixture->store, id, KIP_MESSAGE_INCOMING, "kẹt giấy");
    }
  kip_store_close (fixture->store);
  g_clear_object (&fixture->store);
}

static void
test_truncated (void)
{
  g_autofree char *contents = NULL;
  g_autofree char *copy = NULL;
  Fixture fixture;
  gsize length;

  fixture_init (&fixture);
  fill (&fixture);
  copy = copy_office (fixture.dir, &contents, &length);
  for (gsize size = 0; size < length; size += size < 4096 ? 512 : 8192)
    {
      g_autoptr (GError) error = NULL;

      put_database (copy, contents, size);
      g_assert_null (kip_store_open (copy, &error));
      g_assert_error (error, KIP_ERROR, KIP_ERROR_CORRUPT);
      assert_untouched (copy, contents, size);
    }
  remove_tree (copy);
  fixture_clear (&fixture);
}

/* Everything that is read must either be refused or be what was written. */
static gboolean
is_detected (const char *dir)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KipStore) store = kip_store_open (dir, &error);
  gboolean whole, same;

  if (store == NULL)
    return TRUE;
  whole = kip_store_check (store, NULL, NULL, NULL, NULL, NULL);
  same = whole && kip_store_rebuild (store, NULL, NULL, NULL, &error);
  kip_store_close (store);
  return !whole || !same;
}

static gboolean
lists_all (const char *dir)
{
  g_autoptr (KipStore) store = kip_store_open (dir, NULL);
  g_autofree char *found = store != NULL ? list_numbers (store, "") : NULL;
  g_autofree char *searched = store != NULL ? list_numbers (store, "ket giay") : NULL;

  if (store == NULL)
    return FALSE;
  kip_store_close (store);
  return g_str_has_suffix (found, " 30") && g_strcmp0 (found, searched) == 0;
}

static void
test_flipped (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (next_seed ());
  g_autofree char *contents = NULL;
  g_autofree char *copy = NULL;
  guint detected = 0, harmless = 0;
  Fixture fixture;
  gsize length;

  fixture_init (&fixture);
  fill (&fixture);
  copy = copy_office (fixture.dir, &contents, &length);
  for (guint i = 0; i < 150; i++)
    {
      gsize at = (gsize) g_rand_int_range (rand, 0, (gint32) length);
      char bit = (char) (1 << g_rand_int_range (rand, 0, 8));

      contents[at] ^= bit;
      put_database (copy, contents, length);
      if (is_detected (copy))
        detected++;
      else
        harmless++;
      /* What says that it is whole must be. */
      put_database (copy, contents, length);
      if (!is_detected (copy))
        g_assert_true (lists_all (copy));
      contents[at] ^= bit;
    }
  g_test_message ("%u of 150 flipped bits were found, %u lay in unused bytes", detected, harmless);
  g_assert_cmpuint (detected, >, 20);
  remove_tree (copy);
  fixture_clear (&fixture);
}

static void
set_version (const char *dir,
             const char *sql)
{
  g_autofree char *path = path_in (dir, "kip.db");
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
test_newer (void)
{
  g_autofree char *contents = NULL;
  g_autofree char *copy = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  Fixture fixture;
  gsize length;

  fixture_init (&fixture);
  fill (&fixture);
  set_version (fixture.dir, "PRAGMA user_version = 99");
  path = path_in (fixture.dir, "kip.db");
  copy = copy_office (fixture.dir, &contents, &length);
  g_assert_null (kip_store_open (fixture.dir, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_NEWER);
  assert_untouched (fixture.dir, contents, length);
  remove_tree (copy);
  fixture_clear (&fixture);
}

static void
test_foreign (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) none = NULL;
  g_autofree char *path = NULL;
  Fixture fixture;

  fixture_init (&fixture);
  fill (&fixture);
  set_version (fixture.dir, "PRAGMA application_id = 7");
  g_assert_null (kip_store_open (fixture.dir, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_CORRUPT);
  path = path_in (fixture.dir, "elsewhere");
  g_assert_null (kip_store_open (path, &none));
  g_assert_error (none, KIP_ERROR, KIP_ERROR_NOT_OFFICE);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  fixture_clear (&fixture);
}

/* ---- a folder that may not be written ---- */

/* Root may write everywhere, so the child is somebody else. */
static int
open_as_reader (const char *dir)
{
  g_autoptr (GError) error = NULL;

  if (geteuid () == 0 && (setgroups (0, NULL) != 0 || setgid (65534) != 0 || setuid (65534) != 0))
    return 1;
  if (kip_store_open (dir, &error) != NULL)
    return 2;
  return g_error_matches (error, KIP_ERROR, KIP_ERROR_READ_ONLY) ? 0 : 3;
}

static void
test_read_only (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *contents = NULL;
  g_autofree char *copy = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GError) error = NULL;
  Fixture fixture;
  gsize length;

  fixture_init (&fixture);
  fill (&fixture);
  copy = copy_office (fixture.dir, &contents, &length);
  path = path_in (fixture.dir, "kip.db");
  g_assert_cmpint (g_chmod (path, 0444), ==, 0);
  g_assert_cmpint (g_chmod (fixture.dir, 0555), ==, 0);
  child = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, self, "--read-only", fixture.dir, NULL);
  g_assert_no_error (error);
  g_subprocess_wait_check (child, NULL, &error);
  g_assert_no_error (error);
  assert_untouched (fixture.dir, contents, length);
  g_assert_cmpint (g_chmod (fixture.dir, 0755), ==, 0);
  remove_tree (copy);
  fixture_clear (&fixture);
}

/* ---- a clock that was set back ---- */

static void
test_clock_back (void)
{
  g_autoptr (KipTicketRow) row = NULL;
  g_autoptr (KipTicket) ticket = NULL;
  g_autofree char *subject = NULL;
  const KipStatusSpan *last;
  Fixture fixture;
  KipId id;

  fixture_init (&fixture);
  kip_clock_set ("2026-03-09T10:00:00+07:00 x0.000001");
  id = add_ticket (fixture.store, "one", KIP_INSTANT_NONE);
  set_status (fixture.store, id, "waiting-requester");
  add_message (fixture.store, id, KIP_MESSAGE_INCOMING, "question");
  kip_clock_set ("2026-03-09T09:00:00+07:00 x0.000001");
  fixture_reopen (&fixture);
  set_text (fixture.store, id, KIP_FIELD_SUBJECT, "two");
  set_status (fixture.store, id, "open");
  add_message (fixture.store, id, KIP_MESSAGE_REPLY, "answer");
  row = get_row (fixture.store, id);
  g_assert_cmpstr (row->subject, ==, "two");
  g_assert_false (row->unanswered);
  g_assert_cmpint (row->clocks[KIP_CLOCK_RESOLUTION].state, ==, KIP_CLOCK_RUNNING);
  ticket = kip_store_ticket (fixture.store, id, NULL);
  last = &g_array_index (ticket->statuses, KipStatusSpan, ticket->statuses->len - 1);
  g_assert_cmpint (last->phase, ==, KIP_PHASE_OPEN);
  g_assert_cmpstr (g_array_index (ticket->messages, KipMessage, 1).text, ==, "answer");
  assert_whole (fixture.store);
  assert_rebuilds_same (fixture.store);
  fixture_clear (&fixture);
}

int
main (int    argc,
      char **argv)
{
  if (argc == 4 && strcmp (argv[1], "--edit") == 0)
    return edit_until_killed (argv[2], argv[3]);
  if (argc == 3 && strcmp (argv[1], "--read-only") == 0)
    return open_as_reader (argv[2]);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fault/killed", test_killed);
  g_test_add_func ("/fault/full", test_full);
  g_test_add_func ("/fault/truncated", test_truncated);
  g_test_add_func ("/fault/flipped", test_flipped);
  g_test_add_func ("/fault/newer", test_newer);
  g_test_add_func ("/fault/foreign", test_foreign);
  g_test_add_func ("/fault/read-only", test_read_only);
  g_test_add_func ("/fault/clock-back", test_clock_back);
  return g_test_run ();
}
