/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-share-files-private.h"

#include "kip-error.h"

/* ---- whose turn it is ---- */

static gboolean
is_own (KipShareFiles      *files,
        const KipShareFile *file)
{
  return file->is.device == files->engine->replica->class->device (files->engine->replica);
}

/* Who attached it puts it there; what of others is missing is found by a listing. */
void
kip_share_files_may_put (KipShareFiles *files,
                         KipShareFile  *file)
{
  if (file->must_put || kip_share_file_is_shared (files, file) || (file->lacking_since == 0 && !is_own (files, file)))
    return;
  file->must_put = TRUE;
  g_ptr_array_add (files->puts, file);
}

static void
stop_putting (KipShareFiles *files,
              KipShareFile  *file)
{
  file->must_put = FALSE;
  file->lacking_since = 0;
  g_ptr_array_remove (files->puts, file);
}

/* ---- one chunk ---- */

/* What lies here damaged is not spread.  FALSE: leave it. */
static gboolean
check_here (KipShareFiles *files,
            KipShareFile  *file)
{
  if (!file->is_checked)
    file->is_bad = !files->shelf->class->check (files->shelf, file->is.hash, NULL);
  file->is_checked = TRUE;
  return !file->is_bad;
}

static guint64
length_of (KipShareFiles      *files,
           const KipShareFile *file,
           guint               chunk)
{
  guint64 begin = (guint64) chunk * files->chunk;

  return MIN ((guint64) files->chunk, (guint64) file->is.size - MIN ((guint64) file->is.size, begin));
}

static GBytes *
read_chunk (KipShareFiles *files,
            KipShareFile  *file,
            guint          chunk)
{
  g_autoptr (GBytes) data = NULL;

  if (!check_here (files, file))
    return NULL;
  data = files->shelf->class->read (files->shelf, file->is.hash, (guint64) chunk * files->chunk, files->chunk, NULL);
  if (data != NULL && g_bytes_get_size (data) == length_of (files, file, chunk))
    return g_steal_pointer (&data);
  file->is_bad = TRUE;
  return NULL;
}

static gboolean
put_chunk (KipShareFiles *files,
           KipShareFile  *file,
           guint          chunk,
           GError       **error)
{
  KipSyncEngine *engine = files->engine;
  g_autoptr (GBytes) data = read_chunk (files, file, chunk);
  g_autofree char *name = NULL;
  g_autoptr (GBytes) blob = NULL;

  if (data == NULL)
    return TRUE;
  name = kip_share_blob_name (engine->keys, kip_share_keys_get_sealing (engine->keys), file->is.hash, chunk);
  blob = kip_share_blob_seal (engine->keys, name, data);
  if (!kip_carrier_put_blob (engine->carrier, name, blob, files->cancellable, error))
    return FALSE;
  files->put += g_bytes_get_size (data);
  return TRUE;
}

static gboolean
note (KipShareFiles *files,
      KipShareFile  *file,
      GError       **error)
{
  g_autoptr (GArray) one = g_array_new (FALSE, FALSE, sizeof (KipAttached));

  g_array_append_val (one, file->is);
  return files->shelf->class->note (files->shelf, one, error);
}

/* A new generation of keys begins with the first chunk again. */
static gboolean
put_next (KipShareFiles *files,
          KipShareFile  *file,
          GError       **error)
{
  guint16 newest = kip_share_keys_get_sealing (files->engine->keys);

  if (file->is.generation != newest)
    {
      file->is.generation = newest;
      file->is.n_put = 0;
    }
  if (!put_chunk (files, file, file->is.n_put, error))
    return FALSE;
  if (file->is_bad)
    {
      stop_putting (files, file);
      return TRUE;
    }
  file->is.n_put++;
  if (kip_share_file_is_shared (files, file))
    stop_putting (files, file);
  kip_share_files_tell (files, file);
  return note (files, file, error);
}

/* ---- the next one ---- */

static gboolean
rest_from_putting (KipShareFiles *files,
                   gboolean       ok)
{
  files->n_put_failures = ok ? 0 : files->n_put_failures + 1;
  if (!ok)
    files->put_rest = files->now + kip_share_files_rest (files->n_put_failures);
  return ok;
}

gboolean
kip_share_files_put_one (KipShareFiles *files,
                         GError       **problem)
{
  if (files->puts->len == 0 || files->now < files->put_rest || kip_share_keys_get_newest (files->engine->keys) == 0)
    return FALSE;
  return rest_from_putting (files, put_next (files, g_ptr_array_index (files->puts, 0), problem));
}

gint64
kip_share_files_put_due (KipShareFiles *files)
{
  return files->puts->len > 0 ? files->put_rest : G_MAXINT64;
}

/* ---- what somebody could not open ---- */

static gboolean
is_no_good (const GError *error)
{
  return g_error_matches (error, KIP_ERROR, KIP_ERROR_NOT_FOUND) || g_error_matches (error, KIP_ERROR, KIP_ERROR_CORRUPT);
}

/* All of it lies there under that key. */
static gboolean
checked (KipShareFiles *files,
         KipShareFile  *file,
         GError       **error)
{
  file->is_doubted = FALSE;
  g_ptr_array_remove (files->doubts, file);
  if (file->is_bad)
    return TRUE;
  file->is.generation = kip_share_keys_get_sealing (files->engine->keys);
  file->is.n_put = kip_share_file_chunks (files, file);
  return note (files, file, error);
}

/* Whoever lacks it may not have the keys of before they came: it must lie there under today's. */
static gboolean
check_next (KipShareFiles *files,
            KipShareFile  *file,
            GError       **error)
{
  g_autoptr (GError) trouble = NULL;
  guint16 generation = kip_share_keys_get_sealing (files->engine->keys);
  g_autoptr (GBytes) there = kip_share_files_fetch_from (files, file, generation, file->doubt_chunk, &trouble);

  if (there == NULL && is_no_good (trouble))
    {
      if (!put_chunk (files, file, file->doubt_chunk, error))
        return FALSE;
    }
  else if (there == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&trouble));
      return FALSE;
    }
  if (++file->doubt_chunk < kip_share_file_chunks (files, file) && !file->is_bad)
    return TRUE;
  return checked (files, file, error);
}

gboolean
kip_share_files_check_one (KipShareFiles *files,
                           GError       **problem)
{
  if (files->doubts->len == 0 || files->now < files->put_rest || kip_share_keys_get_newest (files->engine->keys) == 0)
    return FALSE;
  return rest_from_putting (files, check_next (files, g_ptr_array_index (files->doubts, 0), problem));
}
