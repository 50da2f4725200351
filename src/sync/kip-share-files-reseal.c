/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-share-files-private.h"

#include "kip-error.h"

/* Before the keys of older generations are destroyed, what lies on the share is sealed with the newest: also what no machine
 * that is awake holds. */

/* ---- what is to be done ---- */

/* The generation under which chunk @chunk lies there, if it is not @newest; 0: it needs nothing, or is not there. */
static guint16
find_older (KipShareFiles *files,
            KipShareFile  *file,
            guint          chunk,
            guint16        newest)
{
  const KipShareKeys *keys = files->engine->keys;

  for (guint16 generation = newest; generation > 0; generation = kip_share_keys_get_older (keys, generation))
    {
      g_autofree char *name = kip_share_blob_name (keys, generation, file->is.hash, chunk);

      if (name != NULL && g_hash_table_contains (files->to_reseal, name))
        return generation != newest ? generation : 0;
    }
  return 0;
}

static gboolean
find_next (KipShareFiles *files,
           guint16        newest,
           KipShareFile **found,
           guint         *chunk,
           guint16       *older)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, files->all);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      guint n = kip_share_file_chunks (files, value);

      *found = value;
      for (*chunk = 0; *chunk < n; (*chunk)++)
        if ((*older = find_older (files, value, *chunk, newest)) != 0)
          return TRUE;
    }
  return FALSE;
}

/* ---- a chunk ---- */

static gboolean
is_no_good (const GError *error)
{
  return g_error_matches (error, KIP_ERROR, KIP_ERROR_NOT_FOUND) || g_error_matches (error, KIP_ERROR, KIP_ERROR_CORRUPT);
}

static gboolean
put_again (KipShareFiles *files,
           KipShareFile  *file,
           guint          chunk,
           guint16        newest,
           GBytes        *data,
           GError       **error)
{
  KipSyncEngine *engine = files->engine;
  g_autofree char *name = kip_share_blob_name (engine->keys, newest, file->is.hash, chunk);
  g_autoptr (GBytes) blob = kip_share_blob_seal (engine->keys, name, data);

  if (!kip_carrier_put_blob (engine->carrier, name, blob, files->cancellable, error))
    return FALSE;
  g_hash_table_add (files->to_reseal, g_steal_pointer (&name));
  return TRUE;
}

/* What cannot be opened now opens no better later: whoever holds the file is asked for it when somebody wants it. */
static gboolean
reseal (KipShareFiles *files,
        KipShareFile  *file,
        guint          chunk,
        guint16        older,
        guint16        newest,
        GError       **error)
{
  g_autofree char *name = kip_share_blob_name (files->engine->keys, older, file->is.hash, chunk);
  g_autoptr (GError) trouble = NULL;
  g_autoptr (GBytes) data = kip_share_files_fetch_from (files, file, older, chunk, &trouble);

  if (data == NULL && !is_no_good (trouble))
    {
      g_propagate_error (error, g_steal_pointer (&trouble));
      return FALSE;
    }
  if (data != NULL && !put_again (files, file, chunk, newest, data, error))
    return FALSE;
  g_hash_table_remove (files->to_reseal, name);
  return TRUE;
}

/* ---- all of them ---- */

static void
end (KipShareFiles *files,
     guint16        newest)
{
  g_clear_pointer (&files->to_reseal, g_hash_table_unref);
  files->reseal_due = 0;
  files->list_due = files->now;
  files->engine->resealed = newest;
}

static gboolean
reseal_next (KipShareFiles *files,
             guint16        newest,
             GError       **error)
{
  KipShareFile *file;
  guint16 older;
  guint chunk;

  if (files->to_reseal == NULL)
    files->to_reseal = kip_share_files_list_names (files, error);
  if (files->to_reseal == NULL)
    return FALSE;
  if (find_next (files, newest, &file, &chunk, &older))
    return reseal (files, file, chunk, older, newest, error);
  end (files, newest);
  return TRUE;
}

gboolean
kip_share_files_reseal_one (KipShareFiles *files,
                            GError       **problem)
{
  guint16 newest = kip_sync_keys_get_replacing (files->engine->ring);

  if (newest == 0 || files->engine->resealed == newest || files->now < files->put_rest)
    return FALSE;
  /* One machine does it; who comes later finds it done. */
  if (files->reseal_due == 0)
    files->reseal_due = files->now + kip_sync_wait_for_rank (files->engine);
  if (files->now < files->reseal_due)
    return FALSE;
  if (reseal_next (files, newest, problem))
    return TRUE;
  g_clear_pointer (&files->to_reseal, g_hash_table_unref);
  files->put_rest = files->now + kip_share_files_rest (files->n_put_failures++);
  return FALSE;
}

gint64
kip_share_files_reseal_due (KipShareFiles *files)
{
  guint16 newest = kip_sync_keys_get_replacing (files->engine->ring);

  return newest != 0 && files->engine->resealed != newest ? MAX (files->reseal_due, files->put_rest) : G_MAXINT64;
}
