/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-query-office.h"
#include "kip-store-private.h"

/* ---- snapshots ---- */

static KipSnapshot *
snapshot_new (KipBook *book,
              KipId    me)
{
  KipSnapshot *snapshot = g_new0 (KipSnapshot, 1);

  snapshot->office = kip_office_ref (book->office);
  snapshot->agreements = kip_agreements_ref (book->agreements);
  snapshot->members = kip_members_ref (book->members);
  kip_query_resolver_init (&snapshot->resolver, snapshot->office, me);
  return snapshot;
}

void
kip_snapshot_free (KipSnapshot *snapshot)
{
  kip_members_unref (snapshot->members);
  kip_agreements_unref (snapshot->agreements);
  kip_office_unref (snapshot->office);
  g_free (snapshot);
}

/* With the mutex held. */
static void
replace_snapshot (KipStore *store,
                  KipBook  *book)
{
  if (store->snapshot != NULL)
    g_ptr_array_add (store->retired, store->snapshot);
  store->snapshot = snapshot_new (book, store->me);
}

void
kip_store_take_snapshot (KipStore *store,
                         KipBook  *book)
{
  g_mutex_lock (&store->mutex);
  replace_snapshot (store, book);
  g_mutex_unlock (&store->mutex);
}

/* ---- telling, on the context of the store ---- */

typedef struct
{
  KipNews    news;
  GError    *failure; /* (owned) (nullable) */
  GPtrArray *retired; /* (owned) */
} Telling;

/* Takes what is there to be told. */
static void
take_news (KipStore *store,
           Telling  *telling)
{
  g_mutex_lock (&store->mutex);
  telling->news = store->news;
  kip_news_init (&store->news);
  telling->failure = g_steal_pointer (&store->failure);
  telling->retired = store->retired;
  store->retired = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_snapshot_free);
  g_clear_pointer (&store->telling, g_source_unref);
  g_mutex_unlock (&store->mutex);
}

static void
tell_changed (KipStore *store,
              KipNews  *news)
{
  if (news->changed->len == 0 && !news->everything)
    return;
  if (news->everything)
    g_array_set_size (news->changed, 0);
  g_signal_emit_by_name (store, "changed", news->changed);
}

static gboolean
tell_cb (gpointer data)
{
  KipStore *store = data;
  Telling telling;

  take_news (store, &telling);
  if (telling.news.office_changed)
    g_signal_emit_by_name (store, "office-changed");
  tell_changed (store, &telling.news);
  if (telling.failure != NULL)
    g_signal_emit_by_name (store, "failed", telling.failure);
  kip_news_clear (&telling.news);
  g_clear_error (&telling.failure);
  g_ptr_array_unref (telling.retired);
  return G_SOURCE_REMOVE;
}

/* With the mutex held. */
static void
tell_soon (KipStore *store)
{
  if (store->telling != NULL)
    return;
  store->telling = g_idle_source_new ();
  g_source_set_priority (store->telling, G_PRIORITY_DEFAULT);
  g_source_set_callback (store->telling, tell_cb, store, NULL);
  g_source_attach (store->telling, store->context);
}

/* More than this in one batch and listeners do better to look at everything. */
#define MANY 1000

static void
add_news (KipNews       *to,
          const KipNews *from)
{
  g_array_append_vals (to->changed, from->changed->data, from->changed->len);
  to->everything |= from->everything || to->changed->len > MANY;
  to->office_changed |= from->office_changed;
  if (to->everything)
    g_array_set_size (to->changed, 0);
}

static gboolean
is_forgotten (KipId    ticket,
              gpointer db)
{
  gint64 n = 0;

  kip_db_get_int (db, 0, &n, NULL, "SELECT EXISTS (SELECT 1 FROM purged WHERE entity = ?1 AND kind = 2)", "i", (gint64) ticket);
  return n != 0;
}

void
kip_store_listen (KipBook *book,
                  KipNews *news,
                  gpointer data)
{
  KipStore *store = data;

  if (news->changed->len == 0 && !news->everything && !news->office_changed)
    return;
  if (news->forgotten)
    kip_local_forget (store->local, is_forgotten, book->db);
  g_mutex_lock (&store->mutex);
  if (store->device != book->device)
    kip_store_change_device (store, book->device);
  if (news->office_changed)
    replace_snapshot (store, book);
  add_news (&store->news, news);
  tell_soon (store);
  g_mutex_unlock (&store->mutex);
}

void
kip_store_fail (const GError *error,
                gpointer      data)
{
  KipStore *store = data;

  g_mutex_lock (&store->mutex);
  g_clear_error (&store->failure);
  store->failure = g_error_copy (error);
  tell_soon (store);
  g_mutex_unlock (&store->mutex);
}

void
kip_store_stop_telling (KipStore *store)
{
  g_mutex_lock (&store->mutex);
  if (store->telling != NULL)
    g_source_destroy (store->telling);
  g_clear_pointer (&store->telling, g_source_unref);
  g_mutex_unlock (&store->mutex);
}
