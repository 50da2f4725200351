/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-files.h"

#include "kip-error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

char *
kip_files_path (const char   *dir,
                const guint8 *hash)
{
  g_autofree char *name = kip_hash_to_text (hash);
  char folder[3] = { name[0], name[1], '\0' };

  return g_build_filename (dir, "files", folder, name, NULL);
}

static gboolean
write_file (const char *path,
            GBytes     *bytes,
            GError    **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) problem = NULL;
  gsize length;
  gconstpointer data = g_bytes_get_data (bytes, &length);
  gboolean is_full;

  if (g_mkdir_with_parents (folder, 0700) == 0
      && g_file_set_contents_full (path, data != NULL ? data : "", (gssize) length,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &problem))
    return TRUE;
  is_full = errno == ENOSPC || errno == EDQUOT || g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
  g_set_error_literal (error, KIP_ERROR, is_full ? KIP_ERROR_NO_SPACE : KIP_ERROR_READ_ONLY,
                       is_full
                       ? _("The disk is full. The file was not attached; everything else is safe. Make some room and try again.")
                       : _("Kip may not write in its data folder. The file was not attached; everything else is safe."));
  return FALSE;
}

gboolean
kip_files_put (const char *dir,
               GBytes     *bytes,
               guint8     *hash,
               GError    **error)
{
  g_autofree char *path = NULL;
  gsize length;
  gconstpointer data = g_bytes_get_data (bytes, &length);
  guint8 computed[KIP_HASH_SIZE];

  kip_hash_bytes (data, length, computed);
  path = kip_files_path (dir, computed);
  if (!kip_files_check (path, computed, NULL) && !write_file (path, bytes, error))
    return FALSE;
  memcpy (hash, computed, sizeof computed);
  return TRUE;
}

#define PIECE (1 << 16)

static gboolean
hash_file (const char *path,
           guint8     *hash)
{
  g_autofree guint8 *buffer = g_malloc (PIECE);
  FILE *file = g_fopen (path, "rbe");
  KipHasher *hasher;
  gboolean ok;
  gsize n;

  if (file == NULL)
    return FALSE;
  hasher = kip_hasher_new ();
  while ((n = fread (buffer, 1, PIECE, file)) > 0)
    kip_hasher_add (hasher, buffer, n);
  ok = !ferror (file);
  fclose (file);
  kip_hasher_end (hasher, hash);
  return ok;
}

gboolean
kip_files_check (const char   *path,
                 const guint8 *hash,
                 GError      **error)
{
  guint8 found[KIP_HASH_SIZE];

  if (!hash_file (path, found))
    {
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NOT_FOUND,
                           _("This attachment is not in the data folder of this machine."));
      return FALSE;
    }
  if (memcmp (found, hash, sizeof found) == 0)
    return TRUE;
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_CORRUPT,
                       _("This attachment is damaged on the disk. Kip leaves it as it is; a backup may still have it."));
  return FALSE;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
list_folder (const char *path,
             GPtrArray  *names)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint8 hash[KIP_HASH_SIZE];

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (kip_hash_from_text (name, hash))
      g_ptr_array_add (names, g_strdup (name));
}

GPtrArray *
kip_files_list (const char *dir)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *top = g_build_filename (dir, "files", NULL);
  g_autoptr (GDir) folders = g_dir_open (top, 0, NULL);
  const char *folder;

  while (folders != NULL && (folder = g_dir_read_name (folders)) != NULL)
    {
      g_autofree char *path = g_build_filename (top, folder, NULL);

      list_folder (path, names);
    }
  g_ptr_array_sort (names, compare_names);
  return names;
}
