/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-store-attached.h"

#include "kip-store-private.h"

#include "kip-error.h"
#include "kip-files.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define ENDING ".part"

gboolean
kip_store_has_file (KipStore     *store,
                    const guint8 *hash)
{
  g_autofree char *path = kip_files_path (store->dir, hash);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

/* ---- reading ---- */

static gssize
read_all (int     fd,
          guint8 *buffer,
          gsize   length,
          guint64 offset)
{
  gsize n = 0;

  while (n < length)
    {
      gssize got = pread (fd, buffer + n, length - n, (off_t) (offset + n));

      if (got == 0)
        break;
      if (got < 0 && errno != EINTR)
        return -1;
      n += got > 0 ? (gsize) got : 0;
    }
  return (gssize) n;
}

GBytes *
kip_store_read_file (KipStore     *store,
                     const guint8 *hash,
                     guint64       offset,
                     gsize         max,
                     GError      **error)
{
  g_autofree char *path = kip_files_path (store->dir, hash);
  g_autofree guint8 *buffer = g_malloc (MAX (max, 1));
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gssize n = fd >= 0 ? read_all (fd, buffer, max, offset) : -1;

  if (fd >= 0)
    close (fd);
  if (n >= 0)
    return g_bytes_new_take (g_steal_pointer (&buffer), (gsize) n);
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NOT_FOUND,
                       _("This attachment is not in the data folder of this machine."));
  return NULL;
}

/* ---- parts ---- */

static char *
part_path (KipStore     *store,
           const guint8 *hash)
{
  g_autofree char *path = kip_files_path (store->dir, hash);

  return g_strconcat (path, ENDING, NULL);
}

guint64
kip_store_part_size (KipStore     *store,
                     const guint8 *hash)
{
  g_autofree char *path = part_path (store, hash);
  struct stat is;

  return g_stat (path, &is) == 0 && S_ISREG (is.st_mode) ? (guint64) is.st_size : 0;
}

static gboolean
write_all (int           fd,
           const guint8 *data,
           gsize         length,
           guint64       offset)
{
  gsize n = 0;

  while (n < length)
    {
      gssize done = pwrite (fd, data + n, length - n, (off_t) (offset + n));

      if (done < 0 && errno != EINTR)
        return FALSE;
      n += done > 0 ? (gsize) done : 0;
    }
  return TRUE;
}

static gboolean
fail_write (GError **error)
{
  gboolean is_full = errno == ENOSPC || errno == EDQUOT;

  g_set_error_literal (error, KIP_ERROR, is_full ? KIP_ERROR_NO_SPACE : KIP_ERROR_READ_ONLY,
                       is_full
                       ? _("The disk of this computer is full, so the file cannot be fetched. It is safe on the share. Make some room and try again.")
                       : _("Kip may not write in its data folder, so the file cannot be fetched. It is safe on the share."));
  return FALSE;
}

gboolean
kip_store_add_part (KipStore     *store,
                    const guint8 *hash,
                    guint64       offset,
                    GBytes       *bytes,
                    GError      **error)
{
  g_autofree char *path = part_path (store, hash);
  g_autofree char *folder = g_path_get_dirname (path);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  gboolean ok;
  int fd;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail_write (error);
  fd = g_open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  ok = fd >= 0 && ftruncate (fd, (off_t) offset) == 0 && write_all (fd, data, length, offset) && fsync (fd) == 0;
  ok = ok || fail_write (error);
  if (fd >= 0)
    close (fd);
  return ok;
}

gboolean
kip_store_end_part (KipStore     *store,
                    const guint8 *hash,
                    GError      **error)
{
  g_autofree char *path = part_path (store, hash);
  g_autofree char *whole = kip_files_path (store->dir, hash);

  if (!kip_files_check (path, hash, error))
    {
      g_unlink (path);
      return FALSE;
    }
  return g_rename (path, whole) == 0 || fail_write (error);
}

void
kip_store_drop_part (KipStore     *store,
                     const guint8 *hash)
{
  g_autofree char *path = part_path (store, hash);

  g_unlink (path);
}
