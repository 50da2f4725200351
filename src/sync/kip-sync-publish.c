/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync-engine-private.h"

#include "kip-error.h"
#include "kip-keys.h"

#include <string.h>

/* About how long a frame is, and how much is written under one lock. */
#define FRAME_TARGET (256 * 1024)
#define APPEND_TARGET (4 * 1024 * 1024)

/* How long the lock is waited for, in milliseconds. */
#define PATIENCE 10000

/* What another machine wrote and the file lacks is published after a minute, so that the author can,
 * and by one machine after the other, so that not all do. */
#define OTHERS_AFTER (60 * 1000)
#define RANK_STEP (15 * 1000)

/* What was appended, or found damaged, is looked at again after a minute. */
#define PROOF_AFTER (60 * 1000)

/* What we hold is told with other data, or when something new came, this often at most. */
#define HAVE_EVERY (10 * 60 * 1000)

/* ---- what the file lacks ---- */

static gint64
lacking_since (KipSyncEngine *engine,
               guint32        device)
{
  KipSyncLack lack = { device, engine->now };

  for (guint i = 0; i < engine->lacks->len; i++)
    if (g_array_index (engine->lacks, KipSyncLack, i).device == device)
      return g_array_index (engine->lacks, KipSyncLack, i).since;
  g_array_append_val (engine->lacks, lack);
  return engine->now;
}

static void
lacks_nothing (KipSyncEngine *engine,
               guint32        device)
{
  for (guint i = 0; i < engine->lacks->len; i++)
    if (g_array_index (engine->lacks, KipSyncLack, i).device == device)
      {
        g_array_remove_index_fast (engine->lacks, i);
        return;
      }
}

gint64
kip_sync_wait_for_rank (KipSyncEngine *engine)
{
  g_autoptr (KipMembers) members = engine->replica->class->dup_members (engine->replica);
  GPtrArray *all = kip_members_get_all (members);
  guint32 device = engine->replica->class->device (engine->replica);
  guint rank = 0;

  for (guint i = 0; i < all->len; i++)
    rank += ((KipMember *) g_ptr_array_index (all, i))->device < device;
  return (gint64) rank * RANK_STEP;
}

/* Who has not the key of all that is in the file does not know what it lacks, and may have been removed: only what was
 * written here since is published then. */
static gboolean
is_due (KipSyncEngine *engine,
        guint32        device,
        gboolean       all)
{
  gint64 since = lacking_since (engine, device);
  gboolean is_own = device == engine->replica->class->device (engine->replica);

  if (!all && kip_sync_keys_count_waiting (engine->ring) > 0)
    return is_own && kip_coverage_up_to (engine->coverage, device) > 0;
  return all || is_own || engine->now - since >= OTHERS_AFTER + kip_sync_wait_for_rank (engine);
}

/* What the file may be taken to hold when asking for what it lacks: of devices that are not due, all. */
static GArray *
find_since (KipSyncEngine *engine,
            GArray        *holdings,
            gboolean       all,
            gboolean      *any)
{
  GArray *since = g_array_new (FALSE, FALSE, sizeof (KipHolding));
  guint32 device = engine->replica->class->device (engine->replica);

  *any = FALSE;
  for (guint i = 0; i < holdings->len; i++)
    {
      KipHolding holding = g_array_index (holdings, KipHolding, i);
      guint64 covered = kip_coverage_up_to (engine->coverage, holding.device);

      if (covered >= holding.seq)
        {
          lacks_nothing (engine, holding.device);
        }
      else if (is_due (engine, holding.device, all))
        {
          *any = TRUE;
          if (holding.device == device)
            engine->round->n_to_send = (guint) MIN (holding.seq - covered, G_MAXUINT);
          holding.seq = covered;
        }
      g_array_append_val (since, holding);
    }
  return since;
}

static void
drop_covered (KipSyncEngine *engine,
              GPtrArray     *changes)
{
  for (guint i = changes->len; i > 0; i--)
    {
      const KipRawChange *raw = g_ptr_array_index (changes, i - 1);

      if (kip_coverage_has (engine->coverage, raw->device, raw->seq))
        g_ptr_array_remove_index (changes, i - 1);
    }
}

GPtrArray *
kip_sync_find_missing (KipSyncEngine *engine,
                       gboolean       all,
                       GError       **error)
{
  g_autoptr (GArray) holdings = engine->replica->class->holdings (engine->replica, error);
  g_autoptr (GArray) since = NULL;
  GPtrArray *changes;
  gboolean any;

  if (!kip_sync_own (engine, holdings != NULL))
    return NULL;
  since = find_since (engine, holdings, all, &any);
  if (!any)
    return g_ptr_array_new_with_free_func ((GDestroyNotify) kip_raw_change_unref);
  changes = engine->replica->class->changes_since (engine->replica, since, APPEND_TARGET, error);
  if (!kip_sync_own (engine, changes != NULL))
    return NULL;
  drop_covered (engine, changes);
  return changes;
}

/* ---- frames ---- */

GPtrArray *
kip_sync_seal_changes (KipSyncEngine *engine,
                       GPtrArray     *changes,
                       GError       **error)
{
  return kip_frame_seal_changes (engine->keys, changes, FRAME_TARGET, error);
}

GBytes *
kip_sync_make_have (KipSyncEngine *engine,
                    GError       **error)
{
  g_autoptr (KipHave) have = kip_have_new ();
  g_autoptr (GArray) holdings = engine->replica->class->holdings (engine->replica, error);
  g_autoptr (GBytes) body = NULL;
  guint8 public_key[32], secret_key[64];

  if (!kip_sync_own (engine, holdings != NULL && engine->replica->class->signing_key (engine->replica, public_key, secret_key, error)))
    return NULL;
  have->device = engine->replica->class->device (engine->replica);
  have->at = engine->wall;
  have->clock_offset = engine->round->clock_offset != G_MININT64 ? engine->round->clock_offset : 0;
  have->version = g_strdup (engine->version);
  have->format = KIP_SHARE_FORMAT;
  g_clear_pointer (&have->holdings, g_array_unref);
  have->holdings = g_steal_pointer (&holdings);
  body = kip_frame_pack_have (have, secret_key);
  return kip_frame_seal (engine->keys, KIP_FRAME_HAVE, 0, body, error);
}

/* ---- appending ---- */

static GBytes *
join_frames (GPtrArray *frames)
{
  GByteArray *all = g_byte_array_new ();

  for (guint i = 0; i < frames->len; i++)
    {
      gsize length;
      const guint8 *data = g_bytes_get_data (g_ptr_array_index (frames, i), &length);

      g_byte_array_append (all, data, (guint) length);
    }
  return g_byte_array_free_to_bytes (all);
}

void
kip_sync_look_again (KipSyncEngine *engine,
                     guint64        offset,
                     GBytes        *bytes,
                     gboolean       is_doubt)
{
  gsize length;
  gconstpointer data = g_bytes_get_data (bytes, &length);
  KipSyncProof proof = { offset, (guint32) length, { 0 }, engine->now + PROOF_AFTER, is_doubt };

  kip_hash_bytes (data, length, proof.hash);
  g_array_append_val (engine->proofs, proof);
}

static gboolean
is_have_due (KipSyncEngine *engine,
             gboolean       with_data)
{
  return engine->replica->class->device (engine->replica) != 0 && (with_data || engine->has_news)
         && ABS (engine->wall - engine->have_at) >= HAVE_EVERY;
}

static gboolean
add_have (KipSyncEngine *engine,
          GPtrArray     *frames,
          GError       **error)
{
  GBytes *have = kip_sync_make_have (engine, error);

  if (have != NULL)
    g_ptr_array_add (frames, have);
  return have != NULL;
}

/* Under the lock: what came meanwhile is read first, which also finds the end.  What we have is told only
 * now, so that it names all that stands before it in the file: others would take what is not named
 * for damaged.  FALSE in @done: another file lies there by now, to which @frames mean nothing. */
static gboolean
append_at_end (KipSyncEngine *engine,
               GPtrArray     *frames,
               gboolean       tells,
               gboolean      *done,
               GError       **error)
{
  KipShareIdentity before = engine->file;
  g_autoptr (GBytes) bytes = NULL;
  KipCarrierLook look;

  *done = FALSE;
  if (!kip_sync_read_header (engine, error) || !kip_sync_read_on (engine, error) || !kip_sync_check_moved (engine, error)
      || !kip_sync_check_forks (engine, error))
    return FALSE;
  if (memcmp (before.file, engine->file.file, sizeof before.file) != 0)
    return TRUE;
  if (tells && !add_have (engine, frames, error))
    return FALSE;
  bytes = join_frames (frames);
  if (!kip_carrier_look (engine->carrier, &look, engine->cancellable, error)
      || !kip_carrier_append (engine->carrier, bytes, look.size, engine->cancellable, error))
    return FALSE;
  engine->round->bytes_written += g_bytes_get_size (bytes);
  kip_sync_look_again (engine, look.size, bytes, FALSE);
  *done = TRUE;
  return TRUE;
}

static gboolean
append_frames (KipSyncEngine *engine,
               GPtrArray     *frames,
               gboolean       tells,
               gboolean      *done,
               GError       **error)
{
  guint32 device = engine->replica->class->device (engine->replica);
  gboolean ok;

  *done = FALSE;
  if (!kip_carrier_lock (engine->carrier, device, "append", PATIENCE, &engine->round->clock_offset, engine->cancellable, error))
    return FALSE;
  ok = append_at_end (engine, frames, tells, done, error);
  kip_carrier_unlock (engine->carrier);
  return ok;
}

/* What is read back counts as published: only the file says what is in it. */
static guint
count_published (KipSyncEngine *engine,
                 GPtrArray     *changes)
{
  guint n = 0;

  for (guint i = 0; i < changes->len; i++)
    {
      const KipRawChange *raw = g_ptr_array_index (changes, i);

      n += kip_coverage_has (engine->coverage, raw->device, raw->seq);
    }
  return n;
}

static void
have_told (KipSyncEngine *engine)
{
  engine->have_at = engine->wall;
  engine->has_news = FALSE;
  engine->is_dirty = TRUE;
}

static gboolean
holds (KipSyncEngine      *engine,
       const KipSyncProof *proof,
       gboolean           *there,
       GError            **error)
{
  g_autoptr (GBytes) bytes = kip_carrier_read (engine->carrier, proof->offset, proof->length, NULL, engine->cancellable, error);
  guint8 hash[KIP_HASH_SIZE];
  gsize length;
  gconstpointer data;

  if (bytes == NULL)
    return FALSE;
  data = g_bytes_get_data (bytes, &length);
  engine->round->bytes_read += length;
  kip_hash_bytes (data, length, hash);
  *there = length == proof->length && memcmp (hash, proof->hash, sizeof hash) == 0;
  return TRUE;
}

/* What was posted goes again until it was read back.  It is sealed for one file, and of no use in another. */
static gboolean
settle_posts (KipSyncEngine *engine,
              guint          n_posts,
              gboolean       done,
              GError       **error)
{
  gboolean there = !done;

  if (n_posts == 0)
    return TRUE;
  if (done && engine->proofs->len > 0
      && !holds (engine, &g_array_index (engine->proofs, KipSyncProof, engine->proofs->len - 1), &there, error))
    return FALSE;
  if (!there)
    return TRUE;
  g_ptr_array_remove_range (engine->posts, 0, n_posts);
  return !done || kip_sync_note_invited (engine, error);
}

static gboolean
send (KipSyncEngine *engine,
      GPtrArray     *changes,
      GPtrArray     *frames,
      GError       **error)
{
  gboolean tells = is_have_due (engine, frames->len > 0), done;
  guint n_posts = engine->posts->len;

  for (guint i = 0; i < n_posts; i++)
    g_ptr_array_add (frames, g_bytes_ref (g_ptr_array_index (engine->posts, i)));
  if (frames->len == 0 && !tells)
    return TRUE;
  if (!append_frames (engine, frames, tells, &done, error) || !kip_sync_read_on (engine, error)
      || !settle_posts (engine, n_posts, done, error))
    return FALSE;
  if (tells && done)
    have_told (engine);
  engine->round->n_sent += count_published (engine, changes);
  return kip_sync_save_cursor (engine, error);
}

/* Alone, so that what follows may be sealed with the generation in it. */
static gboolean
publish_keys (KipSyncEngine *engine,
              GError       **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GPtrArray) frames = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  GBytes *frame = kip_sync_keys_make_due (engine->ring, engine->now, kip_sync_wait_for_rank (engine), &problem);
  gboolean done;

  if (frame == NULL)
    return kip_sync_own (engine, problem == NULL) || (g_propagate_error (error, g_steal_pointer (&problem)), FALSE);
  g_ptr_array_add (frames, frame);
  return append_frames (engine, frames, FALSE, &done, error) && kip_sync_read_on (engine, error);
}

static gboolean
publish_changes (KipSyncEngine *engine,
                 GError       **error)
{
  g_autoptr (GPtrArray) changes = kip_sync_find_missing (engine, FALSE, error);
  g_autoptr (GPtrArray) frames = changes != NULL ? kip_sync_seal_changes (engine, changes, error) : NULL;

  return frames != NULL && send (engine, changes, frames, error);
}

/* Who was removed is told so with the old key, and then there is a new one. */
gboolean
kip_sync_publish (KipSyncEngine *engine,
                  GError       **error)
{
  return publish_keys (engine, error) && publish_changes (engine, error)
         && kip_sync_own (engine, kip_sync_keys_rotate_due (engine->ring, engine->now, kip_sync_wait_for_rank (engine), error))
         && publish_keys (engine, error);
}

/* ---- looking again ---- */

/* What was appended before this program was started again. */
static void
date_proofs (KipSyncEngine *engine)
{
  for (guint i = 0; i < engine->proofs->len; i++)
    {
      KipSyncProof *proof = &g_array_index (engine->proofs, KipSyncProof, i);

      if (proof->due == G_MAXINT64)
        proof->due = engine->now + PROOF_AFTER;
    }
}

/* Bytes that were there and are not any more, or damaged ones that are others by now: nothing that we believe of the file holds. */
gboolean
kip_sync_check_proofs (KipSyncEngine *engine,
                       GError       **error)
{
  date_proofs (engine);
  while (engine->proofs->len > 0 && g_array_index (engine->proofs, KipSyncProof, 0).due <= engine->now)
    {
      KipSyncProof proof = g_array_index (engine->proofs, KipSyncProof, 0);
      gboolean there;

      if (!holds (engine, &proof, &there, error))
        return FALSE;
      if (!there)
        {
          kip_sync_forget_file (engine);
          engine->must_invite_again |= !proof.is_doubt;
          return kip_sync_read_on (engine, error);
        }
      /* Damage that stays may be what we lack: who hears what we have and holds more publishes it again. */
      engine->is_dirty = TRUE;
      engine->has_news |= proof.is_doubt;
      g_array_remove_index (engine->proofs, 0);
    }
  return TRUE;
}
