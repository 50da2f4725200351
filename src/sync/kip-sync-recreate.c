/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync-engine-private.h"

#include "kip-error.h"

#include <glib/gi18n-lib.h>

/* How much is written at a time, and how much is read back. */
#define PIECE (4 * 1024 * 1024)

static gboolean
add_bytes (KipSyncEngine *engine,
           GBytes        *bytes,
           GError       **error)
{
  engine->round->bytes_written += g_bytes_get_size (bytes);
  return kip_carrier_replace_add (engine->carrier, bytes, engine->cancellable, error);
}

static gboolean
add_changes (KipSyncEngine *engine,
             GPtrArray     *changes,
             GError       **error)
{
  g_autoptr (GPtrArray) frames = kip_sync_seal_changes (engine, changes, error);

  for (guint i = 0; frames != NULL && i < frames->len; i++)
    if (!add_bytes (engine, g_ptr_array_index (frames, i), error))
      return FALSE;
  for (guint i = 0; i < changes->len; i++)
    {
      const KipRawChange *raw = g_ptr_array_index (changes, i);

      kip_coverage_add (engine->coverage, raw->device, raw->seq);
    }
  return frames != NULL && kip_carrier_keep_lock (engine->carrier, engine->cancellable, error);
}

/* Piece by piece, so that a large office needs no large memory. */
static gboolean
add_all (KipSyncEngine *engine,
         GError       **error)
{
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr (GPtrArray) changes = kip_sync_find_missing (engine, TRUE, error);

      if (changes == NULL || (changes->len > 0 && !add_changes (engine, changes, error)))
        return FALSE;
      more = changes->len > 0;
    }
  return TRUE;
}

GBytes *
kip_sync_make_header (KipSyncEngine *engine,
                      GError       **error)
{
  guint32 epoch = engine->has_file ? engine->file.epoch + 1 : 1;

  return kip_sync_keys_begin_file (engine->ring, epoch, error);
}

GBytes *
kip_sync_make_keys (KipSyncEngine *engine,
                    GError       **error)
{
  return kip_sync_keys_make_frame (engine->ring, error);
}

static gboolean
add_keys (KipSyncEngine *engine,
          GError       **error)
{
  g_autoptr (GBytes) header = kip_sync_make_header (engine, error);
  g_autoptr (GBytes) frame = NULL;

  if (header == NULL || !add_bytes (engine, header, error))
    return FALSE;
  frame = kip_sync_make_keys (engine, error);
  return frame != NULL && add_bytes (engine, frame, error);
}

static gboolean
fill (KipSyncEngine *engine,
      GError       **error)
{
  kip_coverage_clear (engine->coverage);
  return add_keys (engine, error) && add_all (engine, error);
}

gboolean
kip_sync_is_readable (const KipFound *found)
{
  return found->kind == KIP_FOUND_FRAME || (found->kind == KIP_FOUND_SEALED && found->type == KIP_FRAME_KEYS);
}

/* Every frame is read from the new file and opened before it may take the place of the old one. */
static gboolean
verify (KipSyncEngine *engine,
        GError       **error)
{
  guint64 at = KIP_SHARE_HEADER_SIZE;
  gboolean is_end = FALSE;

  while (!is_end)
    {
      g_autoptr (GBytes) bytes = kip_carrier_replace_read (engine->carrier, at, PIECE, engine->cancellable, error);
      guint64 base = at;
      gboolean is_all;

      if (bytes == NULL)
        return FALSE;
      is_all = g_bytes_get_size (bytes) < PIECE;
      for (gboolean go_on = TRUE; go_on;)
        {
          KipFound found;

          kip_frame_find (engine->keys, bytes, base, (gsize) (at - base), is_all, &found);
          go_on = kip_sync_is_readable (&found);
          is_end = !go_on && (is_all || found.kind != KIP_FOUND_UNFINISHED);
          if (is_end && found.kind != KIP_FOUND_END)
            {
              kip_found_clear (&found);
              g_set_error_literal (error, KIP_ERROR, KIP_ERROR_IO,
                                   _("The share did not give back what was just written to it. The old file was left as it is; everything is kept on this computer. Kip tries again."));
              return FALSE;
            }
          if (go_on)
            at = found.offset + found.length;
          kip_found_clear (&found);
        }
    }
  return TRUE;
}

static gboolean
write_and_put (KipSyncEngine *engine,
               const char    *set_aside,
               gboolean       create,
               GError       **error)
{
  if (kip_carrier_replace_begin (engine->carrier, engine->cancellable, error)
      && fill (engine, error)
      && verify (engine, error)
      && kip_carrier_replace_end (engine->carrier, set_aside, create, engine->cancellable, error))
    return TRUE;
  kip_carrier_replace_drop (engine->carrier);
  return FALSE;
}

gboolean
kip_sync_write_file (KipSyncEngine *engine,
                     const char    *set_aside,
                     gboolean       create,
                     GError       **error)
{
  KipShareIdentity before = engine->file;
  gboolean had_file = engine->has_file;

  if (write_and_put (engine, set_aside, create, error))
    {
      engine->file = *kip_share_keys_get_file (engine->keys);
      engine->has_file = TRUE;
      engine->round->recreated = TRUE;
      engine->must_invite_again = TRUE;
      kip_sync_forget_file (engine);
      kip_sync_keys_end_file (engine->ring, TRUE);
      return TRUE;
    }
  /* The keys go on with the file that is there. */
  if (had_file)
    kip_share_keys_set_file (engine->keys, &before);
  kip_sync_forget_file (engine);
  kip_sync_keys_end_file (engine->ring, FALSE);
  return FALSE;
}
