/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sim-mount-private.h"

#include <errno.h>
#include <string.h>

#define HANG 60000
/* After which a server frees the byte lock of a machine that is gone. */
#define LOCK_LEASE 35000

static const struct
{
  guint calls;
  int   failure; /* that is answered, and nothing done */
} faults[SIM_N_FAULTS] = {
  [SIM_EIO] = { CALL_ANY, EIO },
  [SIM_ENOSPC] = { CALL_OPEN_EXCLUSIVE | CALL_WRITE | CALL_SYNC | CALL_CLOSE | CALL_MAKE_FOLDER, ENOSPC },
  [SIM_EINTR] = { CALL_OPEN_EXCLUSIVE | CALL_WRITE | CALL_SYNC | CALL_CLOSE | CALL_RENAME | CALL_UNLINK, EINTR },
  [SIM_ESTALE] = { CALL_OPEN_OLD | CALL_READ | CALL_WRITE | CALL_SYNC | CALL_STAT | CALL_RENAME | CALL_UNLINK, ESTALE },
  [SIM_EACCES] = { CALL_OPEN_ANY | CALL_RENAME | CALL_UNLINK | CALL_MAKE_FOLDER | CALL_LIST, EACCES },
  [SIM_ETIMEDOUT] = { CALL_ANY, ETIMEDOUT },
  [SIM_RENAME_EEXIST] = { CALL_RENAME, EEXIST },
  [SIM_UNLINK_EBUSY] = { CALL_UNLINK, EBUSY },
  [SIM_DONE_ALL_THE_SAME] = { CALL_CHANGE, 0 },
  [SIM_SHORT_WRITE] = { CALL_WRITE, 0 },
  [SIM_LATE_NAME] = { CALL_OPEN_OLD | CALL_STAT_NAME, 0 },
  [SIM_STALE_SIZE] = { CALL_STAT, 0 },
  [SIM_STALE_READ] = { CALL_READ, 0 },
  [SIM_READ_FLIP] = { CALL_READ, 0 },
  [SIM_OLDER] = { CALL_OPEN_READ, 0 },
  [SIM_HANG] = { CALL_ANY, 0 },
  [SIM_CRASH] = { CALL_ANY, 0 },
  [SIM_CRASH_AFTER] = { CALL_ANY, 0 },
  [SIM_LOST] = { CALL_WRITE, 0 },
  [SIM_ZERO_TAIL] = { CALL_WRITE, 0 },
  [SIM_STALE_PAGE] = { CALL_WRITE, 0 },
  [SIM_BROKEN_EXCLUSIVE] = { CALL_OPEN_EXCLUSIVE, 0 },
  [SIM_ROT] = { CALL_READ, 0 },
};

/* ---- handles ---- */

static void
clear_piece (gpointer piece)
{
  g_bytes_unref (((Piece *) piece)->data);
}

void
sim_handle_free (gpointer data)
{
  SimHandle *handle = data;

  if (handle == NULL)
    return;
  handle->file->n_open--;
  sim_file_unref (handle->file);
  g_free (handle->name);
  g_array_unref (handle->pieces);
  g_free (handle);
}

int
sim_mount_add_handle (SimMount   *mount,
                      const char *name,
                      SimFile    *file,
                      KipOpenMode mode)
{
  SimHandle *handle = g_new0 (SimHandle, 1);

  handle->file = sim_file_ref (file);
  handle->file->n_open++;
  handle->name = g_strdup (name);
  handle->mode = mode;
  handle->is_own = mount->presence == SIM_UNMOUNTED;
  handle->end = G_MAXUINT64;
  handle->at = file->bytes->len;
  handle->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  g_array_set_clear_func (handle->pieces, clear_piece);
  g_ptr_array_add (mount->handles, handle);
  return (int) mount->handles->len - 1;
}

SimHandle *
sim_mount_find_handle (SimMount *mount,
                       int       number)
{
  return number >= 0 && (guint) number < mount->handles->len ? g_ptr_array_index (mount->handles, number) : NULL;
}

void
sim_mount_note_written (SimMount   *mount,
                        const char *name)
{
  if (mount->presence != SIM_UNMOUNTED)
    g_hash_table_add (mount->share->written, g_strdup (name));
}

int
sim_handle_put (SimMount  *mount,
                SimHandle *handle,
                guint64    offset,
                GBytes    *data)
{
  SimShare *share = mount->share;
  gsize length;
  gconstpointer bytes = g_bytes_get_data (data, &length);

  if (handle->mode != KIP_OPEN_EXCLUSIVE && offset < handle->file->bytes->len)
    {
      guint n = sim_share_count_overwrites (share, handle->name);

      g_hash_table_replace (share->overwrites, g_strdup (handle->name), GUINT_TO_POINTER (n + 1));
    }
  mount->n_written += length;
  return sim_file_write (share, handle->file, offset, bytes, length);
}

/* What is not with the server yet goes there: all of it, as far as there is room. */
int
sim_handle_flush (SimMount  *mount,
                  SimHandle *handle)
{
  int failure = 0;

  for (guint i = 0; i < handle->pieces->len && failure == 0; i++)
    {
      Piece *piece = &g_array_index (handle->pieces, Piece, i);

      failure = sim_handle_put (mount, handle, piece->offset, piece->data);
    }
  g_array_set_size (handle->pieces, 0);
  return failure;
}

static void
lose_in_part (SimMount  *mount,
              SimHandle *handle)
{
  SimWorld *world = mount->share->world;
  guint keep = (guint) sim_world_below (world, handle->pieces->len + 1);

  for (guint i = 0; i < keep; i++)
    {
      Piece *piece = &g_array_index (handle->pieces, Piece, i);
      gsize size = (gsize) sim_world_below (world, g_bytes_get_size (piece->data) + 1);
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (piece->data, 0, size);

      sim_handle_put (mount, handle, piece->offset, part);
    }
}

/* ---- a machine ---- */

SimMount *
sim_share_mount (SimShare *share)
{
  SimMount *mount = g_new0 (SimMount, 1);

  mount->share = share;
  mount->own = sim_tree_new ();
  mount->kind = KIP_SHARE_SMB;
  mount->has_locks = TRUE;
  mount->handles = g_ptr_array_new_with_free_func (sim_handle_free);
  mount->seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  mount->missed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  mount->injections = g_array_new (FALSE, FALSE, sizeof (SimInjection));
  g_ptr_array_add (share->mounts, mount);
  return mount;
}

void
sim_mount_free (gpointer data)
{
  SimMount *mount = data;

  g_ptr_array_unref (mount->handles);
  sim_tree_free (mount->own);
  g_hash_table_unref (mount->seen);
  g_hash_table_unref (mount->missed);
  g_array_unref (mount->injections);
  g_free (mount);
}

void
sim_mount_set_kind (SimMount    *mount,
                    KipShareKind kind,
                    gboolean     has_locks)
{
  mount->kind = kind;
  mount->has_locks = has_locks;
}

void
sim_mount_set_clock (SimMount *mount,
                     gint64    offset)
{
  mount->clock = offset;
}

void
sim_mount_set_presence (SimMount   *mount,
                        SimPresence presence)
{
  mount->presence = presence;
}

void
sim_mount_inject (SimMount *mount,
                  guint64   k,
                  SimFault  fault)
{
  SimInjection injection = { mount->n_calls + k, fault };

  g_array_append_val (mount->injections, injection);
}

guint64
sim_mount_count_calls (SimMount *mount)
{
  return mount->n_calls;
}

void
sim_mount_crash (SimMount *mount)
{
  mount->generation++;
  for (guint i = 0; i < mount->handles->len; i++)
    {
      SimHandle *handle = g_ptr_array_index (mount->handles, i);

      if (handle == NULL)
        continue;
      lose_in_part (mount, handle);
      if (handle->file->locker == handle)
        {
          handle->file->locker = NULL;
          handle->file->lock_ends = sim_world_now (mount->share->world) + LOCK_LEASE;
        }
    }
  g_ptr_array_set_size (mount->handles, 0);
  g_hash_table_remove_all (mount->seen);
  g_hash_table_remove_all (mount->missed);
}

guint
sim_mount_count_crashes (SimMount *mount)
{
  return mount->generation;
}

guint64
sim_mount_count_read (SimMount *mount)
{
  return mount->n_read;
}

guint64
sim_mount_count_written (SimMount *mount)
{
  return mount->n_written;
}

/* ---- on the way to the share and back ---- */

gboolean
sim_fs_is_dead (SimFs *fs)
{
  return fs->generation != fs->mount->generation;
}

void
sim_errand_befall (Errand *errand)
{
  errand->mount->share->counts[errand->fault]++;
}

/* An injected one that is due, or one that the dice say. */
static SimFault
draw_fault (SimMount *mount,
            Call      call)
{
  SimShare *share = mount->share;
  guint64 dice;

  for (guint i = 0; i < mount->injections->len; i++)
    {
      SimInjection injection = g_array_index (mount->injections, SimInjection, i);

      if (injection.at == mount->n_calls)
        {
          g_array_remove_index_fast (mount->injections, i);
          return (faults[injection.fault].calls & call) ? injection.fault : SIM_NO_FAULT;
        }
    }
  dice = sim_world_below (share->world, 1000000);
  for (guint i = 0; i < SIM_N_FAULTS; i++)
    {
      if (!(faults[i].calls & call))
        continue;
      if (dice < share->rates[i])
        return i;
      dice -= share->rates[i];
    }
  return SIM_NO_FAULT;
}

static int
travel (SimFs *fs)
{
  SimShare *share = fs->mount->share;

  sim_world_sleep (share->world, (gint64) (share->least + sim_world_below (share->world, share->most - share->least + 1)));
  while (fs->mount->presence == SIM_FROZEN && !sim_fs_is_dead (fs))
    sim_world_sleep (share->world, 500);
  return sim_fs_is_dead (fs) || fs->mount->presence == SIM_GONE ? ENOTCONN : 0;
}

/* An errno when the call is over already. */
int
sim_errand_set_out (Errand     *errand,
                    KipShareFs *table,
                    Call        call)
{
  SimFs *fs = (SimFs *) table;
  SimMount *mount = fs->mount;
  int failure;

  *errand = (Errand) { mount, fs, call, SIM_NO_FAULT, FALSE };
  if (sim_fs_is_dead (fs))
    return ENOTCONN;
  mount->n_calls++;
  errand->fault = draw_fault (mount, call);
  failure = travel (fs);
  if (failure != 0)
    return failure;

  if (errand->fault == SIM_CRASH)
    {
      sim_errand_befall (errand);
      sim_mount_crash (mount);
      return ENOTCONN;
    }
  if (errand->fault == SIM_HANG)
    {
      sim_errand_befall (errand);
      errand->hangs_after = sim_world_below (mount->share->world, 2) == 1;
      if (!errand->hangs_after)
        sim_world_sleep (mount->share->world, HANG);
      return sim_fs_is_dead (fs) ? ENOTCONN : 0;
    }
  if (errand->fault != SIM_NO_FAULT && faults[errand->fault].failure != 0)
    {
      sim_errand_befall (errand);
      return faults[errand->fault].failure;
    }
  return 0;
}

int
sim_errand_come_back (Errand *errand,
                      int     failure)
{
  if (errand->fault == SIM_HANG && errand->hangs_after)
    sim_world_sleep (errand->mount->share->world, HANG);
  if (errand->fault == SIM_CRASH_AFTER && !sim_fs_is_dead (errand->fs))
    {
      sim_errand_befall (errand);
      sim_mount_crash (errand->mount);
    }
  if (sim_fs_is_dead (errand->fs))
    return ENOTCONN;
  if (errand->fault == SIM_DONE_ALL_THE_SAME && failure == 0)
    {
      sim_errand_befall (errand);
      return EIO;
    }
  return failure;
}

SimTree *
sim_mount_get_tree (SimMount *mount)
{
  return mount->presence == SIM_UNMOUNTED ? mount->own : mount->share->tree;
}

gboolean
sim_mount_is_forbidden (SimMount *mount)
{
  return mount->share->is_read_only && mount->presence != SIM_UNMOUNTED;
}
