/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "share-driver.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

static void
delete_all (const char *path)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (g_unlink (path) == 0)
    return;
  dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);

      delete_all (inside);
    }
  g_rmdir (path);
}

/* In memory if there is such a place: a disk's fsync would leave little to be killed in the middle of. */
static char *
make_home (void)
{
  char *home = g_strdup ("/dev/shm/kip-writers-XXXXXX");

  if (g_mkdtemp (home) != NULL)
    return home;
  g_free (home);
  return g_dir_make_tmp ("kip-writers-XXXXXX", NULL);
}

void
share_driver_set_up (ShareDriver       *driver,
                     const char *const *folders,
                     guint              speed)
{
  guint n = folders != NULL ? g_strv_length ((char **) folders) : 0;

  memset (driver, 0, sizeof *driver);
  driver->home = make_home ();
  driver->speed = speed;
  for (guint i = 0; i < SHARE_DRIVER_MAX; i++)
    driver->folders[i] = n > 0 ? g_strdup (folders[i < n ? i : 0]) : g_build_filename (driver->home, "share", NULL);
  if (n == 0)
    g_assert_cmpint (g_mkdir (driver->folders[0], 0700), ==, 0);
}

void
share_driver_tear_down (ShareDriver *driver)
{
  for (guint i = 0; i < SHARE_DRIVER_MAX; i++)
    {
      share_driver_kill (driver, i);
      g_free (driver->folders[i]);
    }
  delete_all (driver->home);
  g_free (driver->home);
}

/* ---- the program ---- */

/* (transfer full) of char *, ended by NULL */
static GPtrArray *
make_arguments (ShareDriver *driver,
                const char  *what,
                guint        i)
{
  GPtrArray *arguments = g_ptr_array_new_with_free_func (g_free);
  const char *program = g_getenv ("SHARE_WRITER");

  g_assert_nonnull (program);
  g_ptr_array_add (arguments, g_strdup (program));
  g_ptr_array_add (arguments, g_strdup (what));
  g_ptr_array_add (arguments, g_strdup (driver->folders[i]));
  if (!g_str_equal (what, "create"))
    {
      g_ptr_array_add (arguments, g_strdup_printf ("%u", i + 1));
      g_ptr_array_add (arguments, g_strdup_printf ("%s/ledger-%u", driver->home, i + 1));
    }
  return arguments;
}

/* Its two numbers: how many, and how many were missing. */
static void
run (GPtrArray *arguments,
     guint     *n,
     guint     *n_missing)
{
  g_autofree char *output = NULL;
  g_autofree char *complaint = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_ptr_array_add (arguments, NULL);
  g_spawn_sync (NULL, (char **) arguments->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, &complaint, &status, &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, &error))
    g_error ("%s: %s %s %s", (char *) g_ptr_array_index (arguments, 1), error->message, output, complaint);
  if (n != NULL)
    g_assert_cmpint (sscanf (output, "%u %u", n, n_missing), ==, 2);
}

void
share_driver_create (ShareDriver *driver,
                     guint        i)
{
  g_autoptr (GPtrArray) arguments = make_arguments (driver, "create", i);

  run (arguments, NULL, NULL);
}

void
share_driver_start (ShareDriver *driver,
                    guint        i,
                    guint        count)
{
  g_autoptr (GPtrArray) arguments = make_arguments (driver, "append", i);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (arguments, g_strdup_printf ("%u", driver->speed));
  if (count > 0)
    g_ptr_array_add (arguments, g_strdup_printf ("%u", count));
  g_ptr_array_add (arguments, NULL);
  g_spawn_async (NULL, (char **) arguments->pdata, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &driver->writers[i], &error);
  g_assert_no_error (error);
}

void
share_driver_kill (ShareDriver *driver,
                   guint        i)
{
  if (driver->writers[i] == 0)
    return;
  kill (driver->writers[i], SIGKILL);
  waitpid (driver->writers[i], NULL, 0);
  driver->writers[i] = 0;
}

void
share_driver_wait (ShareDriver *driver,
                   guint        i)
{
  int status;

  g_assert_cmpint (waitpid (driver->writers[i], &status, 0), ==, driver->writers[i]);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  driver->writers[i] = 0;
}

guint
share_driver_count (ShareDriver *driver)
{
  guint n = 0;

  for (guint i = 0; i < SHARE_DRIVER_MAX; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/ledger-%u", driver->home, i + 1);
      GStatBuf is;

      if (g_stat (path, &is) == 0)
        n += (guint) is.st_size / 2;
    }
  return n;
}

static gboolean
has_ledger (ShareDriver *driver,
            guint        i)
{
  g_autofree char *path = g_strdup_printf ("%s/ledger-%u", driver->home, i + 1);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

void
share_driver_finish (ShareDriver *driver)
{
  for (guint i = 0; i < SHARE_DRIVER_MAX; i++)
    share_driver_kill (driver, i);
  for (guint i = 0; i < SHARE_DRIVER_MAX; i++)
    {
      g_autoptr (GPtrArray) arguments = make_arguments (driver, "heal", i);
      guint n, n_missing;

      if (!has_ledger (driver, i))
        continue;
      g_ptr_array_add (arguments, g_strdup_printf ("%u", driver->speed));
      run (arguments, &n, &n_missing);
      driver->n_shared += n;
      driver->n_healed += n_missing;
    }
  for (guint i = 0; i < SHARE_DRIVER_MAX; i++)
    {
      g_autoptr (GPtrArray) arguments = make_arguments (driver, "check", i);

      if (has_ledger (driver, i))
        run (arguments, NULL, NULL);
    }
}
