/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync-move.h"

#include "kip-error.h"
#include "kip-share-error.h"
#include "kip-sync-engine-private.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

/* Under this the newest frame that counts is kept: the cursor stands behind it. */
#define STATE "moved"

/* How long the lock is waited for, in milliseconds. */
#define PATIENCE 10000
#define PATIENCE_THERE (2 * KIP_CARRIER_STALE_COMPACT)

/* How often others may be faster at the end of the file. */
#define TRIES 5

/* ---- what the file says ---- */

/* Only a manager's machine decides where the file lies. (transfer full) (nullable) */
static KipMoved *
weigh (KipSyncEngine *engine,
       GBytes        *body)
{
  g_autoptr (KipMembers) members = engine->replica->class->dup_members (engine->replica);
  g_autoptr (KipMoved) claim = kip_frame_unpack_moved (body, NULL);
  const guint8 *key = claim != NULL ? kip_members_key (members, claim->device, G_MAXUINT64) : NULL;

  if (key == NULL || !kip_members_is_manager (members, claim->device))
    return NULL;
  return kip_frame_unpack_moved (body, key);
}

static gboolean
is_newer (const KipMoved *a,
          const KipMoved *b)
{
  return b == NULL || a->serial > b->serial || (a->serial == b->serial && a->device > b->device);
}

void
kip_sync_take_moved (KipSyncEngine *engine,
                     GBytes        *body)
{
  g_ptr_array_add (engine->moves, g_bytes_ref (body));
}

gboolean
kip_sync_settle_moved (KipSyncEngine *engine,
                       GError       **error)
{
  for (guint i = engine->moves->len; i > 0; i--)
    {
      GBytes *body = g_ptr_array_index (engine->moves, i - 1);
      g_autoptr (KipMoved) moved = weigh (engine, body);

      if (moved == NULL)
        continue;
      if (is_newer (moved, engine->moved))
        {
          if (!kip_sync_own (engine, engine->replica->class->set_state (engine->replica, STATE, body, error)))
            return FALSE;
          g_clear_pointer (&engine->moved, kip_moved_free);
          engine->moved = g_steal_pointer (&moved);
        }
      g_ptr_array_remove_index (engine->moves, i - 1);
    }
  return TRUE;
}

void
kip_sync_load_moved (KipSyncEngine *engine)
{
  g_autoptr (GBytes) body = engine->replica->class->get_state (engine->replica, STATE);

  if (body != NULL)
    engine->moved = weigh (engine, body);
}

/* It is another file: what the one before said is of no use. */
void
kip_sync_forget_moved (KipSyncEngine *engine)
{
  g_ptr_array_set_size (engine->moves, 0);
  if (engine->moved != NULL)
    engine->replica->class->set_state (engine->replica, STATE, NULL, NULL);
  g_clear_pointer (&engine->moved, kip_moved_free);
}

gboolean
kip_sync_is_moved_away (const KipSyncEngine *engine)
{
  return engine->moved != NULL && *engine->moved->path != '\0';
}

gboolean
kip_sync_check_moved (const KipSyncEngine *engine,
                      GError             **error)
{
  if (!kip_sync_is_moved_away (engine))
    return TRUE;
  g_set_error (error, KIP_ERROR, KIP_ERROR_MOVED,
               _("The shared file was moved to “%s”. Everything is kept on this computer. Choose where that is on this computer."),
               engine->moved->path);
  return FALSE;
}

const KipMoved *
kip_sync_engine_get_moved (KipSyncEngine *engine)
{
  return engine->moved;
}

/* ---- telling ---- */

static GBytes *
make_frame (KipSyncEngine *engine,
            const char    *path,
            const char    *from,
            guint64        serial,
            GError       **error)
{
  guint64 known = engine->moved != NULL ? engine->moved->serial : 0;
  KipMoved moved = { engine->replica->class->device (engine->replica), engine->wall, MAX (serial, known) + 1,
                     (char *) path, (char *) from };
  g_autoptr (GBytes) body = NULL;
  guint8 public_key[32], secret_key[64];

  if (!kip_sync_own (engine, engine->replica->class->signing_key (engine->replica, public_key, secret_key, error)))
    return NULL;
  body = kip_frame_pack_moved (&moved, secret_key);
  sodium_memzero (secret_key, sizeof secret_key);
  return kip_frame_seal (engine->keys, KIP_FRAME_MOVED, 0, body, error);
}

static gboolean
append (KipSyncEngine *engine,
        GBytes        *frame,
        GError       **error)
{
  KipShareIdentity before = engine->file;
  KipCarrierLook look;

  if (!kip_sync_read_header (engine, error) || !kip_sync_read_on (engine, error)
      || !kip_carrier_look (engine->carrier, &look, engine->cancellable, error)
      || !kip_carrier_keep_lock (engine->carrier, engine->cancellable, error))
    return FALSE;
  if (memcmp (before.file, engine->file.file, sizeof before.file) != 0)
    return kip_share_fail_late (error);
  return kip_carrier_append (engine->carrier, frame, look.size, engine->cancellable, error);
}

/* Under the lock; whoever is faster is read first. */
static gboolean
tell (KipSyncEngine *engine,
      const char    *path,
      const char    *from,
      guint64        serial,
      GError       **error)
{
  g_autoptr (GBytes) frame = make_frame (engine, path, from, serial, error);

  for (guint i = 1; frame != NULL; i++)
    {
      g_autoptr (GError) problem = NULL;

      if (append (engine, frame, &problem))
        return TRUE;
      if (i == TRIES || !g_error_matches (problem, KIP_ERROR, KIP_ERROR_CONFLICT))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
    }
  return FALSE;
}

/* Only the file says what is in it. */
static gboolean
read_back (KipSyncEngine *engine,
           const char    *path,
           GError       **error)
{
  if (!kip_sync_read_on (engine, error))
    return FALSE;
  if (engine->moved != NULL && g_str_equal (engine->moved->path, path))
    return TRUE;
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_IO,
                       _("The share did not give back what was just written to it. The shared file lies where it was; everything is kept on this computer. Try again."));
  return FALSE;
}

static gboolean
check_manager (KipSyncEngine *engine,
               GError       **error)
{
  g_autoptr (KipMembers) members = engine->replica->class->dup_members (engine->replica);

  if (kip_sync_is_member (engine) && kip_members_is_manager (members, engine->replica->class->device (engine->replica)))
    return TRUE;
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED,
                       _("Only a manager decides where the shared file lies. Nothing was changed."));
  return FALSE;
}

static gboolean
look_and_read (KipSyncEngine *engine,
               GError       **error)
{
  return kip_sync_look_there (engine, error) && kip_sync_read_header (engine, error) && kip_sync_has_key (engine, error)
         && kip_sync_read_on (engine, error);
}

gboolean
kip_sync_engine_tell_moved (KipSyncEngine *engine,
                            const char    *path,
                            const char    *from,
                            guint64        serial,
                            gint64         now_ms,
                            gint64         wall_ms,
                            GCancellable  *cancellable,
                            GError       **error)
{
  KipSyncRound round;
  gboolean ok;

  kip_sync_begin_round (engine, &round, now_ms, wall_ms, cancellable);
  if (!look_and_read (engine, error) || !check_manager (engine, error)
      || !kip_carrier_lock (engine->carrier, engine->replica->class->device (engine->replica), "append", PATIENCE, NULL, cancellable, error))
    return FALSE;
  ok = tell (engine, path, from, serial, error);
  kip_carrier_unlock (engine->carrier);
  return ok && read_back (engine, path, error);
}

/* ---- what lies beside ---- */

static gboolean
is_there (GPtrArray  *names,
          const char *name)
{
  return g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL);
}

/* Who is at which ticket is said anew, and what somebody was still writing is not whole. */
static gboolean
is_worth (const char *name)
{
  return !g_str_equal (name, "desks") && !g_str_has_suffix (name, ".tmp");
}

static gboolean
copy_blob (KipCarrier   *from,
           KipCarrier   *to,
           const char   *name,
           GCancellable *cancellable,
           GError      **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GBytes) data = kip_carrier_get_blob (from, name, cancellable, &problem);

  /* Somebody took it away meanwhile. */
  if (data == NULL && g_error_matches (problem, KIP_ERROR, KIP_ERROR_NOT_FOUND))
    return TRUE;
  if (data != NULL)
    return kip_carrier_put_blob (to, name, data, cancellable, error);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

gboolean
kip_sync_engine_copy_blobs (KipSyncEngine     *engine,
                            KipCarrier        *to,
                            KipCompactProgress progress,
                            gpointer           data,
                            GCancellable      *cancellable,
                            GError           **error)
{
  g_autoptr (GPtrArray) names = kip_carrier_list_blobs (engine->carrier, cancellable, error);
  g_autoptr (GPtrArray) there = names != NULL ? kip_carrier_list_blobs (to, cancellable, error) : NULL;

  if (there == NULL)
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);

      if (is_worth (name) && !is_there (there, name) && !copy_blob (engine->carrier, to, name, cancellable, error))
        return FALSE;
      if (progress != NULL)
        progress ((i + 1.0) / names->len, data);
    }
  return TRUE;
}

/* ---- all of it ---- */

typedef struct
{
  KipCompactProgress progress;
  gpointer           data;
  double             from, to;
} Part;

static void
part_cb (double   fraction,
         gpointer data)
{
  const Part *part = data;

  if (part->progress != NULL)
    part->progress (part->from + (part->to - part->from) * fraction, part->data);
}

static gboolean
check_free (KipSyncEngine *engine,
            KipCarrier    *to,
            GError       **error)
{
  KipCarrierLook look;

  if (!kip_carrier_look (to, &look, engine->cancellable, error))
    return FALSE;
  if (!look.has_file)
    return TRUE;
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_EXISTS,
                       _("There is a file with that name in the folder already. Nothing was changed. Choose another name, or join the office in that file."));
  return FALSE;
}

/* Under both locks. */
static gboolean
write_there (KipSyncEngine *engine,
             KipCarrier    *to,
             const char    *path,
             const char    *from,
             Part          *part,
             GError       **error)
{
  return check_free (engine, to, error)
         && kip_sync_copy_file (engine, to, part_cb, part, error)
         && tell (engine, path, from, 0, error);
}

/* Nobody works at the new place: a lock there was left by somebody who stopped, and is waited for until it may be taken away. */
static gboolean
lock_both (KipSyncEngine *engine,
           KipCarrier    *to,
           GError       **error)
{
  guint32 device = engine->replica->class->device (engine->replica);

  if (!kip_carrier_lock (to, device, "compact", PATIENCE_THERE, NULL, engine->cancellable, error))
    return FALSE;
  if (kip_carrier_lock (engine->carrier, device, "compact", PATIENCE, NULL, engine->cancellable, error))
    return TRUE;
  kip_carrier_unlock (to);
  return FALSE;
}

gboolean
kip_sync_engine_move (KipSyncEngine     *engine,
                      KipCarrier        *to,
                      const char        *path,
                      const char        *from,
                      gint64             now_ms,
                      gint64             wall_ms,
                      KipCompactProgress progress,
                      gpointer           data,
                      GCancellable      *cancellable,
                      GError           **error)
{
  Part beside = { progress, data, 0, 0.5 }, file = { progress, data, 0.5, 1 };
  KipSyncRound round;
  gboolean ok;

  kip_sync_begin_round (engine, &round, now_ms, wall_ms, cancellable);
  if (!look_and_read (engine, error) || !kip_sync_check_moved (engine, error) || !check_manager (engine, error)
      || !check_free (engine, to, error)
      || !kip_sync_engine_copy_blobs (engine, to, part_cb, &beside, cancellable, error)
      || !lock_both (engine, to, error))
    return FALSE;
  ok = write_there (engine, to, path, from, &file, error);
  kip_carrier_unlock (to);
  kip_carrier_unlock (engine->carrier);
  if (!ok || !read_back (engine, path, error))
    return FALSE;
  /* What came meanwhile; whoever holds it puts it there, too. */
  kip_sync_engine_copy_blobs (engine, to, NULL, NULL, cancellable, NULL);
  return TRUE;
}

void
kip_sync_engine_go_to (KipSyncEngine *engine,
                       KipCarrier    *carrier)
{
  kip_carrier_free (engine->carrier);
  engine->carrier = carrier;
  g_clear_pointer (&engine->header, g_bytes_unref);
  g_ptr_array_set_size (engine->posts, 0);
  kip_sync_forget_file (engine);
  kip_sync_forget_moved (engine);
  engine->has_file = engine->has_place = engine->has_stale = engine->is_stale_known = engine->is_doubtful = FALSE;
  engine->trouble_since = engine->have_at = engine->scrubbed_at = 0;
  engine->has_news = TRUE;
}

gboolean
kip_sync_engine_read_only (KipSyncEngine *engine,
                           gint64         now_ms,
                           gint64         wall_ms,
                           KipSyncRound  *round,
                           GCancellable  *cancellable,
                           GError       **error)
{
  kip_sync_begin_round (engine, round, now_ms, wall_ms, cancellable);
  return look_and_read (engine, error) && kip_sync_save_cursor (engine, error)
         && kip_sync_own (engine, kip_sync_keys_save (engine->ring, error));
}

gboolean
kip_sync_engine_look_back (KipSyncEngine *engine,
                           const char    *path,
                           const char    *from,
                           gint64         now_ms,
                           gint64         wall_ms,
                           KipSyncRound  *round,
                           GCancellable  *cancellable,
                           GError       **error)
{
  return kip_sync_engine_read_only (engine, now_ms, wall_ms, round, cancellable, error)
         && (kip_sync_is_moved_away (engine)
             || kip_sync_engine_tell_moved (engine, path, from, 0, now_ms, wall_ms, cancellable, error));
}
