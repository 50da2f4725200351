/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "kip-members.h"
#include "kip-raw-change.h"
#include "kip-store.h"

G_BEGIN_DECLS

/* What a store does for the shared file: it says what it holds, hands out change-sets as
 * they were signed, and takes in those of other machines.  None of these may be
 * called on the main thread, unless it says so. */

/* ---- the office among others ---- */

#define KIP_OFFICE_ID_BYTES 16

/* The office's id, the same on every machine, and the founder's key, with which the chain of
 * members begins; both are fixed when they are first asked for. */
gboolean kip_store_get_office_id (KipStore *store,
                                  guint8   *id,          /* KIP_OFFICE_ID_BYTES out */
                                  guint8   *founder_key, /* KIP_MEMBER_KEY_SIZE out, (nullable) */
                                  GError  **error);

typedef struct
{
  const guint8 *office_id;   /* KIP_OFFICE_ID_BYTES */
  const guint8 *founder_key; /* KIP_MEMBER_KEY_SIZE */
  guint32       device;      /* 0: not let in yet, may only read */
  const guint8 *secret_key;  /* (nullable) 64 bytes, Ed25519, that comes with @device; NULL: a new one is made */
} KipReplicaSetup;

/* Makes an empty copy of an office in @dir, to be filled by kip_store_receive().  EXISTS. */
KipStore *kip_store_create_replica (const char            *dir,
                                    const KipReplicaSetup *setup,
                                    GError               **error);

/* This machine was let in as @device: from the next opening on it writes as that.
 * CONFLICT when it has written as another already. */
gboolean kip_store_become_device (KipStore *store,
                                  guint32   device,
                                  KipId     me,
                                  GError  **error);

/* The key pair by which this machine signs. */
gboolean kip_store_get_signing_key (KipStore *store,
                                    guint8   *public_key, /* 32 bytes out */
                                    guint8   *secret_key, /* 64 bytes out */
                                    GError  **error);

/* A key pair of its own, made now, in the place of one that somebody gave to this machine: a change-set signed
 * by the old one names the new, and from the next on the new one signs. */
gboolean kip_store_replace_signing_key (KipStore *store,
                                        GError  **error);

/* Who takes part; never NULL, the founder's machine alone when nothing is shared.  Any thread. (transfer full) */
KipMembers *kip_store_dup_members (KipStore *store);

/* This machine goes: it says so to the others, with the next change-set that they get, and goes on alone with what is here.
 * _come_back (): what is here is shared (again): all of it counts for whoever gets it. */
gboolean kip_store_go_alone (KipStore *store,
                             GError  **error);
gboolean kip_store_is_alone (KipStore *store);
gboolean kip_store_come_back (KipStore *store,
                              GError  **error);

/* ---- giving ---- */

/* For each device the last change-set that we have. (transfer full) GArray of KipHolding, by device */
GArray *kip_store_holdings (KipStore *store,
                            GError  **error);

/* Change-sets that somebody who holds @since (of KipHolding, nullable: nothing) lacks: by device,
 * each without a gap, about @max_bytes of them (at least one if there is any).
 * (transfer full) GPtrArray of KipRawChange */
GPtrArray *kip_store_changes_since (KipStore *store,
                                    GArray   *since,
                                    gsize     max_bytes,
                                    GError  **error);

/* ---- taking ---- */

typedef struct
{
  guint   n_new;     /* taken up */
  guint   n_events;  /* in those */
  guint   n_known;   /* here already */
  guint   n_waiting; /* kept until what they build on is here: an earlier one, or their machine's admission; without those of
                      * machines that were out by then */
  guint   n_refused; /* no machine of this office signed them, or one that was removed before */
  guint   n_conflicts; /* tickets in which it stands against what was here; where what comes is news (KIP_STATE_CAUGHT_UP) */
  gboolean forgot;   /* somebody is to be forgotten: what is known of a file is to be looked at again */
  guint   n_to_forget; /* known or waiting, with texts that were removed here for good */
} KipReceived;

/* A state that is kept in the same transaction as what is taken in.  @make is called by the thread that writes, once
 * it is known what is held. */
typedef struct
{
  const char *key;
  GBytes *(*make)(gpointer data); /* (transfer full) */
  gpointer data;
} KipStateMaker;

/* Checks @changes (of KipRawChange, borrowed): each must follow the one before it of its device by its hash,
 * and be vouched for by a signature of that device, which must be in.  What holds is added to
 * the log and folded, a large number in several transactions, and with the last of them @state is kept: TRUE means it is on disk.
 * Everything may come twice and in any order. */
gboolean kip_store_receive (KipStore            *store,
                            GPtrArray           *changes,
                            const KipStateMaker *state, /* (nullable) */
                            KipReceived         *received,
                            gboolean            *held, /* (nullable) out, for each of @changes: it is in our log now */
                            GError             **error);

/* @raw without the texts that were removed here for good. (transfer full) */
KipRawChange *kip_store_clean_change (KipStore     *store,
                                      KipRawChange *raw,
                                      GError      **error);

/* Kept once everything that the shared file held is here: what comes from then on is news (kip-tiding.h). */
#define KIP_STATE_CAUGHT_UP "caught-up"

/* In the data folder, when the office is shared; and the state that a database has which was put back from a backup there. Until
 * the shared file was read to its end, which takes the state away, nothing is written: the others hold change-sets of this machine
 * that the backup lacks, and no number is given twice. */
#define KIP_STORE_SHARE_FILE "share.key"
#define KIP_STORE_RESTORED "restored"

/* What sync keeps on this machine (cursors, what was published), by key; gone with the database. */
GBytes  *kip_store_get_share_state (KipStore   *store, /* (transfer full) (nullable) */
                                    const char *key);
gboolean kip_store_set_share_state (KipStore   *store,
                                    const char *key,
                                    GBytes     *state, /* (nullable) forget it */
                                    GError    **error);

G_END_DECLS
