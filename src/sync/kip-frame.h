/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-raw-change.h"
#include "kip-share-keys.h"

G_BEGIN_DECLS

/* What the shared file is made of behind its header: frames, each sealed, of whole
 * 64-byte units, none longer than KIP_FRAME_MAX.  Little-endian:
 *
 *   0  marker   8  the first 8 bytes of BLAKE2b-128 (file id, "frame"), the same in every frame of a file
 *   8  length   4  of the whole frame, a multiple of 64
 *  12  type     1  KipFrameType
 *  13  flags    1  KipFrameFlags
 *  14  key id   2  which generation of the office key; 0: a join code
 *  16  nonce   24  random
 *  40  seal     …  XChaCha20-Poly1305; associated data: office id, file id, epoch (4) and
 *                  bytes 0–40 of the frame.  In it: length of the body as it is
 *                  written (3), how (1: 0 as it is, 1 zstd), the body, zeros up to the unit
 *  -8  crc32c   4  over everything before it
 *  -4  length   4  again, so that the last frame can be found from the end
 *
 * So the shortest frame, of a body up to 60 bytes, has 128 bytes, and a body costs 68 more than itself, rounded up.
 * The tag of a frame, by which a cursor knows it again, is its Poly1305 tag. */
#define KIP_FRAME_MAX (1024 * 1024)
#define KIP_FRAME_UNIT 64
#define KIP_FRAME_TAG_SIZE 16
#define KIP_FRAME_BODY_MAX (KIP_FRAME_MAX - 68) /* decompressed: whatever it holds, it fits a frame */

typedef enum
{
  KIP_FRAME_CHANGES = 1, /* change-sets of any devices */
  KIP_FRAME_HAVE = 2,    /* what one device holds, signed by it */
  KIP_FRAME_KNOCK = 3,   /* a machine that knows the passphrase asks to be let in */
  KIP_FRAME_INVITE = 4,  /* sealed with a join code, not with the office key */
  KIP_FRAME_PIECE = 5,   /* a part of a change-set that is too large for one frame */
  KIP_FRAME_KEYS = 6,    /* the office's keys in slots, as in the header: kip-frame-keys.h */
  KIP_FRAME_PACKED = 7,  /* before and behind what a compaction wrote, with the numbers of what that is */
  KIP_FRAME_RESTS = 8,   /* what is left of change-sets in which somebody was forgotten */
  KIP_FRAME_TOLD = 9,    /* which thresholds a device has told to whoever works at it: kip-frame-told.h */
  KIP_FRAME_MOVED = 10   /* where the office's file lies by now: kip-frame-moved.h */
} KipFrameType;

typedef enum
{
  KIP_FRAME_CRITICAL = 1 << 0 /* who does not know the type must not go on writing */
} KipFrameFlags;

/* ---- sealing ---- */

/* One frame, ready to be appended.  INVALID when the body is too long. (transfer full) */
GBytes *kip_frame_seal (const KipShareKeys *keys,
                        KipFrameType        type,
                        KipFrameFlags       flags,
                        GBytes             *body,
                        GError            **error);

/* ---- finding and opening ---- */

typedef enum
{
  KIP_FOUND_FRAME,      /* whole and opened: @body is there */
  KIP_FOUND_SEALED,     /* whole by its checksum, with a generation that we do not have: "waiting for key"; or an invitation */
  KIP_FOUND_JUNK,       /* bytes that are no frame, passed over */
  KIP_FOUND_DAMAGED,    /* a frame by its marker, but crc or seal are wrong; passed over */
  KIP_FOUND_UNFINISHED, /* up to the end no whole frame follows: these bytes may still become one */
  KIP_FOUND_END         /* nothing is left */
} KipFoundKind;

typedef struct
{
  KipFoundKind kind;
  guint64      offset; /* in the file */
  guint64      length; /* up to where the search goes on */
  KipFrameType type;
  KipFrameFlags flags;
  guint16      generation; /* of the office key; 0: a join code */
  guint8       tag[KIP_FRAME_TAG_SIZE];
  GBytes      *body;   /* (owned) (nullable) decompressed */
} KipFound;

void kip_found_clear (KipFound *found);

/* Finds what comes next in @bytes, which stand at @base in the file, from @at (a place in @bytes).
 * @keys must be set to the file; they need hold no generation.
 * @is_all: nothing follows @bytes in the file, at this moment.  Never allocates more than
 * what a frame may hold, whatever the bytes say.
 *
 * The caller goes on at @offset + @length, except after UNFINISHED: there it stays, and looks
 * again from @offset with more bytes.  When @bytes reach KIP_FRAME_MAX beyond @at and are not all, the
 * answer is never UNFINISHED; so a buffer of twice that always gets on.  When they are all, the
 * end of the file is torn or still being written: it stays UNFINISHED until somebody appends a whole
 * frame behind it, and is DAMAGED or JUNK from then on. */
void kip_frame_find (const KipShareKeys *keys,
                     GBytes             *bytes,
                     guint64             base,
                     gsize               at,
                     gboolean            is_all,
                     KipFound           *found);

/* ---- bodies ---- */

/* Frames with all of @changes (of KipRawChange), each of bodies of about @target bytes; one that fits no frame
 * goes in pieces, which must lie one behind the other in the file: append them in one write.
 * INVALID: a change-set above KIP_CHANGE_MAX.  (transfer full) GPtrArray of GBytes */
#define KIP_CHANGE_MAX (64 * 1024 * 1024)
GPtrArray *kip_frame_seal_changes (const KipShareKeys *keys,
                                   GPtrArray          *changes,
                                   gsize               target,
                                   GError            **error);

/* The other way round: what is found goes in, in the order of the file, change-sets come out. */
typedef struct _KipFrameJoiner KipFrameJoiner;

KipFrameJoiner *kip_frame_joiner_new (void);
void            kip_frame_joiner_free (KipFrameJoiner *joiner);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipFrameJoiner, kip_frame_joiner_free)

/* Adds the change-sets that are whole with @found (of any kind and type; END and UNFINISHED
 * change nothing) to @changes.  FALSE, CORRUPT: the frame was sealed by one of us and yet makes no
 * sense; what was added stays.  Change-sets share the memory of the frame's body. */
gboolean kip_frame_joiner_take (KipFrameJoiner *joiner,
                                const KipFound *found,
                                GPtrArray      *changes,
                                GError        **error);

/* Where a cursor may stand: @offset, or the first piece of a change-set that is not whole yet. */
guint64 kip_frame_joiner_safe_offset (const KipFrameJoiner *joiner,
                                      guint64               offset);

/* What those are made of; change-sets of which something was left out and others never share a body.  As many of @changes (of KipRawChange) from @from on as fit into one frame of about @target bytes
 * (at least one; one that fits no frame at all is INVALID); @n_taken out. (transfer full) */
GBytes    *kip_frame_pack_changes (GPtrArray *changes,
                                   guint      from,
                                   gsize      target,
                                   guint     *n_taken,
                                   GError   **error);
GPtrArray *kip_frame_unpack_changes (GBytes  *body,   /* of KipRawChange; of CHANGES; CORRUPT */
                                     GError **error);

/* What a device holds, and how it is. */
typedef struct
{
  guint32   device;        /* whose it is */
  gint64    at;            /* UTC ms by its clock */
  gint64    clock_offset;  /* ms, the share's clock minus its own, as it measured */
  char     *version;       /* (owned) of its Kip */
  guint32   format;        /* the newest major format that it reads */
  GArray   *holdings;      /* (owned) of KipHolding, rising */
  GBytes   *body;          /* (owned) (nullable) it was read from */
} KipHave;

KipHave *kip_have_new (void);
void     kip_have_free (KipHave *have);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipHave, kip_have_free)

/* The last change-set of @device that is held; 0: none. */
guint64 kip_have_up_to (const KipHave *have,
                        guint32        device);

/* Signs with @secret_key (64 bytes, Ed25519); reading checks @public_key when that is known
 * (nullable: only the device is read).  NOT_ALLOWED: the signature is another's. */
GBytes  *kip_frame_pack_have (const KipHave *have,
                              const guint8  *secret_key);
KipHave *kip_frame_unpack_have (GBytes       *body,
                                const guint8 *public_key,
                                GError      **error);

/* Two of these stand around what a compaction wrote: of each device all change-sets up to that number lie
 * between them, and nothing else.  Who holds them all need not read it.  The version is the file id,
 * in hexadecimal; @public_key as above. */
GBytes  *kip_frame_pack_packed (const KipHave *have,
                                const guint8  *secret_key);
KipHave *kip_frame_unpack_packed (GBytes       *body,
                                  const guint8 *public_key,
                                  GError      **error);

/* Asking to be let in: self-signed by the key that asks. */
typedef struct
{
  guint8 public_key[32];
  gint64 at;
  char  *person;  /* (owned) */
  char  *machine; /* (owned) */
  GBytes *body;   /* (owned) (nullable) it was read from */
} KipKnock;

KipKnock *kip_knock_copy (const KipKnock *knock);
void      kip_knock_free (KipKnock *knock);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipKnock, kip_knock_free)
GBytes   *kip_frame_pack_knock (const KipKnock *knock,
                                const guint8   *secret_key);
KipKnock *kip_frame_unpack_knock (GBytes  *body,
                                  GError **error);

G_END_DECLS
