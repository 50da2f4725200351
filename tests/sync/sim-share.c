/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sim-share-private.h"

#include <errno.h>
#include <string.h>

struct _SimBackup
{
  GHashTable *files; /* (owned) char * → GBytes */
};

static const char *const fault_names[SIM_N_FAULTS] = {
  "EIO", "ENOSPC", "EINTR", "ESTALE", "EACCES", "ETIMEDOUT", "rename EEXIST", "unlink EBUSY",
  "done all the same", "short write", "late name", "stale size", "stale read", "flipped when read", "older version",
  "hang", "crash before", "crash after", "lost", "zero tail", "stale page", "broken O_EXCL", "rot"
};

const char *
sim_fault_get_name (SimFault fault)
{
  return fault < SIM_N_FAULTS ? fault_names[fault] : "none";
}

/* ---- files ---- */

SimFile *
sim_file_new (SimShare *share)
{
  SimFile *file = g_new0 (SimFile, 1);

  file->refs = 1;
  file->inode = ++share->n_inodes;
  file->bytes = g_byte_array_new ();
  file->sizes = g_array_new (FALSE, FALSE, sizeof (guint64));
  file->mtime = sim_world_now (share->world);
  return file;
}

SimFile *
sim_file_ref (SimFile *file)
{
  file->refs++;
  return file;
}

void
sim_file_unref (SimFile *file)
{
  if (--file->refs > 0)
    return;
  g_byte_array_unref (file->bytes);
  g_array_unref (file->sizes);
  g_free (file);
}

static void
note_size (SimShare *share,
           SimFile  *file)
{
  guint64 size = file->bytes->len;

  g_array_append_val (file->sizes, size);
  file->mtime = sim_world_now (share->world);
}

static guint64
used (SimShare *share)
{
  GHashTableIter iter;
  gpointer file;
  guint64 sum = 0;

  g_hash_table_iter_init (&iter, share->tree->files);
  while (g_hash_table_iter_next (&iter, NULL, &file))
    sum += ((SimFile *) file)->bytes->len;
  return sum;
}

int
sim_file_write (SimShare     *share,
                SimFile      *file,
                guint64       offset,
                gconstpointer data,
                gsize         length)
{
  guint64 end = offset + length;
  guint old = file->bytes->len;

  if (end > old)
    {
      if (share->room != G_MAXUINT64 && used (share) + (end - old) > share->room)
        return ENOSPC;
      g_byte_array_set_size (file->bytes, (guint) end);
      if (offset > old)
        memset (file->bytes->data + old, 0, (gsize) (offset - old));
    }
  if (length > 0)
    memcpy (file->bytes->data + offset, data, length);
  note_size (share, file);
  return 0;
}

void
sim_file_flip (SimShare *share,
               SimFile  *file)
{
  if (file->bytes->len > 0)
    file->bytes->data[sim_world_below (share->world, file->bytes->len)] ^= (guint8) (1 << sim_world_below (share->world, 8));
}

/* ---- names ---- */

SimTree *
sim_tree_new (void)
{
  SimTree *tree = g_new0 (SimTree, 1);

  tree->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) sim_file_unref);
  tree->folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return tree;
}

void
sim_tree_free (SimTree *tree)
{
  g_hash_table_unref (tree->files);
  g_hash_table_unref (tree->folders);
  g_free (tree);
}

SimFile *
sim_tree_find (SimTree    *tree,
               const char *name)
{
  return g_hash_table_lookup (tree->files, name);
}

/* ---- the share ---- */

SimShare *
sim_share_new (SimWorld *world)
{
  SimShare *share = g_new0 (SimShare, 1);

  share->world = world;
  share->tree = sim_tree_new ();
  share->mounts = g_ptr_array_new_with_free_func (sim_mount_free);
  share->written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  share->overwrites = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  share->least = 1;
  share->most = 20;
  share->room = G_MAXUINT64;
  return share;
}

void
sim_share_free (SimShare *share)
{
  g_ptr_array_unref (share->mounts);
  sim_tree_free (share->tree);
  g_clear_pointer (&share->older, sim_file_unref);
  g_hash_table_unref (share->written);
  g_hash_table_unref (share->overwrites);
  g_free (share);
}

void
sim_share_set_rate (SimShare *share,
                    SimFault  fault,
                    guint     per_million)
{
  share->rates[fault] = per_million;
}

void
sim_share_set_rates (SimShare *share,
                     SimFault  first,
                     SimFault  last,
                     guint     per_million)
{
  for (guint i = first; i <= last; i++)
    share->rates[i] = per_million;
}

void
sim_share_set_latency (SimShare *share,
                       guint     least,
                       guint     most)
{
  share->least = least;
  share->most = most;
}

void
sim_share_set_room (SimShare *share,
                    guint64   room)
{
  share->room = room;
}

void
sim_share_set_read_only (SimShare *share,
                         gboolean  is_read_only)
{
  share->is_read_only = is_read_only;
}

/* ---- by the server's hand ---- */

GBytes *
sim_share_get (SimShare   *share,
               const char *name)
{
  SimFile *file = sim_tree_find (share->tree, name);

  return file != NULL ? g_bytes_new (file->bytes->data, file->bytes->len) : NULL;
}

void
sim_share_put (SimShare   *share,
               const char *name,
               GBytes     *data)
{
  SimFile *file;
  gsize length;
  gconstpointer bytes;

  if (data == NULL)
    {
      g_hash_table_remove (share->tree->files, name);
      return;
    }
  bytes = g_bytes_get_data (data, &length);
  file = sim_tree_find (share->tree, name);
  if (file == NULL)
    {
      file = sim_file_new (share);
      g_hash_table_insert (share->tree->files, g_strdup (name), file);
    }
  g_byte_array_set_size (file->bytes, 0);
  g_byte_array_append (file->bytes, bytes, (guint) length);
  note_size (share, file);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(char *const *) a, *(char *const *) b);
}

GPtrArray *
sim_share_list (SimShare *share)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, share->tree->files);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

SimBackup *
sim_share_back_up (SimShare *share)
{
  SimBackup *backup = g_new0 (SimBackup, 1);
  g_autoptr (GPtrArray) names = sim_share_list (share);

  backup->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);

      g_hash_table_insert (backup->files, g_strdup (name), sim_share_get (share, name));
    }
  return backup;
}

/* A restored file is another inode, as it is on a NAS. */
void
sim_share_restore (SimShare        *share,
                   const SimBackup *backup)
{
  GHashTableIter iter;
  gpointer name, data;

  g_hash_table_remove_all (share->tree->files);
  g_hash_table_iter_init (&iter, backup->files);
  while (g_hash_table_iter_next (&iter, &name, &data))
    sim_share_put (share, name, data);
}

void
sim_backup_free (SimBackup *backup)
{
  g_hash_table_unref (backup->files);
  g_free (backup);
}

/* ---- what happened ---- */

static gboolean
is_numbered (const char *text,
             const char *ending)
{
  for (guint i = 0; i < 8; i++)
    if (!g_ascii_isxdigit (text[i]))
      return FALSE;
  return g_str_equal (text + 8, ending);
}

static gboolean
is_own_name (const char *written,
             const char *name)
{
  const char *rest = written + strlen (name);

  if (!g_str_has_prefix (written, name))
    return FALSE;
  return *rest == '\0' || g_str_equal (rest, ".lock") || g_str_equal (rest, ".files") ||
         g_str_has_prefix (rest, ".files/") || g_str_has_prefix (rest, ".damaged") || g_str_has_prefix (rest, ".empty") ||
         (g_str_has_prefix (rest, ".lock.") && is_numbered (rest + strlen (".lock."), ".stale")) ||
         (*rest == '.' && is_numbered (rest + 1, ".tmp"));
}

guint
sim_share_count_foreign (SimShare   *share,
                         const char *name)
{
  GHashTableIter iter;
  gpointer written;
  guint n = 0;

  g_hash_table_iter_init (&iter, share->written);
  while (g_hash_table_iter_next (&iter, &written, NULL))
    n += !is_own_name (written, name);
  return n;
}

guint
sim_share_count_overwrites (SimShare   *share,
                            const char *name)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (share->overwrites, name));
}

guint64
sim_share_count_fault (SimShare *share,
                       SimFault  fault)
{
  return share->counts[fault];
}
