/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-lock.h"

#include "kip-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <poll.h>
#include <sys/file.h>
#include <unistd.h>

struct _KipLock
{
  int fd;
};

/* Between two tries, in milliseconds: long enough to cost nothing, short against a commit. */
#define RETRY 2

KipLock *
kip_lock_open (const char *dir,
               const char *name,
               GError    **error)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  KipLock *lock;

  if (fd < 0)
    {
      g_set_error (error, KIP_ERROR, errno == ENOSPC || errno == EDQUOT ? KIP_ERROR_NO_SPACE : KIP_ERROR_READ_ONLY,
                   _("Kip may not write in “%s”. Nothing there was changed. Make the folder writable for you and try again."), dir);
      return NULL;
    }
  lock = g_new0 (KipLock, 1);
  lock->fd = fd;
  return lock;
}

void
kip_lock_close (KipLock *lock)
{
  close (lock->fd);
  g_free (lock);
}

static gboolean
take (KipLock *lock,
      int      how,
      guint    patience,
      GError **error)
{
  gint64 until = g_get_monotonic_time () + patience * G_TIME_SPAN_MILLISECOND;

  while (flock (lock->fd, how | LOCK_NB) != 0)
    {
      if ((errno != EWOULDBLOCK && errno != EINTR) || g_get_monotonic_time () >= until)
        {
          g_set_error_literal (error, KIP_ERROR, KIP_ERROR_BUSY,
                               _("Another Kip uses the data of this office. Nothing was changed. Close it, or wait a moment, and try again."));
          return FALSE;
        }
      poll (NULL, 0, RETRY);
    }
  return TRUE;
}

gboolean
kip_lock_take (KipLock *lock,
               guint    patience,
               GError **error)
{
  return take (lock, LOCK_EX, patience, error);
}

gboolean
kip_lock_share (KipLock *lock,
                GError **error)
{
  return take (lock, LOCK_SH, 0, error);
}

void
kip_lock_give (KipLock *lock)
{
  flock (lock->fd, LOCK_UN);
}
