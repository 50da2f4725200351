/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-purge-private.h"

#include "kip-redact.h"

#include <string.h>

/* ---- events that are here ---- */

static void
rest_clear (gpointer data)
{
  g_bytes_unref (((KipPurgeRest *) data)->body);
}

static gboolean
note_file (KipDb        *db,
           gconstpointer body,
           gsize         length,
           GError      **error)
{
  g_autoptr (KipEvent) event = kip_event_decode (body, length, 0, NULL);
  const guint8 *hash;
  gsize size = 0;

  if (event == NULL || event->kind != KIP_KIND_TICKET || event->field != KIP_FIELD_ATTACHMENT)
    return TRUE;
  hash = kip_value_get_bytes (kip_value_lookup (event->value, 3), &size);
  return hash == NULL || size != KIP_HASH_SIZE || kip_purge_note_file (db, hash, error);
}

GArray *
kip_purge_find_rests (KipDb        *db,
                      const KipKey *key,
                      GHashTable   *changes,
                      GPtrArray    *bodies, /* (nullable) of GBytes, as they were */
                      GError      **error)
{
  KipRows rows = kip_db_query (db, "SELECT id, changeset, body FROM event WHERE entity = ?1 AND kind = ?2 ORDER BY id",
                               "ii", (gint64) key->id, (gint64) key->kind);
  GArray *rests = g_array_new (FALSE, FALSE, sizeof (KipPurgeRest));

  g_array_set_clear_func (rests, rest_clear);
  while (kip_rows_next (&rows))
    {
      gsize length;
      gconstpointer body = kip_rows_blob (&rows, 2, &length);
      gint64 row = kip_rows_int (&rows, 1);
      KipPurgeRest rest = { kip_rows_int (&rows, 0), kip_redact_event (body, length) };

      if (rest.body == NULL)
        continue;
      if (bodies != NULL)
        g_ptr_array_add (bodies, g_bytes_new (body, length));
      g_hash_table_add (changes, g_memdup2 (&row, sizeof row));
      g_array_append_val (rests, rest);
    }
  if (kip_rows_end (&rows, error))
    return rests;
  g_array_unref (rests);
  return NULL;
}

gboolean
kip_purge_redact_entity (KipDb        *db,
                         const KipKey *key,
                         GHashTable   *changes,
                         GError      **error)
{
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GArray) rests = kip_purge_find_rests (db, key, changes, bodies, error);

  if (rests == NULL)
    return FALSE;
  for (guint i = 0; i < rests->len; i++)
    {
      const KipPurgeRest *rest = &g_array_index (rests, KipPurgeRest, i);
      gsize length;
      gconstpointer before = g_bytes_get_data (g_ptr_array_index (bodies, i), &length);

      if (!note_file (db, before, length, error)
          || !kip_db_run (db, error, "UPDATE event SET body = ?2 WHERE id = ?1", "ib", rest->id, rest->body))
        return FALSE;
    }
  return TRUE;
}

gboolean
kip_purge_hash_change (KipDb      *db,
                       gint64      row,
                       GHashTable *rests,
                       KipHolding *which,
                       guint8     *was,
                       guint8     *hash,
                       GError    **error)
{
  KipRows rows = kip_db_query (db, "SELECT c.device, c.seq, c.header, c.hash, e.id, e.body FROM changeset AS c JOIN event AS e"
                               " ON e.id BETWEEN c.first_event AND c.first_event + c.n_events - 1 WHERE c.row = ?1 ORDER BY e.id", "i", row);
  KipHasher *hasher = NULL;

  while (kip_rows_next (&rows))
    {
      gsize length;
      gint64 id = kip_rows_int (&rows, 4);
      GBytes *rest = rests != NULL ? g_hash_table_lookup (rests, &id) : NULL;
      gconstpointer data;

      if (hasher == NULL)
        {
          hasher = kip_hasher_new ();
          data = kip_rows_blob (&rows, 2, &length);
          kip_hasher_add (hasher, data, length);
          data = kip_rows_blob (&rows, 3, &length);
          memcpy (was, data, MIN (length, KIP_HASH_SIZE));
          *which = (KipHolding) { (guint32) kip_rows_int (&rows, 0), (guint64) kip_rows_int (&rows, 1) };
        }
      data = rest != NULL ? g_bytes_get_data (rest, &length) : kip_rows_blob (&rows, 5, &length);
      kip_hasher_add (hasher, data, length);
    }
  if (hasher != NULL)
    kip_hasher_end (hasher, hash);
  return kip_rows_end (&rows, error) && hasher != NULL;
}

/* Of a change-set that lost something; who does not know whether the whole of it is true knows as little of what is left. */
static gboolean
note_change (KipDb   *db,
             gint64   row,
             GError **error)
{
  guint8 was[KIP_HASH_SIZE] = { 0 }, hash[KIP_HASH_SIZE];
  KipHolding which;
  gint64 proven;

  return kip_purge_hash_change (db, row, NULL, &which, was, hash, error)
         && kip_db_get_int (db, 1, &proven, error, "SELECT proven FROM redacted WHERE device = ?1 AND seq = ?2",
                            "ii", (gint64) which.device, (gint64) which.seq)
         && kip_purge_write_redacted (db, which.device, which.seq, hash, proven != 0, error);
}

gboolean
kip_purge_note_changes (KipDb      *db,
                        GHashTable *changes,
                        GError    **error)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, changes);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    if (!note_change (db, *(const gint64 *) row, error))
      return FALSE;
  return TRUE;
}

/* ---- what waits ---- */

typedef struct
{
  guint32 device;
  guint64 seq;
  guint8  hash[KIP_HASH_SIZE];
  GBytes *bytes;
} Waiting;

static void
waiting_clear (gpointer data)
{
  g_bytes_unref (((Waiting *) data)->bytes);
}

static gboolean
find_waiting (KipDb   *db,
              GArray  *found,
              GError **error)
{
  KipRows rows = kip_db_query (db, "SELECT device, seq, hash, bytes FROM waiting", "");
  gboolean ok = TRUE;

  while (ok && kip_rows_next (&rows))
    {
      gsize length;
      gconstpointer hash = kip_rows_blob (&rows, 2, &length);
      Waiting waiting = { (guint32) kip_rows_int (&rows, 0), (guint64) kip_rows_int (&rows, 1), { 0 }, NULL };
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (KipRawChange) raw = NULL;
      g_autoptr (KipRawChange) clean = NULL;

      memcpy (waiting.hash, hash, MIN (length, KIP_HASH_SIZE));
      hash = kip_rows_blob (&rows, 3, &length);
      bytes = g_bytes_new (hash, length);
      raw = kip_raw_change_new (bytes, NULL, NULL);
      ok = raw == NULL || kip_purge_clean (db, raw, waiting.hash, &clean, error);
      if (clean == NULL)
        continue;
      waiting.bytes = g_bytes_ref (clean->bytes);
      g_array_append_val (found, waiting);
    }
  return kip_rows_end (&rows, ok ? error : NULL) && ok;
}

gboolean
kip_purge_redact_waiting (KipDb   *db,
                          GError **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Waiting));

  g_array_set_clear_func (found, waiting_clear);
  if (!find_waiting (db, found, error))
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    {
      const Waiting *waiting = &g_array_index (found, Waiting, i);

      if (!kip_db_run (db, error, "UPDATE waiting SET bytes = ?4 WHERE device = ?1 AND seq = ?2 AND hash = ?3", "iiBb",
                       (gint64) waiting->device, (gint64) waiting->seq, waiting->hash, (gsize) KIP_HASH_SIZE, waiting->bytes))
        return FALSE;
    }
  return TRUE;
}
