/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-facts.h"

#include "kip-store-each.h"
#include "kip-store-private.h"

/* A scan of them all lets other readers have a look in between, and can be cancelled. */
#define CHECK_EVERY 4096

static gboolean
add_rows (KipFactTable *table,
          KipRows      *rows,
          GArray       *missing, /* (nullable) of KipId: has no facts yet; then it is the second column */
          GCancellable *cancellable,
          GError      **error)
{
  gboolean good = TRUE;

  for (guint n = 1; good && kip_rows_next (rows); n++)
    {
      gsize length;
      gconstpointer body = kip_rows_blob (rows, 0, &length);

      if (body == NULL && missing != NULL)
        {
          KipId id = (KipId) kip_rows_int (rows, 1);

          g_array_append_val (missing, id);
        }
      else
        good = kip_fact_table_add_encoded (table, body, length);
      if (n % CHECK_EVERY == 0 && g_cancellable_is_cancelled (cancellable))
        break;
    }
  if (!kip_rows_end (rows, error) || g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (!good)
    kip_db_set_error (NULL, SQLITE_CORRUPT, error);
  return good;
}

static gboolean
add_ids (KipDb        *db,
         KipFactTable *table,
         const GArray *ids,
         GArray       *missing,
         GCancellable *cancellable,
         GError      **error)
{
  for (guint i = 0; i < ids->len; i++)
    {
      KipRows rows = kip_db_query (db, "SELECT f.body, t.id FROM ticket AS t LEFT JOIN fact AS f ON f.slot = t.slot"
                                   " WHERE t.id = ?1 AND t.hidden = 0", "i", (gint64) g_array_index (ids, KipId, i));

      if (!add_rows (table, &rows, missing, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_since (KipDb        *db,
           KipFactTable *table,
           KipInstant    since,
           GCancellable *cancellable,
           GError      **error)
{
  KipRows rows;

  if (since == KIP_INSTANT_NONE)
    rows = kip_db_query (db, "SELECT body FROM fact ORDER BY slot", "");
  else
    rows = kip_db_query (db, "SELECT f.body FROM (SELECT slot FROM ticket WHERE hidden = 0 AND phase < 5"
                         " UNION SELECT slot FROM ticket WHERE hidden = 0 AND updated >= ?1"
                         " UNION SELECT slot FROM ticket WHERE hidden = 0 AND received >= ?1) AS t"
                         " JOIN fact AS f ON f.slot = t.slot", "i", since);
  return add_rows (table, &rows, NULL, cancellable, error);
}

/* An office that an older Kip made has none at first; they are computed in the background. */
static gboolean
find_missing (KipDb   *db,
              GArray  *missing,
              GError **error)
{
  gint64 behind;
  KipRows rows;

  if (!kip_db_get_int (db, 0, &behind, error, "SELECT value FROM counter WHERE key = 'stale-slot'", ""))
    return FALSE;
  if (behind == 0)
    return TRUE;
  rows = kip_db_query (db, "SELECT id FROM ticket WHERE hidden = 0 AND slot <= ?1 AND slot NOT IN (SELECT slot FROM fact) ORDER BY slot",
                       "i", behind);
  while (kip_rows_next (&rows))
    {
      KipId id = (KipId) kip_rows_int (&rows, 0);

      g_array_append_val (missing, id);
    }
  return kip_rows_end (&rows, error);
}

static gboolean
read_facts (KipDb        *db,
            KipFactTable *table,
            KipInstant    since,
            const GArray *ids,
            GArray       *missing,
            GCancellable *cancellable,
            GError      **error)
{
  if (ids != NULL)
    return add_ids (db, table, ids, missing, cancellable, error);
  return add_since (db, table, since, cancellable, error) && find_missing (db, missing, error);
}

typedef struct
{
  KipFactTable  *table;
  KipAgreements *agreements;
} Folding;

static void
add_ticket (const KipTicket *ticket,
            gpointer         data)
{
  Folding *folding = data;

  kip_fact_table_add_ticket (folding->table, ticket, folding->agreements);
}

KipFactTable *
kip_store_facts (KipStore     *store,
                 KipInstant    since,
                 const GArray *ids,
                 GCancellable *cancellable,
                 GError      **error)
{
  g_autoptr (KipFactTable) table = kip_fact_table_new ();
  g_autoptr (KipAgreements) agreements = kip_store_dup_agreements (store);
  g_autoptr (GArray) missing = g_array_new (FALSE, FALSE, sizeof (KipId));
  Folding folding = { table, agreements };
  KipDb *db = kip_pool_take (store->pool, cancellable, error);
  gboolean ok;

  if (db == NULL)
    return NULL;
  ok = kip_db_exec (db, "BEGIN", error);
  if (ok)
    {
      ok = read_facts (db, table, since, ids, missing, cancellable, error);
      kip_db_exec (db, "COMMIT", NULL);
    }
  kip_pool_give (store->pool, db);
  if (!ok || (missing->len > 0 && !kip_store_each_ticket (store, missing, add_ticket, &folding, cancellable, error)))
    return NULL;
  return g_steal_pointer (&table);
}
