/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-store-private.h"
#include "kip-tiding.h"

/* ---- reading ---- */

#define COLUMNS "id, kind, at, entity_kind, entity, device, seq, place, clock, before, after, who, happened, field, detail"

static void
add_row (GArray  *tidings,
         KipRows *rows)
{
  KipTiding tiding = {
    .id = kip_rows_int (rows, 0), .kind = (KipTidingKind) kip_rows_int (rows, 1), .at = kip_rows_int (rows, 2),
    .entity_kind = (KipKind) kip_rows_int (rows, 3), .entity = (KipId) kip_rows_int (rows, 4),
    .event = { (guint32) kip_rows_int (rows, 5), (guint32) kip_rows_int (rows, 7), (guint64) kip_rows_int (rows, 6) },
    .clock = (KipClockKind) kip_rows_int (rows, 8), .before = kip_rows_int (rows, 9), .after = kip_rows_int (rows, 10),
    .who = (KipId) kip_rows_int (rows, 11), .happened = kip_rows_int (rows, 12), .field = (KipField) kip_rows_int (rows, 13),
    .detail = (int) kip_rows_int (rows, 14),
  };

  g_array_append_val (tidings, tiding);
}

static GArray *
read_all (KipRows *rows,
          GError **error)
{
  g_autoptr (GArray) tidings = g_array_new (FALSE, FALSE, sizeof (KipTiding));

  while (kip_rows_next (rows))
    add_row (tidings, rows);
  return kip_rows_end (rows, error) ? g_steal_pointer (&tidings) : NULL;
}

GArray *
kip_store_tidings (KipStore     *store,
                   KipKind       kind,
                   KipId         entity,
                   GCancellable *cancellable,
                   GError      **error)
{
  KipDb *db = kip_pool_take (store->pool, cancellable, error);
  GArray *tidings;
  KipRows rows;

  if (db == NULL)
    return NULL;
  rows = kip_db_query (db, "SELECT " COLUMNS " FROM tiding WHERE entity = ?1 AND entity_kind = ?2 ORDER BY at, id",
                       "id", (gint64) entity, (int) kind);
  tidings = read_all (&rows, error);
  kip_pool_give (store->pool, db);
  return tidings;
}

GPtrArray *
kip_store_refused_events (KipStore *store,
                          KipKind   kind,
                          KipId     entity,
                          GError  **error)
{
  KipDb *db = kip_pool_take (store->pool, NULL, error);
  GPtrArray *events;

  if (db == NULL)
    return NULL;
  events = kip_log_read_refused (db, kip_store_get_device (store), kind, entity, error);
  kip_pool_give (store->pool, db);
  return events;
}

/* ---- telling ---- */

typedef struct
{
  GArray *tidings; /* (owned) (nullable) out */
} Taking;

static gboolean
write_told (KipTurn *turn,
            KipBook *book,
            gpointer data,
            GError **error)
{
  Taking *taking = data;
  KipRows rows = kip_db_query (book->db, "SELECT " COLUMNS " FROM tiding WHERE told = 0 ORDER BY at, id", "");

  g_clear_pointer (&taking->tidings, g_array_unref);
  taking->tidings = read_all (&rows, error);
  return taking->tidings != NULL && kip_db_run (book->db, error, "UPDATE tiding SET told = 1 WHERE told = 0", "");
}

/* Hardly ever there is any: that is no reason to write. */
static gboolean
is_any_untold (KipStore *store,
               gboolean *any,
               GError  **error)
{
  KipDb *db = kip_pool_take (store->pool, NULL, error);
  gint64 n = 0;
  gboolean ok = db != NULL && kip_db_get_int (db, 0, &n, error, "SELECT EXISTS (SELECT 1 FROM tiding WHERE told = 0)", "");

  if (db != NULL)
    kip_pool_give (store->pool, db);
  *any = n != 0;
  return ok;
}

GArray *
kip_store_take_tidings (KipStore *store,
                        GError  **error)
{
  Taking taking = { NULL };
  gboolean any;

  if (!is_any_untold (store, &any, error))
    return NULL;
  if (!any)
    return g_array_new (FALSE, FALSE, sizeof (KipTiding));
  if (kip_writer_write (store->writer, write_told, &taking, error))
    return taking.tidings;
  g_clear_pointer (&taking.tidings, g_array_unref);
  return NULL;
}
