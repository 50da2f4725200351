/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-share-files-private.h"

#include "kip-error.h"

#include <string.h>

/* What is so small and so new is fetched before anybody looks at it. */
#define AHEAD_SIZE (256 * 1024)
#define AHEAD_AGE (30 * KIP_MS_PER_DAY)

#define REST_FIRST 2000
#define REST_LONGEST 60000

/* ---- what there is ---- */

static guint
hash_hash (gconstpointer key)
{
  guint value;

  memcpy (&value, key, sizeof value);
  return value;
}

static gboolean
hash_equal (gconstpointer a,
            gconstpointer b)
{
  return memcmp (a, b, KIP_ATTACHED_HASH_SIZE) == 0;
}

guint
kip_share_file_chunks (KipShareFiles      *files,
                       const KipShareFile *file)
{
  return (guint) MAX (1, ((guint64) file->is.size + files->chunk - 1) / files->chunk);
}

gboolean
kip_share_file_is_shared (KipShareFiles      *files,
                          const KipShareFile *file)
{
  return file->is.n_put >= kip_share_file_chunks (files, file) && kip_share_keys_has (files->engine->keys, file->is.generation);
}

KipShareFile *
kip_share_files_find (KipShareFiles *files,
                      const guint8  *hash)
{
  return g_hash_table_lookup (files->all, hash);
}

static void
fill_status (KipShareFiles *files,
             KipShareFile  *file,
             KipFileStatus *status)
{
  status->state = file->state;
  status->size = (guint64) file->is.size;
  status->fetched = file->is_here ? status->size : files->shelf->class->part_size (files->shelf, file->is.hash);
  status->device = file->is.device;
  status->is_shared = kip_share_file_is_shared (files, file);
}

void
kip_share_files_tell (KipShareFiles *files,
                      KipShareFile  *file)
{
  KipFileStatus status;

  if (files->listener == NULL)
    return;
  fill_status (files, file, &status);
  files->listener (file->is.hash, &status, files->listener_data);
}

void
kip_share_files_set_state (KipShareFiles *files,
                           KipShareFile  *file,
                           KipFileState   state)
{
  if (file->state == state)
    return;
  file->state = state;
  kip_share_files_tell (files, file);
}

gboolean
kip_share_files_status (KipShareFiles *files,
                        const guint8  *hash,
                        KipFileStatus *status)
{
  KipShareFile *file = kip_share_files_find (files, hash);

  if (file != NULL)
    fill_status (files, file, status);
  return file != NULL;
}

/* ---- wanting ---- */

static gboolean
is_sound (const KipShareFile *file)
{
  return file->is.size >= 0 && (guint64) file->is.size <= KIP_FILE_MAX;
}

static void
want (KipShareFiles *files,
      KipShareFile  *file,
      KipWant        how)
{
  if (file->is_here || !is_sound (file))
    return;
  if (file->want == KIP_WANT_NOT)
    g_ptr_array_add (files->gets, file);
  if (how == KIP_WANT_ASKED)
    file->next_try = 0;
  file->want = MAX (file->want, how);
  if (file->want == KIP_WANT_ASKED && file->state == KIP_FILE_AWAY)
    kip_share_files_set_state (files, file, KIP_FILE_FETCHING);
}

void
kip_share_files_want (KipShareFiles *files,
                      const guint8  *hash)
{
  KipShareFile *file = kip_share_files_find (files, hash);

  if (file != NULL)
    want (files, file, KIP_WANT_ASKED);
}

void
kip_share_files_unwant (KipShareFiles *files,
                        const guint8  *hash)
{
  KipShareFile *file = kip_share_files_find (files, hash);

  if (file == NULL || file->want == KIP_WANT_NOT)
    return;
  file->want = KIP_WANT_NOT;
  g_ptr_array_remove (files->gets, file);
  kip_share_files_set_state (files, file, KIP_FILE_AWAY);
}

void
kip_share_files_want_all (KipShareFiles *files)
{
  GHashTableIter iter;
  gpointer file;

  files->wants_all = TRUE;
  g_hash_table_iter_init (&iter, files->all);
  while (g_hash_table_iter_next (&iter, NULL, &file))
    want (files, file, KIP_WANT_ASKED);
}

/* ---- what the log names ---- */

static void
take (KipShareFiles     *files,
      const KipAttached *attached)
{
  KipShareFile *file = kip_share_files_find (files, attached->hash);

  if (file != NULL)
    return;
  file = g_new0 (KipShareFile, 1);
  file->is = *attached;
  file->is_here = files->shelf->class->has (files->shelf, attached->hash);
  file->state = file->is_here ? KIP_FILE_HERE : KIP_FILE_AWAY;
  g_hash_table_insert (files->all, file->is.hash, file);
  kip_share_files_tell (files, file);
  if (file->is_here && is_sound (file))
    kip_share_files_may_put (files, file);
  else if (files->wants_all)
    want (files, file, KIP_WANT_ASKED);
  else if (file->is.size <= AHEAD_SIZE && file->is.at >= files->wall - AHEAD_AGE)
    want (files, file, KIP_WANT_AHEAD);
}

static void
take_all (KipShareFiles *files,
          GArray        *attached)
{
  for (guint i = 0; i < attached->len; i++)
    take (files, &g_array_index (attached, KipAttached, i));
}

static gboolean
load (KipShareFiles *files,
      GError       **error)
{
  g_autoptr (GArray) all = files->shelf->class->list (files->shelf, error);

  if (all == NULL)
    return FALSE;
  take_all (files, all);
  files->is_loaded = TRUE;
  return TRUE;
}

gboolean
kip_share_files_catch_up (KipShareFiles *files,
                          GError       **error)
{
  gboolean more = TRUE;

  if (!files->is_loaded && !load (files, error))
    return FALSE;
  while (more)
    {
      g_autoptr (GArray) found = files->shelf->class->find (files->shelf, &more, error);

      if (found == NULL)
        return FALSE;
      take_all (files, found);
    }
  files->must_look = FALSE;
  return TRUE;
}

gboolean
kip_share_files_load (KipShareFiles *files,
                      gint64         wall_ms,
                      GError       **error)
{
  files->wall = wall_ms;
  return kip_share_files_catch_up (files, error);
}

static void
forget (KipShareFiles *files,
        KipShareFile  *file)
{
  g_ptr_array_remove (files->puts, file);
  g_ptr_array_remove (files->gets, file);
  g_ptr_array_remove (files->doubts, file);
}

gboolean
kip_share_files_recount (KipShareFiles *files,
                         GError       **error)
{
  g_autoptr (GHashTable) named = g_hash_table_new (hash_hash, hash_equal);
  g_autoptr (GArray) all = NULL;
  GHashTableIter iter;
  gpointer file;

  if (!files->shelf->class->recount (files->shelf, error) || !kip_share_files_catch_up (files, error)
      || (all = files->shelf->class->list (files->shelf, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    g_hash_table_add (named, g_array_index (all, KipAttached, i).hash);
  g_hash_table_iter_init (&iter, files->all);
  while (g_hash_table_iter_next (&iter, NULL, &file))
    if (!g_hash_table_contains (named, ((KipShareFile *) file)->is.hash))
      {
        forget (files, file);
        g_hash_table_iter_remove (&iter);
      }
  return TRUE;
}

void
kip_share_files_look (KipShareFiles *files)
{
  files->must_look = TRUE;
}

/* ---- steps ---- */

gint64
kip_share_files_rest (guint n)
{
  return MIN (REST_LONGEST, (gint64) REST_FIRST << MIN (n, 10));
}

gboolean
kip_share_files_step (KipShareFiles *files,
                      gint64         now_ms,
                      gint64         wall_ms,
                      GCancellable  *cancellable,
                      GError       **problem)
{
  g_autoptr (GError) trouble = NULL;
  gboolean done;

  files->now = now_ms;
  files->wall = wall_ms;
  files->cancellable = cancellable;
  files->engine->cancellable = cancellable;
  if (files->must_look && !kip_share_files_catch_up (files, problem))
    {
      files->must_look = FALSE; /* after the next round again */
      return FALSE;
    }
  kip_share_files_sweep_if_due (files);
  done = kip_share_files_get_one (files, &trouble)
         || (trouble == NULL && kip_share_files_list_if_due (files, &trouble))
         || (trouble == NULL && kip_share_files_put_one (files, &trouble))
         || (trouble == NULL && kip_share_files_check_one (files, &trouble))
         || (trouble == NULL && kip_share_files_reseal_one (files, &trouble));
  if (trouble != NULL)
    g_propagate_error (problem, g_steal_pointer (&trouble));
  return done;
}

gint64
kip_share_files_due (KipShareFiles *files)
{
  gint64 due = MIN (kip_share_files_put_due (files), kip_share_files_get_due (files));

  if (files->must_look || files->list_due == 0)
    return 0;
  if (files->doubts->len > 0)
    due = MIN (due, files->put_rest);
  due = MIN (due, kip_share_files_reseal_due (files));
  return MIN (due, MAX (files->list_due, files->put_rest));
}

void
kip_share_files_summarize (KipShareFiles   *files,
                           KipFilesSummary *summary)
{
  *summary = (KipFilesSummary) { .put = files->put, .fetched = files->fetched };
  for (guint i = 0; i < files->puts->len; i++)
    {
      const KipShareFile *file = g_ptr_array_index (files->puts, i);

      if (!file->must_put)
        continue;
      summary->n_to_put++;
      summary->to_put += (guint64) file->is.size - MIN ((guint64) file->is.size, (guint64) file->is.n_put * files->chunk);
    }
  for (guint i = 0; i < files->gets->len; i++)
    {
      KipShareFile *file = g_ptr_array_index (files->gets, i);
      guint64 here = files->shelf->class->part_size (files->shelf, file->is.hash);

      summary->n_to_fetch++;
      summary->to_fetch += (guint64) file->is.size - MIN ((guint64) file->is.size, here);
    }
}

/* ---- what others lack ---- */

GPtrArray *
kip_share_files_lacks (KipShareFiles *files)
{
  GPtrArray *lacks = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; i < files->gets->len; i++)
    {
      const KipShareFile *file = g_ptr_array_index (files->gets, i);

      if (file->state == KIP_FILE_MISSING || file->state == KIP_FILE_DAMAGED || file->n_damaged > 0)
        g_ptr_array_add (lacks, g_bytes_new (file->is.hash, sizeof file->is.hash));
    }
  return lacks;
}

void
kip_share_files_doubt (KipShareFiles *files,
                       const guint8  *hash)
{
  KipShareFile *file = kip_share_files_find (files, hash);

  if (file == NULL || !file->is_here || file->is_doubted || !is_sound (file))
    return;
  file->is_doubted = TRUE;
  file->doubt_chunk = 0;
  g_ptr_array_add (files->doubts, file);
}

/* ---- life ---- */

KipShareFiles *
kip_share_files_new (KipSyncEngine *engine,
                     KipShelf      *shelf)
{
  KipShareFiles *files = g_new0 (KipShareFiles, 1);

  files->engine = engine;
  files->shelf = shelf;
  files->all = g_hash_table_new_full (hash_hash, hash_equal, NULL, g_free);
  files->puts = g_ptr_array_new ();
  files->gets = g_ptr_array_new ();
  files->doubts = g_ptr_array_new ();
  files->leftovers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  files->must_look = TRUE;
  files->chunk = KIP_BLOB_CHUNK;
  return files;
}

void
kip_share_files_free (KipShareFiles *files)
{
  g_clear_pointer (&files->to_reseal, g_hash_table_unref);
  g_hash_table_unref (files->leftovers);
  g_ptr_array_unref (files->doubts);
  g_ptr_array_unref (files->gets);
  g_ptr_array_unref (files->puts);
  g_hash_table_unref (files->all);
  kip_shelf_free (files->shelf);
  g_free (files);
}

void
kip_share_files_listen (KipShareFiles  *files,
                        KipFileListener listener,
                        gpointer        data)
{
  files->listener = listener;
  files->listener_data = data;
}
