/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-store-private.h"

/* Fresh ids come from blocks that are reserved on disk before one of them is given
 * out; the next block is fetched while the last one is still in use, so that
 * hardly anybody ever waits. */

static gboolean
move_counter (KipBook *book,
              KipId   *first,
              GError **error)
{
  gint64 counter;

  if (!kip_db_get_int (book->db, 1, &counter, error, "SELECT value FROM counter WHERE key = 'id'", "")
      || !kip_db_run (book->db, error, "INSERT OR REPLACE INTO counter (key, value) VALUES ('id', ?1)", "i", counter + KIP_ID_BLOCK))
    return FALSE;
  *first = KIP_ID_MAKE (book->device, counter);
  return TRUE;
}

static gboolean
reserve (KipBook *book,
         KipNews *news,
         gpointer data,
         GError **error)
{
  KipStore *store = data;
  KipId first = KIP_ID_NONE;
  gboolean ok = kip_db_exec (book->db, "BEGIN IMMEDIATE", error)
                && move_counter (book, &first, error)
                && kip_db_exec (book->db, "COMMIT", error);

  if (!ok && !sqlite3_get_autocommit (kip_db_handle (book->db)))
    kip_db_exec (book->db, "ROLLBACK", NULL);
  g_mutex_lock (&store->mutex);
  store->is_reserving = FALSE;
  if (ok)
    store->more_id = first;
  g_mutex_unlock (&store->mutex);
  return ok;
}

/* With the mutex held: the next id, or NONE when there is none in reserve. */
static KipId
take_id (KipStore *store)
{
  if (store->next_id == store->end_id && store->more_id != KIP_ID_NONE)
    {
      store->next_id = store->more_id;
      store->end_id = store->more_id + KIP_ID_BLOCK;
      store->more_id = KIP_ID_NONE;
    }
  return store->next_id < store->end_id ? store->next_id++ : KIP_ID_NONE;
}

static void
reserve_early (KipStore *store)
{
  if (store->more_id != KIP_ID_NONE || store->is_reserving || store->end_id - store->next_id > KIP_ID_BLOCK / 2)
    return;
  store->is_reserving = TRUE;
  kip_writer_run_async (store->writer, reserve, store, NULL, NULL);
}

void
kip_store_change_device (KipStore *store,
                         guint     device)
{
  store->device = device;
  store->next_id = store->end_id = store->more_id = KIP_ID_NONE;
}

/* A full disk: nothing that got this id could be saved either. */
static gboolean
reserve_now (KipStore *store)
{
  GError *error = NULL;
  gboolean ok = kip_writer_run (store->writer, reserve, store, &error);

  g_mutex_lock (&store->mutex);
  g_clear_error (&store->id_failure);
  store->id_failure = error;
  g_mutex_unlock (&store->mutex);
  return ok;
}

static gboolean
lacks_id (const KipChange *change)
{
  for (guint i = 0; i < change->events->len; i++)
    if (((KipEvent *) g_ptr_array_index (change->events, i))->entity == KIP_ID_NONE)
      return TRUE;
  return FALSE;
}

gboolean
kip_store_check_ids (KipStore        *store,
                     const KipChange *change,
                     GError         **error)
{
  g_autoptr (GError) failure = NULL;

  if (!lacks_id (change))
    return TRUE;
  g_mutex_lock (&store->mutex);
  failure = store->id_failure != NULL ? g_error_copy (store->id_failure) : NULL;
  g_mutex_unlock (&store->mutex);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

KipId
kip_store_new_id (KipStore *store)
{
  KipId id;

  g_mutex_lock (&store->mutex);
  while ((id = take_id (store)) == KIP_ID_NONE)
    {
      g_mutex_unlock (&store->mutex);
      if (!reserve_now (store))
        return KIP_ID_NONE;
      g_mutex_lock (&store->mutex);
    }
  reserve_early (store);
  g_mutex_unlock (&store->mutex);
  return id;
}
