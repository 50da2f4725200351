/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-store-forks.h"

#include "kip-drop.h"
#include "kip-receive.h"
#include "kip-store-private.h"

#include <string.h>

/* ---- looking ---- */

typedef struct
{
  KipDb *db;
  guint8 hash[KIP_HASH_SIZE];
} Log;

static const guint8 *
look_up (guint32  device,
         guint64  seq,
         gpointer data)
{
  Log *log = data;

  return kip_log_read_hash (log->db, device, seq, log->hash) ? log->hash : NULL;
}

static GArray *
read_devices (KipDb   *db,
              GError **error)
{
  KipRows rows = kip_db_query (db, "SELECT DISTINCT device FROM waiting", "");
  g_autoptr (GArray) devices = g_array_new (FALSE, FALSE, sizeof (guint32));

  while (kip_rows_next (&rows))
    {
      guint32 device = (guint32) kip_rows_int (&rows, 0);

      g_array_append_val (devices, device);
    }
  return kip_rows_end (&rows, error) ? g_steal_pointer (&devices) : NULL;
}

static gboolean
find_fork (KipDb      *db,
           KipMembers *members,
           guint32     device,
           KipFork    *fork,
           GError    **error)
{
  g_autoptr (GPtrArray) others = kip_receive_read_waiting (db, device, error);
  Log log = { .db = db };

  if (others == NULL)
    return FALSE;
  kip_fork_find (others, device, members, look_up, &log, fork);
  return TRUE;
}

/* A copy of this machine has said again what both had, before this one could: it is the same twin then. */
static void
find_heir_of_own (KipDb      *db,
                  KipMembers *members,
                  guint32     device,
                  KipFork    *fork)
{
  GPtrArray *all = kip_members_get_all (members);
  Log log = { .db = db };

  for (guint i = 0; i < all->len && fork->device == 0; i++)
    {
      const KipMember *member = g_ptr_array_index (all, i);
      const guint8 *ours = member->twin_of == device && member->last > 0 ? look_up (device, member->twin_last + 1, &log) : NULL;

      if (ours == NULL || memcmp (ours, member->given_up, KIP_HASH_SIZE) != 0)
        continue;
      *fork = (KipFork) { .device = device, .last = member->twin_last };
      memcpy (fork->ours, ours, sizeof fork->ours);
    }
}

static gboolean
look (KipDb      *db,
      KipMembers *members,
      guint32     own,
      KipForks   *forks,
      GError    **error)
{
  g_autoptr (GArray) devices = read_devices (db, error);

  if (devices == NULL)
    return FALSE;
  for (guint i = 0; i < devices->len; i++)
    {
      KipFork fork;

      if (!find_fork (db, members, g_array_index (devices, guint32, i), &fork, error))
        return FALSE;
      if (fork.device != 0 && fork.device == own)
        forks->own = fork;
      else if (fork.device != 0)
        forks->cloned = fork.device;
    }
  find_heir_of_own (db, members, own, &forks->own);
  return TRUE;
}

/* ---- lines of others that are given up ---- */

typedef struct
{
  KipFork fork;
  gboolean is_done;
} Dropping;

static gboolean
write_drop (KipTurn *turn,
            KipBook *book,
            gpointer data,
            GError **error)
{
  Dropping *dropping = data;
  Log log = { .db = book->db };
  const guint8 *hash = look_up (dropping->fork.device, dropping->fork.last + 1, &log);

  dropping->is_done = hash != NULL && memcmp (hash, dropping->fork.ours, KIP_HASH_SIZE) == 0;
  return !dropping->is_done || kip_drop_line (turn, dropping->fork.device, dropping->fork.last, error);
}

static gboolean
drop_given_up (KipStore        *store,
               const KipMember *twin,
               KipForks        *forks,
               GError         **error)
{
  Dropping dropping = { .fork = { .device = twin->twin_of, .last = twin->twin_last } };

  memcpy (dropping.fork.ours, twin->given_up, sizeof dropping.fork.ours);
  if (!kip_writer_end (store->writer, kip_writer_begin_alone (store->writer, write_drop, &dropping), error))
    return FALSE;
  forks->n_dropped += dropping.is_done;
  return TRUE;
}

static gboolean
has_line (KipStore        *store,
          const KipMember *twin)
{
  KipDb *db = kip_pool_take (store->pool, NULL, NULL);
  Log log = { .db = db };
  const guint8 *hash = db != NULL ? look_up (twin->twin_of, twin->twin_last + 1, &log) : NULL;

  if (db != NULL)
    kip_pool_give (store->pool, db);
  return hash != NULL && memcmp (hash, twin->given_up, KIP_HASH_SIZE) == 0;
}

static gboolean
drop_all_given_up (KipStore   *store,
                   KipMembers *members,
                   KipForks   *forks,
                   GError    **error)
{
  GPtrArray *all = kip_members_get_all (members);

  for (guint i = 0; i < all->len; i++)
    {
      const KipMember *member = g_ptr_array_index (all, i);

      if (member->twin_of != 0 && member->last > 0 && member->twin_of != kip_store_get_device (store) && has_line (store, member)
          && !drop_given_up (store, member, forks, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
kip_store_find_forks (KipStore *store,
                      KipForks *forks,
                      GError  **error)
{
  g_autoptr (KipMembers) members = kip_store_dup_members (store);
  KipDb *db;
  gboolean ok;

  memset (forks, 0, sizeof *forks);
  if (!drop_all_given_up (store, members, forks, error))
    return FALSE;
  db = kip_pool_take (store->pool, NULL, error);
  ok = db != NULL && look (db, members, kip_store_get_device (store), forks, error);
  if (db != NULL)
    kip_pool_give (store->pool, db);
  return ok;
}
