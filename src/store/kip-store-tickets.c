/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-store-private.h"

#include "kip-error.h"
#include "kip-merge.h"
#include "kip-row.h"

#include <glib/gi18n-lib.h>

/* ---- rows ---- */

static KipTicketRow *
read_row (KipDb   *db,
          KipId    id,
          GError **error)
{
  KipRows rows = kip_db_query (db, "SELECT r.body FROM ticket AS t JOIN ticket_row AS r ON r.slot = t.slot WHERE t.id = ?1",
                               "i", (gint64) id);
  KipTicketRow *row = NULL;

  if (kip_rows_next (&rows))
    {
      gsize length;
      gconstpointer body = kip_rows_blob (&rows, 0, &length);

      row = kip_row_decode (body, length);
    }
  if (kip_rows_end (&rows, error))
    return row;
  g_clear_pointer (&row, kip_ticket_row_unref);
  return NULL;
}

static void
row_unref (gpointer row)
{
  if (row != NULL)
    kip_ticket_row_unref (row);
}

static GPtrArray *
read_rows (KipDb       *db,
           const KipId *ids,
           guint        n,
           GError     **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_full (n, row_unref);
  g_autoptr (GError) problem = NULL;

  for (guint i = 0; i < n && problem == NULL; i++)
    g_ptr_array_add (found, read_row (db, ids[i], &problem));
  if (problem == NULL)
    return g_steal_pointer (&found);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

static GPtrArray *
rows_of (KipStore     *store,
         const KipId  *ids,
         guint         n,
         GCancellable *cancellable,
         GError      **error)
{
  KipDb *db = kip_pool_take (store->pool, cancellable, error);
  GPtrArray *found;

  if (db == NULL)
    return NULL;
  found = read_rows (db, ids, n, error);
  kip_pool_give (store->pool, db);
  return found;
}

GPtrArray *
kip_store_rows (KipStore    *store,
                const KipId *ids,
                guint        n,
                GError     **error)
{
  return rows_of (store, ids, n, NULL, error);
}

static void
rows_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GArray *ids = data;
  GError *error = NULL;
  GPtrArray *found = rows_of (source, (const KipId *) (gpointer) ids->data, ids->len, cancellable, &error);

  if (found != NULL)
    g_task_return_pointer (task, found, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
kip_store_rows_async (KipStore           *store,
                      const KipId        *ids,
                      guint               n,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, data);
  GArray *copy = g_array_sized_new (FALSE, FALSE, sizeof (KipId), n);

  g_array_append_vals (copy, ids, n);
  g_task_set_source_tag (task, kip_store_rows_async);
  g_task_set_task_data (task, copy, (GDestroyNotify) g_array_unref);
  kip_pool_run (store->pool, task, rows_thread);
}

GPtrArray *
kip_store_rows_finish (KipStore     *store,
                       GAsyncResult *result,
                       GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- folds ---- */

static KipEntity *
read_entity (KipStore *store,
             KipDb    *db,
             KipKind   kind,
             KipId     id,
             GError  **error)
{
  GPtrArray *events = kip_log_read_entity (db, kind, id, error);

  if (events == NULL)
    return NULL;
  if (kind == KIP_KIND_TICKET)
    kip_store_add_early (store, id, events);
  return kip_entity_fold (kind, id, events);
}

static GPtrArray *
read_sources (KipStore *store,
              KipDb    *db,
              KipId     root,
              GError  **error)
{
  g_autoptr (GArray) ids = kip_merge_find_sources (db, root, error);
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_entity_unref);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      KipEntity *source = read_entity (store, db, KIP_KIND_TICKET, g_array_index (ids, KipId, i), error);

      if (source == NULL)
        return NULL;
      g_ptr_array_add (sources, source);
    }
  return ids != NULL ? g_steal_pointer (&sources) : NULL;
}

static KipTicket *
make_ticket (KipStore  *store,
             KipDb     *db,
             KipEntity *entity,
             GError   **error)
{
  g_autoptr (KipOffice) office = kip_store_dup_office (store);
  g_autoptr (GPtrArray) sources = NULL;
  KipId id = kip_entity_get_id (entity), root;
  KipTicket *ticket;

  if (!kip_merge_find_root (db, id, &root, error)
      || (root == id && (sources = read_sources (store, db, id, error)) == NULL))
    return NULL;
  ticket = kip_ticket_new (entity, sources != NULL && sources->len > 0 ? sources : NULL, kip_office_get_matrix (office));
  ticket->merged_into = root != id ? root : KIP_ID_NONE;
  return ticket;
}

static gboolean
check_found (KipEntity *entity,
             GError   **error)
{
  if (!kip_entity_is_empty (entity))
    return TRUE;
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NOT_FOUND, _("There is no such ticket."));
  return FALSE;
}

/* Within one view of the database: another commit may come in between. */
static KipTicket *
read_ticket (KipStore *store,
             KipDb    *db,
             KipId     id,
             GError  **error)
{
  g_autoptr (KipEntity) entity = NULL;
  KipTicket *ticket = NULL;

  if (!kip_db_exec (db, "BEGIN", error))
    return NULL;
  entity = read_entity (store, db, KIP_KIND_TICKET, id, error);
  if (entity != NULL && check_found (entity, error))
    ticket = make_ticket (store, db, entity, error);
  kip_db_exec (db, "COMMIT", NULL);
  return ticket;
}

static KipTicket *
ticket_of (KipStore     *store,
           KipId         id,
           GCancellable *cancellable,
           GError      **error)
{
  KipDb *db = kip_pool_take (store->pool, cancellable, error);
  KipTicket *ticket;

  if (db == NULL)
    return NULL;
  ticket = read_ticket (store, db, id, error);
  kip_pool_give (store->pool, db);
  return ticket;
}

KipTicket *
kip_store_ticket (KipStore *store,
                  KipId     id,
                  GError  **error)
{
  return ticket_of (store, id, NULL, error);
}

static void
ticket_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  GError *error = NULL;
  KipTicket *ticket = ticket_of (source, *(KipId *) data, cancellable, &error);

  if (ticket != NULL)
    g_task_return_pointer (task, ticket, (GDestroyNotify) kip_ticket_unref);
  else
    g_task_return_error (task, error);
}

void
kip_store_ticket_async (KipStore           *store,
                        KipId               id,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, data);

  g_task_set_source_tag (task, kip_store_ticket_async);
  g_task_set_task_data (task, g_memdup2 (&id, sizeof id), g_free);
  kip_pool_run (store->pool, task, ticket_thread);
}

KipTicket *
kip_store_ticket_finish (KipStore     *store,
                         GAsyncResult *result,
                         GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

KipEntity *
kip_store_entity (KipStore *store,
                  KipKind   kind,
                  KipId     id,
                  GError  **error)
{
  KipDb *db = kip_pool_take (store->pool, NULL, error);
  KipEntity *entity;

  if (db == NULL)
    return NULL;
  entity = read_entity (store, db, kind, id, error);
  kip_pool_give (store->pool, db);
  if (entity != NULL && kip_entity_is_empty (entity))
    {
      g_clear_pointer (&entity, kip_entity_unref);
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NOT_FOUND, _("There is no such thing in this office."));
    }
  return entity;
}

/* Newest first; the beginning of the office is never the answer. */
static guint64
find_undoable (KipDb *db,
               guint  device)
{
  guint64 last = 0;
  KipRows rows = kip_db_query (db, "SELECT seq FROM changeset WHERE device = ?1 AND undo_seq = 0 AND seq > 1 ORDER BY seq DESC",
                               "i", (gint64) device);

  while (last == 0 && kip_rows_next (&rows))
    {
      KipEventId id = { device, 0, (guint64) kip_rows_int (&rows, 0) };
      gboolean undone;

      if (!kip_log_is_undone (db, &id, NULL, &undone, NULL))
        break;
      if (!undone)
        last = id.seq;
    }
  kip_rows_end (&rows, NULL);
  return last;
}

guint64
kip_store_get_last_undoable (KipStore *store)
{
  KipDb *db = kip_pool_take (store->pool, NULL, NULL);
  guint64 last;

  if (db == NULL)
    return 0;
  last = find_undoable (db, store->device);
  kip_pool_give (store->pool, db);
  return last;
}
