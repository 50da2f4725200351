/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-purge.h"

#include "kip-cbor.h"
#include "kip-error.h"
#include "kip-indexer.h"
#include "kip-redact.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* ---- who was forgotten ---- */

static gboolean
is_used (KipDb    *db,
         gboolean *used,
         GError  **error)
{
  gint64 n;

  if (!kip_db_get_int (db, 0, &n, error, "SELECT EXISTS (SELECT 1 FROM purged)", ""))
    return FALSE;
  *used = n != 0;
  return TRUE;
}

typedef struct
{
  KipDb   *db;
  GError **error;
  gboolean ok;
} Asking;

static gboolean
is_purged (KipKind  kind,
           KipId    entity,
           gpointer data)
{
  Asking *asking = data;
  gint64 n = 0;

  asking->ok = asking->ok && kip_db_get_int (asking->db, 0, &n, asking->error,
                                             "SELECT EXISTS (SELECT 1 FROM purged WHERE entity = ?1 AND kind = ?2)",
                                             "ii", (gint64) entity, (gint64) kind);
  return n != 0;
}

gboolean
kip_purge_check (KipDb           *db,
                 const KipChange *change,
                 GError         **error)
{
  Asking asking = { db, error, TRUE };
  gboolean used;

  if (!is_used (db, &used, error))
    return FALSE;
  for (guint i = 0; used && asking.ok && i < change->events->len; i++)
    {
      const KipEvent *event = g_ptr_array_index (change->events, i);

      if (!kip_value_has_text (event->value) || !is_purged (event->kind, event->entity, &asking))
        continue;
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_INVALID,
                           _("This is about somebody whose data was removed for good, so no text can be written to it any more. Nothing was changed."));
      return FALSE;
    }
  return asking.ok;
}

gboolean
kip_purge_clean (KipDb         *db,
                 KipRawChange  *raw,
                 const guint8  *hash,
                 KipRawChange **clean,
                 GError       **error)
{
  Asking asking = { db, error, TRUE };
  gboolean used;

  *clean = NULL;
  if (!is_used (db, &used, error))
    return FALSE;
  if (used)
    *clean = kip_raw_change_redact (raw, hash, is_purged, &asking);
  return asking.ok;
}

/* ---- what is left of change-sets ---- */

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

static gboolean
write_redacted (KipDb        *db,
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
  return write_redacted (db, came->device, came->seq, kept_hash, *counts, error);
}

/* ---- redacting what is here ---- */

typedef struct
{
  gint64  id;
  GBytes *body; /* (owned) */
} Rest;

static void
rest_clear (gpointer data)
{
  g_bytes_unref (((Rest *) data)->body);
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

/* The events about an entity that have a text. (transfer full) GArray of Rest; @changes gets the rows of their change-sets. */
static GArray *
find_rests (KipDb        *db,
            const KipKey *key,
            GHashTable   *changes,
            GPtrArray    *bodies, /* (nullable) of GBytes, as they were */
            GError      **error)
{
  KipRows rows = kip_db_query (db, "SELECT id, changeset, body FROM event WHERE entity = ?1 AND kind = ?2 ORDER BY id",
                               "ii", (gint64) key->id, (gint64) key->kind);
  GArray *rests = g_array_new (FALSE, FALSE, sizeof (Rest));

  g_array_set_clear_func (rests, rest_clear);
  while (kip_rows_next (&rows))
    {
      gsize length;
      gconstpointer body = kip_rows_blob (&rows, 2, &length);
      gint64 row = kip_rows_int (&rows, 1);
      Rest rest = { kip_rows_int (&rows, 0), kip_redact_event (body, length) };

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

/* Puts what is left in place; attachments are noted before they have lost their names. */
static gboolean
redact_entity (KipDb        *db,
               const KipKey *key,
               GHashTable   *changes,
               GError      **error)
{
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GArray) rests = find_rests (db, key, changes, bodies, error);

  if (rests == NULL)
    return FALSE;
  for (guint i = 0; i < rests->len; i++)
    {
      const Rest *rest = &g_array_index (rests, Rest, i);
      gsize length;
      gconstpointer before = g_bytes_get_data (g_ptr_array_index (bodies, i), &length);

      if (!note_file (db, before, length, error)
          || !kip_db_run (db, error, "UPDATE event SET body = ?2 WHERE id = ?1", "ib", rest->id, rest->body))
        return FALSE;
    }
  return TRUE;
}

/* What a change-set says now, with what would be left of the events in @rests (id → GBytes, nullable). */
static gboolean
hash_change (KipDb      *db,
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

  return hash_change (db, row, NULL, &which, was, hash, error)
         && kip_db_get_int (db, 1, &proven, error, "SELECT proven FROM redacted WHERE device = ?1 AND seq = ?2",
                            "ii", (gint64) which.device, (gint64) which.seq)
         && write_redacted (db, which.device, which.seq, hash, proven != 0, error);
}

static gboolean
note_changes (KipDb      *db,
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

static gboolean
redact_waiting (KipDb   *db,
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

/* ---- doing it ---- */

static gboolean
forget (KipDb   *db,
        GArray  *keys,
        GArray  *tickets,
        GError **error)
{
  g_autoptr (GHashTable) changes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < keys->len; i++)
    {
      const KipKey *key = &g_array_index (keys, KipKey, i);

      if (!redact_entity (db, key, changes, error)
          || !kip_db_run (db, error, "DELETE FROM draft WHERE ticket = ?1", "i", (gint64) key->id))
        return FALSE;
      if (key->kind == KIP_KIND_TICKET)
        g_array_append_val (tickets, key->id);
    }
  return note_changes (db, changes, error)
         && redact_waiting (db, error)
         && kip_db_run (db, error, "DELETE FROM local WHERE key = 'search-history'", "")
         && kip_indexer_reset (db, error)
         && kip_db_run (db, error, "INSERT OR REPLACE INTO share (key, value) VALUES ('purge', x'01')", "")
         && kip_db_run (db, error, "INSERT OR REPLACE INTO counter (key, value) VALUES ('scrub', 1)", "");
}

static gboolean
read_key (KipCborReader *reader,
          KipKey        *key)
{
  guint64 kind, id;

  if (!kip_cbor_get_uint (reader, &kind) || !kip_cbor_get_uint (reader, &id) || kind > G_MAXINT || id > G_MAXINT64)
    return FALSE;
  *key = (KipKey) { (KipKind) kind, (KipId) id };
  return TRUE;
}

/* Those that were not known yet are added to @keys. */
static gboolean
take_entities (KipDb          *db,
               const KipEvent *event,
               GArray         *keys,
               GError        **error)
{
  gsize length;
  const guint8 *data = kip_value_get_bytes (event->value, &length);
  KipCborReader reader;
  KipKey key;
  guint n;

  if (data == NULL)
    return TRUE;
  kip_cbor_reader_init (&reader, data, length);
  for (kip_cbor_get_list (&reader, &n); read_key (&reader, &key);)
    {
      /* What everybody needs to be able to work together stays. */
      if (key.kind != KIP_KIND_TICKET && key.kind != KIP_KIND_PERSON)
        continue;
      if (!kip_db_run (db, error, "INSERT OR IGNORE INTO purged (kind, entity) VALUES (?1, ?2)", "ii", (gint64) key.kind, (gint64) key.id))
        return FALSE;
      if (sqlite3_changes (kip_db_handle (db)) > 0)
        g_array_append_val (keys, key);
    }
  return TRUE;
}

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

static gboolean
take_proofs (KipDb          *db,
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

/* The tickets of what counts from now on. */
static gboolean
count_proven (KipDb    *db,
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

gboolean
kip_purge_take (KipBook  *book,
                GArray   *tickets,
                gboolean *changed,
                GError  **error)
{
  KipDb *db = book->db;
  g_autoptr (GPtrArray) events = kip_log_read_purges (db, error);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (KipKey));
  gboolean is_new = FALSE;

  *changed = FALSE;
  if (events == NULL)
    return FALSE;
  for (guint i = 0; i < events->len; i++)
    {
      const KipEvent *event = g_ptr_array_index (events, i);

      if (event->verb != KIP_VERB_ENTRY)
        continue;
      if (event->field == KIP_FIELD_PURGE_ENTITIES ? !take_entities (db, event, keys, error) : !take_proofs (db, event, &is_new, error))
        return FALSE;
    }
  *changed = keys->len > 0;
  return (keys->len == 0 || forget (db, keys, tickets, error)) && (!is_new || count_proven (db, tickets, changed, error));
}

gboolean
kip_purge_take_again (KipBook  *book,
                      GArray   *tickets,
                      gboolean *changed,
                      GError  **error)
{
  KipRows rows = kip_db_query (book->db, "SELECT kind, entity FROM purged", "");
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (KipKey));

  while (kip_rows_next (&rows))
    {
      KipKey key = { (KipKind) kip_rows_int (&rows, 0), (KipId) kip_rows_int (&rows, 1) };

      g_array_append_val (keys, key);
    }
  *changed = keys->len > 0;
  return kip_rows_end (&rows, error) && forget (book->db, keys, tickets, error);
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

      if (!hash_change (db, *(const gint64 *) row, rests, &which, was, hash, error))
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
      g_autoptr (GArray) some = find_rests (db, &g_array_index (keys, KipKey, i), changes, NULL, error);

      if (some == NULL)
        return FALSE;
      for (guint j = 0; j < some->len; j++)
        g_hash_table_insert (rests, g_memdup2 (&g_array_index (some, Rest, j).id, sizeof (gint64)),
                             g_bytes_ref (g_array_index (some, Rest, j).body));
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
