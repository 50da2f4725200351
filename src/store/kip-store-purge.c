/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-store-purge.h"

#include "kip-clock.h"
#include "kip-error.h"
#include "kip-purge.h"
#include "kip-redact.h"
#include "kip-store-private.h"
#include "kip-store-share.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* ---- counting ---- */

static gboolean
check_person (KipDb   *db,
              KipId    person,
              GError **error)
{
  gint64 n;

  if (!kip_db_get_int (db, 0, &n, error, "SELECT EXISTS (SELECT 1 FROM event WHERE entity = ?1 AND kind = ?2)", "id", (gint64) person, KIP_KIND_PERSON))
    return FALSE;
  if (n != 0)
    return TRUE;
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NOT_FOUND, _("There is no such person in this office. Nothing was changed."));
  return FALSE;
}

static gboolean
count_events (KipDb         *db,
              KipId          person,
              KipPurgeCount *count,
              GError       **error)
{
  KipRows rows = kip_db_query (db, "SELECT e.body FROM ticket AS t JOIN event AS e ON e.entity = t.id AND e.kind = 2 WHERE t.requester = ?1",
                               "i", (gint64) person);

  while (kip_rows_next (&rows))
    {
      gsize length;
      gconstpointer body = kip_rows_blob (&rows, 0, &length);
      g_autoptr (KipEvent) event = kip_event_decode (body, length, 0, NULL);

      if (event == NULL || event->verb != KIP_VERB_ENTRY || !kip_value_has_text (event->value))
        continue;
      count->n_messages += event->field == KIP_FIELD_MESSAGE;
      count->n_attachments += event->field == KIP_FIELD_ATTACHMENT;
    }
  return kip_rows_end (&rows, error);
}

static gboolean
count_tickets (KipDb         *db,
               KipId          person,
               KipPurgeCount *count,
               GError       **error)
{
  gint64 n_tickets, n_open;

  if (!kip_db_get_int (db, 0, &n_tickets, error, "SELECT count(*) FROM ticket WHERE requester = ?1", "i", (gint64) person)
      || !kip_db_get_int (db, 0, &n_open, error, "SELECT count(*) FROM ticket WHERE requester = ?1 AND hidden = 0 AND phase < ?2",
                          "id", (gint64) person, KIP_PHASE_RESOLVED))
    return FALSE;
  count->n_tickets = (guint) n_tickets;
  count->n_open = (guint) n_open;
  return TRUE;
}

static guint
count_files (const char *dir,
             const char *name)
{
  g_autofree char *path = kip_store_path (dir, name);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (folder != NULL && g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

gboolean
kip_store_count_purge (KipStore      *store,
                       KipId          person,
                       KipPurgeCount *count,
                       GError       **error)
{
  KipDb *db = kip_pool_take (store->pool, NULL, error);
  gboolean ok;

  memset (count, 0, sizeof *count);
  if (db == NULL)
    return FALSE;
  ok = kip_db_exec (db, "BEGIN", error) && check_person (db, person, error) && count_tickets (db, person, count, error) && count_events (db, person, count, error);
  kip_db_exec (db, "COMMIT", NULL);
  kip_pool_give (store->pool, db);
  count->n_backups = count_files (store->dir, "backups") + count_files (store->dir, "set-aside");
  return ok;
}

/* ---- doing it ---- */

typedef struct
{
  KipStore *store;
  KipId     person;
  KipId     purge; /* id of what is said */
} Purging;

static gboolean
find_tickets (KipDb   *db,
              KipId    person,
              gboolean open,
              GArray  *keys, /* of KipKey */
              GError **error)
{
  KipRows rows = kip_db_query (db, "SELECT id FROM ticket WHERE requester = ?1 AND (NOT ?2 OR (hidden = 0 AND phase < ?3)) ORDER BY slot",
                               "idd", (gint64) person, open, KIP_PHASE_RESOLVED);

  while (kip_rows_next (&rows))
    {
      KipKey key = { KIP_KIND_TICKET, (KipId) kip_rows_int (&rows, 0) };

      g_array_append_val (keys, key);
    }
  return kip_rows_end (&rows, error);
}

static gboolean
check_manager (KipBook *book,
               GError **error)
{
  if (kip_members_is_manager (book->members, book->device))
    return TRUE;
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED,
                       _("Only a manager removes somebody's data for good. Nothing was changed."));
  return FALSE;
}

/* The person is archived, and what is open is put away: nobody will ask for it any more. */
static gboolean
write_put_away (KipTurn *turn,
                KipBook *book,
                gpointer data,
                GError **error)
{
  Purging *purging = data;
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (KipKey));
  g_autoptr (KipChange) change = kip_change_new (kip_store_get_me (purging->store), "purge");

  if (purging->person == kip_store_get_me (purging->store))
    {
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_INVALID, _("Nobody removes their own data: let another manager do it. Nothing was changed."));
      return FALSE;
    }
  if (!check_manager (book, error) || !check_person (book->db, purging->person, error)
      || !find_tickets (book->db, purging->person, TRUE, keys, error))
    return FALSE;
  change->stamp->at = kip_clock_now ();
  kip_change_set_int (change, KIP_KIND_PERSON, purging->person, KIP_FIELD_DELETED, 1);
  for (guint i = 0; i < keys->len; i++)
    kip_change_set_int (change, KIP_KIND_TICKET, g_array_index (keys, KipKey, i).id, KIP_FIELD_DELETED, 1);
  return kip_turn_add (turn, change, NULL, error);
}

static gboolean
write_purge (KipTurn *turn,
             KipBook *book,
             gpointer data,
             GError **error)
{
  Purging *purging = data;
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (KipKey));
  g_autoptr (KipChange) change = kip_change_new (kip_store_get_me (purging->store), "purge");
  KipKey person = { KIP_KIND_PERSON, purging->person };

  g_array_append_val (keys, person);
  change->stamp->at = kip_clock_now ();
  return check_manager (book, error) && find_tickets (book->db, purging->person, FALSE, keys, error)
         && kip_purge_fill (book->db, keys, change, purging->purge, error)
         && kip_turn_add (turn, change, NULL, error);
}

static gboolean
run_scrub (KipBook *book,
           KipNews *news,
           gpointer data,
           GError **error)
{
  gboolean done;

  return !kip_purge_must_scrub (book->db, NULL) || kip_purge_scrub (book, &done, error);
}

gboolean
kip_store_scrub (KipStore *store,
                 GError  **error)
{
  kip_local_flush (store->local);
  return kip_writer_run (store->writer, run_scrub, NULL, error);
}

gboolean
kip_store_purge (KipStore *store,
                 KipId     person,
                 GError  **error)
{
  Purging purging = { store, person, kip_store_new_id (store) };

  return kip_writer_end (store->writer, kip_writer_begin_alone (store->writer, write_put_away, &purging), error)
         && kip_writer_end (store->writer, kip_writer_begin_alone (store->writer, write_purge, &purging), error)
         && kip_store_scrub (store, error)
         && kip_store_make_daily (store, NULL, error);
}

/* ---- what was said ---- */

static GArray *
list_purges (KipDb   *db,
             GError **error)
{
  g_autoptr (GPtrArray) events = kip_log_read_purges (db, error);
  GArray *purges;

  if (events == NULL)
    return NULL;
  purges = g_array_new (FALSE, FALSE, sizeof (KipHolding));
  for (guint i = 0; i < events->len; i++)
    {
      const KipEvent *event = g_ptr_array_index (events, i);
      const KipHolding which = { event->id.device, event->id.seq };

      if (event->verb == KIP_VERB_ENTRY && event->field == KIP_FIELD_PURGE_ENTITIES)
        g_array_append_val (purges, which);
    }
  return purges;
}

GArray *
kip_store_list_purges (KipStore *store,
                       GError  **error)
{
  KipDb *db = kip_pool_take (store->pool, NULL, error);
  GArray *purges = NULL;
  gint64 n;

  if (db == NULL)
    return NULL;
  /* Nearly always there are none, which is asked at every poll. */
  if (kip_db_get_int (db, 0, &n, error, "SELECT EXISTS (SELECT 1 FROM purged)", ""))
    purges = n != 0 ? list_purges (db, error) : g_array_new (FALSE, FALSE, sizeof (KipHolding));
  kip_pool_give (store->pool, db);
  return purges;
}

/* ---- vouching ---- */

static gboolean
write_proofs (KipTurn *turn,
              KipBook *book,
              gpointer data,
              GError **error)
{
  Purging *purging = data;
  g_autoptr (KipChange) change = kip_change_new (kip_store_get_me (purging->store), "purge");
  gboolean any;

  change->stamp->at = kip_clock_now ();
  return kip_purge_fill_proofs (book->db, book->device, kip_members_is_manager (book->members, book->device), change, purging->purge, &any, error)
         && (!any || kip_turn_add (turn, change, NULL, error));
}

static gboolean
has_rests (KipStore *store)
{
  KipDb *db = kip_pool_take (store->pool, NULL, NULL);
  gint64 n = 0;

  if (db == NULL)
    return FALSE;
  kip_db_get_int (db, 0, &n, NULL, "SELECT EXISTS (SELECT 1 FROM redacted AS x WHERE x.proven = 1 AND NOT EXISTS"
                  " (SELECT 1 FROM proof AS p WHERE p.device = x.device AND p.seq = x.seq AND p.hash = x.hash))", "");
  kip_pool_give (store->pool, db);
  return n != 0;
}

gboolean
kip_store_vouch_for_rests (KipStore *store,
                           GError  **error)
{
  g_autoptr (KipMembers) members = kip_store_dup_members (store);
  Purging purging = { store, KIP_ID_NONE, KIP_ID_NONE };

  if (store->device == 0 || !kip_members_has (members, store->device, G_MAXUINT64 - 1) || !has_rests (store))
    return TRUE;
  purging.purge = kip_store_new_id (store);
  return kip_writer_end (store->writer, kip_writer_begin_alone (store->writer, write_proofs, &purging), error);
}

KipRawChange *
kip_store_clean_change (KipStore     *store,
                        KipRawChange *raw,
                        GError      **error)
{
  KipDb *db = kip_pool_take (store->pool, NULL, error);
  KipRawChange *clean = NULL;
  guint8 hash[KIP_HASH_SIZE];
  gboolean ok;

  if (db == NULL)
    return NULL;
  if (raw->is_redacted)
    memcpy (hash, raw->hash, sizeof hash);
  else
    kip_hash_bytes (g_bytes_get_data (raw->bytes, NULL), g_bytes_get_size (raw->bytes), hash);
  ok = kip_purge_clean (db, raw, hash, &clean, error);
  kip_pool_give (store->pool, db);
  if (!ok)
    return NULL;
  return clean != NULL ? clean : kip_raw_change_ref (raw);
}

/* ---- without waiting ---- */

static void
count_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  g_autofree KipPurgeCount *count = g_new0 (KipPurgeCount, 1);
  GError *error = NULL;

  if (kip_store_count_purge (source, *(KipId *) data, count, &error))
    g_task_return_pointer (task, g_steal_pointer (&count), g_free);
  else
    g_task_return_error (task, error);
}

void
kip_store_count_purge_async (KipStore           *store,
                             KipId               person,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, data);

  g_task_set_task_data (task, g_memdup2 (&person, sizeof person), g_free);
  g_task_run_in_thread (task, count_thread);
}

gboolean
kip_store_count_purge_finish (KipStore      *store,
                              GAsyncResult  *result,
                              KipPurgeCount *count,
                              GError       **error)
{
  g_autofree KipPurgeCount *found = g_task_propagate_pointer (G_TASK (result), error);

  if (found == NULL)
    return FALSE;
  *count = *found;
  return TRUE;
}

static void
purge_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  GError *error = NULL;

  if (kip_store_purge (source, *(KipId *) data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
kip_store_purge_async (KipStore           *store,
                       KipId               person,
                       GAsyncReadyCallback callback,
                       gpointer            data)
{
  g_autoptr (GTask) task = g_task_new (store, NULL, callback, data);

  g_task_set_task_data (task, g_memdup2 (&person, sizeof person), g_free);
  g_task_run_in_thread (task, purge_thread);
}

gboolean
kip_store_purge_finish (KipStore     *store,
                        GAsyncResult *result,
                        GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
