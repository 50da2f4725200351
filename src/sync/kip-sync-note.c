/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync-log.h"
#include "kip-sync-private.h"

#include "kip-clock.h"

#include <string.h>
#include <time.h>

/* ---- what a round found ---- */

static guint64
own_seq (KipSync *self)
{
  g_autoptr (GArray) holdings = kip_store_holdings (self->store, NULL);
  KipHave mine = { .holdings = holdings };

  return holdings != NULL ? kip_have_up_to (&mine, kip_store_get_device (self->store)) : 0;
}

/* Who is in, and who told that it holds all that was written here. */
static void
count_members (KipSync       *self,
               KipSyncEngine *engine,
               guint         *n_members,
               guint         *n_seen)
{
  g_autoptr (KipMembers) members = kip_store_dup_members (self->store);
  GPtrArray *all = kip_members_get_all (members), *haves = kip_sync_engine_get_haves (engine);
  guint32 device = kip_store_get_device (self->store);
  guint64 seq = own_seq (self);

  *n_members = *n_seen = 0;
  for (guint i = 0; i < all->len; i++)
    {
      const KipMember *member = g_ptr_array_index (all, i);

      if (member->keys->len == 0 || member->last != G_MAXUINT64 || member->is_recovery)
        continue;
      (*n_members)++;
      *n_seen += member->device == device;
      for (guint j = 0; j < haves->len && member->device != device; j++)
        {
          const KipHave *have = g_ptr_array_index (haves, j);

          *n_seen += have->device == member->device && kip_have_up_to (have, device) >= seq;
        }
    }
}

/* Who waits to be let in was never in. */
static gboolean
is_out (KipSync *self)
{
  g_autoptr (KipMembers) members = kip_store_dup_members (self->store);
  const KipMember *member = kip_members_find (members, kip_store_get_device (self->store));

  return member != NULL && member->last != G_MAXUINT64;
}

static gboolean
is_away (KipSyncState state)
{
  return state != KIP_SYNC_DONE && state != KIP_SYNC_MORE && state != KIP_SYNC_BUSY;
}

/* With the mutex held. */
static void
plan_next (KipSync            *self,
           const KipSyncRound *round)
{
  gint64 wait;

  self->n_away = is_away (round->state) ? self->n_away + 1 : 0;
  wait = kip_sync_pace (self->view, self->n_away);
  if (round->state == KIP_SYNC_MORE || self->is_asked)
    wait = KIP_SYNC_EDIT_SOON;
  self->next = g_get_monotonic_time () + kip_sync_pace_apart (wait, g_random_double ()) * 1000;
}

/* ---- who is there ---- */

static gboolean
has_key (KipMembers   *members,
         const guint8 *key)
{
  GPtrArray *all = kip_members_get_all (members);

  for (guint i = 0; i < all->len; i++)
    {
      const KipMember *member = g_ptr_array_index (all, i);

      for (guint j = 0; j < member->keys->len; j++)
        if (memcmp (g_array_index (member->keys, KipMemberKey, j).key, key, KIP_MEMBER_KEY_SIZE) == 0)
          return TRUE;
    }
  return FALSE;
}

static void
note_others (KipSync       *self,
             KipSyncEngine *engine)
{
  g_autoptr (KipMembers) members = kip_store_dup_members (self->store);
  GPtrArray *knocks = kip_sync_engine_get_knocks (engine), *haves = kip_sync_engine_get_haves (engine);

  g_mutex_lock (&self->mutex);
  g_ptr_array_set_size (self->knocks, 0);
  for (guint i = 0; i < knocks->len; i++)
    if (!has_key (members, ((KipKnock *) g_ptr_array_index (knocks, i))->public_key))
      g_ptr_array_add (self->knocks, kip_knock_copy (g_ptr_array_index (knocks, i)));
  for (guint i = 0; i < haves->len; i++)
    {
      const KipHave *have = g_ptr_array_index (haves, i);

      g_hash_table_insert (self->heard, GUINT_TO_POINTER (have->device), g_memdup2 (&have->at, sizeof have->at));
      g_hash_table_insert (self->versions, GUINT_TO_POINTER (have->device), g_strdup (have->version));
    }
  g_mutex_unlock (&self->mutex);
}

static gint64
boot_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_BOOTTIME, &now);
  return (gint64) now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Of a trial clock the window says all the time that it is one. */
static void
note_clock (KipSyncStatus      *status,
            const KipSyncRound *round)
{
  if (!kip_clock_is_virtual ())
    kip_sync_clock_look (&status->clock, round->clock_offset, kip_clock_now (), boot_ms ());
}

void
kip_sync_note_round (KipSync            *self,
                     KipSyncEngine      *engine,
                     const KipSyncRound *round,
                     const GError       *problem)
{
  KipSyncStatus *status = &self->status;
  guint n_members, n_seen;

  note_others (self, engine);
  count_members (self, engine, &n_members, &n_seen);
  g_mutex_lock (&self->mutex);
  status->state = round->state;
  status->arriving_of = 0;
  status->n_to_send = round->n_to_send;
  status->n_members = n_members;
  status->is_out = is_out (self);
  status->has_passphrase = kip_sync_engine_has_passphrase (engine);
  status->n_seen = n_seen;
  g_ptr_array_unref (self->log);
  self->log = kip_sync_log_copy (kip_sync_engine_get_log (engine));
  status->file_size = kip_sync_engine_get_size (engine);
  status->is_worth_compacting = kip_sync_engine_is_worth_compacting (engine);
  if (!is_away (round->state))
    status->cloned = round->cloned;
  if (round->gave_way != 0)
    status->gave_way = round->gave_way;
  note_clock (status, round);
  if (round->state == KIP_SYNC_DONE)
    status->shared_at = kip_clock_now ();
  if (!is_away (round->state))
    status->away_since = KIP_INSTANT_NONE;
  else if (status->away_since == KIP_INSTANT_NONE)
    status->away_since = kip_clock_now ();
  kip_sync_count_come_over (self, kip_sync_engine_get_haves (engine));
  g_free (self->problem);
  self->problem = problem != NULL ? g_strdup (problem->message) : NULL;
  plan_next (self, round);
  kip_sync_tell_soon (self);
  g_mutex_unlock (&self->mutex);
}

GPtrArray *
kip_sync_dup_knocks (KipSync *self)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_knock_free);

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->knocks->len; i++)
    g_ptr_array_add (copies, kip_knock_copy (g_ptr_array_index (self->knocks, i)));
  g_mutex_unlock (&self->mutex);
  return copies;
}

char *
kip_sync_dup_version_of (KipSync *self,
                         guint32  device)
{
  char *version;

  g_mutex_lock (&self->mutex);
  version = g_strdup (g_hash_table_lookup (self->versions, GUINT_TO_POINTER (device)));
  g_mutex_unlock (&self->mutex);
  return version;
}

GPtrArray *
kip_sync_dup_log (KipSync *self)
{
  GPtrArray *copy;

  g_mutex_lock (&self->mutex);
  copy = kip_sync_log_copy (self->log);
  g_mutex_unlock (&self->mutex);
  return copy;
}

KipInstant
kip_sync_heard_of (KipSync *self,
                   guint32  device)
{
  const gint64 *at;
  KipInstant heard;

  g_mutex_lock (&self->mutex);
  at = g_hash_table_lookup (self->heard, GUINT_TO_POINTER (device));
  heard = at != NULL ? *at : KIP_INSTANT_NONE;
  g_mutex_unlock (&self->mutex);
  return heard;
}
