/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-store-private.h"

#include "kip-project.h"

static void
add_thresholds (GArray    *found,
                KipRows   *rows,
                KipInstant from,
                KipInstant to)
{
  gsize length;
  gconstpointer bytes = kip_rows_blob (rows, 4, &length);
  g_autoptr (GArray) thresholds = kip_project_read_thresholds (bytes, length);

  for (guint i = 0; i < thresholds->len; i++)
    {
      KipThreshold *threshold = &g_array_index (thresholds, KipThreshold, i);

      if (threshold->at < from || threshold->at >= to)
        continue;
      threshold->ticket = (KipId) kip_rows_int (rows, 0);
      threshold->clock = (KipClockKind) kip_rows_int (rows, 1);
      threshold->assignee = (KipId) kip_rows_int (rows, 2);
      threshold->team = (KipId) kip_rows_int (rows, 3);
      g_array_append_val (found, *threshold);
    }
}

static int
compare_thresholds (gconstpointer a,
                    gconstpointer b)
{
  const KipThreshold *x = a, *y = b;

  if (x->at != y->at)
    return x->at < y->at ? -1 : 1;
  if (x->ticket != y->ticket)
    return x->ticket < y->ticket ? -1 : 1;
  return x->clock != y->clock ? (int) x->clock - (int) y->clock : x->percent - y->percent;
}

static GArray *
thresholds_of (KipStore     *store,
               KipInstant    from,
               KipInstant    to,
               GCancellable *cancellable,
               GError      **error)
{
  KipDb *db = kip_pool_take (store->pool, cancellable, error);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (KipThreshold));
  gboolean ok;
  KipRows rows;

  if (db == NULL)
    return NULL;
  rows = kip_db_query (db, "SELECT t.id, u.clock, t.assignee, t.team, u.thresholds FROM running AS u JOIN ticket AS t ON t.slot = u.slot"
                       " WHERE u.last >= ?1 AND u.first < ?2", "ii", from, to);
  while (kip_rows_next (&rows))
    add_thresholds (found, &rows, from, to);
  ok = kip_rows_end (&rows, error);
  kip_pool_give (store->pool, db);
  g_array_sort (found, compare_thresholds);
  return ok ? g_steal_pointer (&found) : NULL;
}

GArray *
kip_store_thresholds (KipStore  *store,
                      KipInstant from,
                      KipInstant to,
                      GError   **error)
{
  return thresholds_of (store, from, to, NULL, error);
}

static void
thresholds_thread (GTask        *task,
                   gpointer      source,
                   gpointer      data,
                   GCancellable *cancellable)
{
  const KipInstant *span = data;
  GError *error = NULL;
  GArray *found = thresholds_of (source, span[0], span[1], cancellable, &error);

  if (found != NULL)
    g_task_return_pointer (task, found, (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (task, error);
}

void
kip_store_thresholds_async (KipStore           *store,
                            KipInstant          from,
                            KipInstant          to,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, data);
  KipInstant span[2] = { from, to };

  g_task_set_source_tag (task, kip_store_thresholds_async);
  g_task_set_task_data (task, g_memdup2 (span, sizeof span), g_free);
  kip_pool_run (store->pool, task, thresholds_thread);
}

GArray *
kip_store_thresholds_finish (KipStore     *store,
                             GAsyncResult *result,
                             GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
