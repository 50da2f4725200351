/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync-engine-private.h"

#include "kip-error.h"
#include "kip-keys.h"
#include "kip-share-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How long the lock is waited for, in milliseconds. */
#define PATIENCE 10000

/* So much of the log is read at a time, and so much of the new file. */
#define PIECE (4 * 1024 * 1024)

/* So often the old file may have grown meanwhile before it is given up. */
#define MAX_TAILS 5

/* A file is worth packing when it is larger than this, and a change-set takes this much in it: packed it is
 * about 80 bytes. */
#define SIZE_WORTH (1024 * 1024)
#define BYTES_WORTH 240

/* Of how many change-sets a file consists, and of which, in whatever order. */
typedef struct
{
  guint64 n, sum[KIP_HASH_SIZE / 8];
} Digest;

typedef struct
{
  KipSyncEngine     *engine;
  KipCarrier        *to;       /* where it is written: the engine's own, or another place's */
  KipSyncGathered    gathered;
  KipShareIdentity   old_file, new_file;
  GBytes            *header;   /* (owned) of the new file */
  GBytes            *keys;     /* (owned) the frame behind it */
  KipCoverage       *coverage; /* (owned) of the new file */
  GArray            *packed;   /* (owned) of KipHolding: what lies in the packed part */
  guint              n_carried; /* of the gathered change-sets and frames these are written */
  guint              n_frames;
  guint64            n_all;    /* change-sets that will be written, about */
  guint64            offset;   /* behind the last frame of the new file, as it was read back */
  guint8             tail[KIP_SYNC_TAIL]; /* the bytes before that */
  Digest             written, read;
  KipCompactProgress progress;
  gpointer           data;
} Compacting;

/* ---- counting ---- */

static void
count (Digest       *digest,
       KipRawChange *raw)
{
  guint64 numbers[KIP_HASH_SIZE / 8];

  kip_hash_bytes (g_bytes_get_data (raw->bytes, NULL), g_bytes_get_size (raw->bytes), (guint8 *) numbers);
  digest->n++;
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    digest->sum[i] += numbers[i];
}

static void
tell (const Compacting *self,
      double            from,
      double            to,
      double            fraction)
{
  if (self->progress != NULL)
    self->progress (from + (to - from) * CLAMP (fraction, 0, 1), self->data);
}

/* ---- writing ---- */

static gboolean
add_bytes (Compacting *self,
           GBytes     *bytes,
           GError    **error)
{
  self->engine->round->bytes_written += g_bytes_get_size (bytes);
  return kip_carrier_replace_add (self->to, bytes, self->engine->cancellable, error);
}

static gboolean
keep_locks (Compacting *self,
            GError    **error)
{
  KipSyncEngine *engine = self->engine;

  return kip_carrier_keep_lock (engine->carrier, engine->cancellable, error)
         && (self->to == engine->carrier || kip_carrier_keep_lock (self->to, engine->cancellable, error));
}

static gboolean
add_frame (Compacting   *self,
           KipFrameType  type,
           KipFrameFlags flags,
           GBytes       *body,
           GError      **error)
{
  g_autoptr (GBytes) frame = kip_frame_seal (self->engine->keys, type, flags, body, error);

  return frame != NULL && add_bytes (self, frame, error);
}

static gboolean
add_changes (Compacting *self,
             GPtrArray  *changes,
             GError    **error)
{
  g_autoptr (GPtrArray) frames = kip_frame_seal_changes (self->engine->keys, changes, KIP_FRAME_BODY_MAX, error);

  for (guint i = 0; frames != NULL && i < frames->len; i++)
    if (!add_bytes (self, g_ptr_array_index (frames, i), error))
      return FALSE;
  for (guint i = 0; i < changes->len; i++)
    count (&self->written, g_ptr_array_index (changes, i));
  tell (self, 0.35, 0.7, (double) self->written.n / (double) MAX (self->n_all, 1));
  return frames != NULL && keep_locks (self, error);
}

static guint64
number_of (GArray *holdings,
           guint32 device)
{
  for (guint i = 0; i < holdings->len; i++)
    if (g_array_index (holdings, KipHolding, i).device == device)
      return g_array_index (holdings, KipHolding, i).seq;
  return 0;
}

static GArray *
covered (Compacting *self,
         GArray     *holdings)
{
  GArray *since = g_array_new (FALSE, FALSE, sizeof (KipHolding));

  for (guint i = 0; i < holdings->len; i++)
    {
      KipHolding holding = g_array_index (holdings, KipHolding, i);

      holding.seq = kip_coverage_up_to (self->coverage, holding.device);
      g_array_append_val (since, holding);
    }
  return since;
}

/* Without those above @until, which may have come since. */
static void
leave_out_later (Compacting *self,
                 GPtrArray  *changes,
                 GArray     *until)
{
  for (guint i = changes->len; i > 0; i--)
    {
      const KipRawChange *raw = g_ptr_array_index (changes, i - 1);

      if (raw->seq > number_of (until, raw->device))
        g_ptr_array_remove_index (changes, i - 1);
      else
        kip_coverage_add (self->coverage, raw->device, raw->seq);
    }
}

static gboolean
has_all (Compacting *self,
         GArray     *holdings,
         GError    **error)
{
  for (guint i = 0; i < holdings->len; i++)
    if (kip_coverage_up_to (self->coverage, g_array_index (holdings, KipHolding, i).device) < g_array_index (holdings, KipHolding, i).seq)
      {
        g_set_error_literal (error, KIP_ERROR, KIP_ERROR_BUSY,
                             _("This computer is still waiting for changes of others. The shared file was left as it is. Try again later."));
        return FALSE;
      }
  return TRUE;
}

/* Of our log all up to @until that the new file does not have yet, piece by piece. */
static gboolean
add_log (Compacting *self,
         GArray     *until,
         GError    **error)
{
  KipReplica *replica = self->engine->replica;
  guint n;

  do
    {
      g_autoptr (GArray) since = covered (self, until);
      g_autoptr (GPtrArray) changes = NULL;

      if (!kip_share_go_on (self->engine->cancellable, error))
        return FALSE;
      changes = replica->class->changes_since (replica, since, PIECE, error);
      if (!kip_sync_own (self->engine, changes != NULL))
        return FALSE;
      leave_out_later (self, changes, until);
      n = changes->len;
      if (n > 0 && !add_changes (self, changes, error))
        return FALSE;
    }
  while (n > 0);
  return has_all (self, until, error);
}

/* What waits or is refused here may count elsewhere; what we do not know may be known to others. */
static gboolean
add_carried (Compacting *self,
             GError    **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new ();

  for (; self->n_carried < self->gathered.changes->len; self->n_carried++)
    g_ptr_array_add (changes, g_ptr_array_index (self->gathered.changes, self->n_carried));
  if (changes->len > 0 && !add_changes (self, changes, error))
    return FALSE;
  for (; self->n_frames < self->gathered.frames->len; self->n_frames++)
    {
      const KipSyncCarried *carried = g_ptr_array_index (self->gathered.frames, self->n_frames);

      if (!add_frame (self, carried->type, carried->flags, carried->body, error))
        return FALSE;
    }
  return TRUE;
}

/* Before the change-sets: who reads on from here would take what is not named there for lost. */
static gboolean
add_told (Compacting *self,
          GError    **error)
{
  GHashTableIter iter;
  gpointer carried;

  g_hash_table_iter_init (&iter, self->gathered.told);
  while (g_hash_table_iter_next (&iter, NULL, &carried))
    if (!add_frame (self, ((KipSyncCarried *) carried)->type, 0, ((KipSyncCarried *) carried)->body, error))
      return FALSE;
  return TRUE;
}

static GBytes *
make_claim (Compacting *self,
            GError    **error)
{
  g_autoptr (KipHave) have = kip_have_new ();
  KipReplica *replica = self->engine->replica;
  guint8 public_key[32], secret_key[64];

  if (!kip_sync_own (self->engine, replica->class->signing_key (replica, public_key, secret_key, error)))
    return NULL;
  have->device = replica->class->device (replica);
  have->at = self->engine->wall;
  have->version = kip_sync_file_name (&self->new_file);
  have->format = KIP_SHARE_FORMAT;
  g_array_append_vals (have->holdings, self->packed->data, self->packed->len);
  return kip_frame_pack_packed (have, secret_key);
}

static gboolean
add_all (Compacting *self,
         GError    **error)
{
  g_autoptr (GBytes) claim = NULL;

  self->header = kip_sync_make_header (self->engine, error);
  self->keys = self->header != NULL ? kip_sync_make_keys (self->engine, error) : NULL;
  if (self->keys == NULL)
    return FALSE;
  self->new_file = *kip_share_keys_get_file (self->engine->keys);
  claim = make_claim (self, error);
  return claim != NULL && add_bytes (self, self->header, error) && add_bytes (self, self->keys, error) && add_told (self, error)
         && add_frame (self, KIP_FRAME_PACKED, 0, claim, error)
         && add_log (self, self->packed, error)
         && add_frame (self, KIP_FRAME_PACKED, 0, claim, error)
         && add_carried (self, error);
}

/* ---- reading back ---- */

static gboolean
fail_verify (GError **error)
{
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_IO,
                       _("The share did not give back what was just written to it. The old file was left as it is; everything is kept on this computer. Kip tries again."));
  return FALSE;
}

static void
keep_tail (Compacting *self,
           GBytes     *bytes,
           guint64     base)
{
  const guint8 *data = g_bytes_get_data (bytes, NULL);

  if (self->offset >= base + KIP_SYNC_TAIL)
    memcpy (self->tail, data + (self->offset - base - KIP_SYNC_TAIL), KIP_SYNC_TAIL);
}

/* Whole frames of @bytes, which begin at @base; FALSE: something else is there. */
static gboolean
verify_frames (Compacting     *self,
               KipFrameJoiner *joiner,
               GBytes         *bytes,
               guint64         base,
               gboolean        is_all)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) kip_raw_change_unref);
  KipFoundKind kind;

  do
    {
      KipFound found;

      kip_frame_find (self->engine->keys, bytes, base, (gsize) (self->offset - base), is_all, &found);
      kind = kip_sync_is_readable (&found) ? KIP_FOUND_FRAME : found.kind;
      if (kind == KIP_FOUND_FRAME)
        {
          self->offset = found.offset + found.length;
          kip_frame_joiner_take (joiner, &found, changes, NULL);
        }
      kip_found_clear (&found);
    }
  while (kind == KIP_FOUND_FRAME);
  for (guint i = 0; i < changes->len; i++)
    count (&self->read, g_ptr_array_index (changes, i));
  return kind == KIP_FOUND_END || (!is_all && kind == KIP_FOUND_UNFINISHED);
}

/* Every frame is opened, and every change-set that was to be written is there: so the fold is the same. */
static gboolean
verify (Compacting *self,
        GError    **error)
{
  g_autoptr (KipFrameJoiner) joiner = kip_frame_joiner_new ();
  KipSyncEngine *engine = self->engine;
  gboolean is_all = FALSE;

  memset (&self->read, 0, sizeof self->read);
  self->offset = KIP_SHARE_HEADER_SIZE;
  while (!is_all)
    {
      guint64 base = self->offset - KIP_SYNC_TAIL;
      g_autoptr (GBytes) bytes = kip_carrier_replace_read (self->to, base, PIECE, engine->cancellable, error);

      if (bytes == NULL || !kip_share_go_on (engine->cancellable, error))
        return FALSE;
      engine->round->bytes_read += g_bytes_get_size (bytes);
      is_all = g_bytes_get_size (bytes) < PIECE;
      if (g_bytes_get_size (bytes) < KIP_SYNC_TAIL || !verify_frames (self, joiner, bytes, base, is_all))
        return fail_verify (error);
      keep_tail (self, bytes, base);
      tell (self, 0.7, 1, (double) self->read.n / (double) MAX (self->written.n, 1));
      if (!keep_locks (self, error))
        return FALSE;
    }
  return memcmp (&self->read, &self->written, sizeof self->read) == 0 || fail_verify (error);
}

/* ---- what came meanwhile ---- */

/* The old file is still the one that was read. */
static gboolean
check_old (Compacting *self,
           guint64    *size,
           GError    **error)
{
  KipSyncEngine *engine = self->engine;
  g_autoptr (GBytes) header = kip_carrier_read (engine->carrier, 0, KIP_SHARE_HEADER_SIZE, size, engine->cancellable, error);

  if (header == NULL)
    return FALSE;
  if (engine->header != NULL && g_bytes_equal (header, engine->header))
    return TRUE;
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_BUSY,
                       _("Another computer has put a new shared file in its place meanwhile. It was left as it is; everything is kept on this computer."));
  return FALSE;
}

/* Somebody may have written although we hold the lock: that goes into the new file, too. */
static gboolean
add_tail (Compacting *self,
          guint64     size,
          gboolean   *came,
          GError    **error)
{
  guint64 seen = self->gathered.n_changes;
  guint frames = self->gathered.frames->len;
  g_autoptr (GArray) holdings = NULL;
  gboolean ok;

  *came = FALSE;
  if (size == self->gathered.offset)
    return TRUE;
  kip_share_keys_set_file (self->engine->keys, &self->old_file);
  ok = kip_sync_gather (self->engine, &self->gathered, NULL, NULL, error);
  kip_share_keys_set_file (self->engine->keys, &self->new_file);
  if (!ok)
    return FALSE;
  *came = self->gathered.n_changes > seen || self->gathered.frames->len > frames;
  if (!*came)
    return TRUE;
  holdings = self->engine->replica->class->holdings (self->engine->replica, error);
  return kip_sync_own (self->engine, holdings != NULL) && add_log (self, holdings, error) && add_carried (self, error);
}

/* Until the new file is read back whole and nothing came into the old one since. */
static gboolean
verify_and_catch_up (Compacting *self,
                     GError    **error)
{
  for (guint i = 0; i < MAX_TAILS; i++)
    {
      gboolean came;
      guint64 size;

      if (!verify (self, error) || !check_old (self, &size, error) || !add_tail (self, size, &came, error))
        return FALSE;
      if (!came)
        return TRUE;
    }
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_BUSY,
                       _("Others are writing to the shared file all the time. It was left as it is. Try again later."));
  return FALSE;
}

/* ---- all of it ---- */

static gboolean
write_and_put (Compacting *self,
               GError    **error)
{
  GCancellable *cancellable = self->engine->cancellable;

  if (kip_carrier_replace_begin (self->to, cancellable, error)
      && add_all (self, error)
      && verify_and_catch_up (self, error)
      && kip_carrier_replace_end (self->to, NULL, self->to != self->engine->carrier, cancellable, error))
    return TRUE;
  kip_carrier_replace_drop (self->to);
  return FALSE;
}

static void
tell_gathered (double   fraction,
               gpointer data)
{
  tell (data, 0, 0.35, fraction);
}

static void
stay_in_old_file (Compacting *self)
{
  kip_share_keys_set_file (self->engine->keys, &self->old_file);
  kip_sync_keys_end_file (self->engine->ring, FALSE);
}

/* Under the lock. */
static gboolean
do_compact (Compacting *self,
            GError    **error)
{
  KipSyncEngine *engine = self->engine;

  if (!kip_sync_read_header (engine, error))
    return FALSE;
  self->old_file = engine->file;
  if (!kip_sync_gather (engine, &self->gathered, tell_gathered, self, error))
    return FALSE;
  self->packed = engine->replica->class->holdings (engine->replica, error);
  if (!kip_sync_own (engine, self->packed != NULL))
    return FALSE;
  for (guint i = 0; i < self->packed->len; i++)
    self->n_all += g_array_index (self->packed, KipHolding, i).seq;
  if (write_and_put (self, error))
    return TRUE;
  stay_in_old_file (self);
  return FALSE;
}

/* We know what the new file carries: it was just read. */
static void
stand_in_new_file (Compacting *self)
{
  KipSyncEngine *engine = self->engine;

  kip_sync_forget_file (engine);
  engine->must_invite_again = TRUE;
  engine->file = self->new_file;
  g_clear_pointer (&engine->header, g_bytes_unref);
  engine->header = g_bytes_ref (self->header);
  engine->offset = self->offset;
  memcpy (engine->tail, self->tail, sizeof engine->tail);
  engine->scrubbed_at = engine->wall;
  kip_sync_keys_end_file (engine->ring, TRUE);
  kip_sync_keys_take_own (engine->ring, self->keys);
  kip_coverage_free (engine->coverage);
  engine->coverage = g_steal_pointer (&self->coverage);
}

static gboolean
check_may (KipSyncEngine *engine,
           GError       **error)
{
  if (!kip_sync_is_member (engine))
    g_set_error_literal (error, KIP_ERROR, KIP_ERROR_FAILED,
                         _("This computer may only read the shared file. It was left as it is. Let another computer make it smaller."));
  else if (engine->place.kind == KIP_SHARE_GVFS)
    g_set_error_literal (error, KIP_ERROR, KIP_ERROR_FAILED,
                         _("A folder that the file manager connected cannot replace a file safely. The shared file was not touched. Let a machine do it that mounts the folder itself."));
  else
    return TRUE;
  return FALSE;
}

static gboolean
compact_under_lock (Compacting *self,
                    GError    **error)
{
  KipSyncEngine *engine = self->engine;
  guint32 device = engine->replica->class->device (engine->replica);
  gboolean ok;

  if (!kip_carrier_lock (engine->carrier, device, "compact", PATIENCE, NULL, engine->cancellable, error))
    return FALSE;
  ok = do_compact (self, error);
  kip_carrier_unlock (engine->carrier);
  if (ok)
    stand_in_new_file (self);
  return ok;
}

static void
compacting_clear (Compacting *self)
{
  kip_sync_gathered_clear (&self->gathered);
  g_clear_pointer (&self->header, g_bytes_unref);
  g_clear_pointer (&self->keys, g_bytes_unref);
  g_clear_pointer (&self->coverage, kip_coverage_free);
  g_clear_pointer (&self->packed, g_array_unref);
}

static gboolean
get_size (KipSyncEngine *engine,
          guint64       *size,
          GError       **error)
{
  KipCarrierLook look;

  if (!kip_carrier_look (engine->carrier, &look, engine->cancellable, error))
    return FALSE;
  *size = look.size;
  return TRUE;
}

gboolean
kip_sync_compact_file (KipSyncEngine     *engine,
                       KipCompaction     *compaction,
                       KipCompactProgress progress,
                       gpointer           data,
                       GError           **error)
{
  Compacting self = { .engine = engine, .to = engine->carrier, .coverage = kip_coverage_new (), .progress = progress, .data = data };
  gboolean ok;

  memset (compaction, 0, sizeof *compaction);
  kip_sync_gathered_init (&self.gathered);
  ok = check_may (engine, error)
       && kip_sync_check_moved (engine, error)
       && get_size (engine, &compaction->size_before, error)
       && compact_under_lock (&self, error)
       && kip_sync_save_cursor (engine, error);
  compaction->size_after = self.offset;
  compaction->n_changes = self.written.n;
  compacting_clear (&self);
  return ok;
}

gboolean
kip_sync_copy_file (KipSyncEngine     *engine,
                    KipCarrier        *to,
                    KipCompactProgress progress,
                    gpointer           data,
                    GError           **error)
{
  Compacting self = { .engine = engine, .to = to, .coverage = kip_coverage_new (), .progress = progress, .data = data };
  gboolean ok;

  kip_sync_gathered_init (&self.gathered);
  ok = do_compact (&self, error);
  if (ok)
    stay_in_old_file (&self);
  compacting_clear (&self);
  return ok;
}

gboolean
kip_sync_engine_compact (KipSyncEngine     *engine,
                         gint64             now_ms,
                         gint64             wall_ms,
                         KipCompaction     *compaction,
                         KipCompactProgress progress,
                         gpointer           data,
                         GCancellable      *cancellable,
                         GError           **error)
{
  KipSyncRound round;
  gboolean ok;

  kip_sync_begin_round (engine, &round, now_ms, wall_ms, cancellable);
  ok = kip_sync_look_there (engine, error) && kip_sync_read_header (engine, error) && kip_sync_has_key (engine, error)
       && kip_sync_compact_file (engine, compaction, progress, data, error);
  if (ok)
    kip_sync_log_note_compaction (engine);
  engine->round = NULL;
  return ok;
}

gboolean
kip_sync_engine_is_worth_compacting (KipSyncEngine *engine)
{
  return engine->has_file && engine->offset > SIZE_WORTH
         && engine->offset / MAX (kip_coverage_count (engine->coverage), 1) > BYTES_WORTH;
}

guint64
kip_sync_engine_get_size (KipSyncEngine *engine)
{
  return engine->has_file ? engine->offset : 0;
}
