/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-store-private.h"

#include "kip-clock.h"
#include "kip-facts.h"
#include "kip-list.h"

/* ---- plans ---- */

/* A request, with what it borrows. */
typedef struct
{
  KipListRequest request;
  KipQueryPlan  *plan;       /* (owned) */
  KipOffice     *office;     /* (owned) */
} Request;

/* The snapshot's resolver must not go away while it is used. */
static void
request_init (Request        *request,
              KipStore       *store,
              const KipQuery *query,
              KipInstant      now)
{
  g_autoptr (KipQuery) empty = query == NULL ? kip_query_parse (NULL) : NULL;
  g_autoptr (KipAgreements) agreements = NULL;
  KipQueryResolver resolver;

  g_mutex_lock (&store->mutex);
  request->office = kip_office_ref (store->snapshot->office);
  agreements = kip_agreements_ref (store->snapshot->agreements);
  resolver = store->snapshot->resolver;
  g_mutex_unlock (&store->mutex);
  request->plan = kip_query_plan_new (query != NULL ? query : empty, &resolver, now,
                                      kip_calendar_get_zone (kip_agreements_get_office_calendar (agreements)));
  request->request = (KipListRequest) { request->plan, request->office, KIP_SORT_DUE, FALSE, 0 };
}

static void
request_clear (Request *request)
{
  g_clear_pointer (&request->plan, kip_query_plan_unref);
  g_clear_pointer (&request->office, kip_office_unref);
}

/* ---- lists ---- */

/* What is asked for, kept for the thread that answers. */
typedef struct
{
  KipQuery  *query; /* (owned) (nullable) */
  KipSort    sort;
  gboolean   descending;
  KipInstant now;
  guint      limit;
  guint      first; /* 0: all */
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_clear_pointer (&asked->query, kip_query_unref);
  g_free (asked);
}

static gboolean
has_words (const KipQueryNode *node)
{
  if (node == NULL)
    return FALSE;
  if (node->kind == KIP_QUERY_NODE_WORDS || (node->kind == KIP_QUERY_NODE_TERM && node->field == KIP_QUERY_SUBJECT))
    return TRUE;
  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    if (has_words (g_ptr_array_index (node->children, i)))
      return TRUE;
  return FALSE;
}

/* What was saved a moment ago is to be found. */
static gboolean
wait_for_index (KipStore       *store,
                const KipQuery *query,
                gboolean        patient,
                GError        **error)
{
  return query == NULL || !has_words (kip_query_get_root (query))
         || kip_writer_wait_for_index (store->writer, patient, error);
}

KipBits *
kip_store_select (KipStore       *store,
                  const KipQuery *query,
                  KipInstant      now,
                  GCancellable   *cancellable,
                  GError        **error)
{
  KipDb *db = NULL;
  KipBits *bits = NULL;
  Request request;

  if (!wait_for_index (store, query, TRUE, error) || (db = kip_pool_take (store->pool, cancellable, error)) == NULL)
    return NULL;
  request_init (&request, store, query, now);
  if (kip_db_exec (db, "BEGIN", error))
    {
      bits = kip_list_select (db, &request.request, error);
      kip_db_exec (db, "COMMIT", NULL);
    }
  request_clear (&request);
  kip_pool_give (store->pool, db);
  return bits;
}

static GArray *
list_of (KipStore     *store,
         const Asked  *asked,
         GCancellable *cancellable,
         GError      **error)
{
  KipDb *db = NULL;
  GArray *ids = NULL;
  Request request;

  if (!wait_for_index (store, asked->query, asked->limit == 0, error)
      || (db = kip_pool_take (store->pool, cancellable, error)) == NULL)
    return NULL;
  request_init (&request, store, asked->query, asked->now);
  request.request.sort = asked->sort;
  request.request.descending = asked->descending;
  request.request.limit = asked->limit;
  if (kip_db_exec (db, "BEGIN", error))
    {
      ids = asked->first > 0 ? kip_list_run_first (db, &request.request, asked->first, error)
                             : kip_list_run (db, &request.request, error);
      kip_db_exec (db, "COMMIT", NULL);
    }
  request_clear (&request);
  kip_pool_give (store->pool, db);
  return ids;
}

GArray *
kip_store_list (KipStore       *store,
                const KipQuery *query,
                KipSort         sort,
                gboolean        descending,
                KipInstant      now,
                GCancellable   *cancellable,
                GError        **error)
{
  Asked asked = { (KipQuery *) query, sort, descending, now, 0, 0 };

  return list_of (store, &asked, cancellable, error);
}

static void
list_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  GArray *ids = list_of (source, data, cancellable, &error);

  if (error == NULL)
    g_task_return_pointer (task, ids, (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (task, error);
}

static void
list_async (KipStore           *store,
            const KipQuery     *query,
            KipSort             sort,
            gboolean            descending,
            KipInstant          now,
            guint               first,
            GCancellable       *cancellable,
            GAsyncReadyCallback callback,
            gpointer            data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, data);
  Asked *asked = g_new0 (Asked, 1);

  *asked = (Asked) { query != NULL ? kip_query_ref (query) : NULL, sort, descending, now, KIP_STORE_LIST_LIMIT, first };
  g_task_set_source_tag (task, list_async);
  g_task_set_task_data (task, asked, asked_free);
  kip_pool_run (store->pool, task, list_thread);
}

void
kip_store_list_async (KipStore           *store,
                      const KipQuery     *query,
                      KipSort             sort,
                      gboolean            descending,
                      KipInstant          now,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            data)
{
  list_async (store, query, sort, descending, now, 0, cancellable, callback, data);
}

void
kip_store_list_first_async (KipStore           *store,
                            const KipQuery     *query,
                            KipSort             sort,
                            gboolean            descending,
                            KipInstant          now,
                            guint               n,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            data)
{
  list_async (store, query, sort, descending, now, n, cancellable, callback, data);
}

GArray *
kip_store_list_finish (KipStore     *store,
                       GAsyncResult *result,
                       GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- counts ---- */

static gboolean
count_one (KipStore       *store,
           KipDb          *db,
           const KipQuery *query,
           KipInstant      now,
           GArray         *counts,
           GError        **error)
{
  guint count = 0;
  gboolean ok;
  Request request;

  if (!wait_for_index (store, query, FALSE, error))
    return FALSE;
  request_init (&request, store, query, now);
  ok = kip_list_count (db, &request.request, &count, error);
  g_array_append_val (counts, count);
  request_clear (&request);
  return ok;
}

GArray *
kip_store_count (KipStore     *store,
                 GPtrArray    *queries,
                 KipInstant    now,
                 GCancellable *cancellable,
                 GError      **error)
{
  KipDb *db = kip_pool_take (store->pool, cancellable, error);
  g_autoptr (GArray) counts = g_array_sized_new (FALSE, FALSE, sizeof (guint), queries->len);
  gboolean ok = TRUE;

  if (db == NULL)
    return NULL;
  for (guint i = 0; ok && i < queries->len; i++)
    ok = count_one (store, db, g_ptr_array_index (queries, i), now, counts, error);
  kip_pool_give (store->pool, db);
  return ok ? g_steal_pointer (&counts) : NULL;
}

typedef struct
{
  GPtrArray *queries; /* (owned) of KipQuery */
  KipInstant now;
} Counting;

static void
counting_free (gpointer data)
{
  Counting *counting = data;

  g_ptr_array_unref (counting->queries);
  g_free (counting);
}

static void
count_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  Counting *counting = data;
  GError *error = NULL;
  GArray *counts = kip_store_count (source, counting->queries, counting->now, cancellable, &error);

  if (counts != NULL)
    g_task_return_pointer (task, counts, (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (task, error);
}

void
kip_store_count_async (KipStore           *store,
                       GPtrArray          *queries,
                       KipInstant          now,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, data);
  Counting *counting = g_new0 (Counting, 1);

  counting->queries = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_query_unref);
  for (guint i = 0; i < queries->len; i++)
    g_ptr_array_add (counting->queries, kip_query_ref (g_ptr_array_index (queries, i)));
  counting->now = now;
  g_task_set_source_tag (task, kip_store_count_async);
  g_task_set_task_data (task, counting, counting_free);
  kip_pool_run (store->pool, task, count_thread);
}

GArray *
kip_store_count_finish (KipStore     *store,
                        GAsyncResult *result,
                        GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
