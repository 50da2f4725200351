/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-find.h"

#include "kip-excerpt.h"

/* ---- a number ---- */

static void
find_number (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  KipId id = kip_store_find_number (source, data, &error);

  if (id == KIP_ID_NONE)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_memdup2 (&id, sizeof id), g_free);
}

void
kip_find_number_async (KipStore           *store,
                       const char         *text,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, data);

  g_task_set_source_tag (task, kip_find_number_async);
  g_task_set_task_data (task, g_strdup (text), g_free);
  g_task_run_in_thread (task, find_number);
}

KipId
kip_find_number_finish (KipStore     *store,
                        GAsyncResult *result,
                        GError      **error)
{
  g_autofree KipId *id = g_task_propagate_pointer (G_TASK (result), error);

  return id != NULL ? *id : KIP_ID_NONE;
}

/* ---- excerpts ---- */

typedef struct
{
  KipQuery *query; /* (owned) */
  GArray   *ids;   /* (owned) of KipId */
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  kip_query_unref (request->query);
  g_array_unref (request->ids);
  g_free (request);
}

/* Where the subject shows the words already: what the ticket begins with. */
static char *
excerpt_or_beginning (KipStore       *store,
                      KipId           id,
                      const KipQuery *query)
{
  char *excerpt = kip_store_excerpt (store, id, query);
  g_autoptr (KipTicket) ticket = excerpt == NULL ? kip_store_ticket (store, id, NULL) : NULL;

  return ticket != NULL ? kip_excerpt_begin (ticket->description) : excerpt;
}

static void
find_excerpts (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  Request *request = data;
  GPtrArray *texts = g_ptr_array_new_full (request->ids->len, g_free);

  for (guint i = 0; i < request->ids->len && !g_cancellable_is_cancelled (cancellable); i++)
    g_ptr_array_add (texts, excerpt_or_beginning (source, g_array_index (request->ids, KipId, i), request->query));
  g_ptr_array_set_size (texts, request->ids->len);
  g_task_return_pointer (task, texts, (GDestroyNotify) g_ptr_array_unref);
}

void
kip_find_excerpts_async (KipStore           *store,
                         const KipQuery     *query,
                         GArray             *ids,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, data);
  Request *request = g_new0 (Request, 1);

  request->query = kip_query_ref (query);
  request->ids = g_array_ref (ids);
  g_task_set_source_tag (task, kip_find_excerpts_async);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, find_excerpts);
}

GPtrArray *
kip_find_excerpts_finish (KipStore     *store,
                          GAsyncResult *result,
                          GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
