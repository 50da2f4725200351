/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-drop.h"
#include "kip-receive.h"
#include "kip-store-forks.h"
#include "kip-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* This machine becomes a twin of what it was. */

/* What is to be said, by whom. */
typedef struct
{
  KipStore     *store;
  KipBook      *book;
  KipFork       fork;
  KipForkNames *names;   /* (owned) */
  GPtrArray    *changes; /* (owned) of KipChange */
  guint8        secret[64]; /* of the device that gives way */
  KipTwin       twin;
  guint8        twin_secret[64];
  GPtrArray    *said;    /* (owned) of KipRawChange */
} Plan;

static void
plan_clear (Plan *plan)
{
  g_clear_pointer (&plan->names, kip_fork_names_free);
  g_clear_pointer (&plan->changes, g_ptr_array_unref);
  g_clear_pointer (&plan->said, g_ptr_array_unref);
  memset (plan->secret, 0, sizeof plan->secret);
  memset (plan->twin_secret, 0, sizeof plan->twin_secret);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, plan_clear)

/* The line was signed by the key that this machine has. */
static gboolean
take_key (Plan    *plan,
          GError **error)
{
  const guint8 *key = kip_members_key (plan->book->members, plan->fork.device, plan->fork.last + 1);

  if (key == NULL || memcmp (key, kip_keys_get_public (plan->book->keys), KIP_PUBLIC_KEY_SIZE) != 0)
    {
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_CONFLICT,
                           _("Two computers write as one, and this one has not the key any more by which it could get a number of its own. Everything is kept here. Leave the shared office and join it again with a code."));
      return FALSE;
    }
  kip_keys_copy_secret (plan->book->keys, plan->secret);
  return TRUE;
}

static gboolean
read_line (Plan    *plan,
           GError **error)
{
  KipDb *db = plan->book->db;
  g_autoptr (GArray) made = kip_drop_find_made (db, plan->fork.device, plan->fork.last, error);

  plan->changes = made != NULL ? kip_drop_read (db, plan->fork.device, plan->fork.last, error) : NULL;
  if (plan->changes == NULL)
    return FALSE;
  kip_fork_derive_key (plan->secret, plan->fork.ours, plan->twin.key, plan->twin_secret);
  plan->names = kip_fork_names_new (plan->fork.device, kip_fork_derive_number (plan->twin.key, plan->book->members), plan->fork.last);
  for (guint i = 0; i < made->len; i++)
    kip_fork_names_add (plan->names, g_array_index (made, KipKey, i).id);
  return TRUE;
}

static void
say (Plan *plan)
{
  plan->twin.of = plan->fork.device;
  plan->twin.last = plan->fork.last;
  memcpy (plan->twin.given_up, plan->fork.ours, sizeof plan->twin.given_up);
  kip_twin_sign (&plan->twin, plan->names->to, plan->secret);
  plan->said = kip_fork_say_again (plan->names, &plan->twin, plan->twin_secret, plan->changes);
}

/* ---- where a copy of this copy has said it already ---- */

static void
hash_raw (KipRawChange *raw,
          guint8       *hash)
{
  kip_hash_bytes (g_bytes_get_data (raw->bytes, NULL), g_bytes_get_size (raw->bytes), hash);
}

/* The first that is another one in the log; the number of all: none is. */
static guint
find_other (Plan *plan)
{
  guint8 hash[KIP_HASH_SIZE], known[KIP_HASH_SIZE];

  for (guint i = 0; i < plan->said->len; i++)
    {
      hash_raw (g_ptr_array_index (plan->said, i), hash);
      if (kip_log_read_hash (plan->book->db, plan->names->to, i + 1, known) && memcmp (known, hash, sizeof hash) != 0)
        return i;
    }
  return plan->said->len;
}

static GPtrArray *
decode_from (GPtrArray *raws,
             guint      from,
             guint      to)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_change_free);

  for (guint i = from; i < to; i++)
    g_ptr_array_add (changes, kip_raw_change_decode (g_ptr_array_index (raws, i), NULL, NULL));
  return changes;
}

static void
collect_ids (GPtrArray  *changes,
             GHashTable *ids)
{
  for (guint i = 0; i < changes->len; i++)
    {
      GPtrArray *events = ((KipChange *) g_ptr_array_index (changes, i))->events;

      for (guint j = 0; j < events->len; j++)
        {
          KipId id = ((KipEvent *) g_ptr_array_index (events, j))->entity;

          g_hash_table_add (ids, g_memdup2 (&id, sizeof id));
        }
    }
}

/* Those that were made after the two copies parted. */
static void
name_rest (Plan *plan,
           guint parted)
{
  g_autoptr (GHashTable) before = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) after = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GPtrArray) common = decode_from (plan->said, 0, parted);
  GHashTableIter iter;
  gpointer id;

  collect_ids (common, before);
  collect_ids (plan->changes, after);
  g_hash_table_iter_init (&iter, after);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (before, id) && KIP_ID_COUNTER (*(KipId *) id) != 0)
      kip_fork_names_add (plan->names, *(KipId *) id);
}

/* The twin of the twin says the rest. */
static void
part_again (Plan *plan,
            guint parted)
{
  guint32 device = plan->names->to;

  plan->fork = (KipFork) { .device = device, .last = parted };
  hash_raw (g_ptr_array_index (plan->said, parted), plan->fork.ours);
  memcpy (plan->secret, plan->twin_secret, sizeof plan->secret);
  kip_fork_derive_key (plan->secret, plan->fork.ours, plan->twin.key, plan->twin_secret);
  g_clear_pointer (&plan->names, kip_fork_names_free);
  plan->names = kip_fork_names_new (device, kip_fork_derive_number (plan->twin.key, plan->book->members), parted);
  g_clear_pointer (&plan->changes, g_ptr_array_unref);
  plan->changes = decode_from (plan->said, parted, plan->said->len);
  name_rest (plan, parted);
  g_clear_pointer (&plan->said, g_ptr_array_unref);
  say (plan);
}

/* Drafts and what else this machine keeps for itself stay with their tickets. */
static gboolean
move_own (Plan    *plan,
          GError **error)
{
  static const char *const statements[] = {
    "UPDATE OR REPLACE draft SET ticket = ?2 WHERE ticket = ?1",
    "UPDATE OR REPLACE said SET ticket = ?2 WHERE ticket = ?1",
    "UPDATE OR REPLACE snooze SET ticket = ?2 WHERE ticket = ?1",
    "UPDATE counter SET value = ?2 WHERE key = 'me' AND value = ?1"
  };
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, plan->names->made);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
      if (!kip_db_run (plan->book->db, error, statements[i], "ii", *(gint64 *) id, (gint64) kip_fork_names_map (plan->names, *(KipId *) id)))
        return FALSE;
  return TRUE;
}

static gboolean
become_twin (Plan    *plan,
             GError **error)
{
  KipBook *book = plan->book;
  KipKeys *keys = kip_keys_keep_next (book->dir, plan->twin_secret, error);

  if (keys == NULL
      || !kip_db_run (book->db, error, "UPDATE counter SET value = ?1 WHERE key = 'device'", "i", (gint64) plan->names->to))
    {
      g_clear_pointer (&keys, kip_keys_free);
      return FALSE;
    }
  book->next_keys = keys;
  book->device = plan->names->to;
  return kip_log_read_end (book->db, book->device, &book->head.seq, book->head.hash, error);
}

static gboolean
add_said (KipTurn     *turn,
          Plan        *plan,
          KipReceived *received, /* counted in until the turn is settled */
          GError     **error)
{
  g_autoptr (GPtrArray) items = kip_receive_prepare (plan->said, 0, plan->said->len, NULL);

  return kip_receive (turn, plan->book, items, received, error);
}

static void
note_moved (Plan *plan)
{
  KipStoreMoved moved = { plan->names->from, plan->names->to, plan->names->last };

  g_mutex_lock (&plan->store->mutex);
  g_array_append_val (plan->store->moved, moved);
  g_mutex_unlock (&plan->store->mutex);
}

KipEventId
kip_store_follow_change (KipStore *store,
                         guint32   device,
                         guint64   seq)
{
  KipEventId id = { device, 0, seq };

  g_mutex_lock (&store->mutex);
  for (guint i = 0; i < store->moved->len; i++)
    {
      const KipStoreMoved *moved = &g_array_index (store->moved, KipStoreMoved, i);

      if (id.device == moved->from && id.seq > moved->last)
        {
          id.device = moved->to;
          id.seq = id.seq - moved->last + 1;
        }
    }
  g_mutex_unlock (&store->mutex);
  return id;
}

static gboolean
move_and_part (Plan    *plan,
               GError **error)
{
  gboolean ok = move_own (plan, error);

  note_moved (plan);
  for (guint parted = find_other (plan); ok && parted < plan->said->len; parted = find_other (plan))
    {
      part_again (plan, parted);
      note_moved (plan);
      ok = move_own (plan, error);
    }
  return ok;
}

typedef struct
{
  KipStore   *store;
  KipFork     fork;
  KipReceived received;
} GivingWay;

static gboolean
write_give_way (KipTurn *turn,
                KipBook *book,
                gpointer data,
                GError **error)
{
  GivingWay *giving = data;
  g_auto (Plan) plan = { .store = giving->store, .book = book, .fork = giving->fork };
  guint8 ours[KIP_HASH_SIZE];

  /* Another process has done it. */
  if (book->device != plan.fork.device || !kip_log_read_hash (book->db, plan.fork.device, plan.fork.last + 1, ours)
      || memcmp (ours, plan.fork.ours, sizeof ours) != 0)
    return TRUE;
  if (!take_key (&plan, error) || !read_line (&plan, error))
    return FALSE;
  say (&plan);
  return kip_drop_line (turn, plan.fork.device, plan.fork.last, error)
         && move_and_part (&plan, error)
         && become_twin (&plan, error)
         && add_said (turn, &plan, &giving->received, error);
}

static gboolean
reload_local (KipStore *store,
              GError  **error)
{
  KipDb *db = kip_pool_take (store->pool, NULL, error);
  gboolean ok = db != NULL && kip_local_reload (store->local, db, error);

  if (db != NULL)
    kip_pool_give (store->pool, db);
  return ok;
}

gboolean
kip_store_give_way (KipStore      *store,
                    const KipFork *fork,
                    GError       **error)
{
  GivingWay giving = { store, *fork };

  kip_local_flush (store->local);
  return kip_writer_end (store->writer, kip_writer_begin_alone (store->writer, write_give_way, &giving), error)
         && reload_local (store, error);
}
