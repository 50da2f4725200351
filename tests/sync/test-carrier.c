/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-carrier.h"
#include "kip-error.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The carrier on a real folder of this machine. */
typedef struct
{
  char       *folder;  /* (owned) */
  char       *path;    /* (owned) */
  KipShareFs *fs;      /* (owned) beside the carriers' own */
  KipCarrier *a, *b;   /* (owned) two machines */
} Fixture;

static KipCarrier *
new_carrier (Fixture *f)
{
  return kip_carrier_new_share (kip_share_fs_new_posix (f->folder), f->path);
}

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->folder = g_dir_make_tmp ("kip-carrier-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "Office.kip", NULL);
  f->fs = kip_share_fs_new_posix (f->folder);
  f->a = new_carrier (f);
  f->b = new_carrier (f);
}

static void
delete_all (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        delete_all (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  kip_carrier_free (f->a);
  kip_carrier_free (f->b);
  kip_share_fs_free (f->fs);
  delete_all (f->folder);
  g_free (f->path);
  g_free (f->folder);
}

static GBytes *
text_bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static void
create (Fixture    *f,
        const char *text)
{
  g_autoptr (GBytes) data = text_bytes (text);
  g_autoptr (GError) error = NULL;

  kip_carrier_lock (f->a, 1, "create", 0, NULL, NULL, &error);
  g_assert_no_error (error);
  kip_carrier_replace_begin (f->a, NULL, &error);
  g_assert_no_error (error);
  kip_carrier_replace_add (f->a, data, NULL, &error);
  g_assert_no_error (error);
  kip_carrier_replace_end (f->a, NULL, TRUE, NULL, &error);
  g_assert_no_error (error);
  kip_carrier_unlock (f->a);
}

static void
assert_file (Fixture    *f,
             const char *name,
             const char *text)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);
  g_autofree char *there = NULL;

  g_assert_true (g_file_get_contents (path, &there, NULL, NULL));
  g_assert_cmpstr (there, ==, text);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(char *const *) a, *(char *const *) b);
}

/* Only these lie in the folder: nothing of ours is left over. */
static void
assert_names (Fixture    *f,
              const char *expected)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *all = NULL;

  g_assert_cmpint (f->fs->class->list (f->fs, "", names), ==, 0);
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  all = g_strjoinv (" ", (char **) names->pdata);
  g_assert_cmpstr (all, ==, expected);
}

/* ---- the file itself ---- */

static void
test_create_and_append (Fixture      *f,
                        gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) more = text_bytes ("two.");
  g_autoptr (GBytes) read = NULL;
  KipCarrierLook look;
  guint64 size;
  gint64 offset = 1;

  g_assert_true (kip_carrier_look (f->b, &look, NULL, NULL));
  g_assert_false (look.has_file);
  create (f, "one.");
  g_assert_true (kip_carrier_look (f->b, &look, NULL, NULL));
  g_assert_true (look.has_file);
  g_assert_cmpuint (look.size, ==, 4);

  g_assert_true (kip_carrier_lock (f->b, 2, "append", 0, &offset, NULL, NULL));
  g_assert_cmpint (ABS (offset), <, 2000);
  kip_carrier_append (f->b, more, 4, NULL, &error);
  g_assert_no_error (error);
  kip_carrier_unlock (f->b);
  assert_file (f, "Office.kip", "one.two.");
  assert_names (f, "Office.kip");

  read = kip_carrier_read (f->a, 2, 4, &size, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (read, NULL), g_bytes_get_size (read), "e.tw", 4);
  g_assert_cmpuint (size, ==, 8);
  g_clear_pointer (&read, g_bytes_unref);
  read = kip_carrier_read (f->a, 100, 4, NULL, NULL, NULL);
  g_assert_cmpuint (g_bytes_get_size (read), ==, 0);
}

static void
test_append_refused (Fixture      *f,
                     gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) more = text_bytes ("two.");

  create (f, "one.");
  g_assert_false (kip_carrier_append (f->b, more, 4, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_true (kip_carrier_lock (f->b, 2, "append", 0, NULL, NULL, NULL));
  g_assert_false (kip_carrier_append (f->b, more, 3, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (kip_carrier_append (f->b, more, 5, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_CONFLICT);
  assert_file (f, "Office.kip", "one.");
}

static void
test_missing (Fixture      *f,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  KipCarrierLook look;

  g_assert_null (kip_carrier_read (f->a, 0, 10, NULL, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_rmdir (f->folder);
  g_assert_null (kip_carrier_read (f->a, 0, 10, NULL, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_OFFLINE);
  g_clear_error (&error);
  g_assert_false (kip_carrier_look (f->a, &look, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_OFFLINE);
  g_clear_error (&error);
  g_assert_false (kip_carrier_lock (f->a, 1, "append", 0, NULL, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_OFFLINE);
  g_mkdir (f->folder, 0700);
}

/* An unmounted share is an empty folder of another file system: nothing is written there. */
static void
test_other_place (Fixture      *f,
                  gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  KipCarrierLook look;

  g_assert_true (kip_carrier_look (f->a, &look, NULL, NULL));
  kip_carrier_expect_place (f->a, &look.place);
  g_assert_true (kip_carrier_lock (f->a, 1, "append", 0, NULL, NULL, NULL));
  kip_carrier_unlock (f->a);
  look.place.id++;
  kip_carrier_expect_place (f->a, &look.place);
  g_assert_false (kip_carrier_lock (f->a, 1, "append", 0, NULL, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_OFFLINE);
  assert_names (f, "");
}

static void
test_cancelled (Fixture      *f,
                gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (kip_carrier_lock (f->a, 1, "append", 1000, NULL, cancellable, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_OFFLINE);
  assert_names (f, "");
}

/* ---- the lock ---- */

static void
test_lock (Fixture      *f,
           gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (kip_carrier_lock (f->a, 1, "append", 0, NULL, NULL, NULL));
  g_assert_false (kip_carrier_lock (f->b, 2, "append", 120, NULL, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_true (kip_carrier_keep_lock (f->a, NULL, NULL));
  assert_names (f, "Office.kip.lock");
  kip_carrier_unlock (f->a);
  g_assert_true (kip_carrier_lock (f->b, 2, "append", 0, NULL, NULL, NULL));
  g_assert_false (kip_carrier_keep_lock (f->a, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_BUSY);
}

/* Whoever lost the lock leaves the other's alone. */
static void
test_lost_lock (Fixture      *f,
                gconstpointer data)
{
  g_autofree char *lock = g_strconcat (f->path, ".lock", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (kip_carrier_lock (f->a, 1, "append", 0, NULL, NULL, NULL));
  g_unlink (lock);
  g_assert_true (kip_carrier_lock (f->b, 2, "append", 0, NULL, NULL, NULL));
  kip_carrier_unlock (f->a);
  assert_names (f, "Office.kip.lock");
  g_assert_true (kip_carrier_keep_lock (f->b, NULL, &error));
  g_assert_no_error (error);
}

/* The byte lock is held by somebody without the file: waited for, then this try is given up. */
static void
test_byte_lock (Fixture      *f,
                gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int handle;

  create (f, "one.");
  g_assert_cmpint (f->fs->class->open (f->fs, "Office.kip", KIP_OPEN_WRITE, &handle), ==, 0);
  g_assert_cmpint (f->fs->class->lock_byte (f->fs, handle), ==, 0);
  g_assert_false (kip_carrier_lock (f->b, 2, "append", 100, NULL, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_BUSY);
  g_clear_error (&error);
  assert_names (f, "Office.kip");
  g_assert_cmpint (f->fs->class->close (f->fs, handle), ==, 0);
  g_assert_true (kip_carrier_lock (f->b, 2, "append", 0, NULL, NULL, NULL));
}

/* ---- a whole new file ---- */

static void
begin_new (Fixture    *f,
           const char *text)
{
  g_autoptr (GBytes) bytes = text_bytes (text);

  g_assert_true (kip_carrier_lock (f->a, 1, "compact", 0, NULL, NULL, NULL));
  g_assert_true (kip_carrier_replace_begin (f->a, NULL, NULL));
  g_assert_true (kip_carrier_replace_add (f->a, bytes, NULL, NULL));
}

static void
test_replace (Fixture      *f,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) tail = text_bytes ("tail.");
  g_autoptr (GBytes) read = NULL;

  create (f, "one.two.");
  begin_new (f, "new.");
  read = kip_carrier_replace_read (f->a, 1, 100, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (read, NULL), g_bytes_get_size (read), "ew.", 3);
  g_assert_true (kip_carrier_replace_add (f->a, tail, NULL, NULL));
  assert_file (f, "Office.kip", "one.two.");
  kip_carrier_replace_end (f->a, NULL, FALSE, NULL, &error);
  g_assert_no_error (error);
  kip_carrier_unlock (f->a);
  assert_file (f, "Office.kip", "new.tail.");
  assert_names (f, "Office.kip");
}

static void
test_set_aside (Fixture      *f,
                gconstpointer data)
{
  create (f, "one.");
  begin_new (f, "two.");
  g_assert_true (kip_carrier_replace_end (f->a, ".damaged", FALSE, NULL, NULL));
  begin_new (f, "three.");
  g_assert_true (kip_carrier_replace_end (f->a, ".damaged", FALSE, NULL, NULL));
  kip_carrier_unlock (f->a);
  assert_names (f, "Office.kip Office.kip.damaged Office.kip.damaged.2");
  assert_file (f, "Office.kip", "three.");
  assert_file (f, "Office.kip.damaged", "one.");
  assert_file (f, "Office.kip.damaged.2", "two.");
  g_assert_true (kip_carrier_drop_aside (f->a, NULL, NULL));
  assert_names (f, "Office.kip");
}

static void
test_create_over (Fixture      *f,
                  gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  create (f, "one.");
  begin_new (f, "two.");
  g_assert_false (kip_carrier_replace_end (f->a, NULL, TRUE, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_EXISTS);
  kip_carrier_replace_drop (f->a);
  kip_carrier_unlock (f->a);
  assert_names (f, "Office.kip");
  assert_file (f, "Office.kip", "one.");
}

/* What somebody left half-way goes when the next one begins, and nothing else. */
static void
test_leftovers (Fixture      *f,
                gconstpointer data)
{
  static const char *const names[] = {
    "Office.kip.0123abcd.tmp", "Office.kip.lock.0123abcd.stale", "Office.kip.budget.tmp", "Office.kip.xyz.tmp",
    "Other.kip.0123abcd.tmp", "desktop.ini"
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (f->folder, names[i], NULL);

      g_assert_true (g_file_set_contents (path, "x", -1, NULL));
    }
  create (f, "one.");
  assert_names (f, "Office.kip Office.kip.budget.tmp Office.kip.xyz.tmp Other.kip.0123abcd.tmp desktop.ini");
}

/* ---- blobs ---- */

static void
test_blobs (Fixture      *f,
            gconstpointer data)
{
  g_autoptr (GBytes) one = text_bytes ("picture");
  g_autoptr (GBytes) two = text_bytes ("another");
  g_autoptr (GBytes) got = NULL;
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GError) error = NULL;

  names = kip_carrier_list_blobs (f->a, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (names->len, ==, 0);
  g_assert_null (kip_carrier_get_blob (f->a, "a1-b2", NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (kip_carrier_put_blob (f->a, "a1-b2", one, NULL, &error));
  g_assert_true (kip_carrier_put_blob (f->b, "a1-b2", two, NULL, &error));
  got = kip_carrier_get_blob (f->a, "a1-b2", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (got, two));
  g_clear_pointer (&names, g_ptr_array_unref);
  names = kip_carrier_list_blobs (f->a, NULL, NULL);
  g_assert_cmpuint (names->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (names, 0), ==, "a1-b2");
  g_assert_true (kip_carrier_drop_blob (f->a, "a1-b2", NULL, NULL));
  g_assert_true (kip_carrier_drop_blob (f->b, "a1-b2", NULL, NULL));
  assert_names (f, "Office.kip.files");
}

static void
test_blob_names (Fixture      *f,
                 gconstpointer data)
{
  static const char *const bad[] = { "", ".", "..", ".hidden", "a/b", "../Office.kip", "a b", "ä", "a.tmp", "a\n" };
  g_autoptr (GBytes) bytes = text_bytes ("x");

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (kip_carrier_put_blob (f->a, bad[i], bytes, NULL, &error));
      g_assert_error (error, KIP_ERROR, KIP_ERROR_INVALID);
    }
  assert_names (f, "");
}

/* ---- the file system ---- */

/* Nothing outside the folder is reached, whatever a name says and whatever lies there. */
static void
test_no_escape (Fixture      *f,
                gconstpointer data)
{
  static const char *const bad[] = {
    "", "/", "/etc/passwd", "..", ".", "../x", "a/../../x", "a/b/c", "a/", "/a", "a//b", "a/.."
  };
  g_autofree char *outside = g_strconcat (f->folder, "-outside", NULL);
  g_autofree char *link_path = g_build_filename (f->folder, "link", NULL);
  g_autofree char *folder_link = g_build_filename (f->folder, "Office.kip.files", NULL);
  KipShareStat is;
  int handle;

  g_assert_true (g_file_set_contents (outside, "secret", -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_cmpint (f->fs->class->open (f->fs, bad[i], KIP_OPEN_READ, &handle), ==, EINVAL);
      g_assert_cmpint (f->fs->class->stat (f->fs, bad[i], &is), ==, EINVAL);
      g_assert_cmpint (f->fs->class->unlink (f->fs, bad[i]), ==, EINVAL);
      g_assert_cmpint (f->fs->class->rename (f->fs, "x", bad[i]), !=, 0);
    }
  g_assert_cmpint (symlink (outside, link_path), ==, 0);
  g_assert_cmpint (f->fs->class->open (f->fs, "link", KIP_OPEN_READ, &handle), ==, ELOOP);
  g_assert_cmpint (f->fs->class->open (f->fs, "link", KIP_OPEN_WRITE, &handle), ==, ELOOP);
  g_assert_cmpint (symlink ("/", folder_link), ==, 0);
  g_assert_cmpint (f->fs->class->open (f->fs, "Office.kip.files/etc", KIP_OPEN_READ, &handle), !=, 0);
  g_assert_cmpint (f->fs->class->make_folder (f->fs, "Office.kip.files/kip-x"), !=, 0);
  g_unlink (outside);
}

/* Who may write in the folder may write in the file: colleagues are other users. */
static void
test_mode (Fixture      *f,
           gconstpointer data)
{
  struct stat is;

  g_chmod (f->folder, 02770);
  create (f, "one.");
  g_assert_cmpint (g_stat (f->path, &is), ==, 0);
  g_assert_cmpuint (is.st_mode & 0777, ==, 0660);
}

static void
test_not_a_file (Fixture      *f,
                 gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  KipCarrierLook look;

  g_mkdir (f->path, 0700);
  g_assert_false (kip_carrier_look (f->a, &look, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_FAILED);
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *name;
    void (*run)(Fixture *, gconstpointer);
  } tests[] = {
    { "create-and-append", test_create_and_append },
    { "append-refused", test_append_refused },
    { "missing", test_missing },
    { "other-place", test_other_place },
    { "cancelled", test_cancelled },
    { "lock", test_lock },
    { "lost-lock", test_lost_lock },
    { "byte-lock", test_byte_lock },
    { "replace", test_replace },
    { "set-aside", test_set_aside },
    { "create-over", test_create_over },
    { "leftovers", test_leftovers },
    { "blobs", test_blobs },
    { "blob-names", test_blob_names },
    { "no-escape", test_no_escape },
    { "mode", test_mode },
    { "not-a-file", test_not_a_file },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/sync/carrier/", tests[i].name, NULL);

      g_test_add (path, Fixture, NULL, set_up, tests[i].run, tear_down);
    }
  return g_test_run ();
}
