/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-carrier-wire.h"
#include "kip-carrier.h"
#include "kip-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* The carrier whose system calls happen in a child: this same program, started again. */
#define HANGING "--hanging-child"
/* While this file lies in the folder, every look at the folder hangs. */
#define HANG "hang"
/* Well before it would give up by itself, after a minute; a busy machine takes its time. */
#define SOONER (30 * G_TIME_SPAN_SECOND)

/* ---- a share that hangs ---- */

static KipShareFsClass hanging_class;
static int (*real_place)(KipShareFs    *fs,
                         KipSharePlace *place);
static char *hanging_folder;

static int
hanging_place (KipShareFs    *fs,
               KipSharePlace *place)
{
  g_autofree char *mark = g_build_filename (hanging_folder, HANG, NULL);

  while (access (mark, F_OK) == 0)
    poll (NULL, 0, 20);
  return real_place (fs, place);
}

static KipShareFs *
new_hanging_fs (const char *folder)
{
  KipShareFs *fs = kip_share_fs_new_posix (folder);

  hanging_folder = g_strdup (folder);
  hanging_class = *fs->class;
  real_place = fs->class->place;
  hanging_class.place = hanging_place;
  fs->class = &hanging_class;
  return fs;
}

/* ---- fixture ---- */

typedef struct
{
  char       *folder;  /* (owned) */
  char       *path;    /* (owned) */
  KipCarrier *carrier; /* (owned) */
} Fixture;

static KipCarrier *
new_carrier (Fixture *f)
{
  static const char *const argv[] = { "/proc/self/exe", HANGING, NULL };

  return kip_carrier_new_child (argv, f->path);
}

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->folder = g_dir_make_tmp ("kip-child-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "Office.kip", NULL);
  f->carrier = new_carrier (f);
}

static void
delete_all (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_unlink (path) != 0)
        delete_all (path);
    }
  g_rmdir (folder);
}

static void
set_hanging (Fixture *f,
             gboolean hangs)
{
  g_autofree char *mark = g_build_filename (f->folder, HANG, NULL);

  if (hangs)
    g_assert_true (g_file_set_contents (mark, "", 0, NULL));
  else
    g_unlink (mark);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  g_clear_pointer (&f->carrier, kip_carrier_free);
  set_hanging (f, FALSE);
  delete_all (f->folder);
  g_free (f->path);
  g_free (f->folder);
}

static gboolean
has_lock (Fixture *f)
{
  g_autofree char *lock = g_strconcat (f->path, ".lock", NULL);

  return access (lock, F_OK) == 0;
}

/* What happens in another process, in its own time; at most a minute. */
static void
wait_for_no_lock (Fixture *f)
{
  for (guint i = 0; has_lock (f) && i < 6000; i++)
    poll (NULL, 0, 10);
  g_assert_false (has_lock (f));
}

static pid_t
find_holder (Fixture *f)
{
  g_autofree char *lock = g_strconcat (f->path, ".lock", NULL);
  g_autofree char *text = NULL;
  const char *at;

  g_assert_true (g_file_get_contents (lock, &text, NULL, NULL));
  at = strstr (text, "\nprocess ");
  g_assert_nonnull (at);
  return (pid_t) g_ascii_strtoull (at + strlen ("\nprocess "), NULL, 10);
}

static void
create (Fixture    *f,
        const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  kip_carrier_lock (f->carrier, 1, "create", 0, NULL, NULL, &error);
  g_assert_no_error (error);
  kip_carrier_replace_begin (f->carrier, NULL, &error);
  g_assert_no_error (error);
  kip_carrier_replace_add (f->carrier, bytes, NULL, &error);
  g_assert_no_error (error);
  kip_carrier_replace_end (f->carrier, NULL, TRUE, NULL, &error);
  g_assert_no_error (error);
  kip_carrier_unlock (f->carrier);
}

/* ---- it does what a carrier does ---- */

static void
assert_bytes (GBytes     *bytes,
              const char *text)
{
  g_assert_nonnull (bytes);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text, strlen (text));
}

static void
test_file (Fixture      *f,
           gconstpointer data)
{
  g_autoptr (GBytes) more = g_bytes_new_static ("two.", 4);
  g_autoptr (GBytes) read = NULL;
  g_autoptr (GError) error = NULL;
  KipCarrierLook look;
  guint64 size = 0;
  gint64 offset = G_MAXINT64;

  g_assert_true (kip_carrier_look (f->carrier, &look, NULL, NULL));
  g_assert_false (look.has_file);
  kip_carrier_expect_place (f->carrier, &look.place);
  create (f, "one.");
  kip_carrier_lock (f->carrier, 1, "append", 2000, &offset, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (ABS (offset), <, 5000);
  g_assert_true (kip_carrier_keep_lock (f->carrier, NULL, NULL));
  kip_carrier_append (f->carrier, more, 4, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (kip_carrier_append (f->carrier, more, 4, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_CONFLICT);
  kip_carrier_unlock (f->carrier);
  read = kip_carrier_read (f->carrier, 2, 100, &size, NULL, NULL);
  assert_bytes (read, "e.two.");
  g_assert_cmpuint (size, ==, 8);
  g_assert_true (kip_carrier_look (f->carrier, &look, NULL, NULL));
  g_assert_cmpuint (look.size, ==, 8);
  g_assert_false (has_lock (f));
}

static void
test_replace (Fixture      *f,
              gconstpointer data)
{
  g_autoptr (GBytes) whole = g_bytes_new_static ("new.", 4);
  g_autoptr (GBytes) read = NULL;
  g_autoptr (GError) error = NULL;

  create (f, "one.");
  g_assert_true (kip_carrier_lock (f->carrier, 1, "compact", 2000, NULL, NULL, NULL));
  g_assert_true (kip_carrier_replace_begin (f->carrier, NULL, NULL));
  g_assert_true (kip_carrier_replace_add (f->carrier, whole, NULL, NULL));
  read = kip_carrier_replace_read (f->carrier, 0, 100, NULL, NULL);
  assert_bytes (read, "new.");
  g_assert_false (kip_carrier_replace_end (f->carrier, NULL, TRUE, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_EXISTS);
  g_clear_error (&error);
  kip_carrier_replace_end (f->carrier, ".damaged", FALSE, NULL, &error);
  g_assert_no_error (error);
  kip_carrier_replace_drop (f->carrier);
  g_clear_pointer (&read, g_bytes_unref);
  read = kip_carrier_read (f->carrier, 0, 100, NULL, NULL, NULL);
  assert_bytes (read, "new.");
}

static void
test_blobs (Fixture      *f,
            gconstpointer data)
{
  gsize size = 5 * 1024 * 1024;
  guint8 *picture = g_malloc0 (size);
  g_autoptr (GBytes) blob = NULL;
  g_autoptr (GBytes) got = NULL;
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < size; i++)
    picture[i] = (guint8) (i * 31);
  blob = g_bytes_new_take (picture, size);
  g_assert_null (kip_carrier_get_blob (f->carrier, "a", NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  kip_carrier_put_blob (f->carrier, "a", blob, NULL, &error);
  g_assert_no_error (error);
  got = kip_carrier_get_blob (f->carrier, "a", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (blob, got));
  names = kip_carrier_list_blobs (f->carrier, NULL, NULL);
  g_assert_cmpuint (names->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (names, 0), ==, "a");
  g_assert_true (kip_carrier_drop_blob (f->carrier, "a", NULL, NULL));
  g_assert_true (kip_carrier_drop_aside (f->carrier, NULL, NULL));
}

static void
test_cannot_start (void)
{
  static const char *const argv[] = { "/nonexistent/program", NULL };
  g_autoptr (KipCarrier) carrier = kip_carrier_new_child (argv, "/nonexistent/Office.kip");
  g_autoptr (GError) error = NULL;
  KipCarrierLook look;

  g_assert_false (kip_carrier_look (carrier, &look, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_FAILED);
}

/* A program that says nothing of what a child says. */
static void
test_not_a_child (void)
{
  static const char *const argv[] = { "/bin/true", NULL };
  g_autoptr (KipCarrier) carrier = kip_carrier_new_child (argv, "/nonexistent/Office.kip");
  g_autoptr (GError) error = NULL;
  KipCarrierLook look;

  g_assert_false (kip_carrier_look (carrier, &look, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_OFFLINE);
}

/* ---- it hangs ---- */

static gpointer
cancel_soon (gpointer cancellable)
{
  poll (NULL, 0, 100);
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_cancel (Fixture      *f,
             gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  KipCarrierLook look;
  gint64 begun;
  GThread *thread;

  g_assert_true (kip_carrier_look (f->carrier, &look, NULL, NULL));
  set_hanging (f, TRUE);
  begun = g_get_monotonic_time ();
  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  g_assert_false (kip_carrier_look (f->carrier, &look, cancellable, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_OFFLINE);
  g_test_message ("came back %d ms after it was cancelled", (int) ((g_get_monotonic_time () - begun) / 1000 - 100));
  g_assert_cmpint (g_get_monotonic_time () - begun, <, SOONER);
  g_thread_join (thread);
  set_hanging (f, FALSE);
  g_assert_true (kip_carrier_look (f->carrier, &look, NULL, NULL));
}

static void
test_limit (Fixture      *f,
            gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  KipCarrierLook look;

  set_hanging (f, TRUE);
  kip_carrier_set_limit (f->carrier, 200);
  g_assert_false (kip_carrier_look (f->carrier, &look, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_OFFLINE);
  kip_carrier_unlock (f->carrier);
  set_hanging (f, FALSE);
  kip_carrier_set_limit (f->carrier, 60000);
  g_assert_true (kip_carrier_look (f->carrier, &look, NULL, NULL));
}

/* A child left in a call gives back its lock when the call returns. */
static void
test_left_child_unlocks (Fixture      *f,
                         gconstpointer data)
{
  KipCarrierLook look;

  g_assert_true (kip_carrier_lock (f->carrier, 1, "append", 0, NULL, NULL, NULL));
  set_hanging (f, TRUE);
  kip_carrier_set_limit (f->carrier, 200);
  g_assert_false (kip_carrier_look (f->carrier, &look, NULL, NULL));
  g_assert_true (has_lock (f));
  set_hanging (f, FALSE);
  wait_for_no_lock (f);
}

static void
test_freed_unlocks (Fixture      *f,
                    gconstpointer data)
{
  g_assert_true (kip_carrier_lock (f->carrier, 1, "append", 0, NULL, NULL, NULL));
  g_clear_pointer (&f->carrier, kip_carrier_free);
  wait_for_no_lock (f);
}

/* There is a limit to how many hang at a time; afterwards all goes on. */
static void
test_many_hang (Fixture      *f,
                gconstpointer data)
{
  KipCarrierLook look;
  gint64 begun;

  set_hanging (f, TRUE);
  kip_carrier_set_limit (f->carrier, 50);
  for (guint i = 0; i < 10; i++)
    g_assert_false (kip_carrier_look (f->carrier, &look, NULL, NULL));
  kip_carrier_set_limit (f->carrier, 60000);
  begun = g_get_monotonic_time ();
  g_assert_false (kip_carrier_look (f->carrier, &look, NULL, NULL));
  g_assert_cmpint (g_get_monotonic_time () - begun, <, SOONER);
  set_hanging (f, FALSE);
  for (guint i = 0; !kip_carrier_look (f->carrier, &look, NULL, NULL); i++)
    {
      g_assert_cmpuint (i, <, 6000);
      poll (NULL, 0, 10);
    }
}

/* ---- it dies ---- */

static void
test_killed (Fixture      *f,
             gconstpointer data)
{
  g_autoptr (GBytes) more = g_bytes_new_static ("two.", 4);
  g_autoptr (GError) error = NULL;

  create (f, "one.");
  g_assert_true (kip_carrier_lock (f->carrier, 1, "append", 2000, NULL, NULL, NULL));
  g_assert_cmpint (kill (find_holder (f), SIGKILL), ==, 0);
  g_assert_false (kip_carrier_append (f->carrier, more, 4, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_OFFLINE);
  g_clear_error (&error);
  g_assert_false (kip_carrier_append (f->carrier, more, 4, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_BUSY);
}

/* It has nothing of ours but the socket. */
static void
test_descriptors (Fixture      *f,
                  gconstpointer data)
{
  g_autofree char *secret = g_build_filename (f->folder, "secret", NULL);
  g_autofree char *folder = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;
  int fd = open (secret, O_CREAT | O_RDWR, 0600);

  g_assert_cmpint (fd, >=, 0);
  g_assert_true (kip_carrier_lock (f->carrier, 1, "append", 0, NULL, NULL, NULL));
  folder = g_strdup_printf ("/proc/%d/fd", (int) find_holder (f));
  dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *link = g_build_filename (folder, name, NULL);
      g_autofree char *target = g_file_read_link (link, NULL);

      g_assert_cmpstr (target, !=, secret);
      if (g_ascii_strtoull (name, NULL, 10) < 3)
        g_assert_cmpstr (target, ==, "/dev/null");
    }
  close (fd);
}

/* ---- what is said ---- */

static void
test_reader (void)
{
  g_autoptr (GByteArray) message = kip_wire_begin (7, 3);
  KipWireReader reader;

  kip_wire_put_u64 (message, G_GUINT64_CONSTANT (0x0123456789abcdef));
  kip_wire_put_text (message, "xin chào");
  kip_wire_put_text (message, NULL);
  kip_wire_put_data (message, "abc", 3);
  g_assert_true (kip_wire_end (message));
  for (gsize length = 0; length + 4 <= message->len; length++)
    {
      g_autofree guint8 *copy = g_memdup2 (message->data + 4, length);
      g_autofree char *text = NULL;
      g_autofree char *none = NULL;
      g_autoptr (GBytes) bytes = NULL;

      reader = (KipWireReader) { copy, length, FALSE };
      kip_wire_get_u32 (&reader);
      kip_wire_get_u8 (&reader);
      kip_wire_get_u64 (&reader);
      text = kip_wire_get_text (&reader);
      none = kip_wire_get_text (&reader);
      bytes = kip_wire_get_bytes (&reader);
      g_assert_true (kip_wire_is_whole (&reader) == (length + 4 == message->len));
      if (kip_wire_is_whole (&reader))
        g_assert_cmpstr (text, ==, "xin chào");
    }
}

static pid_t
spawn_raw (int *fd)
{
  char *argv[] = { (char *) "/proc/self/exe", (char *) HANGING, NULL };
  const int target = KIP_CARRIER_CHILD_FD;
  int ends[2];
  GPid pid;

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), ==, 0);
  g_assert_true (g_spawn_async_with_pipes_and_fds (NULL, (const char *const *) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD,
                                                   NULL, NULL, -1, -1, -1, &ends[1], &target, 1, &pid, NULL, NULL, NULL, NULL));
  close (ends[1]);
  *fd = ends[0];
  return pid;
}

/* Whatever is said to a child, it ends as a program ends, not by a crash. */
static void
test_nonsense (Fixture      *f,
               gconstpointer data)
{
  for (guint i = 0; i < 60; i++)
    {
      g_autoptr (GByteArray) opening = kip_wire_begin (1, KIP_WIRE_OPEN);
      g_autoptr (GByteArray) nonsense = kip_wire_begin (2, (guint8) g_test_rand_int_range (2, 24));
      KipWireLine line = { -1, NULL, G_MAXINT64 };
      int status;
      pid_t pid = spawn_raw (&line.fd);

      for (int n = g_test_rand_int_range (0, 40); n > 0; n--)
        kip_wire_put_u8 (nonsense, (guint8) (g_test_rand_int_range (0, 3) == 0 ? g_test_rand_int_range (0, 256) : 0));
      kip_wire_put_text (opening, f->path);
      kip_wire_end (opening);
      kip_wire_end (nonsense);
      if (i % 4 == 0)
        memset (nonsense->data, 0xff, 4);
      if (i % 5 != 0)
        kip_wire_send (&line, opening);
      kip_wire_send (&line, nonsense);
      close (line.fd);
      g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
      g_assert_true (WIFEXITED (status));
    }
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 2 && g_str_equal (argv[1], HANGING))
    return kip_carrier_serve_on (KIP_CARRIER_CHILD_FD, new_hanging_fs);

  g_test_init (&argc, &argv, NULL);
  g_test_add ("/sync/child/file", Fixture, NULL, set_up, test_file, tear_down);
  g_test_add ("/sync/child/replace", Fixture, NULL, set_up, test_replace, tear_down);
  g_test_add ("/sync/child/blobs", Fixture, NULL, set_up, test_blobs, tear_down);
  g_test_add_func ("/sync/child/cannot-start", test_cannot_start);
  g_test_add_func ("/sync/child/not-a-child", test_not_a_child);
  g_test_add ("/sync/child/cancel", Fixture, NULL, set_up, test_cancel, tear_down);
  g_test_add ("/sync/child/limit", Fixture, NULL, set_up, test_limit, tear_down);
  g_test_add ("/sync/child/left-child-unlocks", Fixture, NULL, set_up, test_left_child_unlocks, tear_down);
  g_test_add ("/sync/child/freed-unlocks", Fixture, NULL, set_up, test_freed_unlocks, tear_down);
  g_test_add ("/sync/child/killed", Fixture, NULL, set_up, test_killed, tear_down);
  g_test_add ("/sync/child/descriptors", Fixture, NULL, set_up, test_descriptors, tear_down);
  g_test_add_func ("/sync/child/reader", test_reader);
  g_test_add ("/sync/child/nonsense", Fixture, NULL, set_up, test_nonsense, tear_down);
  g_test_add ("/sync/child/many-hang", Fixture, NULL, set_up, test_many_hang, tear_down);
  return g_test_run ();
}
