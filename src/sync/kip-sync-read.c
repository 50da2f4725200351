/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync-engine-private.h"

#include "kip-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Read at once: enough for any frame to be whole in it. */
#define WINDOW (2 * KIP_FRAME_MAX)

static GBytes *
read_bytes (KipSyncEngine *engine,
            guint64        offset,
            gsize          max,
            guint64       *size,
            GError       **error)
{
  GBytes *bytes = kip_carrier_read (engine->carrier, offset, max, size, engine->cancellable, error);

  if (bytes != NULL)
    engine->round->bytes_read += g_bytes_get_size (bytes);
  return bytes;
}

/* ---- the header ---- */

/* Whoever made the file must be one of us; a replica that holds nothing yet has to believe it. */
static gboolean
check_creator (KipSyncEngine  *engine,
               KipShareHeader *header,
               GError        **error)
{
  g_autoptr (KipMembers) members = engine->replica->class->dup_members (engine->replica);
  guint32 creator = kip_share_header_get_info (header)->creator;
  const KipMember *member = kip_members_find (members, creator);

  if (member == NULL || member->keys->len == 0)
    return TRUE;
  for (guint i = 0; i < member->keys->len; i++)
    if (kip_share_header_verify (header, g_array_index (member->keys, KipMemberKey, i).key))
      return TRUE;
  g_set_error_literal (error, KIP_ERROR, KIP_ERROR_CORRUPT,
                       _("The beginning of the shared file was written by nobody of this office. Nothing of it was taken over; everything is kept on this computer."));
  return FALSE;
}

/* The keys of a generation that we do not have yet may lie in a slot of ours. */
static void
open_slot (KipSyncEngine  *engine,
           KipShareHeader *header)
{
  guint8 public_key[32], secret_key[64];
  g_autoptr (KipShareKeys) found = NULL;

  if (!engine->replica->class->signing_key (engine->replica, public_key, secret_key, NULL))
    return;
  found = kip_share_header_open_device (header, public_key, secret_key, NULL);
  if (found != NULL)
    kip_sync_keys_take_header (engine->ring, found);
}

static gboolean
is_same_file (const KipShareIdentity *a,
              const KipShareIdentity *b)
{
  return memcmp (a->file, b->file, sizeof a->file) == 0 && a->epoch == b->epoch;
}

static gboolean
take_file (KipSyncEngine  *engine,
           KipShareHeader *header,
           GError        **error)
{
  const KipShareHeaderInfo *info = kip_share_header_get_info (header);

  if (memcmp (info->identity.office, kip_share_keys_get_office (engine->keys), KIP_OFFICE_ID_SIZE) != 0)
    {
      g_set_error_literal (error, KIP_ERROR, KIP_ERROR_NOT_OFFICE,
                           _("At that place lies the shared file of another office. Nothing was written to it; everything is kept on this computer. Choose the right file."));
      return FALSE;
    }
  if (engine->has_file && is_same_file (&info->identity, &engine->file))
    return TRUE;
  if (!check_creator (engine, header, error))
    return FALSE;
  engine->own_shared = MAX (engine->own_shared, kip_coverage_up_to (engine->coverage, engine->replica->class->device (engine->replica)));
  engine->file = info->identity;
  engine->has_file = TRUE;
  kip_share_keys_set_file (engine->keys, &engine->file);
  kip_sync_forget_file (engine);
  kip_sync_forget_moved (engine);
  engine->is_new_file = engine->must_invite_again = TRUE;
  engine->has_stale = FALSE;
  kip_sync_keys_set_file (engine->ring, &engine->file);
  open_slot (engine, header);
  return TRUE;
}

gboolean
kip_sync_read_header (KipSyncEngine *engine,
                      GError       **error)
{
  g_autoptr (GBytes) bytes = read_bytes (engine, 0, KIP_SHARE_HEADER_SIZE, NULL, error);
  g_autoptr (KipShareHeader) header = NULL;

  if (bytes == NULL)
    return FALSE;
  if (engine->has_file && engine->header != NULL && g_bytes_equal (bytes, engine->header))
    return TRUE;
  header = kip_share_header_read (bytes, error);
  if (header == NULL || !take_file (engine, header, error))
    return FALSE;
  g_clear_pointer (&engine->header, g_bytes_unref);
  engine->header = g_bytes_ref (bytes);
  return TRUE;
}

/* ---- what frames say ---- */

/* Somebody who read the file to its end lacks what we believe to be in it: it may be damaged where
 * nobody looks any more. */
static gboolean
misses_something (KipSyncEngine *engine,
                  const KipHave *have)
{
  g_autoptr (KipMembers) members = engine->replica->class->dup_members (engine->replica);
  GPtrArray *all = kip_members_get_all (members);

  for (guint i = 0; i < all->len; i++)
    {
      const KipMember *member = g_ptr_array_index (all, i);
      guint64 counts = MIN (kip_coverage_up_to (engine->coverage, member->device), member->last);

      if (member->device != have->device && kip_have_up_to (have, member->device) < counts)
        return TRUE;
    }
  return FALSE;
}

static void
take_have (KipSyncEngine  *engine,
           const KipFound *found)
{
  g_autoptr (KipHave) have = kip_sync_read_have (engine, found->body);

  for (guint i = 0; have != NULL && i < engine->haves->len; i++)
    {
      KipHave *other = g_ptr_array_index (engine->haves, i);

      if (other->device != have->device)
        continue;
      if (other->at > have->at)
        return;
      g_ptr_array_remove_index (engine->haves, i);
      break;
    }
  if (have == NULL)
    return;
  engine->is_doubtful |= have->device != engine->replica->class->device (engine->replica)
                         && (misses_something (engine, have) || kip_sync_keys_is_behind (engine->ring, found->generation));
  g_ptr_array_add (engine->haves, g_steal_pointer (&have));
  engine->round->members_changed = TRUE;
}

static void
take_knock (KipSyncEngine *engine,
            GBytes        *body)
{
  g_autoptr (KipKnock) knock = kip_frame_unpack_knock (body, NULL);

  for (guint i = 0; knock != NULL && i < engine->knocks->len; i++)
    if (memcmp (((KipKnock *) g_ptr_array_index (engine->knocks, i))->public_key, knock->public_key, sizeof knock->public_key) == 0)
      {
        g_ptr_array_remove_index (engine->knocks, i);
        break;
      }
  if (knock == NULL)
    return;
  g_ptr_array_add (engine->knocks, g_steal_pointer (&knock));
  engine->round->members_changed = TRUE;
}

/* Invitations are for those who have the code; other types are a newer Kip's. */
void
kip_sync_take_frame (KipSyncEngine  *engine,
                     const KipFound *found,
                     GPtrArray      *changes)
{
  kip_sync_keys_note_frame (engine->ring, found);
  if (!kip_frame_joiner_take (engine->joiner, found, changes, NULL))
    engine->round->n_damaged++;
  if (found->kind == KIP_FOUND_FRAME && found->type == KIP_FRAME_HAVE)
    take_have (engine, found);
  if (found->kind == KIP_FOUND_FRAME && found->type == KIP_FRAME_KNOCK)
    take_knock (engine, found->body);
  if (found->kind == KIP_FOUND_FRAME && found->type == KIP_FRAME_TOLD)
    kip_sync_take_told (engine, found->body);
  if (found->kind == KIP_FOUND_FRAME && found->type == KIP_FRAME_MOVED)
    kip_sync_take_moved (engine, found->body);
}

/* ---- taking in ---- */

/* What was read of the file, and how far. */
typedef struct
{
  KipSyncEngine *engine;
  GPtrArray     *changes; /* (owned) of KipRawChange */
  gboolean      *held;    /* (owned) */
  guint64        base;
  GBytes        *bytes;   /* that stand at @base */
  guint64        at;      /* where the next frame begins */
} KipSyncWindow;

static void
keep_tail (KipSyncEngine *engine,
           GBytes        *bytes,
           guint64        base)
{
  const guint8 *data = g_bytes_get_data (bytes, NULL);

  if (engine->offset >= base + KIP_SYNC_TAIL)
    memcpy (engine->tail, data + (engine->offset - base - KIP_SYNC_TAIL), KIP_SYNC_TAIL);
}

static void
cover (KipSyncWindow *window)
{
  for (guint i = 0; i < window->changes->len; i++)
    {
      const KipRawChange *raw = g_ptr_array_index (window->changes, i);

      if (window->held[i])
        kip_coverage_add (window->engine->coverage, raw->device, raw->seq);
    }
}

static void
move_cursor (KipSyncWindow *window)
{
  KipSyncEngine *engine = window->engine;

  if (window->at == engine->offset)
    return;
  engine->offset = window->at;
  keep_tail (engine, window->bytes, window->base);
  engine->is_dirty = TRUE;
}

/* In the transaction that takes in what was read: after a crash either both are there or neither. */
static GBytes *
make_state (gpointer data)
{
  KipSyncWindow *window = data;

  cover (window);
  move_cursor (window);
  return kip_sync_encode_cursor (window->engine);
}

static void
note_received (KipSyncEngine     *engine,
               const KipReceived *received)
{
  engine->round->n_received += received->n_new;
  engine->round->n_waiting = MAX (engine->round->n_waiting, received->n_waiting);
  engine->round->n_refused += received->n_refused;
  engine->round->n_conflicts += received->n_conflicts;
  engine->has_news |= received->n_new > 0 || received->n_waiting > 0;
  engine->must_forget_file |= received->forgot;
  engine->has_stale |= received->n_to_forget > 0;
}

/* @keep: with the cursor. */
static gboolean
take_in (KipSyncWindow *window,
         gboolean       keep,
         GError       **error)
{
  KipSyncEngine *engine = window->engine;
  const KipStateMaker state = { KIP_SYNC_CURSOR_KEY, make_state, window };
  KipReceived received;

  if (window->changes->len == 0)
    return TRUE;
  window->held = g_new0 (gboolean, window->changes->len);
  if (!kip_sync_own (engine, engine->replica->class->receive (engine->replica, window->changes, keep ? &state : NULL,
                                                              &received, window->held, error)))
    {
      /* What of it is on the disk only the disk knows. */
      kip_sync_load_cursor (engine);
      return FALSE;
    }
  if (keep)
    engine->is_dirty = FALSE;
  else
    cover (window);
  note_received (engine, &received);
  return TRUE;
}

static void
window_clear (KipSyncWindow *window)
{
  g_clear_pointer (&window->changes, g_ptr_array_unref);
  g_clear_pointer (&window->held, g_free);
  g_clear_pointer (&window->bytes, g_bytes_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KipSyncWindow, window_clear)

static KipSyncWindow
window_new (KipSyncEngine *engine,
            guint64        base,
            guint64        at,
            GBytes        *bytes)
{
  return (KipSyncWindow) { engine, g_ptr_array_new_with_free_func ((GDestroyNotify) kip_raw_change_unref), NULL, base, bytes, at };
}

/* So many places at most are looked at again. */
#define MAX_DOUBTS 64

/* What is no frame may be one in a minute: a share may give zeros, or an old page, for what has
 * not come through to this machine. */
static void
take_damage (KipSyncEngine  *engine,
             const KipFound *found,
             GBytes         *bytes,
             guint64         base)
{
  g_autoptr (GBytes) place = g_bytes_new_from_bytes (bytes, (gsize) (found->offset - base), (gsize) found->length);

  engine->round->n_damaged++;
  if (engine->proofs->len < MAX_DOUBTS)
    kip_sync_look_again (engine, found->offset, place, TRUE);
}

static void
take_sealed (KipSyncEngine  *engine,
             const KipFound *found,
             GBytes         *bytes,
             guint64         base)
{
  g_autoptr (GBytes) frame = g_bytes_new_from_bytes (bytes, (gsize) (found->offset - base), (gsize) found->length);
  guint before = kip_sync_keys_count_waiting (engine->ring);

  kip_sync_keys_take_sealed (engine->ring, found, frame);
  /* Who hears that we are here, and by which key, looks whether the file gives us the right one. */
  engine->has_news |= kip_sync_keys_count_waiting (engine->ring) > before;
}

/* Finds the frames of @window, and moves it to where the search goes on.
 * FALSE in @more: what remains is the end, or the beginning of something unfinished. */
static void
find_frames (KipSyncWindow *window,
             gboolean       is_all,
             gboolean      *more)
{
  KipSyncEngine *engine = window->engine;
  gboolean go_on = TRUE;

  *more = !is_all;
  while (go_on)
    {
      KipFound found;

      kip_frame_find (engine->keys, window->bytes, window->base, (gsize) (window->at - window->base), is_all, &found);
      kip_sync_take_frame (engine, &found, window->changes);
      switch (found.kind)
        {
        case KIP_FOUND_JUNK:
        case KIP_FOUND_DAMAGED:
          take_damage (engine, &found, window->bytes, window->base);
          break;
        case KIP_FOUND_SEALED:
          take_sealed (engine, &found, window->bytes, window->base);
          break;
        case KIP_FOUND_FRAME:
          break;
        case KIP_FOUND_UNFINISHED:
        case KIP_FOUND_END:
        default:
          go_on = FALSE;
          break;
        }
      if (go_on)
        window->at = found.offset + found.length;
      kip_found_clear (&found);
    }
}

/* A frame that is being written is whole soon.  One that is not is damaged, and nothing may ever come behind it that would show it:
 * who hears what we have and holds more publishes it again. */
#define UNFINISHED_LASTS (2 * 60 * 1000)

static void
look_at_end (KipSyncEngine *engine,
             guint64        at,
             guint64        size)
{
  if (at >= size)
    engine->unfinished_since = 0;
  else if (engine->unfinished_since == 0 || engine->unfinished_at != at)
    engine->unfinished_since = MAX (1, engine->now);
  else if (engine->unfinished_since != G_MAXINT64 && engine->now - engine->unfinished_since >= UNFINISHED_LASTS)
    {
      engine->unfinished_since = G_MAXINT64;
      engine->has_news = TRUE;
      engine->round->n_damaged++;
    }
  engine->unfinished_at = at;
}

static gboolean
is_beginning (const KipSyncEngine *engine)
{
  return engine->offset == KIP_SHARE_HEADER_SIZE;
}

/* The bytes before the cursor are no longer those that we saw: the file was cut off, put back to an
 * older state, or written over. */
static gboolean
has_changed (const KipSyncEngine *engine,
             GBytes              *bytes,
             gsize                before)
{
  return before > 0
         && (g_bytes_get_size (bytes) < before || memcmp (g_bytes_get_data (bytes, NULL), engine->tail, before) != 0);
}

/* All that was read is kept, and where that ended.  After a restart a change-set of which only some pieces were read is
 * read from its first on. */
static gboolean
take_window (KipSyncWindow *window,
             gboolean      *again,
             GError       **error)
{
  KipSyncEngine *engine = window->engine;
  gboolean keep = kip_frame_joiner_safe_offset (engine->joiner, window->at) >= window->at, is_open;

  /* Before the cursor passes over what this is about. */
  if (!kip_sync_own (engine, kip_sync_keys_save (engine->ring, error)) || !kip_sync_settle_moved (engine, error))
    return FALSE;
  is_open = engine->moves->len > 0 || kip_sync_keys_has_pending (engine->ring);
  if (!take_in (window, keep, error) || !kip_sync_settle_moved (engine, error))
    return FALSE;
  *again = kip_sync_keys_settle (engine->ring);
  /* Who said it may be known by now. */
  engine->is_dirty |= is_open;
  if (*again)
    {
      kip_sync_forget_file (engine);
      return TRUE;
    }
  move_cursor (window);
  return !keep || kip_sync_save_cursor (engine, error);
}

static void
tell_reading (KipSyncEngine *engine,
              guint64        size,
              gboolean       more)
{
  if (more && engine->reading != NULL)
    engine->reading (engine->offset, size, engine->reading_data);
}

/* @max: bytes, which may be too few for a frame to be whole. */
static gboolean
read_window (KipSyncEngine *engine,
             gsize          max,
             gboolean      *more,
             GError       **error)
{
  gsize before = is_beginning (engine) ? 0 : KIP_SYNC_TAIL;
  guint64 base = engine->offset - before, size = 0;
  GBytes *bytes = read_bytes (engine, base, before + max, &size, error);
  g_auto (KipSyncWindow) window = window_new (engine, base, engine->offset, bytes);
  gboolean again;

  if (bytes == NULL)
    return FALSE;
  if (has_changed (engine, bytes, before))
    {
      kip_sync_forget_file (engine);
      *more = TRUE;
      return TRUE;
    }
  find_frames (&window, base + g_bytes_get_size (bytes) >= size, more);
  if (!*more)
    look_at_end (engine, window.at, size);
  tell_reading (engine, size, *more);
  if (!take_window (&window, &again, error))
    return FALSE;
  *more |= again;
  tell_reading (engine, size, *more);
  return !*more || kip_sync_look_ahead (engine, size, error);
}

void
kip_sync_engine_set_reading (KipSyncEngine *engine,
                             KipSyncReading reading,
                             gpointer       data)
{
  engine->reading = reading;
  engine->reading_data = data;
}

gboolean
kip_sync_read_on (KipSyncEngine *engine,
                  GError       **error)
{
  gsize max = kip_sync_early_begin (engine, WINDOW);
  gboolean more = TRUE;

  if (!kip_sync_skip_packed (engine, error))
    return FALSE;
  while (more)
    {
      guint64 before = engine->offset;

      if (!read_window (engine, max, &more, error))
        return FALSE;
      max = engine->offset == before ? WINDOW : kip_sync_early_begin (engine, WINDOW);
    }
  return TRUE;
}

/* ---- from the beginning ---- */

/* What was read once is not looked at again but so often, or when there is doubt. */
#define SCRUB_EVERY (24 * 60 * 60 * 1000)
#define DOUBT_EVERY (10 * 60 * 1000)

gboolean
kip_sync_scrub (KipSyncEngine *engine,
                GError       **error)
{
  gint64 since;

  /* A file that was just read for the first time was read from its beginning. */
  if (engine->scrubbed_at == 0)
    engine->scrubbed_at = engine->wall;
  since = ABS (engine->wall - engine->scrubbed_at);
  if (since < (engine->is_doubtful ? DOUBT_EVERY : SCRUB_EVERY) && !(engine->is_doubtful && engine->scrubs_in_doubt == 0))
    return TRUE;
  engine->scrubs_in_doubt += engine->is_doubtful;
  engine->scrubbed_at = engine->wall;
  kip_sync_forget_file (engine);
  if (!kip_sync_read_on (engine, error))
    return FALSE;
  engine->is_doubtful = FALSE;
  return TRUE;
}

/* ---- without a header ---- */

gboolean
kip_sync_salvage (KipSyncEngine *engine,
                  GError       **error)
{
  guint64 base = 0, size = 0;
  gboolean more = engine->has_file;

  while (more)
    {
      GBytes *bytes = read_bytes (engine, base, WINDOW, &size, error);
      g_auto (KipSyncWindow) window = window_new (engine, base, base, bytes);

      if (bytes == NULL)
        return FALSE;
      find_frames (&window, base + g_bytes_get_size (bytes) >= size, &more);
      if (!take_in (&window, FALSE, error))
        return FALSE;
      more = more && window.at > base;
      base = window.at;
    }
  return TRUE;
}
