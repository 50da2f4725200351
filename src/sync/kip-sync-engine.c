/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync-engine-private.h"

#include "kip-told.h"

#include "kip-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A missing or unreadable file must be seen so for this long before it is made again. */
#define TROUBLE_LASTS (60 * 1000)

/* How long the lock is waited for, in milliseconds. */
#define PATIENCE 10000

/* ---- life ---- */

KipSyncEngine *
kip_sync_engine_new (KipCarrier           *carrier,
                     KipReplica           *replica,
                     KipShareKeys         *keys,
                     const KipSyncOptions *options)
{
  KipSyncEngine *engine = g_new0 (KipSyncEngine, 1);
  g_autoptr (GBytes) restored = NULL;

  engine->carrier = carrier;
  engine->replica = replica;
  engine->keys = keys;
  engine->options = *options;
  engine->version = g_strdup (options->version != NULL ? options->version : "");
  engine->coverage = kip_coverage_new ();
  engine->joiner = kip_frame_joiner_new ();
  engine->haves = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_have_free);
  engine->knocks = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_knock_free);
  engine->told = g_array_new (FALSE, FALSE, sizeof (KipTold));
  engine->posts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  engine->moves = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  engine->proofs = g_array_new (FALSE, FALSE, sizeof (KipSyncProof));
  engine->lacks = g_array_new (FALSE, FALSE, sizeof (KipSyncLack));
  engine->ring = kip_sync_keys_new (replica, keys);
  kip_sync_load_cursor (engine);
  kip_sync_load_moved (engine);
  kip_sync_load_invitations (engine);
  restored = replica->class->get_state (replica, KIP_STORE_RESTORED);
  engine->is_restored = restored != NULL;
  /* Who is new at a file says that it is there. */
  engine->has_news = !engine->has_file;
  kip_sync_log_open (engine);
  return engine;
}

void
kip_sync_engine_free (KipSyncEngine *engine)
{
  kip_sync_keys_free (engine->ring);
  g_ptr_array_unref (engine->log);
  g_clear_pointer (&engine->log_members, kip_members_unref);
  g_hash_table_unref (engine->log_seen);
  g_array_unref (engine->lacks);
  g_array_unref (engine->proofs);
  g_ptr_array_unref (engine->posts);
  g_ptr_array_unref (engine->moves);
  g_clear_pointer (&engine->moved, kip_moved_free);
  g_array_unref (engine->told);
  g_ptr_array_unref (engine->knocks);
  kip_frame_joiner_free (engine->joiner);
  g_ptr_array_unref (engine->haves);
  kip_coverage_free (engine->coverage);
  g_clear_pointer (&engine->header, g_bytes_unref);
  kip_share_keys_free (engine->keys);
  kip_replica_free (engine->replica);
  kip_carrier_free (engine->carrier);
  g_free (engine->version);
  g_free (engine);
}

gboolean
kip_sync_own (KipSyncEngine *engine,
              gboolean       ok)
{
  engine->is_own_failure |= !ok;
  return ok;
}

GPtrArray *
kip_sync_engine_get_haves (KipSyncEngine *engine)
{
  return engine->haves;
}

GPtrArray *
kip_sync_engine_get_knocks (KipSyncEngine *engine)
{
  return engine->knocks;
}

const KipShareKeys *
kip_sync_engine_get_keys (KipSyncEngine *engine)
{
  return engine->keys;
}

void
kip_sync_engine_rescan (KipSyncEngine *engine)
{
  kip_sync_forget_file (engine);
}

void
kip_sync_engine_mend_now (KipSyncEngine *engine)
{
  engine->must_mend = TRUE;
}

void
kip_sync_engine_post (KipSyncEngine *engine,
                      GBytes        *frame)
{
  g_ptr_array_add (engine->posts, g_bytes_ref (frame));
}

/* ---- where the file is ---- */

static gboolean
is_same_place (const KipSharePlace *a,
               const KipSharePlace *b)
{
  return a->kind == b->kind && a->type == b->type && a->id == b->id;
}

/* A share that is not mounted is an empty folder of another file system. */
static gboolean
check_place (KipSyncEngine        *engine,
             const KipCarrierLook *look,
             GError              **error)
{
  if (look->has_file && look->size > 0)
    {
      engine->is_dirty |= !engine->has_place || !is_same_place (&look->place, &engine->place);
      engine->place = look->place;
      engine->has_place = TRUE;
      kip_carrier_expect_place (engine->carrier, &engine->place);
      return TRUE;
    }
  /* It may be unmounted between this look and a lock, too. */
  if (engine->has_place)
    kip_carrier_expect_place (engine->carrier, &engine->place);
  if (engine->has_place && !is_same_place (&look->place, &engine->place))
    {
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_OFFLINE,
                           _("The share is not connected. Everything is kept on this computer and will be shared when it is back."));
      return FALSE;
    }
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NOT_FOUND,
                       _("The shared file is not in its folder. Everything is kept on this computer; if it stays away, Kip makes the file again."));
  return FALSE;
}

/* ---- making it again ---- */

gboolean
kip_sync_is_member (KipSyncEngine *engine)
{
  g_autoptr (KipMembers) members = engine->replica->class->dup_members (engine->replica);
  guint32 device = engine->replica->class->device (engine->replica);

  return device != 0 && kip_members_has (members, device, G_MAXUINT64 - 1);
}

/* It was so for long enough, and it is our turn; or a person has said so. */
static gboolean
may_recreate (KipSyncEngine *engine)
{
  if (engine->trouble_since == 0)
    engine->trouble_since = engine->now;
  return engine->has_file && kip_sync_is_member (engine)
         && (engine->must_mend || engine->now - engine->trouble_since >= TROUBLE_LASTS + kip_sync_wait_for_rank (engine));
}

/* Under the lock the trouble must still be there: another machine may have mended it. */
static gboolean
is_still (KipSyncEngine *engine,
          KipError       trouble)
{
  g_autoptr (GError) error = NULL;
  KipCarrierLook look;

  if (!kip_carrier_look (engine->carrier, &look, engine->cancellable, &error) || !check_place (engine, &look, &error))
    return g_error_matches (error, KIP_ERROR, (int) trouble);
  return !kip_sync_read_header (engine, &error) && g_error_matches (error, KIP_ERROR, (int) trouble);
}

static gboolean
recreate (KipSyncEngine *engine,
          KipError       trouble,
          GError       **error)
{
  guint32 device = engine->replica->class->device (engine->replica);
  gboolean is_missing = trouble == KIP_ERROR_NOT_FOUND;
  gboolean ok;

  if (!is_missing && !kip_sync_salvage (engine, error))
    return FALSE;
  if (!kip_carrier_lock (engine->carrier, device, "compact", PATIENCE, NULL, engine->cancellable, error))
    return FALSE;
  ok = !is_still (engine, trouble)
       || kip_sync_write_file (engine, ".damaged", FALSE, error);
  kip_carrier_unlock (engine->carrier);
  if (ok)
    engine->trouble_since = 0;
  return ok;
}

/* ---- a round ---- */

/* What the round's state is for an error of the share. */
static KipSyncState
state_for (const GError *error)
{
  static const struct
  {
    KipError     code;
    KipSyncState state;
  } states[] = {
    { KIP_ERROR_OFFLINE, KIP_SYNC_OFFLINE }, { KIP_ERROR_BUSY, KIP_SYNC_BUSY }, { KIP_ERROR_CONFLICT, KIP_SYNC_BUSY },
    { KIP_ERROR_NOT_FOUND, KIP_SYNC_MISSING }, { KIP_ERROR_CORRUPT, KIP_SYNC_DAMAGED }, { KIP_ERROR_NOT_OFFICE, KIP_SYNC_FOREIGN },
    { KIP_ERROR_NEWER, KIP_SYNC_NEWER }, { KIP_ERROR_NOT_ALLOWED, KIP_SYNC_NO_KEY }, { KIP_ERROR_NO_SPACE, KIP_SYNC_FULL },
    { KIP_ERROR_READ_ONLY, KIP_SYNC_READ_ONLY }, { KIP_ERROR_MOVED, KIP_SYNC_MOVED },
    { KIP_ERROR_REMOVED, KIP_SYNC_REMOVED }
  };

  for (guint i = 0; error->domain == KIP_ERROR && i < G_N_ELEMENTS (states); i++)
    if (states[i].code == (KipError) error->code)
      return states[i].state;
  return KIP_SYNC_BUSY;
}

gboolean
kip_sync_look_there (KipSyncEngine *engine,
                     GError       **error)
{
  KipCarrierLook found;

  return kip_carrier_look (engine->carrier, &found, engine->cancellable, error) && check_place (engine, &found, error);
}

gboolean
kip_sync_has_key (KipSyncEngine *engine,
                  GError       **error)
{
  if (kip_share_keys_get_newest (engine->keys) != 0)
    return TRUE;
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED,
                       _("The shared file is sealed with a key that this computer does not have. Everything is kept here. Ask a manager whether this computer was removed."));
  return FALSE;
}

/* All that can be done is done, and yet something cannot be read. */
static gboolean
check_waiting (KipSyncEngine *engine,
               GError       **error)
{
  engine->round->n_sealed = kip_sync_keys_count_waiting (engine->ring);
  if (engine->round->n_sealed == 0)
    return TRUE;
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NOT_ALLOWED,
                       _("A part of the shared file is sealed with a newer key, which this computer does not have. Everything is kept here. If the key does not come within some minutes, ask a manager whether this computer was removed, or join again with the new passphrase."));
  return FALSE;
}

/* It was told so with a key that it has. */
static gboolean
check_removed (KipSyncEngine *engine,
               GError       **error)
{
  g_autoptr (KipMembers) members = engine->replica->class->dup_members (engine->replica);
  const KipMember *member = kip_members_find (members, engine->replica->class->device (engine->replica));

  if (member == NULL || member->last == G_MAXUINT64)
    return TRUE;
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_REMOVED,
                       _("This computer was removed from the office. Everything that it had is kept here. Leave the shared office to go on working with what is here."));
  return FALSE;
}

/* All that this machine wrote before its database was put back from a backup is here again. */
static gboolean
note_read (KipSyncEngine *engine,
           GError       **error)
{
  if (!engine->is_restored)
    return TRUE;
  engine->is_restored = !kip_sync_own (engine, engine->replica->class->set_state (engine->replica, KIP_STORE_RESTORED, NULL, error));
  return !engine->is_restored;
}

static gboolean
do_round (KipSyncEngine *engine,
          GError       **error)
{
  if (!kip_sync_look_there (engine, error) || !kip_sync_read_header (engine, error))
    return FALSE;
  engine->trouble_since = 0;
  return kip_sync_has_key (engine, error)
         && kip_sync_read_on (engine, error)
         && kip_sync_check_moved (engine, error)
         && check_removed (engine, error)
         && note_read (engine, error)
         && kip_sync_settle_forks (engine, error)
         && kip_sync_check_proofs (engine, error)
         && kip_sync_scrub (engine, error)
         && kip_sync_forget_in_file (engine, error)
         && kip_sync_retire_keys (engine, error)
         && kip_sync_invite_again (engine, error)
         && kip_sync_publish (engine, error)
         && kip_sync_save_cursor (engine, error)
         && kip_sync_own (engine, kip_sync_keys_save (engine->ring, error))
         && check_waiting (engine, error);
}

/* Whatever is the matter with a file that is left: it is not for us to make it again. */
static void
tell_moved (KipSyncEngine *engine,
            GError       **problem)
{
  g_clear_error (problem);
  kip_sync_check_moved (engine, problem);
}

static gboolean
is_mendable (const GError *error)
{
  return g_error_matches (error, KIP_ERROR, KIP_ERROR_NOT_FOUND) || g_error_matches (error, KIP_ERROR, KIP_ERROR_CORRUPT)
         || g_error_matches (error, KIP_ERROR, KIP_ERROR_NOT_OFFICE);
}

/* A file that is no shared file at all is a damaged one where ours was; another office's is left alone.
 * By now ours may be back. */
static gboolean
is_foreign (KipSyncEngine *engine)
{
  g_autoptr (GBytes) bytes = kip_carrier_read (engine->carrier, 0, KIP_SHARE_HEADER_SIZE, NULL, engine->cancellable, NULL);
  g_autoptr (KipShareHeader) header = bytes != NULL ? kip_share_header_read (bytes, NULL) : NULL;

  return header != NULL
         && memcmp (kip_share_header_get_info (header)->identity.office, kip_share_keys_get_office (engine->keys), KIP_OFFICE_ID_SIZE) != 0;
}

static void
mend (KipSyncEngine *engine,
      GError       **problem)
{
  g_autoptr (GError) error = NULL;

  if (!is_mendable (*problem) || (!g_error_matches (*problem, KIP_ERROR, KIP_ERROR_NOT_FOUND) && is_foreign (engine))
      || !may_recreate (engine))
    return;
  if (recreate (engine, (KipError) (*problem)->code, &error) && do_round (engine, &error))
    {
      g_clear_error (problem);
      return;
    }
  g_clear_error (problem);
  *problem = g_steal_pointer (&error);
}

void
kip_sync_begin_round (KipSyncEngine *engine,
                      KipSyncRound  *round,
                      gint64         now_ms,
                      gint64         wall_ms,
                      GCancellable  *cancellable)
{
  memset (round, 0, sizeof *round);
  round->clock_offset = G_MININT64;
  engine->round = round;
  engine->now = now_ms;
  engine->wall = wall_ms;
  engine->cancellable = cancellable;
  engine->is_own_failure = FALSE;
}

/* What this machine has and the file does not; what is left decides whether to come again soon. */
static void
count_left (KipSyncEngine *engine,
            KipSyncRound  *round)
{
  g_autoptr (GArray) holdings = engine->replica->class->holdings (engine->replica, NULL);
  guint32 device = engine->replica->class->device (engine->replica);

  round->n_to_send = 0;
  for (guint i = 0; holdings != NULL && i < holdings->len; i++)
    {
      const KipHolding *holding = &g_array_index (holdings, KipHolding, i);
      guint64 covered = kip_coverage_up_to (engine->coverage, holding->device);

      if (holding->device == device && covered < holding->seq)
        round->n_to_send = (guint) MIN (holding->seq - covered, G_MAXUINT);
    }
}

/* A failure to say so is one to be made up for by the next round. */
static void
note_caught_up (KipSyncEngine *engine)
{
  const KipReplicaClass *replica = engine->replica->class;
  g_autoptr (GBytes) known = NULL;
  g_autoptr (GBytes) mark = g_bytes_new_static ("1", 1);

  if (engine->is_caught_up)
    return;
  known = replica->get_state (engine->replica, KIP_STATE_CAUGHT_UP);
  engine->is_caught_up = known != NULL
                         || (kip_sync_end_early (engine, NULL) && replica->set_state (engine->replica, KIP_STATE_CAUGHT_UP, mark, NULL));
}

gboolean
kip_sync_engine_round (KipSyncEngine *engine,
                       gint64         now_ms,
                       gint64         wall_ms,
                       KipSyncRound  *round,
                       GError       **problem,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_autoptr (GError) trouble = NULL;

  kip_sync_begin_round (engine, round, now_ms, wall_ms, cancellable);
  if (!do_round (engine, &trouble) && !engine->is_own_failure)
    (kip_sync_is_moved_away (engine) ? tell_moved : mend)(engine, &trouble);
  engine->must_mend = FALSE;
  count_left (engine, round);
  if (trouble == NULL)
    {
      round->state = round->n_to_send > 0 || engine->posts->len > 0 ? KIP_SYNC_MORE : KIP_SYNC_DONE;
      if (round->state == KIP_SYNC_DONE)
        note_caught_up (engine);
      kip_sync_log_round (engine, round, NULL);
      return TRUE;
    }
  if (engine->is_own_failure || g_cancellable_is_cancelled (cancellable))
    {
      g_propagate_error (error, g_steal_pointer (&trouble));
      return FALSE;
    }
  round->state = state_for (trouble);
  if (round->state == KIP_SYNC_FOREIGN && !is_foreign (engine))
    round->state = KIP_SYNC_DAMAGED;
  kip_sync_log_round (engine, round, trouble);
  if (problem != NULL)
    *problem = g_steal_pointer (&trouble);
  return TRUE;
}

/* ---- the keys ---- */

void
kip_sync_engine_set_keeper (KipSyncEngine *engine,
                            KipSyncKeep    keep,
                            gpointer       data,
                            GDestroyNotify free_data)
{
  kip_sync_keys_set_keeper (engine->ring, keep, data, free_data);
}

void
kip_sync_engine_give_slots (KipSyncEngine *engine)
{
  kip_sync_keys_give (engine->ring);
}

gboolean
kip_sync_engine_has_given_slots (KipSyncEngine *engine)
{
  return kip_sync_keys_is_given (engine->ring);
}

void
kip_sync_engine_rotate (KipSyncEngine *engine)
{
  kip_sync_keys_rotate (engine->ring);
}

static KipShareSlots *
dup_slots_with (KipSyncEngine *engine,
                const char    *passphrase,
                GError       **error)
{
  g_autoptr (KipShareSlots) slots = kip_share_slots_copy (kip_sync_keys_get_slots (engine->ring));
  guint32 ops = engine->options.argon_ops != 0 ? engine->options.argon_ops : KIP_ARGON_OPS;
  guint32 memory = engine->options.argon_memory != 0 ? engine->options.argon_memory : KIP_ARGON_MEMORY;

  return kip_share_slots_set_passphrase (slots, passphrase, engine->replica->class->device (engine->replica), ops, memory, error)
         ? g_steal_pointer (&slots) : NULL;
}

gboolean
kip_sync_engine_set_passphrase (KipSyncEngine *engine,
                                const char    *passphrase,
                                GError       **error)
{
  g_autoptr (KipShareSlots) slots = dup_slots_with (engine, passphrase, error);

  return slots != NULL && kip_sync_keys_set_slots (engine->ring, slots, error);
}

gboolean
kip_sync_engine_has_passphrase (KipSyncEngine *engine)
{
  return kip_sync_keys_get_slots (engine->ring)->passphrase.is_set;
}

/* The first generation is made for it. */
static gboolean
set_first_passphrase (KipSyncEngine *engine,
                      const char    *passphrase,
                      GError       **error)
{
  g_autoptr (KipShareSlots) slots = NULL;

  if (passphrase == NULL)
    return TRUE;
  slots = dup_slots_with (engine, passphrase, error);
  if (slots == NULL)
    return FALSE;
  slots->made_serial = slots->passphrase.serial;
  slots->made_maker = slots->passphrase.maker;
  kip_share_keys_set_slots (engine->keys, slots);
  return TRUE;
}

/* ---- beginning to share ---- */

gboolean
kip_sync_engine_create (KipSyncEngine *engine,
                        const char    *passphrase,
                        gint64         wall_ms,
                        GCancellable  *cancellable,
                        GError       **error)
{
  KipSyncRound round;
  KipCarrierLook found;
  gboolean ok;

  kip_sync_begin_round (engine, &round, 0, wall_ms, cancellable);
  if (!set_first_passphrase (engine, passphrase, error))
    return FALSE;
  if (!kip_carrier_look (engine->carrier, &found, cancellable, error))
    return FALSE;
  if (found.has_file)
    {
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_EXISTS,
                           _("There is a file with that name in the folder already. Nothing was changed. Choose another name, or join the office in that file."));
      return FALSE;
    }
  if (!kip_carrier_lock (engine->carrier, engine->replica->class->device (engine->replica), "compact", PATIENCE, NULL, cancellable, error))
    return FALSE;
  ok = kip_sync_write_file (engine, NULL, TRUE, error);
  kip_carrier_unlock (engine->carrier);
  engine->place = found.place;
  engine->has_place = ok;
  return ok && kip_sync_save_cursor (engine, error);
}
