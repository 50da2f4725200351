/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-local.h"

#include <string.h>

struct _KipLocal
{
  KipWriter  *writer;     /* (borrowed) (nullable) */
  GMutex      mutex;
  GHashTable *drafts;     /* (mutex) (owned) "ticket/slot" → text */
  GHashTable *values;     /* (mutex) (owned) key → value */
  GHashTable *snoozes;    /* (mutex) (owned) ticket → until, as gint64 */
  GHashTable *dirty_drafts; /* (mutex) (owned) keys to be written */
  GHashTable *dirty_values; /* (mutex) (owned) keys to be written */
  gboolean    is_writing;   /* (mutex) a write is in the queue */
};

/* ---- keys of drafts ---- */

static char *
draft_key (KipId       ticket,
           const char *slot)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT "/%s", ticket, slot);
}

static KipId
draft_ticket (const char  *key,
              const char **slot)
{
  char *end;
  KipId ticket = g_ascii_strtoull (key, &end, 10);

  if (slot != NULL)
    *slot = end + 1;
  return ticket;
}

/* ---- loading ---- */

static gboolean
load_drafts (KipLocal *local,
             KipDb    *db,
             GError  **error)
{
  KipRows rows = kip_db_query (db, "SELECT ticket, slot, text FROM draft", "");

  while (kip_rows_next (&rows))
    {
      g_autofree char *key = draft_key ((KipId) kip_rows_int (&rows, 0), kip_rows_text (&rows, 1));

      if (!g_hash_table_contains (local->dirty_drafts, key))
        g_hash_table_replace (local->drafts, g_steal_pointer (&key), g_strdup (kip_rows_text (&rows, 2)));
    }
  return kip_rows_end (&rows, error);
}

static gboolean
load_values (KipLocal *local,
             KipDb    *db,
             GError  **error)
{
  KipRows rows = kip_db_query (db, "SELECT key, value FROM local", "");
  gboolean whole = TRUE;

  while (whole && kip_rows_next (&rows))
    {
      whole = kip_rows_text (&rows, 0) != NULL; /* a key without a text was damaged */
      if (whole)
        g_hash_table_insert (local->values, g_strdup (kip_rows_text (&rows, 0)), g_strdup (kip_rows_text (&rows, 1)));
    }
  if (!kip_rows_end (&rows, error))
    return FALSE;
  if (!whole)
    kip_db_set_error (db, SQLITE_CORRUPT, error);
  return whole;
}

static gboolean
load_snoozes (KipLocal *local,
              KipDb    *db,
              GError  **error)
{
  KipRows rows = kip_db_query (db, "SELECT ticket, until FROM snooze", "");

  while (kip_rows_next (&rows))
    kip_local_note_snooze (local, (KipId) kip_rows_int (&rows, 0), kip_rows_int (&rows, 1));
  return kip_rows_end (&rows, error);
}

KipLocal *
kip_local_load (KipDb   *db,
                GError **error)
{
  KipLocal *local = g_new0 (KipLocal, 1);

  g_mutex_init (&local->mutex);
  local->drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  local->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  local->snoozes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  local->dirty_drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  local->dirty_values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (load_drafts (local, db, error) && load_values (local, db, error) && load_snoozes (local, db, error))
    return local;
  kip_local_free (local);
  return NULL;
}

static gboolean
is_written (gpointer key,
            gpointer text,
            gpointer dirty)
{
  return !g_hash_table_contains (dirty, key);
}

gboolean
kip_local_reload (KipLocal *local,
                  KipDb    *db,
                  GError  **error)
{
  gboolean ok;

  g_mutex_lock (&local->mutex);
  g_hash_table_foreach_remove (local->drafts, is_written, local->dirty_drafts);
  ok = load_drafts (local, db, error);
  g_mutex_unlock (&local->mutex);
  return ok && load_snoozes (local, db, error);
}

void
kip_local_free (KipLocal *local)
{
  g_hash_table_unref (local->drafts);
  g_hash_table_unref (local->values);
  g_hash_table_unref (local->snoozes);
  g_hash_table_unref (local->dirty_drafts);
  g_hash_table_unref (local->dirty_values);
  g_mutex_clear (&local->mutex);
  g_free (local);
}

/* ---- writing behind ---- */

/* What is dirty, with what it is now: pairs of key and text (nullable), in that order. */
static GPtrArray *
steal_dirty (GHashTable *dirty,
             GHashTable *now)
{
  GPtrArray *pairs = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, dirty);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_ptr_array_add (pairs, g_strdup (key));
      g_ptr_array_add (pairs, g_strdup (g_hash_table_lookup (now, key)));
    }
  g_hash_table_remove_all (dirty);
  return pairs;
}

static gboolean
write_draft (KipDb      *db,
             const char *key,
             const char *text,
             GError    **error)
{
  const char *slot;
  KipId ticket = draft_ticket (key, &slot);

  if (text == NULL)
    return kip_db_run (db, error, "DELETE FROM draft WHERE ticket = ?1 AND slot = ?2", "it", (gint64) ticket, slot);
  return kip_db_run (db, error, "INSERT OR REPLACE INTO draft (ticket, slot, text) VALUES (?1, ?2, ?3)",
                     "itt", (gint64) ticket, slot, text);
}

static gboolean
write_value (KipDb      *db,
             const char *key,
             const char *value,
             GError    **error)
{
  if (value == NULL)
    return kip_db_run (db, error, "DELETE FROM local WHERE key = ?1", "t", key);
  return kip_db_run (db, error, "INSERT OR REPLACE INTO local (key, value) VALUES (?1, ?2)", "tt", key, value);
}

typedef gboolean (*WriteFunc) (KipDb      *db,
                               const char *key,
                               const char *text,
                               GError    **error);

static gboolean
write_pairs (KipDb     *db,
             GPtrArray *pairs,
             WriteFunc  func,
             GError   **error)
{
  for (guint i = 0; i < pairs->len; i += 2)
    if (!func (db, g_ptr_array_index (pairs, i), g_ptr_array_index (pairs, i + 1), error))
      return FALSE;
  return TRUE;
}

/* What could not be written stays to be written with the next change. */
static void
make_dirty_again (KipLocal  *local,
                  GPtrArray *drafts,
                  GPtrArray *values)
{
  g_mutex_lock (&local->mutex);
  for (guint i = 0; i < drafts->len; i += 2)
    g_hash_table_add (local->dirty_drafts, g_strdup (g_ptr_array_index (drafts, i)));
  for (guint i = 0; i < values->len; i += 2)
    g_hash_table_add (local->dirty_values, g_strdup (g_ptr_array_index (values, i)));
  g_mutex_unlock (&local->mutex);
}

static gboolean
write_all (KipDb     *db,
           GPtrArray *drafts,
           GPtrArray *values,
           GError   **error)
{
  if (!kip_db_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (write_pairs (db, drafts, write_draft, error)
      && write_pairs (db, values, write_value, error)
      && kip_db_exec (db, "COMMIT", error))
    return TRUE;
  if (!sqlite3_get_autocommit (kip_db_handle (db)))
    kip_db_exec (db, "ROLLBACK", NULL);
  return FALSE;
}

static gboolean
flush (KipBook *book,
       KipNews *news,
       gpointer data,
       GError **error)
{
  KipLocal *local = data;
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (GPtrArray) values = NULL;

  g_mutex_lock (&local->mutex);
  drafts = steal_dirty (local->dirty_drafts, local->drafts);
  values = steal_dirty (local->dirty_values, local->values);
  local->is_writing = FALSE;
  g_mutex_unlock (&local->mutex);
  if (drafts->len + values->len == 0 || write_all (book->db, drafts, values, error))
    return TRUE;
  make_dirty_again (local, drafts, values);
  return FALSE;
}

/* With the mutex held. */
static void
write_soon (KipLocal *local)
{
  if (local->writer == NULL || local->is_writing)
    return;
  local->is_writing = TRUE;
  kip_writer_run_async (local->writer, flush, local, NULL, NULL);
}

void
kip_local_attach (KipLocal  *local,
                  KipWriter *writer)
{
  local->writer = writer;
}

void
kip_local_flush (KipLocal *local)
{
  kip_writer_run (local->writer, flush, local, NULL);
}

/* ---- drafts ---- */

static void
put_text (GHashTable *table,
          const char *key,
          const char *text)
{
  if (text != NULL && *text != '\0')
    g_hash_table_replace (table, g_strdup (key), g_utf8_make_valid (text, -1));
  else
    g_hash_table_remove (table, key);
}

gboolean
kip_local_set_draft (KipLocal   *local,
                     KipId       ticket,
                     const char *slot,
                     const char *text)
{
  char *key = draft_key (ticket, slot);
  gboolean before, after;

  g_mutex_lock (&local->mutex);
  before = g_hash_table_contains (local->drafts, key);
  put_text (local->drafts, key, text);
  after = g_hash_table_contains (local->drafts, key);
  g_hash_table_add (local->dirty_drafts, key);
  write_soon (local);
  g_mutex_unlock (&local->mutex);
  return before != after;
}

static char *
dup_text (KipLocal   *local,
          GHashTable *table,
          const char *key)
{
  char *text;

  g_mutex_lock (&local->mutex);
  text = g_strdup (g_hash_table_lookup (table, key));
  g_mutex_unlock (&local->mutex);
  return text;
}

char *
kip_local_dup_draft (KipLocal   *local,
                     KipId       ticket,
                     const char *slot)
{
  g_autofree char *key = draft_key (ticket, slot);

  return dup_text (local, local->drafts, key);
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  KipId x = *(const KipId *) a, y = *(const KipId *) b;

  return (x > y) - (x < y);
}

GArray *
kip_local_draft_tickets (KipLocal *local)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (KipId));
  GHashTableIter iter;
  gpointer key;

  g_mutex_lock (&local->mutex);
  g_hash_table_iter_init (&iter, local->drafts);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      KipId ticket = draft_ticket (key, NULL);

      if (ticket != KIP_ID_NONE)
        g_array_append_val (ids, ticket);
    }
  g_mutex_unlock (&local->mutex);
  g_array_sort (ids, compare_ids);
  for (guint i = 1; i < ids->len;)
    if (g_array_index (ids, KipId, i) == g_array_index (ids, KipId, i - 1))
      g_array_remove_index (ids, i);
    else
      i++;
  return ids;
}

/* ---- small settings ---- */

void
kip_local_set (KipLocal   *local,
               const char *key,
               const char *value)
{
  g_mutex_lock (&local->mutex);
  if (g_strcmp0 (g_hash_table_lookup (local->values, key), value) != 0)
    {
      put_text (local->values, key, value);
      g_hash_table_add (local->dirty_values, g_strdup (key));
      write_soon (local);
    }
  g_mutex_unlock (&local->mutex);
}

char *
kip_local_dup (KipLocal   *local,
               const char *key)
{
  return dup_text (local, local->values, key);
}

/* ---- forgetting ---- */

void
kip_local_forget (KipLocal *local,
                  gboolean ( *is_gone )(KipId ticket, gpointer data),
                  gpointer data)
{
  g_autoptr (GArray) tickets = kip_local_draft_tickets (local);
  GHashTableIter iter;
  gpointer key;

  kip_local_set (local, "search-history", NULL);
  for (guint i = 0; i < tickets->len; i++)
    {
      KipId ticket = g_array_index (tickets, KipId, i);

      if (!is_gone (ticket, data))
        continue;
      g_mutex_lock (&local->mutex);
      g_hash_table_iter_init (&iter, local->drafts);
      while (g_hash_table_iter_next (&iter, &key, NULL))
        if (draft_ticket (key, NULL) == ticket)
          {
            g_hash_table_add (local->dirty_drafts, g_strdup (key));
            g_hash_table_iter_remove (&iter);
          }
      write_soon (local);
      g_mutex_unlock (&local->mutex);
    }
}

/* ---- snoozes ---- */

void
kip_local_note_snooze (KipLocal  *local,
                       KipId      ticket,
                       KipInstant until)
{
  gint64 key = (gint64) ticket;

  g_mutex_lock (&local->mutex);
  g_hash_table_replace (local->snoozes, g_memdup2 (&key, sizeof key), g_memdup2 (&until, sizeof until));
  g_mutex_unlock (&local->mutex);
}

KipInstant
kip_local_get_snooze (KipLocal *local,
                      KipId     ticket)
{
  gint64 key = (gint64) ticket;
  KipInstant until = KIP_INSTANT_NONE;
  KipInstant *found;

  g_mutex_lock (&local->mutex);
  found = g_hash_table_lookup (local->snoozes, &key);
  if (found != NULL)
    until = *found;
  g_mutex_unlock (&local->mutex);
  return until;
}
