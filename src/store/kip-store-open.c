/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-store-private.h"
#include "kip-store-purge.h"

#include "kip-migrate.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#define DATABASE "kip.db"

/* How long somebody else may keep the folder before opening gives up, in milliseconds. */
#define PATIENCE 10000

char *
kip_store_path (const char *dir,
                const char *name)
{
  return g_build_filename (dir, name, NULL);
}

char *
kip_store_default_dir (void)
{
  return g_build_filename (g_get_user_data_dir (), "kip", NULL);
}

gboolean
kip_store_exists (const char *dir)
{
  g_autofree char *path = kip_store_path (dir, DATABASE);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* ---- looking before touching ---- */

static gboolean refuse (GError    **error,
                        KipError    code,
                        const char *sentence,
                        ...) G_GNUC_PRINTF (3, 4);

static gboolean
refuse (GError    **error,
        KipError    code,
        const char *sentence,
        ...)
{
  va_list args;

  va_start (args, sentence);
  g_propagate_error (error, g_error_new_valist (KIP_ERROR, code, sentence, args));
  va_end (args);
  return FALSE;
}

static gboolean
check_file (const char *dir,
            const char *path,
            GError    **error)
{
  guint32 version = 0;

  switch (kip_db_probe (path, KIP_APPLICATION_OFFICE, &version))
    {
    case KIP_DB_FILE_MISSING:
      return refuse (error, KIP_ERROR_NOT_OFFICE, _("There is no office in “%s” yet."), dir);
    case KIP_DB_FILE_UNREADABLE:
      return refuse (error, KIP_ERROR_READ_ONLY,
                     _("Kip may not read the data in “%s”. Nothing there was changed. Make the folder readable and writable for you and try again."), dir);
    case KIP_DB_FILE_FOREIGN:
    case KIP_DB_FILE_SHORT:
      return refuse (error, KIP_ERROR_CORRUPT,
                     _("The data of the office in “%s” is damaged, and Kip leaves it as it is. Restore a backup: the damaged files are set aside, not removed."), dir);
    case KIP_DB_FILE_OURS:
    default:
      break;
    }
  if (version > KIP_SCHEMA_VERSION)
    return refuse (error, KIP_ERROR_NEWER,
                   _("The data of the office in “%s” was written by a newer Kip. Nothing there was changed. Update Kip on this machine and open it again."), dir);
  return TRUE;
}

static gboolean
check_writable (const char *dir,
                const char *path,
                GError    **error)
{
  if (access (dir, W_OK | X_OK) == 0 && access (path, W_OK) == 0)
    return TRUE;
  return refuse (error, KIP_ERROR_READ_ONLY,
                 _("Kip may not write in “%s”. Nothing there was changed. Make the folder writable for you and try again."), dir);
}

/* ---- opening ---- */

KipDb *
kip_store_open_writer (const char *path,
                       KipDbMode   mode,
                       GError    **error)
{
  g_autoptr (KipDb) db = kip_db_open (path, mode, error);

  if (db == NULL
      || !kip_db_exec (db, "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -8000;"
                       " PRAGMA temp_store = memory;", error))
    return NULL;
  return g_steal_pointer (&db);
}

/* Which key signs from the next change-set on. */
static gboolean
note_key (KipDb   *db,
          guint    device,
          KipKeys *keys,
          GError **error)
{
  return kip_db_run (db, error, "INSERT OR REPLACE INTO device_key (device, from_seq, public_key)"
                     " SELECT ?1, coalesce (max (seq), 0) + 1, ?2 FROM changeset WHERE device = ?1",
                     "iB", (gint64) device, kip_keys_get_public (keys), (gsize) KIP_PUBLIC_KEY_SIZE);
}

static gboolean
is_noted (KipDb    *db,
          guint     device,
          KipKeys  *keys,
          gboolean *noted,
          GError  **error)
{
  KipRows rows = kip_db_query (db, "SELECT public_key FROM device_key WHERE device = ?1 ORDER BY from_seq DESC LIMIT 1",
                               "i", (gint64) device);
  gconstpointer key;
  gsize length = 0;

  *noted = FALSE;
  if (kip_rows_next (&rows))
    {
      key = kip_rows_blob (&rows, 0, &length);
      *noted = length == KIP_PUBLIC_KEY_SIZE && memcmp (key, kip_keys_get_public (keys), length) == 0;
    }
  return kip_rows_end (&rows, error);
}

/* A key whose change-set is in the log signs from then on, whether its file came to its place or not. */
static gboolean
settle_next_key (const char *dir,
                 KipDb      *db,
                 guint       device,
                 GError    **error)
{
  g_autoptr (KipKeys) next = kip_keys_load_next (dir);
  gboolean noted;

  if (next == NULL)
    return TRUE;
  return is_noted (db, device, next, &noted, error) && (!noted || kip_keys_put_in_place (next, dir, error));
}

/* The machine's key, known to the database: lost ones are replaced. */
static KipKeys *
load_keys (const char *dir,
           KipDb      *db,
           guint       device,
           GError    **error)
{
  g_autoptr (KipKeys) keys = settle_next_key (dir, db, device, error) ? kip_keys_load (dir, NULL, error) : NULL;
  gboolean noted;

  if (keys == NULL || !is_noted (db, device, keys, &noted, error)
      || (!noted && !note_key (db, device, keys, error)))
    return NULL;
  return g_steal_pointer (&keys);
}

static KipBook *
open_book (const char *dir,
           const char *path,
           GError    **error)
{
  g_autoptr (KipDb) db = kip_store_open_writer (path, KIP_DB_WRITE, error);
  g_autoptr (KipBook) book = NULL;
  KipKeys *keys;
  gint64 device;
  gboolean ok;
  KipNews news;

  if (db == NULL || !kip_migrate (db, error) || !kip_migrate_check (db, error)
      || !kip_db_get_int (db, 1, &device, error, "SELECT value FROM counter WHERE key = 'device'", ""))
    return NULL;
  keys = load_keys (dir, db, (guint) device, error);
  if (keys == NULL)
    return NULL;
  book = kip_book_new (g_steal_pointer (&db), keys, (guint) device);
  book->dir = g_strdup (dir);
  kip_news_init (&news);
  ok = kip_db_exec (book->db, "BEGIN", error) && kip_book_refresh (book, &news, error) && kip_db_exec (book->db, "COMMIT", error);
  kip_news_clear (&news);
  return ok ? g_steal_pointer (&book) : NULL;
}

/* Everything that needs the database, under the lock. */
static gboolean
fill_store (KipStore   *store,
            const char *path,
            KipBook    *book,
            GError    **error)
{
  gint64 me;

  if (!kip_db_get_int (book->db, 0, &me, error, "SELECT value FROM counter WHERE key = 'me'", ""))
    return FALSE;
  store->me = (KipId) me;
  store->device = book->device;
  store->local = kip_local_load (book->db, error);
  if (store->local == NULL)
    return FALSE;
  kip_store_take_snapshot (store, book);
  store->pool = kip_pool_new (path);
  return kip_pool_open_one (store->pool, error);
}

static KipStore *
store_new (const char   *dir,
           GMainContext *context)
{
  KipStore *store = g_object_new (KIP_TYPE_STORE, NULL);

  store->dir = g_strdup (dir);
  store->context = g_main_context_ref (context);
  return store;
}

/* ---- what was restored ---- */

static gboolean
write_forget_again (KipTurn *turn,
                    KipBook *book,
                    gpointer data,
                    GError **error)
{
  kip_turn_forget_again (turn);
  return kip_db_run (book->db, error, "DELETE FROM counter WHERE key = 'forget-again'", "");
}

/* Before anybody can look at it. */
static gboolean
forget_again (KipStore *store,
              gboolean  must,
              GError  **error)
{
  return !must || (kip_writer_end (store->writer, kip_writer_begin_alone (store->writer, write_forget_again, NULL), error) && kip_store_scrub (store, error));
}

KipStore *
kip_store_open_on (const char   *dir,
                   GMainContext *context,
                   GError      **error)
{
  g_autofree char *path = kip_store_path (dir, DATABASE);
  g_autoptr (KipStore) store = NULL;
  g_autoptr (KipLock) lock = NULL;
  g_autoptr (KipBook) book = NULL;
  gint64 again = 0;
  gboolean ok;

  if (!check_file (dir, path, error) || !check_writable (dir, path, error))
    return NULL;
  store = store_new (dir, context);
  store->use = kip_lock_open (dir, KIP_LOCK_USE, error);
  lock = store->use != NULL ? kip_lock_open (dir, KIP_LOCK_WRITE, error) : NULL;
  if (lock == NULL || !kip_lock_share (store->use, error) || !kip_lock_take (lock, PATIENCE, error))
    return NULL;
  book = open_book (dir, path, error);
  ok = book != NULL && fill_store (store, path, book, error)
       && kip_db_get_int (book->db, 0, &again, error, "SELECT count(*) FROM counter WHERE key = 'forget-again'", "");
  kip_lock_give (lock);
  if (!ok)
    return NULL;
  store->writer = kip_writer_new (g_steal_pointer (&book), g_steal_pointer (&lock),
                                  &(KipWriterListener) { store, kip_store_listen, kip_store_fail });
  kip_local_attach (store->local, store->writer);
  if (!forget_again (store, again != 0, error))
    return NULL;
  kip_store_watch (store);
  kip_store_watch_days (store);
  return g_steal_pointer (&store);
}

KipStore *
kip_store_open (const char *dir,
                GError    **error)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  return kip_store_open_on (dir, context, error);
}

/* ---- without waiting ---- */

typedef struct
{
  char         *dir;     /* (owned) */
  GMainContext *context; /* (owned) */
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_main_context_unref (opening->context);
  g_free (opening->dir);
  g_free (opening);
}

static void
open_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Opening *opening = data;
  GError *error = NULL;
  KipStore *store = kip_store_open_on (opening->dir, opening->context, &error);

  if (store != NULL)
    g_task_return_pointer (task, store, g_object_unref);
  else
    g_task_return_error (task, error);
}

void
kip_store_open_async (const char         *dir,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Opening *opening = g_new0 (Opening, 1);

  g_task_set_source_tag (task, kip_store_open_async);
  opening->dir = g_strdup (dir);
  opening->context = g_main_context_ref_thread_default ();
  g_task_set_task_data (task, opening, opening_free);
  g_task_run_in_thread (task, open_thread);
}

KipStore *
kip_store_open_finish (GAsyncResult *result,
                       GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
