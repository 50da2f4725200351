/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-carrier-private.h"

#include "kip-error.h"
#include "kip-share-error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* By so many first bytes a file is known again: more than its header, which holds its random id. */
#define START 4096
/* The lock gets a heartbeat after so many ms of writing and reading. */
#define HEARTBEAT 4000
/* While others have the file open, some servers refuse to rename over it: tries, and the ms between them at first. */
#define RENAME_TRIES 5
#define RENAME_PAUSE 50
#define MAX_ASIDE 99

/* ---- names ---- */

static gboolean
is_between (const char *text,
            const char *prefix,
            const char *suffix)
{
  gsize before = strlen (prefix), after = strlen (suffix), all = strlen (text);

  if (all != before + 8 + after || !g_str_has_prefix (text, prefix) || !g_str_has_suffix (text, suffix))
    return FALSE;
  for (gsize i = 0; i < 8; i++)
    if (!g_ascii_isxdigit (text[before + i]))
      return FALSE;
  return TRUE;
}

/* Who holds the lock takes away what those left who were stopped half-way.  Whoever is only slow
 * finds its new file gone, and nothing else happens. */
static void
clean_up (KipShareCarrier *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *ours = g_strconcat (self->name, ".", NULL);
  g_autofree char *locks = g_strconcat (self->name, ".lock.", NULL);

  self->fs->class->list (self->fs, "", names);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);

      if (is_between (name, ours, ".tmp") || is_between (name, locks, ".stale"))
        self->fs->class->unlink (self->fs, name);
    }
}

static char *
make_name (KipShareCarrier *self)
{
  guint32 number;

  self->fs->class->random (self->fs, &number, sizeof number);
  return g_strdup_printf ("%s.%08x.tmp", self->name, number);
}

/* ---- writing it ---- */

static gboolean
fail_order (GError **error)
{
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_FAILED,
                       _("Kip had not begun to write a new shared file. The one that is there was not touched. Try again."));
  return FALSE;
}

gboolean
kip_share_carrier_replace_begin (KipCarrier   *carrier,
                                 GCancellable *cancellable,
                                 GError      **error)
{
  KipShareCarrier *self = (KipShareCarrier *) carrier;
  int failure;

  kip_share_carrier_replace_drop (carrier);
  if (!kip_share_lock_keep_at_times (self->lock, HEARTBEAT, error))
    return FALSE;
  clean_up (self);
  self->new_name = make_name (self);
  self->new_size = 0;
  self->new_start = g_byte_array_new ();
  failure = self->fs->class->open (self->fs, self->new_name, KIP_OPEN_EXCLUSIVE, &self->new_handle);
  if (failure == 0)
    return TRUE;
  self->new_handle = -1;
  kip_share_carrier_replace_drop (carrier);
  return kip_share_fail_write (error, self->name, failure);
}

static gboolean
reopen (KipShareCarrier *self,
        GError         **error)
{
  KipOpenMode mode;
  int failure;

  if (self->new_handle >= 0)
    return TRUE;
  failure = kip_share_carrier_open_to_write (self, self->new_name, &mode, &self->new_handle);
  if (failure == 0)
    return TRUE;
  self->new_handle = -1;
  return kip_share_fail_write (error, self->new_name, failure);
}

static void
remember_start (KipShareCarrier *self,
                const guint8    *data,
                gsize            length)
{
  if (self->new_start->len < START)
    g_byte_array_append (self->new_start, data, (guint) MIN (length, START - self->new_start->len));
}

gboolean
kip_share_carrier_replace_add (KipCarrier   *carrier,
                               GBytes       *data,
                               GCancellable *cancellable,
                               GError      **error)
{
  KipShareCarrier *self = (KipShareCarrier *) carrier;
  gsize length, done = 0;
  const guint8 *bytes = g_bytes_get_data (data, &length);

  if (self->new_name == NULL)
    return fail_order (error);
  if (!kip_share_lock_keep_at_times (self->lock, HEARTBEAT, error) || !reopen (self, error))
    return FALSE;
  while (done < length)
    {
      gsize n = 0;
      int failure = self->fs->class->write (self->fs, self->new_handle, self->new_size, bytes + done, length - done, &n);

      if (failure == 0 && n == 0)
        failure = EIO;
      if (failure != 0)
        return kip_share_fail_write (error, self->new_name, failure);
      remember_start (self, bytes + done, n);
      self->new_size += n;
      done += n;
    }
  return TRUE;
}

/* Only now is it known to have arrived. */
static gboolean
close_new (KipShareCarrier *self,
           GError         **error)
{
  int failure, closed;

  if (self->new_handle < 0)
    return TRUE;
  failure = self->fs->class->sync (self->fs, self->new_handle);
  closed = self->fs->class->close (self->fs, self->new_handle);
  self->new_handle = -1;
  if (failure == 0)
    failure = closed;
  return failure == 0 || kip_share_fail_write (error, self->new_name, failure);
}

GBytes *
kip_share_carrier_replace_read (KipCarrier   *carrier,
                                guint64       offset,
                                gsize         max,
                                GCancellable *cancellable,
                                GError      **error)
{
  KipShareCarrier *self = (KipShareCarrier *) carrier;

  if (self->new_name == NULL)
    {
      fail_order (error);
      return NULL;
    }
  if (!close_new (self, error) || !kip_share_lock_keep_at_times (self->lock, HEARTBEAT, error))
    return NULL;
  return kip_share_carrier_read_file (self, self->new_name, offset, max, NULL, cancellable, error);
}

/* ---- putting it in its place ---- */

/* @name is the file that was written: as long, with the same beginning. */
static gboolean
is_new (KipShareCarrier *self,
        const char      *name)
{
  g_autoptr (GBytes) start = NULL;
  guint64 size;

  start = kip_share_carrier_read_file (self, name, 0, START, &size, NULL, NULL);
  return start != NULL && size == self->new_size && g_bytes_get_size (start) == self->new_start->len &&
         memcmp (g_bytes_get_data (start, NULL), self->new_start->data, self->new_start->len) == 0;
}

static gboolean
is_refused_for_now (int failure)
{
  return failure == EEXIST || failure == EACCES || failure == EBUSY || failure == ETXTBSY || failure == EAGAIN;
}

static int
rename_patiently (KipShareCarrier *self,
                  const char      *from,
                  const char      *to)
{
  KipShareFs *fs = self->fs;
  guint pause = RENAME_PAUSE;
  int failure;

  for (guint i = 1; ; i++, pause *= 2)
    {
      failure = fs->class->rename (fs, from, to);
      if (!is_refused_for_now (failure) || i == RENAME_TRIES)
        return failure;
      fs->class->wait_ms (fs, pause);
    }
}

/* The old file out of the way; under which name. (transfer full) (nullable) */
static char *
move_old_aside (KipShareCarrier *self,
                const char      *ending,
                GError         **error)
{
  const char *dot = *ending == '.' ? "" : ".";
  g_autofree char *name = g_strconcat (self->name, dot, ending, NULL);
  guint64 size;
  int failure = EEXIST;

  for (guint i = 2; kip_share_carrier_measure (self, name, &size) != ENOENT; i++)
    {
      if (i > MAX_ASIDE)
        {
          kip_share_fail_write (error, self->name, EEXIST);
          return NULL;
        }
      g_free (name);
      name = g_strdup_printf ("%s%s%s.%u", self->name, dot, ending, i);
    }
  failure = rename_patiently (self, self->name, name);
  /* An error may come although it was done: then the old name is free. */
  if (failure == 0 || kip_share_carrier_measure (self, self->name, &size) == ENOENT)
    return g_steal_pointer (&name);
  kip_share_fail_write (error, self->name, failure);
  return NULL;
}

static gboolean
check_old (KipShareCarrier *self,
           gboolean         create,
           gboolean         is_set_aside,
           gboolean        *has_old,
           GError         **error)
{
  KipSharePlace place;
  guint64 size;
  int failure;

  if (!kip_share_carrier_check_place (self, &place, error))
    return FALSE;
  failure = kip_share_carrier_measure (self, self->name, &size);
  *has_old = failure != ENOENT;
  if (failure != 0 && failure != ENOENT && !is_set_aside)
    return kip_share_fail_read (error, self->name, failure);
  if (*has_old && create)
    {
      g_set_error (error, KIP_ERROR, KIP_ERROR_EXISTS,
                   _("There is a file “%s” in the shared folder already. It was not touched. Join that office, or choose another name."), self->name);
      return FALSE;
    }
  if (*has_old && !is_set_aside && place.kind == KIP_SHARE_GVFS)
    {
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_FAILED,
                           _("A folder that the file manager connected cannot replace a file safely. The shared file was not touched. Let a machine do it that mounts the folder itself."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
put_in_place (KipShareCarrier *self,
              const char      *set_aside,
              GError         **error)
{
  g_autofree char *aside = NULL;
  guint64 size;
  int failure;

  if (set_aside != NULL)
    {
      aside = move_old_aside (self, set_aside, error);
      if (aside == NULL)
        return FALSE;
    }
  failure = rename_patiently (self, self->new_name, self->name);
  if (is_new (self, self->name))
    return TRUE;
  if (aside != NULL && kip_share_carrier_measure (self, self->name, &size) == ENOENT)
    self->fs->class->rename (self->fs, aside, self->name);
  return kip_share_fail_write (error, self->name, failure != 0 ? failure : EIO);
}

static void
forget_new (KipShareCarrier *self)
{
  g_clear_pointer (&self->new_name, g_free);
  g_clear_pointer (&self->new_start, g_byte_array_unref);
}

gboolean
kip_share_carrier_replace_end (KipCarrier   *carrier,
                               const char   *set_aside,
                               gboolean      create,
                               GCancellable *cancellable,
                               GError      **error)
{
  KipShareCarrier *self = (KipShareCarrier *) carrier;
  gboolean has_old;

  if (self->new_name == NULL || self->new_size == 0)
    return fail_order (error);
  if (!close_new (self, error))
    return FALSE;
  if (!is_new (self, self->new_name))
    return kip_share_fail_write (error, self->new_name, EIO);
  if (!check_old (self, create, set_aside != NULL, &has_old, error) || !kip_share_lock_keep (self->lock, error))
    return FALSE;
  kip_share_lock_release_file (self->lock);
  if (!put_in_place (self, has_old ? set_aside : NULL, error))
    return FALSE;
  self->fs->class->sync_folder (self->fs, "");
  forget_new (self);
  return TRUE;
}

void
kip_share_carrier_replace_drop (KipCarrier *carrier)
{
  KipShareCarrier *self = (KipShareCarrier *) carrier;

  if (self->new_handle >= 0)
    self->fs->class->close (self->fs, self->new_handle);
  self->new_handle = -1;
  if (self->new_name != NULL)
    self->fs->class->unlink (self->fs, self->new_name);
  forget_new (self);
}
