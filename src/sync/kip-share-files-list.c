/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-share-files-private.h"

#include "kip-cbor.h"
#include "kip-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The folder is listed so often, and when the shared file is another one. */
#define LIST_EVERY (24 * 60 * 60 * 1000)

/* What another machine attached and is missing is put by one of those who hold it, after this and its turn. */
#define OTHERS_AFTER (60 * 1000)

/* What a machine left half-written lies so long, by our own clock, until it is taken away. */
#define LEFTOVER_AFTER (60 * 60 * 1000)

/* Kept of the last listing: a CBOR list [1, file id, wall clock]. */
#define FORMAT 1
#define LISTED "files-listed"

#define TMP ".tmp"

/* ---- when ---- */

static gboolean
parse_listed (KipShareFiles *files,
              GBytes        *state,
              gint64        *at)
{
  KipCborReader reader;
  gsize length, id_length;
  gconstpointer data = g_bytes_get_data (state, &length);
  const guint8 *id;
  gint64 format;
  guint n;

  kip_cbor_reader_init (&reader, data, length);
  return kip_cbor_get_list (&reader, &n) && n == 3 && kip_cbor_get_int (&reader, &format) && format == FORMAT
         && kip_cbor_get_bytes (&reader, &id, &id_length) && id_length == KIP_FILE_ID_SIZE
         && memcmp (id, files->engine->file.file, id_length) == 0 && kip_cbor_get_int (&reader, at);
}

static gint64
find_due (KipShareFiles *files)
{
  g_autoptr (GBytes) state = files->engine->replica->class->get_state (files->engine->replica, LISTED);
  gint64 at;

  if (state == NULL || !parse_listed (files, state, &at) || at > files->wall || files->wall - at >= LIST_EVERY)
    return files->now;
  return files->now + LIST_EVERY - (files->wall - at);
}

static gboolean
note_listed (KipShareFiles *files,
             GError       **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GBytes) state = NULL;

  kip_cbor_put_list (out, 3);
  kip_cbor_put_int (out, FORMAT);
  kip_cbor_put_bytes (out, files->engine->file.file, KIP_FILE_ID_SIZE);
  kip_cbor_put_int (out, files->wall);
  state = g_byte_array_free_to_bytes (g_steal_pointer (&out));
  return files->engine->replica->class->set_state (files->engine->replica, LISTED, state, error);
}

/* ---- what lies there ---- */

GHashTable *
kip_share_files_list_names (KipShareFiles *files,
                            GError       **error)
{
  g_autoptr (GPtrArray) names = kip_carrier_list_blobs (files->engine->carrier, files->cancellable, error);
  GHashTable *there;

  if (names == NULL)
    return NULL;
  there = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < names->len; i++)
    g_hash_table_add (there, g_strdup (g_ptr_array_index (names, i)));
  return there;
}

/* So many of its first chunks. */
static guint
count_there (KipShareFiles *files,
             KipShareFile  *file,
             guint16        generation,
             GHashTable    *there)
{
  guint n = kip_share_file_chunks (files, file);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = kip_share_blob_name (files->engine->keys, generation, file->is.hash, i);

      if (name == NULL || !g_hash_table_contains (there, name))
        return i;
    }
  return n;
}

/* TRUE: that is news. */
static gboolean
compare (KipShareFiles *files,
         KipShareFile  *file,
         GHashTable    *there)
{
  const KipShareKeys *keys = files->engine->keys;
  guint16 newest = kip_share_keys_get_sealing (keys), best = newest;
  guint most = count_there (files, file, newest, there), n = kip_share_file_chunks (files, file);
  gboolean is_news;

  for (guint16 generation = kip_share_keys_get_newest (keys); most < n && generation > 0;
       generation = kip_share_keys_get_older (keys, generation))
    if (count_there (files, file, generation, there) == n)
      {
        best = generation;
        most = n;
      }
  is_news = file->is.generation != best || file->is.n_put != most;
  file->is.generation = best;
  file->is.n_put = most;
  return is_news;
}

static gint64
turn_of (KipShareFiles *files,
         KipShareFile  *file)
{
  return file->lacking_since + OTHERS_AFTER + kip_sync_wait_for_rank (files->engine);
}

/* Own files may be put at once; those of others when they were missing for a while, and by then another
 * machine may have done it: so the folder is listed once more. */
static void
judge (KipShareFiles *files,
       KipShareFile  *file)
{
  gboolean is_own = file->is.device == files->engine->replica->class->device (files->engine->replica);

  if (kip_share_file_is_shared (files, file))
    {
      file->lacking_since = 0;
      return;
    }
  if (!file->is_here || file->is_bad)
    return;
  if (!is_own && file->lacking_since == 0)
    file->lacking_since = MAX (1, files->now);
  if (is_own || turn_of (files, file) <= files->now)
    kip_share_files_may_put (files, file);
  else
    files->list_due = MIN (files->list_due, turn_of (files, file));
}

static gboolean
compare_all (KipShareFiles *files,
             GHashTable    *there,
             GError       **error)
{
  g_autoptr (GArray) news = g_array_new (FALSE, FALSE, sizeof (KipAttached));
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, files->all);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      KipShareFile *file = value;

      if (file->is.size < 0 || (guint64) file->is.size > KIP_FILE_MAX)
        continue;
      if (compare (files, file, there))
        g_array_append_val (news, file->is);
      judge (files, file);
    }
  for (guint i = files->puts->len; i > 0; i--)
    {
      KipShareFile *file = g_ptr_array_index (files->puts, i - 1);

      if (!kip_share_file_is_shared (files, file))
        continue;
      file->must_put = FALSE;
      g_ptr_array_remove_index (files->puts, i - 1);
    }
  return files->shelf->class->note (files->shelf, news, error);
}

/* ---- what was left half-written ---- */

/* A name stands for one writing, which is over long before that; should it not be, it fails and is done again. */
static void
drop_leftovers (KipShareFiles *files,
                GHashTable    *there)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, files->leftovers);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_hash_table_contains (there, name))
      g_hash_table_iter_remove (&iter);
  g_hash_table_iter_init (&iter, there);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      gint64 *seen = g_hash_table_lookup (files->leftovers, name);

      if (!g_str_has_suffix (name, TMP))
        continue;
      if (seen == NULL)
        g_hash_table_insert (files->leftovers, g_strdup (name), g_memdup2 (&files->now, sizeof files->now));
      else if (files->now - *seen >= LEFTOVER_AFTER)
        kip_carrier_drop_blob (files->engine->carrier, name, files->cancellable, NULL);
      files->list_due = MIN (files->list_due, files->now + LEFTOVER_AFTER);
    }
}

gboolean
kip_share_files_list_if_due (KipShareFiles *files,
                             GError       **problem)
{
  g_autoptr (GHashTable) there = NULL;

  if (files->list_due == 0)
    files->list_due = find_due (files);
  if (files->now < files->list_due || files->now < files->put_rest)
    return FALSE;
  there = kip_share_files_list_names (files, problem);
  if (there == NULL)
    {
      files->put_rest = files->now + kip_share_files_rest (files->n_put_failures++);
      return FALSE;
    }
  files->list_due = files->now + LIST_EVERY;
  drop_leftovers (files, there);
  return compare_all (files, there, problem) && note_listed (files, problem);
}

/* ---- garbage ---- */

static gboolean
drop_names (KipShareFiles *files,
            GPtrArray     *names,
            GError       **error)
{
  for (guint i = 0; i < names->len; i++)
    if (!kip_carrier_drop_blob (files->engine->carrier, g_ptr_array_index (names, i), files->cancellable, error))
      return FALSE;
  return TRUE;
}

/* All names that the chunks of a file may have. */
static void
add_names (KipShareFiles *files,
           const guint8  *hash,
           guint          n_chunks,
           GHashTable    *names)
{
  const KipShareKeys *keys = files->engine->keys;

  for (guint16 generation = kip_share_keys_get_newest (keys); generation > 0; generation = kip_share_keys_get_older (keys, generation))
    for (guint i = 0; i < n_chunks; i++)
      g_hash_table_add (names, kip_share_blob_name (keys, generation, hash, i));
}

/* "a-2-0f3c…-0" begins with "a-2-0f3c…-": whatever its size was told to be. */
static gboolean
is_of (KipShareFiles *files,
       const char    *name,
       const guint8  *hash)
{
  const KipShareKeys *keys = files->engine->keys;

  for (guint16 generation = kip_share_keys_get_newest (keys); generation > 0; generation = kip_share_keys_get_older (keys, generation))
    {
      g_autofree char *first = kip_share_blob_name (keys, generation, hash, 0);

      if (first != NULL && strncmp (name, first, strlen (first) - 1) == 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
kip_share_files_drop (KipShareFiles *files,
                      GPtrArray     *hashes,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GPtrArray) gone = g_ptr_array_new ();

  files->cancellable = cancellable;
  if (!kip_share_files_recount (files, error))
    return FALSE;
  names = kip_carrier_list_blobs (files->engine->carrier, cancellable, error);
  if (names == NULL)
    return FALSE;
  for (guint i = 0; i < hashes->len; i++)
    {
      const guint8 *hash = g_bytes_get_data (g_ptr_array_index (hashes, i), NULL);

      for (guint j = 0; j < names->len && kip_share_files_find (files, hash) == NULL; j++)
        if (is_of (files, g_ptr_array_index (names, j), hash))
          g_ptr_array_add (gone, g_ptr_array_index (names, j));
    }
  return drop_names (files, gone, error);
}

/* Blobs of a generation that is newer than what we know are none of our business. */
static gboolean
is_ours_to_judge (KipShareFiles *files,
                  const char    *name)
{
  guint64 generation;

  if (!g_str_has_prefix (name, "a-") || g_str_has_suffix (name, TMP))
    return FALSE;
  generation = g_ascii_strtoull (name + 2, NULL, 10);
  return generation > 0 && generation <= kip_share_keys_get_newest (files->engine->keys);
}

static gboolean
read_to_the_end (KipShareFiles *files,
                 gint64         wall_ms,
                 GError       **error)
{
  KipSyncRound round = { .clock_offset = G_MININT64 };

  files->engine->round = &round;
  files->engine->wall = wall_ms;
  files->engine->cancellable = files->cancellable;
  return kip_sync_read_header (files->engine, error) && kip_sync_read_on (files->engine, error);
}

gboolean
kip_share_files_sweep (KipShareFiles *files,
                       gint64         wall_ms,
                       guint         *n,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_autoptr (GHashTable) named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GPtrArray) gone = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer file;

  files->cancellable = cancellable;
  files->wall = wall_ms;
  names = kip_carrier_list_blobs (files->engine->carrier, cancellable, error);
  if (names == NULL || !read_to_the_end (files, wall_ms, error) || !kip_share_files_recount (files, error))
    return FALSE;
  g_hash_table_iter_init (&iter, files->all);
  while (g_hash_table_iter_next (&iter, NULL, &file))
    add_names (files, ((KipShareFile *) file)->is.hash, kip_share_file_chunks (files, file), named);
  for (guint i = 0; i < names->len; i++)
    if (is_ours_to_judge (files, g_ptr_array_index (names, i)) && !g_hash_table_contains (named, g_ptr_array_index (names, i)))
      g_ptr_array_add (gone, g_ptr_array_index (names, i));
  if (n != NULL)
    *n = gone->len;
  return drop_names (files, gone, error);
}

/* Once; what is left then goes with the next new file. */
void
kip_share_files_sweep_if_due (KipShareFiles *files)
{
  if (!files->engine->must_sweep)
    return;
  files->engine->must_sweep = FALSE;
  kip_share_files_sweep (files, files->wall, NULL, files->cancellable, NULL);
}
