/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-purge-private.h"

#include "kip-cbor.h"

/* ---- what was taken in ---- */

static void
hash_raw (KipRawChange *raw,
          guint8       *hash)
{
  gsize length;
  gconstpointer data = g_bytes_get_data (raw->bytes, &length);

  kip_hash_bytes (data, length, hash);
}

static gboolean
has_proof (KipDb        *db,
           guint32       device,
           guint64       seq,
           const guint8 *was,
           const guint8 *hash,
           gboolean     *found,
           GError      **error)
{
  gint64 n;

  if (!kip_db_get_int (db, 0, &n, error, "SELECT EXISTS (SELECT 1 FROM proof WHERE device = ?1 AND seq = ?2 AND hash = ?3 AND was = ?4)",
                       "iiBB", (gint64) device, (gint64) seq, hash, (gsize) KIP_HASH_SIZE, was, (gsize) KIP_HASH_SIZE))
    return FALSE;
  *found = n != 0;
  return TRUE;
}

gboolean
kip_purge_write_redacted (KipDb        *db,
                          guint32       device,
                          guint64       seq,
                          const guint8 *hash,
                          gboolean      proven,
                          GError      **error)
{
  return kip_db_run (db, error, "INSERT OR REPLACE INTO redacted (device, seq, hash, proven) VALUES (?1, ?2, ?3, ?4)",
                     "iiBd", (gint64) device, (gint64) seq, hash, (gsize) KIP_HASH_SIZE, proven);
}

gboolean
kip_purge_note (KipDb        *db,
                KipRawChange *came,
                KipRawChange *kept,
                gboolean     *counts,
                GError      **error)
{
  guint8 came_hash[KIP_HASH_SIZE], kept_hash[KIP_HASH_SIZE];

  *counts = TRUE;
  if (!kept->is_redacted)
    return kip_db_run (db, error, "DELETE FROM redacted WHERE device = ?1 AND seq = ?2", "ii", (gint64) kept->device, (gint64) kept->seq);
  hash_raw (came, came_hash);
  hash_raw (kept, kept_hash);
  if (came->is_redacted && !has_proof (db, came->device, came->seq, came->hash, came_hash, counts, error))
    return FALSE;
  return kip_purge_write_redacted (db, came->device, came->seq, kept_hash, *counts, error);
}

/* ---- what others say ---- */

static gboolean
read_proof (KipCborReader *reader,
            KipHolding    *which,
            const guint8 **was,
            const guint8 **hash)
{
  guint64 device;
  gsize was_length, length;

  if (!kip_cbor_get_uint (reader, &device) || !kip_cbor_get_uint (reader, &which->seq) || which->seq > G_MAXINT64 || device > G_MAXUINT32
      || !kip_cbor_get_bytes (reader, was, &was_length) || !kip_cbor_get_bytes (reader, hash, &length)
      || was_length != KIP_HASH_SIZE || length != KIP_HASH_SIZE)
    return FALSE;
  which->device = (guint32) device;
  return TRUE;
}

gboolean
kip_purge_take_proofs (KipDb          *db,
                       const KipEvent *event,
                       gboolean       *is_new,
                       GError        **error)
{
  gsize length;
  const guint8 *data = kip_value_get_bytes (event->value, &length), *was, *hash;
  KipCborReader reader;
  KipHolding which;
  guint n;

  if (data == NULL)
    return TRUE;
  kip_cbor_reader_init (&reader, data, length);
  for (kip_cbor_get_list (&reader, &n); read_proof (&reader, &which, &was, &hash);)
    {
      if (event->field == KIP_FIELD_PURGE_OWN_PROOFS && which.device != event->id.device)
        continue;
      if (!kip_db_run (db, error, "INSERT OR IGNORE INTO proof (device, seq, was, hash) VALUES (?1, ?2, ?3, ?4)", "iiBB",
                       (gint64) which.device, (gint64) which.seq, was, (gsize) KIP_HASH_SIZE, hash, (gsize) KIP_HASH_SIZE))
        return FALSE;
      *is_new |= sqlite3_changes (kip_db_handle (db)) > 0;
    }
  return TRUE;
}

gboolean
kip_purge_count_proven (KipDb    *db,
                        GArray   *tickets,
                        gboolean *changed,
                        GError  **error)
{
  static const char which[] = "SELECT DISTINCT e.entity, e.kind FROM redacted AS x JOIN changeset AS c ON c.device = x.device AND c.seq = x.seq"
                              " JOIN proof AS p ON p.device = x.device AND p.seq = x.seq AND p.hash = x.hash AND p.was = c.hash"
                              " JOIN event AS e ON e.id BETWEEN c.first_event AND c.first_event + c.n_events - 1 WHERE x.proven = 0";
  KipRows rows = kip_db_query (db, which, "");

  while (kip_rows_next (&rows))
    {
      KipId id = (KipId) kip_rows_int (&rows, 0);

      *changed = TRUE;
      if (kip_rows_int (&rows, 1) == KIP_KIND_TICKET)
        g_array_append_val (tickets, id);
    }
  return kip_rows_end (&rows, error)
         && kip_db_run (db, error, "UPDATE redacted SET proven = 1 WHERE proven = 0 AND EXISTS"
                        " (SELECT 1 FROM proof AS p JOIN changeset AS c ON c.device = p.device AND c.seq = p.seq AND c.hash = p.was"
                        " WHERE p.device = redacted.device AND p.seq = redacted.seq AND p.hash = redacted.hash)", "");
}

/* ---- saying it ---- */

static void
put_entry (KipChange  *change,
           KipId       purge,
           KipField    field,
           GByteArray *bytes)
{
  kip_change_entry (change, KIP_KIND_PURGE, purge, field, kip_value_bytes (bytes->data, bytes->len));
}

static void
put_entities (KipChange *change,
              KipId      purge,
              GArray    *keys)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  kip_cbor_put_list (bytes, 2 * keys->len);
  for (guint i = 0; i < keys->len; i++)
    {
      kip_cbor_put_int (bytes, g_array_index (keys, KipKey, i).kind);
      kip_cbor_put_int (bytes, (gint64) g_array_index (keys, KipKey, i).id);
    }
  put_entry (change, purge, KIP_FIELD_PURGE_ENTITIES, bytes);
}

static void
put_proof (GByteArray       *bytes,
           const KipHolding *which,
           const guint8     *was,
           const guint8     *hash)
{
  kip_cbor_put_int (bytes, which->device);
  kip_cbor_put_int (bytes, (gint64) which->seq);
  kip_cbor_put_bytes (bytes, was, KIP_HASH_SIZE);
  kip_cbor_put_bytes (bytes, hash, KIP_HASH_SIZE);
}

static gboolean
put_proofs (KipDb      *db,
            GHashTable *changes,
            GHashTable *rests,
            KipChange  *change,
            KipId       purge,
            GError    **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  GHashTableIter iter;
  gpointer row;

  kip_cbor_put_list (bytes, 4 * g_hash_table_size (changes));
  g_hash_table_iter_init (&iter, changes);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    {
      guint8 was[KIP_HASH_SIZE] = { 0 }, hash[KIP_HASH_SIZE];
      KipHolding which;

      if (!kip_purge_hash_change (db, *(const gint64 *) row, rests, &which, was, hash, error))
        return FALSE;
      put_proof (bytes, &which, was, hash);
    }
  put_entry (change, purge, KIP_FIELD_PURGE_PROOFS, bytes);
  return TRUE;
}

gboolean
kip_purge_fill (KipDb     *db,
                GArray    *keys,
                KipChange *change,
                KipId      purge,
                GError   **error)
{
  g_autoptr (GHashTable) changes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) rests = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_bytes_unref);

  for (guint i = 0; i < keys->len; i++)
    {
      g_autoptr (GArray) some = kip_purge_find_rests (db, &g_array_index (keys, KipKey, i), changes, NULL, error);

      if (some == NULL)
        return FALSE;
      for (guint j = 0; j < some->len; j++)
        g_hash_table_insert (rests, g_memdup2 (&g_array_index (some, KipPurgeRest, j).id, sizeof (gint64)),
                             g_bytes_ref (g_array_index (some, KipPurgeRest, j).body));
    }
  put_entities (change, purge, keys);
  return put_proofs (db, changes, rests, change, purge, error);
}

gboolean
kip_purge_fill_proofs (KipDb     *db,
                       guint32    device,
                       gboolean   all,
                       KipChange *change,
                       KipId      purge,
                       gboolean  *any,
                       GError   **error)
{
  KipRows rows = kip_db_query (db, "SELECT x.device, x.seq, c.hash, x.hash FROM redacted AS x JOIN changeset AS c"
                               " ON c.device = x.device AND c.seq = x.seq WHERE x.proven = 1 AND (?2 OR x.device = ?1) AND NOT EXISTS"
                               " (SELECT 1 FROM proof AS p WHERE p.device = x.device AND p.seq = x.seq AND p.hash = x.hash)",
                               "id", (gint64) device, all);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GByteArray) list = g_byte_array_new ();
  guint n = 0;

  while (kip_rows_next (&rows))
    {
      gsize length;
      const KipHolding which = { (guint32) kip_rows_int (&rows, 0), (guint64) kip_rows_int (&rows, 1) };
      const guint8 *was = kip_rows_blob (&rows, 2, &length), *hash = kip_rows_blob (&rows, 3, &length);

      put_proof (bytes, &which, was, hash);
      n++;
    }
  *any = n > 0;
  kip_cbor_put_list (list, 4 * n);
  g_byte_array_append (list, bytes->data, bytes->len);
  if (n > 0)
    put_entry (change, purge, all ? KIP_FIELD_PURGE_PROOFS : KIP_FIELD_PURGE_OWN_PROOFS, list);
  return kip_rows_end (&rows, error);
}
