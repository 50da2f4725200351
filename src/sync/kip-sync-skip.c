/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sync-engine-private.h"

#include "kip-bytes-private.h"
#include "kip-frame-private.h"
#include "kip-share-keys-private.h"

#include <string.h>

/* So much is read at a place where a frame is expected: the small ones whole, of the large ones their head. */
#define GLANCE (16 * 1024)

typedef struct
{
  KipSyncEngine *engine;
  GBytes        *glance; /* (owned) (nullable) */
  guint64        base;   /* where it stands */
  guint64        at;
  GPtrArray     *told;   /* (owned) of KipFound: what stands before the packed part */
  GBytes        *claim;  /* (owned) (nullable) body of the first of the two */
  KipHave       *packed; /* (owned) (nullable) what it says */
} Walk;

char *
kip_sync_file_name (const KipShareIdentity *file)
{
  GString *name = g_string_new (NULL);

  for (gsize i = 0; i < sizeof file->file; i++)
    g_string_append_printf (name, "%02x", file->file[i]);
  return g_string_free (name, FALSE);
}

static void
found_free (gpointer data)
{
  kip_found_clear (data);
  g_free (data);
}

/* The bytes at the place, as many of @length as there are; NULL in @at with TRUE: too few. */
static gboolean
glance_at (Walk          *walk,
           gsize          length,
           const guint8 **at,
           GError       **error)
{
  gsize available = walk->glance != NULL ? g_bytes_get_size (walk->glance) : 0;

  *at = NULL;
  if (walk->glance == NULL || walk->at < walk->base || walk->at + length > walk->base + available)
    {
      g_clear_pointer (&walk->glance, g_bytes_unref);
      walk->glance = kip_carrier_read (walk->engine->carrier, walk->at, MAX (length, GLANCE), NULL, walk->engine->cancellable, error);
      walk->base = walk->at;
      if (walk->glance == NULL)
        return FALSE;
      available = g_bytes_get_size (walk->glance);
      walk->engine->round->bytes_read += available;
    }
  if (walk->at + length <= walk->base + available)
    *at = (const guint8 *) g_bytes_get_data (walk->glance, NULL) + (walk->at - walk->base);
  return TRUE;
}

/* Type and length of the frame that should begin here; FALSE in @is_one: something else does. */
static gboolean
look_at_head (Walk         *walk,
              KipFrameType *type,
              guint32      *length,
              gboolean     *is_one,
              GError      **error)
{
  guint8 marker[8];
  const guint8 *head;

  *is_one = FALSE;
  if (!glance_at (walk, FRAME_AT_SEALED, &head, error))
    return FALSE;
  if (head == NULL)
    return TRUE;
  kip_frame_marker (walk->engine->file.file, marker);
  *length = kip_get_u32 (head + FRAME_AT_LENGTH);
  *type = (KipFrameType) head[FRAME_AT_TYPE];
  *is_one = memcmp (head, marker, sizeof marker) == 0 && *length >= FRAME_MIN && *length <= KIP_FRAME_MAX
            && *length % KIP_FRAME_UNIT == 0;
  return TRUE;
}

/* The frame here, opened; NULL in @found with TRUE: it cannot be.  One of keys is taken in, as what follows may be sealed with them. */
static gboolean
open_frame (Walk      *walk,
            guint32    length,
            KipFound **found,
            GError   **error)
{
  const guint8 *data;
  g_autoptr (GBytes) bytes = NULL;

  *found = NULL;
  if (!glance_at (walk, length, &data, error))
    return FALSE;
  if (data == NULL)
    return TRUE;
  bytes = g_bytes_new (data, length);
  *found = g_new0 (KipFound, 1);
  kip_frame_find (walk->engine->keys, bytes, walk->at, 0, TRUE, *found);
  if (!kip_sync_is_readable (*found) || (*found)->length != length)
    g_clear_pointer (found, found_free);
  else if ((*found)->type == KIP_FRAME_KEYS)
    kip_sync_keys_take_sealed (walk->engine->ring, *found, bytes);
  return TRUE;
}

static guint64
held (GArray *holdings,
      guint32 device)
{
  for (guint i = 0; i < holdings->len; i++)
    if (g_array_index (holdings, KipHolding, i).device == device)
      return g_array_index (holdings, KipHolding, i).seq;
  return 0;
}

/* With that number; of our own device it must have been in the file before, as another computer may write as this one. */
static gboolean
is_known (KipSyncEngine    *engine,
          GArray           *holdings,
          const KipHolding *packed)
{
  return held (holdings, packed->device) >= packed->seq
         && (packed->device != engine->replica->class->device (engine->replica) || packed->seq <= engine->own_shared);
}

/* A member of ours says it of this file, and we hold all that is packed. */
static gboolean
may_skip (Walk   *walk,
          GBytes *body)
{
  KipSyncEngine *engine = walk->engine;
  g_autoptr (KipMembers) members = engine->replica->class->dup_members (engine->replica);
  g_autoptr (GArray) holdings = engine->replica->class->holdings (engine->replica, NULL);
  g_autoptr (KipHave) claim = kip_frame_unpack_packed (body, NULL, NULL);
  g_autofree char *id = kip_sync_file_name (&engine->file);
  const guint8 *key = claim != NULL ? kip_members_key (members, claim->device, G_MAXUINT64) : NULL;

  if (holdings == NULL || key == NULL || g_strcmp0 (claim->version, id) != 0
      || (walk->packed = kip_frame_unpack_packed (body, key, NULL)) == NULL)
    return FALSE;
  for (guint i = 0; i < walk->packed->holdings->len; i++)
    if (!is_known (engine, holdings, &g_array_index (walk->packed->holdings, KipHolding, i)))
      return FALSE;
  walk->claim = g_bytes_ref (body);
  return TRUE;
}

/* TRUE in @go_on: there is more to walk over; TRUE in @is_done: the end of the packed part is reached. */
static gboolean
look_inside (Walk     *walk,
             guint32   length,
             gboolean *go_on,
             gboolean *is_done,
             GError  **error)
{
  KipFound *found;

  *go_on = FALSE;
  if (!open_frame (walk, length, &found, error))
    return FALSE;
  if (found == NULL)
    return TRUE;
  if (found->type == KIP_FRAME_KEYS)
    {
      *go_on = walk->claim == NULL;
      found_free (found);
      return TRUE;
    }
  if (found->type != KIP_FRAME_PACKED)
    {
      *go_on = walk->claim == NULL;
      g_ptr_array_add (walk->told, found);
      return TRUE;
    }
  *is_done = walk->claim != NULL && g_bytes_equal (walk->claim, found->body);
  *go_on = walk->claim == NULL && may_skip (walk, found->body);
  found_free (found);
  return TRUE;
}

static gboolean
step (Walk     *walk,
      gboolean *go_on,
      gboolean *is_done,
      GError  **error)
{
  KipFrameType type;
  guint32 length = 0;
  gboolean is_one;

  if (!look_at_head (walk, &type, &length, &is_one, error))
    return FALSE;
  *go_on = FALSE;
  if (is_one && (type == KIP_FRAME_CHANGES || type == KIP_FRAME_PIECE || type == KIP_FRAME_RESTS))
    *go_on = walk->claim != NULL;
  else if (is_one && !look_inside (walk, length, go_on, is_done, error))
    return FALSE;
  if (*go_on || *is_done)
    walk->at += length;
  return TRUE;
}

static gboolean
stand_behind (Walk    *walk,
              GError **error)
{
  KipSyncEngine *engine = walk->engine;
  g_autoptr (GBytes) tail = kip_carrier_read (engine->carrier, walk->at - KIP_SYNC_TAIL, KIP_SYNC_TAIL, NULL, engine->cancellable, error);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  if (tail == NULL)
    return FALSE;
  if (g_bytes_get_size (tail) != KIP_SYNC_TAIL)
    return TRUE;
  for (guint i = 0; i < walk->told->len; i++)
    kip_sync_take_frame (engine, g_ptr_array_index (walk->told, i), none);
  for (guint i = 0; i < walk->packed->holdings->len; i++)
    kip_coverage_add_up_to (engine->coverage, g_array_index (walk->packed->holdings, KipHolding, i).device,
                            g_array_index (walk->packed->holdings, KipHolding, i).seq);
  memcpy (engine->tail, g_bytes_get_data (tail, NULL), KIP_SYNC_TAIL);
  engine->offset = walk->at;
  engine->is_dirty = TRUE;
  return TRUE;
}

gboolean
kip_sync_skip_packed (KipSyncEngine *engine,
                      GError       **error)
{
  Walk walk = { engine, NULL, 0, KIP_SHARE_HEADER_SIZE, NULL, NULL, NULL };
  gboolean go_on = TRUE, is_done = FALSE, ok = TRUE;

  if (!engine->is_new_file)
    return TRUE;
  walk.told = g_ptr_array_new_with_free_func (found_free);
  while (ok && go_on)
    ok = step (&walk, &go_on, &is_done, error);
  ok = ok && (!is_done || stand_behind (&walk, error));
  if (ok)
    engine->is_new_file = FALSE;
  g_ptr_array_unref (walk.told);
  g_clear_pointer (&walk.glance, g_bytes_unref);
  g_clear_pointer (&walk.claim, g_bytes_unref);
  g_clear_pointer (&walk.packed, kip_have_free);
  return ok;
}
