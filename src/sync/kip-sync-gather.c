/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync-engine-private.h"

#include "kip-error.h"
#include "kip-keys.h"
#include "kip-share-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Read at once: enough for any frame to be whole in it. */
#define WINDOW (2 * KIP_FRAME_MAX)

/* ---- what was gathered ---- */

static void
carried_free (gpointer data)
{
  KipSyncCarried *carried = data;

  g_bytes_unref (carried->body);
  g_free (carried);
}

static KipSyncCarried *
carried_new (const KipFound *found)
{
  KipSyncCarried *carried = g_new0 (KipSyncCarried, 1);

  carried->type = found->type;
  carried->flags = found->flags;
  carried->body = g_bytes_ref (found->body);
  return carried;
}

void
kip_sync_gathered_init (KipSyncGathered *gathered)
{
  memset (gathered, 0, sizeof *gathered);
  gathered->offset = KIP_SHARE_HEADER_SIZE;
  gathered->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_raw_change_unref);
  gathered->hashes = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  gathered->told = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, carried_free);
  gathered->frames = g_ptr_array_new_with_free_func (carried_free);
  gathered->joiner = kip_frame_joiner_new ();
}

void
kip_sync_gathered_clear (KipSyncGathered *gathered)
{
  g_ptr_array_unref (gathered->changes);
  g_hash_table_unref (gathered->hashes);
  g_hash_table_unref (gathered->told);
  g_ptr_array_unref (gathered->frames);
  kip_frame_joiner_free (gathered->joiner);
}

/* ---- what machines told ---- */

/* Of each device only what it told last, which stands last. */
static void
keep_have (KipSyncGathered *gathered,
           const KipFound  *found)
{
  g_autoptr (KipHave) have = kip_frame_unpack_have (found->body, NULL, NULL);

  if (have != NULL)
    g_hash_table_replace (gathered->told, g_bytes_new (&have->device, sizeof have->device), carried_new (found));
}

static void
keep_knock (KipSyncEngine   *engine,
            KipSyncGathered *gathered,
            const KipFound  *found)
{
  g_autoptr (KipMembers) members = engine->replica->class->dup_members (engine->replica);
  g_autoptr (KipKnock) knock = kip_frame_unpack_knock (found->body, NULL);
  GPtrArray *all = kip_members_get_all (members);

  if (knock == NULL)
    return;
  for (guint i = 0; i < all->len; i++)
    {
      const KipMember *member = g_ptr_array_index (all, i);

      for (guint j = 0; j < member->keys->len; j++)
        if (memcmp (g_array_index (member->keys, KipMemberKey, j).key, knock->public_key, KIP_MEMBER_KEY_SIZE) == 0)
          return;
    }
  g_hash_table_replace (gathered->told, g_bytes_new (knock->public_key, sizeof knock->public_key), carried_new (found));
}

/* ---- frames ---- */

static gboolean
fail_sealed (GError **error)
{
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED,
                       _("A part of the shared file is sealed with a key that this computer does not have. The file was left as it is. Let another computer make it smaller."));
  return FALSE;
}

static gboolean
fail_newer (GError **error)
{
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NEWER,
                       _("A newer Kip wrote something into the shared file that this one may not carry over. The file was left as it is. Update Kip on this computer, or let another one make the file smaller."));
  return FALSE;
}

static gboolean
take_found (KipSyncEngine   *engine,
            KipSyncGathered *gathered,
            const KipFound  *found,
            GPtrArray       *changes,
            GError         **error)
{
  /* Invitations are sealed for this file by those who made them, who seal them anew; a key that is destroyed comes no more. */
  if (found->kind == KIP_FOUND_SEALED)
    return found->generation == 0 || found->generation < kip_sync_keys_get_slots (engine->ring)->oldest || fail_sealed (error);
  if (found->kind != KIP_FOUND_FRAME)
    return TRUE;
  kip_frame_joiner_take (gathered->joiner, found, changes, NULL);
  switch (found->type)
    {
    case KIP_FRAME_CHANGES:
    case KIP_FRAME_PIECE:
    case KIP_FRAME_RESTS:
    case KIP_FRAME_INVITE:
    case KIP_FRAME_PACKED:
    /* A file that was moved away is not written anew, and the new one lies where it lies. */
    case KIP_FRAME_MOVED:
      return TRUE;
    case KIP_FRAME_HAVE:
      keep_have (gathered, found);
      return TRUE;
    case KIP_FRAME_KNOCK:
      keep_knock (engine, gathered, found);
      return TRUE;
    default:
      if (found->flags & KIP_FRAME_CRITICAL)
        return fail_newer (error);
      g_ptr_array_add (gathered->frames, carried_new (found));
      return TRUE;
    }
}

/* ---- change-sets ---- */

/* Without what was removed for good. */
static gboolean
keep_change (KipSyncEngine   *engine,
             KipSyncGathered *gathered,
             KipRawChange    *came,
             GError         **error)
{
  g_autoptr (KipRawChange) raw = engine->replica->class->clean (engine->replica, came, error);
  guint8 hash[KIP_HASH_SIZE];

  if (!kip_sync_own (engine, raw != NULL))
    return FALSE;
  kip_hash_bytes (g_bytes_get_data (raw->bytes, NULL), g_bytes_get_size (raw->bytes), hash);
  if (g_hash_table_add (gathered->hashes, g_bytes_new (hash, sizeof hash)))
    g_ptr_array_add (gathered->changes, kip_raw_change_ref (raw));
  return TRUE;
}

/* What is not in our log now is carried as it is. */
static gboolean
take_changes (KipSyncEngine   *engine,
              KipSyncGathered *gathered,
              GPtrArray       *changes,
              GError         **error)
{
  g_autofree gboolean *held = g_new0 (gboolean, changes->len + 1);
  KipReceived received;

  if (changes->len == 0)
    return TRUE;
  if (!kip_sync_own (engine, engine->replica->class->receive (engine->replica, changes, NULL, &received, held, error)))
    return FALSE;
  for (guint i = 0; i < changes->len; i++)
    if (!held[i] && !keep_change (engine, gathered, g_ptr_array_index (changes, i), error))
      return FALSE;
  gathered->n_changes += changes->len;
  engine->round->n_received += received.n_new;
  engine->round->n_conflicts += received.n_conflicts;
  return TRUE;
}

/* ---- all of it ---- */

static gboolean
gather_window (KipSyncEngine   *engine,
               KipSyncGathered *gathered,
               guint64         *size,
               GError         **error)
{
  guint64 base = gathered->offset;
  g_autoptr (GBytes) bytes = kip_carrier_read (engine->carrier, base, WINDOW, size, engine->cancellable, error);
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_raw_change_unref);
  gboolean is_all, go_on = TRUE, ok = TRUE;

  if (bytes == NULL)
    return FALSE;
  engine->round->bytes_read += g_bytes_get_size (bytes);
  is_all = base + g_bytes_get_size (bytes) >= *size;
  while (ok && go_on)
    {
      KipFound found;

      kip_frame_find (engine->keys, bytes, base, (gsize) (gathered->offset - base), is_all, &found);
      ok = take_found (engine, gathered, &found, changes, error);
      go_on = found.kind != KIP_FOUND_UNFINISHED && found.kind != KIP_FOUND_END;
      if (go_on)
        gathered->offset = found.offset + found.length;
      kip_found_clear (&found);
    }
  return ok && take_changes (engine, gathered, changes, error);
}

gboolean
kip_sync_gather (KipSyncEngine   *engine,
                 KipSyncGathered *gathered,
                 KipSyncFraction  progress,
                 gpointer         data,
                 GError         **error)
{
  guint64 before, size = 0;

  do
    {
      before = gathered->offset;
      if (!kip_share_go_on (engine->cancellable, error)
          || !gather_window (engine, gathered, &size, error)
          || !kip_carrier_keep_lock (engine->carrier, engine->cancellable, error))
        return FALSE;
      if (progress != NULL && size > 0)
        progress ((double) MIN (gathered->offset, size) / (double) size, data);
    }
  while (gathered->offset > before);
  return TRUE;
}
