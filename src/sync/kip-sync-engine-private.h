/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-cbor.h"
#include "kip-coverage.h"
#include "kip-frame-moved.h"
#include "kip-sync-engine.h"
#include "kip-sync-keys.h"

G_BEGIN_DECLS

/* So many bytes before the cursor are compared at each poll: the end of the last frame, with its checksum. */
#define KIP_SYNC_TAIL 64

/* What this machine appended, or could not read, and will look at once more. */
typedef struct
{
  guint64 offset;
  guint32 length;
  guint8  hash[32];
  gint64  due; /* by the caller's clock; G_MAXINT64: a minute from the next round on */
  gboolean is_doubt; /* it was no frame */
} KipSyncProof;

/* A device of which something is missing in the file. */
typedef struct
{
  guint32 device;
  gint64  since; /* by the caller's clock */
} KipSyncLack;

struct _KipSyncEngine
{
  KipCarrier   *carrier; /* (owned) */
  KipReplica   *replica; /* (owned) */
  KipShareKeys *keys;    /* (owned) */
  KipSyncOptions options;
  char         *version; /* (owned) */
  KipSyncKeys  *ring;    /* (owned) what of @keys is in the file */
  KipSyncReading reading; /* (nullable) */
  gpointer      reading_data;

  /* kept between runs, under "cursor" */
  gboolean         has_file;  /* the following is of this file */
  KipShareIdentity file;
  guint64          offset;    /* where the next frame begins */
  guint8           tail[KIP_SYNC_TAIL]; /* the bytes before it */
  KipCoverage     *coverage;  /* (owned) what the file carries */
  gboolean         has_place;
  KipSharePlace    place;     /* where the file was last time */
  gint64           have_at;   /* wall clock of our last HAVE */
  gint64           scrubbed_at; /* wall clock of the last time it was read from its beginning */

  /* of this run */
  GBytes    *header;   /* (owned) (nullable) as it was read last */
  KipFrameJoiner *joiner; /* (owned) of large change-sets that are read in pieces */
  GPtrArray *haves;    /* (owned) of KipHave */
  GPtrArray *knocks;   /* (owned) of KipKnock */
  GArray    *told;     /* (owned) of KipTold, by others, not fetched yet */
  GPtrArray *posts;    /* (owned) of GBytes: frames to append */
  GPtrArray *moves;    /* (owned) of GBytes: what says that the file was moved, not weighed yet */
  KipMoved  *moved;    /* (owned) (nullable) the newest of them that counts */
  GArray    *proofs;   /* (owned) of KipSyncProof */
  GArray    *lacks;    /* (owned) of KipSyncLack */
  guint64    unfinished_at;    /* where in the file something stands that is no whole frame, with nothing behind it … */
  gint64     unfinished_since; /* … by the caller's clock; 0: nothing; G_MAXINT64: that was told */
  gint64     trouble_since; /* when the file was first seen missing or unreadable; 0: it is well */
  gboolean   must_mend;   /* a person wants it made again now */
  gboolean   is_restored; /* our database, from a backup: KIP_STORE_RESTORED */
  gboolean   is_new_file; /* nothing of it was read yet: what we hold all of need not be */
  gboolean   must_invite_again; /* it is another file */
  GPtrArray *log;         /* (owned) of KipSyncLogEntry, the oldest first */
  gboolean   is_log_dirty;
  gint64     log_saved_at; /* by the caller's clock */
  guint32    log_cloned;   /* was noted */
  GHashTable *log_seen;    /* (owned) device → guint64: what it held of this machine's when it was heard last */
  KipMembers *log_members; /* (owned) (nullable) as they were in the round before */
  gint64     fork_since;  /* by the caller's clock: when another line of our own device was first seen; 0: there is none */
  guint64    own_shared;  /* up to where our own line was in the file of before */
  gboolean   must_forget_file; /* somebody was forgotten: what the file carries is to be looked at anew */
  gboolean   has_stale;   /* texts of somebody who was forgotten were seen in this file */
  gboolean   is_stale_known; /* by reading all of the file that is named here: */
  guint8     stale_file[KIP_FILE_ID_SIZE];
  gint64     stale_since; /* by the caller's clock; 0: not known to be so */
  gint64     tidy_due;    /* when to try again to delete what a repair set aside */
  gint64     retire_since; /* by the caller's clock: when the file was first seen to hold destroyed keys; 0: it does not */
  guint16    resealed;     /* the generation by which all attachments on the share can be opened; 0: not known */
  gboolean   must_sweep;   /* the file was written anew: attachments that nobody names go, too */
  gboolean   is_doubtful; /* somebody lacks what we believe to be in the file */
  guint      scrubs_in_doubt;
  gboolean   is_caught_up; /* KIP_STATE_CAUGHT_UP is kept */
  guint      n_looks_ahead; /* for the newest tickets, by … */
  guint      n_vouching;    /* … so many members as were known then */
  gboolean   is_dirty; /* the cursor is ahead of what is kept */
  gboolean   has_news; /* since the last HAVE something was taken in */

  /* of this round */
  gint64        now, wall;
  gboolean      is_own_failure; /* what failed was our own data */
  KipSyncRound *round;
  GCancellable *cancellable;
};

/* ---- kip-sync-engine.c ---- */
void     kip_sync_begin_round (KipSyncEngine *engine,
                               KipSyncRound  *round,
                               gint64         now_ms,
                               gint64         wall_ms,
                               GCancellable  *cancellable);
gboolean kip_sync_look_there (KipSyncEngine *engine,
                              GError       **error);
gboolean kip_sync_is_member (KipSyncEngine *engine);
gboolean kip_sync_has_key (KipSyncEngine *engine,
                           GError       **error);

/* ---- kip-frame-told.c ---- */
void     kip_sync_take_told (KipSyncEngine *engine,
                             GBytes        *body);

/* ---- kip-sync-move.c ---- */
void     kip_sync_take_moved (KipSyncEngine *engine,
                              GBytes        *body);
/* After change-sets were taken in, which may tell who may say so. */
gboolean kip_sync_settle_moved (KipSyncEngine *engine,
                                GError       **error);
void     kip_sync_load_moved (KipSyncEngine *engine);
void     kip_sync_forget_moved (KipSyncEngine *engine);
gboolean kip_sync_is_moved_away (const KipSyncEngine *engine);
gboolean kip_sync_check_moved (const KipSyncEngine *engine, /* MOVED */
                               GError             **error);

/* ---- kip-sync-heard.c ---- */

/* What others told, and what is to be looked at again, as a part of the cursor. */
void     kip_sync_put_heard (KipSyncEngine *engine,
                             GByteArray    *out);
gboolean kip_sync_get_heard (KipSyncEngine *engine,
                             KipCborReader *reader);

/* What a member of ours says with @body. (transfer full) (nullable) */
KipHave *kip_sync_read_have (KipSyncEngine *engine,
                             GBytes        *body);

/* ---- kip-sync-cursor.c ---- */
#define KIP_SYNC_CURSOR_KEY "cursor"
GBytes  *kip_sync_encode_cursor (KipSyncEngine *engine); /* (transfer full) */
void     kip_sync_load_cursor (KipSyncEngine *engine);
gboolean kip_sync_save_cursor (KipSyncEngine *engine,
                               GError       **error);
void     kip_sync_forget_file (KipSyncEngine *engine);

/* ---- kip-sync-log.c ---- */
void     kip_sync_log_open (KipSyncEngine *engine);
void     kip_sync_log_round (KipSyncEngine      *engine,
                             const KipSyncRound *round,
                             const GError       *problem); /* (nullable) */
void     kip_sync_log_note_compaction (KipSyncEngine *engine);

/* ---- kip-sync-invites.c ---- */

/* What was posted is in the file. */
void     kip_sync_load_invitations (KipSyncEngine *engine);
gboolean kip_sync_note_invited (KipSyncEngine *engine,
                                GError       **error);

/* In another file than before. */
gboolean kip_sync_invite_again (KipSyncEngine *engine,
                                GError       **error);

/* ---- kip-sync-read.c ---- */

/* Reads the header and compares it with the file that we know; then everything from the cursor on.
 * Errors are KIP_ERRORs of the carrier; NOT_OFFICE, NEWER, CORRUPT, NOT_ALLOWED of the header. */
gboolean kip_sync_read_header (KipSyncEngine *engine,
                               GError       **error);
gboolean kip_sync_read_on (KipSyncEngine *engine,
                           GError       **error);

/* Of a machine that is new here, once its first part was read, and again when more members are known: shows the newest tickets (kip-store-early.h) by what stands at the end of
 * the file, of which nothing is taken in yet.  _begin: how much is to be read before that. */
gsize    kip_sync_early_begin (const KipSyncEngine *engine,
                               gsize                otherwise);
gboolean kip_sync_look_ahead (KipSyncEngine *engine,
                              guint64        size,
                              GError       **error);
gboolean kip_sync_end_early (KipSyncEngine *engine,
                             GError       **error);

/* Once a day, and when there is doubt, everything from the beginning. */
gboolean kip_sync_scrub (KipSyncEngine *engine,
                         GError       **error);

/* Frames of a file whose header is lost, as far as they can be found. */
gboolean kip_sync_salvage (KipSyncEngine *engine,
                           GError       **error);

/* What @found says of other machines, and change-sets that are whole with it. */
void     kip_sync_take_frame (KipSyncEngine  *engine,
                              const KipFound *found,
                              GPtrArray      *changes);

/* ---- kip-sync-skip.c ---- */

/* The id of a file as its packed part names it. (transfer full) */
char    *kip_sync_file_name (const KipShareIdentity *file);

/* Of a new file: passes over what a compaction packed when this machine holds all of that. */
gboolean kip_sync_skip_packed (KipSyncEngine *engine,
                               GError       **error);

/* ---- kip-sync-gather.c ---- */

/* A frame to be sealed again for another file. */
typedef struct
{
  KipFrameType  type;
  KipFrameFlags flags;
  GBytes       *body; /* (owned) */
} KipSyncCarried;

/* What a file carries beside the change-sets of our log. */
typedef struct
{
  guint64     offset;  /* up to where it was read */
  GPtrArray  *changes; /* (owned) of KipRawChange: what waits, is refused, or a fork */
  GHashTable *hashes;  /* (owned) of those */
  GHashTable *told;    /* (owned) guint64: device of a HAVE, or a hash of who knocks → KipSyncCarried, the newest */
  GPtrArray  *frames;  /* (owned) of KipSyncCarried: of types that we do not know */
  guint64     n_changes; /* that were seen, some twice */
  KipFrameJoiner *joiner; /* (owned) */
} KipSyncGathered;

void     kip_sync_gathered_init (KipSyncGathered *gathered);
void     kip_sync_gathered_clear (KipSyncGathered *gathered);

typedef void (*KipSyncFraction) (double   fraction,
                                 gpointer data);

/* Reads on from where @gathered is to the end of the file, under the lock, which is kept; what is new to
 * this machine is taken in.  NOT_ALLOWED: something is sealed with a key that we do not have; NEWER. */
gboolean kip_sync_gather (KipSyncEngine   *engine,
                          KipSyncGathered *gathered,
                          KipSyncFraction  progress, /* (nullable) */
                          gpointer         data,
                          GError         **error);

/* ---- kip-sync-publish.c ---- */

/* How long this machine lets those before it among the members do what all could do, in ms. */
gint64 kip_sync_wait_for_rank (KipSyncEngine *engine);

/* What is to be published now; n_to_send of the round is set. (transfer full) of KipRawChange */
GPtrArray *kip_sync_find_missing (KipSyncEngine *engine,
                                  gboolean       all, /* whoever wrote it, and at once */
                                  GError       **error);
gboolean   kip_sync_publish (KipSyncEngine *engine,
                             GError       **error);
gboolean   kip_sync_check_proofs (KipSyncEngine *engine,
                                  GError       **error);

/* After a minute @bytes must still stand at @offset, or everything is read again. */
void       kip_sync_look_again (KipSyncEngine *engine,
                                guint64        offset,
                                GBytes        *bytes,
                                gboolean       is_doubt);
GBytes    *kip_sync_make_have (KipSyncEngine *engine,
                               GError       **error);

/* Cuts @changes into sealed frames. (transfer full) of GBytes */
GPtrArray *kip_sync_seal_changes (KipSyncEngine *engine,
                                  GPtrArray     *changes,
                                  GError       **error);

/* ---- kip-sync-engine.c ---- */
gboolean kip_sync_is_member (KipSyncEngine *engine);

/* ---- kip-sync-compact.c ---- */

/* Within a round. */
gboolean kip_sync_compact_file (KipSyncEngine     *engine,
                                KipCompaction     *compaction,
                                KipCompactProgress progress, /* (nullable) */
                                gpointer           data,
                                GError           **error);

/* Under the locks of both: the same at another place, where nothing is yet; the engine stays with its own file. */
gboolean kip_sync_copy_file (KipSyncEngine     *engine,
                             KipCarrier        *to,
                             KipCompactProgress progress, /* (nullable) */
                             gpointer           data,
                             GError           **error);

/* ---- kip-sync-forks.c ---- */

/* When the file was read to its end: two computers that write as one become two.  _check_ (), before something is appended: BUSY. */
gboolean kip_sync_settle_forks (KipSyncEngine *engine,
                                GError       **error);
gboolean kip_sync_check_forks (KipSyncEngine *engine,
                               GError       **error);

/* ---- kip-sync-forget.c ---- */

/* After reading on: once somebody was forgotten, the file is read anew, and written anew without the texts that are to
 * go, by one machine after the other. */
gboolean kip_sync_forget_in_file (KipSyncEngine *engine,
                                  GError       **error);

/* By one machine after the other: a new file with what this machine may carry over.  Where that cannot be done, another
 * machine does it, or this one later: then TRUE, and FALSE in @done.  @since: when it was seen to be due; 0: now. */
gboolean kip_sync_write_anew (KipSyncEngine *engine,
                              gint64        *since,
                              gboolean      *done,
                              GError       **error);

/* ---- kip-sync-retire.c ---- */

/* After somebody was removed for good there is a new generation of the key; the keys of before are destroyed when all who are
 * in have heard of it, or after 90 days, and the file is written anew without them. */
gboolean kip_sync_retire_keys (KipSyncEngine *engine,
                               GError       **error);

/* ---- kip-sync-recreate.c ---- */

/* For a new file, to which the keys are set then: its header; and the frame that stands behind it, by which all that
 * the slots are made of is known to whoever can read the file.  (transfer full) */
GBytes *kip_sync_make_header (KipSyncEngine *engine,
                              GError       **error);
GBytes *kip_sync_make_keys (KipSyncEngine *engine,
                            GError       **error);

/* A frame of keys is sealed with none of them. */
gboolean kip_sync_is_readable (const KipFound *found);

/* Under the lock, in place of what is there: a new file with all that this machine holds.
 * @set_aside (nullable) as kip_carrier_replace_end() has it. */
gboolean kip_sync_write_file (KipSyncEngine *engine,
                              const char    *set_aside,
                              gboolean       create,
                              GError       **error);

/* An error of our own data, not of the share, ends the round: these note it. */
gboolean kip_sync_own (KipSyncEngine *engine,
                       gboolean       ok);

G_END_DECLS
