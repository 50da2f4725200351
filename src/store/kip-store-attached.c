/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-store-attached.h"

#include "kip-store-private.h"

#include "kip-cbor.h"
#include "kip-keys.h"

#include <string.h>

/* Kept in the table "share": "file/HASH" says a CBOR list [1, size, device, at, generation, chunks put], and
 * "files-seen" up to which event the log was looked through. */
#define FORMAT 1
#define N_ITEMS 6
#define SEEN "files-seen"

/* So many events are looked at in one go. */
#define SPAN 20000

/* So many that are none are looked at again rather than noted. */
#define WORTH 500

/* ---- one row ---- */

static char *
key_of (const KipAttached *attached)
{
  g_autofree char *text = kip_hash_to_text (attached->hash);

  return g_strconcat ("file/", text, NULL);
}

static gboolean
write_row (KipDb             *db,
           const KipAttached *attached,
           GError           **error)
{
  g_autofree char *key = key_of (attached);
  g_autoptr (GByteArray) out = g_byte_array_new ();

  kip_cbor_put_list (out, N_ITEMS);
  kip_cbor_put_int (out, FORMAT);
  kip_cbor_put_int (out, attached->size);
  kip_cbor_put_int (out, attached->device);
  kip_cbor_put_int (out, attached->at);
  kip_cbor_put_int (out, attached->generation);
  kip_cbor_put_int (out, attached->n_put);
  return kip_db_run (db, error, "INSERT OR REPLACE INTO share (key, value) VALUES (?1, ?2)", "tB", key, out->data, (gsize) out->len);
}

static gboolean
parse_row (const char   *key,
           gconstpointer data,
           gsize         length,
           KipAttached  *attached)
{
  KipCborReader reader;
  gint64 format, device, generation, n_put;
  guint n;

  kip_cbor_reader_init (&reader, data, length);
  if (!kip_hash_from_text (key + strlen ("file/"), attached->hash)
      || !kip_cbor_get_list (&reader, &n) || n != N_ITEMS || !kip_cbor_get_int (&reader, &format) || format != FORMAT
      || !kip_cbor_get_int (&reader, &attached->size) || !kip_cbor_get_int (&reader, &device)
      || !kip_cbor_get_int (&reader, &attached->at) || !kip_cbor_get_int (&reader, &generation)
      || !kip_cbor_get_int (&reader, &n_put))
    return FALSE;
  attached->device = (guint32) device;
  attached->generation = (guint16) generation;
  attached->n_put = (guint) n_put;
  return TRUE;
}

static GArray *
list_rows (KipDb   *db,
           GError **error)
{
  g_autoptr (GArray) all = g_array_new (FALSE, TRUE, sizeof (KipAttached));
  KipRows rows = kip_db_query (db, "SELECT key, value FROM share WHERE key >= 'file/' AND key < 'file0'", "");

  while (kip_rows_next (&rows))
    {
      KipAttached attached = { .size = 0 };
      gsize length;
      gconstpointer data = kip_rows_blob (&rows, 1, &length);

      if (parse_row (kip_rows_text (&rows, 0), data, length, &attached))
        g_array_append_val (all, attached);
    }
  return kip_rows_end (&rows, error) ? g_steal_pointer (&all) : NULL;
}

GArray *
kip_store_list_attached (KipStore *store,
                         GError  **error)
{
  KipDb *db = kip_pool_take (store->pool, NULL, error);
  GArray *all;

  if (db == NULL)
    return NULL;
  all = list_rows (db, error);
  kip_pool_give (store->pool, db);
  return all;
}

/* ---- looking through the log ---- */

/* [kind, entity, verb, field, …]: most events are none, and are told so by their first bytes. */
static gboolean
is_attachment (gconstpointer body,
               gsize         length)
{
  KipCborReader reader;
  gint64 kind, entity, verb, field;
  guint n;

  kip_cbor_reader_init (&reader, body, length);
  return kip_cbor_get_list (&reader, &n) && kip_cbor_get_int (&reader, &kind) && kip_cbor_get_int (&reader, &entity)
         && kip_cbor_get_int (&reader, &verb) && kip_cbor_get_int (&reader, &field)
         && kind == KIP_KIND_TICKET && verb == KIP_VERB_ENTRY && field == KIP_FIELD_ATTACHMENT;
}

static gboolean
read_attachment (KipRows     *rows,
                 KipAttached *attached)
{
  gsize length, header_length;
  gconstpointer body = kip_rows_blob (rows, 1, &length);
  gconstpointer header = kip_rows_blob (rows, 2, &header_length);
  g_autoptr (KipStamp) stamp = kip_stamp_decode (header, header_length, NULL, NULL, NULL);
  g_autoptr (KipEvent) event = stamp != NULL ? kip_event_decode (body, length, stamp->at, NULL) : NULL;
  const guint8 *hash = event != NULL ? kip_value_get_bytes (kip_value_lookup (event->value, 3), &length) : NULL;

  if (hash == NULL || length != KIP_ATTACHED_HASH_SIZE)
    return FALSE;
  memset (attached, 0, sizeof *attached);
  memcpy (attached->hash, hash, length);
  attached->size = kip_value_map_int (event->value, 2, 0);
  attached->device = stamp->device;
  attached->at = event->at;
  return TRUE;
}

static gboolean
is_known (KipDb             *db,
          const KipAttached *attached,
          gboolean          *known,
          GError           **error)
{
  g_autofree char *key = key_of (attached);
  gint64 n;

  if (!kip_db_get_int (db, 0, &n, error, "SELECT EXISTS (SELECT 1 FROM share WHERE key = ?1)", "t", key))
    return FALSE;
  *known = n != 0;
  return TRUE;
}

static gboolean
has_hash (GArray       *found,
          const guint8 *hash)
{
  for (guint i = found->len; i > 0; i--)
    if (memcmp (g_array_index (found, KipAttached, i - 1).hash, hash, KIP_ATTACHED_HASH_SIZE) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
take_row (KipDb   *db,
          KipRows *rows,
          GArray  *found,
          GError **error)
{
  gsize length;
  gconstpointer body = kip_rows_blob (rows, 1, &length);
  KipAttached attached;
  gboolean known;

  if (!is_attachment (body, length) || !read_attachment (rows, &attached) || has_hash (found, attached.hash))
    return TRUE;
  if (!is_known (db, &attached, &known, error))
    return FALSE;
  if (!known)
    g_array_append_val (found, attached);
  return TRUE;
}

typedef struct
{
  gint64  seen; /* the last event that was looked at */
  GArray *found; /* (owned) of KipAttached */
} Search;

static gboolean
read_seen (KipDb   *db,
           gint64  *seen,
           GError **error)
{
  KipRows rows = kip_db_query (db, "SELECT value FROM share WHERE key = ?1", "t", SEEN);

  *seen = 0;
  if (kip_rows_next (&rows))
    {
      gsize length;
      gconstpointer data = kip_rows_blob (&rows, 0, &length);
      KipCborReader reader;

      kip_cbor_reader_init (&reader, data, length);
      if (!kip_cbor_get_int (&reader, seen))
        *seen = 0;
    }
  return kip_rows_end (&rows, error);
}

static gboolean
look_on (KipDb    *db,
         Search   *search,
         gboolean *more,
         GError  **error)
{
  gint64 last, until;
  gboolean ok = TRUE;
  KipRows rows;

  if (!read_seen (db, &search->seen, error)
      || !kip_db_get_int (db, 0, &last, error, "SELECT max(id) FROM event", ""))
    return FALSE;
  until = MIN (last, search->seen + SPAN);
  *more = until < last;
  rows = kip_db_query (db, "SELECT e.id, e.body, c.header FROM event AS e JOIN changeset AS c ON c.row = e.changeset"
                       " WHERE e.id > ?1 AND e.id <= ?2 ORDER BY e.id", "ii", search->seen, until);
  while (ok && kip_rows_next (&rows))
    ok = take_row (db, &rows, search->found, error);
  search->seen = MAX (search->seen, until);
  return kip_rows_end (&rows, ok ? error : NULL) && ok;
}

static gboolean
write_rows (KipDb   *db,
            GArray  *attached,
            GError **error)
{
  for (guint i = 0; i < attached->len; i++)
    if (!write_row (db, &g_array_index (attached, KipAttached, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
write_search (KipTurn *turn,
              KipBook *book,
              gpointer data,
              GError **error)
{
  Search *search = data;
  g_autoptr (GByteArray) seen = g_byte_array_new ();

  kip_cbor_put_int (seen, search->seen);
  return write_rows (book->db, search->found, error)
         && kip_db_run (book->db, error, "INSERT OR REPLACE INTO share (key, value) VALUES (?1, ?2)", "tB", SEEN,
                        seen->data, (gsize) seen->len);
}

/* What is written now is looked at again by the next program; that nothing was found need not be on disk. */
static gboolean
is_worth_keeping (const Search *search,
                  gint64        began)
{
  return search->found->len > 0 || search->seen - began >= WORTH;
}

GArray *
kip_store_find_attached (KipStore *store,
                         gboolean *more,
                         GError  **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, TRUE, sizeof (KipAttached));
  Search searched = { 0, found };
  KipDb *db = kip_pool_take (store->pool, NULL, error);
  gint64 began = 0;
  gboolean ok;

  *more = FALSE;
  if (db == NULL)
    return NULL;
  ok = read_seen (db, &began, error) && look_on (db, &searched, more, error);
  kip_pool_give (store->pool, db);
  if (ok && is_worth_keeping (&searched, began))
    ok = kip_writer_write (store->writer, write_search, &searched, error);
  return ok ? g_steal_pointer (&found) : NULL;
}

/* ---- keeping ---- */

static gboolean
write_notes (KipTurn *turn,
             KipBook *book,
             gpointer data,
             GError **error)
{
  return write_rows (book->db, data, error);
}

gboolean
kip_store_note_attached (KipStore *store,
                         GArray   *attached,
                         GError  **error)
{
  return attached->len == 0 || kip_writer_write (store->writer, write_notes, attached, error);
}

/* ---- counting anew ---- */

static gboolean
find_named (KipDb      *db,
            GHashTable *named,
            GError    **error)
{
  KipRows rows = kip_db_query (db, "SELECT e.id, e.body, c.header FROM event AS e JOIN changeset AS c ON c.row = e.changeset"
                               " WHERE e.kind = 2 ORDER BY e.id", "");

  while (kip_rows_next (&rows))
    {
      gsize length;
      gconstpointer body = kip_rows_blob (&rows, 1, &length);
      KipAttached attached;

      if (is_attachment (body, length) && read_attachment (&rows, &attached))
        g_hash_table_add (named, key_of (&attached));
    }
  return kip_rows_end (&rows, error);
}

typedef struct
{
  GHashTable *named; /* (owned) of keys */
  GPtrArray  *gone;  /* (owned) of keys */
} Recount;

static gboolean
find_gone (KipDb   *db,
           Recount *recount,
           GError **error)
{
  KipRows rows = kip_db_query (db, "SELECT key FROM share WHERE key >= 'file/' AND key < 'file0'", "");

  while (kip_rows_next (&rows))
    if (!g_hash_table_contains (recount->named, kip_rows_text (&rows, 0)))
      g_ptr_array_add (recount->gone, g_strdup (kip_rows_text (&rows, 0)));
  return kip_rows_end (&rows, error);
}

static gboolean
drop_gone (KipTurn *turn,
           KipBook *book,
           gpointer data,
           GError **error)
{
  Recount *recount = data;

  for (guint i = 0; i < recount->gone->len; i++)
    if (!kip_db_run (book->db, error, "DELETE FROM share WHERE key = ?1", "t", (const char *) g_ptr_array_index (recount->gone, i)))
      return FALSE;
  return TRUE;
}

gboolean
kip_store_recount_attached (KipStore *store,
                            GError  **error)
{
  g_autoptr (GHashTable) named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);
  Recount recount = { named, gone };
  KipDb *db = kip_pool_take (store->pool, NULL, error);
  gboolean ok;

  if (db == NULL)
    return FALSE;
  ok = find_named (db, named, error) && find_gone (db, &recount, error);
  kip_pool_give (store->pool, db);
  return ok && (gone->len == 0 || kip_writer_write (store->writer, drop_gone, &recount, error));
}
