/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-store-private.h"

#include "kip-migrate.h"
#include "kip-office-seed.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

gboolean
kip_store_prepare_dir (const char *dir,
                       GError    **error)
{
  if (kip_store_exists (dir))
    {
      g_set_error (error, KIP_ERROR, KIP_ERROR_EXISTS, _("There is an office in “%s” already. Nothing was changed."), dir);
      return FALSE;
    }
  if (g_mkdir_with_parents (dir, 0700) == 0)
    return TRUE;
  g_set_error (error, KIP_ERROR, errno == ENOSPC || errno == EDQUOT ? KIP_ERROR_NO_SPACE : KIP_ERROR_READ_ONLY,
               _("Kip may not make the folder “%s”. Nothing was changed. Choose another place, or make this one writable for you."), dir);
  return FALSE;
}

void
kip_store_remove_unfinished (const char *path)
{
  static const char *const parts[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *part = g_strconcat (path, parts[i], NULL);

      g_unlink (part);
    }
}

static KipId
next_id (gpointer data)
{
  gint64 *counter = data;

  return KIP_ID_MAKE (1, (*counter)++);
}

static gboolean
write_counters (KipBook *book,
                gint64   next,
                KipId    me,
                GError **error)
{
  return kip_db_run (book->db, error, "INSERT INTO counter (key, value) VALUES ('device', ?1), ('id', ?2), ('me', ?3)",
                     "iii", (gint64) book->device, next, (gint64) me)
         && kip_db_run (book->db, error, "INSERT INTO device_key (device, from_seq, public_key) VALUES (?1, 1, ?2)",
                        "iB", (gint64) book->device, kip_keys_get_public (book->keys), (gsize) KIP_PUBLIC_KEY_SIZE);
}

static gboolean
sow (KipBook              *book,
     const KipOfficeSetup *setup,
     GError              **error)
{
  gint64 counter = 1;
  KipId me;
  g_autoptr (KipChange) change = kip_office_seed_change (setup, next_id, &counter, &me);
  g_autoptr (KipTurn) turn = NULL;
  gboolean ok;
  KipNews news;

  kip_news_init (&news);
  turn = kip_turn_new (book, &news);
  ok = kip_db_exec (book->db, "BEGIN IMMEDIATE", error)
       && write_counters (book, counter, me, error)
       && kip_book_refresh (book, &news, error)
       && kip_turn_add (turn, change, NULL, error)
       && kip_turn_settle (turn, error)
       && kip_db_exec (book->db, "COMMIT", error);
  kip_news_clear (&news);
  return ok;
}

/* The last thing is to switch to the write-ahead log, in which it then stays. */
static gboolean
make_office (const char           *dir,
             const char           *path,
             const KipOfficeSetup *setup,
             GError              **error)
{
  g_autoptr (KipKeys) keys = kip_keys_load (dir, NULL, error);
  g_autoptr (KipDb) db = keys != NULL ? kip_store_open_writer (path, KIP_DB_CREATE, error) : NULL;
  g_autoptr (KipBook) book = NULL;

  if (db == NULL || !kip_migrate (db, error))
    return FALSE;
  book = kip_book_new (g_steal_pointer (&db), g_steal_pointer (&keys), 1);
  return sow (book, setup, error) && kip_db_exec (book->db, "PRAGMA journal_mode = WAL", error)
         && kip_db_exec (book->db, "PRAGMA wal_checkpoint (TRUNCATE)", error);
}

gboolean
kip_store_put_in_place (const char *from,
                        const char *dir,
                        GError    **error)
{
  g_autofree char *to = kip_store_path (dir, "kip.db");

  if (g_rename (from, to) == 0)
    return TRUE;
  g_set_error (error, KIP_ERROR, KIP_ERROR_READ_ONLY,
               _("Kip may not write in “%s”. Nothing there was changed. Make the folder writable for you and try again."), dir);
  return FALSE;
}

static gboolean
create (const char           *dir,
        const KipOfficeSetup *setup,
        GError              **error)
{
  g_autofree char *path = kip_store_path (dir, KIP_STORE_UNFINISHED);
  gboolean ok;

  kip_store_remove_unfinished (path);
  ok = make_office (dir, path, setup, error) && kip_store_put_in_place (path, dir, error);
  kip_store_remove_unfinished (path);
  return ok;
}

KipStore *
kip_store_create (const char           *dir,
                  const KipOfficeSetup *setup,
                  GError              **error)
{
  g_autoptr (KipLock) lock = NULL;
  gboolean ok;

  if (!kip_store_prepare_dir (dir, error) || (lock = kip_lock_open (dir, KIP_LOCK_WRITE, error)) == NULL || !kip_lock_take (lock, 10000, error))
    return NULL;
  ok = create (dir, setup, error);
  kip_lock_give (lock);
  return ok ? kip_store_open (dir, error) : NULL;
}
