/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-autostart.h"

#include "kip-config.h"

#include <errno.h>
#include <glib/gstdio.h>

static char *
folder_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "autostart", NULL);
}

static char *
file_path (void)
{
  g_autofree char *folder = folder_path ();

  return g_build_filename (folder, APP_ID ".desktop", NULL);
}

gboolean
kip_autostart_is_on (void)
{
  g_autofree char *path = file_path ();

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* Installed with the program; KIP_PKGDATADIR names the folder for one that was not. */
static char *
template_path (void)
{
  const char *folder = g_getenv ("KIP_PKGDATADIR");

  return g_build_filename (folder != NULL ? folder : PKGDATADIR, "autostart.desktop", NULL);
}

static gboolean
turn_on (const char *path,
         GError    **error)
{
  g_autofree char *folder = folder_path ();
  g_autofree char *from = template_path ();
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (from, &text, &length, error))
    return FALSE;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", folder, g_strerror (errno));
      return FALSE;
    }
  return g_file_set_contents (path, text, (gssize) length, error);
}

gboolean
kip_autostart_set (gboolean on,
                   GError **error)
{
  g_autofree char *path = file_path ();

  if (on)
    return turn_on (path, error);
  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", path, g_strerror (errno));
  return FALSE;
}
