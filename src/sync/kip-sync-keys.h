/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-frame-keys.h"
#include "kip-sync-engine.h"

G_BEGIN_DECLS

/* What an engine knows of the keys in its file, and what is to be done about them.  Nobody is told to do it:
 * each machine compares what the file carries with what it should, and the first whose turn it is appends a KEYS frame.
 *
 * - Whoever is in has a slot for its newest key, and so has the passphrase.
 * - Nobody who is out may have the newest generation, and no passphrase of yesterday opens it: else a new one is made.
 *   With somebody's leaving the passphrase goes too, as that machine knows it.
 * - A generation seals only once a frame of this file has given it to the others. */
typedef struct _KipSyncKeys KipSyncKeys;

KipSyncKeys *kip_sync_keys_new (KipReplica   *replica,
                                KipShareKeys *keys); /* both borrowed */
void         kip_sync_keys_free (KipSyncKeys *self);

/* Which file it is about; with what was known of it at the last run, or with nothing. */
void kip_sync_keys_load (KipSyncKeys            *self,
                         const KipShareIdentity *file);
void kip_sync_keys_set_file (KipSyncKeys            *self,
                             const KipShareIdentity *file);
void kip_sync_keys_forget (KipSyncKeys *self);

/* Kept with the cursor. */
gboolean kip_sync_keys_save (KipSyncKeys *self,
                             GError     **error);

/* Where keys are kept on this machine when there are others than before. */
void kip_sync_keys_set_keeper (KipSyncKeys   *self,
                               KipSyncKeep    keep,
                               gpointer       data,
                               GDestroyNotify free_data);

/* ---- reading ---- */

/* What a slot of the file's header held, or a frame of it. */
void kip_sync_keys_take_header (KipSyncKeys        *self,
                                const KipShareKeys *found);
void kip_sync_keys_take_own (KipSyncKeys *self,
                             GBytes      *frame); /* of _make_frame (), read back */
void kip_sync_keys_take_sealed (KipSyncKeys    *self,
                                const KipFound *found, /* SEALED */
                                GBytes         *frame);

/* Any frame of the file: which generations it was sealed with. */
void kip_sync_keys_note_frame (KipSyncKeys    *self,
                               const KipFound *found);

/* After change-sets were taken in, which may tell who may say what.  TRUE: a key has come for what
 * was passed over, read everything again. */
gboolean kip_sync_keys_settle (KipSyncKeys *self);

/* Who seals with @generation now has not read the frame of keys that the file gives. */
gboolean kip_sync_keys_is_behind (const KipSyncKeys *self,
                                  guint16            generation);

/* Frames of this file that are kept until their key comes. */
guint    kip_sync_keys_count_waiting (const KipSyncKeys *self);

/* Something was read of which it is not known yet whether a member said it; that is not kept. */
gboolean kip_sync_keys_has_pending (const KipSyncKeys *self);

/* ---- writing ---- */

/* The frame to be appended now, because the file does not carry what it should and it is our
 * turn: @waited_ms is how long the machines before us are waited for.  NULL without an error: none. (transfer full) */
GBytes *kip_sync_keys_make_due (KipSyncKeys *self,
                                gint64       now,
                                gint64       wait,
                                GError     **error);

/* A new generation, where there must be one and it is our turn.  FALSE: it could not be kept here, nothing was changed. */
gboolean kip_sync_keys_rotate_due (KipSyncKeys *self,
                                   gint64       now,
                                   gint64       wait,
                                   GError     **error);

/* Somebody was let in here: its slot is given at once, where the file lacks one.  Whether the file carries all that it should. */
void     kip_sync_keys_give (KipSyncKeys *self);
gboolean kip_sync_keys_is_given (KipSyncKeys *self);

/* By hand: at once. */
void kip_sync_keys_rotate (KipSyncKeys *self);

/* ---- after somebody was removed for good: kip-sync-retire.c ---- */

/* The generation that takes the place of all before it, whose keys are here still and open older copies of the file; 0: none. */
guint16  kip_sync_keys_get_replacing (KipSyncKeys *self);

/* No frame of the file, as far as it was read, is sealed with an older one than @generation. */
gboolean kip_sync_keys_seals_all (const KipSyncKeys *self,
                                  guint16            generation);

/* The keys before @generation go, here at once, elsewhere as it is heard.  FALSE: it could not be kept here, and is done again. */
gboolean kip_sync_keys_destroy_older (KipSyncKeys *self,
                                      guint16      generation,
                                      GError     **error);

/* The file gives keys to its readers that are destroyed. */
gboolean kip_sync_keys_has_destroyed (KipSyncKeys *self);

/* For a file that is being made anew: the header's keys and slot, and the frame behind it.  What follows is sealed
 * with the newest generation; _end says whether the file took its place. (transfer full) */
GBytes *kip_sync_keys_begin_file (KipSyncKeys *self,
                                  guint32      epoch,
                                  GError     **error);
GBytes *kip_sync_keys_make_frame (KipSyncKeys *self,
                                  GError     **error);
void    kip_sync_keys_end_file (KipSyncKeys *self,
                                gboolean     is_there);

/* The slots of today; begun where there were none. Borrowed. */
const KipShareSlots *kip_sync_keys_get_slots (KipSyncKeys *self);

/* They are others from now on, said on this machine; given to the others with the next round. */
gboolean kip_sync_keys_set_slots (KipSyncKeys         *self,
                                  const KipShareSlots *slots,
                                  GError             **error);

G_END_DECLS
