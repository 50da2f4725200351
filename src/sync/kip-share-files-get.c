/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-share-files-private.h"

#include "kip-error.h"

#include <glib/gi18n-lib.h>

/* A file that was looked for in vain is looked for again after this, and then more seldom. */
#define LOOK_FIRST 3000
#define ASKED_LONGEST 60000
#define AHEAD_LONGEST (15 * 60 * 1000)

/* ---- one chunk ---- */

static GBytes *
fail_missing (GError **error)
{
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NOT_FOUND,
                       _("This attachment is not on the share yet. It is fetched as soon as the computer that has it puts it there."));
  return NULL;
}

GBytes *
kip_share_files_fetch_from (KipShareFiles *files,
                            KipShareFile  *file,
                            guint16        generation,
                            guint          chunk,
                            GError       **error)
{
  KipSyncEngine *engine = files->engine;
  g_autofree char *name = kip_share_blob_name (engine->keys, generation, file->is.hash, chunk);
  g_autoptr (GBytes) blob = kip_carrier_get_blob (engine->carrier, name, files->cancellable, error);
  g_autoptr (GError) trouble = NULL;
  GBytes *data = blob != NULL ? kip_share_blob_open (engine->keys, name, blob, &trouble) : NULL;

  /* It is sealed with the key that its name tells, which is here: another one is damage, too. */
  if (g_error_matches (trouble, KIP_ERROR, KIP_ERROR_NOT_ALLOWED))
    trouble->code = KIP_ERROR_CORRUPT;
  if (trouble != NULL)
    g_propagate_error (error, g_steal_pointer (&trouble));
  return data;
}

/* What is missing or damaged under one key may lie there under an older one. */
GBytes *
kip_share_files_fetch (KipShareFiles *files,
                       KipShareFile  *file,
                       guint          chunk,
                       GError       **error)
{
  KipSyncEngine *engine = files->engine;
  g_autoptr (GError) worst = NULL;

  for (guint16 generation = kip_share_keys_get_newest (engine->keys); generation > 0;
       generation = kip_share_keys_get_older (engine->keys, generation))
    {
      g_autoptr (GError) trouble = NULL;
      GBytes *data;

      data = kip_share_files_fetch_from (files, file, generation, chunk, &trouble);
      if (data != NULL)
        return data;
      if (g_error_matches (trouble, KIP_ERROR, KIP_ERROR_NOT_FOUND))
        continue;
      g_clear_error (&worst);
      worst = g_steal_pointer (&trouble);
      if (!g_error_matches (worst, KIP_ERROR, KIP_ERROR_CORRUPT))
        break;
    }
  if (worst == NULL)
    return fail_missing (error);
  g_propagate_error (error, g_steal_pointer (&worst));
  return NULL;
}

/* ---- the whole file ---- */

static void
arrived (KipShareFiles *files,
         KipShareFile  *file)
{
  file->want = KIP_WANT_NOT;
  file->is_here = TRUE;
  file->n_tries = file->n_damaged = 0;
  g_ptr_array_remove (files->gets, file);
  kip_share_files_set_state (files, file, KIP_FILE_HERE);
}

static void
try_later (KipShareFiles *files,
           KipShareFile  *file,
           KipFileState   state)
{
  gint64 longest = file->want == KIP_WANT_ASKED ? ASKED_LONGEST : AHEAD_LONGEST;

  file->next_try = files->now + MIN (longest, (gint64) LOOK_FIRST << MIN (file->n_tries, 12));
  file->n_tries++;
  kip_share_files_set_state (files, file, file->want == KIP_WANT_ASKED ? state : KIP_FILE_AWAY);
}

/* What is no good the first time may have been read wrongly: at once again. */
static void
found_damaged (KipShareFiles *files,
               KipShareFile  *file)
{
  if (file->n_damaged++ > 0)
    try_later (files, file, KIP_FILE_DAMAGED);
}

static gboolean
finish (KipShareFiles *files,
        KipShareFile  *file,
        GError       **error)
{
  g_autoptr (GError) trouble = NULL;

  if (files->shelf->class->end_part (files->shelf, file->is.hash, &trouble))
    {
      arrived (files, file);
      return TRUE;
    }
  if (g_error_matches (trouble, KIP_ERROR, KIP_ERROR_CORRUPT))
    {
      found_damaged (files, file);
      return TRUE;
    }
  try_later (files, file, KIP_FILE_FAILED);
  g_propagate_error (error, g_steal_pointer (&trouble));
  return FALSE;
}

static gboolean
keep (KipShareFiles *files,
      KipShareFile  *file,
      guint          chunk,
      GBytes        *data,
      GError       **error)
{
  guint64 offset = (guint64) chunk * files->chunk;
  guint64 length = MIN ((guint64) files->chunk, (guint64) file->is.size - offset);

  if (g_bytes_get_size (data) != length)
    {
      found_damaged (files, file);
      return TRUE;
    }
  if (!files->shelf->class->add_part (files->shelf, file->is.hash, offset, data, error))
    {
      try_later (files, file, KIP_FILE_FAILED);
      return FALSE;
    }
  files->fetched += length;
  if (file->n_damaged == 0)
    file->n_tries = 0;
  if (offset + length >= (guint64) file->is.size)
    return finish (files, file, error);
  if (file->want == KIP_WANT_ASKED)
    file->state = KIP_FILE_FETCHING;
  kip_share_files_tell (files, file);
  return TRUE;
}

/* FALSE: the share did not let us, which says nothing about this file. */
static gboolean
get_next (KipShareFiles *files,
          KipShareFile  *file,
          GError       **error)
{
  guint64 here = files->shelf->class->part_size (files->shelf, file->is.hash);
  guint chunk = (guint) MIN (here / files->chunk, kip_share_file_chunks (files, file) - 1);
  g_autoptr (GError) trouble = NULL;
  g_autoptr (GBytes) data = kip_share_files_fetch (files, file, chunk, &trouble);

  if (data != NULL)
    return keep (files, file, chunk, data, error);
  if (g_error_matches (trouble, KIP_ERROR, KIP_ERROR_CORRUPT))
    found_damaged (files, file);
  else if (g_error_matches (trouble, KIP_ERROR, KIP_ERROR_NOT_FOUND))
    try_later (files, file, KIP_FILE_MISSING);
  else
    {
      g_propagate_error (error, g_steal_pointer (&trouble));
      return FALSE;
    }
  return TRUE;
}

/* ---- the next one ---- */

/* Who asked last looks at it now; what nobody asked for comes behind all that. */
static KipShareFile *
find_due (KipShareFiles *files)
{
  KipShareFile *ahead = NULL;

  for (guint i = files->gets->len; i > 0; i--)
    {
      KipShareFile *file = g_ptr_array_index (files->gets, i - 1);

      if (file->next_try > files->now)
        continue;
      if (file->want == KIP_WANT_ASKED)
        return file;
      if (ahead == NULL)
        ahead = file;
    }
  return ahead;
}

gboolean
kip_share_files_get_one (KipShareFiles *files,
                         GError       **problem)
{
  KipShareFile *file = files->now >= files->get_rest ? find_due (files) : NULL;

  if (file == NULL || kip_share_keys_get_newest (files->engine->keys) == 0)
    return FALSE;
  /* It may have come another way. */
  if (files->shelf->class->has (files->shelf, file->is.hash))
    {
      arrived (files, file);
      return TRUE;
    }
  if (get_next (files, file, problem))
    {
      files->n_get_failures = 0;
      return TRUE;
    }
  files->get_rest = files->now + kip_share_files_rest (files->n_get_failures++);
  return FALSE;
}

gint64
kip_share_files_get_due (KipShareFiles *files)
{
  gint64 due = G_MAXINT64;

  for (guint i = 0; i < files->gets->len; i++)
    due = MIN (due, ((KipShareFile *) g_ptr_array_index (files->gets, i))->next_try);
  return files->gets->len > 0 ? MAX (due, files->get_rest) : G_MAXINT64;
}
