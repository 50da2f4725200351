/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-carrier.h"
#include "kip-error.h"
#include "share-driver.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* The carrier on a file system of the kernel's that behaves as a bad share does (fault-fs.c),
 * mounted twice, as by two machines. */
#define SPEED 100
/* How long (s) the writers write; KIP_SECONDS for more. */
#define SECONDS 6

typedef struct
{
  char *back;      /* (owned) what is mounted */
  char *points[2]; /* (owned) where */
  GPid  pids[2];   /* 0: not mounted */
} Mounts;

/* ---- mounting ---- */

static gboolean
is_mounted (const char *point,
            const char *back)
{
  struct stat a, b;

  return stat (point, &a) == 0 && stat (back, &b) == 0 && a.st_dev != b.st_dev;
}

static gboolean
mount_at (Mounts *mounts,
          guint   i,
          guint   refused,
          guint   harmed)
{
  g_autofree char *text_refused = g_strdup_printf ("%u", refused);
  g_autofree char *text_harmed = g_strdup_printf ("%u", harmed);
  g_autofree char *seed = g_strdup_printf ("%d", g_test_rand_int_range (0, G_MAXINT));
  const char *argv[] = { g_getenv ("FAULT_FS"), mounts->back, mounts->points[i], text_refused, text_harmed, seed, NULL };

  if (argv[0] == NULL || *argv[0] == '\0')
    return FALSE;
  g_test_message ("mount %u, seed %s", i, seed);
  if (!g_spawn_async (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &mounts->pids[i], NULL))
    return FALSE;
  while (!is_mounted (mounts->points[i], mounts->back))
    {
      if (waitpid (mounts->pids[i], NULL, WNOHANG) != 0)
        {
          mounts->pids[i] = 0;
          return FALSE;
        }
      poll (NULL, 0, 10);
    }
  return TRUE;
}

static void
detach (Mounts *mounts,
        guint   i)
{
  const char *argv[] = { "fusermount3", "-u", "-z", "-q", mounts->points[i], NULL };

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
}

static void
unmount (Mounts *mounts,
         guint   i)
{
  if (mounts->pids[i] == 0)
    return;
  detach (mounts, i);
  kill (mounts->pids[i], SIGKILL);
  waitpid (mounts->pids[i], NULL, 0);
  mounts->pids[i] = 0;
}

static char *
make_folder (const char *what)
{
  g_autofree char *pattern = g_strdup_printf ("kip-%s-XXXXXX", what);

  return g_dir_make_tmp (pattern, NULL);
}

static void
clear_folder (char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

static void
tear_down (Mounts *mounts)
{
  for (guint i = 0; i < 2; i++)
    {
      unmount (mounts, i);
      clear_folder (mounts->points[i]);
    }
  clear_folder (mounts->back);
}

/* FALSE: not on this machine, which is said. */
static gboolean
set_up (Mounts *mounts,
        guint   n,
        guint   refused,
        guint   harmed)
{
  *mounts = (Mounts) { make_folder ("back"), { make_folder ("point"), make_folder ("point") }, { 0, 0 } };
  for (guint i = 0; i < n; i++)
    if (!mount_at (mounts, i, refused, harmed))
      {
        g_test_message ("LEFT OUT: a share of FUSE. Mounting one does not work here.");
        tear_down (mounts);
        return FALSE;
      }
  return TRUE;
}

/* ---- writers on two mounts ---- */

static guint
get_seconds (void)
{
  const char *seconds = g_getenv ("KIP_SECONDS");

  return seconds != NULL ? (guint) g_ascii_strtoull (seconds, NULL, 10) : SECONDS;
}

static void
put_header (Mounts *mounts)
{
  g_autofree char *path = g_build_filename (mounts->back, "Office.kip", NULL);

  g_assert_true (g_file_set_contents (path, "header, put there by the server's own hand....................\n", 64, NULL));
}

static void
write_for_a_while (guint refused,
                   guint harmed)
{
  Mounts mounts;
  ShareDriver driver;
  const char *folders[5] = { NULL };

  if (!set_up (&mounts, 2, refused, harmed))
    return;
  for (guint i = 0; i < 4; i++)
    folders[i] = mounts.points[i % 2];
  put_header (&mounts);
  share_driver_set_up (&driver, folders, SPEED);
  for (guint i = 0; i < 4; i++)
    share_driver_start (&driver, i, 0);
  poll (NULL, 0, (int) get_seconds () * 1000);
  for (guint i = 0; i < 2; i++)
    kill (mounts.pids[i], SIGUSR1);
  share_driver_finish (&driver);
  g_test_message ("%u records shared, %u had to be healed", driver.n_shared, driver.n_healed);
  g_assert_cmpuint (driver.n_shared, >, 10);
  share_driver_tear_down (&driver);
  tear_down (&mounts);
}

static void
test_calm (void)
{
  write_for_a_while (0, 0);
}

static void
test_faults (void)
{
  write_for_a_while (4000, 2000);
}

/* ---- the share hangs, and goes ---- */

static KipCarrier *
new_child (Mounts *mounts)
{
  g_autofree char *path = g_build_filename (mounts->points[0], "Office.kip", NULL);

  return kip_carrier_new_child (NULL, path);
}

static gpointer
cancel_soon (gpointer cancellable)
{
  poll (NULL, 0, 200);
  g_cancellable_cancel (cancellable);
  return NULL;
}

/* The child sits in a system call that no signal but the last ends; nobody waits for it. */
static void
test_hang (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  KipCarrier *carrier;
  KipCarrierLook look;
  Mounts mounts;
  GThread *thread;
  gint64 begun, took;

  if (!set_up (&mounts, 1, 0, 0))
    return;
  put_header (&mounts);
  carrier = new_child (&mounts);
  g_assert_true (kip_carrier_look (carrier, &look, NULL, NULL));
  g_assert_cmpint (look.place.kind, ==, KIP_SHARE_FUSE);
  g_assert_false (look.place.has_locks);
  g_assert_cmpuint (look.size, ==, 64);

  kill (mounts.pids[0], SIGSTOP);
  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  begun = g_get_monotonic_time ();
  g_assert_false (kip_carrier_look (carrier, &look, cancellable, &error));
  took = g_get_monotonic_time () - begun;
  g_assert_error (error, KIP_ERROR, KIP_ERROR_OFFLINE);
  g_test_message ("came back %d ms after it was cancelled", (int) (took / 1000) - 200);
  g_assert_cmpint (took, <, 30 * G_TIME_SPAN_SECOND);
  g_thread_join (thread);

  kill (mounts.pids[0], SIGCONT);
  g_assert_true (kip_carrier_look (carrier, &look, NULL, NULL));
  kip_carrier_free (carrier);
  tear_down (&mounts);
}

static void
test_gone (void)
{
  g_autoptr (GError) error = NULL;
  KipCarrier *carrier;
  KipCarrierLook look;
  Mounts mounts;

  if (!set_up (&mounts, 1, 0, 0))
    return;
  put_header (&mounts);
  carrier = new_child (&mounts);
  g_assert_true (kip_carrier_look (carrier, &look, NULL, NULL));
  kip_carrier_expect_place (carrier, &look.place);
  kill (mounts.pids[0], SIGKILL);
  waitpid (mounts.pids[0], NULL, 0);
  g_assert_false (kip_carrier_look (carrier, &look, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_OFFLINE);
  g_clear_error (&error);
  g_assert_null (kip_carrier_read (carrier, 0, 10, NULL, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_OFFLINE);
  g_clear_error (&error);

  /* Unmounted: an empty folder, where nothing may be written. */
  mounts.pids[0] = 0;
  detach (&mounts, 0);
  g_assert_true (kip_carrier_look (carrier, &look, NULL, NULL));
  g_assert_false (look.has_file);
  g_assert_false (kip_carrier_lock (carrier, 1, "append", 0, NULL, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_OFFLINE);
  g_assert_cmpint (g_rmdir (mounts.points[0]), ==, 0);
  kip_carrier_free (carrier);
  tear_down (&mounts);
}

int
main (int   argc,
      char *argv[])
{
  if (kip_carrier_is_child (argc, argv))
    return kip_carrier_serve (KIP_CARRIER_CHILD_FD);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/fuse/calm", test_calm);
  g_test_add_func ("/sync/fuse/faults", test_faults);
  g_test_add_func ("/sync/fuse/hang", test_hang);
  g_test_add_func ("/sync/fuse/gone", test_gone);
  return g_test_run ();
}
