/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-sync-engine.h"

G_BEGIN_DECLS

/* That a data folder is shared: by which file, with which keys.  Kept in "share.key" (mode 0600)
 * beside the database.  All of this reads and writes files and the share: never on the main thread. */
typedef struct _KipSharing KipSharing;

/* NULL without an error: the office in @dir is not shared. */
KipSharing *kip_sharing_load (const char *dir,
                              GError    **error);
void        kip_sharing_free (KipSharing *sharing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KipSharing, kip_sharing_free)
const char *kip_sharing_get_path (KipSharing *sharing);
const KipShareKeys *kip_sharing_get_keys (KipSharing *sharing);

/* How the share is reached: in this process (tests), or, once a program whose main () looks for
 * kip_carrier_is_child() has said so, by a child process of it. */
void kip_sharing_use_child (void);

/* An engine for @store.  (transfer full) */
KipSyncEngine *kip_sharing_new_engine (KipSharing           *sharing,
                                       KipStore             *store,
                                       const KipSyncOptions *options);

/* Rounds until nothing is left to be read or sent, or the share does not let us: @round says. */
typedef void (*KipSyncProgress) (const KipSyncRound *round,
                                 gpointer            data);
gboolean kip_sync_engine_settle (KipSyncEngine  *engine,
                                 KipSyncRound   *round,
                                 KipSyncProgress progress, /* (nullable) */
                                 gpointer        data,
                                 GError        **problem,
                                 GCancellable   *cancellable,
                                 GError        **error);

/* ---- begin, join, leave ---- */

/* Makes the shared file @path of the office in @store, to be opened by @passphrase.  EXISTS,
 * OFFLINE, READ_ONLY, INVALID (the passphrase is too short): then nothing is shared. */
gboolean kip_sharing_begin (KipStore             *store,
                            const char           *path,
                            const char           *passphrase,
                            const char           *machine,
                            const KipSyncOptions *options,
                            GCancellable         *cancellable,
                            GError              **error);

/* What a person needs to join: a code by which a manager let this computer in beforehand, or the
 * passphrase, with which one may read until a manager lets it in. */
typedef struct
{
  const char *path;
  const char *code;       /* or: */
  const char *passphrase;
  const char *person;     /* what to call whoever asks to be let in */
  const char *machine;
  KipProgress progress;   /* (nullable) while the file is looked through; called in the same thread */
  gpointer    progress_data;
} KipJoining;

/* Makes a copy of the office in @dir, which must be empty, and asks to be let in where that is
 * needed.  The copy is filled by the engine's rounds.  NOT_ALLOWED: the code or passphrase is not the right one. */
gboolean kip_sharing_join (const char       *dir,
                           const KipJoining *joining,
                           GCancellable     *cancellable,
                           GError          **error);

/* TRUE when this machine was let in meanwhile, or came by a code, and now knows as whom: the
 * store must be opened again, and may write then. */
gboolean kip_sharing_come_in (KipStore *store,
                              GError  **error);

/* The office stays on this computer, alone, to be read and written: it is not synced any more.  TRUE in @told: the others see this
 * machine go; it is not so when the share did not let @engine (nullable) say it, or when the machine was removed before. */
gboolean kip_sharing_leave (KipStore      *store,
                            KipSyncEngine *engine,
                            gboolean      *told, /* out */
                            GCancellable  *cancellable,
                            GError       **error);

/* "Lan removed this computer from the office on …": NULL: it is in.  (transfer full) (nullable) */
char *kip_sharing_removed_sentence (KipStore  *store,
                                    GTimeZone *zone);

/* ---- members; what is said here goes out with the next round ---- */

/* A code by which one machine may come in as @person, until @until (UTC ms).  (transfer full) */
char *kip_sharing_invite (KipStore      *store,
                          KipSyncEngine *engine,
                          KipId          person,
                          gint64         until,
                          GError       **error);

/* Rounds, after a code was made: TRUE: what it opens was read back from the file.  FALSE: it is kept here, and put there by a later round. */
gboolean kip_sharing_confirm (KipSyncEngine *engine,
                              GCancellable  *cancellable);

/* Lets in who knocked, as @person.  NOT_ALLOWED: this machine is no manager's. */
gboolean kip_sharing_admit (KipStore       *store,
                            const KipKnock *knock,
                            KipId           person,
                            GError        **error);

/* A code to be printed and kept safe: who has it comes in as the person of this machine when all else is lost, with
 * that person's rights.  Once; it is removed as a machine is.  NOT_ALLOWED: this machine is no manager's. (transfer full) */
char *kip_sharing_make_recovery (KipStore *store,
                                 GError  **error);

/* By hand: what is written from now on is sealed with a new key; and what it takes to join, NULL: no passphrase
 * any more.  With the next round.  The passphrase takes seconds.  NOT_ALLOWED: this machine is no manager's; INVALID: it is too short. */
gboolean kip_sharing_change_key (KipStore      *store,
                                 KipSyncEngine *engine,
                                 GError       **error);
gboolean kip_sharing_set_passphrase (KipStore      *store,
                                     KipSyncEngine *engine,
                                     const char    *passphrase,
                                     GError       **error);

/* What it wrote up to now counts, nothing after. */
gboolean kip_sharing_remove (KipStore *store,
                             guint32   device,
                             GError  **error);

G_END_DECLS
