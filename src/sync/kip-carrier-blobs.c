/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-carrier-private.h"

#include "kip-error.h"
#include "kip-share-error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_NAME 200
#define TMP ".tmp"

/* ---- names ---- */

static char *
folder_name (KipShareCarrier *self)
{
  return g_strconcat (self->name, ".files", NULL);
}

static gboolean
is_name (const char *name)
{
  gsize length = strlen (name);

  if (length == 0 || length > MAX_NAME || name[0] == '.' || g_str_has_suffix (name, TMP))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (name[i]) && name[i] != '-' && name[i] != '.')
      return FALSE;
  return TRUE;
}

/* "NAME.0123abcd.tmp", as tmp_of() makes it. */
static gboolean
is_leftover (const char *name)
{
  gsize length = strlen (name), ending = strlen (".01234567" TMP);
  g_autofree char *of = NULL;

  if (length <= ending || !g_str_has_suffix (name, TMP) || name[length - ending] != '.')
    return FALSE;
  for (gsize i = length - ending + 1; i < length - strlen (TMP); i++)
    if (!g_ascii_isxdigit (name[i]))
      return FALSE;
  of = g_strndup (name, length - ending);
  return is_name (of);
}

/* (transfer full) (nullable) */
static char *
path_of (KipShareCarrier *self,
         const char      *name,
         GError         **error)
{
  if (is_name (name))
    return g_strconcat (self->name, ".files/", name, NULL);
  g_set_error (error, KIP_ERROR, KIP_ERROR_INVALID,
               _("“%s” cannot be the name of a file beside the shared one. Nothing was changed."), name);
  return NULL;
}

static char *
tmp_of (KipShareCarrier *self,
        const char      *path)
{
  guint32 number;

  self->fs->class->random (self->fs, &number, sizeof number);
  return g_strdup_printf ("%s.%08x" TMP, path, number);
}

/* ---- putting ---- */

static gboolean
holds (KipShareCarrier *self,
       const char      *path,
       GBytes          *data)
{
  g_autoptr (GBytes) there = NULL;

  return kip_share_load (self->fs, path, KIP_CARRIER_MAX, &there) == 0 && g_bytes_equal (there, data);
}

/* gvfs cannot rename over a file that is open; a gap of a moment is no harm to a file of this kind. */
static int
move_over (KipShareCarrier *self,
           const char      *from,
           const char      *to)
{
  KipShareFs *fs = self->fs;
  int failure = fs->class->rename (fs, from, to);

  if (failure != EEXIST && failure != EACCES && failure != EBUSY)
    return failure;
  fs->class->unlink (fs, to);
  return fs->class->rename (fs, from, to);
}

static gboolean
put (KipShareCarrier *self,
     const char      *path,
     GBytes          *data,
     GError         **error)
{
  g_autofree char *tmp = tmp_of (self, path);
  gsize length;
  gconstpointer bytes = g_bytes_get_data (data, &length);
  int failure = kip_share_save (self->fs, tmp, bytes, length, NULL, NULL);

  if (failure == 0 && !holds (self, tmp, data))
    failure = EIO;
  if (failure == 0)
    failure = move_over (self, tmp, path);
  if (failure == 0 || holds (self, path, data))
    return TRUE;
  self->fs->class->unlink (self->fs, tmp);
  return kip_share_fail_write (error, path, failure);
}

gboolean
kip_share_carrier_put_blob (KipCarrier   *carrier,
                            const char   *name,
                            GBytes       *data,
                            GCancellable *cancellable,
                            GError      **error)
{
  KipShareCarrier *self = (KipShareCarrier *) carrier;
  g_autofree char *path = path_of (self, name, error);
  g_autofree char *folder = folder_name (self);
  KipSharePlace place;
  int failure;

  if (path == NULL || !kip_share_carrier_check_place (self, &place, error))
    return FALSE;
  if (g_bytes_get_size (data) > KIP_CARRIER_MAX)
    return kip_share_fail_too_big (error);
  failure = self->fs->class->make_folder (self->fs, folder);
  if (failure == ENOSPC || failure == EROFS || failure == EACCES || failure == EPERM)
    return kip_share_fail_write (error, folder, failure);
  if (!put (self, path, data, error))
    return FALSE;
  self->fs->class->sync_folder (self->fs, folder);
  return TRUE;
}

/* ---- getting, dropping, listing ---- */

static gboolean
fail_get (KipShareCarrier *self,
          const char      *name,
          int              failure,
          GError         **error)
{
  KipSharePlace place;

  if (failure == ENOENT && !kip_share_carrier_check_place (self, &place, error))
    return FALSE;
  return kip_share_fail_read (error, name, failure);
}

GBytes *
kip_share_carrier_get_blob (KipCarrier   *carrier,
                            const char   *name,
                            GCancellable *cancellable,
                            GError      **error)
{
  KipShareCarrier *self = (KipShareCarrier *) carrier;
  g_autofree char *path = path_of (self, name, error);
  GBytes *bytes = NULL;
  int failure;

  if (path == NULL)
    return NULL;
  failure = kip_share_load (self->fs, path, KIP_CARRIER_MAX, &bytes);
  if (failure != 0)
    fail_get (self, name, failure, error);
  return bytes;
}

gboolean
kip_share_carrier_drop_blob (KipCarrier   *carrier,
                             const char   *name,
                             GCancellable *cancellable,
                             GError      **error)
{
  KipShareCarrier *self = (KipShareCarrier *) carrier;
  g_autofree char *path = is_leftover (name) ? g_strconcat (self->name, ".files/", name, NULL) : path_of (self, name, error);
  KipSharePlace place;
  int failure;

  if (path == NULL || !kip_share_carrier_check_place (self, &place, error))
    return FALSE;
  failure = self->fs->class->unlink (self->fs, path);
  return failure == 0 || failure == ENOENT || kip_share_fail_write (error, name, failure);
}

GPtrArray *
kip_share_carrier_list_blobs (KipCarrier   *carrier,
                              GCancellable *cancellable,
                              GError      **error)
{
  KipShareCarrier *self = (KipShareCarrier *) carrier;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = folder_name (self);
  KipSharePlace place;
  int failure;

  if (!kip_share_carrier_check_place (self, &place, error))
    return NULL;
  failure = self->fs->class->list (self->fs, folder, names);
  if (failure != 0 && failure != ENOENT)
    {
      kip_share_fail_read (error, folder, failure);
      return NULL;
    }
  for (guint i = names->len; i > 0; i--)
    if (!is_name (g_ptr_array_index (names, i - 1)) && !is_leftover (g_ptr_array_index (names, i - 1)))
      g_ptr_array_remove_index_fast (names, i - 1);
  return g_steal_pointer (&names);
}
