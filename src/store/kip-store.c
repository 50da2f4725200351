/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-store-private.h"

G_DEFINE_FINAL_TYPE (KipStore, kip_store, G_TYPE_OBJECT)

/* ---- life ---- */

void
kip_store_close (KipStore *store)
{
  if (store->is_closed)
    return;
  store->is_closed = TRUE;
  kip_store_unwatch (store);
  kip_store_end_daily (store);
  /* Threads may hold the store and ask it still: pool and writer refuse until it goes itself. */
  if (store->pool != NULL)
    kip_pool_close (store->pool);
  if (store->local != NULL && store->writer != NULL)
    kip_local_flush (store->local);
  if (store->writer != NULL)
    kip_writer_close (store->writer);
  g_clear_pointer (&store->use, kip_lock_close);
  kip_store_stop_telling (store);
}

static void
kip_store_dispose (GObject *object)
{
  kip_store_close (KIP_STORE (object));
  G_OBJECT_CLASS (kip_store_parent_class)->dispose (object);
}

static void
kip_store_finalize (GObject *object)
{
  KipStore *store = KIP_STORE (object);

  g_clear_pointer (&store->local, kip_local_free);
  g_clear_pointer (&store->pool, kip_pool_free);
  g_clear_pointer (&store->writer, kip_writer_free);
  g_clear_pointer (&store->snapshot, kip_snapshot_free);
  g_clear_pointer (&store->retired, g_ptr_array_unref);
  g_clear_pointer (&store->context, g_main_context_unref);
  g_clear_pointer (&store->early, kip_early_unref);
  g_clear_error (&store->failure);
  g_clear_error (&store->id_failure);
  kip_news_clear (&store->news);
  g_array_unref (store->moved);
  g_mutex_clear (&store->mutex);
  g_free (store->dir);
  G_OBJECT_CLASS (kip_store_parent_class)->finalize (object);
}

static void
add_signals (KipStoreClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ARRAY);
  g_signal_new ("office-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("draft-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);
  g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
kip_store_class_init (KipStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = kip_store_dispose;
  object_class->finalize = kip_store_finalize;
  add_signals (klass);
}

static void
kip_store_init (KipStore *store)
{
  g_mutex_init (&store->mutex);
  kip_news_init (&store->news);
  store->moved = g_array_new (FALSE, FALSE, sizeof (KipStoreMoved));
  store->retired = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_snapshot_free);
}

/* ---- what it is ---- */

const char *
kip_store_get_dir (KipStore *store)
{
  return store->dir;
}

guint
kip_store_get_device (KipStore *store)
{
  return store->device;
}

KipOffice *
kip_store_get_office (KipStore *store)
{
  KipOffice *office;

  g_mutex_lock (&store->mutex);
  office = store->snapshot->office;
  g_mutex_unlock (&store->mutex);
  return office;
}

KipAgreements *
kip_store_get_agreements (KipStore *store)
{
  KipAgreements *agreements;

  g_mutex_lock (&store->mutex);
  agreements = store->snapshot->agreements;
  g_mutex_unlock (&store->mutex);
  return agreements;
}

const KipQueryResolver *
kip_store_get_resolver (KipStore *store)
{
  const KipQueryResolver *resolver;

  g_mutex_lock (&store->mutex);
  resolver = &store->snapshot->resolver;
  g_mutex_unlock (&store->mutex);
  return resolver;
}

KipOffice *
kip_store_dup_office (KipStore *store)
{
  KipOffice *office;

  g_mutex_lock (&store->mutex);
  office = kip_office_ref (store->snapshot->office);
  g_mutex_unlock (&store->mutex);
  return office;
}

KipAgreements *
kip_store_dup_agreements (KipStore *store)
{
  KipAgreements *agreements;

  g_mutex_lock (&store->mutex);
  agreements = kip_agreements_ref (store->snapshot->agreements);
  g_mutex_unlock (&store->mutex);
  return agreements;
}

KipId
kip_store_get_me (KipStore *store)
{
  KipId me;

  g_mutex_lock (&store->mutex);
  me = store->me;
  g_mutex_unlock (&store->mutex);
  return me;
}

static gboolean
write_me (KipTurn *turn,
          KipBook *book,
          gpointer data,
          GError **error)
{
  return kip_db_run (book->db, error, "INSERT OR REPLACE INTO counter (key, value) VALUES ('me', ?1)", "i", (gint64) *(KipId *) data);
}

gboolean
kip_store_set_me (KipStore *store,
                  KipId     person,
                  GError  **error)
{
  if (!kip_writer_write (store->writer, write_me, &person, error))
    return FALSE;
  g_mutex_lock (&store->mutex);
  store->me = person;
  store->snapshot->resolver.me = person;
  g_mutex_unlock (&store->mutex);
  return TRUE;
}
