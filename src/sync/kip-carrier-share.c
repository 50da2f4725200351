/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-carrier-private.h"

#include "kip-share-error.h"

#include <errno.h>

/* A file may be replaced while it is read: then the handle means nothing any more. */
#define READ_TRIES 3

/* ---- where it is ---- */

static gboolean
is_same_place (const KipSharePlace *a,
               const KipSharePlace *b)
{
  return a->kind == b->kind && a->type == b->type && a->id == b->id;
}

gboolean
kip_share_carrier_check_place (KipShareCarrier *self,
                               KipSharePlace   *place,
                               GError         **error)
{
  if (self->fs->class->place (self->fs, place) != 0)
    return kip_share_fail_offline (error);
  if (self->expected != NULL && !is_same_place (place, self->expected))
    return kip_share_fail_offline (error);
  return TRUE;
}

static void
expect_place (KipCarrier          *carrier,
              const KipSharePlace *place)
{
  KipShareCarrier *self = (KipShareCarrier *) carrier;

  g_clear_pointer (&self->expected, g_free);
  if (place != NULL)
    self->expected = g_memdup2 (place, sizeof *place);
}

int
kip_share_carrier_measure (KipShareCarrier *self,
                           const char      *name,
                           guint64         *size)
{
  KipShareFs *fs = self->fs;
  KipShareStat is;
  int handle;
  int failure = fs->class->open (fs, name, KIP_OPEN_READ, &handle);

  if (failure != 0)
    return failure;
  failure = fs->class->stat_handle (fs, handle, &is);
  fs->class->close (fs, handle);
  if (failure == 0)
    *size = is.size;
  return failure;
}

static gboolean
look_there (KipCarrier     *carrier,
            KipCarrierLook *look,
            GCancellable   *cancellable,
            GError        **error)
{
  KipShareCarrier *self = (KipShareCarrier *) carrier;
  KipCarrierLook found = { 0 };
  int failure = ESTALE;

  if (self->fs->class->place (self->fs, &found.place) != 0)
    return kip_share_fail_offline (error);
  for (guint i = 0; i < READ_TRIES && failure == ESTALE; i++)
    failure = kip_share_carrier_measure (self, self->name, &found.size);
  if (failure != 0 && failure != ENOENT)
    return kip_share_fail_read (error, self->name, failure);
  found.has_file = failure == 0;
  *look = found;
  return TRUE;
}

/* ---- reading ---- */

static int
read_once (KipShareFs *fs,
           const char *name,
           guint64     offset,
           gsize       max,
           guint64    *size,
           GBytes    **bytes)
{
  g_autofree guint8 *buffer = NULL;
  KipShareStat is;
  gsize length, n = 0;
  int handle;
  int failure = fs->class->open (fs, name, KIP_OPEN_READ, &handle);

  if (failure != 0)
    return failure;
  failure = fs->class->stat_handle (fs, handle, &is);
  if (failure == 0)
    {
      length = offset < is.size ? (gsize) MIN ((guint64) max, is.size - offset) : 0;
      buffer = g_malloc (MAX (length, 1));
      failure = length > 0 ? fs->class->read (fs, handle, offset, buffer, length, &n) : 0;
    }
  fs->class->close (fs, handle);
  if (failure != 0)
    return failure;
  if (size != NULL)
    *size = is.size;
  *bytes = g_bytes_new_take (g_steal_pointer (&buffer), n);
  return 0;
}

GBytes *
kip_share_carrier_read_file (KipShareCarrier *self,
                             const char      *name,
                             guint64          offset,
                             gsize            max,
                             guint64         *size,
                             GCancellable    *cancellable,
                             GError         **error)
{
  KipSharePlace place;
  GBytes *bytes = NULL;
  int failure = ESTALE;

  for (guint i = 0; i < READ_TRIES && failure == ESTALE; i++)
    {
      if (!kip_share_go_on (cancellable, error))
        return NULL;
      failure = read_once (self->fs, name, offset, MIN (max, KIP_CARRIER_MAX), size, &bytes);
    }
  /* What is missing tells something only when the share is there. */
  if (failure == ENOENT && !kip_share_carrier_check_place (self, &place, error))
    return NULL;
  if (failure != 0)
    kip_share_fail_read (error, name, failure);
  return bytes;
}

static GBytes *
read_there (KipCarrier   *carrier,
            guint64       offset,
            gsize         max,
            guint64      *size,
            GCancellable *cancellable,
            GError      **error)
{
  KipShareCarrier *self = (KipShareCarrier *) carrier;

  return kip_share_carrier_read_file (self, self->name, offset, max, size, cancellable, error);
}

/* ---- the lock ---- */

static gboolean
lock_there (KipCarrier   *carrier,
            guint32       device,
            const char   *purpose,
            guint         patience_ms,
            gint64       *share_offset_ms,
            GCancellable *cancellable,
            GError      **error)
{
  KipShareCarrier *self = (KipShareCarrier *) carrier;
  KipSharePlace place;

  return kip_share_carrier_check_place (self, &place, error) &&
         kip_share_lock_take (self->lock, device, purpose, place.has_locks, patience_ms, share_offset_ms, cancellable, error);
}

static gboolean
keep_lock (KipCarrier   *carrier,
           GCancellable *cancellable,
           GError      **error)
{
  return kip_share_lock_keep (((KipShareCarrier *) carrier)->lock, error);
}

static void
unlock (KipCarrier *carrier)
{
  kip_share_lock_give (((KipShareCarrier *) carrier)->lock);
}

/* ---- appending ---- */

/* gvfs says ENOTSUP to a descriptor for writing anywhere, and appends to what is there when it is closed. */
int
kip_share_carrier_open_to_write (KipShareCarrier *self,
                                 const char      *name,
                                 KipOpenMode     *mode,
                                 int             *handle)
{
  KipShareFs *fs = self->fs;
  int failure = fs->class->open (fs, name, *mode = KIP_OPEN_WRITE, handle);

  if (failure == ENOTSUP || failure == EOPNOTSUPP)
    failure = fs->class->open (fs, name, *mode = KIP_OPEN_APPEND, handle);
  return failure;
}

/* The end is where it was expected: by the size, and by there being nothing to read behind it. */
static gboolean
check_end (KipShareCarrier *self,
           int              handle,
           KipOpenMode      mode,
           guint64          expected,
           GError         **error)
{
  KipShareFs *fs = self->fs;
  KipShareStat is = { 0 };
  guint8 byte;
  gsize n = 0;
  int failure;

  if (mode == KIP_OPEN_APPEND)
    failure = kip_share_carrier_measure (self, self->name, &is.size);
  else
    failure = fs->class->stat_handle (fs, handle, &is);
  if (failure == 0 && is.size == expected && mode == KIP_OPEN_WRITE)
    failure = fs->class->read (fs, handle, expected, &byte, 1, &n);
  if (failure != 0)
    return kip_share_fail_write (error, self->name, failure);
  return (is.size == expected && n == 0) || kip_share_fail_conflict (error);
}

static gboolean
write_end (KipShareCarrier *self,
           int              handle,
           GBytes          *data,
           guint64          offset,
           GError         **error)
{
  KipShareFs *fs = self->fs;
  gsize length, n = 0;
  gconstpointer bytes = g_bytes_get_data (data, &length);
  int failure = fs->class->write (fs, handle, offset, bytes, length, &n);

  if (failure == 0 && n < length)
    failure = EIO;
  if (failure == 0)
    failure = fs->class->sync (fs, handle);
  return failure == 0 || kip_share_fail_write (error, self->name, failure);
}

static gboolean
append (KipCarrier   *carrier,
        GBytes       *data,
        guint64       expected_size,
        GCancellable *cancellable,
        GError      **error)
{
  KipShareCarrier *self = (KipShareCarrier *) carrier;
  KipOpenMode mode;
  gboolean is_done;
  int handle, failure;

  if (g_bytes_get_size (data) > KIP_CARRIER_MAX)
    return kip_share_fail_too_big (error);
  if (!kip_share_lock_check (self->lock, error))
    return FALSE;
  failure = kip_share_carrier_open_to_write (self, self->name, &mode, &handle);
  if (failure != 0)
    return kip_share_fail_write (error, self->name, failure);

  is_done = check_end (self, handle, mode, expected_size, error) &&
            kip_share_go_on (cancellable, error) &&
            kip_share_lock_check (self->lock, error) &&
            write_end (self, handle, data, expected_size, error);
  failure = self->fs->class->close (self->fs, handle);
  if (is_done && failure != 0)
    return kip_share_fail_write (error, self->name, failure);
  return is_done;
}

/* ---- all of it ---- */

static void
free_carrier (KipCarrier *carrier)
{
  KipShareCarrier *self = (KipShareCarrier *) carrier;

  kip_share_carrier_replace_drop (carrier);
  kip_share_lock_free (self->lock);
  kip_share_fs_free (self->fs);
  g_free (self->expected);
  g_free (self->name);
  g_free (self);
}

static const KipCarrierClass share_class = {
  .free = free_carrier,
  .look = look_there,
  .expect_place = expect_place,
  .read = read_there,
  .lock = lock_there,
  .keep_lock = keep_lock,
  .unlock = unlock,
  .append = append,
  .replace_begin = kip_share_carrier_replace_begin,
  .replace_add = kip_share_carrier_replace_add,
  .replace_read = kip_share_carrier_replace_read,
  .replace_end = kip_share_carrier_replace_end,
  .replace_drop = kip_share_carrier_replace_drop,
  .drop_aside = kip_share_carrier_drop_aside,
  .put_blob = kip_share_carrier_put_blob,
  .get_blob = kip_share_carrier_get_blob,
  .drop_blob = kip_share_carrier_drop_blob,
  .list_blobs = kip_share_carrier_list_blobs,
};

KipCarrier *
kip_carrier_new_share (KipShareFs *fs,
                       const char *path)
{
  KipShareCarrier *self = g_new0 (KipShareCarrier, 1);

  self->base.class = &share_class;
  self->fs = fs;
  self->name = g_path_get_basename (path);
  self->lock = kip_share_lock_new (fs, self->name);
  self->new_handle = -1;
  return &self->base;
}
