/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sharing-move.h"

#include "kip-cbor.h"
#include "kip-clock.h"
#include "kip-error.h"
#include "kip-sharing-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A CBOR list [path, left, path, left, …]. */
#define LEFT_STATE "left-places"

/* How long an old place is looked at, and how many of them. */
#define LEFT_LASTS (90 * KIP_MS_PER_DAY)
#define MAX_LEFT 4

/* ---- old places ---- */

void
kip_left_place_free (KipLeftPlace *place)
{
  g_free (place->path);
  g_free (place);
}

static void
add_place (GPtrArray  *places,
           const char *path,
           gsize       length,
           KipInstant  left)
{
  KipLeftPlace *place = g_new0 (KipLeftPlace, 1);

  place->path = g_strndup (path, length);
  place->left = left;
  g_ptr_array_add (places, place);
}

GPtrArray *
kip_sharing_get_left_places (KipStore *store)
{
  GPtrArray *places = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_left_place_free);
  g_autoptr (GBytes) state = kip_store_get_share_state (store, LEFT_STATE);
  KipCborReader reader;
  const char *path;
  gsize length;
  gint64 left;
  guint n = 0;

  if (state == NULL)
    return places;
  kip_cbor_reader_init (&reader, g_bytes_get_data (state, NULL), g_bytes_get_size (state));
  for (kip_cbor_get_list (&reader, &n); n >= 2; n -= 2)
    if (kip_cbor_get_text (&reader, &path, &length) && kip_cbor_get_int (&reader, &left))
      add_place (places, path, length, left);
  return places;
}

static gboolean
save_places (KipStore  *store,
             GPtrArray *places,
             GError   **error)
{
  GByteArray *out = g_byte_array_new ();
  g_autoptr (GBytes) state = NULL;

  kip_cbor_put_list (out, 2 * places->len);
  for (guint i = 0; i < places->len; i++)
    {
      const KipLeftPlace *place = g_ptr_array_index (places, i);

      kip_cbor_put_text (out, place->path);
      kip_cbor_put_int (out, place->left);
    }
  state = g_byte_array_free_to_bytes (out);
  return kip_store_set_share_state (store, LEFT_STATE, state, error);
}

/* @from is an old place from now on, @to none any more. */
static gboolean
note_left (KipStore   *store,
           const char *from,
           const char *to,
           GError    **error)
{
  g_autoptr (GPtrArray) places = kip_sharing_get_left_places (store);
  KipInstant now = kip_clock_now ();

  for (guint i = places->len; i > 0; i--)
    {
      const KipLeftPlace *place = g_ptr_array_index (places, i - 1);

      if (g_str_equal (place->path, from) || g_str_equal (place->path, to) || now - place->left > LEFT_LASTS)
        g_ptr_array_remove_index (places, i - 1);
    }
  add_place (places, from, strlen (from), now);
  if (places->len > MAX_LEFT)
    g_ptr_array_remove_index (places, 0);
  return save_places (store, places, error);
}

/* ---- going there ---- */

static gboolean
go_to (KipStore      *store,
       KipSyncEngine *engine,
       const char    *path,
       GError       **error)
{
  const char *dir = kip_store_get_dir (store);
  g_autoptr (KipSharing) sharing = kip_sharing_load (dir, error);

  if (sharing == NULL)
    return FALSE;
  if (g_str_equal (sharing->path, path))
    return TRUE;
  if (!note_left (store, sharing->path, path, error)
      || !kip_sharing_save (dir, path, engine != NULL ? kip_sync_engine_get_keys (engine) : sharing->keys, error)
      || !kip_store_set_share_state (store, "cursor", NULL, error))
    return FALSE;
  if (engine != NULL)
    kip_sync_engine_go_to (engine, kip_sharing_new_carrier (path));
  return TRUE;
}

/* What lies at @path. (transfer full) (nullable) */
static KipShareHeader *
read_header (const char   *path,
             GCancellable *cancellable,
             GError      **error)
{
  g_autoptr (KipCarrier) carrier = kip_sharing_new_carrier (path);
  g_autoptr (GBytes) bytes = kip_carrier_read (carrier, 0, KIP_SHARE_HEADER_SIZE, NULL, cancellable, error);

  return bytes != NULL ? kip_share_header_read (bytes, error) : NULL;
}

static gboolean
is_of_office (KipShareHeader     *header,
              const KipShareKeys *keys)
{
  return memcmp (kip_share_header_get_info (header)->identity.office, kip_share_keys_get_office (keys), KIP_OFFICE_ID_SIZE) == 0;
}

static gboolean
is_same_file (KipShareHeader     *header,
              const KipShareKeys *keys)
{
  const KipShareIdentity *file = kip_share_keys_get_file (keys);

  return file != NULL && memcmp (kip_share_header_get_info (header)->identity.file, file->file, KIP_FILE_ID_SIZE) == 0;
}

gboolean
kip_sharing_use (KipStore      *store,
                 KipSyncEngine *engine,
                 const char    *path,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autofree char *full = g_canonicalize_filename (path, NULL);
  g_autoptr (KipSharing) sharing = kip_sharing_load (kip_store_get_dir (store), error);
  g_autoptr (KipShareHeader) header = sharing != NULL ? read_header (full, cancellable, error) : NULL;

  if (header == NULL)
    return FALSE;
  if (is_of_office (header, sharing->keys))
    return go_to (store, engine, full, error);
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NOT_OFFICE,
                       _("At that place lies the shared file of another office. Nothing was written to it; everything is kept on this computer. Choose the right file."));
  return FALSE;
}

/* ---- following ---- */

/* What @path is beside @from, beside @own. (transfer full) */
static char *
beside (const char *path,
        const char *from,
        const char *own)
{
  g_auto (GStrv) to = g_strsplit (path, "/", -1);
  g_auto (GStrv) before = g_strsplit (from, "/", -1);
  g_autoptr (GString) name = g_string_new (NULL);
  g_autofree char *folder = g_path_get_dirname (own);
  guint same = 0, n_before = g_strv_length (before), n_to = g_strv_length (to);

  while (same + 1 < n_before && same + 1 < n_to && g_str_equal (to[same], before[same]))
    same++;
  for (guint i = same; i + 1 < n_before; i++)
    g_string_append (name, "../");
  for (guint i = same; i < n_to; i++)
    g_string_append_printf (name, "%s%s", to[i], i + 1 < n_to ? "/" : "");
  return g_canonicalize_filename (name->str, folder);
}

static gboolean
is_new_place (KipSyncEngine *engine,
              const char    *path,
              GCancellable  *cancellable)
{
  const KipShareKeys *keys = kip_sync_engine_get_keys (engine);
  g_autoptr (KipShareHeader) header = g_path_is_absolute (path) ? read_header (path, cancellable, NULL) : NULL;

  return header != NULL && is_of_office (header, keys) && !is_same_file (header, keys);
}

gboolean
kip_sharing_follow (KipStore      *store,
                    KipSyncEngine *engine,
                    GCancellable  *cancellable)
{
  const KipMoved *moved = kip_sync_engine_get_moved (engine);
  g_autoptr (KipSharing) sharing = kip_sharing_load (kip_store_get_dir (store), NULL);
  g_autofree char *told = NULL;
  g_autofree char *near = NULL;

  if (moved == NULL || *moved->path == '\0' || sharing == NULL)
    return FALSE;
  told = g_strdup (moved->path);
  near = beside (moved->path, moved->from, sharing->path);
  if (is_new_place (engine, told, cancellable))
    return go_to (store, engine, told, NULL);
  return is_new_place (engine, near, cancellable) && go_to (store, engine, near, NULL);
}

char *
kip_sharing_moved_sentence (KipStore       *store,
                            const KipMoved *moved)
{
  g_autoptr (KipMembers) members = kip_store_dup_members (store);
  const KipMember *member = kip_members_find (members, moved->device);
  const KipPerson *person = member != NULL ? kip_office_person (kip_store_get_office (store), member->person) : NULL;

  if (person == NULL)
    return g_strdup_printf (_("The shared file was moved to “%s”. Everything is kept on this computer. Choose where that is on this computer."),
                            moved->path);
  /* Translators: where, and by whom */
  return g_strdup_printf (_("The shared file was moved to “%s” by %s. Everything is kept on this computer. Choose where that is on this computer."),
                          moved->path, person->name);
}

/* ---- moving ---- */

static KipSyncEngine *
open_beside (KipStore             *store,
             const char           *path,
             const KipShareKeys   *keys,
             const KipSyncOptions *options)
{
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, path, -1);
  g_autofree char *prefix = g_strdup_printf ("beside-%.16s-", sum);

  return kip_sync_engine_new (kip_sharing_new_carrier (path), kip_replica_new_beside (store, prefix), kip_share_keys_copy (keys), options);
}

/* There lies a file of this office already: it is the one from now on, whatever it said of another place. */
static gboolean
take_over (KipStore      *store,
           KipSyncEngine *engine,
           const char    *path,
           const char    *from,
           guint64       *serial,
           GCancellable  *cancellable,
           GError       **error)
{
  const KipSyncOptions options = { .version = NULL };
  g_autoptr (KipSyncEngine) there = open_beside (store, path, kip_sync_engine_get_keys (engine), &options);
  gint64 now = g_get_monotonic_time () / 1000, wall = kip_clock_now ();
  const KipMoved *moved;
  KipSyncRound round;

  if (!kip_sync_engine_read_only (there, now, wall, &round, cancellable, error))
    return FALSE;
  moved = kip_sync_engine_get_moved (there);
  if (moved == NULL)
    return TRUE;
  *serial = moved->serial + 1;
  return *moved->path == '\0' || kip_sync_engine_tell_moved (there, "", path, 0, now, wall, cancellable, error);
}

/* TRUE in @is_there: it does, and is another one than ours. */
static gboolean
look_there (KipSyncEngine *engine,
            const char    *path,
            gboolean      *is_there,
            GCancellable  *cancellable,
            GError       **error)
{
  const KipShareKeys *keys = kip_sync_engine_get_keys (engine);
  g_autoptr (KipShareHeader) header = read_header (path, cancellable, NULL);

  *is_there = header != NULL && is_of_office (header, keys);
  if (!*is_there || !is_same_file (header, keys))
    return TRUE;
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_EXISTS,
                       _("There lies the shared file of this office already, or a copy of it. Nothing was changed. Choose another place."));
  return FALSE;
}

static gboolean
move_or_take_over (KipStore          *store,
                   KipSyncEngine     *engine,
                   const char        *path,
                   const char        *from,
                   KipCompactProgress progress,
                   gpointer           data,
                   GCancellable      *cancellable,
                   GError           **error)
{
  g_autoptr (KipCarrier) to = kip_sharing_new_carrier (path);
  gint64 now = g_get_monotonic_time () / 1000, wall = kip_clock_now ();
  KipSyncRound round;
  gboolean is_there;
  guint64 serial = 0;

  if (!kip_sync_engine_read_only (engine, now, wall, &round, cancellable, error)
      || !look_there (engine, path, &is_there, cancellable, error))
    return FALSE;
  if (!is_there)
    return kip_sync_engine_move (engine, to, path, from, now, wall, progress, data, cancellable, error);
  return kip_sync_engine_copy_blobs (engine, to, progress, data, cancellable, error)
         && take_over (store, engine, path, from, &serial, cancellable, error)
         && kip_sync_engine_tell_moved (engine, path, from, serial, now, wall, cancellable, error);
}

gboolean
kip_sharing_move (KipStore          *store,
                  KipSyncEngine     *engine,
                  const char        *path,
                  KipCompactProgress progress,
                  gpointer           data,
                  GCancellable      *cancellable,
                  GError           **error)
{
  g_autofree char *full = g_canonicalize_filename (path, NULL);
  g_autoptr (KipSharing) sharing = kip_sharing_load (kip_store_get_dir (store), error);

  return sharing != NULL
         && move_or_take_over (store, engine, full, sharing->path, progress, data, cancellable, error)
         && go_to (store, engine, full, error);
}

/* ---- looking back ---- */

static void
look_at (KipStore             *store,
         KipSharing           *sharing,
         const char           *path,
         const KipSyncOptions *options,
         GCancellable         *cancellable)
{
  g_autoptr (KipSyncEngine) old = open_beside (store, path, sharing->keys, options);
  gint64 now = g_get_monotonic_time () / 1000, wall = kip_clock_now ();
  KipSyncRound round;

  kip_sync_engine_look_back (old, sharing->path, path, now, wall, &round, cancellable, NULL);
  if (round.n_received > 0)
    {
      g_autoptr (KipCarrier) to = kip_sharing_new_carrier (sharing->path);

      kip_sync_engine_copy_blobs (old, to, NULL, NULL, cancellable, NULL);
    }
}

void
kip_sharing_look_back (KipStore             *store,
                       const KipSyncOptions *options,
                       GCancellable         *cancellable)
{
  g_autoptr (GPtrArray) places = kip_sharing_get_left_places (store);
  g_autoptr (KipSharing) sharing = places->len > 0 ? kip_sharing_load (kip_store_get_dir (store), NULL) : NULL;
  KipInstant now = kip_clock_now ();

  for (guint i = 0; sharing != NULL && i < places->len; i++)
    {
      const KipLeftPlace *place = g_ptr_array_index (places, i);

      if (now - place->left <= LEFT_LASTS)
        look_at (store, sharing, place->path, options, cancellable);
    }
}
