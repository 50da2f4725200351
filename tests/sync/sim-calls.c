/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sim-mount-private.h"

#include <errno.h>
#include <string.h>

#define LATE_NAME 30000
#define PAGE 4096
/* UTC of the moment the world began: 2026-11-20. */
#define EPOCH G_GINT64_CONSTANT (1795132800000)

/* ---- where it is ---- */

static int
sim_place (KipShareFs    *fs,
           KipSharePlace *place)
{
  Errand errand;
  int failure = sim_errand_set_out (&errand, fs, CALL_PLACE);
  SimMount *mount = errand.mount;

  if (failure != 0)
    return failure;
  memset (place, 0, sizeof *place);
  place->kind = mount->presence == SIM_UNMOUNTED ? KIP_SHARE_LOCAL : mount->kind;
  place->type = mount->presence == SIM_UNMOUNTED ? 0xef53 : 0xff534d42;
  place->id = mount->presence == SIM_UNMOUNTED ? 1 : 2;
  place->has_locks = mount->presence != SIM_UNMOUNTED && mount->has_locks;
  return sim_errand_come_back (&errand, 0);
}

/* ---- opening ---- */

static void
note_seen (SimMount *mount,
           SimFile  *file)
{
  g_hash_table_replace (mount->seen, g_memdup2 (&file->inode, sizeof file->inode),
                        g_memdup2 (&(guint64) { file->bytes->len }, sizeof (guint64)));
}

static guint64
seen_size (SimMount *mount,
           SimFile  *file)
{
  guint64 *size = g_hash_table_lookup (mount->seen, &file->inode);

  return size != NULL ? MIN (*size, file->bytes->len) : file->bytes->len;
}

static void
note_missed (SimMount   *mount,
             const char *name)
{
  gint64 now = sim_world_now (mount->share->world);

  g_hash_table_replace (mount->missed, g_strdup (name), g_memdup2 (&now, sizeof now));
}

/* The name as this mount sees it. */
static SimFile *
look_up (Errand     *errand,
         const char *name)
{
  SimMount *mount = errand->mount;
  SimFile *file = sim_tree_find (sim_mount_get_tree (mount), name);
  gint64 *missed = g_hash_table_lookup (mount->missed, name);

  if (file == NULL)
    {
      note_missed (mount, name);
      return NULL;
    }
  if (missed == NULL)
    return file;
  if (errand->fault == SIM_LATE_NAME && sim_world_now (mount->share->world) - *missed < LATE_NAME)
    {
      sim_errand_befall (errand);
      return NULL;
    }
  g_hash_table_remove (mount->missed, name);
  return file;
}

static Call
call_of (KipOpenMode mode)
{
  static const Call calls[] = {
    [KIP_OPEN_READ] = CALL_OPEN_READ,
    [KIP_OPEN_EXCLUSIVE] = CALL_OPEN_EXCLUSIVE,
    [KIP_OPEN_WRITE] = CALL_OPEN_WRITE,
    [KIP_OPEN_APPEND] = CALL_OPEN_APPEND,
  };

  return calls[mode];
}

static gboolean
has_folder (SimMount   *mount,
            const char *name)
{
  const char *slash = strchr (name, '/');
  g_autofree char *folder = slash != NULL ? g_strndup (name, slash - name) : NULL;

  return folder == NULL || g_hash_table_contains (sim_mount_get_tree (mount)->folders, folder);
}

static int
open_exclusive (Errand     *errand,
                const char *name,
                int        *handle)
{
  SimMount *mount = errand->mount;
  SimFile *file = sim_tree_find (sim_mount_get_tree (mount), name);

  if (!has_folder (mount, name))
    return ENOENT;
  if (sim_mount_is_forbidden (mount))
    return EROFS;
  /* The server was asked: what this mount believed about the name is forgotten. */
  g_hash_table_remove (mount->missed, name);
  if (file != NULL && errand->fault != SIM_BROKEN_EXCLUSIVE)
    return EEXIST;
  if (file != NULL)
    sim_errand_befall (errand);
  file = sim_file_new (mount->share);
  g_hash_table_replace (sim_mount_get_tree (mount)->files, g_strdup (name), file);
  sim_mount_note_written (mount, name);
  if (errand->fault != SIM_DONE_ALL_THE_SAME)
    *handle = sim_mount_add_handle (mount, name, file, KIP_OPEN_EXCLUSIVE);
  return 0;
}

static int
open_old (Errand     *errand,
          const char *name,
          KipOpenMode mode,
          int        *handle)
{
  SimMount *mount = errand->mount;
  SimShare *share = mount->share;
  SimFile *file = look_up (errand, name);
  SimHandle *opened;

  if (file == NULL)
    return ENOENT;
  if (mode != KIP_OPEN_READ && sim_mount_is_forbidden (mount))
    return EROFS;
  if (mode == KIP_OPEN_WRITE && mount->kind == KIP_SHARE_GVFS)
    return ENOTSUP;
  *handle = sim_mount_add_handle (mount, name, file, mode);
  opened = sim_mount_find_handle (mount, *handle);
  if (errand->fault != SIM_OLDER || file->sizes->len == 0)
    return 0;
  sim_errand_befall (errand);
  opened->end = g_array_index (file->sizes, guint64, sim_world_below (share->world, file->sizes->len));
  return 0;
}

static int
sim_open (KipShareFs *fs,
          const char *name,
          KipOpenMode mode,
          int        *handle)
{
  Errand errand;
  int failure = sim_errand_set_out (&errand, fs, call_of (mode));

  if (failure == 0 && mode == KIP_OPEN_EXCLUSIVE)
    failure = sim_errand_come_back (&errand, open_exclusive (&errand, name, handle));
  else if (failure == 0)
    failure = sim_errand_come_back (&errand, open_old (&errand, name, mode, handle));
  return failure;
}

/* ---- through a handle ---- */

/* The handle a call is about, while the same thing still lies there. */
static int
use_handle (Errand     *errand,
            int         number,
            SimHandle **handle)
{
  *handle = sim_mount_find_handle (errand->mount, number);
  if (*handle == NULL)
    return EBADF;
  return (*handle)->is_own != (errand->mount->presence == SIM_UNMOUNTED) ? EIO : 0;
}

static int
sim_close (KipShareFs *fs,
           int         number)
{
  Errand errand;
  int failure = sim_errand_set_out (&errand, fs, CALL_CLOSE);
  SimMount *mount = errand.mount;
  SimHandle *handle = sim_fs_is_dead ((SimFs *) fs) ? NULL : sim_mount_find_handle (mount, number);

  if (handle == NULL)
    return failure != 0 ? failure : EBADF;
  if (failure == 0)
    failure = sim_handle_flush (mount, handle);
  if (handle->file->locker == handle)
    handle->file->locker = NULL;
  sim_handle_free (handle);
  g_ptr_array_index (mount->handles, number) = NULL;
  return sim_errand_come_back (&errand, failure);
}

static guint64
end_of (SimHandle *handle)
{
  return MIN (handle->end, handle->file->bytes->len);
}

static gsize
copy_out (Errand    *errand,
          SimHandle *handle,
          guint64    offset,
          guint8    *buffer,
          gsize      length)
{
  SimMount *mount = errand->mount;
  guint64 end = end_of (handle);
  guint64 seen = seen_size (mount, handle->file);
  gsize n = offset < end ? (gsize) MIN ((guint64) length, end - offset) : 0;

  if (n > 0)
    memcpy (buffer, handle->file->bytes->data + offset, n);
  if (errand->fault == SIM_STALE_READ && offset + n > seen)
    {
      gsize known = seen > offset ? (gsize) (seen - offset) : 0;

      sim_errand_befall (errand);
      if (sim_world_below (mount->share->world, 2) == 0)
        n = known;
      else
        memset (buffer + known, 0, n - known);
    }
  if (errand->fault == SIM_READ_FLIP && n > 0)
    {
      sim_errand_befall (errand);
      buffer[sim_world_below (mount->share->world, n)] ^= (guint8) (1 << sim_world_below (mount->share->world, 8));
    }
  return n;
}

static int
sim_read (KipShareFs *fs,
          int         number,
          guint64     offset,
          gpointer    buffer,
          gsize       length,
          gsize      *n_read)
{
  Errand errand;
  SimHandle *handle;
  int failure = sim_errand_set_out (&errand, fs, CALL_READ);

  *n_read = 0;
  if (failure == 0)
    failure = use_handle (&errand, number, &handle);
  if (failure != 0)
    return failure;
  if (errand.fault == SIM_ROT && handle->file->bytes->len > 0)
    {
      sim_errand_befall (&errand);
      sim_file_flip (errand.mount->share, handle->file);
    }
  *n_read = copy_out (&errand, handle, offset, buffer, length);
  if (errand.fault != SIM_STALE_READ)
    note_seen (errand.mount, handle->file);
  errand.mount->n_read += *n_read;
  return sim_errand_come_back (&errand, 0);
}

/* The write as the fault makes it: shorter, zeroed at its end, or with what was there before around it. (transfer full) */
static GBytes *
bend (Errand       *errand,
      SimHandle    *handle,
      guint64      *offset,
      gconstpointer data,
      gsize         length)
{
  SimWorld *world = errand->mount->share->world;
  guint64 seen = seen_size (errand->mount, handle->file);
  guint64 page = *offset - *offset % PAGE;
  GByteArray *bytes = g_byte_array_new ();

  if (errand->fault == SIM_STALE_PAGE && handle->mode == KIP_OPEN_WRITE && page < *offset && seen < *offset)
    {
      gsize before = (gsize) (*offset - page);

      sim_errand_befall (errand);
      g_byte_array_set_size (bytes, (guint) before);
      memset (bytes->data, 0, before);
      if (seen > page)
        memcpy (bytes->data, handle->file->bytes->data + page, (gsize) (seen - page));
      *offset = page;
    }
  g_byte_array_append (bytes, data, (guint) length);
  if (errand->fault == SIM_ZERO_TAIL && length > 0)
    {
      gsize n = 1 + (gsize) sim_world_below (world, length);

      sim_errand_befall (errand);
      memset (bytes->data + bytes->len - n, 0, n);
    }
  return g_byte_array_free_to_bytes (bytes);
}

static int
write_now (Errand       *errand,
           SimHandle    *handle,
           guint64       offset,
           gconstpointer data,
           gsize         length)
{
  SimShare *share = errand->mount->share;
  g_autoptr (GBytes) bent = NULL;
  Piece piece;

  if (errand->fault == SIM_LOST)
    {
      g_autofree guint8 *zeros = g_malloc0 (length);

      sim_errand_befall (errand);
      if (handle->mode == KIP_OPEN_WRITE && sim_world_below (share->world, 2) == 0)
        return sim_file_write (share, handle->file, offset, zeros, length);
      return 0;
    }
  if (handle->mode == KIP_OPEN_APPEND)
    {
      offset = handle->at;
      handle->at += length;
    }
  bent = bend (errand, handle, &offset, data, length);
  if (handle->mode == KIP_OPEN_WRITE)
    return sim_handle_put (errand->mount, handle, offset, bent);
  piece = (Piece) { offset, g_steal_pointer (&bent) };
  g_array_append_val (handle->pieces, piece);
  return 0;
}

static int
sim_write (KipShareFs   *fs,
           int           number,
           guint64       offset,
           gconstpointer data,
           gsize         length,
           gsize        *n_written)
{
  Errand errand;
  SimHandle *handle;
  int failure = sim_errand_set_out (&errand, fs, CALL_WRITE);

  *n_written = 0;
  if (failure == 0)
    failure = use_handle (&errand, number, &handle);
  if (failure == 0 && handle->mode == KIP_OPEN_READ)
    failure = EBADF;
  if (failure != 0)
    return failure;
  if (errand.fault == SIM_SHORT_WRITE && length > 1)
    {
      sim_errand_befall (&errand);
      length = 1 + (gsize) sim_world_below (errand.mount->share->world, length - 1);
    }
  failure = write_now (&errand, handle, offset, data, length);
  if (failure == 0)
    *n_written = length;
  return sim_errand_come_back (&errand, failure);
}

/* gvfs says yes and does nothing. */
static int
sim_sync (KipShareFs *fs,
          int         number)
{
  Errand errand;
  SimHandle *handle;
  int failure = sim_errand_set_out (&errand, fs, CALL_SYNC);

  if (failure == 0)
    failure = use_handle (&errand, number, &handle);
  if (failure != 0)
    return failure;
  if (errand.mount->kind != KIP_SHARE_GVFS)
    failure = sim_handle_flush (errand.mount, handle);
  return sim_errand_come_back (&errand, failure);
}

static void
fill_stat (Errand       *errand,
           SimFile      *file,
           guint64       end,
           KipShareStat *out)
{
  out->size = MIN (end, file->bytes->len);
  if (errand->fault == SIM_STALE_SIZE && seen_size (errand->mount, file) < out->size)
    {
      sim_errand_befall (errand);
      out->size = seen_size (errand->mount, file);
    }
  else
    note_seen (errand->mount, file);
  out->mtime_ms = EPOCH + file->mtime;
  out->inode = file->inode;
}

static int
sim_stat_handle (KipShareFs   *fs,
                 int           number,
                 KipShareStat *out)
{
  Errand errand;
  SimHandle *handle;
  int failure = sim_errand_set_out (&errand, fs, CALL_STAT);

  if (failure == 0)
    failure = use_handle (&errand, number, &handle);
  if (failure != 0)
    return failure;
  fill_stat (&errand, handle->file, handle->end, out);
  if (handle->mode == KIP_OPEN_APPEND)
    out->size = MAX (out->size, handle->at);
  return sim_errand_come_back (&errand, 0);
}

static int
sim_stat (KipShareFs   *fs,
          const char   *name,
          KipShareStat *out)
{
  Errand errand;
  SimFile *file;
  int failure = sim_errand_set_out (&errand, fs, CALL_STAT_NAME);

  if (failure != 0)
    return failure;
  file = look_up (&errand, name);
  if (file == NULL)
    return sim_errand_come_back (&errand, ENOENT);
  fill_stat (&errand, file, G_MAXUINT64, out);
  return sim_errand_come_back (&errand, 0);
}

static int
sim_lock_byte (KipShareFs *fs,
               int         number)
{
  Errand errand;
  SimHandle *handle;
  int failure = sim_errand_set_out (&errand, fs, CALL_LOCK);

  if (failure == 0)
    failure = use_handle (&errand, number, &handle);
  if (failure != 0)
    return failure;
  if (handle->file->locker == handle || !errand.mount->has_locks)
    return sim_errand_come_back (&errand, 0);
  if (handle->file->locker != NULL || sim_world_now (errand.mount->share->world) < handle->file->lock_ends)
    return sim_errand_come_back (&errand, EAGAIN);
  handle->file->locker = handle;
  return sim_errand_come_back (&errand, 0);
}

/* ---- names ---- */

static int
rename_now (SimMount   *mount,
            const char *from,
            const char *to)
{
  SimShare *share = mount->share;
  SimFile *file = sim_tree_find (sim_mount_get_tree (mount), from);
  SimFile *old = sim_tree_find (sim_mount_get_tree (mount), to);

  if (file == NULL || !has_folder (mount, to))
    return ENOENT;
  if (sim_mount_is_forbidden (mount))
    return EROFS;
  if (mount->kind == KIP_SHARE_GVFS && old != NULL && old->n_open > 0)
    return EEXIST;
  if (old != NULL)
    {
      g_clear_pointer (&share->older, sim_file_unref);
      share->older = sim_file_ref (old);
    }
  g_hash_table_replace (sim_mount_get_tree (mount)->files, g_strdup (to), sim_file_ref (file));
  g_hash_table_remove (sim_mount_get_tree (mount)->files, from);
  g_hash_table_remove (mount->missed, to);
  sim_mount_note_written (mount, from);
  sim_mount_note_written (mount, to);
  return 0;
}

static int
sim_rename (KipShareFs *fs,
            const char *from,
            const char *to)
{
  Errand errand;
  int failure = sim_errand_set_out (&errand, fs, CALL_RENAME);

  return failure != 0 ? failure : sim_errand_come_back (&errand, rename_now (errand.mount, from, to));
}

static int
unlink_now (SimMount   *mount,
            const char *name)
{
  SimFile *file = sim_tree_find (sim_mount_get_tree (mount), name);

  if (file == NULL)
    return ENOENT;
  if (sim_mount_is_forbidden (mount))
    return EROFS;
  if (mount->kind == KIP_SHARE_GVFS && file->n_open > 0)
    return EBUSY;
  g_hash_table_remove (sim_mount_get_tree (mount)->files, name);
  sim_mount_note_written (mount, name);
  return 0;
}

static int
sim_unlink (KipShareFs *fs,
            const char *name)
{
  Errand errand;
  int failure = sim_errand_set_out (&errand, fs, CALL_UNLINK);

  return failure != 0 ? failure : sim_errand_come_back (&errand, unlink_now (errand.mount, name));
}

static int
sim_make_folder (KipShareFs *fs,
                 const char *name)
{
  Errand errand;
  int failure = sim_errand_set_out (&errand, fs, CALL_MAKE_FOLDER);

  if (failure == 0 && sim_mount_is_forbidden (errand.mount))
    failure = EROFS;
  if (failure != 0)
    return failure;
  if (!g_hash_table_add (sim_mount_get_tree (errand.mount)->folders, g_strdup (name)))
    return sim_errand_come_back (&errand, EEXIST);
  sim_mount_note_written (errand.mount, name);
  return sim_errand_come_back (&errand, 0);
}

static int
sim_sync_folder (KipShareFs *fs,
                 const char *name)
{
  Errand errand;
  int failure = sim_errand_set_out (&errand, fs, CALL_SYNC_FOLDER);

  return failure != 0 ? failure : sim_errand_come_back (&errand, 0);
}

static int
sim_list (KipShareFs *fs,
          const char *folder,
          GPtrArray  *names)
{
  Errand errand;
  g_autofree char *prefix = *folder != '\0' ? g_strconcat (folder, "/", NULL) : g_strdup ("");
  GHashTableIter iter;
  gpointer name;
  int failure = sim_errand_set_out (&errand, fs, CALL_LIST);

  if (failure == 0 && *folder != '\0' && !g_hash_table_contains (sim_mount_get_tree (errand.mount)->folders, folder))
    failure = ENOENT;
  if (failure != 0)
    return failure;
  g_hash_table_iter_init (&iter, sim_mount_get_tree (errand.mount)->files);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (g_str_has_prefix (name, prefix) && strchr ((char *) name + strlen (prefix), '/') == NULL)
      g_ptr_array_add (names, g_strdup ((char *) name + strlen (prefix)));
  return sim_errand_come_back (&errand, 0);
}

/* ---- clocks and dice ---- */

static gint64
sim_boot_ms (KipShareFs *fs)
{
  return sim_world_now (((SimFs *) fs)->mount->share->world);
}

static gint64
sim_now_ms (KipShareFs *fs)
{
  return EPOCH + sim_boot_ms (fs) + ((SimFs *) fs)->mount->clock;
}

static void
sim_wait_ms (KipShareFs *fs,
             guint       ms)
{
  if (!sim_fs_is_dead ((SimFs *) fs))
    sim_world_sleep (((SimFs *) fs)->mount->share->world, ms);
}

static void
sim_random (KipShareFs *fs,
            gpointer    bytes,
            gsize       length)
{
  for (gsize i = 0; i < length; i++)
    ((guint8 *) bytes)[i] = (guint8) sim_world_random (((SimFs *) fs)->mount->share->world);
}

static void
sim_free (KipShareFs *fs)
{
  g_free (fs);
}

static const KipShareFsClass sim_class = {
  .place = sim_place,
  .open = sim_open,
  .close = sim_close,
  .read = sim_read,
  .write = sim_write,
  .sync = sim_sync,
  .stat_handle = sim_stat_handle,
  .stat = sim_stat,
  .lock_byte = sim_lock_byte,
  .rename = sim_rename,
  .unlink = sim_unlink,
  .make_folder = sim_make_folder,
  .sync_folder = sim_sync_folder,
  .list = sim_list,
  .boot_ms = sim_boot_ms,
  .now_ms = sim_now_ms,
  .wait_ms = sim_wait_ms,
  .random = sim_random,
  .free = sim_free,
};

KipShareFs *
sim_mount_open (SimMount *mount)
{
  SimFs *fs = g_new0 (SimFs, 1);

  fs->base.class = &sim_class;
  fs->mount = mount;
  fs->generation = mount->generation;
  return &fs->base;
}
