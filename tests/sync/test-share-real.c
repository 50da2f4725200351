/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-carrier.h"
#include "kip-error.h"
#include "share-driver.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Processes that append to a file in a real folder, and are killed while they do. */
#define N_WRITERS 4
#define ROUNDS 60 /* KIP_ROUNDS: how many instead */
/* How much faster than the world the writers wait. */
#define SPEED 100

static guint
get_rounds (void)
{
  const char *rounds = g_getenv ("KIP_ROUNDS");

  return rounds != NULL ? (guint) g_ascii_strtoull (rounds, NULL, 10) : ROUNDS;
}

/* ---- killed at random moments ---- */

/* Whoever was killed, the others go on: within 60 s by the clock that they have. */
static void
wait_for_more (ShareDriver *driver)
{
  guint before = share_driver_count (driver);
  gint64 begun = g_get_monotonic_time ();

  while (share_driver_count (driver) == before)
    {
      /* A busy machine may let them wait as well, which is nobody's fault. */
      g_assert_cmpint (g_get_monotonic_time () - begun, <, 600 * G_TIME_SPAN_SECOND);
      poll (NULL, 0, 2);
    }
}

static void
test_killed (void)
{
  ShareDriver driver;
  guint rounds = get_rounds ();

  share_driver_set_up (&driver, NULL, SPEED);
  share_driver_create (&driver, 0);
  for (guint i = 0; i < N_WRITERS; i++)
    share_driver_start (&driver, i, 0);
  for (guint round = 0; round < rounds; round++)
    {
      guint victim = (guint) g_test_rand_int_range (0, N_WRITERS);

      wait_for_more (&driver);
      poll (NULL, 0, g_test_rand_int_range (0, 20));
      share_driver_kill (&driver, victim);
      share_driver_start (&driver, victim, 0);
    }
  share_driver_finish (&driver);
  g_test_message ("killed %u times: %u records shared, %u had to be healed", rounds, driver.n_shared, driver.n_healed);
  g_assert_cmpuint (driver.n_shared, >, rounds / 4);
  share_driver_tear_down (&driver);
}

/* ---- a full disk ---- */

static GBytes *
make_bytes (guint seq)
{
  char text[65];

  g_snprintf (text, sizeof text, "<%08u:", seq);
  memset (text + strlen (text), 'x', sizeof text - strlen (text));
  return g_bytes_new (text, 64);
}

static gboolean
append_one (KipCarrier *carrier,
            guint       seq,
            GError    **error)
{
  g_autoptr (GBytes) bytes = make_bytes (seq);
  KipCarrierLook look;
  gboolean is_done;

  if (!kip_carrier_lock (carrier, 1, "append", 1000, NULL, NULL, error))
    return FALSE;
  is_done = kip_carrier_look (carrier, &look, NULL, error) &&
            kip_carrier_append (carrier, bytes, look.size, NULL, error);
  kip_carrier_unlock (carrier);
  return is_done;
}

static void
fill_up (const char *path)
{
  static const char zeros[512];
  int fd = open (path, O_WRONLY | O_CREAT | O_APPEND, 0600);

  while (write (fd, zeros, sizeof zeros) > 0)
    ;
  close (fd);
}

static void
assert_has (KipCarrier *carrier,
            guint       seq)
{
  g_autoptr (GBytes) all = kip_carrier_read (carrier, 0, KIP_CARRIER_MAX, NULL, NULL, NULL);
  g_autoptr (GBytes) bytes = make_bytes (seq);

  g_assert_nonnull (memmem (g_bytes_get_data (all, NULL), g_bytes_get_size (all), g_bytes_get_data (bytes, NULL), 64));
}

/* In a small tmpfs of its own. */
static int
run_full (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "Office.kip", NULL);
  g_autofree char *ballast = g_build_filename (folder, "ballast", NULL);
  g_autoptr (KipCarrier) carrier = kip_carrier_new_share (kip_share_fs_new_posix (folder), path);
  g_autoptr (GBytes) head = make_bytes (0);
  g_autoptr (GBytes) blob = g_bytes_new_take (g_malloc0 (100000), 100000);
  g_autoptr (GError) error = NULL;
  guint done = 0;

  g_assert_true (kip_carrier_lock (carrier, 1, "create", 0, NULL, NULL, NULL));
  g_assert_true (kip_carrier_replace_begin (carrier, NULL, NULL));
  g_assert_true (kip_carrier_replace_add (carrier, head, NULL, NULL));
  g_assert_true (kip_carrier_replace_end (carrier, NULL, TRUE, NULL, NULL));
  kip_carrier_unlock (carrier);
  g_assert_true (append_one (carrier, ++done, NULL));

  fill_up (ballast);
  while (append_one (carrier, done + 1, &error))
    g_assert_cmpuint (++done, <, 1000);
  g_assert_error (error, KIP_ERROR, KIP_ERROR_NO_SPACE);
  g_clear_error (&error);
  g_assert_false (kip_carrier_put_blob (carrier, "a", blob, NULL, &error));
  g_assert_error (error, KIP_ERROR, KIP_ERROR_NO_SPACE);
  g_clear_error (&error);

  g_unlink (ballast);
  append_one (carrier, done + 1, &error);
  g_assert_no_error (error);
  g_assert_true (kip_carrier_put_blob (carrier, "a", blob, NULL, NULL));
  for (guint seq = 1; seq <= done + 1; seq++)
    assert_has (carrier, seq);
  return 0;
}

/* With a user namespace where there are such, as root where there are not. */
static gboolean
run_on_tmpfs (const char *unshare,
              char      **output,
              int        *status)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = g_dir_make_tmp ("kip-full-XXXXXX", NULL);
  g_autofree char *quoted = g_shell_quote (program);
  g_autofree char *script = g_strdup_printf ("mount -t tmpfs -o size=256k none %s && echo mounted && exec %s --full %s", folder, quoted, folder);
  g_autofree char *script_quoted = g_shell_quote (script);
  g_autofree char *command = g_strdup_printf ("%s sh -c %s", unshare, script_quoted);
  gboolean is_mounted;

  g_assert_true (g_spawn_command_line_sync (command, output, NULL, status, NULL));
  is_mounted = strstr (*output, "mounted") != NULL;
  g_rmdir (folder);
  return is_mounted;
}

static void
test_full (void)
{
  static const char *const ways[] = { "unshare --map-root-user --mount", "unshare --mount" };
  gboolean is_mounted = FALSE;
  int status = 0;

  for (guint i = 0; i < G_N_ELEMENTS (ways) && !is_mounted; i++)
    {
      g_autofree char *output = NULL;

      is_mounted = run_on_tmpfs (ways[i], &output, &status);
    }
  if (!is_mounted)
    g_test_message ("LEFT OUT: a full disk. Neither user namespaces nor mounting are allowed here.");
  g_assert_true (!is_mounted || g_spawn_check_wait_status (status, NULL));
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--full"))
    return run_full (argv[2]);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/real/killed", test_killed);
  g_test_add_func ("/sync/real/full", test_full);
  return g_test_run ();
}
