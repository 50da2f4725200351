/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-store-each.h"

#include "kip-merge.h"
#include "kip-store-private.h"

static KipEntity *
read_entity (KipDb   *db,
             KipId    id,
             GError **error)
{
  GPtrArray *events = kip_log_read_entity (db, KIP_KIND_TICKET, id, error);

  return events != NULL ? kip_entity_fold (KIP_KIND_TICKET, id, events) : NULL;
}

/* Those merged into @root. (transfer full) */
static GPtrArray *
read_sources (KipDb   *db,
              KipId    root,
              GError **error)
{
  g_autoptr (GArray) ids = kip_merge_find_sources (db, root, error);
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_entity_unref);

  if (ids == NULL)
    return NULL;
  for (guint i = 0; i < ids->len; i++)
    {
      KipEntity *source = read_entity (db, g_array_index (ids, KipId, i), error);

      if (source == NULL)
        return NULL;
      g_ptr_array_add (sources, source);
    }
  return g_steal_pointer (&sources);
}

static gboolean
tell_ticket (KipDb           *db,
             KipId            id,
             const KipMatrix *matrix,
             KipTicketFunc    func,
             gpointer         data,
             GError         **error)
{
  g_autoptr (KipEntity) entity = read_entity (db, id, error);
  g_autoptr (GPtrArray) sources = entity != NULL ? read_sources (db, id, error) : NULL;
  g_autoptr (KipTicket) ticket = NULL;

  if (sources == NULL)
    return FALSE;
  ticket = kip_ticket_new (entity, sources->len > 0 ? sources : NULL, matrix);
  /* In the list it is no merged one: a circle of mergers leaves its own word standing. */
  ticket->merged_into = KIP_ID_NONE;
  func (ticket, data);
  return TRUE;
}

static gboolean
add_ids (KipRows *rows,
         GArray  *counted,
         GError **error)
{
  while (kip_rows_next (rows))
    {
      KipId id = (KipId) kip_rows_int (rows, 0);

      g_array_append_val (counted, id);
    }
  return kip_rows_end (rows, error);
}

static gboolean
find_counted (KipDb        *db,
              const GArray *ids,
              GArray       *counted,
              GError      **error)
{
  KipRows rows;

  if (ids == NULL)
    {
      rows = kip_db_query (db, "SELECT id FROM ticket WHERE hidden = 0 ORDER BY slot", "");
      return add_ids (&rows, counted, error);
    }
  for (guint i = 0; i < ids->len; i++)
    {
      rows = kip_db_query (db, "SELECT id FROM ticket WHERE id = ?1 AND hidden = 0", "i", (gint64) g_array_index (ids, KipId, i));
      if (!add_ids (&rows, counted, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
tell_all (KipDb           *db,
          const GArray    *ids,
          const KipMatrix *matrix,
          KipTicketFunc    func,
          gpointer         data,
          GCancellable    *cancellable,
          GError         **error)
{
  g_autoptr (GArray) counted = g_array_new (FALSE, FALSE, sizeof (KipId));

  if (!find_counted (db, ids, counted, error))
    return FALSE;
  for (guint i = 0; i < counted->len; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error)
        || !tell_ticket (db, g_array_index (counted, KipId, i), matrix, func, data, error))
      return FALSE;
  return TRUE;
}

gboolean
kip_store_each_ticket (KipStore     *store,
                       const GArray *ids,
                       KipTicketFunc func,
                       gpointer      data,
                       GCancellable *cancellable,
                       GError      **error)
{
  g_autoptr (KipOffice) office = kip_store_dup_office (store);
  KipDb *db = kip_pool_take (store->pool, cancellable, error);
  gboolean ok;

  if (db == NULL)
    return FALSE;
  ok = kip_db_exec (db, "BEGIN", error);
  if (ok)
    {
      ok = tell_all (db, ids, kip_office_get_matrix (office), func, data, cancellable, error);
      kip_db_exec (db, "COMMIT", NULL);
    }
  kip_pool_give (store->pool, db);
  return ok;
}

void
kip_store_run (KipStore       *store,
               GTask          *task,
               GTaskThreadFunc func)
{
  kip_pool_run (store->pool, task, func);
}
