/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync-engine-private.h"

/* So much is read first: the founding of the office, by which tickets are shown, and who vouches for them. */
#define BEGINNING (128 * 1024)

/* So much of the end is looked at, and of that so many change-sets: some hundred tickets. */
#define ENDING (1024 * 1024)
#define MAX_CHANGES 20000

/* Each costs as much as some hundred tickets. */
#define MAX_LOOKS 4

/* A file that is not much longer than that comes at once. */
#define WORTH_IT ENDING

/* It was told once that all of the file is here: then what comes is news, and in its turn. */
static gboolean
is_new_here (const KipSyncEngine *engine)
{
  g_autoptr (GBytes) caught_up = NULL;

  if (engine->is_caught_up || engine->n_looks_ahead >= MAX_LOOKS || engine->replica->class->show_early == NULL)
    return FALSE;
  caught_up = engine->replica->class->get_state (engine->replica, KIP_STATE_CAUGHT_UP);
  return caught_up == NULL;
}

gsize
kip_sync_early_begin (const KipSyncEngine *engine,
                      gsize                otherwise)
{
  return engine->n_looks_ahead == 0 && is_new_here (engine) ? BEGINNING : otherwise;
}

/* Who wrote the newest may have been let in long after the beginning. */
static gboolean
can_vouch_more (KipSyncEngine *engine)
{
  g_autoptr (KipMembers) members = engine->replica->class->dup_members (engine->replica);
  guint before = engine->n_vouching;

  engine->n_vouching = kip_members_get_all (members)->len;
  return engine->n_looks_ahead == 0 || engine->n_vouching > before;
}

/* (transfer full) of KipRawChange: whole ones, as they stand in the file */
static GPtrArray *
find_changes (KipSyncEngine *engine,
              GBytes        *bytes,
              guint64        base)
{
  g_autoptr (KipFrameJoiner) joiner = kip_frame_joiner_new ();
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_raw_change_unref);
  gboolean go_on = TRUE;
  gsize at = 0;

  while (go_on)
    {
      KipFound found;

      kip_frame_find (engine->keys, bytes, base, at, TRUE, &found);
      kip_frame_joiner_take (joiner, &found, changes, NULL);
      go_on = found.kind != KIP_FOUND_UNFINISHED && found.kind != KIP_FOUND_END;
      at = (gsize) (found.offset + found.length - base);
      kip_found_clear (&found);
    }
  if (changes->len > MAX_CHANGES)
    g_ptr_array_remove_range (changes, 0, changes->len - MAX_CHANGES);
  return changes;
}

gboolean
kip_sync_look_ahead (KipSyncEngine *engine,
                     guint64        size,
                     GError       **error)
{
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (!is_new_here (engine) || engine->offset <= KIP_SHARE_HEADER_SIZE || !can_vouch_more (engine))
    return TRUE;
  engine->n_looks_ahead++;
  if (size < engine->offset + WORTH_IT)
    return TRUE;
  bytes = kip_carrier_read (engine->carrier, size - ENDING, ENDING, NULL, engine->cancellable, error);
  if (bytes == NULL)
    return FALSE;
  engine->round->bytes_read += g_bytes_get_size (bytes);
  changes = find_changes (engine, bytes, size - ENDING);
  return kip_sync_own (engine, engine->replica->class->show_early (engine->replica, changes, error));
}

gboolean
kip_sync_end_early (KipSyncEngine *engine,
                    GError       **error)
{
  return engine->replica->class->show_early == NULL || engine->replica->class->show_early (engine->replica, NULL, error);
}
