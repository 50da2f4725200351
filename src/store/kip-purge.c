/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-purge-private.h"

#include "kip-cbor.h"
#include "kip-error.h"
#include "kip-indexer.h"
#include "kip-redact.h"

#include <glib/gi18n-lib.h>

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

      if (!kip_purge_redact_entity (db, key, changes, error)
          || !kip_db_run (db, error, "DELETE FROM draft WHERE ticket = ?1", "i", (gint64) key->id))
        return FALSE;
      if (key->kind == KIP_KIND_TICKET)
        g_array_append_val (tickets, key->id);
    }
  return kip_purge_note_changes (db, changes, error)
         && kip_purge_redact_waiting (db, error)
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
      if (event->field == KIP_FIELD_PURGE_ENTITIES ? !take_entities (db, event, keys, error) : !kip_purge_take_proofs (db, event, &is_new, error))
        return FALSE;
    }
  *changed = keys->len > 0;
  return (keys->len == 0 || forget (db, keys, tickets, error)) && (!is_new || kip_purge_count_proven (db, tickets, changed, error));
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
