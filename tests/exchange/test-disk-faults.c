/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Backups, restoring, exports and imports while the disk fills up or the power fails, at
 * every moment: what was there stays, what is new is whole or not there. */

#include "disk.h"
#include "import-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "kip-error.h"
#include "kip-exporter.h"

#define STEPS 20

/* ---- an office ---- */

static void
attach (KipStore *store,
        KipId     ticket,
        guint     n)
{
  g_autofree char *text = g_strnfill (n, (char) ('a' + n % 26));
  g_autoptr (GBytes) bytes = g_bytes_new (text, n);
  KipChange *change = kip_change_new (kip_store_get_me (store), "attach");
  KipValue *value = kip_value_map ();
  guint8 hash[32];

  g_assert_true (kip_store_put_file (store, bytes, hash, NULL));
  kip_value_put (value, 1, kip_value_text ("notes.txt"));
  kip_value_put (value, 2, kip_value_int (n));
  kip_value_put (value, 3, kip_value_bytes (hash, sizeof hash));
  kip_change_entry (change, KIP_KIND_TICKET, ticket, KIP_FIELD_ATTACHMENT, value);
  append (store, change);
}

/* Some tickets more, one in ten with an attachment. */
static void
fill (KipStore *store,
      guint     n)
{
  for (guint i = 0; i < n; i++)
    {
      KipId id = add_ticket (store, "Máy in tầng hai", KIP_INSTANT_NONE);

      add_message (store, id, KIP_MESSAGE_INCOMING, "kẹt giấy");
      if (i % 10 == 0)
        attach (store, id, 1000 + n * 37 + i * 997);
    }
}

static guint
count_tickets (KipStore *store)
{
  g_autoptr (GArray) ids = kip_store_list (store, NULL, KIP_SORT_NUMBER, FALSE, 0, NULL, NULL);

  return ids->len;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* What lies in a folder and its folders, by name. (transfer full) */
static void
add_names (const char *dir,
           GPtrArray  *names)
{
  g_autoptr (GDir) open = g_dir_open (dir, 0, NULL);
  const char *name;

  while (open != NULL && (name = g_dir_read_name (open)) != NULL)
    {
      char *path = g_build_filename (dir, name, NULL);

      g_ptr_array_add (names, path);
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        add_names (path, names);
    }
}

static char *
tell_folder (const char *dir)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  add_names (dir, names);
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return g_strjoinv ("\n", (char **) names->pdata);
}

static void
assert_same_folder (const char *dir,
                    const char *before)
{
  g_autofree char *now = tell_folder (dir);

  g_assert_cmpstr (now, ==, before);
}

static void
assert_file (const char *path,
             const char *contents,
             gsize       length)
{
  g_autofree char *now = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &now, &size, NULL));
  g_assert_cmpmem (now, size, contents, length);
}

static void
office_close (Fixture *fixture)
{
  kip_store_close (fixture->store);
  g_clear_object (&fixture->store);
}

/* ---- what is done ---- */

typedef gboolean (*Deed) (Fixture    *fixture,
                          const char *path,
                          GError    **error);

static gboolean
back_up (Fixture    *fixture,
         const char *path,
         GError    **error)
{
  return kip_store_backup (fixture->store, path, NULL, NULL, NULL, error);
}

static gboolean
put_back (Fixture    *fixture,
          const char *path,
          GError    **error)
{
  return kip_store_restore (path, fixture->dir, NULL, error);
}

static gboolean
export (Fixture    *fixture,
        const char *path,
        GError    **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return kip_exporter_run (fixture->store, NULL, KIP_SORT_NUMBER, FALSE, 0, file, KIP_EXPORT_FOR_PEOPLE, NULL, NULL, error);
}

static gboolean
save_mapping (Fixture    *fixture,
              const char *path,
              GError    **error)
{
  g_autoptr (KipImportMap) map = kip_import_map_load ("uci-incident-log", NULL);

  return kip_import_map_save (map, path, error);
}

static gboolean
rebuild (Fixture    *fixture,
         const char *path,
         GError    **error)
{
  return kip_store_rebuild (fixture->store, NULL, NULL, NULL, error);
}

/* ---- a full disk ---- */

/* What a deed has to leave as it was when it fails. */
typedef struct
{
  char  *old;    /* (owned) what the file holds */
  gsize  length;
  char  *folder; /* (owned) what else there is */
  gint64 all;    /* bytes that were written meanwhile, at least so many as it needs */
} Before;

static void
before_clear (Before *before)
{
  g_clear_pointer (&before->old, g_free);
  g_clear_pointer (&before->folder, g_free);
}

static void
note_before (Before     *before,
             Fixture    *fixture,
             const char *path,
             gint64      written)
{
  before_clear (before);
  before->all = disk_get_written () - written;
  g_assert_true (g_file_get_contents (path, &before->old, &before->length, NULL));
  before->folder = tell_folder (fixture->dir);
}

/* With room for so many bytes only.  TRUE: it failed and said why, the folder is as it was, and the file at @path too.
 * FALSE: it found room enough. */
static gboolean
fails_with_room (Deed        deed,
                 Fixture    *fixture,
                 const char *path,
                 gint64      room,
                 Before     *before)
{
  gint64 written = disk_get_written ();
  g_autoptr (GError) error = NULL;
  gboolean ok;

  disk_set_room (room);
  ok = deed (fixture, path, &error);
  disk_set_room (-1);
  g_test_message ("%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " bytes: %s", room, before->all, error != NULL ? error->message : "done");
  if (ok)
    {
      note_before (before, fixture, path, written);
      return FALSE;
    }
  g_assert_error (error, KIP_ERROR, KIP_ERROR_NO_SPACE);
  assert_file (path, before->old, before->length);
  assert_same_folder (fixture->dir, before->folder);
  return TRUE;
}

/* Room for some of what @deed writes, from nothing to nearly all.  Where the index or a checkpoint wrote beside it when it was
 * measured, it needs less: then once more, with that. */
static void
fill_disk_during (Deed        deed,
                  Fixture    *fixture,
                  const char *path)
{
  gint64 written = disk_get_written ();
  g_autoptr (GError) error = NULL;
  Before before = { NULL };

  g_assert_true (deed (fixture, path, &error));
  note_before (&before, fixture, path, written);
  for (gint64 i = 0; i < STEPS; i++)
    if (!fails_with_room (deed, fixture, path, before.all * i / STEPS, &before))
      i = -1;
  g_assert_cmpint (before.all, >, 100);
  g_assert_true (deed (fixture, path, &error));
  g_assert_no_error (error);
  before_clear (&before);
}

typedef struct
{
  const char *name;
  Deed        deed;
  const char *file; /* that it writes, or must not touch */
} Case;

static const Case cases[] = {
  { "backup", back_up, "result" },
  { "export", export, "result" },
  { "mapping", save_mapping, "result" },
  { "rebuild", rebuild, "device.key" },
};

static void
test_full (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *path = NULL;
  Fixture fixture;

  fixture_init (&fixture);
  fill (fixture.store, 60);
  g_assert_cmpuint (count_tickets (fixture.store), ==, 60);
  assert_whole (fixture.store);
  path = g_build_filename (fixture.dir, c->file, NULL);
  fill_disk_during (c->deed, &fixture, path);
  assert_whole (fixture.store);
  fixture_clear (&fixture);
}

/* The office that is there is not touched before the other is whole beside it. */
static void
test_full_restore (void)
{
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;
  gint64 before, all;
  Fixture fixture, other;

  fixture_init (&fixture);
  fixture_init (&other);
  fill (fixture.store, 40);
  path = g_build_filename (other.dir, "backup", NULL);
  g_assert_true (kip_store_backup (fixture.store, path, NULL, NULL, NULL, &error));
  fill (fixture.store, 7);
  office_close (&fixture);
  before = disk_get_written ();
  office_close (&other);
  g_assert_true (put_back (&other, path, &error));
  all = disk_get_written () - before;
  folder = tell_folder (fixture.dir);
  for (gint64 i = 0; i < STEPS; i++)
    {
      gboolean ok;

      disk_set_room (all * i / STEPS);
      ok = put_back (&fixture, path, &error);
      disk_set_room (-1);
      g_assert_false (ok);
      g_assert_error (error, KIP_ERROR, KIP_ERROR_NO_SPACE);
      g_clear_error (&error);
      assert_same_folder (fixture.dir, folder);
    }
  fixture_reopen (&fixture);
  g_assert_cmpuint (count_tickets (fixture.store), ==, 47);
  assert_whole (fixture.store);
  office_close (&fixture);
  g_assert_true (put_back (&fixture, path, &error));
  g_assert_no_error (error);
  fixture_reopen (&fixture);
  g_assert_cmpuint (count_tickets (fixture.store), ==, 40);
  assert_whole (fixture.store);
  fixture_clear (&other);
  fixture_clear (&fixture);
}

#define INI "[import]\nshape=events\n[columns]\nkey=no\ntime=at\nstatus=state\nrequester=who\nassignee=agent\n"
#define IMPORTED 300

static char *
log_text (void)
{
  GString *csv = g_string_new ("no,at,state,who,agent\n");

  for (guint i = 0; i < IMPORTED; i++)
    g_string_append_printf (csv, "K%u,2026-03-02 08:00,new,Person %u,\nK%u,2026-03-02 10:00,resolved,Person %u,Agent %u\n",
                            i, i % 30, i, i % 30, i % 9);
  return g_string_free (csv, FALSE);
}

/* What is in is whole and undone as a whole; again, with room, it is completed. */
static void
test_full_import (void)
{
  g_autofree char *csv = log_text ();
  g_autoptr (KipImportMap) map = kip_import_map_parse (INI, NULL);

  for (gint64 room = 0; room < 260000; room = room * 3 / 2 + 4000)
    {
      g_autoptr (KipImportReport) report = NULL, again = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GFile) file = NULL;
      Fixture fixture;

      fixture_init (&fixture);
      file = write_table (&fixture, "log.csv", csv);
      disk_set_room (room);
      report = kip_importer_run (fixture.store, file, map, NULL, NULL, NULL, &error);
      disk_set_room (-1);
      if (report != NULL && report->stopped != NULL)
        g_assert_error (report->stopped, KIP_ERROR, KIP_ERROR_NO_SPACE);
      g_test_message ("%" G_GINT64_FORMAT " bytes: %u tickets", room, report != NULL ? report->n_new : 0);
      assert_whole (fixture.store);
      g_assert_cmpuint (count_tickets (fixture.store), ==, report != NULL ? report->n_new : 0);
      again = kip_importer_run (fixture.store, file, map, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_no_error (again->stopped);
      g_assert_cmpuint (count_tickets (fixture.store), ==, IMPORTED);
      assert_rebuilds_same (fixture.store);
      fixture_clear (&fixture);
    }
}

/* ---- the power fails ---- */

/* --do NAME DIR PATH OPERATION */
static int
do_until_killed (char **args)
{
  Fixture fixture = { args[1], NULL };
  g_autoptr (GError) error = NULL;
  gboolean is_restore = strcmp (args[0], "restore") == 0;
  Deed deed = is_restore ? put_back : strcmp (args[0], "backup") == 0 ? back_up : export;

  if (!is_restore && (fixture.store = kip_store_open (args[1], &error)) == NULL)
    return 2;
  disk_die_at ((guint) g_ascii_strtoull (args[3], NULL, 10));
  if (!deed (&fixture, args[2], &error))
    return 3;
  disk_die_at (0);
  if (fixture.store != NULL)
    kip_store_close (fixture.store);
  return 0;
}

/* TRUE: it was killed before the end. */
static gboolean
is_killed (const char *program,
           const char *what,
           const char *dir,
           const char *path,
           guint       operation)
{
  g_autofree char *number = g_strdup_printf ("%u", operation);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, program, "--do", what, dir, path, number, NULL);

  g_assert_no_error (error);
  g_subprocess_wait (child, NULL, &error);
  g_assert_no_error (error);
  if (g_subprocess_get_if_exited (child))
    g_assert_cmpint (g_subprocess_get_exit_status (child), ==, 0);
  return !g_subprocess_get_if_exited (child);
}

/* Another office's backup is put in place of one, killed before each thing that is done:
 * what opens then is the one or the other, whole and with its attachments. */
static void
test_killed_restore (gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  guint operation = 1, n_old = 0, n_new = 0;
  gboolean killed = TRUE;
  Fixture other;

  fixture_init (&other);
  fill (other.store, 12);
  path = g_build_filename (other.dir, "backup", NULL);
  g_assert_true (kip_store_backup (other.store, path, NULL, NULL, NULL, &error));
  for (; killed; operation += 1 + operation / 10)
    {
      Fixture fixture;
      guint n;

      fixture_init (&fixture);
      fill (fixture.store, 5);
      office_close (&fixture);
      killed = is_killed (data, "restore", fixture.dir, path, operation);
      fixture_reopen (&fixture);
      n = count_tickets (fixture.store);
      g_assert_true (n == 5 || n == 12);
      g_assert_true (killed || n == 12);
      n_old += n == 5;
      n_new += n == 12;
      assert_whole (fixture.store);
      /* Again and to the end, whatever was left lying about. */
      office_close (&fixture);
      g_assert_true (put_back (&fixture, path, &error));
      g_assert_no_error (error);
      fixture_reopen (&fixture);
      g_assert_cmpuint (count_tickets (fixture.store), ==, 12);
      assert_whole (fixture.store);
      fixture_clear (&fixture);
    }
  g_test_message ("up to %u things: %u times nothing had happened, %u times it was done", operation, n_old, n_new);
  g_assert_cmpuint (n_old, >, 5);
  fixture_clear (&other);
}

/* A backup or an export is there as it was, or whole. */
static void
test_killed_file (gconstpointer data,
                  const char   *what)
{
  g_autofree char *path = NULL;
  g_autofree char *whole = NULL;
  g_autoptr (GError) error = NULL;
  Fixture fixture, other;
  guint operation = 1;
  gsize length;

  fixture_init (&fixture);
  fixture_init (&other);
  office_close (&other);
  fill (fixture.store, 12);
  path = g_build_filename (other.dir, "result", NULL);
  g_assert_true (export (&fixture, path, &error));
  g_assert_true (g_file_get_contents (path, &whole, &length, NULL));
  office_close (&fixture);
  for (gboolean killed = TRUE; killed; operation += 1 + operation / 10)
    {
      g_autofree char *now = NULL;
      gsize size;

      g_assert_true (g_file_set_contents (path, "old", -1, NULL));
      killed = is_killed (data, what, fixture.dir, path, operation);
      g_assert_true (g_file_get_contents (path, &now, &size, NULL));
      if (size == 3)
        g_assert_true (killed && memcmp (now, "old", 3) == 0);
      else if (strcmp (what, "export") == 0)
        g_assert_cmpmem (now, size, whole, length);
      else
        g_assert_true (put_back (&other, path, &error));
      g_assert_no_error (error);
    }
  fixture_reopen (&fixture);
  g_assert_cmpuint (count_tickets (fixture.store), ==, 12);
  assert_whole (fixture.store);
  fixture_clear (&other);
  fixture_clear (&fixture);
}

static void
test_killed_backup (gconstpointer data)
{
  test_killed_file (data, "backup");
}

static void
test_killed_export (gconstpointer data)
{
  test_killed_file (data, "export");
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 6 && strcmp (argv[1], "--do") == 0)
    return do_until_killed (argv + 2);
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/disk-faults/full-", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_full);
    }
  g_test_add_func ("/disk-faults/full-restore", test_full_restore);
  g_test_add_func ("/disk-faults/full-import", test_full_import);
  g_test_add_data_func ("/disk-faults/killed-restore", argv[0], test_killed_restore);
  g_test_add_data_func ("/disk-faults/killed-backup", argv[0], test_killed_backup);
  g_test_add_data_func ("/disk-faults/killed-export", argv[0], test_killed_export);
  return g_test_run ();
}
