/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-frame-private.h"

#include "kip-bytes-private.h"
#include "kip-crc32c.h"
#include "kip-share-keys-private.h"

void
kip_found_clear (KipFound *found)
{
  g_clear_pointer (&found->body, g_bytes_unref);
  memset (found, 0, sizeof *found);
}

/* By all but its checksum. */
static gboolean
is_plausible (const guint8 *marker,
              const guint8 *at,
              gsize         available,
              guint32      *length)
{
  guint32 said;

  if (available < FRAME_MIN || memcmp (at, marker, KIP_FRAME_MARKER_SIZE) != 0)
    return FALSE;
  said = kip_get_u32 (at + FRAME_AT_LENGTH);
  if (said < FRAME_MIN || said > KIP_FRAME_MAX || said % KIP_FRAME_UNIT != 0 || said > available
      || kip_get_u32 (at + said - 4) != said)
    return FALSE;
  *length = said;
  return TRUE;
}

gboolean
kip_frame_is_whole (const guint8 *marker,
                    const guint8 *at,
                    gsize         available,
                    guint32      *length)
{
  return is_plausible (marker, at, available, length)
         && kip_get_u32 (at + *length - FRAME_TAIL) == kip_crc32c (at, *length - FRAME_TAIL);
}

/* ---- what lies ahead ---- */

typedef struct
{
  const guint8 *marker;
  const guint8 *data;
  gsize size;
} Bytes;

/* The next place from @from on where a marker stands; the end when there is none. */
static gsize
next_marker (const Bytes *bytes,
             gsize        from)
{
  const guint8 *found = from < bytes->size
                        ? memmem (bytes->data + from, bytes->size - from, bytes->marker, KIP_FRAME_MARKER_SIZE) : NULL;

  return found != NULL ? (gsize) (found - bytes->data) : bytes->size;
}

static gboolean
is_marker (const Bytes *bytes,
           gsize        at)
{
  return bytes->size - at >= KIP_FRAME_MARKER_SIZE
         && memcmp (bytes->data + at, bytes->marker, KIP_FRAME_MARKER_SIZE) == 0;
}

static gboolean
is_whole (const Bytes *bytes,
          gsize        at,
          guint32     *length)
{
  return kip_frame_is_whole (bytes->marker, bytes->data + at, bytes->size - at, length);
}

/* Who fills a file with heads of frames that overlap shall not keep us at their checksums: after so many bytes of
 * them one find gives up, and the next goes on from there. */
#define MAX_SUMMED (32 * KIP_FRAME_MAX)

/* Where the next whole frame begins, or, with @gave_up, how far there is none; the end when there is none. */
static gsize
next_whole (const Bytes *bytes,
            gsize        from,
            gboolean    *gave_up)
{
  gsize at = next_marker (bytes, from), summed = 0;
  guint32 length;

  *gave_up = FALSE;
  for (; at < bytes->size; at = next_marker (bytes, at + 1))
    {
      if (!is_plausible (bytes->marker, bytes->data + at, bytes->size - at, &length))
        continue;
      *gave_up = summed > MAX_SUMMED;
      if (*gave_up || is_whole (bytes, at, &length))
        break;
      summed += length;
    }
  return at;
}

/* ---- one find ---- */

static void
set_found (KipFound    *found,
           KipFoundKind kind,
           guint64      offset,
           gsize        length)
{
  found->kind = kind;
  found->offset = offset;
  found->length = length;
}

static void
read_head (KipFound     *found,
           const guint8 *frame)
{
  found->type = frame[FRAME_AT_TYPE];
  found->flags = frame[FRAME_AT_FLAGS];
  found->generation = kip_get_u16 (frame + FRAME_AT_KEY);
  memcpy (found->tag, frame + kip_get_u32 (frame + FRAME_AT_LENGTH) - FRAME_TAIL - KIP_FRAME_TAG_SIZE, KIP_FRAME_TAG_SIZE);
}

/* A frame whose checksum is right and whose seal is not was made to look like one: what
 * may stand inside it is looked at as well. */
static gsize
length_of_forged (const Bytes *bytes,
                  gsize        at,
                  guint32      length)
{
  gboolean gave_up;

  return MIN (length, next_whole (bytes, at + 1, &gave_up) - at);
}

static void
find_whole (const KipShareKeys *keys,
            const Bytes        *bytes,
            guint64             base,
            gsize               at,
            guint32             length,
            KipFound           *found)
{
  const guint8 *frame = bytes->data + at;
  const guint8 *key = kip_share_keys_get_content_key (keys, kip_get_u16 (frame + FRAME_AT_KEY));

  set_found (found, KIP_FOUND_FRAME, base + at, length);
  read_head (found, frame);
  if (key == NULL)
    {
      found->kind = KIP_FOUND_SEALED;
      return;
    }
  found->body = kip_frame_open_with (kip_share_keys_get_file (keys), key, frame);
  if (found->body == NULL)
    set_found (found, KIP_FOUND_DAMAGED, base + at, length_of_forged (bytes, at, length));
}

/* At @at no whole frame begins. */
static void
find_broken (const Bytes *bytes,
             guint64      base,
             gsize        at,
             gboolean     is_all,
             KipFound    *found)
{
  gboolean gave_up, begins_like_one = is_marker (bytes, at);
  gsize left = bytes->size - at, whole = next_whole (bytes, at + 1, &gave_up), marker;

  if (whole == bytes->size && (is_all || left < KIP_FRAME_MAX))
    {
      set_found (found, KIP_FOUND_UNFINISHED, base + at, left);
      return;
    }
  /* The last bytes may be the beginning of a marker. */
  marker = MIN (next_marker (bytes, at + 1), bytes->size - (KIP_FRAME_MARKER_SIZE - 1));
  if (begins_like_one && whole < bytes->size)
    marker = whole;
  set_found (found, begins_like_one ? KIP_FOUND_DAMAGED : KIP_FOUND_JUNK, base + at, marker - at);
}

void
kip_frame_find (const KipShareKeys *keys,
                GBytes             *all,
                guint64             base,
                gsize               at,
                gboolean            is_all,
                KipFound           *found)
{
  Bytes bytes = { .marker = kip_share_keys_get_marker (keys) };
  guint32 length;

  bytes.data = g_bytes_get_data (all, &bytes.size);
  memset (found, 0, sizeof *found);
  if (at >= bytes.size)
    set_found (found, KIP_FOUND_END, base + bytes.size, 0);
  else if (is_whole (&bytes, at, &length))
    find_whole (keys, &bytes, base, at, length, found);
  else
    find_broken (&bytes, base, at, is_all, found);
}
