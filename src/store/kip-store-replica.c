/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-migrate.h"
#include "kip-store-private.h"
#include "kip-store-share.h"

#include <glib/gstdio.h>
#include <string.h>

/* An empty office that waits for what other machines have written.  Like a new one it
 * is made whole beside and then gets its name. */

static gboolean
write_beginning (KipDb                 *db,
                 const KipReplicaSetup *setup,
                 KipKeys               *keys,
                 GError               **error)
{
  return kip_db_run (db, error, "INSERT INTO counter (key, value) VALUES ('device', ?1), ('id', 1), ('me', 0)", "i", (gint64) setup->device)
         && kip_db_run (db, error, "INSERT INTO share (key, value) VALUES ('office-id', ?1), ('founder-key', ?2)",
                        "BB", setup->office_id, (gsize) KIP_OFFICE_ID_BYTES, setup->founder_key, (gsize) KIP_MEMBER_KEY_SIZE)
         && kip_db_run (db, error, "INSERT INTO device_key (device, from_seq, public_key) VALUES (?1, 1, ?2)",
                        "iB", (gint64) setup->device, kip_keys_get_public (keys), (gsize) KIP_PUBLIC_KEY_SIZE);
}

static gboolean
make_replica (const char            *dir,
              const char            *path,
              const KipReplicaSetup *setup,
              GError               **error)
{
  g_autoptr (KipKeys) keys = setup->secret_key != NULL ? kip_keys_adopt (dir, setup->secret_key, error)
                                                       : kip_keys_load (dir, NULL, error);
  g_autoptr (KipDb) db = keys != NULL ? kip_store_open_writer (path, KIP_DB_CREATE, error) : NULL;

  return db != NULL && kip_migrate (db, error)
         && kip_db_exec (db, "BEGIN IMMEDIATE", error)
         && write_beginning (db, setup, keys, error)
         && kip_db_exec (db, "COMMIT", error)
         && kip_db_exec (db, "PRAGMA journal_mode = WAL", error)
         && kip_db_exec (db, "PRAGMA wal_checkpoint (TRUNCATE)", error);
}

KipStore *
kip_store_create_replica (const char            *dir,
                          const KipReplicaSetup *setup,
                          GError               **error)
{
  g_autofree char *path = kip_store_path (dir, KIP_STORE_UNFINISHED);
  g_autoptr (KipLock) lock = NULL;
  gboolean ok;

  if (!kip_store_prepare_dir (dir, error) || (lock = kip_lock_open (dir, KIP_LOCK_WRITE, error)) == NULL || !kip_lock_take (lock, 10000, error))
    return NULL;
  kip_store_remove_unfinished (path);
  ok = make_replica (dir, path, setup, error) && kip_store_put_in_place (path, dir, error);
  kip_store_remove_unfinished (path);
  kip_lock_give (lock);
  return ok ? kip_store_open (dir, error) : NULL;
}
