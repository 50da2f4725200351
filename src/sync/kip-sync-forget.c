/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync-engine-private.h"

#include <string.h>

/* What is kept under this name: that somebody was forgotten, and how far the share is with it: the file is to be looked at,
 * it has texts still, it has none and what a repair set aside is to be deleted. */
#define KEY "purge"
#define TO_LOOK 1
#define IS_STALE 2
#define TO_TIDY 3

/* What could not be done is tried again after so many ms. */
#define AGAIN_AFTER (10 * 60 * 1000)

static guint8
get_state (KipSyncEngine *engine)
{
  g_autoptr (GBytes) state = engine->replica->class->get_state (engine->replica, KEY);

  return state != NULL && g_bytes_get_size (state) == 1 ? *(const guint8 *) g_bytes_get_data (state, NULL) : 0;
}

static gboolean
set_state (KipSyncEngine *engine,
           guint8         value,
           GError       **error)
{
  g_autoptr (GBytes) state = g_bytes_new (&value, 1);

  return kip_sync_own (engine, engine->replica->class->set_state (engine->replica, KEY, value != 0 ? state : NULL, error));
}

/* By now all of this file was read. */
static gboolean
note_seen (KipSyncEngine *engine,
           GError       **error)
{
  engine->is_stale_known = TRUE;
  memcpy (engine->stale_file, engine->file.file, sizeof engine->stale_file);
  engine->stale_since = engine->has_stale ? engine->now : 0;
  return set_state (engine, engine->has_stale ? IS_STALE : TO_TIDY, error);
}

static gboolean
read_anew (KipSyncEngine *engine,
           GError       **error)
{
  engine->must_forget_file = engine->has_stale = FALSE;
  kip_sync_forget_file (engine);
  if (!kip_sync_read_on (engine, error))
    return FALSE;
  /* What was learnt of by this reading counts for the next. */
  engine->must_forget_file = FALSE;
  return note_seen (engine, error);
}

static gboolean
is_of_this_file (const KipSyncEngine *engine)
{
  return engine->is_stale_known && memcmp (engine->stale_file, engine->file.file, sizeof engine->stale_file) == 0;
}

gboolean
kip_sync_write_anew (KipSyncEngine *engine,
                     gint64        *since,
                     gboolean      *done,
                     GError       **error)
{
  g_autoptr (GError) problem = NULL;
  KipCompaction compaction;

  *done = FALSE;
  if (*since == 0)
    *since = engine->now;
  if (!kip_sync_is_member (engine) || engine->place.kind == KIP_SHARE_GVFS || engine->now - *since < kip_sync_wait_for_rank (engine))
    return TRUE;
  *since = engine->now + AGAIN_AFTER;
  /* What takes the place of the texts is sealed with a key that opens no older copy of them. */
  if (!kip_sync_own (engine, kip_sync_keys_rotate_due (engine->ring, engine->now, 0, error)))
    return FALSE;
  *done = kip_sync_compact_file (engine, &compaction, NULL, NULL, &problem);
  engine->round->compacted |= *done;
  engine->must_sweep |= *done;
  if (*done || !engine->is_own_failure)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
write_without_texts (KipSyncEngine *engine,
                     GError       **error)
{
  gboolean done;

  if (!kip_sync_write_anew (engine, &engine->stale_since, &done, error))
    return FALSE;
  if (!done)
    return TRUE;
  engine->has_stale = FALSE;
  return note_seen (engine, error);
}

/* A file that was damaged may hold the texts, too.  Where it cannot be deleted just now, the office goes on without that. */
static gboolean
tidy (KipSyncEngine *engine,
      GError       **error)
{
  if (!kip_sync_is_member (engine) || engine->now < engine->tidy_due)
    return TRUE;
  engine->tidy_due = engine->now + AGAIN_AFTER;
  return !kip_carrier_drop_aside (engine->carrier, engine->cancellable, NULL) || set_state (engine, 0, error);
}

gboolean
kip_sync_forget_in_file (KipSyncEngine *engine,
                         GError       **error)
{
  guint8 state = get_state (engine);

  if (engine->must_forget_file || state == TO_LOOK || (state == IS_STALE && !engine->is_stale_known))
    return read_anew (engine, error);
  if (state == 0 && !engine->has_stale)
    return TRUE;
  if (state == TO_TIDY && !engine->has_stale)
    return tidy (engine, error);
  if (state == 0 || !is_of_this_file (engine))
    return note_seen (engine, error);
  return write_without_texts (engine, error);
}
