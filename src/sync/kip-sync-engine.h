/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-carrier.h"
#include "kip-frame.h"
#include "kip-replica.h"

G_BEGIN_DECLS

/* Keeps one replica and one shared file equal, a round at a time.  A round looks at the share,
 * reads on from where it stood, takes in what is new, and publishes what this machine holds
 * and the file lacks: its own change-sets at once, those of others after a while, so that
 * a deleted, rolled back or damaged file is made whole again by whoever is there.
 *
 * It has no thread, no timer and no clock of its own: the caller says what time it is, which is how
 * the simulation runs a year in a second.  Used by one thread at a time, never the main one. */
typedef struct _KipSyncEngine KipSyncEngine;

typedef struct
{
  guint32     argon_ops, argon_memory; /* for a header; 0: the program's */
  const char *version;                 /* of this Kip, told to the others */
} KipSyncOptions;

/* Takes @carrier, @replica and @keys.  What it knew of the file is read from the replica. */
KipSyncEngine *kip_sync_engine_new (KipCarrier           *carrier,
                                    KipReplica           *replica,
                                    KipShareKeys         *keys,
                                    const KipSyncOptions *options);
void           kip_sync_engine_free (KipSyncEngine *engine);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipSyncEngine, kip_sync_engine_free)

/* What a round found, in the order in which a person should hear of it. */
typedef enum
{
  KIP_SYNC_DONE,      /* everything here is in the file, and the other way round */
  KIP_SYNC_MORE,      /* something is left: call again soon */
  KIP_SYNC_OFFLINE,   /* the share is not there: everything is kept here */
  KIP_SYNC_BUSY,      /* others were writing all the time: try again */
  KIP_SYNC_MISSING,   /* the folder is there and the file is not; soon it will be made again */
  KIP_SYNC_DAMAGED,   /* the file cannot be read; soon it will be set aside and made again */
  KIP_SYNC_FOREIGN,   /* it is another office's file: nothing is written */
  KIP_SYNC_NEWER,     /* a newer Kip wrote it: nothing is written */
  KIP_SYNC_NO_KEY,    /* sealed with a key that this machine does not have (it may have been removed) */
  KIP_SYNC_FULL,      /* the share has no room: everything is kept here */
  KIP_SYNC_READ_ONLY, /* what is new is taken in, nothing can be written */
  KIP_SYNC_MOVED,     /* the file says that it lies somewhere else by now: kip-sync-move.h */
  KIP_SYNC_REMOVED    /* this machine was removed from the office: it neither reads on nor writes */
} KipSyncState;

typedef struct
{
  KipSyncState state;
  guint        n_received; /* change-sets taken in */
  guint        n_sent;     /* change-sets published, read back and found */
  guint        n_to_send;  /* of this machine, not in the file yet */
  guint        n_waiting;  /* that came before what they build on */
  guint        n_conflicts; /* tickets in which what came stands against what was here */
  guint        n_refused;  /* that nobody of this office signed */
  guint        n_damaged;  /* places passed over that are no whole frames */
  guint        n_sealed;   /* frames in the file whose key has not come yet */
  guint32      cloned;     /* a device that writes in two places with one identity; 0: none */
  guint32      gave_way;   /* a device that this machine was, before it became a twin of it (kip-twin.h); 0: it did not */
  gboolean     recreated;  /* the file was made again from what is here */
  gboolean     compacted;  /* … or written anew, without what was removed for good */
  gboolean     members_changed; /* somebody knocked, told what they have, or came or went */
  guint64      bytes_read, bytes_written;
  gint64       clock_offset; /* ms: the share's clock minus ours; G_MININT64: not measured */
} KipSyncRound;

/* @now_ms: a clock that never goes back (CLOCK_BOOTTIME); @wall_ms: UTC, for what is told to others.
 * FALSE only for what is not the share's fault: the replica could not be read or written, or
 * @cancellable was cancelled.  @error then; and a sentence for a state that is no good is in @problem
 * (nullable, (transfer full)). */
gboolean kip_sync_engine_round (KipSyncEngine *engine,
                                gint64         now_ms,
                                gint64         wall_ms,
                                KipSyncRound  *round,
                                GError       **problem,
                                GCancellable  *cancellable,
                                GError       **error);

/* Told during a round, in its thread, while so much is new that it is read in several parts: @read of @size bytes of
 * the file were read and taken in. */
typedef void (*KipSyncReading) (guint64  read,
                                guint64  size,
                                gpointer data);
void kip_sync_engine_set_reading (KipSyncEngine *engine,
                                  KipSyncReading reading, /* (nullable) */
                                  gpointer       data);

/* Makes the file, which must not be there, with all that this machine holds.  @passphrase: opens it. */
gboolean kip_sync_engine_create (KipSyncEngine *engine,
                                 const char    *passphrase,
                                 gint64         wall_ms,
                                 GCancellable  *cancellable,
                                 GError       **error);

/* An invitation, to be appended by the next round, and again when another file has taken the place of this one. */
gboolean kip_sync_engine_invite (KipSyncEngine       *engine,
                                 const KipInvitation *invitation,
                                 const char          *code,
                                 GError             **error);

/* A frame made by somebody else, to be appended by the next round. */
void kip_sync_engine_post (KipSyncEngine *engine,
                           GBytes        *frame);

/* Writes the file anew without what nobody needs any more, well packed: all change-sets as they were signed, what
 * machines told last, what a newer Kip wrote.  In its place it is put only when all of it was read back, and
 * what came into the old file meanwhile is in it, too.  After any error the old file is as it was.  Others go on
 * with the new file without reading what they hold.  FAILED: not a member, or a mount on which no
 * file can be replaced; NOT_ALLOWED, NEWER: the file holds what this machine may not carry over. */
typedef struct
{
  guint64 size_before, size_after; /* bytes */
  guint64 n_changes;               /* carried over */
} KipCompaction;

/* @fraction: 0 to 1. */
typedef void (*KipCompactProgress) (double   fraction,
                                    gpointer data);
gboolean kip_sync_engine_compact (KipSyncEngine     *engine,
                                  gint64             now_ms,
                                  gint64             wall_ms,
                                  KipCompaction     *compaction, /* out */
                                  KipCompactProgress progress,   /* (nullable) */
                                  gpointer           data,
                                  GCancellable      *cancellable,
                                  GError           **error);

/* Whether that would save much, as far as can be told from the size of the file. */
gboolean kip_sync_engine_is_worth_compacting (KipSyncEngine *engine);

/* How far the file was read; 0: not at all. */
guint64  kip_sync_engine_get_size (KipSyncEngine *engine);

/* What happened, the oldest first: kip-sync-log.h.  Borrowed until the next round. */
GPtrArray *kip_sync_engine_get_log (KipSyncEngine *engine);

/* What is known of the other machines. */
GPtrArray          *kip_sync_engine_get_haves (KipSyncEngine *engine);  /* of KipHave, borrowed; by device */
GPtrArray          *kip_sync_engine_get_knocks (KipSyncEngine *engine); /* of KipKnock not let in yet, borrowed */
const KipShareKeys *kip_sync_engine_get_keys (KipSyncEngine *engine);

/* ---- the office's keys: kip-sync-keys.h ---- */

/* Called whenever there are other keys or slots than before, to keep them on this machine. */
typedef gboolean (*KipSyncKeep) (const KipShareKeys *keys,
                                 gpointer            data,
                                 GError            **error);
void kip_sync_engine_set_keeper (KipSyncEngine *engine,
                                 KipSyncKeep    keep,
                                 gpointer       data,
                                 GDestroyNotify free_data);

/* With the next round each member has a slot in the file, also one that was let in just now; and whether it is so. */
void     kip_sync_engine_give_slots (KipSyncEngine *engine);
gboolean kip_sync_engine_has_given_slots (KipSyncEngine *engine);

/* With the next round a new generation of the key; what was written before is sealed with it no better. */
void kip_sync_engine_rotate (KipSyncEngine *engine);

/* @passphrase (nullable: none any more) opens what is written from now on, no other does: with
 * the next round.  Seconds of work. */
gboolean kip_sync_engine_set_passphrase (KipSyncEngine *engine,
                                         const char    *passphrase,
                                         GError       **error);
gboolean kip_sync_engine_has_passphrase (KipSyncEngine *engine);

/* The next round makes a file again that is missing or damaged, and does not wait for it to come back by itself, nor for
 * another machine to do it. */
void kip_sync_engine_mend_now (KipSyncEngine *engine);

/* Forgets what it knows of the file and reads it from the beginning with the next round. */
void kip_sync_engine_rescan (KipSyncEngine *engine);

G_END_DECLS
