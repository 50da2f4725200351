/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-facts.h"

#include "kip-fact-decoder.h"
#include "kip-store-each.h"
#include "kip-store-private.h"

/* A scan of them all lets other readers have a look in between, and can be cancelled. */
#define CHECK_EVERY 4096

static gboolean
set_damaged (GError **error)
{
  kip_db_set_error (NULL, SQLITE_CORRUPT, error);
  return FALSE;
}

/* Body, slot and id of tickets, some of which have no facts yet. */
static gboolean
add_rows (KipFactTable *table,
          KipRows      *rows,
          GArray       *missing, /* of KipId */
          GError      **error)
{
  gboolean good = TRUE;

  while (good && kip_rows_next (rows))
    {
      gsize length;
      gconstpointer body = kip_rows_blob (rows, 0, &length);

      if (body == NULL)
        {
          KipId id = (KipId) kip_rows_int (rows, 2);

          g_array_append_val (missing, id);
        }
      else if ((good = kip_fact_table_add_encoded (table, body, length)))
        table->slot[table->n - 1] = kip_rows_int (rows, 1);
    }
  return kip_rows_end (rows, error) && (good || set_damaged (error));
}

/* Body and slot of very many. */
static gboolean
decode_rows (KipFactDecoder *decoder,
             KipRows        *rows,
             GCancellable   *cancellable,
             GError        **error)
{
  for (guint n = 1; kip_rows_next (rows); n++)
    {
      gsize length;
      gconstpointer body = kip_rows_blob (rows, 0, &length);

      kip_fact_decoder_add (decoder, body, length, kip_rows_int (rows, 1));
      if (n % CHECK_EVERY == 0 && g_cancellable_is_cancelled (cancellable))
        break;
    }
  return kip_rows_end (rows, error) && !g_cancellable_set_error_if_cancelled (cancellable, error);
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
      KipRows rows = kip_db_query (db, "SELECT f.body, t.slot, t.id FROM ticket AS t LEFT JOIN fact AS f ON f.slot = t.slot"
                                   " WHERE t.id = ?1 AND t.hidden = 0", "i", (gint64) g_array_index (ids, KipId, i));

      if (!add_rows (table, &rows, missing, error) || g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  return TRUE;
}

/* Where the tickets that were received since then begin: they lie side by side, unless
 * some were told of late, which makes the reading longer and nothing wrong. */
static gboolean
find_first (KipDb     *db,
            KipInstant since,
            gint64    *first,
            GError   **error)
{
  return kip_db_get_int (db, G_MAXINT64, first, error,
                         "SELECT min(slot) FROM ticket WHERE hidden = 0 AND received >= ?1 HAVING min(slot) IS NOT NULL", "i", since);
}

static gboolean
add_from (KipDb          *db,
          KipFactDecoder *decoder,
          gint64          first,
          GCancellable   *cancellable,
          GError        **error)
{
  KipRows rows = kip_db_query (db, "SELECT body, slot FROM fact WHERE slot >= ?1 ORDER BY slot", "i", first);

  return decode_rows (decoder, &rows, cancellable, error);
}

/* Older ones that are open, or that something happened to. */
static gboolean
add_older (KipDb          *db,
           KipFactDecoder *decoder,
           KipInstant      since,
           gint64          first,
           GCancellable   *cancellable,
           GError        **error)
{
  KipRows rows = kip_db_query (db, "SELECT f.body, f.slot FROM (SELECT slot FROM ticket WHERE hidden = 0 AND phase < 5 AND +slot < ?2"
                               " UNION SELECT slot FROM ticket WHERE hidden = 0 AND updated >= ?1 AND +slot < ?2) AS t"
                               " JOIN fact AS f ON f.slot = t.slot", "ii", since, first);

  return decode_rows (decoder, &rows, cancellable, error);
}

static gboolean
decode_since (KipDb          *db,
              KipFactDecoder *decoder,
              KipInstant      since,
              GCancellable   *cancellable,
              GError        **error)
{
  gint64 first;

  if (since == KIP_INSTANT_NONE)
    return add_from (db, decoder, 0, cancellable, error);
  return find_first (db, since, &first, error)
         && add_older (db, decoder, since, first, cancellable, error)
         && add_from (db, decoder, first, cancellable, error);
}

static gboolean
add_since (KipDb        *db,
           KipFactTable *table,
           KipInstant    since,
           GCancellable *cancellable,
           GError      **error)
{
  KipFactDecoder *decoder = kip_fact_decoder_new (table);
  gboolean is_read = decode_since (db, decoder, since, cancellable, error);
  gboolean is_good = kip_fact_decoder_end (decoder);

  return is_read && (is_good || set_damaged (error));
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

/* Of those that were folded. */
static gboolean
fill_slots (KipStore     *store,
            KipFactTable *table,
            GCancellable *cancellable,
            GError      **error)
{
  KipDb *db = kip_pool_take (store->pool, cancellable, error);
  gboolean ok = db != NULL;

  for (guint i = 0; ok && i < table->n; i++)
    if (table->slot[i] == 0)
      ok = kip_db_get_int (db, 0, &table->slot[i], error, "SELECT slot FROM ticket WHERE id = ?1", "i", (gint64) table->id[i]);
  if (db != NULL)
    kip_pool_give (store->pool, db);
  return ok;
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
  if (!ok || (missing->len > 0 && (!kip_store_each_ticket (store, missing, add_ticket, &folding, cancellable, error)
                                   || !fill_slots (store, table, cancellable, error))))
    return NULL;
  return g_steal_pointer (&table);
}
