/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-share-error.h"

#include "kip-error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

gboolean
kip_share_is_away (int failure)
{
  switch (failure)
    {
    case ENOTCONN:
    case ECONNABORTED:
    case ECONNREFUSED:
    case ECONNRESET:
    case EHOSTDOWN:
    case EHOSTUNREACH:
    case ENETDOWN:
    case ENETUNREACH:
    case ENETRESET:
    case ENODEV:
    case ENOLINK:
    case ENONET:
    case ENXIO:
    case EPIPE:
    case ESHUTDOWN:
    case ESTALE:
    case ETIMEDOUT:
      return TRUE;
    default:
      return FALSE;
    }
}

gboolean
kip_share_fail_offline (GError **error)
{
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_OFFLINE,
                       _("The shared folder cannot be reached just now. Everything is kept on this machine and is shared as soon as the folder is back."));
  return FALSE;
}

gboolean
kip_share_fail_busy (GError **error)
{
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_BUSY,
                       _("Another machine writes to the shared file just now. Your changes are kept here and are sent as soon as it is done."));
  return FALSE;
}

gboolean
kip_share_fail_late (GError **error)
{
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_BUSY,
                       _("The shared folder took too long, so Kip gave another machine its turn. Your changes are kept here and are sent with the next try."));
  return FALSE;
}

gboolean
kip_share_fail_conflict (GError **error)
{
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_CONFLICT,
                       _("Another machine wrote to the shared file first. Nothing is lost; Kip reads that and tries again."));
  return FALSE;
}

gboolean
kip_share_fail_too_big (GError **error)
{
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_INVALID,
                       _("That is too much to be written to the shared folder in one piece. Nothing was written there; everything is kept on this machine."));
  return FALSE;
}

static gboolean
fail_otherwise (GError **error,
                int      failure)
{
  if (kip_share_is_away (failure))
    return kip_share_fail_offline (error);
  if (failure == EBUSY || failure == EAGAIN || failure == ETXTBSY)
    return kip_share_fail_busy (error);
  g_set_error (error, KIP_ERROR, KIP_ERROR_IO,
               _("The shared folder answered: “%s”. Everything is kept on this machine; Kip tries again by itself."),
               g_strerror (failure));
  return FALSE;
}

gboolean
kip_share_fail_read (GError    **error,
                     const char *name,
                     int         failure)
{
  switch (failure)
    {
    case ENOENT:
    case ENOTDIR:
      g_set_error (error, KIP_ERROR, KIP_ERROR_NOT_FOUND,
                   _("There is no “%s” in the shared folder. What this machine has is kept. See whether it was moved or given another name."), name);
      return FALSE;
    case EACCES:
    case EPERM:
      g_set_error (error, KIP_ERROR, KIP_ERROR_FAILED,
                   _("You may not read “%s” in the shared folder. What this machine has is kept. Ask whoever looks after the folder to let you read it."), name);
      return FALSE;
    case EISDIR:
    case ELOOP:
    case EINVAL:
      g_set_error (error, KIP_ERROR, KIP_ERROR_FAILED,
                   _("“%s” in the shared folder is not a file. Nothing was changed. Choose the office’s file itself."), name);
      return FALSE;
    default:
      return fail_otherwise (error, failure);
    }
}

gboolean
kip_share_fail_write (GError    **error,
                      const char *name,
                      int         failure)
{
  switch (failure)
    {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NO_SPACE,
                           _("The shared folder is full. Your changes are kept on this machine. Make room there, and they are sent by themselves."));
      return FALSE;
    case EROFS:
    case EACCES:
    case EPERM:
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_READ_ONLY,
                           _("You may not write in the shared folder. Your changes are kept on this machine. Ask whoever looks after the folder to let you write there."));
      return FALSE;
    default:
      return kip_share_fail_read (error, name, failure);
    }
}

gboolean
kip_share_go_on (GCancellable *cancellable,
                 GError      **error)
{
  return !g_cancellable_is_cancelled (cancellable) || kip_share_fail_offline (error);
}
